//! How links stand.

use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::delivery::DeliveryId;
use crate::link::{CodePair, Cover, Link};
use crate::refusal::Refusal;
use crate::store::link_traffic::{self as traffic, Arrival, LinkedAgency};
use crate::store::links as store;

/// Shown of what was not taken.
const ARRIVALS_SHOWN: i64 = 50;

/// A link and all around it.
#[derive(Debug, Clone)]
pub struct Standing {
    pub link: Link,
    pub covers: Vec<Cover>,
    pub pairs: Vec<CodePair>,
    /// Deliveries that wait to be handed over, and that were.
    pub waiting: i64,
    pub sent: i64,
    pub taken: i64,
    pub untaken: i64,
    pub arrivals: Vec<Arrival>,
    pub agencies: i64,
    pub today: Date,
}

impl Standing {
    /// What it covers today.
    pub fn covered(&self) -> impl Iterator<Item = &Cover> {
        self.covers.iter().filter(|cover| cover.is_in_force(self.today))
    }
}

/// All links, those in use first.
pub async fn standings(ctx: &Ctx) -> Result<Vec<Standing>, Refusal> {
    let today = local(ctx.clock.now()).date();
    let read = move |tx: &mut Tx| {
        let mut all = store::all(tx)?;
        all.sort_by_key(|link| link.ended_at.is_some());
        all.into_iter().map(|link| around(tx, link, today)).collect()
    };
    Ok(ctx.store.read::<Vec<Standing>, StoreError, _>(read).await?)
}

pub async fn standing(ctx: &Ctx, id: Uuid) -> Result<Standing, Refusal> {
    let today = local(ctx.clock.now()).date();
    let read = move |tx: &mut Tx| match store::one(tx, id)? {
        Some(link) => around(tx, link, today).map(Some),
        None => Ok(None),
    };
    ctx.store.read::<_, StoreError, _>(read).await?.ok_or(Refusal::Nothing)
}

/// Under which name the other axis took a delivery.
pub fn sent(tx: &mut Tx, delivery: DeliveryId) -> Result<Option<String>, StoreError> {
    traffic::sent(tx, delivery.0)
}

fn around(tx: &mut Tx, link: Link, today: Date) -> Result<Standing, StoreError> {
    let counts = traffic::count_arrivals(tx, link.id)?;
    let count = |wanted: fn(&str) -> bool| {
        counts.iter().filter(|(state, _)| wanted(state)).map(|(_, count)| count).sum()
    };
    let (waiting, sent) = traffic::count_outgoing(tx, link.id)?;
    Ok(Standing {
        covers: store::covers_of(tx, link.id)?,
        pairs: store::codes(tx, link.id)?,
        waiting,
        sent,
        taken: count(|state| state == "taken"),
        untaken: count(|state| state != "taken"),
        arrivals: traffic::untaken(tx, link.id, ARRIVALS_SHOWN)?,
        agencies: traffic::count_agencies(tx, link.id, "")?,
        today,
        link,
    })
}

/// Agencies of the other axis by words, one more than asked for, and how many there are.
pub async fn agencies(
    ctx: &Ctx,
    id: Uuid,
    (words, after, limit): (String, String, i64),
) -> Result<(Vec<LinkedAgency>, i64), Refusal> {
    standing(ctx, id).await?;
    let read = move |tx: &mut Tx| {
        let rows = traffic::agencies(tx, id, (&words, &after, limit + 1))?;
        Ok((rows, traffic::count_agencies(tx, id, &words)?))
    };
    Ok(ctx.store.read::<_, StoreError, _>(read).await?)
}
