//! Pages made small for slow lines.

use std::io::{Read, Write};

use bytes::Bytes;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use super::visit::Visit;

/// Below this a packet is a packet.
pub(crate) const WORTH_BYTES: usize = 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effort {
    /// For one answer.
    Quick,
    /// For an answer that is given many times.
    Once,
}

pub(crate) fn gzip(bytes: &[u8], effort: Effort) -> Bytes {
    let level = match effort {
        Effort::Quick => Compression::new(4),
        Effort::Once => Compression::new(9),
    };
    let mut encoder = GzEncoder::new(Vec::with_capacity(bytes.len() / 3), level);
    // Writing to memory does not fail; if it did, an empty answer would be told by its length.
    match encoder.write_all(bytes).and_then(|()| encoder.finish()) {
        // What is kept takes the room of its bytes, not of the buffer they were written into.
        Ok(packed) if effort == Effort::Once => Bytes::from(packed.into_boxed_slice()),
        Ok(packed) => Bytes::from(packed),
        Err(_) => Bytes::new(),
    }
}

/// The bytes that [`gzip`] was given; `None` if these are not its answer.
pub(crate) fn gunzip(packed: &[u8]) -> Option<Bytes> {
    let mut bytes = Vec::with_capacity(packed.len() * 4);
    GzDecoder::new(packed).read_to_end(&mut bytes).ok()?;
    Some(Bytes::from(bytes))
}

/// Form tokens are masked anew in each page, but a page may show other secrets beside text that
/// somebody else chose. To learn such a secret from lengths (BREACH), another site must make the
/// browser ask again and again with the session's cookie; those requests get plain answers.
pub(crate) fn allowed(visit: &Visit) -> bool {
    visit.gzip && (visit.session_secret.is_none() || visit.own_fetch)
}

/// Whether a second coding of `media` pays.
pub(crate) fn compressible(media: &str) -> bool {
    media.starts_with("text/") || media.contains("json") || media.contains("svg")
}
