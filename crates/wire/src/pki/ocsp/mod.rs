//! Questions and answers about one certificate's status (OCSP, RFC 6960; nonces by RFC 9654).

mod build;
mod request;
mod response;

pub use build::{ResponseProfile, error_response, prepare};
pub use request::Request;
pub use response::{Responder, ResponderId, Response, SingleResponse};

use jiff::Timestamp;

use crate::algorithm::{AlgorithmFault, Digest};

use super::certificate::{Certificate, Serial};
use super::crl::Reason;
use super::der::{DerFault, Element, Reader, tag, write};
use super::extension::{self, Extension};
use super::identifier::{self, Identifier};
use super::oids;

const NONCE_BYTES_MAX: usize = 128;

/// Why a question or an answer is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OcspFault {
    #[error("the message is not well formed: {0}")]
    Der(#[from] DerFault),
    #[error("the message is larger than allowed")]
    TooLarge,
    #[error("the digest in the certificate's identifier is not known")]
    Digest,
    #[error("the nonce is empty or longer than 128 bytes")]
    Nonce,
    #[error("the message holds something critical that is not understood")]
    UnknownCritical,
    #[error("the responder refused: {0:?}")]
    Refused(Refusal),
    #[error("the answer is of a kind that is not known")]
    Kind,
    #[error("the responder is neither the issuer nor somebody that the issuer appointed")]
    Responder,
    #[error("the responder's certificate is not valid at this time")]
    ResponderExpired,
    #[error("the signature of the answer is wrong: {0}")]
    Signature(#[from] AlgorithmFault),
}

/// What a responder says instead of an answer (RFC 6960 §4.2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    MalformedRequest = 1,
    InternalError = 2,
    TryLater = 3,
    SignatureRequired = 5,
    Unauthorized = 6,
}

/// Which certificate is asked about: hashes of its issuer's name and key, and its serial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertId {
    pub digest: Digest,
    pub issuer_name_hash: Vec<u8>,
    pub issuer_key_hash: Vec<u8>,
    pub serial: Serial,
    /// As it was asked: the answer repeats it to the byte.
    der: Vec<u8>,
}

impl CertId {
    /// SHA-1 is what everybody understands and protects nothing here; SHA-256 is for the strict.
    pub fn new(digest: Digest, issuer: &Certificate, serial: &Serial) -> CertId {
        let issuer_name_hash = digest.of(issuer.subject.der());
        let issuer_key_hash = digest.of(issuer.key_bits());
        let der = write::sequence(&[
            &identifier::write_digest(digest),
            &write::octets(&issuer_name_hash),
            &write::octets(&issuer_key_hash),
            &serial.write(),
        ]);
        CertId { digest, issuer_name_hash, issuer_key_hash, serial: serial.clone(), der }
    }

    fn read(element: Element<'_>) -> Result<CertId, OcspFault> {
        let mut fields = element.expect_tag(tag::SEQUENCE)?.inside();
        let digest = Identifier::read(&mut fields)?.digest().ok_or(OcspFault::Digest)?;
        let issuer_name_hash = fields.octets()?.to_vec();
        let issuer_key_hash = fields.octets()?.to_vec();
        let serial = Serial::of(fields.integer()?)?;
        fields.finish()?;
        let der = element.whole.to_vec();
        Ok(CertId { digest, issuer_name_hash, issuer_key_hash, serial, der })
    }

    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Whether it means the certificate with this serial of this issuer.
    pub fn means(&self, issuer: &Certificate, serial: &Serial) -> bool {
        self.serial == *serial && self.is_of(issuer)
    }

    /// Whether it means a certificate of this issuer.
    pub fn is_of(&self, issuer: &Certificate) -> bool {
        self.issuer_name_hash == self.digest.of(issuer.subject.der())
            && self.issuer_key_hash == self.digest.of(issuer.key_bits())
    }
}

/// What a responder knows (RFC 6960 §2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Good,
    Revoked {
        at: Timestamp,
        reason: Reason,
    },
    /// The responder does not know the certificate.
    Unknown,
}

/// The nonce among extensions, when there is one.
fn nonce(extensions: &[Extension]) -> Result<Option<Vec<u8>>, OcspFault> {
    let Some(found) = extensions.iter().find(|extension| extension.kind == oids::OCSP_NONCE) else {
        return Ok(None);
    };
    let nonce = extension::single(&found.value)?.0.expect_tag(tag::OCTET_STRING)?.value;
    let fits = (1..=NONCE_BYTES_MAX).contains(&nonce.len());
    if fits { Ok(Some(nonce.to_vec())) } else { Err(OcspFault::Nonce) }
}

/// Extensions in `[number]`; a critical one that is not the nonce is refused.
fn read_extensions(fields: &mut Reader<'_>, number: u8) -> Result<Vec<Extension>, OcspFault> {
    let Some(mut inside) = fields.optional_inside(number)? else { return Ok(Vec::new()) };
    let list = inside.sequence()?;
    inside.finish()?;
    let extensions = extension::read_list(list)?;
    let is_unknown =
        |extension: &&Extension| extension.is_critical && extension.kind != oids::OCSP_NONCE;
    match extensions.iter().find(is_unknown) {
        Some(_) => Err(OcspFault::UnknownCritical),
        None => Ok(extensions),
    }
}

fn write_nonce(number: u8, nonce: Option<&[u8]>) -> Vec<u8> {
    let Some(nonce) = nonce else { return Vec::new() };
    let extension =
        Extension { kind: oids::OCSP_NONCE, is_critical: false, value: write::octets(nonce) };
    write::explicit(number, &[&Extension::write_all(&[extension])])
}
