//! The lists that systems ask for.

use jiff::Timestamp;
use platform::record;
use platform::store::{Cell, FromCell, StoreError, Tx};
use wire::vxp::TransportStatus;

use crate::delivery::DeliveryId;
use crate::packet::{Kind, PacketId};
use crate::system::SystemId;

/// What waits in the mailboxes of a system, in the order of acceptance.
pub const WAITING: &str = "SELECT d.id, d.packet, p.from_code, d.to_code, d.transport,
        d.description, d.accepted_at, d.transport_at
    FROM axis_system_agency a
    JOIN axis_delivery d ON d.to_key = a.agency
    JOIN axis_packet p ON p.id = d.packet
    WHERE a.system = $1 AND d.kind = $2 AND d.route = 'mailbox'
        AND d.transport IN ('initial', 'processing') AND d.recalled_at IS NULL
        AND (CAST($3 AS BIGINT) IS NULL OR d.accepted_at >= $3)
        AND (CAST($4 AS BIGINT) IS NULL OR d.accepted_at < $4)
        AND (CAST($5 AS UUID) IS NULL OR d.id > $5)
        AND (CAST($7 AS TEXT) IS NULL OR p.from_key = $7)
        AND (CAST($8 AS TEXT) IS NULL OR d.to_key = $8)
    ORDER BY d.id LIMIT $6 OFFSET $9";
/// The same, in one state of transport, whichever.
pub const IN_STATE: &str = "SELECT d.id, d.packet, p.from_code, d.to_code, d.transport,
        d.description, d.accepted_at, d.transport_at
    FROM axis_system_agency a
    JOIN axis_delivery d ON d.to_key = a.agency
    JOIN axis_packet p ON p.id = d.packet
    WHERE a.system = $1 AND d.kind = $2 AND d.route = 'mailbox'
        AND d.transport = $10 AND d.recalled_at IS NULL
        AND (CAST($3 AS BIGINT) IS NULL OR d.accepted_at >= $3)
        AND (CAST($4 AS BIGINT) IS NULL OR d.accepted_at < $4)
        AND (CAST($5 AS UUID) IS NULL OR d.id > $5)
        AND (CAST($7 AS TEXT) IS NULL OR p.from_key = $7)
        AND (CAST($8 AS TEXT) IS NULL OR d.to_key = $8)
    ORDER BY d.id LIMIT $6 OFFSET $9";
pub const COUNT_WAITING: &str = "SELECT COUNT(*) FROM axis_system_agency a
    JOIN axis_delivery d ON d.to_key = a.agency
    WHERE a.system = $1 AND d.kind = $2 AND d.route = 'mailbox'
        AND d.transport IN ('initial', 'processing') AND d.recalled_at IS NULL";
pub const SENT: &str = "SELECT p.id, d.id AS delivery, p.kind, p.from_code, d.to_code, p.subject,
        p.number, p.notation, p.accepted_at, d.transport, d.description, d.transport_at, d.said,
        d.asked, d.said_at, d.recalled_at
    FROM axis_packet p JOIN axis_delivery d ON d.packet = p.id
    WHERE p.id = $1 ORDER BY d.id";
pub const SENT_SINCE: &str = "SELECT p.id, d.id AS delivery, p.kind, p.from_code, d.to_code,
        p.subject, p.number, p.notation, p.accepted_at, d.transport, d.description,
        d.transport_at, d.said, d.asked, d.said_at, d.recalled_at
    FROM axis_system_agency a
    JOIN axis_packet p ON p.from_key = a.agency
    JOIN axis_delivery d ON d.packet = p.id
    WHERE a.system = $1 AND p.kind = $2
        AND (CAST($3 AS BIGINT) IS NULL OR p.accepted_at >= $3)
        AND (CAST($4 AS BIGINT) IS NULL OR p.accepted_at < $4)
        AND (CAST($5 AS UUID) IS NULL OR d.id < $5)
        AND (CAST($7 AS TEXT) IS NULL OR p.from_key = $7)
        AND (CAST($8 AS TEXT) IS NULL OR d.to_key = $8)
        AND (CAST($10 AS TEXT) IS NULL OR d.transport = $10)
    ORDER BY d.id DESC LIMIT $6 OFFSET $9";
/// Whether the sender of a packet is one that a system speaks for.
pub const IS_SENDER: &str = "SELECT 1 FROM axis_packet p
    JOIN axis_system_agency a ON a.agency = p.from_key
    WHERE p.id = $1 AND a.system = $2";
/// The delivery that a system may fetch, named by itself or by its packet.
pub const VISIBLE: &str = "SELECT d.id FROM axis_delivery d
    JOIN axis_system_agency a ON a.agency = d.to_key
    WHERE (d.id = $1 OR d.packet = $1) AND a.system = $2 AND d.route = 'mailbox'
    ORDER BY d.id LIMIT 1";
/// All of them: a packet may have come to several agencies of one system.
pub const OWN: &str = "SELECT d.id FROM axis_delivery d
    JOIN axis_system_agency a ON a.agency = d.to_key
    WHERE (d.id = $1 OR d.packet = $1) AND a.system = $2 AND d.route = 'mailbox'
    ORDER BY d.id";

record! {
    /// A row of what waits.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ReceivedRow {
        pub id: DeliveryId,
        pub packet: PacketId,
        pub from_code: String,
        pub to_code: String,
        pub transport: Transport,
        pub description: String,
        pub accepted_at: Timestamp,
        pub transport_at: Timestamp,
    }
}

record! {
    /// A row of what was sent: a packet and one of its recipients.
    #[derive(Debug, Clone, PartialEq)]
    pub struct SentRow {
        pub id: PacketId,
        pub delivery: DeliveryId,
        pub kind: Kind,
        pub from_code: String,
        pub to_code: String,
        pub subject: String,
        pub number: String,
        pub notation: String,
        pub accepted_at: Timestamp,
        pub transport: Transport,
        pub description: String,
        pub transport_at: Timestamp,
        /// What the recipient says about the document, `01` to `06`; empty: nothing yet.
        pub said: String,
        pub asked: Option<crate::standing::Ask>,
        pub said_at: Option<Timestamp>,
        pub recalled_at: Option<Timestamp>,
    }
}

/// The kit's word for how far a delivery is, in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Transport(pub TransportStatus);

impl FromCell for Transport {
    const EXPECTED: &'static str = "initial, processing, done or fail";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        TransportStatus::read(&String::from_cell(cell)?).map(Transport)
    }
}

/// What of a list is asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    pub from: Option<Timestamp>,
    /// Not included.
    pub until: Option<Timestamp>,
    /// The last row of the page before.
    pub after: Option<DeliveryId>,
    pub limit: i64,
    /// So many rows are left out first: for those who count pages.
    pub offset: i64,
    /// Only what this agency sent, only what it is to get; by their keys.
    pub sender: Option<String>,
    pub recipient: Option<String>,
}

pub fn received(
    tx: &mut Tx,
    (system, kind): (&SystemId, Kind),
    state: Option<TransportStatus>,
    asked: &Asked,
) -> Result<Vec<ReceivedRow>, StoreError> {
    let Asked { from, until, after, limit, offset, sender, recipient } = asked;
    match state {
        None => {
            tx.all(WAITING, &[system, &kind, from, until, after, limit, sender, recipient, offset])
        }
        Some(state) => tx.all(
            IN_STATE,
            &[system, &kind, from, until, after, limit, sender, recipient, offset, &state.code()],
        ),
    }
}

pub fn count_waiting(tx: &mut Tx, system: &SystemId, kind: Kind) -> Result<i64, StoreError> {
    Ok(tx.one::<(i64,)>(COUNT_WAITING, &[system, &kind])?.0)
}

pub fn sent(tx: &mut Tx, packet: PacketId) -> Result<Vec<SentRow>, StoreError> {
    tx.all(SENT, &[&packet])
}

pub fn sent_since(
    tx: &mut Tx,
    (system, kind): (&SystemId, Kind),
    state: Option<TransportStatus>,
    asked: &Asked,
) -> Result<Vec<SentRow>, StoreError> {
    let Asked { from, until, after, limit, offset, sender, recipient } = asked;
    let state = state.map(TransportStatus::code);
    tx.all(
        SENT_SINCE,
        &[system, &kind, from, until, after, limit, sender, recipient, offset, &state],
    )
}

pub fn is_sender(tx: &mut Tx, (system, packet): (&SystemId, PacketId)) -> Result<bool, StoreError> {
    Ok(tx.opt::<(i64,)>(IS_SENDER, &[&packet, system])?.is_some())
}

pub fn visible(
    tx: &mut Tx,
    (system, id): (&SystemId, uuid::Uuid),
) -> Result<Option<DeliveryId>, StoreError> {
    Ok(tx.opt::<(DeliveryId,)>(VISIBLE, &[&id, system])?.map(|(id,)| id))
}

/// The deliveries that a docId means to a system.
pub fn own(
    tx: &mut Tx,
    (system, id): (&SystemId, uuid::Uuid),
) -> Result<Vec<DeliveryId>, StoreError> {
    let rows: Vec<(DeliveryId,)> = tx.all(OWN, &[&id, system])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}
