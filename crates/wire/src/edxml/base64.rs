//! Base64 in pieces, white space anywhere.

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;

use crate::xml::scan::is_space;

/// Decodes pieces of text cut anywhere. Canonical base64 with its padding, nothing else: what two
/// programs could decode in two ways is refused.
#[derive(Debug, Default)]
pub(super) struct Decoder {
    /// Letters that are no full group of four yet, then what is being decoded.
    dense: Vec<u8>,
    out: Vec<u8>,
    ended: bool,
}

impl Decoder {
    /// The bytes that this piece completes; the place in it of what is no base64 when it is none.
    pub fn push(&mut self, text: &[u8]) -> Result<&[u8], usize> {
        match text.iter().any(|byte| is_space(*byte)) {
            true => self.dense.extend(text.iter().filter(|byte| !is_space(**byte))),
            false => self.dense.extend_from_slice(text),
        }
        self.out.clear();
        let whole = self.dense.len() / 4 * 4;
        let broken = || text.iter().position(|byte| !is_letter(*byte)).unwrap_or(0);
        if self.ended && !self.dense.is_empty() {
            return Err(broken());
        }
        let groups = self.dense.get(..whole).unwrap_or_default();
        self.ended = groups.ends_with(b"=");
        self.out.resize(whole / 4 * 3, 0);
        let size = STANDARD.decode_slice(groups, &mut self.out).map_err(|_| broken())?;
        self.out.truncate(size);
        self.dense.drain(..whole);
        Ok(&self.out)
    }

    /// The bytes decoded last.
    pub fn bytes(&self) -> &[u8] {
        &self.out
    }

    /// Whether the text may end here.
    pub fn is_whole(&self) -> bool {
        self.dense.is_empty()
    }
}

pub(super) fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=') || is_space(byte)
}

/// Encodes pieces of bytes cut anywhere, on one line.
#[derive(Debug, Default)]
pub(super) struct Encoder {
    /// Bytes that are no full group of three yet.
    left: Vec<u8>,
}

impl Encoder {
    pub fn push(&mut self, bytes: &[u8], out: &mut String) {
        let mut bytes = bytes;
        if !self.left.is_empty() {
            let (more, rest) = bytes.split_at(bytes.len().min(3 - self.left.len()));
            self.left.extend_from_slice(more);
            bytes = rest;
            if self.left.len() < 3 {
                return;
            }
            STANDARD.encode_string(&self.left, out);
            self.left.clear();
        }
        let (whole, rest) = bytes.split_at(bytes.len() / 3 * 3);
        STANDARD.encode_string(whole, out);
        self.left.extend_from_slice(rest);
    }

    pub fn finish(&mut self, out: &mut String) {
        STANDARD.encode_string(&self.left, out);
        self.left.clear();
    }
}
