//! Keys of the receipts.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};

pub const CURRENT: &str = "SELECT slot, kid, sealed, x, y FROM axis_key
    WHERE ended_at IS NULL ORDER BY slot DESC LIMIT 1";
pub const ALL: &str = "SELECT slot, kid, sealed, x, y FROM axis_key ORDER BY slot";
pub const INSERT: &str = "INSERT INTO axis_key (slot, kid, sealed, x, y, made_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (slot) DO NOTHING";

record! {
    #[derive(Debug, Clone)]
    pub struct KeyRow {
        pub slot: i64,
        pub kid: String,
        pub sealed: Vec<u8>,
        pub x: String,
        pub y: String,
    }
}

pub fn current(tx: &mut Tx) -> Result<Option<KeyRow>, StoreError> {
    tx.opt(CURRENT, &[])
}

pub fn all(tx: &mut Tx) -> Result<Vec<KeyRow>, StoreError> {
    tx.all(ALL, &[])
}

/// Does nothing when another was first.
pub fn insert(tx: &mut Tx, key: &KeyRow, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(INSERT, &[&key.slot, &key.kid, &key.sealed, &key.x, &key.y, &at]).map(drop)
}
