//! The time in a request: `21112026T205858+0533`, day first, and behind the plus the milliseconds,
//! not an offset.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{Offset, TimeZone};

const OFFSET: Offset = Offset::constant(7);

/// In Vietnamese time, as every machine that runs the kit should have it.
pub fn write(time: Timestamp) -> String {
    let local = time.to_zoned(TimeZone::fixed(OFFSET));
    format!("{}+{:04}", local.strftime("%d%m%YT%H%M%S"), local.millisecond())
}

/// `None` when it is not written so.
pub fn read(text: &str) -> Option<Timestamp> {
    let (seconds, milliseconds) = text.split_once('+')?;
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (day, hour) = seconds.split_once('T')?;
    if day.len() != 8 || hour.len() != 6 || milliseconds.len() != 4 {
        return None;
    }
    if !(digits(day) && digits(hour) && digits(milliseconds)) {
        return None;
    }
    let milliseconds: i64 = milliseconds.parse().ok().filter(|count| *count < 1_000)?;
    let local = DateTime::strptime("%d%m%YT%H%M%S", seconds).ok()?;
    let time = OFFSET.to_timestamp(local).ok()?;
    time.checked_add(jiff::SignedDuration::from_millis(milliseconds)).ok()
}
