//! Guesses at a dossier by its number and a telephone, counted so that guessing does not pay.

use jiff::Timestamp;
use platform::store::{StoreError, Tx};

const FAILED: &str = "INSERT INTO dossiers_track_try (key, failures, last_at) VALUES ($1, 1, $2)
    ON CONFLICT (key) DO UPDATE SET failures = CASE
            WHEN dossiers_track_try.last_at < $3 THEN 1
            ELSE dossiers_track_try.failures + 1 END,
        last_at = excluded.last_at";

const FAILURES: &str = "SELECT failures FROM dossiers_track_try WHERE key = $1 AND last_at >= $2";

const FORGIVE: &str = "DELETE FROM dossiers_track_try WHERE key = $1";

const SWEEP: &str = "DELETE FROM dossiers_track_try WHERE last_at < $1";

/// `since`: failures before it are forgotten.
pub fn failed(tx: &mut Tx, key: &str, at: Timestamp, since: Timestamp) -> Result<(), StoreError> {
    tx.execute(FAILED, &[&key, &at, &since])?;
    Ok(())
}

pub fn failures(tx: &mut Tx, key: &str, since: Timestamp) -> Result<i64, StoreError> {
    let found: Option<(i64,)> = tx.opt(FAILURES, &[&key, &since])?;
    Ok(found.map_or(0, |(failures,)| failures))
}

pub fn forgive(tx: &mut Tx, key: &str) -> Result<(), StoreError> {
    tx.execute(FORGIVE, &[&key])?;
    Ok(())
}

pub fn sweep(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(SWEEP, &[&before])
}
