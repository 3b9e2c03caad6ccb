//! How far a piece of markup reaches, and what stands in those that are passed over.

use super::super::read::{Limits, ReadFault};
use super::super::scan;

pub(super) const CDATA: &str = "<![CDATA[";

/// What was seen of a piece of markup; looking again goes on where it ended.
#[derive(Debug, Default)]
pub(super) struct Extent {
    seen: usize,
    quote: Option<u8>,
}

impl Extent {
    /// The length of the piece at the front of `bytes`, which begin with `<`; `None` when its end
    /// is not there yet. Broken markup ends where that shows.
    pub fn find(&mut self, bytes: &[u8]) -> Option<usize> {
        match bytes.get(1)? {
            b'!' => self.declaration(bytes),
            b'?' => self.until(bytes, b"?>", 2),
            _ => self.tag(bytes),
        }
    }

    fn declaration(&mut self, bytes: &[u8]) -> Option<usize> {
        match bytes.get(2)? {
            b'-' => match bytes.get(3)? {
                // Inside of a comment there are no two hyphens: the first end it.
                b'-' => self.until(bytes, b"--", 4).and_then(|end| bytes.get(end).map(|_| end + 1)),
                _ => Some(4),
            },
            // `<![CDATA[` and `<!DOCTYPE` are of one length.
            _ => Some(CDATA.len()).filter(|length| bytes.len() >= *length),
        }
    }

    fn until(&mut self, bytes: &[u8], end: &[u8], from: usize) -> Option<usize> {
        let from = self.seen.max(from);
        let found = bytes.get(from..)?.windows(end.len()).position(|window| window == end);
        match found {
            Some(at) => {
                // For a comment the byte behind is asked for as well: be found again.
                self.seen = from + at;
                Some(from + at + end.len())
            }
            None => {
                self.seen = (bytes.len() + 1).saturating_sub(end.len()).max(from);
                None
            }
        }
    }

    fn tag(&mut self, bytes: &[u8]) -> Option<usize> {
        let from = self.seen.max(1);
        for (at, byte) in bytes.iter().enumerate().skip(from) {
            match (self.quote, byte) {
                (_, b'<') => return Some(at),
                (None, b'>') => return Some(at + 1),
                (None, b'"' | b'\'') => self.quote = Some(*byte),
                (Some(quote), byte) if quote == *byte => self.quote = None,
                _ => {}
            }
        }
        self.seen = bytes.len();
        None
    }
}

/// `<!-- … -->`, or what only begins like it.
pub(super) fn comment(text: &str, base: usize) -> Result<(), ReadFault> {
    match text.starts_with("<!--") && text.len() >= "<!---->".len() && text.ends_with("-->") {
        true => Ok(()),
        false => Err(ReadFault::Markup { at: base }),
    }
}

pub(super) fn is_xml_declaration(text: &str) -> bool {
    let rest = text.strip_prefix("<?xml");
    rest.and_then(|rest| rest.bytes().next()).is_some_and(scan::is_space)
}

pub(super) fn instruction(text: &str, base: usize, limits: &Limits) -> Result<(), ReadFault> {
    let fault = ReadFault::Markup { at: base };
    let body = text.strip_prefix("<?").and_then(|body| body.strip_suffix("?>"));
    let body = body.ok_or(fault.clone())?;
    let target = body.split([' ', '\t', '\r', '\n']).next().unwrap_or_default();
    let name_fault = ReadFault::Name { at: base + 2 };
    let (length, colon) = scan::qualified_name(body).ok_or(name_fault.clone())?;
    if length > limits.name_bytes {
        return Err(name_fault);
    }
    match length == target.len() && colon == 0 && !target.eq_ignore_ascii_case("xml") {
        true => Ok(()),
        false => Err(fault),
    }
}
