//! Work that happens after the commit: notices, printing, sweeping, whatever must not hold up the
//! person who waits for an answer.
//!
//! A unit of work puts a job into the queue with [`enqueue`]; if the unit is rolled back, so is the
//! job. A [`Worker`] takes what is due under a lease, runs it and strikes it out. What fails is
//! tried again, later and later, and after [`ATTEMPTS_MAX`] tries rests as a dead letter until a
//! person sends it again or throws it away.
//!
//! **At least once.** A process can die between doing the work and striking it out; then the work
//! is done again by another. So a job's work must be harmless to repeat: it looks whether it has
//! been done, or carries an idempotency key to whoever is told.
//!
//! Any number of processes may work on one database: leases, the one row of a schedule and unique
//! keys keep them apart, nothing else does.

mod dead;
mod gauges;
mod lease;
mod queue;
mod schedule;
mod store;
#[cfg(test)]
mod tests;
mod worker;

use futures_util::future::BoxFuture;
use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

pub use dead::{
    DEAD_FIGURE, DeadLetter, Decision, dead_count, dead_letter, dead_letters, discard, resend,
};
pub use queue::{ATTEMPTS_MAX, Depth, call_back, depths, enqueue, pause};
pub use schedule::{Every, Schedule};
pub use worker::{Limits, Ran, Worker, run_due, run_schedules};

use crate::Ctx;
use crate::store::StoreError;

/// Work to be done after the unit that asks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob {
    pub id: Uuid,
    /// Capability and verb: `dossiers.notice`.
    pub kind: &'static str,
    pub payload: Value,
    /// Not before; the present for "at once".
    pub run_at: Timestamp,
    /// While a job of the same kind and key is waiting or running, a second is not put in. The key
    /// says what the work is (`dossier:…:accepted`), so that asking twice is asking once.
    pub key: Option<String>,
}

/// A job as its handler gets it.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    pub id: Uuid,
    pub kind: String,
    pub payload: Value,
    /// The present of this try.
    pub at: Timestamp,
    /// 1 at the first try.
    pub attempt: i32,
}

impl Job {
    /// The payload as the type that was put in; what cannot be read will not read better later.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, JobError> {
        T::deserialize(&self.payload)
            .map_err(|error| JobError::Dead(format!("unreadable payload: {error}")))
    }
}

/// How a job says no. Both sentences are for the administrator, without personal data.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum JobError {
    /// May go better later.
    #[error("{0}")]
    Retry(String),
    /// Will never go: a dead letter at once.
    #[error("{0}")]
    Dead(String),
}

impl From<StoreError> for JobError {
    fn from(error: StoreError) -> JobError {
        JobError::Retry(error.to_string())
    }
}

/// What the work of a kind is: `|ctx, job| Box::pin(notice(ctx, job))`.
#[derive(Debug, Clone, Copy)]
pub struct JobKind {
    pub kind: &'static str,
    pub run: fn(Ctx, Job) -> BoxFuture<'static, Result<(), JobError>>,
}
