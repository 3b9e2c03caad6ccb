//! Where a delivery goes.

use jiff::civil::Date;
use platform::Ctx;
use platform::jobs;
use platform::store::{StoreError, Tx};
use serde_json::json;
use uuid::Uuid;

use super::{webhooks, work};
use crate::delivery::{Arrived, Delivery, DeliveryId, Route};
use crate::link::covering;
use crate::packet::{Origin, PacketId};
use crate::party::Party;
use crate::refusal::Refusal;
use crate::store::{deliveries, desks, events, links, packets};
use crate::trace::{Event, What};
use crate::work::TaskKind;

/// Where to, and what the desk there is told by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Way {
    pub route: Route,
    pub link: Option<Uuid>,
    pub told: Option<String>,
    /// A webhook tells of it.
    pub is_heard: bool,
    /// Goes on when that one has gone.
    pub behind: Option<DeliveryId>,
}

impl Way {
    /// To nobody yet.
    pub fn nowhere() -> Way {
        Way { route: Route::Nowhere, link: None, told: None, is_heard: false, behind: None }
    }

    /// To nobody before an earlier one about the same document has a way.
    pub fn behind(earlier: DeliveryId) -> Way {
        Way { behind: Some(earlier), ..Way::nowhere() }
    }
}

/// A desk here, a system, another axis (never the one it came from), or nobody.
pub(crate) fn way_to(
    tx: &mut Tx,
    (party, on): (&Party, Date),
    came_by: Option<Uuid>,
) -> Result<Way, StoreError> {
    let way = Way::nowhere();
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

/// The link that a packet is not to go back by.
pub(super) fn came_by(tx: &mut Tx, delivery: &Delivery) -> Result<Option<Uuid>, StoreError> {
    let packet = packets::by_id(tx, delivery.packet)?;
    Ok(packet.and_then(|packet| match packet.origin {
        Origin::Link(id) => Some(id),
        _ => None,
    }))
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
    if way.route == Route::Nowhere {
        let about = (Some(delivery.packet), Some(delivery.id));
        work::put(tx, ctx, TaskKind::Stranded, about, &delivery.to_code)?;
    }
    Ok(arrive(tx, ctx, (delivery.packet, delivery.id), way)?)
}

/// The station in the trace, and whoever is told at the end of the way.
pub(super) fn arrive(
    tx: &mut Tx,
    ctx: &Ctx,
    (packet, delivery): (PacketId, DeliveryId),
    way: &Way,
) -> Result<(), StoreError> {
    let station = Event {
        id: ctx.ids.next(),
        packet,
        delivery: Some(delivery),
        at: ctx.clock.now(),
        what: if way.route == Route::Nowhere { What::Stranded } else { What::Routed },
        by: String::new(),
        detail: way.route.code().to_owned(),
        sha256: String::new(),
    };
    events::put(tx, &[station])?;
    if way.is_heard {
        webhooks::queue(tx, packet)?;
    }
    match &way.told {
        Some(told) => tell(tx, ctx, told, delivery),
        None => Ok(()),
    }
}
