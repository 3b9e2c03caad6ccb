//! What happens after the commit.

use platform::jobs::{JobKind, Schedule};

pub fn kinds() -> Vec<JobKind> {
    [crate::link_jobs::kinds(), crate::watch_jobs::kinds()].concat()
}

pub fn schedules() -> Vec<Schedule> {
    let mut all = crate::watch_jobs::schedules();
    all.push(crate::link_jobs::SCHEDULE);
    all
}
