//! Packets.

use platform::store::{StoreError, Tx, row};
use uuid::Uuid;

use crate::packet::{Packet, PacketId};

pub const INSERT: &str = "INSERT INTO axis_packet (id, kind, origin, from_code, from_name,
        from_unit, from_key, document_id, business, status_code, about_code, number, notation,
        type_name, subject, urgency, paper, reason, sha256, size_bytes, attachments, signature,
        accepted_at, sent_by_name, receipt)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
        $19, $20, $21, $22, $23, $24, $25)";
pub const BY_ID: &str = "SELECT id, kind, origin, from_code, from_name, from_unit, document_id,
        business, status_code, about_code, number, notation, type_name, subject, urgency, paper,
        reason, sha256, size_bytes, attachments, signature, accepted_at, sent_by_name, receipt
    FROM axis_packet WHERE id = $1";
/// The documents of a unit, the latest first.
pub const SENT_BY: &str = "SELECT id, kind, origin, from_code, from_name, from_unit, document_id,
        business, status_code, about_code, number, notation, type_name, subject, urgency, paper,
        reason, sha256, size_bytes, attachments, signature, accepted_at, sent_by_name, receipt
    FROM axis_packet WHERE from_key = $1 AND kind = $2
        AND (CAST($3 AS UUID) IS NULL OR id < $3)
    ORDER BY id DESC LIMIT $4";

/// Each with the key of its sender.
pub fn insert(tx: &mut Tx, packets: &[(Packet, String)]) -> Result<(), StoreError> {
    let rows = packets.iter().map(|(packet, from_key)| {
        row(&[
            &packet.id,
            &packet.kind,
            &packet.origin,
            &packet.from_code,
            &packet.from_name,
            &packet.from_unit,
            from_key,
            &packet.document_id,
            &packet.business,
            &packet.status_code,
            &packet.about_code,
            &packet.number,
            &packet.notation,
            &packet.type_name,
            &packet.subject,
            &packet.urgency,
            &packet.paper,
            &packet.reason,
            &packet.sha256,
            &packet.size_bytes,
            &packet.attachments,
            &packet.signature,
            &packet.accepted_at,
            &packet.sent_by_name,
            &packet.receipt,
        ])
    });
    tx.insert_many(INSERT, &rows.collect::<Vec<_>>()).map(drop)
}

pub fn by_id(tx: &mut Tx, id: PacketId) -> Result<Option<Packet>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

/// `before` is the last one of the page before.
pub fn sent_by(
    tx: &mut Tx,
    (unit, kind): (Uuid, crate::packet::Kind),
    (before, limit): (Option<PacketId>, i64),
) -> Result<Vec<Packet>, StoreError> {
    tx.all(SENT_BY, &[&unit.to_string(), &kind, &before, &limit])
}
