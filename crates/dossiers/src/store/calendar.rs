//! Calendar, hours and rules: rows that come and go with versions, never changed in place.
//!
//! Version 1 is what the program ships. It is written down with the first change; until then it
//! is read from the program.

use jiff::Timestamp;
use jiff::civil::Date;
use platform::ids::Ids;
use platform::record;
use platform::store::{StoreError, Tx, row};
use uuid::Uuid;

use crate::calendar::{Calendar, Certainty, DayKind, SpecialDay, Week, seed, write_periods};
use crate::rules::{Rule, RuleRow, Rules};

/// What the program ships with.
pub const FIRST_VERSION: i64 = 1;

const NEWEST_VERSION: &str = "SELECT MAX(number) FROM dossiers_calendar_version";

const INSERT_VERSION: &str = "INSERT INTO dossiers_calendar_version
    (number, at, actor, actor_name, note) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (number) DO NOTHING";

const VERSIONS: &str = "SELECT number, at, actor_name, note FROM dossiers_calendar_version
    ORDER BY number DESC LIMIT 50";

const DAYS: &str = "SELECT id, unit, date, kind, name_vi, name_en, certainty
    FROM dossiers_calendar_day
    WHERE since <= $1 AND (until IS NULL OR until > $1) AND date >= $2
    ORDER BY date";

const WEEKS: &str = "SELECT id, unit, valid_from, hours, saturday FROM dossiers_calendar_week
    WHERE since <= $1 AND (until IS NULL OR until > $1)
    ORDER BY valid_from";

const RULES: &str = "SELECT id, rule, valid_from, value, basis FROM dossiers_rule
    WHERE since <= $1 AND (until IS NULL OR until > $1)
    ORDER BY rule, valid_from";

const INSERT_DAY: &str = "INSERT INTO dossiers_calendar_day
    (id, unit, date, kind, name_vi, name_en, certainty, since)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

const CONFIRM_DAY: &str = "INSERT INTO dossiers_calendar_day
    (id, unit, date, kind, name_vi, name_en, certainty, since)
    SELECT $1, unit, date, kind, name_vi, name_en, 'notice', $3
    FROM dossiers_calendar_day WHERE id = $2 AND until IS NULL";

const END_DAY: &str = "UPDATE dossiers_calendar_day SET until = $2
    WHERE id = $1 AND until IS NULL AND unit IS NULL";

const END_DAY_OF_UNIT: &str = "UPDATE dossiers_calendar_day SET until = $2
    WHERE id = $1 AND until IS NULL AND unit = $3";

const INSERT_WEEK: &str = "INSERT INTO dossiers_calendar_week
    (id, unit, valid_from, hours, saturday, since) VALUES ($1, $2, $3, $4, $5, $6)";

const END_WEEK: &str = "UPDATE dossiers_calendar_week SET until = $2
    WHERE id = $1 AND until IS NULL AND unit IS NULL";

const END_WEEK_OF_UNIT: &str = "UPDATE dossiers_calendar_week SET until = $2
    WHERE id = $1 AND until IS NULL AND unit = $3";

const INSERT_RULE: &str = "INSERT INTO dossiers_rule
    (id, rule, valid_from, value, basis, since) VALUES ($1, $2, $3, $4, $5, $6)";

const END_RULE: &str = "UPDATE dossiers_rule SET until = $2 WHERE id = $1 AND until IS NULL";

record! {
    pub struct DayRow {
        pub id: Uuid,
        pub unit: Option<Uuid>,
        pub date: Date,
        pub kind: String,
        pub name_vi: String,
        pub name_en: String,
        pub certainty: String,
    }
}

record! {
    pub struct WeekRow {
        pub id: Uuid,
        pub unit: Option<Uuid>,
        pub valid_from: Date,
        pub hours: String,
        pub saturday: String,
    }
}

record! {
    pub struct RuleLine {
        pub id: Uuid,
        pub rule: String,
        pub valid_from: Date,
        pub value: String,
        pub basis: String,
    }
}

record! {
    /// One change of the calendar, as its page lists them.
    #[derive(Debug, Clone)]
    pub struct VersionLine {
        pub number: i64,
        pub at: Timestamp,
        pub actor_name: String,
        pub note: String,
    }
}

/// All that is needed to reckon: the days and hours that hold for a unit, and the rules.
pub struct Reckoning {
    pub calendar: Calendar,
    pub rules: Rules,
}

/// For a unit whose units above are `line`, nearest first and itself in front. Days before
/// `from` are left out.
pub fn reckoning(tx: &mut Tx, line: &[Uuid], from: Date) -> Result<Reckoning, StoreError> {
    let Some(version) = newest_version(tx)? else { return shipped() };
    let mut days: Vec<(usize, SpecialDay)> = Vec::new();
    for found in tx.all::<DayRow>(DAYS, &[&version, &from])? {
        if let Some(place) = nearness(line, found.unit) {
            days.push((place, found.into_day()?));
        }
    }
    // The nearest last: it decides where two speak of one day.
    days.sort_by_key(|(place, _)| std::cmp::Reverse(*place));
    let weeks = nearest_weeks(line, tx.all::<WeekRow>(WEEKS, &[&version])?)?;
    let days = days.into_iter().map(|(_, day)| day).collect();
    Ok(Reckoning { calendar: Calendar::new(version, days, weeks), rules: rules(tx, version)? })
}

/// A unit's own table of hours takes over from its first day on; before that, the next above.
fn nearest_weeks(line: &[Uuid], rows: Vec<WeekRow>) -> Result<Vec<Week>, StoreError> {
    let mut weeks: Vec<(usize, Week)> = Vec::new();
    for found in rows {
        if let Some(place) = nearness(line, found.unit) {
            weeks.push((place, found.into_week()?));
        }
    }
    let taken_over = |place: usize, from: Date| {
        weeks.iter().any(|(other, week)| *other < place && week.valid_from <= from)
    };
    let kept = weeks.iter().filter(|(place, week)| !taken_over(*place, week.valid_from));
    Ok(kept.map(|(_, week)| week.clone()).collect())
}

/// 0 for the unit itself, then upwards; the country last; none for somebody else's.
fn nearness(line: &[Uuid], unit: Option<Uuid>) -> Option<usize> {
    match unit {
        Some(unit) => line.iter().position(|other| *other == unit),
        None => Some(line.len()),
    }
}

pub fn shipped() -> Result<Reckoning, StoreError> {
    let days = seed::days().map_err(unreadable)?;
    let week = seed::week().map_err(unreadable)?;
    let calendar = Calendar::new(FIRST_VERSION, days, vec![week]);
    Ok(Reckoning { calendar, rules: Rules::of_the_law() })
}

pub fn newest_version(tx: &mut Tx) -> Result<Option<i64>, StoreError> {
    let (newest,): (Option<i64>,) = tx.one(NEWEST_VERSION, &[])?;
    Ok(newest)
}

pub fn versions(tx: &mut Tx) -> Result<Vec<VersionLine>, StoreError> {
    tx.all(VERSIONS, &[])
}

pub fn day_rows(tx: &mut Tx, version: i64, from: Date) -> Result<Vec<DayRow>, StoreError> {
    tx.all(DAYS, &[&version, &from])
}

pub fn week_rows(tx: &mut Tx, version: i64) -> Result<Vec<WeekRow>, StoreError> {
    tx.all(WEEKS, &[&version])
}

pub fn rule_lines(tx: &mut Tx, version: i64) -> Result<Vec<RuleLine>, StoreError> {
    tx.all(RULES, &[&version])
}

fn rules(tx: &mut Tx, version: i64) -> Result<Rules, StoreError> {
    let lines = rule_lines(tx, version)?;
    let rows = lines.into_iter().map(|line| {
        let rule = Rule::parse(&line.rule)?;
        let value = rule.parse_value(&line.value)?;
        Some(RuleRow { rule, valid_from: line.valid_from, value, basis: line.basis })
    });
    let rows: Option<Vec<RuleRow>> = rows.collect();
    Ok(Rules::new(rows.ok_or_else(|| unreadable("a rule that does not read"))?))
}

/// Who changes the calendar, when and why.
pub struct Change<'a> {
    pub at: Timestamp,
    pub actor: Uuid,
    pub actor_name: &'a str,
    pub note: &'a str,
}

/// Writes version 1 down if nobody has yet.
pub fn write_down_shipped(tx: &mut Tx, ids: &Ids, at: Timestamp) -> Result<(), StoreError> {
    let nobody: Option<Uuid> = None;
    let args: platform::store::Args<'_> = &[&FIRST_VERSION, &at, &nobody, &"", &""];
    if tx.execute(INSERT_VERSION, args)? == 0 {
        return Ok(());
    }
    let days = seed::days().map_err(unreadable)?;
    let day_ids: Vec<Uuid> = days.iter().map(|_| ids.next()).collect();
    let rows: Vec<_> = days
        .iter()
        .zip(&day_ids)
        .map(|(day, id)| {
            let (kind, certainty) = (day.kind.as_str(), day.certainty.as_str());
            (id, day, kind, certainty)
        })
        .collect();
    let rows: Vec<_> = rows
        .iter()
        .map(|(id, day, kind, certainty)| {
            let (vi, en) = (&day.name_vi, &day.name_en);
            row(&[*id, &nobody, &day.date, kind, vi, en, certainty, &FIRST_VERSION])
        })
        .collect();
    tx.insert_many(INSERT_DAY, &rows)?;
    let week = seed::week().map_err(unreadable)?;
    insert_week(tx, ids.next(), None, (&week, FIRST_VERSION))?;
    for rule in Rules::of_the_law().rows() {
        insert_rule(tx, ids.next(), rule, FIRST_VERSION)?;
    }
    Ok(())
}

/// The number of a new version. Two who change at once: one of them is told to look again.
pub fn begin_version(tx: &mut Tx, change: &Change<'_>) -> Result<Option<i64>, StoreError> {
    let number = newest_version(tx)?.unwrap_or(0) + 1;
    let args: platform::store::Args<'_> =
        &[&number, &change.at, &change.actor, &change.actor_name, &change.note];
    Ok((tx.execute(INSERT_VERSION, args)? == 1).then_some(number))
}

pub fn insert_day(
    tx: &mut Tx,
    id: Uuid,
    unit: Option<Uuid>,
    (day, since): (&SpecialDay, i64),
) -> Result<(), StoreError> {
    let (kind, certainty) = (day.kind.as_str(), day.certainty.as_str());
    let args: platform::store::Args<'_> =
        &[&id, &unit, &day.date, &kind, &day.name_vi, &day.name_en, &certainty, &since];
    tx.execute(INSERT_DAY, args)?;
    Ok(())
}

pub fn insert_week(
    tx: &mut Tx,
    id: Uuid,
    unit: Option<Uuid>,
    (week, since): (&Week, i64),
) -> Result<(), StoreError> {
    let hours: Vec<String> = week.days.iter().map(|day| write_periods(day)).collect();
    let hours = serde_json::to_string(&hours).map_err(unreadable)?;
    let saturday = write_periods(&week.saturday_reception);
    tx.execute(INSERT_WEEK, &[&id, &unit, &week.valid_from, &hours, &saturday, &since])?;
    Ok(())
}

pub fn insert_rule(tx: &mut Tx, id: Uuid, rule: &RuleRow, since: i64) -> Result<(), StoreError> {
    let (name, value) = (rule.rule.as_str(), rule.value.write());
    tx.execute(INSERT_RULE, &[&id, &name, &rule.valid_from, &value, &rule.basis, &since])?;
    Ok(())
}

/// The same day, now by official notice. False when it has ended already, or is another unit's.
pub fn confirm_day(
    tx: &mut Tx,
    new: Uuid,
    (old, unit): (Uuid, Option<Uuid>),
    since: i64,
) -> Result<bool, StoreError> {
    let copied = tx.execute(CONFIRM_DAY, &[&new, &old, &since])?;
    Ok(copied == 1 && end(tx, Ended::Day, (old, unit), since)?)
}

/// Which table a row to end stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Day,
    Week,
    Rule,
}

/// False when the row has ended already, or is another unit's.
pub fn end(
    tx: &mut Tx,
    what: Ended,
    (id, unit): (Uuid, Option<Uuid>),
    until: i64,
) -> Result<bool, StoreError> {
    let touched = match (what, unit) {
        (Ended::Rule, _) => tx.execute(END_RULE, &[&id, &until])?,
        (Ended::Day, Some(unit)) => tx.execute(END_DAY_OF_UNIT, &[&id, &until, &unit])?,
        (Ended::Day, None) => tx.execute(END_DAY, &[&id, &until])?,
        (Ended::Week, Some(unit)) => tx.execute(END_WEEK_OF_UNIT, &[&id, &until, &unit])?,
        (Ended::Week, None) => tx.execute(END_WEEK, &[&id, &until])?,
    };
    Ok(touched == 1)
}

impl DayRow {
    pub fn into_day(self) -> Result<SpecialDay, StoreError> {
        let broken = || unreadable("a calendar day that does not read");
        Ok(SpecialDay {
            date: self.date,
            kind: DayKind::parse(&self.kind).ok_or_else(broken)?,
            name_vi: self.name_vi,
            name_en: self.name_en,
            certainty: Certainty::parse(&self.certainty).ok_or_else(broken)?,
        })
    }
}

impl WeekRow {
    pub fn into_week(self) -> Result<Week, StoreError> {
        let days: [String; 7] = serde_json::from_str(&self.hours).map_err(unreadable)?;
        Week::parse(self.valid_from, &days, &self.saturday).map_err(unreadable)
    }
}

fn unreadable(error: impl std::fmt::Display) -> StoreError {
    StoreError::Other { reason: error.to_string() }
}
