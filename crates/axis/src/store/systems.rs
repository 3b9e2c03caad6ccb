//! Systems: whom they speak for, and their sealed secrets.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::party::Party;
use crate::system::SystemId;

pub const ONE: &str = "SELECT id, name, made_at, suspended_at, seen_at, former_until, registers,
    version FROM axis_system WHERE id = $1";
pub const ALL: &str = "SELECT id, name, made_at, suspended_at, seen_at, former_until, registers,
    version FROM axis_system ORDER BY id";
pub const SEALED: &str = "SELECT secret, former_secret, former_until, suspended_at, version
    FROM axis_system WHERE id = $1";
pub const INSERT: &str = "INSERT INTO axis_system (id, name, secret, made_at, registers, version)
    VALUES ($1, $2, $3, $4, $5, 1) ON CONFLICT (id) DO NOTHING";
pub const SUSPEND: &str = "UPDATE axis_system SET suspended_at = $3, version = version + 1
    WHERE id = $1 AND version = $2";
pub const DESCRIBE: &str = "UPDATE axis_system SET name = $3, registers = $4, version = version + 1
    WHERE id = $1 AND version = $2";
pub const PUT_SECRET: &str = "UPDATE axis_system SET secret = $3, former_secret = $4,
    former_until = $5, version = version + 1 WHERE id = $1 AND version = $2";
pub const SEEN: &str = "UPDATE axis_system SET seen_at = $2
    WHERE id = $1 AND (seen_at IS NULL OR seen_at < $2)";
pub const AGENCIES: &str = "SELECT agency, code, unit, since FROM axis_system_agency
    WHERE system = $1 ORDER BY code";
pub const ADD_AGENCY: &str = "INSERT INTO axis_system_agency (agency, system, code, unit, since)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (agency, system) DO NOTHING";
pub const REMOVE_AGENCY: &str = "DELETE FROM axis_system_agency WHERE agency = $1 AND system = $2";
record! {
    /// A program that speaks for agencies, without what it proves itself with.
    #[derive(Debug, Clone, PartialEq)]
    pub struct System {
        pub id: SystemId,
        /// What people call it.
        pub name: String,
        pub made_at: Timestamp,
        pub suspended_at: Option<Timestamp>,
        /// When it last proved itself, to the minute.
        pub seen_at: Option<Timestamp>,
        /// So long the secret before the last opens, too.
        pub former_until: Option<Timestamp>,
        /// May ask for agencies to be entered in the catalogue, and closed.
        pub registers: bool,
        pub version: i64,
    }
}

record! {
    pub(crate) struct Sealed {
        pub secret: Vec<u8>,
        pub former_secret: Option<Vec<u8>>,
        pub former_until: Option<Timestamp>,
        pub suspended_at: Option<Timestamp>,
        pub version: i64,
    }
}

record! {
    /// An agency that a system speaks for.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct SystemAgency {
        /// In one word, see [`Party::key`].
        pub agency: String,
        /// As it was named.
        pub code: String,
        pub unit: Option<Uuid>,
        pub since: Timestamp,
    }
}

pub fn one(tx: &mut Tx, id: &SystemId) -> Result<Option<System>, StoreError> {
    tx.opt(ONE, &[id])
}

pub fn all(tx: &mut Tx) -> Result<Vec<System>, StoreError> {
    tx.all(ALL, &[])
}

pub(crate) fn sealed(tx: &mut Tx, id: &SystemId) -> Result<Option<Sealed>, StoreError> {
    tx.opt(SEALED, &[id])
}

/// False: the name is taken.
pub(crate) fn insert(
    tx: &mut Tx,
    (id, name): (&SystemId, &str),
    (sealed, registers): (&[u8], bool),
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(INSERT, &[id, &name, &sealed, &at, &registers])? == 1)
}

/// False: somebody changed it meanwhile. That is so of all that take a version.
pub(crate) fn suspend(
    tx: &mut Tx,
    (id, version): (&SystemId, i64),
    at: Option<Timestamp>,
) -> Result<bool, StoreError> {
    Ok(tx.execute(SUSPEND, &[id, &version, &at])? == 1)
}

pub(crate) fn describe(
    tx: &mut Tx,
    (id, version): (&SystemId, i64),
    (name, registers): (&str, bool),
) -> Result<bool, StoreError> {
    Ok(tx.execute(DESCRIBE, &[id, &version, &name, &registers])? == 1)
}

pub(crate) fn put_secret(
    tx: &mut Tx,
    (id, version): (&SystemId, i64),
    secret: &[u8],
    former: Option<(Vec<u8>, Timestamp)>,
) -> Result<bool, StoreError> {
    let (former, until) = former.unzip();
    Ok(tx.execute(PUT_SECRET, &[id, &version, &secret, &former, &until])? == 1)
}

pub(crate) fn seen(tx: &mut Tx, id: &SystemId, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(SEEN, &[id, &at]).map(drop)
}

pub fn agencies(tx: &mut Tx, id: &SystemId) -> Result<Vec<SystemAgency>, StoreError> {
    tx.all(AGENCIES, &[id])
}

pub(crate) fn add_agency(
    tx: &mut Tx,
    id: &SystemId,
    agency: &Party,
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(ADD_AGENCY, &[&agency.key, id, &agency.code, &agency.id(), &at])? == 1)
}

pub(crate) fn remove_agency(tx: &mut Tx, id: &SystemId, agency: &str) -> Result<(), StoreError> {
    tx.execute(REMOVE_AGENCY, &[&agency, id]).map(drop)
}
