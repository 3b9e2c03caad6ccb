//! The shapes of Vietnamese answers: numbers of people, enterprises and telephones, dates of
//! which only the year is known, addresses, files. Each takes text that is already normalised.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::lists::List;

type Check = (&'static str, fn(&str) -> bool);

/// The formats of the schema that JSON Schema itself does not know, or judges otherwise.
pub const CHECKS: [Check; 8] = [
    ("partial-date", is_partial_date),
    ("phone", is_phone),
    ("personal-number", is_personal_number),
    ("tax-code", is_tax_code),
    ("person-name", is_person_name),
    ("country", is_country),
    ("ethnic-group", is_ethnic_group),
    ("email", is_email),
];

pub fn address_schema() -> Value {
    let code =
        |digits: &str| json!({ "type": "string", "pattern": format!("^[0-9]{{{digits}}}$") });
    json!({
        "type": "object",
        "properties": {
            "province": code("2"),
            "commune": code("5"),
            "street": { "type": "string", "maxLength": 200 },
        },
    })
}

pub fn files_schema() -> Value {
    json!({ "type": "array", "items": { "type": "object" } })
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

/// A Vietnamese number with its leading zero, or a foreign one with a plus.
pub fn is_phone(text: &str) -> bool {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    match text.strip_prefix('+') {
        Some(foreign) => digits(foreign) && (7..=15).contains(&foreign.len()),
        None => digits(text) && text.starts_with('0') && (10..=11).contains(&text.len()),
    }
}

/// Twelve digits: three of a province or country, one of century and sex, two of the year of
/// birth, six of chance. `000` is no place, and nobody was born in a later century than 2300.
///
/// Law: NĐ 70/2024/NĐ-CP art. 7
pub fn is_personal_number(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with("000")
}

/// Ten digits whose last is a check digit; a branch adds a hyphen and three digits. A person's
/// tax code is the personal number.
///
/// Law: TT 86/2024/TT-BTC art. 5
pub fn is_tax_code(text: &str) -> bool {
    if is_personal_number(text) {
        return true;
    }
    let (code, branch) = text.split_once('-').unwrap_or((text, "001"));
    let digits = |text: &str, count: usize| {
        text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    digits(code, 10) && digits(branch, 3) && check_digit(code) == code.bytes().last()
}

fn check_digit(code: &str) -> Option<u8> {
    const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
    let digits = code.bytes().map(|byte| u32::from(byte - b'0'));
    let sum: u32 = digits.zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let check = 10_u32.checked_sub(sum % 11).filter(|check| *check < 10)?;
    u8::try_from(check).ok().map(|check| b'0' + check)
}

/// Letters of any writing, and what names have between them.
pub fn is_person_name(text: &str) -> bool {
    let letter = |character: char| {
        character.is_alphabetic() || matches!(character, ' ' | '\'' | '’' | '-' | '.')
    };
    text.chars().any(char::is_alphabetic) && text.chars().all(letter)
}

fn is_country(text: &str) -> bool {
    List::Country.has(text)
}

fn is_ethnic_group(text: &str) -> bool {
    List::EthnicGroup.has(text)
}

/// One `@`, something before it, a domain with a point after it, nothing invisible.
pub fn is_email(text: &str) -> bool {
    let Some((person, domain)) = text.rsplit_once('@') else { return false };
    let clean = |part: &str| {
        !part.is_empty() && !part.chars().any(|it| it.is_whitespace() || it.is_control())
    };
    let labels = domain.split('.').collect::<Vec<_>>();
    clean(person)
        && !person.contains('@')
        && clean(domain)
        && labels.len() > 1
        && labels.iter().all(|label| !label.is_empty())
}
