//! Hỏa tốc hẹn giờ: express at a set time. By when a document has to be in the receiver's hands.
//! Pure.
//!
//! Packets have a code for it (priority 4) and no field for the hour: it is said in the content, in
//! words that people read, too. Where another system wrote it into the day of the deadline, it is
//! taken from there.
//!
//! Law: NĐ 30/2020/NĐ-CP app. I (độ khẩn)

use jiff::civil::{Date, Time};
use jiff::{SignedDuration, Timestamp};
use platform::clock::{instant, local};
use platform::fold::fold;
use wire::edxml::PacketTime;

/// From then on it is told of as near.
pub const NEAR: SignedDuration = SignedDuration::from_hours(1);
const MARK: &str = "hoa toc hen gio";

/// How the hour stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearness {
    Ahead,
    Near,
    Over,
}

impl Nearness {
    pub fn of(at: Timestamp, now: Timestamp) -> Nearness {
        match () {
            () if at <= now => Nearness::Over,
            () if at <= now + NEAR => Nearness::Near,
            () => Nearness::Ahead,
        }
    }
}

/// `14:30`, `14h30`, `14 giờ`: as people write an hour.
pub fn hour(typed: &str) -> Option<Time> {
    let folded = fold(typed);
    let mut numbers = folded.split(|one: char| !one.is_ascii_digit()).filter(|one| !one.is_empty());
    let hour: i8 = numbers.next()?.parse().ok()?;
    let minute: i8 = numbers.next().map_or(Ok(0), str::parse).ok()?;
    match numbers.next() {
        None => Time::new(hour, minute, 0, 0).ok(),
        Some(_) => None,
    }
}

/// The moment, of a day and an hour in Vietnam.
pub fn moment(day: Date, hour: Time) -> Timestamp {
    instant(day.to_datetime(hour))
}

/// `14:30 ngày 25/11/2026`: on papers, which are Vietnamese, and in packets.
pub fn said(at: Timestamp) -> String {
    local(at).strftime("%H:%M ngày %d/%m/%Y").to_string()
}

/// As the content of a packet has it.
pub fn written(at: Timestamp) -> String {
    format!("Hỏa tốc hẹn giờ: {}", said(at))
}

/// The hour that a packet names: in its content, or in the day of its deadline.
pub fn read(content: &str, due: &str) -> Option<Timestamp> {
    in_words(content).or_else(|| PacketTime::received(due).timestamp())
}

/// Behind the mark: hour and minute, then day, month and year.
fn in_words(content: &str) -> Option<Timestamp> {
    let folded = fold(content);
    let behind = folded.split_once(MARK)?.1;
    let mut numbers = behind.split(|one: char| !one.is_ascii_digit()).filter(|one| !one.is_empty());
    let mut next = || numbers.next().and_then(|text| text.parse::<i16>().ok());
    let (hour, minute) = (next()?, next()?);
    let (day, month, year) = (next()?, next()?, next()?);
    let small = |number: i16| i8::try_from(number).ok();
    let time = Time::new(small(hour)?, small(minute)?, 0, 0).ok()?;
    let day = Date::new(year, small(month)?, small(day)?).ok()?;
    Some(moment(day, time))
}
