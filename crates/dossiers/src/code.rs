//! The numbers people know a dossier by.
//!
//! A dossier has its code from the day it is accepted; a request sent online has a number of its
//! own before that, with a digit at its end that tells a mistyped one.
//!
//! Law: TT 03/2025/TT-VPCP app. I
//! Law: TT 01/2018/TT-VPCP art. 6

use std::fmt;

use jiff::civil::Date;
use organisations::{Class, Code};

/// `000.00.12.H01-260415-0001`: agency, day of reception, count of that day.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DossierCode(String);

/// `261123-48392057-6`: day, eight digits of chance, check digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RequestNumber(String);

/// What a person types when asking for a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Known {
    Code(DossierCode),
    Request(RequestNumber),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    #[error("not the shape of a dossier code or a request number")]
    Shape,
    #[error("the last digit of the request number does not fit the others")]
    CheckDigit,
}

impl DossierCode {
    /// Four digits a day; the ten thousandth dossier gets five. The count never wraps.
    pub fn mint(agency: &str, day: Date, count: i64) -> DossierCode {
        DossierCode(format!("{agency}-{}-{count:04}", short_day(day)))
    }

    pub fn parse(text: &str) -> Result<DossierCode, CodeFault> {
        let text = tidy(text);
        let mut parts = text.rsplitn(3, '-');
        let (Some(count), Some(day), Some(agency)) = (parts.next(), parts.next(), parts.next())
        else {
            return Err(CodeFault::Shape);
        };
        let numbered = count.len() >= 4 && all_digits(count) && day.len() == 6 && all_digits(day);
        if numbered && is_agency(agency) { Ok(DossierCode(text)) } else { Err(CodeFault::Shape) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl RequestNumber {
    /// `chance` may be any number; its last eight digits are used.
    pub fn mint(day: Date, chance: u64) -> RequestNumber {
        let body = format!("{}{:08}", short_day(day), chance % 100_000_000);
        RequestNumber(format!("{}-{}-{}", &body[..6], &body[6..], check_digit(&body)))
    }

    /// Spaces and hyphens may stand anywhere or be left out.
    pub fn parse(text: &str) -> Result<RequestNumber, CodeFault> {
        let digits: String = tidy(text).chars().filter(|letter| *letter != '-').collect();
        if digits.len() != 15 || !all_digits(&digits) {
            return Err(CodeFault::Shape);
        }
        let (body, check) = digits.split_at(14);
        if check != check_digit(body).to_string() {
            return Err(CodeFault::CheckDigit);
        }
        Ok(RequestNumber(format!("{}-{}-{check}", &body[..6], &body[6..])))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Known {
    pub fn parse(text: &str) -> Result<Known, CodeFault> {
        match RequestNumber::parse(text) {
            Ok(number) => Ok(Known::Request(number)),
            Err(CodeFault::CheckDigit) => Err(CodeFault::CheckDigit),
            Err(CodeFault::Shape) => DossierCode::parse(text).map(Known::Code),
        }
    }

    pub fn as_str(&self) -> &str {
        match self {
            Known::Code(code) => code.as_str(),
            Known::Request(number) => number.as_str(),
        }
    }
}

impl fmt::Display for DossierCode {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Display for RequestNumber {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// ISO/IEC 7064 MOD 11,10: finds every wrong digit and nearly every pair of exchanged ones.
fn check_digit(digits: &str) -> u32 {
    let mut product = 10;
    for digit in digits.chars().filter_map(|letter| letter.to_digit(10)) {
        let sum = (product + digit) % 10;
        product = (if sum == 0 { 10 } else { sum }) * 2 % 11;
    }
    (11 - product) % 10
}

fn short_day(day: Date) -> String {
    format!("{:02}{:02}{:02}", day.year().rem_euclid(100), day.month(), day.day())
}

/// Without spaces, with one kind of hyphen, in capitals.
fn tidy(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '\u{200b}' | '\u{feff}'))
        .map(|letter| match letter {
            '‐' | '‑' | '–' | '—' | '−' => '-',
            other => other.to_ascii_uppercase(),
        })
        .collect()
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A code of either regime; only what follows no rule at all is a slip of typing.
fn is_agency(text: &str) -> bool {
    Code::receive(text).is_ok_and(|code| code.class() != Class::Foreign)
}
