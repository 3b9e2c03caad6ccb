//! Into the queue, and how full it is.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::{NewJob, store};
use crate::record;
use crate::store::{StoreError, Tx};

/// After this many tries a job rests as a dead letter: with the pauses between them, some nine
/// hours after the first.
pub const ATTEMPTS_MAX: i32 = 14;

const PAUSE_FIRST: Duration = Duration::from_secs(5);
const PAUSE_MAX: Duration = Duration::from_secs(2 * 60 * 60);

/// Puts a job into the queue; it is there when the unit commits.
pub fn enqueue(tx: &mut Tx, job: &NewJob) -> Result<(), StoreError> {
    let payload = job.payload.to_string();
    tx.execute(store::INSERT, &[&job.id, &job.kind, &payload, &job.key, &job.run_at])?;
    Ok(())
}

/// Into the queue at once, under a kind that somebody left to be called back by: it was kept in a
/// table, because the answer may come days and restarts later.
pub fn call_back(
    tx: &mut Tx,
    (kind, id): (&str, Uuid),
    payload: &Value,
    run_at: Timestamp,
) -> Result<(), StoreError> {
    let (payload, no_key): (String, Option<String>) = (payload.to_string(), None);
    tx.execute(store::INSERT, &[&id, &kind, &payload, &no_key, &run_at])?;
    Ok(())
}

/// The pause after a failed try: doubling from five seconds to two hours, moved by up to a fifth
/// either way so that what failed together does not come back together. `chance` is any number.
pub fn pause(attempt: i32, chance: u64) -> Duration {
    let doublings = u32::try_from(attempt - 1).unwrap_or(0).min(20);
    let whole = PAUSE_FIRST.saturating_mul(1 << doublings).min(PAUSE_MAX);
    let share = 0.8 + 0.4 * (chance % 1_000_000) as f64 / 1_000_000.0;
    whole.mul_f64(share)
}

record! {
    #[derive(Debug, Clone, PartialEq)]
    /// How much of one kind waits, and since when.
    pub struct Depth {
        pub kind: String,
        /// `waiting`, `running` or `dead`.
        pub state: String,
        pub count: i64,
        /// When the oldest of them was, or will be, due.
        pub oldest: Timestamp,
    }
}

/// The queue by kind and state, for boards and alarms.
pub fn depths(tx: &mut Tx) -> Result<Vec<Depth>, StoreError> {
    tx.all(store::DEPTHS, &[])
}
