//! Withdrawing, rating.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::{Form, Page, Problem, Reply, View};

use super::{acted_on, target};
use crate::commands::rate::Stars;
use crate::commands::{rate as rating, withdraw as withdrawal};
use crate::pages::only_id;
use crate::queries::Whole;

#[derive(Template)]
#[template(path = "ask.html")]
struct AskPage<'a> {
    view: &'a View,
    title: String,
    lead: String,
    fields: Vec<Field>,
    errors: Errors,
    version: i64,
    button: String,
    grave: bool,
    back: String,
}

pub async fn withdraw(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    id: Path<String>,
) -> Result<Page, Problem> {
    let whole = acted_on(&ctx, &actor, only_id(id)?).await?;
    withdraw_page(&view, &whole)
}

fn withdraw_page(view: &View, whole: &Whole) -> Result<Page, Problem> {
    let reason =
        Field::new(&view.speech, Kind::Lines(4), "ly-do", view.t("dossiers-withdraw-reason"))
            .optional(&view.speech);
    let back = format!("/ho-so/{}", whole.dossier.id);
    let page = AskPage {
        title: view.t("dossiers-withdraw-title"),
        lead: view.t("dossiers-withdraw-lead"),
        fields: vec![reason],
        errors: Errors::new(),
        version: whole.dossier.version,
        button: view.t("dossiers-withdraw-button"),
        grave: true,
        back: back.clone(),
        view,
    };
    Ok(Page::new(view, page.title.clone(), &page)?.back(back))
}

pub async fn post_withdraw(
    actor: Actor,
    State(ctx): State<Ctx>,
    id: Path<String>,
    Form(form): Form<Answers>,
) -> Result<Reply, Problem> {
    let id = only_id(id)?;
    let target = target(id, form.get("version"));
    let reason = form.get("ly-do").to_owned();
    withdrawal::withdraw(&ctx, &actor.citizen()?, target, reason).await?;
    Ok(Reply::see(&format!("/ho-so/{id}")).notice("dossiers-notice-withdrawn"))
}

pub async fn rate(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    id: Path<String>,
) -> Result<Page, Problem> {
    let whole = acted_on(&ctx, &actor, only_id(id)?).await?;
    rate_page(&view, &whole, Errors::new(), &Answers::default())
}

pub async fn post_rate(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    id: Path<String>,
    Form(form): Form<Answers>,
) -> Result<Reply, Problem> {
    let id = only_id(id)?;
    let Some(stars) = form.get("diem").parse().ok().filter(|stars| (1..=5).contains(stars)) else {
        let whole = acted_on(&ctx, &actor, id).await?;
        let mut errors = Errors::new();
        errors.add("diem", view.t("dossiers-rate-missing"));
        return rate_page(&view, &whole, errors, &form).map(Reply::from);
    };
    let given = Stars { stars, words: form.get("loi").to_owned() };
    rating::rate(&ctx, &actor.citizen()?, target(id, form.get("version")), given).await?;
    Ok(Reply::see(&format!("/ho-so/{id}")).notice("dossiers-notice-rated"))
}

fn rate_page(view: &View, whole: &Whole, errors: Errors, typed: &Answers) -> Result<Page, Problem> {
    let star =
        |stars: u8| Choice::new(stars.to_string(), view.t(&format!("dossiers-rate-{stars}")));
    let kind = Kind::Radios((1..=5).rev().map(star).collect());
    let stars = Field::new(&view.speech, kind, "diem", view.t("dossiers-rate-question"))
        .value(typed.get("diem"))
        .errors(&errors);
    let words = Field::new(&view.speech, Kind::Lines(4), "loi", view.t("dossiers-rate-words"))
        .hint(view.t("dossiers-rate-words-hint"))
        .value(typed.get("loi"))
        .optional(&view.speech);
    let back = format!("/ho-so/{}", whole.dossier.id);
    let wrong = !errors.is_empty();
    let page = AskPage {
        title: view.t("dossiers-rate-title"),
        lead: whole.dossier.procedure.name.clone(),
        fields: vec![stars, words],
        errors,
        version: whole.dossier.version,
        button: view.t("dossiers-rate-button"),
        grave: false,
        back: back.clone(),
        view,
    };
    let page = Page::new(view, page.title.clone(), &page)?.back(back);
    Ok(if wrong { page.error() } else { page })
}
