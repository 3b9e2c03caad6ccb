//! Offices here, and systems that act for agencies: where a delivery may go.

use jiff::Timestamp;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::party::Party;
use crate::system::SystemId;

pub const OPEN: &str = "INSERT INTO axis_desk (unit, told, opened_at) VALUES ($1, $2, $3)
    ON CONFLICT (unit) DO NOTHING";
pub const CLOSE: &str = "DELETE FROM axis_desk WHERE unit = $1";
pub const TOLD: &str = "SELECT told FROM axis_desk WHERE unit = $1";
pub const DESKS: &str = "SELECT unit FROM axis_desk ORDER BY opened_at, unit";
/// A desk first: what is here stays here.
pub const WAY: &str = "SELECT COALESCE((SELECT told FROM axis_desk WHERE unit = $1),
    (SELECT '' FROM axis_system_agency WHERE agency = $2 LIMIT 1)) AS told";
pub const SPEAKS_FOR: &str = "SELECT 1 FROM axis_system_agency a
    JOIN axis_system s ON s.id = a.system
    WHERE a.agency = $1 AND a.system = $2 AND s.suspended_at IS NULL";
pub const SPOKEN_FOR: &str = "SELECT 1 FROM axis_system_agency WHERE agency = $1 LIMIT 1";

/// False when there is one already.
pub fn open(tx: &mut Tx, unit: Uuid, (told, at): (&str, Timestamp)) -> Result<bool, StoreError> {
    Ok(tx.execute(OPEN, &[&unit, &told, &at])? == 1)
}

pub fn close(tx: &mut Tx, unit: Uuid) -> Result<bool, StoreError> {
    Ok(tx.execute(CLOSE, &[&unit])? == 1)
}

/// The kind of the job that tells the desk of a unit.
pub fn told(tx: &mut Tx, unit: Uuid) -> Result<Option<String>, StoreError> {
    Ok(tx.opt::<(String,)>(TOLD, &[&unit])?.map(|(told,)| told))
}

pub fn all(tx: &mut Tx) -> Result<Vec<Uuid>, StoreError> {
    Ok(tx.all::<(Uuid,)>(DESKS, &[])?.into_iter().map(|(unit,)| unit).collect())
}

/// The job of the desk, or an empty text for a mailbox; none: nobody here delivers to this party.
pub fn way(tx: &mut Tx, party: &Party) -> Result<Option<String>, StoreError> {
    Ok(tx.one::<(Option<String>,)>(WAY, &[&party.id(), &party.key])?.0)
}

pub fn speaks_for(tx: &mut Tx, system: &SystemId, party: &Party) -> Result<bool, StoreError> {
    Ok(tx.opt::<(i64,)>(SPEAKS_FOR, &[&party.key, system])?.is_some())
}

/// By its key.
pub fn is_spoken_for(tx: &mut Tx, agency: &str) -> Result<bool, StoreError> {
    Ok(tx.opt::<(i64,)>(SPOKEN_FOR, &[&agency])?.is_some())
}
