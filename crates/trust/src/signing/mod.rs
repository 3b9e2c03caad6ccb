//! Signing a file, in steps that any keeper of keys can take: [`prepare`] says what is to be
//! signed, [`Draft::sign`] takes the signature, a time stamp and evidence may be added, and
//! [`Signed::finish`] gives the file. Pure: keys, time and the network are the caller's.
//!
//! Every format is the European baseline profile: B-B, with a time stamp B-T, with the evidence
//! of revocation B-LT, with a stamp over all of that, for the archive, B-LTA ([`archive`]). JSON
//! signatures carry no time stamp.

pub mod archive;
mod formats;

use jiff::Timestamp;
use wire::algorithm::{AlgorithmFault, Digest, SignatureAlgorithm};
use wire::asice::AsiceFault;
use wire::jws::JwsFault;
use wire::pdf::PdfFault;
use wire::pdf::sign::{Shown, SignFault as PdfSignFault};
use wire::pki::certificate::Certificate;
use wire::pki::cms::CmsFault;
use wire::xml::ReadFault;
use wire::xml::sign::SignFault as XmlSignFault;
use wire::xml::signature::Fault;

use crate::verdict::{Kind, recognise};
pub use formats::add_values;
use formats::{Form, Step};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A PDF, signed inside by an appended revision.
    Pades,
    /// An XML document, signed inside.
    Xades,
    /// A signature beside any file.
    Cades,
    /// A JSON signature with the file in it.
    Jws,
    /// A container with the file and its signature.
    Asice,
}

impl Format {
    /// The one that fits a file: inside where its kind has a place for that, else a container.
    pub fn usual_for(file: &[u8]) -> Format {
        match recognise(file) {
            Kind::Pdf => Format::Pades,
            Kind::Xml => Format::Xades,
            _ => Format::Asice,
        }
    }

    pub fn code(self) -> &'static str {
        match self {
            Format::Pades => "pades",
            Format::Xades => "xades",
            Format::Cades => "cades",
            Format::Jws => "jws",
            Format::Asice => "asice",
        }
    }
}

/// What to sign, and as whom.
#[derive(Debug, Clone, Copy)]
pub struct Order<'a> {
    pub format: Format,
    pub file: &'a [u8],
    /// For containers: how the file is called in it.
    pub name: &'a str,
    pub media_type: &'a str,
    pub certificate: &'a Certificate,
    /// The authorities above, without the anchor.
    pub chain: &'a [Certificate],
    /// What the signer claims.
    pub at: Timestamp,
    /// Of a PDF: the name of the field.
    pub field: &'a str,
    /// Of a PDF: why.
    pub reason: Option<&'a str>,
    /// Of a PDF: how the signature looks and where; none: it is not seen.
    pub shown: Option<Shown<'a>>,
    /// Of XML: new in the document.
    pub id: &'a str,
}

/// Why a file is not signed.
#[derive(Debug, thiserror::Error)]
pub enum DraftFault {
    #[error("the certificate has a key that nothing here signs with: {0}")]
    Key(#[from] AlgorithmFault),
    #[error("the PDF cannot be signed: {0}")]
    Pdf(#[from] PdfSignFault),
    #[error("the PDF cannot be read: {0}")]
    PdfUnreadable(#[from] PdfFault),
    #[error("the XML cannot be read: {0}")]
    XmlUnreadable(#[from] ReadFault),
    #[error("the XML cannot be signed: {0}")]
    Xml(#[from] XmlSignFault),
    #[error("the XML signature cannot be read again: {0}")]
    XmlSignature(#[from] Fault),
    #[error("the message cannot be signed: {0}")]
    Cms(#[from] CmsFault),
    #[error("the JSON signature cannot be made: {0}")]
    Jws(#[from] JwsFault),
    #[error("the container cannot be made: {0}")]
    Container(#[from] AsiceFault),
    #[error("a JSON signature has no place for a time stamp or evidence")]
    NoPlace,
}

/// Lacks nothing but the signature.
pub struct Draft {
    algorithm: SignatureAlgorithm,
    step: Step,
}

/// Signed; a time stamp and evidence may be added.
#[derive(Clone)]
pub struct Signed {
    form: Form,
}

/// What lets others check the signature later without asking anyone. All DER.
#[derive(Debug, Clone, Default)]
pub struct Values {
    pub certificates: Vec<Certificate>,
    /// OCSPResponse each.
    pub ocsp: Vec<Vec<u8>>,
    pub crls: Vec<Vec<u8>>,
}

/// Writes everything but the signature.
///
/// # Errors
/// [`DraftFault`] when the file or the key is not of the format.
pub fn prepare(order: &Order<'_>) -> Result<Draft, DraftFault> {
    let key = order.certificate.key.as_ref().map_err(|fault| *fault)?;
    let algorithm = usual_algorithm(key);
    Ok(Draft { algorithm, step: formats::begin(order, algorithm)? })
}

impl Draft {
    pub fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    /// The message that the key hashes and signs; ECDSA answers in DER.
    pub fn to_be_signed(&self) -> &[u8] {
        self.step.to_be_signed()
    }

    /// Takes the signature.
    ///
    /// # Errors
    /// [`DraftFault`] when it is not one of this key's kind.
    pub fn sign(self, signature: &[u8]) -> Result<Signed, DraftFault> {
        Ok(Signed { form: self.step.sign(signature)? })
    }
}

impl Signed {
    /// What a time stamp has to be over; `None` when the format has no place for one.
    pub fn to_be_stamped(&self) -> Result<Option<Vec<u8>>, DraftFault> {
        self.form.to_be_stamped()
    }

    /// Adds a time-stamp token (B-T).
    pub fn stamp(self, token: &[u8]) -> Result<Signed, DraftFault> {
        Ok(Signed { form: self.form.stamp(token)? })
    }

    /// Adds certificates and the word about their revocation (B-LT).
    pub fn with_values(self, values: &Values) -> Result<Signed, DraftFault> {
        Ok(Signed { form: self.form.with_values(values)? })
    }

    /// The signed file, or the signature beside it.
    pub fn finish(self) -> Result<Vec<u8>, DraftFault> {
        self.form.finish()
    }
}

/// What a key of this kind signs with: RSA by PKCS#1, which every receiver knows.
fn usual_algorithm(key: &wire::algorithm::PublicKey) -> SignatureAlgorithm {
    use wire::algorithm::{Curve, PublicKey};
    match key {
        PublicKey::Rsa { .. } => SignatureAlgorithm::RsaPkcs1(Digest::Sha256),
        PublicKey::Ec { curve: Curve::P256, .. } => SignatureAlgorithm::Ecdsa(Digest::Sha256),
        PublicKey::Ec { curve: Curve::P384, .. } => SignatureAlgorithm::Ecdsa(Digest::Sha384),
        PublicKey::Ec { .. } => SignatureAlgorithm::Ecdsa(Digest::Sha512),
        PublicKey::Ed25519(_) => SignatureAlgorithm::Ed25519,
    }
}
