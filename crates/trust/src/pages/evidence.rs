//! /quan-tri/chung-thu/bang-chung: what other authorities say about revocation, as far as it was
//! fetched, and which hosts inside our own networks may be asked.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Errors, Kind};
use platform::web::pieces::{Tag, Tone};
use platform::web::{Form, Page, Problem, Reply, View};
use platform::words::Word;
use uuid::Uuid;

use super::{Question, at_desk, at_field, field, may_decide};
use crate::HERE;
use crate::commands::{Scribe, hosts};
use crate::sentence::holder;
use crate::store::evidence::{Host, Kept};
use crate::verdict::shown;
use crate::{fetching, queries};

#[derive(Template)]
#[template(path = "evidence.html")]
struct EvidenceTemplate<'a> {
    view: &'a View,
    rows: Vec<EvidenceRow>,
    hosts: Vec<HostRow>,
}

struct EvidenceRow {
    issuer: String,
    about: String,
    address: String,
    as_of: String,
    wanted: String,
    tag: Tag,
}

struct HostRow {
    id: Uuid,
    host: String,
    made: String,
    note: String,
}

fn here() -> String {
    format!("{HERE}/bang-chung")
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_decide(&actor)?;
    let (kept, hosts) = queries::evidence(&ctx).await?;
    let template = EvidenceTemplate {
        view: &view,
        rows: kept.iter().filter_map(|one| row(&view, one)).collect(),
        hosts: hosts.into_iter().map(|one| host_row(&view, one)).collect(),
    };
    let page = Page::new(&view, view.t("trust-evidence"), &template)?.wide();
    Ok(at_desk(&view, &actor, page.back(format!("{HERE}/tin-cay"))).await)
}

fn row(view: &View, kept: &Kept) -> Option<EvidenceRow> {
    let wanted = kept.wanted()?;
    let about = match kept.kind.as_str() {
        fetching::LIST => view.t("trust-authority-list"),
        _ => view.with("trust-evidence-about", &[("who", holder(&wanted.certificate).into())]),
    };
    let time = |at| view.speech.date_time(at);
    let as_of = match (kept.this_update, kept.next_update) {
        (Some(from), Some(to)) => {
            let args = [("from", Word::from(time(from))), ("to", Word::from(time(to)))];
            view.with("trust-dates", &args)
        }
        (Some(from), None) => time(from),
        (None, _) => "–".to_owned(),
    };
    Some(EvidenceRow {
        issuer: holder(&wanted.issuer),
        about,
        address: shown(&fetching::address_of(kept, &wanted)),
        as_of,
        wanted: time(kept.wanted_at),
        tag: tag(view, kept),
    })
}

fn tag(view: &View, kept: &Kept) -> Tag {
    match &kept.fault {
        Some(code) => Tag::new(Tone::Warn, view.t(&format!("trust-evidence-fault-{code}"))),
        None if kept.is_fresh(view.now) => Tag::new(Tone::Good, view.t("trust-evidence-fresh")),
        None => Tag::new(Tone::Plain, view.t("trust-evidence-waits")),
    }
}

fn host_row(view: &View, one: Host) -> HostRow {
    let made = [
        ("name", Word::from(&one.made_name)),
        ("at", Word::from(view.speech.date_time(one.made_at))),
    ];
    HostRow {
        id: one.id,
        host: one.host,
        made: view.with("trust-host-made", &made),
        note: one.note.unwrap_or_default(),
    }
}

pub(crate) async fn new_host(view: View, actor: Actor) -> Result<Page, Problem> {
    may_decide(&actor)?;
    let page = host_page(&view, &Answers::default(), &Errors::new())?;
    Ok(at_desk(&view, &actor, page).await)
}

pub(crate) async fn post_host(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    may_decide(&actor)?;
    let named = (answers.get("host"), answers.get("note"));
    let Err(refusal) = hosts::add(&ctx, &Scribe::of(&ctx, &actor), named).await else {
        return Ok(Reply::see(&here()).notice("trust-notice-host-added"));
    };
    let page = host_page(&view, &answers, &at_field(&view, refusal)?)?;
    Ok(at_desk(&view, &actor, page).await.into())
}

fn host_page(view: &View, typed: &Answers, errors: &Errors) -> Result<Page, Problem> {
    let said = (typed, errors);
    let text = |name: &str, word: &str| field(view, Kind::Text, (name, word), said);
    let question = Question {
        heading: view.t("trust-host-new"),
        lead: vec![view.t("trust-host-new-lead")],
        fields: vec![
            text("host", "trust-host").hint(view.t("trust-host-hint")).autocomplete("off"),
            text("note", "trust-note").optional(&view.speech),
        ],
        button: view.t("trust-host-new-button"),
        ..Question::new(view, format!("{}/may-chu", here()), errors)
    };
    question.page(view, &here(), errors)
}

pub(crate) async fn post_remove(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    may_decide(&actor)?;
    hosts::remove(&ctx, &Scribe::of(&ctx, &actor), id).await?;
    Ok(Reply::see(&here()).notice("trust-notice-host-removed"))
}
