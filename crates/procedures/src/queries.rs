//! What other capabilities and the pages ask of the catalogue.

use jiff::Timestamp;
use platform::store::{StoreError, Tx};

use crate::code::Code;
use crate::import::Doubt;
use crate::listing::Listing;
use crate::procedure::{Entry, Origin, Status, VersionId};
use crate::store::{self, ManagedRow};

/// The version in force now; none when there is no such procedure, or it is not in force.
pub fn current(tx: &mut Tx, code: &Code, now: Timestamp) -> Result<Option<Entry>, StoreError> {
    store::current(tx, code, now)
}

/// A version by its id, whatever became of it: a dossier keeps the one it began with.
pub fn version(tx: &mut Tx, id: VersionId) -> Result<Option<Entry>, StoreError> {
    store::entry_by_id(tx, id)
}

/// All versions of a procedure, drafts included, the newest first.
pub fn versions(tx: &mut Tx, code: &Code) -> Result<Vec<Entry>, StoreError> {
    store::entries(tx, code)
}

/// The revision that a change must name.
pub fn revision(tx: &mut Tx, code: &Code) -> Result<Option<i64>, StoreError> {
    Ok(store::procedure(tx, code)?.map(|procedure| procedure.revision))
}

/// Rises with every change of the catalogue, in any process.
pub fn generation(tx: &mut Tx) -> Result<i64, StoreError> {
    store::generation(tx)
}

/// What the reader doubted about the source of a version.
pub fn doubts(tx: &mut Tx, id: VersionId) -> Result<Vec<Doubt>, StoreError> {
    let row: Option<(String,)> = tx.opt(store::DOUBTS, &[&id.0])?;
    Ok(row.and_then(|(text,)| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// A line of the administrators' list: the newest version of a procedure.
#[derive(Debug, Clone, PartialEq)]
pub struct Managed {
    pub code: Code,
    pub version: VersionId,
    pub number: i64,
    pub status: Status,
    pub origin: Origin,
    pub effective_from: Option<Timestamp>,
    pub effective_to: Option<Timestamp>,
    pub publisher: Option<String>,
    pub listing: Listing,
    pub changed_at: Timestamp,
}

/// Which lines are wanted.
#[derive(Debug, Clone, Default)]
pub struct ManagedFilter {
    pub after: String,
    pub status: Option<Status>,
    pub code: Option<Code>,
    pub publisher: Option<String>,
}

/// A page of the list in the order of codes.
pub fn managed(
    tx: &mut Tx,
    filter: &ManagedFilter,
    limit: i64,
) -> Result<Vec<Managed>, StoreError> {
    let status = filter.status.map(Status::as_str);
    let code = filter.code.as_ref().map(Code::as_str);
    let rows: Vec<ManagedRow> =
        tx.all(store::MANAGED, &[&filter.after, &status, &code, &filter.publisher, &limit])?;
    rows.into_iter().map(managed_line).collect()
}

fn managed_line(row: ManagedRow) -> Result<Managed, StoreError> {
    let wrong = |what: &str| StoreError::Other { reason: format!("procedures: unreadable {what}") };
    Ok(Managed {
        code: Code::parse(&row.code).map_err(|_| wrong("code"))?,
        version: VersionId(row.id),
        number: row.number,
        status: Status::parse(&row.status).ok_or_else(|| wrong("status"))?,
        origin: Origin::parse(&row.origin).ok_or_else(|| wrong("origin"))?,
        effective_from: row.effective_from,
        effective_to: row.effective_to,
        publisher: row.publisher,
        listing: store::listing(&row.listing)?,
        changed_at: row.changed_at,
    })
}

/// How many procedures stand where.
pub fn counts(tx: &mut Tx) -> Result<Vec<(Status, i64)>, StoreError> {
    let rows: Vec<(String, i64)> = tx.all(store::COUNT_BY_STATUS, &[])?;
    Ok(rows
        .into_iter()
        .filter_map(|(status, count)| Some((Status::parse(&status)?, count)))
        .collect())
}
