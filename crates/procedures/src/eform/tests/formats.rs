use crate::eform::field::Kind;
use crate::eform::formats::CHECKS;
use crate::eform::lists::List;
use crate::eform::normalise::{number, text};

#[test]
fn numbers_are_read_as_vietnamese_and_as_machines_write_them() {
    for (typed, wanted) in [
        ("1.234.567", Some(1_234_567.0)),
        ("1 234 567", Some(1_234_567.0)),
        ("1234567", Some(1_234_567.0)),
        ("12,5", Some(12.5)),
        ("12.5", Some(12.5)),
        ("1.234,5", Some(1234.5)),
        ("1.234", Some(1234.0)),
        ("-3", Some(-3.0)),
        ("0", Some(0.0)),
        ("1.23.456", None),
        ("1234.567", Some(1234.567)),
        ("1,2,3", None),
        ("", None),
        ("một", None),
        ("1e9", None),
        ("NaN", None),
        (".5", None),
        ("5.", None),
    ] {
        assert_eq!(number(typed), wanted, "{typed:?}");
    }
}

#[test]
fn texts_lose_only_what_nobody_meant() {
    for (kind, lines, typed, wanted) in [
        (Kind::Text, false, "  Nguyễn \t Văn\u{a0}An ", "Nguyễn Văn An"),
        (Kind::PersonName, false, "Nguye\u{302}\u{303}n", "Nguyễn"),
        (Kind::Text, false, "a\u{200b}b\u{feff}\u{ad}c\u{202e}", "abc"),
        (Kind::Text, true, "\r\n một \r\n\r\nhai  \n", "một\n\nhai"),
        (Kind::Phone, false, "+84 912.345.678", "0912345678"),
        (Kind::Phone, false, "(024) 3822-1234", "02438221234"),
        (Kind::Phone, false, "+1 202 555 0143", "+12025550143"),
        (Kind::PersonalNumber, false, "001 190-012.345", "001190012345"),
        (Kind::TaxCode, false, "0100109106 - 001", "0100109106-001"),
        (Kind::Email, false, " hoa @ nha.vn ", "hoa@nha.vn"),
    ] {
        assert_eq!(text(kind, lines, typed), wanted, "{typed:?}");
    }
}

#[test]
fn formats_take_the_good_and_refuse_the_bad() {
    let is = |format: &str, text: &str| {
        let (_, check) = CHECKS.into_iter().find(|(name, _)| *name == format).unwrap();
        check(text)
    };
    for line in include_str!("shapes.txt").lines() {
        let mut parts = line.split(" | ").map(|part| part.split(", "));
        let [mut format, good, bad] = [(); 3].map(|()| parts.next().unwrap());
        let format = format.next().unwrap();
        good.for_each(|text| assert!(is(format, text), "{format} {text:?}"));
        bad.for_each(|text| assert!(!is(format, text), "{format} {text:?}"));
        assert!(!is(format, ""), "{format} of nothing");
    }
}

#[test]
fn lists_hold_each_code_once_with_both_names() {
    for (list, count) in [(List::EthnicGroup, 54), (List::Country, 196)] {
        let codes: std::collections::BTreeSet<&str> =
            list.entries().map(|entry| entry.code).collect();
        assert_eq!(codes.len(), list.entries().count());
        assert_eq!(codes.len(), count);
        for entry in list.entries() {
            assert!(!entry.vi.is_empty() && !entry.en.is_empty() && entry.code.len() == 2);
        }
    }
    assert!(List::EthnicGroup.has("01") && List::Country.has("VN") && !List::Country.has("vn"));
}
