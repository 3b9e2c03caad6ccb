use jiff::Timestamp;
use jiff::civil::datetime;
use platform::clock::instant;

use crate::on_time::{Appointment, Asked, Course, Verdict, counted_end};

fn at(day: i8, hour: i8) -> Timestamp {
    instant(datetime(2026, 11, day, hour, 0, 0, 0))
}

fn course(due: Timestamp, end: Option<Timestamp>, supplements: &[Asked]) -> Course<'_> {
    Course { accepted: at(2, 9), appointment: Appointment::First(due), end, supplements }
}

fn asked(day: i8, answered: Option<i8>) -> Asked {
    Asked { at: at(day, 10), answered: answered.map(|day| at(day, 10)) }
}

#[test]
fn finished_by_the_due_hour_is_on_time_and_an_hour_later_is_late() {
    assert_eq!(course(at(6, 17), Some(at(6, 17)), &[]).verdict(at(30, 23)), Verdict::OnTime);
    assert_eq!(course(at(6, 17), Some(at(6, 18)), &[]).verdict(at(30, 23)), Verdict::Late);
}

#[test]
fn an_open_dossier_is_weighed_at_the_end_of_the_period() {
    assert_eq!(course(at(6, 17), None, &[]).verdict(at(5, 23)), Verdict::OnTime);
    assert_eq!(course(at(6, 17), None, &[]).verdict(at(7, 0)), Verdict::Late);
}

#[test]
fn while_a_supplement_is_awaited_the_request_is_the_end() {
    let open = [asked(5, None)];
    assert_eq!(course(at(6, 17), None, &open).verdict(at(30, 23)), Verdict::OnTime);
    let too_late = [asked(9, None)];
    assert_eq!(course(at(6, 17), None, &too_late).verdict(at(30, 23)), Verdict::Late);
}

#[test]
fn the_time_of_a_finished_supplement_is_taken_off() {
    let answered = [asked(4, Some(11))];
    assert_eq!(course(at(6, 17), Some(at(13, 17)), &answered).verdict(at(30, 23)), Verdict::OnTime);
    assert_eq!(course(at(6, 17), Some(at(14, 17)), &answered).verdict(at(30, 23)), Verdict::Late);
}

#[test]
fn more_than_one_supplement_request_is_late() {
    let twice = [asked(3, Some(4)), asked(5, Some(6))];
    assert_eq!(course(at(27, 17), Some(at(7, 17)), &twice).verdict(at(30, 23)), Verdict::Late);
}

#[test]
fn an_appointment_that_already_moved_is_not_moved_twice() {
    let answered = [asked(4, Some(11))];
    let moved = Course {
        appointment: Appointment::Moved(at(13, 17)),
        ..course(at(6, 17), Some(at(14, 9)), &answered)
    };
    assert_eq!(moved.verdict(at(30, 23)), Verdict::Late);
}

#[test]
fn without_an_appointment_the_longest_time_of_the_procedure_is_the_measure() {
    let answered = [asked(3, Some(5))];
    let longest = |hours: i64| Course {
        appointment: Appointment::None { longest_minutes: hours * 60 },
        ..course(at(1, 0), Some(at(6, 9)), &answered)
    };
    assert_eq!(longest(48).verdict(at(30, 23)), Verdict::OnTime);
    assert_eq!(longest(47).verdict(at(30, 23)), Verdict::Late);
}

#[test]
fn the_end_is_finished_before_handed_over_before_stopped() {
    let (first, second, third) = (at(3, 9), at(4, 9), at(5, 9));
    assert_eq!(counted_end(Some(first), Some(second), None), Some(first));
    assert_eq!(counted_end(None, Some(second), Some(third)), Some(second));
    assert_eq!(counted_end(None, None, Some(third)), Some(third));
    assert_eq!(counted_end(None, None, None), None);
}
