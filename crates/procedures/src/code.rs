//! The code of a procedure (mã thủ tục) in its two spellings: the national `1.001193`, and the
//! provinces' `1.001193.000.00.00.H01`, which says the same procedure and names an agency.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A national procedure code: one digit from 1 to 9, a point, six digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

/// What a person or another system wrote, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelling {
    pub code: Code,
    /// The agency of a long spelling (`000.00.00.H01`), or the number of a case (`01`).
    pub suffix: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a procedure code such as 1.001193")]
pub struct NotACode(pub String);

impl Code {
    pub fn parse(text: &str) -> Result<Code, NotACode> {
        match Spelling::parse(text)? {
            Spelling { code, suffix: None } => Ok(code),
            Spelling { suffix: Some(_), .. } => Err(NotACode(text.to_owned())),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Spelling {
    /// Reads both spellings; spaces around and a final point (a typing slip) do no harm.
    pub fn parse(text: &str) -> Result<Spelling, NotACode> {
        let clean = text.trim().trim_end_matches('.');
        let refused = || NotACode(text.to_owned());
        let mut groups = clean.splitn(3, '.');
        let first = groups.next().filter(|group| is_digits(group, 1)).ok_or_else(refused)?;
        let second = groups.next().filter(|group| is_digits(group, 6)).ok_or_else(refused)?;
        let suffix = groups.next();
        if first == "0" || suffix.is_some_and(|suffix| !is_suffix(suffix)) {
            return Err(refused());
        }
        Ok(Spelling {
            code: Code(format!("{first}.{second}")),
            suffix: suffix.map(str::to_uppercase),
        })
    }
}

fn is_digits(group: &str, length: usize) -> bool {
    group.len() == length && group.bytes().all(|byte| byte.is_ascii_digit())
}

/// Digits and points, and letters as agency identifiers have them. Nothing that could be a path.
fn is_suffix(suffix: &str) -> bool {
    suffix.len() <= 40
        && suffix.split('.').all(|group| {
            !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl FromStr for Code {
    type Err = NotACode;
    fn from_str(text: &str) -> Result<Code, NotACode> {
        Code::parse(text)
    }
}

impl TryFrom<String> for Code {
    type Error = NotACode;
    fn try_from(text: String) -> Result<Code, NotACode> {
        Code::parse(&text)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> String {
        code.0
    }
}
