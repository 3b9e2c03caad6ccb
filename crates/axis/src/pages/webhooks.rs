//! /quan-tri/truc/bao-tin: which systems are told at an address of theirs, and how that goes.

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, Scribe};
use platform::Ctx;
use platform::store::StoreError;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::pieces::{Tag, Tone};
use platform::web::{Form, Page, Problem, Reply, View};

use super::link_forms::{Frame, form_page};
use super::links::{at_desk, may_manage};
use super::watch_form::{at_field, field};
use crate::HERE;
use crate::commands::webhooks::{self as commands, NewWebhook};
use crate::news::Topic;
use crate::store::webhooks::{self as store, SystemLine};
use crate::webhook::{Webhook, WebhookState};

#[derive(Template)]
#[template(path = "webhooks.html")]
struct ListTemplate<'a> {
    view: &'a View,
    rows: Vec<Row>,
}

struct Row {
    path: String,
    id: String,
    name: String,
    address: String,
    waiting: String,
    heard: String,
    state: Tag,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let systems = ctx.store.read::<_, StoreError, _>(store::systems).await?;
    let rows = systems.iter().map(|one| row(&view, one)).collect();
    let template = ListTemplate { view: &view, rows };
    let page = Page::new(&view, view.t("axis-webhooks"), &template)?.wide().back(HERE);
    Ok(at_desk(&view, &actor, page).await)
}

fn row(view: &View, one: &SystemLine) -> Row {
    Row {
        path: place(&one.id),
        id: one.id.clone(),
        name: one.name.clone(),
        address: one.address.clone().unwrap_or_default(),
        waiting: view.speech.number(one.waiting),
        heard: one.heard_at.map_or_else(|| "–".to_owned(), |at| view.speech.date_time(at)),
        state: state(view, one.state),
    }
}

fn state(view: &View, state: Option<WebhookState>) -> Tag {
    let Some(state) = state else { return Tag::new(Tone::Plain, view.t("axis-webhook-none")) };
    let tone = match state {
        WebhookState::Active => Tone::Good,
        WebhookState::Stopped => Tone::Plain,
        WebhookState::Dead => Tone::Bad,
    };
    Tag::new(tone, view.t(state.word()))
}

async fn known(ctx: &Ctx, system: &str) -> Result<Option<(Webhook, Vec<Topic>)>, Problem> {
    let system = system.to_owned();
    let read = ctx.store.read::<_, StoreError, _>(move |tx| {
        store::system_name(tx, &system)?.ok_or(StoreError::NotFound)?;
        let topics = store::topics(tx, &system)?;
        Ok(store::one(tx, &system)?.map(|webhook| (webhook, topics)))
    });
    Ok(read.await?)
}

pub(crate) async fn edit(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(system): Path<String>,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let known = known(&ctx, &system).await?;
    edit_page((&view, &actor), &system, (&as_typed(known.as_ref()), &Errors::new())).await
}

/// What is set; where nothing is, what most want.
fn as_typed(known: Option<&(Webhook, Vec<Topic>)>) -> Answers {
    let usual = vec![Topic::Documents, Topic::Statuses];
    let (mut pairs, topics) = match known {
        None => (Vec::new(), usual),
        Some((one, topics)) => {
            let inside = if one.inside { "co" } else { "khong" };
            (vec![("address", one.address.as_str()), ("inside", inside)], topics.clone())
        }
    };
    pairs.extend(topics.iter().map(|topic| ("topics", topic.code())));
    let pairs = pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
    Answers::from_pairs(pairs.collect())
}

async fn edit_page(
    (view, actor): (&View, &Actor),
    system: &str,
    said: (&Answers, &Errors),
) -> Result<Page, Problem> {
    let places = [
        ("khong", "axis-webhook-outside", "axis-webhook-outside-hint"),
        ("co", "axis-webhook-within", "axis-webhook-within-hint"),
    ];
    let places =
        places.map(|(code, word, hint)| Choice::new(code, view.t(word)).hint(view.t(hint)));
    let frame = Frame {
        heading: "axis-webhook-set",
        lead: "axis-webhook-lead",
        button: "axis-webhook-button",
        action: place(system),
        back: format!("{HERE}/bao-tin"),
    };
    let fields = vec![
        field(view, (Kind::Text, "address", "axis-webhook-address"), said)
            .hint(view.t("axis-webhook-address-hint")),
        field(view, (Kind::Radios(places.into()), "inside", "axis-webhook-place"), said),
        topics_field(view, said),
    ];
    form_page((view, actor), frame, (fields, said.1)).await
}

fn topics_field(view: &View, (typed, errors): (&Answers, &Errors)) -> Field {
    let choices = Topic::ALL
        .map(|topic| Choice::new(topic.code(), view.t(&topic.word())).hint(view.t(&topic.hint())));
    let kind = Kind::Checkboxes(choices.into());
    Field::new(&view.speech, kind, "topics", view.t("axis-webhook-topics"))
        .values(&typed.all("topics"))
        .errors(errors)
}

#[derive(Template)]
#[template(path = "webhook_secret.html")]
struct SecretTemplate<'a> {
    view: &'a View,
    system: &'a str,
    secret: &'a str,
}

/// Shows the secret, once, where there is a new one.
pub(crate) async fn post(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(system): Path<String>,
    Form(typed): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    match commands::put(&ctx, &Scribe::of(&ctx, &actor), &system, asked(&typed)).await {
        Ok(Some(secret)) => secret_page((&view, &actor), (&system, &secret)).await.map(Reply::from),
        Ok(None) => Ok(Reply::see(&format!("{HERE}/bao-tin")).notice("axis-notice-webhook-set")),
        Err(refusal) => {
            let errors = at_field(&view, refusal)?;
            Ok(edit_page((&view, &actor), &system, (&typed, &errors)).await?.into())
        }
    }
}

fn asked(typed: &Answers) -> NewWebhook {
    NewWebhook {
        address: typed.get("address").to_owned(),
        inside: typed.get("inside") == "co",
        topics: typed.all("topics").into_iter().filter_map(Topic::parse).collect(),
    }
}

async fn secret_page(
    (view, actor): (&View, &Actor),
    (system, secret): (&str, &str),
) -> Result<Page, Problem> {
    let template = SecretTemplate { view, system, secret };
    let page = Page::new(view, view.t("axis-webhook-secret"), &template)?;
    Ok(at_desk(view, actor, page.back(format!("{HERE}/bao-tin"))).await)
}

pub(crate) async fn post_stop(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(system): Path<String>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    may_manage(&actor)?;
    commands::stop(&ctx, &Scribe::of(&ctx, &actor), &system).await?;
    Ok(Reply::see(&format!("{HERE}/bao-tin")).notice("axis-notice-webhook-stopped"))
}

/// A systemid may hold any visible letter.
fn place(system: &str) -> String {
    let name = percent_encoding::utf8_percent_encode(system, percent_encoding::NON_ALPHANUMERIC);
    format!("{HERE}/bao-tin/{name}")
}
