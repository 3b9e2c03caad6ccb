//! What may be done to a procedure now, each with its own small form.

use axum::extract::{Path, State};
use identity::{Actor, Authority, Right};
use jiff::Timestamp;
use platform::web::form::{Answers, DateParts, Errors, Field, Kind};
use platform::web::{Form, Problem, Reply, View};
use platform::words::Word;
use platform::{Ctx, clock};
use uuid::Uuid;

use super::manage::Whole;
use crate::code::Code;
use crate::commands::{self, Seen};
use crate::procedure::{Entry, Status, VersionId};
use crate::queries;
use crate::refusal::Refusal;

pub struct ActView {
    pub path: String,
    pub button: String,
    pub about: String,
    pub date: Option<Field>,
    pub version: String,
    pub revision: i64,
    /// Shown unfolded: the next thing to do.
    pub is_open: bool,
    /// Leads to a page of its own.
    pub is_link: bool,
    /// The look of the button: what cannot be taken back looks grave.
    pub weight: &'static str,
}

/// An act on a version, by the end of its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Begin,
    Edit,
    Publish,
    Discard,
    Suspend,
    Resume,
    Abolish,
}

impl Act {
    fn path(self) -> &'static str {
        match self {
            Act::Begin => "soan",
            Act::Edit => "sua",
            Act::Publish => "cong-bo",
            Act::Discard => "bo-nhap",
            Act::Suspend => "tam-dung",
            Act::Resume => "tiep-tuc",
            Act::Abolish => "bai-bo",
        }
    }

    /// The middle of its keys.
    fn name(self) -> &'static str {
        match self {
            Act::Begin => "begin",
            Act::Edit => "edit",
            Act::Publish => "publish",
            Act::Discard => "discard",
            Act::Suspend => "suspend",
            Act::Resume => "resume",
            Act::Abolish => "abolish",
        }
    }

    fn needs_day(self) -> bool {
        matches!(self, Act::Publish | Act::Abolish)
    }
}

pub fn acts(view: &View, whole: &Whole) -> Vec<ActView> {
    let draft = whole.entries.iter().find(|entry| entry.status == Status::Draft);
    let standing = whole.entries.iter().find(|entry| entry.status != Status::Draft);
    let mut acts = Vec::new();
    if let Some(draft) = draft {
        for act in [Act::Publish, Act::Edit, Act::Discard] {
            acts.push(act_view(view, whole, (act, draft)));
        }
    }
    if let Some(entry) = standing {
        if draft.is_none() {
            acts.push(act_view(view, whole, (Act::Begin, entry)));
        }
        let possible: &[Act] = match entry.status {
            Status::Published if entry.is_current(view.now) => &[Act::Suspend, Act::Abolish],
            Status::Suspended => &[Act::Resume, Act::Abolish],
            _ => &[],
        };
        acts.extend(possible.iter().map(|act| act_view(view, whole, (*act, entry))));
    }
    acts
}

fn act_view(view: &View, whole: &Whole, (act, entry): (Act, &Entry)) -> ActView {
    let today = DateParts::of(clock::local(view.now).date());
    let name = act.name();
    ActView {
        path: format!("/quan-tri/thu-tuc/{}/{}", entry.version.code, act.path()),
        button: view.t(&format!("procedures-act-{name}")),
        about: match act {
            Act::Edit => String::new(),
            _ => view.t(&format!("procedures-act-{name}-about")),
        },
        date: act.needs_day().then(|| day_field(view, &Errors::new(), today)),
        version: entry.id.0.to_string(),
        revision: whole.revision,
        is_open: act == Act::Publish,
        is_link: act == Act::Edit,
        weight: match act {
            Act::Publish => "",
            Act::Discard | Act::Abolish => " grave",
            _ => " quiet",
        },
    }
}

fn day_field(view: &View, errors: &Errors, typed: DateParts) -> Field {
    Field::new(&view.speech, Kind::Date, "tu-ngay", view.t("procedures-from-day"))
        .hint(view.t("procedures-from-day-hint"))
        .date(typed)
        .errors(errors)
}

pub async fn begin(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    let whole = super::manage::load(&ctx, &actor, &code).await?;
    let newest = whole.entries.into_iter().next().ok_or_else(Problem::not_found)?;
    let authority = authority(&ctx, &actor, &newest).await?;
    let drafted = commands::draft(&ctx, &authority, newest.version.as_ref().clone()).await;
    drafted.map_err(|refusal| refusal.into_problem(&view.speech))?;
    Ok(Reply::see(&format!("/quan-tri/thu-tuc/{code}/sua")).notice("procedures-notice-draft"))
}

pub async fn publish(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
    Form(typed): Form<Answers>,
) -> Result<Reply, Problem> {
    let (authority, seen) = proven(&ctx, &actor, &code, &typed).await?;
    let from = day(&typed)?;
    let done = commands::publish(&ctx, &authority, seen, from).await;
    ended(&view, &code, done, "procedures-notice-published")
}

pub async fn abolish(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
    Form(typed): Form<Answers>,
) -> Result<Reply, Problem> {
    let (authority, seen) = proven(&ctx, &actor, &code, &typed).await?;
    let from = day(&typed)?;
    let done = commands::abolish(&ctx, &authority, seen, from).await;
    ended(&view, &code, done, "procedures-notice-abolished")
}

pub async fn suspend(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
    Form(typed): Form<Answers>,
) -> Result<Reply, Problem> {
    let (authority, seen) = proven(&ctx, &actor, &code, &typed).await?;
    let done = commands::suspend(&ctx, &authority, seen).await;
    ended(&view, &code, done, "procedures-notice-suspended")
}

pub async fn resume(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
    Form(typed): Form<Answers>,
) -> Result<Reply, Problem> {
    let (authority, seen) = proven(&ctx, &actor, &code, &typed).await?;
    let done = commands::resume(&ctx, &authority, seen).await;
    ended(&view, &code, done, "procedures-notice-resumed")
}

pub async fn discard(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(code): Path<String>,
    Form(typed): Form<Answers>,
) -> Result<Reply, Problem> {
    let (authority, seen) = proven(&ctx, &actor, &code, &typed).await?;
    let done = commands::discard(&ctx, &authority, seen).await;
    ended(&view, &code, done, "procedures-notice-discarded")
}

fn ended(
    view: &View,
    code: &str,
    done: Result<(), Refusal>,
    notice: &'static str,
) -> Result<Reply, Problem> {
    done.map_err(|refusal| refusal.into_problem(&view.speech))?;
    Ok(Reply::see(&format!("/quan-tri/thu-tuc/{code}")).notice(notice))
}

/// The authority over the version's keeper, and the version as the officer saw it.
pub async fn proven(
    ctx: &Ctx,
    actor: &Actor,
    code: &str,
    typed: &Answers,
) -> Result<(Authority, Seen), Problem> {
    let code = Code::parse(code).map_err(|_| Problem::not_found())?;
    let id = Uuid::try_parse(typed.get("version")).map_err(|_| Problem::not_found())?;
    let version = VersionId(id);
    let revision = typed.get("revision").parse().map_err(|_| Problem::changed_meanwhile())?;
    let entry = ctx.store.read(move |tx| queries::version(tx, version)).await?;
    let entry = entry.filter(|entry| entry.version.code == code).ok_or_else(Problem::not_found)?;
    let authority = authority(ctx, actor, &entry).await?;
    Ok((authority, Seen { code, version, revision }))
}

pub async fn authority(ctx: &Ctx, actor: &Actor, entry: &Entry) -> Result<Authority, Problem> {
    let version = entry.version.clone();
    let keeper = ctx.store.read(move |tx| queries::keeper(tx, &version)).await?;
    actor.require(Right::ManageProcedures, keeper.ok_or_else(Problem::not_found)?).await
}

/// Midnight in Vietnam at the beginning of the day that was typed.
fn day(typed: &Answers) -> Result<Timestamp, Problem> {
    match typed.date("tu-ngay").parse() {
        Ok(date) => Ok(clock::instant(date.at(0, 0, 0, 0))),
        Err(_) => Err(no_such_day(typed)),
    }
}

fn no_such_day(typed: &Answers) -> Problem {
    let parts = typed.date("tu-ngay");
    let shown = format!("{}/{}/{}", parts.day, parts.month, parts.year);
    Problem::refused(
        axum::http::StatusCode::UNPROCESSABLE_ENTITY,
        "no-such-day",
        "procedures-refused",
        "procedures-refusal-day",
        &[("typed", Word::from(shown))],
    )
}
