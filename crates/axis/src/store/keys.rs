//! Keys of the receipts.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};

pub const CURRENT: &str = "SELECT slot, kid, sealed, x, y FROM axis_key
    WHERE ended_at IS NULL ORDER BY slot DESC LIMIT 1";
pub const ALL: &str = "SELECT slot, kid, sealed, x, y FROM axis_key ORDER BY slot";
pub const INSERT: &str = "INSERT INTO axis_key (slot, kid, sealed, x, y, made_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (slot) DO NOTHING";
pub const CERTIFICATE: &str = "SELECT der FROM axis_key_certificate WHERE kid = $1";
pub const INSERT_CERTIFICATE: &str = "INSERT INTO axis_key_certificate (kid, der, made_at)
    VALUES ($1, $2, $3) ON CONFLICT (kid) DO NOTHING";

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

/// The one that a key has given itself.
pub fn certificate(tx: &mut Tx, kid: &str) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(tx.opt::<(Vec<u8>,)>(CERTIFICATE, &[&kid])?.map(|(der,)| der))
}

pub fn insert_certificate(
    tx: &mut Tx,
    (kid, der): (&str, &[u8]),
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(INSERT_CERTIFICATE, &[&kid, &der, &at]).map(drop)
}
