//! The versions of a procedure: what was in force when, and what each changed.

use askama::Template;
use axum::extract::{Path, State};
use platform::Ctx;
use platform::web::{Markup, Page, Problem, View};
use platform::words::{Locale, Word};

use super::changes::{Change, changes};
use super::{crumb, to_search};
use crate::code::Code;
use crate::commands::TOPIC;
use crate::procedure::{Entry, Status};
use crate::queries;

#[derive(Template)]
#[template(path = "versions.html")]
struct VersionsPage<'a> {
    view: &'a View,
    name: &'a str,
    name_lang: Markup,
    lang: Markup,
    versions: Vec<VersionView>,
}

struct VersionView {
    path: String,
    title: String,
    span: String,
    status: String,
    decision: String,
    changes: Vec<Change>,
    is_first: bool,
}

pub async fn list(
    view: View,
    State(ctx): State<Ctx>,
    Path(code): Path<String>,
) -> Result<Page, Problem> {
    let entries = public(&ctx, &code).await?;
    let newest = entries.first().ok_or_else(Problem::not_found)?;
    let english = newest.version.name_en.as_ref().filter(|_| view.locale == Locale::En);
    let page = VersionsPage {
        view: &view,
        name: english.unwrap_or(&newest.version.name),
        name_lang: if english.is_some() { Markup::default() } else { view.official() },
        lang: view.official(),
        versions: version_views(&view, &entries),
    };
    let name = english.unwrap_or(&newest.version.name);
    let back = crumb(&format!("/thu-tuc/{code}"), name.clone());
    let title = view.with("procedures-versions-title", &[("code", Word::from(code))]);
    Ok(Page::new(&view, title, &page)?.crumbs(vec![to_search(&view), back]).public(TOPIC))
}

pub async fn one(
    view: View,
    State(ctx): State<Ctx>,
    Path((code, number)): Path<(String, i64)>,
) -> Result<Page, Problem> {
    let entries = public(&ctx, &code).await?;
    let entry = entries.iter().find(|entry| entry.number == number);
    let page = super::show::page(&view, entry.ok_or_else(Problem::not_found)?)?;
    Ok(page.public(TOPIC))
}

/// The versions that were ever published, the newest first.
async fn public(ctx: &Ctx, code: &str) -> Result<Vec<Entry>, Problem> {
    let code = Code::parse(code).map_err(|_| Problem::not_found())?;
    let mut entries = ctx.store.read(move |tx| queries::versions(tx, &code)).await?;
    entries.retain(|entry| entry.status != Status::Draft);
    Ok(entries)
}

fn version_views(view: &View, entries: &[Entry]) -> Vec<VersionView> {
    let before = entries.iter().skip(1).map(Some).chain([None]);
    entries.iter().zip(before).map(|(entry, before)| version_view(view, entry, before)).collect()
}

fn version_view(view: &View, entry: &Entry, before: Option<&Entry>) -> VersionView {
    let day = |at: Option<jiff::Timestamp>| at.map(|at| Word::from(view.speech.day(at)));
    let span = match (day(entry.effective_from), day(entry.effective_to)) {
        (Some(from), Some(to)) => view.with("procedures-span", &[("from", from), ("to", to)]),
        (Some(from), None) => view.with("procedures-span-open", &[("from", from)]),
        _ => String::new(),
    };
    let code = &entry.version.code;
    VersionView {
        path: format!("/thu-tuc/{code}/phien-ban/{}", entry.number),
        title: view.with("procedures-version", &[("number", Word::from(entry.number))]),
        span,
        status: status_word(view, entry),
        decision: entry.version.decision.number.clone(),
        changes: before
            .map(|before| changes(&view.speech, &before.version, &entry.version))
            .unwrap_or_default(),
        is_first: before.is_none(),
    }
}

pub fn status_word(view: &View, entry: &Entry) -> String {
    let is_current = entry.is_current(view.now);
    view.t(match entry.status {
        Status::Draft => "procedures-status-draft",
        Status::Suspended => "procedures-status-suspended",
        Status::Abolished => "procedures-status-abolished",
        Status::Published if is_current => "procedures-status-current",
        Status::Published if entry.effective_from.is_some_and(|from| from > view.now) => {
            "procedures-status-coming"
        }
        Status::Published => "procedures-status-replaced",
    })
}
