//! What a line of a sheet would do, seen against the catalogue as the lines before leave it.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use platform::store::Tx;

use super::twice;
use crate::code::Code;
use crate::commands::Pen;
use crate::commands::close::{Closing, Successor};
use crate::commands::codes::{Recoding, placed};
use crate::commands::create::{Draft, drafted, is_twin};
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
    /// The line brings the official code of a unit that had another until now.
    pub recoding: Option<Recoding>,
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
    units: HashMap<UnitId, Unit>,
    /// By present code, so that what is below a unit is one stretch.
    places: BTreeMap<String, UnitId>,
    /// Every code that means or meant a unit, as key.
    meanings: HashMap<String, UnitId>,
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
        let codes = store::every_code(tx)?;
        Ok(Planner {
            pen: pen.clone(),
            root,
            places: all.iter().map(|unit| (unit.code.to_string(), unit.id)).collect(),
            units: all.into_iter().map(|unit| (unit.id, unit)).collect(),
            meanings: codes.into_iter().map(|known| (known.code.key(), known.unit)).collect(),
            lines: HashMap::new(),
        })
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
        let step = match (self.at(&row.code), self.replaced(row)?) {
            (Some(holder), Some(other)) if holder.id != other.id => {
                self.is_free(&row.code, Some(other.id))?;
                Step::Nothing
            }
            (Some(before), _) => self.change(before, row, None)?,
            (None, Some(before)) => self.change(before, row, Some(official(row)))?,
            (None, None) => self.creation(row)?,
        };
        match &step {
            Step::Nothing => {}
            Step::Create { unit, aliases, .. } => self.learn(unit, aliases),
            Step::Change { before, after, aliases, extra } => {
                if extra.recoding.is_some() {
                    self.learn_move(&before.code, &after.code);
                }
                let end = extra.closing.as_ref().map(|closing| closing.last_day);
                let ended = Unit { valid_to: end.or(after.valid_to), ..Unit::clone(after) };
                self.learn(&ended, aliases);
            }
        }
        Ok(step)
    }

    /// The unit whose code the line replaces.
    fn replaced(&self, row: &SheetRow) -> Result<Option<&Unit>, Refusal> {
        let Some(old) = &row.replaces else { return Ok(None) };
        let unknown = || Refusal::NoSuchReplaced { code: old.to_string() };
        self.meaning(old).map(Some).ok_or_else(unknown)
    }

    fn creation(&self, row: &SheetRow) -> Result<Step, Refusal> {
        self.is_free(&row.code, None)?;
        let above = self.place_below(&row.code)?;
        let draft = draft_of(row);
        let unit = drafted(UnitId(self.pen.ids.next()), &draft, above)?;
        self.is_only_commune(&unit)?;
        let aliases = self.new_aliases(&unit, row)?;
        let successors = self.heirs(&unit, row)?;
        Ok(Step::Create { unit: Box::new(unit), draft: Box::new(draft), aliases, successors })
    }

    fn place_below(&self, code: &Code) -> Result<Option<&Unit>, Refusal> {
        match code.parent() {
            None if self.root.is_some() => Err(Refusal::LevelOneIsIssuedAbove),
            None => Ok(None),
            Some(above) => self.above(above).map(Some),
        }
    }

    fn above(&self, code: Code) -> Result<&Unit, Refusal> {
        let reached = self.root.as_ref().is_none_or(|root| code.is_within(root));
        self.at(&code).filter(|_| reached).ok_or(Refusal::NothingAbove { code })
    }

    fn change(
        &self,
        before: &Unit,
        row: &SheetRow,
        recoding: Option<Recoding>,
    ) -> Result<Step, Refusal> {
        if self.root.as_ref().is_some_and(|root| !before.code.is_within(root)) {
            return Err(Refusal::NoSuchUnit);
        }
        if row.kind != before.kind {
            return Err(RowFault::KindDiffers { kind: before.kind }.into());
        }
        let there = match &recoding {
            None => before.clone(),
            Some(recoding) => self.moved(before, recoding)?,
        };
        let after = merged(&there, row);
        let aliases = self.new_aliases(before, row)?;
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
            extra: Extra { recoding, renamed_on, closing },
        })
    }

    /// The unit at its new code, if the rules allow it there.
    fn moved(&self, before: &Unit, recoding: &Recoding) -> Result<Unit, Refusal> {
        if recoding.code.is_within(&before.code) {
            return Err(Refusal::BelowItself);
        }
        self.is_free(&recoding.code, Some(before.id))?;
        placed(before, recoding, self.place_below(&recoding.code)?)
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
            let heir = self.meaning(&received).ok_or_else(unknown)?;
            may_succeed(closed, heir, last_day)?;
            heirs.push(Successor { code: code.clone(), matter: matter.clone() });
        }
        Ok(heirs)
    }

    /// The aliases that are not known yet.
    fn new_aliases(&self, unit: &Unit, row: &SheetRow) -> Result<Vec<Code>, Refusal> {
        let mut fresh: Vec<Code> = Vec::new();
        for alias in &row.aliases {
            self.is_free(alias, Some(unit.id))?;
            let known = self.meaning(alias).is_some() || *alias == row.code;
            if !known && !fresh.contains(alias) {
                fresh.push(alias.clone());
            }
        }
        Ok(fresh)
    }

    /// Two communes in force cannot have one code of the statistics office.
    fn is_only_commune(&self, unit: &Unit) -> Result<(), Refusal> {
        let twin = self.units.values().find(|other| is_twin(unit, other));
        match twin.zip(unit.commune_gso.clone()) {
            None => Ok(()),
            Some((twin, gso)) => Err(Refusal::GsoTaken { gso, code: twin.code.clone() }),
        }
    }

    /// Nobody has the code, or only `own` has it.
    fn is_free(&self, code: &Code, own: Option<UnitId>) -> Result<(), Refusal> {
        match self.meaning(code) {
            Some(holder) if Some(holder.id) != own => {
                let holder = holder.name.to_string();
                Err(Refusal::CodeTaken { code: code.clone(), holder })
            }
            _ => Ok(()),
        }
    }

    /// The unit whose present code this is.
    fn at(&self, code: &Code) -> Option<&Unit> {
        self.places.get(code.as_str()).and_then(|id| self.units.get(id))
    }

    /// The unit that the code means or meant.
    fn meaning(&self, code: &Code) -> Option<&Unit> {
        self.meanings.get(&code.key()).and_then(|id| self.units.get(id))
    }

    fn learn(&mut self, unit: &Unit, aliases: &[Code]) {
        for code in aliases.iter().chain([&unit.code]) {
            self.meanings.insert(code.key(), unit.id);
        }
        self.places.insert(unit.code.to_string(), unit.id);
        self.units.insert(unit.id, unit.clone());
    }

    /// What stands below a unit comes along when it gets another code.
    fn learn_move(&mut self, from: &Code, to: &Code) {
        let (start, end) = (from.to_string(), format!("{from}/"));
        let below = self.places.range(start..end);
        let moves: Vec<(String, UnitId)> = below.map(|(code, id)| (code.clone(), *id)).collect();
        for (old, id) in moves {
            let tail = old.strip_prefix(from.as_str()).unwrap_or_default();
            let Ok(new) = Code::issue(&format!("{to}{tail}")) else { continue };
            self.places.remove(&old);
            self.meanings.insert(new.key(), id);
            self.places.insert(new.to_string(), id);
            if let Some(unit) = self.units.get_mut(&id) {
                unit.code = new;
                unit.version += 1;
            }
        }
    }
}

/// The code of the line, in place of the one the unit has.
fn official(row: &SheetRow) -> Recoding {
    let provisional = row.provisional.unwrap_or(false);
    Recoding { code: row.code.clone(), provisional, reason: String::new() }
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
