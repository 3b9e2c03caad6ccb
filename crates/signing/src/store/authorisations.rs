//! Second factors used up over named bytes, and sittings.

use jiff::Timestamp;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::sitting::Sitting;
use crate::submission::SubmissionId;

pub const INSERT: &str = "INSERT INTO signing_authorisation (id, account, name, at, factor)
    VALUES ($1, $2, $3, $4, $5)";
pub const NAME: &str = "INSERT INTO signing_authorised (authorisation, submission, ordinal, sha256)
    VALUES ($1, $2, $3, $4)";
pub const OPEN_SITTING: &str = "INSERT INTO signing_sitting (id, account, scope, begun_at, ends_at,
        authorisation)
    VALUES ($1, $2, 'slip', $3, $4, $5)";
pub const SITTING_OF: &str = "SELECT id, account, scope, begun_at, ends_at, authorisation
    FROM signing_sitting WHERE account = $1 AND begun_at <= $2 AND ends_at > $2
    ORDER BY ends_at DESC LIMIT 1";
pub const CLOSE_SITTINGS: &str = "UPDATE signing_sitting SET ends_at = $2
    WHERE account = $1 AND begun_at <= $2 AND ends_at > $2";

/// A second factor on its way into the store.
#[derive(Debug, Clone)]
pub struct NewAuthorisation {
    pub id: Uuid,
    pub account: Uuid,
    pub name: String,
    pub at: Timestamp,
    pub factor: &'static str,
}

pub fn insert(tx: &mut Tx, new: &NewAuthorisation) -> Result<(), StoreError> {
    tx.execute(INSERT, &[&new.id, &new.account, &new.name, &new.at, &new.factor]).map(drop)
}

/// One of the files that were named when the code was given.
pub fn name(
    tx: &mut Tx,
    authorisation: Uuid,
    (submission, ordinal): (SubmissionId, i64),
    sha256: &str,
) -> Result<(), StoreError> {
    tx.execute(NAME, &[&authorisation, &submission, &ordinal, &sha256]).map(drop)
}

pub fn open_sitting(tx: &mut Tx, sitting: &Sitting) -> Result<(), StoreError> {
    let Sitting { id, account, begun_at, ends_at, authorisation, .. } = sitting;
    tx.execute(OPEN_SITTING, &[id, account, begun_at, ends_at, authorisation]).map(drop)
}

pub fn sitting_of(
    tx: &mut Tx,
    account: Uuid,
    at: Timestamp,
) -> Result<Option<Sitting>, StoreError> {
    tx.opt(SITTING_OF, &[&account, &at])
}

pub fn close_sittings(tx: &mut Tx, account: Uuid, at: Timestamp) -> Result<u64, StoreError> {
    tx.execute(CLOSE_SITTINGS, &[&account, &at])
}
