//! Attributes of a signer.

use super::CmsFault;
use crate::algorithm::Digest;
use crate::pki::certificate::{Certificate, Serial};
use crate::pki::der::{DerFault, Element, Oid, Reader, tag, write};
use crate::pki::general_name::GeneralName;
use crate::pki::identifier::{self, Identifier};
use crate::pki::oids;

const ATTRIBUTES_MAX: usize = 100;
const VALUES_MAX: usize = 200;

/// Adobe's revocationInfoArchival, a signed attribute of PDF signatures.
const ADOBE_REVOCATION: Oid = Oid::of(&[1, 2, 840, 113583, 1, 1, 8]);

/// Something said along with a signature, signed or not (RFC 5652 §5.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    pub kind: Oid,
    /// The DER of each value.
    pub values: Vec<Vec<u8>>,
}

impl Attribute {
    pub fn new(kind: Oid, value: Vec<u8>) -> Attribute {
        Attribute { kind, values: vec![value] }
    }

    pub(super) fn write(&self) -> Vec<u8> {
        let values = write::set_of(tag::SET, self.values.clone());
        write::sequence(&[&write::oid(&self.kind), &values])
    }
}

pub(super) fn read_attributes(set: Option<Element<'_>>) -> Result<Vec<Attribute>, CmsFault> {
    let mut attributes = Vec::new();
    let Some(set) = set else { return Ok(attributes) };
    for element in set.inside() {
        let mut fields = element?.expect_tag(tag::SEQUENCE)?.inside();
        let kind = fields.oid()?;
        let mut values = Vec::new();
        for value in fields.set()? {
            values.push(value?.whole.to_vec());
            if values.len() > VALUES_MAX {
                return Err(CmsFault::TooLarge);
            }
        }
        fields.finish()?;
        attributes.push(Attribute { kind, values });
        if attributes.len() > ATTRIBUTES_MAX {
            return Err(CmsFault::TooLarge);
        }
    }
    if attributes.is_empty() { Err(DerFault::Choice.into()) } else { Ok(attributes) }
}

/// A certificate by its hash: what ESS signing-certificate binds a signature to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateHash {
    /// `None` when it is not one we know.
    pub digest: Option<Digest>,
    pub hash: Vec<u8>,
    pub issuer: Vec<GeneralName>,
    pub serial: Option<Serial>,
}

impl CertificateHash {
    pub fn means(&self, certificate: &Certificate) -> bool {
        let is_hash = self.digest.is_some_and(|digest| digest.of(certificate.der()) == self.hash);
        let is_serial = self.serial.as_ref().is_none_or(|serial| *serial == certificate.serial);
        let is_issuer = self.issuer.is_empty()
            || self.issuer.contains(&GeneralName::Directory(certificate.issuer.clone()));
        is_hash && is_serial && is_issuer
    }
}

/// SigningCertificate (SHA-1) or SigningCertificateV2.
pub(super) fn read_hashes(value: &[u8], is_v2: bool) -> Result<Vec<CertificateHash>, DerFault> {
    let mut outer = Reader::of_sequence(value)?;
    let mut hashes = Vec::new();
    for element in outer.sequence()? {
        let mut fields = element?.expect_tag(tag::SEQUENCE)?.inside();
        let digest = match (is_v2, fields.peek()) {
            (true, Some(tag::SEQUENCE)) => Identifier::read(&mut fields)?.digest(),
            (true, _) => Some(Digest::Sha256),
            (false, _) => Some(Digest::Sha1),
        };
        let hash = fields.octets()?.to_vec();
        let (mut issuer, mut serial) = (Vec::new(), None);
        if let Some(named) = fields.optional(tag::SEQUENCE)? {
            let mut named = named.inside();
            issuer = GeneralName::read_all(named.sequence()?)?;
            serial = Some(Serial::of(named.integer()?)?);
            named.finish()?;
        }
        fields.finish()?;
        hashes.push(CertificateHash { digest, hash, issuer, serial });
        if hashes.len() > VALUES_MAX {
            return Err(DerFault::TooLarge);
        }
    }
    outer.optional(tag::SEQUENCE)?;
    outer.finish()?;
    if hashes.is_empty() { Err(DerFault::Choice) } else { Ok(hashes) }
}

/// SigningCertificateV2 with one certificate.
pub(super) fn write_hash(certificate: &Certificate, digest: Digest) -> Vec<u8> {
    // SHA-256 is the default, and DER leaves defaults out.
    let algorithm =
        if digest == Digest::Sha256 { Vec::new() } else { identifier::write_digest(digest) };
    let hash = write::octets(&digest.of(certificate.der()));
    let id = write::sequence(&[&algorithm, &hash]);
    write::sequence(&[&write::sequence(&[&id])])
}

/// What came along to show that certificates were not revoked, as DER.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    pub crls: Vec<Vec<u8>>,
    /// BasicOCSPResponse each: [`crate::pki::ocsp::Response::read_basic`].
    pub ocsp: Vec<Vec<u8>>,
}

impl Evidence {
    /// One element of `SignedData.crls` (RFC 5652 §10.2.1, RFC 5940).
    pub(super) fn take_revocation(&mut self, der: &[u8]) {
        let Ok(element) = Reader::new(der).any() else { return };
        if element.tag == tag::SEQUENCE {
            self.crls.push(der.to_vec());
        } else if element.tag == tag::constructed(1) {
            let mut fields = element.inside();
            if fields.oid() == Ok(oids::OTHER_REVOCATION_OCSP)
                && let Ok(answer) = fields.any()
            {
                self.take_answer(answer);
            }
        }
    }

    pub(super) fn take(&mut self, attribute: &Attribute) {
        if attribute.kind != oids::REVOCATION_VALUES && attribute.kind != ADOBE_REVOCATION {
            return;
        }
        for value in &attribute.values {
            // A list that cannot be read shows nothing; the signature does not depend on it.
            let _ = self.take_values(value);
        }
    }

    fn take_values(&mut self, value: &[u8]) -> Result<(), DerFault> {
        let mut fields = Reader::of_sequence(value)?;
        if let Some(mut lists) = fields.optional_inside(0)? {
            for list in lists.sequence()? {
                self.crls.push(list?.whole.to_vec());
            }
        }
        if let Some(mut answers) = fields.optional_inside(1)? {
            for answer in answers.sequence()? {
                self.take_answer(answer?);
            }
        }
        Ok(())
    }

    /// A BasicOCSPResponse, or an OCSPResponse around one: both are met with.
    fn take_answer(&mut self, element: Element<'_>) {
        let inner = || {
            let mut outer = element.inside();
            outer.tagged(tag::ENUMERATED)?;
            let mut bytes = outer.tagged(tag::constructed(0))?.inside().sequence()?;
            bytes.oid()?;
            bytes.octets()
        };
        self.ocsp.push(inner().unwrap_or(element.whole).to_vec());
    }
}
