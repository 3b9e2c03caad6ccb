//! Requests for certificates.

use jiff::Timestamp;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::request::{Decision, Request};

pub const INSERT: &str = "INSERT INTO trust_request (id, kind, state, profile, unit, account,
        holder_name, detail, carrier, carrier_number, pkcs10, key_kind, keeps_key, certificate,
        note, asked_by, asked_name, asked_at, version)
    VALUES ($1, $2, 'waiting', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
        1)";
pub const BY_ID: &str = "SELECT id, kind, state, profile, unit, account, holder_name, detail,
        carrier, carrier_number, pkcs10, key_kind, keeps_key, certificate, note, asked_by,
        asked_name, asked_at, decided_by, decided_name, decided_at, reason, issued, version
    FROM trust_request WHERE id = $1";
/// What waits first, then by age; $1 is a state.
pub const LIST: &str = "SELECT id, kind, state, profile, unit, account, holder_name, detail,
        carrier, carrier_number, pkcs10, key_kind, keeps_key, certificate, note, asked_by,
        asked_name, asked_at, decided_by, decided_name, decided_at, reason, issued, version
    FROM trust_request
    WHERE (CAST($1 AS TEXT) IS NULL OR state = $1) AND id < $2
    ORDER BY id DESC LIMIT $3";
pub const WAITING_FOR: &str = "SELECT COUNT(*) FROM trust_request
    WHERE certificate = $1 AND state = 'waiting'";
pub const DECIDE: &str = "UPDATE trust_request SET state = $3, decided_by = $4, decided_name = $5,
        decided_at = $6, reason = $7, issued = $8, version = version + 1
    WHERE id = $1 AND version = $2 AND state = 'waiting'";
pub const WAITING: &str = "SELECT COUNT(*) FROM trust_request WHERE state = 'waiting'";

pub fn insert(tx: &mut Tx, one: &Request) -> Result<(), StoreError> {
    tx.execute(
        INSERT,
        &[
            &one.id,
            &one.kind,
            &one.profile,
            &one.unit,
            &one.account,
            &one.holder_name,
            &one.detail,
            &one.carrier,
            &one.carrier_number,
            &one.pkcs10,
            &one.key_kind,
            &one.keeps_key,
            &one.certificate,
            &one.note,
            &one.asked_by,
            &one.asked_name,
            &one.asked_at,
        ],
    )
    .map(drop)
}

pub fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<Request>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

/// The newest first, behind `before`.
pub fn list(
    tx: &mut Tx,
    state: Option<Decision>,
    (before, limit): (Uuid, i64),
) -> Result<Vec<Request>, StoreError> {
    tx.all(LIST, &[&state, &before, &limit])
}

pub fn is_waiting_for(tx: &mut Tx, certificate: Uuid) -> Result<bool, StoreError> {
    let (count,): (i64,) = tx.one(WAITING_FOR, &[&certificate])?;
    Ok(count > 0)
}

/// Who decided, and how.
#[derive(Debug, Clone)]
pub struct Verdict {
    pub state: Decision,
    pub by: Uuid,
    pub name: String,
    pub at: Timestamp,
    pub reason: Option<String>,
    pub issued: Option<Uuid>,
}

/// False: somebody else decided meanwhile.
pub fn decide(tx: &mut Tx, one: &Request, verdict: &Verdict) -> Result<bool, StoreError> {
    let touched = tx.execute(
        DECIDE,
        &[
            &one.id,
            &one.version,
            &verdict.state,
            &verdict.by,
            &verdict.name,
            &verdict.at,
            &verdict.reason,
            &verdict.issued,
        ],
    )?;
    Ok(touched == 1)
}

/// How many wait, in all.
pub fn waiting(tx: &mut Tx) -> Result<i64, StoreError> {
    tx.one(WAITING, &[]).map(|(count,)| count)
}
