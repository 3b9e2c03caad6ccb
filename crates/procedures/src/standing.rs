//! What may become of a version, and of the others of its procedure with it. Pure: entries in,
//! the entries that change out.
//!
//! One version at most is in force at any instant. A dossier keeps the version it began with,
//! whatever happens here.
//!
//! Law: NĐ 63/2010/NĐ-CP art. 15

use jiff::Timestamp;

use crate::completeness;
use crate::procedure::{Entry, Status, VersionId};
use crate::refusal::Refusal;

/// Puts a draft in force from an instant on, past or future. What was in force ends there.
pub fn publish(entries: &[Entry], id: VersionId, from: Timestamp) -> Result<Vec<Entry>, Refusal> {
    let draft = find(entries, id)?;
    if draft.status != Status::Draft {
        return Err(Refusal::NotADraft);
    }
    let missing: Vec<_> = completeness::check(&draft.version).missing().collect();
    if !missing.is_empty() {
        return Err(Refusal::Incomplete { missing });
    }
    put_in_force(entries, draft, from)
}

/// As [`publish`], for texts that the State has published already, complete or not.
pub fn put_in_force(
    entries: &[Entry],
    draft: &Entry,
    from: Timestamp,
) -> Result<Vec<Entry>, Refusal> {
    let mut changed = Vec::new();
    for other in entries.iter().filter(|entry| entry.status != Status::Draft) {
        let begins = other.effective_from.unwrap_or(from);
        if begins >= from {
            return Err(Refusal::LaterVersionThere { number: other.number });
        }
        if other.effective_to.is_none_or(|to| to > from) {
            // What was suspended stays so for the time it was; the new version ends it.
            changed.push(Entry { effective_to: Some(from), ..other.clone() });
        }
    }
    changed.push(Entry {
        status: Status::Published,
        effective_from: Some(from),
        effective_to: None,
        ..draft.clone()
    });
    Ok(changed)
}

/// Takes the version in force out of use for a time.
pub fn suspend(entries: &[Entry], id: VersionId, now: Timestamp) -> Result<Vec<Entry>, Refusal> {
    let entry = find(entries, id)?;
    if entry.status != Status::Published || !entry.is_current(now) {
        return Err(Refusal::NotInForce);
    }
    Ok(vec![Entry { status: Status::Suspended, ..entry.clone() }])
}

/// Brings a suspended version back.
pub fn resume(entries: &[Entry], id: VersionId, now: Timestamp) -> Result<Vec<Entry>, Refusal> {
    let entry = find(entries, id)?;
    let is_over = entry.effective_to.is_some_and(|to| to <= now);
    if entry.status != Status::Suspended || is_over {
        return Err(Refusal::NotSuspended);
    }
    Ok(vec![Entry { status: Status::Published, ..entry.clone() }])
}

/// Ends the procedure from an instant on. Until then it stays in force.
pub fn abolish(
    entries: &[Entry],
    id: VersionId,
    from: Timestamp,
    now: Timestamp,
) -> Result<Vec<Entry>, Refusal> {
    let entry = find(entries, id)?;
    let is_open = matches!(entry.status, Status::Published | Status::Suspended)
        && entry.effective_to.is_none_or(|to| to > now);
    if !is_open {
        return Err(Refusal::NotInForce);
    }
    if entry.effective_from.is_some_and(|begins| from <= begins) {
        return Err(Refusal::EndsBeforeItBegins);
    }
    if entry.effective_to.is_some() {
        return Err(Refusal::LaterVersionThere { number: entry.number + 1 });
    }
    Ok(vec![Entry { status: Status::Abolished, effective_to: Some(from), ..entry.clone() }])
}

pub fn find(entries: &[Entry], id: VersionId) -> Result<&Entry, Refusal> {
    entries.iter().find(|entry| entry.id == id).ok_or(Refusal::NoSuchVersion)
}
