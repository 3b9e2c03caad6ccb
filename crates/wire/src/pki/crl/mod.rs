//! Lists of revoked certificates (RFC 5280 §5).
//!
//! A national authority's list has a hundred thousand entries and more. It is kept as the bytes
//! that were signed, with one number per entry: where it stands, in the order of the serials.

mod build;
mod entry;

pub use build::{CrlProfile, prepare, prepare_part};
pub use entry::{Entry, Reason};

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use jiff::Timestamp;

use crate::algorithm::{AlgorithmFault, SignatureAlgorithm};

use super::certificate::{Certificate, Serial, Signed, place};
use super::der::{DerFault, Element, Oid, Reader, tag};
use super::extension::{self, AuthorityKey, DistributionPoint, Extension, KeyUsage, PointName};
use super::identifier::Identifier;
use super::name::Name;
use super::oids;
use super::pem::{self, PemFault};

const BYTES_MAX: usize = 256 * 1024 * 1024;

/// Why bytes are not a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CrlFault {
    #[error("the revocation list is not well formed: {0}")]
    Der(#[from] DerFault),
    #[error("the revocation list is larger than 256 MiB")]
    TooLarge,
    #[error("the version of the revocation list does not fit what it holds")]
    Version,
    #[error("the revocation list names two different signature algorithms")]
    AlgorithmDiffers,
    #[error("the text is not a revocation list: {0}")]
    Pem(#[from] PemFault),
    #[error("the text holds something else than one revocation list")]
    NotList,
}

/// Why a list does not decide about a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CrlUnfit {
    #[error("the list is of another issuer")]
    OtherIssuer,
    #[error("the list only tells changes since an earlier one")]
    Delta,
    #[error("the list is of several issuers")]
    Indirect,
    #[error("the list has only some of the reasons")]
    SomeReasons,
    #[error("the list is of another kind of certificates")]
    OtherKind,
    #[error("the list lies at none of the places that the certificate names")]
    OtherPoint,
    #[error("the list holds something critical that is not understood: {0}")]
    UnknownCritical(Oid),
    #[error("the issuer's key is not allowed to sign lists")]
    KeyUsage,
    #[error("the signature of the list is not the issuer's: {0}")]
    Signature(#[from] AlgorithmFault),
}

/// What a list is about, when it is not about everything of its issuer (RFC 5280 §5.2.5).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IssuingPoint {
    pub name: Option<PointName>,
    pub only_users: bool,
    pub only_authorities: bool,
    pub only_attributes: bool,
    pub some_reasons: Option<u32>,
    pub is_indirect: bool,
}

/// A list of revoked certificates.
pub struct Crl {
    der: Vec<u8>,
    signed: Signed,
    /// Where the entries lie.
    entries: Range<usize>,
    /// Start of each entry within `entries`, ordered by serial.
    order: Vec<u32>,
    /// The first key it was checked against and how that went: hashing some megabytes once is
    /// enough.
    checked: OnceLock<(Vec<u8>, Result<(), AlgorithmFault>)>,
    pub issuer: Name,
    pub this_update: Timestamp,
    pub next_update: Option<Timestamp>,
    /// CRL number, most significant byte first.
    pub number: Option<Vec<u8>>,
    pub authority_key: Option<AuthorityKey>,
    pub issuing_point: Option<IssuingPoint>,
    pub is_delta: bool,
    /// Certificates that ended after this day stay on the list (X.509 §9.5.2.8).
    pub keeps_expired_since: Option<Timestamp>,
    /// Of the list or of any entry.
    pub unknown_critical: Option<Oid>,
}

impl Crl {
    /// DER or PEM.
    pub fn read(bytes: &[u8]) -> Result<Crl, CrlFault> {
        if bytes.first() == Some(&tag::SEQUENCE) {
            return Crl::read_der(bytes.to_vec());
        }
        let mut blocks = pem::read_all(bytes)?;
        match (blocks.pop(), blocks.is_empty()) {
            (Some((label, der)), true) if label == "X509 CRL" => Crl::read_der(der),
            _ => Err(CrlFault::NotList),
        }
    }

    /// Keeps `der` and does not copy it.
    pub fn read_der(der: Vec<u8>) -> Result<Crl, CrlFault> {
        if der.len() > BYTES_MAX {
            return Err(CrlFault::TooLarge);
        }
        let signed = Signed::read(&der)?;
        let mut fields = Reader::of_sequence(signed.message(&der))?;
        let version = fields.optional(tag::INTEGER)?.map(|element| element.small()).transpose()?;
        if version.is_some_and(|version| version != 1) {
            return Err(CrlFault::Version);
        }
        if Identifier::read(&mut fields)?.whole != signed.algorithm(&der) {
            return Err(CrlFault::AlgorithmDiffers);
        }
        let issuer = Name::of(fields.tagged(tag::SEQUENCE)?)?;
        let this_update = fields.time()?;
        let has_next = matches!(fields.peek(), Some(tag::UTC_TIME | tag::GENERALIZED_TIME));
        let next_update = if has_next { Some(fields.time()?) } else { None };
        let revoked = fields.optional(tag::SEQUENCE)?.map_or(&[][..], |element| element.value);
        let extensions = fields.optional_inside(0)?;
        fields.finish()?;
        if extensions.is_some() && version.is_none() {
            return Err(CrlFault::Version);
        }
        let (order, unknown_critical) = entry::index(revoked)?;
        let entries = if revoked.is_empty() { 0..0 } else { place(&der, revoked) };
        let mut crl = Crl {
            signed,
            entries,
            order,
            checked: OnceLock::new(),
            issuer,
            this_update,
            next_update,
            number: None,
            authority_key: None,
            issuing_point: None,
            is_delta: false,
            keeps_expired_since: None,
            unknown_critical,
            der: Vec::new(),
        };
        if let Some(mut inside) = extensions {
            let list = inside.sequence()?;
            inside.finish()?;
            extension::read_list(list)?.iter().try_for_each(|extension| crl.take(extension))?;
        }
        crl.der = der;
        Ok(crl)
    }

    fn take(&mut self, extension: &Extension) -> Result<(), DerFault> {
        let der = extension.value.as_slice();
        match extension.kind {
            oids::CRL_NUMBER => {
                let number = extension::single(der)?.0.expect_tag(tag::INTEGER)?.integer()?;
                self.number = Some(number.to_vec());
            }
            oids::AUTHORITY_KEY_ID => self.authority_key = Some(AuthorityKey::read(der)?),
            oids::ISSUING_DISTRIBUTION_POINT => self.issuing_point = Some(read_point(der)?),
            oids::DELTA_CRL => self.is_delta = true,
            oids::EXPIRED_ON_CRL => {
                self.keeps_expired_since = Some(extension::single(der)?.0.time()?);
            }
            oids::ISSUER_ALT_NAME | oids::FRESHEST_CRL => {}
            other if extension.is_critical => self.unknown_critical = Some(other),
            _ => {}
        }
        Ok(())
    }

    pub fn der(&self) -> &[u8] {
        &self.der
    }

    pub fn len(&self) -> usize {
        self.order.len()
    }

    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    pub fn signature_algorithm(&self) -> Option<SignatureAlgorithm> {
        self.signed.signature_algorithm
    }

    /// The entry of a serial: some twenty comparisons in a million.
    pub fn find(&self, serial: &Serial) -> Option<Entry> {
        let found = self.order.binary_search_by(|start| {
            entry::serial_at(self.revoked(), *start).cmp(serial.contents())
        });
        let start = *self.order.get(found.ok()?)?;
        entry::read_at(self.revoked(), start).ok()
    }

    /// All entries in the order of their serials, read one by one.
    pub fn entries(&self) -> impl Iterator<Item = Entry> {
        self.order.iter().filter_map(|start| entry::read_at(self.revoked(), *start).ok())
    }

    fn revoked(&self) -> &[u8] {
        self.der.get(self.entries.clone()).unwrap_or_default()
    }

    /// Whether `issuer` signed this list and may (RFC 5280 §6.3.3 f, g).
    pub fn is_signed_by(&self, issuer: &Certificate) -> Result<(), CrlUnfit> {
        if self.issuer != issuer.subject {
            return Err(CrlUnfit::OtherIssuer);
        }
        if !issuer.allows(KeyUsage::CRL_SIGN) {
            return Err(CrlUnfit::KeyUsage);
        }
        let key = issuer.key.as_ref().map_err(|fault| *fault)?;
        let verify = || self.signed.verify(&self.der, key);
        let (known, result) = self.checked.get_or_init(|| (issuer.spki.clone(), verify()));
        Ok(if *known == issuer.spki { *result } else { verify() }?)
    }

    /// Whether the list decides about `certificate`; the signature is looked at elsewhere.
    pub fn covers(&self, certificate: &Certificate) -> Result<(), CrlUnfit> {
        if self.issuer != certificate.issuer {
            return Err(CrlUnfit::OtherIssuer);
        }
        if let Some(unknown) = self.unknown_critical {
            return Err(CrlUnfit::UnknownCritical(unknown));
        }
        if self.is_delta {
            return Err(CrlUnfit::Delta);
        }
        let Some(point) = &self.issuing_point else { return Ok(()) };
        if point.is_indirect {
            return Err(CrlUnfit::Indirect);
        }
        if point.some_reasons.is_some() {
            return Err(CrlUnfit::SomeReasons);
        }
        let is_authority = certificate.is_authority();
        let other_kind = (point.only_users && is_authority)
            || (point.only_authorities && !is_authority)
            || point.only_attributes;
        if other_kind {
            return Err(CrlUnfit::OtherKind);
        }
        match &point.name {
            Some(name) if !is_named(name, &certificate.extensions.crl_points) => {
                Err(CrlUnfit::OtherPoint)
            }
            _ => Ok(()),
        }
    }
}

/// Whether one of the certificate's points shares a name with the list's (RFC 5280 §6.3.3 b 2 i).
fn is_named(name: &PointName, points: &[DistributionPoint]) -> bool {
    points.iter().any(|point| match (name, &point.name) {
        (PointName::Full(ours), Some(PointName::Full(theirs))) => {
            ours.iter().take(20).any(|name| theirs.contains(name))
        }
        (PointName::Relative(ours), Some(PointName::Relative(theirs))) => ours == theirs,
        _ => false,
    })
}

fn read_point(der: &[u8]) -> Result<IssuingPoint, DerFault> {
    let mut fields = Reader::of_sequence(der)?;
    let name = fields.optional_inside(0)?.map(PointName::read).transpose()?;
    let only_users = flag(fields.optional(tag::primitive(1))?)?;
    let only_authorities = flag(fields.optional(tag::primitive(2))?)?;
    let some_reasons = fields.optional(tag::primitive(3))?;
    let is_indirect = flag(fields.optional(tag::primitive(4))?)?;
    let only_attributes = flag(fields.optional(tag::primitive(5))?)?;
    fields.finish()?;
    let some_reasons = some_reasons.map(|element| element.named_bits()).transpose()?;
    Ok(IssuingPoint {
        name,
        only_users,
        only_authorities,
        only_attributes,
        some_reasons,
        is_indirect,
    })
}

fn flag(element: Option<Element<'_>>) -> Result<bool, DerFault> {
    element.map_or(Ok(false), |element| element.boolean())
}

impl fmt::Debug for Crl {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Crl({} {}, {} entries)", self.issuer, self.this_update, self.order.len())
    }
}
