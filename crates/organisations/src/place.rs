//! Where a code stands in the order of the tree.
//!
//! Written plainly, `H57.101` comes before `H57.11`. A place writes the length of each group before
//! it (`3H57.3101`, `3H57.211`), so that text order is: departments of two digits, then communes of
//! three, and below each its own. What is below a unit is one stretch of that order.

use crate::code::Code;

/// Everything: no place begins with a character outside these.
pub const EVERYWHERE: (&str, &str) = ("", "~");

/// A code of 35 characters has at most 18 groups, each one character longer here.
pub const LENGTH_MAX: usize = 64;

pub fn place(code: &Code) -> String {
    code.as_str().split('.').map(measured).collect::<Vec<_>>().join(".")
}

/// The unit and all below it: from here, up to but without there.
pub fn subtree(code: &Code) -> (String, String) {
    let here = place(code);
    // '/' is the character after '.': nothing below the unit sorts behind it.
    let end = format!("{here}/");
    (here, end)
}

fn measured(group: &str) -> String {
    // Groups have 1 to 10 characters; one sign says how many.
    let sign = if group.len() < 10 { char::from(b'0' + group.len() as u8) } else { 'A' };
    format!("{sign}{group}")
}
