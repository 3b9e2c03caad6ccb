//! X.509 certificates (RFC 5280 §4), read.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use jiff::Timestamp;

use crate::algorithm::{AlgorithmFault, Digest, EcdsaForm, PublicKey, SignatureAlgorithm};

use super::der::{DerFault, Oid, Reader, tag, write};
use super::extension::{Extensions, KeyUsage};
use super::identifier::{self, Identifier};
use super::name::Name;
use super::pem::{self, PemFault};

const BYTES_MAX: usize = 256 * 1024;
/// RFC 5280 allows 20; a little more is met with and harmless.
const SERIAL_BYTES_MAX: usize = 64;

/// Why bytes are not a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateFault {
    #[error("the certificate is not well formed: {0}")]
    Der(#[from] DerFault),
    #[error("the certificate is larger than 256 KiB")]
    TooLarge,
    #[error("the version of the certificate is not known or does not fit what it holds")]
    Version,
    #[error("the certificate names two different signature algorithms")]
    AlgorithmDiffers,
    #[error("the text is not a bundle of certificates: {0}")]
    Pem(#[from] PemFault),
    #[error("the bundle holds something that is not a certificate")]
    NotCertificate,
}

/// The number its issuer gave a certificate: the contents of an INTEGER.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Serial(Vec<u8>);

impl Serial {
    /// Of a number without sign, most significant byte first.
    ///
    /// # Errors
    /// [`DerFault::Integer`] when it is zero or takes more than 20 bytes (RFC 5280 §4.1.2.2).
    pub fn new(number: &[u8]) -> Result<Serial, DerFault> {
        let der = write::unsigned(number);
        let contents = der.get(2..).unwrap_or_default();
        if contents == [0] || contents.len() > 20 {
            return Err(DerFault::Integer);
        }
        Ok(Serial(contents.to_vec()))
    }

    pub(super) fn of(contents: &[u8]) -> Result<Serial, DerFault> {
        let fits = contents.len() <= SERIAL_BYTES_MAX;
        if fits { Ok(Serial(contents.to_vec())) } else { Err(DerFault::Integer) }
    }

    pub(super) fn contents(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn write(&self) -> Vec<u8> {
        write::tlv(tag::INTEGER, &[&self.0])
    }
}

impl fmt::Display for Serial {
    /// In hexadecimal, as `openssl x509 -serial` shows it.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = match self.0.as_slice() {
            [0, number @ ..] if !number.is_empty() => number,
            number => number,
        };
        number.iter().try_for_each(|byte| write!(out, "{byte:02X}"))
    }
}

impl fmt::Debug for Serial {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// A certificate. What is inside can be read (see [`Fields`]) and not changed, since then it
/// would no longer be what was signed. A copy costs a count.
#[derive(Clone)]
pub struct Certificate(Arc<Fields>);

/// What a certificate says.
pub struct Fields {
    der: Vec<u8>,
    signed: Signed,
    /// 1, 2 or 3.
    pub version: u8,
    pub serial: Serial,
    pub issuer: Name,
    pub subject: Name,
    pub not_before: Timestamp,
    /// [`Timestamp::MAX`] stands for "no end that is known" (99991231235959Z).
    pub not_after: Timestamp,
    /// Kinds of keys that nothing here verifies with are a fault of the key, not the certificate.
    pub key: Result<PublicKey, AlgorithmFault>,
    /// The DER of SubjectPublicKeyInfo.
    pub spki: Vec<u8>,
    pub extensions: Extensions,
}

impl Deref for Certificate {
    type Target = Fields;

    fn deref(&self) -> &Fields {
        &self.0
    }
}

impl Certificate {
    /// The DER of one certificate and nothing after it.
    pub fn read(der: &[u8]) -> Result<Certificate, CertificateFault> {
        if der.len() > BYTES_MAX {
            return Err(CertificateFault::TooLarge);
        }
        let signed = Signed::read(der)?;
        let mut fields = Reader::of_sequence(signed.message(der))?;
        let version = match fields.optional_inside(0)? {
            Some(mut inside) => match inside.small()? {
                number @ 0..=2 => number as u8 + 1,
                _ => return Err(CertificateFault::Version),
            },
            None => 1,
        };
        let serial = Serial::of(fields.integer()?)?;
        if Identifier::read(&mut fields)?.whole != signed.algorithm(der) {
            return Err(CertificateFault::AlgorithmDiffers);
        }
        let issuer = Name::of(fields.tagged(tag::SEQUENCE)?)?;
        let mut validity = fields.sequence()?;
        let (not_before, not_after) = (validity.time()?, validity.time()?);
        validity.finish()?;
        let subject = Name::of(fields.tagged(tag::SEQUENCE)?)?;
        let spki = fields.tagged(tag::SEQUENCE)?.whole;
        // Unique identifiers: never used, and not allowed in version 1.
        let has_ids = fields.optional(tag::primitive(1))?.is_some()
            | fields.optional(tag::primitive(2))?.is_some();
        let extensions = match fields.optional_inside(3)? {
            Some(mut inside) if version == 3 => {
                let list = inside.sequence()?;
                inside.finish()?;
                Extensions::read(list)?
            }
            Some(_) => return Err(CertificateFault::Version),
            None => Extensions::default(),
        };
        fields.finish()?;
        if has_ids && version == 1 {
            return Err(CertificateFault::Version);
        }
        Ok(Certificate(Arc::new(Fields {
            der: der.to_vec(),
            version,
            serial,
            issuer,
            subject,
            not_before,
            not_after,
            key: identifier::read_key(spki),
            spki: spki.to_vec(),
            extensions,
            signed,
        })))
    }

    /// DER, or PEM with one or more certificates.
    pub fn read_bundle(bytes: &[u8]) -> Result<Vec<Certificate>, CertificateFault> {
        if bytes.first() == Some(&tag::SEQUENCE) {
            return Ok(vec![Certificate::read(bytes)?]);
        }
        let blocks = pem::read_all(bytes)?.into_iter().map(|(label, der)| match label.as_str() {
            "CERTIFICATE" | "X509 CERTIFICATE" => Certificate::read(&der),
            _ => Err(CertificateFault::NotCertificate),
        });
        blocks.collect()
    }
}

impl Fields {
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    pub fn pem(&self) -> String {
        pem::write("CERTIFICATE", &self.der)
    }

    /// SHA-256 of the whole certificate.
    pub fn fingerprint(&self) -> Vec<u8> {
        Digest::Sha256.of(&self.der)
    }

    /// `None` when it is signed with something that nothing here verifies.
    pub fn signature_algorithm(&self) -> Option<SignatureAlgorithm> {
        self.signed.signature_algorithm
    }

    pub fn signature_algorithm_name(&self) -> Oid {
        self.signed.algorithm_name
    }

    /// Whether `issuer`'s key made the signature. Names, dates and rights are not looked at: that
    /// is [`super::path`]'s.
    pub fn is_signed_by(&self, issuer: &Certificate) -> Result<(), AlgorithmFault> {
        self.signed.verify(&self.der, issuer.key.as_ref().map_err(|fault| *fault)?)
    }

    /// Issuer and subject are the same: a root, or an authority that renews its key.
    pub fn is_self_issued(&self) -> bool {
        self.issuer == self.subject
    }

    pub fn is_authority(&self) -> bool {
        self.extensions.basic_constraints.is_some_and(|basic| basic.is_authority)
    }

    /// Whether the key may be used so. Without the extension, every use is allowed.
    pub fn allows(&self, usage: KeyUsage) -> bool {
        self.extensions.key_usage.is_none_or(|allowed| allowed.contains(usage))
    }

    /// Whether the purposes name this one, or anyExtendedKeyUsage, or there is no such list.
    pub fn is_for(&self, purpose: &Oid) -> bool {
        let list = self.extensions.extended_key_usage.as_ref();
        list.is_none_or(|list| list.contains(purpose) || list.contains(&super::oids::ANY_PURPOSE))
    }

    pub fn is_valid_at(&self, at: Timestamp) -> bool {
        self.not_before <= at && at <= self.not_after
    }

    /// The key alone, without its algorithm: what OCSP and key identifiers are hashed from.
    pub fn key_bits(&self) -> &[u8] {
        let bits = Reader::of_sequence(&self.spki).and_then(|mut fields| {
            fields.sequence()?;
            fields.bits_of_bytes()
        });
        bits.unwrap_or_default()
    }
}

impl PartialEq for Certificate {
    fn eq(&self, other: &Certificate) -> bool {
        self.der == other.der
    }
}

impl Eq for Certificate {}

impl fmt::Debug for Certificate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Certificate({} {})", self.serial, self.subject)
    }
}

/// The outer form that certificates, lists, requests and OCSP answers share: what is signed, how,
/// and the signature, as places in the bytes.
#[derive(Debug, Clone)]
pub(super) struct Signed {
    message: std::ops::Range<usize>,
    algorithm: std::ops::Range<usize>,
    signature: std::ops::Range<usize>,
    algorithm_name: Oid,
    pub(super) signature_algorithm: Option<SignatureAlgorithm>,
}

impl Signed {
    pub(super) fn read(der: &[u8]) -> Result<Signed, DerFault> {
        let mut fields = Reader::of_sequence(der)?;
        let signed = Signed::read_fields(der, &mut fields)?;
        fields.finish()?;
        Ok(signed)
    }

    /// The three fields, where more may follow; `der` is what the reader reads in.
    pub(super) fn read_fields(der: &[u8], fields: &mut Reader<'_>) -> Result<Signed, DerFault> {
        let message = fields.tagged(tag::SEQUENCE)?.whole;
        let algorithm = Identifier::read(fields)?;
        let signature = fields.bits_of_bytes()?;
        Ok(Signed {
            message: place(der, message),
            algorithm: place(der, algorithm.whole),
            signature: place(der, signature),
            algorithm_name: algorithm.oid,
            signature_algorithm: algorithm.signature(),
        })
    }

    pub(super) fn message<'a>(&self, der: &'a [u8]) -> &'a [u8] {
        der.get(self.message.clone()).unwrap_or_default()
    }

    pub(super) fn algorithm<'a>(&self, der: &'a [u8]) -> &'a [u8] {
        der.get(self.algorithm.clone()).unwrap_or_default()
    }

    pub(super) fn verify(&self, der: &[u8], key: &PublicKey) -> Result<(), AlgorithmFault> {
        let algorithm = self.signature_algorithm.ok_or(AlgorithmFault::Unknown)?;
        let signature = der.get(self.signature.clone()).unwrap_or_default();
        key.verify(algorithm, EcdsaForm::Asn1, self.message(der), signature)
    }
}

/// Where `part`, a piece of `whole`, lies in it.
pub(super) fn place(whole: &[u8], part: &[u8]) -> std::ops::Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize);
    start..start.saturating_add(part.len())
}
