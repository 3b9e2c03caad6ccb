//! One signer of signed data (RFC 5652 §5.3).

use jiff::Timestamp;

use super::CmsFault;
use super::attribute::{Attribute, CertificateHash, read_attributes, read_hashes};
use crate::algorithm::{Digest, SignatureAlgorithm};
use crate::pki::certificate::{Certificate, Serial};
use crate::pki::der::{DerFault, Element, Oid, Reader, tag};
use crate::pki::extension;
use crate::pki::identifier::Identifier;
use crate::pki::name::Name;
use crate::pki::oids;

/// How a signer says which certificate is theirs. Not signed: see
/// [`Signer::signing_certificates`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignerId {
    IssuerAndSerial(Name, Serial),
    KeyId(Vec<u8>),
}

impl SignerId {
    pub fn means(&self, certificate: &Certificate) -> bool {
        match self {
            SignerId::IssuerAndSerial(issuer, serial) => {
                *serial == certificate.serial && *issuer == certificate.issuer
            }
            SignerId::KeyId(id) => certificate.extensions.subject_key_id.as_ref() == Some(id),
        }
    }
}

/// Who signed, how, and what was said along with it.
#[derive(Debug, Clone)]
pub struct Signer {
    pub id: SignerId,
    /// `None` when it is not one we know, and the signature cannot be checked.
    pub digest: Option<Digest>,
    /// See `digest`.
    pub algorithm: Option<SignatureAlgorithm>,
    pub signature: Vec<u8>,
    pub signed: Vec<Attribute>,
    pub unsigned: Vec<Attribute>,
    /// The signed attributes as they stood there, with the tag of a SET: what was signed.
    pub(super) message: Option<Vec<u8>>,
    /// From the version to the signature, as they stood there: what an archive time stamp covers.
    pub(super) fields: Vec<u8>,
    pub(super) digest_der: Vec<u8>,
    pub(super) algorithm_der: Vec<u8>,
}

impl Signer {
    pub(super) fn read(element: Element<'_>) -> Result<Signer, CmsFault> {
        let element = element.expect_tag(tag::SEQUENCE)?;
        let mut fields = element.inside();
        let version = fields.small()?;
        let id = match fields.any()? {
            named if named.tag == tag::SEQUENCE && version == 1 => {
                let mut inside = named.inside();
                let issuer = Name::of(inside.tagged(tag::SEQUENCE)?)?;
                let serial = Serial::of(inside.integer()?)?;
                inside.finish()?;
                SignerId::IssuerAndSerial(issuer, serial)
            }
            key if key.tag == tag::primitive(0) && version == 3 => {
                SignerId::KeyId(key.value.to_vec())
            }
            _ => return Err(DerFault::Choice.into()),
        };
        let digest = Identifier::read(&mut fields)?;
        let signed = fields.optional(tag::constructed(0))?;
        let algorithm = Identifier::read(&mut fields)?;
        let signature = fields.octets()?.to_vec();
        let unsigned = fields.optional(tag::constructed(1))?;
        fields.finish()?;
        let message = signed.map(|attributes| {
            let mut message = attributes.whole.to_vec();
            message.splice(..1, [tag::SET]);
            message
        });
        let open = unsigned.map_or(0, |attributes| attributes.whole.len());
        let closed = element.value.get(..element.value.len() - open).unwrap_or_default();
        let known_digest = digest.digest();
        let signer = Signer {
            id,
            digest: known_digest,
            algorithm: known_digest.and_then(|digest| algorithm.signature_with(digest)),
            signature,
            signed: read_attributes(signed)?,
            unsigned: read_attributes(unsigned)?,
            message,
            fields: closed.to_vec(),
            digest_der: digest.whole.to_vec(),
            algorithm_der: algorithm.whole.to_vec(),
        };
        signer.check_single()?;
        Ok(signer)
    }

    /// These must come at most once and with one value (RFC 5652 §11, 5035 §5.4, 6211 §2): two of
    /// them would let each reader choose another.
    fn check_single(&self) -> Result<(), CmsFault> {
        let single = [
            oids::CONTENT_TYPE,
            oids::MESSAGE_DIGEST,
            oids::SIGNING_TIME,
            oids::SIGNING_CERTIFICATE,
            oids::SIGNING_CERTIFICATE_V2,
            oids::ALGORITHM_PROTECTION,
        ];
        for kind in single {
            let mut found = self.signed.iter().filter(|attribute| attribute.kind == kind);
            let is_single = found.next().is_none_or(|first| first.values.len() == 1);
            if !is_single || found.next().is_some() {
                return Err(CmsFault::AttributeTwice(kind));
            }
        }
        Ok(())
    }

    /// Whether there are signed attributes; without them the signature is over the content itself.
    pub fn has_signed_attributes(&self) -> bool {
        self.message.is_some()
    }

    /// The only value of a signed attribute, as DER.
    pub fn signed_value(&self, kind: &Oid) -> Option<&[u8]> {
        let found = self.signed.iter().find(|attribute| attribute.kind == *kind)?;
        found.values.first().map(Vec::as_slice)
    }

    fn signed_element(&self, kind: &Oid) -> Option<Element<'_>> {
        Some(extension::single(self.signed_value(kind)?).ok()?.0)
    }

    pub fn content_type(&self) -> Option<Oid> {
        self.signed_element(&oids::CONTENT_TYPE)?.expect_tag(tag::OID).ok()?.oid().ok()
    }

    pub fn message_digest(&self) -> Option<&[u8]> {
        let element = self.signed_element(&oids::MESSAGE_DIGEST)?;
        Some(element.expect_tag(tag::OCTET_STRING).ok()?.value)
    }

    /// The signer's own claim, not proof of time.
    pub fn signing_time(&self) -> Option<Timestamp> {
        self.signed_element(&oids::SIGNING_TIME)?.time().ok()
    }

    /// The certificates that were signed along by their hashes (ESS, RFC 2634 and 5035): the
    /// first is the signer's. Empty when there is no such attribute.
    pub fn signing_certificates(&self) -> Result<Vec<CertificateHash>, DerFault> {
        if let Some(value) = self.signed_value(&oids::SIGNING_CERTIFICATE_V2) {
            return read_hashes(value, true);
        }
        match self.signed_value(&oids::SIGNING_CERTIFICATE) {
            Some(value) => read_hashes(value, false),
            None => Ok(Vec::new()),
        }
    }

    /// The DER of each time stamp over [`Signer::signature`].
    pub fn time_stamps(&self) -> impl Iterator<Item = &[u8]> {
        self.unsigned_values(oids::SIGNATURE_TIME_STAMP)
    }

    /// The DER of each archive time stamp (CAdES-LTA): see [`super::SignedData::archive_stamp`].
    pub fn archive_time_stamps(&self) -> impl Iterator<Item = &[u8]> {
        self.unsigned_values(oids::ARCHIVE_TIME_STAMP_V3)
    }

    pub fn unsigned_values(&self, kind: Oid) -> impl Iterator<Item = &[u8]> {
        let found = self.unsigned.iter().filter(move |attribute| attribute.kind == kind);
        found.flat_map(|attribute| attribute.values.iter().map(Vec::as_slice))
    }

    /// Certificates for validation that came as `certificate-values`.
    pub fn certificate_values(&self) -> Vec<Certificate> {
        let lists = self.unsigned_values(oids::CERTIFICATE_VALUES);
        let elements = lists.filter_map(|der| Reader::of_sequence(der).ok()).flatten();
        let elements = elements.filter_map(Result::ok).take(200);
        elements.filter_map(|element| Certificate::read(element.whole).ok()).collect()
    }
}
