//! XAdES (ETSI EN 319 132-1): what a signature says about itself, and what others said about it.
//!
//! [`read`] tells what is written. Signed properties count only when [`super::signature::Checked`]
//! covers [`Xades::signed`]; unsigned ones (time stamps, certificates, revocation) prove
//! themselves or nothing.

mod archive;
mod read;

pub use archive::ArchiveTimeStamp;
pub(super) use archive::write as write_archived;
pub(super) use read::{properties, unsigned};
pub use read::{read, signed_properties};

use jiff::Timestamp;

use super::document::NodeId;
use super::signature::IssuerSerial;
use crate::algorithm::Digest;

/// The namespace of XAdES 1.3.2, which the baseline profiles use.
pub const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";
/// The namespace of what 1.4.1 added.
pub const XADES_141: &str = "http://uri.etsi.org/01903/v1.4.1#";
/// `Type` of the reference to the signed properties.
pub const SIGNED_PROPERTIES: &str = "http://uri.etsi.org/01903#SignedProperties";

/// The qualifying properties of one signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Xades {
    /// The element `SignedProperties`: ask [`super::signature::Checked::covers`] about it.
    pub signed: NodeId,
    /// When the signer says it signed; `None` also when the time names no zone.
    pub signing_time: Option<Timestamp>,
    pub certificates: Vec<CertificateReference>,
    pub policy: Option<Policy>,
    pub production_place: Option<ProductionPlace>,
    pub formats: Vec<DataFormat>,
    pub time_stamps: Vec<SignatureTimeStamp>,
    /// In their order: each is over all that stands before it.
    pub archive_stamps: Vec<ArchiveTimeStamp>,
    /// Time stamps of kinds that are not read, or written in ways that are not, by name.
    pub unread_stamps: Vec<String>,
    /// DER, for building the chain.
    pub embedded_certificates: Vec<Vec<u8>>,
    /// DER of `OCSPResponse`.
    pub ocsp: Vec<Vec<u8>>,
    /// DER of `CertificateList`.
    pub crls: Vec<Vec<u8>>,
    /// Signatures over this signature's value.
    pub counter_signatures: Vec<NodeId>,
    /// Properties that are not looked into (roles, commitments), by name.
    pub others: Vec<String>,
}

impl Xades {
    /// Whether a certificate is the one that the signer named: `None` when none was named.
    pub fn names_certificate(&self, der: &[u8]) -> Option<bool> {
        let any = || self.certificates.iter().any(|reference| reference.matches(der));
        (!self.certificates.is_empty()).then(any)
    }
}

/// `SigningCertificate` or `SigningCertificateV2`: which certificate the signer means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateReference {
    pub digest: Digest,
    pub digest_value: Vec<u8>,
    pub issuer: CertificateIssuer,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateIssuer {
    /// Version 1: a name as text.
    Named(IssuerSerial),
    /// Version 2: the DER of `IssuerSerial` (RFC 5035).
    Der(Vec<u8>),
    /// Version 2 leaves it out.
    Unnamed,
}

impl CertificateReference {
    pub fn matches(&self, der: &[u8]) -> bool {
        self.digest.of(der) == self.digest_value
    }
}

/// Under which rules was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Policy {
    Implied,
    Named { id: String, digest: Digest, digest_value: Vec<u8> },
}

/// Where was signed; what is not said is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProductionPlace {
    pub city: String,
    pub province: String,
    pub postal_code: String,
    pub country: String,
}

/// What kind of thing a reference signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFormat {
    /// The reference, as `#id`.
    pub reference: String,
    pub media_type: Option<String>,
    pub description: Option<String>,
}

/// A time stamp over the signature value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureTimeStamp {
    /// DER of the token (RFC 3161).
    pub token: Vec<u8>,
    /// What the token's imprint must be of.
    pub stamped: Vec<u8>,
    /// Which of the unsigned properties it is.
    pub place: usize,
}
