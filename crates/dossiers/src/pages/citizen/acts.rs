//! Answering a supplement request, withdrawing, rating.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::files::{FileRefusal, Media};
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::{Form, Page, Problem, Reply, View};

use super::one::{DemandTold, demand_told};
use super::{acted_on, target};
use crate::commands::rate::Stars;
use crate::commands::{rate as rating, reply, withdraw as withdrawal};
use crate::pages::filling::SCANS;
use crate::pages::only_id;
use crate::pages::pieces::{FileLine, file_lines};
use crate::queries::Whole;
use crate::refusal::Refusal;

#[derive(Template)]
#[template(path = "supplement.html")]
struct SupplementPage<'a> {
    view: &'a View,
    whole: &'a Whole,
    demand: DemandTold,
    files: Vec<FileLine>,
    component: Field,
    words: Field,
    accept: String,
    errors: Errors,
    base: String,
}

pub async fn supplement(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    id: Path<String>,
) -> Result<Page, Problem> {
    let whole = acted_on(&ctx, &actor, only_id(id)?).await?;
    supplement_page(&view, &whole, Errors::new(), "")
}

/// Sends the answer; the clock of the office runs again.
pub async fn post_supplement(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    id: Path<String>,
    Form(form): Form<Answers>,
) -> Result<Reply, Problem> {
    let (id, words) = (only_id(id)?, form.get("loi").to_owned());
    let target = target(id, form.get("version"));
    match reply::give(&ctx, &actor.citizen()?, target, words.clone()).await {
        Ok(_) => Ok(Reply::see(&format!("/ho-so/{id}")).notice("dossiers-notice-supplement-given")),
        Err(Refusal::Incomplete) => {
            let whole = acted_on(&ctx, &actor, id).await?;
            let mut errors = Errors::new();
            errors.add("tep", view.t("dossiers-supplement-empty"));
            supplement_page(&view, &whole, errors, &words).map(Reply::from)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// The page again, with what was wrong with a file.
pub(super) fn file_refused(
    view: &View,
    whole: &Whole,
    refusal: &FileRefusal,
) -> Result<Page, Problem> {
    let mut errors = Errors::new();
    errors.add("tep", refusal.sentence(&view.speech));
    supplement_page(view, whole, errors, "")
}

fn supplement_page(
    view: &View,
    whole: &Whole,
    errors: Errors,
    typed: &str,
) -> Result<Page, Problem> {
    let demand = demand_told(view, whole).filter(|demand| !demand.money);
    let demand = demand.ok_or(Refusal::NotNow { status: whole.dossier.status })?;
    let base = format!("/ho-so/{}", whole.dossier.id);
    let given = whole.open_demand().map(|demand| whole.files_of_demand(demand)).unwrap_or_default();
    let wrong = !errors.is_empty();
    let page = SupplementPage {
        files: file_lines(view, whole, given.into_iter(), &format!("{base}/tep")),
        component: component_field(view, &demand),
        words: Field::new(&view.speech, Kind::Lines(5), "loi", view.t("dossiers-supplement-words"))
            .hint(view.t("dossiers-supplement-words-hint"))
            .value(typed)
            .optional(&view.speech),
        accept: Media::accept(SCANS),
        demand,
        errors,
        base: base.clone(),
        whole,
        view,
    };
    let page = Page::new(view, view.t("dossiers-supplement-title"), &page)?.back(base);
    Ok(if wrong { page.error() } else { page })
}

/// Which of the papers asked for a file is.
fn component_field(view: &View, demand: &DemandTold) -> Field {
    let choices = demand.items.iter().map(|item| Choice::new(&item.component, &item.name));
    let other = Choice::new("", view.t("dossiers-supplement-other"));
    let kind = Kind::Select(choices.chain([other]).collect());
    Field::new(&view.speech, kind, "giay-to", view.t("dossiers-supplement-for"))
}

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
