//! Sealing rules: made and ended by whoever administers the unit, each with a code, because from
//! then on the program uses the unit's seal.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 32

use identity::{Actor, Right, confirm_again};
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use platform::store::Tx;
use serde_json::json;
use uuid::Uuid;

use super::Scribe;
use crate::refusal::Refusal;
use crate::rule::SealingRule;
use crate::store::rules;
use crate::submission::Scope;

/// For which papers of which unit, from which day to which.
#[derive(Debug, Clone)]
pub struct NewRule {
    pub unit: UnitId,
    pub scope: Option<Scope>,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
}

/// An administrator lets the program seal.
pub async fn make(ctx: &Ctx, actor: &Actor, new: NewRule, code: &str) -> Result<(), Refusal> {
    let scribe = Scribe::of(ctx, actor);
    let (asker, wished, now) = (actor.clone(), new.clone(), scribe.now);
    ctx.store
        .read(move |tx| {
            may_rule(tx, &asker, wished.unit)?;
            check(tx, &wished, local(now).date()).map(drop)
        })
        .await?;
    confirm_again(ctx, actor, code).await.map_err(Refusal::Confirm)?;
    let id = ctx.ids.next();
    ctx.store.write(move |tx| lay_down(tx, &scribe, id, &new)).await
}

/// The same by whoever sits at the machine itself.
pub async fn make_here(ctx: &Ctx, name: &str, new: NewRule) -> Result<(), Refusal> {
    let (scribe, id) = (Scribe::named(ctx, None, name), ctx.ids.next());
    ctx.store.write(move |tx| lay_down(tx, &scribe, id, &new)).await
}

fn lay_down(tx: &mut Tx, scribe: &Scribe, id: Uuid, new: &NewRule) -> Result<(), Refusal> {
    let scope = check(tx, new, local(scribe.now).date())?;
    let rule = SealingRule {
        id,
        unit: new.unit,
        scope,
        valid_from: new.valid_from,
        valid_to: new.valid_to,
        made_by: scribe.actor,
        made_name: scribe.name.clone(),
        made_at: scribe.now,
    };
    rules::insert(tx, &rule)?;
    let detail = json!({ "scope": scope.code(), "from": rule.valid_from, "to": rule.valid_to });
    let done = ("signing.make-sealing-rule", format!("sealing-rule:{id}"));
    Ok(scribe.note_over(tx, Some(new.unit), done, detail)?)
}

fn check(tx: &mut Tx, new: &NewRule, today: Date) -> Result<Scope, Refusal> {
    let scope = new.scope.ok_or(Refusal::ScopeMissing)?;
    if new.valid_to.is_some_and(|last| last < new.valid_from || last < today) {
        return Err(Refusal::DatesReversed);
    }
    let same = |rule: &SealingRule| {
        rule.scope == scope
            && new.valid_to.is_none_or(|last| rule.valid_from <= last)
            && rule.valid_to.is_none_or(|last| new.valid_from <= last)
    };
    if rules::of_unit(tx, new.unit)?.iter().any(same) {
        return Err(Refusal::RuleTaken);
    }
    Ok(scope)
}

/// Ends a rule at once: its last day was yesterday.
pub async fn end(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let rule = rules::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            may_rule(tx, &actor, rule.unit)?;
            let last = local(scribe.now).date().yesterday().unwrap_or(rule.valid_from);
            if !rules::end(tx, id, last)? {
                return Ok(());
            }
            let done = ("signing.end-sealing-rule", format!("sealing-rule:{id}"));
            let detail = json!({ "scope": rule.scope.code() });
            Ok(scribe.note_over(tx, Some(rule.unit), done, detail)?)
        })
        .await
}

/// Who administers the unit's certificates says what they are used for.
pub(crate) fn may_rule(tx: &mut Tx, actor: &Actor, unit: UnitId) -> Result<(), Refusal> {
    match actor.authority(tx, Right::ManageCertificates, unit)? {
        Some(_) => Ok(()),
        None => Err(Refusal::Nothing),
    }
}
