//! What other capabilities and the pages ask of the catalogue.

use jiff::Timestamp;
use organisations::UnitId;
use platform::store::{StoreError, Tx};

use crate::code::Code;
use crate::import::Doubt;
use crate::listing::Listing;
use crate::procedure::{Entry, Origin, Status, VersionId};
use crate::store::{self, ManagedRow};
use crate::version::Version;

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

/// Keeps the national database of procedures: the texts that no known agency publishes are in its
/// care. Law: NĐ 63/2010/NĐ-CP art. 26
const KEEPER_OF_ALL: &str = "G22";

/// The unit whose administrators look after a version: the agency that publishes it.
pub fn keeper(tx: &mut Tx, version: &Version) -> Result<Option<UnitId>, StoreError> {
    let code = version.agencies.publishing.as_ref().and_then(|agency| agency.code.as_deref());
    if let Some(unit) =
        code.map(|code| organisations::queries::by_code(tx, code)).transpose()?.flatten()
    {
        return Ok(Some(unit.id));
    }
    keeper_of_all(tx)
}

/// The unit that keeps the national database.
pub fn keeper_of_all(tx: &mut Tx) -> Result<Option<UnitId>, StoreError> {
    Ok(organisations::queries::by_code(tx, KEEPER_OF_ALL)?.map(|unit| unit.id))
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
    /// The code behind which the page begins.
    pub after: String,
    pub status: Option<Status>,
    /// Folded words of the name, or the beginning of a code.
    pub words: String,
    /// Codes of the publishing agencies; none: all, also those nobody is known to publish.
    pub publishers: Option<Vec<String>>,
}

/// A page of the list in the order of codes.
pub fn managed(
    tx: &mut Tx,
    filter: &ManagedFilter,
    limit: i64,
) -> Result<Vec<Managed>, StoreError> {
    let (status, words) = filter.args();
    let publishers = filter.publishers();
    let rows: Vec<ManagedRow> =
        tx.all(store::MANAGED, &[&filter.after, &status, &words, &publishers, &limit])?;
    rows.into_iter().map(managed_line).collect()
}

impl ManagedFilter {
    /// The words as a pattern; what `LIKE` would read into them is no part of folded text.
    fn args(&self) -> (Option<&'static str>, Option<String>) {
        let words = Some(&self.words).filter(|words| !words.is_empty());
        (self.status.map(Status::as_str), words.map(|words| format!("%{words}%")))
    }

    /// As one text with a comma around each: `,G15,G12,`.
    fn publishers(&self) -> Option<String> {
        self.publishers.as_ref().map(|codes| format!(",{},", codes.join(",")))
    }
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

/// How many procedures stand where, whatever status is filtered for.
pub fn counts(tx: &mut Tx, filter: &ManagedFilter) -> Result<Vec<(Status, i64)>, StoreError> {
    let (_, words) = filter.args();
    let rows: Vec<(String, i64)> =
        tx.all(store::COUNT_BY_STATUS, &[&words, &filter.publishers()])?;
    let known = |(status, count): (String, i64)| Some((Status::parse(&status)?, count));
    Ok(rows.into_iter().filter_map(known).collect())
}
