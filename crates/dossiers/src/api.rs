//! For machines: where a dossier stands, by its number and telephone; and the queue of a unit, for
//! an officer's own programs.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use identity::{Actor, Right};
use platform::Ctx;
use platform::web::{Problem, Reply, View};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::code::Known;
use crate::due_words;
use crate::form::phone_number;
use crate::pile::Pile;
use crate::queries::desk::{self, Asked};
use crate::queries::{Whole, track};
use crate::store::queue::Line;

#[derive(utoipa::OpenApi)]
#[openapi(paths(track_one, list), components(schemas(Tracked, Happened, Queue, QueueLine)))]
pub struct OpenApi;

#[derive(Debug, Deserialize, IntoParams)]
pub struct TrackAsked {
    /// Dossier code, or the number of a request sent online.
    pub code: String,
    /// The telephone number given with it.
    pub phone: String,
}

/// Where a dossier stands. Nothing of what was answered or handed in.
#[derive(Debug, Serialize, ToSchema)]
pub struct Tracked {
    pub number: String,
    pub procedure_code: String,
    pub procedure: String,
    /// 1 to 10, as the national portal numbers them.
    pub status: i32,
    pub status_name: String,
    pub receiving_unit: String,
    /// RFC 3339, in Vietnam's time.
    pub sent_at: String,
    pub accepted_at: Option<String>,
    pub due_at: Option<String>,
    /// Why on that day, in words.
    pub due_because: Option<String>,
    pub events: Vec<Happened>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct Happened {
    pub at: String,
    pub what: String,
    pub status: i32,
    pub office: String,
}

/// Follows a dossier by number and telephone. What is not there and what does not fit are
/// answered alike; after five wrong tries for one number it answers nobody for half an hour.
#[utoipa::path(
    get,
    path = "/api/v1/dossiers/track",
    params(TrackAsked),
    responses(
        (status = 200, body = Tracked),
        (status = 404, description = "no such dossier with this telephone number"),
        (status = 429, description = "too many wrong tries"),
    )
)]
pub async fn track_one(
    view: View,
    State(ctx): State<Ctx>,
    Query(asked): Query<TrackAsked>,
) -> Result<Reply, Problem> {
    let known = Known::parse(&asked.code).map_err(|_| Problem::not_found())?;
    let phone = phone_number(&asked.phone);
    let whole = track::track(&ctx, &known, &phone).await?.ok_or_else(Problem::not_found)?;
    Reply::json(StatusCode::OK, &tracked(&view, &whole))
}

fn tracked(view: &View, whole: &Whole) -> Tracked {
    let dossier = &whole.dossier;
    let due = dossier.due.as_ref();
    let happened = |event: &crate::event::Event| Happened {
        at: written(event.at),
        what: event.kind.word().to_owned(),
        status: event.after.code(),
        office: event.by.unit_name.clone(),
    };
    Tracked {
        number: dossier.known_as().to_owned(),
        procedure_code: dossier.procedure.code.clone(),
        procedure: dossier.procedure.name.clone(),
        status: dossier.status.code(),
        status_name: view.t(&format!("dossiers-status-{}", dossier.status.word())),
        receiving_unit: whole.unit(dossier.places.receiving).name,
        sent_at: written(dossier.sent_at),
        accepted_at: dossier.accepted_at.map(written),
        due_at: due.map(|due| written(due.at)),
        due_because: due.map(|due| due_words::because(&view.speech, &due.because)),
        events: whole.events.iter().filter(|event| event.kind.is_public()).map(happened).collect(),
    }
}

#[derive(Debug, Deserialize, IntoParams)]
pub struct QueueAsked {
    /// Code of the unit.
    #[serde(default)]
    pub unit: String,
    /// `cho-tiep-nhan`, `dang-xu-ly`, `cho-nguoi-dan`, `cho-tra` or `da-xong`.
    #[serde(default)]
    pub tab: String,
    /// Where the page begins: `next` of the page before.
    #[serde(default)]
    pub after: String,
}

/// Twenty dossiers that lie in a unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct Queue {
    pub unit: String,
    pub total: i64,
    pub dossiers: Vec<QueueLine>,
    pub next: Option<String>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct QueueLine {
    pub id: String,
    pub number: String,
    pub status: i32,
    pub procedure_code: String,
    pub procedure: String,
    pub channel: String,
    pub applicant: String,
    pub accepted_at: Option<String>,
    pub due_at: Option<String>,
}

/// The queue of a unit, for whoever may see it there.
#[utoipa::path(
    get,
    path = "/api/v1/dossiers",
    params(QueueAsked),
    responses((status = 200, body = Queue), (status = 404, description = "not your unit"))
)]
pub async fn list(
    actor: Actor,
    State(ctx): State<Ctx>,
    Query(asked): Query<QueueAsked>,
) -> Result<Reply, Problem> {
    actor.require_anywhere(Right::SeeDossiers)?;
    let code = asked.unit.clone();
    let unit = ctx.store.read(move |tx| organisations::queries::by_code(tx, &code)).await;
    let unit = unit.map_err(Problem::from)?.ok_or_else(Problem::not_found)?;
    let queue = desk::queue(&ctx, &actor, wanted(unit.id, &asked)).await?;
    let queue = queue.ok_or_else(Problem::not_found)?;
    let next = queue.lines.last().filter(|_| queue.more).map(Line::key);
    let dossiers = queue.lines.iter().map(line).collect();
    let answer = Queue { unit: unit.code.to_string(), total: queue.total, dossiers, next };
    Reply::json(StatusCode::OK, &answer)
}

fn wanted(unit: organisations::UnitId, asked: &QueueAsked) -> Asked {
    Asked {
        unit,
        pile: Pile::parse(&asked.tab).unwrap_or(Pile::Work),
        words: String::new(),
        channel: None,
        procedure: None,
        overdue_only: false,
        after: crate::pages::desk::after(&asked.after),
    }
}

fn line(line: &Line) -> QueueLine {
    QueueLine {
        id: line.id.to_string(),
        number: line.known_as().to_owned(),
        status: line.status,
        procedure_code: line.procedure_code.clone(),
        procedure: line.procedure_name.clone(),
        channel: line.channel.clone(),
        applicant: line.applicant().name,
        accepted_at: line.accepted_at.map(written),
        due_at: line.due_at.map(written),
    }
}

fn written(at: jiff::Timestamp) -> String {
    at.to_zoned(platform::clock::VIETNAM).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
