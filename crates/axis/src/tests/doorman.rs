//! The pace of wrong proofs.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};
use platform::testing::MONDAY_MORNING;

use crate::doorman::Doorman;

fn at(seconds: i64) -> Timestamp {
    MONDAY_MORNING + SignedDuration::from_secs(seconds)
}

fn from(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn the_wait_grows_and_is_forgotten() {
    let doorman = Doorman::default();
    let here = from("203.0.113.5");
    let mut waits = Vec::new();
    for _ in 0..20 {
        doorman.failed(here, "sys", at(0));
        waits.push(doorman.wait_seconds(here, "sys", at(0)).unwrap_or(0));
    }
    assert_eq!(waits[..9], [0; 9]);
    assert_eq!(waits[9..], [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
    assert_eq!(doorman.wait_seconds(here, "sys", at(299)), Some(1));
    assert_eq!(doorman.wait_seconds(here, "sys", at(300)), None);
    doorman.failed(here, "sys", at(2 * 3_600));
    assert_eq!(doorman.wait_seconds(here, "sys", at(2 * 3_600)), None, "it was long ago");
}

#[test]
fn others_are_not_shut_out() {
    let doorman = Doorman::default();
    for _ in 0..50 {
        doorman.failed(from("203.0.113.5"), "sys", at(0));
    }
    assert!(doorman.wait_seconds(from("203.0.113.5"), "sys", at(0)).is_some());
    assert_eq!(doorman.wait_seconds(from("203.0.113.6"), "sys", at(0)), None);
    assert_eq!(doorman.wait_seconds(from("203.0.113.5"), "other", at(0)), None);
    doorman.passed(from("203.0.113.5"), "sys");
    assert_eq!(doorman.wait_seconds(from("203.0.113.5"), "sys", at(0)), None);
    // But who tries one name after another is.
    for number in 0..100 {
        doorman.failed(from("203.0.113.5"), &format!("sys.{number}"), at(0));
    }
    assert!(doorman.wait_seconds(from("203.0.113.5"), "new", at(0)).is_some());
}

#[test]
fn of_version_six_only_the_network_counts() {
    let doorman = Doorman::default();
    for host in 0..30 {
        doorman.failed(from(&format!("2001:db8::{host}")), "sys", at(0));
    }
    assert!(doorman.wait_seconds(from("2001:db8::ffff"), "sys", at(0)).is_some());
    assert_eq!(doorman.wait_seconds(from("2001:db8:0:1::1"), "sys", at(0)), None);
}

#[test]
fn what_is_remembered_has_an_end() {
    let doorman = Doorman::default();
    for number in 0..30_000u32 {
        let here = IpAddr::V4(number.into());
        doorman.failed(here, "sys", at(i64::from(number)));
    }
    assert!(format!("{doorman:?}").matches("failures").count() <= 20_000);
}
