//! Packets by what is known of them, the newest first.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::packet::Kind;

pub const FOUND: &str = "SELECT p.id, p.kind, p.business, p.status_code, p.from_code, p.from_name,
        p.document_id, p.number, p.notation, p.subject, p.urgency, p.accepted_at,
        (SELECT COUNT(*) FROM axis_delivery d WHERE d.packet = p.id) AS receivers,
        (SELECT COUNT(*) FROM axis_delivery d WHERE d.packet = p.id AND d.transport = 'done')
            AS done,
        (SELECT COUNT(*) FROM axis_delivery d WHERE d.packet = p.id AND d.transport = 'fail')
            AS failed
    FROM axis_packet p
    WHERE p.id < $1 AND p.id >= $2
        AND (CAST($3 AS TEXT) IS NULL OR p.kind = $3)
        AND (CAST($4 AS TEXT) IS NULL OR p.business = $4)
        AND (CAST($5 AS TEXT) IS NULL OR p.from_key = $5)
        AND (CAST($6 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM axis_delivery d
            WHERE d.packet = p.id AND d.to_key = $6))
        AND (CAST($7 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM axis_delivery d
            WHERE d.packet = p.id AND d.transport = $7))
    ORDER BY p.id DESC LIMIT $8";
/// The packet that either side knows by this docId.
pub const BY_DOC_ID: &str = "SELECT p.id FROM axis_packet p WHERE p.id = $1
    UNION ALL SELECT d.packet FROM axis_delivery d WHERE d.id = $1 LIMIT 1";
/// Packets about the same document of the same sender, in the order of acceptance.
pub const ABOUT_DOCUMENT: &str = "SELECT p.id, p.kind, p.business, p.status_code, p.from_code,
        p.from_name, p.document_id, p.number, p.notation, p.subject, p.urgency, p.accepted_at,
        (SELECT COUNT(*) FROM axis_delivery d WHERE d.packet = p.id) AS receivers,
        (SELECT COUNT(*) FROM axis_delivery d WHERE d.packet = p.id AND d.transport = 'done')
            AS done,
        (SELECT COUNT(*) FROM axis_delivery d WHERE d.packet = p.id AND d.transport = 'fail')
            AS failed
    FROM axis_packet p
    WHERE p.id IN (SELECT d.packet FROM axis_delivery d
            WHERE d.from_key = $1 AND d.document_id = $2)
        OR p.id IN (SELECT said.packet FROM axis_delivery d JOIN axis_delivery said
            ON said.from_key = d.to_key AND said.document_id = d.document_id
            WHERE d.from_key = $1 AND d.document_id = $2 AND said.kind = 'status'
                AND said.to_key = $1)
    ORDER BY p.id LIMIT $3";
pub const FROM_KEY: &str = "SELECT from_key FROM axis_packet WHERE id = $1";
pub const TO_KEY: &str = "SELECT to_key FROM axis_delivery WHERE packet = $1 ORDER BY id LIMIT 1";

record! {
    #[derive(Debug, Clone)]
    pub struct Line {
        pub id: Uuid,
        pub kind: Kind,
        pub business: String,
        pub status_code: Option<String>,
        pub from_code: String,
        pub from_name: String,
        pub document_id: String,
        pub number: String,
        pub notation: String,
        pub subject: String,
        pub urgency: String,
        pub accepted_at: Timestamp,
        pub receivers: i64,
        pub done: i64,
        pub failed: i64,
    }
}

/// What is looked for besides words; agencies by their keys.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub kind: Option<Kind>,
    pub business: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub transport: Option<String>,
}

/// Below the first id, and not below the second.
pub fn found(
    tx: &mut Tx,
    filter: &Filter,
    (below, least): (Uuid, Uuid),
    most: i64,
) -> Result<Vec<Line>, StoreError> {
    let Filter { kind, business, from, to, transport } = filter;
    let kind = kind.map(Kind::code);
    tx.all(FOUND, &[&below, &least, &kind, business, from, to, transport, &most])
}

pub fn by_doc_id(tx: &mut Tx, id: Uuid) -> Result<Option<Uuid>, StoreError> {
    Ok(tx.opt::<(Uuid,)>(BY_DOC_ID, &[&id])?.map(|(id,)| id))
}

pub fn about_document(
    tx: &mut Tx,
    (sender, document_id): (&str, &str),
    most: i64,
) -> Result<Vec<Line>, StoreError> {
    tx.all(ABOUT_DOCUMENT, &[&sender, &document_id, &most])
}

pub fn from_key(tx: &mut Tx, packet: Uuid) -> Result<Option<String>, StoreError> {
    Ok(tx.opt::<(String,)>(FROM_KEY, &[&packet])?.map(|(key,)| key))
}

/// Of whom a packet goes to, when it is one.
pub fn to_key(tx: &mut Tx, packet: Uuid) -> Result<Option<String>, StoreError> {
    Ok(tx.opt::<(String,)>(TO_KEY, &[&packet])?.map(|(key,)| key))
}
