//! Results: proposed, issued, handed over, rated.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::dossier::DossierId;

const PROPOSE: &str = "INSERT INTO dossiers_result
       (dossier, number, title, body, proposed_by, signer_name, signer_role, unit, unit_name,
        owner, facts, handed_to)
    VALUES ($1, $2, $3, $4, $5, '', '', $6, $7, $8, '', '')
    ON CONFLICT (dossier) DO UPDATE SET number = excluded.number, title = excluded.title,
        body = excluded.body, proposed_by = excluded.proposed_by
    WHERE dossiers_result.issued_at IS NULL";

const ISSUE: &str = "UPDATE dossiers_result SET number = $2, title = $3, body = $4, signer = $5,
        signer_name = $6, signer_role = $7, unit = $8, unit_name = $9, issued_at = $10,
        check_code = $11, facts = $12
    WHERE dossier = $1 AND issued_at IS NULL";

const COLUMNS_BY_DOSSIER: &str = "SELECT dossier, number, title, body, signer_name, signer_role,
        unit, unit_name, owner, issued_at, check_code, facts, file, sha256, handed_at, handed_how,
        handed_to
    FROM dossiers_result WHERE dossier = $1";

const BY_CHECK_CODE: &str = "SELECT dossier, number, title, body, signer_name, signer_role,
        unit, unit_name, owner, issued_at, check_code, facts, file, sha256, handed_at, handed_how,
        handed_to
    FROM dossiers_result WHERE check_code = $1 AND issued_at IS NOT NULL";

const OF_OWNER: &str = "SELECT dossier, number, title, body, signer_name, signer_role,
        unit, unit_name, owner, issued_at, check_code, facts, file, sha256, handed_at, handed_how,
        handed_to
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
        pub signer_name: String,
        pub signer_role: String,
        pub unit: Uuid,
        pub unit_name: String,
        pub owner: Option<Uuid>,
        /// None while it is only proposed.
        pub issued_at: Option<Timestamp>,
        pub check_code: Option<String>,
        pub facts: String,
        pub file: Option<Uuid>,
        pub sha256: Option<String>,
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

/// A draft of the result; proposed again, it is replaced. False when it is issued already.
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

/// Who signed what, when.
pub struct Issued<'a> {
    pub signer: Option<Uuid>,
    pub signer_name: &'a str,
    pub signer_role: &'a str,
    pub unit: Uuid,
    pub unit_name: &'a str,
    pub at: Timestamp,
    pub check_code: &'a str,
    pub facts: String,
}

pub fn issue(
    tx: &mut Tx,
    dossier: DossierId,
    wording: &Wording,
    issued: &Issued<'_>,
) -> Result<bool, StoreError> {
    let args: platform::store::Args<'_> = &[
        &dossier.0,
        &wording.number,
        &wording.title,
        &wording.body,
        &issued.signer,
        &issued.signer_name,
        &issued.signer_role,
        &issued.unit,
        &issued.unit_name,
        &issued.at,
        &issued.check_code,
        &issued.facts,
    ];
    Ok(tx.execute(ISSUE, args)? == 1)
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
