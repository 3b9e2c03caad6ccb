//! The answers told back: for the check before handing in, for the officer, for paper.

use platform::words::{Locale, Speech, Word};
use serde::Serialize;

use super::definition::Calculated;
use super::expression::Value;
use super::field::{Field, Kind};
use super::flow::Flow;
use super::reading::{Reading, read};
use super::step::Step;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SummarySection {
    pub id: String,
    pub title: String,
    pub blocks: Vec<SummaryBlock>,
}

/// Rows under one heading: those of an item of a group, or all others without one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SummaryBlock {
    pub heading: Option<String>,
    pub rows: Vec<SummaryRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SummaryRow {
    /// Where the answer lives; the name of a calculated field.
    pub path: String,
    pub label: String,
    /// As people read it; several lines only where several were written.
    pub value: String,
    /// The account said it: verified, not typed.
    pub known: bool,
    /// Nothing was answered; `value` says so.
    pub missing: bool,
    /// The address of the step where it can be changed.
    pub change: Option<String>,
}

impl Flow<'_> {
    /// All that is asked with these answers, and nothing of what is not.
    pub fn summary(&self, speech: &Speech) -> Vec<SummarySection> {
        let words = self.definition.words(speech.locale());
        let mut sections = Vec::new();
        for (number, section) in self.definition.sections().iter().enumerate() {
            let mut blocks: Vec<SummaryBlock> = Vec::new();
            for step in self.steps() {
                if self.page(*step).is_some_and(|page| page.section == number && !page.stop) {
                    self.add_step(&mut blocks, *step, speech);
                }
            }
            let rows: Vec<SummaryRow> = self.calculated_rows(number, speech);
            if !rows.is_empty() {
                blocks.push(SummaryBlock { heading: None, rows });
            }
            if !blocks.is_empty() {
                let title = words.sections.get(number).cloned().unwrap_or_default();
                sections.push(SummarySection { id: section.id.clone(), title, blocks });
            }
        }
        sections
    }

    fn add_step(&self, blocks: &mut Vec<SummaryBlock>, step: Step, speech: &Speech) {
        let Some(page) = self.page(step) else { return };
        match (step, self.group_of(page)) {
            (Step::Item(_, item), Some(group)) if item < self.answers.items(group) => {
                let heading = Some(self.item_heading(step, speech));
                let rows = self.rows(step, speech);
                match blocks.last_mut() {
                    Some(block) if block.heading == heading => block.rows.extend(rows),
                    _ => blocks.push(SummaryBlock { heading, rows }),
                }
            }
            (Step::List(_), Some(group)) if self.answers.items(group) == 0 => {
                blocks.push(SummaryBlock {
                    heading: None,
                    rows: vec![self.empty_group_row(step, speech)],
                });
            }
            (Step::Page(_), _) => match blocks.last_mut() {
                Some(block) if block.heading.is_none() => {
                    block.rows.extend(self.rows(step, speech));
                }
                _ => {
                    let rows = self.rows(step, speech);
                    blocks.push(SummaryBlock { heading: None, rows });
                }
            },
            _ => {}
        }
    }

    /// "Thành viên 2".
    pub fn item_heading(&self, step: Step, speech: &Speech) -> String {
        let words = self.definition.words(speech.locale());
        let group = self.page(step).and_then(|page| words.groups.get(page.group?));
        let name = group.map_or("", |group| group.item.as_str());
        format!("{name} {}", step.item().map_or(0, |item| item + 1))
    }

    /// The rows of an item, from all the pages that ask about it.
    pub(super) fn item_rows(&self, page: usize, item: usize, speech: &Speech) -> Vec<SummaryRow> {
        let pages = self.definition.pages_of_group(page);
        pages.into_iter().flat_map(|page| self.rows(Step::Item(page, item), speech)).collect()
    }

    /// The rows of one step: one for each of its fields.
    pub fn rows(&self, step: Step, speech: &Speech) -> Vec<SummaryRow> {
        let Some(page) = self.page(step) else { return Vec::new() };
        let fields = page.fields.iter().copied();
        fields.filter_map(|field| self.row(step, field, speech)).collect()
    }

    fn row(&self, step: Step, number: usize, speech: &Speech) -> Option<SummaryRow> {
        let field = self.definition.fields().get(number)?;
        let words = self.definition.words(speech.locale()).fields.get(number)?;
        let path = field.path(self.definition.groups(), step.item());
        let told = self.told(field, number, &path, speech);
        let known = step.item().is_none() && self.is_field_known(number);
        let locked = known && self.is_locked(number);
        Some(SummaryRow {
            label: words.name().to_owned(),
            missing: told.is_none(),
            value: told.unwrap_or_else(|| speech.t("procedures-answer-none")),
            known,
            change: (!locked).then(|| step.address(self.definition)),
            path,
        })
    }

    fn is_locked(&self, field: usize) -> bool {
        self.definition.prefill().iter().any(|rule| rule.field == field && rule.locked)
    }

    fn empty_group_row(&self, step: Step, speech: &Speech) -> SummaryRow {
        let words = self.definition.words(speech.locale());
        let group = self.page(step).and_then(|page| page.group);
        let label = group.and_then(|group| words.groups.get(group));
        SummaryRow {
            path: group
                .and_then(|group| self.definition.groups().get(group))
                .map_or_else(String::new, |group| group.name.clone()),
            label: label.map_or_else(String::new, |group| group.label.clone()),
            value: speech.t("procedures-answer-no-items"),
            known: false,
            missing: true,
            change: Some(step.address(self.definition)),
        }
    }

    fn calculated_rows(&self, section: usize, speech: &Speech) -> Vec<SummaryRow> {
        let words = self.definition.words(speech.locale());
        let all = self.definition.calculated().iter().zip(&words.calculated);
        all.filter(|(calculated, _)| calculated.section == section)
            .filter_map(|(calculated, label)| {
                Some(SummaryRow {
                    path: calculated.name.clone(),
                    label: label.clone(),
                    value: calculated_text(
                        calculated,
                        &calculated.value.value(&self.facts),
                        speech,
                    )?,
                    known: false,
                    missing: false,
                    change: None,
                })
            })
            .collect()
    }

    /// An answer as people read it; none where nothing was typed. What was typed wrongly is
    /// shown as typed.
    fn told(&self, field: &Field, number: usize, path: &str, speech: &Speech) -> Option<String> {
        match read(field, path, self.answers) {
            Reading::Absent => None,
            Reading::Unreadable(..) => Some(self.typed(field, path)),
            Reading::Value(value) => Some(self.value_text(field, number, &value, speech)),
        }
    }

    fn typed(&self, field: &Field, path: &str) -> String {
        let texts = field.inputs(path).into_iter().map(|input| self.answers.get(&input).to_owned());
        texts.filter(|text| !text.trim().is_empty()).collect::<Vec<_>>().join("/")
    }

    fn value_text(
        &self,
        field: &Field,
        number: usize,
        value: &serde_json::Value,
        speech: &Speech,
    ) -> String {
        let text = value.as_str().unwrap_or("");
        match field.kind {
            Kind::Date | Kind::PartialDate => date_text(text, speech),
            Kind::Choice => self.choice_text(number, text, speech.locale()),
            Kind::Listed(list) => list.name(text, speech.locale()).unwrap_or(text).to_owned(),
            Kind::YesNo | Kind::Tick if value.as_bool() == Some(true) => {
                speech.t("procedures-answer-yes")
            }
            Kind::YesNo | Kind::Tick => speech.t("procedures-answer-no"),
            Kind::Integer if field.layout.money => speech.money(value.as_i64().unwrap_or_default()),
            Kind::Integer => speech.number(value.as_i64().unwrap_or_default()),
            Kind::Number => speech.decimal(value.as_f64().unwrap_or_default()),
            Kind::Address => {
                let part =
                    |name: &str| value.get(name).and_then(serde_json::Value::as_str).unwrap_or("");
                let places = self.surroundings.places;
                places.line(part("province"), part("commune"), part("street"))
            }
            Kind::Files => file_names(value).join("\n"),
            Kind::Choices => {
                let chosen = value.as_array().map_or(&[][..], Vec::as_slice);
                let chosen = chosen.iter().filter_map(serde_json::Value::as_str);
                let named = chosen.map(|it| self.choice_text(number, it, speech.locale()));
                named.collect::<Vec<_>>().join("\n")
            }
            _ => text.to_owned(),
        }
    }

    fn choice_text(&self, field: usize, choice: &str, locale: Locale) -> String {
        let words = self.definition.words(locale).fields.get(field);
        words
            .and_then(|words| words.choices.get(choice))
            .map_or_else(|| choice.to_owned(), Clone::clone)
    }
}

fn file_names(value: &serde_json::Value) -> Vec<String> {
    let files = value.as_array().map_or(&[][..], Vec::as_slice);
    let name = |file: &serde_json::Value| {
        file.get("name").and_then(serde_json::Value::as_str).unwrap_or("").to_owned()
    };
    files.iter().map(name).collect()
}

/// "20/11/2026", "tháng 11/2026", "năm 2026".
fn date_text(iso: &str, speech: &Speech) -> String {
    if let Ok(date) = iso.parse() {
        return speech.date(date);
    }
    match iso.split_once('-') {
        Some((year, month)) => speech.with(
            "procedures-answer-month",
            &[("month", Word::from(month.trim_start_matches('0'))), ("year", Word::from(year))],
        ),
        None => speech.with("procedures-answer-in-year", &[("year", Word::from(iso))]),
    }
}

fn calculated_text(calculated: &Calculated, value: &Value, speech: &Speech) -> Option<String> {
    match value {
        Value::Nothing => None,
        Value::Truth(true) => Some(speech.t("procedures-answer-yes")),
        Value::Truth(false) => Some(speech.t("procedures-answer-no")),
        Value::Number(number) if calculated.money => Some(speech.money(number.round() as i64)),
        Value::Number(number) => Some(speech.decimal(*number)),
        Value::Text(text) => Some(text.clone()),
        Value::Date(date) => Some(speech.date(*date)),
    }
}
