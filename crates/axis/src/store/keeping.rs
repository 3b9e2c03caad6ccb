//! Rules of retention and of alarm, holds, and what was taken away.

use jiff::Timestamp;
use platform::files;
use platform::record;
use platform::store::{StoreError, Tx, row};
use uuid::Uuid;

use crate::keeping::{AlarmRule, Hold, RetentionRule};

pub const RETENTION: &str = "SELECT id, kind, days, valid_from, set_name, set_at
    FROM axis_retention_rule ORDER BY valid_from DESC, set_at DESC, id DESC";
pub const INSERT_RETENTION: &str = "INSERT INTO axis_retention_rule
        (id, kind, days, valid_from, set_by, set_name, set_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
/// Where nobody was faster.
pub const ADOPT: &str = "INSERT INTO axis_retention_rule
        (id, kind, days, valid_from, set_by, set_name, set_at)
    SELECT $1, $2, $3, $4, $5, $6, $7
    WHERE NOT EXISTS (SELECT 1 FROM axis_retention_rule WHERE kind = $2)";
pub const ALARMS: &str = "SELECT id, urgency, minutes, valid_from, set_name, set_at
    FROM axis_alarm_rule ORDER BY valid_from DESC, set_at DESC, id DESC";
pub const INSERT_ALARM: &str = "INSERT INTO axis_alarm_rule
        (id, urgency, minutes, valid_from, set_by, set_name, set_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

pub const HOLDS: &str = "SELECT packet, reason, set_name, set_at FROM axis_hold
    ORDER BY set_at DESC, packet LIMIT $1";
pub const HOLD: &str = "SELECT packet, reason, set_name, set_at FROM axis_hold WHERE packet = $1";
pub const PUT_HOLD: &str = "INSERT INTO axis_hold (packet, reason, set_by, set_name, set_at)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (packet) DO NOTHING";
pub const LIFT_HOLD: &str = "DELETE FROM axis_hold WHERE packet = $1";

/// Bytes whose time is over: nobody waits for them, nobody holds them.
pub const OVERDUE: &str = "SELECT p.id, p.sha256, b.file
    FROM axis_packet p JOIN axis_packet_body b ON b.packet = p.id
    WHERE p.id < $1 AND p.id > $2 AND p.kind = $3
        AND (b.sealed IS NOT NULL OR b.file IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM axis_hold h WHERE h.packet = p.id)
        AND NOT EXISTS (SELECT 1 FROM axis_delivery d WHERE d.packet = p.id
            AND d.transport <> 'done' AND d.transport <> 'fail' AND d.recalled_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM axis_task t WHERE t.packet = p.id AND t.settled_at IS NULL)
    ORDER BY p.id LIMIT $4";
pub const EMPTY: &str = "UPDATE axis_packet_body SET sealed = NULL, file = NULL
    WHERE packet = $1 AND (sealed IS NOT NULL OR file IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM axis_hold h WHERE h.packet = axis_packet_body.packet)";
/// So that a hold and a removal of one packet see each other.
pub const TOUCH_BODY: &str = "UPDATE axis_packet_body SET packet = packet WHERE packet = $1";
pub const HAS_BYTES: &str = "SELECT 1 FROM axis_packet_body
    WHERE packet = $1 AND (sealed IS NOT NULL OR file IS NOT NULL)";
pub const INSERT_REMOVAL: &str = "INSERT INTO axis_removal (packet, rule, removed_at)
    VALUES ($1, $2, $3) ON CONFLICT (packet) DO NOTHING";
pub const REMOVAL: &str = "SELECT packet, rule, removed_at FROM axis_removal WHERE packet = $1";
pub const REMOVED_COUNT: &str = "SELECT COUNT(*) FROM axis_removal";

record! {
    /// A packet whose bytes go.
    #[derive(Debug, Clone)]
    pub struct Overdue {
        pub id: Uuid,
        pub sha256: String,
        /// On the shelf; none: they lie in the database.
        pub file: Option<Uuid>,
    }
}

record! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Removal {
        pub packet: Uuid,
        pub rule: Uuid,
        pub removed_at: Timestamp,
    }
}

pub fn retention(tx: &mut Tx) -> Result<Vec<RetentionRule>, StoreError> {
    tx.all(RETENTION, &[])
}

pub fn insert_retention(
    tx: &mut Tx,
    new: &RetentionRule,
    by: Option<Uuid>,
) -> Result<(), StoreError> {
    let RetentionRule { id, kind, days, valid_from, set_name, set_at } = new;
    let args = row(&[id, kind, days, valid_from, &by, set_name, set_at]);
    tx.insert_many(INSERT_RETENTION, &[args]).map(drop)
}

/// False when the kind has a rule already.
pub fn adopt(tx: &mut Tx, new: &RetentionRule, by: Option<Uuid>) -> Result<bool, StoreError> {
    let RetentionRule { id, kind, days, valid_from, set_name, set_at } = new;
    Ok(tx.execute(ADOPT, &[id, kind, days, valid_from, &by, set_name, set_at])? == 1)
}

pub fn alarms(tx: &mut Tx) -> Result<Vec<AlarmRule>, StoreError> {
    tx.all(ALARMS, &[])
}

pub fn insert_alarm(tx: &mut Tx, new: &AlarmRule, by: Option<Uuid>) -> Result<(), StoreError> {
    let AlarmRule { id, urgency, minutes, valid_from, set_name, set_at } = new;
    let args = row(&[id, urgency, minutes, valid_from, &by, set_name, set_at]);
    tx.insert_many(INSERT_ALARM, &[args]).map(drop)
}

pub fn holds(tx: &mut Tx, most: i64) -> Result<Vec<Hold>, StoreError> {
    tx.all(HOLDS, &[&most])
}

pub fn hold(tx: &mut Tx, packet: Uuid) -> Result<Option<Hold>, StoreError> {
    tx.opt(HOLD, &[&packet])
}

/// False when it is held already.
pub fn put_hold(tx: &mut Tx, new: &Hold, by: Option<Uuid>) -> Result<bool, StoreError> {
    tx.execute(TOUCH_BODY, &[&new.packet])?;
    let Hold { packet, reason, set_name, set_at } = new;
    Ok(tx.execute(PUT_HOLD, &[packet, reason, &by, set_name, set_at])? == 1)
}

pub fn lift_hold(tx: &mut Tx, packet: Uuid) -> Result<bool, StoreError> {
    Ok(tx.execute(LIFT_HOLD, &[&packet])? == 1)
}

/// Behind `after`, accepted before the moment that `cut` begins with.
pub fn overdue(
    tx: &mut Tx,
    (cut, after): (Uuid, Uuid),
    kind: &str,
    most: i64,
) -> Result<Vec<Overdue>, StoreError> {
    tx.all(OVERDUE, &[&cut, &after, &kind, &most])
}

/// False when somebody holds it meanwhile, or it is empty already.
pub fn empty(
    tx: &mut Tx,
    one: &Overdue,
    (rule, now): (Uuid, Timestamp),
) -> Result<bool, StoreError> {
    // Whoever sets a hold touches the same row: after this, its hold is seen.
    tx.execute(TOUCH_BODY, &[&one.id])?;
    if tx.execute(EMPTY, &[&one.id])? == 0 {
        return Ok(false);
    }
    if let Some(file) = one.file {
        files::forget(tx, file)?;
    }
    tx.execute(INSERT_REMOVAL, &[&one.id, &rule, &now])?;
    Ok(true)
}

pub fn has_bytes(tx: &mut Tx, packet: Uuid) -> Result<bool, StoreError> {
    Ok(tx.opt::<(i64,)>(HAS_BYTES, &[&packet])?.is_some())
}

pub fn removal(tx: &mut Tx, packet: Uuid) -> Result<Option<Removal>, StoreError> {
    tx.opt(REMOVAL, &[&packet])
}

pub fn removed_count(tx: &mut Tx) -> Result<i64, StoreError> {
    tx.one::<(i64,)>(REMOVED_COUNT, &[]).map(|(count,)| count)
}
