//! What changes documents that came, and the tasks that come of them.

pub mod absences;
pub mod arriving;
pub(crate) mod asking;
pub mod assigning;
pub mod deciding;
pub mod handing_over;
pub mod handling;
pub mod judging;
pub mod registering;
pub mod statuses;
pub(crate) mod unpacking;

use platform::store::Tx;

use crate::document::IncomingId;
use crate::incoming::Incoming;
use crate::refusal::Refusal;
use crate::store::{incoming, tasks};
use crate::task::Task;

/// How a document is named in the log.
pub(crate) fn object_of(id: IncomingId) -> String {
    format!("incoming:{id}")
}

/// Over what was read, or not at all.
pub(crate) fn save(tx: &mut Tx, one: &mut Incoming) -> Result<(), Refusal> {
    match incoming::save(tx, one)? {
        true => Ok(()),
        false => Err(Refusal::ChangedMeanwhile),
    }
}

pub(crate) fn save_task(tx: &mut Tx, task: &mut Task) -> Result<(), Refusal> {
    match tasks::save(tx, task)? {
        true => Ok(()),
        false => Err(Refusal::ChangedMeanwhile),
    }
}
