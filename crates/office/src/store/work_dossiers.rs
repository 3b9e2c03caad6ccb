//! Work dossiers, what lies in them and what happened to them.

use jiff::civil::Date;
use organisations::UnitId;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::work_dossier::{Content, Event, Retention, State, WorkDossier, WorkDossierId};

pub const INSERT: &str = "INSERT INTO office_work_dossier (id, unit, year, code, title, retention,
        note, state, holder, holder_name, opened_by, opened_name, opened_on, opened_at, closed_on,
        archive_due_on, reminded_at, archived_on, archive_note, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20)
    ON CONFLICT (unit, year, code) DO NOTHING";
pub const SAVE: &str = "UPDATE office_work_dossier SET title = $3, retention = $4, note = $5,
        state = $6, holder = $7, holder_name = $8, closed_on = $9, archive_due_on = $10,
        reminded_at = $11, archived_on = $12, archive_note = $13, version = version + 1
    WHERE id = $1 AND version = $2";
pub const BY_ID: &str = "SELECT id, unit, year, code, title, retention, note, state, holder,
        holder_name, opened_by, opened_name, opened_on, opened_at, closed_on, archive_due_on,
        reminded_at, archived_on, archive_note, version
    FROM office_work_dossier WHERE id = $1";
/// Those of an officer, or of the whole unit; all states, one, or those the archive waits for.
pub const LIST: &str = "SELECT d.id, d.year, d.code, d.title, d.retention, d.state, d.holder_name,
        d.opened_on, d.closed_on, d.archive_due_on,
        (SELECT COUNT(*) FROM office_work_dossier_document c WHERE c.dossier = d.id) AS documents
    FROM office_work_dossier d
    WHERE d.unit = $1 AND d.id < $2 AND ($3 OR d.holder = $4)
      AND (CAST($5 AS TEXT) IS NULL OR d.state = $5)
      AND (CAST($6 AS TEXT) IS NULL OR d.archive_due_on <= $6)
    ORDER BY d.id DESC LIMIT $7";
pub const OPEN_OF: &str = "SELECT id, code, title FROM office_work_dossier
    WHERE unit = $1 AND state = 'open' AND ($2 OR holder = $3) ORDER BY id DESC LIMIT 200";
/// Closed, not in the archive by the day given, and nobody was reminded.
pub const TO_REMIND: &str = "SELECT id FROM office_work_dossier
    WHERE state = 'closed' AND archive_due_on <= $1 AND reminded_at IS NULL
    ORDER BY archive_due_on, id LIMIT $2";
pub const PUT: &str = "INSERT INTO office_work_dossier_document (dossier, document, direction,
        ordinal, note, added_by, added_name, added_at)
    SELECT $1, $2, $3, COALESCE(MAX(ordinal), 0) + 1, $4, $5, $6, $7
    FROM office_work_dossier_document WHERE dossier = $1
    ON CONFLICT (dossier, document) DO NOTHING";
pub const TAKE_OUT: &str =
    "DELETE FROM office_work_dossier_document WHERE dossier = $1 AND document = $2";
pub const CONTENTS: &str = "SELECT dossier, document, direction, ordinal, note, added_by,
        added_name, added_at
    FROM office_work_dossier_document WHERE dossier = $1 ORDER BY ordinal";
pub const COUNT: &str = "SELECT COUNT(*) FROM office_work_dossier_document WHERE dossier = $1";
pub const OF_DOCUMENT: &str = "SELECT d.id, d.code, d.title
    FROM office_work_dossier_document c JOIN office_work_dossier d ON d.id = c.dossier
    WHERE c.document = $1 AND d.unit = $2 ORDER BY d.id";
pub const TELL: &str = "INSERT INTO office_work_dossier_event (id, dossier, at, actor_name, kind,
        text)
    VALUES ($1, $2, $3, $4, $5, $6)";
pub const STORY: &str = "SELECT id, dossier, at, actor_name, kind, text
    FROM office_work_dossier_event WHERE dossier = $1 ORDER BY id";

record! {
    #[derive(Debug, Clone)]
    pub struct Line {
        pub id: WorkDossierId,
        pub year: i64,
        pub code: String,
        pub title: String,
        pub retention: Retention,
        pub state: State,
        pub holder_name: String,
        pub opened_on: Date,
        pub closed_on: Option<Date>,
        pub archive_due_on: Option<Date>,
        pub documents: i64,
    }
}

/// Whose dossiers: all of a unit, or those an officer answers for.
#[derive(Debug, Clone, Copy)]
pub struct Among {
    pub unit: UnitId,
    pub all: bool,
    pub account: Uuid,
}

/// False when the unit has a dossier of this code in the year.
pub fn insert(tx: &mut Tx, one: &WorkDossier) -> Result<bool, StoreError> {
    let done = tx.execute(
        INSERT,
        &[
            &one.id,
            &one.unit,
            &one.year,
            &one.code,
            &one.title,
            &one.retention,
            &one.note,
            &one.state,
            &one.holder,
            &one.holder_name,
            &one.opened_by,
            &one.opened_name,
            &one.opened_on,
            &one.opened_at,
            &one.closed_on,
            &one.archive_due_on,
            &one.reminded_at,
            &one.archived_on,
            &one.archive_note,
            &one.version,
        ],
    )?;
    Ok(done == 1)
}

/// Over the version that was read; false when somebody else was faster.
pub fn save(tx: &mut Tx, one: &WorkDossier) -> Result<bool, StoreError> {
    let done = tx.execute(
        SAVE,
        &[
            &one.id,
            &one.version,
            &one.title,
            &one.retention,
            &one.note,
            &one.state,
            &one.holder,
            &one.holder_name,
            &one.closed_on,
            &one.archive_due_on,
            &one.reminded_at,
            &one.archived_on,
            &one.archive_note,
        ],
    )?;
    Ok(done == 1)
}

pub fn by_id(tx: &mut Tx, id: WorkDossierId) -> Result<Option<WorkDossier>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

/// The newest first, below `before`.
pub fn list(
    tx: &mut Tx,
    among: &Among,
    (state, due): (Option<State>, Option<Date>),
    (before, limit): (Uuid, i64),
) -> Result<Vec<Line>, StoreError> {
    let Among { unit, all, account } = *among;
    tx.all(LIST, &[&unit, &before, &all, &account, &state, &due, &limit])
}

/// Into which a document can be put: id, code and title.
pub fn open_of(tx: &mut Tx, among: &Among) -> Result<Vec<(Uuid, String, String)>, StoreError> {
    tx.all(OPEN_OF, &[&among.unit, &among.all, &among.account])
}

pub fn to_remind(tx: &mut Tx, due: Date, limit: i64) -> Result<Vec<WorkDossierId>, StoreError> {
    let found: Vec<(WorkDossierId,)> = tx.all(TO_REMIND, &[&due, &limit])?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// False when it lies there already.
pub fn put(tx: &mut Tx, one: &Content) -> Result<bool, StoreError> {
    let done = tx.execute(
        PUT,
        &[
            &one.dossier,
            &one.document,
            &one.direction,
            &one.note,
            &one.added_by,
            &one.added_name,
            &one.added_at,
        ],
    )?;
    Ok(done == 1)
}

pub fn take_out(tx: &mut Tx, id: WorkDossierId, document: Uuid) -> Result<bool, StoreError> {
    Ok(tx.execute(TAKE_OUT, &[&id, &document])? == 1)
}

pub fn contents(tx: &mut Tx, id: WorkDossierId) -> Result<Vec<Content>, StoreError> {
    tx.all(CONTENTS, &[&id])
}

pub fn count(tx: &mut Tx, id: WorkDossierId) -> Result<i64, StoreError> {
    let (count,): (i64,) = tx.one(COUNT, &[&id])?;
    Ok(count)
}

/// The dossiers of a unit in which a document lies: id, code and title.
pub fn of_document(
    tx: &mut Tx,
    document: Uuid,
    unit: UnitId,
) -> Result<Vec<(Uuid, String, String)>, StoreError> {
    tx.all(OF_DOCUMENT, &[&document, &unit])
}

pub fn tell(tx: &mut Tx, one: &Event) -> Result<(), StoreError> {
    let args: [&(dyn platform::store::ToArg + Sync); 6] =
        [&one.id, &one.dossier, &one.at, &one.actor_name, &one.kind, &one.text];
    tx.execute(TELL, &args).map(drop)
}

pub fn story(tx: &mut Tx, id: WorkDossierId) -> Result<Vec<Event>, StoreError> {
    tx.all(STORY, &[&id])
}
