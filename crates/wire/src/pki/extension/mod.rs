//! Extensions of certificates (RFC 5280 §4.2), each read into its own field.

mod build;
mod limits;
mod points;

pub use build::{ExtensionBuilder, key_id};
pub use limits::{BasicConstraints, NameConstraints, Policy, PolicyConstraints};
pub use points::{Access, AuthorityKey, DistributionPoint, PointName, QcStatement};

use super::der::{DerFault, Element, Oid, Reader, tag};
use super::general_name::GeneralName;
use super::oids;

const EXTENSIONS_MAX: usize = 100;
/// Elements of any one list inside an extension.
const LIST_MAX: usize = 1000;

/// What a key may be used for (RFC 5280 §4.2.1.3), as a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyUsage(pub u32);

impl KeyUsage {
    pub const DIGITAL_SIGNATURE: KeyUsage = KeyUsage(1);
    /// Also called non-repudiation: what a person's signature on a document is.
    pub const CONTENT_COMMITMENT: KeyUsage = KeyUsage(1 << 1);
    pub const KEY_ENCIPHERMENT: KeyUsage = KeyUsage(1 << 2);
    pub const KEY_AGREEMENT: KeyUsage = KeyUsage(1 << 4);
    pub const CERTIFICATE_SIGN: KeyUsage = KeyUsage(1 << 5);
    pub const CRL_SIGN: KeyUsage = KeyUsage(1 << 6);

    pub const fn and(self, other: KeyUsage) -> KeyUsage {
        KeyUsage(self.0 | other.0)
    }

    pub fn contains(self, other: KeyUsage) -> bool {
        self.0 & other.0 == other.0
    }

    pub fn intersects(self, other: KeyUsage) -> bool {
        self.0 & other.0 != 0
    }
}

/// One extension as it stood there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    pub kind: Oid,
    pub is_critical: bool,
    /// The contents of extnValue: the DER of the extension's own type.
    pub value: Vec<u8>,
}

/// All extensions of one certificate.
#[derive(Debug, Clone, Default)]
pub struct Extensions {
    pub subject_key_id: Option<Vec<u8>>,
    pub authority_key: Option<AuthorityKey>,
    pub key_usage: Option<KeyUsage>,
    pub extended_key_usage: Option<Vec<Oid>>,
    pub basic_constraints: Option<BasicConstraints>,
    pub name_constraints: Option<NameConstraints>,
    pub policies: Option<Vec<Policy>>,
    /// Issuer's policy and the subject's policy it counts as.
    pub policy_mappings: Vec<(Oid, Oid)>,
    pub policy_constraints: Option<PolicyConstraints>,
    pub inhibit_any_policy: Option<u32>,
    pub crl_points: Vec<DistributionPoint>,
    pub access: Vec<Access>,
    pub subject_names: Vec<GeneralName>,
    pub issuer_names: Vec<GeneralName>,
    pub qc_statements: Vec<QcStatement>,
    /// An OCSP responder's certificate that is not itself asked about (RFC 6960 §4.2.2.2.1).
    pub is_ocsp_no_check: bool,
    /// What must be understood and is not: such a certificate is not accepted in a path.
    pub unknown_critical: Vec<Oid>,
    /// Every extension in its order, also those read into fields above.
    pub all: Vec<Extension>,
}

impl Extensions {
    /// The contents of `Extensions`, a SEQUENCE OF at least one.
    ///
    /// # Errors
    /// Also for an extension that comes twice ([`DerFault::Choice`]), and for one that is known
    /// and malformed.
    pub(super) fn read(list: Reader<'_>) -> Result<Extensions, DerFault> {
        let mut extensions = Extensions { all: read_list(list)?, ..Extensions::default() };
        let all = std::mem::take(&mut extensions.all);
        for extension in &all {
            extensions.take(extension)?;
        }
        extensions.all = all;
        Ok(extensions)
    }

    pub fn get(&self, kind: &Oid) -> Option<&Extension> {
        self.all.iter().find(|extension| extension.kind == *kind)
    }

    /// Addresses of OCSP responders.
    pub fn ocsp_addresses(&self) -> impl Iterator<Item = &str> {
        self.addresses(oids::ACCESS_OCSP)
    }

    /// Addresses of certificates of the issuer.
    pub fn issuer_addresses(&self) -> impl Iterator<Item = &str> {
        self.addresses(oids::ACCESS_ISSUERS)
    }

    fn addresses(&self, method: Oid) -> impl Iterator<Item = &str> {
        let found = self.access.iter().filter(move |access| access.method == method);
        found.filter_map(|access| match &access.location {
            GeneralName::Uri(address) => Some(address.as_str()),
            _ => None,
        })
    }

    /// Addresses of revocation lists.
    pub fn crl_addresses(&self) -> impl Iterator<Item = &str> {
        self.crl_points.iter().flat_map(DistributionPoint::addresses)
    }

    fn take(&mut self, extension: &Extension) -> Result<(), DerFault> {
        let der = extension.value.as_slice();
        match extension.kind {
            oids::SUBJECT_KEY_ID => self.subject_key_id = Some(single(der)?.octets()?),
            oids::AUTHORITY_KEY_ID => self.authority_key = Some(AuthorityKey::read(der)?),
            oids::KEY_USAGE => {
                let bits = single(der)?.0.expect_tag(tag::BIT_STRING)?.named_bits()?;
                self.key_usage = Some(KeyUsage(bits));
            }
            oids::EXTENDED_KEY_USAGE => {
                self.extended_key_usage = Some(list_of(der, |element| element.oid_tagged())?);
            }
            oids::BASIC_CONSTRAINTS => {
                self.basic_constraints = Some(BasicConstraints::read(der)?);
            }
            oids::NAME_CONSTRAINTS => self.name_constraints = Some(NameConstraints::read(der)?),
            oids::POLICIES => self.policies = Some(limits::read_policies(der)?),
            oids::POLICY_MAPPINGS => self.policy_mappings = limits::read_mappings(der)?,
            oids::POLICY_CONSTRAINTS => {
                self.policy_constraints = Some(PolicyConstraints::read(der)?);
            }
            oids::INHIBIT_ANY_POLICY => {
                let skip = single(der)?.0.expect_tag(tag::INTEGER)?.small()?;
                self.inhibit_any_policy = Some(u32::try_from(skip).unwrap_or(u32::MAX));
            }
            oids::CRL_POINTS => self.crl_points = list_of(der, DistributionPoint::read)?,
            oids::AUTHORITY_ACCESS => self.access = list_of(der, Access::read)?,
            oids::SUBJECT_ACCESS => {
                list_of(der, Access::read)?;
            }
            oids::SUBJECT_ALT_NAME => {
                self.subject_names = GeneralName::read_all(Reader::of_sequence(der)?)?;
            }
            oids::ISSUER_ALT_NAME => {
                self.issuer_names = GeneralName::read_all(Reader::of_sequence(der)?)?;
            }
            oids::QC_STATEMENTS => self.qc_statements = list_of(der, QcStatement::read)?,
            oids::OCSP_NO_CHECK => {
                single(der)?.0.expect_tag(tag::NULL)?;
                self.is_ocsp_no_check = true;
            }
            other if extension.is_critical => self.unknown_critical.push(other),
            _ => {}
        }
        Ok(())
    }
}

/// Extensions as they stand in certificates, lists, their entries, OCSP and time stamps.
pub(super) fn read_list(list: Reader<'_>) -> Result<Vec<Extension>, DerFault> {
    let mut all: Vec<Extension> = Vec::new();
    for element in list {
        let mut fields = element?.expect_tag(tag::SEQUENCE)?.inside();
        let kind = fields.oid()?;
        let is_critical = fields.flag()?;
        let value = fields.octets()?.to_vec();
        fields.finish()?;
        if all.iter().any(|earlier| earlier.kind == kind) {
            return Err(DerFault::Choice);
        }
        if all.len() >= EXTENSIONS_MAX {
            return Err(DerFault::TooLarge);
        }
        all.push(Extension { kind, is_critical, value });
    }
    if all.is_empty() { Err(DerFault::Choice) } else { Ok(all) }
}

/// The only element of an extension.
pub(super) struct Single<'a>(pub Element<'a>);

pub(super) fn single(der: &[u8]) -> Result<Single<'_>, DerFault> {
    let mut reader = Reader::new(der);
    let element = reader.any()?;
    reader.finish()?;
    Ok(Single(element))
}

impl Single<'_> {
    fn octets(&self) -> Result<Vec<u8>, DerFault> {
        Ok(self.0.expect_tag(tag::OCTET_STRING)?.value.to_vec())
    }
}

impl Element<'_> {
    fn oid_tagged(self) -> Result<Oid, DerFault> {
        self.expect_tag(tag::OID)?.oid()
    }
}

/// A SEQUENCE OF at least one and at most a thousand.
fn list_of<T>(
    der: &[u8],
    read: impl Fn(Element<'_>) -> Result<T, DerFault>,
) -> Result<Vec<T>, DerFault> {
    let mut items = Vec::new();
    for element in Reader::of_sequence(der)? {
        items.push(read(element?)?);
        if items.len() > LIST_MAX {
            return Err(DerFault::TooLarge);
        }
    }
    if items.is_empty() { Err(DerFault::Choice) } else { Ok(items) }
}
