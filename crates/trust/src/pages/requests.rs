//! /quan-tri/chung-thu/yeu-cau: what was asked for, and the second person who decides.

use askama::Template;
use axum::extract::{Path, State};
use identity::Actor;
use platform::Ctx;
use platform::web::form::{Answers, Errors, Field, Kind};
use platform::web::pieces::{Paging, Summary, SummaryRow, Tag, Tone};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use uuid::Uuid;
use wire::pki::request::Request as Pkcs10;

use super::{at_desk, at_field, field, letters, may_look};
use crate::HERE;
use crate::commands::{deciding, requests as commands};
use crate::key::KeyKind;
use crate::letter::Need;
use crate::profile::{OFFICER, Profile, SERVER};
use crate::queries::letters::{Beside, beside};
use crate::queries::requests::{self as found, Asked};
use crate::request::{Decision, Request};

#[derive(Template)]
#[template(path = "requests.html")]
struct RequestsTemplate<'a> {
    view: &'a View,
    rows: Vec<Row>,
    paging: Option<Paging>,
}

struct Row {
    id: Uuid,
    holder: String,
    unit: String,
    what: String,
    asked: String,
    state: Tag,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_look(&actor)?;
    let before = view.query("sau").and_then(|id| Uuid::try_parse(&id).ok());
    let before = before.unwrap_or_else(Uuid::max);
    let (found, next) = found::asked(&ctx, &actor, None, before).await?;
    let template = RequestsTemplate {
        view: &view,
        rows: found.iter().map(|one| row(&view, one)).collect(),
        paging: Paging::onward(&view, next.map(|id| id.to_string()).as_deref()),
    };
    let page = Page::new(&view, view.t("trust-requests"), &template)?.wide().back(HERE);
    Ok(at_desk(&view, &actor, page).await)
}

fn row(view: &View, asked: &Asked) -> Row {
    let one = &asked.request;
    let what = [view.t(one.kind.word()), view.t(Profile::word(&one.profile))];
    Row {
        id: one.id,
        holder: one.holder_name.clone(),
        unit: asked.unit.clone(),
        what: what.join(": "),
        asked: format!("{}, {}", one.asked_name, view.speech.date_time(one.asked_at)),
        state: tag(view, one),
    }
}

fn tag(view: &View, one: &Request) -> Tag {
    let tone = match one.state {
        Decision::Waiting => Tone::Info,
        Decision::Approved => Tone::Good,
        Decision::Refused => Tone::Bad,
        Decision::Withdrawn => Tone::Plain,
    };
    Tag::new(tone, view.t(one.state.word()))
}

#[derive(Template)]
#[template(path = "request.html")]
struct RequestTemplate<'a> {
    view: &'a View,
    errors: Markup,
    id: Uuid,
    title: String,
    state: Tag,
    facts: Summary,
    letters: Markup,
    decides: bool,
    /// What an approval still needs, in a sentence, and the fields of it.
    needs: Option<String>,
    approves: bool,
    paper: Vec<Field>,
    own: bool,
    own_letter: bool,
    manages: bool,
    reason: Field,
    issued: Option<Uuid>,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
) -> Result<Page, Problem> {
    page(&view, (&ctx, &actor), id, (&Answers::default(), &Errors::new())).await
}

async fn page(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    id: Uuid,
    said: (&Answers, &Errors),
) -> Result<Page, Problem> {
    let asked = found::request(ctx, actor, id).await?;
    let beside = beside(ctx, actor, &asked.request).await?;
    let write = asked.manages.then(|| format!("/can-bo/ky-so/de-nghi/{id}"));
    let letters = letters::part(view, ctx, &beside.letters, write).await?;
    let page = laid_out(view, actor, (&asked, &beside, letters), said)?;
    Ok(at_desk(view, actor, page).await)
}

fn laid_out(
    view: &View,
    actor: &Actor,
    (asked, beside, letters): (&Asked, &Beside, Markup),
    (typed, errors): (&Answers, &Errors),
) -> Result<Page, Problem> {
    let one = &asked.request;
    let paper = match beside.need {
        Need::Paper => letters::paper_fields(view, (typed, errors)),
        Need::Nothing | Need::Letter => Vec::new(),
    };
    let title = view.with("trust-request-of", &[("holder", (&one.holder_name).into())]);
    let template = RequestTemplate {
        view,
        errors: errors.summary(&view.speech),
        id: one.id,
        title: title.clone(),
        state: tag(view, one),
        facts: Summary::new(view, facts(view, asked)),
        letters,
        decides: asked.decides && !beside.is_own,
        needs: letters::told(view, beside.need),
        approves: beside.need != Need::Letter,
        paper,
        own_letter: asked.decides && beside.is_own,
        own: one.state == Decision::Waiting && one.asked_by == actor.account.0,
        manages: asked.manages,
        reason: field(view, Kind::Lines(3), ("reason", "trust-refuse-reason"), (typed, errors)),
        issued: one.issued,
    };
    let page = Page::new(view, title, &template)?.back(format!("{HERE}/yeu-cau"));
    Ok(if errors.is_empty() { page } else { page.error() })
}

fn facts(view: &View, asked: &Asked) -> Vec<SummaryRow> {
    let one = &asked.request;
    let row = |word: &str, value: &str| SummaryRow::new(view.t(word), value);
    let mut rows = vec![
        row("trust-request-kind", &view.t(one.kind.word())),
        row("trust-profile", &view.t(Profile::word(&one.profile))),
        row("trust-unit", &asked.unit),
    ];
    match (one.profile.as_str(), &one.detail) {
        (OFFICER, Some(title)) => rows.push(row("trust-title", title)),
        (SERVER, Some(server)) => rows.push(row("trust-server", server)),
        _ => {}
    }
    rows.push(row("trust-carrier", &view.t(one.carrier.word())));
    if let Some(number) = &one.carrier_number {
        rows.push(row("trust-carrier-number", number));
    }
    rows.push(row("trust-key", &key(view, one)));
    if let Some(note) = &one.note {
        rows.push(row("trust-note", note));
    }
    let asked_at = format!("{}, {}", one.asked_name, view.speech.date_time(one.asked_at));
    rows.push(row("trust-asked", &asked_at));
    if let (Some(name), Some(at)) = (&one.decided_name, one.decided_at) {
        rows.push(row("trust-decided", &format!("{name}, {}", view.speech.date_time(at))));
    }
    if let Some(reason) = &one.reason {
        rows.push(row("trust-refuse-reason", reason));
    }
    rows
}

fn key(view: &View, one: &Request) -> String {
    let brought = one.pkcs10.as_deref().and_then(|text| Pkcs10::read(text).ok());
    let brought = brought.and_then(|request| KeyKind::of(&request.key));
    match (brought, one.key_kind) {
        _ if one.keeps_key => view.t("trust-key-same"),
        (Some(kind), _) => view.with("trust-key-brought", &[("kind", kind.title().into())]),
        (None, Some(kind)) => view.with("trust-key-made", &[("kind", kind.title().into())]),
        (None, None) => String::new(),
    }
}

pub(crate) async fn post_approve(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    let errors = match approve_with(&view, (&ctx, &actor), id, &answers).await? {
        Ok(issued) => {
            return Ok(Reply::see(&format!("{HERE}/{issued}")).notice("trust-notice-issued"));
        }
        Err(errors) => errors,
    };
    Ok(page(&view, (&ctx, &actor), id, (&answers, &errors)).await?.into())
}

async fn approve_with(
    view: &View,
    (ctx, actor): (&Ctx, &Actor),
    id: Uuid,
    answers: &Answers,
) -> Result<Result<Uuid, Errors>, Problem> {
    let paper = match letters::paper(view, answers) {
        Ok(paper) => paper,
        Err(errors) => return Ok(Err(errors)),
    };
    match deciding::approve(ctx, actor, (id, paper)).await {
        Ok(issued) => Ok(Ok(issued)),
        Err(refusal) if refusal.field().starts_with("paper_") => at_field(view, refusal).map(Err),
        // What is wrong with the request itself is mended on no field of this page.
        Err(refusal) => Err(refusal.into()),
    }
}

pub(crate) async fn post_refuse(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(answers): Form<Answers>,
) -> Result<Reply, Problem> {
    found::request(&ctx, &actor, id).await?;
    let reason = answers.get("reason").to_owned();
    let Err(refusal) = deciding::refuse(&ctx, &actor, (id, reason)).await else {
        return Ok(seen(id).notice("trust-notice-refused"));
    };
    let errors = at_field(&view, refusal)?;
    Ok(page(&view, (&ctx, &actor), id, (&answers, &errors)).await?.into())
}

pub(crate) async fn post_withdraw(
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<Uuid>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    commands::withdraw(&ctx, &actor, id).await?;
    Ok(seen(id).notice("trust-notice-withdrawn"))
}

fn seen(id: Uuid) -> Reply {
    Reply::see(&format!("{HERE}/yeu-cau/{id}"))
}
