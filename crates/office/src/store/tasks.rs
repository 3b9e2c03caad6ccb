//! Tasks, and what happened.

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::document::IncomingId;
use crate::task::{Part, Task, TaskId, TaskState};

pub const INSERT: &str = "INSERT INTO office_task (id, unit, incoming, title, role, account, name,
        state, instruction, given_by, given_name, given_at, due_on, remind_on, is_late_told,
        began_at, progress_percent, ended_at, note, wished_due_on, wished_reason, came_from,
        version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21, $22, $23)";
pub const BY_ID: &str = "SELECT id, unit, incoming, title, role, account, name, state, instruction,
        given_by, given_name, given_at, due_on, remind_on, is_late_told, began_at,
        progress_percent, ended_at, note, wished_due_on, wished_reason, came_from, version
    FROM office_task WHERE id = $1";
pub const SAVE: &str = "UPDATE office_task SET account = $3, name = $4, state = $5, due_on = $6,
        remind_on = $7, is_late_told = $8, began_at = $9, progress_percent = $10, ended_at = $11,
        note = $12, wished_due_on = $13, wished_reason = $14, version = version + 1
    WHERE id = $1 AND version = $2";
pub const OF_INCOMING: &str = "SELECT id, unit, incoming, title, role, account, name, state,
        instruction, given_by, given_name, given_at, due_on, remind_on, is_late_told, began_at,
        progress_percent, ended_at, note, wished_due_on, wished_reason, came_from, version
    FROM office_task WHERE incoming = $1 ORDER BY id";
pub const HAS_PART: &str = "SELECT 1 FROM office_task
    WHERE incoming = $1 AND account = $2 AND state <> 'called-off' LIMIT 1";
/// Open ones, the most urgent first.
pub const MINE: &str = "SELECT id, unit, incoming, title, role, account, name, state, instruction,
        given_by, given_name, given_at, due_on, remind_on, is_late_told, began_at,
        progress_percent, ended_at, note, wished_due_on, wished_reason, came_from, version
    FROM office_task
    WHERE account = $1 AND state IN ('given', 'doing')
      AND (role = 'information') = $2
    ORDER BY COALESCE(due_on, '9999-12-31'), id LIMIT $3";
pub const ENDED: &str = "SELECT id, unit, incoming, title, role, account, name, state, instruction,
        given_by, given_name, given_at, due_on, remind_on, is_late_told, began_at,
        progress_percent, ended_at, note, wished_due_on, wished_reason, came_from, version
    FROM office_task
    WHERE account = $1 AND state IN ('done', 'returned', 'passed') ORDER BY id DESC LIMIT $2";
pub const GIVEN: &str = "SELECT id, unit, incoming, title, role, account, name, state, instruction,
        given_by, given_name, given_at, due_on, remind_on, is_late_told, began_at,
        progress_percent, ended_at, note, wished_due_on, wished_reason, came_from, version
    FROM office_task
    WHERE given_by = $1 AND role <> 'information' AND state IN ('given', 'doing', 'returned')
    ORDER BY COALESCE(due_on, '9999-12-31'), id LIMIT $2";
pub const LATE_OF_UNIT: &str = "SELECT id, unit, incoming, title, role, account, name, state,
        instruction, given_by, given_name, given_at, due_on, remind_on, is_late_told, began_at,
        progress_percent, ended_at, note, wished_due_on, wished_reason, came_from, version
    FROM office_task
    WHERE unit = $1 AND state IN ('given', 'doing') AND role <> 'information' AND due_on < $2
    ORDER BY name, due_on, id LIMIT 500";
pub const LOADS: &str = "SELECT account, name,
        SUM(CASE WHEN state IN ('given', 'doing') THEN 1 ELSE 0 END),
        SUM(CASE WHEN state IN ('given', 'doing') AND due_on < $2 THEN 1 ELSE 0 END)
    FROM office_task
    WHERE unit = $1 AND role <> 'information' AND state IN ('given', 'doing')
    GROUP BY account, name ORDER BY name, account";
pub const TO_REMIND: &str = "SELECT id FROM office_task
    WHERE state IN ('given', 'doing') AND remind_on <= $1 AND id > $2 ORDER BY id LIMIT 200";
pub const TO_TELL_LATE: &str = "SELECT id FROM office_task
    WHERE state IN ('given', 'doing') AND role <> 'information' AND due_on < $1
      AND is_late_told = $2 AND id > $3
    ORDER BY id LIMIT 200";
pub const OPEN_OF: &str = "SELECT id FROM office_task
    WHERE unit = $1 AND account = $2 AND state IN ('given', 'doing') ORDER BY id";
pub const LATE_BY_UNIT: &str = "SELECT unit, COUNT(*) FROM office_task
    WHERE state IN ('given', 'doing') AND role <> 'information' AND due_on < $1 GROUP BY unit";
pub const TELL: &str = "INSERT INTO office_story (id, unit, subject, at, actor, actor_name,
        for_name, kind, text)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub const STORY: &str = "SELECT at, actor_name, for_name, kind, text FROM office_story
    WHERE subject = $1 ORDER BY id";
pub const LATEST: &str = "SELECT id FROM office_story WHERE unit = $1 ORDER BY id DESC LIMIT 1";

record! {
    /// Something that happened.
    #[derive(Debug, Clone)]
    pub struct Happened {
        pub at: Timestamp,
        pub actor_name: String,
        pub for_name: String,
        pub kind: String,
        pub text: String,
    }
}

/// A line of a story that is to be written.
#[derive(Debug, Clone)]
pub struct NewStory<'a> {
    pub id: Uuid,
    pub unit: UnitId,
    pub subject: Uuid,
    pub at: Timestamp,
    pub actor: Option<Uuid>,
    pub actor_name: &'a str,
    pub for_name: &'a str,
    pub kind: &'a str,
    pub text: &'a str,
}

pub fn insert(tx: &mut Tx, one: &Task) -> Result<(), StoreError> {
    tx.execute(
        INSERT,
        &[
            &one.id,
            &one.unit,
            &one.incoming,
            &one.title,
            &one.role,
            &one.account,
            &one.name,
            &one.state,
            &one.instruction,
            &one.given_by,
            &one.given_name,
            &one.given_at,
            &one.due_on,
            &one.remind_on,
            &one.is_late_told,
            &one.began_at,
            &one.progress_percent,
            &one.ended_at,
            &one.note,
            &one.wished_due_on,
            &one.wished_reason,
            &one.came_from,
            &one.version,
        ],
    )
    .map(drop)
}

pub fn by_id(tx: &mut Tx, id: TaskId) -> Result<Option<Task>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

/// False when somebody else was faster.
pub fn save(tx: &mut Tx, one: &mut Task) -> Result<bool, StoreError> {
    let done = tx.execute(
        SAVE,
        &[
            &one.id,
            &one.version,
            &one.account,
            &one.name,
            &one.state,
            &one.due_on,
            &one.remind_on,
            &one.is_late_told,
            &one.began_at,
            &one.progress_percent,
            &one.ended_at,
            &one.note,
            &one.wished_due_on,
            &one.wished_reason,
        ],
    )?;
    one.version += 1;
    Ok(done == 1)
}

pub fn of_incoming(tx: &mut Tx, id: IncomingId) -> Result<Vec<Task>, StoreError> {
    tx.all(OF_INCOMING, &[&id])
}

pub fn has_part(tx: &mut Tx, id: IncomingId, account: Uuid) -> Result<bool, StoreError> {
    let found: Option<(i64,)> = tx.opt(HAS_PART, &[&id, &account])?;
    Ok(found.is_some())
}

/// What an officer has to do, or, for information, to read.
pub fn mine(
    tx: &mut Tx,
    account: Uuid,
    is_information: bool,
    limit: i64,
) -> Result<Vec<Task>, StoreError> {
    tx.all(MINE, &[&account, &is_information, &limit])
}

pub fn ended(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<Task>, StoreError> {
    tx.all(ENDED, &[&account, &limit])
}

/// What an officer gave to others and is not done.
pub fn given(tx: &mut Tx, account: Uuid, limit: i64) -> Result<Vec<Task>, StoreError> {
    tx.all(GIVEN, &[&account, &limit])
}

pub fn late_of_unit(tx: &mut Tx, unit: UnitId, today: Date) -> Result<Vec<Task>, StoreError> {
    tx.all(LATE_OF_UNIT, &[&unit, &today])
}

/// Who has how much, and how much of it is late.
pub fn loads(
    tx: &mut Tx,
    unit: UnitId,
    today: Date,
) -> Result<Vec<(Uuid, String, i64, i64)>, StoreError> {
    tx.all(LOADS, &[&unit, &today])
}

pub fn to_remind(tx: &mut Tx, today: Date, after: Uuid) -> Result<Vec<TaskId>, StoreError> {
    let found: Vec<(TaskId,)> = tx.all(TO_REMIND, &[&today, &after])?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

pub fn to_tell_late(tx: &mut Tx, today: Date, after: Uuid) -> Result<Vec<TaskId>, StoreError> {
    let found: Vec<(TaskId,)> = tx.all(TO_TELL_LATE, &[&today, &false, &after])?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

pub fn open_of(tx: &mut Tx, unit: UnitId, account: Uuid) -> Result<Vec<TaskId>, StoreError> {
    let found: Vec<(TaskId,)> = tx.all(OPEN_OF, &[&unit, &account])?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

pub fn late_by_unit(tx: &mut Tx, today: Date) -> Result<Vec<(UnitId, i64)>, StoreError> {
    tx.all(LATE_BY_UNIT, &[&today])
}

pub fn tell(tx: &mut Tx, one: &NewStory<'_>) -> Result<(), StoreError> {
    let NewStory { id, unit, subject, at, actor, actor_name, for_name, kind, text } = one;
    tx.execute(TELL, &[id, unit, subject, at, actor, actor_name, for_name, kind, text]).map(drop)
}

pub fn story(tx: &mut Tx, subject: Uuid) -> Result<Vec<Happened>, StoreError> {
    tx.all(STORY, &[&subject])
}

/// The last thing that happened in a unit: pages that follow it ask for no more.
pub fn latest(tx: &mut Tx, unit: UnitId) -> Result<Option<Uuid>, StoreError> {
    let found: Option<(Uuid,)> = tx.opt(LATEST, &[&unit])?;
    Ok(found.map(|(id,)| id))
}

/// A task as it begins.
pub fn fresh(
    id: TaskId,
    (unit, incoming, title): (UnitId, Option<IncomingId>, String),
    (role, account, name): (Part, Uuid, String),
) -> Task {
    Task {
        id,
        unit,
        incoming,
        title,
        role,
        account,
        name,
        state: TaskState::Given,
        instruction: String::new(),
        given_by: None,
        given_name: String::new(),
        given_at: Timestamp::UNIX_EPOCH,
        due_on: None,
        remind_on: None,
        is_late_told: false,
        began_at: None,
        progress_percent: 0,
        ended_at: None,
        note: String::new(),
        wished_due_on: None,
        wished_reason: String::new(),
        came_from: None,
        version: 1,
    }
}
