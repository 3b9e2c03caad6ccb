//! The public page that confirms a result: what a verifier needs and no more.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field, Kind, Width};
use platform::web::{Form, Page, Problem, Reply, View};

use crate::check_code::CheckCode;
use crate::queries::check::{Checked, check};

#[derive(Template)]
#[template(path = "check_form.html")]
struct CheckForm<'a> {
    view: &'a View,
    errors: Errors,
    code: Field,
    /// Handed to the check of signatures, which is another capability's.
    file: Field,
    unknown: bool,
}

#[derive(Template)]
#[template(path = "checked.html")]
struct CheckedPage<'a> {
    view: &'a View,
    checked: &'a Checked,
    issued: String,
}

pub async fn ask(view: View) -> Result<Page, Problem> {
    form_page(&view, "", Errors::new(), false)
}

/// The address on the paper. A code that is not there is said so: guessing one is hopeless.
pub async fn show(
    view: View,
    State(ctx): State<Ctx>,
    Path(code): Path<String>,
) -> Result<Page, Problem> {
    let found = match CheckCode::parse(&code) {
        Some(parsed) => check(&ctx, &parsed).await?,
        None => None,
    };
    match found {
        Some(checked) => checked_page(&view, &checked),
        None => Ok(form_page(&view, &code, Errors::new(), true)?.status(StatusCode::NOT_FOUND)),
    }
}

pub async fn post_ask(view: View, Form(form): Form<Answers>) -> Result<Reply, Problem> {
    let typed = form.get("ma");
    match CheckCode::parse(typed) {
        Some(code) => Ok(Reply::see(&format!("/kiem-tra/{code}"))),
        None => {
            let mut errors = Errors::new();
            let key = if typed.is_empty() { "missing" } else { "shape" };
            errors.add("ma", view.t(&format!("dossiers-verify-code-{key}")));
            form_page(&view, typed, errors, false).map(Reply::from)
        }
    }
}

fn form_page(view: &View, typed: &str, errors: Errors, unknown: bool) -> Result<Page, Problem> {
    let wrong = !errors.is_empty();
    let page = CheckForm {
        code: Field::new(&view.speech, Kind::Text, "ma", view.t("dossiers-result-check-code"))
            .hint(view.t("dossiers-verify-code-hint"))
            .width(Width::Twenty)
            .value(typed)
            .errors(&errors),
        file: signed_file(view),
        errors,
        unknown,
        view,
    };
    let page = Page::new(view, view.t("dossiers-verify-title"), &page)?;
    Ok(if wrong { page.error() } else { page })
}

fn signed_file(view: &View) -> Field {
    let kind = Kind::File { accept: String::new(), many: false };
    Field::new(&view.speech, kind, "tep", view.t("dossiers-verify-file"))
        .hint(view.t("dossiers-verify-file-hint"))
}

fn checked_page(view: &View, checked: &Checked) -> Result<Page, Problem> {
    let issued = view.speech.date_time(checked.issued_at);
    let page = CheckedPage { view, checked, issued };
    Page::new(view, view.t("dossiers-verify-genuine"), &page)
}
