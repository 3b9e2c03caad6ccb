//! What was stranded goes on by itself once there is a way: a system that speaks for the
//! recipient, a desk, a cover of another axis (also one whose first day has come), a code that the
//! catalogue knows by now.
//!
//! Whoever makes a way takes the first packets along in the same unit of work. A job takes the
//! others, and looks every minute for ways that nobody made just now.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6

use std::collections::{HashMap, HashSet};

use identity::Scribe;
use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::clock::{instant, local};
use platform::jobs::{self, NewJob};
use platform::store::{StoreError, Tx};
use serde_json::json;
use uuid::Uuid;

use super::routing::{self, Way};
use super::settling::{PROGRAM, count_again};
use crate::delivery::{DeliveryId, Route};
use crate::packet::Origin;
use crate::party::{self, Party};
use crate::refusal::Refusal;
use crate::store::deliveries;
use crate::store::stranded::{self as store, Onward, Stranded};

/// The job that looks for ways.
pub(crate) const SEEK: &str = "axis.seek-ways";
/// Sent on in one unit of work.
const STEP: i64 = 100;
/// Recipients that are asked about at a time.
const PAGE: i64 = 200;

/// After a system was mapped to these agencies, or a desk was opened for one; by their keys, see
/// [`Party::key`].
pub(crate) fn follow(tx: &mut Tx, ctx: &Ctx, by: &Scribe, keys: &[&str]) -> Result<(), Refusal> {
    let mut room = STEP;
    for key in keys {
        let rows = store::of(tx, (key, Uuid::nil()), room)?;
        room -= rows.len() as i64;
        send_on(tx, ctx, by, &rows)?;
        if room == 0 {
            break;
        }
    }
    Ok(seek_soon(tx, ctx)?)
}

/// In a moment, if there is anything that waits for a way.
pub(crate) fn seek_soon(tx: &mut Tx, ctx: &Ctx) -> Result<(), StoreError> {
    match store::is_any(tx)? {
        true => seek(tx, ctx),
        false => Ok(()),
    }
}

/// In a moment.
pub(super) fn seek(tx: &mut Tx, ctx: &Ctx) -> Result<(), StoreError> {
    seek_at(tx, ctx, ctx.clock.now())
}

fn seek_at(tx: &mut Tx, ctx: &Ctx, run_at: Timestamp) -> Result<(), StoreError> {
    let id = ctx.ids.next();
    jobs::enqueue(tx, &NewJob { id, kind: SEEK, payload: json!({}), run_at, key: None })
}

/// After a way was agreed that begins on a day: then, or in a moment.
pub(crate) fn seek_from(tx: &mut Tx, ctx: &Ctx, first: Date) -> Result<(), StoreError> {
    let begins = instant(first.at(0, 0, 0, 0));
    if begins <= ctx.clock.now() {
        return seek_soon(tx, ctx);
    }
    seek_at(tx, ctx, begins)
}

/// One delivery, and before it what came before it of the same document; false when there is still
/// no way.
pub(super) fn one(
    tx: &mut Tx,
    ctx: &Ctx,
    by: &Scribe,
    delivery: DeliveryId,
) -> Result<bool, Refusal> {
    let line = store::line(tx, delivery)?;
    send_on(tx, ctx, by, &line)?;
    Ok(deliveries::by_id(tx, delivery)?.is_some_and(|one| one.route != Route::Nowhere))
}

/// Everything for which there is a way by now; answers how many. Safe to repeat, and to run in two
/// processes at once.
pub(crate) async fn look(ctx: &Ctx) -> Result<u64, Refusal> {
    let mut sent = 0;
    loop {
        // What waits behind one that went just now goes at the next turn.
        match round(ctx).await? {
            0 => return Ok(sent),
            more => sent += more,
        }
    }
}

async fn round(ctx: &Ctx) -> Result<u64, Refusal> {
    let (mut sent, mut after) = (0, (String::new(), String::new()));
    loop {
        let own = ctx.clone();
        let (key, code) = after.clone();
        let read = move |tx: &mut Tx| reached(tx, &own, (&key, &code));
        let (keys, last) = ctx.store.read::<_, StoreError, _>(read).await?;
        for key in keys {
            sent += send_all(ctx, &key).await?;
        }
        match last {
            Some(last) => after = last,
            None => return Ok(sent),
        }
    }
}

type Recipient = (String, String);

/// Of the next recipients those to whom there is a way, and the last of them; none: these were all.
fn reached(
    tx: &mut Tx,
    ctx: &Ctx,
    after: (&str, &str),
) -> Result<(Vec<String>, Option<Recipient>), StoreError> {
    let today = local(ctx.clock.now()).date();
    let page = store::recipients(tx, after, PAGE)?;
    let is_last = (page.len() as i64) < PAGE;
    let last = page.last().filter(|_| !is_last).cloned();
    let mut keys: Vec<String> = Vec::new();
    for (key, code) in page {
        let party = party::of(tx, &code)?;
        let is_reached = routing::way_to(tx, (&party, today), None)?.route != Route::Nowhere;
        if is_reached && keys.last() != Some(&key) {
            keys.push(key);
        }
    }
    Ok((keys, last))
}

/// To one recipient, in the order of acceptance.
async fn send_all(ctx: &Ctx, key: &str) -> Result<u64, Refusal> {
    let (mut sent, mut after) = (0, Uuid::nil());
    loop {
        let (own, key) = (ctx.clone(), key.to_owned());
        let unit = move |tx: &mut Tx| -> Result<_, Refusal> {
            let rows = store::of(tx, (&key, after), STEP)?;
            let by = Scribe::named(&own, None, PROGRAM);
            let count = send_on(tx, &own, &by, &rows)?;
            let last = rows.last().filter(|_| rows.len() as i64 == STEP);
            Ok((count, last.map(|row| row.id.0)))
        };
        let (count, last) = ctx.store.write(unit).await?;
        sent += count;
        match last {
            Some(last) => after = last,
            None => return Ok(sent),
        }
    }
}

/// Answers how many had a way. What has none holds up what follows it about the same document.
fn send_on(tx: &mut Tx, ctx: &Ctx, by: &Scribe, rows: &[Stranded]) -> Result<u64, Refusal> {
    let (mut ways, mut held_up, mut sent) = (HashMap::new(), HashSet::new(), 0);
    for row in rows {
        if !ways.contains_key(&row.to_code) {
            ways.insert(row.to_code.clone(), way_of(tx, ctx, &row.to_code)?);
        }
        let document = (&row.from_key, &row.document_id);
        match ways.get(&row.to_code).and_then(Option::as_ref) {
            Some((party, way)) if !held_up.contains(&document) && !goes_back(row, way) => {
                sent += u64::from(take(tx, ctx, by, (row, party, way))?);
            }
            _ => drop(held_up.insert(document)),
        }
    }
    if sent > 0 {
        count_again(tx, by)?;
    }
    Ok(sent)
}

/// A way that stands until this unit of work is over.
fn way_of(tx: &mut Tx, ctx: &Ctx, code: &str) -> Result<Option<(Party, Way)>, StoreError> {
    let party = party::of(tx, code)?;
    let way = routing::way_to(tx, (&party, local(ctx.clock.now()).date()), None)?;
    let stands = match (way.route, way.link, party.id()) {
        (Route::Nowhere, ..) => false,
        (Route::Link, Some(link), _) => store::hold_link(tx, link)?,
        (Route::Desk, _, Some(unit)) => store::hold_desk(tx, unit)?,
        _ => true,
    };
    Ok(stands.then_some((party, way)))
}

/// It came from where it would go.
fn goes_back(row: &Stranded, way: &Way) -> bool {
    matches!(row.origin, Origin::Link(link) if Some(link) == way.link)
}

/// False when another was faster, or when one before it has not gone.
fn take(
    tx: &mut Tx,
    ctx: &Ctx,
    by: &Scribe,
    (row, party, way): (&Stranded, &Party, &Way),
) -> Result<bool, Refusal> {
    let onward = Onward {
        route: way.route,
        link: way.link,
        to_unit: party.id(),
        to_key: &party.key,
        to_name: party.name(),
        next_at: (way.route == Route::Link).then_some(ctx.clock.now()),
        at: ctx.clock.now(),
    };
    if !store::send_on(tx, row.id, onward)? {
        return Ok(false);
    }
    routing::arrive(tx, ctx, (row.packet, row.id), way)?;
    let (unit, object) = (party.id().map(UnitId), format!("delivery:{}", row.id));
    let detail = json!({ "to": row.to_code, "route": way.route.code() });
    by.note_over(tx, unit, ("axis.route", object.clone()), detail)?;
    if store::pass(tx, row.id, (by.now, &by.name))? {
        let detail = json!({ "kind": "stranded", "how": "passed" });
        by.note_over(tx, None, ("axis.settle", object), detail)?;
    }
    Ok(true)
}
