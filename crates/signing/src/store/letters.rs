//! Letters of request on their way through the signatures.

use jiff::Timestamp;
use platform::store::{StoreError, Tx};
use trust::Subject;
use uuid::Uuid;

use crate::letter::{RequestLetter, apart};
use crate::submission::SubmissionId;

/// Nothing when a letter of the same subject waits: of two at once, one wins.
pub const INSERT: &str = "INSERT INTO signing_letter (id, subject, subject_kind, about, unit,
        unit_name, number, dated, submission, made_by, made_name, made_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT DO NOTHING";
pub const OF_SUBJECT: &str = "SELECT id, subject, subject_kind, about, unit, unit_name, number,
        dated, submission, made_by, made_name, made_at, ended_at
    FROM signing_letter WHERE subject = $1 AND subject_kind = $2 ORDER BY id DESC LIMIT $3";
pub const BY_SUBMISSION: &str = "SELECT id, subject, subject_kind, about, unit, unit_name, number,
        dated, submission, made_by, made_name, made_at, ended_at
    FROM signing_letter WHERE submission = $1";
pub const END: &str = "UPDATE signing_letter SET ended_at = $2
    WHERE id = $1 AND ended_at IS NULL";

/// More letters than this nobody reads about one thing.
const SHOWN_MAX: i64 = 20;

/// False: another waits.
pub fn insert(tx: &mut Tx, one: &RequestLetter) -> Result<bool, StoreError> {
    let inserted = tx.execute(
        INSERT,
        &[
            &one.id,
            &one.subject,
            &one.subject_kind,
            &one.about,
            &one.unit,
            &one.unit_name,
            &one.number,
            &one.dated,
            &one.submission,
            &one.made_by,
            &one.made_name,
            &one.made_at,
        ],
    )?;
    Ok(inserted == 1)
}

/// The newest first.
pub fn of(tx: &mut Tx, subject: Subject) -> Result<Vec<RequestLetter>, StoreError> {
    let (kind, id) = apart(subject);
    tx.all(OF_SUBJECT, &[&id, &kind, &SHOWN_MAX])
}

/// The one that waits for its signatures.
pub fn waiting(tx: &mut Tx, subject: Subject) -> Result<Option<RequestLetter>, StoreError> {
    Ok(of(tx, subject)?.into_iter().find(|letter| letter.ended_at.is_none()))
}

pub fn by_submission(tx: &mut Tx, id: SubmissionId) -> Result<Option<RequestLetter>, StoreError> {
    tx.opt(BY_SUBMISSION, &[&id])
}

/// False: it was ended before.
pub fn end(tx: &mut Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(END, &[&id, &at])? == 1)
}
