//! The rows of an accepted packet.

use std::sync::Arc;

use jiff::Timestamp;
use organisations::UnitId;
use platform::Ctx;
use platform::audit::Act;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use serde_json::json;
use wire::vxp::TransportStatus;

use super::accepting::Accepted;
use super::batch::Batch;
use super::routing::{self, Way};
use super::sender::Sender;
use super::work;
use crate::delivery::{Delivery, DeliveryId, Route};
use crate::packet::{Packet, PacketId};
use crate::party::Party;
use crate::receipt::{Claim, ClaimKind};
use crate::refusal::Refusal;
use crate::shelf::Shelved;
use crate::standing::Standing;
use crate::store::deliveries::{Earlier, New};
use crate::store::packets;
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

pub(crate) fn write(
    tx: &mut Tx,
    ctx: &Ctx,
    batch: &mut Batch,
    draft: Draft<'_>,
) -> Result<Accepted, Refusal> {
    let Draft { sender, shelved, from, mut packet, recipients, earlier } = draft;
    packet.receipt = batch.receipt(tx, ctx, &claim(ctx, &packet, &recipients))?;
    batch.keep(tx, shelved)?;
    let rows: Vec<New> = recipients.iter().map(|one| row(ctx, (&packet, &from.key), one)).collect();
    trace(tx, ctx, batch, (&packet, &rows))?;
    tell(tx, ctx, &recipients, &rows)?;
    if recipients.iter().any(|one| one.way.is_heard) {
        batch.heard.push(packet.id);
    }
    batch.acts.push(act(ctx, sender, (&packet, &recipients)));
    let hour = hour_of(packet.accepted_at);
    let counted = [("agency", &*packet.from_code), ("hour", &*hour), ("type", &*packet.business)];
    batch.add("axis.accepted", &counted, packet.accepted_at, 1);
    let stranded = recipients.iter().filter(|one| one.is_stranded());
    let accepted = Accepted {
        packet: packet.id,
        repeated: false,
        deliveries: earlier.into_iter().chain(rows.iter().map(|row| row.delivery.id)).collect(),
        stranded: stranded.map(|one| one.party.code.clone()).collect(),
        receipt: packet.receipt.clone(),
    };
    batch.deliveries.extend(rows);
    batch.packets.push((packet, from.key.clone()));
    Ok(accepted)
}

/// It has come before: the packet of then is the answer, and the trace says that it came again.
pub(crate) fn repeated(
    tx: &mut Tx,
    ctx: &Ctx,
    batch: &mut Batch,
    (sender, earlier): (&Sender, &[Earlier]),
) -> Result<Accepted, Refusal> {
    let first = earlier.first().ok_or(StoreError::NotFound)?.packet;
    let packet = packets::by_id(tx, first)?.ok_or(StoreError::NotFound)?;
    let again = event(ctx, &packet, (None, What::Repeated));
    batch.events.push(Event { by: sender.name().to_owned(), ..again });
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

fn claim(ctx: &Ctx, packet: &Packet, recipients: &[Recipient]) -> Claim {
    Claim {
        kind: ClaimKind::Accepted,
        doc_id: packet.id.0,
        from: packet.from_code.clone(),
        to: recipients.iter().map(|one| one.party.code.clone()).collect(),
        document_id: packet.document_id.clone(),
        sha256: packet.sha256.clone(),
        size_bytes: packet.size_bytes,
        at: packet.accepted_at,
        axis: ctx.settings.public_address.clone(),
    }
}

fn row(ctx: &Ctx, (packet, from_key): (&Packet, &str), one: &Recipient) -> New {
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
        from_key: from_key.to_owned(),
        document_id: packet.document_id.clone(),
        business: packet.business.clone(),
        to_key: one.party.key.clone(),
        turn: one.turn,
        behind: one.way.behind,
    }
}

/// One station for the packet; its deliveries say themselves where they go, but for those that go
/// nowhere: they are on the work list, too.
fn trace(
    tx: &mut Tx,
    ctx: &Ctx,
    batch: &mut Batch,
    (packet, rows): (&Packet, &[New]),
) -> Result<(), StoreError> {
    let accepted = event(ctx, packet, (None, What::Accepted));
    batch.events.push(Event { by: packet.sent_by_name.clone(), ..accepted });
    for New { delivery, .. } in rows.iter().filter(|row| row.delivery.is_stranded()) {
        let stranded = event(ctx, packet, (Some(delivery.id), What::Stranded));
        batch.events.push(Event { detail: delivery.to_code.clone(), ..stranded });
        let about = (Some(packet.id), Some(delivery.id));
        work::put(tx, ctx, TaskKind::Stranded, about, &delivery.to_code)?;
    }
    Ok(())
}

fn tell(tx: &mut Tx, ctx: &Ctx, recipients: &[Recipient], rows: &[New]) -> Result<(), StoreError> {
    for (one, row) in recipients.iter().zip(rows).filter(|(one, _)| !one.withheld) {
        if let Some(told) = &one.way.told {
            routing::tell(tx, ctx, told, row.delivery.id)?;
        }
    }
    Ok(())
}

fn act(ctx: &Ctx, sender: &Sender, (packet, recipients): (&Packet, &[Recipient])) -> Act {
    let to: Vec<&str> = recipients.iter().map(|one| one.party.code.as_str()).collect();
    sender.scribe(ctx).act_over(
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
