//! What happened to documents that go out: their history, what went to the axis about them, and
//! what their recipients said.

use jiff::Timestamp;
use organisations::UnitId;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::document::OutgoingId;
use crate::outgoing::Outgoing;

pub const HISTORY: &str = "INSERT INTO office_history (id, unit, outgoing, at, by_name, act, note)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub const HISTORY_OF: &str = "SELECT at, by_name, act, note FROM office_history
    WHERE outgoing = $1 ORDER BY at, id";

pub const LATEST: &str = "SELECT id FROM office_history WHERE unit = $1 ORDER BY id DESC LIMIT 1";

pub const DISPATCH: &str =
    "INSERT INTO office_dispatch (id, outgoing, packet, business, reason, at,
        by_name) VALUES ($1, $2, $3, $4, $5, $6, $7)";
pub const DISPATCHES: &str = "SELECT packet, business, reason, at, by_name FROM office_dispatch
    WHERE outgoing = $1 ORDER BY at, id";
pub const ANSWER: &str = "INSERT INTO office_answer (packet, outgoing, code, name, status,
        description, at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (packet) DO NOTHING";
pub const ANSWERS: &str = "SELECT code, name, status, description, at FROM office_answer
    WHERE outgoing = $1 ORDER BY at, packet";

record! {
    #[derive(Debug, Clone)]
    pub struct Past {
        pub at: Timestamp,
        pub by_name: String,
        pub act: String,
        pub note: String,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Dispatch {
        pub packet: Uuid,
        pub business: String,
        pub reason: String,
        pub at: Timestamp,
        pub by_name: String,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Answer {
        pub code: String,
        pub name: String,
        pub status: String,
        pub description: String,
        pub at: Timestamp,
    }
}

pub fn note(
    tx: &mut Tx,
    (id, one): (Uuid, &Outgoing),
    (at, by): (Timestamp, &str),
    (act, note): (&str, &str),
) -> Result<(), StoreError> {
    tx.execute(HISTORY, &[&id, &one.unit, &one.id, &at, &by, &act, &note]).map(drop)
}

/// The last thing that happened to what a unit sends: pages that follow it ask for no more.
pub fn latest(tx: &mut Tx, unit: UnitId) -> Result<Option<Uuid>, StoreError> {
    let found: Option<(Uuid,)> = tx.opt(LATEST, &[&unit])?;
    Ok(found.map(|(id,)| id))
}

pub fn history(tx: &mut Tx, id: OutgoingId) -> Result<Vec<Past>, StoreError> {
    tx.all(HISTORY_OF, &[&id])
}

pub fn dispatch(
    tx: &mut Tx,
    (id, outgoing): (Uuid, OutgoingId),
    one: &Dispatch,
) -> Result<(), StoreError> {
    tx.execute(
        DISPATCH,
        &[&id, &outgoing, &one.packet, &one.business, &one.reason, &one.at, &one.by_name],
    )
    .map(drop)
}

pub fn dispatches(tx: &mut Tx, id: OutgoingId) -> Result<Vec<Dispatch>, StoreError> {
    tx.all(DISPATCHES, &[&id])
}

/// Once, however often it is heard. True: it was new.
pub fn put_answer(
    tx: &mut Tx,
    (packet, outgoing): (Uuid, OutgoingId),
    one: &Answer,
) -> Result<bool, StoreError> {
    let fields = (&one.code, &one.name, &one.status, &one.description);
    let put =
        tx.execute(ANSWER, &[&packet, &outgoing, fields.0, fields.1, fields.2, fields.3, &one.at])?;
    Ok(put == 1)
}

pub fn answers(tx: &mut Tx, id: OutgoingId) -> Result<Vec<Answer>, StoreError> {
    tx.all(ANSWERS, &[&id])
}
