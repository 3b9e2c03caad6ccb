//! What was changed about a unit, for everybody to see.

use askama::Template;
use axum::extract::{Path, State};
use platform::Ctx;
use platform::store::Tx;
use platform::web::{Page, Problem, View};
use uuid::Uuid;

use super::lines::{Event, crumbs};
use crate::commands::TOPIC;
use crate::queries::{self, ChangeRow};
use crate::refusal::Refusal;
use crate::unit::Unit;

const EVENTS: usize = 20;

pub async fn history(
    view: View,
    State(ctx): State<Ctx>,
    Path(code): Path<String>,
) -> Result<Page, Problem> {
    let before = view.query("truoc").and_then(|id| Uuid::try_parse(&id).ok());
    let (unit, rows) = ctx.store.read(move |tx| told(tx, &code, before)).await?;
    let shown = rows.iter().take(EVENTS);
    let events: Vec<Event> = shown.map(|row| Event::in_public(&view, row)).collect();
    let last = events.last().filter(|_| rows.len() > EVENTS);
    let next = last.map(|last| view.here_with(&[("truoc", &last.id)]));
    let content = HistoryPage { view: &view, unit: &unit, events, next };
    let page = Page::new(&view, view.t("organisations-history"), &content)?;
    Ok(page.crumbs(crumbs(&view, std::slice::from_ref(&unit))).public(TOPIC))
}

/// The unit and one change more than a page shows.
fn told(tx: &mut Tx, code: &str, before: Option<Uuid>) -> Result<(Unit, Vec<ChangeRow>), Refusal> {
    let unit = queries::by_code(tx, code)?.ok_or(Refusal::NoSuchUnit)?;
    let rows = queries::history(tx, unit.id, before, EVENTS as i64 + 1)?;
    Ok((unit, rows))
}

#[derive(Template)]
#[template(path = "history.html")]
struct HistoryPage<'a> {
    view: &'a View,
    unit: &'a Unit,
    events: Vec<Event>,
    next: Option<String>,
}
