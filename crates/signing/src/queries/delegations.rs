//! What the pages of delegations show.

use identity::{Actor, Right};
use jiff::civil::Date;
use organisations::{Unit, UnitId};
use platform::Ctx;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use super::{holds, order_of};
use crate::commands::delegations::may_end;
use crate::delegation::{Delegation, Kind, Standing};
use crate::refusal::Refusal;
use crate::store::delegations;

/// One line of a list.
pub(crate) struct Line {
    pub delegation: Delegation,
    pub unit: String,
    /// In force by its dates, and nobody signs by it: the giver no longer decides, or the order
    /// above it is over.
    pub is_void: bool,
}

/// One delegation, with what stands above a signature by it.
pub(crate) struct Seen {
    pub line: Line,
    pub lines: Vec<String>,
    /// Whether this officer may end it.
    pub ends: bool,
}

pub(crate) struct Mine {
    /// By which this officer signs in another's place.
    pub taken: Vec<Line>,
    pub given: Vec<Line>,
    /// Of the units whose certificates this officer looks after, and between others.
    pub others: Vec<Line>,
    pub may_give: bool,
}

pub(crate) async fn mine(ctx: &Ctx, actor: &Actor) -> Result<Mine, Refusal> {
    let (actor, today) = (actor.clone(), local(ctx.clock.now()).date());
    ctx.store
        .read(move |tx| {
            let me = actor.account.0;
            let (mut taken, mut given) = (Vec::new(), Vec::new());
            for one in delegations::of_account(tx, me)? {
                let list = if one.taker == me { &mut taken } else { &mut given };
                list.push(line(tx, one, today)?);
            }
            let mut others = Vec::new();
            for unit in actor.offices(Right::ManageCertificates) {
                for one in delegations::of_unit(tx, unit)? {
                    if one.taker != me && one.giver != me {
                        others.push(line(tx, one, today)?);
                    }
                }
            }
            let may_give = !offices(tx, &actor, today)?.is_empty();
            Ok(Mine { taken, given, others, may_give })
        })
        .await
}

/// The units for which this officer may let others sign.
pub(crate) async fn units(ctx: &Ctx, actor: &Actor) -> Result<Vec<Unit>, Refusal> {
    let (actor, today) = (actor.clone(), local(ctx.clock.now()).date());
    ctx.store
        .read(move |tx| {
            let mut found = Vec::new();
            for unit in offices(tx, &actor, today)? {
                found.extend(organisations::queries::unit(tx, unit)?);
            }
            Ok(found)
        })
        .await
}

fn offices(tx: &mut Tx, actor: &Actor, today: Date) -> Result<Vec<UnitId>, StoreError> {
    let mut units = actor.offices(Right::DecideDossiers);
    for one in delegations::of_account(tx, actor.account.0)? {
        let ordered = one.taker == actor.account.0 && one.kind == Kind::Order;
        let to_come = matches!(one.standing(today), Standing::InForce | Standing::NotYet);
        if ordered && to_come {
            units.push(one.unit);
        }
    }
    units.sort_unstable();
    units.dedup();
    Ok(units)
}

/// For whoever gave or took it, and for those who look after the unit's certificates.
pub(crate) async fn seen(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<Seen, Refusal> {
    let (actor, today) = (actor.clone(), local(ctx.clock.now()).date());
    ctx.store
        .read(move |tx| {
            let one = delegations::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            let may_end = may_end(tx, &actor, &one)?;
            if !may_end && one.taker != actor.account.0 {
                return Err(Refusal::Nothing);
            }
            let under = order_of(tx, &one)?;
            let lasts = matches!(one.standing(today), Standing::InForce | Standing::NotYet);
            Ok(Seen {
                lines: one.lines("", under.as_ref()),
                line: line(tx, one, today)?,
                ends: may_end && lasts,
            })
        })
        .await
}

fn line(tx: &mut Tx, delegation: Delegation, today: Date) -> Result<Line, StoreError> {
    let in_force = delegation.standing(today) == Standing::InForce;
    Ok(Line {
        unit: organisations::queries::unit_name(tx, delegation.unit)?,
        is_void: in_force && !holds(tx, &delegation, today)?,
        delegation,
    })
}
