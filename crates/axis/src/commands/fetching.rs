//! What another axis has for us: each packet once, taken with its very bytes, and acknowledged only
//! when it is on the disk here.

use std::collections::HashSet;

use futures_util::TryStreamExt;
use identity::Scribe;
use jiff::Timestamp;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use serde_json::json;
use wire::edxml::Packet;
use wire::vxp::answer::ReceivedRow;
use wire::vxp::{MessageType, TransportStatus};

use super::linking::{Round, Stop, Visit};
use super::links::object;
use super::{Sender, accept, shelve, work};
use crate::link::{covering, pause_after};
use crate::packet::Kind;
use crate::queries;
use crate::refusal::Refusal;
use crate::shelf::{Intake, Shelved};
use crate::store::link_traffic::{self as store, Arrival};
use crate::store::links;
use crate::work::TaskKind;

const WAITING: &str = "waiting";
const TAKEN: &str = "taken";
const REFUSED: &str = "refused";
const GIVEN_UP: &str = "given-up";

/// Takes what is offered, in the order of the other axis.
pub(crate) async fn fetch(
    visit: &Visit<'_>,
    kind: MessageType,
    round: &mut Round,
) -> Result<(), Stop> {
    let rows = visit.peer.received(kind, visit.ctx.clock.now()).await?;
    // Packets about one document come from one sender and are not to overtake each other.
    let mut held_up = HashSet::new();
    for row in rows.iter().filter(|row| is_open(row)) {
        if held_up.contains(&row.from) {
            continue;
        }
        match one(visit, (kind, row), round).await {
            Ok(true) => {}
            Ok(false) => {
                held_up.insert(row.from.clone());
            }
            Err(stop) => return Err(stop),
        }
    }
    Ok(())
}

/// Some list what was acknowledged long ago, too.
fn is_open(row: &ReceivedRow) -> bool {
    let status = TransportStatus::read(&row.status);
    !row.doc_id.is_empty() && !matches!(status, Some(TransportStatus::Done | TransportStatus::Fail))
}

/// False when it waits, and what comes after it from the same sender has to.
async fn one(
    visit: &Visit<'_>,
    (kind, row): (MessageType, &ReceivedRow),
    round: &mut Round,
) -> Result<bool, Stop> {
    let (link, doc_id, now) = (visit.link.id, row.doc_id.clone(), visit.ctx.clock.now());
    let known = visit.ctx.store.read(move |tx| store::arrival(tx, link, &doc_id)).await;
    let known: Option<Arrival> = known.map_err(|error: StoreError| Stop::from(error))?;
    let arrival = known.unwrap_or_else(|| offered(visit, (kind, row), now));
    match arrival.state.as_str() {
        TAKEN | REFUSED => return tell(visit, &arrival).await.map(|()| true),
        GIVEN_UP => return Ok(true),
        _ if arrival.next_at.is_some_and(|at| now < at) => return Ok(false),
        _ => {}
    }
    let settled = match download(visit, (kind, row)).await? {
        Ok(shelved) => take(visit, (arrival, row), shelved).await?,
        Err(reason) => try_later(visit, arrival, reason).await?,
    };
    match settled.state.as_str() {
        TAKEN => round.taken += 1,
        REFUSED => round.refused += 1,
        _ => round.failed += 1,
    }
    if settled.state == WAITING {
        return Ok(false);
    }
    if settled.state != GIVEN_UP {
        tell(visit, &settled).await?;
    }
    Ok(true)
}

fn offered(visit: &Visit<'_>, (kind, row): (MessageType, &ReceivedRow), now: Timestamp) -> Arrival {
    Arrival {
        link: visit.link.id,
        doc_id: row.doc_id.clone(),
        message_type: kind.code().to_owned(),
        state: WAITING.to_owned(),
        packet: None,
        reason: String::new(),
        attempts: 0,
        next_at: None,
        first_at: now,
        settled_at: None,
        told_at: None,
    }
}

/// What came of a download: the packet on the shelf or what is wrong with it; else why it has to be
/// tried again.
type Downloaded = Result<Result<Shelved, Refusal>, String>;

/// What says something about the link ends the round.
async fn download(
    visit: &Visit<'_>,
    (kind, row): (MessageType, &ReceivedRow),
) -> Result<Downloaded, Stop> {
    let now = visit.ctx.clock.now();
    let bytes = match visit.peer.fetch(&row.doc_id, now).await {
        Ok(bytes) => bytes,
        Err(fault) if fault.is_of_link() => return Err(fault.into()),
        Err(fault) => return Ok(Err(fault.to_string())),
    };
    let settings = visit.ctx.store.read(move |tx| queries::settings(tx, now)).await;
    let settings = settings.map_err(|error: StoreError| Stop::from(error))?;
    let intake = Intake {
        packet_bytes_max: settings.packet_bytes_max,
        hash_file: None,
        kind: Some(Kind::from(kind)),
    };
    // A line that breaks off is no malformed packet: what went wrong on the way is remembered.
    let mut broken = None;
    let watched = bytes.inspect_err(|fault| broken = Some(fault.clone()));
    let shelved = shelve(visit.ctx, watched, &intake).await;
    match (broken, shelved) {
        (Some(fault), _) if fault.is_of_link() => Err(fault.into()),
        (Some(fault), _) => Ok(Err(fault.to_string())),
        (None, Err(refusal)) if refusal.is_passing() => Err(refusal.into()),
        (None, shelved) => Ok(Ok(shelved)),
    }
}

/// Into the mailboxes here, or refused for good; in one unit with what became of the offer.
async fn take(
    visit: &Visit<'_>,
    (arrival, row): (Arrival, &ReceivedRow),
    shelved: Result<Shelved, Refusal>,
) -> Result<Arrival, Stop> {
    let shelved = match shelved {
        Ok(shelved) => shelved,
        Err(refusal) => return refuse(visit, arrival, &refusal).await,
    };
    let to = receivers(visit, row, &shelved).await?;
    let sender = Sender::Link { id: visit.link.id, name: visit.link.name.clone() };
    let (ctx, now, before) = (visit.ctx.clone(), visit.ctx.clock.now(), arrival.clone());
    let unit = move |tx: &mut Tx| {
        let accepted = accept(tx, &ctx, &sender, &shelved, to.as_deref())?;
        let packet = Some(accepted.packet.0);
        let taken = settled(&before, (TAKEN, String::new()), now);
        let taken = Arrival { packet, ..taken };
        // Settled meanwhile by another process: then this unit accepted what had come before.
        store::put_arrival(tx, &taken)?;
        Ok::<_, Refusal>(taken)
    };
    match visit.ctx.store.write(unit).await {
        Ok(taken) => Ok(taken),
        Err(refusal) if refusal.is_passing() => Err(refusal.into()),
        Err(refusal) => refuse(visit, arrival, &refusal).await,
    }
}

/// For whom it is here. The other axis says so for each offer; where it does not, those in the
/// packet are meant, less those that this very link reaches.
async fn receivers(
    visit: &Visit<'_>,
    row: &ReceivedRow,
    shelved: &Shelved,
) -> Result<Option<Vec<String>>, Stop> {
    let Packet::Document(document) = &shelved.summary.packet else { return Ok(None) };
    let ours = |code: &str| visit.codes.ours(code.trim()).to_owned();
    let named = row.to.trim();
    if !named.is_empty() {
        return Ok(Some(vec![ours(named)]));
    }
    let link = visit.link.id;
    let covers = visit.ctx.store.read(links::covers).await.map_err(Stop::from)?;
    let today = local(visit.ctx.clock.now()).date();
    let codes = document.to.iter().map(|to| ours(&to.organ_id));
    Ok(Some(codes.filter(|code| covering(&covers, &[code], today) != Some(link)).collect()))
}

/// It will never go: the other axis is told why, and so is whoever reads the page of the link.
async fn refuse(visit: &Visit<'_>, arrival: Arrival, refusal: &Refusal) -> Result<Arrival, Stop> {
    let now = visit.ctx.clock.now();
    let reason = format!("{} {}", refusal.code(), refusal.both(visit.ctx));
    let refused = settled(&arrival, (REFUSED, reason), now);
    let (kept, scribe) = (refused.clone(), Scribe::named(visit.ctx, None, &visit.link.name));
    let unit = move |tx: &mut Tx| {
        if store::put_arrival(tx, &kept)? {
            let told = ("axis.refuse-arrival", object(kept.link));
            let detail = json!({ "docId": kept.doc_id, "reason": kept.reason });
            scribe.note_over(tx, None, told, detail)?;
        }
        Ok::<_, StoreError>(())
    };
    visit.ctx.store.write(unit).await?;
    Ok(refused)
}

/// Once more in a while; after the last try it is for a person.
async fn try_later(visit: &Visit<'_>, arrival: Arrival, reason: String) -> Result<Arrival, Stop> {
    let now = visit.ctx.clock.now();
    let attempts = arrival.attempts + 1;
    let next = match pause_after(attempts) {
        Some(pause) => {
            let next_at = Some(now + pause);
            Arrival { attempts, next_at, reason, ..arrival }
        }
        None => Arrival { attempts, ..settled(&arrival, (GIVEN_UP, reason), now) },
    };
    let (kept, ctx, name) = (next.clone(), visit.ctx.clone(), visit.link.name.clone());
    let unit = move |tx: &mut Tx| {
        store::put_arrival(tx, &kept)?;
        if kept.state == GIVEN_UP {
            let detail = format!("{name}: {} ({})", kept.doc_id, kept.reason);
            work::put(tx, &ctx, TaskKind::ArrivalGivenUp, (None, None), &detail)?;
        }
        Ok::<_, StoreError>(())
    };
    visit.ctx.store.write(unit).await?;
    Ok(next)
}

fn settled(arrival: &Arrival, (state, reason): (&str, String), now: Timestamp) -> Arrival {
    Arrival {
        state: state.to_owned(),
        reason,
        next_at: None,
        settled_at: Some(now),
        ..arrival.clone()
    }
}

/// Tells the other axis how it ended. What it does not hear it offers again.
async fn tell(visit: &Visit<'_>, arrival: &Arrival) -> Result<(), Stop> {
    let status = match arrival.state.as_str() {
        TAKEN => TransportStatus::Done,
        _ => TransportStatus::Fail,
    };
    let now = visit.ctx.clock.now();
    visit.peer.update((&arrival.doc_id, status), &arrival.reason, now).await?;
    let (link, doc_id) = (arrival.link, arrival.doc_id.clone());
    let unit = move |tx: &mut Tx| store::tell(tx, (link, &doc_id), now);
    Ok(visit.ctx.store.write::<_, StoreError, _>(unit).await?)
}
