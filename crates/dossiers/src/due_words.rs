//! A due date told: "3 ngày làm việc, không tính ngày nhận 23/11, bỏ qua thứ bảy, chủ nhật,
//! 24/11 (Ngày Văn hóa Việt Nam)". The pieces are stored; the sentence is made in the reader's
//! language.

use jiff::civil::{Date, DateTime};
use platform::words::{Locale, Speech, Word};
use procedures::{TimeLimit, TimeUnit};

use crate::calendar::clock;
use crate::due::Piece;

/// "3 ngày làm việc", or the words of the published text.
pub fn limit(speech: &Speech, limit: &TimeLimit) -> String {
    match limit.unit {
        TimeUnit::Other => limit.text.clone(),
        unit => amount(speech, limit.amount, unit),
    }
}

/// The same where it stands alone: "Trong ngày".
pub fn limit_alone(speech: &Speech, told: &TimeLimit) -> String {
    let text = limit(speech, told);
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => text,
    }
}

/// Why on that day, in one sentence without its full stop.
pub fn because(speech: &Speech, pieces: &[Piece]) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut passed: Vec<String> = Vec::new();
    for piece in pieces {
        match piece {
            Piece::RestDays { .. } | Piece::DayOff { .. } => passed.push(closed(speech, piece)),
            other => {
                flush(speech, &mut passed, &mut parts);
                parts.push(told(speech, other));
            }
        }
    }
    flush(speech, &mut passed, &mut parts);
    parts.join(", ")
}

/// What was passed over is named in one go.
fn flush(speech: &Speech, passed: &mut Vec<String>, parts: &mut Vec<String>) {
    if !passed.is_empty() {
        let days = std::mem::take(passed).join(", ");
        parts.push(speech.with("dossiers-due-passed", &[("days", days.into())]));
    }
}

fn told(speech: &Speech, piece: &Piece) -> String {
    let with_date = |key: &str, date: Date| speech.with(key, &[("date", day(speech, date))]);
    match piece {
        Piece::Limit { amount: count, unit } => amount(speech, *count, *unit),
        Piece::Remaining { amount: count, unit } => {
            let left = amount(speech, *count, *unit);
            speech.with("dossiers-due-remaining", &[("left", left.into())])
        }
        Piece::ClockStood { from, to } => speech.with(
            "dossiers-due-clock-stood",
            &[("from", moment(speech, *from)), ("to", moment(speech, *to))],
        ),
        Piece::AfterCutOff { cut_off, counted_on } => speech.with(
            "dossiers-due-after-cut-off",
            &[("time", clock(*cut_off).into()), ("date", day(speech, *counted_on))],
        ),
        Piece::ClosedWhenReceived { counted_on } => {
            with_date("dossiers-due-closed-when-received", *counted_on)
        }
        Piece::FirstDayNotCounted { date } => with_date("dossiers-due-first-day-not", *date),
        Piece::FirstDayCounted { date } => with_date("dossiers-due-first-day", *date),
        Piece::RestDays { .. } | Piece::DayOff { .. } => closed(speech, piece),
        Piece::MadeUp { date } => with_date("dossiers-due-made-up", *date),
        Piece::EndOfMonth { date } => with_date("dossiers-due-end-of-month", *date),
        Piece::Moved { from, to } => speech
            .with("dossiers-due-moved", &[("from", day(speech, *from)), ("to", day(speech, *to))]),
        Piece::Appointed { reason } if reason.is_empty() => speech.t("dossiers-due-appointed"),
        Piece::Appointed { reason } => {
            speech.with("dossiers-due-appointed-because", &[("reason", reason.into())])
        }
    }
}

fn closed(speech: &Speech, piece: &Piece) -> String {
    match piece {
        Piece::RestDays { saturdays: true, sundays: true } => speech.t("dossiers-due-weekend"),
        Piece::RestDays { saturdays: true, .. } => speech.t("dossiers-due-saturdays"),
        Piece::RestDays { .. } => speech.t("dossiers-due-sundays"),
        Piece::DayOff { date, name_vi, name_en, expected } => {
            let name = if speech.locale() == Locale::Vi { name_vi } else { name_en };
            let key =
                if *expected { "dossiers-due-day-off-expected" } else { "dossiers-due-day-off" };
            speech.with(key, &[("date", day(speech, *date)), ("name", name.into())])
        }
        _ => String::new(),
    }
}

fn amount(speech: &Speech, count: u32, unit: TimeUnit) -> String {
    let key = format!("dossiers-due-unit-{}", unit.as_str().replace('_', "-"));
    speech.with(&key, &[("count", count.into())])
}

/// Day and month; the year is in the due date itself.
fn day(speech: &Speech, date: Date) -> Word {
    match speech.locale() {
        Locale::Vi => format!("{:02}/{:02}", date.day(), date.month()).into(),
        Locale::En => {
            let month = speech.t(&format!("platform-month-{}", date.month()));
            format!("{} {month}", date.day()).into()
        }
    }
}

fn moment(speech: &Speech, at: DateTime) -> Word {
    speech.date_time(platform::clock::instant(at)).into()
}
