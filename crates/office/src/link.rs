//! Links between the documents of an office: one answers, replaces or refers to another. Pure.

use jiff::Timestamp;
use organisations::UnitId;
use platform::record;
use uuid::Uuid;

use crate::coded::coded;
use crate::document::Direction;

coded! {
    pub enum LinkKind, "a kind of link" {
        Answers = "answers",
        Replaces = "replaces",
        Refers = "refers",
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Link {
        pub document: Uuid,
        pub direction: Direction,
        pub kind: LinkKind,
        pub other: Uuid,
        pub other_direction: Direction,
        pub unit: UnitId,
        pub made_name: String,
        pub made_at: Timestamp,
    }
}

impl LinkKind {
    /// The key of its name in the words, as the first document says it.
    pub fn word(self) -> String {
        format!("office-link-{}", self.code())
    }

    /// As the other says it: "is answered by".
    pub fn word_of_other(self) -> String {
        format!("office-linked-{}", self.code())
    }
}
