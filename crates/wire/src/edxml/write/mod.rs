//! A packet and its attachments → bytes, piece by piece.
//!
//! Exactly the prefixes, the order and the layout of the official kit: there are receivers that
//! refuse what XML calls equal. What nobody should have to receive is not written.

mod layout;

pub(super) use layout::Out;

use std::collections::{HashSet, VecDeque};

use super::base64::Encoder;
use super::packet::Packet;
use super::remark::Remark;
use super::{NAMESPACE, content_key, rules};
use crate::xml::scan;

/// An attachment to be written; its bytes come afterwards.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewAttachment {
    /// With `cid:` before it, as the kit writes it.
    pub content_id: String,
    pub attachment_name: String,
    pub description: String,
    pub content_type: String,
}

/// Why a packet is not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WriteFault {
    #[error("{}: {}", .0.field, .0.kind)]
    Field(Remark),
    #[error("an attachment has no content identifier or no name, or one that another has, too")]
    Attachment,
    #[error("a status has no attachments")]
    StatusWithAttachments,
    #[error("the content of an attachment was not handed in, or of one too many")]
    Count,
    #[error("an attachment or its name is larger than its archive can hold")]
    TooLarge,
}

/// Writes one packet: [`Writer::begin`], for each attachment [`Writer::attachment`] and
/// [`Writer::push`], [`Writer::finish`]. [`Writer::take`] hands over what is written so far.
#[derive(Debug)]
pub struct Writer {
    out: Out,
    encoder: Encoder,
    attachments: VecDeque<NewAttachment>,
    has_attachments: bool,
    open: bool,
}

impl Writer {
    /// # Errors
    /// [`WriteFault`]: the first rule that the packet breaks.
    pub fn begin(packet: &Packet, attachments: &[NewAttachment]) -> Result<Writer, WriteFault> {
        if let Some(finding) = rules::findings(packet).into_iter().next() {
            return Err(WriteFault::Field(finding));
        }
        if matches!(packet, Packet::Status(_)) && !attachments.is_empty() {
            return Err(WriteFault::StatusWithAttachments);
        }
        check(attachments)?;
        let mut out = Out::default();
        out.text.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.line(&format!("<edXML xmlns=\"{NAMESPACE}\">"), 1);
        out.line(&format!("<edXML:edXMLEnvelope xmlns:edXML=\"{NAMESPACE}\">"), 1);
        out.open("edXMLHeader");
        match packet {
            Packet::Document(document) => out.document(document),
            Packet::Status(status) => out.status(status),
        }
        out.close("edXMLHeader");
        if !attachments.is_empty() {
            out.manifest(attachments);
        }
        out.close("edXMLEnvelope");
        let has_attachments = !attachments.is_empty();
        if has_attachments {
            out.line("<AttachmentEncoded>", 1);
        }
        Ok(Writer {
            out,
            encoder: Encoder::default(),
            attachments: attachments.iter().cloned().collect(),
            has_attachments,
            open: false,
        })
    }

    /// Goes on behind what was written before the attachments, see [`outline`].
    pub(super) fn resume(text: String, attachments: &[NewAttachment]) -> Writer {
        let has_attachments = !attachments.is_empty();
        Writer {
            out: Out::resume(text, 1 + usize::from(has_attachments)),
            encoder: Encoder::default(),
            attachments: attachments.iter().cloned().collect(),
            has_attachments,
            open: false,
        }
    }

    /// Goes on to the next attachment, in the order they were announced.
    ///
    /// # Errors
    /// [`WriteFault::Count`] when there is none.
    pub fn attachment(&mut self) -> Result<(), WriteFault> {
        self.close();
        let one = self.attachments.pop_front().ok_or(WriteFault::Count)?;
        let out = &mut self.out;
        out.line("<Attachment>", 1);
        out.plain("ContentId", &one.content_id);
        out.plain("AttachmentName", &one.attachment_name);
        out.plain("Description", &one.description);
        out.plain("ContentType", &one.content_type);
        out.indent();
        out.text.push_str(&format!("<edXML:ContentTransferEncoded xmlns:edXML=\"{NAMESPACE}\">"));
        self.open = true;
        Ok(())
    }

    /// Bytes of the attachment, in the form in which it travels ([`super::wrap`]).
    ///
    /// # Errors
    /// [`WriteFault::Count`] when no attachment was begun.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), WriteFault> {
        if !self.open {
            return Err(WriteFault::Count);
        }
        self.encoder.push(bytes, &mut self.out.text);
        Ok(())
    }

    /// What has been written since the last time.
    pub fn take(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.out.text).into_bytes()
    }

    /// The rest.
    ///
    /// # Errors
    /// [`WriteFault::Count`] when the content of an attachment is missing.
    pub fn finish(mut self) -> Result<Vec<u8>, WriteFault> {
        self.close();
        if !self.attachments.is_empty() {
            return Err(WriteFault::Count);
        }
        if self.has_attachments {
            self.out.end("</AttachmentEncoded>");
        }
        self.out.end("</edXML>");
        Ok(self.out.text.into_bytes())
    }

    fn close(&mut self) {
        if std::mem::take(&mut self.open) {
            self.encoder.finish(&mut self.out.text);
            self.out.text.push_str("</edXML:ContentTransferEncoded>\n");
            self.out.end("</Attachment>");
        }
    }
}

/// A packet whose list of attachments is empty though the manifest names them, and how many bytes
/// of it stand behind them.
///
/// # Errors
/// [`WriteFault`]
pub(super) fn outline(
    packet: &Packet,
    attachments: &[NewAttachment],
) -> Result<(Vec<u8>, usize), WriteFault> {
    let mut writer = Writer::begin(packet, attachments)?;
    writer.attachments.clear();
    let head_bytes = writer.out.text.len();
    let text = writer.finish()?;
    let tail_bytes = text.len() - head_bytes;
    Ok((text, tail_bytes))
}

/// A whole packet whose attachments are held.
///
/// # Errors
/// [`WriteFault`]
pub fn write(
    packet: &Packet,
    attachments: &[(NewAttachment, &[u8])],
) -> Result<Vec<u8>, WriteFault> {
    let heads: Vec<NewAttachment> = attachments.iter().map(|(head, _)| head.clone()).collect();
    let mut writer = Writer::begin(packet, &heads)?;
    for (_, bytes) in attachments {
        writer.attachment()?;
        writer.push(bytes)?;
    }
    writer.finish()
}

fn check(attachments: &[NewAttachment]) -> Result<(), WriteFault> {
    let mut seen = HashSet::new();
    for one in attachments {
        let texts = [&one.content_id, &one.attachment_name, &one.description, &one.content_type];
        let printable = texts.iter().all(|text| scan::forbidden(text).is_none());
        let key = content_key(&one.content_id);
        let named = !key.is_empty() && !one.attachment_name.is_empty();
        let short = one.attachment_name.chars().count() <= 500;
        if !(printable && named && short && seen.insert(key)) {
            return Err(WriteFault::Attachment);
        }
    }
    Ok(())
}
