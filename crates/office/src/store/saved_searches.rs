//! Searches with a name.

use jiff::Timestamp;
use organisations::UnitId;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

pub const INSERT: &str = "INSERT INTO office_saved_search (id, unit, account, account_name, name,
        is_shared, query, made_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (unit, account, name) DO NOTHING";
pub const OF: &str = "SELECT id, unit, account, account_name, name, is_shared, query, made_at
    FROM office_saved_search
    WHERE unit = $1 AND (account = $2 OR is_shared = $3) ORDER BY name, id LIMIT $4";
pub const COUNT: &str = "SELECT COUNT(*) FROM office_saved_search WHERE unit = $1 AND account = $2";
pub const BY_ID: &str = "SELECT id, unit, account, account_name, name, is_shared, query, made_at
    FROM office_saved_search WHERE id = $1";
pub const REMOVE: &str = "DELETE FROM office_saved_search WHERE id = $1";

record! {
    #[derive(Debug, Clone)]
    pub struct SavedSearch {
        pub id: Uuid,
        pub unit: UnitId,
        pub account: Uuid,
        pub account_name: String,
        pub name: String,
        /// With everybody of the unit: each finds what they may see.
        pub is_shared: bool,
        /// As it stands in the address.
        pub query: String,
        pub made_at: Timestamp,
    }
}

/// False when the officer has one of this name.
pub fn insert(tx: &mut Tx, one: &SavedSearch) -> Result<bool, StoreError> {
    let done = tx.execute(
        INSERT,
        &[
            &one.id,
            &one.unit,
            &one.account,
            &one.account_name,
            &one.name,
            &one.is_shared,
            &one.query,
            &one.made_at,
        ],
    )?;
    Ok(done == 1)
}

/// Those of an officer, and those that are shared.
pub fn of(
    tx: &mut Tx,
    unit: UnitId,
    account: Uuid,
    limit: i64,
) -> Result<Vec<SavedSearch>, StoreError> {
    tx.all(OF, &[&unit, &account, &true, &limit])
}

pub fn count(tx: &mut Tx, unit: UnitId, account: Uuid) -> Result<i64, StoreError> {
    let (count,): (i64,) = tx.one(COUNT, &[&unit, &account])?;
    Ok(count)
}

pub fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<SavedSearch>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

pub fn remove(tx: &mut Tx, id: Uuid) -> Result<(), StoreError> {
    tx.execute(REMOVE, &[&id]).map(drop)
}
