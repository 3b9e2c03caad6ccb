//! What happened to a dossier, and from hand to hand. Rows are added and never changed: there is
//! no UPDATE and no DELETE here, and a test sees to it.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use super::{read, unreadable};
use crate::dossier::{DossierId, Holder};
use crate::event::{By, Event, EventKind};
use crate::handover::{Course, HandoverKind};
use crate::status::Status;

const INSERT_EVENT: &str = "INSERT INTO dossiers_event
       (id, dossier, at, kind, status_before, status_after, actor, actor_name, unit, unit_name,
        told, note, detail)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

const EVENTS: &str = "SELECT id, dossier, at, kind, status_before, status_after, actor, actor_name,
        unit, unit_name, told, note, detail
    FROM dossiers_event WHERE dossier = $1 ORDER BY at, id";

const LAST_EVENT: &str = "SELECT id, dossier, at, kind, status_before, status_after, actor,
        actor_name, unit, unit_name, told, note, detail
    FROM dossiers_event WHERE dossier = $1 ORDER BY at DESC, id DESC LIMIT 1";

const INSERT_HANDOVER: &str = "INSERT INTO dossiers_handover
       (id, dossier, number, at, kind, from_step, from_unit, from_role, from_person, from_name,
        held_since, step_due_at, course, to_step, to_unit, to_role, note)
    SELECT $1, $2, 1 + COALESCE(MAX(number), 0), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
        $14, $15, $16
    FROM dossiers_handover WHERE dossier = $2";

const HANDOVERS: &str = "SELECT number, at, kind, from_step, from_unit, from_role, from_name,
        held_since, step_due_at, course, to_step, to_unit, to_role, note
    FROM dossiers_handover WHERE dossier = $1 ORDER BY number";

record! {
    struct StoredEvent {
        id: Uuid,
        dossier: Uuid,
        at: Timestamp,
        kind: String,
        status_before: Option<i32>,
        status_after: i32,
        actor: Option<Uuid>,
        actor_name: String,
        unit: Option<Uuid>,
        unit_name: String,
        told: String,
        note: String,
        detail: String,
    }
}

record! {
    /// A line of the control slip.
    #[derive(Debug, Clone)]
    pub struct HandoverLine {
        pub number: i64,
        pub at: Timestamp,
        pub kind: String,
        pub from_step: i64,
        pub from_unit: Uuid,
        pub from_role: String,
        pub from_name: String,
        pub held_since: Timestamp,
        pub step_due_at: Option<Timestamp>,
        pub course: String,
        pub to_step: i64,
        pub to_unit: Uuid,
        pub to_role: String,
        pub note: String,
    }
}

pub fn add_event(tx: &mut Tx, event: &Event) -> Result<(), StoreError> {
    tx.execute(
        INSERT_EVENT,
        &[
            &event.id,
            &event.dossier.0,
            &event.at,
            &event.kind.word(),
            &event.before.map(Status::code),
            &event.after.code(),
            &event.by.account,
            &event.by.name,
            &event.by.unit,
            &event.by.unit_name,
            &event.told,
            &event.note,
            &event.detail.to_string(),
        ],
    )?;
    Ok(())
}

pub fn events(tx: &mut Tx, id: DossierId) -> Result<Vec<Event>, StoreError> {
    tx.all::<StoredEvent>(EVENTS, &[&id.0])?.into_iter().map(StoredEvent::into_event).collect()
}

pub fn last_event(tx: &mut Tx, id: DossierId) -> Result<Option<Event>, StoreError> {
    tx.opt::<StoredEvent>(LAST_EVENT, &[&id.0])?.map(StoredEvent::into_event).transpose()
}

/// What is written when a dossier changes hands.
pub struct NewHandover<'a> {
    pub id: Uuid,
    pub dossier: DossierId,
    pub at: Timestamp,
    pub kind: HandoverKind,
    pub from: Holder,
    pub to: Holder,
    pub by: &'a By,
    pub course: Course,
    pub note: &'a str,
}

pub fn add_handover(tx: &mut Tx, new: &NewHandover<'_>) -> Result<(), StoreError> {
    let step = |step: usize| i64::try_from(step).unwrap_or(i64::MAX);
    tx.execute(
        INSERT_HANDOVER,
        &[
            &new.id,
            &new.dossier.0,
            &new.at,
            &new.kind.word(),
            &step(new.from.step),
            &new.from.unit.0,
            &new.from.role.code(),
            &new.by.account,
            &new.by.name,
            &new.from.since,
            &new.from.due_at,
            &new.course.word(),
            &step(new.to.step),
            &new.to.unit.0,
            &new.to.role.code(),
            &new.note,
        ],
    )?;
    Ok(())
}

pub fn handovers(tx: &mut Tx, id: DossierId) -> Result<Vec<HandoverLine>, StoreError> {
    tx.all(HANDOVERS, &[&id.0])
}

impl StoredEvent {
    fn into_event(self) -> Result<Event, StoreError> {
        let status = |code: i32| Status::try_from(code).map_err(unreadable);
        Ok(Event {
            id: self.id,
            dossier: DossierId(self.dossier),
            at: self.at,
            kind: EventKind::parse(&self.kind).ok_or_else(|| unreadable("an event"))?,
            before: self.status_before.map(status).transpose()?,
            after: status(self.status_after)?,
            by: By {
                account: self.actor,
                name: self.actor_name,
                unit: self.unit,
                unit_name: self.unit_name,
            },
            told: self.told,
            note: self.note,
            detail: read(&self.detail)?,
        })
    }
}
