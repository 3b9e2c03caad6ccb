//! Types, symbols and plans of books.

use crate::book::{Plan, PlanFault, PlanLine, next_suffix, written};
use crate::document::{Direction, DocumentType, TYPES};

#[test]
fn the_decree_has_twenty_nine_types_each_once() {
    let mut codes: Vec<&str> = TYPES.iter().map(|one| one.code).collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 29);
    let mut shorts: Vec<&str> =
        TYPES.iter().map(|one| one.short).filter(|one| !one.is_empty()).collect();
    shorts.sort_unstable();
    shorts.dedup();
    assert_eq!(shorts.len(), 27);
    assert_eq!(DocumentType::of_name(" công văn ").unwrap().code, "cong-van");
    assert!(DocumentType::of_name("Thông tư").is_none());
}

#[test]
fn a_symbol_names_type_and_agency_and_a_letter_the_drafting_part() {
    let of = |code: &str, part: &str| DocumentType::parse(code).unwrap().notation("UBND", part);
    assert_eq!(of("quyet-dinh", "VP"), "QĐ-UBND");
    assert_eq!(of("cong-van", "VP"), "UBND-VP");
    assert_eq!(of("thu-cong", ""), "UBND");
    assert_eq!((written(5, ""), written(12, "a")), ("05".to_owned(), "12a".to_owned()));
}

#[test]
fn the_standard_plan_has_four_books_and_a_place_for_every_type() {
    let plan = Plan::standard();
    assert_eq!(plan.check(), Ok(()));
    assert_eq!(plan.lines.len(), 4);
    let book = |code: &str| plan.line(Direction::Out, code).unwrap().code.clone();
    assert_eq!(book("quyet-dinh"), "quyet-dinh");
    assert_eq!(book("cong-van"), "cong-van");
    assert_eq!(book("to-trinh"), "van-ban-khac");
    assert_eq!(plan.line(Direction::In, "thong-tu").unwrap().code, "van-ban-den");
    assert!(TYPES.iter().all(|one| plan.line(Direction::Out, one.code).is_some()));
}

#[test]
fn a_plan_that_would_give_a_symbol_twice_or_no_number_is_refused() {
    let line = |code: &str, types: &[&str]| PlanLine {
        code: code.to_owned(),
        name: format!("Sổ {code}"),
        direction: Direction::Out,
        types: types.iter().map(|one| (*one).to_owned()).collect(),
    };
    let incoming = PlanLine { direction: Direction::In, ..line("den", &[]) };
    let fault = |lines: Vec<PlanLine>| Plan { lines }.check().unwrap_err();
    let all = line("all", &[]);
    assert_eq!(fault(vec![all.clone()]), PlanFault::Types, "nothing for what comes in");
    assert_eq!(fault(vec![line("a", &["bao-cao"]), incoming.clone()]), PlanFault::Types);
    let twice = vec![line("a", &["bao-cao"]), line("b", &["bao-cao"]), all.clone()];
    assert_eq!(fault([twice, vec![incoming.clone()]].concat()), PlanFault::Types);
    let letters = vec![line("a", &["cong-van"]), line("b", &["thu-cong"]), all.clone()];
    assert_eq!(fault([letters, vec![incoming.clone()]].concat()), PlanFault::Symbols);
    assert_eq!(fault(vec![all.clone(), all.clone(), incoming.clone()]), PlanFault::Line);
    assert_eq!(fault(vec![line("", &[]), incoming.clone()]), PlanFault::Line);
    assert_eq!(Plan { lines: vec![all, incoming] }.check(), Ok(()));
}

#[test]
fn suffixes_go_on_behind_z_in_order() {
    let all: Vec<String> = (0..60).map(next_suffix).collect();
    assert_eq!((all[0].as_str(), all[25].as_str(), all[26].as_str()), ("a", "z", "za"));
    assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{all:?}");
}
