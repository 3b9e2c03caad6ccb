//! The way through the office: handed on along the route of the procedure version, handed back
//! with a reason, a note among officers, a proposal for the result.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 18
//! Law: NĐ 61/2018/NĐ-CP art. 19

use identity::Authority;
use platform::Ctx;
use platform::clock::{instant, local};
use serde_json::json;

use super::demand::need_holder;
use super::reception::frozen_version;
use super::{Act, Target, Telling, officer_act, officer_act_anytime};
use crate::dossier::{Dossier, Holder};
use crate::due::step_due;
use crate::event::EventKind;
use crate::handover::HandoverKind;
use crate::refusal::Refusal;
use crate::route::Route;
use crate::store;

/// To the next step, or to a later one when steps are skipped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HandOn {
    /// None: the next one.
    pub to_step: Option<usize>,
    /// For whoever takes it.
    pub note: String,
}

/// 2 or 4 → 4.
pub async fn hand_on(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    wish: HandOn,
) -> Result<Dossier, Refusal> {
    officer_act(ctx, authority, target, move |mut act, authority| {
        need_holder(&act, authority)?;
        let version = frozen_version(&mut act)?;
        let route = Route::of(&version);
        let here = act.dossier.holder.step;
        let step = wish.to_step.unwrap_or(here + 1);
        if !route.later(here).contains(&step) {
            return Err(Refusal::NoSuchStep);
        }
        give(&mut act, &route, (HandoverKind::Forward, step), &wish.note)?;
        act.end(Telling {
            kind: EventKind::HandedOn,
            told: "",
            note: &wish.note,
            detail: json!({ "step": step }),
        })
    })
    .await
}

/// Back to the step before, with a reason.
pub async fn hand_back(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    reason: String,
) -> Result<Dossier, Refusal> {
    officer_act(ctx, authority, target, move |mut act, authority| {
        need_holder(&act, authority)?;
        let version = frozen_version(&mut act)?;
        let route = Route::of(&version);
        let step = act.dossier.holder.step.checked_sub(1).ok_or(Refusal::NoSuchStep)?;
        give(&mut act, &route, (HandoverKind::Back, step), &reason)?;
        act.end(Telling {
            kind: EventKind::HandedBack,
            told: "",
            note: &reason,
            detail: json!({ "step": step }),
        })
    })
    .await
}

/// Into the hands of a step, with its own time.
fn give(
    act: &mut Act<'_>,
    route: &Route,
    (kind, step): (HandoverKind, usize),
    note: &str,
) -> Result<(), Refusal> {
    let reckoning = act.reckoning()?;
    let mut to = act.dossier.holder_at(route, step, act.now).ok_or(Refusal::NoSuchStep)?;
    if let Some(hours) = route.step(step).and_then(|step| step.hours) {
        to.due_at = Some(instant(step_due(&reckoning.calendar, hours, local(act.now))?));
    }
    let from: Holder = act.dossier.hand_on(to)?;
    act.hand_over(&reckoning.calendar, (kind, from), note)?;
    Ok(())
}

/// Among officers: the applicant never sees it. Any officer of a unit concerned may leave one.
pub async fn note(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    text: String,
) -> Result<Dossier, Refusal> {
    officer_act_anytime(ctx, authority, target, move |act, authority| {
        need_concerned(&act.dossier, authority)?;
        act.end(Telling { kind: EventKind::Noted, told: "", note: &text, detail: json!({}) })
    })
    .await
}

fn need_concerned(dossier: &Dossier, authority: &Authority) -> Result<(), Refusal> {
    let over = authority.over();
    let concerned = [dossier.places.receiving, dossier.places.deciding, dossier.holder.unit];
    if concerned.contains(&over) { Ok(()) } else { Err(Refusal::NotFound) }
}

/// The result as whoever examined the dossier would word it; whoever decides may change it.
pub async fn propose(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    wording: store::result::Wording,
) -> Result<Dossier, Refusal> {
    officer_act(ctx, authority, target, move |act, authority| {
        need_holder(&act, authority)?;
        if !act.dossier.status.may_become(crate::status::Status::Finished) {
            return Err(Refusal::NotNow { status: act.dossier.status });
        }
        let about = store::result::Proposed {
            by: act.by.account,
            unit: act.dossier.places.deciding.0,
            unit_name: &act.by.unit_name,
            owner: act.dossier.owner.map(|owner| owner.0),
        };
        store::result::propose(act.tx, act.dossier.id, &wording, &about)?;
        act.end(Telling {
            kind: EventKind::ResultProposed,
            told: "",
            note: "",
            detail: json!({ "number": wording.number }),
        })
    })
    .await
}
