//! What is decided by rule alone.

use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use platform::testing::MONDAY_MORNING;
use uuid::Uuid;

use crate::keeping::{AlarmRule, RetentionRule, cut, patience, retention_on};
use crate::queries::watching::id_at;
use crate::reconciliation::{DAYS_USUAL, read_days, span};
use crate::webhook::{AddressFault, pause_after, read_address, signature};

#[test]
fn a_webhook_outside_is_public_and_encrypted_and_one_inside_is_named_so() {
    use AddressFault::{Inside, Malformed, Unencrypted};
    let table = [
        ("https://vanban.example.vn/bao-tin", false, Ok(())),
        (" https://vanban.example.vn:8443/a?b=c ", false, Ok(())),
        ("https://8.8.8.8/told", false, Ok(())),
        ("http://vanban.example.vn/", false, Err(Unencrypted)),
        ("https://10.1.2.3/", false, Err(Inside)),
        ("https://127.0.0.1/", false, Err(Inside)),
        ("https://[::1]/", false, Err(Inside)),
        ("https://[::ffff:10.0.0.1]/", false, Err(Inside)),
        ("https://169.254.169.254/latest/meta-data", false, Err(Inside)),
        ("https://0x7f000001/", false, Err(Inside)),
        ("https://2130706433/", false, Err(Inside)),
        ("https://localhost/", false, Err(Inside)),
        ("https://LOCALHOST./", false, Err(Inside)),
        ("https://a.localhost/", false, Err(Inside)),
        ("https://user:password@vanban.example.vn/", false, Err(Malformed)),
        ("https://vanban.example.vn@10.0.0.1/", false, Err(Malformed)),
        ("ftp://vanban.example.vn/", false, Err(Malformed)),
        ("file:///etc/passwd", true, Err(Malformed)),
        ("vanban.example.vn", false, Err(Malformed)),
        ("", false, Err(Malformed)),
        ("https://", false, Err(Malformed)),
        ("http://10.1.2.3:9000/told", true, Ok(())),
        ("https://user@10.1.2.3/", true, Err(Malformed)),
    ];
    for (typed, inside, expected) in table {
        assert_eq!(read_address(typed, inside).map(drop), expected, "{typed}");
    }
}

#[test]
fn a_call_is_made_again_after_30_seconds_and_then_twice_as_long_each_time_five_times_in_all() {
    let pauses: Vec<Option<i64>> =
        (0..7).map(|tries| pause_after(tries).map(|pause| pause.as_secs())).collect();
    assert_eq!(pauses, [None, Some(30), Some(60), Some(120), Some(240), None, None]);
}

#[test]
fn a_call_is_signed_over_its_time_and_its_body() {
    let at = Timestamp::from_second(1_795_000_000).unwrap();
    let one = signature(b"secret", at, b"{}");
    // printf '1795000000.{}' | openssl dgst -sha256 -hmac secret
    let known = aws_lc_rs::hmac::sign(
        &aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, b"secret"),
        b"1795000000.{}",
    );
    assert_eq!(one, format!("v1={}", wire::vxp::file::padded(known.as_ref())));
    assert_ne!(one, signature(b"secret", at, b"{ }"));
    assert_ne!(one, signature(b"secret", at + SignedDuration::from_secs(1), b"{}"));
    assert_ne!(one, signature(b"other", at, b"{}"));
}

fn rule(kind: &str, days: Option<i64>, from: (i16, i8, i8), set_second: i64) -> RetentionRule {
    RetentionRule {
        id: Uuid::from_u128(1),
        kind: kind.to_owned(),
        days,
        valid_from: date(from.0, from.1, from.2),
        set_name: String::new(),
        set_at: Timestamp::from_second(set_second).unwrap(),
    }
}

#[test]
fn the_rule_that_began_last_holds_and_of_one_day_the_one_that_was_set_last() {
    let rules = [
        rule("edoc", Some(30), (2026, 1, 1), 1),
        rule("edoc", Some(60), (2026, 1, 1), 2),
        rule("edoc", None, (2026, 6, 1), 3),
        rule("status", Some(7), (2026, 1, 1), 4),
    ];
    let days =
        |kind, month, day| retention_on(&rules, kind, date(2026, month, day)).map(|rule| rule.days);
    assert_eq!(days("edoc", 5, 31), Some(Some(60)));
    assert_eq!(days("edoc", 6, 1), Some(None));
    assert_eq!(days("status", 6, 1), Some(Some(7)));
    assert_eq!(retention_on(&rules, "edoc", date(2025, 12, 31)), None);
    let now = MONDAY_MORNING;
    assert_eq!(cut(Some(&rules[3]), now), Some(now - SignedDuration::from_hours(7 * 24)));
    assert_eq!(cut(Some(&rules[2]), now), None, "for ever");
    assert_eq!(cut(None, now), None);
}

#[test]
fn an_express_document_may_wait_for_less_and_a_rule_changes_that_from_its_day() {
    let day = date(2026, 11, 23);
    assert!(patience(&[], 3, day) < patience(&[], 1, day));
    assert!(patience(&[], 1, day) < patience(&[], 0, day));
    let rule = AlarmRule {
        id: Uuid::from_u128(1),
        urgency: 3,
        minutes: 5,
        valid_from: day,
        set_name: String::new(),
        set_at: MONDAY_MORNING,
    };
    let before = patience(std::slice::from_ref(&rule), 3, date(2026, 11, 22));
    assert_eq!(before, patience(&[], 3, day));
    assert_eq!(patience(&[rule], 3, day), SignedDuration::from_mins(5));
}

#[test]
fn ids_rise_with_time() {
    let id = id_at(MONDAY_MORNING);
    let ids = platform::ids::Ids::seeded(1, platform::clock::Clock::fixed(MONDAY_MORNING));
    assert!(id < ids.next(), "what is given in that moment comes behind");
    assert!(ids.next() < id_at(MONDAY_MORNING + SignedDuration::from_millis(1)));
}

#[test]
fn days_are_read_forgivingly_and_never_out_of_bounds() {
    for (typed, days) in
        [("", DAYS_USUAL), ("7", 7), (" 0 ", 0), ("-1", DAYS_USUAL), ("9999", DAYS_USUAL)]
    {
        assert_eq!(read_days(typed), days, "{typed}");
    }
    let (cut, from) = span(MONDAY_MORNING, 3);
    assert_eq!(MONDAY_MORNING.duration_since(cut), SignedDuration::from_hours(72));
    assert!(from < cut);
}

#[test]
fn a_proposal_begins_with_a_month_that_is_a_month_away() {
    for (today, from) in [
        (date(2026, 11, 23), date(2027, 1, 1)),
        (date(2026, 12, 2), date(2027, 1, 1)),
        (date(2026, 12, 3), date(2027, 2, 1)),
        (date(2027, 1, 31), date(2027, 4, 1)),
    ] {
        assert_eq!(crate::keeping::proposed_from(today), from, "{today}");
    }
}
