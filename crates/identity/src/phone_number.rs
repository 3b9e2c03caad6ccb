//! Vietnamese telephone numbers as people write them, kept in one spelling.
//!
//! Law: TT 22/2014/TT-BTTTT (numbering plan), QĐ 798/QĐ-BTTTT of 2018 (eleven digits became ten)

use std::fmt;

/// A number in Vietnam, kept as `0912345678`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PhoneNumber(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PhoneNumberFault {
    #[error("nothing was written")]
    Missing,
    #[error("holds something that is not a digit")]
    NotDigits,
    #[error("{digits} digits instead of ten")]
    Length { digits: usize },
    #[error("no network has this beginning")]
    Prefix,
    /// Eleven digits, exchanged for ten in 2018.
    #[error("since 2018 this number is written {today}")]
    ElevenDigits { today: String },
    #[error("a number of another country")]
    Foreign,
    /// A land line: right, but no message reaches it.
    #[error("a land line")]
    LandLine,
}

impl PhoneNumber {
    /// A number that can receive a short message: `0912 345 678`, `+84 912 345 678`, `0084…`.
    pub fn parse(text: &str) -> Result<PhoneNumber, PhoneNumberFault> {
        let clean: String = text.chars().filter(|c| !is_ornament(*c)).collect();
        if clean.is_empty() {
            return Err(PhoneNumberFault::Missing);
        }
        let national = national(&clean)?;
        if !national.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(PhoneNumberFault::NotDigits);
        }
        if let Some(today) = since_2018(&national) {
            return Err(PhoneNumberFault::ElevenDigits { today });
        }
        if national.starts_with("02") && matches!(national.len(), 10 | 11) {
            return Err(PhoneNumberFault::LandLine);
        }
        if national.len() != 10 {
            return Err(PhoneNumberFault::Length { digits: national.len() });
        }
        if !is_mobile(&national) {
            return Err(PhoneNumberFault::Prefix);
        }
        Ok(PhoneNumber(national))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// For gateways: `+84912345678`.
    pub fn international(&self) -> String {
        format!("+84{}", &self.0[1..])
    }

    /// For lists and hints: `091****678`.
    pub fn masked(&self) -> String {
        format!("{}****{}", &self.0[..3], &self.0[7..])
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhoneNumber({})", self.masked())
    }
}

fn is_ornament(c: char) -> bool {
    c.is_whitespace() || matches!(c, '.' | '-' | '(' | ')' | '\u{200b}' | '\u{2011}' | '\u{2013}')
}

/// With its leading zero. A number without one but of the right length only lost it.
fn national(clean: &str) -> Result<String, PhoneNumberFault> {
    let after_country = clean
        .strip_prefix("+84")
        .or_else(|| clean.strip_prefix("0084"))
        .or_else(|| clean.strip_prefix("84").filter(|rest| rest.len() == 9));
    match after_country {
        Some(rest) => Ok(format!("0{}", rest.trim_start_matches('0'))),
        None if clean.starts_with('+') || clean.starts_with("00") => Err(PhoneNumberFault::Foreign),
        None if clean.len() == 9 && !clean.starts_with('0') => Ok(format!("0{clean}")),
        None => Ok(clean.to_owned()),
    }
}

fn is_mobile(national: &str) -> bool {
    let bytes = national.as_bytes();
    match (bytes[1], bytes[2]) {
        (b'3', third) => (b'2'..=b'9').contains(&third),
        (b'5', third) => matches!(third, b'2' | b'5' | b'6' | b'8' | b'9'),
        (b'7', third) => matches!(third, b'0' | b'6'..=b'9'),
        (b'8', third) => (b'1'..=b'9').contains(&third),
        (b'9', _) => true,
        _ => false,
    }
}

fn since_2018(national: &str) -> Option<String> {
    let old = national.get(..4).filter(|_| national.len() == 11)?;
    let (_, new) = EXCHANGED.iter().find(|(was, _)| *was == old)?;
    Some(format!("{new}{}", &national[4..]))
}

const EXCHANGED: [(&str, &str); 21] = [
    ("0120", "070"),
    ("0121", "079"),
    ("0122", "077"),
    ("0123", "083"),
    ("0124", "084"),
    ("0125", "085"),
    ("0126", "076"),
    ("0127", "081"),
    ("0128", "078"),
    ("0129", "082"),
    ("0162", "032"),
    ("0163", "033"),
    ("0164", "034"),
    ("0165", "035"),
    ("0166", "036"),
    ("0167", "037"),
    ("0168", "038"),
    ("0169", "039"),
    ("0186", "056"),
    ("0188", "058"),
    ("0199", "059"),
];
