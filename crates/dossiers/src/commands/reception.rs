//! Reception: a request sent online is accepted with a code and a due date, or refused with a
//! reason. Asking for what is missing is in [`super::demand`].
//!
//! Law: NĐ 61/2018/NĐ-CP art. 17
//! Law: NĐ 45/2020/NĐ-CP art. 14

use std::sync::Arc;

use identity::{Authority, Right};
use jiff::Timestamp;
use jiff::civil::DateTime;
use platform::Ctx;
use platform::clock::{instant, local};
use procedures::Version;
use serde_json::json;

use super::{Act, Target, Telling, need, officer_act};
use crate::code::DossierCode;
use crate::dossier::{Appointment, Dossier};
use crate::due::{DueFault, Piece, due, step_due};
use crate::event::EventKind;
use crate::papers::Form;
use crate::refusal::Refusal;
use crate::route::Route;
use crate::status::Status;
use crate::store;
use crate::store::calendar::Reckoning;

/// What the clerk says when accepting.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acceptance {
    /// Where the published text gives the time only in words: the day the clerk names.
    pub due: Option<DateTime>,
    /// Why on that day.
    pub due_reason: String,
    /// To the applicant.
    pub told: String,
}

/// 1 → 2.
pub async fn accept(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    acceptance: Acceptance,
) -> Result<Dossier, Refusal> {
    officer_act(ctx, authority, target, move |mut act, authority| {
        need(authority, Right::ReceiveDossiers, act.dossier.places.receiving)?;
        take_in(&mut act, &acceptance)?;
        act.end(Telling {
            kind: EventKind::Accepted,
            told: &acceptance.told,
            note: "",
            detail: json!({}),
        })
    })
    .await
}

/// Code, due date, first step and receipt: the same at the counter and online.
pub(super) fn take_in(act: &mut Act<'_>, acceptance: &Acceptance) -> Result<(), Refusal> {
    let reckoning = act.reckoning()?;
    let appointment = appointment(&act.dossier, &reckoning, acceptance, act.now)?;
    let version = frozen_version(act)?;
    let code = mint_code(act)?;
    act.dossier.accept(code, act.now, appointment)?;
    begin_route(act, &Route::of(&version), &reckoning)?;
    let slip = crate::paperwork::receipt(act, &version)?;
    act.issue(Form::Receipt, &slip)
}

/// The counter holds the dossier from its acceptance on.
fn begin_route(act: &mut Act<'_>, route: &Route, reckoning: &Reckoning) -> Result<(), Refusal> {
    let mut holder = act.dossier.holder_at(route, 0, act.now).ok_or(Refusal::NoSuchStep)?;
    if let Some(hours) = route.step(0).and_then(|step| step.hours) {
        holder.due_at = Some(instant(step_due(&reckoning.calendar, hours, local(act.now))?));
    }
    act.dossier.holder = holder;
    Ok(())
}

fn appointment(
    dossier: &Dossier,
    reckoning: &Reckoning,
    acceptance: &Acceptance,
    now: Timestamp,
) -> Result<Appointment, Refusal> {
    let received = local(now);
    let cut_off = reckoning.rules.reception_cut_off(received.date());
    let counted = match &dossier.time_limit {
        Some(limit) => due(&reckoning.calendar, cut_off, limit, received),
        None => Err(DueFault::NotCountable),
    };
    let (at, because) = match counted {
        Ok(due) => (instant(due.at), due.because),
        Err(DueFault::NotCountable) => named_day(acceptance, now)?,
        Err(fault) => return Err(fault.into()),
    };
    Ok(Appointment {
        at,
        first_at: at,
        because,
        calendar_version: reckoning.calendar.version,
        reappointments: 0,
    })
}

/// Only where nothing can be counted does a person name the day.
fn named_day(acceptance: &Acceptance, now: Timestamp) -> Result<(Timestamp, Vec<Piece>), Refusal> {
    let at = instant(acceptance.due.ok_or(Refusal::DueDateNeeded)?);
    if at <= now {
        return Err(Refusal::NewDayNotLater { due: now });
    }
    Ok((at, vec![Piece::Appointed { reason: acceptance.due_reason.clone() }]))
}

/// The version the dossier began with, whatever the catalogue says today.
pub(super) fn frozen_version(act: &mut Act<'_>) -> Result<Arc<Version>, Refusal> {
    let entry = procedures::queries::version(act.tx, act.dossier.procedure.version)?;
    Ok(entry.ok_or(Refusal::ProcedureClosed)?.version)
}

fn mint_code(act: &mut Act<'_>) -> Result<String, Refusal> {
    let unit = organisations::queries::unit(act.tx, act.dossier.places.receiving)?;
    let agency = unit.ok_or(Refusal::AgencyNotReceiving)?.code.to_string();
    let day = local(act.now).date();
    let count = store::dossier::next_count(act.tx, &agency, day)?;
    Ok(DossierCode::mint(&agency, day, count).to_string())
}

/// Why a dossier is not taken, or not taken further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grounds {
    /// For a person, never an error code.
    pub reason: String,
    pub legal_basis: String,
}

/// 1 → 3, with slip 03.
pub async fn refuse(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    grounds: Grounds,
) -> Result<Dossier, Refusal> {
    officer_act(ctx, authority, target, move |mut act, authority| {
        need(authority, Right::ReceiveDossiers, act.dossier.places.receiving)?;
        if act.dossier.status != Status::Registered {
            return Err(Refusal::NotNow { status: act.dossier.status });
        }
        act.dossier.end(Status::Refused, act.now)?;
        let slip = crate::paperwork::refusal(&mut act, &grounds)?;
        act.issue(Form::Refusal, &slip)?;
        act.end(Telling {
            kind: EventKind::Refused,
            told: &grounds.reason,
            note: "",
            detail: json!({ "legal_basis": grounds.legal_basis }),
        })
    })
    .await
}
