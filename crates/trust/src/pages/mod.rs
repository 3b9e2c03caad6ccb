//! Pages for those who administer certificates.

pub(crate) mod anchors;
pub(crate) mod asking;
mod attached;
pub(crate) mod certificate;
pub(crate) mod check;
pub(crate) mod check_paper;
mod check_report;
pub(crate) mod evidence;
pub(crate) mod letters;
pub(crate) mod register;
pub(crate) mod requests;
pub(crate) mod timing;

use askama::Template;
use identity::{Actor, Right, desk};
use jiff::civil::Date;
use platform::web::form::{Answers, Choice, DateFault, Errors, Field, Kind};
use platform::web::{Markup, Page, Problem, View};

use crate::certificate::Carrier;
use crate::refusal::Refusal;

/// A page that asks, with one button.
#[derive(Template)]
#[template(path = "question.html")]
pub(crate) struct Question {
    token: Markup,
    errors: Markup,
    pub heading: String,
    pub lead: Vec<String>,
    pub action: String,
    pub fields: Vec<Field>,
    pub button: String,
    /// The act of the button cannot be taken back.
    pub grave: bool,
    /// One of the fields is a file.
    pub takes_file: bool,
}

impl Question {
    pub fn new(view: &View, action: impl Into<String>, errors: &Errors) -> Question {
        Question {
            token: view.csrf(),
            errors: errors.summary(&view.speech),
            heading: String::new(),
            lead: Vec::new(),
            action: action.into(),
            fields: Vec::new(),
            button: String::new(),
            grave: false,
            takes_file: false,
        }
    }

    /// The page, with "Lỗi: " before its title when `errors` holds one.
    pub fn page(&self, view: &View, back: &str, errors: &Errors) -> Result<Page, Problem> {
        let page = Page::new(view, self.heading.clone(), self)?.back(back);
        Ok(if errors.is_empty() { page } else { page.error() })
    }
}

/// The officer's navigation on the left.
pub(crate) async fn at_desk(view: &View, actor: &Actor, page: Page) -> Page {
    page.menu(desk(view, actor).await)
}

/// Whoever looks after certificates anywhere; for others there is nothing here.
pub(crate) fn may_look(actor: &Actor) -> Result<(), Problem> {
    let looks = actor.has(Right::ManageCertificates) || actor.has(Right::ApproveCertificates);
    if looks { Ok(()) } else { Err(Problem::not_found()) }
}

/// What is decided for the whole installation: for others there is nothing here.
pub(crate) fn may_decide(actor: &Actor) -> Result<(), Problem> {
    let everywhere = actor.has_everywhere(Right::ApproveCertificates);
    if everywhere { Ok(()) } else { Err(Problem::not_found()) }
}

/// The refusal beside the field it is about; one that no answer could mend is a page of its own.
pub(crate) fn at_field(view: &View, refusal: Refusal) -> Result<Errors, Problem> {
    let name = refusal.field();
    if name.is_empty() {
        return Err(refusal.into());
    }
    let mut errors = Errors::new();
    errors.add(name, refusal.sentence(&view.speech));
    Ok(errors)
}

/// A day as it was typed. What is no day is said beside its field; that there is none, in the words
/// `missing`, where there has to be one.
pub(crate) fn day(
    view: &View,
    typed: &Answers,
    (name, missing): (&str, Option<&str>),
    errors: &mut Errors,
) -> Option<Date> {
    let fault = match typed.date(name).parse() {
        Ok(day) => return Some(day),
        Err(fault) => fault,
    };
    let word = if fault == DateFault::Empty { missing } else { Some("trust-since-wrong") };
    if let Some(word) = word {
        errors.add(name, view.t(word));
    }
    None
}

/// A field with what was typed and its mistake.
pub(crate) fn field(
    view: &View,
    kind: Kind,
    (name, word): (&str, &str),
    (typed, errors): (&Answers, &Errors),
) -> Field {
    let field = Field::new(&view.speech, kind, name, view.t(word));
    field.value(typed.get(name)).errors(errors)
}

pub(crate) fn carriers(view: &View) -> Kind {
    let choice = |carrier: Carrier| {
        Choice::new(carrier.code(), view.t(carrier.word())).hint(view.t(carrier.hint()))
    };
    Kind::Radios(Carrier::ALL.into_iter().map(choice).collect())
}
