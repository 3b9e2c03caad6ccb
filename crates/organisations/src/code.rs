//! The electronic identification code of an agency (mã định danh điện tử), in both its forms.
//!
//! Since 15 September 2020 a code is read from left to right: `H57.101.01` is the one-stop shop of
//! a commune of Huế. The form before it (QCVN 102:2016) has thirteen characters and is read from
//! right to left: `000.00.14.H20`. Packets with the old form, and with forms of nobody's rule, are
//! still about. So what is received is classified and never turned away; only what is issued here
//! must follow the rule.
//!
//! Law: QĐ 20/2020/QĐ-TTg
//! Law: QĐ 09/2025/QĐ-TTg
//! Law: QCVN 102:2016/BTTTT

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::branch::Branch;

/// The longest code that the rule and the packets of the axis allow.
pub const LENGTH_MAX: usize = 35;
/// The rule leaves the width of lower groups open; no real one comes near this.
const GROUP_LENGTH_MAX: usize = 10;
/// Level 4, 3, 2, 1 of the old form, from left to right.
const OLD_WIDTHS: [usize; 4] = [3, 2, 2, 3];

/// Never empty, at most 35 characters. Of the two ruled classes only the tidy form exists, in
/// capitals and without spaces; of any other, exactly what was written.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// `H57.101.01`, since QĐ 20/2020.
    Standard,
    /// `000.00.14.H20`, until QĐ 20/2020.
    Old,
    /// Anything else that packets were seen to carry: `vxp.saas.02`, `001.00.20.TT2`.
    Foreign,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CodeFault {
    #[error("the code is empty")]
    Empty,
    #[error("the code is longer than 35 characters")]
    TooLong,
    #[error("the code has characters that cannot be printed")]
    Unprintable,
    #[error("the code is not of the form that QĐ 20/2020 asks of a new one")]
    NotStandard,
    #[error("the first letter is no branch of the State's catalogue")]
    NoSuchBranch,
}

impl Code {
    /// Takes whatever another system or a person wrote.
    pub fn receive(text: &str) -> Result<Code, CodeFault> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Err(CodeFault::Empty);
        }
        let tidy = tidied(trimmed);
        if classify(&tidy) != Class::Foreign {
            return Ok(Code(tidy));
        }
        if trimmed.chars().any(char::is_control) {
            return Err(CodeFault::Unprintable);
        }
        if trimmed.chars().count() > LENGTH_MAX {
            return Err(CodeFault::TooLong);
        }
        Ok(Code(trimmed.to_owned()))
    }

    /// Takes only what may be given to a unit today.
    pub fn issue(text: &str) -> Result<Code, CodeFault> {
        let tidy = tidied(text.trim());
        if tidy.is_empty() {
            return Err(CodeFault::Empty);
        }
        if tidy.chars().count() > LENGTH_MAX {
            return Err(CodeFault::TooLong);
        }
        let code = Code(tidy);
        // `H00` is the zero of nobody: numbers of level 1 begin at 01.
        if code.class() != Class::Standard
            || code.level_one().is_some_and(|root| root.ends_with("00"))
        {
            return Err(CodeFault::NotStandard);
        }
        code.branch().map(|_| code).ok_or(CodeFault::NoSuchBranch)
    }

    /// The code of a unit directly below this one: `H57` and `101` make `H57.101`.
    pub fn below(&self, group: &str) -> Result<Code, CodeFault> {
        Code::issue(&format!("{}.{group}", self.0))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// By which codes are compared and found: nobody means two agencies by two cases of letters.
    pub fn key(&self) -> String {
        tidied(&self.0)
    }

    pub fn class(&self) -> Class {
        classify(&self.0)
    }

    /// The branch of the State that the first letter of level 1 names.
    pub fn branch(&self) -> Option<Branch> {
        self.level_one().and_then(|root| Branch::of(root.chars().next()?))
    }

    /// `H20` of `H20.14` and of `000.00.14.H20`; nothing of a form without rule.
    pub fn level_one(&self) -> Option<&str> {
        match self.class() {
            Class::Standard => self.0.split('.').next(),
            Class::Old => self.0.rsplit('.').next(),
            Class::Foreign => None,
        }
    }

    /// 1 for a ministry or a province, 2 for what is directly below, and so on.
    pub fn depth(&self) -> Option<usize> {
        self.groups().map(|groups| groups.len())
    }

    /// The code one level up; nothing above level 1 and nothing for a form without rule.
    pub fn parent(&self) -> Option<Code> {
        match self.class() {
            Class::Standard => self.0.rsplit_once('.').map(|(parent, _)| Code(parent.to_owned())),
            Class::Old => self.old_parent(),
            Class::Foreign => None,
        }
    }

    /// Is this code the other one or below it? Two forms are never within each other: that an
    /// old code means a new one is known only by the table of aliases.
    pub fn is_within(&self, outer: &Code) -> bool {
        match (self.groups(), outer.groups()) {
            (Some(inner), Some(outer_groups)) => {
                self.class() == outer.class() && inner.starts_with(&outer_groups)
            }
            _ => self.key() == outer.key(),
        }
    }

    /// What an old code probably became: groups turned round, empty ones dropped.
    ///
    /// Only a suggestion. Each ministry and province re-coded by a table of its own, and this
    /// program resolves old codes by explicit aliases alone.
    pub fn suggestion(&self) -> Option<Code> {
        match self.class() {
            Class::Old => self.groups().map(|groups| Code(groups.join("."))),
            Class::Standard | Class::Foreign => None,
        }
    }

    /// From level 1 down, without the zeros of an old code.
    fn groups(&self) -> Option<Vec<&str>> {
        match self.class() {
            Class::Standard => Some(self.0.split('.').collect()),
            Class::Old => {
                let mut groups: Vec<&str> = self.0.rsplit('.').collect();
                groups.retain(|group| !is_zero(group));
                Some(groups)
            }
            Class::Foreign => None,
        }
    }

    /// The lowest group that says something becomes zeros.
    fn old_parent(&self) -> Option<Code> {
        let mut groups: Vec<String> = self.0.split('.').map(str::to_owned).collect();
        let lower = groups.len() - 1;
        let lowest = groups[..lower].iter().position(|group| !is_zero(group))?;
        groups[lowest] = "0".repeat(groups[lowest].len());
        Some(Code(groups.join(".")))
    }
}

/// Without spaces, in capitals, with plain points.
fn tidied(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_whitespace() && !matches!(letter, '\u{200b}' | '\u{feff}'))
        .map(|letter| match letter {
            '．' | '。' | '․' => '.',
            other => other.to_ascii_uppercase(),
        })
        .collect()
}

fn classify(text: &str) -> Class {
    if is_standard(text) {
        Class::Standard
    } else if is_old(text) {
        Class::Old
    } else {
        Class::Foreign
    }
}

fn is_standard(text: &str) -> bool {
    let mut groups = text.split('.');
    text.len() <= LENGTH_MAX
        && groups.next().is_some_and(is_level_one)
        && groups.all(|group| {
            (1..=GROUP_LENGTH_MAX).contains(&group.len())
                && group.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        })
}

fn is_old(text: &str) -> bool {
    let groups: Vec<&str> = text.split('.').collect();
    groups.len() == OLD_WIDTHS.len()
        && groups.iter().zip(OLD_WIDTHS).all(|(group, width)| group.len() == width)
        && groups[..3].iter().all(|group| group.bytes().all(|byte| byte.is_ascii_digit()))
        && is_level_one(groups[3])
}

/// A capital and two digits.
fn is_level_one(group: &str) -> bool {
    let bytes = group.as_bytes();
    bytes.len() == 3 && bytes[0].is_ascii_uppercase() && bytes[1..].iter().all(u8::is_ascii_digit)
}

fn is_zero(group: &str) -> bool {
    group.bytes().all(|byte| byte == b'0')
}

impl fmt::Display for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl TryFrom<String> for Code {
    type Error = CodeFault;
    fn try_from(text: String) -> Result<Code, CodeFault> {
        Code::receive(&text)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> String {
        code.0
    }
}
