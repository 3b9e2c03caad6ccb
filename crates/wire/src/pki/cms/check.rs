//! Whether a signer signed a content with the key of a certificate (RFC 5652 §5.4, §5.6).

use jiff::Timestamp;

use super::{SignedData, Signer};
use crate::algorithm::{AlgorithmFault, Digest, EcdsaForm, SignatureAlgorithm};
use crate::pki::certificate::Certificate;
use crate::pki::der::{DerFault, Oid, Reader, tag};
use crate::pki::oids;

/// Why a signer's signature does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckFault {
    #[error("the content was not handed in and is not inside")]
    ContentMissing,
    #[error("the content is inside, and another was handed in")]
    ContentTwice,
    #[error("the signature is over the content itself, and only its digest was handed in")]
    ContentNeeded,
    #[error("a digest or signature algorithm is not known")]
    UnknownAlgorithm,
    #[error("the digest of the message and of the signature are not the same algorithm")]
    DigestDiffers,
    #[error("the digest of the message is not among those that the signed data announces")]
    DigestUnannounced,
    #[error("a signed attribute is missing or malformed")]
    Attributes,
    #[error("the content is not what was signed: its digest is another")]
    ContentChanged,
    #[error("the kind of content is not the one that was signed")]
    ContentType,
    #[error("the certificate is not the one that the signer names")]
    OtherCertificate,
    #[error("the certificate is not the one that was signed along")]
    SigningCertificate,
    #[error("the algorithms are not the ones that were signed along")]
    AlgorithmProtection,
    #[error("the content could also be the signed attributes of another signature")]
    Ambiguous,
    #[error("the signature is not of this key: {0}")]
    Signature(#[from] AlgorithmFault),
    #[error("the signature is not well formed: {0}")]
    Der(#[from] DerFault),
}

/// The content, as the caller has it.
#[derive(Debug, Clone, Copy)]
pub enum Original<'a> {
    /// It is inside the signed data.
    Inside,
    Bytes(&'a [u8]),
    /// Its digest by [`Signer::digest`], for those who have read it already.
    Digest(&'a [u8]),
}

/// What a checked signature covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covered {
    pub content_type: Oid,
    pub digest: Digest,
    /// Of the content.
    pub message_digest: Vec<u8>,
    pub algorithm: SignatureAlgorithm,
    pub signing_time: Option<Timestamp>,
    /// The certificate itself was signed along, so that none other with the same key can be put
    /// in its place. CAdES and PAdES ask for it.
    pub is_certificate_signed: bool,
    /// Kinds of all signed attributes.
    pub attributes: Vec<Oid>,
}

impl SignedData {
    /// Checks one signer against a content and a certificate; whether the certificate deserves
    /// trust is [`crate::pki::path`]'s.
    pub fn check(
        &self,
        signer: &Signer,
        original: Original<'_>,
        certificate: &Certificate,
    ) -> Result<Covered, CheckFault> {
        if !signer.id.means(certificate) {
            return Err(CheckFault::OtherCertificate);
        }
        let key = certificate.key.as_ref().map_err(|fault| *fault)?;
        let digest = signer.digest.ok_or(CheckFault::UnknownAlgorithm)?;
        let algorithm = signer.algorithm.ok_or(CheckFault::UnknownAlgorithm)?;
        if !self.layout.digests.contains(&digest) {
            return Err(CheckFault::DigestUnannounced);
        }
        if algorithm.digest().is_some_and(|signed_by| signed_by != digest) {
            return Err(CheckFault::DigestDiffers);
        }
        let content = match (original, self.content()) {
            (Original::Inside, Some(content)) => Original::Bytes(content),
            (Original::Inside, None) => return Err(CheckFault::ContentMissing),
            (_, Some(_)) => return Err(CheckFault::ContentTwice),
            (handed, None) => handed,
        };
        let message_digest = match content {
            Original::Bytes(bytes) => digest.of(bytes),
            Original::Digest(handed) => handed.to_vec(),
            Original::Inside => return Err(CheckFault::ContentMissing),
        };
        match (&signer.message, content) {
            (Some(message), _) => {
                self.check_attributes(signer, &message_digest)?;
                key.verify(algorithm, EcdsaForm::Asn1, message, &signer.signature)?;
            }
            (None, Original::Bytes(bytes)) => {
                check_bare(self.content_type, bytes)?;
                key.verify(algorithm, EcdsaForm::Asn1, bytes, &signer.signature)?;
            }
            (None, _) => return Err(CheckFault::ContentNeeded),
        }
        let hashes = signer.signing_certificates()?;
        if hashes.first().is_some_and(|first| !first.means(certificate)) {
            return Err(CheckFault::SigningCertificate);
        }
        Ok(Covered {
            content_type: self.content_type,
            digest,
            message_digest,
            algorithm,
            signing_time: signer.signing_time(),
            is_certificate_signed: !hashes.is_empty(),
            attributes: signer.signed.iter().map(|attribute| attribute.kind).collect(),
        })
    }

    fn check_attributes(&self, signer: &Signer, computed: &[u8]) -> Result<(), CheckFault> {
        if signer.message_digest().ok_or(CheckFault::Attributes)? != computed {
            return Err(CheckFault::ContentChanged);
        }
        if signer.content_type().ok_or(CheckFault::Attributes)? != self.content_type {
            return Err(CheckFault::ContentType);
        }
        match signer.signed_value(&oids::ALGORITHM_PROTECTION) {
            Some(value) => check_protection(value, signer),
            None => Ok(()),
        }
    }
}

/// CMSAlgorithmProtection (RFC 6211): digest and signature algorithm once more, signed.
fn check_protection(value: &[u8], signer: &Signer) -> Result<(), CheckFault> {
    let mut fields = Reader::of_sequence(value)?;
    let digest = fields.tagged(tag::SEQUENCE)?;
    let algorithm = fields.optional(tag::constructed(1))?;
    fields.finish()?;
    let algorithm = algorithm.ok_or(CheckFault::AlgorithmProtection)?;
    let is_same = is_same_identifier(algorithm.inside(), &signer.algorithm_der)?
        && is_same_identifier(digest.inside(), &signer.digest_der)?;
    if is_same { Ok(()) } else { Err(CheckFault::AlgorithmProtection) }
}

/// Absent parameters and NULL are the same (RFC 5754 §2).
fn is_same_identifier(mut said: Reader<'_>, used: &[u8]) -> Result<bool, DerFault> {
    let mut used = Reader::of_sequence(used)?;
    let parameters = |reader: Reader<'_>| -> Vec<Vec<u8>> {
        let all = reader.filter_map(Result::ok).map(|element| element.whole.to_vec());
        all.filter(|whole| *whole != [tag::NULL, 0]).collect()
    };
    Ok(said.oid()? == used.oid()? && parameters(said) == parameters(used))
}

/// Without signed attributes: only for plain data, and never over what may be the attributes of
/// another signature, whose content would then seem to have been signed.
fn check_bare(content_type: Oid, content: &[u8]) -> Result<(), CheckFault> {
    if content_type != oids::DATA {
        return Err(CheckFault::Attributes);
    }
    if content.first() == Some(&tag::SET) {
        return Err(CheckFault::Ambiguous);
    }
    Ok(())
}
