//! Submissions and their steps: put in, found, changed.

use jiff::Timestamp;
use platform::store::{StoreError, Tx};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::step::{DriverKind, SignatoryKind, Step};
use crate::submission::{NewSubmission, Signatory, State, Submission, SubmissionId};

pub const INSERT: &str = "INSERT INTO signing_submission (id, told, subject, scope, title, number,
        unit, state, file, sha256, first_sha256, block, after, asked_by, asked_name, asked_at,
        version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $9, $9, $10, $11, $12, $13, $14, 1)";
pub const INSERT_STEP: &str = "INSERT INTO signing_step (submission, ordinal, kind, account, unit,
        name, capacity, delegation, state, is_next)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9)";
pub const BY_ID: &str = "SELECT id, told, subject, scope, title, number, unit, state, file, sha256,
        first_sha256, block, after, asked_by, asked_name, asked_at, ended_at, reason, version
    FROM signing_submission WHERE id = $1";
pub const STEPS: &str = "SELECT submission, ordinal, kind, account, unit, name, capacity,
        delegation, state, signed_at, driver, certificate, signed_by, signed_by_name,
        authorisation, sitting, sha256_before, sha256_after, file_after
    FROM signing_step WHERE submission = $1 ORDER BY ordinal";
/// Whether something that waits or is sealed follows it already.
pub const FOLLOWED: &str = "SELECT COUNT(*) FROM signing_submission
    WHERE after = $1 AND state IN ('waiting', 'signed')";
/// Only over the version that was read: of two who sign at once, one wins.
pub const PUT_FILE: &str = "UPDATE signing_submission
    SET file = $3, sha256 = $4, version = version + 1
    WHERE id = $1 AND version = $2 AND state = 'waiting'";
pub const SIGN_STEP: &str = "UPDATE signing_step SET state = 'signed', is_next = $15,
        signed_at = $3, driver = $4, certificate = $5, signed_by = $6, signed_by_name = $7,
        authorisation = $8, sitting = $9, sha256_before = $10, sha256_after = $11,
        file_after = $12, capacity = $13, delegation = $14
    WHERE submission = $1 AND ordinal = $2 AND state = 'waiting'";
pub const SET_NEXT: &str = "UPDATE signing_step SET is_next = $3
    WHERE submission = $1 AND ordinal = $2 AND state = 'waiting'";
pub const DECLINE_STEP: &str = "UPDATE signing_step SET state = 'declined', is_next = $3
    WHERE submission = $1 AND ordinal = $2 AND state = 'waiting'";
pub const CLEAR_NEXT: &str = "UPDATE signing_step SET is_next = $2 WHERE submission = $1";
pub const END: &str = "UPDATE signing_submission
    SET state = $3, ended_at = $4, reason = $5, version = version + 1
    WHERE id = $1 AND version = $2 AND state = 'waiting'";

/// What becomes of a step that was signed.
#[derive(Debug, Clone)]
pub struct Done {
    pub at: Timestamp,
    pub driver: DriverKind,
    pub certificate: String,
    pub by: Option<Uuid>,
    pub by_name: String,
    pub authorisation: Option<Uuid>,
    pub sitting: Option<Uuid>,
    pub file: Uuid,
    pub sha256: String,
}

pub fn insert(tx: &mut Tx, new: &NewSubmission, at: Timestamp) -> Result<(), StoreError> {
    let block: Option<Value> = new.block.map(|block| json!(block));
    tx.execute(
        INSERT,
        &[
            &new.id,
            &new.told,
            &new.subject,
            &new.scope,
            &new.title,
            &new.number,
            &new.unit,
            &new.file,
            &new.sha256,
            &block,
            &new.after,
            &new.asked_by,
            &new.asked_name,
            &at,
        ],
    )?;
    for (ordinal, signatory) in (1_i64..).zip(&new.signatories) {
        insert_step(tx, (new.id, ordinal), signatory)?;
    }
    Ok(())
}

fn insert_step(
    tx: &mut Tx,
    (id, ordinal): (SubmissionId, i64),
    signatory: &Signatory,
) -> Result<(), StoreError> {
    let (kind, account, unit, name, capacity, delegation) = match signatory {
        Signatory::Person { account, name, capacity, delegation } => {
            (SignatoryKind::Person, Some(*account), None, name, capacity.as_str(), *delegation)
        }
        Signatory::Agency { unit, name } => {
            (SignatoryKind::Agency, None, Some(*unit), name, "", None)
        }
    };
    let is_next = ordinal == 1;
    tx.execute(
        INSERT_STEP,
        &[&id, &ordinal, &kind, &account, &unit, name, &capacity, &delegation, &is_next],
    )
    .map(drop)
}

pub fn by_id(tx: &mut Tx, id: SubmissionId) -> Result<Option<Submission>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

pub fn is_followed(tx: &mut Tx, id: SubmissionId) -> Result<bool, StoreError> {
    let (count,): (i64,) = tx.one(FOLLOWED, &[&id])?;
    Ok(count > 0)
}

pub fn steps(tx: &mut Tx, id: SubmissionId) -> Result<Vec<Step>, StoreError> {
    tx.all(STEPS, &[&id])
}

/// False when somebody else was first.
pub fn put_signed(
    tx: &mut Tx,
    (submission, step): (&Submission, &Step),
    done: &Done,
) -> Result<bool, StoreError> {
    let (id, version) = (submission.id, submission.version);
    if tx.execute(PUT_FILE, &[&id, &version, &done.file, &done.sha256])? == 0 {
        return Ok(false);
    }
    let signed = tx.execute(
        SIGN_STEP,
        &[
            &id,
            &step.ordinal,
            &done.at,
            &done.driver,
            &done.certificate,
            &done.by,
            &done.by_name,
            &done.authorisation,
            &done.sitting,
            &submission.sha256,
            &done.sha256,
            &done.file,
            &step.capacity,
            &step.delegation,
            &false,
        ],
    )?;
    Ok(signed == 1)
}

pub fn set_next(tx: &mut Tx, id: SubmissionId, ordinal: i64) -> Result<(), StoreError> {
    tx.execute(SET_NEXT, &[&id, &ordinal, &true]).map(drop)
}

pub fn decline_step(tx: &mut Tx, step: &Step) -> Result<bool, StoreError> {
    Ok(tx.execute(DECLINE_STEP, &[&step.submission, &step.ordinal, &false])? == 1)
}

/// False when it has ended already, or somebody else changed it.
pub fn end(
    tx: &mut Tx,
    (id, version): (SubmissionId, i64),
    (state, at, reason): (State, Timestamp, &str),
) -> Result<bool, StoreError> {
    let ended = tx.execute(END, &[&id, &version, &state, &at, &reason])? == 1;
    if ended {
        tx.execute(CLEAR_NEXT, &[&id, &false])?;
    }
    Ok(ended)
}
