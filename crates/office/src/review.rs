//! What others say about a draft: opinions that were asked for, and initials. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 10, art. 11, art. 12

use jiff::Timestamp;
use jiff::civil::Date;
use platform::record;
use uuid::Uuid;

use crate::coded::coded;
use crate::document::OutgoingId;

/// More are asked about no document.
pub const ASKED_MAX: usize = 20;

coded! {
    /// What somebody who was asked says.
    pub enum View, "a view about a draft" {
        Agrees = "agrees",
        AgreesIf = "agrees-if",
        Disagrees = "disagrees",
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Opinion {
        pub id: Uuid,
        pub outgoing: OutgoingId,
        pub account: Uuid,
        pub name: String,
        pub question: String,
        pub due_on: Option<Date>,
        pub asked_at: Timestamp,
        pub asked_name: String,
        pub view: Option<View>,
        pub text: Option<String>,
        pub given_at: Option<Timestamp>,
        /// The version it is about.
        pub edition: Option<i64>,
    }
}

coded! {
    pub enum InitialState, "a state of an initial" {
        Waiting = "waiting",
        Done = "done",
        /// Given back, or overtaken by the draft's return.
        Off = "off",
    }
}

record! {
    /// Ký nháy: whoever checked a version answers for it. One after the other.
    #[derive(Debug, Clone)]
    pub struct Initial {
        pub id: Uuid,
        pub outgoing: OutgoingId,
        pub edition: i64,
        pub place: i64,
        pub account: Uuid,
        pub name: String,
        pub state: InitialState,
        pub at: Option<Timestamp>,
    }
}

impl View {
    /// The key of its name in the words.
    pub fn word(self) -> &'static str {
        match self {
            View::Agrees => "office-view-agrees",
            View::AgreesIf => "office-view-agrees-if",
            View::Disagrees => "office-view-disagrees",
        }
    }
}

impl InitialState {
    pub fn word(self) -> &'static str {
        match self {
            InitialState::Waiting => "office-initial-waiting",
            InitialState::Done => "office-initial-done",
            InitialState::Off => "office-initial-off",
        }
    }
}
