//! The pure rules.

use jiff::{SignedDuration, Timestamp};

use crate::authority::Slug;
use crate::certificate::alert_due;
use crate::clockwork::read_address;
use crate::key::KeyKind;
use crate::profile::{PROFILES, Profile};
use crate::revocation::read_serial;
use crate::stamping::wrong_by;
use crate::store::stamps::Check;
use crate::subject::is_server_name;
use platform::outside::reach::{Reach, is_public};

const NOW: Timestamp = Timestamp::constant(1_795_399_200, 0);

#[test]
fn the_alert_is_the_nearest_stage_that_was_reached() {
    let days = |days: i64| NOW + SignedDuration::from_hours(24 * days);
    for (left, due) in [
        (31, None),
        (30, Some(30)),
        (16, Some(30)),
        (15, Some(15)),
        (8, Some(15)),
        (7, Some(7)),
        (1, Some(7)),
        (0, None),
        (-3, None),
    ] {
        assert_eq!(alert_due(days(left), NOW), due, "{left} days left");
    }
}

#[test]
fn names_become_addresses() {
    let slug = Slug::from_name("Liên Thông thử nghiệm").unwrap();
    assert_eq!(slug.as_str(), "lien-thong-thu-nghiem");
    assert_eq!(slug.of_root().as_str(), "lien-thong-thu-nghiem-goc");
    for wrong in ["", "-", "a", "Hoa", "a/b", "a.b", "-ab", "ab-", "..", "a b"] {
        assert_eq!(Slug::parse(wrong), None, "{wrong}");
    }
    assert_eq!(Slug::from_name("!!!"), None);
}

#[test]
fn a_server_has_a_name_of_two_labels_at_least() {
    for right in ["a.vn", "dich-vu.cong.example.vn", "1.2.example"] {
        assert!(is_server_name(right), "{right}");
    }
    for wrong in ["", "localhost", "A.vn", "a..vn", "-a.vn", "a-.vn", "*.a.vn", "a.vn/", "đ.vn"] {
        assert!(!is_server_name(wrong), "{wrong}");
    }
}

#[test]
fn every_profile_is_in_force_and_signs_with_a_key_that_is_made_here() {
    let today = jiff::civil::date(2026, 11, 23);
    for profile in PROFILES {
        assert_eq!(Profile::on(profile.code, today).map(|one| one.code), Some(profile.code));
        assert!(KeyKind::ALL.contains(&profile.key_kind));
        assert!(!profile.purposes.is_empty() && profile.days > 0);
    }
    assert!(Profile::on("seal", jiff::civil::date(2019, 12, 31)).is_none());
    assert!(Profile::on("nothing", today).is_none());
}

fn check(difference_ms: Option<i64>, minutes_ago: i64) -> Check {
    Check {
        id: uuid::Uuid::nil(),
        name: String::new(),
        address: String::new(),
        at: Some(NOW - SignedDuration::from_mins(minutes_ago)),
        difference_ms,
        fault: None,
    }
}

#[test]
fn the_clock_is_wrong_when_most_of_those_who_answered_lately_say_so() {
    let said = |checks: &[Check]| wrong_by(checks, 1000, NOW);
    assert_eq!(said(&[]), None);
    assert_eq!(said(&[check(Some(5000), 1)]), Some(5000));
    assert_eq!(said(&[check(Some(-5000), 1)]), Some(-5000));
    assert_eq!(said(&[check(Some(1000), 1)]), None, "as much as is tolerated");
    assert_eq!(said(&[check(None, 1)]), None, "silence proves nothing");
    assert_eq!(said(&[check(Some(5000), 300)]), None, "what was found long ago");
    let one_liar = [check(Some(9000), 1), check(Some(0), 1), check(Some(3), 1)];
    assert_eq!(said(&one_liar), None);
    let two = [check(Some(9000), 1), check(Some(8000), 1), check(Some(3), 1)];
    assert_eq!(said(&two), Some(8000));
    let even = [check(Some(9000), 1), check(Some(0), 1)];
    assert_eq!(said(&even), None, "a draw stops nobody");
}

#[test]
fn serials_are_read_as_they_are_written() {
    let serial = read_serial("00C0FFEE").unwrap();
    assert_eq!(serial.to_string(), "C0FFEE");
    for wrong in ["", "0", "0Z", "00", "+1"] {
        assert!(read_serial(wrong).is_none(), "{wrong}");
    }
}

#[test]
fn sources_of_time_are_web_addresses_without_secrets() {
    assert!(read_address(" https://tsa.example.vn/tsa ").is_some());
    assert!(read_address("http://tsa.example.vn").is_some());
    for wrong in ["", "tsa.example.vn", "ftp://a.vn", "file:///etc", "https://u:p@a.vn"] {
        assert_eq!(read_address(wrong), None, "{wrong}");
    }
}

#[test]
fn only_numbers_of_the_open_internet_are_public() {
    for open in ["1.1.1.1", "203.162.4.1", "100.128.0.1", "172.32.0.1", "2402:800::1", "2606::1"] {
        assert!(is_public(open.parse().unwrap()), "{open}");
    }
    for closed in [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "64:ff9b::a00:1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::1",
    ] {
        assert!(!is_public(closed.parse().unwrap()), "{closed}");
    }
    let reach = Reach::PublicAnd(["10.1.2.3".to_owned()].into());
    for (address, may) in [
        ("http://10.1.2.3/a.crl", true),
        ("http://10.1.2.4/a.crl", false),
        ("http://[::1]/a.crl", false),
        // Other ways to write 127.0.0.1.
        ("http://2130706433/a.crl", false),
        ("http://0x7f.1/a.crl", false),
        ("http://crl.example.vn/a.crl", true),
    ] {
        assert_eq!(reach.allows(address), may, "{address}");
    }
}
