//! Every way a rule, a webhook or a piece of work is not set as asked. Pure.

use axum::http::StatusCode;

use crate::webhook::AddressFault;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WatchFault {
    #[error("the address of the webhook is none to call: {0:?}")]
    Address(AddressFault),
    #[error("a webhook is told nothing")]
    Topics,
    #[error("a rule of retention names no number of days")]
    Days,
    #[error("an alarm names no number of minutes")]
    Minutes,
    #[error("the first day is missing, or lies before today")]
    From,
    #[error("no kind of packet is named")]
    Kind,
    #[error("no urgency is named")]
    Urgency,
    #[error("a reason is missing, or too long")]
    Reason,
    #[error("the packet is held already")]
    HeldAlready,
    #[error("the bytes are gone already")]
    BytesGone,
    #[error("somebody settled it meanwhile")]
    SettledAlready,
    #[error("what was done is not said, or too long")]
    Note,
    #[error("nobody takes part under this code")]
    Successor,
    #[error("it goes there already")]
    SameReceiver,
    #[error("it cannot be sent anew")]
    NotResendable,
    #[error("still nobody delivers to the recipient")]
    NoWayYet,
}

impl WatchFault {
    /// The key of the sentence that says how to mend it.
    pub fn word(self) -> &'static str {
        match self {
            WatchFault::Address(fault) => fault.word(),
            WatchFault::Topics => "axis-watch-fault-topics",
            WatchFault::Days => "axis-watch-fault-days",
            WatchFault::Minutes => "axis-watch-fault-minutes",
            WatchFault::From => "axis-watch-fault-from",
            WatchFault::Kind => "axis-watch-fault-kind",
            WatchFault::Urgency => "axis-watch-fault-urgency",
            WatchFault::Reason => "axis-watch-fault-reason",
            WatchFault::HeldAlready => "axis-watch-fault-held",
            WatchFault::BytesGone => "axis-watch-fault-bytes-gone",
            WatchFault::SettledAlready => "axis-watch-fault-settled",
            WatchFault::Note => "axis-watch-fault-note",
            WatchFault::Successor => "axis-watch-fault-successor",
            WatchFault::SameReceiver => "axis-watch-fault-same-receiver",
            WatchFault::NotResendable => "axis-watch-fault-not-resendable",
            WatchFault::NoWayYet => "axis-watch-fault-no-way-yet",
        }
    }

    /// Under which field of a form the sentence belongs; empty: under none.
    pub fn field(self) -> &'static str {
        match self {
            WatchFault::Address(_) => "address",
            WatchFault::Topics => "topics",
            WatchFault::Days => "days",
            WatchFault::Minutes => "minutes",
            WatchFault::From => "from",
            WatchFault::Kind => "kind",
            WatchFault::Urgency => "urgency",
            WatchFault::Reason => "reason",
            WatchFault::Note => "note",
            WatchFault::Successor | WatchFault::SameReceiver => "code",
            _ => "",
        }
    }

    pub fn status(self) -> StatusCode {
        match self {
            WatchFault::HeldAlready | WatchFault::SettledAlready => StatusCode::CONFLICT,
            WatchFault::BytesGone => StatusCode::GONE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}
