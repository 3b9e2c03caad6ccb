//! What a line of a sheet would do, seen against the catalogue as the lines before leave it.

use std::collections::HashMap;

use jiff::civil::Date;
use platform::store::Tx;

use super::twice;
use crate::code::Code;
use crate::commands::Pen;
use crate::commands::close::{Closing, Successor};
use crate::commands::create::{Draft, drafted};
use crate::contact::Contact;
use crate::mandate::Scope;
use crate::refusal::Refusal;
use crate::sheet::{RowFault, SheetRow};
use crate::store;
use crate::succession::may_succeed;
use crate::unit::{Unit, UnitId};

/// A line, decided.
pub(super) enum Step {
    Nothing,
    Create { unit: Box<Unit>, draft: Box<Draft>, aliases: Vec<Code>, successors: Vec<Successor> },
    Change { before: Box<Unit>, after: Box<Unit>, aliases: Vec<Code>, extra: Extra },
}

/// What a change does beside the unit's own row.
#[derive(Default)]
pub(super) struct Extra {
    pub renamed_on: Option<Date>,
    pub closing: Option<Closing>,
}

impl Step {
    pub fn code(&self) -> &str {
        match self {
            Step::Nothing => "",
            Step::Create { unit, .. } => unit.code.as_str(),
            Step::Change { after, .. } => after.code.as_str(),
        }
    }
}

/// The catalogue in memory, as the lines so far leave it.
pub(super) struct Planner {
    pen: Pen,
    /// The mandate's own unit; none for the whole catalogue.
    root: Option<Code>,
    /// By present code.
    units: HashMap<Code, Unit>,
    /// Every code that means or meant a unit, as key, to the unit's present code.
    meanings: HashMap<String, Code>,
    /// The line that had a code first.
    lines: HashMap<Code, u64>,
}

impl Planner {
    pub fn load(tx: &mut Tx, pen: &Pen, over: Scope) -> Result<Planner, Refusal> {
        let root = match over {
            Scope::Everything => None,
            Scope::Subtree(id) => Some(store::unit(tx, id)?.ok_or(Refusal::NoSuchUnit)?.code),
        };
        let all = store::everything(tx)?;
        let by_id: HashMap<UnitId, Code> =
            all.iter().map(|unit| (unit.id, unit.code.clone())).collect();
        let meanings = store::every_code(tx)?
            .into_iter()
            .filter_map(|known| Some((known.code.key(), by_id.get(&known.unit)?.clone())))
            .collect();
        let units = all.into_iter().map(|unit| (unit.code.clone(), unit)).collect();
        Ok(Planner { pen: pen.clone(), root, units, meanings, lines: HashMap::new() })
    }

    /// Refuses a code that an earlier line had: which of the two is meant?
    pub fn first_of_its_code(&mut self, line: u64, row: SheetRow) -> Result<SheetRow, Refusal> {
        match self.lines.get(&row.code) {
            Some(first) => Err(twice(*first)),
            None => {
                self.lines.insert(row.code.clone(), line);
                Ok(row)
            }
        }
    }

    /// Decides a line and takes what it does into account for those that follow.
    pub fn plan(&mut self, row: &SheetRow) -> Result<Step, Refusal> {
        let step = match self.units.get(&row.code) {
            Some(before) => self.change(before, row)?,
            None => self.creation(row)?,
        };
        match &step {
            Step::Nothing => {}
            Step::Create { unit, aliases, .. } => self.learn(unit, aliases),
            Step::Change { after, aliases, .. } => self.learn(after, aliases),
        }
        Ok(step)
    }

    fn creation(&self, row: &SheetRow) -> Result<Step, Refusal> {
        if let Some(holder) = self.meaning(&row.code) {
            return Err(self.taken(&row.code, holder));
        }
        let above = match row.code.parent() {
            None if self.root.is_some() => return Err(Refusal::LevelOneIsIssuedAbove),
            None => None,
            Some(above) => Some(self.above(above)?),
        };
        let draft = draft_of(row);
        let unit = drafted(UnitId(self.pen.ids.next()), &draft, above)?;
        let aliases = self.new_aliases(&row.code, row)?;
        let successors = self.heirs(&unit, row)?;
        Ok(Step::Create { unit: Box::new(unit), draft: Box::new(draft), aliases, successors })
    }

    fn above(&self, code: Code) -> Result<&Unit, Refusal> {
        let reached = self.root.as_ref().is_none_or(|root| code.is_within(root));
        self.units.get(&code).filter(|_| reached).ok_or(Refusal::NothingAbove { code })
    }

    fn change(&self, before: &Unit, row: &SheetRow) -> Result<Step, Refusal> {
        if self.root.as_ref().is_some_and(|root| !before.code.is_within(root)) {
            return Err(Refusal::NoSuchUnit);
        }
        if row.kind != before.kind {
            return Err(RowFault::KindDiffers { kind: before.kind }.into());
        }
        let aliases = self.new_aliases(&before.code, row)?;
        let after = Unit { version: before.version, ..merged(before, row) };
        let closing = self.closing(before, row)?;
        if *before == after && aliases.is_empty() && closing.is_none() {
            return Ok(Step::Nothing);
        }
        let only_contact = Unit { contact: after.contact.clone(), ..before.clone() } == after;
        let is_own = self.root.as_ref() == Some(&before.code);
        if is_own && !(only_contact && aliases.is_empty() && closing.is_none()) {
            return Err(Refusal::OwnUnit);
        }
        let renamed_on = row.renamed_on.filter(|_| before.name != after.name);
        Ok(Step::Change {
            before: Box::new(before.clone()),
            after: Box::new(after),
            aliases,
            extra: Extra { renamed_on, closing },
        })
    }

    /// The end that the line brings, if the unit had none.
    fn closing(&self, before: &Unit, row: &SheetRow) -> Result<Option<Closing>, Refusal> {
        let Some(last_day) = row.valid_to else { return Ok(None) };
        match before.valid_to {
            Some(end) if end == last_day => return Ok(None),
            Some(end) => return Err(Refusal::AlreadyClosed { on: end }),
            None => {}
        }
        if before.valid_from.is_some_and(|from| from > last_day) {
            return Err(Refusal::EndsBeforeItBegins);
        }
        let outlives = |unit: &&Unit| {
            unit.parent == Some(before.id) && unit.valid_to.is_none_or(|end| end > last_day)
        };
        let count = self.units.values().filter(outlives).count();
        if count > 0 {
            return Err(Refusal::UnitsBelowInForce { count: count as i64 });
        }
        let closed = Unit { valid_to: Some(last_day), ..before.clone() };
        let successors = self.heirs(&closed, row)?;
        let reason = String::new();
        Ok(Some(Closing { last_day, successors, with_children: false, reason }))
    }

    fn heirs(&self, closed: &Unit, row: &SheetRow) -> Result<Vec<Successor>, Refusal> {
        let Some(last_day) = closed.valid_to else { return Ok(Vec::new()) };
        let mut heirs = Vec::new();
        for (code, matter) in &row.successors {
            let unknown = || Refusal::NoSuchSuccessor { code: code.clone() };
            let received = Code::receive(code).map_err(|_| unknown())?;
            let meant = self.meaning(&received).and_then(|code| self.units.get(code));
            may_succeed(closed, meant.ok_or_else(unknown)?, last_day)?;
            heirs.push(Successor { code: code.clone(), matter: matter.clone() });
        }
        Ok(heirs)
    }

    /// The aliases that are not known yet.
    fn new_aliases(&self, code: &Code, row: &SheetRow) -> Result<Vec<Code>, Refusal> {
        let mut fresh = Vec::new();
        for alias in &row.aliases {
            match self.meaning(alias) {
                None if alias == code || fresh.contains(alias) => {}
                None => fresh.push(alias.clone()),
                Some(holder) if holder == code => {}
                Some(holder) => return Err(self.taken(alias, holder)),
            }
        }
        Ok(fresh)
    }

    fn meaning(&self, code: &Code) -> Option<&Code> {
        self.meanings.get(&code.key())
    }

    fn taken(&self, code: &Code, holder: &Code) -> Refusal {
        let holder = self.units.get(holder).map(|unit| unit.name.to_string()).unwrap_or_default();
        Refusal::CodeTaken { code: code.clone(), holder }
    }

    fn learn(&mut self, unit: &Unit, aliases: &[Code]) {
        for code in aliases.iter().chain([&unit.code]) {
            self.meanings.insert(code.key(), unit.code.clone());
        }
        self.units.insert(unit.code.clone(), unit.clone());
    }
}

/// What the line says, over what was known. An empty cell says nothing.
fn merged(before: &Unit, row: &SheetRow) -> Unit {
    let (old, new) = (before.contact.clone(), row.contact.clone());
    Unit {
        name: row.name.clone(),
        short_name: row.short_name.clone().or_else(|| before.short_name.clone()),
        valid_from: row.valid_from.or(before.valid_from),
        province_gso: row.province_gso.clone().or_else(|| before.province_gso.clone()),
        commune_gso: row.commune_gso.clone().or_else(|| before.commune_gso.clone()),
        provisional: row.provisional.unwrap_or(before.provisional),
        note: row.note.clone().or_else(|| before.note.clone()),
        contact: Contact {
            address: new.address.or(old.address),
            phone: new.phone.or(old.phone),
            email: new.email.or(old.email),
            working_hours: new.working_hours.or(old.working_hours),
            map_link: new.map_link.or(old.map_link),
        },
        ..before.clone()
    }
}

fn draft_of(row: &SheetRow) -> Draft {
    Draft {
        short_name: row.short_name.clone(),
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        province_gso: row.province_gso.clone(),
        commune_gso: row.commune_gso.clone(),
        provisional: row.provisional.unwrap_or(false),
        note: row.note.clone(),
        contact: row.contact.clone(),
        ..Draft::new(row.code.clone(), row.name.clone(), row.kind)
    }
}
