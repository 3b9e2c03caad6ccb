//! The tax code (mã số thuế): ten digits with a check digit for an enterprise, with `-001` to
//! `-999` for its dependent units; and since 01/07/2025 a person's or household's own twelve-digit
//! personal number.
//!
//! Law: Luật Quản lý thuế 38/2019/QH14 art. 30, art. 35
//! Law: TT 86/2024/TT-BTC art. 5, art. 39

use std::fmt;

use crate::personal_number::{PersonalNumber, PersonalNumberFault};

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum TaxCode {
    Enterprise(EnterpriseCode),
    /// A person or a household: the number is personal data, so `Debug` masks it.
    Person(PersonalNumber),
}

/// `0300588569`, or `0300588569-001` for a branch.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EnterpriseCode {
    head: String,
    branch: Option<u16>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TaxCodeFault {
    #[error("nothing was written")]
    Missing,
    #[error("holds something that is not a digit or the hyphen of a branch")]
    NotDigits,
    #[error("{digits} digits instead of 10, 13 or 12")]
    Length { digits: usize },
    #[error("the tenth digit does not fit the nine before it")]
    CheckDigit,
    #[error("branches are numbered from 001 to 999")]
    Branch,
    #[error("as a personal number: {0}")]
    Person(PersonalNumberFault),
}

impl TaxCode {
    /// Reads `0300588569`, `0300588569-001`, `0300588569001` and twelve digits; spaces do no harm.
    pub fn parse(text: &str) -> Result<TaxCode, TaxCodeFault> {
        let clean: String =
            text.chars().filter(|c| !c.is_whitespace() && *c != '.' && *c != '\u{200b}').collect();
        let digits: String = clean.chars().filter(|c| !is_hyphen(*c)).collect();
        if digits.is_empty() {
            return Err(TaxCodeFault::Missing);
        }
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(TaxCodeFault::NotDigits);
        }
        match digits.len() {
            10 => EnterpriseCode::new(&digits, None).map(TaxCode::Enterprise),
            13 => EnterpriseCode::new(&digits[..10], Some(&digits[10..])).map(TaxCode::Enterprise),
            12 => PersonalNumber::parse(&digits).map(TaxCode::Person).map_err(TaxCodeFault::Person),
            other => Err(TaxCodeFault::Length { digits: other }),
        }
    }

    /// The one spelling that is stored and compared.
    pub fn canonical(&self) -> String {
        match self {
            TaxCode::Enterprise(code) => code.to_string(),
            TaxCode::Person(number) => number.as_str().to_owned(),
        }
    }
}

impl EnterpriseCode {
    fn new(head: &str, branch: Option<&str>) -> Result<EnterpriseCode, TaxCodeFault> {
        if check_digit(head) != head.bytes().last().map(|byte| byte - b'0') {
            return Err(TaxCodeFault::CheckDigit);
        }
        let branch = match branch.map(str::parse::<u16>) {
            None => None,
            Some(Ok(number)) if number > 0 => Some(number),
            Some(_) => return Err(TaxCodeFault::Branch),
        };
        Ok(EnterpriseCode { head: head.to_owned(), branch })
    }

    /// The code of the enterprise a branch belongs to; its own when it is no branch.
    pub fn head(&self) -> &str {
        &self.head
    }

    pub fn branch(&self) -> Option<u16> {
        self.branch
    }
}

impl fmt::Display for EnterpriseCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.head)?;
        self.branch.map_or(Ok(()), |number| write!(f, "-{number:03}"))
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}')
}

/// Ten less the weighted sum modulo eleven. Nine digits that would need the digit ten
/// are never given out, so nothing fits them.
fn check_digit(digits: &str) -> Option<u8> {
    let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(byte, w)| u32::from(byte - b'0') * w).sum();
    u8::try_from(10 - sum % 11).ok().filter(|digit| *digit < 10)
}

const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
