//! /can-bo/ky-so/nhieu: several files at once, each named by its SHA-256, one code for all.

use askama::Template;
use axum::extract::State;
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use uuid::Uuid;

use super::{at_desk, code_field};
use crate::HERE;
use crate::commands::signing::{Named, Outcome, look_all, sign_all};
use crate::refusal::Refusal;
use crate::step::{SignatoryKind, Step};
use crate::submission::{Submission, SubmissionId};

#[derive(Template)]
#[template(path = "several.html")]
struct SeveralTemplate<'a> {
    view: &'a View,
    errors: Markup,
    heading: String,
    rows: Vec<Row>,
    refused: Vec<(String, String)>,
    code: Field,
}

/// A paper that is about to be signed with others.
pub(super) struct Row {
    pub id: Uuid,
    pub value: String,
    pub title: String,
    pub number: String,
    pub sha256: String,
    pub is_seal: bool,
}

/// The files that were chosen, to be confirmed with a code. Nothing changes here.
pub(crate) async fn post_chosen(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let named = named(&answers);
    if named.is_empty() {
        return Ok(Reply::see(HERE).notice("signing-notice-nothing-chosen"));
    }
    Ok(confirm(&view, (&ctx, &actor), named, &Errors::new()).await?.into())
}

/// Whoever comes back to the address of the page above without the form begins at the queue.
pub(crate) async fn begin(_: Actor) -> Reply {
    Reply::see(HERE)
}

async fn confirm(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    named: Vec<Named>,
    errors: &Errors,
) -> Result<Page, Problem> {
    let (tasks, refused) = look_all(ctx, actor, named).await?;
    let count = [("count", tasks.len().into())];
    let heading = view.with("signing-several", &count);
    let template = SeveralTemplate {
        view,
        errors: errors.summary(&view.speech),
        heading: heading.clone(),
        rows: tasks.iter().map(|task| row(&task.submission, &task.step)).collect(),
        refused: told(view, &refused),
        code: code_field(view, errors),
    };
    let page = Page::new(view, heading, &template)?.wide().back(HERE);
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

pub(super) fn row(one: &Submission, step: &Step) -> Row {
    Row {
        id: one.id.0,
        value: value(one.id, &one.sha256),
        title: one.title.clone(),
        number: one.number.clone(),
        sha256: one.sha256.clone(),
        is_seal: step.kind == SignatoryKind::Agency,
    }
}

pub(super) fn told(view: &View, refused: &[Outcome]) -> Vec<(String, String)> {
    let told = |one: &Outcome| {
        let sentence = one.refusal.as_ref().map(|refusal| refusal.sentence(&view.speech));
        (one.title.clone(), sentence.unwrap_or_default())
    };
    refused.iter().map(told).collect()
}

/// What the box of a paper sends: the file as it is shown.
pub(super) fn value(id: SubmissionId, sha256: &str) -> String {
    format!("{id}:{sha256}")
}

/// What the boxes sent, [`value`] each.
pub(super) fn named(answers: &Answers) -> Vec<Named> {
    let read = |text: &str| {
        let (id, sha256) = text.split_once(':')?;
        Some(Named { id: SubmissionId(Uuid::try_parse(id).ok()?), sha256: sha256.to_owned() })
    };
    answers.all("chosen").into_iter().filter_map(read).collect()
}

#[derive(Template)]
#[template(path = "outcome.html")]
struct OutcomeTemplate<'a> {
    view: &'a View,
    signed: Vec<String>,
    refused: Vec<(String, String)>,
}

pub(crate) async fn post_sign(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let named = named(&answers);
    match sign_all(&ctx, &actor, (named.clone(), answers.get("code"))).await {
        Ok(outcomes) => at_end(&view, &actor, outcomes).await,
        Err(refusal @ Refusal::Confirm(_)) => {
            let errors = super::at_field(&view, refusal)?;
            Ok(confirm(&view, (&ctx, &actor), named, &errors).await?.into())
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Back to the queue when all went well, else a page that says of each what happened.
pub(super) async fn at_end(
    view: &View,
    actor: &Actor,
    outcomes: Vec<Outcome>,
) -> Result<Reply, Problem> {
    let (signed, refused): (Vec<Outcome>, Vec<Outcome>) =
        outcomes.into_iter().partition(|one| one.refusal.is_none());
    if refused.is_empty() {
        return Ok(Reply::see(HERE).notice("signing-notice-signed-all"));
    }
    for one in &refused {
        tracing::warn!(submission = %one.id, refusal = ?one.refusal, "not signed with the others");
    }
    let template = OutcomeTemplate {
        view,
        signed: signed.into_iter().map(|one| one.title).collect(),
        refused: told(view, &refused),
    };
    let page = Page::new(view, view.t("signing-outcome"), &template)?.back(HERE);
    Ok(at_desk(view, actor, page).await.into())
}
