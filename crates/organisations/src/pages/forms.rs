//! Forms of the administration: questions in the words of the catalogue, and what was typed.

use jiff::civil::Date;
use platform::store::StoreError;
use platform::web::form::{Answers, Choice, DateFault, Errors, Field, Kind as Ask};
use platform::web::{Problem, View};

use crate::code::Code;
use crate::commands::Draft;
use crate::contact::{ContactFault, ContactLines};
use crate::kind::Kind;
use crate::name::{Name, one_line};
use crate::refusal::{Refusal, contact_field};

/// What came of a form that was not accepted.
pub enum Faulty {
    /// To be mended in the form.
    Mistakes(Errors),
    Problem(Problem),
}

impl Faulty {
    /// A refusal stands at its field where there is one.
    pub fn of(view: &View, refusal: Refusal) -> Faulty {
        match refusal {
            Refusal::ContactWrong(faults) => contact_errors(view, &faults).into(),
            Refusal::ChangedMeanwhile => {
                let mut errors = Errors::new();
                errors.add("", refusal.sentence(&view.speech));
                errors.into()
            }
            refusal if refusal.field().is_empty() => Faulty::Problem(refusal.into()),
            refusal => {
                let mut errors = Errors::new();
                errors.add(refusal.field(), refusal.sentence(&view.speech));
                errors.into()
            }
        }
    }
}

impl From<Errors> for Faulty {
    fn from(errors: Errors) -> Faulty {
        Faulty::Mistakes(errors)
    }
}

impl From<Problem> for Faulty {
    fn from(problem: Problem) -> Faulty {
        Faulty::Problem(problem)
    }
}

impl From<StoreError> for Faulty {
    fn from(error: StoreError) -> Faulty {
        Faulty::Problem(error.into())
    }
}

/// Puts questions whose words are `organisations-ask-NAME` and `…-hint`.
pub struct Asker<'a> {
    pub view: &'a View,
    pub answers: &'a Answers,
    pub errors: &'a Errors,
}

impl Asker<'_> {
    pub fn text(&self, name: &str) -> Field {
        self.ask(Ask::Text, name).value(self.answers.get(name))
    }

    pub fn optional(&self, name: &str) -> Field {
        self.text(name).optional(&self.view.speech)
    }

    pub fn kind(&self, kind: Ask, name: &str) -> Field {
        let field = self.ask(kind, name).value(self.answers.get(name));
        field.optional(&self.view.speech)
    }

    pub fn lines(&self, name: &str, lines: u8) -> Field {
        let field = self.ask(Ask::Lines(lines), name).value(self.answers.get(name));
        field.optional(&self.view.speech)
    }

    pub fn date(&self, name: &str) -> Field {
        self.ask(Ask::Date, name).date(self.answers.date(name))
    }

    pub fn optional_date(&self, name: &str) -> Field {
        self.date(name).optional(&self.view.speech)
    }

    /// One box to tick; its label is the question.
    pub fn check(&self, name: &str) -> Field {
        let choice = Choice::new("yes", self.view.t(&format!("{}-yes", word(name))));
        self.ask(Ask::Checkboxes(vec![choice]), name).values(&self.answers.all(name))
    }

    pub fn choice(&self, name: &str, choices: Vec<Choice>) -> Field {
        self.ask(Ask::Select(choices), name).value(self.answers.get(name))
    }

    fn ask(&self, kind: Ask, name: &str) -> Field {
        let word = word(name);
        let field = Field::new(&self.view.speech, kind, name, self.view.t(&word));
        field.hint(self.view.t(&format!("{word}-hint"))).errors(self.errors)
    }
}

fn word(name: &str) -> String {
    format!("organisations-ask-{}", name.replace('_', "-"))
}

/// The questions about a new unit below `parent`.
pub fn new_fields(form: &Asker<'_>, used: &str) -> Vec<Field> {
    let mut group = form.text("identifier");
    if !used.is_empty() {
        let args = [("used", used.into())];
        group = group.hint(form.view.with("organisations-ask-identifier-used", &args));
    }
    let kinds = Kind::ALL.into_iter();
    let kinds = kinds.map(|kind| Choice::new(kind.as_str(), form.view.t(&kind.word())));
    let choose = Choice::new("", form.view.t("organisations-choose"));
    vec![
        form.choice("kind", [choose].into_iter().chain(kinds).collect()),
        form.text("name"),
        form.optional("short_name"),
        group,
        form.check("provisional"),
        form.optional_date("valid_from"),
        form.lines("note", 3),
    ]
}

/// A new unit as it was typed: the code is what is above and the last group.
pub fn draft(view: &View, above: Option<&Code>, answers: &Answers) -> Result<Draft, Faulty> {
    let mut errors = Errors::new();
    let typed = answers.get("identifier");
    let code = match above {
        Some(above) if !typed.to_uppercase().starts_with(above.as_str()) => above.below(typed),
        _ => Code::issue(typed),
    };
    let kind = Kind::parse(answers.get("kind"));
    if kind.is_none() {
        errors.add("kind", view.t("organisations-refusal-kind-empty"));
    }
    let name = name(view, answers, "name", &mut errors);
    let short_name = optional_name(view, answers, "short_name", &mut errors);
    if let Err(fault) = &code {
        errors.add("identifier", Refusal::from(*fault).sentence(&view.speech));
    }
    let valid_from = optional_date(view, answers, "valid_from", &mut errors);
    match (code, name, kind) {
        (Ok(code), Some(name), Some(kind)) if errors.is_empty() => Ok(Draft {
            short_name,
            valid_from,
            provisional: answers.has("provisional"),
            note: line(answers, "note"),
            ..Draft::new(code, name, kind)
        }),
        _ => Err(errors.into()),
    }
}

pub fn name(view: &View, answers: &Answers, field: &str, errors: &mut Errors) -> Option<Name> {
    match Name::parse(answers.get(field)) {
        Ok(name) => Some(name),
        Err(fault) => {
            errors.add(field, Refusal::from(fault).sentence(&view.speech));
            None
        }
    }
}

pub fn optional_name(
    view: &View,
    answers: &Answers,
    field: &str,
    errors: &mut Errors,
) -> Option<Name> {
    if one_line(answers.get(field)).is_empty() {
        return None;
    }
    name(view, answers, field, errors)
}

pub fn optional_date(
    view: &View,
    answers: &Answers,
    field: &str,
    errors: &mut Errors,
) -> Option<Date> {
    match answers.date(field).parse() {
        Ok(date) => Some(date),
        Err(DateFault::Empty) => None,
        Err(fault) => {
            errors.add(field, date_sentence(view, fault));
            None
        }
    }
}

pub fn date_sentence(view: &View, fault: DateFault) -> String {
    match fault {
        DateFault::Empty => view.t("organisations-refusal-date-empty"),
        DateFault::Missing("day") => view.t("organisations-refusal-date-day"),
        DateFault::Missing("month") => view.t("organisations-refusal-date-month"),
        DateFault::Missing(_) => view.t("organisations-refusal-date-year"),
        DateFault::NoSuchDay => view.t("organisations-refusal-date-none"),
    }
}

pub fn line(answers: &Answers, field: &str) -> Option<String> {
    Some(one_line(answers.get(field))).filter(|line| !line.is_empty())
}

pub fn contact_lines(answers: &Answers) -> ContactLines {
    let text = |field: &str| answers.get(field).to_owned();
    ContactLines {
        address: text("address"),
        phone: text("phone"),
        email: text("email"),
        working_hours: text("working_hours"),
        map_link: text("map_link"),
    }
}

pub fn contact_errors(view: &View, faults: &[ContactFault]) -> Errors {
    let mut errors = Errors::new();
    for fault in faults {
        let alone = Refusal::ContactWrong(vec![*fault]);
        errors.add(contact_field(fault), alone.sentence(&view.speech));
    }
    errors
}
