//! Keys of this installation that nobody vouches for.

use jiff::Timestamp;
use platform::store::{StoreError, Tx};

pub const ALL: &str = "SELECT der FROM trust_own_key ORDER BY known_at, sha256";
pub const PUT: &str = "INSERT INTO trust_own_key (sha256, der, known_at) VALUES ($1, $2, $3)
    ON CONFLICT (sha256) DO NOTHING";

pub fn all(tx: &mut Tx) -> Result<Vec<Vec<u8>>, StoreError> {
    Ok(tx.all::<(Vec<u8>,)>(ALL, &[])?.into_iter().map(|(der,)| der).collect())
}

pub fn put(tx: &mut Tx, (sha256, der): (&str, &[u8]), at: Timestamp) -> Result<(), StoreError> {
    tx.execute(PUT, &[&sha256, &der, &at]).map(drop)
}
