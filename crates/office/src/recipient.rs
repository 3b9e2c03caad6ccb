//! Who receives a document: agencies over the axis, people in the house, and lines that are only
//! printed. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 17
//! Law: QĐ 28/2018/QĐ-TTg art. 6

use jiff::Timestamp;
use organisations::UnitId;
use platform::record;
use uuid::Uuid;

use crate::coded::coded;
use crate::document::OutgoingId;

/// As many agencies as there are at both levels of a large province, and some.
pub const RECIPIENTS_MAX: usize = 500;
pub const NAME_LETTERS_MAX: usize = 200;

coded! {
    pub enum RecipientKind, "a kind of recipient" {
        /// Over the axis, by its code.
        Agency = "agency",
        /// Somebody in the house.
        Person = "person",
        /// Only printed: "Lưu: VT".
        Place = "place",
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Recipient {
        pub id: Uuid,
        pub outgoing: OutgoingId,
        pub kind: RecipientKind,
        /// Of an agency.
        pub code: Option<String>,
        pub account: Option<Uuid>,
        pub name: String,
        /// "Kính gửi"; else only under "Nơi nhận".
        pub is_addressed: bool,
        pub added_at: Timestamp,
        /// When a person in the house opened it first.
        pub seen_at: Option<Timestamp>,
        /// Of an agency: the sender asked for the document back.
        pub recall_asked_at: Option<Timestamp>,
        /// Taken off by an update.
        pub removed_at: Option<Timestamp>,
    }
}

record! {
    /// Recipients that are often named together.
    #[derive(Debug, Clone)]
    pub struct Group {
        pub id: Uuid,
        pub unit: UnitId,
        pub name: String,
        pub members: i64,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Member {
        pub code: String,
        pub name: String,
    }
}

/// What a code means before anything is sent to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    Fine,
    /// Its agency has ended; who followed it.
    Closed(Vec<Heir>),
    /// No agency of the catalogue has it.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heir {
    pub code: String,
    pub name: String,
}

impl RecipientKind {
    /// The key of its name in the words.
    pub fn word(self) -> &'static str {
        match self {
            RecipientKind::Agency => "office-recipient-agency",
            RecipientKind::Person => "office-recipient-person",
            RecipientKind::Place => "office-recipient-place",
        }
    }
}
