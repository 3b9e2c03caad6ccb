//! What the axis brought: told by a job, read, kept and acknowledged (01) in one unit of work.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 21
//! Law: QĐ 28/2018/QĐ-TTg art. 9

use axis::commands::Word;
use axis::{Arrived, Delivery, DeliveryId, Kind, Packet as AxisPacket, TransportStatus};
use organisations::UnitId;
use platform::Ctx;
use platform::files;
use platform::store::Tx;
use serde_json::{Value, json};
use wire::edxml::{Document, Packet, Reading, StatusCode};

use super::unpacking::{self, Unpacked};
use super::{asking, object_of, statuses};
use crate::change::{Wish, wish};
use crate::document::IncomingId;
use crate::errands;
use crate::fault::Fault;
use crate::hand::Hand;
use crate::incoming::{Incoming, Said, Source, State};
use crate::refusal::Refusal;
use crate::store::{changes, incoming};

/// A delivery to an office here, and its packet.
pub(crate) struct Brought {
    pub delivery: Delivery,
    pub packet: AxisPacket,
    pub unit: UnitId,
    /// By which codes the sender may mean this office.
    pub codes: Vec<String>,
}

/// The job of a desk. Safe to repeat: what was written down is not written again.
pub async fn arrived(ctx: &Ctx, told: Arrived) -> Result<(), Refusal> {
    let found = ctx.store.read(move |tx| brought(tx, DeliveryId(told.delivery))).await?;
    let Some(brought) = found else { return Ok(()) };
    let reading = unpacking::reading(ctx, brought.packet.id).await?;
    match (&reading.packet, brought.packet.kind) {
        (Packet::Status(_), Kind::Status) => asking::status(ctx, brought, reading).await,
        (Packet::Document(document), Kind::Document) => {
            let document = document.clone();
            document_arrived(ctx, brought, (*document, reading)).await
        }
        _ => Err(Fault::Unreadable.into()),
    }
}

/// It cannot be taken in: the axis has it on its work list from now on, and its sender may know.
pub(crate) async fn failed(ctx: &Ctx, told: Arrived, why: &str) -> Result<(), Refusal> {
    let house = ctx.clone();
    let word = Word {
        status: TransportStatus::Fail,
        description: why.to_owned(),
        by: "lienthong".to_owned(),
    };
    let done = ctx.store.write(move |tx| {
        let delivery = DeliveryId(told.delivery);
        axis::commands::update_transport(tx, &house, delivery, &word)
    });
    Ok(done.await?)
}

/// None when there is nothing to do any more: it was called back before it was fetched.
fn brought(tx: &mut Tx, id: DeliveryId) -> Result<Option<Brought>, Refusal> {
    let delivery = axis::queries::delivery(tx, id)?.ok_or(Refusal::Nothing)?;
    let packet = axis::queries::packet(tx, delivery.packet)?.ok_or(Refusal::Nothing)?;
    let Some(unit) = delivery.to_unit.map(UnitId) else { return Err(Refusal::Nothing) };
    if delivery.recalled_at.is_some() {
        return Ok(None);
    }
    let mut codes = vec![delivery.to_code.clone()];
    if let Some(unit) = organisations::queries::unit(tx, unit)? {
        codes.push(unit.code.as_str().to_owned());
    }
    Ok(Some(Brought { delivery, packet, unit, codes }))
}

async fn document_arrived(
    ctx: &Ctx,
    brought: Brought,
    (document, reading): (Document, Reading),
) -> Result<(), Refusal> {
    match wish(&document, &brought.codes) {
        Wish::Recall(named) => asking::recall(ctx, brought, (document, reading), named).await,
        Wish::Update(named) => asking::update(ctx, brought, (document, reading), named).await,
        Wish::New => new(ctx, brought, (document, reading), Vec::new()).await,
        Wish::Replace(old) => new(ctx, brought, (document, reading), old).await,
    }
}

async fn new(
    ctx: &Ctx,
    brought: Brought,
    (document, reading): (Document, Reading),
    replaces: Vec<String>,
) -> Result<(), Refusal> {
    let delivery = brought.delivery.id;
    let known = move |tx: &mut Tx| incoming::by_delivery(tx, delivery.0);
    let done = ctx.store.read(known).await?.is_some();
    let gone = unpacking::missing(&reading);
    let remarks = reading.remarks.iter().map(|one| format!("{}: {}", one.field, one.kind));
    let said = Said::of(&document, remarks.collect());
    let kept = match done {
        true => Vec::new(),
        false => unpacking::attachments(ctx, brought.packet.id, reading, brought.unit).await?,
    };
    let (house, id) = (ctx.clone(), IncomingId(ctx.ids.next()));
    ctx.store
        .write(move |tx| {
            let hand = Hand::program(&house);
            let mut one = fresh(id, &brought, &said, &hand);
            if incoming::insert(tx, &one)? {
                keep_files(tx, &house, (&one, 1), (&kept, &gone))?;
                mark_replaced(tx, &hand, &one, &brought, &replaces)?;
                let told = "Văn bản đã đến";
                statuses::tell(tx, &house, &hand, &mut one, (StatusCode::Arrived, told))?;
                super::save(tx, &mut one)?;
                let detail = json!({ "from": one.from_code, "document": one.document_id,
                    "sha256": one.packet_sha256, "files": kept.len() });
                hand.record_of(tx, &one, ("arrived", "office.arrive"), ("", detail))?;
                errands::judge(tx, &house, one.id)?;
                errands::tell_clerks(tx, &house, &one)?;
            }
            Ok(axis::commands::take(tx, &house, brought.delivery.id)?)
        })
        .await
}

fn fresh(id: IncomingId, brought: &Brought, said: &Said, hand: &Hand) -> Incoming {
    let packet = &brought.packet;
    Incoming {
        delivery: Some(brought.delivery.id.0),
        packet: Some(packet.id.0),
        packet_sha256: packet.sha256.clone(),
        signature: packet.signature.code().to_owned(),
        from_unit: packet.from_unit,
        ..blank(id, (brought.unit, Source::Axis), said.clone(), hand)
    }
}

/// A document that has just come.
pub(crate) fn blank(
    id: IncomingId,
    (unit, source): (UnitId, Source),
    said: Said,
    hand: &Hand,
) -> Incoming {
    Incoming {
        id,
        unit,
        source,
        delivery: None,
        packet: None,
        packet_sha256: String::new(),
        signature: String::new(),
        from_code: said.from_code,
        from_unit: None,
        from_name: said.from_name,
        document_id: said.document_id,
        number: said.number,
        notation: said.notation,
        issued_on: said.issued_on,
        issued_text: said.issued_text,
        type_name: said.type_name,
        subject: said.subject,
        signer: said.signer,
        urgency: said.urgency,
        express_at: said.express_at,
        pages: said.pages,
        more: said.more,
        state: State::Arrived,
        is_frozen: false,
        edition: 1,
        arrived_at: hand.scribe.now,
        book: None,
        ordinal: None,
        suffix: None,
        registered_on: None,
        registered_at: None,
        registered_by: None,
        leader: None,
        leader_name: None,
        due_on: None,
        ended_at: None,
        ended_note: String::new(),
        reply: None,
        reply_text: String::new(),
        replaced_by: None,
        told: String::new(),
        told_fault: String::new(),
        owed: String::new(),
        version: 1,
    }
}

/// The rows of an edition's files, of what was announced and did not come, too.
pub(crate) fn keep_files(
    tx: &mut Tx,
    ctx: &Ctx,
    (one, edition): (&Incoming, i64),
    (kept, gone): (&[Unpacked], &[String]),
) -> Result<(), Refusal> {
    let mut ordinal = 0;
    for unpacked in kept {
        ordinal += 1;
        if let Some(received) = &unpacked.received {
            files::record(tx, received)?;
        }
        let place = (one.id, edition, ordinal);
        incoming::insert_file(tx, &unpacking::row(ctx.ids.next(), place, unpacked))?;
    }
    for name in gone {
        ordinal += 1;
        let place = (one.id, edition, ordinal);
        incoming::insert_file(tx, &unpacking::missing_row(ctx.ids.next(), place, name))?;
    }
    Ok(())
}

/// The documents that this one replaces bear the mark of it; one that nobody knows is for a clerk.
fn mark_replaced(
    tx: &mut Tx,
    hand: &Hand,
    new: &Incoming,
    brought: &Brought,
    replaces: &[String],
) -> Result<(), Refusal> {
    let mut unknown = Vec::new();
    for document_id in replaces {
        let key = (new.sender(), document_id.as_str());
        match incoming::by_document(tx, new.unit, key)?.filter(|old| old.id != new.id) {
            Some(mut old) => {
                old.replaced_by = Some(new.id);
                super::save(tx, &mut old)?;
                let detail = json!({ "by": object_of(new.id) });
                let what = ("replaced", "office.replace-incoming");
                hand.record_of(tx, &old, what, (&new.code(), detail))?;
            }
            None => unknown.push(document_id.clone()),
        }
    }
    if !unknown.is_empty() {
        let change = asking::replacement(hand, brought, &unknown);
        changes::insert(tx, &change)?;
        let detail: Value = json!({ "named": unknown });
        let what = ("parked", "office.park-change");
        hand.record_of(tx, new, what, (&unknown.join("; "), detail))?;
    }
    Ok(())
}
