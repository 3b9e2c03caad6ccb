//! The hours of a week, written as people write them: `07:30-11:30 13:30-17:00`.
//!
//! Law: QĐ 188/1999/QĐ-TTg art. 1

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

/// Half a day, or any stretch in which the office works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    pub opens: Time,
    pub closes: Time,
}

/// The hours of each weekday from a day on, until a later table takes over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    pub valid_from: Date,
    /// Monday first.
    pub days: [Vec<Period>; 7],
    /// Empty where the office takes nothing in on Saturdays.
    pub saturday_reception: Vec<Period>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursFault {
    #[error("`{0}` is no stretch of hours like 07:30-11:30")]
    NotAPeriod(String),
    #[error("`{0}` begins before the stretch in front of it ends")]
    OutOfOrder(String),
    #[error("a week needs at least one open day, and Monday among them")]
    NoMonday,
}

impl Week {
    /// Seven texts, Monday first, and the Saturday morning.
    pub fn parse(valid_from: Date, days: &[String; 7], saturday: &str) -> Result<Week, HoursFault> {
        let mut parsed: [Vec<Period>; 7] = Default::default();
        for (slot, text) in parsed.iter_mut().zip(days) {
            *slot = parse_periods(text)?;
        }
        if parsed[0].is_empty() {
            return Err(HoursFault::NoMonday);
        }
        let saturday_reception = parse_periods(saturday)?;
        Ok(Week { valid_from, days: parsed, saturday_reception })
    }

    pub fn work(&self, weekday: Weekday) -> &[Period] {
        &self.days[weekday.to_monday_zero_offset() as usize]
    }
}

impl Period {
    pub fn parse(text: &str) -> Result<Period, HoursFault> {
        let fault = || HoursFault::NotAPeriod(text.to_owned());
        let (opens, closes) = text.split_once(['-', '–']).ok_or_else(fault)?;
        let period = Period {
            opens: parse_time(opens).ok_or_else(fault)?,
            closes: parse_time(closes).ok_or_else(fault)?,
        };
        if period.opens < period.closes { Ok(period) } else { Err(fault()) }
    }

    pub fn holds(&self, time: Time) -> bool {
        self.opens <= time && time < self.closes
    }
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}-{}", clock(self.opens), clock(self.closes))
    }
}

/// `07:30-11:30 13:30-17:00`; an empty text is a day of rest.
pub fn parse_periods(text: &str) -> Result<Vec<Period>, HoursFault> {
    let mut periods: Vec<Period> = Vec::new();
    for word in text.split([' ', ',', ';']).filter(|word| !word.is_empty()) {
        let period = Period::parse(word)?;
        if periods.last().is_some_and(|before| before.closes > period.opens) {
            return Err(HoursFault::OutOfOrder(word.to_owned()));
        }
        periods.push(period);
    }
    Ok(periods)
}

pub fn write_periods(periods: &[Period]) -> String {
    periods.iter().map(Period::to_string).collect::<Vec<_>>().join(" ")
}

/// `7:30`, `07:30` and the Vietnamese `7h30`.
pub fn parse_time(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once([':', 'h', 'H'])?;
    let minute = if minute.is_empty() { "0" } else { minute };
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

pub fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

pub fn minutes(from: Time, to: Time) -> i64 {
    seconds(to).saturating_sub(seconds(from)) / 60
}

fn seconds(time: Time) -> i64 {
    i64::from(time.hour()) * 3600 + i64::from(time.minute()) * 60 + i64::from(time.second())
}

/// `minutes` later on the same day; never past its end.
pub fn later(time: Time, minutes: i64) -> Time {
    time.saturating_add(minutes.minutes())
}
