//! Private keys, sealed or by name.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};

use crate::key::{Keeper, KeyId, KeyKind};

pub const TABLE: &str = "trust_key";
pub const SEALED: &str = "sealed";

pub const INSERT: &str = "INSERT INTO trust_key (id, kind, keeper, sealed, token_id, spki, made_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub const READ: &str = "SELECT id, kind, keeper, sealed, token_id, spki, made_at FROM trust_key
    WHERE id = $1";

record! {
    /// Without Debug: what is sealed is no reading for logs either.
    #[derive(Clone)]
    pub struct KeyRow {
        pub id: KeyId,
        pub kind: KeyKind,
        pub keeper: Keeper,
        pub sealed: Option<Vec<u8>>,
        pub token_id: Option<Vec<u8>>,
        pub spki: Vec<u8>,
        pub made_at: Timestamp,
    }
}

pub fn insert(tx: &mut Tx, key: &KeyRow) -> Result<(), StoreError> {
    let args: [&(dyn platform::store::ToArg + Sync); 7] =
        [&key.id, &key.kind, &key.keeper, &key.sealed, &key.token_id, &key.spki, &key.made_at];
    tx.execute(INSERT, &args).map(drop)
}

pub fn read(tx: &mut Tx, id: KeyId) -> Result<Option<KeyRow>, StoreError> {
    tx.opt(READ, &[&id])
}
