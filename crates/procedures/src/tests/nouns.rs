//! Codes, completeness, the document of a version.

use proptest::prelude::*;

use super::version;
use crate::code::{Code, Spelling};
use crate::completeness::{Part, check};
use crate::life_event::LifeEvent;
use crate::version::{Named, Version};

#[test]
fn both_spellings_of_a_code_mean_one_procedure() {
    let table = [
        ("1.000110", Some(("1.000110", None))),
        (" 1.000110. ", Some(("1.000110", None))),
        ("1.000110.000.00.00.H01", Some(("1.000110", Some("000.00.00.H01")))),
        ("3.000181.000.00.00.h22", Some(("3.000181", Some("000.00.00.H22")))),
        ("1.003290.01", Some(("1.003290", Some("01")))),
        ("0.000110", None),
        ("10.00110", None),
        ("1.00011", None),
        ("1.000110..", Some(("1.000110", None))),
        ("1.000110.../etc", None),
        ("1.000110.H01/..", None),
        ("", None),
    ];
    for (text, expected) in table {
        let found = Spelling::parse(text).ok();
        let found = found.as_ref().map(|s| (s.code.as_str(), s.suffix.as_deref()));
        assert_eq!(found, expected, "{text:?}");
    }
    assert!(Code::parse("1.000110.H01").is_err(), "a code alone has no agency");
}

proptest! {
    #[test]
    fn a_code_survives_being_written(first in 1u8..=9, rest in 0u32..=999_999) {
        let text = format!("{first}.{rest:06}");
        prop_assert_eq!(Code::parse(&text).unwrap().to_string(), text);
    }

    #[test]
    fn no_text_makes_the_parser_fall(text in ".{0,40}") {
        let _ = Spelling::parse(&text);
    }
}

#[test]
fn a_whole_version_misses_nothing_and_an_empty_one_six_of_seven() {
    let whole = check(&version("1.999999", "Cấp thẻ đọc sách"));
    assert!(whole.is_complete());
    let absent: Vec<_> = whole.parts().filter(|(_, there)| !there).map(|(part, _)| part).collect();
    assert_eq!(absent, [Part::Forms], "only what does not exist is not there");
    let empty = check(&Version::new(Code::parse("1.999999").unwrap(), "Tên"));
    assert_eq!(empty.missing().count(), 6, "all but the name");
}

#[test]
fn fourteen_parts_seven_of_them_mandatory() {
    assert_eq!(Part::ALL.len(), 14);
    assert_eq!(Part::ALL.iter().filter(|part| part.is_mandatory()).count(), 7);
}

#[test]
fn a_version_is_one_document() {
    let version = version("1.999999", "Cấp thẻ đọc sách");
    let text = serde_json::to_string(&version).unwrap();
    assert_eq!(serde_json::from_str::<Version>(&text).unwrap(), version);
    let least = r#"{"code": "1.999999", "name": "Tên"}"#;
    let least: Version = serde_json::from_str(least).unwrap();
    assert_eq!(least, Version::new(Code::parse("1.999999").unwrap(), "Tên"));
}

#[test]
fn life_events_are_found_in_names_and_fields() {
    let mut birth = version("1.001193", "Thủ tục đăng ký khai sinh");
    assert_eq!(LifeEvent::of_names(&birth), [LifeEvent::Birth]);
    birth.subjects = vec![Named::of("Doanh nghiệp")];
    assert_eq!(LifeEvent::of_names(&birth), [], "no enterprise is born");
    let mut tax = version("1.999999", "Khai bổ sung");
    tax.fields = vec![Named::of("Thuế")];
    tax.subjects.push(Named::of("Doanh nghiệp"));
    assert!(LifeEvent::of_names(&tax).contains(&LifeEvent::BusinessTax));
}
