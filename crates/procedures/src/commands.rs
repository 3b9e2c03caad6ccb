//! What changes the catalogue. Each command is one unit: hold the catalogue, look, decide by the
//! rules of [`crate::standing`], write, audit.

use std::sync::Arc;

use identity::{Authority, Right};
use jiff::{SignedDuration, Timestamp};
use platform::audit::{self, Act};
use platform::ids::Ids;
use platform::store::{StoreError, Tx};
use platform::{Ctx, web};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::code::Code;
use crate::procedure::{Entry, Origin, ProcedureId, Status, VersionId};
use crate::refusal::Refusal;
use crate::version::Version;
use crate::{queries, standing, store};

/// Pages that show the catalogue depend on this topic.
pub const TOPIC: &str = "procedures";

/// Who acts: an officer with authority, or the program on behalf of whoever started it.
#[derive(Debug, Clone)]
pub(crate) struct By {
    account: Option<Uuid>,
    name: String,
    /// The unit over which the officer's authority holds.
    unit: Option<Uuid>,
}

impl By {
    pub(crate) fn program(name: &str) -> By {
        By { account: None, name: name.to_owned(), unit: None }
    }

    fn officer(authority: &Authority) -> By {
        By {
            account: Some(authority.actor().0),
            name: authority.actor_name().to_owned(),
            unit: Some(authority.over().0),
        }
    }
}

/// The version somebody saw, at the revision they saw it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub code: Code,
    pub version: VersionId,
    pub revision: i64,
}

/// Begins a draft as a copy of a version, or of nothing for a new code.
pub async fn draft(
    ctx: &Ctx,
    authority: &Authority,
    version: Version,
) -> Result<VersionId, Refusal> {
    let (ids, now) = (ctx.ids.clone(), ctx.clock.now());
    let authority = authority.clone();
    ctx.store
        .write(move |tx| {
            store::hold(tx)?;
            may(tx, &authority, &version)?;
            let code = version.code.clone();
            let entries = store::entries(tx, &code)?;
            if entries.iter().any(|entry| entry.status == Status::Draft) {
                return Err(Refusal::DraftWaiting);
            }
            let procedure = procedure_for(tx, &ids, &code)?;
            let draft = new_draft(&ids, procedure, &entries, (Origin::Hand, version.clone()));
            store::insert(tx, &draft, now)?;
            note(tx, (&ids, now), &By::officer(&authority), ("procedures.draft", &draft))?;
            Ok(draft.id)
        })
        .await
}

/// Replaces the text of a draft.
pub async fn rewrite(
    ctx: &Ctx,
    authority: &Authority,
    seen: Seen,
    version: Version,
) -> Result<(), Refusal> {
    change(ctx, authority, seen, "procedures.rewrite", move |entries, id, _| {
        let draft = standing::find(entries, id)?;
        if draft.status != Status::Draft {
            return Err(Refusal::NotADraft);
        }
        if *draft.version == version {
            return Err(Refusal::NothingChanged);
        }
        // From now on it is a person's: an import does not write over it.
        let version = Arc::new(version.clone());
        Ok(vec![Entry { version, origin: Origin::Hand, ..draft.clone() }])
    })
    .await
}

/// Puts a draft in force from an instant on.
pub async fn publish(
    ctx: &Ctx,
    authority: &Authority,
    seen: Seen,
    from: Timestamp,
) -> Result<(), Refusal> {
    change(ctx, authority, seen, "procedures.publish", move |entries, id, _| {
        standing::publish(entries, id, from)
    })
    .await
}

pub async fn suspend(ctx: &Ctx, authority: &Authority, seen: Seen) -> Result<(), Refusal> {
    change(ctx, authority, seen, "procedures.suspend", standing::suspend).await
}

pub async fn resume(ctx: &Ctx, authority: &Authority, seen: Seen) -> Result<(), Refusal> {
    change(ctx, authority, seen, "procedures.resume", standing::resume).await
}

/// Ends the procedure from an instant on.
pub async fn abolish(
    ctx: &Ctx,
    authority: &Authority,
    seen: Seen,
    from: Timestamp,
) -> Result<(), Refusal> {
    change(ctx, authority, seen, "procedures.abolish", move |entries, id, now| {
        standing::abolish(entries, id, from, now)
    })
    .await
}

/// Throws a draft away; the source records it was made of stay.
pub async fn discard(ctx: &Ctx, authority: &Authority, seen: Seen) -> Result<(), Refusal> {
    let (ids, now) = (ctx.ids.clone(), ctx.clock.now());
    let authority = authority.clone();
    ctx.store
        .write(move |tx| {
            let entries = look(tx, &seen)?;
            let draft = standing::find(&entries, seen.version)?;
            may(tx, &authority, &draft.version)?;
            if draft.status != Status::Draft {
                return Err(Refusal::NotADraft);
            }
            tx.execute(store::FREE_SOURCES, &[&draft.id.0])?;
            tx.execute(store::DELETE_DRAFT, &[&draft.id.0])?;
            note(tx, (&ids, now), &By::officer(&authority), ("procedures.discard", draft))
        })
        .await
}

/// Brings what the program ships: new procedures, and new texts of those it shipped before. What
/// people here changed or imported is not touched. Answers how many versions were written.
pub async fn ship(ctx: &Ctx, versions: Vec<Version>) -> Result<usize, Refusal> {
    let (ids, now) = (ctx.ids.clone(), ctx.clock.now());
    let by = By::program("lienthong");
    ctx.store
        .write(move |tx| {
            store::hold(tx)?;
            let mut written = 0;
            for version in &versions {
                written += usize::from(ship_one(tx, (&ids, now), &by, version)?);
            }
            Ok(written)
        })
        .await
}

fn ship_one(
    tx: &mut Tx,
    (ids, now): (&Ids, Timestamp),
    by: &By,
    version: &Version,
) -> Result<bool, Refusal> {
    let entries = store::entries(tx, &version.code)?;
    let untouched = entries.iter().all(|entry| entry.origin == Origin::Shipped);
    let is_there = entries.first().is_some_and(|newest| *newest.version == *version);
    if !untouched || is_there {
        return Ok(false);
    }
    let procedure = procedure_for(tx, ids, &version.code)?;
    let draft = new_draft(ids, procedure, &entries, (Origin::Shipped, version.clone()));
    let from = begins(&entries, version, now);
    publish_new(tx, (ids, now), by, Publishing { entries: &entries, draft, from })?;
    Ok(true)
}

/// The first version is in force since its decision; a later one from now on, and in any case
/// after the last began: every version has its time, be it a moment.
pub(crate) fn begins(entries: &[Entry], version: &Version, now: Timestamp) -> Timestamp {
    let last = entries.iter().filter_map(|entry| entry.effective_from).max();
    if let Some(last) = last {
        return now.max(last.saturating_add(MOMENT).unwrap_or(now));
    }
    let decided = version.decision.published.or(version.decision.date);
    match decided.map(|date| platform::clock::instant(date.at(0, 0, 0, 0))) {
        Some(from) if from < now => from,
        _ => now,
    }
}

/// What the store can tell apart.
const MOMENT: SignedDuration = SignedDuration::from_micros(1);

pub(crate) struct Publishing<'a> {
    pub entries: &'a [Entry],
    pub draft: Entry,
    pub from: Timestamp,
}

/// Writes a version that is in force at once.
pub(crate) fn publish_new(
    tx: &mut Tx,
    (ids, now): (&Ids, Timestamp),
    by: &By,
    publishing: Publishing<'_>,
) -> Result<VersionId, Refusal> {
    let Publishing { entries, draft, from } = publishing;
    let id = draft.id;
    for entry in standing::put_in_force(entries, &draft, from)? {
        if entry.id == id {
            store::insert(tx, &entry, now)?;
            note(tx, (ids, now), by, ("procedures.publish", &entry))?;
        } else {
            store::set_standing(tx, &entry, now)?;
        }
    }
    Ok(id)
}

pub(crate) fn procedure_for(
    tx: &mut Tx,
    ids: &Ids,
    code: &Code,
) -> Result<ProcedureId, StoreError> {
    if let Some(procedure) = store::procedure(tx, code)? {
        return Ok(ProcedureId(procedure.id));
    }
    let id = ids.next();
    tx.execute(store::INSERT_PROCEDURE, &[&id, &code.as_str()])?;
    Ok(ProcedureId(id))
}

pub(crate) fn new_draft(
    ids: &Ids,
    procedure: ProcedureId,
    entries: &[Entry],
    (origin, version): (Origin, Version),
) -> Entry {
    Entry {
        id: VersionId(ids.next()),
        procedure,
        number: entries.iter().map(|entry| entry.number).max().unwrap_or(0) + 1,
        status: Status::Draft,
        origin,
        effective_from: None,
        effective_to: None,
        version: Arc::new(version),
    }
}

/// Whether the authority is over the unit that keeps this version. What is not theirs is not there.
fn may(tx: &mut Tx, authority: &Authority, version: &Version) -> Result<(), Refusal> {
    let keeper = queries::keeper(tx, version)?.ok_or(Refusal::NoPublisher)?;
    let is_theirs = authority.right() == Right::ManageProcedures && authority.over() == keeper;
    if is_theirs { Ok(()) } else { Err(Refusal::NoSuchVersion) }
}

/// Holds the catalogue and reads the versions, if nobody changed them since they were seen.
fn look(tx: &mut Tx, seen: &Seen) -> Result<Vec<Entry>, Refusal> {
    store::hold(tx)?;
    let procedure = store::procedure(tx, &seen.code)?.ok_or(Refusal::NoSuchVersion)?;
    if tx.execute(store::REVISE, &[&procedure.id, &seen.revision])? == 0 {
        return Err(Refusal::ChangedMeanwhile);
    }
    Ok(store::entries(tx, &seen.code)?)
}

/// One change of one procedure: the rule says which entries become what.
async fn change<R>(
    ctx: &Ctx,
    authority: &Authority,
    seen: Seen,
    verb: &'static str,
    rule: R,
) -> Result<(), Refusal>
where
    R: Fn(&[Entry], VersionId, Timestamp) -> Result<Vec<Entry>, Refusal> + Send + 'static,
{
    let (ids, now) = (ctx.ids.clone(), ctx.clock.now());
    let authority = authority.clone();
    ctx.store
        .write(move |tx| {
            let entries = look(tx, &seen)?;
            may(tx, &authority, &standing::find(&entries, seen.version)?.version)?;
            for entry in rule(&entries, seen.version, now)? {
                if entry.status == Status::Draft {
                    // Rewritten, it may name another publisher: that one must be theirs, too.
                    may(tx, &authority, &entry.version)?;
                    store::rewrite_draft(tx, &entry, now)?;
                } else {
                    store::set_standing(tx, &entry, now)?;
                }
                if entry.id == seen.version {
                    note(tx, (&ids, now), &By::officer(&authority), (verb, &entry))?;
                }
            }
            Ok(())
        })
        .await
}

/// The audit row of a change, and the sign to kept pages that they are old.
pub(crate) fn note(
    tx: &mut Tx,
    (ids, now): (&Ids, Timestamp),
    by: &By,
    (verb, entry): (&'static str, &Entry),
) -> Result<(), Refusal> {
    web::cache::changed(tx, TOPIC, now)?;
    let act = Act {
        id: ids.next(),
        at: now,
        actor: by.account,
        actor_name: by.name.clone(),
        unit: by.unit,
        verb,
        object: format!("procedure:{}", entry.version.code),
        detail: detail(entry),
    };
    Ok(audit::record(tx, &act)?)
}

fn detail(entry: &Entry) -> Value {
    json!({
        "version": entry.id.0,
        "number": entry.number,
        "status": entry.status.as_str(),
        "origin": entry.origin.as_str(),
        "effective_from": entry.effective_from.map(|at| at.to_string()),
        "effective_to": entry.effective_to.map(|at| at.to_string()),
        "decision": entry.version.decision.number,
    })
}
