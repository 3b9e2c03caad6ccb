//! What senders want done to what they sent, and who is away.

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::absence::Absence;
use crate::change::{Change, ChangeFile, ChangeState};
use crate::document::IncomingId;

pub const INSERT: &str = "INSERT INTO office_change (id, unit, kind, incoming, delivery, from_code,
        from_unit, from_name, named, reason, state, asked_at, decided_at, decided_by, note)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    ON CONFLICT (delivery) DO NOTHING";
pub const BY_ID: &str = "SELECT id, unit, kind, incoming, delivery, from_code, from_unit,
        from_name, named, reason, state, asked_at, decided_at, decided_by, note
    FROM office_change WHERE id = $1";
pub const OF_INCOMING: &str = "SELECT id, unit, kind, incoming, delivery, from_code, from_unit,
        from_name, named, reason, state, asked_at, decided_at, decided_by, note
    FROM office_change WHERE incoming = $1 ORDER BY id DESC";
pub const OPEN: &str = "SELECT id, unit, kind, incoming, delivery, from_code, from_unit,
        from_name, named, reason, state, asked_at, decided_at, decided_by, note
    FROM office_change WHERE unit = $1 AND state IN ('waiting', 'parked') ORDER BY id LIMIT 200";
pub const COUNT_OPEN: &str = "SELECT COUNT(*) FROM office_change
    WHERE unit = $1 AND state IN ('waiting', 'parked')";
/// Of two who decide at once, one does.
pub const DECIDE: &str = "UPDATE office_change SET state = $2, decided_at = $3, decided_by = $4,
        note = $5
    WHERE id = $1 AND state IN ('waiting', 'parked')";
pub const LINK: &str = "UPDATE office_change SET incoming = $2, state = 'waiting'
    WHERE id = $1 AND state = 'parked'";
pub const INSERT_FILE: &str = "INSERT INTO office_change_file (id, change, ordinal, name, media,
        size_bytes, sha256, file)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
pub const FILES: &str = "SELECT id, change, ordinal, name, media, size_bytes, sha256, file
    FROM office_change_file WHERE change = $1 ORDER BY ordinal";
pub const REMOVE_FILE: &str = "DELETE FROM office_change_file WHERE id = $1";
pub const INSERT_ABSENCE: &str = "INSERT INTO office_absence (id, unit, account, name, deputy,
        deputy_name, first_day, last_day, reason, made_by, made_at, ended_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
pub const ABSENCE: &str =
    "SELECT id, unit, account, name, deputy, deputy_name, first_day, last_day,
        reason, made_by, made_at, ended_at
    FROM office_absence WHERE id = $1";
pub const ABSENCES_OF: &str = "SELECT id, unit, account, name, deputy, deputy_name, first_day,
        last_day, reason, made_by, made_at, ended_at
    FROM office_absence WHERE account = $1 AND last_day >= $2 ORDER BY first_day, id";
pub const STANDING_IN: &str = "SELECT id, unit, account, name, deputy, deputy_name, first_day,
        last_day, reason, made_by, made_at, ended_at
    FROM office_absence
    WHERE deputy = $1 AND first_day <= $2 AND last_day >= $2 AND ended_at IS NULL
    ORDER BY first_day, id";
pub const ABSENCES_IN: &str = "SELECT id, unit, account, name, deputy, deputy_name, first_day,
        last_day, reason, made_by, made_at, ended_at
    FROM office_absence WHERE unit = $1 AND last_day >= $2 AND ended_at IS NULL
    ORDER BY first_day, id LIMIT 200";
pub const END_ABSENCE: &str = "UPDATE office_absence SET ended_at = $2
    WHERE id = $1 AND ended_at IS NULL";

/// False when the delivery was written down before.
pub fn insert(tx: &mut Tx, one: &Change) -> Result<bool, StoreError> {
    let done = tx.execute(
        INSERT,
        &[
            &one.id,
            &one.unit,
            &one.kind,
            &one.incoming,
            &one.delivery,
            &one.from_code,
            &one.from_unit,
            &one.from_name,
            &one.named,
            &one.reason,
            &one.state,
            &one.asked_at,
            &one.decided_at,
            &one.decided_by,
            &one.note,
        ],
    )?;
    Ok(done == 1)
}

pub fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<Change>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

/// The newest first.
pub fn of_incoming(tx: &mut Tx, id: IncomingId) -> Result<Vec<Change>, StoreError> {
    tx.all(OF_INCOMING, &[&id])
}

pub fn open(tx: &mut Tx, unit: UnitId) -> Result<Vec<Change>, StoreError> {
    tx.all(OPEN, &[&unit])
}

pub fn count_open(tx: &mut Tx, unit: UnitId) -> Result<i64, StoreError> {
    let (count,): (i64,) = tx.one(COUNT_OPEN, &[&unit])?;
    Ok(count)
}

pub fn decide(
    tx: &mut Tx,
    (id, state): (Uuid, ChangeState),
    (at, by): (Timestamp, &str),
    note: &str,
) -> Result<bool, StoreError> {
    Ok(tx.execute(DECIDE, &[&id, &state, &at, &by, &note])? == 1)
}

pub fn link(tx: &mut Tx, id: Uuid, incoming: IncomingId) -> Result<bool, StoreError> {
    Ok(tx.execute(LINK, &[&id, &incoming])? == 1)
}

pub fn insert_file(tx: &mut Tx, one: &ChangeFile) -> Result<(), StoreError> {
    tx.execute(
        INSERT_FILE,
        &[
            &one.id,
            &one.change,
            &one.ordinal,
            &one.name,
            &one.media,
            &one.size_bytes,
            &one.sha256,
            &one.file,
        ],
    )
    .map(drop)
}

pub fn files(tx: &mut Tx, change: Uuid) -> Result<Vec<ChangeFile>, StoreError> {
    tx.all(FILES, &[&change])
}

pub fn remove_file(tx: &mut Tx, id: Uuid) -> Result<(), StoreError> {
    tx.execute(REMOVE_FILE, &[&id]).map(drop)
}

pub fn insert_absence(tx: &mut Tx, one: &Absence) -> Result<(), StoreError> {
    tx.execute(
        INSERT_ABSENCE,
        &[
            &one.id,
            &one.unit,
            &one.account,
            &one.name,
            &one.deputy,
            &one.deputy_name,
            &one.first_day,
            &one.last_day,
            &one.reason,
            &one.made_by,
            &one.made_at,
            &one.ended_at,
        ],
    )
    .map(drop)
}

pub fn absence(tx: &mut Tx, id: Uuid) -> Result<Option<Absence>, StoreError> {
    tx.opt(ABSENCE, &[&id])
}

/// Of one officer, those that are not over on a day.
pub fn absences_of(tx: &mut Tx, account: Uuid, today: Date) -> Result<Vec<Absence>, StoreError> {
    tx.all(ABSENCES_OF, &[&account, &today])
}

/// In whose place an officer acts on a day.
pub fn standing_in(tx: &mut Tx, deputy: Uuid, today: Date) -> Result<Vec<Absence>, StoreError> {
    tx.all(STANDING_IN, &[&deputy, &today])
}

pub fn absences_in(tx: &mut Tx, unit: UnitId, today: Date) -> Result<Vec<Absence>, StoreError> {
    tx.all(ABSENCES_IN, &[&unit, &today])
}

pub fn end_absence(tx: &mut Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(END_ABSENCE, &[&id, &at])? == 1)
}
