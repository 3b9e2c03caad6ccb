//! /quan-tri/con-dau: the units whose seals one looks after.

use askama::Template;
use axum::extract::State;
use identity::{Actor, Right};
use organisations::Unit;
use platform::Ctx;
use platform::web::form::{Errors, Field, Kind, Width};
use platform::web::{Markup, Page, Problem, Reply, View};

use super::at_desk;
use super::pictures::SEALS;
use crate::queries::pictures as queries;
use crate::refusal::Refusal;

#[derive(Template)]
#[template(path = "seals.html")]
struct SealsTemplate<'a> {
    view: &'a View,
    errors: Markup,
    code: Field,
    rows: Vec<(String, String, bool)>,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Reply, Problem> {
    actor.require_anywhere(Right::ManageCertificates)?;
    let asked = view.query("don-vi").map(|code| code.trim().to_owned());
    let mut errors = Errors::new();
    if let Some(code) = asked.as_deref().filter(|code| !code.is_empty()) {
        match queries::unit(&ctx, &actor, code).await {
            Ok(unit) => return Ok(Reply::see(&format!("{SEALS}/{}", unit.code))),
            Err(Refusal::Nothing) => errors.add("don-vi", view.t("signing-picture-no-such-unit")),
            Err(other) => return Err(other.into()),
        }
    }
    let units = queries::units(&ctx, &actor).await?;
    let page = seals_page(&view, &units, (&asked.unwrap_or_default(), &errors))?;
    Ok(at_desk(&view, &actor, page).await.into())
}

fn seals_page(
    view: &View,
    units: &[(Unit, bool)],
    (asked, errors): (&str, &Errors),
) -> Result<Page, Problem> {
    let code = Field::new(&view.speech, Kind::Text, "don-vi", view.t("signing-picture-unit-code"));
    let row = |(unit, has): &(Unit, bool)| {
        (unit.code.as_str().to_owned(), unit.name.as_str().to_owned(), *has)
    };
    let template = SealsTemplate {
        view,
        errors: errors.summary(&view.speech),
        code: code
            .hint(view.t("signing-picture-unit-code-hint"))
            .width(Width::Twenty)
            .autocomplete("off")
            .value(asked)
            .errors(errors),
        rows: units.iter().map(row).collect(),
    };
    let page = Page::new(view, view.t("signing-seals"), &template)?;
    Ok(if errors.is_empty() { page } else { page.error() })
}
