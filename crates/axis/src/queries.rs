//! What others ask, inside their own units of work; and the received bytes.

pub mod links;
pub(crate) mod watching;

use jiff::Timestamp;
use platform::Ctx;
use platform::store::{StoreError, Tx};
use serde_json::{Value, json};
use uuid::Uuid;
use wire::vxp::TransportStatus;

use crate::delivery::{Delivery, DeliveryId};
use crate::packet::{Kind, Packet, PacketId};
use crate::party;
use crate::refusal::Refusal;
use crate::setting::{Decision, Settings};
use crate::shelf;
use crate::store::tasks as task_rows;
use crate::store::{
    deliveries, desks, events, keys, lists, packets, requests, settings as setting_rows, systems,
};
use crate::system::SystemId;
use crate::trace::Event;
use crate::work::Task;

pub use crate::shelf::Opened;
pub use crate::store::lists::{Asked, ReceivedRow, SentRow, Transport};
pub use crate::store::requests::AgencyRequest;
pub use crate::store::systems::{System, SystemAgency};

pub fn packet(tx: &mut Tx, id: PacketId) -> Result<Option<Packet>, StoreError> {
    packets::by_id(tx, id)
}

pub fn delivery(tx: &mut Tx, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
    deliveries::by_id(tx, id)
}

/// In the order of the recipients.
pub fn deliveries_of(tx: &mut Tx, packet: PacketId) -> Result<Vec<Delivery>, StoreError> {
    deliveries::of_packet(tx, packet)
}

/// The packet that brought the latest form of a document. Whoever sent it may be named by any
/// code that means it.
pub fn by_document(
    tx: &mut Tx,
    from_code: &str,
    document_id: &str,
) -> Result<Option<Packet>, StoreError> {
    let from = party::of(tx, from_code)?;
    match deliveries::document(tx, (&from.key, document_id))? {
        Some(id) => packets::by_id(tx, id),
        None => Ok(None),
    }
}

/// The delivery on which is written down what a recipient says about a document, whatever packets
/// about it came later.
pub fn standing_of(
    tx: &mut Tx,
    (from_code, document_id): (&str, &str),
    to_code: &str,
) -> Result<Option<Delivery>, StoreError> {
    let (from, to) = (party::of(tx, from_code)?, party::of(tx, to_code)?);
    deliveries::base(tx, (&from.key, document_id, &to.key))
}

/// The packets of a unit, the latest first; `before` is the last one of the page before.
pub fn sent_by(
    tx: &mut Tx,
    (unit, kind): (Uuid, Kind),
    (before, limit): (Option<PacketId>, i64),
) -> Result<Vec<Packet>, StoreError> {
    packets::sent_by(tx, (unit, kind), (before, limit))
}

/// What a system finds in its mailboxes, in the order of acceptance: what waits, or what is in one
/// state of transport.
pub fn received(
    tx: &mut Tx,
    (system, kind): (&SystemId, Kind),
    state: Option<TransportStatus>,
    asked: &Asked,
) -> Result<Vec<ReceivedRow>, StoreError> {
    lists::received(tx, (system, kind), state, asked)
}

pub fn count_waiting(tx: &mut Tx, system: &SystemId, kind: Kind) -> Result<i64, StoreError> {
    lists::count_waiting(tx, system, kind)
}

/// How it went with one packet at each of its recipients; nothing when the system does not speak
/// for its sender.
pub fn sent(tx: &mut Tx, system: &SystemId, packet: PacketId) -> Result<Vec<SentRow>, StoreError> {
    match lists::is_sender(tx, (system, packet))? {
        true => lists::sent(tx, packet),
        false => Ok(Vec::new()),
    }
}

/// How it went with what a system sent, the latest first.
pub fn sent_since(
    tx: &mut Tx,
    (system, kind): (&SystemId, Kind),
    state: Option<TransportStatus>,
    asked: &Asked,
) -> Result<Vec<SentRow>, StoreError> {
    lists::sent_since(tx, (system, kind), state, asked)
}

/// What a docId means to a system: the deliveries of a packet to its mailboxes, or, without any, a
/// packet that it sent.
pub fn for_system(
    tx: &mut Tx,
    system: &SystemId,
    id: Uuid,
) -> Result<Option<(PacketId, Vec<Delivery>)>, StoreError> {
    let own = lists::own(tx, (system, id))?;
    if let Some(first) = own.first() {
        return Ok(Some((first.packet, own)));
    }
    let packet = PacketId(id);
    Ok(lists::is_sender(tx, (system, packet))?.then_some((packet, own)))
}

/// All systems, and whom each speaks for.
pub fn systems(tx: &mut Tx) -> Result<Vec<(System, Vec<SystemAgency>)>, StoreError> {
    let mut all = Vec::new();
    for system in systems::all(tx)? {
        let agencies = systems::agencies(tx, &system.id)?;
        all.push((system, agencies));
    }
    Ok(all)
}

/// One of them.
pub fn system(
    tx: &mut Tx,
    id: &SystemId,
) -> Result<Option<(System, Vec<SystemAgency>)>, StoreError> {
    let Some(system) = systems::one(tx, id)? else { return Ok(None) };
    Ok(Some((system, systems::agencies(tx, id)?)))
}

/// What systems ask about the catalogue and nobody has decided, the oldest first.
pub fn agency_requests(tx: &mut Tx, limit: i64) -> Result<Vec<AgencyRequest>, StoreError> {
    requests::open(tx, limit)
}

/// Every station of a packet, in order.
pub fn trace(tx: &mut Tx, packet: PacketId) -> Result<Vec<Event>, StoreError> {
    events::of_packet(tx, packet)
}

/// The kind of the job that tells the desk of a unit; none where there is no desk.
pub fn desk_of(tx: &mut Tx, unit: Uuid) -> Result<Option<String>, StoreError> {
    desks::told(tx, unit)
}

/// The units that have a desk here.
pub fn desks(tx: &mut Tx) -> Result<Vec<Uuid>, StoreError> {
    desks::all(tx)
}

/// The work list, the oldest first.
pub fn tasks(tx: &mut Tx, limit: i64) -> Result<Vec<Task>, StoreError> {
    task_rows::open(tx, limit)
}

pub fn task(tx: &mut Tx, id: Uuid) -> Result<Option<Task>, StoreError> {
    task_rows::by_id(tx, id)
}

pub fn settings(tx: &mut Tx, at: Timestamp) -> Result<Settings, StoreError> {
    setting_rows::in_force(tx, at)
}

/// What was ever decided about the axis, the latest first.
pub fn decisions(tx: &mut Tx) -> Result<Vec<Decision>, StoreError> {
    setting_rows::all(tx)
}

/// The public keys of the receipts, as RFC 7517 writes them.
pub fn keys(tx: &mut Tx) -> Result<Value, StoreError> {
    let keys: Vec<Value> = keys::all(tx)?
        .into_iter()
        .map(|key| {
            json!({
                "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256",
                "kid": key.kid, "x": key.x, "y": key.y,
            })
        })
        .collect();
    Ok(json!({ "keys": keys }))
}

/// The received bytes of a packet, for those who may see it: nothing here asks.
pub async fn open(ctx: &Ctx, id: PacketId) -> Result<Opened, Refusal> {
    shelf::open(ctx, id).await
}

/// The bytes for a recipient; refused from the moment the sender has called it back.
pub async fn open_delivery(ctx: &Ctx, id: DeliveryId) -> Result<Opened, Refusal> {
    let delivery = ctx.store.read(move |tx| deliveries::by_id(tx, id)).await?;
    let delivery = delivery.ok_or(Refusal::Nothing)?;
    if delivery.recalled_at.is_some() {
        return Err(Refusal::Recalled);
    }
    shelf::open(ctx, delivery.packet).await
}
