//! Where in a document something stands, as people count: lines and columns from 1.

use std::fmt;

use super::super::read::ReadFault;

/// A place between two bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Bytes before it.
    pub offset: u64,
    pub line: u64,
    /// In characters.
    pub column: u64,
}

impl Default for Place {
    fn default() -> Place {
        Place { offset: 0, line: 1, column: 1 }
    }
}

impl Place {
    /// The place behind these bytes.
    pub fn after(self, bytes: &[u8]) -> Place {
        let (lines, last) = match memchr::memrchr(b'\n', bytes) {
            None => (0, bytes),
            Some(at) => {
                let count = memchr::memchr_iter(b'\n', bytes).count();
                (count as u64, bytes.get(at + 1..).unwrap_or_default())
            }
        };
        // Every byte but the continuation of a character begins one.
        let letters = last.iter().filter(|byte| **byte & 0xc0 != 0x80).count() as u64;
        let column = if lines == 0 { self.column } else { 1 };
        Place {
            offset: self.offset + bytes.len() as u64,
            line: self.line + lines,
            column: column + letters,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}, column {}", self.line, self.column)
    }
}

/// Why a document is refused, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct PlacedFault {
    pub place: Place,
    pub reason: ReadFault,
}
