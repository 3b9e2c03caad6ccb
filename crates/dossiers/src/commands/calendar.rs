//! Changing the calendar, the hours and the rules: each change is a new version, with who and
//! why. No due date that was given is touched by it.
//!
//! Law: BLLĐ 45/2019/QH14 art. 112

use identity::{Actor, Right};
use organisations::UnitId;
use platform::store::Tx;
use platform::{Ctx, audit};
use serde_json::json;
use uuid::Uuid;

use crate::calendar::{SpecialDay, Week};
use crate::refusal::Refusal;
use crate::rules::RuleRow;
use crate::store::calendar::{self as rows, Ended};

/// One line of a change.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    AddDay(SpecialDay),
    AddWeek(Week),
    AddRule(RuleRow),
    /// An expected day that the yearly notice has confirmed.
    ConfirmDay(Uuid),
    End(Ended, Uuid),
}

/// For whom: the country, or one unit and those below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    Country,
    Unit(UnitId),
}

impl Reach {
    pub fn unit(self) -> Option<Uuid> {
        match self {
            Reach::Country => None,
            Reach::Unit(unit) => Some(unit.0),
        }
    }
}

/// Whoever looks after procedures everywhere changes the country's calendar; of a unit, its
/// hours and its own closed days.
pub async fn change(
    ctx: &Ctx,
    actor: &Actor,
    (reach, edits): (Reach, Vec<Edit>),
    note: String,
) -> Result<i64, Refusal> {
    let (ctx, actor, now) = (ctx.clone(), actor.clone(), ctx.clock.now());
    let store = ctx.store.clone();
    store
        .write(move |tx| {
            need(tx, &actor, reach)?;
            rows::write_down_shipped(tx, &ctx.ids, now)?;
            let change = rows::Change {
                at: now,
                actor: actor.account.0,
                actor_name: &actor.name,
                note: &note,
            };
            let number = rows::begin_version(tx, &change)?.ok_or(Refusal::CalendarChanged)?;
            for edit in &edits {
                apply(tx, &ctx, (reach, number), edit)?;
            }
            audit::record(tx, &audit_row(&ctx, &change, (reach, number), &edits))?;
            Ok(number)
        })
        .await
}

/// What the calendar concerns: whoever manages the procedures of a unit, or of all.
pub fn need(tx: &mut Tx, actor: &Actor, reach: Reach) -> Result<(), Refusal> {
    let allowed = match reach {
        Reach::Country => actor.has_everywhere(Right::ManageProcedures),
        Reach::Unit(unit) => actor.authority(tx, Right::ManageProcedures, unit)?.is_some(),
    };
    if allowed { Ok(()) } else { Err(Refusal::NotFound) }
}

fn apply(
    tx: &mut Tx,
    ctx: &Ctx,
    (reach, number): (Reach, i64),
    edit: &Edit,
) -> Result<(), Refusal> {
    let (id, unit) = (ctx.ids.next(), reach.unit());
    match edit {
        Edit::AddDay(day) => rows::insert_day(tx, id, unit, (day, number))?,
        Edit::AddWeek(week) => rows::insert_week(tx, id, unit, (week, number))?,
        // Rules are the country's alone.
        Edit::AddRule(_) if reach != Reach::Country => return Err(Refusal::NotFound),
        Edit::AddRule(rule) => rows::insert_rule(tx, id, rule, number)?,
        Edit::ConfirmDay(old) => {
            if !rows::confirm_day(tx, id, (*old, unit), number)? {
                return Err(Refusal::CalendarChanged);
            }
        }
        Edit::End(what, id) => {
            if !rows::end(tx, *what, (*id, unit), number)? {
                return Err(Refusal::CalendarChanged);
            }
        }
    }
    Ok(())
}

fn audit_row(
    ctx: &Ctx,
    change: &rows::Change<'_>,
    (reach, number): (Reach, i64),
    edits: &[Edit],
) -> audit::Act {
    let told: Vec<String> = edits.iter().map(told).collect();
    audit::Act {
        id: ctx.ids.next(),
        at: change.at,
        actor: Some(change.actor),
        actor_name: change.actor_name.to_owned(),
        unit: reach.unit(),
        verb: "dossiers.change_calendar",
        object: format!("calendar:{number}"),
        detail: json!({ "unit": reach.unit(), "edits": told, "note": change.note }),
    }
}

fn told(edit: &Edit) -> String {
    match edit {
        Edit::AddDay(day) => format!("add {} {}", day.kind.as_str(), day.date),
        Edit::AddWeek(week) => format!("hours from {}", week.valid_from),
        Edit::ConfirmDay(id) => format!("confirm day {id}"),
        Edit::AddRule(rule) => {
            format!("{} = {} from {}", rule.rule.as_str(), rule.value.write(), rule.valid_from)
        }
        Edit::End(what, id) => format!("end {what:?} {id}"),
    }
}
