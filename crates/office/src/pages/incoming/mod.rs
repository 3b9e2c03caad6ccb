//! Pages about what came in.

pub(crate) mod acts;
pub(crate) mod assign;
mod checks;
pub(crate) mod files;
pub(crate) mod list;
pub(crate) mod paper;
pub(crate) mod show;
pub(crate) mod wishes;

use askama::Template;
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::store::StoreError;
use platform::web::form::{Answers, Choice, DateFault, Errors, Field, Kind, Width};
use platform::web::pieces::{Summary, Tag, Tone};
use platform::web::{Markup, Page, Problem, View};
use uuid::Uuid;

use crate::commands::incoming::assigning::Due;
use crate::document::Urgency;
use crate::fault::Fault;
use crate::incoming::State;
use crate::queries::people::Colleague;
use crate::refusal::Refusal;
use crate::task::Light;

/// One act: what it is about, what is asked, one button.
#[derive(Template)]
#[template(path = "work_act.html")]
pub(crate) struct Sheet<'a> {
    pub view: &'a View,
    pub errors: Markup,
    pub heading: String,
    pub lead: String,
    pub about: Option<Summary>,
    pub fields: Vec<Field>,
    pub hidden: Vec<(String, String)>,
    pub action: String,
    pub button: String,
}

impl Sheet<'_> {
    pub fn page(self, back: &str, is_wrong: bool) -> Result<Page, Problem> {
        let page = Page::new(self.view, self.heading.clone(), &self)?.back(back);
        Ok(if is_wrong { page.error() } else { page })
    }
}

/// The unit that the address names: `don-vi=H57.101`.
pub(crate) async fn wanted(ctx: &Ctx, view: &View) -> Result<Option<UnitId>, Problem> {
    let Some(code) = view.query("don-vi").filter(|code| !code.is_empty()) else { return Ok(None) };
    if let Some(unit) = UnitId::parse(&code) {
        return Ok(Some(unit));
    }
    let found = ctx.store.read(move |tx| organisations::queries::by_code(tx, &code)).await;
    let found = found.map_err(|error: StoreError| Problem::from(error))?;
    found.map(|unit| Some(unit.id)).ok_or_else(Problem::not_found)
}

pub(crate) fn state_tag(view: &View, state: State) -> Tag {
    let tone = match state {
        State::Done => Tone::Good,
        State::Refused | State::Withdrawn => Tone::Bad,
        State::Arrived => Tone::Warn,
        _ => Tone::Info,
    };
    Tag::new(tone, view.t(&state.word()))
}

/// Nothing stands beside what is as urgent as everything.
pub(crate) fn urgency_tag(view: &View, urgency: Urgency) -> Option<Tag> {
    urgency.is_urgent().then(|| Tag::new(Tone::Bad, view.t(urgency.word())))
}

pub(crate) fn light_tag(view: &View, light: Light) -> Tag {
    let (tone, word) = match light {
        Light::OnTime => (Tone::Good, "office-light-on-time"),
        Light::Soon => (Tone::Warn, "office-light-soon"),
        Light::Late => (Tone::Bad, "office-light-late"),
    };
    Tag::new(tone, view.t(word))
}

/// A day that may be left out; what is no day is a mistake at its field.
pub(crate) fn day(answers: &Answers, name: &'static str) -> Result<Option<Date>, Refusal> {
    match answers.date(name).parse() {
        Ok(date) => Ok(Some(date)),
        Err(DateFault::Empty) => Ok(None),
        Err(_) => Err(Fault::DayWrong { field: name }.into()),
    }
}

/// Working days, or a day; both left out is no deadline.
pub(crate) fn due(answers: &Answers) -> Result<Due, Refusal> {
    if let Some(day) = day(answers, "due")? {
        return Ok(Due::On(day));
    }
    match answers.get("days") {
        "" => Ok(Due::None),
        typed => Ok(Due::Days(typed.parse().map_err(|_| Fault::DaysWrong)?)),
    }
}

pub(crate) fn due_fields(view: &View, (typed, errors): (&Answers, &Errors)) -> Vec<Field> {
    let days = Field::new(&view.speech, Kind::Digits, "days", view.t("office-field-days"));
    let due = Field::new(&view.speech, Kind::Date, "due", view.t("office-field-due"));
    vec![
        days.hint(view.t("office-field-days-hint"))
            .optional(&view.speech)
            .width(Width::Four)
            .value(typed.get("days"))
            .errors(errors),
        due.hint(view.t("office-field-due-hint"))
            .optional(&view.speech)
            .date(typed.date("due"))
            .errors(errors),
    ]
}

/// "Nguyễn Văn A, chuyên viên, Phòng Nội vụ".
pub(crate) fn person(view: &View, one: &Colleague) -> String {
    let role = view.t(one.role.word());
    match one.part.is_empty() {
        true => format!("{}, {role}", one.name),
        false => format!("{}, {role}, {}", one.name, one.part),
    }
}

pub(crate) fn people(view: &View, all: &[Colleague]) -> Vec<Choice> {
    all.iter().map(|one| Choice::new(one.account.to_string(), person(view, one))).collect()
}

/// A list to choose one of, with nobody on top.
pub(crate) fn one_of(view: &View, choices: Vec<Choice>) -> Kind {
    let nobody = Choice::new("", view.t("office-choose-person"));
    Kind::Select(std::iter::once(nobody).chain(choices).collect())
}

pub(crate) fn account(answers: &Answers, name: &str) -> Option<Uuid> {
    Uuid::try_parse(answers.get(name)).ok()
}

pub(crate) fn version(answers: &Answers) -> i64 {
    answers.get("version").parse().unwrap_or_default()
}
