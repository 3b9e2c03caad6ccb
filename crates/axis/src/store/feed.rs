//! What a system is told while it happens: what arrived for it, and what became of what it sent.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::news::News;
use crate::packet::Kind;
use crate::trace::What;

pub const AGENCIES: &str = "SELECT agency FROM axis_system_agency WHERE system = $1
    ORDER BY agency";
/// What waits in the mailboxes of a system behind a delivery, the oldest first.
pub const WAITING: &str = "SELECT d.id, 'arrived' AS event, d.id AS doc_id,
        p.kind AS message_type, p.status_code, p.from_code AS \"from\", d.to_code AS \"to\",
        p.document_id, p.urgency, p.sha256, p.size_bytes, d.description AS detail,
        d.accepted_at AS at
    FROM axis_delivery d JOIN axis_packet p ON p.id = d.packet
    WHERE d.to_key IN (SELECT agency FROM axis_system_agency WHERE system = $1)
        AND d.route = 'mailbox' AND d.transport IN ('initial', 'processing')
        AND d.recalled_at IS NULL AND d.id > $2 AND (CAST($3 AS TEXT) IS NULL OR d.kind = $3)
    ORDER BY d.id LIMIT $4";
/// Whatever happened between two ids, whomever it is about.
pub const EVENTS: &str = "SELECT e.id, e.at, e.what, e.detail, e.packet, e.delivery, p.kind,
        p.from_key, p.from_code, d.to_key, d.to_code, p.document_id, p.sha256, p.urgency,
        p.size_bytes, p.status_code
    FROM axis_event e JOIN axis_packet p ON p.id = e.packet
        LEFT JOIN axis_delivery d ON d.id = e.delivery
    WHERE e.id > $1 AND e.id < $2 ORDER BY e.id LIMIT $3";
/// Deliveries are news for the receiver, who has no event of its own at the acceptance.
pub const ARRIVALS: &str = "SELECT d.id, d.accepted_at AS at, d.packet, p.kind, p.from_code,
        d.to_key, d.to_code, p.document_id, p.sha256, p.urgency, p.size_bytes, p.status_code
    FROM axis_delivery d JOIN axis_packet p ON p.id = d.packet
    WHERE d.id > $1 AND d.id < $2 AND d.route = 'mailbox' ORDER BY d.id LIMIT $3";

record! {
    #[derive(Debug, Clone)]
    pub struct EventRow {
        pub id: Uuid,
        pub at: Timestamp,
        pub what: What,
        pub detail: String,
        pub packet: Uuid,
        pub delivery: Option<Uuid>,
        pub kind: Kind,
        pub from_key: String,
        pub from_code: String,
        pub to_key: Option<String>,
        pub to_code: Option<String>,
        pub document_id: String,
        pub sha256: String,
        pub urgency: String,
        pub size_bytes: i64,
        pub status_code: Option<String>,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct ArrivalRow {
        pub id: Uuid,
        pub at: Timestamp,
        pub packet: Uuid,
        pub kind: Kind,
        pub from_code: String,
        pub to_key: String,
        pub to_code: String,
        pub document_id: String,
        pub sha256: String,
        pub urgency: String,
        pub size_bytes: i64,
        pub status_code: Option<String>,
    }
}

/// The keys of the agencies that a system speaks for.
pub fn agencies(tx: &mut Tx, system: &str) -> Result<Vec<String>, StoreError> {
    Ok(tx.all::<(String,)>(AGENCIES, &[&system])?.into_iter().map(|(agency,)| agency).collect())
}

pub fn waiting(
    tx: &mut Tx,
    system: &str,
    (after, kind): (Uuid, Option<Kind>),
    most: i64,
) -> Result<Vec<News>, StoreError> {
    tx.all(WAITING, &[&system, &after, &kind.map(Kind::code), &most])
}

/// Behind the first id and before the second.
pub fn events(
    tx: &mut Tx,
    (after, until): (Uuid, Uuid),
    most: i64,
) -> Result<Vec<EventRow>, StoreError> {
    tx.all(EVENTS, &[&after, &until, &most])
}

pub fn arrivals(
    tx: &mut Tx,
    (after, until): (Uuid, Uuid),
    most: i64,
) -> Result<Vec<ArrivalRow>, StoreError> {
    tx.all(ARRIVALS, &[&after, &until, &most])
}
