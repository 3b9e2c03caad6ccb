//! The catalogue that the program carries, counted and checked against itself.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;

use crate::code::Code;
use crate::kind::Kind;
use crate::seeds::{SeedUnit, successions, units};
use crate::unit::{Standing, standing};

fn all() -> Vec<SeedUnit> {
    units().unwrap()
}

fn by_code() -> BTreeMap<String, SeedUnit> {
    all().into_iter().map(|unit| (unit.code.to_string(), unit)).collect()
}

fn is_open(unit: &SeedUnit) -> bool {
    standing(unit.valid_from, unit.valid_to, date(2026, 11, 23)) == Standing::InForce
}

#[test]
fn the_numbers_are_those_of_the_country() {
    let all = all();
    let count = |kind: Kind, open: bool| {
        all.iter().filter(|unit| unit.kind == kind && is_open(unit) == open).count()
    };
    assert_eq!(count(Kind::ProvinceCommittee, true), 34);
    assert_eq!(count(Kind::ProvinceCommittee, false), 29);
    assert_eq!(count(Kind::ProvinceCouncil, true), 34);
    assert_eq!(count(Kind::CommuneCommittee, true), 3_321);
    assert_eq!(count(Kind::DistrictCommittee, false), 696);
    assert_eq!(count(Kind::DistrictCommittee, true), 0);
    assert_eq!(count(Kind::OneStopCentre, true), 3_321 + 34);
    assert_eq!(count(Kind::Ministry, false), 5, "G04 G05 G07 G13 G14");
}

#[test]
fn communes_are_2621_xa_687_phuong_and_13_dac_khu() {
    let mut count = BTreeMap::new();
    for unit in all().iter().filter(|unit| unit.kind == Kind::CommuneCommittee) {
        let area = unit.short_name.as_ref().unwrap().as_str();
        let kind = ["Xã", "Phường", "Đặc khu"].into_iter().find(|kind| area.starts_with(kind));
        *count.entry(kind.unwrap()).or_insert(0) += 1;
        assert!(unit.name.as_str().starts_with("Ủy ban nhân dân "), "{}", unit.name);
    }
    assert_eq!(count, BTreeMap::from([("Xã", 2_621), ("Phường", 687), ("Đặc khu", 13)]));
}

#[test]
fn no_code_and_no_commune_stands_twice() {
    let mut codes = BTreeSet::new();
    let mut communes = BTreeSet::new();
    for unit in all() {
        assert!(codes.insert(unit.code.key()), "{}", unit.code);
        if let Some(alias) = &unit.alias {
            assert!(codes.insert(alias.key()), "{alias}");
        }
        if unit.kind == Kind::CommuneCommittee {
            let gso = unit.commune_gso.unwrap();
            assert!(gso.len() == 5 && communes.insert(gso.clone()), "{gso}");
        }
    }
}

#[test]
fn every_unit_stands_below_one_that_comes_before_it_and_fits_there() {
    let mut known: BTreeMap<Code, (Kind, Option<jiff::civil::Date>)> = BTreeMap::new();
    for unit in all() {
        let above = unit.code.parent().map(|above| known[&above]);
        let kind = above.map(|(kind, _)| kind);
        assert!(unit.kind.fits(&unit.code, kind), "{} {:?}", unit.code, unit.kind);
        if let Some((_, Some(end))) = above {
            assert!(unit.valid_to.is_some_and(|own| own <= end), "{}", unit.code);
        }
        known.insert(unit.code, (unit.kind, unit.valid_to));
    }
}

#[test]
fn what_is_not_official_is_marked_provisional() {
    for unit in all() {
        assert_eq!(unit.provisional, unit.code.depth() > Some(1), "{}", unit.code);
    }
}

/// QĐ 09/2025: a new province that keeps an old name keeps its code; the others are closed.
#[test]
fn each_of_the_63_provinces_is_itself_or_became_one_of_the_34() {
    let became = "H01 - H02 H05 H03 H55 H04 H12 H05 - H06 H29 H07 H61 H08 H21 H09 H29 H10 H19 \
        H11 H36 H12 - H13 - H14 - H15 - H16 H36 H17 - H18 - H19 - H20 - H21 - H22 H60 H23 H24 \
        H24 - H25 H42 H26 - H27 - H28 H44 H29 - H30 H13 H31 - H32 - H33 H01 H34 H48 H35 - H36 - \
        H37 - H38 - H39 H53 H40 H42 H41 - H42 - H43 H32 H44 - H45 H15 H46 H50 H47 H17 H48 - H49 - \
        H50 - H51 H13 H52 - H53 - H54 H31 H55 - H56 - H57 - H58 H20 H59 H61 H60 - H61 - H62 H44 \
        H63 H38";
    let words: Vec<&str> = became.split_whitespace().collect();
    let (known, heirs) = (by_code(), successions().unwrap());
    assert_eq!(words.len(), 2 * 63);
    for pair in words.chunks(2) {
        let (code, expected) = (pair[0], Some(pair[1]).filter(|heir| *heir != "-"));
        let unit = &known[code];
        let closed = Some(date(2025, 6, 30));
        assert_eq!(unit.valid_to, expected.and(closed), "{code}");
        let found: Vec<&str> = heirs
            .iter()
            .filter(|row| row.closed.as_str() == code)
            .map(|row| row.successor.as_str())
            .collect();
        assert_eq!(found, expected.into_iter().collect::<Vec<_>>(), "{code}");
        let council = &known[&code.replace('H', "K")];
        assert_eq!(council.valid_to, unit.valid_to, "the council ends with the committee");
        assert_eq!(unit.alias.as_ref().unwrap().as_str(), format!("000.00.00.{code}"));
    }
}

/// The ministries that ended on 28 February 2025, and who has most of their work.
#[test]
fn the_ministries_of_2025_have_their_main_heir_first() {
    let heirs = successions().unwrap();
    let table = [
        ("G04", "G17"),
        ("G05", "G12"),
        ("G07", "G09"),
        ("G13", "G10"),
        ("G14", "G06"),
        ("G24", "G12"),
        ("G34", "G12"),
        ("G36", "G12"),
    ];
    let known = by_code();
    for (closed, heir) in table {
        let first = heirs.iter().find(|row| row.closed.as_str() == closed).unwrap();
        assert_eq!(first.successor.as_str(), heir, "{closed}");
        assert_eq!(known[closed].valid_to, Some(date(2025, 2, 28)), "{closed}");
    }
    assert_eq!(known["G10"].former_name.as_ref().unwrap().1, date(2025, 2, 28));
}

#[test]
fn every_heir_is_open_and_every_closed_unit_has_one() {
    let (known, heirs) = (by_code(), successions().unwrap());
    for row in &heirs {
        assert!(is_open(&known[row.successor.as_str()]), "{}", row.successor);
        assert!(!is_open(&known[row.closed.as_str()]), "{}", row.closed);
    }
    let with_heirs: BTreeSet<&str> = heirs.iter().map(|row| row.closed.as_str()).collect();
    for unit in known.values().filter(|unit| !is_open(unit)) {
        assert!(with_heirs.contains(unit.code.as_str()), "{}", unit.code);
    }
}

/// All communes on the area of a district lie in the one province that took over from the
/// district's: an independent proof of the table of provinces.
#[test]
fn the_communes_of_each_district_went_to_its_provinces_heir() {
    let (known, heirs) = (by_code(), successions().unwrap());
    let heir_of = |code: &str| {
        let row = heirs.iter().find(|row| row.closed.as_str() == code);
        row.map_or(code.to_owned(), |row| row.successor.to_string())
    };
    let mut reached = BTreeSet::new();
    for row in &heirs {
        let closed = &known[row.closed.as_str()];
        if closed.kind == Kind::DistrictCommittee {
            let province = closed.code.level_one().unwrap();
            assert_eq!(row.successor.level_one().unwrap(), heir_of(province), "{}", closed.code);
            reached.insert(row.successor.to_string());
        }
    }
    let communes = known.values().filter(|unit| unit.kind == Kind::CommuneCommittee);
    assert!(communes.clone().all(|unit| reached.contains(unit.code.as_str())));
}

#[test]
fn numbers_of_communes_follow_their_statistics_codes() {
    let mut last: Option<SeedUnit> = None;
    for unit in all().into_iter().filter(|unit| unit.kind == Kind::CommuneCommittee) {
        let number: u32 = unit.code.as_str()[4..].parse().unwrap();
        match &last {
            Some(before) if before.code.level_one() == unit.code.level_one() => {
                assert!(before.commune_gso < unit.commune_gso, "{}", unit.code);
                assert_eq!(before.code.as_str()[4..].parse::<u32>().unwrap() + 1, number);
            }
            _ => assert_eq!(number, 101, "{}", unit.code),
        }
        last = Some(unit);
    }
}
