//! What only those who decide may do: approve the result, which is issued once it is signed; stop;
//! or apologise and name a new day.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 19
//! Law: NĐ 30/2020/NĐ-CP art. 13
//! Law: TT 03/2025/TT-VPCP app. I (forms 04, 05)

use identity::{Authority, Right};
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::{instant, local};
use serde_json::json;
use signing::{Capacity, Scope};

use super::demand::drop_open;
use super::reception::{Grounds, frozen_version};
use super::signatures::take_back;
use super::{Act, Target, Telling, need, officer_act, officer_act_anytime};
use crate::check_code::CheckCode;
use crate::dossier::{Dossier, Reappointment};
use crate::due::{DueFault, step_due};
use crate::event::EventKind;
use crate::handover::HandoverKind;
use crate::papers::Form;
use crate::refusal::Refusal;
use crate::route::Route;
use crate::rules::Rule;
use crate::signature::Signing;
use crate::status::Status;
use crate::store::result::Wording;
use crate::{jobs, store};

/// The result is approved, with the code by which anybody can check it. 2 or 4 → 9 once it is
/// signed; at once where nothing can be signed.
pub async fn decide(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    wording: Wording,
) -> Result<Dossier, Refusal> {
    officer_act(ctx, authority, target, move |mut act, authority| {
        need(authority, Right::DecideDossiers, act.dossier.places.deciding)?;
        if !act.dossier.status.may_become(Status::Finished) {
            return Err(Refusal::NotNow { status: act.dossier.status });
        }
        let signing = act.signing(Form::Result)?;
        let code = approve(&mut act, authority, (&wording, signing))?;
        if signing == Signing::Asked {
            let dossier = act.dossier.id;
            act.enqueue(jobs::PRINT_RESULT, json!({ "dossier": dossier.0 }), dossier.object())?;
            let detail = json!({ "number": wording.number });
            return act.end(Telling { kind: EventKind::Approved, told: "", note: "", detail });
        }
        give_out(&mut act)?;
        act.end(decided(&wording.number, Some(code.as_str())))
    })
    .await
}

pub(super) fn decided(number: &str, check_code: Option<&str>) -> Telling<'static> {
    let detail = json!({ "number": number, "check_code": check_code });
    Telling { kind: EventKind::Decided, told: "", note: "", detail }
}

/// Takes an approval back while it waits for its signatures.
pub async fn recall(ctx: &Ctx, authority: &Authority, target: Target) -> Result<Dossier, Refusal> {
    officer_act_anytime(ctx, authority, target, move |act, authority| {
        need(authority, Right::DecideDossiers, act.dossier.places.deciding)?;
        let result = store::result::of(act.tx, act.dossier.id)?;
        let Some(result) = result.filter(|result| result.signing.is_awaited()) else {
            return Err(Refusal::NotNow { status: act.dossier.status });
        };
        if let Some(submission) = result.submission {
            let by = (act.by.account, act.by.name.as_str());
            if !signing::commands::withdraw(act.tx, act.ctx, submission, by)? {
                return Err(Refusal::SigningOver);
            }
        }
        take_back(act, Signing::Withdrawn, "")
    })
    .await
}

/// Issued: it counts from now on, and is on its way to the desk that gives results out.
pub(super) fn give_out(act: &mut Act<'_>) -> Result<(), Refusal> {
    to_result_desk(act)?;
    if !store::result::issue(act.tx, act.dossier.id, act.now)? {
        return Err(store::dossier::meanwhile(act.tx, act.dossier.id)?);
    }
    Ok(())
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

/// Fixes the facts of the result.
fn approve(
    act: &mut Act<'_>,
    authority: &Authority,
    (wording, signing): (&Wording, Signing),
) -> Result<CheckCode, Refusal> {
    let code = CheckCode::mint(act.ctx.ids.secret());
    let deciding = act.dossier.places.deciding;
    let about = store::result::Proposed {
        by: act.by.account,
        unit: deciding.0,
        unit_name: &act.by.unit_name,
        owner: act.dossier.owner.map(|owner| owner.0),
    };
    store::result::propose(act.tx, act.dossier.id, wording, &about)?;
    let capacity = capacity(act, authority)?;
    let signer_role = capacity.lines.join("\n");
    let paper = crate::paperwork::result(act, wording, (&signer_role, &code))?;
    let approved = store::result::Approved {
        signer: act.by.account,
        signer_name: &act.by.name,
        signer_role: &signer_role,
        delegation: capacity.delegation,
        unit: deciding.0,
        unit_name: &act.by.unit_name,
        at: act.now,
        check_code: code.as_str(),
        facts: store::written(&paper)?,
        signing,
    };
    if !store::result::approve(act.tx, act.dossier.id, wording, &approved)? {
        return Err(store::dossier::meanwhile(act.tx, act.dossier.id)?);
    }
    Ok(code)
}

/// In their own name, by the position in their certificate; or in the place of whoever delegated it
/// to them.
fn capacity(act: &mut Act<'_>, authority: &Authority) -> Result<Capacity, Refusal> {
    let (unit, today) = (act.dossier.places.deciding, local(act.now).date());
    let account = authority.actor().0;
    let title = trust::queries::title_of(act.tx, account, act.now)?;
    let own = title.unwrap_or_else(|| act.speech().t(authority.role().word()));
    Ok(signing::queries::capacity(act.tx, account, unit, (Scope::Result, &own), today)?)
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
