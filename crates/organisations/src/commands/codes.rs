//! Another code for a unit, and with it perhaps another place; aliases.
//!
//! Law: QĐ 20/2020/QĐ-TTg

use platform::Ctx;
use platform::store::Tx;
use serde_json::json;

use super::create::{is_free, place_below};
use super::{Pen, Reach, Story, Target, reason_of, refresh_words, target, tell};
use crate::code::Code;
use crate::mandate::Mandate;
use crate::refusal::Refusal;
use crate::store;
use crate::unit::Unit;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recoding {
    /// Its groups above the last say where the unit stands from now on.
    pub code: Code,
    /// Still a stand-in for a code that the entitled agency has yet to issue.
    pub provisional: bool,
    pub reason: String,
}

/// Issues another code to a unit below one's own; if the codes above differ, that moves it.
///
/// All units below it come along: the beginning of their codes changes in the same way. Every
/// code that anything had goes on meaning it.
pub async fn recode(
    ctx: &Ctx,
    mandate: &Mandate,
    at: Target,
    recoding: Recoding,
) -> Result<Unit, Refusal> {
    let (pen, mandate) = (Pen::of(ctx), mandate.clone());
    ctx.store
        .write(move |tx| {
            store::hold_tree(tx)?;
            let before = target(tx, &mandate, at, Reach::Below)?;
            recode_in(tx, &pen, &mandate, (&before, &recoding))
        })
        .await
}

pub(super) fn recode_in(
    tx: &mut Tx,
    pen: &Pen,
    mandate: &Mandate,
    (before, recoding): (&Unit, &Recoding),
) -> Result<Unit, Refusal> {
    let after = recoded(tx, mandate, before, recoding)?;
    let reason = reason_of(&recoding.reason);
    let moved = before.parent != after.parent;
    let verb = if moved { "organisations.move" } else { "organisations.recode" };
    for (old, new) in with_all_below(tx, before, &after)? {
        if !store::recode_unit(tx, &new, pen.at)? {
            return Err(Refusal::ChangedMeanwhile);
        }
        let new = Unit { version: new.version + 1, ..new };
        tell(tx, pen, mandate, Story::new(verb, &old, &new).because(&reason))?;
    }
    let after = Unit { version: after.version + 1, ..after };
    refresh_words(tx, &after)?;
    Ok(after)
}

/// The unit with its new code, if the rules allow it there.
fn recoded(
    tx: &mut Tx,
    mandate: &Mandate,
    before: &Unit,
    recoding: &Recoding,
) -> Result<Unit, Refusal> {
    let code = &recoding.code;
    if *code == before.code && recoding.provisional == before.provisional {
        return Err(Refusal::NothingChanged);
    }
    if *code != before.code && code.is_within(&before.code) {
        return Err(Refusal::BelowItself);
    }
    let above = place_below(tx, mandate, code)?;
    // A unit may come back to a code it had.
    match store::unit_of_code(tx, code)? {
        Some((holder, _)) if holder.id == before.id => {}
        _ => is_free(tx, code)?,
    }
    placed(before, recoding, above.as_ref())
}

/// The rules of a place, for a unit that is there already.
pub(super) fn placed(
    before: &Unit,
    recoding: &Recoding,
    above: Option<&Unit>,
) -> Result<Unit, Refusal> {
    if !before.kind.fits(&recoding.code, above.map(|above| above.kind)) {
        return Err(Refusal::KindMisplaced);
    }
    if let Some(above) = above
        && above.valid_to.is_some_and(|end| before.valid_to.is_none_or(|own| own > end))
    {
        return Err(Refusal::OutlivesTheUnitAbove { above: above.name.to_string() });
    }
    Ok(Unit {
        code: recoding.code.clone(),
        parent: above.map(|above| above.id),
        level: before.kind.level_below(above.map(|above| above.level)),
        provisional: recoding.provisional,
        ..before.clone()
    })
}

/// The unit and all below it, each as it was and as it will be.
fn with_all_below(tx: &mut Tx, before: &Unit, after: &Unit) -> Result<Vec<(Unit, Unit)>, Refusal> {
    let mut moves = Vec::new();
    let mut levels = std::collections::BTreeMap::from([(after.id, after.level)]);
    for old in store::subtree(tx, &before.code)? {
        if old.id == before.id {
            moves.push((old, after.clone()));
            continue;
        }
        let tail = old.code.as_str().strip_prefix(before.code.as_str()).unwrap_or_default();
        let code = Code::issue(&format!("{}{tail}", after.code))?;
        if code != old.code {
            match store::unit_of_code(tx, &code)? {
                Some((holder, _)) if holder.id == old.id => {}
                _ => is_free(tx, &code)?,
            }
        }
        let above = old.parent.and_then(|above| levels.get(&above).copied());
        let level = old.kind.level_below(above);
        levels.insert(old.id, level);
        let new = Unit { code, level, ..old.clone() };
        if new != old {
            moves.push((old, new));
        }
    }
    Ok(moves)
}

/// Lets another code mean this unit too: one of the form before QĐ 20/2020, or one that a partner
/// system uses.
pub async fn add_alias(
    ctx: &Ctx,
    mandate: &Mandate,
    at: Target,
    alias: Code,
) -> Result<Unit, Refusal> {
    let (pen, mandate) = (Pen::of(ctx), mandate.clone());
    ctx.store
        .write(move |tx| {
            store::hold_tree(tx)?;
            let unit = target(tx, &mandate, at, Reach::Below)?;
            is_free(tx, &alias)?;
            store::insert_codes(tx, &[(unit.id, &alias, "alias")], pen.at)?;
            let story = Story::new("organisations.add-alias", &unit, &unit);
            tell(tx, &pen, &mandate, story.with("alias", json!(alias)))?;
            refresh_words(tx, &unit)?;
            Ok(unit)
        })
        .await
}

/// Takes back an alias that was given by mistake. Codes that the unit itself had stay for ever.
pub async fn remove_alias(
    ctx: &Ctx,
    mandate: &Mandate,
    at: Target,
    alias: Code,
) -> Result<Unit, Refusal> {
    let (pen, mandate) = (Pen::of(ctx), mandate.clone());
    ctx.store
        .write(move |tx| {
            store::hold_tree(tx)?;
            let unit = target(tx, &mandate, at, Reach::Below)?;
            if !store::delete_alias(tx, unit.id, &alias)? {
                return Err(Refusal::NoSuchAlias);
            }
            let story = Story::new("organisations.remove-alias", &unit, &unit);
            tell(tx, &pen, &mandate, story.with("alias", json!(alias)))?;
            refresh_words(tx, &unit)?;
            Ok(unit)
        })
        .await
}
