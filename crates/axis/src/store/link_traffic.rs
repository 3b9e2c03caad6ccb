//! What links brought, what they are to take and took, and who takes part beyond them.

use jiff::Timestamp;
use platform::fold::fold;
use platform::record;
use platform::store::{StoreError, Tx, row};
use uuid::Uuid;
use wire::vxp::answer::Agency;

use crate::delivery::DeliveryId;
use crate::packet::{Kind, PacketId};

pub const AGENCIES_READ: &str = "UPDATE axis_link SET agencies_at = $2 WHERE id = $1";
pub const ARRIVAL: &str = "SELECT link, doc_id, message_type, state, packet, reason, attempts,
        next_at, first_at, settled_at, told_at
    FROM axis_link_arrival WHERE link = $1 AND doc_id = $2";
pub const PUT_ARRIVAL: &str = "INSERT INTO axis_link_arrival (link, doc_id, message_type, state,
        packet, reason, attempts, next_at, first_at, settled_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (link, doc_id) DO UPDATE SET state = excluded.state, packet = excluded.packet,
        reason = excluded.reason, attempts = excluded.attempts, next_at = excluded.next_at,
        settled_at = excluded.settled_at
    WHERE axis_link_arrival.state IN ('waiting', 'given-up')";
pub const TELL: &str = "UPDATE axis_link_arrival SET told_at = $3
    WHERE link = $1 AND doc_id = $2";
pub const TRY_AGAIN: &str = "UPDATE axis_link_arrival SET state = 'waiting', attempts = 0,
        next_at = NULL
    WHERE link = $1 AND doc_id = $2 AND state = 'given-up'";
pub const UNTAKEN: &str = "SELECT link, doc_id, message_type, state, packet, reason, attempts,
        next_at, first_at, settled_at, told_at
    FROM axis_link_arrival
    WHERE link = $1 AND state IN ('waiting', 'given-up', 'refused')
    ORDER BY first_at DESC, doc_id LIMIT $2";
pub const COUNT_ARRIVALS: &str = "SELECT state, COUNT(*) FROM axis_link_arrival WHERE link = $1
    GROUP BY state";

pub const INSERT_SENT: &str = "INSERT INTO axis_link_sent (delivery, link, doc_id, sent_at)
    VALUES ($1, $2, $3, $4) ON CONFLICT (delivery) DO NOTHING";
pub const SENT: &str = "SELECT doc_id FROM axis_link_sent WHERE delivery = $1";

/// What waits to be handed over, in the order of acceptance.
pub const OUTGOING: &str = "SELECT d.id, d.packet, d.kind, d.document_id, d.to_code, d.attempts,
        d.next_at, p.from_code, p.sha256
    FROM axis_delivery d JOIN axis_packet p ON p.id = d.packet
    WHERE d.link = $1 AND d.route = 'link' AND d.transport IN ('initial', 'processing')
        AND d.recalled_at IS NULL AND d.packet > $2
    ORDER BY d.packet, d.id LIMIT $3";
pub const COUNT_OUTGOING: &str = "SELECT COUNT(*) FROM axis_delivery
    WHERE link = $1 AND route = 'link' AND transport IN ('initial', 'processing')
        AND recalled_at IS NULL";
pub const COUNT_SENT: &str = "SELECT COUNT(*) FROM axis_link_sent WHERE link = $1";

pub const CLEAR_AGENCIES: &str = "DELETE FROM axis_link_agency WHERE link = $1";
pub const INSERT_AGENCY: &str = "INSERT INTO axis_link_agency (link, code, parent, name, mail,
        folded, seen_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (link, code) DO NOTHING";
pub const AGENCIES: &str = "SELECT code, parent, name, mail FROM axis_link_agency
    WHERE link = $1 AND code > $2 AND folded LIKE $3
    ORDER BY code LIMIT $4";
pub const COUNT_AGENCIES: &str = "SELECT COUNT(*) FROM axis_link_agency
    WHERE link = $1 AND folded LIKE $2";

record! {
    /// What became of a packet that a link offered.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Arrival {
        pub link: Uuid,
        pub doc_id: String,
        pub message_type: String,
        /// `waiting`, `taken`, `refused` or `given-up`.
        pub state: String,
        pub packet: Option<Uuid>,
        pub reason: String,
        pub attempts: i64,
        pub next_at: Option<Timestamp>,
        pub first_at: Timestamp,
        pub settled_at: Option<Timestamp>,
        pub told_at: Option<Timestamp>,
    }
}

record! {
    /// A delivery that waits to be handed over.
    #[derive(Debug, Clone)]
    pub struct Outgoing {
        pub id: DeliveryId,
        pub packet: PacketId,
        pub kind: Kind,
        pub document_id: String,
        pub to_code: String,
        pub attempts: i64,
        pub next_at: Option<Timestamp>,
        pub from_code: String,
        pub sha256: String,
    }
}

record! {
    /// An agency that takes part in the other axis.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct LinkedAgency {
        pub code: String,
        pub parent: String,
        pub name: String,
        pub mail: String,
    }
}

pub fn arrival(tx: &mut Tx, link: Uuid, doc_id: &str) -> Result<Option<Arrival>, StoreError> {
    tx.opt(ARRIVAL, &[&link, &doc_id])
}

/// Keeps how it stands; false when it was settled before, by whomever.
pub fn put_arrival(tx: &mut Tx, one: &Arrival) -> Result<bool, StoreError> {
    let put = tx.execute(
        PUT_ARRIVAL,
        &[
            &one.link,
            &one.doc_id,
            &one.message_type,
            &one.state,
            &one.packet,
            &one.reason,
            &one.attempts,
            &one.next_at,
            &one.first_at,
            &one.settled_at,
        ],
    )?;
    Ok(put == 1)
}

pub fn tell(tx: &mut Tx, (link, doc_id): (Uuid, &str), at: Timestamp) -> Result<(), StoreError> {
    tx.execute(TELL, &[&link, &doc_id, &at]).map(drop)
}

pub fn try_again(tx: &mut Tx, link: Uuid, doc_id: &str) -> Result<bool, StoreError> {
    Ok(tx.execute(TRY_AGAIN, &[&link, &doc_id])? == 1)
}

/// What it offered and we have not taken, the latest first.
pub fn untaken(tx: &mut Tx, link: Uuid, limit: i64) -> Result<Vec<Arrival>, StoreError> {
    tx.all(UNTAKEN, &[&link, &limit])
}

/// By state.
pub fn count_arrivals(tx: &mut Tx, link: Uuid) -> Result<Vec<(String, i64)>, StoreError> {
    tx.all(COUNT_ARRIVALS, &[&link])
}

pub fn insert_sent(
    tx: &mut Tx,
    (delivery, link): (Uuid, Uuid),
    (doc_id, at): (&str, Timestamp),
) -> Result<(), StoreError> {
    tx.execute(INSERT_SENT, &[&delivery, &link, &doc_id, &at]).map(drop)
}

/// Under which name the other axis took it.
pub fn sent(tx: &mut Tx, delivery: Uuid) -> Result<Option<String>, StoreError> {
    Ok(tx.opt::<(String,)>(SENT, &[&delivery])?.map(|(doc_id,)| doc_id))
}

/// Packet by packet, behind this one.
pub fn outgoing(
    tx: &mut Tx,
    link: Uuid,
    (after, limit): (Uuid, i64),
) -> Result<Vec<Outgoing>, StoreError> {
    tx.all(OUTGOING, &[&link, &after, &limit])
}

/// Deliveries that wait to be handed over, and that were.
pub fn count_outgoing(tx: &mut Tx, link: Uuid) -> Result<(i64, i64), StoreError> {
    let (waiting,): (i64,) = tx.one(COUNT_OUTGOING, &[&link])?;
    let (sent,): (i64,) = tx.one(COUNT_SENT, &[&link])?;
    Ok((waiting, sent))
}

/// Replaces the list.
pub fn put_agencies(
    tx: &mut Tx,
    link: Uuid,
    (agencies, at): (&[Agency], Timestamp),
) -> Result<(), StoreError> {
    tx.execute(CLEAR_AGENCIES, &[&link])?;
    let named = agencies.iter().filter(|one| !one.code.trim().is_empty());
    let named: Vec<(&Agency, String)> =
        named.map(|one| (one, fold(&format!("{} {}", one.code, one.name)))).collect();
    let rows: Vec<_> = named
        .iter()
        .map(|(one, folded)| row(&[&link, &one.code, &one.pid, &one.name, &one.mail, folded, &at]))
        .collect();
    tx.insert_many(INSERT_AGENCY, &rows)?;
    tx.execute(AGENCIES_READ, &[&link, &at]).map(drop)
}

/// Those whose code or name holds these words, in the order of codes.
pub fn agencies(
    tx: &mut Tx,
    link: Uuid,
    (words, after, limit): (&str, &str, i64),
) -> Result<Vec<LinkedAgency>, StoreError> {
    tx.all(AGENCIES, &[&link, &after, &like(words), &limit])
}

pub fn count_agencies(tx: &mut Tx, link: Uuid, words: &str) -> Result<i64, StoreError> {
    tx.one::<(i64,)>(COUNT_AGENCIES, &[&link, &like(words)]).map(|(count,)| count)
}

fn like(words: &str) -> String {
    let plain: String = fold(words).chars().filter(|c| !matches!(c, '%' | '_')).collect();
    format!("%{}%", plain.trim())
}
