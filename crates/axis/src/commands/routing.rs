//! Where a delivery goes.

use identity::Scribe;
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use platform::jobs;
use platform::store::{StoreError, Tx};
use serde_json::json;
use uuid::Uuid;

use super::webhooks;
use crate::delivery::{Arrived, Delivery, DeliveryId, Route};
use crate::link::covering;
use crate::party::{self, Party};
use crate::refusal::Refusal;
use crate::store::{deliveries, desks, events, links, packets, tasks};
use crate::trace::{Event, What};

/// Where to, and what the desk there is told by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Way {
    pub route: Route,
    pub link: Option<Uuid>,
    pub told: Option<String>,
    /// A webhook tells of it.
    pub is_heard: bool,
}

/// A desk here, a system, another axis (never the one it came from), or nobody.
pub(crate) fn way_to(
    tx: &mut Tx,
    (party, on): (&Party, Date),
    came_by: Option<Uuid>,
) -> Result<Way, StoreError> {
    let way = Way { route: Route::Nowhere, link: None, told: None, is_heard: false };
    Ok(match desks::way(tx, party)? {
        Some(told) if told.is_empty() => {
            Way { route: Route::Mailbox, is_heard: webhooks::hears(tx, party)?, ..way }
        }
        Some(told) => Way { route: Route::Desk, told: Some(told), ..way },
        None => match link_for(tx, (party, on), came_by)? {
            Some(link) => Way { route: Route::Link, link: Some(link), ..way },
            None => way,
        },
    })
}

/// The other axis that covers a recipient.
fn link_for(
    tx: &mut Tx,
    (party, on): (&Party, Date),
    came_by: Option<Uuid>,
) -> Result<Option<Uuid>, StoreError> {
    let covers = links::covers(tx)?;
    let current = party.unit.as_ref().map(|unit| unit.code.as_str());
    let codes: Vec<&str> = current.into_iter().chain([party.code.as_str()]).collect();
    Ok(covering(&covers, &codes, on).filter(|link| Some(*link) != came_by))
}

/// Tells the desk, in the same unit.
pub(crate) fn tell(
    tx: &mut Tx,
    ctx: &Ctx,
    told: &str,
    delivery: DeliveryId,
) -> Result<(), StoreError> {
    let payload = json!(Arrived { delivery: delivery.0 });
    jobs::call_back(tx, (told, ctx.ids.next()), &payload, ctx.clock.now())
}

/// Looks again for a way for everything that was stranded on its way to a unit: after a system was
/// mapped to it, or a desk was opened.
pub fn reroute(tx: &mut Tx, ctx: &Ctx, unit: UnitId, by: &Scribe) -> Result<u64, Refusal> {
    reroute_key(tx, ctx, &unit.to_string(), by)
}

/// The same for an agency by its key, see [`Party::key`].
pub(crate) fn reroute_key(tx: &mut Tx, ctx: &Ctx, key: &str, by: &Scribe) -> Result<u64, Refusal> {
    let mut found = 0;
    for delivery in deliveries::stranded(tx, key)? {
        found += u64::from(again(tx, ctx, &delivery, by)?);
    }
    Ok(found)
}

/// The same for one delivery; false when there is still no way.
pub fn reroute_one(
    tx: &mut Tx,
    ctx: &Ctx,
    delivery: DeliveryId,
    by: &Scribe,
) -> Result<bool, Refusal> {
    let delivery = deliveries::by_id(tx, delivery)?.ok_or(Refusal::Nothing)?;
    match delivery.route {
        Route::Nowhere => again(tx, ctx, &delivery, by),
        _ => Ok(false),
    }
}

fn again(tx: &mut Tx, ctx: &Ctx, delivery: &Delivery, by: &Scribe) -> Result<bool, Refusal> {
    let party = party::of(tx, &delivery.to_code)?;
    let packet = packets::by_id(tx, delivery.packet)?.ok_or(Refusal::Nothing)?;
    let came_by = match packet.origin {
        crate::Origin::Link(id) => Some(id),
        _ => None,
    };
    let way = way_to(tx, (&party, local(ctx.clock.now()).date()), came_by)?;
    if way.route == Route::Nowhere {
        return Ok(false);
    }
    move_to(tx, ctx, (delivery, party.id()), &way)?;
    tasks::settle_of(tx, delivery.id, (by.now, &by.name))?;
    by.note_over(
        tx,
        party.id().map(UnitId),
        ("axis.route", format!("delivery:{}", delivery.id)),
        json!({ "to": delivery.to_code, "route": way.route.code() }),
    )?;
    Ok(true)
}

/// Onto another way, with its station in the trace.
pub(crate) fn move_to(
    tx: &mut Tx,
    ctx: &Ctx,
    (delivery, unit): (&Delivery, Option<Uuid>),
    way: &Way,
) -> Result<(), Refusal> {
    let now = ctx.clock.now();
    let next_at = (way.route == Route::Link).then_some(now);
    deliveries::set_route(tx, delivery, (way.route, way.link, unit), next_at)?;
    let what = if way.route == Route::Nowhere { What::Stranded } else { What::Routed };
    events::put(
        tx,
        &[Event {
            id: ctx.ids.next(),
            packet: delivery.packet,
            delivery: Some(delivery.id),
            at: now,
            what,
            by: String::new(),
            detail: way.route.code().to_owned(),
            sha256: String::new(),
        }],
    )?;
    if way.is_heard {
        webhooks::queue(tx, delivery.packet)?;
    }
    match &way.told {
        Some(told) => Ok(tell(tx, ctx, told, delivery.id)?),
        None => Ok(()),
    }
}
