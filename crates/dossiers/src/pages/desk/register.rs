//! The register of a unit (form 07), to look at and to print.

use askama::Template;
use axum::extract::State;
use identity::{Actor, Right};
use jiff::civil::Date;
use platform::Ctx;
use platform::web::form::{Answers, DateParts, Field, Kind};
use platform::web::{Page, Problem, Reply, Shown, View};

use super::chosen_unit;
use crate::pages::papers::print;
use crate::papers::{Form, Register};
use crate::queries::register as reading;

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterPage<'a> {
    view: &'a View,
    register: &'a Register,
    from: Field,
    to: Field,
    unit: String,
    pdf: String,
    full: bool,
}

pub async fn register(view: View, actor: Actor, State(ctx): State<Ctx>) -> Result<Page, Problem> {
    let span = span(&view);
    let register = load(&ctx, &view, &actor, span).await?;
    let pdf = view.here().replacen("/can-bo/so-theo-doi", "/can-bo/so-theo-doi/pdf", 1);
    let page = RegisterPage {
        from: date_field(&view, "tu", span.0),
        to: date_field(&view, "den", span.1),
        unit: view.query("don-vi").unwrap_or_default(),
        full: register.rows.len() as i64 >= reading::LINES_MAX,
        register: &register,
        view: &view,
        pdf,
    };
    let menu = identity::desk(&view, &actor).await;
    let title = view.t("dossiers-paper-slip07");
    Ok(Page::new(&view, title, &page)?.menu(menu).wide())
}

fn date_field(view: &View, name: &str, date: Date) -> Field {
    Field::new(&view.speech, Kind::Date, name, view.t(&format!("dossiers-register-{name}")))
        .date(DateParts::of(date))
}

pub async fn pdf(view: View, actor: Actor, State(ctx): State<Ctx>) -> Result<Reply, Problem> {
    let register = load(&ctx, &view, &actor, span(&view)).await?;
    let facts = serde_json::to_value(&register);
    let facts = facts.map_err(|error| Problem::broken(&error.to_string()))?;
    let bytes = print(&view, &ctx, Form::Register.template(), &facts).await?;
    Ok(Reply::file("so-theo-doi-ho-so.pdf", "application/pdf", Shown::Inline, bytes))
}

async fn load(
    ctx: &Ctx,
    view: &View,
    actor: &Actor,
    span: (Date, Date),
) -> Result<Register, Problem> {
    actor.require_anywhere(Right::SeeDossiers)?;
    let unit = chosen_unit(ctx, view, actor, Right::SeeDossiers).await?;
    reading::register(ctx, actor, unit, span).await?.ok_or_else(Problem::not_found)
}

/// The days asked for, else this month.
fn span(view: &View) -> (Date, Date) {
    let usual = reading::month_of(view.now);
    let pairs = ["tu", "den"].iter().flat_map(|name| {
        ["day", "month", "year"].map(|part| {
            let name = format!("{name}-{part}");
            let value = view.query(&name).unwrap_or_default();
            (name, value)
        })
    });
    let typed = Answers::from_pairs(pairs.collect());
    let day = |name: &str, usual: Date| typed.date(name).parse().unwrap_or(usual);
    (day("tu", usual.0), day("den", usual.1))
}
