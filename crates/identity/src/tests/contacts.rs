//! Telephones, e-mail addresses, names of persons and user names.

use proptest::prelude::*;

use crate::email::{Email, EmailFault};
use crate::person_name::{PersonName, PersonNameFault};
use crate::phone_number::{PhoneNumber, PhoneNumberFault as Fault};
use crate::username::{Username, UsernameFault};

#[test]
fn every_way_to_write_a_mobile_number_is_the_same_number() {
    let ways = [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "(091) 234-5678",
        "+84912345678",
        "+84 912 345 678",
        "+84 0912345678",
        "0084912345678",
        "84912345678",
        "912345678",
        "\u{200b}0912345678",
    ];
    for way in ways {
        assert_eq!(PhoneNumber::parse(way).unwrap().as_str(), "0912345678", "{way}");
    }
}

#[test]
fn numbers_that_cannot_receive_a_message_say_why() {
    let cases = [
        ("", Fault::Missing),
        ("09123x5678", Fault::NotDigits),
        ("091234567", Fault::Length { digits: 9 }),
        ("09123456789", Fault::Length { digits: 11 }),
        ("0412345678", Fault::Prefix),
        ("0532345678", Fault::Prefix),
        ("02838229999", Fault::LandLine),
        ("+85212345678", Fault::Foreign),
        ("0085212345678", Fault::Foreign),
        ("01234567890", Fault::ElevenDigits { today: "0834567890".to_owned() }),
        ("+841687654321", Fault::ElevenDigits { today: "0387654321".to_owned() }),
    ];
    for (text, fault) in cases {
        assert_eq!(PhoneNumber::parse(text), Err(fault), "{text:?}");
    }
}

#[test]
fn a_phone_number_is_masked_in_logs_and_international_for_gateways() {
    let number = PhoneNumber::parse("0912345678").unwrap();
    assert_eq!(number.international(), "+84912345678");
    assert_eq!(number.masked(), "091****678");
    assert_eq!(format!("{number:?}"), "PhoneNumber(091****678)");
}

proptest! {
    #[test]
    fn reading_a_phone_number_never_panics_and_is_stable(text in "\\PC{0,20}") {
        if let Ok(number) = PhoneNumber::parse(&text) {
            prop_assert_eq!(PhoneNumber::parse(&number.international()).unwrap(), number);
        }
    }

    #[test]
    fn reading_an_address_never_panics_and_is_stable(text in "\\PC{0,40}@\\PC{0,40}") {
        if let Ok(email) = Email::parse(&text) {
            prop_assert_eq!(Email::parse(email.as_str()).unwrap(), email);
        }
    }
}

#[test]
fn addresses_are_read_and_refused_with_a_reason() {
    let good = [
        ("lan@example.vn", "lan@example.vn"),
        (" Lan.Nguyen@Example.VN ", "Lan.Nguyen@example.vn"),
        ("a+b_c@mail.gov.vn", "a+b_c@mail.gov.vn"),
    ];
    for (text, stored) in good {
        assert_eq!(Email::parse(text).unwrap().as_str(), stored);
    }
    let long = format!("{}@example.vn", "a".repeat(65));
    let bad = [
        ("", EmailFault::Missing),
        ("lan", EmailFault::At),
        ("lan@@example.vn", EmailFault::At),
        ("lan nguyen@example.vn", EmailFault::Letters),
        ("làn@example.vn", EmailFault::Letters),
        ("@example.vn", EmailFault::Local),
        (".lan@example.vn", EmailFault::Local),
        ("la..n@example.vn", EmailFault::Local),
        (long.as_str(), EmailFault::Local),
        ("lan@example", EmailFault::Domain),
        ("lan@-example.vn", EmailFault::Domain),
        ("lan@10.0.0.1", EmailFault::Domain),
    ];
    for (text, fault) in bad {
        assert_eq!(Email::parse(text), Err(fault), "{text:?}");
    }
}

#[test]
fn a_name_is_kept_as_its_owner_writes_it() {
    let cases = [
        ("Nguyễn Thị Bích Ngọc", Ok("Nguyễn Thị Bích Ngọc")),
        ("  Nguyễn   Thị\tNgọc ", Ok("Nguyễn Thị Ngọc")),
        // Decomposed letters, as some keyboards send them, are composed.
        ("Nguye\u{302}\u{303}n A\u{301}i", Ok("Nguyễn Ái")),
        ("H'Hen Niê", Ok("H'Hen Niê")),
        ("Y Blô Êban", Ok("Y Blô Êban")),
        ("Jean-Luc O’Neil", Ok("Jean-Luc O’Neil")),
        ("", Err(PersonNameFault::Missing)),
        ("A", Err(PersonNameFault::Short)),
        ("Nguyễn V4n A", Err(PersonNameFault::Signs)),
        ("<script>", Err(PersonNameFault::Signs)),
    ];
    for (text, expected) in cases {
        let found = PersonName::parse(text).map(|name| name.as_str().to_owned());
        assert_eq!(found, expected.map(str::to_owned), "{text:?}");
    }
    assert_eq!(PersonName::parse(&"a".repeat(121)), Err(PersonNameFault::Long));
}

#[test]
fn a_user_name_is_never_mistaken_for_a_personal_number() {
    assert_eq!(Username::parse(" Lan.NT@hanoi ").unwrap().as_str(), "lan.nt@hanoi");
    let bad = [
        ("", UsernameFault::Missing),
        ("079088012341", UsernameFault::Letters),
        ("lân", UsernameFault::Letters),
        ("la n", UsernameFault::Letters),
        ("ab", UsernameFault::Length),
    ];
    for (text, fault) in bad {
        assert_eq!(Username::parse(text), Err(fault), "{text:?}");
    }
}
