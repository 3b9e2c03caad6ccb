//! Our signature of a packet of any size, none of which is held. The signature stands before the
//! attachments and covers them, so they go by twice: first to be digested, then to be written.
//!
//! [`Signing::begin`]; what [`Signing::rehearse`] writes with the attachments is heard by a
//! [`Rehearsal`]; whoever holds the key signs what [`Signing::prepare`] makes of it; what
//! [`Prepared::finish`] writes with the same attachments is the packet. Held packets are signed by
//! [`super::signature::prepare`]; the two write the same bytes.

use super::read::{Fault, Limits, Reader};
use super::signature::{ATTACHMENTS, prepare_outline};
use super::write::{NewAttachment, WriteFault, Writer};
use super::{Packet, write};
use crate::algorithm::PublicKey;
use crate::xml::sign::{self, SignFault};

/// Stands for the digest that is not known before the rehearsal.
const UNKNOWN: [u8; 32] = [0; 32];

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SigningFault {
    #[error(transparent)]
    Write(#[from] WriteFault),
    #[error(transparent)]
    Sign(#[from] SignFault),
    #[error("what was written is no packet: {0}")]
    Read(#[from] Fault),
    #[error("the attachments were not heard")]
    Unheard,
}

/// A packet without the content of its attachments.
#[derive(Debug)]
pub struct Signing {
    outline: Outline,
    attachments: Vec<NewAttachment>,
    key: PublicKey,
    certificates: Vec<Vec<u8>>,
}

/// All that stands before the attachments, and behind them.
#[derive(Debug)]
struct Outline {
    text: Vec<u8>,
    tail_bytes: usize,
}

/// Lacks only the signature value, and the attachments once more.
#[derive(Debug)]
pub struct Prepared {
    inner: sign::Prepared,
    tail_bytes: usize,
    attachments: Vec<NewAttachment>,
}

/// Hears a packet as it would be sent.
pub struct Rehearsal(Reader);

impl Signing {
    /// `certificates` are those of the signer, their own first.
    ///
    /// # Errors
    /// [`SigningFault`]
    pub fn begin(
        packet: &Packet,
        attachments: &[NewAttachment],
        key: &PublicKey,
        certificates: Vec<Vec<u8>>,
    ) -> Result<Signing, SigningFault> {
        let (text, tail_bytes) = write::outline(packet, attachments)?;
        Ok(Signing {
            outline: Outline { text, tail_bytes },
            attachments: attachments.to_vec(),
            key: key.clone(),
            certificates,
        })
    }

    /// Writes the packet with a signature that is not one yet: for a [`Rehearsal`].
    ///
    /// # Errors
    /// [`SigningFault`]
    pub fn rehearse(&self) -> Result<Writer, SigningFault> {
        let text = self.sealed_over(&UNKNOWN)?.without_value();
        writer((text, self.outline.tail_bytes), &self.attachments)
    }

    /// # Errors
    /// [`SigningFault::Read`] when the rehearsal did not hear a whole packet.
    pub fn prepare(self, heard: Rehearsal) -> Result<Prepared, SigningFault> {
        let sealed = heard.0.finish()?.sealed;
        if sealed.broken {
            return Err(SigningFault::Unheard);
        }
        let part = sealed.parts.iter().find(|part| part.name == ATTACHMENTS);
        let inner = match part {
            Some(part) => self.sealed_over(&part.sha256)?,
            None if self.attachments.is_empty() => self.sealed_over(&UNKNOWN)?,
            None => return Err(SigningFault::Unheard),
        };
        let (tail_bytes, attachments) = (self.outline.tail_bytes, self.attachments);
        Ok(Prepared { inner, tail_bytes, attachments })
    }

    fn sealed_over(&self, attachments: &[u8]) -> Result<sign::Prepared, SignFault> {
        prepare_outline(&self.outline.text, (&self.key, &self.certificates), attachments)
    }
}

impl Prepared {
    /// The exact message to hash and sign.
    pub fn to_be_signed(&self) -> &[u8] {
        self.inner.to_be_signed()
    }

    /// Writes the signed packet, around the same attachments.
    ///
    /// # Errors
    /// [`SigningFault::Sign`] when the signature is not of the key's kind and size.
    pub fn finish(self, signature: &[u8]) -> Result<Writer, SigningFault> {
        let text = self.inner.finish(signature)?;
        writer((text, self.tail_bytes), &self.attachments)
    }
}

/// Goes on behind the head of an outline.
fn writer(
    (mut text, tail_bytes): (Vec<u8>, usize),
    attachments: &[NewAttachment],
) -> Result<Writer, SigningFault> {
    text.truncate(text.len().saturating_sub(tail_bytes));
    let text = String::from_utf8(text).map_err(|_| SignFault::Place)?;
    Ok(Writer::resume(text, attachments))
}

impl Rehearsal {
    /// Larger packets than this are not signed.
    pub fn new(size_bytes: usize) -> Rehearsal {
        Rehearsal(Reader::new(Limits { size_bytes, ..Limits::default() }))
    }

    /// # Errors
    /// [`SigningFault::Read`]
    pub fn push(&mut self, mut bytes: &[u8]) -> Result<(), SigningFault> {
        while self.0.next(&mut bytes)?.is_some() {}
        Ok(())
    }
}
