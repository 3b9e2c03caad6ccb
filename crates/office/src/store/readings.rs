//! Who opened which document, the first time on a day.

use jiff::Timestamp;
use jiff::civil::Date;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::document::OutgoingId;

pub const INSERT: &str = "INSERT INTO office_reading (document, account, day, name, at, what)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
pub const IS_NOTED: &str = "SELECT 1 FROM office_reading
    WHERE document = $1 AND account = $2 AND day = $3 AND what = $4";
pub const OF: &str = "SELECT document, account, day, name, at, what FROM office_reading
    WHERE document = $1 ORDER BY at DESC, account LIMIT $2";

pub const OPEN: &str = "INSERT INTO office_opening (id, outgoing, account, name, at)
    VALUES ($1, $2, $3, $4, $5)";
pub const OPENINGS: &str = "SELECT account, name, at FROM office_opening
    WHERE outgoing = $1 ORDER BY at, id LIMIT 2000";

record! {
    /// Once that a recipient in the house opened a document.
    #[derive(Debug, Clone)]
    pub struct Opening {
        pub account: Uuid,
        pub name: String,
        pub at: Timestamp,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Reading {
        pub document: Uuid,
        pub account: Uuid,
        pub day: Date,
        pub name: String,
        pub at: Timestamp,
        /// Empty for the document itself, else the name of a file.
        pub what: String,
    }
}

pub fn is_noted(
    tx: &mut Tx,
    (document, account): (Uuid, Uuid),
    day: Date,
    what: &str,
) -> Result<bool, StoreError> {
    let found: Option<(i64,)> = tx.opt(IS_NOTED, &[&document, &account, &day, &what])?;
    Ok(found.is_some())
}

/// False when it was noted meanwhile.
pub fn insert(tx: &mut Tx, one: &Reading) -> Result<bool, StoreError> {
    let done = tx
        .execute(INSERT, &[&one.document, &one.account, &one.day, &one.name, &one.at, &one.what])?;
    Ok(done == 1)
}

/// The newest first.
pub fn of(tx: &mut Tx, document: Uuid, limit: i64) -> Result<Vec<Reading>, StoreError> {
    tx.all(OF, &[&document, &limit])
}

pub fn open(
    tx: &mut Tx,
    (id, outgoing): (Uuid, OutgoingId),
    one: &Opening,
) -> Result<(), StoreError> {
    tx.execute(OPEN, &[&id, &outgoing, &one.account, &one.name, &one.at]).map(drop)
}

/// In the order of time.
pub fn openings(tx: &mut Tx, outgoing: OutgoingId) -> Result<Vec<Opening>, StoreError> {
    tx.all(OPENINGS, &[&outgoing])
}
