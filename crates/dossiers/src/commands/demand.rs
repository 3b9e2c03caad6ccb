//! What the office asks of the applicant: papers and answers (form 02), or money. The clock stands
//! meanwhile.
//!
//! After acceptance they may be asked for as often as the rule in force says: once.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 17
//! Law: TT 03/2025/TT-VPCP app. I (form 02)

use identity::{Authority, Right};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use platform::Ctx;
use platform::clock::{instant, local};
use procedures::TimeUnit;
use serde_json::json;

use super::{Act, Target, Telling, need, officer_act, reopened, step_right};
use crate::demand::{Demand, DemandItem, DemandKind, Outcome};
use crate::dossier::{Dossier, Restarted};
use crate::due::{Stood, answer_due, resume};
use crate::event::EventKind;
use crate::papers::Form;
use crate::refusal::Refusal;
use crate::rules::Rule;
use crate::status::Status;
use crate::store;
use crate::store::calendar::Reckoning;

/// Papers that are missing or wrong, and answers that have to be given again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SupplementWanted {
    pub items: Vec<DemandItem>,
    pub reason: String,
    pub legal_basis: String,
    /// The last day to answer; none: as many days as the rule gives.
    pub answer_by: Option<Date>,
}

/// A financial obligation, such as the tax on a change of land.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MoneyWanted {
    pub amount: i64,
    pub reason: String,
    pub legal_basis: String,
    pub answer_by: Option<Date>,
}

const DEFAULT_ANSWER_DAYS: u32 = 30;

/// 1, 2 or 4 → 5, with slip 02.
pub async fn ask_supplement(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    wanted: SupplementWanted,
) -> Result<Dossier, Refusal> {
    officer_act(ctx, authority, target, move |mut act, authority| {
        need_holder(&act, authority)?;
        let reckoning = act.reckoning()?;
        within_number(&mut act, &reckoning)?;
        let answer_by = answer_by(&reckoning, wanted.answer_by, act.now)?;
        let demand = Demand {
            items: wanted.items.clone(),
            legal_basis: wanted.legal_basis.clone(),
            ..blank(&mut act, DemandKind::Supplement, answer_by, &wanted.reason)?
        };
        act.dossier.stop_clock(Status::Supplement, act.now, answer_by)?;
        store::demand::insert(act.tx, act.dossier.id, &demand)?;
        reopened::open(&mut act, &demand)?;
        let slip = crate::paperwork::supplement(&mut act, &demand)?;
        act.issue(Form::Supplement, &slip)?;
        act.end(Telling {
            kind: EventKind::SupplementAsked,
            told: &wanted.reason,
            note: "",
            detail: json!({ "demand": demand.id, "answer_by": answer_by }),
        })
    })
    .await
}

/// 2 or 4 → 6.
pub async fn ask_money(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    wanted: MoneyWanted,
) -> Result<Dossier, Refusal> {
    officer_act(ctx, authority, target, move |mut act, authority| {
        need_holder(&act, authority)?;
        let reckoning = act.reckoning()?;
        let answer_by = answer_by(&reckoning, wanted.answer_by, act.now)?;
        let demand = Demand {
            amount: Some(wanted.amount),
            legal_basis: wanted.legal_basis.clone(),
            ..blank(&mut act, DemandKind::Money, answer_by, &wanted.reason)?
        };
        act.dossier.stop_clock(Status::MoneyDue, act.now, answer_by)?;
        store::demand::insert(act.tx, act.dossier.id, &demand)?;
        act.end(Telling {
            kind: EventKind::MoneyAsked,
            told: &wanted.reason,
            note: "",
            detail: json!({ "demand": demand.id, "amount": wanted.amount }),
        })
    })
    .await
}

/// 6 → 4: the obligation is met, says whoever collects or whoever holds the dossier.
pub async fn settle_money(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    receipt: String,
) -> Result<Dossier, Refusal> {
    officer_act(ctx, authority, target, move |mut act, authority| {
        need(authority, Right::CollectFees, act.dossier.places.receiving)
            .or_else(|_| need_holder(&act, authority))?;
        if act.dossier.status != Status::MoneyDue {
            return Err(Refusal::NotNow { status: act.dossier.status });
        }
        run_again(&mut act, Outcome::Met, &receipt)?;
        act.end(Telling {
            kind: EventKind::MoneySettled,
            told: &receipt,
            note: "",
            detail: json!({}),
        })
    })
    .await
}

/// 5 → 3 or 8: the citizen's time has passed without an answer.
pub async fn expire(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    reason: String,
) -> Result<Dossier, Refusal> {
    officer_act(ctx, authority, target, move |mut act, authority| {
        need_holder(&act, authority)?;
        let demand = open_demand(&mut act, DemandKind::Supplement)?;
        if let Some(answer_by) = demand.answer_by.filter(|_| !demand.is_expired(act.now)) {
            return Err(Refusal::AnswerTimeNotOver { answer_by });
        }
        close(&mut act, demand.id, Outcome::Expired, "")?;
        let ends_as = Status::after_expired_supplement(demand.asked_from);
        act.dossier.end(ends_as, act.now)?;
        let grounds = super::reception::Grounds {
            reason: reason.clone(),
            legal_basis: demand.legal_basis.clone(),
        };
        if ends_as == Status::Refused {
            let slip = crate::paperwork::refusal(&mut act, &grounds)?;
            act.issue(Form::Refusal, &slip)?;
        } else {
            let slip = crate::paperwork::stop(&mut act, &grounds, authority.role())?;
            act.issue(Form::Stop, &slip)?;
        }
        act.end(Telling {
            kind: EventKind::SupplementExpired,
            told: &reason,
            note: "",
            detail: json!({ "demand": demand.id }),
        })
    })
    .await
}

/// The one who has the dossier in hand: at reception, the counter.
pub(super) fn need_holder(act: &Act<'_>, authority: &Authority) -> Result<(), Refusal> {
    let holder = &act.dossier.holder;
    need(authority, step_right(holder.role), holder.unit)
}

/// The law counts requests after acceptance; before it, everything missing is told at once.
fn within_number(act: &mut Act<'_>, reckoning: &Reckoning) -> Result<(), Refusal> {
    if act.dossier.status == Status::Registered {
        return Ok(());
    }
    let asked = store::demand::all(act.tx, act.dossier.id)?;
    let asked = asked.iter().filter(|demand| demand.counts()).count();
    let today = local(act.now).date();
    match reckoning.rules.number(Rule::SupplementRequestsMax, today) {
        Some(times_max) if asked >= times_max as usize => {
            Err(Refusal::SupplementAskedAlready { times_max })
        }
        _ => Ok(()),
    }
}

/// The end of the last day to answer.
fn answer_by(
    reckoning: &Reckoning,
    named: Option<Date>,
    now: Timestamp,
) -> Result<Timestamp, Refusal> {
    let today = local(now).date();
    let days = reckoning.rules.number(Rule::SupplementAnswerDays, today);
    let usual = today.saturating_add(i64::from(days.unwrap_or(DEFAULT_ANSWER_DAYS)).days());
    let last = named.unwrap_or(usual);
    if last <= today {
        return Err(Refusal::NewDayNotLater { due: now });
    }
    let end = last.to_datetime(jiff::civil::Time::constant(23, 59, 0, 0));
    Ok(instant(end))
}

fn blank(
    act: &mut Act<'_>,
    kind: DemandKind,
    answer_by: Timestamp,
    reason: &str,
) -> Result<Demand, Refusal> {
    let number = store::demand::all(act.tx, act.dossier.id)?.len() as i64 + 1;
    Ok(Demand {
        id: act.ctx.ids.next(),
        number,
        kind,
        asked_from: act.dossier.status,
        asked_at: act.now,
        asked_by: act.by.account,
        asked_by_name: act.by.name.clone(),
        unit: act.dossier.holder.unit,
        reason: reason.to_owned(),
        legal_basis: String::new(),
        items: Vec::new(),
        amount: None,
        answer_by: Some(answer_by),
        ended_at: None,
        outcome: None,
        answer: String::new(),
        due_before: act.dossier.due.as_ref().map(|due| due.at),
        due_after: None,
    })
}

pub(super) fn open_demand(act: &mut Act<'_>, kind: DemandKind) -> Result<Demand, Refusal> {
    let demands = store::demand::all(act.tx, act.dossier.id)?;
    let open = demands.into_iter().find(|demand| demand.is_open() && demand.kind == kind);
    open.ok_or(Refusal::NotNow { status: act.dossier.status })
}

/// Ends the open demand and starts the clock with what was left of the time.
pub(super) fn run_again(
    act: &mut Act<'_>,
    outcome: Outcome,
    answer: &str,
) -> Result<Demand, Refusal> {
    let kind = match act.dossier.status {
        Status::MoneyDue => DemandKind::Money,
        _ => DemandKind::Supplement,
    };
    let demand = open_demand(act, kind)?;
    let reckoning = act.reckoning()?;
    let clock = restarted(&act.dossier, &reckoning, act.now)?;
    act.dossier.start_clock(clock)?;
    close(act, demand.id, outcome, answer)?;
    Ok(demand)
}

/// A dossier that ends takes its open demand with it.
pub(super) fn drop_open(act: &mut Act<'_>) -> Result<(), Refusal> {
    let demands = store::demand::all(act.tx, act.dossier.id)?;
    match demands.iter().find(|demand| demand.is_open()) {
        Some(demand) => close(act, demand.id, Outcome::Withdrawn, ""),
        None => Ok(()),
    }
}

fn close(
    act: &mut Act<'_>,
    demand: uuid::Uuid,
    outcome: Outcome,
    answer: &str,
) -> Result<(), Refusal> {
    reopened::drop_unsent(act)?;
    let due_after = act.dossier.due.as_ref().map(|due| due.at);
    let ending = store::demand::Ending { at: act.now, outcome, answer, due_after };
    if store::demand::end(act.tx, demand, &ending)? {
        Ok(())
    } else {
        Err(store::dossier::meanwhile(act.tx, act.dossier.id)?)
    }
}

/// What is left of the due date, of the step and of the hour of answer.
fn restarted(
    dossier: &Dossier,
    reckoning: &Reckoning,
    now: Timestamp,
) -> Result<Restarted, Refusal> {
    let Some(stood) = dossier.stood else {
        return Err(Refusal::NotNow { status: dossier.status });
    };
    let (from, to) = (local(stood.at), local(now));
    let cut_off = reckoning.rules.reception_cut_off(to.date());
    let calendar = &reckoning.calendar;
    let unit = dossier.time_limit.as_ref().map_or(TimeUnit::WorkingDay, |limit| limit.unit);
    let due = match &dossier.due {
        Some(due) => {
            let course = Stood { due: local(due.at), from, to };
            let new = resume(calendar, cut_off, unit, course)?;
            Some((instant(new.at), new.because))
        }
        None => None,
    };
    let step_due_at = match dossier.holder.due_at {
        Some(due) if due > stood.at => {
            let left = calendar.minutes_between(from, local(due));
            let left = u32::try_from(left).unwrap_or(0);
            let end = calendar.add_minutes(to, left).map_err(crate::due::DueFault::from)?;
            Some(instant(end))
        }
        other => other,
    };
    let hours = reckoning.rules.number(Rule::OnlineAnswerHours, to.date());
    let answer_due_at = match hours {
        Some(hours) => Some(instant(answer_due(calendar, hours, to)?.at)),
        None => None,
    };
    Ok(Restarted { at: now, due, answer_due_at, step_due_at })
}
