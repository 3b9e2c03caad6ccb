//! When an answer is owed, and why on that day. Pure: a calendar, a limit and a moment in, a due
//! date with its explanation out.
//!
//! A dossier accepted after the cut-off, on a closed day or after closing counts as received on
//! the next working day. Whole days leave the day of reception out and end when the office
//! closes. A last day on which the office is closed moves to the next one on which it is open.
//!
//! Law: BLDS 91/2015/QH13 art. 147
//! Law: BLDS 91/2015/QH13 art. 148
//! Law: NĐ 61/2018/NĐ-CP art. 17

use jiff::civil::{Date, DateTime, Time};
use jiff::{Span, ToSpan};
use procedures::time_limit::{Convention, TimeLimit, TimeUnit};
use serde::{Deserialize, Serialize};

use crate::calendar::{Calendar, Certainty, Day, NeverOpens};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Due {
    /// On the wall in Vietnam.
    pub at: DateTime,
    /// In the order in which a person would tell them.
    pub because: Vec<Piece>,
}

/// One step of the reckoning. The words are made when it is shown, in the reader's language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "piece", rename_all = "snake_case")]
pub enum Piece {
    Limit {
        amount: u32,
        unit: TimeUnit,
    },
    /// What was left of the limit when the clock stopped.
    Remaining {
        amount: u32,
        unit: TimeUnit,
    },
    ClockStood {
        from: DateTime,
        to: DateTime,
    },
    AfterCutOff {
        cut_off: Time,
        counted_on: Date,
    },
    ClosedWhenReceived {
        counted_on: Date,
    },
    FirstDayNotCounted {
        date: Date,
    },
    FirstDayCounted {
        date: Date,
    },
    /// Saturdays and Sundays that were passed over.
    RestDays {
        saturdays: bool,
        sundays: bool,
    },
    DayOff {
        date: Date,
        name_vi: String,
        name_en: String,
        expected: bool,
    },
    /// A rest day that was worked, and so counted.
    MadeUp {
        date: Date,
    },
    /// The month has no such day.
    EndOfMonth {
        date: Date,
    },
    /// The last day was closed.
    Moved {
        from: Date,
        to: Date,
    },
    /// Named by a person, with the reason given.
    Appointed {
        reason: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DueFault {
    #[error(transparent)]
    NeverOpens(#[from] NeverOpens),
    #[error("the time limit reaches beyond the calendar")]
    TooFar,
    /// The published text names no unit: a person has to set the day.
    #[error("the limit has no unit that can be counted")]
    NotCountable,
}

/// The due date of a dossier accepted at `received`.
pub fn due(
    calendar: &Calendar,
    cut_off: Option<Time>,
    limit: &TimeLimit,
    received: DateTime,
) -> Result<Due, DueFault> {
    let limit_piece = Piece::Limit { amount: limit.amount, unit: limit.unit };
    if matches!(limit.unit, TimeUnit::WorkingHour | TimeUnit::Hour) {
        let at = hours_after(calendar, limit.unit, limit.amount, received)?;
        return Ok(Due { at, because: vec![limit_piece] });
    }
    let mut because = vec![limit_piece];
    let first = counted_on(calendar, cut_off, received, &mut because)?;
    // A first day that counts is the first day after the one before it.
    let (from, amount) = match (limit.unit, limit.convention) {
        (TimeUnit::SameDay, _) => (first, 0),
        (_, Convention::FirstDayCounted) => {
            because.push(Piece::FirstDayCounted { date: first });
            (first.yesterday().unwrap_or(first), limit.amount)
        }
        (_, Convention::FirstDayNotCounted) => {
            because.push(Piece::FirstDayNotCounted { date: first });
            (first, limit.amount)
        }
    };
    let last = days_after(calendar, limit.unit, amount, from, &mut because)?.max(first);
    Ok(Due { at: closing(calendar, last)?, because })
}

/// The new due date after the citizen has answered: what was left is counted from the answer.
/// A limit that had run out before the clock stopped stays run out.
pub fn resume(
    calendar: &Calendar,
    cut_off: Option<Time>,
    unit: TimeUnit,
    course: Stood,
) -> Result<Due, DueFault> {
    let Stood { due, from, to } = course;
    let mut because = vec![Piece::ClockStood { from, to }];
    if due <= from {
        return Ok(Due { at: due, because });
    }
    if matches!(unit, TimeUnit::WorkingHour | TimeUnit::Hour) {
        let left = u32::try_from(calendar.minutes_between(from, due)).unwrap_or(0);
        return Ok(Due { at: calendar.add_minutes(to, left)?, because });
    }
    let unit = if unit == TimeUnit::Day || unit == TimeUnit::Month {
        TimeUnit::Day
    } else {
        TimeUnit::WorkingDay
    };
    let left = days_left(calendar, unit, from.date(), due.date());
    because.push(Piece::Remaining { amount: left, unit });
    let first = counted_on(calendar, cut_off, to, &mut because)?;
    let last = days_after(calendar, unit, left, first, &mut because)?;
    Ok(Due { at: closing(calendar, last)?, because })
}

/// A clock that stood: what was due when it stopped, and from when to when it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stood {
    pub due: DateTime,
    pub from: DateTime,
    pub to: DateTime,
}

/// The hour by which a request sent online must be answered, counted from the very minute.
pub fn answer_due(calendar: &Calendar, hours: u32, sent: DateTime) -> Result<Due, DueFault> {
    due(calendar, None, &TimeLimit::new(hours, TimeUnit::WorkingHour), sent)
}

/// Working hours for one step of the route.
pub fn step_due(calendar: &Calendar, hours: u32, from: DateTime) -> Result<DateTime, DueFault> {
    hours_after(calendar, TimeUnit::WorkingHour, hours, from)
}

/// Hours of the clock may end at night: then the paper can be had at the next opening.
fn hours_after(
    calendar: &Calendar,
    unit: TimeUnit,
    hours: u32,
    from: DateTime,
) -> Result<DateTime, DueFault> {
    if unit == TimeUnit::WorkingHour {
        let minutes = hours.checked_mul(60).ok_or(DueFault::TooFar)?;
        return Ok(calendar.add_minutes(from, minutes)?);
    }
    let end = from.checked_add(i64::from(hours).hours()).map_err(|_| DueFault::TooFar)?;
    let on_closing = calendar.hours(end.date()).iter().any(|period| period.closes == end.time());
    Ok(if on_closing { end } else { calendar.snap(end)? })
}

/// The day that counts as the day of reception.
fn counted_on(
    calendar: &Calendar,
    cut_off: Option<Time>,
    received: DateTime,
    because: &mut Vec<Piece>,
) -> Result<Date, DueFault> {
    let closed = calendar.closes(received.date()).is_none_or(|closes| received >= closes);
    let late = cut_off.filter(|cut_off| received.time() > *cut_off);
    if !closed && late.is_none() {
        return Ok(received.date());
    }
    let counted_on = calendar.open_after(received.date())?;
    because.push(match late {
        Some(cut_off) if calendar.is_open(received.date()) => {
            Piece::AfterCutOff { cut_off, counted_on }
        }
        _ => Piece::ClosedWhenReceived { counted_on },
    });
    Ok(counted_on)
}

fn days_after(
    calendar: &Calendar,
    unit: TimeUnit,
    count: u32,
    first: Date,
    because: &mut Vec<Piece>,
) -> Result<Date, DueFault> {
    let last = match unit {
        TimeUnit::WorkingDay | TimeUnit::SameDay => calendar.open_days_after(first, count)?,
        TimeUnit::Day => shift(first, i64::from(count).days())?,
        TimeUnit::Month => months_after(first, count, because)?,
        TimeUnit::WorkingHour | TimeUnit::Hour | TimeUnit::Other => {
            return Err(DueFault::NotCountable);
        }
    };
    if matches!(unit, TimeUnit::WorkingDay | TimeUnit::SameDay) {
        passed_over(calendar, first, last, because);
    }
    let open = calendar.open_from(last)?;
    if open != last {
        passed_over(calendar, last.yesterday().unwrap_or(last), open, because);
        because.push(Piece::Moved { from: last, to: open });
    }
    Ok(open)
}

/// The same day of a later month, or its last day.
fn months_after(first: Date, count: u32, because: &mut Vec<Piece>) -> Result<Date, DueFault> {
    let last = shift(first, i64::from(count).months())?;
    if last.day() != first.day() {
        because.push(Piece::EndOfMonth { date: last });
    }
    Ok(last)
}

/// Names every closed day after `from` and up to `to`, and every rest day that was worked.
fn passed_over(calendar: &Calendar, from: Date, to: Date, because: &mut Vec<Piece>) {
    let (mut saturdays, mut sundays) = (false, false);
    let mut named = Vec::new();
    let mut day = from;
    while day < to {
        let Ok(next) = day.tomorrow() else { break };
        day = next;
        match calendar.on(day) {
            Day::Open(_) => {}
            Day::MadeUp(..) => named.push(Piece::MadeUp { date: day }),
            Day::Rest(weekday) => {
                saturdays |= weekday == jiff::civil::Weekday::Saturday;
                sundays |= weekday == jiff::civil::Weekday::Sunday;
            }
            Day::Off(special) => named.push(Piece::DayOff {
                date: day,
                name_vi: special.name_vi.clone(),
                name_en: special.name_en.clone(),
                expected: special.certainty == Certainty::Expected,
            }),
        }
    }
    if saturdays || sundays {
        because.push(Piece::RestDays { saturdays, sundays });
    }
    because.append(&mut named);
}

fn days_left(calendar: &Calendar, unit: TimeUnit, from: Date, to: Date) -> u32 {
    match unit {
        TimeUnit::Day => u32::try_from((to - from).get_days()).unwrap_or(0),
        _ => calendar.open_days_between(from, to),
    }
}

fn shift(date: Date, by: Span) -> Result<Date, DueFault> {
    date.checked_add(by).map_err(|_| DueFault::TooFar)
}

fn closing(calendar: &Calendar, date: Date) -> Result<DateTime, DueFault> {
    calendar.closes(date).ok_or(DueFault::NeverOpens(NeverOpens { after: date }))
}
