//! What a person does about the work list: sends again, sends to whoever follows the receiver, or
//! closes it. And what puts things on it that are no single delivery's.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 7

use identity::Scribe;
use platform::Ctx;
use platform::clock::local;
use platform::figures;
use platform::store::{StoreError, Tx};
use serde_json::json;
use uuid::Uuid;
use wire::vxp::TransportStatus;

use super::{rerouting, routing, webhooks};
use crate::delivery::{Delivery, DeliveryId, Route};
use crate::party;
use crate::refusal::Refusal;
use crate::store::settling::{self as store, Piece, Settled};
use crate::store::{deliveries, desks, events, links};
use crate::trace::{Event, What};
use crate::watch_fault::WatchFault;
use crate::work::TaskKind;

/// In the audit: what nobody did.
pub(crate) const PROGRAM: &str = "lienthong";
pub const NOTE_LETTERS_MAX: usize = 500;
/// The gauge for the badge in the navigation: how many wait for a person.
pub const OPEN_FIGURE: &str = "axis.tasks";

/// On the list, unless it is there already.
pub(crate) fn open_once(
    tx: &mut Tx,
    scribe: &Scribe,
    (kind, subject): (TaskKind, &str),
    detail: &str,
) -> Result<(), StoreError> {
    let id = scribe.ids.next();
    if store::open_once(tx, (id, kind), (scribe.now, subject), detail)? {
        let told = ("axis.open-task", format!("task:{id}"));
        scribe.note_over(tx, None, told, json!({ "kind": kind.code(), "subject": subject }))?;
        count_again(tx, scribe)?;
    }
    Ok(())
}

/// What was wrong with it is right again.
pub(crate) fn pass(tx: &mut Tx, scribe: &Scribe, subject: &str) -> Result<(), StoreError> {
    if store::pass(tx, subject, (scribe.now, &scribe.name))? > 0 {
        let told = ("axis.settle", subject.to_owned());
        scribe.note_over(tx, None, told, json!({ "how": "passed" }))?;
        count_again(tx, scribe)?;
    }
    Ok(())
}

/// The badge follows the list.
pub(crate) fn count_again(tx: &mut Tx, scribe: &Scribe) -> Result<i64, StoreError> {
    let count = store::open_count(tx)?;
    figures::set(tx, OPEN_FIGURE, &[], scribe.now, count)?;
    Ok(count)
}

/// Tries once more, from the beginning.
pub async fn resend(ctx: &Ctx, scribe: &Scribe, (task, note): (Uuid, &str)) -> Result<(), Refusal> {
    let note = written(note, false)?;
    let (ctx_of, scribe) = (ctx.clone(), scribe.clone());
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            let done = settled(&scribe, ("resent", &note));
            let piece = claim(tx, task, done)?;
            match (piece.delivery, piece.kind) {
                (Some(id), _) => {
                    let delivery = delivery(tx, id)?;
                    send_again(tx, &ctx_of, &scribe, &delivery)?;
                }
                (None, TaskKind::WebhookDead) => {
                    let system = piece.subject.trim_start_matches("system:");
                    webhooks::resume(tx, &scribe, system)?;
                }
                (None, _) => return Err(WatchFault::NotResendable.into()),
            }
            settle(tx, &scribe, &piece, done)
        })
        .await
}

/// Goes to another recipient in the place of this one: the agency that has its work now.
pub async fn redirect(
    ctx: &Ctx,
    scribe: &Scribe,
    (task, note): (Uuid, &str),
    code: &str,
) -> Result<(), Refusal> {
    let (note, code) = (written(note, false)?, code.trim().to_owned());
    let (ctx_of, scribe) = (ctx.clone(), scribe.clone());
    let redirected = ctx.store.write::<_, Refusal, _>(move |tx| {
        let note = format!("{code}. {note}");
        let done = settled(&scribe, ("redirected", &note));
        let piece = claim(tx, task, done)?;
        let id = piece.delivery.ok_or(WatchFault::NotResendable)?;
        let delivery = delivery(tx, id)?;
        readdress(tx, &ctx_of, &scribe, (&delivery, &code))?;
        settle(tx, &scribe, &piece, done)
    });
    match redirected.await {
        // It was sent there, too, from the first.
        Err(Refusal::Store(StoreError::Conflict { .. })) => Err(WatchFault::SameReceiver.into()),
        redirected => redirected,
    }
}

/// Nothing more is done. The sender is told of what was on its way to nobody.
pub async fn close(ctx: &Ctx, scribe: &Scribe, (task, note): (Uuid, &str)) -> Result<(), Refusal> {
    let note = written(note, true)?;
    let (ctx_of, scribe) = (ctx.clone(), scribe.clone());
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            let done = settled(&scribe, ("closed", &note));
            let piece = claim(tx, task, done)?;
            if let Some(id) = piece.delivery {
                let delivery = delivery(tx, id)?;
                if delivery.route == Route::Nowhere && delivery.is_waiting() {
                    give_up(tx, &ctx_of, &scribe, (&delivery, &note))?;
                }
            }
            settle(tx, &scribe, &piece, done)
        })
        .await
}

fn written(note: &str, is_needed: bool) -> Result<String, Refusal> {
    let note = note.trim();
    let is_short = note.chars().count() <= NOTE_LETTERS_MAX;
    match is_short && !(is_needed && note.is_empty()) {
        true => Ok(note.to_owned()),
        false => Err(WatchFault::Note.into()),
    }
}

/// By whom and now; what is done about it, and what they wrote.
fn settled<'a>(scribe: &'a Scribe, (how, note): (&'a str, &'a str)) -> Settled<'a> {
    Settled { at: scribe.now, by: &scribe.name, how, note }
}

/// Before anything is done about it: of two who come at once one has it, the other hears so.
fn claim(tx: &mut Tx, task: Uuid, done: Settled<'_>) -> Result<Piece, Refusal> {
    let is_ours = store::settle(tx, task, done)?;
    let piece = store::one(tx, task)?.ok_or(Refusal::Nothing)?;
    match is_ours {
        true => Ok(piece),
        false => Err(WatchFault::SettledAlready.into()),
    }
}

fn delivery(tx: &mut Tx, id: Uuid) -> Result<Delivery, Refusal> {
    deliveries::by_id(tx, DeliveryId(id))?.ok_or(Refusal::Nothing)
}

/// And with it all that stands on the list about the same delivery.
fn settle(tx: &mut Tx, scribe: &Scribe, piece: &Piece, done: Settled<'_>) -> Result<(), Refusal> {
    if let Some(delivery) = piece.delivery {
        store::settle_of(tx, delivery, done)?;
    }
    count_again(tx, scribe)?;
    let detail = json!({
        "kind": piece.kind.code(), "how": done.how, "note": done.note,
        "delivery": piece.delivery,
    });
    let told = ("axis.settle", format!("task:{}", piece.id));
    Ok(scribe.note_over(tx, None, told, detail)?)
}

/// The way that it has is gone anew; what had none is given one, if there is one now.
fn send_again(tx: &mut Tx, ctx: &Ctx, scribe: &Scribe, delivery: &Delivery) -> Result<(), Refusal> {
    let is_over = delivery.recalled_at.is_some() || delivery.transport == TransportStatus::Done;
    if is_over {
        return Err(WatchFault::NotResendable.into());
    }
    if delivery.route == Route::Nowhere {
        return match rerouting::one(tx, ctx, scribe, delivery.id)? {
            true => Ok(()),
            false => Err(WatchFault::NoWayYet.into()),
        };
    }
    if let Some(link) = delivery.link
        && !links::one(tx, link)?.is_some_and(|link| link.is_in_use())
    {
        return elsewhere(tx, ctx, scribe, delivery);
    }
    from_the_beginning(tx, scribe, (delivery, What::Again))?;
    match delivery.route {
        Route::Mailbox => Ok(webhooks::queue(tx, delivery.packet)?),
        Route::Desk => {
            let Some(unit) = delivery.to_unit else { return Ok(()) };
            match desks::told(tx, unit)? {
                Some(told) => Ok(routing::tell(tx, ctx, &told, delivery.id)?),
                None => Ok(()),
            }
        }
        Route::Link | Route::Nowhere => Ok(()),
    }
}

/// Its link is used no more.
fn elsewhere(tx: &mut Tx, ctx: &Ctx, scribe: &Scribe, delivery: &Delivery) -> Result<(), Refusal> {
    let party = party::of(tx, &delivery.to_code)?;
    let came_by = routing::came_by(tx, delivery)?;
    let way = routing::way_to(tx, (&party, local(scribe.now).date()), came_by)?;
    if way.route == Route::Nowhere {
        return Err(WatchFault::NoWayYet.into());
    }
    from_the_beginning(tx, scribe, (delivery, What::Again))?;
    let begun = self::delivery(tx, delivery.id.0)?;
    routing::move_to(tx, ctx, (&begun, party.id()), &way)
}

fn from_the_beginning(
    tx: &mut Tx,
    scribe: &Scribe,
    (delivery, what): (&Delivery, What),
) -> Result<(), Refusal> {
    let next_at = (delivery.route == Route::Link).then_some(scribe.now);
    let initial = (TransportStatus::Initial, scribe.now, "");
    deliveries::set_try(tx, delivery, initial, (0, next_at))?;
    note(tx, scribe, (delivery, what), "")
}

fn readdress(
    tx: &mut Tx,
    ctx: &Ctx,
    scribe: &Scribe,
    (delivery, code): (&Delivery, &str),
) -> Result<(), Refusal> {
    let is_over = delivery.recalled_at.is_some() || delivery.transport == TransportStatus::Done;
    if is_over {
        return Err(WatchFault::NotResendable.into());
    }
    let to = party::of(tx, code)?;
    let before = party::of(tx, &delivery.to_code)?;
    if to.key == before.key {
        return Err(WatchFault::SameReceiver.into());
    }
    let today = local(scribe.now).date();
    let way = routing::way_to(tx, (&to, today), None)?;
    if way.route == Route::Nowhere || to.is_closed(today) {
        return Err(WatchFault::Successor.into());
    }
    let (addressed, named) = ((to.key.as_str(), to.code.as_str()), (to.name(), to.id()));
    if !store::readdress(tx, delivery, addressed, named)? {
        return Err(WatchFault::SettledAlready.into());
    }
    let written = format!("{} → {}", delivery.to_code, to.code);
    note(tx, scribe, (delivery, What::Routed), &written)?;
    let moved = self::delivery(tx, delivery.id.0)?;
    let next_at = (way.route == Route::Link).then_some(scribe.now);
    let initial = (TransportStatus::Initial, scribe.now, "");
    deliveries::set_try(tx, &moved, initial, (0, next_at))?;
    let moved = self::delivery(tx, delivery.id.0)?;
    routing::move_to(tx, ctx, (&moved, to.id()), &way)
}

/// The sender sees that it did not arrive, and why.
fn give_up(
    tx: &mut Tx,
    ctx: &Ctx,
    scribe: &Scribe,
    (delivery, reason): (&Delivery, &str),
) -> Result<(), Refusal> {
    let status = (TransportStatus::Fail, ctx.clock.now());
    deliveries::set_transport(tx, delivery, status, (reason, None))?;
    note(tx, scribe, (delivery, What::Failed), reason)
}

fn note(
    tx: &mut Tx,
    scribe: &Scribe,
    (delivery, what): (&Delivery, What),
    detail: &str,
) -> Result<(), Refusal> {
    let event = Event {
        id: scribe.ids.next(),
        packet: delivery.packet,
        delivery: Some(delivery.id),
        at: scribe.now,
        what,
        by: scribe.name.clone(),
        detail: detail.to_owned(),
        sha256: String::new(),
    };
    Ok(events::put(tx, &[event])?)
}
