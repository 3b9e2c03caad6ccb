//! Text between tags and in CDATA, in pieces that can be understood by themselves.

use std::borrow::Cow;

use super::super::read::ReadFault;
use super::super::scan;
use super::{Lexer, Mode, PlacedFault};

/// Text that has to be put together with what was held is handed out in pieces of this size.
const JOINED_BYTES: usize = 16 << 10;
/// No reference that is read is longer.
const REFERENCE_BYTES: usize = 16;

pub(super) enum Piece<'t> {
    Text(Cow<'t, str>),
    /// Something was passed over that is no text.
    Nothing,
    /// More bytes are needed.
    Wait,
}

impl Lexer {
    /// What of `input` (after what is held) is text.
    pub(super) fn text_piece<'t>(
        &mut self,
        input: &mut &'t [u8],
    ) -> Result<Piece<'t>, PlacedFault> {
        let joined = !self.held.is_empty();
        if joined {
            let room = input.len().min(JOINED_BYTES);
            let (more, rest) = input.split_at(room);
            self.held.extend_from_slice(more);
            *input = rest;
        }
        let whole: Cow<'t, [u8]> = match joined {
            true => Cow::Owned(std::mem::take(&mut self.held)),
            false => Cow::Borrowed(std::mem::take(input)),
        };
        let (length, ended) = match self.mode {
            Mode::Cdata => until_end_of_cdata(&whole),
            _ => until_markup(&whole),
        };
        let (raw, behind) = match whole {
            Cow::Borrowed(whole) => {
                let (raw, behind) = whole.split_at(length);
                (Cow::Borrowed(raw), Cow::Borrowed(behind))
            }
            Cow::Owned(mut raw) => {
                let behind = raw.split_off(length);
                (Cow::Owned(raw), Cow::Owned(behind))
            }
        };
        self.put_back(behind, ended, input);
        let cdata_ended = ended && self.mode == Mode::Cdata;
        let text = self.understand_text(raw)?;
        if cdata_ended {
            self.end_cdata(input);
        }
        match text {
            Some(text) => Ok(Piece::Text(text)),
            None if ended || length > 0 => Ok(Piece::Nothing),
            None => Ok(Piece::Wait),
        }
    }

    /// What is behind the text: held when it may still be part of it, read again when not.
    fn put_back<'t>(&mut self, behind: Cow<'t, [u8]>, ended: bool, input: &mut &'t [u8]) {
        match behind {
            Cow::Borrowed(behind) if ended => *input = behind,
            behind => self.held = behind.into_owned(),
        }
    }

    /// `]]>` is at the front of what is held or, when nothing is, of the input.
    fn end_cdata(&mut self, input: &mut &[u8]) {
        let length = "]]>".len();
        match self.held.is_empty() {
            true => *input = input.get(length..).unwrap_or_default(),
            false => drop(self.held.drain(..length.min(self.held.len()))),
        }
        self.mode = Mode::Content;
        self.place = self.place.after(b"]]>");
    }

    /// `None` when there is nothing in it for the reader.
    fn understand_text<'t>(
        &mut self,
        raw: Cow<'t, [u8]>,
    ) -> Result<Option<Cow<'t, str>>, PlacedFault> {
        let base = self.offset();
        let is_cdata = self.mode == Mode::Cdata;
        if !is_cdata && !raw.is_empty() {
            self.mode = Mode::Content;
        }
        let outside = self.scope.depth() == 0;
        let understood = match &raw {
            Cow::Borrowed(raw) => understand(raw, base, is_cdata),
            Cow::Owned(raw) => {
                understand(raw, base, is_cdata).map(|it| Cow::Owned(it.into_owned()))
            }
        };
        let blank = raw.iter().position(|byte| !scan::is_space(*byte));
        let understood = match (outside, blank) {
            (true, Some(at)) => Err(ReadFault::Root { at: base + at }),
            _ => understood,
        };
        let text = understood.map_err(|reason| self.fault_in(&raw, reason))?;
        if !raw.is_empty() {
            self.pass(&raw)?;
        }
        Ok(Some(text).filter(|text| !text.is_empty() && !outside))
    }
}

fn understand(raw: &[u8], base: usize, is_cdata: bool) -> Result<Cow<'_, str>, ReadFault> {
    let text = std::str::from_utf8(raw)
        .map_err(|bad| ReadFault::NotUtf8 { at: base + bad.valid_up_to() })?;
    if let Some(at) = scan::forbidden(text) {
        return Err(ReadFault::Character { at: base + at });
    }
    if is_cdata {
        return Ok(scan::line_ends(text));
    }
    if memchr::memchr(b'>', raw).is_some()
        && let Some(at) = text.find("]]>")
    {
        return Err(ReadFault::Markup { at: base + at });
    }
    scan::text(text, base)
}

/// How much of `bytes` is text that is complete, and whether markup follows.
fn until_markup(bytes: &[u8]) -> (usize, bool) {
    if let Some(at) = memchr::memchr(b'<', bytes) {
        return (at, true);
    }
    let mut length = whole_characters(bytes);
    let window = length.saturating_sub(REFERENCE_BYTES);
    let tail = bytes.get(window..length).unwrap_or_default();
    if let Some(at) = memchr::memrchr(b'&', tail)
        && !tail.get(at..).unwrap_or_default().contains(&b';')
    {
        length = window + at;
    }
    (without_open_end(bytes, length), false)
}

fn until_end_of_cdata(bytes: &[u8]) -> (usize, bool) {
    let mut from = 0;
    while let Some(at) = memchr::memchr(b']', bytes.get(from..).unwrap_or_default()) {
        if bytes.get(from + at..).is_some_and(|rest| rest.starts_with(b"]]>")) {
            return (from + at, true);
        }
        from += at + 1;
    }
    (without_open_end(bytes, whole_characters(bytes)), false)
}

/// Without the beginning of a character at the end.
fn whole_characters(bytes: &[u8]) -> usize {
    let from = bytes.len().saturating_sub(4);
    let tail = bytes.get(from..).unwrap_or_default();
    let start = tail.iter().rposition(|byte| byte & 0xc0 != 0x80);
    let Some((start, first)) = start.and_then(|at| tail.get(at).map(|byte| (at, *byte))) else {
        return bytes.len();
    };
    let wanted = match first {
        0xf0.. => 4,
        0xe0.. => 3,
        0xc0.. => 2,
        _ => 1,
    };
    match tail.len() - start < wanted {
        true => from + start,
        false => bytes.len(),
    }
}

/// Without `]`, `]]` and `\r` at the end: what comes next decides what they are.
fn without_open_end(bytes: &[u8], length: usize) -> usize {
    let text = bytes.get(..length).unwrap_or(bytes);
    let open = match text {
        [.., b']', b']'] => 2,
        [.., b']' | b'\r'] => 1,
        _ => 0,
    };
    length - open
}
