use jiff::civil::{DateTime, Time, date, time};
use procedures::time_limit::{Convention, TimeLimit, TimeUnit};
use proptest::prelude::*;

use super::calendar::common;
use crate::due::{DueFault, Piece, Stood, answer_due, due, resume};

const CUT_OFF: Option<Time> = Some(Time::constant(15, 0, 0, 0));

fn at(text: &str) -> DateTime {
    format!("{}:00", text.replace(' ', "T")).parse().unwrap()
}

fn due_of(amount: u32, unit: TimeUnit, received: &str) -> String {
    let due = due(&common(), CUT_OFF, &TimeLimit::new(amount, unit), at(received)).unwrap();
    written(due.at)
}

fn written(at: DateTime) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

fn check(rows: &[(u32, TimeUnit, &str, &str)]) {
    for (amount, unit, received, expected) in rows {
        assert_eq!(due_of(*amount, *unit, received), *expected, "{amount} {unit:?} {received}");
    }
}

use TimeUnit::{Day, Hour, Month, SameDay, WorkingDay, WorkingHour};

#[test]
fn the_day_of_reception_is_not_counted() {
    check(&[
        (1, WorkingDay, "2026-11-09 08:00", "2026-11-10 17:00"),
        (3, WorkingDay, "2026-11-09 14:59", "2026-11-12 17:00"),
        (5, WorkingDay, "2026-11-13 10:00", "2026-11-20 17:00"),
        (1, Day, "2026-11-09 08:00", "2026-11-10 17:00"),
    ]);
}

#[test]
fn a_version_may_say_that_the_first_day_counts() {
    let limit = |amount, unit| TimeLimit {
        convention: Convention::FirstDayCounted,
        ..TimeLimit::new(amount, unit)
    };
    let end = |limit| written(due(&common(), CUT_OFF, &limit, at("2026-11-09 08:00")).unwrap().at);
    assert_eq!(end(limit(1, WorkingDay)), "2026-11-09 17:00");
    assert_eq!(end(limit(3, WorkingDay)), "2026-11-11 17:00");
    assert_eq!(end(limit(10, Day)), "2026-11-18 17:00");
    assert_eq!(end(limit(1, Month)), "2026-12-08 17:00");
}

#[test]
fn reception_after_15_00_counts_from_the_next_working_day() {
    check(&[
        (3, WorkingDay, "2026-11-09 15:00", "2026-11-12 17:00"),
        (3, WorkingDay, "2026-11-09 15:01", "2026-11-13 17:00"),
        (1, WorkingDay, "2026-11-13 16:00", "2026-11-17 17:00"),
        (0, SameDay, "2026-11-09 15:01", "2026-11-10 17:00"),
    ]);
    let explained =
        due(&common(), CUT_OFF, &TimeLimit::new(3, WorkingDay), at("2026-11-09 15:01")).unwrap();
    let late = Piece::AfterCutOff { cut_off: time(15, 0, 0, 0), counted_on: date(2026, 11, 10) };
    assert!(explained.because.contains(&late), "{:?}", explained.because);
}

#[test]
fn an_office_without_a_cut_off_counts_until_it_closes() {
    let limit = TimeLimit::new(1, WorkingDay);
    let end = |received| written(due(&common(), None, &limit, at(received)).unwrap().at);
    assert_eq!(end("2026-11-09 16:59"), "2026-11-10 17:00");
    assert_eq!(end("2026-11-09 17:00"), "2026-11-11 17:00");
}

#[test]
fn what_is_received_on_a_closed_day_counts_from_the_next_working_day() {
    check(&[
        (1, WorkingDay, "2026-11-21 09:00", "2026-11-25 17:00"),
        (0, SameDay, "2026-11-21 09:00", "2026-11-23 17:00"),
        (0, SameDay, "2026-02-17 09:00", "2026-02-23 17:00"),
    ]);
}

#[test]
fn in_the_day_means_before_the_office_closes() {
    check(&[
        (0, SameDay, "2026-11-09 08:00", "2026-11-09 17:00"),
        (0, SameDay, "2026-11-13 15:30", "2026-11-16 17:00"),
    ]);
}

#[test]
fn working_days_pass_over_tet() {
    check(&[
        (3, WorkingDay, "2026-02-12 09:00", "2026-02-24 17:00"),
        (10, WorkingDay, "2025-01-20 09:00", "2025-02-10 17:00"),
        (1, WorkingDay, "2027-02-03 09:00", "2027-02-11 17:00"),
    ]);
}

#[test]
fn working_days_pass_over_national_day_and_its_exchanged_day() {
    // 31 August 2026 is off in exchange for Saturday 22 August; 1 and 2 September are holidays.
    check(&[
        (1, WorkingDay, "2026-08-28 09:00", "2026-09-03 17:00"),
        (3, WorkingDay, "2026-08-20 09:00", "2026-08-24 17:00"),
    ]);
    let explained =
        due(&common(), CUT_OFF, &TimeLimit::new(3, WorkingDay), at("2026-08-20 09:00")).unwrap();
    assert!(explained.because.contains(&Piece::MadeUp { date: date(2026, 8, 22) }));
}

#[test]
fn working_days_pass_over_culture_day() {
    check(&[
        (3, WorkingDay, "2026-11-23 09:00", "2026-11-27 17:00"),
        (3, WorkingDay, "2025-11-23 09:00", "2025-11-27 17:00"),
    ]);
}

#[test]
fn calendar_days_that_end_on_a_closed_day_move_to_the_next_open_one() {
    check(&[
        (5, Day, "2026-11-09 09:00", "2026-11-16 17:00"),
        (15, Day, "2026-11-09 09:00", "2026-11-25 17:00"),
        (10, Day, "2026-02-06 09:00", "2026-02-23 17:00"),
    ]);
    let explained =
        due(&common(), CUT_OFF, &TimeLimit::new(15, Day), at("2026-11-09 09:00")).unwrap();
    let moved = Piece::Moved { from: date(2026, 11, 24), to: date(2026, 11, 25) };
    assert!(explained.because.contains(&moved), "{:?}", explained.because);
}

#[test]
fn months_end_on_the_same_day_or_on_the_last_one() {
    check(&[
        (1, Month, "2026-11-09 09:00", "2026-12-09 17:00"),
        (1, Month, "2026-03-31 09:00", "2026-05-04 17:00"),
        (1, Month, "2027-01-29 09:00", "2027-03-01 17:00"),
        (1, Month, "2028-01-31 09:00", "2028-02-29 17:00"),
        (12, Month, "2026-11-24 09:00", "2027-11-25 17:00"),
    ]);
    let explained =
        due(&common(), CUT_OFF, &TimeLimit::new(1, Month), at("2028-01-31 09:00")).unwrap();
    assert!(explained.because.contains(&Piece::EndOfMonth { date: date(2028, 2, 29) }));
}

#[test]
fn a_limit_in_working_hours_runs_from_the_very_minute() {
    check(&[
        (2, WorkingHour, "2026-11-09 15:30", "2026-11-10 08:00"),
        (4, WorkingHour, "2026-11-09 07:00", "2026-11-09 11:30"),
        (8, WorkingHour, "2026-11-23 09:00", "2026-11-25 09:30"),
    ]);
}

#[test]
fn hours_of_the_clock_that_end_at_night_end_at_the_next_opening() {
    check(&[
        (24, Hour, "2026-11-09 10:00", "2026-11-10 10:00"),
        (8, Hour, "2026-11-09 10:00", "2026-11-10 07:30"),
        (2, Hour, "2026-11-09 15:00", "2026-11-09 17:00"),
        (24, Hour, "2026-11-23 10:00", "2026-11-25 07:30"),
    ]);
}

#[test]
fn an_online_request_is_answered_within_8_working_hours() {
    let end = |sent| written(answer_due(&common(), 8, at(sent)).unwrap().at);
    assert_eq!(end("2026-11-09 08:00"), "2026-11-10 08:30");
    assert_eq!(end("2026-11-20 22:15"), "2026-11-25 08:00");
}

#[test]
fn a_limit_told_only_in_words_cannot_be_counted() {
    let told = TimeLimit::told("theo giấy hẹn");
    let fault = due(&common(), CUT_OFF, &told, at("2026-11-09 08:00"));
    assert_eq!(fault, Err(DueFault::NotCountable));
}

#[test]
fn the_clock_stands_while_the_citizen_supplements() {
    let end = |unit, due, from, to| {
        let stood = Stood { due: at(due), from: at(from), to: at(to) };
        written(resume(&common(), CUT_OFF, unit, stood).unwrap().at)
    };
    // Two working days were left: Wednesday and Thursday.
    let left = ("2026-11-12 17:00", "2026-11-10 10:00");
    assert_eq!(end(WorkingDay, left.0, left.1, "2026-11-16 09:00"), "2026-11-18 17:00");
    assert_eq!(end(WorkingDay, left.0, left.1, "2026-11-16 15:30"), "2026-11-19 17:00");
    // Stopped on the last day: the rest of a day is left.
    assert_eq!(
        end(WorkingDay, "2026-11-12 17:00", "2026-11-12 08:00", "2026-11-18 09:00"),
        "2026-11-18 17:00"
    );
    assert_eq!(
        end(Day, "2026-11-20 17:00", "2026-11-10 09:00", "2026-11-13 09:00"),
        "2026-11-23 17:00"
    );
    assert_eq!(
        end(WorkingHour, "2026-11-10 10:00", "2026-11-09 16:00", "2026-11-12 08:00"),
        "2026-11-12 11:30"
    );
}

#[test]
fn a_limit_that_had_run_out_stays_run_out() {
    let stood = Stood {
        due: at("2026-11-12 17:00"),
        from: at("2026-11-13 08:00"),
        to: at("2026-11-20 08:00"),
    };
    let after = resume(&common(), CUT_OFF, WorkingDay, stood).unwrap();
    assert_eq!(after.at, stood.due);
}

#[test]
fn an_explanation_survives_being_stored() {
    let due = due(&common(), CUT_OFF, &TimeLimit::new(20, Day), at("2026-08-21 16:00")).unwrap();
    let text = serde_json::to_string(&due).unwrap();
    assert_eq!(serde_json::from_str::<crate::due::Due>(&text).unwrap(), due);
}

fn any_unit() -> impl Strategy<Value = TimeUnit> {
    prop::sample::select(vec![WorkingHour, Hour, WorkingDay, Day, Month, SameDay])
}

/// Minutes of the years 2024 to 2034.
fn any_moment() -> impl Strategy<Value = DateTime> {
    (0_i64..10 * 365 * 24 * 60).prop_map(|minutes| {
        at("2024-01-01 00:00").checked_add(jiff::Span::new().minutes(minutes)).unwrap()
    })
}

proptest! {
    #[test]
    fn a_due_date_never_falls_outside_the_offices_hours(
        unit in any_unit(), amount in 0_u32..60, received in any_moment(),
    ) {
        let calendar = common();
        let due = due(&calendar, CUT_OFF, &TimeLimit::new(amount, unit), received).unwrap();
        prop_assert!(due.at >= received);
        let inside = calendar
            .hours(due.at.date())
            .iter()
            .any(|period| period.opens <= due.at.time() && due.at.time() <= period.closes);
        prop_assert!(inside, "{}", due.at);
    }

    #[test]
    fn who_hands_in_later_is_never_due_earlier(
        unit in any_unit(), amount in 0_u32..60, first in any_moment(), second in any_moment(),
    ) {
        let calendar = common();
        let limit = TimeLimit::new(amount, unit);
        let (first, second) = (first.min(second), first.max(second));
        let early = due(&calendar, CUT_OFF, &limit, first).unwrap();
        let late = due(&calendar, CUT_OFF, &limit, second).unwrap();
        prop_assert!(early.at <= late.at, "{} {}", early.at, late.at);
    }

    #[test]
    fn a_longer_limit_is_never_due_earlier(
        unit in any_unit(), amount in 0_u32..60, more in 0_u32..20, received in any_moment(),
    ) {
        let calendar = common();
        let short = due(&calendar, CUT_OFF, &TimeLimit::new(amount, unit), received).unwrap();
        let long = due(&calendar, CUT_OFF, &TimeLimit::new(amount + more, unit), received).unwrap();
        prop_assert!(short.at <= long.at);
    }

    #[test]
    fn a_clock_that_stood_never_shortens_the_time(
        unit in any_unit(), amount in 1_u32..40, received in any_moment(),
        until_stop in 0_i64..20_000, stood in 0_i64..40_000,
    ) {
        let calendar = common();
        let first = due(&calendar, CUT_OFF, &TimeLimit::new(amount, unit), received).unwrap();
        let from = received.checked_add(jiff::Span::new().minutes(until_stop)).unwrap();
        let to = from.checked_add(jiff::Span::new().minutes(stood)).unwrap();
        let course = Stood { due: first.at, from, to };
        let after = resume(&calendar, CUT_OFF, unit, course).unwrap();
        prop_assert!(after.at >= first.at, "{} {}", first.at, after.at);
        prop_assert!(calendar.is_open(after.at.date()));
    }
}
