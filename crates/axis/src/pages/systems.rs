//! /quan-tri/truc/he-thong: the systems of agencies, whom each speaks for, and what they ask about
//! the catalogue of agencies.

use askama::Template;
use axum::extract::{Path, State};
use identity::{Actor, Right, desk};
use platform::Ctx;
use platform::web::form::Errors;
use platform::web::pieces::{Tag, Tone};
use platform::web::{Page, Problem, View};

use super::system_forms::change_fields;
use crate::queries;
use crate::refusal::Refusal;
use crate::store::requests::{AgencyRequest, REGISTER};
use crate::store::systems::{System, SystemAgency};
use crate::system::SystemId;

pub(super) const PLACE: &str = "/quan-tri/truc/he-thong";
const REQUESTS_SHOWN: i64 = 100;

/// Systems are for the whole installation: for others there is nothing here.
pub(super) fn may_manage(actor: &Actor) -> Result<(), Problem> {
    match actor.has_everywhere(Right::ManageAxis) {
        true => Ok(()),
        false => Err(Problem::not_found()),
    }
}

pub(super) async fn at_desk(view: &View, actor: &Actor, page: Page) -> Page {
    page.menu(desk(view, actor).await)
}

/// The address of a system's page; an id may hold what has a meaning in addresses.
pub(super) fn place_of(id: &SystemId) -> String {
    let mut place = format!("{PLACE}/");
    for byte in id.as_str().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'_' | b'-' => {
                place.push(char::from(byte));
            }
            byte => place.push_str(&format!("%{byte:02X}")),
        }
    }
    place
}

pub(super) fn asked(id: &str) -> Result<SystemId, Problem> {
    SystemId::parse(id).map_err(|_| Problem::not_found())
}

#[derive(Template)]
#[template(path = "systems.html")]
struct SystemsTemplate<'a> {
    view: &'a View,
    rows: Vec<Row>,
    requests: Vec<RequestRow>,
}

struct Row {
    place: String,
    id: String,
    name: String,
    agencies: String,
    seen: String,
    state: Tag,
}

struct RequestRow {
    id: uuid::Uuid,
    system: String,
    what: String,
    code: String,
    name: String,
    above: String,
    at: String,
}

pub(crate) async fn list(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let (systems, requests) = read(&ctx).await?;
    let template = SystemsTemplate {
        view: &view,
        rows: systems.iter().map(|(system, agencies)| row(&view, system, agencies)).collect(),
        requests: requests.iter().map(|request| request_row(&view, request)).collect(),
    };
    let page = Page::new(&view, view.t("axis-systems"), &template)?.wide().back("/quan-tri/truc");
    Ok(at_desk(&view, &actor, page).await)
}

type Listed = (Vec<(System, Vec<SystemAgency>)>, Vec<AgencyRequest>);

async fn read(ctx: &Ctx) -> Result<Listed, Refusal> {
    let read = ctx.store.read::<_, Refusal, _>(|tx| {
        Ok((queries::systems(tx)?, queries::agency_requests(tx, REQUESTS_SHOWN)?))
    });
    read.await
}

fn row(view: &View, system: &System, agencies: &[SystemAgency]) -> Row {
    const SHOWN: usize = 5;
    let mut codes: Vec<&str> = agencies.iter().map(|agency| agency.code.as_str()).collect();
    let more = codes.len() > SHOWN;
    codes.truncate(SHOWN);
    Row {
        place: place_of(&system.id),
        id: system.id.to_string(),
        name: system.name.clone(),
        agencies: codes.join(", ") + if more { " …" } else { "" },
        seen: seen(view, system),
        state: state(view, system),
    }
}

fn seen(view: &View, system: &System) -> String {
    system.seen_at.map_or_else(|| view.t("axis-system-never"), |at| view.speech.date_time(at))
}

fn state(view: &View, system: &System) -> Tag {
    let (tone, word) = match (system.suspended_at, system.seen_at) {
        (Some(_), _) => (Tone::Bad, "axis-system-suspended"),
        (None, None) => (Tone::Plain, "axis-system-new"),
        (None, Some(_)) => (Tone::Good, "axis-system-open"),
    };
    Tag::new(tone, view.t(word))
}

fn request_row(view: &View, request: &AgencyRequest) -> RequestRow {
    let register = request.act == REGISTER;
    RequestRow {
        id: request.id,
        system: request.system.to_string(),
        what: view.t(if register { "axis-request-register" } else { "axis-request-delete" }),
        code: request.code.clone(),
        name: request.name.clone(),
        above: request.above.clone(),
        at: view.speech.date_time(request.asked_at),
    }
}

#[derive(Template)]
#[template(path = "system.html")]
struct SystemTemplate<'a> {
    view: &'a View,
    system: &'a System,
    place: String,
    state: Tag,
    facts: Vec<(String, String)>,
    agencies: Vec<AgencyRow>,
    fields: Vec<platform::web::form::Field>,
}

struct AgencyRow {
    code: String,
    name: String,
    since: String,
}

pub(crate) async fn show(
    view: View,
    State(ctx): State<Ctx>,
    actor: Actor,
    Path(id): Path<String>,
) -> Result<Page, Problem> {
    may_manage(&actor)?;
    let (system, agencies) = found(&ctx, asked(&id)?).await?;
    let template = SystemTemplate {
        place: place_of(&system.id),
        state: state(&view, &system),
        facts: facts(&view, &system),
        fields: change_fields(&view, (&system, &agencies), &Errors::new()),
        agencies: agency_rows(&view, &ctx, agencies).await?,
        view: &view,
        system: &system,
    };
    let page = Page::new(&view, system.id.to_string(), &template)?.back(PLACE);
    Ok(at_desk(&view, &actor, page).await)
}

/// Unknown ones are not there.
pub(super) async fn found(ctx: &Ctx, id: SystemId) -> Result<(System, Vec<SystemAgency>), Problem> {
    ctx.store.read(move |tx| queries::system(tx, &id)).await?.ok_or_else(Problem::not_found)
}

fn facts(view: &View, system: &System) -> Vec<(String, String)> {
    let time = |at| view.speech.date_time(at);
    let power = match system.registers {
        true => "axis-system-registers-yes",
        false => "axis-system-registers-no",
    };
    let mut facts = vec![
        (view.t("axis-system-name"), system.name.clone()),
        (view.t("axis-system-made"), time(system.made_at)),
        (view.t("axis-system-seen"), seen(view, system)),
        (view.t("axis-system-registers"), view.t(power)),
    ];
    if let Some(at) = system.suspended_at {
        facts.push((view.t("axis-system-suspended-at"), time(at)));
    }
    if let Some(until) = system.former_until.filter(|until| *until > view.now) {
        facts.push((view.t("axis-system-former-until"), time(until)));
    }
    facts
}

async fn agency_rows(
    view: &View,
    ctx: &Ctx,
    agencies: Vec<SystemAgency>,
) -> Result<Vec<AgencyRow>, Problem> {
    let read = ctx.store.read::<_, Refusal, _>(move |tx| {
        let mut named = Vec::with_capacity(agencies.len());
        for agency in &agencies {
            let unit = agency.unit.map(organisations::UnitId);
            let name = match unit {
                Some(unit) => organisations::queries::unit_name(tx, unit)?,
                None => String::new(),
            };
            named.push((agency.clone(), name));
        }
        Ok(named)
    });
    let unknown = view.t("axis-agency-unexplained");
    let row = |(agency, name): (SystemAgency, String)| AgencyRow {
        code: agency.code,
        name: if name.is_empty() { unknown.clone() } else { name },
        since: view.speech.date_time(agency.since),
    };
    Ok(read.await?.into_iter().map(row).collect())
}
