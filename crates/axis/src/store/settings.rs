//! Dated configuration.

use jiff::Timestamp;
use platform::store::{StoreError, Tx, row};

use crate::setting::{Decision, Settings};

pub const ALL: &str = "SELECT name, valid_from, value, set_by, set_at FROM axis_setting
    ORDER BY set_at DESC, valid_from DESC, name";
pub const SET: &str = "INSERT INTO axis_setting (name, valid_from, value, set_by, set_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (name, valid_from, set_at)
        DO UPDATE SET value = excluded.value, set_by = excluded.set_by";

/// What was ever decided, the latest first: few, for they are decided by people.
pub fn all(tx: &mut Tx) -> Result<Vec<Decision>, StoreError> {
    tx.all(ALL, &[])
}

pub fn in_force(tx: &mut Tx, at: Timestamp) -> Result<Settings, StoreError> {
    Ok(Settings::at(&all(tx)?, at))
}

pub fn set(tx: &mut Tx, new: &Decision) -> Result<(), StoreError> {
    let Decision { name, valid_from, value, set_by, set_at } = new;
    tx.insert_many(SET, &[row(&[name, valid_from, value, set_by, set_at])]).map(drop)
}
