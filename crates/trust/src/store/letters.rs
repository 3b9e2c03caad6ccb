//! Letters of managing units, and from which day they are needed.

use jiff::civil::Date;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::letter::{Letter, LetterRule, Subject};

pub const INSERT: &str = "INSERT INTO trust_letter (id, request, certificate, about, unit,
        unit_name, number, dated, file, sha256, signed_at, signer, signer_name, sealer, kept_by,
        kept_name, kept_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
pub const BY_ID: &str = "SELECT id, request, certificate, about, unit, unit_name, number, dated,
        file, sha256, signed_at, signer, signer_name, sealer, kept_by, kept_name, kept_at
    FROM trust_letter WHERE id = $1";
pub const OF_SUBJECT: &str = "SELECT id, request, certificate, about, unit, unit_name, number,
        dated, file, sha256, signed_at, signer, signer_name, sealer, kept_by, kept_name, kept_at
    FROM trust_letter WHERE request = $1 OR certificate = $2 ORDER BY id DESC LIMIT $3";
/// Of a letter and a decision at once, one sees the other.
pub const TOUCH: &str = "UPDATE trust_request SET version = version + 1
    WHERE id = $1 AND state = 'waiting'";
pub const RULE: &str = "SELECT valid_from, sandbox, needed FROM trust_letter_rule
    WHERE sandbox = $1 AND valid_from <= $2 ORDER BY valid_from DESC LIMIT 1";
pub const RULES: &str = "SELECT valid_from, sandbox, needed FROM trust_letter_rule
    ORDER BY sandbox, valid_from DESC";
pub const PUT_RULE: &str = "INSERT INTO trust_letter_rule (valid_from, sandbox, needed)
    VALUES ($1, $2, $3)
    ON CONFLICT (valid_from, sandbox) DO UPDATE SET needed = excluded.needed";

/// More letters than this nobody reads about one thing.
const SHOWN_MAX: i64 = 20;

pub fn insert(tx: &mut Tx, one: &Letter) -> Result<(), StoreError> {
    tx.execute(
        INSERT,
        &[
            &one.id,
            &one.request,
            &one.certificate,
            &one.about,
            &one.unit,
            &one.unit_name,
            &one.number,
            &one.dated,
            &one.file,
            &one.sha256,
            &one.signed_at,
            &one.signer,
            &one.signer_name,
            &one.sealer,
            &one.kept_by,
            &one.kept_name,
            &one.kept_at,
        ],
    )
    .map(drop)
}

pub fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<Letter>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

/// The newest first.
pub fn of(tx: &mut Tx, subject: Subject) -> Result<Vec<Letter>, StoreError> {
    let (request, certificate) = subject.columns();
    tx.all(OF_SUBJECT, &[&request, &certificate, &SHOWN_MAX])
}

/// False: the request has been decided.
pub fn touch_request(tx: &mut Tx, request: Uuid) -> Result<bool, StoreError> {
    Ok(tx.execute(TOUCH, &[&request])? == 1)
}

/// Whether a request that was made on this day needs a letter.
pub fn is_needed(tx: &mut Tx, sandbox: bool, on: Date) -> Result<bool, StoreError> {
    let rule: Option<LetterRule> = tx.opt(RULE, &[&sandbox, &on])?;
    Ok(rule.is_some_and(|rule| rule.needed))
}

/// The last to begin first.
pub fn rules(tx: &mut Tx) -> Result<Vec<LetterRule>, StoreError> {
    tx.all(RULES, &[])
}

pub fn put_rule(tx: &mut Tx, rule: &LetterRule) -> Result<(), StoreError> {
    tx.execute(PUT_RULE, &[&rule.valid_from, &rule.sandbox, &rule.needed]).map(drop)
}
