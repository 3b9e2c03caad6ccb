//! Every way a link is not made or changed. Pure.

use axum::http::StatusCode;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LinkFault {
    #[error("the link has no name, or one that is too long")]
    Name,
    #[error("the address is not one of http or https")]
    Address,
    #[error("the systemid is not 1 to 64 visible letters")]
    SystemId,
    #[error("there is no secret")]
    Secret,
    #[error("it is asked between once a second and once a day")]
    Every,
    #[error("one of the codes is none")]
    Covers,
    #[error("another link covers one of the codes already")]
    CoversTaken,
    #[error("one of the two codes is none")]
    Code,
    #[error("the agency has another name there on one of these days")]
    CodeTaken,
    #[error("the last day lies before the first")]
    DatesReversed,
}

impl LinkFault {
    pub fn word(self) -> &'static str {
        match self {
            LinkFault::Name => "axis-link-fault-name",
            LinkFault::Address => "axis-link-fault-address",
            LinkFault::SystemId => "axis-link-fault-system-id",
            LinkFault::Secret => "axis-link-fault-secret",
            LinkFault::Every => "axis-link-fault-every",
            LinkFault::Covers => "axis-link-fault-covers",
            LinkFault::CoversTaken => "axis-link-fault-covers-taken",
            LinkFault::Code => "axis-link-fault-code",
            LinkFault::CodeTaken => "axis-link-fault-code-taken",
            LinkFault::DatesReversed => "axis-link-fault-dates",
        }
    }

    /// Under which field of a form the sentence belongs.
    pub fn field(self) -> &'static str {
        match self {
            LinkFault::Name => "name",
            LinkFault::Address => "address",
            LinkFault::SystemId => "system",
            LinkFault::Secret => "secret",
            LinkFault::Every => "every",
            LinkFault::Covers | LinkFault::CoversTaken => "covers",
            LinkFault::Code | LinkFault::CodeTaken => "theirs",
            LinkFault::DatesReversed => "to",
        }
    }

    pub fn status(self) -> StatusCode {
        match self {
            LinkFault::CoversTaken | LinkFault::CodeTaken => StatusCode::CONFLICT,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}
