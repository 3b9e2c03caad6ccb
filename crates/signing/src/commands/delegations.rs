//! Signing in another's place: given by the head, or handed on once by whoever signs by order;
//! ended before its time.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 13

use identity::{Account, AccountKind, Actor, Right};
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use platform::store::Tx;
use serde_json::json;
use uuid::Uuid;

use super::Scribe;
use crate::delegation::{Delegation, Draft, Fault, Kind, Standing};
use crate::queries::decides;
use crate::refusal::Refusal;
use crate::store::delegations;

/// What a draft would become: shown before it is given. The second is the delegation by order that
/// it hands on.
pub async fn preview(
    ctx: &Ctx,
    actor: &Actor,
    draft: Draft,
) -> Result<(Delegation, Option<Delegation>), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store.read(move |tx| planned(tx, (&scribe, &actor), (Uuid::nil(), &draft))).await
}

/// Gives a delegation.
pub async fn give(ctx: &Ctx, actor: &Actor, draft: Draft) -> Result<Uuid, Refusal> {
    let (scribe, actor, id) = (Scribe::of(ctx, actor), actor.clone(), ctx.ids.next());
    ctx.store
        .write(move |tx| {
            take_turns(tx, &actor, &draft)?;
            let (new, _) = planned(tx, (&scribe, &actor), (id, &draft))?;
            delegations::insert(tx, &new)?;
            let detail = json!({
                "kind": new.kind.code(),
                "to": new.taker,
                "scopes": new.scopes,
                "from": new.valid_from.to_string(),
                "until": new.valid_to.map(|last| last.to_string()),
                "under": new.under,
            });
            scribe.note_over(tx, Some(new.unit), ("signing.delegate", object(id)), detail)?;
            Ok(id)
        })
        .await
}

/// Ends it at once: whoever gave it, or whoever looks after the certificates of the unit. What was
/// signed by it stays signed.
pub async fn end(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let one = delegations::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            if !may_end(tx, &actor, &one)? {
                return Err(Refusal::Nothing);
            }
            let by = (actor.account.0, scribe.name.as_str());
            if one.standing(local(scribe.now).date()) == Standing::Over
                || !delegations::end(tx, id, scribe.now, by)?
            {
                return Err(Refusal::Delegation(Fault::Over));
            }
            let about = ("signing.end-delegation", object(id));
            Ok(scribe.note_over(tx, Some(one.unit), about, json!({ "of": one.taker }))?)
        })
        .await
}

pub(crate) fn may_end(tx: &mut Tx, actor: &Actor, one: &Delegation) -> Result<bool, Refusal> {
    let looks_after = actor.authority(tx, Right::ManageCertificates, one.unit)?.is_some();
    Ok(looks_after || one.giver == actor.account.0)
}

/// Of two that are given to one officer at once, or one given and one handed on, the second sees
/// the first. In one order, so that neither waits for the other.
fn take_turns(tx: &mut Tx, actor: &Actor, draft: &Draft) -> Result<(), Refusal> {
    let taker = identity::queries::by_login(tx, &draft.taker_login)?;
    let mut accounts: Vec<Uuid> = taker.into_iter().map(|taker| taker.0).collect();
    accounts.push(actor.account.0);
    accounts.sort_unstable();
    accounts.dedup();
    for account in accounts {
        delegations::take_turn(tx, account, draft.unit)?;
    }
    Ok(())
}

fn planned(
    tx: &mut Tx,
    (scribe, actor): (&Scribe, &Actor),
    (id, draft): (Uuid, &Draft),
) -> Result<(Delegation, Option<Delegation>), Refusal> {
    let today = local(scribe.now).date();
    may_give(tx, actor, (draft.unit, today))?;
    let kind = draft.check(today).map_err(Refusal::Delegation)?;
    let taker = taker(tx, actor, draft)?;
    let scopes: Vec<&str> = draft.scopes.iter().map(|scope| scope.code()).collect();
    let mut new = Delegation {
        id,
        kind,
        unit: draft.unit,
        giver: actor.account.0,
        giver_name: actor.name.clone(),
        giver_title: draft.giver_title.trim().to_owned(),
        taker: taker.id.0,
        taker_name: taker.name.clone(),
        taker_title: draft.taker_title.trim().to_owned(),
        scopes: scopes.join(" "),
        matter: Some(draft.matter.trim().to_owned()).filter(|text| !text.is_empty()),
        ground: draft.ground.trim().to_owned(),
        under: None,
        valid_from: draft.valid_from,
        valid_to: draft.valid_to,
        made_at: scribe.now,
        ended_at: None,
        ended_by: None,
        ended_name: None,
    };
    let under = handed_on(tx, &new, today)?;
    new.under = under.as_ref().map(|order| order.id);
    let others = delegations::taken(tx, (new.taker, new.unit), today)?;
    if others.iter().any(|other| other.overlaps(&new)) {
        return Err(Refusal::Delegation(Fault::Overlaps));
    }
    Ok((new, under))
}

/// The head of the unit, or somebody who signs there by order.
pub(crate) fn may_give(
    tx: &mut Tx,
    actor: &Actor,
    (unit, today): (UnitId, Date),
) -> Result<(), Refusal> {
    if actor.authority(tx, Right::DecideDossiers, unit)?.is_some() {
        return Ok(());
    }
    let taken = delegations::taken(tx, (actor.account.0, unit), today)?;
    match taken.iter().any(|one| one.kind == Kind::Order) {
        true => Ok(()),
        false => Err(Refusal::Nothing),
    }
}

/// What the giver holds of another in the same time and papers may not be given on, but for the
/// deputy of whoever signs by order: article 13 sections 3 and 4.
fn handed_on(tx: &mut Tx, new: &Delegation, today: Date) -> Result<Option<Delegation>, Refusal> {
    let held = delegations::taken(tx, (new.giver, new.unit), today)?;
    let Some(held) = held.into_iter().find(|one| one.overlaps(new)) else {
        // Somebody who holds an order for other papers or another time has nothing here to give.
        return match decides(tx, (new.giver, new.unit), today)? {
            true => Ok(None),
            false => Err(Refusal::Delegation(Fault::BeyondOrder)),
        };
    };
    match (held.kind, new.kind) {
        (Kind::Order, Kind::Deputy) if new.is_inside(&held) => Ok(Some(held)),
        (Kind::Order, Kind::Deputy) => Err(Refusal::Delegation(Fault::BeyondOrder)),
        _ => Err(Refusal::Delegation(Fault::Further)),
    }
}

fn taker(tx: &mut Tx, actor: &Actor, draft: &Draft) -> Result<Account, Refusal> {
    let unknown = || Refusal::Delegation(Fault::NoSuchOfficer);
    let id = identity::queries::by_login(tx, &draft.taker_login)?.ok_or_else(unknown)?;
    if id == actor.account {
        return Err(Refusal::Delegation(Fault::ToOneself));
    }
    let account = identity::queries::account(tx, id)?.ok_or_else(unknown)?;
    let home = account.unit.map(UnitId).ok_or_else(unknown)?;
    let works_here = account.kind == AccountKind::Officer
        && account.status == identity::Status::Active
        && organisations::queries::is_within(tx, home, draft.unit)?;
    if works_here { Ok(account) } else { Err(unknown()) }
}

fn object(id: Uuid) -> String {
    format!("delegation:{id}")
}
