//! Pieces of bytes → a packet, its attachments handed on as they come.
//!
//! Every packet is a stranger's. It is read once, and what is held of it is bounded whatever its
//! size: the header and the manifest, never an attachment.

mod attachment;
mod build;
mod elsewhere;
mod fields;
mod header;
mod seal;

pub use attachment::{Attachment, Content, Unwrapped};
pub use seal::{Sealed, SealedPart};

use std::collections::HashSet;

use super::packet::{Packet, Reference};
use super::remark::{Remark, RemarkKind};
use super::{content_key, rules, unwrap};
use crate::xml;
use crate::xml::push::{Lexer, Place, PlacedFault, Token};
use crate::xml::read::ReadFault;
use build::{Builder, Step};

/// Bytes are decoded in pieces of at most this size.
const PIECE_BYTES: usize = 64 << 10;
/// Of one kind; more would only fill pages.
const REMARKS_MAX: usize = 200;

/// What a packet may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub size_bytes: usize,
    /// Of all text outside of the attachments' content, which is held.
    pub held_bytes: usize,
    /// Outside of the attachments' content, too.
    pub elements: usize,
    pub attachments: usize,
    pub unwrap: unwrap::Limits,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            size_bytes: 1 << 30,
            held_bytes: 4 << 20,
            elements: 100_000,
            attachments: 1_000,
            unwrap: unwrap::Limits::default(),
        }
    }
}

/// Why a packet is refused, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct Fault {
    pub place: Place,
    pub reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    #[error(transparent)]
    Xml(ReadFault),
    #[error("the root is not edXML but {found}")]
    Root { found: String },
    #[error("the namespace is not that of QCVN 102:2016 but {found:?}")]
    Namespace { found: String },
    #[error("{element} is missing")]
    Missing { element: &'static str },
    #[error("{element} is there twice: two programs could read two things")]
    Repeated { element: String },
    #[error("{element} has an element in it where only text belongs")]
    NotText { element: String },
    #[error("the content of the attachment is not base64")]
    Base64,
    #[error("the header and the manifest have more than {limit_bytes} bytes of text")]
    TooMuchHeld { limit_bytes: usize },
    #[error("more than {limit} attachments")]
    TooManyAttachments { limit: usize },
}

/// What happens while reading.
#[derive(Debug)]
pub enum Event<'e> {
    /// Decoded bytes of an attachment, as it travels: what the sender put into base64.
    Bytes { attachment: usize, bytes: &'e [u8] },
    /// All of this attachment was read.
    Attachment { attachment: usize, read: &'e Attachment },
}

/// A packet read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    pub packet: Packet,
    /// What the body announces.
    pub manifest: Vec<Reference>,
    pub attachments: Vec<Attachment>,
    pub signature: Presence,
    /// What [`super::signature::judge`] needs.
    pub sealed: Sealed,
    /// Where the list of traces ends, for [`super::trace::add`].
    pub trace_end: Option<u64>,
    pub remarks: Vec<Remark>,
}

/// Whether there is something that looks like a signature; what it is worth,
/// [`super::signature`] says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Presence {
    #[default]
    Absent,
    /// In the namespace of the packet: the constant that the kit writes, which nobody can check.
    Placeholder,
    Present,
}

/// Reads one packet.
pub struct Reader {
    lexer: Lexer,
    builder: Builder,
}

impl Reader {
    pub fn new(limits: Limits) -> Reader {
        let xml = xml::Limits {
            size_bytes: limits.size_bytes,
            depth: 32,
            nodes: limits.elements,
            attributes: limits.elements,
            attributes_each: 32,
            namespaces: 64,
            name_bytes: 100,
        };
        Reader { lexer: Lexer::new(xml), builder: Builder::new(limits) }
    }

    /// The next event, taking from the front of `input` what it needs; `None` when all of it is
    /// taken. Call it until then, after each piece.
    ///
    /// # Errors
    /// [`Fault`]; after one nothing more is to be asked.
    pub fn next(&mut self, input: &mut &[u8]) -> Result<Option<Event<'_>>, Fault> {
        if self.builder.has_ended() {
            return self.builder.attachment().map(Some);
        }
        loop {
            let (mut piece, rest) = input.split_at(input.len().min(PIECE_BYTES));
            let step = match self.lexer.next(&mut piece) {
                Ok(None) if rest.is_empty() => {
                    *input = rest;
                    return Ok(None);
                }
                Ok(None) => Ok(Step::On),
                Ok(Some(Token::Start(tag))) => self.builder.start(tag).map(|()| Step::On),
                Ok(Some(Token::Text(text))) => self.builder.text(&text),
                Ok(Some(Token::End)) => self.builder.end(self.lexer.token()),
                Err(PlacedFault { place, reason }) => {
                    return Err(Fault { place, reason: Reason::Xml(reason) });
                }
            };
            *input = input.get(input.len() - rest.len() - piece.len()..).unwrap_or_default();
            let place = self.lexer.token();
            let step = step.map_err(|reason| {
                let place = self.builder.place_of(&reason, place);
                Fault { place, reason }
            });
            match step? {
                Step::On => {}
                Step::Bytes => return Ok(Some(self.builder.bytes())),
                Step::Ended => return self.builder.attachment().map(Some),
            }
        }
    }

    /// Nothing more comes.
    ///
    /// # Errors
    /// [`Fault`] when the packet is not whole, or lacks what nothing can be done without.
    pub fn finish(mut self) -> Result<Reading, Fault> {
        self.lexer.finish().map_err(|PlacedFault { place, reason }| Fault {
            place,
            reason: Reason::Xml(reason),
        })?;
        let Builder { parts, sealer, attachments, trace_end, .. } = self.builder;
        let mut sealed = sealer.sealed;
        // Canonical forms keep instructions, and we have passed over them.
        sealed.broken |= self.lexer.instructions() > 0;
        let mut remarks = Vec::new();
        let read = header::read(&parts, &mut remarks)?;
        for finding in rules::findings(&read.packet).into_iter().take(REMARKS_MAX) {
            let place = parts.place_of(&finding.field);
            remarks.push(Remark { place, ..finding });
        }
        compare(&read.manifest, &attachments, &mut remarks);
        attachments.iter().for_each(|one| one.remark(&mut remarks));
        if remarks.len() > REMARKS_MAX {
            remarks.truncate(REMARKS_MAX);
            let kind = RemarkKind::More;
            remarks.push(Remark { field: String::new(), place: None, kind });
        }
        Ok(Reading {
            packet: read.packet,
            manifest: read.manifest,
            attachments,
            signature: read.signature,
            sealed,
            trace_end,
            remarks,
        })
    }
}

/// A whole packet at once, without its bytes.
///
/// # Errors
/// [`Fault`]
pub fn read(bytes: &[u8], limits: Limits) -> Result<Reading, Fault> {
    let mut reader = Reader::new(limits);
    let mut left = bytes;
    while reader.next(&mut left)?.is_some() {}
    reader.finish()
}

/// Manifest and attachments name each other by content identifiers.
fn compare(manifest: &[Reference], attachments: &[Attachment], remarks: &mut Vec<Remark>) {
    let named: HashSet<&str> = manifest.iter().map(|line| content_key(&line.content_id)).collect();
    let mut seen = HashSet::new();
    for one in attachments {
        let id = content_key(&one.content_id);
        let kind = if !seen.insert(id) {
            RemarkKind::SameContentId
        } else if !named.contains(id) {
            RemarkKind::NotInManifest
        } else {
            continue;
        };
        remarks.push(Remark { field: one.field(), place: Some(one.place), kind });
    }
    for (index, line) in manifest.iter().enumerate() {
        if !seen.contains(content_key(&line.content_id)) {
            let field = format!("edXMLManifest/Reference[{}]", index + 1);
            remarks.push(Remark { field, place: None, kind: RemarkKind::NoAttachment });
        }
    }
}
