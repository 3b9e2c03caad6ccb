//! The shapes of answers as JSON Schema checks them: what identity knows of people, their numbers
//! and addresses, dates of which only the year is known, national lists.

use identity::{Email, PersonName, PersonalNumber, PhoneNumber, PhoneNumberFault, TaxCode};
use jiff::civil::Date;
use serde_json::{Value, json};

use super::lists::List;

type Check = (&'static str, fn(&str) -> bool);

/// The formats of the schema that JSON Schema itself does not know, or judges otherwise.
pub const CHECKS: [Check; 10] = [
    ("partial-date", is_partial_date),
    ("phone", is_phone),
    ("personal-number", is_personal_number),
    ("tax-code", is_tax_code),
    ("person-name", is_person_name),
    ("country", is_country),
    ("ethnic-group", is_ethnic_group),
    ("email", is_email),
    ("province-code", |text| is_digits(text, 2)),
    ("commune-code", |text| is_digits(text, 5)),
];

pub fn address_schema() -> Value {
    json!({
        "type": "object",
        "properties": {
            "province": { "type": "string", "format": "province-code" },
            "commune": { "type": "string", "format": "commune-code" },
            "street": { "type": "string", "maxLength": 200 },
        },
    })
}

pub fn files_schema() -> Value {
    json!({ "type": "array", "items": { "type": "object" } })
}

fn is_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// `1985`, `1985-04` or `1985-04-30`.
fn is_partial_date(text: &str) -> bool {
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    whole.parse::<Date>().is_ok()
}

/// Any number a person can be called at: land lines and foreign ones too.
fn is_phone(text: &str) -> bool {
    match PhoneNumber::parse(text) {
        Ok(_) | Err(PhoneNumberFault::LandLine) => true,
        Err(PhoneNumberFault::Foreign) => (8..=16).contains(&text.len()),
        Err(_) => false,
    }
}

fn is_personal_number(text: &str) -> bool {
    PersonalNumber::parse(text).is_ok()
}

fn is_tax_code(text: &str) -> bool {
    TaxCode::parse(text).is_ok()
}

fn is_person_name(text: &str) -> bool {
    PersonName::parse(text).is_ok()
}

fn is_email(text: &str) -> bool {
    Email::parse(text).is_ok()
}

fn is_country(text: &str) -> bool {
    List::Country.has(text)
}

fn is_ethnic_group(text: &str) -> bool {
    List::EthnicGroup.has(text)
}
