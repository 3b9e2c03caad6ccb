//! Signing with a remote service: one file or several, each named by its SHA-256, with what the
//! service asks for; and the credentials that an officer links.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use uuid::Uuid;

use super::by_hand::turn;
use super::several::{Chosen, Row, at_end, row, told};
use super::{at_desk, at_field};
use crate::HERE;
use crate::commands::remote::{self as commands, Linked, field_of};
use crate::commands::signing::{Named, Outcome, check_count};
use crate::commands::{by_hand, remote_signing};
use crate::refusal::Refusal;
use crate::remote::messages::{AuthObject, Credential};
use crate::remote::{RemoteFault, Service};
use crate::step::Step;
use crate::submission::{Submission, SubmissionId};
use crate::take_back::belongs;

/// Where credentials are linked.
const LINKS: &str = "/can-bo/ky-so/khoa-tu-xa";
const LINK: &str = "khoa";

#[derive(Template)]
#[template(path = "remote.html")]
struct RemoteTemplate<'a> {
    view: &'a View,
    errors: Markup,
    heading: String,
    rows: Vec<Row>,
    refused: Vec<(String, String)>,
    service: String,
    holder: String,
    link: Uuid,
    fields: Vec<Field>,
    /// Asked for on another device, in the service's words.
    elsewhere: Vec<String>,
    /// Something can be sent first.
    sends: bool,
    questions: Vec<String>,
}

/// What is to be signed, and what cannot be.
type Turns = (Vec<(Submission, Step)>, Vec<Outcome>);

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    let (submission, _) = turn(&ctx, &actor, SubmissionId(id)).await?;
    let named = vec![Named { id: submission.id, sha256: submission.sha256 }];
    page(&view, (&ctx, &actor), (named, wished_in(&view)), (&Errors::new(), Vec::new())).await
}

/// Several that were chosen in the queue. Nothing changes here, and the address says which.
pub(crate) async fn show_chosen(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Reply, Problem> {
    let chosen = Chosen::asked(&view);
    if chosen.named().is_empty() {
        return Ok(Reply::see(&chosen.queue()).notice("signing-notice-nothing-chosen"));
    }
    let wish = (chosen.named(), wished_in(&view));
    Ok(page(&view, (&ctx, &actor), wish, (&Errors::new(), Vec::new())).await?.into())
}

/// Has codes sent, and shows the page again.
pub(crate) async fn post_send(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Page, Problem> {
    let wished = wished(&answers).ok_or(Refusal::Remote(RemoteFault::NotLinked))?;
    let linked = commands::one_linked(&ctx, &actor, wished).await?;
    let mut questions = commands::challenge(&ctx, &linked).await?;
    questions.push(view.t("signing-remote-sent"));
    let wish = (Chosen::sent(&answers).named(), Some(wished));
    page(&view, (&ctx, &actor), wish, (&Errors::new(), questions)).await
}

pub(crate) async fn post_sign(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let named = Chosen::sent(&answers).named();
    let wished = wished(&answers);
    match sign(&ctx, &actor, (named.clone(), wished), &answers).await {
        Ok(outcomes) => at_end(&view, &actor, outcomes).await,
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            let again = (&errors, Vec::new());
            Ok(page(&view, (&ctx, &actor), (named, wished), again).await?.into())
        }
    }
}

async fn sign(
    ctx: &Ctx,
    actor: &Actor,
    (named, wished): (Vec<Named>, Option<Uuid>),
    answers: &Answers,
) -> Result<Vec<Outcome>, Refusal> {
    let wished = wished.ok_or(RemoteFault::NotLinked)?;
    let linked = commands::one_linked(ctx, actor, wished).await?;
    let typed = |credential: &Credential| {
        commands::typed(credential, |field| answers.get(field).to_owned())
    };
    remote_signing::sign(ctx, actor, (linked, named), typed).await
}

fn wished(answers: &Answers) -> Option<Uuid> {
    Uuid::try_parse(answers.get(LINK)).ok()
}

fn wished_in(view: &View) -> Option<Uuid> {
    view.query(LINK).and_then(|text| Uuid::try_parse(&text).ok())
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (named, wished): (Vec<Named>, Option<Uuid>),
    (errors, questions): (&Errors, Vec<String>),
) -> Result<Page, Problem> {
    let (turns, refused) = turns(ctx, actor, named).await?;
    let heading = view.with("signing-remote-several", &[("count", turns.len().into())]);
    let first = turns.first().map(|(_, step)| step.clone());
    let linked = fitting(ctx, actor, (first, wished)).await?;
    let credential = commands::credential(ctx, &linked, view.locale.tag()).await?;
    let objects = &credential.auth.objects;
    let elsewhere = objects.iter().filter(|one| !one.is_typed());
    let template = RemoteTemplate {
        view,
        errors: errors.summary(&view.speech),
        heading: heading.clone(),
        rows: turns.iter().map(|(submission, step)| row(submission, step)).collect(),
        refused: told(view, &refused),
        service: linked.service.name.clone(),
        holder: linked.certificate.holder_name.clone(),
        link: linked.link.id,
        fields: fields(view, objects, errors),
        elsewhere: elsewhere.map(|one| one.shown().to_owned()).collect(),
        sends: objects.iter().any(AuthObject::needs_challenge),
        questions,
    };
    let page = Page::new(view, heading, &template)?.wide().back(Chosen::asked(view).queue());
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

async fn turns(ctx: &Ctx, actor: &Actor, named: Vec<Named>) -> Result<Turns, Refusal> {
    check_count(&named)?;
    let (mut turns, mut refused) = (Vec::new(), Vec::new());
    for one in named {
        let id = one.id;
        match by_hand::turn(ctx, actor, one).await {
            Ok(turn) => turns.push(turn),
            Err(refusal) => {
                let refusal = Some(refusal);
                refused.push(Outcome { id, title: id.to_string(), refusal });
            }
        }
    }
    Ok((turns, refused))
}

/// The credential that was wished, else the youngest that fits what is to be signed.
async fn fitting(
    ctx: &Ctx,
    actor: &Actor,
    (step, wished): (Option<Step>, Option<Uuid>),
) -> Result<Linked, Refusal> {
    let now = ctx.clock.now();
    let all = commands::linked(ctx, actor).await?;
    let fits = |one: &Linked| match (wished, &step) {
        (Some(wished), _) => one.link.id == wished,
        (None, Some(step)) => {
            let certificate = &one.certificate;
            belongs(Some(certificate), (step, &certificate.fingerprint), now).is_ok()
        }
        (None, None) => true,
    };
    all.into_iter().find(fits).ok_or(Refusal::Remote(RemoteFault::NotLinked))
}

/// What the service asks for, in its words. Never filled in again.
fn fields(view: &View, objects: &[AuthObject], errors: &Errors) -> Vec<Field> {
    let field = |(at, object): (usize, &AuthObject)| {
        let kind = if object.is_code() { Kind::Code } else { Kind::Password };
        let field = Field::new(&view.speech, kind, &field_of(at), object.shown());
        let field = match &object.description {
            Some(words) => field.hint(words.clone()),
            None => field,
        };
        let field = if object.is_code() { field } else { field.autocomplete("off") };
        field.errors(errors)
    };
    objects.iter().filter(|one| one.is_typed()).enumerate().map(field).collect()
}

#[derive(Template)]
#[template(path = "remote_links.html")]
struct LinksTemplate<'a> {
    view: &'a View,
    errors: Markup,
    rows: Vec<LinkRow>,
    /// None when the operator allows no service.
    fields: Option<[Field; 2]>,
}

struct LinkRow {
    id: Uuid,
    service: String,
    holder: String,
    serial: String,
    until: String,
}

pub(crate) async fn links(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    links_page(&view, (&ctx, &actor), (&Answers::default(), &Errors::new())).await
}

async fn links_page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    // Whoever has no office signs nothing.
    if actor.bonds().is_empty() {
        return Err(Problem::not_found());
    }
    let linked = commands::linked(ctx, actor).await?;
    let services = commands::services_in_use(ctx).await?;
    let template = LinksTemplate {
        view,
        errors: errors.summary(&view.speech),
        rows: linked.iter().map(|one| link_row(view, one)).collect(),
        fields: (!services.is_empty()).then(|| link_fields(view, &services, (typed, errors))),
    };
    let page = Page::new(view, view.t("signing-remote-links"), &template)?.back(HERE);
    let page = if errors.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

fn link_row(view: &View, one: &Linked) -> LinkRow {
    LinkRow {
        id: one.link.id,
        service: one.service.name.clone(),
        holder: one.certificate.holder_name.clone(),
        serial: one.certificate.serial.clone(),
        until: view.speech.date_time(one.certificate.not_after),
    }
}

fn link_fields(
    view: &View,
    services: &[Service],
    (typed, errors): (&Answers, &Errors),
) -> [Field; 2] {
    let choices = services.iter().map(|one| Choice::new(one.id.to_string(), &one.name));
    let kind = Kind::Select(choices.collect());
    let service = Field::new(&view.speech, kind, "service", view.t("signing-remote-service"));
    let user = Field::new(&view.speech, Kind::Text, "user", view.t("signing-remote-user"));
    [
        service.value(typed.get("service")).errors(errors),
        user.hint(view.t("signing-remote-user-hint")).value(typed.get("user")).errors(errors),
    ]
}

pub(crate) async fn post_link(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let service = Uuid::try_parse(answers.get("service")).unwrap_or_default();
    match commands::link(&ctx, &actor, (service, answers.get("user"))).await {
        Ok(_) => Ok(Reply::see(LINKS).notice("signing-notice-linked")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(links_page(&view, (&ctx, &actor), (&answers, &errors)).await?.into())
        }
    }
}

pub(crate) async fn post_unlink(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    commands::unlink(&ctx, &actor, id).await?;
    Ok(Reply::see(LINKS).notice("signing-notice-unlinked"))
}
