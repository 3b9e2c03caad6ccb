//! A sitting: for so long one code counts, for the slips of its owner and for nothing else. Pure.

use jiff::{SignedDuration, Timestamp};
use platform::record;
use uuid::Uuid;

use crate::submission::Scope;

record! {
    #[derive(Debug, Clone)]
    pub struct Sitting {
        pub id: Uuid,
        pub account: Uuid,
        pub scope: Scope,
        pub begun_at: Timestamp,
        /// Moved to the present when its owner closes it.
        pub ends_at: Timestamp,
        pub authorisation: Uuid,
    }
}

/// How long a sitting lasts, from a day on.
const MINUTES: [(jiff::civil::Date, i64); 1] = [(jiff::civil::date(2020, 1, 1), 240)];

/// As long as the rule of the day says.
pub fn length(on: jiff::civil::Date) -> SignedDuration {
    let rule = MINUTES.iter().rev().find(|(from, _)| *from <= on);
    SignedDuration::from_mins(rule.map_or(0, |(_, minutes)| *minutes))
}

impl Sitting {
    pub fn is_open(&self, at: Timestamp) -> bool {
        self.begun_at <= at && at < self.ends_at
    }
}
