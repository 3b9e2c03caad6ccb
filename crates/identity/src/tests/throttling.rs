//! The rule of waiting.

use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::throttle::{ACCOUNT, ADDRESS, KNOWN_BROWSER, Memory};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

#[test]
fn the_first_slips_are_free_and_then_the_wait_doubles_up_to_a_quarter_of_an_hour() {
    let seconds: Vec<i64> = (1..=12).map(|failures| ACCOUNT.wait(failures).as_secs()).collect();
    assert_eq!(seconds, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
    assert_eq!(KNOWN_BROWSER.wait(9), SignedDuration::ZERO);
    assert_eq!(ADDRESS.wait(30).as_secs(), 15);
}

#[test]
fn waiting_ends_by_itself_and_a_quiet_day_forgets_all() {
    let memory = Some(Memory { failures: 6, last_at: at(1_000) });
    assert_eq!(ACCOUNT.closed_until(memory, at(1_059)), Some(at(1_060)));
    assert_eq!(ACCOUNT.closed_until(memory, at(1_060)), None);
    let much_later = at(1_000 + 24 * 3_600);
    assert_eq!(ACCOUNT.after_failure(memory, much_later).failures, 1);
    assert_eq!(ACCOUNT.closed_until(None, at(0)), None);
}

proptest! {
    #[test]
    fn no_number_of_failures_shuts_a_door_for_longer_than_the_longest(failures in 0i64..i64::MAX) {
        for rule in [ACCOUNT, KNOWN_BROWSER, ADDRESS] {
            prop_assert!(rule.wait(failures) <= rule.longest);
            prop_assert!(rule.wait(failures) >= SignedDuration::ZERO);
        }
    }

    #[test]
    fn one_more_failure_never_shortens_the_wait(failures in 0i64..10_000) {
        prop_assert!(ACCOUNT.wait(failures + 1) >= ACCOUNT.wait(failures));
    }
}
