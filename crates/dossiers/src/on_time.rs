//! Whether a dossier was answered in time, weighed as the national portal weighs it.
//!
//! Law: QĐ 766/QĐ-TTg app. (2.1)

use jiff::Timestamp;
use procedures::{TimeLimit, TimeUnit};

use crate::demand::Demand;
use crate::dossier::Dossier;

/// All that the weighing looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Course<'a> {
    pub accepted: Timestamp,
    pub appointment: Appointment,
    /// See [`counted_end`].
    pub end: Option<Timestamp>,
    /// Those made after acceptance, in order.
    pub supplements: &'a [Asked],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Appointment {
    /// As first given: the time of finished supplements is taken off.
    First(Timestamp),
    /// Already made longer by the time the clock stood: nothing more is taken off.
    Moved(Timestamp),
    /// None was given: the procedure's longest time is the measure.
    None { longest_minutes: i64 },
}

/// One supplement request; without an answer it is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    pub at: Timestamp,
    pub answered: Option<Timestamp>,
}

impl Asked {
    /// The supplement requests that the law counts.
    pub fn of(demands: &[Demand]) -> Vec<Asked> {
        let counted = demands.iter().filter(|demand| demand.counts());
        counted.map(|demand| Asked { at: demand.asked_at, answered: demand.ended_at }).collect()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    OnTime,
    Late,
}

impl Verdict {
    /// As figures name it.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::OnTime => "on_time",
            Verdict::Late => "late",
        }
    }
}

impl Appointment {
    /// What an accepted dossier is weighed against. A day that the office named anew after an
    /// apology counts for nothing: the first one does.
    pub fn of(dossier: &Dossier, hours_per_day: u32) -> Appointment {
        match &dossier.due {
            Some(due) if due.reappointments > 0 => Appointment::First(due.first_at),
            Some(due) => Appointment::Moved(due.at),
            None => Appointment::None {
                longest_minutes: longest_minutes(dossier.time_limit.as_ref(), hours_per_day),
            },
        }
    }
}

/// The whole of a limit in minutes: of working hours where it is counted in them. A limit told
/// only in words is no limit that could be broken.
fn longest_minutes(limit: Option<&TimeLimit>, hours_per_day: u32) -> i64 {
    let Some(limit) = limit else { return i64::MAX / 120_000_000 };
    let (amount, day) = (i64::from(limit.amount), i64::from(hours_per_day) * 60);
    match limit.unit {
        TimeUnit::WorkingHour | TimeUnit::Hour => amount * 60,
        TimeUnit::WorkingDay => amount * day,
        TimeUnit::SameDay => day,
        TimeUnit::Day => amount * 24 * 60,
        TimeUnit::Month => amount * 30 * 24 * 60,
        TimeUnit::Other => i64::MAX / 120_000_000,
    }
}

impl Course<'_> {
    /// `period_end` stands in for the end of a dossier that is still open.
    pub fn verdict(&self, period_end: Timestamp) -> Verdict {
        if self.supplements.len() > 1 {
            return Verdict::Late;
        }
        let end = self.weighed_end(period_end);
        let in_time = match self.appointment {
            Appointment::First(due) => micros(end) - self.waited_micros() <= micros(due),
            Appointment::Moved(due) => end <= due,
            Appointment::None { longest_minutes } => {
                let spent = micros(end) - micros(self.accepted) - self.waited_micros();
                spent <= longest_minutes * 60_000_000
            }
        };
        if in_time { Verdict::OnTime } else { Verdict::Late }
    }

    /// While the citizen's answer is awaited, the office's time ended with its request.
    fn weighed_end(&self, period_end: Timestamp) -> Timestamp {
        let awaited = self.supplements.iter().find(|asked| asked.answered.is_none());
        match (self.end, awaited) {
            (Some(end), _) => end,
            (None, Some(asked)) => asked.at,
            (None, None) => period_end,
        }
    }

    fn waited_micros(&self) -> i64 {
        self.supplements
            .iter()
            .filter_map(|asked| Some(micros(asked.answered?) - micros(asked.at)))
            .sum()
    }
}

/// The first of: finished, handed over, ended without a result (stopped, refused, withdrawn).
/// What was withdrawn before it was accepted has no course to weigh.
pub fn counted_end(
    finished: Option<Timestamp>,
    handed_over: Option<Timestamp>,
    ended_without_result: Option<Timestamp>,
) -> Option<Timestamp> {
    finished.or(handed_over).or(ended_without_result)
}

fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}
