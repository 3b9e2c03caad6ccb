//! The name of a person (họ, chữ đệm và tên) as it is written on the card, in one field.
//!
//! Law: Luật Hộ tịch 60/2014/QH13 art. 14; Bộ luật Dân sự 91/2015/QH13 art. 26

use std::fmt;

use unicode_normalization::UnicodeNormalization;

#[derive(Clone, PartialEq, Eq)]
pub struct PersonName(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PersonNameFault {
    #[error("nothing was written")]
    Missing,
    #[error("a single letter is no name")]
    Short,
    #[error("longer than 120 letters")]
    Long,
    #[error("holds a digit or a sign that is in no name")]
    Signs,
}

impl PersonName {
    /// Composed form (NFC), single spaces, otherwise as typed: a name is its owner's.
    pub fn parse(text: &str) -> Result<PersonName, PersonNameFault> {
        let composed: String = text.nfc().collect();
        let name = composed.split_whitespace().collect::<Vec<_>>().join(" ");
        match name.chars().count() {
            0 => Err(PersonNameFault::Missing),
            1 => Err(PersonNameFault::Short),
            2..=120 if name.chars().all(is_of_names) => Ok(PersonName(name)),
            2..=120 => Err(PersonNameFault::Signs),
            _ => Err(PersonNameFault::Long),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonName({} letters)", self.0.chars().count())
    }
}

fn is_of_names(c: char) -> bool {
    let is_mark = ('\u{300}'..='\u{36f}').contains(&c);
    c.is_alphabetic() || is_mark || matches!(c, ' ' | '\'' | '’' | '-' | '.' | '·')
}
