//! Dated configuration.

use jiff::Timestamp;
use platform::store::{StoreError, Tx};

use crate::setting::Settings;

pub const IN_FORCE: &str = "SELECT name, value FROM axis_setting s WHERE valid_from =
    (SELECT MAX(valid_from) FROM axis_setting WHERE name = s.name AND valid_from <= $1)";
pub const SET: &str = "INSERT INTO axis_setting (name, valid_from, value, set_by)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (name, valid_from) DO UPDATE SET value = $3, set_by = $4";

pub fn in_force(tx: &mut Tx, at: Timestamp) -> Result<Settings, StoreError> {
    let rows: Vec<(String, i64)> = tx.all(IN_FORCE, &[&at])?;
    Ok(rows.iter().fold(Settings::default(), |all, (name, value)| all.with(name, *value)))
}

pub fn set(
    tx: &mut Tx,
    (name, value): (&str, i64),
    (from, by): (Timestamp, &str),
) -> Result<(), StoreError> {
    tx.execute(SET, &[&name, &from, &value, &by]).map(drop)
}
