//! The work list.

use jiff::Timestamp;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::delivery::DeliveryId;
use crate::work::Task;

pub const INSERT: &str = "INSERT INTO axis_task
    (id, kind, packet, delivery, at, detail) VALUES ($1, $2, $3, $4, $5, $6)";
pub const TASK: &str = "SELECT id, kind, packet, delivery, at, detail, settled_at, settled_by
    FROM axis_task WHERE id = $1";
pub const OPEN: &str = "SELECT id, kind, packet, delivery, at, detail, settled_at, settled_by
    FROM axis_task WHERE settled_at IS NULL ORDER BY at, id LIMIT $1";
pub const SETTLE_OF: &str = "UPDATE axis_task SET settled_at = $2, settled_by = $3
    WHERE delivery = $1 AND settled_at IS NULL";

pub fn insert(tx: &mut Tx, task: &Task) -> Result<(), StoreError> {
    let (packet, delivery) = (&task.packet, &task.delivery);
    tx.execute(INSERT, &[&task.id, &task.kind, packet, delivery, &task.at, &task.detail]).map(drop)
}

pub fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<Task>, StoreError> {
    tx.opt(TASK, &[&id])
}

/// What nobody has settled, the oldest first.
pub fn open(tx: &mut Tx, limit: i64) -> Result<Vec<Task>, StoreError> {
    tx.all(OPEN, &[&limit])
}

/// Everything about a delivery.
pub fn settle_of(
    tx: &mut Tx,
    delivery: DeliveryId,
    (at, by): (Timestamp, &str),
) -> Result<u64, StoreError> {
    tx.execute(SETTLE_OF, &[&delivery, &at, &by])
}
