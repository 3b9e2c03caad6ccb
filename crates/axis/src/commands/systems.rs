//! Systems of agencies: who they are, whom they speak for, what they prove themselves with.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 13

use identity::Scribe;
use jiff::{SignedDuration, Timestamp};
use organisations::Code;
use platform::Ctx;
use platform::store::Tx;
use platform::vault::Place;
use serde_json::json;

use super::{leaving, rerouting};
use crate::party::{self, Party};
use crate::refusal::Refusal;
use crate::secret::Secret;
use crate::secrets;
use crate::store::systems::{self as store, System};
use crate::system::SystemId;
use crate::system_fault::SystemRefusal;

/// So long the secret before a new one still opens, unless somebody says otherwise.
pub const OVERLAP_HOURS: i64 = 24;
/// A leaked one must not open for ever.
const OVERLAP_HOURS_MAX: i64 = 24 * 30;
const NAME_MAX: usize = 200;
const AGENCIES_MAX: usize = 5_000;

/// A system to be.
#[derive(Debug, Clone)]
pub struct NewSystem {
    pub id: SystemId,
    /// What people call it; empty: its id.
    pub name: String,
    /// Codes of the agencies that it speaks for.
    pub agencies: Vec<String>,
    /// One that it has already; none: it is made.
    pub secret: Option<Secret>,
    pub registers: bool,
}

/// What may be changed about one, as it was when the person saw it.
#[derive(Debug, Clone)]
pub struct Change {
    pub version: i64,
    pub name: String,
    pub agencies: Vec<String>,
    pub registers: bool,
}

/// Where the sealed secrets of a system stand.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Drawer {
    Present,
    Former,
}

/// Enters a system and returns its secret: the only time that it is seen.
pub async fn add(ctx: &Ctx, scribe: &Scribe, new: NewSystem) -> Result<Secret, Refusal> {
    let name = name_of(&new.name, &new.id)?;
    let secret = new.secret.clone().unwrap_or_else(|| Secret::make(&ctx.ids));
    let sealed = ctx.vault.seal(Drawer::Present.place(&new.id), secret.bytes())?;
    let (scribe, own) = (scribe.clone(), ctx.clone());
    let added = ctx.store.write::<_, Refusal, _>(move |tx| {
        let at = scribe.now;
        if !store::insert(tx, (&new.id, &name), (&sealed, new.registers), at)? {
            return Err(SystemRefusal::Taken { id: new.id.to_string() }.into());
        }
        let agencies = agencies(tx, &new.agencies)?;
        for agency in &agencies {
            store::add_agency(tx, &new.id, agency, at)?;
        }
        let keys: Vec<&str> = agencies.iter().map(|agency| agency.key.as_str()).collect();
        rerouting::follow(tx, &own, &scribe, &keys)?;
        let codes: Vec<&str> = agencies.iter().map(|agency| agency.code.as_str()).collect();
        let detail = json!({ "name": name, "agencies": codes, "registers": new.registers });
        note(tx, &scribe, "axis.system-add", (&new.id, detail))
    });
    added.await?;
    secrets::changed();
    Ok(secret)
}

/// Changes its name, whom it speaks for and whether it enters agencies. What waits for an agency
/// for which nobody speaks any more looks for another way.
pub async fn change(
    ctx: &Ctx,
    scribe: &Scribe,
    id: SystemId,
    change: Change,
) -> Result<(), Refusal> {
    let name = name_of(&change.name, &id)?;
    let (scribe, own) = (scribe.clone(), ctx.clone());
    let changed = ctx.store.write::<_, Refusal, _>(move |tx| {
        known(tx, &id)?;
        if !store::describe(tx, (&id, change.version), (&name, change.registers))? {
            return Err(SystemRefusal::ChangedMeanwhile.into());
        }
        let before = store::agencies(tx, &id)?;
        let after = agencies(tx, &change.agencies)?;
        let gone = before.iter().filter(|old| after.iter().all(|new| new.key != old.agency));
        let mut removed = Vec::new();
        for old in gone {
            store::remove_agency(tx, &id, &old.agency)?;
            leaving::mailbox(tx, &own, &old.agency)?;
            removed.push(old.code.as_str());
        }
        let (mut added, mut keys) = (Vec::new(), Vec::new());
        for new in &after {
            if store::add_agency(tx, &id, new, scribe.now)? {
                added.push(new.code.as_str());
                keys.push(new.key.as_str());
            }
        }
        rerouting::follow(tx, &own, &scribe, &keys)?;
        let registers = change.registers;
        let detail =
            json!({ "name": name, "added": added, "removed": removed, "registers": registers });
        note(tx, &scribe, "axis.system-change", (&id, detail))
    });
    changed.await?;
    secrets::changed();
    Ok(())
}

/// Shuts a system out, or lets it in again; what waits for it goes on waiting.
pub async fn suspend(
    ctx: &Ctx,
    scribe: &Scribe,
    id: SystemId,
    suspended: bool,
) -> Result<(), Refusal> {
    let scribe = scribe.clone();
    let done = ctx.store.write::<_, Refusal, _>(move |tx| {
        let system = known(tx, &id)?;
        if system.suspended_at.is_some() == suspended {
            return Ok(());
        }
        let at = suspended.then_some(scribe.now);
        if !store::suspend(tx, (&id, system.version), at)? {
            return Err(SystemRefusal::ChangedMeanwhile.into());
        }
        let verb = if suspended { "axis.system-suspend" } else { "axis.system-resume" };
        note(tx, &scribe, verb, (&id, json!({})))
    });
    done.await?;
    secrets::changed();
    Ok(())
}

/// Gives a system another secret. The one before opens for so many hours more; none, when it may
/// have become known.
pub async fn renew_secret(
    ctx: &Ctx,
    scribe: &Scribe,
    id: SystemId,
    (given, overlap_hours): (Option<Secret>, i64),
) -> Result<Secret, Refusal> {
    if !(0..=OVERLAP_HOURS_MAX).contains(&overlap_hours) {
        return Err(SystemRefusal::OverlapUnfit { hours_max: OVERLAP_HOURS_MAX }.into());
    }
    let secret = given.unwrap_or_else(|| Secret::make(&ctx.ids));
    let sealed = ctx.vault.seal(Drawer::Present.place(&id), secret.bytes())?;
    let until = until(scribe.now, overlap_hours);
    let (scribe, vault) = (scribe.clone(), ctx.vault.clone());
    let renewed = ctx.store.write::<_, Refusal, _>(move |tx| {
        let version = known(tx, &id)?.version;
        let former = match (until, store::sealed(tx, &id)?) {
            (Some(until), Some(row)) => {
                let open = vault.open(Drawer::Present.place(&id), &row.secret)?;
                Some((vault.seal(Drawer::Former.place(&id), &open)?, until))
            }
            _ => None,
        };
        if !store::put_secret(tx, (&id, version), &sealed, former)? {
            return Err(SystemRefusal::ChangedMeanwhile.into());
        }
        let detail = json!({ "former_until": until });
        note(tx, &scribe, "axis.system-secret", (&id, detail))
    });
    renewed.await?;
    secrets::changed();
    Ok(secret)
}

impl Drawer {
    pub(crate) fn place(self, id: &SystemId) -> Place<'_> {
        let column = match self {
            Drawer::Present => "secret",
            Drawer::Former => "former_secret",
        };
        Place { table: "axis_system", column, row: id.as_str().as_bytes() }
    }
}

fn until(now: Timestamp, overlap_hours: i64) -> Option<Timestamp> {
    let until = now.checked_add(SignedDuration::from_hours(overlap_hours)).ok();
    until.filter(|_| overlap_hours > 0)
}

fn name_of(typed: &str, id: &SystemId) -> Result<String, Refusal> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().count() > NAME_MAX {
        return Err(SystemRefusal::NameTooLong { limit: NAME_MAX }.into());
    }
    Ok(if name.is_empty() { id.to_string() } else { name })
}

fn known(tx: &mut Tx, id: &SystemId) -> Result<System, Refusal> {
    store::one(tx, id)?.ok_or_else(|| SystemRefusal::Unknown { id: id.to_string() }.into())
}

/// What the codes mean, each agency once.
fn agencies(tx: &mut Tx, codes: &[String]) -> Result<Vec<Party>, Refusal> {
    let mut found: Vec<Party> = Vec::new();
    for code in codes.iter().filter(|code| !code.trim().is_empty()) {
        Code::receive(code)
            .map_err(|_| SystemRefusal::AgencyUnfit { code: code.trim().to_owned() })?;
        let agency = party::of(tx, code)?;
        if found.iter().all(|known| known.key != agency.key) {
            found.push(agency);
        }
    }
    match found.len() {
        0 => Err(SystemRefusal::NoAgency.into()),
        count if count > AGENCIES_MAX => {
            Err(SystemRefusal::TooManyAgencies { limit: AGENCIES_MAX }.into())
        }
        _ => Ok(found),
    }
}

fn note(
    tx: &mut Tx,
    scribe: &Scribe,
    verb: &'static str,
    (id, detail): (&SystemId, serde_json::Value),
) -> Result<(), Refusal> {
    Ok(scribe.note_over(tx, None, (verb, format!("axis-system:{id}")), detail)?)
}
