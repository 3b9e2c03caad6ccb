//! All SQL of the catalogue, and rows as entries.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::code::Code;
use crate::kept;
use crate::listing::Listing;
use crate::procedure::{Entry, Origin, ProcedureId, Status, VersionId};
use crate::version::Version;

pub const HOLD: &str = "UPDATE procedures_catalogue SET generation = generation + 1
    WHERE id = 1 RETURNING generation";
pub const GENERATION: &str = "SELECT generation FROM procedures_catalogue WHERE id = 1";
pub const PROCEDURE: &str = "SELECT id, code, revision FROM procedures_procedure WHERE code = $1";
pub const INSERT_PROCEDURE: &str =
    "INSERT INTO procedures_procedure (id, code, revision) VALUES ($1, $2, 0)";
pub const REVISE: &str = "UPDATE procedures_procedure SET revision = revision + 1
    WHERE id = $1 AND revision = $2";
pub const INSERT_VERSION: &str = "INSERT INTO procedures_version (id, procedure, number, status,
        origin, effective_from, effective_to, publisher, folded, body, listing, changed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
pub const REWRITE_DRAFT: &str = "UPDATE procedures_version
    SET origin = $2, publisher = $3, folded = $4, body = $5, listing = $6, changed_at = $7
    WHERE id = $1 AND status = 'draft'";
pub const DELETE_DRAFT: &str = "DELETE FROM procedures_version WHERE id = $1 AND status = 'draft'";
pub const FREE_SOURCES: &str = "UPDATE procedures_source SET version = NULL WHERE version = $1";
pub const SET_STANDING: &str = "UPDATE procedures_version
    SET status = $2, effective_from = $3, effective_to = $4, changed_at = $5 WHERE id = $1";
const ENTRY_BY_ID: &str = "SELECT v.id, v.procedure, v.number, v.status, v.origin,
        v.effective_from, v.effective_to, v.body
    FROM procedures_version v WHERE v.id = $1";
const ENTRIES_BY_CODE: &str = "SELECT v.id, v.procedure, v.number, v.status, v.origin,
        v.effective_from, v.effective_to, v.body
    FROM procedures_version v JOIN procedures_procedure p ON p.id = v.procedure
    WHERE p.code = $1 ORDER BY v.number DESC";
const CURRENT_BY_CODE: &str = "SELECT v.id, v.procedure, v.number, v.status, v.origin,
        v.effective_from, v.effective_to, v.body
    FROM procedures_version v JOIN procedures_procedure p ON p.id = v.procedure
    WHERE p.code = $1 AND v.status IN ('published', 'abolished') AND v.effective_from <= $2
        AND (v.effective_to IS NULL OR v.effective_to > $2)
    ORDER BY v.number DESC";
/// What the search keeps: every published version that is not over yet.
pub const LISTED: &str = "SELECT p.code, v.id, v.listing, v.effective_from, v.effective_to
    FROM procedures_version v JOIN procedures_procedure p ON p.id = v.procedure
    WHERE v.status IN ('published', 'abolished')
        AND (v.effective_to IS NULL OR v.effective_to > $1)
    ORDER BY p.code, v.number";
/// A page of the catalogue for administrators: the newest version of each procedure, by code.
pub const MANAGED: &str = "SELECT p.code, v.id, v.number, v.status, v.origin, v.effective_from,
        v.effective_to, v.publisher, v.listing, v.changed_at
    FROM procedures_procedure p JOIN procedures_version v ON v.procedure = p.id
    WHERE v.number = (SELECT MAX(n.number) FROM procedures_version n WHERE n.procedure = p.id)
        AND p.code > $1
        AND (CAST($2 AS TEXT) IS NULL OR v.status = $2)
        AND (CAST($3 AS TEXT) IS NULL OR v.folded LIKE $3)
        AND (CAST($4 AS TEXT) IS NULL OR $4 LIKE '%,' || v.publisher || ',%')
    ORDER BY p.code LIMIT $5";
pub const COUNT_BY_STATUS: &str = "SELECT v.status, COUNT(*)
    FROM procedures_procedure p JOIN procedures_version v ON v.procedure = p.id
    WHERE v.number = (SELECT MAX(n.number) FROM procedures_version n WHERE n.procedure = p.id)
        AND (CAST($1 AS TEXT) IS NULL OR v.folded LIKE $1)
        AND (CAST($2 AS TEXT) IS NULL OR $2 LIKE '%,' || v.publisher || ',%')
    GROUP BY v.status";
pub const SOURCE_SEEN: &str =
    "SELECT 1 FROM procedures_source WHERE procedure = $1 AND sha256 = $2";
pub const INSERT_SOURCE: &str = "INSERT INTO procedures_source (id, procedure, version, format,
        sha256, body, doubts, read_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (procedure, sha256) DO NOTHING";
pub const DOUBTS: &str =
    "SELECT doubts FROM procedures_source WHERE version = $1 ORDER BY read_at DESC, id DESC";

record! {
    pub struct ProcedureRow {
        pub id: Uuid,
        pub code: String,
        pub revision: i64,
    }
}

record! {
    struct EntryRow {
        id: Uuid,
        procedure: Uuid,
        number: i64,
        status: String,
        origin: String,
        effective_from: Option<Timestamp>,
        effective_to: Option<Timestamp>,
        body: String,
    }
}

record! {
    pub struct ListedRow {
        pub code: String,
        pub id: Uuid,
        pub listing: String,
        pub effective_from: Option<Timestamp>,
        pub effective_to: Option<Timestamp>,
    }
}

record! {
    pub struct ManagedRow {
        pub code: String,
        pub id: Uuid,
        pub number: i64,
        pub status: String,
        pub origin: String,
        pub effective_from: Option<Timestamp>,
        pub effective_to: Option<Timestamp>,
        pub publisher: Option<String>,
        pub listing: String,
        pub changed_at: Timestamp,
    }
}

/// The first statement of every change: from here on nobody else changes the catalogue.
pub fn hold(tx: &mut Tx) -> Result<i64, StoreError> {
    tx.one(HOLD, &[]).map(|(generation,)| generation)
}

pub fn generation(tx: &mut Tx) -> Result<i64, StoreError> {
    tx.one(GENERATION, &[]).map(|(generation,)| generation)
}

pub fn procedure(tx: &mut Tx, code: &Code) -> Result<Option<ProcedureRow>, StoreError> {
    tx.opt(PROCEDURE, &[&code.as_str()])
}

/// All versions of a procedure, the newest first.
pub fn entries(tx: &mut Tx, code: &Code) -> Result<Vec<Entry>, StoreError> {
    let rows: Vec<EntryRow> = tx.all(ENTRIES_BY_CODE, &[&code.as_str()])?;
    rows.into_iter().map(entry).collect()
}

pub fn current(tx: &mut Tx, code: &Code, at: Timestamp) -> Result<Option<Entry>, StoreError> {
    let row: Option<EntryRow> = tx.opt(CURRENT_BY_CODE, &[&code.as_str(), &at])?;
    row.map(entry).transpose()
}

pub fn entry_by_id(tx: &mut Tx, id: VersionId) -> Result<Option<Entry>, StoreError> {
    let row: Option<EntryRow> = tx.opt(ENTRY_BY_ID, &[&id.0])?;
    row.map(entry).transpose()
}

fn entry(row: EntryRow) -> Result<Entry, StoreError> {
    Ok(Entry {
        id: VersionId(row.id),
        procedure: ProcedureId(row.procedure),
        number: row.number,
        status: Status::parse(&row.status).ok_or_else(|| unreadable("status"))?,
        origin: Origin::parse(&row.origin).ok_or_else(|| unreadable("origin"))?,
        effective_from: row.effective_from,
        effective_to: row.effective_to,
        version: kept::version(row.id, row.body)
            .map_err(|error| unreadable(&format!("body of version {}: {error}", row.id)))?,
    })
}

pub fn listing(text: &str) -> Result<Listing, StoreError> {
    serde_json::from_str(text).map_err(|error| unreadable(&format!("listing: {error}")))
}

fn unreadable(what: &str) -> StoreError {
    StoreError::Other { reason: format!("procedures: unreadable {what}") }
}

pub fn insert(tx: &mut Tx, entry: &Entry, at: Timestamp) -> Result<(), StoreError> {
    let (body, listing) = texts(&entry.version)?;
    tx.execute(
        INSERT_VERSION,
        &[
            &entry.id.0,
            &entry.procedure.0,
            &entry.number,
            &entry.status.as_str(),
            &entry.origin.as_str(),
            &entry.effective_from,
            &entry.effective_to,
            &publisher(&entry.version),
            &folded(&entry.version),
            &body,
            &listing,
            &at,
        ],
    )?;
    Ok(())
}

pub fn rewrite_draft(tx: &mut Tx, draft: &Entry, at: Timestamp) -> Result<(), StoreError> {
    let (body, listing) = texts(&draft.version)?;
    let (origin, publisher) = (draft.origin.as_str(), publisher(&draft.version));
    let folded = folded(&draft.version);
    let id = draft.id.0;
    match tx.execute(REWRITE_DRAFT, &[&id, &origin, &publisher, &folded, &body, &listing, &at])? {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}

pub fn set_standing(tx: &mut Tx, entry: &Entry, at: Timestamp) -> Result<(), StoreError> {
    let (id, status) = (entry.id.0, entry.status.as_str());
    tx.execute(SET_STANDING, &[&id, &status, &entry.effective_from, &entry.effective_to, &at])?;
    Ok(())
}

fn publisher(version: &Version) -> Option<&str> {
    version.agencies.publishing.as_ref().and_then(|agency| agency.code.as_deref())
}

/// What the administrators' list is searched by: the code and the folded name. The points of the
/// code are spaces in folded text, in the question too.
fn folded(version: &Version) -> String {
    platform::fold::fold(&format!("{} {}", version.code, version.name))
}

fn texts(version: &Version) -> Result<(String, String), StoreError> {
    let text =
        |json: serde_json::Result<String>| json.map_err(|error| unreadable(&error.to_string()));
    let body = text(serde_json::to_string(version))?;
    let listing = text(serde_json::to_string(&Listing::of(version)))?;
    Ok((body, listing))
}
