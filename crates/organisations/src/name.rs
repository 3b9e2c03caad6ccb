//! A name as it is written on doors and seals: at most 200 characters, as packets of letters carry
//! it.
//!
//! Law: NĐ 30/2020/NĐ-CP app. VI

use std::fmt;

use serde::{Deserialize, Serialize};

pub const LENGTH_MAX: usize = 200;

/// One line, no spaces at its ends or doubled within, 1 to 200 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    #[error("the name is empty")]
    Empty,
    #[error("the name is longer than 200 characters")]
    TooLong,
}

impl Name {
    pub fn parse(text: &str) -> Result<Name, NameFault> {
        let line = one_line(text);
        match line.chars().count() {
            0 => Err(NameFault::Empty),
            1..=LENGTH_MAX => Ok(Name(line)),
            _ => Err(NameFault::TooLong),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Spaces, ends of lines and invisible characters become single spaces.
pub fn one_line(text: &str) -> String {
    text.split(|letter: char| {
        letter.is_whitespace()
            || letter.is_control()
            || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}')
    })
    .filter(|word| !word.is_empty())
    .collect::<Vec<_>>()
    .join(" ")
}

impl fmt::Display for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl TryFrom<String> for Name {
    type Error = NameFault;
    fn try_from(text: String) -> Result<Name, NameFault> {
        Name::parse(&text)
    }
}

impl From<Name> for String {
    fn from(name: Name) -> String {
        name.0
    }
}
