//! The way through a form with these answers: which pages are asked, what comes next, what is
//! wrong, what is done. Conditions look back only, so one pass from the first page decides all.

use jiff::civil::Date;

use super::answer_fault::AnswerFault;
use super::answers::{Answers, Attachment, more_path};
use super::check;
use super::definition::{Definition, Page};
use super::expression::{Facts, Value};
use super::field::{Field, Group, Kind};
use super::places::Places;
use super::reading::{Reading, fact, read};
use super::step::Step;

/// What a form cannot know by itself.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    pub today: Date,
    pub places: &'a Places,
}

/// Made anew for each set of answers; it borrows them and changes nothing.
pub struct Flow<'a> {
    pub definition: &'a Definition,
    pub answers: &'a Answers,
    pub surroundings: Surroundings<'a>,
    pub(super) facts: Facts,
    steps: Vec<Step>,
    stopped: bool,
    faults: Vec<AnswerFault>,
}

/// How far a person has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
}

impl<'a> Flow<'a> {
    pub fn new(
        definition: &'a Definition,
        answers: &'a Answers,
        surroundings: Surroundings<'a>,
    ) -> Flow<'a> {
        let mut flow = Flow {
            definition,
            answers,
            surroundings,
            facts: Facts::on(surroundings.today),
            steps: Vec::new(),
            stopped: false,
            faults: Vec::new(),
        };
        flow.walk();
        flow.faults = check::faults(&flow);
        flow
    }

    fn walk(&mut self) {
        let definition = self.definition;
        for (number, page) in definition.pages().iter().enumerate() {
            if page.show_if.as_ref().is_some_and(|condition| !condition.holds(&self.facts)) {
                continue;
            }
            self.add_steps(number, page);
            // The later pages of a group are asked with its first, or not at all.
            if page.group.is_some() && !self.steps.contains(&self.list_of(number)) {
                continue;
            }
            if page.stop {
                self.stopped = true;
                return;
            }
            for field in &page.fields {
                self.learn(&definition.fields()[*field]);
            }
            for calculated in definition.calculated() {
                let value = calculated.value.value(&self.facts);
                self.facts.values.insert(calculated.name.clone(), value);
            }
        }
    }

    fn add_steps(&mut self, number: usize, page: &Page) {
        let Some(group) = self.group_of(page) else {
            self.steps.push(Step::Page(number));
            return;
        };
        let pages = self.definition.pages_of_group(number);
        if pages.first() != Some(&number) {
            return;
        }
        let items = self.answers.items(group).max(usize::from(group.items_min > 0));
        for item in 0..items {
            self.steps.extend(pages.iter().map(|page| Step::Item(*page, item)));
        }
        self.steps.push(Step::List(number));
    }

    /// Tells expressions what was answered.
    fn learn(&mut self, field: &Field) {
        let groups = self.definition.groups();
        match field.group.and_then(|group| groups.get(group)) {
            None => self.learn_at(field, &field.name, &field.name),
            Some(group) => {
                let items = self.answers.items(group);
                self.facts.counts.insert(group.name.clone(), items);
                let column = (0..items)
                    .map(|item| match read(field, &field.path(groups, Some(item)), self.answers) {
                        Reading::Value(value) => fact(field, &value),
                        _ => Value::Nothing,
                    })
                    .collect();
                let name = field.full_name(groups);
                if field.kind == Kind::Files {
                    let paths = (0..items).map(|item| field.path(groups, Some(item)));
                    let files = paths.map(|path| self.answers.attachments(&path).len()).sum();
                    self.facts.counts.insert(name.clone(), files);
                }
                self.facts.columns.insert(name, column);
            }
        }
    }

    fn learn_at(&mut self, field: &Field, path: &str, name: &str) {
        learn(&mut self.facts, field, &read(field, path, self.answers), name);
    }

    /// What a check inside an item sees: everything, and the item's own fields as `item.name`.
    pub(super) fn facts_in_item(&self, group: usize, item: usize) -> Facts {
        let mut facts = self.facts.clone();
        let groups = self.definition.groups();
        for field in self.definition.fields().iter().filter(|it| it.group == Some(group)) {
            let reading = read(field, &field.path(groups, Some(item)), self.answers);
            learn(&mut facts, field, &reading, &format!("item.{}", field.name));
        }
        facts
    }

    /// Every step of the form as it is now, in order, without the final check.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    pub fn has(&self, step: Step) -> bool {
        match step {
            Step::Check => true,
            // The item that "add another" opens is not there yet.
            Step::Item(page, item) if self.steps.contains(&self.list_of(page)) => self
                .page(step)
                .and_then(|page| self.group_of(page))
                .is_some_and(|group| item <= self.answers.items(group) && item < group.items_max),
            step => self.steps.contains(&step),
        }
    }

    /// All faults of the answers that are asked for, in the order of the steps.
    pub fn faults(&self) -> &[AnswerFault] {
        &self.faults
    }

    pub fn faults_on(&self, step: Step) -> Vec<&AnswerFault> {
        self.faults.iter().filter(|fault| fault.step == step).collect()
    }

    /// Where "Continue" leads from a step whose answers are in order.
    pub fn next(&self, after: Step) -> Step {
        if let Step::Item(page, item) = after {
            return self.next_of_item(page, item).unwrap_or(self.list_of(page));
        }
        if let Some(new) = self.one_more(after) {
            return new;
        }
        let place = self.steps.iter().position(|step| *step == after);
        let rest = self.steps.iter().skip(place.map_or(0, |place| place + 1));
        rest.copied().find(|step| !self.is_settled(*step)).unwrap_or(Step::Check)
    }

    /// Where "Back" leads; none before the first.
    pub fn previous(&self, before: Step) -> Option<Step> {
        let place = match before {
            Step::Check => self.steps.len(),
            Step::Item(page, item) if self.page_before(page).is_some() => {
                return self.page_before(page).map(|earlier| Step::Item(earlier, item));
            }
            Step::Item(page, item) if item > 0 || self.item_count(page) > 0 => {
                return Some(self.list_of(page));
            }
            Step::Item(page, _) | Step::List(page) => {
                let pages = self.definition.pages_of_group(page);
                self.steps.iter().position(|it| it.page().is_some_and(|it| pages.contains(&it)))?
            }
            Step::Page(_) => self.steps.iter().position(|step| *step == before)?,
        };
        let earlier = self.steps.get(..place)?.iter().rev();
        earlier.copied().find(|step| !matches!(step, Step::Item(..)) && !self.is_settled(*step))
    }

    /// Where to go on after an answer was changed from the check page: what is newly needed
    /// first, else back to the check.
    pub fn after_change(&self, changed: Step) -> Step {
        if let Some(new) = self.one_more(changed) {
            return new;
        }
        match changed {
            Step::Item(page, item) => self
                .next_of_item(page, item)
                .filter(|next| !self.is_done(*next))
                .unwrap_or(self.list_of(page)),
            _ => self.first_open().unwrap_or(Step::Check),
        }
    }

    /// The first step that still needs something: where a person who returns goes on.
    pub fn first_open(&self) -> Option<Step> {
        self.steps.iter().copied().find(|step| !self.is_done(*step))
    }

    /// Everything asked is answered and right; the form may be handed in.
    pub fn is_ready(&self) -> bool {
        !self.stopped && self.first_open().is_none()
    }

    /// The page that ends the form early, when these answers lead to it.
    pub fn stop(&self) -> Option<&Page> {
        self.stopped.then(|| self.steps.last().and_then(|step| self.page(*step))).flatten()
    }

    pub fn progress(&self) -> Progress {
        let asked = self.steps.iter().filter(|step| !matches!(step, Step::Item(..)));
        let (done, total) = asked.fold((0, 0), |(done, total), step| {
            (done + usize::from(self.is_group_done(*step)), total + 1)
        });
        Progress { done, total }
    }

    /// A list counts with all its items.
    fn is_group_done(&self, step: Step) -> bool {
        let together = self.steps.iter().filter(|other| self.is_about(step, **other));
        together.copied().all(|step| self.is_done(step))
    }

    /// Whether both are of one page, or of the pages of one group.
    pub fn is_about(&self, one: Step, other: Step) -> bool {
        let pages = one.page().map(|page| self.definition.pages_of_group(page));
        one == other
            || pages.is_some_and(|pages| other.page().is_some_and(|page| pages.contains(&page)))
    }

    /// The files given on the pages that are asked: path of the field, code of the component.
    pub fn given_files(&self) -> Vec<(String, &'a str, Attachment)> {
        let mut found = Vec::new();
        for step in &self.steps {
            let fields = self.page(*step).map_or(&[][..], |page| page.fields.as_slice());
            // The list of a group asks nothing of its own.
            let fields = if matches!(step, Step::List(_)) { &[] } else { fields };
            for field in fields.iter().filter_map(|field| self.definition.fields().get(*field)) {
                let Some(rule) = &field.file else { continue };
                let path = field.path(self.definition.groups(), step.item());
                for attachment in self.answers.attachments(&path) {
                    found.push((path.clone(), rule.component.as_str(), attachment));
                }
            }
        }
        found
    }

    pub fn is_visited(&self, step: Step) -> bool {
        let Some(page) = self.page(step) else { return false };
        match (step, self.group_of(page)) {
            (Step::List(_), Some(group)) => {
                self.answers.has(&more_path(group)) || self.answers.items(group) >= group.items_max
            }
            _ => self.inputs(page, step).iter().any(|input| self.answers.has(input)),
        }
    }

    pub fn is_done(&self, step: Step) -> bool {
        let stop = self.page(step).is_none_or(|page| page.stop);
        !stop
            && self.one_more(step).is_none()
            && self.is_visited(step)
            && self.faults_on(step).is_empty()
    }

    /// The account answered the whole page: it is not asked, but it can be looked at and changed.
    pub fn is_settled(&self, step: Step) -> bool {
        let Some(page) = self.page(step) else { return false };
        matches!(step, Step::Page(_))
            && !page.stop
            && page.fields.iter().all(|field| self.is_field_known(*field))
            && self.faults_on(step).is_empty()
    }

    pub(super) fn is_field_known(&self, field: usize) -> bool {
        self.definition.fields().get(field).is_some_and(|field| {
            field
                .inputs(&field.name)
                .iter()
                .any(|input| self.answers.is_known(input) && !self.answers.get(input).is_empty())
        })
    }

    pub(super) fn page(&self, step: Step) -> Option<&'a Page> {
        step.page().and_then(|page| self.definition.pages().get(page))
    }

    pub(super) fn group_of(&self, page: &Page) -> Option<&'a Group> {
        page.group.and_then(|group| self.definition.groups().get(group))
    }

    /// The list that belongs to the page of a group.
    fn list_of(&self, page: usize) -> Step {
        Step::List(self.definition.pages_of_group(page).first().copied().unwrap_or(page))
    }

    /// The next page about the same item; none behind the last.
    fn next_of_item(&self, page: usize, item: usize) -> Option<Step> {
        let mut pages = self.definition.pages_of_group(page).into_iter();
        pages.find(|other| *other > page).map(|next| Step::Item(next, item))
    }

    fn page_before(&self, page: usize) -> Option<usize> {
        self.definition.pages_of_group(page).into_iter().rfind(|other| *other < page)
    }

    fn item_count(&self, page: usize) -> usize {
        let group = self.definition.pages().get(page).and_then(|page| self.group_of(page));
        group.map_or(0, |group| self.answers.items(group))
    }

    /// The new item that a "yes, another" on a list asks for.
    fn one_more(&self, step: Step) -> Option<Step> {
        let Step::List(page) = step else { return None };
        let group = self.group_of(self.page(step)?)?;
        let items = self.answers.items(group);
        let wanted = self.answers.more(group) == Some(true) && items < group.items_max;
        wanted.then_some(Step::Item(page, items))
    }

    fn inputs(&self, page: &Page, step: Step) -> Vec<String> {
        let groups = self.definition.groups();
        page.fields
            .iter()
            .filter_map(|field| self.definition.fields().get(*field))
            .flat_map(|field| field.inputs(&field.path(groups, step.item())))
            .collect()
    }
}

/// Puts one answer among the facts, under the name expressions know it by.
fn learn(facts: &mut Facts, field: &Field, reading: &Reading, name: &str) {
    let Reading::Value(value) = reading else { return };
    match (field.kind, value) {
        (Kind::Files, value) => {
            let files = value.as_array().map_or(0, Vec::len);
            facts.counts.insert(name.to_owned(), files);
        }
        (Kind::Choices, value) => {
            let chosen = value.as_array().map_or(&[][..], Vec::as_slice);
            let texts: Vec<String> =
                chosen.iter().filter_map(|it| it.as_str().map(str::to_owned)).collect();
            facts.counts.insert(name.to_owned(), texts.len());
            facts.chosen.insert(name.to_owned(), texts);
        }
        (Kind::Address, serde_json::Value::Object(parts)) => {
            facts.values.insert(name.to_owned(), Value::Truth(true));
            for (part, text) in parts {
                let text = text.as_str().unwrap_or("").to_owned();
                facts.values.insert(format!("{name}.{part}"), Value::Text(text));
            }
        }
        (_, value) => {
            facts.values.insert(name.to_owned(), fact(field, value));
        }
    }
}
