//! One question per page, saved while it is typed and when it is answered.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use identity::{Actor, Person};
use platform::Ctx;
use platform::web::form::{Answers, Errors};
use platform::web::pieces::{Steps, Summary, SummaryRow};
use platform::web::{Form, Page, Problem, Reply, View};
use procedures::eform::{Flow, Shape, Step};
use serde_json::json;

use super::check::check_page;
use super::files::{FileField, file_fields};
use super::{back_to_check, open, saved_at};
use crate::commands::draft::{self, Answered, Onward, Posted};
use crate::dossier::DossierId;
use crate::form;
use crate::pages::{id_of, start};
use crate::queries::filling::Filling;

/// One question, or the check of all answers.
pub async fn step(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, address)): Path<(String, String)>,
) -> Result<Page, Problem> {
    let filling = open(&ctx, &actor.citizen()?, id_of(&id)?).await?;
    let flow = filling.flow()?;
    let step = Step::find(flow.definition, &address).filter(|step| filling.asks(&flow, *step));
    let step = step.ok_or_else(Problem::not_found)?;
    if step == Step::Check {
        return check_page(&view, &filling, &flow);
    }
    let told = flow.is_visited(step) && view.query("ve").is_some();
    question_page(&view, &filling, (&flow, step), told)
}

/// Every answer is kept, right or wrong; a wrong one is shown again with how to mend it.
pub async fn post_step(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, address)): Path<(String, String)>,
    Form(form): Form<Answers>,
) -> Result<Reply, Problem> {
    let (person, id) = (actor.citizen()?, id_of(&id)?);
    let saved = save(&view, &ctx, (&person, id), (&address, &form)).await?;
    if form.has("thoat") {
        return Ok(Reply::see(&format!("/ho-so/{id}")).notice("dossiers-notice-saved"));
    }
    match saved.onward {
        Onward::Step(next) => {
            Ok(Reply::see(&format!("/ho-so/{id}/buoc/{next}{}", back_to_check(&view))))
        }
        Onward::Supplement => Ok(Reply::see(&format!("/ho-so/{id}/bo-sung"))),
        Onward::Here => question_again(&view, &ctx, (&person, id), &address).await,
    }
}

/// What was typed is kept, and shown with what is wrong with it.
async fn question_again(
    view: &View,
    ctx: &Ctx,
    (person, id): (&Person, DossierId),
    address: &str,
) -> Result<Reply, Problem> {
    let filling = open(ctx, person, id).await?;
    let flow = filling.flow()?;
    let step = Step::find(flow.definition, address).ok_or_else(Problem::not_found)?;
    question_page(view, &filling, (&flow, step), true).map(Reply::from)
}

/// What is typed, saved while it is typed; the answer is the sentence to show.
pub async fn post_save(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, address)): Path<(String, String)>,
    Form(form): Form<Answers>,
) -> Result<Reply, Problem> {
    let person = actor.citizen()?;
    let saved = save(&view, &ctx, (&person, id_of(&id)?), (&address, &form)).await?;
    let time = view.speech.time(saved.saved_at);
    let said = view.with("dossiers-saved", &[("time", time.into())]);
    Reply::json(StatusCode::OK, &json!({ "saved": said }))
}

async fn save(
    view: &View,
    ctx: &Ctx,
    (person, id): (&Person, DossierId),
    (step, form): (&str, &Answers),
) -> Result<Answered, Problem> {
    let from_check = view.query("ve").is_some();
    let posted = Posted { step: step.to_owned(), fields: form.clone(), from_check };
    Ok(draft::answer(ctx, person, id, posted).await?)
}

pub async fn post_remove_item(
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, address)): Path<(String, String)>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    let id = id_of(&id)?;
    draft::remove_item(&ctx, &actor.citizen()?, id, address.clone()).await?;
    let list = address.split('.').next().unwrap_or_default();
    Ok(Reply::see(&format!("/ho-so/{id}/buoc/{list}")).notice("dossiers-notice-item-removed"))
}

#[derive(Template)]
#[template(path = "question.html")]
struct QuestionPage<'a> {
    view: &'a View,
    shape: &'a Shape,
    files: Vec<FileField>,
    errors: Errors,
    steps: Steps,
    name: String,
    base: String,
    action: String,
    autosave: String,
    saved: String,
    button: String,
    stop: bool,
    again: Option<AskedAgain>,
}

/// Why a question of a sent form is asked again, and what was answered.
struct AskedAgain {
    said: Option<String>,
    earlier: Summary,
}

fn asked_again(
    view: &View,
    filling: &Filling,
    (flow, step): (&Flow<'_>, Step),
) -> Option<AskedAgain> {
    let reopening = filling.reopening.as_ref()?;
    let earlier = reopening.earlier_flow(flow);
    let asked = earlier.steps().contains(&step);
    let rows = if asked { earlier.rows(step, &view.speech) } else { Vec::new() };
    let rows = rows.iter().map(|row| SummaryRow::new(&row.label, &row.value));
    Some(AskedAgain {
        said: reopening.said_about(flow, step).map(str::to_owned),
        earlier: Summary::new(view, rows.collect()),
    })
}

fn question_page(
    view: &View,
    filling: &Filling,
    (flow, step): (&Flow<'_>, Step),
    told: bool,
) -> Result<Page, Problem> {
    let shape = flow.shape(step, &view.speech, told).ok_or_else(Problem::not_found)?;
    shape_page(view, filling, (flow, step), &shape)
}

/// A question as it stands, perhaps with what was wrong.
pub(super) fn shape_page(
    view: &View,
    filling: &Filling,
    (flow, step): (&Flow<'_>, Step),
    shape: &Shape,
) -> Result<Page, Problem> {
    let base = format!("/ho-so/{}", filling.draft.id);
    let address = step.address(flow.definition);
    let errors = shape.errors.clone();
    let wrong = !errors.is_empty();
    let page = QuestionPage {
        again: asked_again(view, filling, (flow, step)),
        files: file_fields(view, filling, (shape, &address), &base),
        steps: steps_line(view, filling, (flow, step)),
        name: start::name(view, &filling.version),
        action: format!("{base}/buoc/{address}{}", back_to_check(view)),
        autosave: format!("{base}/luu/{address}"),
        saved: saved_at(view, filling),
        button: view.t("dossiers-continue"),
        stop: shape.stop,
        shape,
        errors,
        base: base.clone(),
        view,
    };
    let back = match (&filling.reopening, flow.previous(step)) {
        (Some(_), _) => format!("{base}/bo-sung"),
        (None, Some(previous)) => format!("{base}/buoc/{}", previous.address(flow.definition)),
        (None, None) => base,
    };
    let title = form::question_name(flow, step, &view.speech);
    let page = Page::new(view, title, &page)?.back(back);
    Ok(if wrong { page.error() } else { page })
}

/// Which question of how many it is: of the form, or of those that are asked again.
fn steps_line(view: &View, filling: &Filling, (flow, step): (&Flow<'_>, Step)) -> Steps {
    let asked = match &filling.reopening {
        Some(reopening) => reopening.steps(flow),
        None => {
            let steps = flow.steps().iter().copied();
            steps.filter(|one| !matches!(one, Step::Item(..))).collect()
        }
    };
    // The later pages about an item count with the list of its group.
    let place = asked.iter().position(|one| flow.is_about(*one, step));
    Steps::new(view, place.map_or(1, |place| place + 1), asked.len())
}
