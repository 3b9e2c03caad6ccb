//! What only those who decide may do: issue the result, stop, or apologise and name a new day.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 19
//! Law: TT 03/2025/TT-VPCP app. I (forms 04, 05)

use identity::{Authority, Right};
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::{instant, local};
use serde_json::json;

use super::demand::drop_open;
use super::reception::{Grounds, frozen_version};
use super::{Act, Target, Telling, need, officer_act};
use crate::check_code::CheckCode;
use crate::dossier::{Dossier, Reappointment};
use crate::due::{DueFault, step_due};
use crate::event::EventKind;
use crate::handover::HandoverKind;
use crate::papers::Form;
use crate::refusal::Refusal;
use crate::route::Route;
use crate::rules::Rule;
use crate::status::Status;
use crate::store;
use crate::store::result::Wording;

/// 2 or 4 → 9: the result is issued, with the code by which anybody can check it.
pub async fn decide(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    wording: Wording,
) -> Result<Dossier, Refusal> {
    officer_act(ctx, authority, target, move |mut act, authority| {
        need(authority, Right::DecideDossiers, act.dossier.places.deciding)?;
        to_result_desk(&mut act)?;
        let code = issue(&mut act, authority, &wording)?;
        act.end(Telling {
            kind: EventKind::Decided,
            told: "",
            note: "",
            detail: json!({ "number": wording.number, "check_code": code.as_str() }),
        })
    })
    .await
}

fn to_result_desk(act: &mut Act<'_>) -> Result<(), Refusal> {
    let version = frozen_version(act)?;
    let route = Route::of(&version);
    let reckoning = act.reckoning()?;
    let last = route.last();
    let mut desk = act.dossier.holder_at(&route, last, act.now).ok_or(Refusal::NoSuchStep)?;
    if let Some(hours) = route.step(last).and_then(|step| step.hours) {
        desk.due_at = Some(instant(step_due(&reckoning.calendar, hours, local(act.now))?));
    }
    let from = act.dossier.finish(act.now, desk)?;
    act.hand_over(&reckoning.calendar, (HandoverKind::Finish, from), "")?;
    Ok(())
}

fn issue(
    act: &mut Act<'_>,
    authority: &Authority,
    wording: &Wording,
) -> Result<CheckCode, Refusal> {
    let code = CheckCode::mint(act.ctx.ids.secret());
    let about = store::result::Proposed {
        by: act.by.account,
        unit: act.dossier.places.deciding.0,
        unit_name: &act.by.unit_name,
        owner: act.dossier.owner.map(|owner| owner.0),
    };
    store::result::propose(act.tx, act.dossier.id, wording, &about)?;
    let signer_role = act.speech().t(authority.role().word());
    let paper = crate::paperwork::result(act, wording, (&signer_role, &code))?;
    let issued = store::result::Issued {
        signer: act.by.account,
        signer_name: &act.by.name,
        signer_role: &signer_role,
        unit: act.dossier.places.deciding.0,
        unit_name: &act.by.unit_name,
        at: act.now,
        check_code: code.as_str(),
        facts: store::written(&paper)?,
    };
    if !store::result::issue(act.tx, act.dossier.id, wording, &issued)? {
        return Err(store::dossier::meanwhile(act.tx, act.dossier.id)?);
    }
    Ok(code)
}

/// 2, 4 or 6 → 8, with slip 05: examined and not to be granted, or impossible to go on with.
pub async fn stop(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    grounds: Grounds,
) -> Result<Dossier, Refusal> {
    officer_act(ctx, authority, target, move |mut act, authority| {
        need(authority, Right::DecideDossiers, act.dossier.places.deciding)?;
        // Who waits for an answer first lets its time pass.
        if act.dossier.status == Status::Supplement {
            return Err(Refusal::NotNow { status: Status::Supplement });
        }
        drop_open(&mut act)?;
        act.dossier.end(Status::Stopped, act.now)?;
        let slip = crate::paperwork::stop(&mut act, &grounds, authority.role())?;
        act.issue(Form::Stop, &slip)?;
        act.end(Telling {
            kind: EventKind::Stopped,
            told: &grounds.reason,
            note: "",
            detail: json!({ "legal_basis": grounds.legal_basis }),
        })
    })
    .await
}

/// The new day and why the old one cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apology {
    pub new_day: Date,
    pub reason: String,
}

/// Slip 04, before the due date has passed, and as often as the rule in force says: once.
pub async fn reappoint(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    apology: Apology,
) -> Result<Dossier, Refusal> {
    officer_act(ctx, authority, target, move |mut act, authority| {
        need(authority, Right::DecideDossiers, act.dossier.places.deciding)?;
        let before = act.dossier.due.as_ref().map(|due| due.at);
        let before = before.ok_or(Refusal::NotNow { status: act.dossier.status })?;
        if before < act.now {
            return Err(Refusal::DueAlreadyPassed { due: before });
        }
        name_new_day(&mut act, &apology)?;
        let slip =
            crate::paperwork::apology(&mut act, (&apology.reason, before), authority.role())?;
        act.issue(Form::Apology, &slip)?;
        act.end(Telling {
            kind: EventKind::Reappointed,
            told: &apology.reason,
            note: "",
            detail: json!({ "due_before": before }),
        })
    })
    .await
}

/// The office's closing hour of the day, or of the next one on which it is open.
fn name_new_day(act: &mut Act<'_>, apology: &Apology) -> Result<(), Refusal> {
    let reckoning = act.reckoning()?;
    let day = reckoning.calendar.open_from(apology.new_day).map_err(DueFault::from)?;
    let closing = reckoning
        .calendar
        .closes(day)
        .unwrap_or_else(|| day.to_datetime(jiff::civil::Time::midnight()));
    let today = local(act.now).date();
    act.dossier.reappoint(Reappointment {
        at: instant(closing),
        reason: apology.reason.clone(),
        times_max: reckoning.rules.number(Rule::ReappointmentsMax, today).unwrap_or(u32::MAX),
    })
}
