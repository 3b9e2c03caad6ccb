//! What several pages show alike: lines of units, the way to the next page, a unit's history.

use std::collections::HashMap;

use jiff::civil::Date;
use platform::store::{StoreError, Tx};
use platform::web::{Crumb, View};
use serde_json::Value;

use crate::kind::{Kind, Level};
use crate::queries::{self, ChangeRow, HeirUnit, Slice};
use crate::unit::{Standing, Unit, UnitId};

/// A unit in a list.
pub struct Line {
    pub code: String,
    pub name: String,
    /// Where the heading says the rest: "Tỉnh An Giang" among the committees of provinces.
    pub label: String,
    pub kind: String,
    /// "Xã Châu Thới, Tỉnh Cà Mau", without the unit itself.
    pub above: String,
    /// Only what is out of the ordinary: closed, not yet.
    pub standing: Option<String>,
    pub matter: Option<String>,
}

/// A page of a list, ready to be shown.
pub struct Listing {
    /// Where the lines lead: the directory or its administration.
    pub base: &'static str,
    pub lines: Vec<Line>,
    /// "34 đơn vị".
    pub found: String,
    /// "34 đơn vị trực thuộc".
    pub below: String,
    pub next: Option<String>,
    pub is_later_page: bool,
}

/// One change, in the reader's language.
pub struct Event {
    pub id: String,
    pub at: String,
    pub who: String,
    pub what: String,
    pub reason: Option<String>,
    pub fields: Vec<Field>,
}

pub struct Field {
    pub label: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// How the program signs what it does by itself.
const PROGRAM: &str = "organisations.";

/// The names above each unit, as an address is written.
pub fn places(tx: &mut Tx, units: &[Unit]) -> Result<HashMap<UnitId, String>, StoreError> {
    let mut places = HashMap::new();
    for above in units.iter().filter_map(|unit| unit.parent) {
        if let std::collections::hash_map::Entry::Vacant(empty) = places.entry(above) {
            empty.insert(queries::path_names(tx, above)?.join(", "));
        }
    }
    Ok(places)
}

impl Line {
    pub fn of(view: &View, unit: &Unit, above: &HashMap<UnitId, String>, on: Date) -> Line {
        let standing = unit.standing(on);
        Line {
            code: unit.code.to_string(),
            name: unit.name.to_string(),
            label: unit.label().to_owned(),
            kind: view.t(&unit.kind.word()),
            above: unit.parent.and_then(|id| above.get(&id)).cloned().unwrap_or_default(),
            standing: (standing != Standing::InForce).then(|| view.t(standing.word())),
            matter: None,
        }
    }

    pub fn of_heir(view: &View, heir: &HeirUnit, on: Date) -> Line {
        let matter = heir.matter.clone();
        Line { matter, ..Line::of(view, &heir.unit, &HashMap::new(), on) }
    }
}

impl Listing {
    pub fn of(view: &View, slice: &Slice, above: &HashMap<UnitId, String>, on: Date) -> Listing {
        let next = slice.next.as_ref().map(|after| view.here_with(&[("sau", &after.written())]));
        Listing {
            base: "/don-vi",
            lines: slice.units.iter().map(|unit| Line::of(view, unit, above, on)).collect(),
            found: view.with("organisations-found", &[("count", slice.total.into())]),
            below: view.with("organisations-below", &[("count", slice.total.into())]),
            next,
            is_later_page: view.query("sau").is_some(),
        }
    }
}

impl Event {
    /// For everybody: who did it is told to those who administer.
    pub fn in_public(view: &View, row: &ChangeRow) -> Event {
        let event = Event::of(view, row);
        let by_program = row.actor_name.starts_with(PROGRAM);
        let who = if by_program { event.who } else { view.t("organisations-author-officer") };
        Event { who, ..event }
    }

    pub fn of(view: &View, row: &ChangeRow) -> Event {
        let (before, after) = (object(row.before.as_ref()), object(row.after.as_ref()));
        let mut names: Vec<&String> = after.iter().map(|(name, _)| *name).collect();
        let gone = |name: &&String| after.iter().all(|(known, _)| known != name);
        names.extend(before.iter().map(|(name, _)| *name).filter(gone));
        let value = |from: &[(&String, &Value)], name: &String| {
            let found = from.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| said(view, name, value))
        };
        let fields = names
            .into_iter()
            .map(|name| Field {
                label: view.t(&format!("organisations-field-{}", name.replace('_', "-"))),
                before: value(&before, name),
                after: value(&after, name),
            })
            .collect();
        Event {
            id: row.id.to_string(),
            at: view.speech.date_time(row.at),
            who: author(view, &row.actor_name),
            what: view.t(&row.verb.replacen('.', "-did-", 1)),
            reason: row.reason.clone(),
            fields,
        }
    }
}

/// The program's own acts are signed with their verb.
fn author(view: &View, name: &str) -> String {
    match name.starts_with(PROGRAM) {
        true => view.t("organisations-author-program"),
        false => name.to_owned(),
    }
}

fn object(value: Option<&Value>) -> Vec<(&String, &Value)> {
    value.and_then(Value::as_object).map(|map| map.iter().collect()).unwrap_or_default()
}

/// A value as a person reads it: words for kinds and levels, dates as dates are written.
fn said(view: &View, name: &str, value: &Value) -> String {
    match (name, value) {
        ("kind", Value::String(text)) => {
            Kind::parse(text).map_or(text.clone(), |kind| view.t(&kind.word()))
        }
        ("level", Value::String(text)) => {
            Level::parse(text).map_or(text.clone(), |level| view.t(&level.word()))
        }
        (_, Value::Bool(true)) => view.t("organisations-yes"),
        (_, Value::Bool(false)) => view.t("organisations-no"),
        (_, Value::String(text)) => {
            text.parse::<Date>().map_or(text.clone(), |date| view.speech.date(date))
        }
        (_, Value::Array(parts)) => {
            parts.iter().map(|part| said(view, name, part)).collect::<Vec<_>>().join(", ")
        }
        (_, Value::Null) => String::new(),
        (_, other) => other.to_string(),
    }
}

/// The way from the directory down to what is above the page.
pub fn crumbs(view: &View, line: &[Unit]) -> Vec<Crumb> {
    let home = Crumb { path: "/don-vi".to_owned(), label: view.t("organisations-title") };
    let each = line.iter().map(|unit| Crumb {
        path: format!("/don-vi/{}", unit.code),
        label: unit.label().to_owned(),
    });
    [home].into_iter().chain(each).collect()
}
