//! The register of a unit (form 07), and the control slip of a dossier (form 06).
//!
//! Law: TT 03/2025/TT-VPCP app. I (forms 06, 07)

use identity::{Actor, Right};
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::clock::{instant, local};
use platform::store::{StoreError, Tx};
use platform::words::{Locale, Speech, Word};

use super::Whole;
use crate::applicant::Applicant;
use crate::commands::deliver::How;
use crate::papers::{ControlRow, ControlSlip, Register, RegisterRow};
use crate::paperwork::{About, letterhead, moment, slip_head};
use crate::refusal::Refusal;
use crate::status::Status;
use crate::store;
use crate::store::queue::RegisterLine;

/// A register is printed in portions of this many lines.
pub const LINES_MAX: i64 = 1_000;

/// From one day to another, both included; none when the officer has nothing to see there.
pub async fn register(
    ctx: &Ctx,
    actor: &Actor,
    unit: UnitId,
    (from, to): (Date, Date),
) -> Result<Option<Register>, Refusal> {
    let (ctx, actor) = (ctx.clone(), actor.clone());
    let store = ctx.store.clone();
    store
        .read(move |tx| {
            if actor.authority(tx, Right::SeeDossiers, unit)?.is_none() {
                return Ok(None);
            }
            let speech = ctx.words.speak(Locale::Vi);
            let midnight = jiff::civil::Time::midnight();
            let end = to.tomorrow().unwrap_or(to);
            let span = (instant(from.to_datetime(midnight)), instant(end.to_datetime(midnight)));
            let lines = store::queue::register(tx, unit, span, LINES_MAX)?;
            let mut rows = Vec::with_capacity(lines.len());
            for (place, line) in lines.into_iter().enumerate() {
                rows.push(row(tx, &speech, place as i64 + 1, line)?);
            }
            let period = speech.with(
                "dossiers-register-period",
                &[("from", speech.date(from).into()), ("to", speech.date(to).into())],
            );
            let letterhead = letterhead(tx, &speech, (unit, ctx.clock.now()))?;
            Ok(Some(Register { letterhead, period, rows }))
        })
        .await
}

fn row(
    tx: &mut Tx,
    speech: &Speech,
    number: i64,
    line: RegisterLine,
) -> Result<RegisterRow, StoreError> {
    let applicant: Applicant = store::read(&line.applicant)?;
    let office = organisations::queries::unit(tx, UnitId(line.deciding_unit))?;
    let day = |at: Option<jiff::Timestamp>| at.map(|at| speech.date_time(at)).unwrap_or_default();
    let status = Status::try_from(line.status).map_err(store::unreadable)?;
    let how = line.handed_how.as_deref().and_then(How::parse);
    let ended = line.ended_at.map(|at| {
        let status = speech.t(&format!("dossiers-status-{}", status.word()));
        format!("{status}, {}", speech.date_time(at))
    });
    Ok(RegisterRow {
        number,
        code: line.code.unwrap_or_default(),
        procedure: line.procedure_name,
        subject: applicant.name,
        address: applicant.address,
        office: office.map(|unit| unit.name.to_string()).unwrap_or_default(),
        received_at: day(line.accepted_at),
        due_at: day(line.due_at),
        finished_at: day(line.finished_at),
        handed_over_at: day(line.handed_over_at),
        handed_how: how
            .map(|how| speech.t(&format!("dossiers-how-{}", how.word())))
            .unwrap_or_default(),
        note: ended.unwrap_or_default(),
    })
}

/// The control slip as the dossier stands now.
pub async fn control(ctx: &Ctx, whole: &Whole) -> Result<ControlSlip, Refusal> {
    let speech = ctx.words.speak(Locale::Vi);
    let (dossier, address) = (whole.dossier.clone(), ctx.settings.public_address.clone());
    let (words, now) = (speech.clone(), ctx.clock.now());
    let head = ctx
        .store
        .read(move |tx| {
            let about = About { dossier: &dossier, address: &address };
            slip_head(tx, &words, &about, (dossier.places.receiving, now))
        })
        .await;
    let head = head.map_err(Refusal::Store)?;
    let dossier = &whole.dossier;
    Ok(ControlSlip {
        head,
        received_at: dossier.accepted_at.map(|at| moment(&speech, at)).unwrap_or_default(),
        due_at: dossier.due.as_ref().map(|due| moment(&speech, due.at)).unwrap_or_default(),
        rows: whole.handovers.iter().map(|line| control_row(whole, &speech, line)).collect(),
    })
}

fn control_row(whole: &Whole, speech: &Speech, line: &store::story::HandoverLine) -> ControlRow {
    let role = |code: &str| {
        let role = identity::Role::parse(code);
        role.map(|role| speech.t(role.word())).unwrap_or_default()
    };
    let course = match line.course.as_str() {
        "untimed" => String::new(),
        course => speech.t(&format!("dossiers-course-{}", course.replace('_', "-"))),
    };
    let unit = |id| whole.units.get(&id).map(|unit| unit.name.clone()).unwrap_or_default();
    let taken_by = speech.with(
        "dossiers-control-taken-by",
        &[("role", role(&line.to_role).into()), ("unit", Word::from(unit(line.to_unit)))],
    );
    ControlRow {
        given_by: format!("{} ({})", line.from_name, role(&line.from_role)),
        given_unit: unit(line.from_unit),
        taken_by,
        at: speech.date_time(line.at),
        course,
        note: line.note.clone(),
    }
}

/// The month of a day, for a register without dates.
pub fn month_of(now: jiff::Timestamp) -> (Date, Date) {
    let today = local(now).date();
    (today.first_of_month(), today.last_of_month())
}
