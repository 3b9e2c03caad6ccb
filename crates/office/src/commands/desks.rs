//! The desk of an agency, its plan of books and its groups of recipients.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 6, art. 15

use identity::{Actor, Right, Scribe};
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use serde_json::json;
use uuid::Uuid;

use crate::book::{Plan, PlanLine};
use crate::desk::Facts;
use crate::errands::ARRIVED;
use crate::recipient::{Member, NAME_LETTERS_MAX, RECIPIENTS_MAX};
use crate::refusal::Refusal;
use crate::store::{books, desks, recipients};

/// Opens an agency's desk, or changes what its documents say about it: from now on the axis tells
/// it what arrives.
pub async fn open(ctx: &Ctx, actor: &Actor, (unit, facts): (UnitId, Facts)) -> Result<(), Refusal> {
    let (store, scribe) = (ctx.store.clone(), Scribe::of(ctx, actor));
    let (ctx, actor) = (ctx.clone(), actor.clone());
    store
        .write(move |tx| {
            manages(tx, &actor, unit)?;
            open_in(tx, &ctx, &scribe, (unit, &facts))
        })
        .await
}

/// The same inside a unit of work, for whoever sits at the machine.
pub fn open_in(
    tx: &mut Tx,
    ctx: &Ctx,
    scribe: &Scribe,
    (unit, facts): (UnitId, &Facts),
) -> Result<(), Refusal> {
    let facts = facts.checked()?;
    desks::open(tx, unit, &facts, (scribe.now, &scribe.name))?;
    axis::commands::open_desk(tx, ctx, unit, (scribe, ARRIVED))?;
    let detail = json!({ "abbreviation": facts.abbreviation, "part": facts.part });
    Ok(scribe.note_over(tx, Some(unit), ("office.open-desk", object(unit)), detail)?)
}

pub async fn close(ctx: &Ctx, actor: &Actor, unit: UnitId) -> Result<(), Refusal> {
    let (store, scribe) = (ctx.store.clone(), Scribe::of(ctx, actor));
    let (ctx, actor) = (ctx.clone(), actor.clone());
    store
        .write(move |tx| {
            manages(tx, &actor, unit)?;
            if !desks::close(tx, unit, scribe.now)? {
                return Err(Refusal::NoDesk);
            }
            axis::commands::close_desk(tx, &ctx, unit, &scribe)?;
            let told = ("office.close-desk", object(unit));
            Ok(scribe.note_over(tx, Some(unit), told, json!({}))?)
        })
        .await
}

/// From that day on the unit keeps these books; what was numbered before stays where it is.
pub async fn plan(
    ctx: &Ctx,
    actor: &Actor,
    (unit, from): (UnitId, Date),
    lines: Vec<PlanLine>,
) -> Result<(), Refusal> {
    let plan = Plan { lines };
    plan.check()?;
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            manages(tx, &actor, unit)?;
            // A plan for a day that is over would say something else about numbers that were given.
            if from < local(scribe.now).date() {
                return Err(Refusal::NumberBackwards);
            }
            books::put_plan(tx, (unit, from), &plan, (scribe.now, &scribe.name))?;
            let books: Vec<&str> = plan.lines.iter().map(|line| line.code.as_str()).collect();
            let detail = json!({ "from": from, "books": books });
            Ok(scribe.note_over(tx, Some(unit), ("office.plan-books", object(unit)), detail)?)
        })
        .await
}

pub async fn make_group(
    ctx: &Ctx,
    actor: &Actor,
    (unit, name): (UnitId, &str),
) -> Result<Uuid, Refusal> {
    let name = name.trim().to_owned();
    if name.is_empty() {
        return Err(Refusal::NothingChosen { field: "name" });
    }
    if name.chars().count() > NAME_LETTERS_MAX {
        return Err(Refusal::TooLong { field: "name", limit: NAME_LETTERS_MAX });
    }
    let (scribe, actor, id) = (Scribe::of(ctx, actor), actor.clone(), ctx.ids.next());
    ctx.store
        .write(move |tx| {
            keeps_groups(tx, &actor, unit)?;
            if !recipients::insert_group(tx, (id, unit), &name)? {
                return Err(Refusal::GroupTaken);
            }
            note_group(tx, &scribe, unit, ("office.make-group", id))?;
            Ok(id)
        })
        .await
}

pub async fn end_group(
    ctx: &Ctx,
    actor: &Actor,
    (unit, id): (UnitId, Uuid),
) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            keeps_groups(tx, &actor, unit)?;
            if !recipients::end_group(tx, (id, unit), scribe.now)? {
                return Err(Refusal::Nothing);
            }
            note_group(tx, &scribe, unit, ("office.end-group", id))
        })
        .await
}

/// Agencies of the catalogue, by their codes, into a group.
pub async fn put_members(
    ctx: &Ctx,
    actor: &Actor,
    (unit, id): (UnitId, Uuid),
    codes: Vec<String>,
) -> Result<(), Refusal> {
    if codes.is_empty() {
        return Err(Refusal::NothingChosen { field: "code" });
    }
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            keeps_groups(tx, &actor, unit)?;
            own_group(tx, unit, id)?;
            for code in &codes {
                let found = organisations::queries::by_code(tx, code)?;
                let found = found.ok_or(Refusal::CodeUnknown)?;
                let (code, name) = (found.code.as_str().to_owned(), found.name.as_str().to_owned());
                recipients::put_member(tx, id, &Member { code, name })?;
            }
            if recipients::members(tx, id)?.len() > RECIPIENTS_MAX {
                return Err(Refusal::TooMany { field: "code", limit: RECIPIENTS_MAX });
            }
            note_group(tx, &scribe, unit, ("office.change-group", id))
        })
        .await
}

pub async fn remove_member(
    ctx: &Ctx,
    actor: &Actor,
    (unit, id): (UnitId, Uuid),
    code: &str,
) -> Result<(), Refusal> {
    let (scribe, actor, code) = (Scribe::of(ctx, actor), actor.clone(), code.to_owned());
    ctx.store
        .write(move |tx| {
            keeps_groups(tx, &actor, unit)?;
            own_group(tx, unit, id)?;
            recipients::remove_member(tx, id, &code)?;
            note_group(tx, &scribe, unit, ("office.change-group", id))
        })
        .await
}

fn own_group(tx: &mut Tx, unit: UnitId, id: Uuid) -> Result<(), Refusal> {
    match recipients::groups(tx, unit)?.iter().any(|group| group.id == id) {
        true => Ok(()),
        false => Err(Refusal::Nothing),
    }
}

fn note_group(
    tx: &mut Tx,
    scribe: &Scribe,
    unit: UnitId,
    (verb, id): (&'static str, Uuid),
) -> Result<(), Refusal> {
    let told = (verb, format!("office-group:{id}"));
    Ok(scribe.note_over(tx, Some(unit), told, json!({}))?)
}

fn object(unit: UnitId) -> String {
    format!("office-desk:{unit}")
}

/// For others there is nothing.
pub(crate) fn manages(tx: &mut Tx, actor: &Actor, unit: UnitId) -> Result<(), Refusal> {
    match actor.authority(tx, Right::ManageOffice, unit)? {
        Some(_) => Ok(()),
        None => Err(Refusal::Nothing),
    }
}

/// The unit's administrator, and the clerk who writes its addresses every day.
pub(crate) fn keeps_groups(tx: &mut Tx, actor: &Actor, unit: UnitId) -> Result<(), Refusal> {
    let is_clerk = actor.authority(tx, Right::RegisterDocuments, unit)?.is_some();
    match is_clerk || manages_any(tx, actor, unit)? {
        true => Ok(()),
        false => Err(Refusal::Nothing),
    }
}

fn manages_any(tx: &mut Tx, actor: &Actor, unit: UnitId) -> Result<bool, StoreError> {
    Ok(actor.authority(tx, Right::ManageOffice, unit)?.is_some())
}
