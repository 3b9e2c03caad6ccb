//! Making signed data: CAdES-B, and the signature of PAdES.

use jiff::Timestamp;

use super::CmsFault;
use super::attribute::{Attribute, write_hash};
use crate::algorithm::{Digest, SignatureAlgorithm};
use crate::pki::certificate::Certificate;
use crate::pki::der::{Oid, tag, write};
use crate::pki::identifier;
use crate::pki::oids;
use crate::pki::prepared::{Layer, Prepared};

/// What is to be signed.
#[derive(Debug, Clone, Copy)]
pub enum Content<'a> {
    /// It goes inside.
    Attached(&'a [u8]),
    /// It stays outside; only its digest, by the profile's algorithm, is needed.
    Detached { digest: &'a [u8] },
}

/// All that a signature will say.
#[derive(Debug, Clone, Copy)]
pub struct SignatureProfile<'a> {
    pub content: Content<'a>,
    /// SHA-256 or stronger; for RSA and ECDSA the one of the signature algorithm.
    pub digest: Digest,
    /// The signer's; it is signed along.
    pub certificate: &'a Certificate,
    /// Others that help to find an anchor.
    pub chain: &'a [Certificate],
    /// The signer's claim. PAdES has it in the document instead: `None`.
    pub signing_time: Option<Timestamp>,
}

/// CAdES-B: content-type, message-digest, signing-certificate-v2, algorithm protection, and the
/// signing time when there is one.
pub fn prepare(
    profile: &SignatureProfile<'_>,
    algorithm: SignatureAlgorithm,
) -> Result<Prepared, CmsFault> {
    let form = Form { content_type: oids::DATA, is_protected: true, with_certificates: true };
    prepare_form(profile, &form, algorithm)
}

/// What time stamps do differently.
pub(in crate::pki) struct Form {
    pub content_type: Oid,
    pub is_protected: bool,
    pub with_certificates: bool,
}

pub(in crate::pki) fn prepare_form(
    profile: &SignatureProfile<'_>,
    form: &Form,
    algorithm: SignatureAlgorithm,
) -> Result<Prepared, CmsFault> {
    let algorithm_der = identifier::write_signature(algorithm)?;
    let is_other = algorithm.digest().is_some_and(|digest| digest != profile.digest);
    if is_other || !profile.digest.is_strong() {
        return Err(crate::algorithm::AlgorithmFault::Unfitting.into());
    }
    let digest_der = identifier::write_digest(profile.digest);
    let attributes = signed_attributes(profile, form, &digest_der, &algorithm_der)?;
    let message = write::set_of(tag::SET, attributes);
    let mut signed = message.clone();
    signed.splice(..1, [tag::constructed(0)]);
    let named =
        write::sequence(&[profile.certificate.issuer.der(), &profile.certificate.serial.write()]);
    let signer = [write::small(1), named, digest_der.clone(), signed, algorithm_der].concat();
    let before = before_signers(profile, form, &digest_der);
    let layers = vec![
        Layer { tag: tag::SEQUENCE, before: signer, after: Vec::new() },
        Layer::around(tag::SET),
        Layer { tag: tag::SEQUENCE, before, after: Vec::new() },
        Layer::around(tag::constructed(0)),
        Layer { tag: tag::SEQUENCE, before: write::oid(&oids::SIGNED_DATA), after: Vec::new() },
    ];
    Ok(Prepared::new(message, algorithm, tag::OCTET_STRING, layers))
}

fn signed_attributes(
    profile: &SignatureProfile<'_>,
    form: &Form,
    digest_der: &[u8],
    algorithm_der: &[u8],
) -> Result<Vec<Vec<u8>>, CmsFault> {
    let message_digest = match profile.content {
        Content::Attached(bytes) => profile.digest.of(bytes),
        Content::Detached { digest } if digest.len() == profile.digest.size_bytes() => {
            digest.to_vec()
        }
        Content::Detached { .. } => return Err(CmsFault::DigestLength),
    };
    let hash = write_hash(profile.certificate, profile.digest);
    let mut attributes = vec![
        Attribute::new(oids::CONTENT_TYPE, write::oid(&form.content_type)),
        Attribute::new(oids::MESSAGE_DIGEST, write::octets(&message_digest)),
        Attribute::new(oids::SIGNING_CERTIFICATE_V2, hash),
    ];
    if let Some(at) = profile.signing_time {
        attributes.push(Attribute::new(oids::SIGNING_TIME, write::time(at)));
    }
    if form.is_protected {
        let mut algorithm = algorithm_der.to_vec();
        algorithm.splice(..1, [tag::constructed(1)]);
        let value = write::sequence(&[digest_der, &algorithm]);
        attributes.push(Attribute::new(oids::ALGORITHM_PROTECTION, value));
    }
    Ok(attributes.iter().map(Attribute::write).collect())
}

/// Version, digests, content and certificates.
fn before_signers(profile: &SignatureProfile<'_>, form: &Form, digest_der: &[u8]) -> Vec<u8> {
    let content = match profile.content {
        Content::Attached(bytes) => write::explicit(0, &[&write::octets(bytes)]),
        Content::Detached { .. } => Vec::new(),
    };
    let version = if form.content_type == oids::DATA { 1 } else { 3 };
    let certificates = if form.with_certificates {
        let all = std::iter::once(profile.certificate).chain(profile.chain);
        let mut all: Vec<Vec<u8>> = all.map(|certificate| certificate.der().to_vec()).collect();
        all.sort_unstable();
        all.dedup();
        write::set_of(tag::constructed(0), all)
    } else {
        Vec::new()
    };
    [
        write::small(version),
        write::tlv(tag::SET, &[digest_der]),
        write::sequence(&[&write::oid(&form.content_type), &content]),
        certificates,
    ]
    .concat()
}
