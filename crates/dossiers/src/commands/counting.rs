//! What is counted of each act: by office, channel and procedure, and what waits in each unit.

use jiff::Timestamp;
use organisations::UnitId;
use platform::clock::local;
use platform::figures;
use platform::store::{StoreError, Tx};

use super::act::{Act, reckoning};
use crate::dossier::Dossier;
use crate::event::EventKind;
use crate::on_time::{Appointment, Asked, Course, Verdict, counted_end};
use crate::rules::Rule;
use crate::status::Status;
use crate::store;

impl Act<'_> {
    /// Counters by office, channel and procedure, and what waits in each unit.
    pub(super) fn count(&mut self, kind: EventKind) -> Result<(), StoreError> {
        let unit = unit_code(self.tx, self.dossier.places.receiving)?;
        let (channel, procedure) =
            (self.dossier.channel.as_str(), self.dossier.procedure.code.clone());
        let dimensions =
            [("unit", unit.as_str()), ("channel", channel), ("procedure", procedure.as_str())];
        if let Some(name) = counter(kind) {
            figures::add(self.tx, name, &dimensions, self.now, 1)?;
        }
        for (name, verdict) in
            [("dossiers.answered", self.answer_verdict()), ("dossiers.ended", self.end_verdict()?)]
        {
            if let Some(verdict) = verdict {
                let dimensions = [&dimensions[..], &[("in_time", verdict.word())]].concat();
                figures::add(self.tx, name, &dimensions, self.now, 1)?;
            }
        }
        queue_gauges(self.tx, &self.dossier, self.now)
    }

    /// Whether a request sent online was answered within its hours: counted with its first answer
    /// by the office.
    fn answer_verdict(&self) -> Option<Verdict> {
        let office = self.before == Some(Status::Registered) && self.by.unit.is_some();
        let due =
            self.answer_due_at.filter(|_| office && self.dossier.status != Status::Registered)?;
        Some(if self.now <= due { Verdict::OnTime } else { Verdict::Late })
    }

    /// Whether an accepted dossier ended in time, as the national portal weighs it.
    fn end_verdict(&mut self) -> Result<Option<Verdict>, StoreError> {
        let dossier = &self.dossier;
        let over = matches!(dossier.status, Status::Finished) || dossier.ended_at.is_some();
        let (Some(accepted), true) = (dossier.accepted_at, over) else { return Ok(None) };
        if self.before == Some(dossier.status) {
            return Ok(None);
        }
        let hours = rules_of(self.tx, dossier.places.receiving, self.now)?;
        let supplements = Asked::of(&store::demand::all(self.tx, dossier.id)?);
        let course = Course {
            accepted,
            appointment: Appointment::of(dossier, hours),
            end: counted_end(dossier.finished_at, dossier.handed_over_at, dossier.ended_at),
            supplements: &supplements,
        };
        Ok(Some(course.verdict(self.now)))
    }
}

/// What waits for somebody in the units that a dossier concerns: the menu shows it.
fn queue_gauges(tx: &mut Tx, dossier: &Dossier, now: Timestamp) -> Result<(), StoreError> {
    let mut units = vec![dossier.places.receiving, dossier.places.deciding, dossier.holder.unit];
    units.sort_unstable();
    units.dedup();
    for unit in units {
        let waiting = store::queue::waiting(tx, unit)?;
        let code = unit_code(tx, unit)?;
        figures::set(tx, crate::WAITING, &[("unit", code.as_str())], now, waiting)?;
    }
    Ok(())
}

fn counter(kind: EventKind) -> Option<&'static str> {
    match kind {
        EventKind::Sent => Some("dossiers.sent"),
        EventKind::Accepted | EventKind::TakenIn => Some("dossiers.accepted"),
        EventKind::Refused => Some("dossiers.refused"),
        EventKind::Decided => Some("dossiers.finished"),
        EventKind::Withdrawn => Some("dossiers.withdrawn"),
        EventKind::Stopped => Some("dossiers.stopped"),
        _ => None,
    }
}

/// The hours of a working day in the rules of now.
fn rules_of(tx: &mut Tx, unit: UnitId, now: Timestamp) -> Result<u32, StoreError> {
    let reckoning = reckoning(tx, unit, now)?;
    Ok(reckoning.rules.number(Rule::HoursPerDay, local(now).date()).unwrap_or(8))
}

/// How figures name a unit.
pub(crate) fn unit_code(tx: &mut Tx, unit: UnitId) -> Result<String, StoreError> {
    let unit = organisations::queries::unit(tx, unit)?;
    Ok(unit.map(|unit| unit.code.to_string()).unwrap_or_default())
}
