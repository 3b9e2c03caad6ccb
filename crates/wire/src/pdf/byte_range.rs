//! What a signature covers: the whole of a revision, less exactly the string that holds it.
//!
//! Specification: ISO 32000-2 §12.8.1, ETSI EN 319 142-1 §4.2.

use super::document::Document;
use super::object::{Dictionary, Id, Object};
use super::signature::{Format, SignatureFault};
use super::store::vri_key;
use super::xref::Entry;

/// The byte range with what it leaves out, checked against the file.
pub struct Range<'a> {
    pub format: Format,
    pub covered: [&'a [u8]; 2],
    pub end: usize,
    pub contents: Vec<u8>,
    pub vri_key: String,
}

impl<'a> Range<'a> {
    pub fn read(
        document: &Document<'a>,
        object: Id,
        dictionary: &Dictionary,
    ) -> Result<Range<'a>, SignatureFault> {
        let format = match dictionary.name("SubFilter") {
            Some(b"ETSI.CAdES.detached") => Format::Cades,
            Some(b"adbe.pkcs7.detached") => Format::Pkcs7,
            Some(b"adbe.pkcs7.sha1") => Format::Pkcs7Sha1,
            Some(b"ETSI.RFC3161") => Format::TimeStamp,
            _ => return Err(SignatureFault::UnknownFormat),
        };
        let bytes = document.bytes();
        let [gap_start, gap_end, end] =
            byte_range(dictionary, bytes.len()).ok_or(SignatureFault::ByteRange)?;
        // In an object stream the places would be those of the inflated data.
        if !matches!(document.entries().get(&object.number), Some(Entry::At { .. })) {
            return Err(SignatureFault::Gap);
        }
        let Some(Object::Text(value)) = dictionary.get("Contents") else {
            return Err(SignatureFault::Contents);
        };
        let inside = bytes.get(gap_start + 1..gap_end - 1).unwrap_or_default();
        let digits = inside.iter().all(u8::is_ascii_hexdigit) && inside.len() % 2 == 0;
        if !value.hexadecimal || value.span != (gap_start..gap_end) || !digits {
            return Err(SignatureFault::Gap);
        }
        let length = sequence_length(&value.bytes).ok_or(SignatureFault::Contents)?;
        let (der, rest) = value.bytes.split_at(length);
        if rest.iter().any(|byte| *byte != 0) {
            return Err(SignatureFault::Trailing);
        }
        Ok(Range {
            format,
            covered: [&bytes[..gap_start], &bytes[gap_end..end]],
            end,
            contents: der.to_vec(),
            vri_key: vri_key(&value.bytes),
        })
    }
}

/// Start of the gap, its end, and the end of all; in this order and inside the file.
fn byte_range(dictionary: &Dictionary, size_bytes: usize) -> Option<[usize; 3]> {
    let [zero, first, second, length] = dictionary.get("ByteRange")?.as_array()? else {
        return None;
    };
    let whole = |object: &Object| usize::try_from(object.as_integer()?).ok();
    let (gap_start, gap_end) = (whole(first)?, whole(second)?);
    let end = gap_end.checked_add(whole(length)?)?;
    let ascends = 0 < gap_start && gap_start + 2 < gap_end && gap_end < end && end <= size_bytes;
    (zero.as_integer() == Some(0) && ascends).then_some([gap_start, gap_end, end])
}

/// The whole length of the sequence at the start, also when some of its lengths are indefinite
/// (BER, as many signers write CMS); `None` when there is none in full.
fn sequence_length(bytes: &[u8]) -> Option<usize> {
    const OPEN_MAX: usize = 32;
    if bytes.first() != Some(&0x30) {
        return None;
    }
    let (mut at, mut open) = (0usize, 0usize);
    loop {
        at = match bytes.get(at..)? {
            [0, 0, ..] if open > 0 => {
                open -= 1;
                at + 2
            }
            [tag, 0x80, ..] if tag & 0x20 != 0 && open < OPEN_MAX => {
                open += 1;
                at + 2
            }
            rest => at.checked_add(definite_length(rest)?)?,
        };
        if open == 0 {
            return (at <= bytes.len()).then_some(at);
        }
    }
}

/// Tag, length and content together.
fn definite_length(bytes: &[u8]) -> Option<usize> {
    let [tag, first, rest @ ..] = bytes else { return None };
    let (head, length) = match first {
        0..=0x7F => (2, usize::from(*first)),
        0x81..=0x84 => {
            let count = usize::from(first - 0x80);
            let digits = rest.get(..count)?;
            let fold = |sum: usize, byte: &u8| sum << 8 | usize::from(*byte);
            (2 + count, digits.iter().fold(0, fold))
        }
        _ => return None,
    };
    // Tags of more than one byte do not occur in signatures.
    if tag & 0x1F == 0x1F { None } else { head.checked_add(length) }
}
