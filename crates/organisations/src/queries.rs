//! What the catalogue is asked. Other capabilities call these inside their own units of work.
//!
//! Days are handed in: a unit is in force on a day, and "today" is the caller's.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::code::{Class, Code};
use crate::kind::Kind;
use crate::place;
use crate::search::Question;
use crate::store;
use crate::succession::{self, Heir};
use crate::unit::{Unit, UnitId};

pub use crate::store::{After, Brief, ChangeRow, Filter, FormerName, KnownCode};

/// One page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Slice {
    pub units: Vec<Unit>,
    /// Where the next page begins; none after the last.
    pub next: Option<After>,
    /// Of the whole list.
    pub total: i64,
}

/// What a code that somebody wrote means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// The unit's own code today.
    Current(Unit),
    /// A code the unit had, or another one that is known to mean it.
    Former(Unit),
    /// Nobody has this code; read by the rule, an old code would mean this unit. Only a question
    /// to put to a person: never act on it.
    Perhaps(Unit),
    Unknown,
}

/// One who has the work of a closed unit today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeirUnit {
    pub unit: Unit,
    /// Which part of the work, where several have it.
    pub matter: Option<String>,
}

pub fn unit(tx: &mut Tx, id: UnitId) -> Result<Option<Unit>, StoreError> {
    store::unit(tx, id)
}

/// Its name as it is today; empty when there is no such unit.
pub fn unit_name(tx: &mut Tx, id: UnitId) -> Result<String, StoreError> {
    Ok(unit(tx, id)?.map_or_else(String::new, |unit| unit.name.as_str().to_owned()))
}

/// The unit that a code means: its own, one it had, or an alias; in either form, in any case of
/// letters. Never by guessing.
pub fn by_code(tx: &mut Tx, text: &str) -> Result<Option<Unit>, StoreError> {
    let Ok(code) = Code::receive(text) else { return Ok(None) };
    Ok(store::unit_of_code(tx, &code)?.map(|(unit, _)| unit))
}

/// As [`by_code`], in one look: for those who ask thousands of times a second.
pub fn brief_by_code(tx: &mut Tx, text: &str) -> Result<Option<Brief>, StoreError> {
    let Ok(code) = Code::receive(text) else { return Ok(None) };
    store::brief_of_code(tx, &code)
}

/// As [`by_code`], saying how the code means the unit.
pub fn meaning(tx: &mut Tx, text: &str) -> Result<Meaning, StoreError> {
    let Ok(code) = Code::receive(text) else { return Ok(Meaning::Unknown) };
    if let Some((unit, standing)) = store::unit_of_code(tx, &code)? {
        let current = standing == "current";
        return Ok(if current { Meaning::Current(unit) } else { Meaning::Former(unit) });
    }
    let Some(guess) = code.suggestion() else { return Ok(Meaning::Unknown) };
    let meant = store::unit_of_code(tx, &guess)?;
    Ok(meant.map_or(Meaning::Unknown, |(unit, _)| Meaning::Perhaps(unit)))
}

/// Is `inner` the unit `outer`, or anywhere below it?
pub fn is_within(tx: &mut Tx, inner: UnitId, outer: UnitId) -> Result<bool, StoreError> {
    if inner == outer {
        return Ok(store::unit(tx, inner)?.is_some());
    }
    let (inner, outer) = (store::unit(tx, inner)?, store::unit(tx, outer)?);
    Ok(inner.zip(outer).is_some_and(|(inner, outer)| inner.code.is_within(&outer.code)))
}

/// From level 1 down to the unit itself.
pub fn path(tx: &mut Tx, id: UnitId) -> Result<Vec<Unit>, StoreError> {
    store::line_up(tx, id)
}

/// As an address is written, the unit itself first: "Xã Châu Thới", "Tỉnh Cà Mau".
pub fn path_names(tx: &mut Tx, id: UnitId) -> Result<Vec<String>, StoreError> {
    let line = store::line_up(tx, id)?;
    Ok(line.iter().rev().map(|unit| unit.label().to_owned()).collect())
}

/// All units directly below, in force on the day, in the order of the tree.
pub fn children(tx: &mut Tx, parent: UnitId, on: Date) -> Result<Vec<Unit>, StoreError> {
    below(tx, parent, |within| Filter { within, direct: true, on: Some(on), ..Filter::default() })
}

/// The communes, wards and special zones of a province on the day.
pub fn communes(tx: &mut Tx, province: UnitId, on: Date) -> Result<Vec<Unit>, StoreError> {
    let kind = Some(Kind::CommuneCommittee);
    below(tx, province, |within| Filter { within, kind, on: Some(on), ..Filter::default() })
}

/// The people's committees of the provinces in force on the day.
pub fn provinces(tx: &mut Tx, on: Date) -> Result<Vec<Unit>, StoreError> {
    let kind = Some(Kind::ProvinceCommittee);
    whole(tx, &Filter { kind, on: Some(on), ..Filter::default() })
}

/// The unit and everything below it, whether in force or not.
pub fn subtree(tx: &mut Tx, root: UnitId) -> Result<Vec<Unit>, StoreError> {
    match store::unit(tx, root)? {
        Some(root) => store::subtree(tx, &root.code),
        None => Ok(Vec::new()),
    }
}

/// The commune that has this code of the statistics office on the day.
pub fn commune_of_gso(tx: &mut Tx, gso: &str, on: Date) -> Result<Option<Unit>, StoreError> {
    store::commune_of_gso(tx, gso, on)
}

/// The province that has this code of the statistics office on the day. Codes of before 1 July
/// 2025 are known for the ended provinces alone.
pub fn province_of_gso(tx: &mut Tx, gso: &str, on: Date) -> Result<Option<Unit>, StoreError> {
    store::province_of_gso(tx, gso, on)
}

/// Where papers for this unit are taken in: its own one-stop centre, or that of the nearest unit
/// above which has one.
pub fn one_stop_centre(tx: &mut Tx, id: UnitId, on: Date) -> Result<Option<Unit>, StoreError> {
    for unit in store::line_up(tx, id)?.into_iter().rev() {
        if unit.kind == Kind::OneStopCentre && unit.is_in_force(on) {
            return Ok(Some(unit));
        }
        if let Some(centre) = store::centre_below(tx, unit.id, on)? {
            return Ok(Some(centre));
        }
    }
    Ok(None)
}

/// Who has the work of a closed unit on the day; those that closed in their turn are replaced by
/// their own successors. Empty for a unit in force.
pub fn successors(tx: &mut Tx, id: UnitId, on: Date) -> Result<Vec<HeirUnit>, StoreError> {
    let heirs: Vec<Heir> = succession::follow(id, |closed| store::heirs(tx, closed, on))?;
    let mut found = Vec::with_capacity(heirs.len());
    for heir in heirs {
        let unit = store::unit(tx, heir.unit)?.ok_or(StoreError::NotFound)?;
        found.push(HeirUnit { unit, matter: heir.matter });
    }
    Ok(found)
}

/// Whose work the unit took over: so many of them, and how many there are.
pub fn predecessors(tx: &mut Tx, id: UnitId, limit: i64) -> Result<(Vec<Unit>, i64), StoreError> {
    store::predecessors(tx, id, limit)
}

/// Every code that means or meant the unit, the latest first.
pub fn codes(tx: &mut Tx, id: UnitId) -> Result<Vec<KnownCode>, StoreError> {
    store::codes_of(tx, id)
}

/// For each unit the code of QCVN 102:2016 that means it, where one is known.
pub fn older_codes(tx: &mut Tx) -> Result<HashMap<UnitId, Code>, StoreError> {
    let alike = store::older_codes(tx)?.into_iter();
    let older = alike.filter(|one| one.code.class() == Class::Old);
    Ok(older.map(|one| (one.unit, one.code)).collect())
}

pub fn former_names(tx: &mut Tx, id: UnitId) -> Result<Vec<FormerName>, StoreError> {
    store::former_names(tx, id)
}

/// The unit's changes, the latest first; `before` is the last one already shown.
pub fn history(
    tx: &mut Tx,
    id: UnitId,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<ChangeRow>, StoreError> {
    store::changes(tx, id, before, limit)
}

/// The whole catalogue as it is in force on the day, each unit after the one above.
pub fn in_force(tx: &mut Tx, on: Date) -> Result<Vec<Unit>, StoreError> {
    whole(tx, &Filter { on: Some(on), ..Filter::default() })
}

/// Every unit that was changed at this moment or later, and when it last was; those that ended,
/// too.
pub fn changed_since(tx: &mut Tx, since: Timestamp) -> Result<Vec<(Unit, Timestamp)>, StoreError> {
    let changed = store::changed_since(tx, since)?;
    Ok(changed.into_iter().map(|one| (one.unit, one.at)).collect())
}

/// The same by the revision that somebody knows already, whatever the clocks say.
pub fn changed_after(tx: &mut Tx, revision: i64) -> Result<Vec<(Unit, Timestamp)>, StoreError> {
    let changed = store::changed_after(tx, revision)?;
    Ok(changed.into_iter().map(|one| (one.unit, one.at)).collect())
}

/// Rises with every change of the catalogue.
pub fn revision(tx: &mut Tx) -> Result<i64, StoreError> {
    store::revision(tx)
}

/// Units by words and place, a page at a time. Words need no diacritics and no order; a code
/// finds its unit first.
pub fn search(
    tx: &mut Tx,
    text: &str,
    filter: &Filter,
    after: Option<&After>,
    (today, limit): (Date, i64),
) -> Result<Slice, StoreError> {
    match Question::parse(text) {
        Some(question) => found(tx, (filter, &question), after, (today, limit)),
        // Nothing that could be looked for, such as "?!", finds nothing.
        None if !text.trim().is_empty() => Ok(Slice::default()),
        None => listed(tx, filter, after, limit),
    }
}

fn listed(
    tx: &mut Tx,
    filter: &Filter,
    after: Option<&After>,
    limit: i64,
) -> Result<Slice, StoreError> {
    let total = store::count(tx, filter)?;
    let start = After::default();
    // One row more than asked for tells that there is a next page.
    let mut units = store::list(tx, filter, after.unwrap_or(&start), limit + 1)?;
    let more = units.len() as i64 > limit;
    units.truncate(usize::try_from(limit).unwrap_or_default());
    let next = units.last().filter(|_| more).map(|last| After::of(last, 0));
    Ok(Slice { units, next, total })
}

fn found(
    tx: &mut Tx,
    question: (&Filter, &Question),
    after: Option<&After>,
    (today, limit): (Date, i64),
) -> Result<Slice, StoreError> {
    let mut rows = store::find(tx, question, after, today, limit + 1)?;
    let more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or_default());
    let total = rows.first().map_or(0, |first| first.total);
    let next = rows.last().filter(|_| more).map(|last| After::of(&last.unit, last.score));
    Ok(Slice { units: rows.into_iter().map(|row| row.unit).collect(), next, total })
}

/// How many there are of each kind.
pub fn kinds(tx: &mut Tx, filter: &Filter) -> Result<Vec<(Kind, i64)>, StoreError> {
    store::count_by_kind(tx, filter)
}

/// The last groups of all codes that were ever given directly below this one, in order.
pub fn used_groups(tx: &mut Tx, parent: &Code) -> Result<Vec<String>, StoreError> {
    let mut groups: Vec<String> = store::codes_below(tx, parent)?
        .iter()
        .filter(|code| code.parent().as_ref() == Some(parent))
        .filter_map(|code| code.as_str().rsplit('.').next().map(str::to_owned))
        .collect();
    groups.sort_by_key(|group| (group.len(), group.clone()));
    Ok(groups)
}

fn below(
    tx: &mut Tx,
    root: UnitId,
    filter: impl FnOnce(Option<Code>) -> Filter,
) -> Result<Vec<Unit>, StoreError> {
    match store::unit(tx, root)? {
        Some(root) => whole(tx, &filter(Some(root.code))),
        None => Ok(Vec::new()),
    }
}

/// A whole list that is known to be short: the communes of one province, say.
fn whole(tx: &mut Tx, filter: &Filter) -> Result<Vec<Unit>, StoreError> {
    store::list(tx, filter, &After::default(), i64::from(i32::MAX))
}

impl After {
    /// As it stands in addresses: score and code, nothing secret.
    pub fn written(&self) -> String {
        format!("{}~{}", self.score, self.place)
    }

    /// Nonsense reads as the beginning.
    pub fn parse(text: &str) -> Option<After> {
        let (score, place) = text.split_once('~')?;
        let is_place = place.len() <= place::LENGTH_MAX
            && place.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
        Some(After { score: score.parse().ok()?, place: place.to_owned() }).filter(|_| is_place)
    }
}
