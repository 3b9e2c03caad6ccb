//! The trace of a packet: every station, with its time and the digest of what passed it.

use jiff::Timestamp;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use uuid::Uuid;

use crate::delivery::DeliveryId;
use crate::packet::PacketId;

record! {
    #[derive(Debug, Clone, PartialEq)]
    pub struct Event {
        pub id: Uuid,
        pub packet: PacketId,
        /// None: it is about the packet as a whole.
        pub delivery: Option<DeliveryId>,
        pub at: Timestamp,
        pub what: What,
        /// A system, an officer, a link; empty: the axis by itself.
        pub by: String,
        /// A code, a reason, the id of another packet.
        pub detail: String,
        /// Of the bytes that were accepted or handed over.
        pub sha256: String,
    }
}

/// What happened at a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum What {
    /// Handed in, on the disk, receipt given.
    Accepted,
    /// The same again: nothing was done twice.
    Repeated,
    /// A desk, a mailbox or a link was found for it later.
    Routed,
    /// Nobody here delivers to this recipient.
    Stranded,
    /// The recipient has the bytes.
    Fetched,
    /// The recipient has it in its own keeping.
    Done,
    /// The recipient's system, or a try of ours, said that it did not work.
    Failed,
    /// It will be tried again.
    Again,
    /// The recipient says what became of the document: the detail is the code.
    Said,
    /// As said, but overtaken by what was said before.
    SaidLate,
    /// The sender asks for it back, or for a change.
    Asked,
    /// Called back.
    Withdrawn,
    /// A new version, or another document, took its place.
    Superseded,
    /// What the packet is about is not known here.
    AboutUnknown,
    /// Handed to another axis: the detail is its docId.
    Forwarded,
    /// Whoever subscribes was told.
    Notified,
    /// The bytes were taken away by a rule of retention; the receipt stays.
    Discarded,
}

impl What {
    pub const ALL: [What; 17] = [
        What::Accepted,
        What::Repeated,
        What::Routed,
        What::Stranded,
        What::Fetched,
        What::Done,
        What::Failed,
        What::Again,
        What::Said,
        What::SaidLate,
        What::Asked,
        What::Withdrawn,
        What::Superseded,
        What::AboutUnknown,
        What::Forwarded,
        What::Notified,
        What::Discarded,
    ];

    pub fn code(self) -> &'static str {
        match self {
            What::Accepted => "accepted",
            What::Repeated => "repeated",
            What::Routed => "routed",
            What::Stranded => "stranded",
            What::Fetched => "fetched",
            What::Done => "done",
            What::Failed => "failed",
            What::Again => "again",
            What::Said => "said",
            What::SaidLate => "said-late",
            What::Asked => "asked",
            What::Withdrawn => "withdrawn",
            What::Superseded => "superseded",
            What::AboutUnknown => "about-unknown",
            What::Forwarded => "forwarded",
            What::Notified => "notified",
            What::Discarded => "discarded",
        }
    }

    pub fn parse(code: &str) -> Option<What> {
        What::ALL.into_iter().find(|what| what.code() == code)
    }

    /// The key of its words.
    pub fn word(self) -> String {
        format!("axis-event-{}", self.code())
    }
}

impl ToArg for What {
    fn to_arg(&self) -> Arg<'_> {
        self.code().to_arg()
    }
}

impl FromCell for What {
    const EXPECTED: &'static str = "what happened at a station";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        What::parse(&String::from_cell(cell)?)
    }
}
