//! The trace.

use platform::store::{StoreError, Tx, row};

use super::webhooks;
use crate::packet::PacketId;
use crate::trace::Event;

pub const INSERT: &str = "INSERT INTO axis_event
    (id, packet, delivery, at, what, by, detail, sha256)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
pub const OF_PACKET: &str = "SELECT id, packet, delivery, at, what, by, detail, sha256
    FROM axis_event WHERE packet = $1 ORDER BY id";

/// Written down, and told to the senders who want to know.
pub fn put(tx: &mut Tx, events: &[Event]) -> Result<(), StoreError> {
    let rows: Vec<_> = events
        .iter()
        .map(|one| {
            row(&[
                &one.id,
                &one.packet,
                &one.delivery,
                &one.at,
                &one.what,
                &one.by,
                &one.detail,
                &one.sha256,
            ])
        })
        .collect();
    if !rows.is_empty() {
        tx.insert_many(INSERT, &rows)?;
    }
    webhooks::queue_stations(tx, events)
}

pub fn of_packet(tx: &mut Tx, packet: PacketId) -> Result<Vec<Event>, StoreError> {
    tx.all(OF_PACKET, &[&packet])
}
