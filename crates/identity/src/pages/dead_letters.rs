//! /quan-tri/viec-loi: work that would not go, until somebody decides. What it was about may name
//! persons and is not shown; why it failed is.

use askama::Template;
use axum::extract::{Path, State};
use platform::Ctx;
use platform::jobs::{self, DeadLetter, Decision};
use platform::store::StoreError;
use platform::web::form::Answers;
use platform::web::{Form, Page, Problem, Reply, View};
use uuid::Uuid;

use super::at_desk;
use crate::actor::Actor;
use crate::role::Right;

const HERE: &str = "/quan-tri/viec-loi";

#[derive(Template)]
#[template(path = "dead_letters.html")]
struct DeadLettersTemplate<'a> {
    view: &'a View,
    letters: Vec<Row>,
}

struct Row {
    id: Uuid,
    kind: String,
    died: String,
    attempts: i32,
    error: String,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    actor.require_anywhere(Right::ManageJobs)?;
    let letters: Result<Vec<DeadLetter>, StoreError> =
        ctx.store.read(|tx| jobs::dead_letters(tx, None, None, 100)).await;
    let row = |letter: DeadLetter| Row {
        id: letter.id,
        kind: letter.kind,
        died: view.speech.date_time(letter.died_at),
        attempts: letter.attempts,
        error: letter.last_error.unwrap_or_default(),
    };
    let letters = letters?.into_iter().map(row).collect();
    let template = DeadLettersTemplate { view: &view, letters };
    let page = Page::new(&view, view.t("identity-dead"), &template)?.wide();
    Ok(at_desk(&view, &actor, page).await)
}

pub(crate) async fn resend(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    actor.require_anywhere(Right::ManageJobs)?;
    let decision = decision(&ctx, &actor, id);
    let sent: Result<bool, StoreError> =
        ctx.store.write(move |tx| jobs::resend(tx, &decision)).await;
    let word = match sent? {
        true => "identity-notice-job-resent",
        false => "identity-notice-job-gone",
    };
    Ok(Reply::see(HERE).notice(word))
}

pub(crate) async fn discard(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    actor.require_anywhere(Right::ManageJobs)?;
    let decision = decision(&ctx, &actor, id);
    let gone: Result<bool, StoreError> =
        ctx.store.write(move |tx| jobs::discard(tx, &decision)).await;
    let word = match gone? {
        true => "identity-notice-job-discarded",
        false => "identity-notice-job-gone",
    };
    Ok(Reply::see(HERE).notice(word))
}

fn decision(ctx: &Ctx, actor: &Actor, letter: Uuid) -> Decision {
    Decision {
        letter,
        act: ctx.ids.next(),
        at: ctx.clock.now(),
        actor: actor.account.0,
        actor_name: actor.name.clone(),
    }
}
