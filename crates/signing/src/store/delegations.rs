//! Delegations of signing.

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::delegation::Delegation;

pub const INSERT: &str = "INSERT INTO signing_delegation (id, kind, unit, giver, giver_name,
        giver_title, taker, taker_name, taker_title, scopes, matter, ground, under, valid_from,
        valid_to, made_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
pub const BY_ID: &str = "SELECT id, kind, unit, giver, giver_name, giver_title, taker, taker_name,
        taker_title, scopes, matter, ground, under, valid_from, valid_to, made_at, ended_at,
        ended_by, ended_name
    FROM signing_delegation WHERE id = $1";
/// Given or taken by one account, the newest first.
pub const OF_ACCOUNT: &str = "SELECT id, kind, unit, giver, giver_name, giver_title, taker,
        taker_name, taker_title, scopes, matter, ground, under, valid_from, valid_to, made_at,
        ended_at, ended_by, ended_name
    FROM signing_delegation WHERE giver = $1 OR taker = $1
    ORDER BY valid_from DESC, id DESC LIMIT 200";
/// Not over on the day: those of today and those to come.
pub const TAKEN: &str = "SELECT id, kind, unit, giver, giver_name, giver_title, taker,
        taker_name, taker_title, scopes, matter, ground, under, valid_from, valid_to, made_at,
        ended_at, ended_by, ended_name
    FROM signing_delegation
    WHERE taker = $1 AND unit = $2 AND ended_at IS NULL AND (valid_to IS NULL OR valid_to >= $3)
    ORDER BY valid_from DESC, id DESC";
pub const OF_UNIT: &str = "SELECT id, kind, unit, giver, giver_name, giver_title, taker,
        taker_name, taker_title, scopes, matter, ground, under, valid_from, valid_to, made_at,
        ended_at, ended_by, ended_name
    FROM signing_delegation WHERE unit = $1
    ORDER BY valid_from DESC, id DESC LIMIT 200";
pub const END: &str = "UPDATE signing_delegation
    SET ended_at = $2, ended_by = $3, ended_name = $4
    WHERE id = $1 AND ended_at IS NULL";
/// One row an account and unit, written whenever it is given a delegation there: two that are
/// given at once meet here, and the second sees the first.
pub const TURN: &str = "INSERT INTO signing_delegation_turn (taker, unit, given) VALUES ($1, $2, 1)
    ON CONFLICT (taker, unit) DO UPDATE SET given = signing_delegation_turn.given + 1";

pub fn take_turn(tx: &mut Tx, taker: Uuid, unit: UnitId) -> Result<(), StoreError> {
    tx.execute(TURN, &[&taker, &unit]).map(drop)
}

pub fn insert(tx: &mut Tx, one: &Delegation) -> Result<(), StoreError> {
    tx.execute(
        INSERT,
        &[
            &one.id,
            &one.kind,
            &one.unit,
            &one.giver,
            &one.giver_name,
            &one.giver_title,
            &one.taker,
            &one.taker_name,
            &one.taker_title,
            &one.scopes,
            &one.matter,
            &one.ground,
            &one.under,
            &one.valid_from,
            &one.valid_to,
            &one.made_at,
        ],
    )
    .map(drop)
}

pub fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<Delegation>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

pub fn of_account(tx: &mut Tx, account: Uuid) -> Result<Vec<Delegation>, StoreError> {
    tx.all(OF_ACCOUNT, &[&account])
}

pub fn of_unit(tx: &mut Tx, unit: UnitId) -> Result<Vec<Delegation>, StoreError> {
    tx.all(OF_UNIT, &[&unit])
}

/// By which an account signs for a unit on the day or later, the latest first.
pub fn taken(
    tx: &mut Tx,
    (taker, unit): (Uuid, UnitId),
    on: Date,
) -> Result<Vec<Delegation>, StoreError> {
    tx.all(TAKEN, &[&taker, &unit, &on])
}

/// False when it was ended before.
pub fn end(
    tx: &mut Tx,
    id: Uuid,
    at: Timestamp,
    (by, name): (Uuid, &str),
) -> Result<bool, StoreError> {
    Ok(tx.execute(END, &[&id, &at, &by, &name])? == 1)
}
