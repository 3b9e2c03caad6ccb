//! /can-bo/ky-so/phien: opens and closes the sitting in which slips are signed as they come.

use askama::Template;
use axum::extract::State;
use identity::Actor;
use platform::Ctx;
use platform::clock::local;
use platform::store::StoreError;
use platform::web::form::{Answers, Errors, Field};
use platform::web::{Form, Markup, Page, Problem, Reply, View};

use super::{at_desk, at_field, code_field};
use crate::HERE;
use crate::commands::sittings;
use crate::queries;
use crate::sitting::{Sitting, length};

#[derive(Template)]
#[template(path = "sitting.html")]
struct SittingTemplate<'a> {
    view: &'a View,
    errors: Markup,
    open: Option<String>,
    lead: String,
    code: Field,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    page(&view, (&ctx, &actor), &Errors::new()).await
}

async fn page(view: &View, (ctx, actor): (&Ctx, &Actor), errors: &Errors) -> Result<Page, Problem> {
    let (account, now) = (actor.account.0, ctx.clock.now());
    let open: Result<Option<Sitting>, StoreError> =
        ctx.store.read(move |tx| queries::sitting(tx, account, now)).await;
    let hours = length(local(now).date()).as_hours();
    let template = SittingTemplate {
        view,
        errors: errors.summary(&view.speech),
        open: open?.map(|sitting| open_until(view, &sitting)),
        lead: view.with("signing-sitting-lead", &[("hours", hours.into())]),
        code: code_field(view, errors),
    };
    let page = Page::new(view, view.t("signing-sitting"), &template)?.back(HERE);
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

/// Until when an open one lasts.
pub(super) fn open_until(view: &View, sitting: &Sitting) -> String {
    let time = view.speech.time(sitting.ends_at);
    view.with("signing-sitting-open-until", &[("time", time.into())])
}

pub(crate) async fn post_open(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    match sittings::open(&ctx, &actor, answers.get("code")).await {
        Ok(_) => Ok(Reply::see(HERE).notice("signing-notice-sitting-open")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(page(&view, (&ctx, &actor), &errors).await?.into())
        }
    }
}

pub(crate) async fn post_close(
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    sittings::close(&ctx, &actor).await?;
    Ok(Reply::see(HERE).notice("signing-notice-sitting-closed"))
}
