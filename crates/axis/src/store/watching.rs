//! What an administrator looks at: what waits, what was never answered, what fits nothing.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

pub const WAITING_BY_URGENCY: &str = "SELECT p.urgency, COUNT(*) AS count,
        MIN(d.accepted_at) AS oldest
    FROM axis_delivery d JOIN axis_packet p ON p.id = d.packet
    WHERE d.transport <> 'done' AND d.transport <> 'fail' AND d.recalled_at IS NULL
    GROUP BY p.urgency ORDER BY p.urgency";
pub const WAITING_BY_RECEIVER: &str = "SELECT d.to_code, MAX(d.to_name) AS to_name, d.route,
        COUNT(*) AS count, MIN(d.accepted_at) AS oldest
    FROM axis_delivery d
    WHERE d.transport <> 'done' AND d.transport <> 'fail' AND d.recalled_at IS NULL
    GROUP BY d.to_code, d.route ORDER BY MIN(d.accepted_at), d.to_code LIMIT $1";
/// Waits longer than its urgency bears, and nobody was told yet.
pub const LATE: &str = "SELECT d.id, d.packet, d.to_code, p.from_code, p.urgency, d.accepted_at
    FROM axis_delivery d JOIN axis_packet p ON p.id = d.packet
    WHERE d.transport <> 'done' AND d.transport <> 'fail' AND d.recalled_at IS NULL
        AND d.accepted_at < $2 AND (p.urgency = $1 OR ($1 = '0' AND p.urgency = ''))
        AND NOT EXISTS (SELECT 1 FROM axis_task t WHERE t.delivery = d.id
            AND t.settled_at IS NULL)
        AND NOT EXISTS (SELECT 1 FROM axis_task t WHERE t.delivery = d.id AND t.kind = $3)
    ORDER BY d.accepted_at, d.id LIMIT $4";
/// Was told of, and waits no more.
pub const LATE_NO_MORE: &str = "SELECT t.id FROM axis_task t
        JOIN axis_delivery d ON d.id = t.delivery
    WHERE t.settled_at IS NULL AND t.kind = $1
        AND (d.transport = 'done' OR d.transport = 'fail' OR d.recalled_at IS NOT NULL)
    ORDER BY t.id LIMIT $2";

/// Has it, and has never said a word about it.
pub const SILENT: &str = "SELECT d.id, d.packet, p.from_code, d.to_code, d.document_id, p.number,
        p.notation, p.subject, d.said, d.transport_at AS since
    FROM axis_delivery d JOIN axis_packet p ON p.id = d.packet
    WHERE d.kind = 'edoc' AND d.transport = 'done' AND d.said = '' AND d.recalled_at IS NULL
        AND p.business = '0' AND d.transport_at < $1 AND d.transport_at >= $2
    ORDER BY d.transport_at, d.id LIMIT $3";
/// Has begun, and never said that it is finished.
pub const UNFINISHED: &str = "SELECT d.id, d.packet, p.from_code, d.to_code, d.document_id,
        p.number, p.notation, p.subject, d.said, d.said_at AS since
    FROM axis_delivery d JOIN axis_packet p ON p.id = d.packet
    WHERE d.said IN ('01', '03', '04', '05') AND d.recalled_at IS NULL
        AND d.said_at < $1 AND d.said_at >= $2
    ORDER BY d.said_at, d.id LIMIT $3";
/// Was said here, and has not reached whom it was said to.
pub const UNHEARD: &str = "SELECT d.id, d.packet, p.from_code, d.to_code, d.document_id, p.number,
        p.notation, p.subject, p.status_code AS said, d.accepted_at AS since
    FROM axis_delivery d JOIN axis_packet p ON p.id = d.packet
    WHERE d.kind = 'status' AND d.transport <> 'done' AND d.recalled_at IS NULL
        AND d.accepted_at < $1 AND d.accepted_at >= $2
    ORDER BY d.accepted_at, d.id LIMIT $3";
/// Was said about a document that nobody knows.
pub const STRAY: &str = "SELECT e.id, e.packet, p.from_code, p.about_code AS to_code,
        p.document_id, p.number, p.notation, p.subject, p.status_code AS said, e.at AS since
    FROM axis_event e JOIN axis_packet p ON p.id = e.packet
    WHERE e.what = 'about-unknown' AND e.at < $1 AND e.at >= $2
    ORDER BY e.at, e.id LIMIT $3";

record! {
    #[derive(Debug, Clone)]
    pub struct Urgency {
        /// A digit, or nothing.
        pub urgency: String,
        pub count: i64,
        pub oldest: Timestamp,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Receiver {
        pub to_code: String,
        pub to_name: String,
        pub route: crate::Route,
        pub count: i64,
        pub oldest: Timestamp,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct LateRow {
        pub id: Uuid,
        pub packet: Uuid,
        pub to_code: String,
        pub from_code: String,
        pub urgency: String,
        pub accepted_at: Timestamp,
    }
}

record! {
    /// A line of the reconciliation.
    #[derive(Debug, Clone)]
    pub struct Unmatched {
        pub id: Uuid,
        pub packet: Uuid,
        pub from_code: String,
        /// Of a stray status: whose document it says it is about.
        pub to_code: Option<String>,
        pub document_id: String,
        pub number: String,
        pub notation: String,
        pub subject: String,
        pub said: Option<String>,
        pub since: Option<Timestamp>,
    }
}

pub fn waiting_by_urgency(tx: &mut Tx) -> Result<Vec<Urgency>, StoreError> {
    tx.all(WAITING_BY_URGENCY, &[])
}

pub fn waiting_by_receiver(tx: &mut Tx, most: i64) -> Result<Vec<Receiver>, StoreError> {
    tx.all(WAITING_BY_RECEIVER, &[&most])
}

pub fn late(
    tx: &mut Tx,
    (urgency, before): (i64, Timestamp),
    (kind, most): (&str, i64),
) -> Result<Vec<LateRow>, StoreError> {
    tx.all(LATE, &[&urgency.to_string(), &before, &kind, &most])
}

pub fn late_no_more(tx: &mut Tx, kind: &str, most: i64) -> Result<Vec<Uuid>, StoreError> {
    Ok(tx.all::<(Uuid,)>(LATE_NO_MORE, &[&kind, &most])?.into_iter().map(|(id,)| id).collect())
}

/// One part of the reconciliation: what stands so since before `cut`, from `from` on.
pub fn unmatched(
    tx: &mut Tx,
    part: crate::reconciliation::Part,
    (cut, from): (Timestamp, Timestamp),
    most: i64,
) -> Result<Vec<Unmatched>, StoreError> {
    use crate::reconciliation::Part;
    let sql = match part {
        Part::Silent => SILENT,
        Part::Unfinished => UNFINISHED,
        Part::Unheard => UNHEARD,
        Part::Stray => STRAY,
    };
    tx.all(sql, &[&cut, &from, &most])
}
