//! XML in pieces: bytes are pushed in as they come, tokens come out, and nothing is held but the
//! piece of markup that is not complete yet and the names of what is open.
//!
//! For documents that are too large to be held ([`super::read`] holds them whole and is what
//! signatures are checked on). It takes and refuses exactly what that reader does, for the same
//! reasons, wherever the pieces are cut; a test holds the two to it. Comments and processing
//! instructions are checked and passed over.

mod canonical;
mod markup;
mod place;
mod tag;
mod text;

pub use canonical::Canonical;
pub use place::{Place, PlacedFault};
pub use tag::Tag;

use std::borrow::Cow;

use super::read::{Limits, ReadFault};
use super::scan;
use markup::Extent;
use tag::Scope;

/// Of one start tag, comment or instruction: such a piece is held until it is complete.
pub const MARKUP_BYTES: usize = 64 << 10;

/// What a piece of the document is.
#[derive(Debug)]
pub enum Token<'t> {
    Start(Tag<'t>),
    /// Of the innermost element that is open; also comes after the start of `<a/>`.
    End,
    /// A piece of text, references replaced. Where it is cut depends on the pieces pushed.
    Text(Cow<'t, str>),
}

/// What has been understood so far.
#[derive(Debug)]
pub struct Lexer {
    limits: Limits,
    /// Bytes of a token that is not complete.
    held: Vec<u8>,
    extent: Extent,
    /// Of the first byte that is not yet part of a token that was handed out.
    place: Place,
    /// Of the token that was handed out last.
    token: Place,
    mode: Mode,
    scope: Scope,
    nodes: usize,
    instructions: usize,
    /// `<a/>` was handed out as a start; its end is due.
    end_due: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Nothing was read: a byte order mark may come.
    Mark,
    /// An XML declaration may come.
    Declaration,
    Content,
    Cdata,
}

impl Lexer {
    pub fn new(limits: Limits) -> Lexer {
        Lexer {
            limits,
            held: Vec::new(),
            extent: Extent::default(),
            place: Place::default(),
            token: Place::default(),
            mode: Mode::Mark,
            scope: Scope::default(),
            nodes: 0,
            instructions: 0,
            end_due: false,
        }
    }

    /// The next token, taking from the front of `input` what it needs; `None` when all of it is
    /// taken and more is needed. Call it until then, after each piece.
    ///
    /// # Errors
    /// [`PlacedFault`]; after one nothing more is to be asked.
    pub fn next<'t, 'i: 't>(
        &'t mut self,
        input: &mut &'i [u8],
    ) -> Result<Option<Token<'t>>, PlacedFault> {
        if self.end_due {
            self.end_due = false;
            self.scope.close();
            return Ok(Some(Token::End));
        }
        loop {
            if self.mode == Mode::Mark && !self.mark(input)? {
                return Ok(None);
            }
            let Some(first) = self.held.first().or(input.first()).copied() else { return Ok(None) };
            let is_text = self.mode == Mode::Cdata || first != b'<';
            if is_text {
                match self.text_piece(input)? {
                    text::Piece::Text(text) => return Ok(Some(Token::Text(text))),
                    text::Piece::Nothing => continue,
                    text::Piece::Wait => return Ok(None),
                }
            }
            let Some(bytes) = self.markup(input)? else { return Ok(None) };
            match self.take_markup(&bytes)? {
                Taken::Start => return Ok(Some(Token::Start(Tag::of(&self.scope, self.token)))),
                Taken::End => return Ok(Some(Token::End)),
                Taken::Nothing => {}
            }
        }
    }

    /// Nothing more comes.
    ///
    /// # Errors
    /// [`PlacedFault`] when something is missing.
    pub fn finish(&mut self) -> Result<(), PlacedFault> {
        let held = std::mem::take(&mut self.held);
        if self.mode == Mode::Cdata || held.first() == Some(&b'<') || self.scope.depth() > 0 {
            return Err(self.fault(ReadFault::Truncated));
        }
        if let Some(at) = held.iter().position(|byte| !scan::is_space(*byte)) {
            return Err(self.fault(ReadFault::Root { at: self.offset() + at }));
        }
        match self.scope.has_root() {
            true => Ok(()),
            false => Err(self.fault(ReadFault::Root { at: self.offset() })),
        }
    }

    /// Where the token stands that was handed out last.
    pub fn token(&self) -> Place {
        self.token
    }

    /// Where the next token begins.
    pub fn place(&self) -> Place {
        self.place
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.scope.depth()
    }

    /// How many processing instructions were passed over inside of the document element.
    pub fn instructions(&self) -> usize {
        self.instructions
    }

    fn offset(&self) -> usize {
        usize::try_from(self.place.offset).unwrap_or(usize::MAX)
    }

    fn fault(&self, reason: ReadFault) -> PlacedFault {
        PlacedFault { place: self.place, reason }
    }

    /// A fault somewhere in the token `bytes`, which begins at the current place.
    fn fault_in(&self, bytes: &[u8], reason: ReadFault) -> PlacedFault {
        let inside = reason.at().map_or(0, |at| at.saturating_sub(self.offset()));
        let before = bytes.get(..inside).unwrap_or(bytes);
        PlacedFault { place: self.place.after(before), reason }
    }

    /// Passes over what was read as a token.
    fn pass(&mut self, bytes: &[u8]) -> Result<(), PlacedFault> {
        self.token = self.place;
        self.place = self.place.after(bytes);
        match self.offset() > self.limits.size_bytes {
            true => Err(self.fault(ReadFault::TooLong { limit_bytes: self.limits.size_bytes })),
            false => Ok(()),
        }
    }

    /// Passes over a byte order mark; false when more bytes are needed to tell.
    fn mark(&mut self, input: &mut &[u8]) -> Result<bool, PlacedFault> {
        const MARK: [u8; 3] = [0xef, 0xbb, 0xbf];
        loop {
            if self.held == MARK {
                self.place.offset = 3;
                self.held.clear();
            } else if MARK.starts_with(&self.held)
                && let Some((next, rest)) = input.split_first()
                && MARK.get(self.held.len()) == Some(next)
            {
                self.held.push(*next);
                *input = rest;
                continue;
            } else if input.is_empty() {
                return Ok(false);
            }
            self.mode = Mode::Declaration;
            // So begins UTF-16, with a mark or without one.
            return match self.held.first().or(input.first()) {
                Some(0 | 0xfe | 0xff) => Err(self.fault(ReadFault::NotUtf8 { at: self.offset() })),
                _ => Ok(true),
            };
        }
    }

    /// The bytes of one complete piece of markup.
    fn markup<'t>(&mut self, input: &mut &'t [u8]) -> Result<Option<Cow<'t, [u8]>>, PlacedFault> {
        if self.held.is_empty()
            && let Some(length) = self.extent.find(input)
        {
            let (bytes, rest) = input.split_at(length.min(input.len()));
            *input = rest;
            self.extent = Extent::default();
            return Ok(Some(Cow::Borrowed(bytes)));
        }
        let before = self.held.len();
        let (more, rest) = input.split_at(input.len().min(MARKUP_BYTES + 1));
        self.held.extend_from_slice(more);
        if let Some(length) = self.extent.find(&self.held) {
            // Beyond it, what came from the input stays there, and what was held stays held.
            *input = input.get(length.saturating_sub(before)..).unwrap_or_default();
            let behind = self.held.get(length..before).unwrap_or_default().to_vec();
            let mut whole = std::mem::replace(&mut self.held, behind);
            whole.truncate(length);
            self.extent = Extent::default();
            return Ok(Some(Cow::Owned(whole)));
        }
        *input = rest;
        match self.held.len() > MARKUP_BYTES {
            true => Err(self.fault(ReadFault::TooLong { limit_bytes: MARKUP_BYTES })),
            false => Ok(None),
        }
    }

    fn take_markup(&mut self, bytes: &[u8]) -> Result<Taken, PlacedFault> {
        let base = self.offset();
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(bad) => {
                let reason = ReadFault::NotUtf8 { at: base + bad.valid_up_to() };
                return Err(self.fault_in(bytes, reason));
            }
        };
        let first = self.mode == Mode::Declaration;
        self.mode = Mode::Content;
        let taken = match scan::forbidden(text) {
            // UTF-16 again, the other way round.
            Some(1) if first => Err(ReadFault::NotUtf8 { at: base }),
            Some(at) => Err(ReadFault::Character { at: base + at }),
            None => self.understand(text, first, base),
        };
        let taken = taken.map_err(|reason| self.fault_in(bytes, reason))?;
        self.pass(bytes)?;
        Ok(taken)
    }

    fn understand(&mut self, text: &str, first: bool, base: usize) -> Result<Taken, ReadFault> {
        match text.as_bytes() {
            [b'<', b'/', ..] => self.scope.end_tag(text, base).map(|()| Taken::End),
            [b'<', b'!', b'-', ..] => {
                markup::comment(text, base)?;
                self.count()
            }
            [b'<', b'!', b'[', ..] => {
                if text != markup::CDATA {
                    return Err(ReadFault::Markup { at: base });
                }
                if self.scope.depth() == 0 {
                    return Err(ReadFault::Root { at: base });
                }
                self.mode = Mode::Cdata;
                Ok(Taken::Nothing)
            }
            [b'<', b'!', ..] => Err(scan::no_markup(text, base)),
            [b'<', b'?', ..] if first && markup::is_xml_declaration(text) => {
                scan::declaration(text, 0).map(|_| Taken::Nothing).map_err(|fault| match fault {
                    ReadFault::Declaration { at } => ReadFault::Declaration { at: base + at },
                    other => other,
                })
            }
            [b'<', b'?', ..] => {
                markup::instruction(text, base, &self.limits)?;
                self.instructions += usize::from(self.scope.depth() > 0);
                self.count()
            }
            _ => {
                self.count()?;
                self.end_due = self.scope.start_tag(text, base, &self.limits)?;
                Ok(Taken::Start)
            }
        }
    }

    fn count(&mut self) -> Result<Taken, ReadFault> {
        self.nodes += 1;
        match self.nodes > self.limits.nodes {
            true => Err(ReadFault::TooManyNodes { limit: self.limits.nodes }),
            false => Ok(Taken::Nothing),
        }
    }
}

enum Taken {
    Start,
    End,
    Nothing,
}
