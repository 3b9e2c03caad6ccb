//! The lists that systems ask for.

use jiff::{SignedDuration, Timestamp};
use platform::record;
use platform::store::{Cell, FromCell, StoreError, Tx};
use uuid::Uuid;
use wire::vxp::TransportStatus;

use crate::delivery::{Delivery, DeliveryId};
use crate::packet::{Kind, PacketId};
use crate::system::SystemId;

pub const AGENCIES: &str = "SELECT agency FROM axis_system_agency WHERE system = $1";
/// What waits in the mailbox of one agency, in the order of acceptance: as the index has it, so
/// that a page costs the same however much there is.
pub const WAITING: &str = "SELECT d.id, d.packet, p.from_code, d.to_code, d.transport,
        d.description, d.accepted_at, d.transport_at
    FROM axis_delivery d JOIN axis_packet p ON p.id = d.packet
    WHERE d.to_key = $1 AND d.kind = $2 AND d.id > $3 AND d.id < $4
        AND d.transport IN ('initial', 'processing') AND d.recalled_at IS NULL
        AND d.route = 'mailbox' AND d.accepted_at >= $5 AND d.accepted_at < $6
        AND (CAST($7 AS TEXT) IS NULL OR p.from_key = $7)
    ORDER BY d.id LIMIT $8";
/// The same, in one state of transport, whichever.
pub const IN_STATE: &str = "SELECT d.id, d.packet, p.from_code, d.to_code, d.transport,
        d.description, d.accepted_at, d.transport_at
    FROM axis_delivery d JOIN axis_packet p ON p.id = d.packet
    WHERE d.to_key = $1 AND d.kind = $2 AND d.id > $3 AND d.id < $4
        AND d.transport = $9 AND d.recalled_at IS NULL
        AND d.route = 'mailbox' AND d.accepted_at >= $5 AND d.accepted_at < $6
        AND (CAST($7 AS TEXT) IS NULL OR p.from_key = $7)
    ORDER BY d.id LIMIT $8";
pub const COUNT_WAITING: &str = "SELECT COUNT(*) FROM axis_system_agency a
    JOIN axis_delivery d ON d.to_key = a.agency
    WHERE a.system = $1 AND d.kind = $2 AND d.route = 'mailbox'
        AND d.transport IN ('initial', 'processing') AND d.recalled_at IS NULL";
pub const SENT: &str = "SELECT p.id, d.id AS delivery, p.kind, p.from_code, d.to_code, p.subject,
        p.number, p.notation, p.accepted_at, d.transport, d.description, d.transport_at, d.said,
        d.asked, d.said_at, d.recalled_at
    FROM axis_packet p JOIN axis_delivery d ON d.packet = p.id
    WHERE p.id = $1 ORDER BY d.id";
/// What one agency sent, the latest first, with each of its recipients.
pub const SENT_SINCE: &str = "SELECT p.id, d.id AS delivery, p.kind, p.from_code, d.to_code,
        p.subject, p.number, p.notation, p.accepted_at, d.transport, d.description,
        d.transport_at, d.said, d.asked, d.said_at, d.recalled_at
    FROM axis_packet p JOIN axis_delivery d ON d.packet = p.id
    WHERE p.from_key = $1 AND p.kind = $2 AND p.id > $3 AND p.id <= $4
        AND (p.id < $4 OR d.id < $5) AND p.accepted_at >= $6 AND p.accepted_at < $7
        AND (CAST($8 AS TEXT) IS NULL OR d.to_key = $8)
        AND (CAST($9 AS TEXT) IS NULL OR d.transport = $9)
    ORDER BY p.id DESC, d.id DESC LIMIT $10";
pub const PACKET_OF: &str = "SELECT packet FROM axis_delivery WHERE id = $1";
/// Whether the sender of a packet is one that a system speaks for.
pub const IS_SENDER: &str = "SELECT 1 FROM axis_packet p
    JOIN axis_system_agency a ON a.agency = p.from_key
    WHERE p.id = $1 AND a.system = $2";
/// The deliveries that a docId means to a system, named by themselves or by their packet, which may
/// have come to several agencies of it.
pub const OWN: &str = "SELECT d.id, d.packet, d.to_code, d.to_name, d.to_unit, d.route, d.link,
        d.transport, d.transport_at, d.description, d.attempts, d.next_at, d.said, d.said_at,
        d.asked, d.asked_at, d.recalled_at, d.receipt, d.refusals, d.accepted_at, d.version
    FROM axis_delivery d JOIN axis_system_agency a ON a.agency = d.to_key
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

/// Ids begin with the millisecond in which they were made. Clocks of several processes differ a
/// little, and a packet may have come in for hours: the times themselves are compared as well.
const CLOCKS_APART: SignedDuration = SignedDuration::from_mins(1);
const LONGEST_UPLOAD: SignedDuration = SignedDuration::from_hours(24);

/// No id that was made from this time on is less.
fn floor(time: Option<Timestamp>, slack: SignedDuration) -> Uuid {
    let time = time.and_then(|time| time.checked_sub(slack).ok());
    time.map_or(Uuid::nil(), |time| id_at(time.as_millisecond()))
}

/// No id that was made until this time is more.
fn ceiling(time: Option<Timestamp>, slack: SignedDuration) -> Uuid {
    let time = time.and_then(|time| time.checked_add(slack).ok());
    time.map_or(Uuid::max(), |time| id_at(time.as_millisecond() + 1))
}

fn id_at(milliseconds: i64) -> Uuid {
    Uuid::from_u128(u128::from(milliseconds.max(0).unsigned_abs()) << 80)
}

/// Those that a system speaks for; of these only the one asked for, if one is.
fn agencies(
    tx: &mut Tx,
    system: &SystemId,
    only: &Option<String>,
) -> Result<Vec<String>, StoreError> {
    let all: Vec<(String,)> = tx.all(AGENCIES, &[system])?;
    let all = all.into_iter().map(|(agency,)| agency);
    Ok(all.filter(|agency| only.as_ref().is_none_or(|only| only == agency)).collect())
}

fn page<R>(rows: Vec<R>, asked: &Asked) -> Vec<R> {
    let count = |number: i64| usize::try_from(number).unwrap_or(0);
    rows.into_iter().skip(count(asked.offset)).take(count(asked.limit)).collect()
}

pub fn received(
    tx: &mut Tx,
    (system, kind): (&SystemId, Kind),
    state: Option<TransportStatus>,
    asked: &Asked,
) -> Result<Vec<ReceivedRow>, StoreError> {
    let after = asked.after.map_or(Uuid::nil(), |after| after.0);
    let (first, last) =
        (floor(asked.from, CLOCKS_APART).max(after), ceiling(asked.until, CLOCKS_APART));
    let from = asked.from.unwrap_or(Timestamp::MIN);
    let (until, most) = (asked.until.unwrap_or(Timestamp::MAX), asked.limit + asked.offset);
    let mut rows: Vec<ReceivedRow> = Vec::new();
    for agency in agencies(tx, system, &asked.recipient)? {
        let sender = &asked.sender;
        rows.extend(match state {
            None => tx.all::<ReceivedRow>(
                WAITING,
                &[&agency, &kind, &first, &last, &from, &until, sender, &most],
            )?,
            Some(state) => tx.all(
                IN_STATE,
                &[&agency, &kind, &first, &last, &from, &until, sender, &most, &state.code()],
            )?,
        });
    }
    rows.sort_by_key(|row| row.id);
    Ok(page(rows, asked))
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
    let before = match asked.after {
        Some(id) => tx.opt::<(Uuid,)>(PACKET_OF, &[&id])?.map(|(packet,)| packet),
        None => None,
    };
    let (last, beyond) = match (before, asked.after) {
        (Some(packet), Some(delivery)) => (packet, delivery.0),
        _ => (ceiling(asked.until, CLOCKS_APART), Uuid::max()),
    };
    let first = floor(asked.from, LONGEST_UPLOAD);
    let from = asked.from.unwrap_or(Timestamp::MIN);
    let (until, most) = (asked.until.unwrap_or(Timestamp::MAX), asked.limit + asked.offset);
    let state = state.map(TransportStatus::code);
    let mut rows: Vec<SentRow> = Vec::new();
    for agency in agencies(tx, system, &asked.sender)? {
        let to = &asked.recipient;
        rows.extend(tx.all::<SentRow>(
            SENT_SINCE,
            &[&agency, &kind, &first, &last, &beyond, &from, &until, to, &state, &most],
        )?);
    }
    rows.sort_by_key(|row| std::cmp::Reverse((row.id, row.delivery)));
    Ok(page(rows, asked))
}

pub fn is_sender(tx: &mut Tx, (system, packet): (&SystemId, PacketId)) -> Result<bool, StoreError> {
    Ok(tx.opt::<(i64,)>(IS_SENDER, &[&packet, system])?.is_some())
}

pub fn own(tx: &mut Tx, (system, id): (&SystemId, Uuid)) -> Result<Vec<Delivery>, StoreError> {
    tx.all(OWN, &[&id, system])
}
