//! Both forms of the code: examples as a table, and what holds of every text.

use proptest::prelude::*;

use crate::branch::Branch;
use crate::code::{Class, Code, CodeFault, LENGTH_MAX};
use crate::place::{place, subtree};

fn code(text: &str) -> Code {
    Code::receive(text).unwrap()
}

#[test]
fn every_written_form_is_classified() {
    let table = [
        ("H57", Class::Standard, "H57"),
        (" h57.101 ", Class::Standard, "H57.101"),
        ("H37.18.36", Class::Standard, "H37.18.36"),
        ("H37.DN.001", Class::Standard, "H37.DN.001"),
        ("G12 . 01", Class::Standard, "G12.01"),
        ("H57．101", Class::Standard, "H57.101"),
        ("\u{feff}G15", Class::Standard, "G15"),
        ("W00", Class::Standard, "W00"),
        ("000.00.00.G22", Class::Old, "000.00.00.G22"),
        ("000.00.14.h20", Class::Old, "000.00.14.H20"),
        ("012.05.14.H20", Class::Old, "012.05.14.H20"),
        ("vxp.saas.02", Class::Foreign, "vxp.saas.02"),
        ("001.00.20.TT2", Class::Foreign, "001.00.20.TT2"),
        ("01.02.G22", Class::Foreign, "01.02.G22"),
        ("null", Class::Foreign, "null"),
        ("0101234567", Class::Foreign, "0101234567"),
        ("H5", Class::Foreign, "H5"),
        ("H57.", Class::Foreign, "H57."),
        ("H57..01", Class::Foreign, "H57..01"),
        ("Sở Tư pháp", Class::Foreign, "Sở Tư pháp"),
    ];
    for (written, class, kept) in table {
        let received = code(written);
        assert_eq!((received.class(), received.as_str()), (class, kept), "{written:?}");
    }
}

#[test]
fn only_what_is_no_code_at_all_is_not_received() {
    assert_eq!(Code::receive("  "), Err(CodeFault::Empty));
    assert_eq!(Code::receive(&"x".repeat(LENGTH_MAX + 1)), Err(CodeFault::TooLong));
    assert_eq!(Code::receive("a\nb"), Err(CodeFault::Unprintable));
    assert!(Code::receive(&"ệ".repeat(LENGTH_MAX)).is_ok(), "characters count, not bytes");
}

#[test]
fn issuing_is_strict() {
    let table = [
        ("h57.101", Ok("H57.101")),
        ("", Err(CodeFault::Empty)),
        ("000.00.00.H57", Err(CodeFault::NotStandard)),
        ("vxp.saas.02", Err(CodeFault::NotStandard)),
        ("H00", Err(CodeFault::NotStandard)),
        ("H57.", Err(CodeFault::NotStandard)),
        ("H57.é", Err(CodeFault::NotStandard)),
        ("H57.12345678901", Err(CodeFault::NotStandard)),
        ("W01", Err(CodeFault::NoSuchBranch)),
        ("L01", Err(CodeFault::NoSuchBranch)),
        ("H57.1234567890.1234567890.1234567890.1", Err(CodeFault::TooLong)),
    ];
    for (written, expected) in table {
        let issued = Code::issue(written);
        assert_eq!(
            issued.as_ref().map(Code::as_str).map_err(|fault| *fault),
            expected,
            "{written}"
        );
    }
}

#[test]
fn the_tree_is_in_the_code() {
    let table = [
        ("H57", None, 1, Some("H57")),
        ("H57.101", Some("H57"), 2, Some("H57")),
        ("H57.101.01", Some("H57.101"), 3, Some("H57")),
        ("000.00.00.G22", None, 1, Some("G22")),
        ("000.00.14.H20", Some("000.00.00.H20"), 2, Some("H20")),
        ("000.05.14.H20", Some("000.00.14.H20"), 3, Some("H20")),
        ("012.05.14.H20", Some("000.05.14.H20"), 4, Some("H20")),
    ];
    for (written, parent, depth, root) in table {
        let code = code(written);
        assert_eq!(code.parent().as_ref().map(Code::as_str), parent, "{written}");
        assert_eq!(code.depth(), Some(depth), "{written}");
        assert_eq!(code.level_one(), root, "{written}");
    }
    let foreign = code("vxp.saas.02");
    assert_eq!((foreign.parent(), foreign.depth(), foreign.level_one()), (None, None, None));
}

#[test]
fn within_goes_by_groups_not_by_letters() {
    let table = [
        ("H57.101", "H57", true),
        ("H57", "H57", true),
        ("H57.101", "H57.10", false),
        ("H57.1", "H57.101", false),
        ("H5", "H57", false),
        ("000.00.14.H20", "000.00.00.H20", true),
        ("000.05.14.H20", "000.00.14.H20", true),
        ("000.05.15.H20", "000.00.14.H20", false),
        ("000.00.14.H20", "H20", false),
        ("vxp.saas.02", "VXP.SAAS.02", true),
        ("vxp.saas.02", "vxp.saas", false),
    ];
    for (inner, outer, expected) in table {
        assert_eq!(code(inner).is_within(&code(outer)), expected, "{inner} in {outer}");
    }
}

#[test]
fn an_old_code_suggests_a_new_one_and_no_more() {
    let table = [
        ("000.00.14.H20", Some("H20.14")),
        ("000.00.00.G22", Some("G22")),
        ("012.05.14.H20", Some("H20.14.05.012")),
        ("H20.14", None),
        ("vxp.saas.02", None),
    ];
    for (written, suggested) in table {
        let suggestion = code(written).suggestion();
        assert_eq!(suggestion.as_ref().map(Code::as_str), suggested, "{written}");
    }
}

#[test]
fn every_branch_has_its_own_letter() {
    for branch in Branch::ALL {
        assert_eq!(Branch::of(branch.letter()), Some(branch));
    }
    assert_eq!(code("000.00.00.H57").branch(), Some(Branch::ProvinceCommittees));
    assert_eq!(code("W00").branch(), None);
}

#[test]
fn places_put_shorter_groups_first_and_children_behind_their_parent() {
    let mut codes = ["H57.101.01", "H57.20", "H57", "H58", "H57.101", "H57.09", "H57.D474", "G01"]
        .map(code)
        .to_vec();
    codes.sort_by_key(place);
    let order: Vec<&str> = codes.iter().map(Code::as_str).collect();
    assert_eq!(
        order,
        ["G01", "H57", "H57.09", "H57.20", "H57.101", "H57.101.01", "H57.D474", "H58"]
    );
}

fn standard() -> impl Strategy<Value = String> {
    ("[A-K](0[1-9]|[1-9][0-9])", prop::collection::vec("[0-9A-Z]{1,10}", 0..3))
        .prop_map(|(root, groups)| [vec![root], groups].concat().join("."))
        .prop_filter("35 characters at most", |code| code.len() <= LENGTH_MAX)
}

proptest! {
    #[test]
    fn receiving_never_fails_by_surprise_and_changes_nothing_twice(text in "\\PC{0,40}") {
        if let Ok(code) = Code::receive(&text) {
            prop_assert!(code.as_str().chars().count() <= LENGTH_MAX);
            prop_assert_eq!(Code::receive(code.as_str()), Ok(code.clone()));
            prop_assert_eq!(code.is_within(&code), true);
            prop_assert_eq!(code.suggestion().is_some(), code.class() == Class::Old);
        }
    }

    #[test]
    fn what_is_issued_is_received_the_same(text in standard()) {
        let issued = Code::issue(&text).unwrap();
        prop_assert_eq!(Code::receive(&text.to_lowercase()).unwrap(), issued);
    }

    #[test]
    fn the_line_up_ends_at_level_one_and_each_is_within_the_next(text in standard()) {
        let mut code = Code::issue(&text).unwrap();
        let lowest = code.clone();
        for depth in (1..=code.depth().unwrap()).rev() {
            prop_assert_eq!(code.depth(), Some(depth));
            prop_assert!(lowest.is_within(&code));
            match code.parent() {
                Some(parent) => {
                    prop_assert!(!parent.is_within(&code));
                    code = parent;
                }
                None => prop_assert_eq!(Some(code.as_str()), lowest.level_one()),
            }
        }
    }

    #[test]
    fn a_suggestion_follows_the_rule_and_stays_at_its_level_one(
        (v, z, y, root) in ("[0-9]{3}", "[0-9]{2}", "[0-9]{2}", "[A-K][0-9]{2}")
    ) {
        let old = Code::receive(&format!("{v}.{z}.{y}.{root}")).unwrap();
        let suggested = old.suggestion().unwrap();
        prop_assert_eq!(suggested.class(), Class::Standard);
        prop_assert_eq!(suggested.level_one(), Some(root.as_str()));
    }

    #[test]
    fn what_is_below_is_one_stretch_of_places(inner in standard(), outer in standard()) {
        let (inner, outer) = (Code::issue(&inner).unwrap(), Code::issue(&outer).unwrap());
        let (from, to) = subtree(&outer);
        let here = place(&inner);
        prop_assert_eq!(from <= here && here < to, inner.is_within(&outer));
    }
}
