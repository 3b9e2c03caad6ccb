//! Dead letters for administrators: what would not go, and what becomes of it.

use askama::Template;
use axum::extract::{Path, State};

use super::{Keeper, KeepsJobs, PAGE_READ, cut, indented, parse_id, place};
use crate::Ctx;
use crate::jobs::{self, DeadLetter, Decision};
use crate::store::{StoreError, Tx};
use crate::web::form::{Answers, Form};
use crate::web::pieces::{Paging, Summary, SummaryRow};
use crate::web::{Crumb, Page, Problem, Reply, View};

const HOME: &str = "/quan-tri/viec-hong";

#[derive(Template)]
#[template(path = "dead.html")]
struct List<'a> {
    view: &'a View,
    letters: Vec<DeadLetter>,
    paging: Paging,
}

pub(super) async fn list(
    view: View,
    KeepsJobs(keeper): KeepsJobs,
    State(ctx): State<Ctx>,
) -> Result<Page, Problem> {
    let before = place(&view);
    let (mut letters, total) = ctx
        .store
        .read(move |tx| {
            let letters = jobs::dead_letters(tx, None, before, PAGE_READ)?;
            Ok::<_, StoreError>((letters, jobs::dead_count(tx)?))
        })
        .await?;
    let next = cut(&mut letters, |letter| (letter.died_at, letter.id));
    let paging = Paging::new(&view, total, next.as_deref());
    let title = view.t("platform-dead-title");
    let content = List { view: &view, letters, paging };
    Ok(Page::new(&view, title, &content)?.menu(keeper.menu).wide())
}

#[derive(Template)]
#[template(path = "dead_letter.html")]
struct Shows<'a> {
    view: &'a View,
    letter: &'a DeadLetter,
    summary: Summary,
    payload: String,
}

pub(super) async fn show(
    view: View,
    KeepsJobs(keeper): KeepsJobs,
    State(ctx): State<Ctx>,
    Path(id): Path<String>,
) -> Result<Page, Problem> {
    let id = parse_id(&id)?;
    let letter: Option<DeadLetter> = ctx.store.read(move |tx| jobs::dead_letter(tx, id)).await?;
    let letter = letter.ok_or_else(Problem::not_found)?;
    let (summary, payload) = (summary(&view, &letter), indented(&letter.payload));
    let content = Shows { view: &view, letter: &letter, summary, payload };
    let crumb = Crumb { path: HOME.to_owned(), label: view.t("platform-dead-title") };
    let page = Page::new(&view, letter.kind.clone(), &content)?;
    Ok(page.menu(keeper.menu).crumbs(vec![crumb]))
}

fn summary(view: &View, letter: &DeadLetter) -> Summary {
    let told =
        |name: &str, value: &str| SummaryRow::new(view.t(&format!("platform-dead-{name}")), value);
    Summary::new(
        view,
        vec![
            told("kind", &letter.kind),
            told("died-at", &view.speech.weekday_date_time(letter.died_at)),
            told("attempts", &view.speech.number(letter.attempts.into())),
            told("error", letter.last_error.as_deref().unwrap_or_default()),
            told("key", letter.key.as_deref().unwrap_or_default()),
        ],
    )
}

pub(super) async fn post_resend(
    view: View,
    KeepsJobs(keeper): KeepsJobs,
    State(ctx): State<Ctx>,
    Path(id): Path<String>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    let sent = decide(&ctx, &view, keeper, &id, jobs::resend).await?;
    let notice =
        if sent { "platform-dead-notice-resent" } else { "platform-dead-notice-no-longer" };
    Ok(Reply::see(HOME).notice(notice))
}

pub(super) async fn post_discard(
    view: View,
    KeepsJobs(keeper): KeepsJobs,
    State(ctx): State<Ctx>,
    Path(id): Path<String>,
    Form(_): Form<Answers>,
) -> Result<Reply, Problem> {
    let gone = decide(&ctx, &view, keeper, &id, jobs::discard).await?;
    let notice =
        if gone { "platform-dead-notice-discarded" } else { "platform-dead-notice-no-longer" };
    Ok(Reply::see(HOME).notice(notice))
}

async fn decide(
    ctx: &Ctx,
    view: &View,
    keeper: Keeper,
    id: &str,
    change: fn(&mut Tx, &Decision) -> Result<bool, StoreError>,
) -> Result<bool, Problem> {
    let decision = Decision {
        letter: parse_id(id)?,
        act: ctx.ids.next(),
        at: view.now,
        actor: keeper.actor,
        actor_name: keeper.actor_name,
    };
    Ok(ctx.store.write(move |tx| change(tx, &decision)).await?)
}
