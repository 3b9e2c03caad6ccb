//! /quan-tri/van-phong/{code}/nhom: recipients that are often named together.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use organisations::Unit;
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{Answers, Errors, Field, Kind};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use uuid::Uuid;

use super::found::{Found, found};
use super::offices::OFFICES;
use crate::commands::desks as commands;
use crate::pages::{at_desk, at_field};
use crate::recipient::{Group, Member, NAME_LETTERS_MAX};
use crate::refusal::Refusal;
use crate::store::recipients;

#[derive(Template)]
#[template(path = "office_groups.html")]
struct GroupsTemplate<'a> {
    view: &'a View,
    errors: Markup,
    unit: String,
    here: String,
    rows: Vec<Group>,
    name: Field,
}

#[derive(Template)]
#[template(path = "office_group.html")]
struct GroupTemplate<'a> {
    view: &'a View,
    errors: Markup,
    name: String,
    here: String,
    rows: Vec<Member>,
    search: Field,
    found: Option<Vec<Found>>,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
) -> Result<Page, Problem> {
    let said = (Answers::default(), Errors::new());
    groups_page(&view, (&ctx, &actor), &code, (&said.0, &said.1)).await
}

pub(crate) async fn post_make(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let (unit, _) = kept(&ctx, &actor, &code).await?;
    match commands::make_group(&ctx, &actor, (unit.id, answers.get("name"))).await {
        Ok(id) => Ok(Reply::see(&here(&unit, Some(id))).notice("office-notice-group-made")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            let page = groups_page(&view, (&ctx, &actor), &code, (&answers, &errors)).await?;
            Ok(page.into())
        }
    }
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((code, id)): Path<(String, Uuid)>,
) -> Result<Page, Problem> {
    group_page(&view, (&ctx, &actor), (&code, id), &Errors::new()).await
}

/// What is done with a group: which, the form says.
pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path((code, id)): Path<(String, Uuid)>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let (unit, _) = kept(&ctx, &actor, &code).await?;
    match done(&ctx, &actor, (&unit, id), &answers).await {
        Ok(path) => Ok(Reply::see(&path).notice("office-notice-group-changed")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(group_page(&view, (&ctx, &actor), (&code, id), &errors).await?.into())
        }
    }
}

async fn done(
    ctx: &Ctx,
    actor: &Actor,
    (unit, id): (&Unit, Uuid),
    answers: &Answers,
) -> Result<String, Refusal> {
    match answers.get("act") {
        "end" => {
            commands::end_group(ctx, actor, (unit.id, id)).await?;
            Ok(here(unit, None))
        }
        "remove" => {
            commands::remove_member(ctx, actor, (unit.id, id), answers.get("code")).await?;
            Ok(here(unit, Some(id)))
        }
        _ => {
            let codes = answers.all("code").into_iter().map(str::to_owned).collect();
            commands::put_members(ctx, actor, (unit.id, id), codes).await?;
            Ok(here(unit, Some(id)))
        }
    }
}

fn here(unit: &Unit, group: Option<Uuid>) -> String {
    let all = format!("{OFFICES}/{}/nhom", unit.code.as_str());
    group.map_or(all.clone(), |id| format!("{all}/{id}"))
}

/// The groups of a unit, for whoever keeps them.
async fn kept(ctx: &Ctx, actor: &Actor, code: &str) -> Result<(Unit, Vec<Group>), Refusal> {
    let (actor, code) = (actor.clone(), code.to_owned());
    ctx.store
        .read(move |tx| {
            let unit = organisations::queries::by_code(tx, &code)?.ok_or(Refusal::Nothing)?;
            commands::keeps_groups(tx, &actor, unit.id)?;
            let groups = recipients::groups(tx, unit.id)?;
            Ok((unit, groups))
        })
        .await
}

async fn groups_page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    code: &str,
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let (unit, rows) = kept(ctx, actor, code).await?;
    let name = Field::new(&view.speech, Kind::Text, "name", view.t("office-group-name"));
    let template = GroupsTemplate {
        view,
        errors: errors.summary(&view.speech),
        unit: unit.name.as_str().to_owned(),
        here: here(&unit, None),
        rows,
        name: name
            .value(typed.get("name"))
            .errors(errors)
            .max_letters(NAME_LETTERS_MAX as u32)
            .hint(view.t("office-group-name-hint")),
    };
    let page = Page::new(view, view.t("office-groups"), &template)?.back(crate::HERE);
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

async fn group_page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (code, id): (&str, Uuid),
    errors: &Errors,
) -> Result<Page, Problem> {
    let (unit, groups) = kept(ctx, actor, code).await?;
    let group = groups.into_iter().find(|group| group.id == id).ok_or_else(Problem::not_found)?;
    let words = view.query("tim").unwrap_or_default();
    let (asked, today, speech) = (words.clone(), local(view.now).date(), view.speech.clone());
    let read: Result<_, Refusal> = ctx
        .store
        .read(move |tx| {
            let found = found(tx, &speech, (&asked, today))?;
            Ok((recipients::members(tx, id)?, found))
        })
        .await;
    let (rows, found) = read?;
    let search = Field::new(&view.speech, Kind::Search, "tim", view.t("office-search-agency"));
    let template = GroupTemplate {
        view,
        errors: errors.summary(&view.speech),
        name: group.name.clone(),
        here: here(&unit, Some(id)),
        rows,
        search: search.hint(view.t("office-search-agency-hint")).value(words.as_str()),
        found: (!words.trim().is_empty()).then_some(found),
    };
    let page = Page::new(view, group.name, &template)?.back(here(&unit, None));
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}
