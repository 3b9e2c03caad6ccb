//! Work dossiers: opened, filled, closed, handed on, given to the archive.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 28, art. 29, art. 30

use identity::{Actor, Right};
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::store::Tx;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::hand::Asker;
use crate::queries::cards::seen_of_any;
use crate::queries::offices::offices;
use crate::queries::people::colleagues;
use crate::record_fault::RecordFault;
use crate::refusal::Refusal;
use crate::store::work_dossiers as store;
use crate::work_dossier::{
    CODE_LETTERS_MAX, Content, Event, Kind, NOTE_LETTERS_MAX, Retention, State, TITLE_LETTERS_MAX,
    WorkDossier, WorkDossierId, archive_due,
};

#[derive(Debug, Clone, Default)]
pub(crate) struct Typed {
    pub code: String,
    pub title: String,
    pub retention: String,
    pub note: String,
}

struct Checked {
    code: String,
    title: String,
    retention: Retention,
    note: String,
}

impl Typed {
    fn check(&self) -> Result<Checked, RecordFault> {
        let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let (code, title) = (one_line(&self.code), one_line(&self.title));
        let fits = |text: &str, most: usize| (1..=most).contains(&text.chars().count());
        if !fits(&code, CODE_LETTERS_MAX) {
            return Err(RecordFault::DossierCode);
        }
        if !fits(&title, TITLE_LETTERS_MAX) {
            return Err(RecordFault::DossierTitle);
        }
        let retention = Retention::parse(&self.retention).ok_or(RecordFault::Retention)?;
        let note = self.note.trim().to_owned();
        if note.chars().count() > NOTE_LETTERS_MAX {
            return Err(RecordFault::TooLong);
        }
        Ok(Checked { code, title, retention, note })
    }
}

pub(crate) async fn open(
    ctx: &Ctx,
    actor: &Actor,
    unit: UnitId,
    typed: Typed,
) -> Result<WorkDossierId, Refusal> {
    let (asker, id) = (Asker::of(ctx, actor), WorkDossierId(ctx.ids.next()));
    ctx.store
        .write(move |tx| {
            if !offices(tx, &asker)?.iter().any(|office| office.unit == unit) {
                return Err(Refusal::Nothing);
            }
            let new = typed.check()?;
            let (today, account) = (asker.today(), asker.actor.account.0);
            let one = WorkDossier {
                id,
                unit,
                year: i64::from(today.year()),
                code: new.code,
                title: new.title,
                retention: new.retention,
                note: new.note,
                state: State::Open,
                holder: account,
                holder_name: asker.scribe.name.clone(),
                opened_by: account,
                opened_name: asker.scribe.name.clone(),
                opened_on: today,
                opened_at: asker.scribe.now,
                closed_on: None,
                archive_due_on: None,
                reminded_at: None,
                archived_on: None,
                archive_note: String::new(),
                version: 1,
            };
            if !store::insert(tx, &one)? {
                return Err(RecordFault::DossierCodeTaken.into());
            }
            let told = (Kind::Opened, "office.open-work-dossier", "");
            record(tx, &asker, &one, told, json!({ "code": one.code, "year": one.year }))?;
            Ok(id)
        })
        .await
}

/// Whoever answers for it, and the clerks and leaders of the unit.
pub(crate) fn seen(tx: &mut Tx, asker: &Asker, id: WorkDossierId) -> Result<WorkDossier, Refusal> {
    let one = store::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
    if one.holder == asker.actor.account.0 || asker.sees_all(tx, one.unit)? {
        return Ok(one);
    }
    Err(Refusal::Nothing)
}

/// Whether this officer may change it: its holder, and who assigns work in the unit.
pub(crate) fn may_change(tx: &mut Tx, asker: &Asker, one: &WorkDossier) -> Result<bool, Refusal> {
    let is_holder = one.holder == asker.actor.account.0;
    Ok(is_holder || asker.with_right(tx, Right::AssignDocuments, one.unit)?.is_some())
}

fn changeable(tx: &mut Tx, asker: &Asker, id: WorkDossierId) -> Result<WorkDossier, Refusal> {
    let one = seen(tx, asker, id)?;
    match may_change(tx, asker, &one)? {
        true => Ok(one),
        false => Err(Refusal::Nothing),
    }
}

fn open_one(tx: &mut Tx, asker: &Asker, id: WorkDossierId) -> Result<WorkDossier, Refusal> {
    let one = changeable(tx, asker, id)?;
    match one.state {
        State::Open => Ok(one),
        State::Closed | State::Archived => Err(RecordFault::DossierClosed.into()),
    }
}

fn record(
    tx: &mut Tx,
    asker: &Asker,
    one: &WorkDossier,
    (kind, verb, text): (Kind, &'static str, &str),
    detail: Value,
) -> Result<(), Refusal> {
    let event = Event {
        id: asker.scribe.ids.next(),
        dossier: one.id,
        at: asker.scribe.now,
        actor_name: asker.scribe.name.clone(),
        kind,
        text: text.to_owned(),
    };
    store::tell(tx, &event)?;
    Ok(asker.scribe.note_over(tx, Some(one.unit), (verb, one.object()), detail)?)
}

fn save(tx: &mut Tx, one: &WorkDossier) -> Result<(), Refusal> {
    match store::save(tx, one)? {
        true => Ok(()),
        false => Err(Refusal::ChangedMeanwhile),
    }
}

pub(crate) async fn edit(
    ctx: &Ctx,
    actor: &Actor,
    id: WorkDossierId,
    typed: Typed,
) -> Result<(), Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store
        .write(move |tx| {
            let mut one = open_one(tx, &asker, id)?;
            let (code, retention) = (one.code.clone(), one.retention.code().to_owned());
            let new = Typed { code, retention, ..typed.clone() }.check()?;
            one.title = new.title;
            one.note = new.note;
            save(tx, &one)?;
            let told = (Kind::Edited, "office.edit-work-dossier", "");
            record(tx, &asker, &one, told, json!({}))
        })
        .await
}

/// A document that the officer may see, into a dossier of the same unit.
pub(crate) async fn put(
    ctx: &Ctx,
    actor: &Actor,
    id: WorkDossierId,
    (document, note): (Uuid, String),
) -> Result<(), Refusal> {
    if note.chars().count() > NOTE_LETTERS_MAX {
        return Err(RecordFault::TooLong.into());
    }
    let asker = Asker::of(ctx, actor);
    ctx.store
        .write(move |tx| {
            let one = open_one(tx, &asker, id)?;
            let card = match seen_of_any(tx, &asker, document) {
                Err(Refusal::Nothing) => return Err(RecordFault::Document.into()),
                card => card?,
            };
            if card.unit != one.unit {
                return Err(RecordFault::Document.into());
            }
            let content = Content {
                dossier: id,
                document,
                direction: card.direction,
                ordinal: 0,
                note: note.trim().to_owned(),
                added_by: asker.actor.account.0,
                added_name: asker.scribe.name.clone(),
                added_at: asker.scribe.now,
            };
            // Two who put something in at once would give it the same place: one comes second.
            save(tx, &one)?;
            if !store::put(tx, &content)? {
                return Err(RecordFault::AlreadyThere.into());
            }
            let told = (Kind::Added, "office.put-into-work-dossier", card.title());
            let told = (told.0, told.1, told.2.as_str());
            record(tx, &asker, &one, told, json!({ "document": card.object() }))
        })
        .await
}

pub(crate) async fn take_out(
    ctx: &Ctx,
    actor: &Actor,
    id: WorkDossierId,
    document: Uuid,
) -> Result<(), Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store
        .write(move |tx| {
            let one = open_one(tx, &asker, id)?;
            let title = seen_of_any(tx, &asker, document).map(|card| card.title());
            if !store::take_out(tx, id, document)? {
                return Err(Refusal::Nothing);
            }
            save(tx, &one)?;
            let title = title.unwrap_or_default();
            let told = (Kind::Removed, "office.take-out-of-work-dossier", title.as_str());
            record(tx, &asker, &one, told, json!({ "document": document }))
        })
        .await
}

/// With the retention period that counts from now on.
pub(crate) async fn close(
    ctx: &Ctx,
    actor: &Actor,
    id: WorkDossierId,
    retention: Option<Retention>,
) -> Result<(), Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store
        .write(move |tx| {
            let mut one = open_one(tx, &asker, id)?;
            one.retention = retention.ok_or(RecordFault::Retention)?;
            if store::count(tx, id)? == 0 {
                return Err(RecordFault::DossierEmpty.into());
            }
            let today = asker.today();
            one.state = State::Closed;
            one.closed_on = Some(today);
            one.archive_due_on = Some(archive_due(today));
            one.reminded_at = None;
            save(tx, &one)?;
            let detail =
                json!({ "retention": one.retention.code(), "archiveBy": one.archive_due_on });
            record(tx, &asker, &one, (Kind::Closed, "office.close-work-dossier", ""), detail)
        })
        .await
}

/// The work goes on.
pub(crate) async fn reopen(ctx: &Ctx, actor: &Actor, id: WorkDossierId) -> Result<(), Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store
        .write(move |tx| {
            let mut one = closed_one(tx, &asker, id)?;
            one.state = State::Open;
            one.closed_on = None;
            one.archive_due_on = None;
            one.reminded_at = None;
            save(tx, &one)?;
            let told = (Kind::Reopened, "office.reopen-work-dossier", "");
            record(tx, &asker, &one, told, json!({}))
        })
        .await
}

fn closed_one(tx: &mut Tx, asker: &Asker, id: WorkDossierId) -> Result<WorkDossier, Refusal> {
    let one = changeable(tx, asker, id)?;
    match one.state {
        State::Closed => Ok(one),
        State::Open | State::Archived => Err(RecordFault::DossierNotClosed.into()),
    }
}

/// Nộp lưu: `note` says to whom and under which number.
pub(crate) async fn archive(
    ctx: &Ctx,
    actor: &Actor,
    id: WorkDossierId,
    (on, note): (Option<Date>, String),
) -> Result<(), Refusal> {
    if note.chars().count() > NOTE_LETTERS_MAX {
        return Err(RecordFault::TooLong.into());
    }
    let asker = Asker::of(ctx, actor);
    ctx.store
        .write(move |tx| {
            let mut one = closed_one(tx, &asker, id)?;
            let day = on.unwrap_or(asker.today());
            if day > asker.today() || one.closed_on.is_some_and(|closed| day < closed) {
                return Err(RecordFault::DatesReversed.into());
            }
            one.state = State::Archived;
            one.archived_on = Some(day);
            one.archive_note = note.trim().to_owned();
            save(tx, &one)?;
            let text = one.archive_note.clone();
            let told = (Kind::Archived, "office.archive-work-dossier", text.as_str());
            record(tx, &asker, &one, told, json!({ "on": day }))
        })
        .await
}

/// To a colleague of the same office, who answers for it from then on.
pub(crate) async fn transfer(
    ctx: &Ctx,
    actor: &Actor,
    id: WorkDossierId,
    to: Option<Uuid>,
) -> Result<(), Refusal> {
    let asker = Asker::of(ctx, actor);
    ctx.store
        .write(move |tx| {
            let mut one = changeable(tx, &asker, id)?;
            if one.state == State::Archived {
                return Err(RecordFault::DossierClosed.into());
            }
            let people = colleagues(tx, one.unit, asker.today())?;
            let taker = people.into_iter().find(|one| Some(one.account) == to);
            let taker = taker.filter(|taker| taker.account != one.holder);
            let taker = taker.ok_or(RecordFault::Officer)?;
            let before = std::mem::replace(&mut one.holder, taker.account);
            one.holder_name = taker.name;
            save(tx, &one)?;
            let text = one.holder_name.clone();
            let told = (Kind::Transferred, "office.transfer-work-dossier", text.as_str());
            record(tx, &asker, &one, told, json!({ "from": before, "to": one.holder }))
        })
        .await
}
