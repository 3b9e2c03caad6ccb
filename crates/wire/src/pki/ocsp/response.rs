//! The answer (RFC 6960 §4.2).

use jiff::Timestamp;

use super::request::read_version;
use super::{CertId, OcspFault, Refusal, Status, nonce, read_extensions};
use crate::algorithm::{AlgorithmFault, Digest, SignatureAlgorithm};
use crate::pki::certificate::{Certificate, Serial, Signed};
use crate::pki::crl::Reason;
use crate::pki::der::{DerFault, Element, Reader, tag};
use crate::pki::extension::{self, KeyUsage};
use crate::pki::name::Name;
use crate::pki::oids;

const BYTES_MAX: usize = 256 * 1024;
const ANSWERS_MAX: usize = 1000;
const CERTIFICATES_MAX: usize = 10;

/// A signed answer. Nothing in it is to be believed before [`Response::verify`].
#[derive(Debug, Clone)]
pub struct Response {
    /// The BasicOCSPResponse.
    basic: Vec<u8>,
    signed: Signed,
    pub responder: ResponderId,
    pub produced_at: Timestamp,
    pub answers: Vec<SingleResponse>,
    pub nonce: Option<Vec<u8>>,
    /// What the responder sent along; only of use when the issuer signed it.
    pub certificates: Vec<Certificate>,
}

/// How a responder says who it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResponderId {
    Name(Name),
    /// SHA-1 of the key.
    Key(Vec<u8>),
}

impl ResponderId {
    pub fn by_key(certificate: &Certificate) -> ResponderId {
        ResponderId::Key(Digest::Sha1.of(certificate.key_bits()))
    }

    fn means(&self, certificate: &Certificate) -> bool {
        match self {
            ResponderId::Name(name) => *name == certificate.subject,
            ResponderId::Key(hash) => *hash == Digest::Sha1.of(certificate.key_bits()),
        }
    }
}

/// What is said about one certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SingleResponse {
    pub id: CertId,
    pub status: Status,
    pub this_update: Timestamp,
    /// Without it, newer information is always at hand.
    pub next_update: Option<Timestamp>,
    /// Certificates that ended after this day are still known (RFC 6960 §4.4.4).
    pub archive_cutoff: Option<Timestamp>,
}

/// Who signed an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Responder {
    Issuer,
    /// Appointed by the issuer. Unless `is_no_check`, the appointment itself may be revoked.
    Delegated {
        certificate: Certificate,
        is_no_check: bool,
    },
}

impl Response {
    /// An OCSPResponse, as it comes over HTTP.
    ///
    /// # Errors
    /// [`OcspFault::Refused`] when the responder did not answer.
    pub fn read(der: &[u8]) -> Result<Response, OcspFault> {
        if der.len() > BYTES_MAX {
            return Err(OcspFault::TooLarge);
        }
        let mut outer = Reader::of_sequence(der)?;
        let status = outer.tagged(tag::ENUMERATED)?.small()?;
        let bytes = outer.optional_inside(0)?;
        outer.finish()?;
        match status {
            0 => {}
            1 => return Err(OcspFault::Refused(Refusal::MalformedRequest)),
            2 => return Err(OcspFault::Refused(Refusal::InternalError)),
            3 => return Err(OcspFault::Refused(Refusal::TryLater)),
            5 => return Err(OcspFault::Refused(Refusal::SignatureRequired)),
            6 => return Err(OcspFault::Refused(Refusal::Unauthorized)),
            _ => return Err(OcspFault::Kind),
        }
        let mut bytes = bytes.ok_or(DerFault::Truncated)?;
        let mut kind = bytes.sequence()?;
        bytes.finish()?;
        if kind.oid()? != oids::OCSP_BASIC {
            return Err(OcspFault::Kind);
        }
        let basic = kind.octets()?;
        kind.finish()?;
        Response::read_basic(basic)
    }

    /// A BasicOCSPResponse, as it stands in signatures (`revocation-values`, `/OCSPs` of CMS).
    pub fn read_basic(der: &[u8]) -> Result<Response, OcspFault> {
        if der.len() > BYTES_MAX {
            return Err(OcspFault::TooLarge);
        }
        let mut outer = Reader::of_sequence(der)?;
        let signed = Signed::read_fields(der, &mut outer)?;
        let certificates = read_certificates(&mut outer)?;
        outer.finish()?;
        let mut fields = Reader::of_sequence(signed.message(der))?;
        read_version(&mut fields)?;
        let responder = read_responder(fields.any()?)?;
        let produced_at = fields.tagged(tag::GENERALIZED_TIME)?.time()?;
        let mut answers = Vec::new();
        for answer in fields.sequence()? {
            answers.push(read_answer(answer?)?);
            if answers.len() > ANSWERS_MAX {
                return Err(OcspFault::TooLarge);
            }
        }
        let extensions = read_extensions(&mut fields, 1)?;
        fields.finish()?;
        let nonce = nonce(&extensions)?;
        let basic = der.to_vec();
        Ok(Response { basic, signed, responder, produced_at, answers, nonce, certificates })
    }

    /// The DER of the BasicOCSPResponse.
    pub fn basic_der(&self) -> &[u8] {
        &self.basic
    }

    pub fn signature_algorithm(&self) -> Option<SignatureAlgorithm> {
        self.signed.signature_algorithm
    }

    /// What is said about the certificate with this serial of this issuer.
    pub fn answer(&self, issuer: &Certificate, serial: &Serial) -> Option<&SingleResponse> {
        self.answers.iter().find(|answer| answer.id.means(issuer, serial))
    }

    /// Whether `issuer`, or somebody with a certificate for it that `issuer` signed directly, made
    /// this answer (RFC 6960 §4.2.2.2). `at` is when the appointment must have been valid.
    pub fn verify(&self, issuer: &Certificate, at: Timestamp) -> Result<Responder, OcspFault> {
        if self.responder.means(issuer) && self.is_by(issuer).is_ok() {
            return Ok(Responder::Issuer);
        }
        let mut fault = OcspFault::Responder;
        for certificate in &self.certificates {
            if !self.responder.means(certificate) || *certificate == *issuer {
                continue;
            }
            match self.check_delegate(certificate, issuer, at) {
                Ok(()) => {
                    let is_no_check = certificate.extensions.is_ocsp_no_check;
                    let certificate = certificate.clone();
                    return Ok(Responder::Delegated { certificate, is_no_check });
                }
                Err(found) => fault = found,
            }
        }
        if self.responder.means(issuer) && fault == OcspFault::Responder {
            self.is_by(issuer)?;
        }
        Err(fault)
    }

    fn check_delegate(
        &self,
        delegate: &Certificate,
        issuer: &Certificate,
        at: Timestamp,
    ) -> Result<(), OcspFault> {
        let purposes = delegate.extensions.extended_key_usage.as_ref();
        let is_appointed = purposes.is_some_and(|list| list.contains(&oids::OCSP_SIGNING))
            && delegate.allows(KeyUsage::DIGITAL_SIGNATURE)
            && delegate.extensions.unknown_critical.is_empty()
            && delegate.issuer == issuer.subject;
        if !is_appointed || delegate.is_signed_by(issuer).is_err() {
            return Err(OcspFault::Responder);
        }
        if !delegate.is_valid_at(at) {
            return Err(OcspFault::ResponderExpired);
        }
        Ok(self.is_by(delegate)?)
    }

    fn is_by(&self, signer: &Certificate) -> Result<(), AlgorithmFault> {
        self.signed.verify(&self.basic, signer.key.as_ref().map_err(|fault| *fault)?)
    }
}

fn read_certificates(outer: &mut Reader<'_>) -> Result<Vec<Certificate>, OcspFault> {
    let mut certificates = Vec::new();
    let Some(mut inside) = outer.optional_inside(0)? else { return Ok(certificates) };
    let list = inside.sequence()?;
    inside.finish()?;
    for element in list {
        // One that we cannot read is one that we cannot use: it decides nothing.
        certificates.extend(Certificate::read(element?.whole));
        if certificates.len() > CERTIFICATES_MAX {
            return Err(OcspFault::TooLarge);
        }
    }
    Ok(certificates)
}

fn read_responder(element: Element<'_>) -> Result<ResponderId, DerFault> {
    match element.tag {
        0xa1 => Ok(ResponderId::Name(Name::read(element.value)?)),
        0xa2 => {
            let mut inside = element.inside();
            let hash = inside.octets()?.to_vec();
            inside.finish()?;
            Ok(ResponderId::Key(hash))
        }
        _ => Err(DerFault::Choice),
    }
}

fn read_answer(element: Element<'_>) -> Result<SingleResponse, OcspFault> {
    let mut fields = element.expect_tag(tag::SEQUENCE)?.inside();
    let id = CertId::read(fields.any()?)?;
    let status = read_status(fields.any()?)?;
    let this_update = fields.tagged(tag::GENERALIZED_TIME)?.time()?;
    let next_update = match fields.optional_inside(0)? {
        Some(mut inside) => {
            let at = inside.tagged(tag::GENERALIZED_TIME)?.time()?;
            inside.finish()?;
            Some(at)
        }
        None => None,
    };
    let extensions = read_extensions(&mut fields, 1)?;
    fields.finish()?;
    let cutoff = extensions.iter().find(|found| found.kind == oids::OCSP_ARCHIVE_CUTOFF);
    let cutoff = cutoff.map(|found| extension::single(&found.value)?.0.time());
    let archive_cutoff = cutoff.transpose()?;
    Ok(SingleResponse { id, status, this_update, next_update, archive_cutoff })
}

fn read_status(element: Element<'_>) -> Result<Status, DerFault> {
    match element.tag {
        0x80 if element.value.is_empty() => Ok(Status::Good),
        0x82 if element.value.is_empty() => Ok(Status::Unknown),
        0xa1 => {
            let mut fields = element.inside();
            let at = fields.tagged(tag::GENERALIZED_TIME)?.time()?;
            let reason = match fields.optional_inside(0)? {
                Some(mut inside) => {
                    let reason = Reason::read(inside.any()?)?;
                    inside.finish()?;
                    reason
                }
                None => Reason::Unspecified,
            };
            fields.finish()?;
            Ok(Status::Revoked { at, reason })
        }
        _ => Err(DerFault::Choice),
    }
}
