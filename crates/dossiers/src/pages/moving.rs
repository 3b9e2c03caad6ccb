//! Another agency for a draft: a wrong commune costs nobody the answers.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use organisations::UnitId;
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field};
use platform::web::{Form, Page, Problem, Reply, View};

use super::start::{Start, agency_field, load, province_field};
use super::{id_of, only_id};
use crate::commands::draft::move_to;
use crate::dossier::DossierId;
use crate::queries::filling;

#[derive(Template)]
#[template(path = "moving.html")]
struct MovingPage<'a> {
    view: &'a View,
    errors: Errors,
    province: Field,
    agency: Field,
    chosen: bool,
    open: bool,
    here: String,
}

pub async fn show(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    id: Path<String>,
) -> Result<Page, Problem> {
    let id = only_id(id)?;
    let start = start(&view, &actor, &ctx, id).await?;
    page(&view, &start, id, Errors::new())
}

pub async fn post(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path(id): Path<String>,
    Form(form): Form<Answers>,
) -> Result<Reply, Problem> {
    let id = id_of(&id)?;
    let Some(deciding) = UnitId::parse(form.get("co-quan")) else {
        let start = start(&view, &actor, &ctx, id).await?;
        let mut errors = Errors::new();
        errors.add("co-quan", view.t("dossiers-start-agency-missing"));
        return page(&view, &start, id, errors).map(Reply::from);
    };
    move_to(&ctx, &actor.citizen()?, id, deciding).await?;
    Ok(Reply::see(&format!("/ho-so/{id}")).notice("dossiers-notice-moved"))
}

async fn start(view: &View, actor: &Actor, ctx: &Ctx, id: DossierId) -> Result<Start, Problem> {
    let person = actor.citizen()?;
    let filling = filling::one(ctx, &person, id).await?.ok_or_else(Problem::not_found)?;
    load(ctx, view, filling.version.code.as_str(), Some(&person)).await
}

fn page(view: &View, start: &Start, id: DossierId, errors: Errors) -> Result<Page, Problem> {
    let wrong = !errors.is_empty();
    let page = MovingPage {
        province: province_field(view, start),
        agency: agency_field(view, start, &errors),
        chosen: view.query("tinh").is_some(),
        open: start.is_open(),
        here: view.here(),
        errors,
        view,
    };
    let page = Page::new(view, view.t("dossiers-move-title"), &page)?.back(format!("/ho-so/{id}"));
    Ok(if wrong { page.error() } else { page })
}
