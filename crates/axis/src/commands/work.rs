//! The work list: what does not go on without a person.

use jiff::Timestamp;
use platform::Ctx;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::delivery::DeliveryId;
use crate::packet::PacketId;
use crate::store::tasks;
use crate::work::{Task, TaskKind};

/// Puts something on the list.
pub fn put(
    tx: &mut Tx,
    ctx: &Ctx,
    kind: TaskKind,
    (packet, delivery): (Option<PacketId>, Option<DeliveryId>),
    detail: &str,
) -> Result<Uuid, StoreError> {
    let at: Timestamp = ctx.clock.now();
    let detail = detail.to_owned();
    let (settled_at, settled_by) = (None, None);
    let id = ctx.ids.next();
    tasks::insert(tx, &Task { id, kind, packet, delivery, at, detail, settled_at, settled_by })?;
    Ok(id)
}
