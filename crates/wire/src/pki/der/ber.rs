//! From the basic encoding (X.690 §8), which foreign signers write in streams, to DER's forms.
//!
//! Lengths become definite and minimal, strings in pieces become whole. Nothing else is changed:
//! what a signature covers inside stays wrong when it was wrong.

use super::{DerFault, tag, write};

const DEPTH_MAX: usize = 32;
const END_OF_CONTENTS: [u8; 2] = [0, 0];

/// One BER element and nothing after it, rewritten.
///
/// # Errors
/// [`DerFault::TooDeep`] beyond 32 levels, [`DerFault::TooLarge`] when `bytes` are more than
/// `bytes_max`, and what [`super::Reader`] says.
pub fn to_der(bytes: &[u8], bytes_max: usize) -> Result<Vec<u8>, DerFault> {
    if bytes.len() > bytes_max {
        return Err(DerFault::TooLarge);
    }
    let (der, rest) = element(bytes, 0)?;
    if rest.is_empty() { Ok(der) } else { Err(DerFault::Trailing) }
}

/// The first element rewritten, and what follows it. Each level copies its contents once, so the
/// time is the size times the depth, which is limited.
fn element(bytes: &[u8], depth: usize) -> Result<(Vec<u8>, &[u8]), DerFault> {
    if depth > DEPTH_MAX {
        return Err(DerFault::TooDeep);
    }
    let (&tag, after_tag) = bytes.split_first().ok_or(DerFault::Truncated)?;
    if tag & 0x1f == 0x1f {
        return Err(DerFault::HighTag);
    }
    let is_constructed = tag & 0x20 != 0;
    let (contents, rest) = match length(after_tag)? {
        (Some(length), body) => {
            let (contents, rest) = body.split_at_checked(length).ok_or(DerFault::Truncated)?;
            if !is_constructed {
                return Ok((write::tlv(tag, &[contents]), rest));
            }
            (children(tag, contents, true, depth)?.0, rest)
        }
        (None, body) if is_constructed => children(tag, body, false, depth)?,
        (None, _) => return Err(DerFault::Length),
    };
    let tag = if is_string_in_pieces(tag) { tag & !0x20 } else { tag };
    Ok((write::tlv(tag, &[&contents]), rest))
}

/// The contents of a constructed element: to the end when its length was given, else to the
/// end-of-contents mark.
fn children(
    tag: u8,
    mut body: &[u8],
    is_definite: bool,
    depth: usize,
) -> Result<(Vec<u8>, &[u8]), DerFault> {
    let mut contents = Vec::new();
    loop {
        if is_definite && body.is_empty() {
            return Ok((contents, body));
        }
        if !is_definite && body.starts_with(&END_OF_CONTENTS) {
            return Ok((contents, body.get(2..).unwrap_or_default()));
        }
        let (child, rest) = element(body, depth + 1)?;
        body = rest;
        if is_string_in_pieces(tag) {
            let piece = super::Reader::new(&child).tagged(tag & !0x20)?;
            contents.extend_from_slice(piece.value);
        } else {
            contents.extend_from_slice(&child);
        }
    }
}

/// Only octet strings come in pieces in signatures; pieces of other strings are left as they are
/// and refused by whoever reads them.
fn is_string_in_pieces(tag: u8) -> bool {
    tag == tag::OCTET_STRING | 0x20
}

/// `None` is the indefinite length.
fn length(bytes: &[u8]) -> Result<(Option<usize>, &[u8]), DerFault> {
    let (&first, rest) = bytes.split_first().ok_or(DerFault::Truncated)?;
    let count = usize::from(first & 0x7f);
    match (first & 0x80 != 0, count) {
        (false, length) => Ok((Some(length), rest)),
        (true, 0) => Ok((None, rest)),
        (true, 1..=8) => {
            let (digits, rest) = rest.split_at_checked(count).ok_or(DerFault::Truncated)?;
            let length = digits.iter().try_fold(0_usize, |length, digit| {
                length.checked_mul(256)?.checked_add(usize::from(*digit))
            });
            Ok((Some(length.ok_or(DerFault::Length)?), rest))
        }
        _ => Err(DerFault::Length),
    }
}
