//! A system: a program that speaks for agencies.

use std::fmt;

use platform::store::{Arg, Cell, FromCell, ToArg};

const LENGTH_MAX: usize = 64;

/// The `systemid` of the kit: visible ASCII, at most 64 characters, as it was registered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SystemId(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SystemFault {
    #[error("the name of a system is empty")]
    Empty,
    #[error("the name of a system is longer than 64 characters")]
    TooLong,
    #[error("the name of a system has other characters than visible ASCII")]
    Letters,
}

impl SystemId {
    pub fn parse(text: &str) -> Result<SystemId, SystemFault> {
        let text = text.trim();
        if text.is_empty() {
            return Err(SystemFault::Empty);
        }
        if text.len() > LENGTH_MAX {
            return Err(SystemFault::TooLong);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(SystemFault::Letters);
        }
        Ok(SystemId(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SystemId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl ToArg for SystemId {
    fn to_arg(&self) -> Arg<'_> {
        self.0.to_arg()
    }
}

impl FromCell for SystemId {
    const EXPECTED: &'static str = "the name of a system";

    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        SystemId::parse(&String::from_cell(cell)?).ok()
    }
}
