//! What systems ask about the catalogue of agencies, until somebody has decided.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::system::SystemId;

pub const INSERT: &str = "INSERT INTO axis_agency_request
    (id, system, act, code, above, name, mail, phone, asked_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub const OPEN: &str = "SELECT id, system, act, code, above, name, mail, phone, asked_at
    FROM axis_agency_request WHERE decided_at IS NULL ORDER BY asked_at, id LIMIT $1";
pub const ONE_OPEN: &str = "SELECT id, system, act, code, above, name, mail, phone, asked_at
    FROM axis_agency_request WHERE id = $1 AND decided_at IS NULL";
pub const SAME_OPEN: &str = "SELECT id, system, act, code, above, name, mail, phone, asked_at
    FROM axis_agency_request
    WHERE code = $1 AND system = $2 AND act = $3 AND decided_at IS NULL";
pub const COUNT_OF: &str = "SELECT COUNT(*) FROM axis_agency_request
    WHERE system = $1 AND decided_at IS NULL";
pub const DECIDE: &str = "UPDATE axis_agency_request
    SET decided_at = $2, is_confirmed = $3, decided_by = $4, note = $5
    WHERE id = $1 AND decided_at IS NULL";
pub const UNEXPLAINED: &str = "SELECT DISTINCT code FROM axis_system_agency
    WHERE unit IS NULL ORDER BY code";

pub const REGISTER: &str = "register";
pub const DELETE: &str = "delete";

record! {
    /// What a system asks for.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct AgencyRequest {
        pub id: Uuid,
        pub system: SystemId,
        pub act: String,
        pub code: String,
        pub above: String,
        pub name: String,
        pub mail: String,
        pub phone: String,
        pub asked_at: Timestamp,
    }
}

pub(crate) fn insert(tx: &mut Tx, new: &AgencyRequest) -> Result<(), StoreError> {
    tx.execute(
        INSERT,
        &[
            &new.id,
            &new.system,
            &new.act,
            &new.code,
            &new.above,
            &new.name,
            &new.mail,
            &new.phone,
            &new.asked_at,
        ],
    )
    .map(drop)
}

/// The oldest first.
pub fn open(tx: &mut Tx, limit: i64) -> Result<Vec<AgencyRequest>, StoreError> {
    tx.all(OPEN, &[&limit])
}

pub(crate) fn one_open(tx: &mut Tx, id: Uuid) -> Result<Option<AgencyRequest>, StoreError> {
    tx.opt(ONE_OPEN, &[&id])
}

/// The same, asked before and not decided.
pub(crate) fn same_open(
    tx: &mut Tx,
    code: &str,
    (system, act): (&SystemId, &str),
) -> Result<Option<AgencyRequest>, StoreError> {
    tx.opt(SAME_OPEN, &[&code, system, &act])
}

pub(crate) fn count_of(tx: &mut Tx, system: &SystemId) -> Result<i64, StoreError> {
    let (count,): (i64,) = tx.one(COUNT_OF, &[system])?;
    Ok(count)
}

/// False when somebody else was first.
pub(crate) fn decide(
    tx: &mut Tx,
    (id, is_confirmed): (Uuid, bool),
    (at, by): (Timestamp, &str),
    note: &str,
) -> Result<bool, StoreError> {
    Ok(tx.execute(DECIDE, &[&id, &at, &is_confirmed, &by, &note])? == 1)
}

/// Codes that systems speak for and the catalogue does not explain.
pub(crate) fn unexplained(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    let rows: Vec<(String,)> = tx.all(UNEXPLAINED, &[])?;
    Ok(rows.into_iter().map(|(code,)| code).collect())
}
