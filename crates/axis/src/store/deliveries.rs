//! Deliveries.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx, row};
use uuid::Uuid;
use wire::vxp::TransportStatus;

use crate::delivery::{Delivery, DeliveryId, Route};
use crate::packet::{Kind, PacketId};
use crate::standing::{Ask, Standing};

pub const INSERT: &str = "INSERT INTO axis_delivery (id, packet, kind, from_key, document_id,
        business, to_key, turn, to_code, to_name, to_unit, route, link, transport, transport_at,
        description, attempts, next_at, said, refusals, accepted_at, version, recalled_at,
        behind)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21, $22, $23, $24)";
pub const BY_ID: &str = "SELECT id, packet, to_code, to_name, to_unit, route, link, transport,
        transport_at, description, attempts, next_at, said, said_at, asked, asked_at,
        recalled_at, receipt, refusals, accepted_at, version
    FROM axis_delivery WHERE id = $1";
pub const OF_PACKET: &str = "SELECT id, packet, to_code, to_name, to_unit, route, link, transport,
        transport_at, description, attempts, next_at, said, said_at, asked, asked_at,
        recalled_at, receipt, refusals, accepted_at, version
    FROM axis_delivery WHERE packet = $1 ORDER BY id";
/// What one sender sent about one document before, of one kind; and what else of it still waits.
pub const EARLIER: &str = "SELECT d.id, d.packet, d.business, d.to_key, d.turn, p.sha256, d.route,
        (d.transport = 'initial' AND d.recalled_at IS NULL) AS waits
    FROM axis_delivery d JOIN axis_packet p ON p.id = d.packet
    WHERE d.from_key = $1 AND d.document_id = $2
        AND (d.business = $3 OR (d.transport = 'initial' AND d.recalled_at IS NULL))
    ORDER BY d.id";
/// Where what is said about a document at one recipient is written down.
pub const BASE: &str = "SELECT id, packet, to_code, to_name, to_unit, route, link, transport,
        transport_at, description, attempts, next_at, said, said_at, asked, asked_at,
        recalled_at, receipt, refusals, accepted_at, version
    FROM axis_delivery WHERE from_key = $1 AND document_id = $2
        AND business IN ('0', '2', '3') AND to_key = $3
    ORDER BY CASE WHEN recalled_at IS NULL THEN 0 ELSE 1 END, id LIMIT 1";
/// What brought a document to a recipient and was not called back.
pub const LIVE: &str = "SELECT id, packet, to_code, to_name, to_unit, route, link, transport,
        transport_at, description, attempts, next_at, said, said_at, asked, asked_at,
        recalled_at, receipt, refusals, accepted_at, version
    FROM axis_delivery WHERE from_key = $1 AND document_id = $2
        AND business IN ('0', '2', '3') AND to_key = $3 AND recalled_at IS NULL
    ORDER BY id";
/// The packet by which a document was sent first.
pub const DOCUMENT: &str = "SELECT packet FROM axis_delivery
    WHERE from_key = $1 AND document_id = $2 AND business IN ('0', '2', '3')
    ORDER BY id DESC LIMIT 1";
pub const SET_ROUTE: &str = "UPDATE axis_delivery SET route = $3, link = $4, to_unit = $5,
        next_at = $6, version = version + 1
    WHERE id = $1 AND version = $2";
pub const SET_TRANSPORT: &str = "UPDATE axis_delivery SET transport = $3, transport_at = $4,
        description = $5, receipt = COALESCE(receipt, $6), version = version + 1
    WHERE id = $1 AND version = $2";
pub const SET_STANDING: &str = "UPDATE axis_delivery SET said = $3, said_at = $4, asked = $5,
        asked_at = $6, refusals = $7, recalled_at = $8, version = version + 1
    WHERE id = $1 AND version = $2";
pub const SET_TRY: &str = "UPDATE axis_delivery SET transport = $3, transport_at = $4,
        description = $5, attempts = $6, next_at = $7, version = version + 1
    WHERE id = $1 AND version = $2";

/// What the table asks beside what a [`Delivery`] is.
pub struct New {
    pub delivery: Delivery,
    pub kind: Kind,
    pub from_key: String,
    pub document_id: String,
    pub business: String,
    pub to_key: String,
    pub turn: i64,
    /// The one that it waits behind.
    pub behind: Option<DeliveryId>,
}

record! {
    #[derive(Debug, Clone)]
    pub struct Earlier {
        pub id: DeliveryId,
        pub packet: PacketId,
        pub business: String,
        pub to_key: String,
        pub turn: i64,
        pub sha256: String,
        pub route: Route,
        /// Nobody has begun to take it.
        pub waits: bool,
    }
}

/// What came before of the same document.
pub struct Before {
    /// Of the same kind.
    pub same: Vec<Earlier>,
    /// Something of it waits and goes nowhere.
    pub is_stranded: bool,
    /// Something of it waits at a mailbox, a desk or a link.
    pub is_on_the_way: bool,
}

pub fn insert(tx: &mut Tx, new: &[New]) -> Result<(), StoreError> {
    let (nothing, zero, first) = (String::new(), 0_i64, 1_i64);
    let codes: Vec<&str> = new.iter().map(|one| one.delivery.transport.code()).collect();
    let rows: Vec<_> = new
        .iter()
        .zip(&codes)
        .map(|(one, transport)| {
            let delivery = &one.delivery;
            row(&[
                &delivery.id,
                &delivery.packet,
                &one.kind,
                &one.from_key,
                &one.document_id,
                &one.business,
                &one.to_key,
                &one.turn,
                &delivery.to_code,
                &delivery.to_name,
                &delivery.to_unit,
                &delivery.route,
                &delivery.link,
                transport,
                &delivery.transport_at,
                &delivery.description,
                &delivery.attempts,
                &delivery.next_at,
                &nothing,
                &zero,
                &delivery.accepted_at,
                &first,
                &delivery.recalled_at,
                &one.behind,
            ])
        })
        .collect();
    tx.insert_many(INSERT, &rows).map(drop)
}

pub fn by_id(tx: &mut Tx, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

pub fn of_packet(tx: &mut Tx, packet: PacketId) -> Result<Vec<Delivery>, StoreError> {
    tx.all(OF_PACKET, &[&packet])
}

pub fn earlier(
    tx: &mut Tx,
    (from_key, document_id, business): (&str, &str, &str),
) -> Result<Before, StoreError> {
    let mut same: Vec<Earlier> = tx.all(EARLIER, &[&from_key, &document_id, &business])?;
    let (stranded, others): (Vec<_>, Vec<_>) =
        same.iter().filter(|one| one.waits).partition(|one| one.route == Route::Nowhere);
    let (is_stranded, is_on_the_way) = (!stranded.is_empty(), !others.is_empty());
    same.retain(|one| one.business == business);
    Ok(Before { same, is_stranded, is_on_the_way })
}

pub fn base(
    tx: &mut Tx,
    (from_key, document_id, to_key): (&str, &str, &str),
) -> Result<Option<Delivery>, StoreError> {
    tx.opt(BASE, &[&from_key, &document_id, &to_key])
}

pub fn live(
    tx: &mut Tx,
    (from_key, document_id, to_key): (&str, &str, &str),
) -> Result<Vec<Delivery>, StoreError> {
    tx.all(LIVE, &[&from_key, &document_id, &to_key])
}

/// The packet that brought the latest form of a document.
pub fn document(
    tx: &mut Tx,
    (from_key, document_id): (&str, &str),
) -> Result<Option<PacketId>, StoreError> {
    Ok(tx.opt::<(PacketId,)>(DOCUMENT, &[&from_key, &document_id])?.map(|(id,)| id))
}

pub fn set_route(
    tx: &mut Tx,
    one: &Delivery,
    (route, link, unit): (Route, Option<Uuid>, Option<Uuid>),
    next_at: Option<Timestamp>,
) -> Result<(), StoreError> {
    let (id, version) = (one.id, one.version);
    touched(tx.execute(SET_ROUTE, &[&id, &version, &route, &link, &unit, &next_at])?)
}

/// A receipt that is there stays.
pub fn set_transport(
    tx: &mut Tx,
    one: &Delivery,
    (status, at): (TransportStatus, Timestamp),
    (description, receipt): (&str, Option<&str>),
) -> Result<(), StoreError> {
    let (id, version, status) = (one.id, one.version, status.code());
    touched(tx.execute(SET_TRANSPORT, &[&id, &version, &status, &at, &description, &receipt])?)
}

/// What is new beside `one` is of the time `at`.
pub fn set_standing(
    tx: &mut Tx,
    one: &Delivery,
    standing: &Standing,
    at: Timestamp,
) -> Result<(), StoreError> {
    let said = standing.reached.as_ref().map_or("", |code| code.code());
    let said_at = if standing.reached == one.standing.reached { one.standing_at } else { Some(at) };
    let asked: Option<Ask> = standing.asked;
    let asked_at = match (asked, one.standing.asked) {
        (None, _) => None,
        (now, before) if now == before => one.asked_at,
        _ => Some(at),
    };
    let recalled_at = one.recalled_at.or(standing.withdrawn.then_some(at));
    let (id, version) = (one.id, one.version);
    touched(tx.execute(
        SET_STANDING,
        &[&id, &version, &said, &said_at, &asked, &asked_at, &standing.refusals, &recalled_at],
    )?)
}

/// Of what leaves the building: a try that failed, and when the next one is.
pub fn set_try(
    tx: &mut Tx,
    one: &Delivery,
    (status, at, description): (TransportStatus, Timestamp, &str),
    (attempts, next_at): (i64, Option<Timestamp>),
) -> Result<(), StoreError> {
    let (id, version, status) = (one.id, one.version, status.code());
    touched(tx.execute(SET_TRY, &[&id, &version, &status, &at, &description, &attempts, &next_at])?)
}

/// Somebody else changed it meanwhile: the unit is asked again.
fn touched(rows: u64) -> Result<(), StoreError> {
    match rows {
        0 => Err(StoreError::Conflict { constraint: "axis_delivery.version".to_owned() }),
        _ => Ok(()),
    }
}
