//! The bytes of packets.

use std::sync::Arc;

use platform::record;
use platform::store::{Arg, StoreError, ToArg, Tx};
use uuid::Uuid;

use crate::packet::PacketId;

pub const BODY: &str = "SELECT p.size_bytes, b.sealed, b.file FROM axis_packet p
    JOIN axis_packet_body b ON b.packet = p.id WHERE p.id = $1";
pub const INSERT: &str = "INSERT INTO axis_packet_body (packet, sealed, file) VALUES ($1, $2, $3)";

/// Where the bytes of a packet lie.
pub enum Place {
    /// In the row, sealed.
    Row(Arc<Vec<u8>>),
    File(Uuid),
}

record! {
    pub struct BodyRow {
        pub size_bytes: i64,
        pub sealed: Option<Vec<u8>>,
        pub file: Option<Uuid>,
    }
}

pub fn body(tx: &mut Tx, id: PacketId) -> Result<Option<BodyRow>, StoreError> {
    tx.opt(BODY, &[&id])
}

pub fn insert(tx: &mut Tx, bodies: &[(PacketId, Place)]) -> Result<(), StoreError> {
    let rows = bodies.iter().map(|(id, place)| match place {
        Place::Row(sealed) => vec![id.to_arg(), sealed.as_slice().to_arg(), Arg::Null],
        Place::File(file) => vec![id.to_arg(), Arg::Null, file.to_arg()],
    });
    tx.insert_many(INSERT, &rows.collect::<Vec<_>>()).map(drop)
}
