//! /quan-tri/truc/viec: what does not go on without a person, and what may be done about it.

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, Scribe};
use platform::Ctx;
use platform::web::form::{Answers, Choice, Errors, Field, Kind};
use platform::web::pieces::{Paging, Tag, Tone};
use platform::web::{Form, Markup, Page, Problem, Reply, View};
use uuid::Uuid;

use super::links::{at_desk, may_manage};
use super::overview::age;
use super::watch_form::{at_field, field};
use crate::HERE;
use crate::commands::settling;
use crate::queries::watching::{self, Pieces};
use crate::refusal::Refusal;
use crate::store::settling::Piece;
use crate::work::TaskKind;

#[derive(Template)]
#[template(path = "work.html")]
struct WorkTemplate<'a> {
    view: &'a View,
    is_open: bool,
    open_path: String,
    settled_path: String,
    count: String,
    kind: Field,
    rows: Vec<Row>,
    paging: Option<Paging>,
}

struct Row {
    id: Uuid,
    kind: String,
    about: String,
    receiver: String,
    reason: String,
    since: String,
    how: Tag,
}

/// What of the list is looked at.
struct Wish {
    kind: Option<TaskKind>,
    is_open: bool,
    after: Option<Uuid>,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let wish = wish(&view);
    let found = watching::pieces(&ctx, (wish.kind, wish.is_open), wish.after).await?;
    let template = template(&view, (&wish, &found));
    let page = Page::new(&view, view.t("axis-work"), &template)?.wide().back(HERE);
    Ok(at_desk(&view, &actor, page).await)
}

fn wish(view: &View) -> Wish {
    Wish {
        kind: view.query("loai").and_then(|code| TaskKind::parse(&code)),
        is_open: view.query("xem").as_deref() != Some("da-xong"),
        after: view.query("sau").and_then(|key| Uuid::try_parse(&key).ok()),
    }
}

fn template<'a>(view: &'a View, (wish, found): (&Wish, &Pieces)) -> WorkTemplate<'a> {
    let every = std::iter::once(Choice::new("", view.t("axis-packets-every")));
    let kinds = TaskKind::ALL.map(|one| Choice::new(one.code(), view.t(&one.word())));
    let kinds = Kind::Select(every.chain(kinds).collect());
    let kind = Field::new(&view.speech, kinds, "loai", view.t("axis-task-kind"));
    let next = found.next.map(|id| id.to_string());
    WorkTemplate {
        view,
        is_open: wish.is_open,
        open_path: view.here_with(&[("xem", ""), ("sau", "")]),
        settled_path: view.here_with(&[("xem", "da-xong"), ("sau", "")]),
        count: view.speech.number(found.open_count),
        kind: kind.value(wish.kind.map_or("", TaskKind::code)),
        rows: found.rows.iter().map(|piece| row(view, piece)).collect(),
        paging: Paging::onward(view, next.as_deref()),
    }
}

fn row(view: &View, piece: &Piece) -> Row {
    let since = match piece.settled_at {
        None => age(view, piece.at),
        Some(at) => view.speech.date_time(at),
    };
    Row {
        id: piece.id,
        kind: view.t(&piece.kind.word()),
        about: about(view, piece),
        receiver: receiver(piece),
        reason: piece.detail.clone(),
        since,
        how: how(view, piece),
    }
}

/// The document, or what else is in trouble.
fn about(view: &View, piece: &Piece) -> String {
    let number = [piece.number.as_deref(), piece.notation.as_deref()];
    let number: Vec<&str> = number.into_iter().flatten().filter(|one| !one.is_empty()).collect();
    let title = piece.title.as_deref().unwrap_or_default();
    match (number.is_empty(), title, piece.subject.as_str()) {
        (false, title, _) => format!("{} {title}", number.join("/")),
        (true, "", "") => view.t("axis-task-about-axis"),
        (true, "", subject) => subject.split_once(':').map_or(subject, |(_, name)| name).to_owned(),
        (true, title, _) => title.to_owned(),
    }
}

fn receiver(piece: &Piece) -> String {
    let code = piece.to_code.as_deref().unwrap_or_default();
    match piece.to_name.as_deref().unwrap_or_default() {
        "" => code.to_owned(),
        name => format!("{name} ({code})"),
    }
}

fn how(view: &View, piece: &Piece) -> Tag {
    if piece.settled_at.is_none() {
        return Tag::new(Tone::Warn, view.t("axis-task-open"));
    }
    match piece.how.as_str() {
        how @ ("resent" | "redirected" | "closed" | "passed") => {
            Tag::new(Tone::Good, view.t(&format!("axis-task-how-{how}")))
        }
        _ => Tag::new(Tone::Good, view.t("axis-task-settled")),
    }
}

#[derive(Template)]
#[template(path = "work_piece.html")]
struct PieceTemplate<'a> {
    view: &'a View,
    errors: Markup,
    piece: &'a Piece,
    kind: String,
    advice: String,
    about: String,
    receiver: String,
    since: String,
    state: Tag,
    heirs: &'a [(String, String)],
    can_resend: bool,
    can_redirect: bool,
    code: Field,
    note: Field,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let id = Uuid::try_parse(&id).map_err(|_| Problem::not_found())?;
    piece_page((&view, &ctx, &actor), id, (&Answers::default(), &Errors::new())).await
}

async fn piece_page(
    (view, ctx, actor): (&View, &Ctx, &Actor),
    id: Uuid,
    said: (&Answers, &Errors),
) -> Result<Page, Problem> {
    let (piece, heirs) = watching::piece(ctx, id).await?;
    let is_open = piece.settled_at.is_none();
    let is_of_webhook = piece.kind == TaskKind::WebhookDead;
    let mut typed = said.0.clone();
    if let ("", Some((code, _))) = (typed.get("code"), heirs.first()) {
        typed = Answers::from_pairs(vec![("code".to_owned(), code.clone())]);
    }
    let field = |kind, name, word| field(view, (kind, name, word), (&typed, said.1));
    let template = PieceTemplate {
        view,
        errors: said.1.summary(&view.speech),
        kind: view.t(&piece.kind.word()),
        advice: view.t(&format!("{}-advice", piece.kind.word())),
        about: about(view, &piece),
        receiver: receiver(&piece),
        since: view.speech.date_time(piece.at),
        state: how(view, &piece),
        heirs: &heirs,
        can_resend: is_open && (piece.delivery.is_some() || is_of_webhook),
        can_redirect: is_open && piece.delivery.is_some(),
        code: field(Kind::Text, "code", "axis-task-code").hint(view.t("axis-task-code-hint")),
        note: field(Kind::Lines(2), "note", "axis-task-note").hint(view.t("axis-task-note-hint")),
        piece: &piece,
    };
    let page = Page::new(view, view.t("axis-task"), &template)?.back(format!("{HERE}/viec"));
    let page = if said.1.is_empty() { page } else { page.error() };
    Ok(at_desk(view, actor, page).await)
}

pub(crate) async fn post_resend(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<String>,
    Form(typed): Form<Answers>,
) -> Result<Reply, Problem> {
    let (id, scribe) = begin(&ctx, &actor, &id)?;
    let done = settling::resend(&ctx, &scribe, (id, "")).await;
    ended((&view, &ctx, &actor), id, (&typed, done), "axis-notice-resent").await
}

pub(crate) async fn post_redirect(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<String>,
    Form(typed): Form<Answers>,
) -> Result<Reply, Problem> {
    let (id, scribe) = begin(&ctx, &actor, &id)?;
    let done = settling::redirect(&ctx, &scribe, (id, ""), typed.get("code")).await;
    ended((&view, &ctx, &actor), id, (&typed, done), "axis-notice-redirected").await
}

pub(crate) async fn post_close(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<String>,
    Form(typed): Form<Answers>,
) -> Result<Reply, Problem> {
    let (id, scribe) = begin(&ctx, &actor, &id)?;
    let done = settling::close(&ctx, &scribe, (id, typed.get("note"))).await;
    ended((&view, &ctx, &actor), id, (&typed, done), "axis-notice-closed").await
}

fn begin(ctx: &Ctx, actor: &Actor, id: &str) -> Result<(Uuid, Scribe), Problem> {
    may_manage(actor)?;
    let id = Uuid::try_parse(id).map_err(|_| Problem::not_found())?;
    Ok((id, Scribe::of(ctx, actor)))
}

async fn ended(
    (view, ctx, actor): (&View, &Ctx, &Actor),
    id: Uuid,
    (typed, done): (&Answers, Result<(), Refusal>),
    notice: &'static str,
) -> Result<Reply, Problem> {
    match done {
        Ok(()) => Ok(Reply::see(&format!("{HERE}/viec")).notice(notice)),
        Err(refusal) => {
            let errors = at_field(view, refusal)?;
            Ok(piece_page((view, ctx, actor), id, (typed, &errors)).await?.into())
        }
    }
}
