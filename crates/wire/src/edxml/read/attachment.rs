//! Attachments: what they are called, how large they are, what they really are.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use aws_lc_rs::digest;

use super::super::base64::Decoder;
use super::super::remark::{Remark, RemarkKind};
use super::super::sniff::{Sniffer, is_archive_name};
use super::super::tree::{Node, Whose};
use super::super::unwrap::{self, NotOne, Unwrapper};
use super::{Reason, elsewhere};
use crate::algorithm::Digest;
use crate::xml::push::Place;

/// An attachment that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// From 1, in the order of the packet.
    pub number: usize,
    /// Where it stands: `AttachmentEncoded/Attachment`, or in an element of its own.
    pub path: &'static str,
    pub place: Place,
    pub content_id: String,
    /// As it was written: never a path to write to, see [`Attachment::file_name`].
    pub attachment_name: String,
    pub description: String,
    /// What the packet says it is.
    pub content_type: String,
    pub field_name: String,
    pub mime_type: String,
    /// What travelled.
    pub packed: Content,
    /// What was in the archive around it, when there was one that the sender's kit had put there.
    pub unwrapped: Option<Unwrapped>,
    /// Why an archive was not opened though it should have been.
    pub not_opened: Option<NotOne>,
}

/// The one entry of the archive around an attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unwrapped {
    pub entry_name: String,
    pub content: Content,
}

/// Bytes, measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    pub size_bytes: u64,
    pub sha256: Vec<u8>,
    /// The media type by the bytes.
    pub media_type: &'static str,
}

impl Attachment {
    /// What a person opens.
    pub fn content(&self) -> &Content {
        self.unwrapped.as_ref().map_or(&self.packed, |inside| &inside.content)
    }

    /// A name that can be given to a file: no path, nothing invisible, not too long.
    pub fn file_name(&self) -> String {
        const LENGTH_MAX: usize = 150;
        let name = self.attachment_name.rsplit(['/', '\\']).next().unwrap_or_default();
        let plain = |it: &char| !it.is_control() && !"<>:\"|?*\u{202e}".contains(*it);
        let name: String = name.chars().filter(plain).collect();
        let name = name.trim_matches([' ', '.']);
        let (stem, ending) = match name.rsplit_once('.').filter(|(_, end)| end.len() <= 10) {
            Some((stem, ending)) => (stem, format!(".{ending}")),
            None => (name, String::new()),
        };
        let stem: String = stem.chars().take(LENGTH_MAX).collect();
        match stem.is_empty() {
            true => format!("{}{ending}", self.number),
            false => format!("{}{ending}", stem.trim_end()),
        }
    }

    pub(super) fn field(&self) -> String {
        format!("{}[{}]", self.path, self.number)
    }

    pub(super) fn remark(&self, remarks: &mut Vec<Remark>) {
        let mut say = |kind| {
            remarks.push(Remark { field: self.field(), place: Some(self.place), kind });
        };
        if self.attachment_name.is_empty() {
            say(RemarkKind::Missing);
        }
        if let Some(reason) = self.not_opened {
            say(RemarkKind::NotOpened { reason });
        }
        let found = self.content().media_type;
        let declared = self.content_type.trim().to_ascii_lowercase();
        let same = declared == self.packed.media_type || declared == found;
        if !(declared.is_empty() || same || is_short_for(&declared, found)) {
            say(RemarkKind::OtherType { declared: self.content_type.clone(), found });
        }
    }
}

/// The kit writes `application/docx` and the like; plain text has many names.
fn is_short_for(declared: &str, found: &str) -> bool {
    let short = declared.rsplit('/').next().unwrap_or_default();
    match short {
        "octet-stream" => true,
        "doc" | "xls" | "ppt" | "msword" | "vnd.ms-excel" | "vnd.ms-powerpoint" => {
            found == "application/x-ole-storage"
        }
        "docx" => found.ends_with("wordprocessingml.document"),
        "xlsx" => found.ends_with("spreadsheetml.sheet"),
        "pptx" => found.ends_with("presentationml.presentation"),
        "x-zip-compressed" => found == "application/zip",
        "jpg" => found == "image/jpeg",
        "xml" => found == "application/xml",
        _ => declared.starts_with("text/") && found == "text/plain",
    }
}

/// Measures bytes as they go by.
struct Meter {
    size_bytes: u64,
    digest: digest::Context,
    sniffer: Sniffer,
}

impl Meter {
    fn new() -> Meter {
        Meter { size_bytes: 0, digest: Digest::Sha256.begin(), sniffer: Sniffer::default() }
    }

    fn push(&mut self, bytes: &[u8]) {
        self.size_bytes += bytes.len() as u64;
        self.digest.update(bytes);
        self.sniffer.push(bytes);
    }

    fn finish(self) -> Content {
        Content {
            size_bytes: self.size_bytes,
            sha256: self.digest.finish().as_ref().to_vec(),
            media_type: self.sniffer.media_type(),
        }
    }
}

/// The content of an attachment while it comes.
pub(super) struct Arriving {
    decoder: Decoder,
    packed: Meter,
    unwrapper: Unwrapper,
    inside: Meter,
}

impl Arriving {
    pub fn new(limits: unwrap::Limits) -> Arriving {
        Arriving {
            decoder: Decoder::default(),
            packed: Meter::new(),
            unwrapper: Unwrapper::new(limits),
            inside: Meter::new(),
        }
    }

    /// True when this completed bytes.
    pub fn push(&mut self, text: &str) -> Result<bool, Reason> {
        let bytes = self.decoder.push(text.as_bytes()).map_err(|_| Reason::Base64)?;
        self.packed.push(bytes);
        let inside = &mut self.inside;
        self.unwrapper.push(bytes, &mut |piece| inside.push(piece));
        Ok(!bytes.is_empty())
    }

    pub fn bytes(&self) -> &[u8] {
        self.decoder.bytes()
    }

    pub fn is_whole(&self) -> bool {
        self.decoder.is_whole()
    }
}

/// The attachment with the content that came.
pub(super) fn conclude(
    (node, number): (&Node, usize),
    is_elsewhere: bool,
    arrived: Arriving,
) -> Result<Attachment, Reason> {
    let mut texts: HashMap<&str, &str> = HashMap::new();
    for child in node.children.iter().filter(|child| child.whose == Whose::Packet) {
        match texts.entry(child.name.as_str()) {
            Slot::Occupied(_) => return Err(Reason::Repeated { element: child.name.clone() }),
            Slot::Vacant(slot) => drop(slot.insert(child.trimmed())),
        }
    }
    let mut take = |name: &str| texts.remove(name).unwrap_or_default().to_owned();
    let attachment_name = take("AttachmentName");
    let mut unwrapped = None;
    let mut not_opened = None;
    if !is_archive_name(&attachment_name) {
        match arrived.unwrapper.finish() {
            Ok(entry) => {
                let content = arrived.inside.finish();
                unwrapped = Some(Unwrapped { entry_name: entry.name, content });
            }
            Err(NotOne::NotZip) => {}
            Err(reason) => not_opened = Some(reason),
        }
    }
    Ok(Attachment {
        number,
        path: if is_elsewhere { elsewhere::PATH } else { "AttachmentEncoded/Attachment" },
        place: node.place,
        content_id: take("ContentId"),
        attachment_name,
        description: take("Description"),
        content_type: take("ContentType"),
        field_name: take("FieldName"),
        mime_type: take("MimeType"),
        packed: arrived.packed.finish(),
        unwrapped,
        not_opened,
    })
}
