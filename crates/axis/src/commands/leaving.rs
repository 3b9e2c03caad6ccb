//! A link that ends, a desk that closes, an agency for which no system speaks any more: from that
//! moment on nothing new goes there. What waited there leaves in portions, in the order of
//! acceptance: it is stranded, and goes on by itself when there is another way. What another axis
//! may have seen already is for a person.
//!
//! The first portion leaves in the unit of work that ends the way, the others by a job, which goes
//! on where it was broken off: what has left is not there any more.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6

use identity::Scribe;
use jiff::SignedDuration;
use organisations::UnitId;
use platform::Ctx;
use platform::jobs::{self, NewJob};
use platform::store::{StoreError, Tx};
use platform::words::Locale;
use serde_json::json;
use uuid::Uuid;
use wire::vxp::TransportStatus;

use super::routing::{self, Way};
use super::settling::{PROGRAM, count_again};
use super::{feeding, rerouting};
use crate::delivery::{Delivery, Route};
use crate::refusal::Refusal;
use crate::store::leaving::{self as store, Leaving};
use crate::store::{desks, links};

/// The job that goes on with it.
pub(crate) const LEAVE: &str = "axis.leave";
/// In one unit of work, far below what the store gives it time for.
pub(crate) const STEP: i64 = 200;
/// A unit of work that saw the way before it ended has either ended, too, or failed by then.
const LATE: SignedDuration = SignedDuration::from_secs(60);

/// Nothing goes by the link any more.
pub(super) fn link(tx: &mut Tx, ctx: &Ctx, id: Uuid) -> Result<(), Refusal> {
    begin(tx, ctx, (Route::Link, Some(id), ""))
}

/// The desk is closed.
pub(super) fn desk(tx: &mut Tx, ctx: &Ctx, unit: UnitId) -> Result<(), Refusal> {
    begin(tx, ctx, (Route::Desk, None, &unit.to_string()))
}

/// A system does not speak for the agency any more; perhaps another does.
pub(super) fn mailbox(tx: &mut Tx, ctx: &Ctx, key: &str) -> Result<(), Refusal> {
    match desks::is_spoken_for(tx, key)? {
        true => Ok(()),
        false => begin(tx, ctx, (Route::Mailbox, None, key)),
    }
}

fn begin(
    tx: &mut Tx,
    ctx: &Ctx,
    (route, link, key): (Route, Option<Uuid>, &str),
) -> Result<(), Refusal> {
    let (id, since) = (ctx.ids.next(), ctx.clock.now());
    let leaving = Leaving { id, route, link, to_key: key.to_owned(), since };
    store::insert(tx, &leaving)?;
    if portion(tx, ctx, &leaving)? {
        let (id, payload) = (ctx.ids.next(), json!({}));
        jobs::enqueue(tx, &NewJob { id, kind: LEAVE, payload, run_at: since, key: None })?;
    }
    ended(tx, ctx)
}

/// What left is looked after from now on, and the badge of the work list counts it.
fn ended(tx: &mut Tx, ctx: &Ctx) -> Result<(), Refusal> {
    count_again(tx, &Scribe::named(ctx, None, PROGRAM))?;
    Ok(rerouting::seek_soon(tx, ctx)?)
}

/// All that is left of it. Safe to repeat, and to run in two processes at once.
pub(crate) async fn look(ctx: &Ctx) -> Result<(), Refusal> {
    for leaving in ctx.store.read::<_, StoreError, _>(store::all).await? {
        while step(ctx, &leaving).await? {}
    }
    Ok(())
}

/// One portion; true when there is more.
pub(crate) async fn step(ctx: &Ctx, leaving: &Leaving) -> Result<bool, Refusal> {
    let (own, leaving) = (ctx.clone(), leaving.clone());
    let unit = move |tx: &mut Tx| -> Result<bool, Refusal> {
        if !store::touch(tx, leaving.id)? {
            return Ok(false);
        }
        let is_more = portion(tx, &own, &leaving)?;
        if !is_more {
            ended(tx, &own)?;
            if own.clock.now() > leaving.since + LATE {
                store::remove(tx, leaving.id)?;
            }
        }
        Ok(is_more)
    };
    ctx.store.write(unit).await
}

pub(crate) fn portion(tx: &mut Tx, ctx: &Ctx, leaving: &Leaving) -> Result<bool, Refusal> {
    let link = leaving.link.map(|id| links::one(tx, id)).transpose()?.flatten();
    let reason = ctx.words.speak(Locale::Vi).t("axis-link-ended");
    let rows = store::waiting(tx, leaving, STEP)?;
    for delivery in &rows {
        match (&link, delivery.transport) {
            (_, TransportStatus::Initial) => strand(tx, ctx, (leaving, delivery))?,
            (Some(link), _) => feeding::give_up(tx, ctx, (link, delivery), &reason)?,
            (None, _) => {}
        }
    }
    Ok(rows.len() as i64 == STEP)
}

fn strand(
    tx: &mut Tx,
    ctx: &Ctx,
    (leaving, delivery): (&Leaving, &Delivery),
) -> Result<(), Refusal> {
    routing::move_to(tx, ctx, (delivery, delivery.to_unit), &Way::nowhere())?;
    let scribe = Scribe::named(ctx, None, PROGRAM);
    let told = ("axis.strand", format!("delivery:{}", delivery.id));
    let detail = json!({
        "route": leaving.route.code(), "link": leaving.link, "to": delivery.to_code,
    });
    Ok(scribe.note_over(tx, delivery.to_unit.map(UnitId), told, detail)?)
}
