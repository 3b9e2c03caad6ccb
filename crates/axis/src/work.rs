//! The work list: what does not go on without a person.

use jiff::Timestamp;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use uuid::Uuid;

use crate::delivery::DeliveryId;
use crate::packet::PacketId;

record! {
    #[derive(Debug, Clone, PartialEq)]
    pub struct Task {
        pub id: Uuid,
        pub kind: TaskKind,
        pub packet: Option<PacketId>,
        pub delivery: Option<DeliveryId>,
        pub at: Timestamp,
        /// What was said: by the recipient's system, by another axis.
        pub detail: String,
        pub settled_at: Option<Timestamp>,
        pub settled_by: Option<String>,
    }
}

/// Why somebody has to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TaskKind {
    /// Nobody here delivers to the recipient.
    Stranded,
    /// The recipient's system said that it cannot take the packet.
    Failed,
    /// Another axis did not take a packet, or not after every try.
    LinkRefused,
    /// Another axis is silent, or turns us away.
    LinkDown,
    /// What another axis has for us could not be taken in.
    ArrivalGivenUp,
    /// A system is not heard at its webhook, after every try.
    WebhookDead,
    /// It has waited for longer than it should.
    Old,
}

impl TaskKind {
    pub const ALL: [TaskKind; 7] = [
        TaskKind::Stranded,
        TaskKind::Failed,
        TaskKind::LinkRefused,
        TaskKind::LinkDown,
        TaskKind::ArrivalGivenUp,
        TaskKind::WebhookDead,
        TaskKind::Old,
    ];

    pub fn code(self) -> &'static str {
        match self {
            TaskKind::Stranded => "stranded",
            TaskKind::Failed => "failed",
            TaskKind::LinkRefused => "link-refused",
            TaskKind::LinkDown => "link-down",
            TaskKind::ArrivalGivenUp => "arrival-given-up",
            TaskKind::WebhookDead => "webhook-dead",
            TaskKind::Old => "old",
        }
    }

    pub fn parse(code: &str) -> Option<TaskKind> {
        TaskKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The key of its words.
    pub fn word(self) -> String {
        format!("axis-task-{}", self.code())
    }
}

impl ToArg for TaskKind {
    fn to_arg(&self) -> Arg<'_> {
        self.code().to_arg()
    }
}

impl FromCell for TaskKind {
    const EXPECTED: &'static str = "why somebody has to look";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        TaskKind::parse(&String::from_cell(cell)?)
    }
}
