//! The dossier itself: one row, read whole and written whole, guarded by its version.

use identity::{AccountId, Role};
use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::record;
use platform::store::{StoreError, ToArg, Tx};
use platform::words::Locale;
use procedures::{ChannelKind, VersionId};
use uuid::Uuid;

use super::{read, unreadable, written};
use crate::dossier::{Appointment, Dossier, DossierId, Holder, Procedure, Standing};
use crate::pile::Pile;
use crate::refusal::Refusal;
use crate::route::Places;
use crate::status::Status;

const ONE: &str = "SELECT id, version, status, request_number, code, procedure_code,
        procedure_name, procedure_version, form_hash, channel, owner, sent_by, applicant, language,
        answers, papers, time_limit, receiving_unit, deciding_unit, sent_at, answer_due_at,
        accepted_at, due_at, due_first_at, due_because, calendar_version, reappointments,
        stopped_at, stopped_from, step, holder_unit, holder_role, held_since, step_due_at, next_at,
        finished_at, handed_over_at, ended_at
    FROM dossiers_dossier WHERE id = $1";

const INSERT: &str = "INSERT INTO dossiers_dossier
       (id, version, status, pile, request_number, code, procedure_code, procedure_name,
        procedure_version, form_hash, channel, owner, sent_by, applicant, applicant_phone,
        applicant_key, folded, language, answers, papers, time_limit, receiving_unit,
        deciding_unit, sent_at, answer_due_at, accepted_at, due_at, due_first_at, due_because,
        calendar_version, reappointments, stopped_at, stopped_from, step, holder_unit,
        holder_role, held_since, step_due_at, next_at, finished_at, handed_over_at, ended_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37,
        $38, $39, $40, $41, $42)";

/// The same columns in the same order, over the version that was read.
const UPDATE: &str = "UPDATE dossiers_dossier SET
        version = $2, status = $3, pile = $4, request_number = $5, code = $6, procedure_code = $7,
        procedure_name = $8, procedure_version = $9, form_hash = $10, channel = $11, owner = $12,
        sent_by = $13, applicant = $14, applicant_phone = $15, applicant_key = $16, folded = $17,
        language = $18, answers = $19, papers = $20, time_limit = $21, receiving_unit = $22,
        deciding_unit = $23, sent_at = $24, answer_due_at = $25, accepted_at = $26, due_at = $27,
        due_first_at = $28, due_because = $29, calendar_version = $30, reappointments = $31,
        stopped_at = $32, stopped_from = $33, step = $34, holder_unit = $35, holder_role = $36,
        held_since = $37, step_due_at = $38, next_at = $39, finished_at = $40,
        handed_over_at = $41, ended_at = $42
    WHERE id = $1 AND version = $43";

const BY_CODE: &str = "SELECT id FROM dossiers_dossier WHERE code = $1";

const BY_REQUEST_NUMBER: &str = "SELECT id FROM dossiers_dossier WHERE request_number = $1";

const NEXT_COUNT: &str = "INSERT INTO dossiers_counter (agency, day, last) VALUES ($1, $2, 1)
    ON CONFLICT (agency, day) DO UPDATE SET last = dossiers_counter.last + 1 RETURNING last";

record! {
    struct Stored {
        id: Uuid,
        version: i64,
        status: i32,
        request_number: Option<String>,
        code: Option<String>,
        procedure_code: String,
        procedure_name: String,
        procedure_version: Uuid,
        form_hash: Option<String>,
        channel: String,
        owner: Option<Uuid>,
        sent_by: Option<Uuid>,
        applicant: String,
        language: String,
        answers: String,
        papers: String,
        time_limit: Option<String>,
        receiving_unit: Uuid,
        deciding_unit: Uuid,
        sent_at: Timestamp,
        answer_due_at: Option<Timestamp>,
        accepted_at: Option<Timestamp>,
        due_at: Option<Timestamp>,
        due_first_at: Option<Timestamp>,
        due_because: String,
        calendar_version: Option<i64>,
        reappointments: i64,
        stopped_at: Option<Timestamp>,
        stopped_from: Option<i32>,
        step: i64,
        holder_unit: Uuid,
        holder_role: String,
        held_since: Timestamp,
        step_due_at: Option<Timestamp>,
        next_at: Timestamp,
        finished_at: Option<Timestamp>,
        handed_over_at: Option<Timestamp>,
        ended_at: Option<Timestamp>,
    }
}

pub fn one(tx: &mut Tx, id: DossierId) -> Result<Option<Dossier>, StoreError> {
    tx.opt::<Stored>(ONE, &[&id.0])?.map(Stored::into_dossier).transpose()
}

/// A request number that is taken comes back as `StoreError::Conflict`: draw another.
pub fn insert(tx: &mut Tx, dossier: &Dossier) -> Result<(), StoreError> {
    let row = Row::of(dossier, dossier.version)?;
    tx.execute(INSERT, &row.columns(dossier)).map(drop)
}

/// Writes a changed dossier over the version it was read at. False: somebody was faster.
pub fn update(tx: &mut Tx, dossier: &mut Dossier) -> Result<bool, StoreError> {
    let row = Row::of(dossier, dossier.version + 1)?;
    let mut columns = row.columns(dossier);
    columns.push(&dossier.version);
    let touched = tx.execute(UPDATE, &columns)?;
    dossier.version += 1;
    Ok(touched == 1)
}

pub fn by_code(tx: &mut Tx, code: &str) -> Result<Option<DossierId>, StoreError> {
    Ok(tx.opt::<(Uuid,)>(BY_CODE, &[&code])?.map(|(id,)| DossierId(id)))
}

pub fn by_request_number(tx: &mut Tx, number: &str) -> Result<Option<DossierId>, StoreError> {
    Ok(tx.opt::<(Uuid,)>(BY_REQUEST_NUMBER, &[&number])?.map(|(id,)| DossierId(id)))
}

/// The next count of an agency on a day. The row is held until the unit of work ends, so no two
/// dossiers get the same one, and a unit that is undone gives its count back.
pub fn next_count(tx: &mut Tx, agency: &str, day: Date) -> Result<i64, StoreError> {
    let (count,): (i64,) = tx.one(NEXT_COUNT, &[&agency, &day])?;
    Ok(count)
}

/// The columns that are written as another type than the noun has, or follow from it.
struct Row {
    version: i64,
    status: i32,
    stopped_from: Option<i32>,
    pile: &'static str,
    owner: Option<Uuid>,
    sent_by: Option<Uuid>,
    applicant: String,
    applicant_phone: String,
    applicant_key: Option<String>,
    folded: String,
    language: &'static str,
    channel: &'static str,
    answers: String,
    papers: String,
    time_limit: Option<String>,
    due_at: Option<Timestamp>,
    due_first_at: Option<Timestamp>,
    due_because: String,
    calendar_version: Option<i64>,
    reappointments: i64,
    stopped_at: Option<Timestamp>,
    step: i64,
    holder_role: &'static str,
}

impl Row {
    fn of(dossier: &Dossier, version: i64) -> Result<Row, StoreError> {
        let due = dossier.due.as_ref();
        let because = due.map(|due| due.because.as_slice()).unwrap_or_default();
        Ok(Row {
            version,
            status: dossier.status.code(),
            stopped_from: dossier.stood.map(|stood| stood.from.code()),
            pile: Pile::of(dossier.status).as_str(),
            owner: dossier.owner.map(|id| id.0),
            sent_by: dossier.sent_by.map(|id| id.0),
            applicant: written(&dossier.applicant)?,
            applicant_phone: dossier.applicant.reached_by_phone().to_owned(),
            applicant_key: dossier.applicant.key(),
            folded: dossier.search_text(),
            language: dossier.language.tag(),
            channel: dossier.channel.as_str(),
            answers: dossier.answers.to_string(),
            papers: written(&dossier.papers)?,
            time_limit: dossier.time_limit.as_ref().map(written).transpose()?,
            due_at: due.map(|due| due.at),
            due_first_at: due.map(|due| due.first_at),
            due_because: written(&because)?,
            calendar_version: due.map(|due| due.calendar_version),
            reappointments: due.map_or(0, |due| i64::from(due.reappointments)),
            stopped_at: dossier.stood.map(|stood| stood.at),
            step: i64::try_from(dossier.holder.step).unwrap_or(i64::MAX),
            holder_role: dossier.holder.role.code(),
        })
    }

    /// In the order of [`INSERT`] and [`UPDATE`].
    fn columns<'a>(&'a self, dossier: &'a Dossier) -> Vec<&'a (dyn ToArg + Sync)> {
        let (procedure, holder) = (&dossier.procedure, &dossier.holder);
        vec![
            &dossier.id.0,
            &self.version,
            &self.status,
            &self.pile,
            &dossier.request_number,
            &dossier.code,
            &procedure.code,
            &procedure.name,
            &procedure.version.0,
            &procedure.form_hash,
            &self.channel,
            &self.owner,
            &self.sent_by,
            &self.applicant,
            &self.applicant_phone,
            &self.applicant_key,
            &self.folded,
            &self.language,
            &self.answers,
            &self.papers,
            &self.time_limit,
            &dossier.places.receiving.0,
            &dossier.places.deciding.0,
            &dossier.sent_at,
            &dossier.answer_due_at,
            &dossier.accepted_at,
            &self.due_at,
            &self.due_first_at,
            &self.due_because,
            &self.calendar_version,
            &self.reappointments,
            &self.stopped_at,
            &self.stopped_from,
            &self.step,
            &holder.unit.0,
            &self.holder_role,
            &holder.since,
            &holder.due_at,
            &dossier.next_at,
            &dossier.finished_at,
            &dossier.handed_over_at,
            &dossier.ended_at,
        ]
    }
}

impl Stored {
    fn into_dossier(self) -> Result<Dossier, StoreError> {
        let status = |code: i32| Status::try_from(code).map_err(unreadable);
        let due = self.appointment()?;
        let stood = match (self.stopped_at, self.stopped_from) {
            (Some(at), Some(from)) => Some(Standing { at, from: status(from)? }),
            _ => None,
        };
        let holder = Holder {
            step: usize::try_from(self.step).map_err(unreadable)?,
            unit: UnitId(self.holder_unit),
            role: Role::parse(&self.holder_role).ok_or_else(|| unreadable("a role"))?,
            since: self.held_since,
            due_at: self.step_due_at,
        };
        let procedure = Procedure {
            code: self.procedure_code,
            name: self.procedure_name,
            version: VersionId(self.procedure_version),
            form_hash: self.form_hash,
        };
        let places =
            Places { receiving: UnitId(self.receiving_unit), deciding: UnitId(self.deciding_unit) };
        Ok(Dossier {
            id: DossierId(self.id),
            version: self.version,
            status: status(self.status)?,
            request_number: self.request_number,
            code: self.code,
            procedure,
            channel: channel(&self.channel)?,
            owner: self.owner.map(AccountId),
            sent_by: self.sent_by.map(AccountId),
            applicant: read(&self.applicant)?,
            language: Locale::parse(&self.language).unwrap_or_default(),
            answers: read(&self.answers)?,
            papers: read(&self.papers)?,
            time_limit: self.time_limit.as_deref().map(read).transpose()?,
            places,
            sent_at: self.sent_at,
            answer_due_at: self.answer_due_at,
            accepted_at: self.accepted_at,
            due,
            stood,
            holder,
            next_at: self.next_at,
            finished_at: self.finished_at,
            handed_over_at: self.handed_over_at,
            ended_at: self.ended_at,
        })
    }

    fn appointment(&self) -> Result<Option<Appointment>, StoreError> {
        let Some(at) = self.due_at else { return Ok(None) };
        Ok(Some(Appointment {
            at,
            first_at: self.due_first_at.unwrap_or(at),
            because: read(&self.due_because)?,
            calendar_version: self.calendar_version.unwrap_or_default(),
            reappointments: u32::try_from(self.reappointments).unwrap_or(u32::MAX),
        }))
    }
}

fn channel(text: &str) -> Result<ChannelKind, StoreError> {
    let found = ChannelKind::ALL.into_iter().find(|kind| kind.as_str() == text);
    found.ok_or_else(|| unreadable("a channel"))
}

/// What the store's answer "somebody was faster" means to the one who acts.
pub fn meanwhile(tx: &mut Tx, id: DossierId) -> Result<Refusal, StoreError> {
    let last = super::story::last_event(tx, id)?;
    Ok(match last {
        Some(last) => Refusal::ChangedMeanwhile { by: last.by.name, at: last.at, what: last.kind },
        None => Refusal::NotFound,
    })
}
