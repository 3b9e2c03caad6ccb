//! All answers told back, and sending.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::form::Answers;
use platform::web::{Form, Page, Problem, Reply, View};
use procedures::eform::Flow;

use super::next_path;
use crate::commands::{draft, send};
use crate::pages::pieces::{AnswerPart, answers};
use crate::pages::{id_of, start};
use crate::queries::filling::Filling;
use crate::refusal::Refusal;

#[derive(Template)]
#[template(path = "check.html")]
struct CheckPage<'a> {
    view: &'a View,
    name: String,
    filling: &'a Filling,
    parts: Vec<AnswerPart>,
    ready: bool,
    base: String,
    next: String,
}

pub(super) fn check_page(view: &View, filling: &Filling, flow: &Flow<'_>) -> Result<Page, Problem> {
    let base = format!("/ho-so/{}", filling.draft.id);
    let page = CheckPage {
        name: start::name(view, &filling.version),
        parts: answers(view, flow, Some(&format!("{base}/buoc"))),
        ready: flow.is_ready(),
        next: next_path(flow, &base),
        base: base.clone(),
        filling,
        view,
    };
    Ok(Page::new(view, view.t("dossiers-check-title"), &page)?.back(base))
}

/// Once, however often it is pressed.
pub async fn post_send(
    actor: Actor,
    State(ctx): State<Ctx>,
    Path(id): Path<String>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    let id = id_of(&id)?;
    match send::send(&ctx, &actor.citizen()?, id).await {
        Ok(dossier) => Ok(Reply::see(&format!("/ho-so/{}/xac-nhan", dossier.id))),
        // The check page says what is missing and leads there.
        Err(Refusal::Incomplete) => Ok(Reply::see(&format!("/ho-so/{id}/buoc/check"))),
        Err(refusal) => Err(refusal.into()),
    }
}

pub async fn post_discard(
    actor: Actor,
    State(ctx): State<Ctx>,
    Path(id): Path<String>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    draft::discard(&ctx, &actor.citizen()?, id_of(&id)?).await?;
    Ok(Reply::see("/ho-so").notice("dossiers-notice-discarded"))
}
