//! The hash of the packet in a request.
//!
//! The kit writes each byte of the hash without its leading zero, so that 55 to 64 digits come of
//! 64; and it puts a line end behind the file that its hash does not know of.

use std::fmt::Write as _;

use aws_lc_rs::digest;

use crate::algorithm::Digest;

/// As the kit writes a hash.
pub fn unpadded(hash: &[u8]) -> String {
    let mut out = String::with_capacity(2 * hash.len());
    for byte in hash {
        // Writing into a text cannot fail.
        let _ = write!(out, "{byte:x}");
    }
    out
}

/// As everyone else does.
pub fn padded(hash: &[u8]) -> String {
    let mut out = String::with_capacity(2 * hash.len());
    for byte in hash {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// Which bytes of the body are the packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matched {
    Whole,
    /// All but the line end behind it.
    WithoutLineEnd,
}

/// Hashes a body as it comes.
#[derive(Clone)]
pub struct FileHash {
    before: digest::Context,
    /// The last two bytes: they may be the line end.
    held: Vec<u8>,
}

impl Default for FileHash {
    fn default() -> FileHash {
        FileHash { before: Digest::Sha256.begin(), held: Vec::new() }
    }
}

impl FileHash {
    pub fn push(&mut self, bytes: &[u8]) {
        let (first, last) = bytes.split_at(bytes.len().saturating_sub(2));
        if !first.is_empty() {
            self.before.update(&self.held);
            self.before.update(first);
            self.held.clear();
        }
        self.held.extend_from_slice(last);
        let over = self.held.len().saturating_sub(2);
        self.before.update(self.held.get(..over).unwrap_or_default());
        self.held.drain(..over);
    }

    /// Whether the body is the one that `hash_file` says, in either way of writing it.
    pub fn matches(&self, hash_file: &str) -> Option<Matched> {
        let said = hash_file.trim().to_ascii_lowercase();
        let is =
            |hash: digest::Digest| said == padded(hash.as_ref()) || said == unpadded(hash.as_ref());
        if self.held == b"\r\n" && is(self.before.clone().finish()) {
            return Some(Matched::WithoutLineEnd);
        }
        let mut whole = self.before.clone();
        whole.update(&self.held);
        is(whole.finish()).then_some(Matched::Whole)
    }

    /// The hash of the packet, when it is known which bytes are the packet.
    pub fn sha256(&self, matched: Matched) -> Vec<u8> {
        let mut hashed = self.before.clone();
        if matched == Matched::Whole {
            hashed.update(&self.held);
        }
        hashed.finish().as_ref().to_vec()
    }
}
