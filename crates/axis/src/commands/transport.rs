//! Whether a recipient has a packet.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6, art. 9

use identity::Scribe;
use jiff::Timestamp;
use organisations::UnitId;
use platform::Ctx;
use platform::store::Tx;
use serde_json::json;
use wire::vxp::TransportStatus;

use super::batch::Batch;
use super::work;
use super::writing::{event, hour_of, packet_of};
use crate::delivery::{Delivery, DeliveryId};
use crate::packet::Packet;
use crate::receipt::{Claim, ClaimKind};
use crate::refusal::Refusal;
use crate::store::{deliveries, tasks};
use crate::trace::{Event, What};
use crate::work::TaskKind;

/// What a recipient's system says about the transport.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub status: TransportStatus,
    pub description: String,
    /// The name of the system, of the link, or of whoever is at work.
    pub by: String,
}

/// Longer descriptions are cut.
const DESCRIPTION_LETTERS_MAX: usize = 1_000;

/// The desk has stored it. [`Refusal::Recalled`] when the sender was faster.
pub fn take(tx: &mut Tx, ctx: &Ctx, delivery: DeliveryId) -> Result<(), Refusal> {
    let by = "lienthong".to_owned();
    let word = Word { status: TransportStatus::Done, description: String::new(), by };
    update_transport(tx, ctx, delivery, &word)
}

/// What a recipient says. `done` is the end: what comes later changes nothing. What failed is put
/// on the work list, and may still be fetched.
pub fn update_transport(
    tx: &mut Tx,
    ctx: &Ctx,
    delivery: DeliveryId,
    word: &Word,
) -> Result<(), Refusal> {
    let one = deliveries::by_id(tx, delivery)?.ok_or(Refusal::Nothing)?;
    Batch::around(tx, |tx, batch| take_word(tx, ctx, batch, (&[one], word)))
}

/// The bytes begin to go out: whoever calls the document back from now on has to ask. Said before
/// the first of them leaves, so that none leaves after a recall.
pub(super) fn handing_over(tx: &mut Tx, ctx: &Ctx, one: &Delivery) -> Result<(), Refusal> {
    match (one.recalled_at, one.transport) {
        (Some(_), _) => Err(Refusal::Recalled),
        (None, TransportStatus::Initial) => {
            let begun = (TransportStatus::Processing, ctx.clock.now());
            Ok(deliveries::set_transport(tx, one, begun, ("", None))?)
        }
        (None, _) => Ok(()),
    }
}

/// The bytes were handed over to their end: the receipt says so, once.
pub(super) fn fetched(
    tx: &mut Tx,
    ctx: &Ctx,
    batch: &mut Batch,
    (one, by): (&Delivery, &str),
) -> Result<(), Refusal> {
    if one.receipt.is_some() {
        return Ok(());
    }
    let status = match one.transport {
        TransportStatus::Initial => TransportStatus::Processing,
        later => later,
    };
    let (packet, now) = (packet_of(tx, one.packet)?, ctx.clock.now());
    let receipt = batch.receipt(tx, ctx, &claim(ctx, (&packet, one), now))?;
    let said = (one.description.as_str(), Some(receipt.as_str()));
    deliveries::set_transport(tx, one, (status, now), said)?;
    let (description, by) = (String::new(), by.to_owned());
    let word = Word { status: TransportStatus::Processing, description, by };
    follow(tx, ctx, batch, (&packet, one, &word))
}

/// The same word about all that one name means to its system, as it was just read; refused before
/// anything of it is written.
pub(super) fn take_word(
    tx: &mut Tx,
    ctx: &Ctx,
    batch: &mut Batch,
    (all, word): (&[Delivery], &Word),
) -> Result<(), Refusal> {
    let mut changed = Vec::with_capacity(all.len());
    for one in all {
        if changes(one, word)? {
            changed.push(one);
        }
    }
    changed.into_iter().try_for_each(|one| write_word(tx, ctx, batch, (one, word)))
}

fn changes(one: &Delivery, word: &Word) -> Result<bool, Refusal> {
    if one.recalled_at.is_some() {
        return Err(Refusal::Recalled);
    }
    match (one.transport, word.status) {
        (TransportStatus::Done, TransportStatus::Done) => Ok(false),
        (TransportStatus::Done, _) => Err(Refusal::DoneAlready),
        // Nothing is unfetched again; and the same twice is once.
        (before, now) if before == now && word.description == one.description => Ok(false),
        (_, TransportStatus::Initial) => Ok(false),
        _ => Ok(true),
    }
}

fn write_word(
    tx: &mut Tx,
    ctx: &Ctx,
    batch: &mut Batch,
    (one, word): (&Delivery, &Word),
) -> Result<(), Refusal> {
    let (packet, now) = (packet_of(tx, one.packet)?, ctx.clock.now());
    let receipt = match word.status {
        TransportStatus::Processing | TransportStatus::Done if one.receipt.is_none() => {
            Some(batch.receipt(tx, ctx, &claim(ctx, (&packet, one), now))?)
        }
        _ => None,
    };
    let letters = word.description.chars().filter(|letter| !letter.is_control());
    let description: String = letters.take(DESCRIPTION_LETTERS_MAX).collect();
    let said = (description.as_str(), receipt.as_deref());
    deliveries::set_transport(tx, one, (word.status, now), said)?;
    follow(tx, ctx, batch, (&packet, one, word))
}

/// Trace, work list, audit and figures.
fn follow(
    tx: &mut Tx,
    ctx: &Ctx,
    batch: &mut Batch,
    (packet, one, word): (&Packet, &Delivery, &Word),
) -> Result<(), Refusal> {
    let now = ctx.clock.now();
    let what = match word.status {
        TransportStatus::Done => What::Done,
        TransportStatus::Fail => What::Failed,
        TransportStatus::Processing | TransportStatus::Initial => What::Fetched,
    };
    let station = event(ctx, packet, (Some(one.id), what));
    let (by, detail) = (word.by.clone(), word.description.clone());
    batch.events.push(Event { by, detail, ..station });
    if word.status == TransportStatus::Fail {
        let about = (Some(packet.id), Some(one.id));
        work::put(tx, ctx, TaskKind::Failed, about, &word.description)?;
    }
    if word.status == TransportStatus::Done {
        tasks::settle_of(tx, one.id, (now, &word.by))?;
        delivered(batch, one, now);
    }
    let detail = json!({ "status": word.status.code(), "packet": packet.id.0 });
    let about = ("axis.transport", format!("delivery:{}", one.id));
    let scribe = Scribe::named(ctx, None, &word.by);
    batch.acts.push(scribe.act_over(one.to_unit.map(UnitId), about, detail));
    Ok(())
}

/// Per agency, hour and how long it took.
fn delivered(batch: &mut Batch, one: &Delivery, now: Timestamp) {
    let seconds = now.duration_since(one.accepted_at).as_secs().max(0);
    let (agency, hour) = (("agency", &*one.to_code), hour_of(now));
    let counted = [agency, ("hour", &*hour), ("delay", delay(seconds))];
    batch.add("axis.delivered", &counted, now, 1);
    batch.add("axis.delay-seconds", &[agency], now, seconds);
}

/// In which class of delay it falls.
fn delay(seconds: i64) -> &'static str {
    match seconds {
        ..60 => "1-minute",
        60..300 => "5-minutes",
        300..3_600 => "1-hour",
        3_600..86_400 => "1-day",
        _ => "longer",
    }
}

fn claim(ctx: &Ctx, (packet, one): (&Packet, &Delivery), at: Timestamp) -> Claim {
    Claim {
        kind: ClaimKind::Delivered,
        doc_id: one.id.0,
        from: packet.from_code.clone(),
        to: vec![one.to_code.clone()],
        document_id: packet.document_id.clone(),
        sha256: packet.sha256.clone(),
        size_bytes: packet.size_bytes,
        at,
        axis: ctx.settings.public_address.clone(),
    }
}
