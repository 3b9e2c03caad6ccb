//! The catalogue for programs.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use platform::Ctx;
use platform::web::{Problem, Reply};
use serde::{Deserialize, Serialize, Serializer};

use crate::code::{Code, Spelling};
use crate::level::{Level, OnlineLevel};
use crate::life_event::LifeEvent;
use crate::procedure::{Entry, Status};
use crate::queries;
use crate::search::{Catalogue, Filter, Listed, Question};
use crate::version::Version;

const LIMIT: usize = 50;
const LIMIT_MAX: usize = 200;

/// The operations of this capability, for the program's one document.
#[derive(utoipa::OpenApi)]
#[openapi(
    paths(list, one, versions),
    components(schemas(LineBody, ListBody, EntryBody, VersionsBody, ProblemBody)),
    tags((name = "procedures", description = "Catalogue of administrative procedures"))
)]
pub struct OpenApi;

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct ListAsked {
    /// Words or a code: no diacritics and no order needed, slips are forgiven.
    pub q: Option<String>,
    /// Only this field, by its name.
    pub field: Option<String>,
    /// Only what this agency publishes, by its code.
    pub agency: Option<String>,
    /// `ward`, `province`, `ministry` or `other`.
    pub level: Option<String>,
    /// `information`, `part` or `whole`.
    pub online: Option<String>,
    /// A moment of life, such as `birth`.
    pub event: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// At most 200; without it, 50.
    pub limit: Option<usize>,
}

/// A procedure in a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct LineBody {
    #[schema(example = "1.001193")]
    code: String,
    name: String,
    name_en: Option<String>,
    /// Names of its fields.
    fields: Vec<String>,
    #[schema(value_type = Vec<String>, example = json!(["ward"]))]
    levels: Vec<Level>,
    #[schema(value_type = String, example = "part")]
    online_level: OnlineLevel,
    /// Code of the publishing agency, where it is known.
    agency: Option<String>,
    /// It can be filed on this portal.
    filed_here: bool,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ListBody {
    items: Vec<LineBody>,
    /// Of the whole list.
    total: usize,
    /// Ask with `after` set to this for the next page.
    next: Option<String>,
}

/// A version with its place in the catalogue.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct EntryBody {
    /// Of this version.
    id: String,
    number: i64,
    #[schema(value_type = String, example = "published")]
    status: Status,
    #[schema(example = "2026-11-20T17:00:00Z")]
    effective_from: Option<String>,
    /// The first instant at which it is in force no more.
    effective_to: Option<String>,
    /// The whole published text, as one document.
    #[schema(value_type = Object)]
    #[serde(serialize_with = "whole")]
    version: Arc<Version>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct VersionsBody {
    /// The newest first; drafts are not among them.
    items: Vec<EntryBody>,
}

/// RFC 9457.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemBody {
    r#type: String,
    title: String,
    status: u16,
    detail: String,
}

/// Procedures in force: by words the best first, else the most asked-for first.
#[utoipa::path(
    get,
    path = "/api/v1/procedures",
    tag = "procedures",
    params(ListAsked),
    responses((status = 200, body = ListBody))
)]
pub async fn list(ctx: Ctx, asked: ListAsked, catalogue: Catalogue) -> Result<Reply, Problem> {
    let index = catalogue.index(&ctx).await?;
    let limit = asked.limit.unwrap_or(LIMIT).clamp(1, LIMIT_MAX);
    let after = asked.after.as_deref().and_then(|text| Code::parse(text).ok());
    let found = index.ask(&question(asked));
    let page = found.page(after.as_ref(), limit);
    let next = found.next(&page).map(Code::to_string);
    let items = page.into_iter().map(LineBody::of).collect();
    Reply::json(StatusCode::OK, &ListBody { items, total: found.count(), next })
}

fn question(asked: ListAsked) -> Question {
    Question {
        words: asked.q.unwrap_or_default(),
        filter: Filter {
            event: asked.event.as_deref().and_then(LifeEvent::parse),
            field: asked.field,
            agency: asked.agency,
            level: asked.level.as_deref().and_then(Level::parse),
            subject: None,
            online: asked.online.as_deref().and_then(OnlineLevel::parse),
        },
    }
}

impl LineBody {
    fn of(listed: &Listed) -> LineBody {
        let listing = &listed.listing;
        LineBody {
            code: listed.code.to_string(),
            name: listing.name.clone(),
            name_en: listing.name_en.clone(),
            fields: listing.fields.iter().map(|field| field.name.clone()).collect(),
            levels: listing.levels.list(),
            online_level: listing.online_level,
            agency: listing.publishing.as_ref().and_then(|agency| agency.code.clone()),
            filed_here: listing.has_form,
        }
    }
}

/// The version in force. The provinces' long codes are understood.
#[utoipa::path(
    get,
    path = "/api/v1/procedures/{code}",
    tag = "procedures",
    params(("code" = String, Path, example = "1.001193")),
    responses((status = 200, body = EntryBody), (status = 404, body = ProblemBody))
)]
pub async fn one(State(ctx): State<Ctx>, Path(code): Path<String>) -> Result<Reply, Problem> {
    let code = Spelling::parse(&code).map_err(|_| Problem::not_found())?.code;
    let now = ctx.clock.now();
    let entry = ctx.store.read(move |tx| queries::current(tx, &code, now)).await?;
    let entry = entry.ok_or_else(Problem::not_found)?;
    Reply::json(StatusCode::OK, &EntryBody::of(entry))
}

/// Every version that was ever published, the newest first.
#[utoipa::path(
    get,
    path = "/api/v1/procedures/{code}/versions",
    tag = "procedures",
    params(("code" = String, Path, example = "1.001193")),
    responses((status = 200, body = VersionsBody), (status = 404, body = ProblemBody))
)]
pub async fn versions(State(ctx): State<Ctx>, Path(code): Path<String>) -> Result<Reply, Problem> {
    let code = Spelling::parse(&code).map_err(|_| Problem::not_found())?.code;
    let entries = ctx.store.read(move |tx| queries::versions(tx, &code)).await?;
    let public = entries.into_iter().filter(|entry| entry.status != Status::Draft);
    let items: Vec<EntryBody> = public.map(EntryBody::of).collect();
    if items.is_empty() {
        return Err(Problem::not_found());
    }
    Reply::json(StatusCode::OK, &VersionsBody { items })
}

impl EntryBody {
    fn of(entry: Entry) -> EntryBody {
        EntryBody {
            id: entry.id.0.to_string(),
            number: entry.number,
            status: entry.status,
            effective_from: entry.effective_from.map(|at| at.to_string()),
            effective_to: entry.effective_to.map(|at| at.to_string()),
            version: entry.version,
        }
    }
}

fn whole<S: Serializer>(version: &Arc<Version>, serializer: S) -> Result<S::Ok, S::Error> {
    version.as_ref().serialize(serializer)
}
