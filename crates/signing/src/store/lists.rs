//! What waits for whom, and what was signed lately.

use jiff::Timestamp;
use organisations::UnitId;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::submission::{Scope, SubmissionId};

pub const MINE: &str = "SELECT s.id, s.scope, s.title, s.number, s.unit, s.sha256, s.file,
        s.asked_name, s.asked_at, t.ordinal, t.name, t.unit AS seal
    FROM signing_step t JOIN signing_submission s ON s.id = t.submission
    WHERE t.account = $1 AND t.is_next = $2 AND t.submission > $3
      AND (CAST($4 AS TEXT) IS NULL OR s.scope = $4)
    ORDER BY t.submission LIMIT $5";
/// The rows of [`MINE`] from the index alone: it is asked on every page.
pub const COUNT_MINE: &str = "SELECT COUNT(*) FROM (SELECT submission FROM signing_step
    WHERE account = $1 AND is_next = $2 LIMIT $3) AS waiting";
pub const TO_SEAL: &str = "SELECT s.id, s.scope, s.title, s.number, s.unit, s.sha256, s.file,
        s.asked_name, s.asked_at, t.ordinal, t.name, t.unit AS seal
    FROM signing_step t JOIN signing_submission s ON s.id = t.submission
    WHERE t.unit = $1 AND t.is_next = $2 AND t.submission > $3
      AND (CAST($4 AS TEXT) IS NULL OR s.scope = $4)
    ORDER BY t.submission LIMIT $5";
pub const LATELY: &str = "SELECT s.id, s.title, s.number, s.scope, t.signed_at
    FROM signing_step t JOIN signing_submission s ON s.id = t.submission
    WHERE t.signed_by = $1 AND t.signed_at IS NOT NULL
    ORDER BY t.signed_at DESC LIMIT $2";

record! {
    /// A step that is next, with its submission.
    #[derive(Debug, Clone)]
    pub struct Due {
        pub id: SubmissionId,
        pub scope: Scope,
        pub title: String,
        pub number: String,
        pub unit: UnitId,
        pub sha256: String,
        pub file: Uuid,
        pub asked_name: String,
        pub asked_at: Timestamp,
        pub ordinal: i64,
        pub name: String,
        /// The unit whose seal it is; none: a person's signature.
        pub seal: Option<UnitId>,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Lately {
        pub id: SubmissionId,
        pub title: String,
        pub number: String,
        pub scope: Scope,
        pub signed_at: Timestamp,
    }
}

/// The oldest first, after the submission given.
pub fn mine(
    tx: &mut Tx,
    account: Uuid,
    scope: Option<Scope>,
    (after, limit): (Uuid, i64),
) -> Result<Vec<Due>, StoreError> {
    tx.all(MINE, &[&account, &true, &after, &scope, &limit])
}

pub fn count_mine(tx: &mut Tx, account: Uuid, limit: i64) -> Result<i64, StoreError> {
    let (count,): (i64,) = tx.one(COUNT_MINE, &[&account, &true, &limit])?;
    Ok(count)
}

pub fn to_seal(
    tx: &mut Tx,
    unit: UnitId,
    scope: Option<Scope>,
    (after, limit): (Uuid, i64),
) -> Result<Vec<Due>, StoreError> {
    tx.all(TO_SEAL, &[&unit, &true, &after, &scope, &limit])
}

pub fn lately(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<Lately>, StoreError> {
    tx.all(LATELY, &[&account, &limit])
}
