//! What is agreed with another axis from one day to another: which codes go there, and what
//! agencies are called there.

use axum::extract::{Path, State};
use identity::{Actor, Scribe};
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::web::form::{Answers, DateFault, Errors, Field, Kind};
use platform::web::{Form, Page, Problem, Reply, View};
use uuid::Uuid;

use super::link_forms::{Frame, form_page};
use super::links::{at_field, may_manage, place_of};
use super::watch_form::{field, from_day};
use crate::commands::links as commands;
use crate::link::Days;
use crate::queries::links as queries;
use crate::refusal::Refusal;

pub(crate) async fn new_code(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    queries::standing(&ctx, id).await?;
    code_page((&view, &actor), id, (&from_today(&view), &Errors::new())).await
}

fn from_today(view: &View) -> Answers {
    Answers::from_pairs(from_day("from", local(view.now).date()))
}

async fn code_page(
    (view, actor): (&View, &Actor),
    id: Uuid,
    said: (&Answers, &Errors),
) -> Result<Page, Problem> {
    let mut fields = vec![
        field(view, (Kind::Text, "ours", "axis-link-code-ours"), said),
        field(view, (Kind::Text, "theirs", "axis-link-code-theirs"), said),
    ];
    fields.extend(day_fields(view, said));
    let frame = Frame {
        heading: "axis-link-code-new",
        lead: "axis-link-code-new-lead",
        button: "axis-link-code-new-button",
        action: format!("{}/ma", place_of(id)),
        back: place_of(id),
    };
    form_page((view, actor), frame, (fields, said.1)).await
}

fn day_fields(view: &View, said: (&Answers, &Errors)) -> [Field; 2] {
    let last = field(view, (Kind::Date, "to", "axis-link-code-to"), said);
    [field(view, (Kind::Date, "from", "axis-link-code-from"), said), last.optional(&view.speech)]
}

pub(crate) async fn post_code(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    let scribe = Scribe::of(&ctx, &actor);
    let named = (id, answers.get("ours"), answers.get("theirs"));
    let act = |days| commands::add_code(&ctx, &scribe, named, days);
    let Some(errors) = taken(&view, &answers, act).await? else {
        return Ok(Reply::see(&place_of(id)).notice("axis-notice-link-code-added"));
    };
    Ok(code_page((&view, &actor), id, (&answers, &errors)).await?.into())
}

/// What was wrong, beside its field.
async fn taken<F>(
    view: &View,
    answers: &Answers,
    act: impl FnOnce(Days) -> F,
) -> Result<Option<Errors>, Problem>
where
    F: Future<Output = Result<(), Refusal>>,
{
    let days = match days(view, answers) {
        Ok(days) => days,
        Err(errors) => return Ok(Some(errors)),
    };
    match act(days).await {
        Ok(()) => Ok(None),
        Err(refusal) => at_field(view, refusal).map(Some),
    }
}

fn days(view: &View, answers: &Answers) -> Result<Days, Errors> {
    let mut errors = Errors::new();
    let mut day = |name: &str, is_needed: bool| match answers.date(name).parse() {
        Ok(day) => Some(day),
        Err(DateFault::Empty) if !is_needed => None,
        Err(_) => {
            errors.add(name, view.t("axis-link-code-day-wrong"));
            None
        }
    };
    let (from, to) = (day("from", true), day("to", false));
    match from {
        Some(from) if errors.is_empty() => Ok((from, to)),
        _ => Err(errors),
    }
}

pub(crate) async fn post_end_code(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    let pair = Uuid::try_parse(answers.get("pair")).map_err(|_| Problem::not_found())?;
    commands::end_code(&ctx, &Scribe::of(&ctx, &actor), (id, pair)).await?;
    Ok(Reply::see(&place_of(id)).notice("axis-notice-link-code-ended"))
}

pub(crate) async fn new_cover(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    queries::standing(&ctx, id).await?;
    cover_page((&view, &actor), id, (&from_today(&view), &Errors::new())).await
}

async fn cover_page(
    (view, actor): (&View, &Actor),
    id: Uuid,
    said: (&Answers, &Errors),
) -> Result<Page, Problem> {
    let codes = field(view, (Kind::Text, "covers", "axis-link-covers"), said);
    let mut fields = vec![codes.hint(view.t("axis-link-covers-hint"))];
    fields.extend(day_fields(view, said));
    let frame = Frame {
        heading: "axis-link-cover-new",
        lead: "axis-link-cover-new-lead",
        button: "axis-link-cover-new-button",
        action: format!("{}/pham-vi", place_of(id)),
        back: place_of(id),
    };
    form_page((view, actor), frame, (fields, said.1)).await
}

pub(crate) async fn post_cover(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    let scribe = Scribe::of(&ctx, &actor);
    let codes = (id, answers.get("covers"));
    let act = |days| commands::cover(&ctx, &scribe, codes, days);
    let Some(errors) = taken(&view, &answers, act).await? else {
        return Ok(Reply::see(&place_of(id)).notice("axis-notice-link-cover-added"));
    };
    Ok(cover_page((&view, &actor), id, (&answers, &errors)).await?.into())
}

pub(crate) async fn post_end_cover(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    let from: Date = answers.get("from").parse().map_err(|_| Problem::not_found())?;
    let code = (id, answers.get("code"));
    commands::end_cover(&ctx, &Scribe::of(&ctx, &actor), code, from).await?;
    Ok(Reply::see(&place_of(id)).notice("axis-notice-link-cover-ended"))
}
