//! Sittings: opened with a code, closed by their owner or by the clock. For slips alone: whoever
//! hands out forty slips in a morning does not type forty codes.

use identity::{Actor, confirm_again};
use platform::Ctx;
use platform::clock::local;
use serde_json::json;

use super::Scribe;
use super::signing::new_authorisation;
use crate::refusal::Refusal;
use crate::sitting::{Sitting, length};
use crate::store::authorisations;
use crate::submission::Scope;

/// From now on this officer's slips are signed as they come.
pub async fn open(ctx: &Ctx, actor: &Actor, code: &str) -> Result<Sitting, Refusal> {
    let (scribe, account) = (Scribe::of(ctx, actor), actor.account.0);
    let now = scribe.now;
    ctx.store.read(move |tx| may_open(tx, account, now)).await?;
    let confirmed = confirm_again(ctx, actor, code).await.map_err(Refusal::Confirm)?;
    let authorisation = new_authorisation(ctx, &confirmed);
    let sitting = Sitting {
        id: ctx.ids.next(),
        account,
        scope: Scope::Slip,
        begun_at: now,
        ends_at: now + length(local(now).date()),
        authorisation: authorisation.id,
    };
    let (opened, unit) = (sitting.clone(), actor.own().unit.map(organisations::UnitId));
    ctx.store
        .write(move |tx| {
            may_open(tx, account, now)?;
            authorisations::insert(tx, &authorisation)?;
            authorisations::open_sitting(tx, &opened)?;
            let detail = json!({ "ends_at": opened.ends_at, "factor": authorisation.factor });
            let done = ("signing.open-sitting", format!("sitting:{}", opened.id));
            Ok::<(), Refusal>(scribe.note_over(tx, unit, done, detail)?)
        })
        .await?;
    Ok(sitting)
}

fn may_open(
    tx: &mut platform::store::Tx,
    account: uuid::Uuid,
    now: jiff::Timestamp,
) -> Result<(), Refusal> {
    if authorisations::sitting_of(tx, account, now)?.is_some() {
        return Err(Refusal::SittingOpen);
    }
    let all = trust::queries::signatures_of(tx, account, now)?;
    let first = all.first().ok_or(Refusal::NoCertificate)?;
    if first.key.is_some() { Ok(()) } else { Err(Refusal::KeyElsewhere) }
}

/// Every slip from now on waits for a code again.
pub async fn close(ctx: &Ctx, actor: &Actor) -> Result<(), Refusal> {
    let (scribe, account) = (Scribe::of(ctx, actor), actor.account.0);
    let unit = actor.own().unit.map(organisations::UnitId);
    ctx.store
        .write(move |tx| {
            let open = authorisations::sitting_of(tx, account, scribe.now)?;
            let Some(sitting) = open else { return Ok(()) };
            authorisations::close_sittings(tx, account, scribe.now)?;
            let done = ("signing.close-sitting", format!("sitting:{}", sitting.id));
            Ok(scribe.note_over(tx, unit, done, json!({}))?)
        })
        .await
}
