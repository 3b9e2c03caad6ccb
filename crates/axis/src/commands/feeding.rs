//! What waits for another axis: handed over packet by packet, with all its recipients there, in the
//! order of acceptance for each document. It is done when the other axis says so and gives it a
//! name, and not before; handed over twice, the other axis knows it by its bytes.

use std::collections::HashSet;

use identity::Scribe;
use jiff::Timestamp;
use platform::Ctx;
use platform::hex::from_hex;
use platform::store::{StoreError, Tx};
use serde_json::json;
use uuid::Uuid;
use wire::vxp::{MessageType, TransportStatus};

use super::linking::{Round, Stop, Visit};
use super::links::object;
use super::{Word, settling, work};
use crate::delivery::Delivery;
use crate::link::{Health, Link, pause_after};
use crate::packet::PacketId;
use crate::peer::{Parcel, PeerFault, Taken};
use crate::queries;
use crate::refusal::Refusal;
use crate::store::link_traffic::{self as store, Outgoing};
use crate::store::links::RoundEnd;
use crate::store::{deliveries, events, stranded};
use crate::trace::{Event, What};
use crate::work::TaskKind;

/// In the audit: whoever gives up after the last try.
const PROGRAM: &str = "lienthong";
/// Read at a time; what waits behind a held-up document is still come to.
const PAGE_ROWS: i64 = 1_000;

/// One packet and those of its recipients that are reached by the link.
struct Bundle {
    packet: PacketId,
    rows: Vec<Outgoing>,
}

/// Hands over all that is due.
pub(crate) async fn feed(visit: &Visit<'_>, round: &mut Round) -> Result<(), Stop> {
    let (mut after, mut held_up) = (Uuid::nil(), HashSet::new());
    loop {
        let bundles = page(visit, after).await?;
        let Some(last) = bundles.last() else { return Ok(()) };
        after = last.packet.0;
        for bundle in &bundles {
            let Some(first) = bundle.rows.first() else { continue };
            let document = first.document_id.clone();
            if held_up.contains(&document) {
                continue;
            }
            let now = visit.ctx.clock.now();
            let is_due = bundle.rows.iter().all(|row| row.next_at.is_none_or(|at| at <= now));
            if !is_due || !hand_over(visit, bundle, round).await? {
                held_up.insert(document);
            }
        }
    }
}

/// The next packets, each with all its rows.
async fn page(visit: &Visit<'_>, after: Uuid) -> Result<Vec<Bundle>, Stop> {
    let link = visit.link.id;
    let read = move |tx: &mut Tx| store::outgoing(tx, link, (after, PAGE_ROWS));
    let mut rows = visit.ctx.store.read::<_, StoreError, _>(read).await?;
    if rows.len() as i64 == PAGE_ROWS {
        // The last packet may have more rows than fitted; it is read again.
        let last = rows.last().map(|row| row.packet);
        if rows.first().map(|row| row.packet) != last {
            rows.retain(|row| Some(row.packet) != last);
        }
    }
    let mut bundles: Vec<Bundle> = Vec::new();
    for row in rows {
        match bundles.last_mut().filter(|bundle| bundle.packet == row.packet) {
            Some(bundle) => bundle.rows.push(row),
            None => bundles.push(Bundle { packet: row.packet, rows: vec![row] }),
        }
    }
    Ok(bundles)
}

/// False when it waits for another try, and what follows about its document has to wait, too.
async fn hand_over(visit: &Visit<'_>, bundle: &Bundle, round: &mut Round) -> Result<bool, Stop> {
    let Some(bundle) = begin(visit, bundle).await? else { return Ok(true) };
    match send(visit, &bundle).await {
        Ok(taken) => {
            round.sent += 1;
            note(visit, &bundle, Outcome::Taken(taken)).await
        }
        Err(Stop::Peer(fault)) if fault.is_of_link() => {
            note(visit, &bundle, Outcome::NotSent).await?;
            Err(fault.into())
        }
        Err(Stop::Peer(fault)) => {
            round.failed += 1;
            note(visit, &bundle, Outcome::of(&fault, bundle.attempts(), visit)).await
        }
        Err(stop) => Err(stop),
    }
}

/// From now on the other axis may have it: who calls it back has to ask there. Those that were
/// called back before are left out, and all when the link has ended meanwhile.
async fn begin(visit: &Visit<'_>, bundle: &Bundle) -> Result<Option<Bundle>, Stop> {
    let (rows, link, now) = (bundle.rows.clone(), visit.link.id, visit.ctx.clock.now());
    let unit = move |tx: &mut Tx| {
        let mut left = Vec::new();
        if !stranded::hold_link(tx, link)? {
            return Ok(left);
        }
        for row in &rows {
            let Some(delivery) = deliveries::by_id(tx, row.id)? else { continue };
            if delivery.is_waiting() && delivery.link == Some(link) {
                let begun = (TransportStatus::Processing, now, delivery.description.as_str());
                let tries = (delivery.attempts, delivery.next_at);
                deliveries::set_try(tx, &delivery, begun, tries)?;
                left.push(row.clone());
            }
        }
        Ok::<_, Refusal>(left)
    };
    let rows = visit.ctx.store.write(unit).await?;
    Ok((!rows.is_empty()).then_some(Bundle { packet: bundle.packet, rows }))
}

async fn send(visit: &Visit<'_>, bundle: &Bundle) -> Result<Taken, Stop> {
    let Some(first) = bundle.rows.first() else { return Err(Refusal::Nothing.into()) };
    let kind = first.kind.message_type();
    let theirs = |code: &str| visit.codes.theirs(code).to_owned();
    let mut to: Vec<String> = bundle.rows.iter().map(|row| theirs(&row.to_code)).collect();
    let says_itself = bundle.rows.iter().zip(&to).all(|(row, theirs)| row.to_code == *theirs);
    // The kit names no recipient of a status: it stands in it. Of a document, only those beyond the
    // link are meant.
    if kind == MessageType::Status && says_itself {
        to.clear();
    }
    let sha256 = from_hex::<32>(&first.sha256).ok_or(Refusal::Nothing)?;
    let content = queries::open(visit.ctx, bundle.packet).await?;
    let from = theirs(&first.from_code);
    let parcel = Parcel {
        kind,
        from: &from,
        to: &to,
        sha256: &sha256,
        size_bytes: u64::try_from(content.size_bytes).unwrap_or(0),
    };
    Ok(visit.peer.hand_over(&parcel, content.body, visit.ctx.clock.now()).await?)
}

/// How handing over ended.
#[derive(Clone)]
enum Outcome {
    Taken(Taken),
    /// The other axis has not seen it.
    NotSent,
    Again {
        reason: String,
        next_at: Timestamp,
    },
    GivenUp {
        reason: String,
    },
}

impl Outcome {
    fn of(fault: &PeerFault, attempts: i64, visit: &Visit<'_>) -> Outcome {
        let reason = fault.to_string();
        let pause = pause_after(attempts + 1).filter(|_| fault.may_go_later());
        match pause {
            Some(pause) => Outcome::Again { reason, next_at: visit.ctx.clock.now() + pause },
            None => Outcome::GivenUp { reason },
        }
    }
}

/// Writes down how it ended; false when it will be tried again.
async fn note(visit: &Visit<'_>, bundle: &Bundle, outcome: Outcome) -> Result<bool, Stop> {
    let settled = matches!(outcome, Outcome::Taken(_) | Outcome::GivenUp { .. });
    let (ctx, link, rows) = (visit.ctx.clone(), visit.link.clone(), bundle.rows.clone());
    let unit = move |tx: &mut Tx| {
        for row in &rows {
            let Some(delivery) = deliveries::by_id(tx, row.id)? else { continue };
            note_one(tx, &ctx, (&link, &delivery), &outcome)?;
        }
        Ok::<_, Refusal>(())
    };
    visit.ctx.store.write(unit).await?;
    Ok(settled)
}

fn note_one(
    tx: &mut Tx,
    ctx: &Ctx,
    (link, delivery): (&Link, &Delivery),
    outcome: &Outcome,
) -> Result<(), Refusal> {
    let (now, attempts) = (ctx.clock.now(), delivery.attempts + 1);
    match outcome {
        Outcome::Taken(taken) => {
            store::insert_sent(tx, (delivery.id.0, link.id), (&taken.doc_id, now))?;
            let detail = [taken.doc_id.as_str(), &taken.remark].join(" ");
            events::put(tx, &[event(ctx, (link, delivery), What::Forwarded, detail.trim())])?;
            if delivery.recalled_at.is_some() {
                return Ok(());
            }
            let (description, by) = (taken.remark.clone(), link.name.clone());
            let word = Word { status: TransportStatus::Done, description, by };
            super::update_transport(tx, ctx, delivery.id, &word)
        }
        Outcome::NotSent => {
            let before = (TransportStatus::Initial, now, delivery.description.as_str());
            let tries = (delivery.attempts, delivery.next_at);
            Ok(deliveries::set_try(tx, delivery, before, tries)?)
        }
        Outcome::Again { reason, next_at } => {
            let tried = (TransportStatus::Processing, now, reason.as_str());
            deliveries::set_try(tx, delivery, tried, (attempts, Some(*next_at)))?;
            Ok(events::put(tx, &[event(ctx, (link, delivery), What::Again, reason)])?)
        }
        Outcome::GivenUp { reason } => give_up(tx, ctx, (link, delivery), reason),
    }
}

/// For a person now.
pub(super) fn give_up(
    tx: &mut Tx,
    ctx: &Ctx,
    (link, delivery): (&Link, &Delivery),
    reason: &str,
) -> Result<(), Refusal> {
    let tried = (TransportStatus::Fail, ctx.clock.now(), reason);
    deliveries::set_try(tx, delivery, tried, (delivery.attempts + 1, None))?;
    events::put(tx, &[event(ctx, (link, delivery), What::Failed, reason)])?;
    let about = (Some(delivery.packet), Some(delivery.id));
    let detail = format!("{}: {} ({reason})", link.name, delivery.to_code);
    work::put(tx, ctx, TaskKind::LinkRefused, about, &detail)?;
    let scribe = Scribe::named(ctx, None, PROGRAM);
    let told = ("axis.give-up", format!("delivery:{}", delivery.id));
    let detail = json!({ "link": link.id, "to": delivery.to_code, "reason": reason });
    Ok(scribe.note_over(tx, None, told, detail)?)
}

/// Somebody is told once when a link has been in trouble for long, and it is off the list when the
/// trouble is over.
pub(crate) fn tell_trouble(
    tx: &mut Tx,
    ctx: &Ctx,
    (before, end): (&Link, &RoundEnd),
) -> Result<(), Refusal> {
    let after = Link { health: end.health, failures: end.failures, ..before.clone() };
    let (scribe, subject) = (Scribe::named(ctx, None, PROGRAM), object(before.id));
    if after.needs_a_person() && !before.needs_a_person() {
        let detail = format!("{}: {}", before.name, end.detail);
        settling::open_once(tx, &scribe, (TaskKind::LinkDown, &subject), &detail)?;
    }
    if end.health == Health::Well && before.health != Health::Well {
        settling::pass(tx, &scribe, &subject)?;
    }
    Ok(())
}

fn event(ctx: &Ctx, (link, delivery): (&Link, &Delivery), what: What, detail: &str) -> Event {
    Event {
        id: ctx.ids.next(),
        packet: delivery.packet,
        delivery: Some(delivery.id),
        at: ctx.clock.now(),
        what,
        by: link.name.clone(),
        detail: detail.to_owned(),
        sha256: String::new(),
    }
}

impl Bundle {
    fn attempts(&self) -> i64 {
        self.rows.iter().map(|row| row.attempts).max().unwrap_or(0)
    }
}
