//! Dates and times as packets write them: `2026/11/22`, `2026/11/22 17:05:09`, Vietnamese time.
//!
//! What was received is kept as it was written, since packets carry days that never were; what it
//! means is asked for, and may be nothing.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 14

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use serde::Serialize;

/// Vietnam has one time and no summer time.
const OFFSET: Offset = Offset::constant(7);

/// A day, or what stood in its place. Empty when nothing did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct PacketDate(String);

impl PacketDate {
    pub fn of(date: Date) -> PacketDate {
        PacketDate(date.strftime("%Y/%m/%d").to_string())
    }

    pub fn received(text: &str) -> PacketDate {
        PacketDate(text.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The day, when it is written as packets write it.
    pub fn date(&self) -> Option<Date> {
        match self.0.len() {
            10 => Date::strptime("%Y/%m/%d", &self.0).ok(),
            _ => None,
        }
    }
}

/// A moment, or what stood in its place. Empty when nothing did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct PacketTime(String);

impl PacketTime {
    /// In whole seconds.
    pub fn of(time: Timestamp) -> PacketTime {
        let local = time.to_zoned(TimeZone::fixed(OFFSET));
        PacketTime(local.strftime("%Y/%m/%d %H:%M:%S").to_string())
    }

    pub fn received(text: &str) -> PacketTime {
        PacketTime(text.to_owned())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The moment, when it is written as packets write it.
    pub fn timestamp(&self) -> Option<Timestamp> {
        if self.0.len() != 19 {
            return None;
        }
        let local = DateTime::strptime("%Y/%m/%d %H:%M:%S", &self.0).ok()?;
        OFFSET.to_timestamp(local).ok()
    }
}
