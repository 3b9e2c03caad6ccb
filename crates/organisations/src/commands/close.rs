//! The end of a unit, and who has its work afterwards.
//!
//! Law: NQ 176/2025/QH15
//! Law: NQ 202/2025/QH15
//! Law: NQ 203/2025/QH15

use jiff::civil::Date;
use platform::Ctx;
use platform::store::Tx;
use serde_json::json;

use super::{Pen, Reach, Story, Target, reason_of, target, tell};
use crate::code::Code;
use crate::mandate::Mandate;
use crate::refusal::Refusal;
use crate::store;
use crate::succession::may_succeed;
use crate::unit::{Unit, UnitId};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// The unit's last day; also one in the future.
    pub last_day: Date,
    /// The main one first. Empty: nobody took over.
    pub successors: Vec<Successor>,
    /// Also end all units below it, with the same successors.
    pub with_children: bool,
    /// The decision that ended it.
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Successor {
    /// As typed: any code that means the unit.
    pub code: String,
    /// Which part of the work, where several took over.
    pub matter: Option<String>,
}

/// Ends a unit below one's own. Its code goes on meaning it, and offers the successors.
pub async fn close(
    ctx: &Ctx,
    mandate: &Mandate,
    at: Target,
    closing: Closing,
) -> Result<Unit, Refusal> {
    let (pen, mandate) = (Pen::of(ctx), mandate.clone());
    ctx.store
        .write(move |tx| {
            store::hold_tree(tx)?;
            let before = target(tx, &mandate, at, Reach::Below)?;
            close_in(tx, &pen, &mandate, (&before, &closing))
        })
        .await
}

pub(super) fn close_in(
    tx: &mut Tx,
    pen: &Pen,
    mandate: &Mandate,
    (before, closing): (&Unit, &Closing),
) -> Result<Unit, Refusal> {
    if let Some(on) = before.valid_to {
        return Err(Refusal::AlreadyClosed { on });
    }
    let heirs = found(tx, &closing.successors)?;
    for (heir, _) in &heirs {
        may_succeed(before, heir, closing.last_day)?;
        // An heir below the unit would end together with it.
        if closing.with_children && heir.code.is_within(&before.code) {
            return Err(Refusal::SuccessorNotInForce { code: heir.code.clone() });
        }
    }
    let ending = ending(tx, before, closing)?;
    let reason = reason_of(&closing.reason);
    for unit in &ending {
        end(tx, pen, mandate, (unit, closing.last_day, &heirs, &reason))?;
    }
    Ok(Unit { valid_to: Some(closing.last_day), version: before.version + 1, ..before.clone() })
}

/// The unit, and what ends with it.
fn ending(tx: &mut Tx, before: &Unit, closing: &Closing) -> Result<Vec<Unit>, Refusal> {
    if closing.with_children {
        let mut units = store::subtree(tx, &before.code)?;
        units.retain(|unit| unit.valid_to.is_none_or(|end| end > closing.last_day));
        return Ok(units);
    }
    match store::children_after(tx, before.id, closing.last_day)? {
        0 => Ok(vec![before.clone()]),
        count => Err(Refusal::UnitsBelowInForce { count }),
    }
}

type Heirs = [(Unit, Option<String>)];

/// Ends one unit and names its successors.
fn end(
    tx: &mut Tx,
    pen: &Pen,
    mandate: &Mandate,
    (before, last_day, heirs, reason): (&Unit, Date, &Heirs, &Option<String>),
) -> Result<(), Refusal> {
    let mut after = Unit { valid_to: Some(last_day), ..before.clone() };
    if after.valid_from.is_some_and(|from| from > last_day) {
        return Err(Refusal::EndsBeforeItBegins);
    }
    if !store::update_unit(tx, &after)? {
        return Err(Refusal::ChangedMeanwhile);
    }
    after.version += 1;
    keep_heirs(tx, before.id, heirs)?;
    let codes: Vec<&Code> = heirs.iter().map(|(heir, _)| &heir.code).collect();
    let story = Story::new("organisations.close", before, &after).because(reason);
    tell(tx, pen, mandate, story.with("successors", json!(codes)))?;
    Ok(())
}

fn keep_heirs(tx: &mut Tx, closed: UnitId, heirs: &Heirs) -> Result<(), Refusal> {
    let rows: Vec<(UnitId, UnitId, i64, Option<&str>)> = heirs
        .iter()
        .zip(0..)
        .map(|((heir, matter), position)| (closed, heir.id, position, matter.as_deref()))
        .collect();
    Ok(store::insert_successions(tx, &rows)?)
}

/// Names the successors of a unit that came into the catalogue with its end.
pub(super) fn name_heirs(
    tx: &mut Tx,
    closed: &Unit,
    successors: &[Successor],
) -> Result<(), Refusal> {
    let Some(last_day) = closed.valid_to else { return Ok(()) };
    let heirs = found(tx, successors)?;
    for (heir, _) in &heirs {
        may_succeed(closed, heir, last_day)?;
    }
    keep_heirs(tx, closed.id, &heirs)
}

/// The units that the successors' codes mean, each once.
fn found(tx: &mut Tx, successors: &[Successor]) -> Result<Vec<(Unit, Option<String>)>, Refusal> {
    let mut heirs: Vec<(Unit, Option<String>)> = Vec::new();
    for successor in successors {
        let unknown = || Refusal::NoSuchSuccessor { code: successor.code.clone() };
        let code = Code::receive(&successor.code).map_err(|_| unknown())?;
        let (heir, _) = store::unit_of_code(tx, &code)?.ok_or_else(unknown)?;
        if heirs.iter().all(|(known, _)| known.id != heir.id) {
            heirs.push((heir, successor.matter.clone()));
        }
    }
    Ok(heirs)
}

/// Takes back an end that was entered by mistake: the successors are forgotten with it.
pub async fn reopen(
    ctx: &Ctx,
    mandate: &Mandate,
    at: Target,
    reason: String,
) -> Result<Unit, Refusal> {
    let (pen, mandate) = (Pen::of(ctx), mandate.clone());
    let reason = reason_of(&reason);
    ctx.store
        .write(move |tx| {
            store::hold_tree(tx)?;
            let before = target(tx, &mandate, at, Reach::Below)?;
            if before.valid_to.is_none() {
                return Err(Refusal::NotClosed);
            }
            if let Some(above) = above_that_ended(tx, &before)? {
                return Err(Refusal::OutlivesTheUnitAbove { above });
            }
            let mut after = Unit { valid_to: None, ..before.clone() };
            if !store::update_unit(tx, &after)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            after.version += 1;
            store::delete_successions(tx, before.id)?;
            let story = Story::new("organisations.reopen", &before, &after).because(&reason);
            tell(tx, &pen, &mandate, story)?;
            Ok(after)
        })
        .await
}

fn above_that_ended(tx: &mut Tx, unit: &Unit) -> Result<Option<String>, Refusal> {
    let Some(above) = unit.parent else { return Ok(None) };
    let above = store::unit(tx, above)?;
    Ok(above.filter(|above| above.valid_to.is_some()).map(|above| above.name.to_string()))
}
