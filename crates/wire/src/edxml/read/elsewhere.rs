//! Attachments that some programs put into an element of their own, `edXMLAttachments`, where no
//! kit looks: in the envelope, in the body or beside them. There each `AttachmentData` is a file,
//! either with the children of an `Attachment` or with nothing in it but the base64, called what
//! the manifest calls it.
//!
//! What is neither is not understood: it is no attachment, and remarked upon.

use super::super::base64::is_letter;
use super::super::tree::Node;
use super::fields::Fields;
use crate::xml::scan::is_space;

pub(super) const LIST: &str = "edXMLAttachments";
pub(super) const DATA: &str = "AttachmentData";
pub(super) const PATH: &str = "edXMLAttachments/AttachmentData";
/// So many letters of base64 are content and no word.
const PROBE_BYTES: usize = 64;

/// What the element in which a file may stand has shown itself to be.
#[derive(Debug)]
pub(super) enum Data {
    /// The letters so far, without white space.
    Unknown(String),
    /// Nothing but base64, which is handed on as it comes.
    Content,
    /// With children, one of which may be the content.
    Children,
    /// Something else.
    Lost,
}

impl Default for Data {
    fn default() -> Data {
        Data::Unknown(String::new())
    }
}

impl Data {
    /// What there is to decode of this text, if anything.
    pub fn push<'t>(&mut self, text: &'t str) -> Option<std::borrow::Cow<'t, str>> {
        match self {
            Data::Unknown(letters) => {
                letters.extend(text.chars().filter(|letter| !is_blank(*letter)));
                if letters.len() < PROBE_BYTES {
                    return None;
                }
                let is_content = letters.bytes().take(PROBE_BYTES).all(is_letter);
                let letters = std::mem::take(letters);
                *self = if is_content { Data::Content } else { Data::Lost };
                is_content.then_some(letters.into())
            }
            Data::Content => Some(text.into()),
            Data::Children | Data::Lost => None,
        }
    }

    /// An element begins in it.
    pub fn child(&mut self) {
        if let Data::Unknown(letters) = self {
            *self = if letters.is_empty() { Data::Children } else { Data::Lost };
        }
    }

    /// The few letters of a small file, when that is what they are.
    pub fn small(&mut self) -> Option<String> {
        let Data::Unknown(letters) = self else { return None };
        let (stem, padding) = letters.split_at(letters.trim_end_matches('=').len());
        let is_content = !matches!(stem, "" | "null")
            && padding.len() <= 2
            && !stem.contains('=')
            && letters.len().is_multiple_of(4)
            && letters.bytes().all(is_letter);
        is_content.then(|| std::mem::take(letters))
    }
}

fn is_blank(letter: char) -> bool {
    u8::try_from(letter).is_ok_and(is_space)
}

/// `AttachmentData`, or an `Attachment`, in the element of its own.
pub(super) fn is_here(above: &[Node], node: &Node) -> bool {
    let is_list = |list: &Node| list.is(LIST);
    (node.is(DATA) || node.is("Attachment"))
        && match above {
            [_, list] => is_list(list),
            [_, envelope, list] => envelope.is("edXMLEnvelope") && is_list(list),
            [_, envelope, body, list] => {
                envelope.is("edXMLEnvelope") && body.is("edXMLBody") && is_list(list)
            }
            _ => false,
        }
}

/// What the manifest says of the attachment of this place in the packet, as the attachment would
/// say it itself. The manifest comes first, or is not asked.
pub(super) fn named(open: &[Node], index: usize) -> Vec<Node> {
    let paths =
        ["edXMLEnvelope/edXMLBody/edXMLManifest", "edXMLBody/edXMLManifest", "edXMLManifest"];
    let manifest = open.iter().find_map(|node| paths.iter().find_map(|path| node.at(path)));
    let Some(line) = manifest.and_then(|manifest| manifest.all("Reference").nth(index)) else {
        return Vec::new();
    };
    let names = ["ContentId", "AttachmentName", "Description", "ContentType"];
    let mut said: Vec<Node> = names
        .iter()
        .filter_map(|name| line.all(name).next())
        .map(|child| Node { text: child.text.clone(), ..Node::named(&child.name, child.place) })
        .collect();
    if let (false, Some(href)) = (said.iter().any(|node| node.is("ContentId")), &line.href) {
        said.push(Node { text: href.clone(), ..Node::named("ContentId", line.place) });
    }
    said
}

/// What is left there was not understood.
pub(super) fn misunderstood(around: &mut Fields<'_, '_>) {
    for list in around.all(LIST) {
        around.inside(Some(list), LIST).end();
    }
}
