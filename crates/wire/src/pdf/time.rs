//! Moments as PDF writes them: `D:20260420143045+07'00'`.
//!
//! Specification: ISO 32000-1 §7.9.4
//!
//! Law: NĐ 30/2020/NĐ-CP app. I

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};

/// Viet Nam has no summer time: its zone is this offset.
fn vietnam() -> TimeZone {
    TimeZone::fixed(Offset::constant(7))
}

/// A moment as it stands in a signature dictionary.
pub fn to_pdf(moment: Timestamp) -> String {
    moment.to_zoned(vietnam()).strftime("D:%Y%m%d%H%M%S+07'00'").to_string()
}

/// A moment as it is printed beside a signature: `2026-04-20T14:30:45+07:00`.
pub fn to_words(moment: Timestamp) -> String {
    moment.to_zoned(vietnam()).strftime("%Y-%m-%dT%H:%M:%S+07:00").to_string()
}

/// Reads a date; what is left out counts as the least, and no zone as UTC.
pub fn from_pdf(words: &str) -> Option<Timestamp> {
    let rest = words.strip_prefix("D:").unwrap_or(words);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if !(4..=14).contains(&digits) || digits % 2 != 0 {
        return None;
    }
    let (digits, zone) = rest.split_at(digits);
    let part = |from: usize, usual: i8| match digits.get(from..from + 2) {
        Some(pair) => pair.parse::<i8>().ok(),
        None => Some(usual),
    };
    let year: i16 = digits.get(..4)?.parse().ok()?;
    let (month, day) = (part(4, 1)?, part(6, 1)?);
    let (hour, minute, second) = (part(8, 0)?, part(10, 0)?, part(12, 0)?);
    let time = jiff::civil::Time::new(hour, minute, second, 0).ok()?;
    let local = DateTime::from_parts(Date::new(year, month, day).ok()?, time);
    let offset = Offset::from_seconds(zone_seconds(zone)?).ok()?;
    offset.to_timestamp(local).ok()
}

fn zone_seconds(zone: &str) -> Option<i32> {
    let (sign, rest) = match zone.as_bytes().first() {
        None | Some(b'Z') => return Some(0),
        Some(b'+') => (1, &zone[1..]),
        Some(b'-') => (-1, &zone[1..]),
        Some(_) => return None,
    };
    let mut parts = rest.split('\'');
    let hours: i32 = parts.next()?.parse().ok().filter(|hours| (0..=23).contains(hours))?;
    let minutes: i32 = match parts.next() {
        None | Some("") => 0,
        Some(minutes) => minutes.parse().ok().filter(|minutes| (0..=59).contains(minutes))?,
    };
    Some(sign * (hours * 3_600 + minutes * 60))
}
