//! Whether a dossier was answered in time, weighed as the national portal weighs it.
//!
//! Law: QĐ 766/QĐ-TTg app. (2.1)

use jiff::Timestamp;

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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    OnTime,
    Late,
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
