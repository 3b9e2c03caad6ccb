//! Which codes go where, what they are called there, when it is tried again.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::link::{CodeMap, CodePair, Cover, Health, Link, TRIES_MAX, covering, pause_after};

const NATION: Uuid = Uuid::from_u128(1);
const PROVINCE: Uuid = Uuid::from_u128(2);
const TODAY: Date = date(2026, 11, 23);

fn covers() -> Vec<Cover> {
    let (valid_from, valid_to) = (date(2026, 1, 1), None);
    let cover =
        |prefix: &str, link| Cover { prefix: prefix.to_owned(), link, valid_from, valid_to };
    vec![cover("", NATION), cover("H57", PROVINCE), cover("H57.101", NATION)]
}

#[test]
fn the_narrowest_that_covers_a_code_takes_it_and_the_rest_goes_to_the_default() {
    let cases = [
        ("H57", PROVINCE),
        ("H57.1", PROVINCE),
        ("h57.12.3", PROVINCE),
        ("000.00.14.H57", PROVINCE),
        ("H57.101.7", NATION),
        ("H571", NATION),
        ("G22", NATION),
        ("vxp.saas.02", NATION),
    ];
    for (code, link) in cases {
        assert_eq!(covering(&covers(), &[code], TODAY), Some(link), "{code}");
    }
    assert_eq!(covering(&covers()[1..], &["G22"], TODAY), None, "nothing covers the rest");
    assert_eq!(
        covering(&covers()[1..], &["G22", "H57.2"], TODAY),
        Some(PROVINCE),
        "any of its codes"
    );
}

#[test]
fn a_code_goes_to_a_link_from_its_first_day_to_its_last() {
    let mut covers = covers();
    covers[1].valid_to = Some(date(2026, 11, 30));
    covers.push(Cover {
        link: NATION,
        valid_from: date(2026, 12, 1),
        valid_to: None,
        ..covers[1].clone()
    });
    covers[0].valid_from = date(2026, 11, 24);
    let cases = [
        ("H57.1", date(2025, 12, 31), None),
        ("H57.1", date(2026, 11, 30), Some(PROVINCE)),
        ("H57.1", date(2026, 12, 1), Some(NATION)),
        ("G22", TODAY, None),
        ("G22", date(2026, 11, 24), Some(NATION)),
    ];
    for (code, day, link) in cases {
        assert_eq!(covering(&covers, &[code], day), link, "{code} on {day}");
    }
}

#[test]
fn a_packet_is_tried_five_times_with_doubling_pauses() {
    let pauses: Vec<Option<i64>> =
        (1..=TRIES_MAX).map(|tries| pause_after(tries).map(|pause| pause.as_secs())).collect();
    assert_eq!(pauses, [Some(30), Some(60), Some(120), Some(240), None]);
}

#[test]
fn a_silent_axis_is_asked_ever_less_often_but_never_forgotten() {
    let mut link = link();
    link.every_seconds = 60;
    let pauses: Vec<i64> =
        (0..7).map(|failures| link.pause_after_failures(failures).as_secs()).collect();
    assert_eq!(pauses, [60, 120, 240, 480, 900, 900, 900]);
    link.every_seconds = 3_600;
    assert_eq!(link.pause_after_failures(9), SignedDuration::from_hours(1), "its own rhythm holds");
}

#[test]
fn a_wrong_secret_needs_a_person_at_once_and_silence_after_a_while() {
    let with = |health, failures| Link { health, failures, ..link() };
    assert!(with(Health::WrongSecret, 1).needs_a_person());
    assert!(!with(Health::Unreachable, TRIES_MAX - 1).needs_a_person());
    assert!(with(Health::Unreachable, TRIES_MAX).needs_a_person());
}

#[test]
fn names_are_exchanged_on_the_days_they_are_agreed_for() {
    let pair = |ours: &str, theirs: &str, from, to| CodePair {
        id: Uuid::nil(),
        link: NATION,
        ours: ours.to_owned(),
        theirs: theirs.to_owned(),
        valid_from: from,
        valid_to: to,
    };
    let (first, last) = (date(2026, 7, 1), date(2026, 11, 30));
    let pairs = vec![
        pair("H57.101", "000.00.14.H57", first, Some(last)),
        pair("H57.101", "H57.14", date(2026, 12, 1), None),
    ];
    let on = |day| CodeMap::on(pairs.clone(), day);
    assert_eq!(on(last).theirs("h57.101"), "000.00.14.H57");
    assert_eq!(on(last).ours("000.00.14.h57"), "H57.101");
    assert_eq!(on(date(2026, 12, 1)).theirs("H57.101"), "H57.14");
    assert_eq!(on(date(2026, 6, 30)).theirs("H57.101"), "H57.101", "nothing agreed: its own");
    assert_eq!(on(last).theirs("G22"), "G22");
}

fn link() -> Link {
    let at = Timestamp::UNIX_EPOCH;
    Link {
        id: NATION,
        name: "Trục quốc gia".to_owned(),
        address: "https://truc.example.vn".to_owned(),
        system_id: "sys.H57".to_owned(),
        secret: Vec::new(),
        every_seconds: 60,
        made_by: None,
        made_name: String::new(),
        made_at: at,
        ended_at: None,
        health: Health::Well,
        health_since: at,
        health_detail: String::new(),
        failures: 0,
        asked_at: None,
        next_at: at,
        agencies_at: None,
    }
}
