//! What a signature of a packet may cover, digested while the packet goes by.
//!
//! Each part in the exclusive canonical form with SHA-256: all that [`super::super::signature`]
//! needs to judge our profile without the packet ever being held.

use std::collections::HashMap;

use aws_lc_rs::digest;

use super::super::NAMESPACE;
use super::super::tree::Node;
use super::elsewhere::LIST;
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
    open: Option<Canonical<Kept>>,
    pub sealed: Sealed,
}

/// What is kept of an element that goes by.
enum Kept {
    Part {
        digest: digest::Context,
        name: &'static str,
        ids: Vec<String>,
    },
    /// The first bytes, and how many there were.
    Signature {
        bytes: Vec<u8>,
        size: usize,
    },
}

impl Sink for Kept {
    fn put(&mut self, more: &[u8]) {
        match self {
            Kept::Part { digest, .. } => digest.put(more),
            Kept::Signature { bytes, size } => {
                *size += more.len();
                if *size <= SIGNATURE_BYTES {
                    bytes.extend_from_slice(more);
                }
            }
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
            let kept = match part(tag, above) {
                Some("Signature") => Some(Kept::Signature { bytes: Vec::new(), size: 0 }),
                // What has no identifier is covered by nothing here: not worth a digest.
                Some(name) if ids.is_empty() => {
                    self.sealed.parts.push(SealedPart { name, ids, sha256: Vec::new() });
                    None
                }
                Some(name) => Some(Kept::Part { digest: Digest::Sha256.begin(), name, ids }),
                None => None,
            };
            self.open = kept.map(Canonical::new);
        }
        if let Some(open) = &mut self.open {
            open.start(tag);
        }
        held_bytes
    }

    pub fn text(&mut self, text: &str) {
        if let Some(open) = &mut self.open {
            open.text(text);
        }
    }

    pub fn end(&mut self) {
        let Some(ended) = self.open.take_if(Canonical::end) else { return };
        match ended.finish() {
            Some(Kept::Part { digest, name, ids }) => {
                let sha256 = digest.finish().as_ref().to_vec();
                self.sealed.parts.push(SealedPart { name, ids, sha256 });
            }
            Some(Kept::Signature { bytes, size }) if size <= SIGNATURE_BYTES => {
                self.sealed.signatures.push(bytes);
            }
            _ => self.sealed.broken = true,
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
        ([_] | [_, "edXMLEnvelope"], LIST, NAMESPACE) => Some(LIST),
        _ => None,
    }
}
