//! Following a dossier without an account.

use askama::Template;
use axum::extract::State;
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field, Kind, Width};
use platform::web::pieces::{Tag, Timeline};
use platform::web::{Form, Page, Problem, View};

use super::pieces::{DueTold, due_told, status_tag, timeline};
use crate::code::{CodeFault, Known};
use crate::form::phone_number;
use crate::queries::{UnitCard, Whole, track};
use crate::status::Status;

#[derive(Template)]
#[template(path = "track.html")]
struct TrackPage<'a> {
    view: &'a View,
    errors: Errors,
    number: Field,
    phone: Field,
}

pub async fn show(view: View) -> Result<Page, Problem> {
    let number = view.query("ma").unwrap_or_default();
    page(&view, (&number, ""), Errors::new())
}

pub async fn post_show(
    view: View,
    State(ctx): State<Ctx>,
    Form(form): Form<Answers>,
) -> Result<Page, Problem> {
    let typed = (form.get("ma"), form.get("dien-thoai"));
    let (known, phone) = match read(&view, typed) {
        Ok(read) => read,
        Err(errors) => return page(&view, typed, errors),
    };
    match track::track(&ctx, &known, &phone).await? {
        Some(whole) => found(&view, &whole),
        None => {
            let mut errors = Errors::new();
            errors.add("ma", view.t("dossiers-track-unknown"));
            page(&view, typed, errors)
        }
    }
}

/// Shapes only: whether there is such a dossier is never said here.
fn read(view: &View, (number, phone): (&str, &str)) -> Result<(Known, String), Errors> {
    let mut errors = Errors::new();
    let known = match Known::parse(number) {
        Ok(known) => Some(known),
        Err(_) if number.is_empty() => {
            errors.add("ma", view.t("dossiers-track-number-missing"));
            None
        }
        Err(CodeFault::CheckDigit) => {
            errors.add("ma", view.t("dossiers-track-number-digit"));
            None
        }
        Err(CodeFault::Shape) => {
            errors.add("ma", view.t("dossiers-track-number-shape"));
            None
        }
    };
    let normal = phone_number(phone);
    if normal.is_empty() {
        let key = if phone.is_empty() { "missing" } else { "shape" };
        errors.add("dien-thoai", view.t(&format!("dossiers-track-phone-{key}")));
    }
    match (known, errors.is_empty()) {
        (Some(known), true) => Ok((known, normal)),
        _ => Err(errors),
    }
}

fn page(view: &View, (number, phone): (&str, &str), errors: Errors) -> Result<Page, Problem> {
    let wrong = !errors.is_empty();
    let speech = &view.speech;
    let page = TrackPage {
        number: Field::new(speech, Kind::Text, "ma", view.t("dossiers-track-number"))
            .hint(view.t("dossiers-track-number-hint"))
            .width(Width::Twenty)
            .value(number)
            .errors(&errors),
        phone: Field::new(speech, Kind::Phone, "dien-thoai", view.t("dossiers-track-phone"))
            .hint(view.t("dossiers-track-phone-hint"))
            .value(phone)
            .errors(&errors),
        errors,
        view,
    };
    let page = Page::new(view, view.t("dossiers-track-title"), &page)?;
    Ok(if wrong { page.error() } else { page })
}

#[derive(Template)]
#[template(path = "tracked.html")]
struct TrackedPage<'a> {
    view: &'a View,
    whole: &'a Whole,
    state: Tag,
    due: Option<DueTold>,
    answer_by: Option<String>,
    office: UnitCard,
    story: Timeline,
    todo: bool,
}

/// The story, and nothing that was answered or handed in.
fn found(view: &View, whole: &Whole) -> Result<Page, Problem> {
    let dossier = &whole.dossier;
    let answer_by = dossier.answer_due_at.filter(|_| dossier.status == Status::Registered);
    let page = TrackedPage {
        state: status_tag(view, dossier.status),
        due: due_told(view, dossier),
        answer_by: answer_by.map(|at| view.speech.weekday_date_time(at)),
        office: whole.unit(dossier.places.receiving),
        story: timeline(view, whole, false),
        todo: whole.open_demand().is_some(),
        whole,
        view,
    };
    Ok(Page::new(view, dossier.procedure.name.clone(), &page)?.back("/tra-cuu"))
}
