//! The pages of the ground: the audit log, dead letters, messages sent.
//!
//! The ground knows no officers and no rights. Whoever does mounts these pages with a
//! [`Doorkeeper`], which lets an officer in or says no:
//! `Routes::new().merge(platform::pages::routes(doorkeeper))`.

mod audit;
mod dead;
mod outbox;
#[cfg(test)]
mod tests;

use axum::Extension;
use axum::extract::{FromRef, FromRequestParts};
use futures_util::future::BoxFuture;
use http::request::Parts;
use jiff::Timestamp;
use uuid::Uuid;

use crate::Ctx;
use crate::audit::Scope;
use crate::web::pieces::PAGE_ROWS;
use crate::web::{MenuEntry, Problem, Routes, View, Who};

/// An officer whom the doorkeeper has let in.
#[derive(Debug, Clone)]
pub struct Keeper {
    pub actor: Uuid,
    pub actor_name: String,
    /// Which part of the audit log is theirs to read.
    pub scope: Scope,
    /// The names of the offices in that scope, as the page says them.
    pub offices: Vec<String>,
    /// The officer's navigation.
    pub menu: Vec<MenuEntry>,
}

/// What an officer wants to do here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// Read the audit log, all of it or that of their offices and what is below: [`Keeper::scope`].
    SeeAudit,
    /// Decide about dead letters, look at messages sent: these name persons of all units.
    KeepJobs,
}

/// Finds out whether whoever asks may do this; says [`Problem::not_found`] if not.
pub type Doorkeeper = fn(Ctx, View, Keeping) -> BoxFuture<'static, Result<Keeper, Problem>>;

/// All pages, behind this doorkeeper.
pub fn routes(doorkeeper: Doorkeeper) -> Routes {
    Routes::new()
        .get("/quan-tri/nhat-ky", Who::Officer, audit::list)
        .get("/quan-tri/nhat-ky/{id}", Who::Officer, audit::show)
        .get("/quan-tri/nhat-ky/{id}/bang-chung", Who::Officer, audit::proof)
        .get("/quan-tri/moc-niem-phong", Who::Officer, audit::newest_head)
        .get("/quan-tri/khoa-niem-phong", Who::Officer, audit::public_key)
        .get("/quan-tri/viec-hong", Who::Officer, dead::list)
        .get("/quan-tri/viec-hong/{id}", Who::Officer, dead::show)
        .post("/quan-tri/viec-hong/{id}/chay-lai", Who::Officer, dead::post_resend)
        .post("/quan-tri/viec-hong/{id}/bo", Who::Officer, dead::post_discard)
        .get("/quan-tri/hop-thu", Who::Officer, outbox::list)
        .layer(Extension(Door(doorkeeper)))
        // In a demonstration everyone sees what is sent: nobody in it is real.
        .get("/demo/hop-thu", Who::Anyone, outbox::demo)
}

#[derive(Clone, Copy)]
struct Door(Doorkeeper);

/// Extractor: may read the audit.
struct SeesAudit(Keeper);

/// Extractor: may decide about jobs.
struct KeepsJobs(Keeper);

impl<S> FromRequestParts<S> for SeesAudit
where
    Ctx: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<SeesAudit, Problem> {
        let_in(parts, Ctx::from_ref(state), Keeping::SeeAudit).await.map(SeesAudit)
    }
}

impl<S> FromRequestParts<S> for KeepsJobs
where
    Ctx: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<KeepsJobs, Problem> {
        let_in(parts, Ctx::from_ref(state), Keeping::KeepJobs).await.map(KeepsJobs)
    }
}

async fn let_in(parts: &mut Parts, ctx: Ctx, keeping: Keeping) -> Result<Keeper, Problem> {
    let door = parts.extensions.get::<Door>().copied().ok_or_else(Problem::not_found)?;
    let view = View::from_request_parts(parts, &ctx).await?;
    (door.0)(ctx, view, keeping).await
}

fn parse_id(text: &str) -> Result<Uuid, Problem> {
    Uuid::try_parse(text).map_err(|_| Problem::not_found())
}

/// The last row of a page, as the address of the next one holds it.
type Place = (Timestamp, Uuid);

fn place_text((at, id): Place) -> String {
    format!("{}-{}", at.as_microsecond(), id.simple())
}

/// What somebody has changed in the address is the first page.
fn place(view: &View) -> Option<Place> {
    let text = view.query("sau")?;
    let (at, id) = text.split_once('-')?;
    let at = Timestamp::from_microsecond(at.parse().ok()?).ok()?;
    Some((at, Uuid::try_parse(id).ok()?))
}

/// Cuts what was read beyond a page, and says where the next page begins.
fn cut<T>(rows: &mut Vec<T>, place_of: impl Fn(&T) -> Place) -> Option<String> {
    let more = rows.len() > PAGE_ROWS;
    rows.truncate(PAGE_ROWS);
    rows.last().filter(|_| more).map(|last| place_text(place_of(last)))
}

/// One more than a page shows.
const PAGE_READ: i64 = PAGE_ROWS as i64 + 1;

/// JSON as people read it; other text as it is.
fn indented(json: &str) -> String {
    let value = serde_json::from_str::<serde_json::Value>(json);
    value.and_then(|value| serde_json::to_string_pretty(&value)).unwrap_or_else(|_| json.to_owned())
}
