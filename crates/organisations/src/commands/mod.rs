//! What changes the catalogue. Each command is one unit of work: the tree is held, the mandate and
//! the rules are asked, then the rows, the history, the audit and the figure are written.

mod close;
mod codes;
mod create;
pub(crate) mod days;
mod edit;
mod import;
mod seed;

use jiff::Timestamp;
use platform::Ctx;
use platform::audit::{self, Act};
use platform::figures;
use platform::ids::Ids;
use platform::store::{StoreError, Tx};
use platform::web::cache;
use serde_json::{Map, Value, json};

pub use close::{Closing, Successor, close, reopen};
pub use codes::{Recoding, add_alias, recode, remove_alias};
pub use create::{Draft, create};
pub use edit::{Edit, change_contact, edit};
pub use import::{ImportMode, Report, RowRefused, import};
pub use seed::{Seeded, seed};

use crate::code::Code;
use crate::mandate::{Mandate, Scope};
use crate::refusal::Refusal;
use crate::search::Hay;
use crate::store::{self, NewChange};
use crate::unit::{Unit, UnitId};

/// Pages that show the catalogue are kept until it changes.
pub const TOPIC: &str = "organisations";

/// The unit to be changed, as it was when the person saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    pub unit: UnitId,
    pub version: i64,
}

/// How near to a unit the mandate must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// The mandate's own unit or below.
    Own,
    /// Strictly below: nobody renames, closes or re-codes his own agency.
    Below,
}

/// Time and chance for one unit of work, taken before it begins.
#[derive(Clone)]
struct Pen {
    at: Timestamp,
    ids: Ids,
}

/// What was done to a unit, for its history and the audit.
struct Story<'a> {
    verb: &'static str,
    before: Option<&'a Unit>,
    after: &'a Unit,
    reason: Option<&'a str>,
    /// What the unit itself does not show: successors, aliases.
    more: Map<String, Value>,
}

impl Pen {
    fn of(ctx: &Ctx) -> Pen {
        Pen { at: ctx.clock.now(), ids: ctx.ids.clone() }
    }
}

impl<'a> Story<'a> {
    fn new(verb: &'static str, before: &'a Unit, after: &'a Unit) -> Story<'a> {
        Story { verb, before: Some(before), after, reason: None, more: Map::new() }
    }

    fn because(mut self, reason: &'a Option<String>) -> Story<'a> {
        self.reason = reason.as_deref();
        self
    }

    fn with(mut self, name: &str, value: Value) -> Story<'a> {
        self.more.insert(name.to_owned(), value);
        self
    }
}

/// The unit as the person saw it, if the mandate reaches it.
fn target(tx: &mut Tx, mandate: &Mandate, target: Target, reach: Reach) -> Result<Unit, Refusal> {
    let unit = store::unit(tx, target.unit)?.ok_or(Refusal::NoSuchUnit)?;
    may(tx, mandate, &unit, reach)?;
    if unit.version != target.version {
        return Err(Refusal::ChangedMeanwhile);
    }
    Ok(unit)
}

fn may(tx: &mut Tx, mandate: &Mandate, unit: &Unit, reach: Reach) -> Result<(), Refusal> {
    let Scope::Subtree(root) = mandate.over else { return Ok(()) };
    if unit.id == root && reach == Reach::Below {
        return Err(Refusal::OwnUnit);
    }
    if reaches_code(tx, mandate, &unit.code)? { Ok(()) } else { Err(Refusal::NoSuchUnit) }
}

/// Whether a code lies in the mandate's part of the tree.
fn reaches_code(tx: &mut Tx, mandate: &Mandate, code: &Code) -> Result<bool, StoreError> {
    let Scope::Subtree(root) = mandate.over else { return Ok(true) };
    let root = store::unit(tx, root)?;
    Ok(root.is_some_and(|root| code.is_within(&root.code)))
}

/// Writes the history row, the audit row and the figure of one change, and lets no page that was
/// kept show what was before.
fn tell(tx: &mut Tx, pen: &Pen, mandate: &Mandate, story: Story<'_>) -> Result<(), StoreError> {
    let id = pen.ids.next();
    let (before, mut after) = difference(story.before, story.after);
    after.extend(story.more);
    store::insert_changes(
        tx,
        &[NewChange {
            id,
            unit: story.after.id,
            at: pen.at,
            actor: mandate.actor,
            actor_name: mandate.actor_name.clone(),
            verb: story.verb,
            reason: story.reason.map(str::to_owned),
            before: story.before.map(|_| Value::Object(before).to_string()),
            after: Some(Value::Object(after.clone()).to_string()),
        }],
    )?;
    let mut detail = json!({ "code": story.after.code, "after": after });
    if let Some(reason) = story.reason {
        detail["reason"] = json!(reason);
    }
    audit::record(
        tx,
        &Act {
            id: pen.ids.next(),
            at: pen.at,
            actor: mandate.actor,
            actor_name: mandate.actor_name.clone(),
            unit: Some(story.after.id.0),
            verb: story.verb,
            object: format!("unit:{}", story.after.id),
            detail,
        },
    )?;
    cache::changed(tx, TOPIC, pen.at)?;
    figures::add(tx, "organisations.changed", &[("verb", story.verb)], pen.at, 1)
}

/// The fields that differ, as they were and as they are. All that are filled, for a new unit.
fn difference(before: Option<&Unit>, after: &Unit) -> (Map<String, Value>, Map<String, Value>) {
    let (old, new) = (before.map(fields).unwrap_or_default(), fields(after));
    let differs = |name: &String| old.get(name) != new.get(name);
    let pick = |from: &Map<String, Value>| {
        let changed = from.iter().filter(|(name, value)| differs(name) && !value.is_null());
        changed.map(|(name, value)| (name.clone(), value.clone())).collect()
    };
    (pick(&old), pick(&new))
}

/// What a person would say of the unit, flat: no ids, no version.
fn fields(unit: &Unit) -> Map<String, Value> {
    let Ok(Value::Object(mut all)) = serde_json::to_value(unit) else { return Map::new() };
    for hidden in ["id", "parent", "version"] {
        all.remove(hidden);
    }
    if let Some(Value::Object(contact)) = all.remove("contact") {
        all.extend(contact);
    }
    all
}

/// Makes the words anew by which a unit and all below it are found.
fn refresh_words(tx: &mut Tx, root: &Unit) -> Result<(), StoreError> {
    let mut line: Vec<Unit> = store::line_up(tx, root.id)?;
    line.pop();
    let codes = store::subtree_codes(tx, &root.code)?;
    let names = store::subtree_names(tx, &root.code)?;
    let units = store::subtree(tx, &root.code)?;
    let mut words = Vec::with_capacity(units.len());
    for unit in &units {
        // In the order of the tree: what is above the next unit is a beginning of this line.
        line.retain(|above| unit.code.is_within(&above.code));
        let others = codes
            .iter()
            .filter(|other| other.unit == unit.id)
            .map(|other| other.code.as_str())
            .chain(names.iter().filter(|other| other.unit == unit.id).map(|o| o.name.as_str()));
        words.push(Hay::of(unit, others, line.iter().map(Unit::label)));
        line.push(unit.clone());
    }
    store::put_search(tx, &words)
}

/// The program itself, at the operator's command line.
pub(crate) fn operator(name: &str) -> Mandate {
    Mandate { actor: None, actor_name: name.to_owned(), over: Scope::Everything }
}

/// A reason as typed: one line, or none.
fn reason_of(text: &str) -> Option<String> {
    Some(crate::name::one_line(text)).filter(|line| !line.is_empty())
}
