//! Names, contact points, kinds, days and successions, by themselves.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use uuid::Uuid;

use crate::code::Code;
use crate::contact::{Contact, ContactFault, ContactLines};
use crate::kind::{Kind, Level};
use crate::name::{Name, NameFault};
use crate::search::Question;
use crate::succession::{Heir, follow};
use crate::unit::{Standing, UnitId, is_ordered, standing};

#[test]
fn a_name_is_one_line_without_slips() {
    assert_eq!(Name::parse("  Sở \u{200b} Tư\n pháp ").unwrap().as_str(), "Sở Tư pháp");
    assert_eq!(Name::parse(" \u{feff} "), Err(NameFault::Empty));
    assert_eq!(Name::parse(&"ă".repeat(201)), Err(NameFault::TooLong));
    assert!(Name::parse(&"ă".repeat(200)).is_ok());
}

#[test]
fn contact_points_are_judged_all_at_once() {
    let good = ContactLines {
        phone: "(0234) 3822 222 / +84 90".to_owned(),
        email: "motcua@hue.gov.vn".to_owned(),
        map_link: "https://maps.example/?q=16.46,107.59".to_owned(),
        ..ContactLines::default()
    };
    assert!(Contact::parse(&good).is_ok());
    let bad = ContactLines {
        phone: "gọi cô Lan".to_owned(),
        email: "motcua@hue".to_owned(),
        map_link: "javascript:alert(1)".to_owned(),
        address: "x".repeat(301),
        working_hours: "x".repeat(301),
    };
    assert_eq!(
        Contact::parse(&bad),
        Err(vec![
            ContactFault::AddressTooLong,
            ContactFault::PhoneUnreadable,
            ContactFault::EmailUnreadable,
            ContactFault::WorkingHoursTooLong,
            ContactFault::MapLinkUnreadable,
        ])
    );
    for link in ["http://a.vn", "https://", "https://a b", "https://a\"onclick=", "//a.vn"] {
        let lines = ContactLines { map_link: link.to_owned(), ..ContactLines::default() };
        assert_eq!(Contact::parse(&lines), Err(vec![ContactFault::MapLinkUnreadable]), "{link}");
    }
}

#[test]
fn kinds_stand_only_where_they_can() {
    use Kind::*;
    let table = [
        (Ministry, "G15", None, true),
        (Ministry, "H15", None, false),
        (Ministry, "G15.01", Some(Ministry), false),
        (ProvinceCommittee, "H57", None, true),
        (ProvinceCommittee, "G57", None, false),
        (ProvinceCouncil, "K57", None, true),
        (StateBody, "D01", None, true),
        (StateBody, "G01", None, false),
        (Department, "H57", None, false),
        (Department, "H57.02", Some(ProvinceCommittee), true),
        (Department, "G15.02", Some(Ministry), true),
        (Department, "H57.02.01", Some(Department), true),
        (CommuneCommittee, "H57.101", Some(ProvinceCommittee), true),
        (CommuneCommittee, "G15.101", Some(Ministry), false),
        (CommuneCommittee, "H57.101", None, false),
        (CommuneCommittee, "H57.D474.01", Some(DistrictCommittee), true),
        (DistrictCommittee, "H57.D474", Some(ProvinceCommittee), true),
        (DistrictCommittee, "H57.101.01", Some(CommuneCommittee), false),
        (OneStopCentre, "H57.101.01", Some(CommuneCommittee), true),
        (Department, "H57.20.01", Some(OneStopCentre), false),
        (Other, "A01", None, true),
    ];
    for (kind, code, above, expected) in table {
        let code = Code::issue(code).unwrap();
        assert_eq!(kind.fits(&code, above), expected, "{kind:?} {code} below {above:?}");
    }
    assert_eq!(Department.level_below(Some(Level::Commune)), Level::Commune);
    assert_eq!(CommuneCommittee.level_below(Some(Level::Province)), Level::Commune);
}

#[test]
fn words_for_kinds_and_levels_are_their_own_inverse() {
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.as_str()), Some(kind));
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.as_str());
    }
    for level in Level::ALL {
        assert_eq!(Level::parse(level.as_str()), Some(level));
        assert_eq!(serde_json::to_value(level).unwrap(), level.as_str());
    }
}

#[test]
fn both_ends_of_a_validity_belong_to_it() {
    let (from, to) = (Some(date(2025, 7, 1)), Some(date(2026, 6, 30)));
    let table = [
        (from, to, date(2025, 6, 30), Standing::NotYet),
        (from, to, date(2025, 7, 1), Standing::InForce),
        (from, to, date(2026, 6, 30), Standing::InForce),
        (from, to, date(2026, 7, 1), Standing::Closed),
        (None, to, date(1945, 9, 2), Standing::InForce),
        (from, None, date(2999, 1, 1), Standing::InForce),
        (None, None, date(2026, 1, 1), Standing::InForce),
    ];
    for (from, to, on, expected) in table {
        assert_eq!(standing(from, to, on), expected, "{from:?} {to:?} {on}");
    }
    assert!(is_ordered(from, to) && is_ordered(from, from) && !is_ordered(to, from));
}

#[test]
fn a_question_becomes_patterns_for_each_word() {
    let asked = Question::parse(" Châu  Thới, H96 ").unwrap();
    let patterns: Vec<&str> = asked.patterns.iter().flatten().map(String::as_str).collect();
    assert_eq!(patterns, ["% chau%", "% thoi%", "% h96%"]);
    assert_eq!(asked.phrase, "chau thoi h96");
    assert_eq!(Question::parse("h57.101").unwrap().code, "H57.101");
    assert_eq!(Question::parse(" %_! "), None, "nothing that a pattern could misread gets in");
}

fn id(number: u128) -> UnitId {
    UnitId(Uuid::from_u128(number))
}

type Line = BTreeMap<u128, Vec<(u128, Option<&'static str>)>>;
type Told = Vec<(u128, Option<String>)>;

/// Who has the work of unit 1; a unit with heirs of its own is closed.
fn heirs_of_one(line: &Line) -> Told {
    let heirs = |unit: UnitId| {
        let next = line.get(&unit.0.as_u128()).cloned().unwrap_or_default();
        let heirs = next.into_iter().map(|(heir, matter)| Heir {
            unit: id(heir),
            matter: matter.map(str::to_owned),
            closed: line.contains_key(&heir),
        });
        Ok::<_, ()>(heirs.collect())
    };
    let found = follow(id(1), heirs).unwrap();
    found.into_iter().map(|heir| (heir.unit.0.as_u128(), heir.matter)).collect()
}

#[test]
fn an_heir_that_closed_is_replaced_by_its_own_heirs() {
    let plain = |units: &[u128]| units.iter().map(|unit| (*unit, None)).collect::<Vec<_>>();
    let told = |heirs: &[(u128, Option<&str>)]| {
        heirs.iter().map(|(unit, matter)| (*unit, matter.map(str::to_owned))).collect::<Vec<_>>()
    };
    let table: [(Line, Told); 5] = [
        (Line::new(), vec![]),
        (Line::from([(1, vec![(2, None), (3, None)])]), plain(&[2, 3])),
        (Line::from([(1, vec![(2, None)]), (2, vec![(3, None), (4, None)])]), plain(&[3, 4])),
        (
            Line::from([
                (1, vec![(2, Some("a")), (3, None)]),
                (2, vec![(4, None), (5, Some("b"))]),
            ]),
            told(&[(3, None), (4, Some("a")), (5, Some("b"))]),
        ),
        (Line::from([(1, vec![(2, None)]), (2, vec![])]), plain(&[])),
    ];
    for (line, expected) in table {
        assert_eq!(heirs_of_one(&line), expected, "{line:?}");
    }
}

#[test]
fn a_ring_of_successions_ends() {
    let ring = Line::from([(1, vec![(2, None)]), (2, vec![(3, None)]), (3, vec![(1, None)])]);
    assert_eq!(heirs_of_one(&ring), []);
}

proptest! {
    #[test]
    fn following_always_ends_and_names_nobody_twice(
        edges in prop::collection::vec((1u128..12, 1u128..16), 0..60)
    ) {
        let mut line = Line::new();
        for (closed, heir) in edges {
            line.entry(closed).or_default().push((heir, None));
        }
        let found = heirs_of_one(&line);
        let mut units: Vec<u128> = found.iter().map(|(unit, _)| *unit).collect();
        prop_assert!(units.iter().all(|unit| !line.contains_key(unit)), "all are in force");
        units.sort_unstable();
        units.dedup();
        prop_assert_eq!(units.len(), found.len());
    }

    #[test]
    fn a_day_has_exactly_one_standing(from in 0i16..400, length in 0i16..400, on in 0i16..900) {
        let first = date(2025, 1, 1);
        let day = |offset: i16| first.checked_add(jiff::Span::new().days(offset)).unwrap();
        let (from, to): (Date, Date) = (day(from), day(from + length));
        let expected = if day(on) < from {
            Standing::NotYet
        } else if day(on) > to {
            Standing::Closed
        } else {
            Standing::InForce
        };
        prop_assert_eq!(standing(Some(from), Some(to), day(on)), expected);
    }
}
