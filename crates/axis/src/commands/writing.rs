//! The rows of an accepted packet, all of one unit of work.

use std::sync::Arc;

use jiff::Timestamp;
use organisations::UnitId;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use platform::{Ctx, figures, files};
use serde_json::json;
use wire::vxp::TransportStatus;

use super::accepting::Accepted;
use super::routing::{self, Way};
use super::sender::Sender;
use super::{webhooks, work};
use crate::delivery::{Delivery, DeliveryId, Route};
use crate::packet::{Packet, PacketId};
use crate::party::Party;
use crate::receipt::{self, Claim, ClaimKind};
use crate::refusal::Refusal;
use crate::shelf::{Body, Shelved};
use crate::standing::Standing;
use crate::store::deliveries::{Earlier, New};
use crate::store::{bodies, deliveries, events, packets};
use crate::trace::{Event, What};
use crate::work::TaskKind;

/// More are sent in several parts.
pub(crate) const RECEIVERS_MAX: usize = 2_000;

pub(crate) struct Recipient {
    pub party: Party,
    pub way: Way,
    /// Which one it is of what may be sent several times.
    pub turn: i64,
    /// The recipient never had what this would take back, so it is not bothered.
    pub withheld: bool,
}

/// What is written: the packet without its receipt, and whom it goes to.
pub(crate) struct Draft<'d> {
    pub sender: &'d Sender,
    pub shelved: &'d Shelved,
    pub from: &'d Party,
    pub packet: Packet,
    pub recipients: Vec<Recipient>,
    /// Recipients that had the same before: not sent again.
    pub earlier: Vec<DeliveryId>,
}

pub(crate) fn write(tx: &mut Tx, ctx: &Ctx, draft: Draft<'_>) -> Result<Accepted, Refusal> {
    let Draft { sender, shelved, from, mut packet, recipients, earlier } = draft;
    packet.receipt = receipt_of(tx, ctx, &packet, &recipients)?;
    packets::insert(tx, &packet, &from.key)?;
    keep(tx, shelved)?;
    let rows: Vec<New<'_>> =
        recipients.iter().map(|one| row(ctx, (&packet, &from.key), one)).collect();
    deliveries::insert(tx, &rows)?;
    trace(tx, ctx, &packet, &rows)?;
    tell(tx, ctx, &recipients, &rows)?;
    webhooks::queue(tx, packet.id)?;
    note(tx, ctx, sender, (&packet, &recipients))?;
    count(tx, &packet)?;
    let stranded = recipients.iter().filter(|one| one.way.route == Route::Nowhere);
    Ok(Accepted {
        packet: packet.id,
        repeated: false,
        deliveries: earlier.into_iter().chain(rows.iter().map(|row| row.delivery.id)).collect(),
        stranded: stranded.map(|one| one.party.code.clone()).collect(),
        receipt: packet.receipt,
    })
}

/// It has come before: the packet of then is the answer, and the trace says that it came again.
pub(crate) fn repeated(
    tx: &mut Tx,
    ctx: &Ctx,
    sender: &Sender,
    earlier: &[Earlier],
) -> Result<Accepted, Refusal> {
    let first = earlier.first().ok_or(StoreError::NotFound)?.packet;
    let packet = packets::by_id(tx, first)?.ok_or(StoreError::NotFound)?;
    let again = event(ctx, &packet, (None, What::Repeated));
    events::put(tx, &[Event { by: sender.name().to_owned(), ..again }])?;
    Ok(Accepted {
        packet: first,
        receipt: packet.receipt,
        repeated: true,
        deliveries: earlier.iter().map(|one| one.id).collect(),
        stranded: Vec::new(),
    })
}

/// A station of a packet, at the present.
pub(crate) fn event(
    ctx: &Ctx,
    packet: &Packet,
    (delivery, what): (Option<DeliveryId>, What),
) -> Event {
    Event {
        id: ctx.ids.next(),
        packet: packet.id,
        delivery,
        at: ctx.clock.now(),
        what,
        by: String::new(),
        detail: String::new(),
        sha256: packet.sha256.clone(),
    }
}

fn receipt_of(
    tx: &mut Tx,
    ctx: &Ctx,
    packet: &Packet,
    recipients: &[Recipient],
) -> Result<String, Refusal> {
    let claim = Claim {
        kind: ClaimKind::Accepted,
        doc_id: packet.id.0,
        from: packet.from_code.clone(),
        to: recipients.iter().map(|one| one.party.code.clone()).collect(),
        document_id: packet.document_id.clone(),
        sha256: packet.sha256.clone(),
        size_bytes: packet.size_bytes,
        at: packet.accepted_at,
        axis: ctx.settings.public_address.clone(),
    };
    receipt::issue(tx, ctx, &claim)
}

fn keep(tx: &mut Tx, shelved: &Shelved) -> Result<(), Refusal> {
    match &shelved.body {
        Body::Held(sealed) => Ok(bodies::insert_held(tx, shelved.id, sealed)?),
        Body::File(received) => {
            let kept = files::record(tx, received)?;
            Ok(bodies::insert_file(tx, shelved.id, kept.id)?)
        }
    }
}

fn row<'n>(ctx: &Ctx, (packet, from_key): (&'n Packet, &'n str), one: &Recipient) -> New<'n> {
    let at = packet.accepted_at;
    let (transport, description) = match one.withheld {
        true => (TransportStatus::Done, "withheld"),
        false => (TransportStatus::Initial, ""),
    };
    New {
        delivery: Delivery {
            id: DeliveryId(ctx.ids.next()),
            packet: packet.id,
            to_code: one.party.code.clone(),
            to_name: one.party.name().to_owned(),
            to_unit: one.party.id(),
            route: one.way.route,
            link: one.way.link,
            transport,
            transport_at: at,
            description: description.to_owned(),
            attempts: 0,
            next_at: (one.way.route == Route::Link && !one.withheld).then_some(at),
            standing: Standing::default(),
            standing_at: None,
            asked_at: None,
            recalled_at: one.withheld.then_some(at),
            receipt: None,
            accepted_at: at,
            version: 1,
        },
        kind: packet.kind,
        from_key,
        document_id: &packet.document_id,
        business: &packet.business,
        to_key: one.party.key.clone(),
        turn: one.turn,
    }
}

/// One station for the packet; its deliveries say themselves where they go, but for those that go
/// nowhere: they are on the work list, too.
fn trace(tx: &mut Tx, ctx: &Ctx, packet: &Packet, rows: &[New<'_>]) -> Result<(), StoreError> {
    let accepted = event(ctx, packet, (None, What::Accepted));
    let mut all = vec![Event { by: packet.sent_by_name.clone(), ..accepted }];
    for New { delivery, .. } in rows.iter().filter(|row| row.delivery.route == Route::Nowhere) {
        let stranded = event(ctx, packet, (Some(delivery.id), What::Stranded));
        all.push(Event { detail: delivery.to_code.clone(), ..stranded });
        let about = (Some(packet.id), Some(delivery.id));
        work::put(tx, ctx, TaskKind::Stranded, about, &delivery.to_code)?;
    }
    events::put(tx, &all)
}

fn tell(
    tx: &mut Tx,
    ctx: &Ctx,
    recipients: &[Recipient],
    rows: &[New<'_>],
) -> Result<(), StoreError> {
    for (one, row) in recipients.iter().zip(rows).filter(|(one, _)| !one.withheld) {
        if let Some(told) = &one.way.told {
            routing::tell(tx, ctx, told, row.delivery.id)?;
        }
    }
    Ok(())
}

fn note(
    tx: &mut Tx,
    ctx: &Ctx,
    sender: &Sender,
    (packet, recipients): (&Packet, &[Recipient]),
) -> Result<(), StoreError> {
    let to: Vec<&str> = recipients.iter().map(|one| one.party.code.as_str()).collect();
    sender.scribe(ctx).note_over(
        tx,
        packet.from_unit.map(UnitId),
        ("axis.accept", format!("packet:{}", packet.id)),
        json!({
            "from": packet.from_code,
            "to": to,
            "document": packet.document_id,
            "business": packet.business,
            "sha256": packet.sha256,
            "bytes": packet.size_bytes,
        }),
    )
}

/// Per agency, hour and type.
fn count(tx: &mut Tx, packet: &Packet) -> Result<(), StoreError> {
    let hour = hour_of(packet.accepted_at);
    let dimensions = [
        ("agency", packet.from_code.as_str()),
        ("hour", hour.as_str()),
        ("type", packet.business.as_str()),
    ];
    figures::add(tx, "axis.accepted", &dimensions, packet.accepted_at, 1)
}

/// `09`: the hour in Viet Nam.
pub(crate) fn hour_of(at: Timestamp) -> String {
    format!("{:02}", local(at).hour())
}

/// The head of a packet as it is kept; the receipt is put in when it is written.
pub(crate) fn head(ctx: &Ctx, sender: &Sender, (shelved, from): (&Shelved, &Party)) -> Packet {
    let summary = Arc::clone(&shelved.summary);
    Packet {
        id: shelved.id,
        kind: summary.kind(),
        origin: sender.origin(),
        from_code: from.code.clone(),
        from_name: summary.packet.from().organ_name.clone(),
        from_unit: from.id(),
        document_id: String::new(),
        business: String::new(),
        status_code: None,
        about_code: None,
        number: String::new(),
        notation: String::new(),
        type_name: String::new(),
        subject: String::new(),
        urgency: String::new(),
        paper: None,
        reason: String::new(),
        sha256: shelved.sha256.clone(),
        size_bytes: shelved.size_bytes,
        attachments: summary.attachments,
        signature: shelved.signature,
        accepted_at: ctx.clock.now(),
        sent_by_name: sender.name().to_owned(),
        receipt: String::new(),
    }
}

/// The packet that what is written down belongs to.
pub(crate) fn packet_of(tx: &mut Tx, id: PacketId) -> Result<Packet, Refusal> {
    packets::by_id(tx, id)?.ok_or(Refusal::Nothing)
}
