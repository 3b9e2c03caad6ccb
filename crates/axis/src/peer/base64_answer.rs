//! A packet in the answer of `getEdoc`: JSON with the packet as one long text in base64, read as it
//! comes and never held.
//!
//! Whether the answer is a success stands before or behind the text, so the stream ends well only
//! when the whole answer says so.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt, stream};
use wire::vxp::Answer;

use super::{Bytestream, PeerFault};

/// Around the text there is little.
const AROUND_BYTES_MAX: usize = 64 << 10;
const KEY: &[u8] = b"\"data\"";

pub(super) struct Base64Answer {
    pieces: Bytestream,
    /// Before the text and behind it, with an empty text between.
    around: Vec<u8>,
    place: Place,
    /// Letters that do not make a group of four yet.
    letters: Vec<u8>,
    ended: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    Before,
    Within,
    /// Behind a backslash: JSON may write `\/`, and `\n` between lines.
    Escaped,
    Behind,
}

impl Base64Answer {
    pub fn new(pieces: Bytestream) -> Base64Answer {
        let (around, letters) = (Vec::new(), Vec::new());
        Base64Answer { pieces, around, place: Place::Before, letters, ended: false }
    }

    pub fn stream(self) -> Bytestream {
        stream::try_unfold(self, |mut answer| async move {
            let more = answer.next().await?;
            Ok::<_, PeerFault>(more.map(|bytes| (Bytes::from(bytes), answer)))
        })
        .boxed()
    }

    async fn next(&mut self) -> Result<Option<Vec<u8>>, PeerFault> {
        while !self.ended {
            let Some(piece) = self.pieces.try_next().await? else {
                self.ended = true;
                let rest = self.decoded(true)?;
                self.judge()?;
                return Ok(Some(rest).filter(|rest| !rest.is_empty()));
            };
            for byte in piece {
                self.take(byte);
            }
            if self.around.len() > AROUND_BYTES_MAX {
                return Err(nonsense("too much around the packet"));
            }
            let decoded = self.decoded(false)?;
            if !decoded.is_empty() {
                return Ok(Some(decoded));
            }
        }
        Ok(None)
    }

    fn take(&mut self, byte: u8) {
        match (self.place, byte) {
            (Place::Before, b'"') => {
                let opens = begins_data(&self.around);
                self.around.push(byte);
                if opens {
                    self.place = Place::Within;
                }
            }
            (Place::Before | Place::Behind, byte) => self.around.push(byte),
            (Place::Within, b'"') => {
                self.around.push(byte);
                self.place = Place::Behind;
            }
            (Place::Within, b'\\') => self.place = Place::Escaped,
            (Place::Within, byte) if byte.is_ascii_whitespace() => {}
            (Place::Within, byte) => self.letters.push(byte),
            (Place::Escaped, byte) => {
                self.place = Place::Within;
                if byte == b'/' {
                    self.letters.push(byte);
                }
            }
        }
    }

    /// Whole groups of four; the last one only at the end, where it may be padded.
    fn decoded(&mut self, all: bool) -> Result<Vec<u8>, PeerFault> {
        let held = if all { 0 } else { 4 };
        let whole = self.letters.len().saturating_sub(held) / 4 * 4;
        let count = if all { self.letters.len() } else { whole };
        let letters: Vec<u8> = self.letters.drain(..count).collect();
        STANDARD.decode(letters).map_err(|_| nonsense("the packet is not in base64"))
    }

    fn judge(&self) -> Result<(), PeerFault> {
        match Answer::read(&self.around).map_err(PeerFault::nonsense)? {
            Answer::Failed { code, reason } => Err(PeerFault::refused(&code, &reason)),
            Answer::Done { .. } if self.place == Place::Behind => Ok(()),
            Answer::Done { .. } => Err(nonsense("an answer without a packet")),
        }
    }
}

/// Whether what stands before a quotation mark is the name `data` and a colon. A text that ends so
/// inside another value could not: its own mark would have to be escaped.
fn begins_data(before: &[u8]) -> bool {
    let trimmed = before.trim_ascii_end();
    let Some(name) = trimmed.strip_suffix(b":") else { return false };
    let name = name.trim_ascii_end();
    name.ends_with(KEY) && !name.ends_with(b"\\\"data\"")
}

fn nonsense(what: &str) -> PeerFault {
    PeerFault::Nonsense(what.to_owned())
}
