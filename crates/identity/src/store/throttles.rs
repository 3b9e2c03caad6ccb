//! Wrong attempts, counted before the guess is even looked at: a hundred guesses at once are a
//! hundred, and a unit that ran beside another cannot overlook it.

use jiff::Timestamp;
use platform::store::{StoreError, Tx};

use crate::throttle::{Memory, Rule};

const READ: &str = "SELECT failures, last_at FROM identity_throttle WHERE key = $1";
const FIRST: &str = "INSERT INTO identity_throttle (key, failures, last_at) VALUES ($1, $2, $3)
    ON CONFLICT (key) DO NOTHING";
const NEXT: &str = "UPDATE identity_throttle SET failures = $2, last_at = $3
    WHERE key = $1 AND failures = $4 AND last_at = $5";
const FORGET: &str = "DELETE FROM identity_throttle WHERE key = $1";
const TAKE_BACK: &str = "UPDATE identity_throttle SET failures = failures - 1
    WHERE key = $1 AND failures > 0";
const SWEEP: &str = "DELETE FROM identity_throttle WHERE last_at < $1";

/// What one attempt is counted under.
#[derive(Debug, Clone)]
pub(crate) struct Counter {
    pub key: String,
    pub rule: Rule,
}

/// Counts an attempt under all counters, or under none and says until when to wait.
pub(crate) fn reserve(
    tx: &mut Tx,
    counters: &[Counter],
    now: Timestamp,
) -> Result<Option<Timestamp>, StoreError> {
    let mut closed_until: Option<Timestamp> = None;
    for counter in counters {
        let memory = memory(tx, &counter.key)?;
        closed_until = closed_until.max(counter.rule.closed_until(memory, now));
    }
    if closed_until.is_some() {
        return Ok(closed_until);
    }
    for counter in counters {
        count(tx, counter, now)?;
    }
    Ok(None)
}

/// The attempt was right: this counter starts anew.
pub(crate) fn forget(tx: &mut Tx, key: &str) -> Result<(), StoreError> {
    tx.execute(FORGET, &[&key]).map(drop)
}

/// The attempt was right, but others under this key may not have been.
pub(crate) fn take_back(tx: &mut Tx, key: &str) -> Result<(), StoreError> {
    tx.execute(TAKE_BACK, &[&key]).map(drop)
}

pub(crate) fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(SWEEP, &[&before])
}

fn memory(tx: &mut Tx, key: &str) -> Result<Option<Memory>, StoreError> {
    let row: Option<(i64, Timestamp)> = tx.opt(READ, &[&key])?;
    Ok(row.map(|(failures, last_at)| Memory { failures, last_at }))
}

/// Writes the count only over the one it was computed from; another unit's makes it look again.
fn count(tx: &mut Tx, counter: &Counter, now: Timestamp) -> Result<(), StoreError> {
    for _ in 0..20 {
        let before = memory(tx, &counter.key)?;
        let after = counter.rule.after_failure(before, now);
        let written = match before {
            None => tx.execute(FIRST, &[&counter.key, &after.failures, &after.last_at])?,
            Some(seen) => tx.execute(
                NEXT,
                &[&counter.key, &after.failures, &after.last_at, &seen.failures, &seen.last_at],
            )?,
        };
        if written == 1 {
            return Ok(());
        }
    }
    Err(StoreError::Overloaded)
}
