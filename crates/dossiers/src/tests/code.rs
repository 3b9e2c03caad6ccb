use jiff::civil::date;
use proptest::prelude::*;

use crate::code::{CodeFault, DossierCode, Known, RequestNumber};

#[test]
fn a_code_is_agency_day_and_count() {
    let code = DossierCode::mint("000.00.12.H01", date(2026, 4, 15), 1);
    assert_eq!(code.as_str(), "000.00.12.H01-260415-0001");
    assert_eq!(DossierCode::mint("H01.12", date(2026, 4, 15), 42).as_str(), "H01.12-260415-0042");
}

#[test]
fn the_ten_thousandth_dossier_of_a_day_gets_five_digits() {
    let code = DossierCode::mint("H01.12", date(2026, 4, 15), 10_000);
    assert_eq!(code.as_str(), "H01.12-260415-10000");
    assert_eq!(DossierCode::parse(code.as_str()).unwrap(), code);
}

#[test]
fn codes_of_both_generations_are_read_and_others_are_not() {
    for good in [
        "000.00.12.H01-260415-0001",
        "H01-260415-0001",
        "H01.12-260415-0001",
        "h01.12.105-260415-0001",
        " H01.12 - 260415 – 0001 ",
        "G12.99.01.123-260415-123456",
        // Groups of letters, of one digit, and more than four of them are given, too.
        "H37.DN.001-260415-0001",
        "h37.dn.001-260415-0001",
        "H01.1-260415-0001",
        "H01.12.12.12.12-260415-0001",
    ] {
        assert!(DossierCode::parse(good).is_ok(), "{good}");
    }
    for bad in [
        "",
        "H01.12-260415-001",
        "H01.12-26041-0001",
        "01.12-260415-0001",
        "vxp.saas.02-260415-0001",
        "H37..001-260415-0001",
        "00.00.12.H01-260415-0001",
        "H01.12-260415-00x1",
        "H01.12-260415",
    ] {
        assert_eq!(DossierCode::parse(bad), Err(CodeFault::Shape), "{bad}");
    }
}

#[test]
fn a_request_number_forgives_spaces_and_tells_a_mistyped_digit() {
    let number = RequestNumber::mint(date(2026, 11, 23), 48_392_057);
    let text = number.as_str();
    let spaced = text.replace('-', " ");
    assert_eq!(Known::parse(&spaced), Ok(Known::Request(number.clone())));
    let wrong = text.replacen("48", "47", 1);
    assert_eq!(Known::parse(&wrong), Err(CodeFault::CheckDigit));
}

proptest! {
    #[test]
    fn every_wrong_digit_of_a_request_number_is_found(
        chance in 0_u64..100_000_000, place in 0_usize..15, other in 0_u32..10,
    ) {
        let number = RequestNumber::mint(date(2026, 11, 23), chance);
        let mut digits: Vec<char> = number.as_str().chars().filter(|c| *c != '-').collect();
        let wrong = char::from_digit(other, 10).unwrap();
        prop_assume!(digits[place] != wrong);
        digits[place] = wrong;
        let typed: String = digits.iter().collect();
        prop_assert_eq!(RequestNumber::parse(&typed), Err(CodeFault::CheckDigit));
    }

    #[test]
    fn what_is_minted_is_read_again(count in 1_i64..2_000_000, chance in any::<u64>()) {
        let code = DossierCode::mint("H26.07", date(2031, 1, 2), count);
        prop_assert_eq!(DossierCode::parse(code.as_str()), Ok(code));
        let number = RequestNumber::mint(date(2031, 1, 2), chance);
        prop_assert_eq!(RequestNumber::parse(number.as_str()), Ok(number));
    }

    #[test]
    fn no_typed_text_is_too_much_for_the_reader(text in "\\PC*") {
        let _ = Known::parse(&text);
    }
}
