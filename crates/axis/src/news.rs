//! News: what a system is told of what arrived for it and of what became of what it sent. One
//! shape for whoever waits, listens to a stream or is called. Pure.

use std::collections::HashSet;

use jiff::Timestamp;
use platform::record;
use serde::Serialize;
use uuid::Uuid;

use crate::trace::What;

/// How the arrival of a packet is called; everything else by its station, see [`What::code`].
pub const ARRIVED: &str = "arrived";

record! {
    /// One thing that happened. The packets themselves are fetched, with the system's own proof.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
    #[serde(rename_all = "camelCase")]
    pub struct News {
        /// In the order of what happened: where whoever listens goes on. The same thing has the
        /// same id, however it is told.
        pub id: Uuid,
        pub event: String,
        /// As the system knows the packet: a sender by the name of the packet, a recipient by that
        /// of the delivery.
        pub doc_id: Uuid,
        pub message_type: String,
        /// Of a packet that says how a document fares.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub status_code: Option<String>,
        pub from: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub to: Option<String>,
        pub document_id: String,
        /// A digit, or nothing.
        pub urgency: String,
        pub sha256: String,
        pub size_bytes: i64,
        /// A reason, a code, another name.
        pub detail: String,
        pub at: Timestamp,
    }
}

/// What a system may choose to be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// Documents that arrived for it.
    Documents,
    /// Words that arrived about documents of its own: 01 to 06, 13, 15, 16.
    Statuses,
    /// Recipients have what it sent.
    Delivered,
    /// What it sent does not arrive, or not without a person.
    Troubles,
}

impl Topic {
    pub const ALL: [Topic; 4] =
        [Topic::Documents, Topic::Statuses, Topic::Delivered, Topic::Troubles];

    pub fn code(self) -> &'static str {
        match self {
            Topic::Documents => "documents",
            Topic::Statuses => "statuses",
            Topic::Delivered => "delivered",
            Topic::Troubles => "troubles",
        }
    }

    pub fn parse(code: &str) -> Option<Topic> {
        Topic::ALL.into_iter().find(|topic| topic.code() == code)
    }

    /// The key of its name in the words.
    pub fn word(self) -> String {
        format!("axis-topic-{}", self.code())
    }

    pub fn hint(self) -> String {
        format!("axis-topic-{}-hint", self.code())
    }

    /// What a station is to the sender of the packet; none: nothing to be called for.
    pub fn of_station(what: What) -> Option<Topic> {
        match what {
            What::Fetched | What::Done | What::Forwarded => Some(Topic::Delivered),
            What::Stranded | What::Failed => Some(Topic::Troubles),
            _ => None,
        }
    }

    /// What a packet is to whom it arrives for.
    pub fn of_arrival(is_status: bool) -> Topic {
        if is_status { Topic::Statuses } else { Topic::Documents }
    }
}

/// The topics in a text, apart by commas or spaces; none when one of them is on no list.
pub fn read_topics(text: &str) -> Option<HashSet<Topic>> {
    text.split([',', ' ', ';']).filter(|code| !code.is_empty()).map(Topic::parse).collect()
}
