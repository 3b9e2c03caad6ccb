//! The distinguished encoding of ASN.1 (X.690 §10): one way to write each value.
//!
//! Values are read in place: a [`Reader`] walks over the bytes and never copies, because what was
//! signed are the bytes, and only bytes that were never taken apart and put together again are
//! surely the same. Tags above 30 and lengths above four bytes do not occur in these formats and
//! are refused.

mod ber;
mod oid;
mod reader;
mod time;
pub mod write;

pub use ber::to_der;
pub use oid::Oid;
pub use reader::{Element, Reader};

/// Why bytes are not the one DER encoding of what was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DerFault {
    #[error("the encoding ends too early")]
    Truncated,
    #[error("a length is not written in the one way that DER allows")]
    Length,
    #[error("tag {found:#04x} stands where {expected:#04x} belongs")]
    Tag { expected: u8, found: u8 },
    #[error("a tag number above 30 is not used by any format read here")]
    HighTag,
    #[error("there are bytes after the end")]
    Trailing,
    #[error("a truth value is not written as DER writes it")]
    Boolean,
    #[error("an integer is not written as DER writes it, or is too large here")]
    Integer,
    #[error("a string of bits is not written as DER writes it")]
    BitString,
    #[error("an object identifier is malformed or too long")]
    Oid,
    #[error("a time is not written as RFC 5280 asks, or does not exist")]
    Time,
    #[error("a text has characters that its kind does not allow")]
    Text,
    #[error("the encoding is nested too deeply")]
    TooDeep,
    #[error("the encoding is too large or has too many parts")]
    TooLarge,
    #[error("a choice, a version or an empty list is not one the format allows")]
    Choice,
}

/// Tags of the universal class, as they stand in the first byte.
pub mod tag {
    pub const BOOLEAN: u8 = 0x01;
    pub const INTEGER: u8 = 0x02;
    pub const BIT_STRING: u8 = 0x03;
    pub const OCTET_STRING: u8 = 0x04;
    pub const NULL: u8 = 0x05;
    pub const OID: u8 = 0x06;
    pub const ENUMERATED: u8 = 0x0a;
    pub const UTF8: u8 = 0x0c;
    pub const NUMERIC: u8 = 0x12;
    pub const PRINTABLE: u8 = 0x13;
    pub const T61: u8 = 0x14;
    pub const IA5: u8 = 0x16;
    pub const UTC_TIME: u8 = 0x17;
    pub const GENERALIZED_TIME: u8 = 0x18;
    pub const VISIBLE: u8 = 0x1a;
    pub const UNIVERSAL: u8 = 0x1c;
    pub const BMP: u8 = 0x1e;
    pub const SEQUENCE: u8 = 0x30;
    pub const SET: u8 = 0x31;

    /// `[number]` around or instead of a primitive value.
    pub const fn primitive(number: u8) -> u8 {
        0x80 | number
    }

    /// `[number]` around or instead of a constructed value.
    pub const fn constructed(number: u8) -> u8 {
        0xa0 | number
    }
}
