//! The catalogue for programs.

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use platform::web::{Problem, Reply};
use serde::{Deserialize, Serialize};

use crate::contact::Contact;
use crate::kind::{Kind, Level};
use crate::queries::{self, After, Filter, HeirUnit, Meaning};
use crate::unit::{Standing, Unit};

const LIMIT: i64 = 50;
const LIMIT_MAX: i64 = 200;

/// The operations of this capability, for the program's one document.
#[derive(utoipa::OpenApi)]
#[openapi(
    paths(list, one),
    components(schemas(UnitBody, ListBody, OneBody, HeirBody, NameBody, CodeBody, ProblemBody)),
    tags((name = "organisations", description = "Danh mục cơ quan nhà nước và mã định danh \
        điện tử · Agencies of the State and their identification codes"))
)]
pub struct OpenApi;

#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ListAsked {
    /// Words of a name or a code: no diacritics and no order needed.
    pub q: Option<String>,
    /// Only units directly below the one with this code (any code that means it).
    pub parent: Option<String>,
    /// Only units of this kind.
    pub kind: Option<Kind>,
    /// Only units in force on this day. Without it, also those that ended.
    #[param(value_type = Option<String>, example = "2025-06-30")]
    pub at: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// At most 200; without it, 50.
    pub limit: Option<i64>,
}

/// A unit of the catalogue.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct UnitBody {
    #[schema(example = "H57")]
    code: String,
    #[schema(example = "Ủy ban nhân dân thành phố Huế")]
    name: String,
    short_name: Option<String>,
    kind: Kind,
    level: Level,
    /// The code of the unit above.
    parent: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    valid_from: Option<Date>,
    /// The last day.
    #[schema(value_type = Option<String>, format = Date)]
    valid_to: Option<Date>,
    /// Today.
    standing: Standing,
    closed: bool,
    /// The code stands in until the entitled agency issues one.
    provisional: bool,
    /// Code of the province in the statistics office.
    province_gso: Option<String>,
    /// Code of the commune in the statistics office.
    commune_gso: Option<String>,
    contact: Contact,
    note: Option<String>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ListBody {
    items: Vec<UnitBody>,
    /// Of the whole list.
    total: i64,
    /// Ask with `after` set to this for the next page.
    next: Option<String>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OneBody {
    #[serde(flatten)]
    unit: UnitBody,
    /// The code that was asked for, when it is not the unit's own of today.
    asked_code: Option<String>,
    /// Every other code that means the unit.
    codes: Vec<CodeBody>,
    former_names: Vec<NameBody>,
    /// From level 1 down to the unit above.
    path: Vec<String>,
    /// Who has its work today, when it is closed.
    successors: Vec<HeirBody>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct HeirBody {
    code: String,
    name: String,
    /// Which part of the work, where several have it.
    matter: Option<String>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NameBody {
    name: String,
    #[schema(value_type = String, format = Date)]
    valid_to: Date,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CodeBody {
    code: String,
    /// `former`: the unit had it. `alias`: another system knows the unit by it.
    standing: String,
}

/// RFC 9457. When an old code has no unit but would mean one by the rule, `detail` names it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProblemBody {
    r#type: String,
    title: String,
    status: u16,
    detail: String,
}

/// Units by words, place, kind and day, a page at a time.
#[utoipa::path(
    get,
    path = "/api/v1/organisations",
    tag = "organisations",
    params(ListAsked),
    responses(
        (status = 200, body = ListBody),
        (status = 404, body = ProblemBody, description = "No unit has the code in `parent`"),
        (status = 422, body = ProblemBody, description = "`at` is no date")
    )
)]
pub async fn list(
    State(ctx): State<Ctx>,
    Query(asked): Query<ListAsked>,
) -> Result<Reply, Problem> {
    let today = local(ctx.clock.now()).date();
    let at = day(asked.at.as_deref())?;
    let body = ctx.store.read(move |tx| listed(tx, &asked, at, today)).await?;
    Reply::json(StatusCode::OK, &body.ok_or_else(Problem::not_found)?)
}

/// One unit by any code that means it: its own, one it had, an alias.
#[utoipa::path(
    get,
    path = "/api/v1/organisations/{code}",
    tag = "organisations",
    params(("code" = String, Path, example = "000.00.00.H57")),
    responses((status = 200, body = OneBody), (status = 404, body = ProblemBody))
)]
pub async fn one(State(ctx): State<Ctx>, Path(code): Path<String>) -> Result<Reply, Problem> {
    let today = local(ctx.clock.now()).date();
    let found = ctx.store.read(move |tx| found(tx, &code, today)).await?;
    match found {
        Found::Unit(body) => Reply::json(StatusCode::OK, &*body),
        Found::Perhaps(code) => Err(Problem::refused(
            StatusCode::NOT_FOUND,
            "perhaps",
            "organisations-unknown",
            "organisations-unknown-api",
            &[("code", code.into())],
        )),
        Found::Nothing => Err(Problem::not_found()),
    }
}

fn day(text: Option<&str>) -> Result<Option<Date>, Problem> {
    let unreadable = |_| {
        Problem::refused(
            StatusCode::UNPROCESSABLE_ENTITY,
            "date",
            "organisations-refused",
            "organisations-refusal-date-iso",
            &[],
        )
    };
    text.filter(|text| !text.is_empty()).map(|text| text.parse().map_err(unreadable)).transpose()
}

/// None: there is no unit with the code of `parent`.
fn listed(
    tx: &mut Tx,
    asked: &ListAsked,
    at: Option<Date>,
    today: Date,
) -> Result<Option<ListBody>, StoreError> {
    let mut filter = Filter { kind: asked.kind, on: at, ..Filter::default() };
    if let Some(parent) = asked.parent.as_deref().filter(|parent| !parent.is_empty()) {
        let Some(parent) = queries::by_code(tx, parent)? else { return Ok(None) };
        filter = Filter { within: Some(parent.code), direct: true, ..filter };
    }
    let after = asked.after.as_deref().and_then(After::parse);
    let limit = asked.limit.unwrap_or(LIMIT).clamp(1, LIMIT_MAX);
    let text = asked.q.clone().unwrap_or_default();
    let slice = queries::search(tx, &text, &filter, after.as_ref(), (today, limit))?;
    Ok(Some(ListBody {
        items: slice.units.iter().map(|unit| UnitBody::of(unit, today)).collect(),
        total: slice.total,
        next: slice.next.as_ref().map(After::written),
    }))
}

enum Found {
    Unit(Box<OneBody>),
    Perhaps(String),
    Nothing,
}

fn found(tx: &mut Tx, code: &str, today: Date) -> Result<Found, StoreError> {
    let (unit, asked_code) = match queries::meaning(tx, code)? {
        Meaning::Current(unit) => (unit, None),
        Meaning::Former(unit) => (unit, Some(code.trim().to_owned())),
        Meaning::Perhaps(unit) => return Ok(Found::Perhaps(unit.code.to_string())),
        Meaning::Unknown => return Ok(Found::Nothing),
    };
    let mut path = queries::path(tx, unit.id)?;
    path.pop();
    let codes = queries::codes(tx, unit.id)?;
    Ok(Found::Unit(Box::new(OneBody {
        asked_code,
        codes: codes
            .into_iter()
            .filter(|known| known.standing != "current")
            .map(|known| CodeBody { code: known.code.to_string(), standing: known.standing })
            .collect(),
        former_names: queries::former_names(tx, unit.id)?
            .into_iter()
            .map(|former| NameBody { name: former.name.to_string(), valid_to: former.valid_to })
            .collect(),
        path: path.into_iter().map(|above| above.code.to_string()).collect(),
        successors: queries::successors(tx, unit.id, today)?.iter().map(HeirBody::of).collect(),
        unit: UnitBody::of(&unit, today),
    })))
}

impl UnitBody {
    fn of(unit: &Unit, today: Date) -> UnitBody {
        let standing = unit.standing(today);
        UnitBody {
            code: unit.code.to_string(),
            name: unit.name.to_string(),
            short_name: unit.short_name.as_ref().map(ToString::to_string),
            kind: unit.kind,
            level: unit.level,
            parent: unit.code.parent().map(String::from),
            valid_from: unit.valid_from,
            valid_to: unit.valid_to,
            standing,
            closed: standing == Standing::Closed,
            provisional: unit.provisional,
            province_gso: unit.province_gso.clone(),
            commune_gso: unit.commune_gso.clone(),
            contact: unit.contact.clone(),
            note: unit.note.clone(),
        }
    }
}

impl HeirBody {
    fn of(heir: &HeirUnit) -> HeirBody {
        HeirBody {
            code: heir.unit.code.to_string(),
            name: heir.unit.name.to_string(),
            matter: heir.matter.clone(),
        }
    }
}
