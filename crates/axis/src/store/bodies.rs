//! The bytes of packets.

use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::packet::PacketId;

pub const BODY: &str = "SELECT p.size_bytes, b.sealed, b.file FROM axis_packet p
    JOIN axis_packet_body b ON b.packet = p.id WHERE p.id = $1";
pub const INSERT: &str = "INSERT INTO axis_packet_body (packet, sealed, file) VALUES ($1, $2, $3)";

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

pub fn insert_held(tx: &mut Tx, id: PacketId, sealed: &[u8]) -> Result<(), StoreError> {
    let no_file: Option<Uuid> = None;
    tx.execute(INSERT, &[&id, &sealed, &no_file]).map(drop)
}

pub fn insert_file(tx: &mut Tx, id: PacketId, file: Uuid) -> Result<(), StoreError> {
    let nothing: Option<Vec<u8>> = None;
    tx.execute(INSERT, &[&id, &nothing, &file]).map(drop)
}
