//! What was done about the work list, and by whom.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::delivery::Delivery;
use crate::work::TaskKind;

pub const OPEN_ONCE: &str = "INSERT INTO axis_task (id, kind, at, detail, subject)
    SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM axis_task
        WHERE kind = $2 AND subject = $5 AND settled_at IS NULL)";
pub const PASS: &str = "UPDATE axis_task SET settled_at = $2, settled_by = $3, how = 'passed'
    WHERE subject = $1 AND settled_at IS NULL";
pub const SETTLE: &str = "UPDATE axis_task
    SET settled_at = $2, settled_by = $3, how = $4, note = $5
    WHERE id = $1 AND settled_at IS NULL";
/// The others about the same delivery.
pub const SETTLE_OF: &str = "UPDATE axis_task
    SET settled_at = $2, settled_by = $3, how = $4, note = $5
    WHERE delivery = $1 AND settled_at IS NULL";
pub const OPEN_COUNT: &str = "SELECT COUNT(*) FROM axis_task WHERE settled_at IS NULL";
pub const ONE: &str = "SELECT t.id, t.kind, t.packet, t.delivery, t.at, t.detail, t.subject,
        t.settled_at, t.settled_by, t.how, t.note, d.to_code, d.to_name, p.from_code, p.number,
        p.notation, p.subject AS title
    FROM axis_task t LEFT JOIN axis_delivery d ON d.id = t.delivery
        LEFT JOIN axis_packet p ON p.id = COALESCE(t.packet, d.packet)
    WHERE t.id = $1";
/// The oldest first.
pub const OPEN: &str = "SELECT t.id, t.kind, t.packet, t.delivery, t.at, t.detail, t.subject,
        t.settled_at, t.settled_by, t.how, t.note, d.to_code, d.to_name, p.from_code, p.number,
        p.notation, p.subject AS title
    FROM axis_task t LEFT JOIN axis_delivery d ON d.id = t.delivery
        LEFT JOIN axis_packet p ON p.id = COALESCE(t.packet, d.packet)
    WHERE t.settled_at IS NULL AND (CAST($1 AS TEXT) IS NULL OR t.kind = $1) AND t.id > $2
    ORDER BY t.id LIMIT $3";
/// The latest first.
pub const SETTLED: &str = "SELECT t.id, t.kind, t.packet, t.delivery, t.at, t.detail, t.subject,
        t.settled_at, t.settled_by, t.how, t.note, d.to_code, d.to_name, p.from_code, p.number,
        p.notation, p.subject AS title
    FROM axis_task t LEFT JOIN axis_delivery d ON d.id = t.delivery
        LEFT JOIN axis_packet p ON p.id = COALESCE(t.packet, d.packet)
    WHERE t.settled_at IS NOT NULL AND (CAST($1 AS TEXT) IS NULL OR t.kind = $1) AND t.id < $2
    ORDER BY t.id DESC LIMIT $3";
pub const READDRESS: &str = "UPDATE axis_delivery
    SET to_key = $3, to_code = $4, to_name = $5, to_unit = $6, version = version + 1
    WHERE id = $1 AND version = $2";

record! {
    /// A piece of work with what it is about.
    #[derive(Debug, Clone)]
    pub struct Piece {
        pub id: Uuid,
        pub kind: TaskKind,
        pub packet: Option<Uuid>,
        pub delivery: Option<Uuid>,
        pub at: Timestamp,
        pub detail: String,
        pub subject: String,
        pub settled_at: Option<Timestamp>,
        pub settled_by: Option<String>,
        pub how: String,
        pub note: String,
        pub to_code: Option<String>,
        pub to_name: Option<String>,
        pub from_code: Option<String>,
        pub number: Option<String>,
        pub notation: Option<String>,
        pub title: Option<String>,
    }
}

/// Who, when, what was done, and what they wrote.
#[derive(Debug, Clone, Copy)]
pub struct Settled<'a> {
    pub at: Timestamp,
    pub by: &'a str,
    pub how: &'a str,
    pub note: &'a str,
}

/// Of one kind about one subject, one is open at a time. False when it was.
pub fn open_once(
    tx: &mut Tx,
    (id, kind): (Uuid, TaskKind),
    (at, subject): (Timestamp, &str),
    detail: &str,
) -> Result<bool, StoreError> {
    Ok(tx.execute(OPEN_ONCE, &[&id, &kind, &at, &detail, &subject])? == 1)
}

pub fn pass(tx: &mut Tx, subject: &str, (at, by): (Timestamp, &str)) -> Result<u64, StoreError> {
    tx.execute(PASS, &[&subject, &at, &by])
}

/// False when somebody else was first.
pub fn settle(tx: &mut Tx, id: Uuid, done: Settled<'_>) -> Result<bool, StoreError> {
    Ok(tx.execute(SETTLE, &[&id, &done.at, &done.by, &done.how, &done.note])? == 1)
}

pub fn settle_of(tx: &mut Tx, delivery: Uuid, done: Settled<'_>) -> Result<u64, StoreError> {
    tx.execute(SETTLE_OF, &[&delivery, &done.at, &done.by, &done.how, &done.note])
}

pub fn open_count(tx: &mut Tx) -> Result<i64, StoreError> {
    tx.one::<(i64,)>(OPEN_COUNT, &[]).map(|(count,)| count)
}

pub fn one(tx: &mut Tx, id: Uuid) -> Result<Option<Piece>, StoreError> {
    tx.opt(ONE, &[&id])
}

pub fn open(
    tx: &mut Tx,
    kind: Option<TaskKind>,
    (after, most): (Uuid, i64),
) -> Result<Vec<Piece>, StoreError> {
    tx.all(OPEN, &[&kind.map(TaskKind::code), &after, &most])
}

pub fn settled(
    tx: &mut Tx,
    kind: Option<TaskKind>,
    (before, most): (Uuid, i64),
) -> Result<Vec<Piece>, StoreError> {
    tx.all(SETTLED, &[&kind.map(TaskKind::code), &before, &most])
}

/// To another recipient; who changes an older form of it is told.
pub fn readdress(
    tx: &mut Tx,
    one: &Delivery,
    (key, code): (&str, &str),
    (name, unit): (&str, Option<Uuid>),
) -> Result<bool, StoreError> {
    let (id, version) = (one.id, one.version);
    Ok(tx.execute(READDRESS, &[&id, &version, &key, &code, &name, &unit])? == 1)
}
