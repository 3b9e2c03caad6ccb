//! The working calendar: which hours of which days count. Pure; its rows live in the store.
//!
//! A calendar is a value of one version. An edit makes a new version and never changes an old
//! one, so a due date can always be explained with the calendar it was computed with.
//!
//! Law: BLLĐ 45/2019/QH14 art. 111
//! Law: BLLĐ 45/2019/QH14 art. 112
//! Law: QĐ 188/1999/QĐ-TTg art. 1
//! Law: QĐ 14/2010/QĐ-TTg art. 1

mod day;
pub mod expected;
mod hours;
pub mod seed;

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Weekday};

pub use day::{Certainty, DayKind, SpecialDay};
pub use hours::{HoursFault, Period, Week, clock, parse_time, write_periods};

/// No office stays closed for longer; a calendar that says so is broken.
const CLOSED_DAYS_MAX: u32 = 400;

#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    pub version: i64,
    days: BTreeMap<Date, SpecialDay>,
    /// Newest first.
    weeks: Vec<Week>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the calendar has no open day within {CLOSED_DAYS_MAX} days of {after}")]
pub struct NeverOpens {
    pub after: Date,
}

/// What one day is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Day<'a> {
    Open(&'a [Period]),
    /// Open though the week rests then: it pays back a day off.
    MadeUp(&'a [Period], &'a SpecialDay),
    Off(&'a SpecialDay),
    Rest(Weekday),
}

impl Calendar {
    /// Where two rows speak of one day, the later in the list decides: an office's own after
    /// the country's.
    pub fn new(version: i64, days: Vec<SpecialDay>, mut weeks: Vec<Week>) -> Calendar {
        weeks.sort_by_key(|week| std::cmp::Reverse(week.valid_from));
        Calendar { version, days: days.into_iter().map(|day| (day.date, day)).collect(), weeks }
    }

    pub fn on(&self, date: Date) -> Day<'_> {
        let own = self.week(date).map_or(&[][..], |week| week.work(date.weekday()));
        match self.days.get(&date) {
            Some(special) if special.kind.is_off() => Day::Off(special),
            Some(special) if own.is_empty() => self.made_up(date, special),
            _ if own.is_empty() => Day::Rest(date.weekday()),
            _ => Day::Open(own),
        }
    }

    /// A day worked instead of another keeps the hours of a Monday.
    fn made_up<'a>(&'a self, date: Date, special: &'a SpecialDay) -> Day<'a> {
        match self.week(date).map(|week| week.work(Weekday::Monday)) {
            Some(hours) if !hours.is_empty() => Day::MadeUp(hours, special),
            _ => Day::Rest(date.weekday()),
        }
    }

    fn week(&self, date: Date) -> Option<&Week> {
        self.weeks.iter().find(|week| week.valid_from <= date)
    }

    pub fn is_open(&self, date: Date) -> bool {
        !self.hours(date).is_empty()
    }

    /// The working hours of a day, none when it is closed.
    pub fn hours(&self, date: Date) -> &[Period] {
        match self.on(date) {
            Day::Open(hours) | Day::MadeUp(hours, _) => hours,
            Day::Off(_) | Day::Rest(_) => &[],
        }
    }

    /// When the counter takes dossiers in: the working hours, and the Saturday morning of those
    /// offices that keep one. Saturday morning takes in; it does not count as working time.
    pub fn reception(&self, date: Date) -> &[Period] {
        match self.on(date) {
            Day::Open(hours) | Day::MadeUp(hours, _) => hours,
            Day::Rest(Weekday::Saturday) => {
                self.week(date).map_or(&[], |week| week.saturday_reception.as_slice())
            }
            Day::Off(_) | Day::Rest(_) => &[],
        }
    }

    pub fn closes(&self, date: Date) -> Option<DateTime> {
        self.hours(date).last().map(|period| date.to_datetime(period.closes))
    }

    pub fn opens(&self, date: Date) -> Option<DateTime> {
        self.hours(date).first().map(|period| date.to_datetime(period.opens))
    }

    /// The first open day from `date` on.
    pub fn open_from(&self, date: Date) -> Result<Date, NeverOpens> {
        let mut day = date;
        for _ in 0..CLOSED_DAYS_MAX {
            if self.is_open(day) {
                return Ok(day);
            }
            day = day.tomorrow().map_err(|_| NeverOpens { after: date })?;
        }
        Err(NeverOpens { after: date })
    }

    /// The first open day after `date`.
    pub fn open_after(&self, date: Date) -> Result<Date, NeverOpens> {
        self.open_from(date.tomorrow().map_err(|_| NeverOpens { after: date })?)
    }

    /// `count` open days after `date`; `date` itself when the count is zero.
    pub fn open_days_after(&self, date: Date, count: u32) -> Result<Date, NeverOpens> {
        (0..count).try_fold(date, |day, _| self.open_after(day))
    }

    /// How many open days lie after `from`, up to and with `to`.
    pub fn open_days_between(&self, from: Date, to: Date) -> u32 {
        let mut count = 0;
        let mut day = from;
        while day < to {
            let Ok(next) = day.tomorrow() else { break };
            day = next;
            count += u32::from(self.is_open(day));
        }
        count
    }

    /// The moment itself in working hours, else the next opening.
    pub fn snap(&self, at: DateTime) -> Result<DateTime, NeverOpens> {
        for period in self.hours(at.date()) {
            if at.time() < period.opens {
                return Ok(at.date().to_datetime(period.opens));
            }
            if at.time() < period.closes {
                return Ok(at);
            }
        }
        let date = self.open_after(at.date())?;
        self.opens(date).ok_or(NeverOpens { after: at.date() })
    }

    /// `minutes` of working time after `from`. An end that meets a closing hour stays there:
    /// it does not jump to the next opening.
    pub fn add_minutes(&self, from: DateTime, minutes: u32) -> Result<DateTime, NeverOpens> {
        let mut at = self.snap(from)?;
        let mut left = i64::from(minutes);
        loop {
            let Some(period) = self.hours(at.date()).iter().find(|p| p.holds(at.time())) else {
                return Err(NeverOpens { after: from.date() });
            };
            let room = hours::minutes(at.time(), period.closes);
            if left <= room {
                let end = hours::later(at.time(), left);
                return Ok(at.date().to_datetime(end));
            }
            left -= room;
            at = self.snap(at.date().to_datetime(period.closes))?;
        }
    }

    /// Working minutes from `from` to `to`; none when `to` is not later.
    pub fn minutes_between(&self, from: DateTime, to: DateTime) -> i64 {
        let mut total = 0;
        let mut day = from.date();
        while day <= to.date() {
            for period in self.hours(day) {
                let opens = day.to_datetime(period.opens).max(from);
                let closes = day.to_datetime(period.closes).min(to);
                if opens < closes {
                    total += hours::minutes(opens.time(), closes.time());
                }
            }
            let Ok(next) = day.tomorrow() else { break };
            day = next;
        }
        total
    }

    pub fn special(&self, date: Date) -> Option<&SpecialDay> {
        self.days.get(&date)
    }

    pub fn special_days(&self) -> impl Iterator<Item = &SpecialDay> {
        self.days.values()
    }

    pub fn weeks(&self) -> &[Week] {
        &self.weeks
    }
}
