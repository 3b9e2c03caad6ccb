//! What a signature of a packet may cover, digested while the packet goes by.
//!
//! Each part in the exclusive canonical form with SHA-256: all that [`super::super::signature`]
//! needs to judge our profile without the packet ever being held.

use std::collections::HashMap;

use aws_lc_rs::digest;

use super::super::NAMESPACE;
use super::super::tree::Node;
use crate::algorithm::Digest;
use crate::xml::canonical::Sink;
use crate::xml::push::{Canonical, Tag};
use crate::xml::signature::DSIG;

/// Longer signatures are not kept.
const SIGNATURE_BYTES: usize = 256 << 10;

/// The parts of a packet that went by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sealed {
    pub parts: Vec<SealedPart>,
    /// The canonical form of each signature in the header.
    pub signatures: Vec<Vec<u8>>,
    /// Every identifier in the packet, and how often.
    pub ids: HashMap<String, u32>,
    /// A part has no canonical form here, or a signature is too long.
    pub broken: bool,
}

/// The message header, the business, the body or the attachments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedPart {
    pub name: &'static str,
    /// All that could be meant as its identifier.
    pub ids: Vec<String>,
    pub sha256: Vec<u8>,
}

#[derive(Default)]
pub(super) struct Sealer {
    open: Option<Open>,
    pub sealed: Sealed,
}

enum Open {
    Part { canonical: Canonical<digest::Context>, name: &'static str, ids: Vec<String> },
    Signature(Canonical<Kept>),
}

/// The first bytes, and how many there were.
#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    size: usize,
}

impl Sink for Kept {
    fn put(&mut self, bytes: &[u8]) {
        self.size += bytes.len();
        if self.size <= SIGNATURE_BYTES {
            self.bytes.extend_from_slice(bytes);
        }
    }
}

impl Sealer {
    /// `above` are the elements around the one that begins. The number of bytes that are held from
    /// now on.
    pub fn start(&mut self, tag: Tag<'_>, above: &[Node]) -> usize {
        let ids = tag.identifiers();
        let held_bytes = ids.iter().map(String::len).sum();
        for id in &ids {
            *self.sealed.ids.entry(id.clone()).or_default() += 1;
        }
        if self.open.is_none() {
            self.open = match part(tag, above) {
                Some("Signature") => Some(Open::Signature(Canonical::new(Kept::default()))),
                // What has no identifier is covered by nothing here: not worth a digest.
                Some(name) if ids.is_empty() => {
                    self.sealed.parts.push(SealedPart { name, ids, sha256: Vec::new() });
                    None
                }
                Some(name) => {
                    let canonical = Canonical::new(Digest::Sha256.begin());
                    Some(Open::Part { canonical, name, ids })
                }
                None => None,
            };
        }
        match &mut self.open {
            Some(Open::Part { canonical, .. }) => canonical.start(tag),
            Some(Open::Signature(canonical)) => canonical.start(tag),
            None => {}
        }
        held_bytes
    }

    pub fn text(&mut self, text: &str) {
        match &mut self.open {
            Some(Open::Part { canonical, .. }) => canonical.text(text),
            Some(Open::Signature(canonical)) => canonical.text(text),
            None => {}
        }
    }

    pub fn end(&mut self) {
        let ended = match &mut self.open {
            Some(Open::Part { canonical, .. }) => canonical.end(),
            Some(Open::Signature(canonical)) => canonical.end(),
            None => false,
        };
        if !ended {
            return;
        }
        match self.open.take() {
            Some(Open::Part { canonical, name, ids }) => match canonical.finish() {
                Some(digest) => {
                    let sha256 = digest.finish().as_ref().to_vec();
                    self.sealed.parts.push(SealedPart { name, ids, sha256 });
                }
                None => self.sealed.broken = true,
            },
            Some(Open::Signature(canonical)) => match canonical.finish() {
                Some(kept) if kept.size <= SIGNATURE_BYTES => {
                    self.sealed.signatures.push(kept.bytes);
                }
                _ => self.sealed.broken = true,
            },
            None => {}
        }
    }
}

/// Which of the parts begins here.
fn part(tag: Tag<'_>, above: &[Node]) -> Option<&'static str> {
    let path: Vec<&str> = above.iter().map(|node| node.name.as_str()).collect();
    match (path.as_slice(), tag.name(), tag.namespace()) {
        ([_, "edXMLEnvelope", "edXMLHeader"], "MessageHeader", NAMESPACE) => Some("MessageHeader"),
        ([_, "edXMLEnvelope", "edXMLHeader"], "Signature", DSIG) => Some("Signature"),
        ([_, "edXMLEnvelope", "edXMLHeader", "TraceHeaderList"], "Bussiness", NAMESPACE) => {
            Some("Bussiness")
        }
        ([_, "edXMLEnvelope"], "edXMLBody", NAMESPACE) => Some("edXMLBody"),
        ([_] | [_, "edXMLEnvelope"], "AttachmentEncoded", NAMESPACE) => Some("AttachmentEncoded"),
        _ => None,
    }
}
