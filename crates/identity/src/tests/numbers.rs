//! Personal numbers and tax codes: real shapes in, reasons out.

use jiff::civil::date;
use proptest::prelude::*;

use crate::personal_number::{BirthPlace, PersonalNumber, PersonalNumberFault as Fault, Sex};
use crate::tax_code::{TaxCode, TaxCodeFault};

#[test]
fn a_personal_number_tells_place_sex_and_year() {
    let cases = [
        ("001086001234", BirthPlace::Province("Hà Nội"), Sex::Male, 1986),
        ("079192004567", BirthPlace::Province("Thành phố Hồ Chí Minh"), Sex::Female, 1992),
        ("096205000001", BirthPlace::Province("Cà Mau"), Sex::Male, 2005),
        ("025318000009", BirthPlace::Province("Phú Thọ"), Sex::Female, 2018),
        // Hậu Giang became part of Cần Thơ in 2025; numbers given there live on.
        ("093299000009", BirthPlace::Province("Hậu Giang"), Sex::Male, 2099),
        ("101070123456", BirthPlace::Abroad(101), Sex::Male, 1970),
    ];
    for (text, place, sex, year) in cases {
        let number = PersonalNumber::parse(text).unwrap();
        assert_eq!(
            (number.birth_place(), number.sex(), number.birth_year()),
            (place, sex, year),
            "{text}"
        );
    }
}

#[test]
fn spaces_points_and_hyphens_do_no_harm() {
    for text in ["079 088 012 341", " 079088012341\u{200b}", "079.088.012.341", "079-088-012341"] {
        assert_eq!(PersonalNumber::parse(text).unwrap().as_str(), "079088012341", "{text}");
    }
}

#[test]
fn each_wrong_number_says_what_is_wrong() {
    let cases = [
        ("", Fault::Missing),
        ("   ", Fault::Missing),
        ("0790880I2341", Fault::NotDigits),
        ("０７９０８８０１２３４１", Fault::NotDigits),
        ("123456789", Fault::OldCard),
        ("07908801234", Fault::Length { digits: 11 }),
        ("0790880123411", Fault::Length { digits: 13 }),
        ("003088012341", Fault::Province { code: 3 }),
        ("000088012341", Fault::Province { code: 0 }),
        ("099088012341", Fault::Province { code: 99 }),
        ("079488012341", Fault::Century { digit: 4 }),
    ];
    for (text, fault) in cases {
        assert_eq!(PersonalNumber::parse(text), Err(fault), "{text:?}");
    }
}

#[test]
fn the_year_of_birth_must_be_the_numbers_own() {
    let number = PersonalNumber::parse("079088012341").unwrap();
    assert!(number.fits(date(1988, 2, 29)));
    assert!(!number.fits(date(1989, 1, 1)));
}

#[test]
fn a_number_shows_itself_masked_wherever_it_could_be_logged() {
    let number = PersonalNumber::parse("079088012341").unwrap();
    assert_eq!(number.masked(), "079********1");
    assert_eq!(format!("{number:?}"), "PersonalNumber(079********1)");
    let code = TaxCode::parse("079088012341").unwrap();
    assert!(!format!("{code:?}").contains("079088012341"));
}

proptest! {
    #[test]
    fn whatever_is_read_is_read_again_the_same(text in "\\PC{0,24}") {
        if let Ok(number) = PersonalNumber::parse(&text) {
            prop_assert_eq!(PersonalNumber::parse(number.as_str()).unwrap(), number.clone());
            prop_assert_eq!(PersonalNumber::parse(&number.grouped()).unwrap(), number.clone());
            prop_assert!((1900..2100).contains(&number.birth_year()));
            prop_assert_eq!(number.masked().len(), 12);
        }
    }

    #[test]
    fn every_number_of_the_right_shape_is_read(
        place in prop::sample::select(vec![1u16, 4, 31, 79, 96, 101, 250]),
        century in 0u8..4,
        rest in 0u32..100_000_000,
    ) {
        let text = format!("{place:03}{century}{rest:08}");
        let number = PersonalNumber::parse(&text).unwrap();
        prop_assert_eq!(number.sex() == Sex::Male, century % 2 == 0);
    }

    #[test]
    fn one_wrong_digit_of_a_tax_code_is_always_found(at in 0usize..10, by in 1u8..10) {
        // No weight is a multiple of eleven, so no single slip goes unseen.
        let mut digits = *b"0300588569";
        digits[at] = b'0' + (digits[at] - b'0' + by) % 10;
        let text = String::from_utf8(digits.to_vec()).unwrap();
        prop_assert_eq!(TaxCode::parse(&text), Err(TaxCodeFault::CheckDigit));
    }
}

#[test]
fn tax_codes_of_real_enterprises_pass_and_slips_do_not() {
    let cases: [(&str, Result<&str, TaxCodeFault>); 15] = [
        ("0300588569", Ok("0300588569")),
        ("0101248141", Ok("0101248141")),
        ("0100109106", Ok("0100109106")),
        ("0 3005 88569", Ok("0300588569")),
        ("0300588569-001", Ok("0300588569-001")),
        ("0300588569001", Ok("0300588569-001")),
        ("0300588569–999", Ok("0300588569-999")),
        ("079088012341", Ok("079088012341")),
        ("", Err(TaxCodeFault::Missing)),
        ("-", Err(TaxCodeFault::Missing)),
        ("03005B8569", Err(TaxCodeFault::NotDigits)),
        ("0300588568", Err(TaxCodeFault::CheckDigit)),
        ("0300588569-000", Err(TaxCodeFault::Branch)),
        ("030058856", Err(TaxCodeFault::Length { digits: 9 })),
        ("003088012341", Err(TaxCodeFault::Person(Fault::Province { code: 3 }))),
    ];
    for (text, expected) in cases {
        let found = TaxCode::parse(text).map(|code| code.canonical());
        assert_eq!(found, expected.map(str::to_owned), "{text:?}");
    }
}

#[test]
fn a_branch_knows_its_enterprise() {
    let TaxCode::Enterprise(code) = TaxCode::parse("0300588569-012").unwrap() else {
        panic!("a branch is an enterprise's");
    };
    assert_eq!((code.head(), code.branch()), ("0300588569", Some(12)));
}
