//! XML: reading, canonical forms, signatures (XML-DSig) and their qualifying properties (XAdES).
//!
//! Two uses: *validate* — [`read::read`] the bytes, find signatures with [`signature::find`],
//! [`signature::read`] one, [`signature::check`] it with a key, and from then on use only what
//! [`signature::Checked`] says was signed; and *sign* — [`sign::prepare`], hand
//! `to_be_signed()` to whoever holds the key, `finish`.

pub mod canonical;
pub mod document;
pub mod push;
pub mod read;
pub(crate) mod scan;
pub mod sign;
pub mod signature;
mod tags;
pub mod xades;

pub use document::{Document, Element, NodeId};
pub use read::{Limits, ReadFault};
