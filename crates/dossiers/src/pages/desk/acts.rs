//! The page of an act, and what becomes of its form. A mistake shows the form again with every
//! answer kept.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field};
use platform::web::pieces::Tag;
use platform::web::{Form, Page, Problem, Reply, View};

use super::act::Act;
use super::asking::Asking;
use super::doing::Doing;
use crate::commands::signatures;
use crate::dossier::Dossier;
use crate::pages::id_of;
use crate::pages::pieces::{DueTold, due_told, status_tag};
use crate::queries::Whole;
use crate::queries::desk::{self, Powers};
use crate::refusal::Refusal;
use crate::status::Status;

#[derive(Template)]
#[template(path = "act.html")]
struct ActPage<'a> {
    view: &'a View,
    whole: &'a Whole,
    state: Tag,
    due: Option<DueTold>,
    title: String,
    lead: String,
    fields: Vec<Field>,
    errors: Errors,
    button: String,
    grave: bool,
    back: String,
}

pub async fn act(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, slug)): Path<(String, String)>,
) -> Result<Page, Problem> {
    let whole = load(&ctx, &actor, &id).await?;
    let act = open(&actor, &whole, &slug)?;
    let page = act_page(&view, &whole, act, (&Answers::default(), Errors::new()))?;
    Ok(page.menu(identity::desk(&view, &actor).await))
}

pub async fn post_act(
    view: View,
    actor: Actor,
    State(ctx): State<Ctx>,
    Path((id, slug)): Path<(String, String)>,
    Form(form): Form<Answers>,
) -> Result<Reply, Problem> {
    let whole = load(&ctx, &actor, &id).await?;
    let act = Act::parse(&slug).ok_or_else(Problem::not_found)?;
    let (right, unit) = act.right(&actor, &whole.dossier);
    let authority = actor.require(right, unit).await?;
    let doing = Doing { view: &view, ctx: &ctx, whole: &whole, authority: &authority, form: &form };
    match doing.run(act).await? {
        Ok(dossier) => Ok(next(&ctx, act, &dossier).await),
        Err(errors) => {
            let page = act_page(&view, &whole, act, (&form, errors))?;
            Ok(page.menu(identity::desk(&view, &actor).await).into())
        }
    }
}

async fn load(ctx: &Ctx, actor: &Actor, id: &str) -> Result<Whole, Problem> {
    desk::one(ctx, actor, id_of(id)?).await?.ok_or_else(Problem::not_found)
}

/// An act that is not open now is refused with what the dossier's state is; one that this officer
/// may never do is not there.
fn open(actor: &Actor, whole: &Whole, slug: &str) -> Result<Act, Problem> {
    let act = Act::parse(slug).ok_or_else(Problem::not_found)?;
    if act.is_open(whole, Powers::of(actor, &whole.dossier)) {
        return Ok(act);
    }
    let (right, unit) = act.right(actor, &whole.dossier);
    if !actor.offices(right).contains(&unit) {
        return Err(Problem::not_found());
    }
    Err(match whole.awaits_signature() {
        true => Refusal::AwaitsSignature.into(),
        false => Refusal::NotNow { status: whole.dossier.status }.into(),
    })
}

/// Where an act leads: to the dossier; whoever approved a result goes on to sign it.
async fn next(ctx: &Ctx, act: Act, dossier: &Dossier) -> Reply {
    let own = Reply::see(&format!("/can-bo/ho-so/{}", dossier.id));
    if act != Act::Decide || dossier.status == Status::Finished {
        return own.notice(said(act));
    }
    match signatures::submit_result(ctx, dossier.id).await {
        Ok(Some(submission)) => {
            Reply::see(&format!("/can-bo/ky-so/{submission}")).notice("dossiers-notice-approved")
        }
        Ok(None) => own.notice("dossiers-notice-approved-later"),
        Err(error) => {
            tracing::warn!(%error, "an approved result is not printed yet; its job goes on");
            own.notice("dossiers-notice-approved-later")
        }
    }
}

fn act_page(
    view: &View,
    whole: &Whole,
    act: Act,
    (typed, errors): (&Answers, Errors),
) -> Result<Page, Problem> {
    let back = format!("/can-bo/ho-so/{}", whole.dossier.id);
    let wrong = !errors.is_empty();
    let page = ActPage {
        state: status_tag(view, whole.dossier.status),
        due: due_told(view, &whole.dossier),
        title: view.t(&act.word("")),
        lead: view.t(&act.word("lead")),
        fields: Asking { view, whole, typed, errors: &errors }.fields(act),
        button: view.t(&act.word("button")),
        grave: act.is_grave(),
        back: back.clone(),
        errors,
        whole,
        view,
    };
    let page = Page::new(view, page.title.clone(), &page)?.back(back);
    Ok(if wrong { page.error() } else { page })
}

/// What stands on top of the next page.
fn said(act: Act) -> &'static str {
    match act {
        Act::Accept => "dossiers-notice-accepted",
        Act::Supplement => "dossiers-notice-supplement-asked",
        Act::Refuse => "dossiers-notice-refused",
        Act::HandOn => "dossiers-notice-handed-on",
        Act::HandBack => "dossiers-notice-handed-back",
        Act::Propose => "dossiers-notice-proposed",
        Act::Decide => "dossiers-notice-decided",
        Act::Recall => "dossiers-notice-recalled",
        Act::Money => "dossiers-notice-money-asked",
        Act::MoneySettled => "dossiers-notice-money-settled",
        Act::Reappoint => "dossiers-notice-reappointed",
        Act::Stop => "dossiers-notice-stopped",
        Act::TakeSupplement => "dossiers-notice-supplement-taken",
        Act::Expire => "dossiers-notice-expired",
        Act::Deliver => "dossiers-notice-delivered",
        Act::Note => "dossiers-notice-noted",
    }
}
