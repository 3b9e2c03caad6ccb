//! Dead letters: what would not go, kept until a person decides.

use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;

use super::store;
use crate::audit::{self, Act};
use crate::figures;
use crate::record;
use crate::store::{StoreError, Tx};

record! {
    #[derive(Debug, Clone, PartialEq)]
    pub struct DeadLetter {
        pub id: Uuid,
        pub kind: String,
        /// JSON. May name persons: show it only to those who may see all of them.
        pub payload: String,
        pub key: Option<String>,
        pub died_at: Timestamp,
        pub attempts: i32,
        pub last_error: Option<String>,
    }
}

/// Who decided about a dead letter, and when.
#[derive(Debug, Clone)]
pub struct Decision {
    pub letter: Uuid,
    /// Of the audit row.
    pub act: Uuid,
    pub at: Timestamp,
    pub actor: Uuid,
    pub actor_name: String,
}

/// The newest first; `before` is the last one of the page before.
pub fn dead_letters(
    tx: &mut Tx,
    kind: Option<&str>,
    before: Option<(Timestamp, Uuid)>,
    limit: i64,
) -> Result<Vec<DeadLetter>, StoreError> {
    let (at, id) = before.unwrap_or((Timestamp::MAX, Uuid::max()));
    tx.all(store::DEAD_LETTERS, &[&kind, &at, &id, &limit])
}

pub fn dead_letter(tx: &mut Tx, id: Uuid) -> Result<Option<DeadLetter>, StoreError> {
    tx.opt(store::DEAD_LETTER, &[&id])
}

pub fn dead_count(tx: &mut Tx) -> Result<i64, StoreError> {
    let (count,) = tx.one(store::DEAD_COUNT, &[])?;
    Ok(count)
}

/// The gauge for boards and for the badge in the navigation: how many dead letters there are.
pub const DEAD_FIGURE: &str = "platform.jobs.dead";

/// Sets the gauge after something has died or been decided. Two that die at the same moment on
/// PostgreSQL may both count without the other; the next change mends it.
pub(super) fn count_again(tx: &mut Tx, at: Timestamp) -> Result<(), StoreError> {
    let count = dead_count(tx)?;
    figures::set(tx, DEAD_FIGURE, &[], at, count)
}

/// Back into the queue as if new. False when it is no longer there, or when a living job with the
/// same key does the same work already.
pub fn resend(tx: &mut Tx, decision: &Decision) -> Result<bool, StoreError> {
    decide(tx, decision, "platform.resend", |tx, letter| {
        Ok(tx.execute(store::RESEND, &[&letter.id, &decision.at])? == 1)
    })
}

/// Thrown away for good; the audit keeps what it was. False when it is no longer there.
pub fn discard(tx: &mut Tx, decision: &Decision) -> Result<bool, StoreError> {
    decide(tx, decision, "platform.discard", |tx, letter| {
        Ok(tx.execute(store::DISCARD, &[&letter.id])? == 1)
    })
}

fn decide(
    tx: &mut Tx,
    decision: &Decision,
    verb: &'static str,
    change: impl FnOnce(&mut Tx, &DeadLetter) -> Result<bool, StoreError>,
) -> Result<bool, StoreError> {
    let Some(letter) = dead_letter(tx, decision.letter)? else { return Ok(false) };
    if !change(tx, &letter)? {
        return Ok(false);
    }
    count_again(tx, decision.at)?;
    audit::record(
        tx,
        &Act {
            id: decision.act,
            at: decision.at,
            actor: Some(decision.actor),
            actor_name: decision.actor_name.clone(),
            unit: None,
            verb,
            object: format!("job:{}", letter.id),
            detail: json!({
                "kind": letter.kind,
                "key": letter.key,
                "attempts": letter.attempts,
                "last_error": letter.last_error,
            }),
        },
    )?;
    Ok(true)
}
