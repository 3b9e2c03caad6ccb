//! The calendar as its administrator sees it.

use identity::{Actor, Right};
use jiff::civil::{Date, date};
use organisations::{Unit, UnitId};
use platform::Ctx;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::commands::calendar::{Reach, need};
use crate::refusal::Refusal;
use crate::store::calendar::{self as rows, DayRow, RuleLine, VersionLine, WeekRow};

pub struct Overview {
    pub reach: Reach,
    /// The unit, when its own days and hours are looked at.
    pub unit: Option<Unit>,
    /// Units whose hours this person may change besides.
    pub offices: Vec<Unit>,
    pub may_change_country: bool,
    pub version: i64,
    pub year: i16,
    pub days: Vec<DayRow>,
    pub weeks: Vec<WeekRow>,
    pub rules: Vec<RuleLine>,
    pub history: Vec<VersionLine>,
}

/// For the country, or for one unit.
pub async fn overview(
    ctx: &Ctx,
    actor: &Actor,
    (reach, year): (Reach, Option<i16>),
) -> Result<Overview, Refusal> {
    let (actor, now, ids) = (actor.clone(), ctx.clock.now(), ctx.ids.clone());
    let year = year.unwrap_or_else(|| local(now).year());
    // Written, because the first look brings in what the program ships.
    ctx.store
        .write(move |tx| {
            need(tx, &actor, reach)?;
            rows::write_down_shipped(tx, &ids, now)?;
            let version = rows::newest_version(tx)?.unwrap_or(rows::FIRST_VERSION);
            let of_reach = |unit: Option<Uuid>| unit == reach.unit();
            let mut days = rows::day_rows(tx, version, first_day(year))?;
            days.retain(|day| day.date.year() == year && of_reach(day.unit));
            let mut weeks = rows::week_rows(tx, version)?;
            weeks.retain(|week| of_reach(week.unit));
            Ok(Overview {
                unit: unit_of(tx, reach)?,
                offices: offices(tx, &actor)?,
                may_change_country: actor.has_everywhere(Right::ManageProcedures),
                rules: rows::rule_lines(tx, version)?,
                history: rows::versions(tx)?,
                reach,
                version,
                year,
                days,
                weeks,
            })
        })
        .await
}

fn first_day(year: i16) -> Date {
    Date::new(year, 1, 1).unwrap_or(date(2018, 1, 1))
}

fn unit_of(tx: &mut Tx, reach: Reach) -> Result<Option<Unit>, StoreError> {
    match reach {
        Reach::Country => Ok(None),
        Reach::Unit(unit) => organisations::queries::unit(tx, unit),
    }
}

fn offices(tx: &mut Tx, actor: &Actor) -> Result<Vec<Unit>, StoreError> {
    let ids: Vec<UnitId> = actor.offices(Right::ManageProcedures);
    let mut units = Vec::with_capacity(ids.len());
    for id in ids {
        units.extend(organisations::queries::unit(tx, id)?);
    }
    Ok(units)
}

/// The days from `first` to `last` on which a unit works, for other deadlines than a dossier's.
pub fn open_days(
    tx: &mut Tx,
    unit: UnitId,
    (first, last): (Date, Date),
) -> Result<Vec<Date>, StoreError> {
    let path = organisations::queries::path(tx, unit)?;
    let line: Vec<Uuid> = path.iter().rev().map(|unit| unit.id.0).collect();
    let calendar = rows::reckoning(tx, &line, first)?.calendar;
    let days = first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last);
    Ok(days.filter(|day| calendar.is_open(*day)).collect())
}
