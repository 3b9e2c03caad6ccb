//! How long a procedure may take, as its published text says it.
//!
//! Law: NĐ 63/2010/NĐ-CP art. 8
//! Law: BLDS 91/2015/QH13 art. 147

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeLimit {
    /// For `SameDay` and `Other` the number has no meaning of its own and is 0.
    pub amount: u32,
    pub unit: TimeUnit,
    #[serde(default, skip_serializing_if = "Convention::is_usual")]
    pub convention: Convention,
    /// The words of the source where number and unit do not say all; empty where they do.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// Hours of the office's day.
    WorkingHour,
    /// Hours of the clock, nights and holidays included.
    Hour,
    WorkingDay,
    Day,
    Month,
    SameDay,
    /// The source gives no unit, or one that only its text explains.
    Other,
}

/// From when whole days are counted. The law leaves the first day out unless a text says else.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Convention {
    #[default]
    FirstDayNotCounted,
    FirstDayCounted,
}

impl Convention {
    fn is_usual(&self) -> bool {
        *self == Convention::FirstDayNotCounted
    }
}

impl TimeLimit {
    pub fn new(amount: u32, unit: TimeUnit) -> TimeLimit {
        TimeLimit { amount, unit, convention: Convention::default(), text: String::new() }
    }

    /// No number, only words.
    pub fn told(text: impl Into<String>) -> TimeLimit {
        TimeLimit { text: text.into(), ..TimeLimit::new(0, TimeUnit::Other) }
    }
}

impl TimeUnit {
    pub fn as_str(self) -> &'static str {
        match self {
            TimeUnit::WorkingHour => "working_hour",
            TimeUnit::Hour => "hour",
            TimeUnit::WorkingDay => "working_day",
            TimeUnit::Day => "day",
            TimeUnit::Month => "month",
            TimeUnit::SameDay => "same_day",
            TimeUnit::Other => "other",
        }
    }
}
