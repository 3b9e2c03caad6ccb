//! Results: proposed, approved, signed and issued, handed over, rated.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};
use signing::SubmissionId;
use uuid::Uuid;

use crate::dossier::DossierId;
use crate::signature::Signing;

const PROPOSE: &str = "INSERT INTO dossiers_result
       (dossier, number, title, body, proposed_by, signer_name, signer_role, unit, unit_name,
        owner, facts, signing, handed_to)
    VALUES ($1, $2, $3, $4, $5, '', '', $6, $7, $8, '', 'unasked', '')
    ON CONFLICT (dossier) DO UPDATE SET number = excluded.number, title = excluded.title,
        body = excluded.body, proposed_by = excluded.proposed_by
    WHERE dossiers_result.approved_at IS NULL";

const APPROVE: &str = "UPDATE dossiers_result SET number = $2, title = $3, body = $4, signer = $5,
        signer_name = $6, signer_role = $7, delegation = $8, unit = $9, unit_name = $10,
        approved_at = $11, check_code = $12, facts = $13, signing = $14, submission = NULL
    WHERE dossier = $1 AND approved_at IS NULL";

const SUBMIT: &str = "UPDATE dossiers_result SET file = $2, sha256 = $3, signing = 'waiting',
        submission = $4
    WHERE dossier = $1 AND signing = 'asked'";

const ISSUE: &str = "UPDATE dossiers_result SET issued_at = $2
    WHERE dossier = $1 AND approved_at IS NOT NULL AND issued_at IS NULL";

const SIGN: &str = "UPDATE dossiers_result SET file = $2, sha256 = $3, signing = 'signed',
        signed_at = $4
    WHERE dossier = $1 AND signing = 'waiting'";

const TAKE_BACK: &str = "UPDATE dossiers_result SET approved_at = NULL, check_code = NULL,
        facts = '', file = NULL, sha256 = NULL, signing = $2, submission = NULL
    WHERE dossier = $1 AND issued_at IS NULL AND signing IN ('asked', 'waiting')";

const AWAITED: &str = "SELECT dossier FROM dossiers_result
    WHERE dossier = $1 AND signing IN ('asked', 'waiting')";

const COLUMNS_BY_DOSSIER: &str = "SELECT dossier, number, title, body, signer, signer_name,
        signer_role, delegation, unit, unit_name, owner, approved_at, issued_at, check_code, facts,
        file, sha256, signing, submission, signed_at, handed_at, handed_how, handed_to
    FROM dossiers_result WHERE dossier = $1";

const BY_CHECK_CODE: &str = "SELECT dossier, number, title, body, signer, signer_name,
        signer_role, delegation, unit, unit_name, owner, approved_at, issued_at, check_code, facts,
        file, sha256, signing, submission, signed_at, handed_at, handed_how, handed_to
    FROM dossiers_result WHERE check_code = $1 AND issued_at IS NOT NULL";

const OF_OWNER: &str = "SELECT dossier, number, title, body, signer, signer_name,
        signer_role, delegation, unit, unit_name, owner, approved_at, issued_at, check_code, facts,
        file, sha256, signing, submission, signed_at, handed_at, handed_how, handed_to
    FROM dossiers_result
    WHERE issued_at IS NOT NULL AND (owner = $1 OR dossier IN (
        SELECT id FROM dossiers_dossier WHERE owner IS NULL AND applicant_key = $2))
    ORDER BY issued_at DESC LIMIT 200";

const HAND_OVER: &str = "UPDATE dossiers_result SET handed_at = $2, handed_how = $3, handed_to = $4
    WHERE dossier = $1 AND handed_at IS NULL";

const KEEP_FILE: &str = "UPDATE dossiers_result SET file = $2, sha256 = $3
    WHERE dossier = $1 AND file IS NULL";

const INSERT_RATING: &str = "INSERT INTO dossiers_rating (dossier, stars, words, at, account)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (dossier) DO NOTHING";

const RATING: &str = "SELECT stars, words, at FROM dossiers_rating WHERE dossier = $1";

record! {
    #[derive(Debug, Clone)]
    pub struct StoredResult {
        pub dossier: Uuid,
        pub number: String,
        pub title: String,
        /// What it says, in paragraphs.
        pub body: String,
        pub signer: Option<Uuid>,
        pub signer_name: String,
        /// Lines, divided by "\n".
        pub signer_role: String,
        pub delegation: Option<Uuid>,
        pub unit: Uuid,
        pub unit_name: String,
        pub owner: Option<Uuid>,
        /// None while it is only proposed.
        pub approved_at: Option<Timestamp>,
        /// None while it waits for its signatures.
        pub issued_at: Option<Timestamp>,
        pub check_code: Option<String>,
        pub facts: String,
        pub file: Option<Uuid>,
        pub sha256: Option<String>,
        pub signing: Signing,
        pub submission: Option<SubmissionId>,
        pub signed_at: Option<Timestamp>,
        pub handed_at: Option<Timestamp>,
        pub handed_how: Option<String>,
        pub handed_to: String,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Rating {
        pub stars: i64,
        pub words: String,
        pub at: Timestamp,
    }
}

/// What the result will say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    pub number: String,
    pub title: String,
    pub body: String,
}

/// A draft of the result; proposed again, it is replaced. False when it is approved already.
pub fn propose(
    tx: &mut Tx,
    dossier: DossierId,
    wording: &Wording,
    about: &Proposed<'_>,
) -> Result<bool, StoreError> {
    let args: platform::store::Args<'_> = &[
        &dossier.0,
        &wording.number,
        &wording.title,
        &wording.body,
        &about.by,
        &about.unit,
        &about.unit_name,
        &about.owner,
    ];
    Ok(tx.execute(PROPOSE, args)? == 1)
}

pub struct Proposed<'a> {
    pub by: Option<Uuid>,
    pub unit: Uuid,
    pub unit_name: &'a str,
    pub owner: Option<Uuid>,
}

/// Who decided what, when, and how it stands with the signatures.
pub struct Approved<'a> {
    pub signer: Option<Uuid>,
    pub signer_name: &'a str,
    pub signer_role: &'a str,
    pub delegation: Option<Uuid>,
    pub unit: Uuid,
    pub unit_name: &'a str,
    pub at: Timestamp,
    pub check_code: &'a str,
    pub facts: String,
    pub signing: Signing,
}

/// From here on its facts are fixed. False when somebody was faster.
pub fn approve(
    tx: &mut Tx,
    dossier: DossierId,
    wording: &Wording,
    approved: &Approved<'_>,
) -> Result<bool, StoreError> {
    let args: platform::store::Args<'_> = &[
        &dossier.0,
        &wording.number,
        &wording.title,
        &wording.body,
        &approved.signer,
        &approved.signer_name,
        &approved.signer_role,
        &approved.delegation,
        &approved.unit,
        &approved.unit_name,
        &approved.at,
        &approved.check_code,
        &approved.facts,
        &approved.signing,
    ];
    Ok(tx.execute(APPROVE, args)? == 1)
}

/// Printed, and before its signatories. False: it was already, or is not wanted any more.
pub fn submit(
    tx: &mut Tx,
    dossier: DossierId,
    (file, sha256): (Uuid, &str),
    submission: SubmissionId,
) -> Result<bool, StoreError> {
    Ok(tx.execute(SUBMIT, &[&dossier.0, &file, &sha256, &submission])? == 1)
}

pub fn sign(
    tx: &mut Tx,
    dossier: DossierId,
    (file, sha256): (Uuid, &str),
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(SIGN, &[&dossier.0, &file, &sha256, &at])? == 1)
}

/// It counts from here on.
pub fn issue(tx: &mut Tx, dossier: DossierId, at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(ISSUE, &[&dossier.0, &at])? == 1)
}

/// The approval is as if it had not been; the wording stays as a draft. False: nothing waits.
pub fn take_back(tx: &mut Tx, dossier: DossierId, why: Signing) -> Result<bool, StoreError> {
    Ok(tx.execute(TAKE_BACK, &[&dossier.0, &why])? == 1)
}

/// Whether an approved result waits for its signatures.
pub fn is_awaited(tx: &mut Tx, dossier: DossierId) -> Result<bool, StoreError> {
    Ok(tx.opt::<(Uuid,)>(AWAITED, &[&dossier.0])?.is_some())
}

pub fn of(tx: &mut Tx, dossier: DossierId) -> Result<Option<StoredResult>, StoreError> {
    tx.opt(COLUMNS_BY_DOSSIER, &[&dossier.0])
}

pub fn by_check_code(tx: &mut Tx, code: &str) -> Result<Option<StoredResult>, StoreError> {
    tx.opt(BY_CHECK_CODE, &[&code])
}

/// All that was issued to an account, and what was issued at a counter under its proven key.
pub fn of_owner(
    tx: &mut Tx,
    owner: Uuid,
    key: Option<&str>,
) -> Result<Vec<StoredResult>, StoreError> {
    tx.all(OF_OWNER, &[&owner, &key])
}

pub fn hand_over(
    tx: &mut Tx,
    dossier: DossierId,
    at: Timestamp,
    (how, to): (&str, &str),
) -> Result<bool, StoreError> {
    Ok(tx.execute(HAND_OVER, &[&dossier.0, &at, &how, &to])? == 1)
}

/// Keeps the first PDF made of it. False: another was faster, and its bytes count.
pub fn keep_file(
    tx: &mut Tx,
    dossier: DossierId,
    file: Uuid,
    sha256: &str,
) -> Result<bool, StoreError> {
    Ok(tx.execute(KEEP_FILE, &[&dossier.0, &file, &sha256])? == 1)
}

/// False when there is a rating already.
pub fn rate(
    tx: &mut Tx,
    dossier: DossierId,
    rating: &Rating,
    account: Option<Uuid>,
) -> Result<bool, StoreError> {
    let args: platform::store::Args<'_> =
        &[&dossier.0, &rating.stars, &rating.words, &rating.at, &account];
    Ok(tx.execute(INSERT_RATING, args)? == 1)
}

pub fn rating(tx: &mut Tx, dossier: DossierId) -> Result<Option<Rating>, StoreError> {
    tx.opt(RATING, &[&dossier.0])
}
