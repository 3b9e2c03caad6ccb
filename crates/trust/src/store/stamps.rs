//! Time stamps: policies, other authorities, how our clock compares with theirs.

use jiff::Timestamp;
use jiff::civil::Date;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

pub const POLICY: &str = "SELECT oid, valid_from, accuracy_ms, tolerance_ms
    FROM trust_stamp_policy WHERE valid_from <= $1 ORDER BY valid_from DESC LIMIT 1";
pub const PUT_POLICY: &str = "INSERT INTO trust_stamp_policy (oid, valid_from, accuracy_ms,
        tolerance_ms)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (valid_from) DO UPDATE SET oid = excluded.oid,
        accuracy_ms = excluded.accuracy_ms, tolerance_ms = excluded.tolerance_ms";
pub const POLICIES: &str = "SELECT oid, valid_from, accuracy_ms, tolerance_ms
    FROM trust_stamp_policy ORDER BY valid_from DESC";
pub const REMOVE_POLICY: &str = "DELETE FROM trust_stamp_policy
    WHERE valid_from = $1 AND valid_from > $2";
pub const SOURCES: &str = "SELECT id, address, name FROM trust_stamp_source ORDER BY place, id";
pub const ADD_SOURCE: &str = "INSERT INTO trust_stamp_source (id, address, name, place, made_at)
    VALUES ($1, $2, $3, (SELECT COALESCE(MAX(place), 0) + 1 FROM trust_stamp_source), $4)";
pub const PLACE_SOURCE: &str = "UPDATE trust_stamp_source SET place = $2 WHERE id = $1";
pub const FORGET_CHECK: &str = "DELETE FROM trust_clock_check WHERE source = $1";
pub const REMOVE_SOURCE: &str = "DELETE FROM trust_stamp_source WHERE id = $1";
pub const PUT_CHECK: &str = "INSERT INTO trust_clock_check (source, at, difference_ms, fault)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (source) DO UPDATE SET at = excluded.at,
        difference_ms = excluded.difference_ms, fault = excluded.fault";
pub const CHECKS: &str = "SELECT s.id, s.name, s.address, k.at, k.difference_ms, k.fault
    FROM trust_stamp_source s LEFT JOIN trust_clock_check k ON k.source = s.id
    ORDER BY s.place, s.id";

record! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct PolicyRow {
        pub oid: String,
        pub valid_from: Date,
        pub accuracy_ms: i64,
        pub tolerance_ms: i64,
    }
}

record! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Source {
        pub id: Uuid,
        pub address: String,
        pub name: String,
    }
}

record! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Check {
        pub id: Uuid,
        pub name: String,
        pub address: String,
        /// None: never asked.
        pub at: Option<Timestamp>,
        /// Ours minus theirs, at least.
        pub difference_ms: Option<i64>,
        pub fault: Option<String>,
    }
}

pub fn policy(tx: &mut Tx, on: Date) -> Result<Option<PolicyRow>, StoreError> {
    tx.opt(POLICY, &[&on])
}

pub fn put_policy(tx: &mut Tx, row: &PolicyRow) -> Result<(), StoreError> {
    tx.execute(PUT_POLICY, &[&row.oid, &row.valid_from, &row.accuracy_ms, &row.tolerance_ms])
        .map(drop)
}

/// The last to begin first.
pub fn policies(tx: &mut Tx) -> Result<Vec<PolicyRow>, StoreError> {
    tx.all(POLICIES, &[])
}

/// Only one that has not begun: what was stamped under the others stays known.
pub fn remove_policy(tx: &mut Tx, from: Date, today: Date) -> Result<bool, StoreError> {
    Ok(tx.execute(REMOVE_POLICY, &[&from, &today])? == 1)
}

/// In which order they are asked from now on.
pub fn place_sources(tx: &mut Tx, ids: &[Uuid]) -> Result<(), StoreError> {
    (1_i64..).zip(ids).try_for_each(|(place, id)| tx.execute(PLACE_SOURCE, &[id, &place]).map(drop))
}

pub fn sources(tx: &mut Tx) -> Result<Vec<Source>, StoreError> {
    tx.all(SOURCES, &[])
}

pub fn add_source(tx: &mut Tx, source: &Source, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(ADD_SOURCE, &[&source.id, &source.address, &source.name, &at]).map(drop)
}

pub fn remove_source(tx: &mut Tx, id: Uuid) -> Result<bool, StoreError> {
    tx.execute(FORGET_CHECK, &[&id])?;
    Ok(tx.execute(REMOVE_SOURCE, &[&id])? == 1)
}

pub fn put_check(
    tx: &mut Tx,
    source: Uuid,
    at: Timestamp,
    found: &Result<i64, String>,
) -> Result<(), StoreError> {
    let (difference, fault) = (found.as_ref().ok(), found.as_ref().err());
    tx.execute(PUT_CHECK, &[&source, &at, &difference, &fault]).map(drop)
}

pub fn checks(tx: &mut Tx) -> Result<Vec<Check>, StoreError> {
    tx.all(CHECKS, &[])
}
