//! The form opened again while a supplement is awaited: the questions the office named, those that
//! only a new answer leads to, and those that are wrong now. All others stay as they were sent.
//! Pure: the answers and the day are handed in.
//!
//! Law: NĐ 61/2018/NĐ-CP art. 17

use std::collections::{BTreeMap, BTreeSet};

use platform::words::Speech;
use procedures::eform::{Answers, Flow, Page, Step};

use crate::demand::{Demand, DemandItem, Wanted};

/// What an open request for a supplement lets the applicant answer anew.
#[derive(Debug, Clone)]
pub struct Reopening {
    items: Vec<DemandItem>,
    /// As they were sent.
    earlier: Answers,
}

/// An answer that became another one, as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub label: String,
    /// None: it was not asked.
    pub before: Option<String>,
    /// None: it is not asked any more.
    pub after: Option<String>,
}

impl Reopening {
    /// None when nothing of the form is asked for.
    pub fn of(demand: &Demand, earlier: Answers) -> Option<Reopening> {
        demand.reopens_form().then(|| Reopening { items: demand.items.clone(), earlier })
    }

    pub fn earlier(&self) -> &Answers {
        &self.earlier
    }

    /// The form as it was sent, seen in the surroundings of now.
    pub fn earlier_flow<'a>(&'a self, now: &Flow<'a>) -> Flow<'a> {
        Flow::new(now.definition, &self.earlier, now.surroundings)
    }

    /// Whether this step may be answered again.
    pub fn is_open(&self, now: &Flow<'_>, step: Step) -> bool {
        let open = |page: usize| self.open_pages(now).contains(&page);
        step.page().is_some_and(open) && !is_locked(now, step)
    }

    /// The steps to go through, in the order of the form; of a repeated group its list.
    pub fn steps(&self, now: &Flow<'_>) -> Vec<Step> {
        let pages = self.open_pages(now);
        let open = |step: &Step| step.page().is_some_and(|page| pages.contains(&page));
        let steps = now.steps().iter().copied().filter(open);
        steps.filter(|step| !matches!(step, Step::Item(..)) && !is_locked(now, *step)).collect()
    }

    /// Where "Continue" leads; none when the last of them is answered.
    pub fn after(&self, now: &Flow<'_>, step: Step) -> Option<Step> {
        let next = now.next(step);
        if next != Step::Check && next.page() == step.page() {
            return Some(next);
        }
        self.steps(now).into_iter().find(|other| other.page() > step.page())
    }

    /// Whether a step is answered otherwise than it was sent.
    pub fn is_changed(&self, now: &Flow<'_>, step: Step) -> bool {
        let Some(page) = page(now, step) else { return false };
        let group = page.group.and_then(|group| now.definition.groups().get(group));
        let own: BTreeSet<String> = match group {
            Some(group) => [group.name.clone()].into(),
            None => {
                let fields = page.fields.iter().filter_map(|it| now.definition.fields().get(*it));
                fields.flat_map(|field| field.inputs(&field.name)).collect()
            }
        };
        let items = group.map(|group| format!("{}.", group.name));
        let belongs = |path: &str| {
            let item = items.as_ref().is_some_and(|items| path.starts_with(items.as_str()));
            own.contains(path) || (item && !path.ends_with(".more"))
        };
        let given = |answers: &Answers| -> Vec<(String, String)> {
            let texts = answers.texts().filter(|(path, _)| belongs(path));
            texts.map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
        };
        given(&self.earlier) != given(now.answers)
    }

    /// What the office wrote about this question.
    pub fn said_about(&self, now: &Flow<'_>, step: Step) -> Option<&str> {
        let page = page(now, step)?;
        let about = |item: &&DemandItem| match &item.wanted {
            Wanted::Page(id) => *id == page.id,
            Wanted::Component(_) | Wanted::Declaration => false,
        };
        let said = self.items.iter().find(about)?.what.as_str();
        (!said.is_empty()).then_some(said)
    }

    fn open_pages(&self, now: &Flow<'_>) -> BTreeSet<usize> {
        let earlier = self.earlier_flow(now);
        let asked_before: BTreeSet<usize> =
            earlier.steps().iter().filter_map(|step| step.page()).collect();
        let is_wrong = |step: Step| !now.faults_on(step).is_empty();
        let steps = now.steps().iter().copied();
        let open = steps.filter(|step| {
            let new = step.page().is_some_and(|page| !asked_before.contains(&page));
            self.names(now, *step) || new || is_wrong(*step)
        });
        open.filter_map(Step::page).collect()
    }

    fn names(&self, now: &Flow<'_>, step: Step) -> bool {
        let Some(page) = page(now, step) else { return false };
        self.items.iter().any(|item| match &item.wanted {
            Wanted::Component(_) => false,
            Wanted::Page(id) => *id == page.id,
            Wanted::Declaration => true,
        })
    }
}

fn page<'a>(flow: &Flow<'a>, step: Step) -> Option<&'a Page> {
    flow.definition.pages().get(step.page()?)
}

/// Only answers that the State itself verified: there is nothing a person could change.
pub fn is_locked(flow: &Flow<'_>, step: Step) -> bool {
    let Some(page) = page(flow, step) else { return false };
    let locked = locked_inputs(flow);
    let given = |field: &usize| {
        let inputs = flow.definition.fields().get(*field).map(|it| it.inputs(&it.name));
        inputs.unwrap_or_default().iter().any(|input| locked.contains(input))
    };
    !page.stop && !page.fields.is_empty() && page.fields.iter().all(given)
}

/// The paths of answers that came from the account, verified, and cannot be typed over.
pub fn locked_inputs(flow: &Flow<'_>) -> BTreeSet<String> {
    let rules = flow.definition.prefill().iter().filter(|rule| rule.locked);
    let fields = rules.filter_map(|rule| flow.definition.fields().get(rule.field));
    let inputs = fields.flat_map(|field| field.inputs(&field.name));
    inputs.filter(|input| flow.answers.is_known(input)).collect()
}

/// What differs between two editions, in the order of the form.
pub fn changes(earlier: &Flow<'_>, now: &Flow<'_>, speech: &Speech) -> Vec<Change> {
    let (before, after) = (lines(earlier, speech), lines(now, speech));
    let by_path: BTreeMap<&str, &Line> = before.iter().map(|it| (it.path.as_str(), it)).collect();
    let still: BTreeSet<&str> = after.iter().map(|line| line.path.as_str()).collect();
    let changed = after.iter().filter_map(|line| {
        let known = by_path.get(line.path.as_str());
        let same = known.is_some_and(|known| known.value == line.value);
        (!same).then(|| Change {
            label: line.label.clone(),
            before: known.map(|known| known.value.clone()),
            after: Some(line.value.clone()),
        })
    });
    let gone = before.iter().filter(|line| !still.contains(line.path.as_str())).map(|line| {
        Change { label: line.label.clone(), before: Some(line.value.clone()), after: None }
    });
    changed.chain(gone).collect()
}

struct Line {
    path: String,
    label: String,
    value: String,
}

fn lines(flow: &Flow<'_>, speech: &Speech) -> Vec<Line> {
    let mut lines = Vec::new();
    for block in flow.summary(speech).into_iter().flat_map(|section| section.blocks) {
        for row in block.rows {
            let files = files(flow, &row.path);
            let label = match &block.heading {
                Some(heading) => format!("{heading}: {}", row.label),
                None => row.label,
            };
            let value = if files.is_empty() { row.value } else { files };
            lines.push(Line { path: row.path, label, value });
        }
    }
    lines
}

/// With the beginning of each hash: another file may have the same name.
fn files(flow: &Flow<'_>, path: &str) -> String {
    let files = flow.answers.attachments(path).into_iter().map(|file| {
        let hash = file.sha256.get(..8).unwrap_or_default();
        format!("{} ({hash}…)", file.name)
    });
    files.collect::<Vec<_>>().join("\n")
}
