//! What happens after the commit.

use platform::jobs::{JobKind, Schedule};

pub fn kinds() -> Vec<JobKind> {
    Vec::new()
}

pub fn schedules() -> Vec<Schedule> {
    Vec::new()
}
