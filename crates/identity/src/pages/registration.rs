//! /dang-ky: a citizen opens an account, one question a page, checked at the end.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::civil::Date;
use platform::web::form::{Answers, DateParts, Errors, Field, Kind};
use platform::web::pieces::{Summary, SummaryRow};
use platform::web::{Form, Page, Problem, Reply, View};
use platform::{Ctx, clock};

use super::contacts::{self, ContactForm};
use super::{Link, Question, at_field, told};
use crate::commands::registration::{self as commands, Draft, LEAST_AGE_YEARS, Step};
use crate::hashing::Hashing;
use crate::pages::forgotten::new_password;
use crate::password::{Password, Strictness};
use crate::person_name::PersonName;
use crate::personal_number::PersonalNumber;
use crate::refusal::{Refusal, password_told};

const START: &str = "/dang-ky";

/// What is needed, before anything is asked.
pub(crate) async fn start(view: View) -> Result<Page, Problem> {
    let none = Errors::new();
    let question = Question {
        heading: Some(view.t("identity-register")),
        lead: vec![
            view.t("identity-register-lead"),
            view.t("identity-register-needed"),
            view.t("identity-register-time"),
            view.with("identity-register-young", &[("age", i32::from(LEAST_AGE_YEARS).into())]),
        ],
        button: view.t("identity-register-begin"),
        links: vec![Link::new("/dang-nhap", view.t("identity-register-have"))],
        ..Question::new(&view, START, &none)
    };
    question.page(&view, view.t("identity-register"), &none)
}

pub(crate) async fn post_start(
    view: View,
    State(ctx): State<Ctx>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    commands::begin(&ctx, &view).await?;
    Ok(Reply::see(Step::Number.path()))
}

/// What has been answered; or the way to the first page that has no answer, when `step` is
/// further than that.
async fn reached(ctx: &Ctx, view: &View, step: Step) -> Result<Draft, Reply> {
    match commands::draft(ctx, view).await {
        Ok(draft) if draft.next() < step => Err(Reply::see(draft.next().path())),
        Ok(draft) => Ok(draft),
        Err(_) => Err(Reply::see(START)),
    }
}

pub(crate) async fn number(view: View, State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    match reached(&ctx, &view, Step::Number).await {
        Ok(draft) => {
            let known = draft.number().map(|number| number.grouped()).unwrap_or_default();
            Ok(number_page(&view, &known, &Errors::new())?.into())
        }
        Err(elsewhere) => Ok(elsewhere),
    }
}

pub(crate) async fn post_number(
    view: View,
    State(ctx): State<Ctx>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let typed = answers.get("number");
    let number = match PersonalNumber::parse(typed) {
        Ok(number) => number,
        Err(fault) => {
            let mut errors = Errors::new();
            errors.add("number", told::number(fault, &view.speech));
            return Ok(number_page(&view, typed, &errors)?.into());
        }
    };
    let kept = commands::answer(&ctx, &view, move |draft| {
        // Another number may belong to another year of birth: that is asked again.
        draft.birth_date = draft.birth_date.filter(|date| number.fits(*date));
        draft.number = Some(number.as_str().to_owned());
    });
    next(kept.await)
}

/// On to the first page without an answer; to the beginning when the hour is over.
fn next(kept: Result<Draft, Refusal>) -> Result<Reply, Problem> {
    match kept {
        Ok(draft) => Ok(Reply::see(draft.next().path())),
        Err(Refusal::PassageOver) => Ok(Reply::see(START).notice("identity-notice-register-again")),
        Err(refusal) => Err(refusal.into()),
    }
}

fn number_page(view: &View, typed: &str, errors: &Errors) -> Result<Page, Problem> {
    let field = Field::new(&view.speech, Kind::Digits, "number", view.t("identity-number"))
        .hint(view.t("identity-number-hint"))
        .heading()
        .value(typed)
        .errors(errors);
    let question =
        Question { fields: vec![field], ..Question::new(view, Step::Number.path(), errors) };
    Ok(question.page(view, view.t("identity-number"), errors)?.back(START))
}

pub(crate) async fn name(view: View, State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    match reached(&ctx, &view, Step::Name).await {
        Ok(draft) => {
            let date = draft.birth_date.map(DateParts::of).unwrap_or_default();
            let name = draft.name.unwrap_or_default();
            Ok(name_page(&view, (&name, date), &Errors::new())?.into())
        }
        Err(elsewhere) => Ok(elsewhere),
    }
}

pub(crate) async fn post_name(
    view: View,
    State(ctx): State<Ctx>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let draft = match reached(&ctx, &view, Step::Name).await {
        Ok(draft) => draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    match read_name(&view, &draft, &answers) {
        Ok(person) => next(commands::name(&ctx, &view, person).await),
        Err(errors) => {
            let typed = (answers.get("name"), answers.date("born"));
            Ok(name_page(&view, typed, &errors)?.into())
        }
    }
}

fn read_name(view: &View, draft: &Draft, answers: &Answers) -> Result<(PersonName, Date), Errors> {
    let (speech, today) = (&view.speech, clock::local(view.now).date());
    let mut errors = Errors::new();
    let name = PersonName::parse(answers.get("name"));
    if let Err(fault) = name {
        errors.add("name", told::name(fault, speech));
    }
    let born = told::birth_date(&answers.date("born"), today, speech);
    let number = draft.number();
    match &born {
        Err(message) => errors.add("born", message.clone()),
        Ok(date) if number.is_some_and(|number| !number.fits(*date)) => {
            errors.add("born", speech.t("identity-birth-date-other-year"));
        }
        Ok(date) if commands::is_too_young(*date, today) => {
            let age = i32::from(LEAST_AGE_YEARS);
            errors.add("born", speech.with("identity-birth-date-young", &[("age", age.into())]));
        }
        Ok(_) => {}
    }
    match (name, born) {
        (Ok(name), Ok(born)) if errors.is_empty() => Ok((name, born)),
        _ => Err(errors),
    }
}

fn name_page(
    view: &View,
    (name, born): (&str, DateParts),
    errors: &Errors,
) -> Result<Page, Problem> {
    let speech = &view.speech;
    let name = Field::new(speech, Kind::Text, "name", view.t("identity-name"))
        .hint(view.t("identity-name-hint"))
        .autocomplete("name")
        .value(name)
        .errors(errors);
    let born = Field::new(speech, Kind::Date, "born", view.t("identity-birth-date"))
        .hint(view.t("identity-birth-date-hint"))
        .autocomplete("bday")
        .date(born)
        .errors(errors);
    let question = Question {
        heading: Some(view.t("identity-register-person")),
        fields: vec![name, born],
        ..Question::new(view, Step::Name.path(), errors)
    };
    Ok(question.page(view, view.t("identity-register-person"), errors)?.back(Step::Number.path()))
}

pub(crate) async fn contact(view: View, State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    match reached(&ctx, &view, Step::Contact).await {
        Ok(draft) => {
            let typed = ContactForm::of(draft.contact().as_ref());
            Ok(contact_page(&view, &typed, &Errors::new())?.into())
        }
        Err(elsewhere) => Ok(elsewhere),
    }
}

pub(crate) async fn post_contact(
    view: View,
    State(ctx): State<Ctx>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let typed = ContactForm::read(&answers);
    let contact = match typed.parse(&view.speech) {
        Ok(contact) => contact,
        Err(errors) => return Ok(contact_page(&view, &typed, &errors)?.into()),
    };
    match commands::send_code(&ctx, &view, contact).await {
        Err(refusal @ Refusal::Waiting { .. }) => {
            let errors = at_field(&view.speech, "channel", refusal)?;
            let page = contact_page(&view, &typed, &errors)?;
            Ok(page.status(StatusCode::TOO_MANY_REQUESTS).into())
        }
        sent => next(sent),
    }
}

fn contact_page(view: &View, typed: &ContactForm, errors: &Errors) -> Result<Page, Problem> {
    let question = Question {
        fields: vec![contacts::field(view, typed, errors).heading()],
        button: view.t("identity-send-code"),
        ..Question::new(view, Step::Contact.path(), errors)
    };
    Ok(question.page(view, view.t("identity-contact"), errors)?.back(Step::Name.path()))
}

pub(crate) async fn code(view: View, State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    match reached(&ctx, &view, Step::Code).await {
        Ok(draft) => Ok(code_page(&view, &draft, &Errors::new())?.into()),
        Err(elsewhere) => Ok(elsewhere),
    }
}

pub(crate) async fn post_code(
    view: View,
    State(ctx): State<Ctx>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let draft = match reached(&ctx, &view, Step::Code).await {
        Ok(draft) if draft.proved => return Ok(Reply::see(draft.next().path())),
        Ok(draft) => draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    match commands::prove_contact(&ctx, &view, answers.get("code")).await {
        Err(refusal @ (Refusal::CodeWrong | Refusal::CodeSpent)) => {
            let errors = at_field(&view.speech, "code", refusal)?;
            Ok(code_page(&view, &draft, &errors)?.into())
        }
        proved => next(proved),
    }
}

fn code_page(view: &View, draft: &Draft, errors: &Errors) -> Result<Page, Problem> {
    let masked = draft.contact().map(|contact| contact.masked()).unwrap_or_default();
    let field = contacts::code_field(view, errors);
    let question = Question {
        heading: Some(view.t("identity-code-enter")),
        lead: vec![view.with("identity-code-sent", &[("contact", masked.into())])],
        fields: vec![field],
        links: vec![Link::new(Step::Contact.path(), view.t("identity-code-again"))],
        ..Question::new(view, Step::Code.path(), errors)
    };
    Ok(question.page(view, view.t("identity-code-enter"), errors)?.back(Step::Contact.path()))
}

pub(crate) async fn password(view: View, State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    match reached(&ctx, &view, Step::Password).await {
        Ok(_) => Ok(password_page(&view, &Errors::new())?.into()),
        Err(elsewhere) => Ok(elsewhere),
    }
}

pub(crate) async fn post_password(
    view: View,
    State(ctx): State<Ctx>,
    Extension(hashing): Extension<Hashing>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let draft = match reached(&ctx, &view, Step::Password).await {
        Ok(draft) => draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let own = draft.own_data();
    let own: Vec<&str> = own.iter().map(String::as_str).collect();
    let typed = answers.get("new-password");
    match Password::choose(typed, Strictness::Citizen, &own) {
        Ok(password) => next(commands::choose_password(&ctx, &hashing, &view, password).await),
        Err(fault) => {
            let mut errors = Errors::new();
            errors.add("new-password", password_told(fault, &view.speech));
            Ok(password_page(&view, &errors)?.into())
        }
    }
}

fn password_page(view: &View, errors: &Errors) -> Result<Page, Problem> {
    let question = Question {
        heading: Some(view.t("identity-password-choose")),
        lead: vec![view.t("identity-password-advice")],
        fields: vec![new_password(view, Strictness::Citizen, errors)],
        ..Question::new(view, Step::Password.path(), errors)
    };
    Ok(question.page(view, view.t("identity-password-choose"), errors)?.back(Step::Contact.path()))
}

#[derive(Template)]
#[template(path = "check.html")]
struct CheckTemplate<'a> {
    view: &'a View,
    summary: Summary,
}

pub(crate) async fn check(view: View, State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    let draft = match reached(&ctx, &view, Step::Check).await {
        Ok(draft) => draft,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let template = CheckTemplate { view: &view, summary: Summary::new(&view, rows(&view, &draft)) };
    let page = Page::new(&view, view.t("identity-check"), &template)?;
    Ok(page.back(Step::Password.path()).into())
}

/// Each answer, with the page on which it is changed.
fn rows(view: &View, draft: &Draft) -> Vec<SummaryRow> {
    let row = |word: &str, answer: Option<String>, step: Step| {
        SummaryRow::new(view.t(word), &answer.unwrap_or_default()).change(step.path())
    };
    let born = draft.birth_date.map(|date| view.speech.date(date));
    let contact = draft.contact().map(|contact| contact.as_str().to_owned());
    let number = draft.number().map(|number| number.grouped());
    vec![
        row("identity-number", number, Step::Number),
        row("identity-name", draft.name.clone(), Step::Name),
        row("identity-birth-date", born, Step::Name),
        row("identity-contact-short", contact, Step::Contact),
        row("identity-password", Some(view.t("identity-password-chosen")), Step::Password),
    ]
}

pub(crate) async fn post_check(
    view: View,
    State(ctx): State<Ctx>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    match commands::finish(&ctx, &view).await {
        Ok(_) => Ok(Reply::see("/dang-ky/xong")),
        // A second click after the first went through.
        Err(Refusal::PassageOver) => Ok(Reply::see("/dang-ky/xong")),
        Err(refusal) => Err(refusal.into()),
    }
}

#[derive(Template)]
#[template(path = "registered.html")]
struct RegisteredTemplate<'a> {
    view: &'a View,
}

/// The same page whether an account was opened or there was one already.
pub(crate) async fn done(view: View) -> Result<Page, Problem> {
    Page::new(&view, view.t("identity-registered"), &RegisteredTemplate { view: &view })
}
