//! Writing extensions: the criticality of each is the one RFC 5280 asks for.

use super::{
    Access, BasicConstraints, DistributionPoint, Extension, KeyUsage, NameConstraints, Policy,
    PolicyConstraints, QcStatement,
};
use crate::algorithm::{Digest, PublicKey};
use crate::pki::der::{Oid, Reader, tag, write};
use crate::pki::general_name::GeneralName;
use crate::pki::identifier;
use crate::pki::oids;

/// Collects extensions in the order in which they are named. A later one of the same kind takes
/// the place of the earlier.
#[derive(Debug, Clone, Default)]
pub struct ExtensionBuilder {
    extensions: Vec<Extension>,
}

impl ExtensionBuilder {
    pub fn new() -> ExtensionBuilder {
        ExtensionBuilder::default()
    }

    pub fn finish(self) -> Vec<Extension> {
        self.extensions
    }

    /// Any extension, with the DER of its own type.
    pub fn with(mut self, kind: Oid, is_critical: bool, value: Vec<u8>) -> ExtensionBuilder {
        self.extensions.retain(|earlier| earlier.kind != kind);
        self.extensions.push(Extension { kind, is_critical, value });
        self
    }

    pub fn authority(self, path_length: Option<u32>) -> ExtensionBuilder {
        let constraints = BasicConstraints { is_authority: true, path_length };
        self.with(oids::BASIC_CONSTRAINTS, true, constraints.write())
    }

    pub fn end_entity(self) -> ExtensionBuilder {
        let constraints = BasicConstraints { is_authority: false, path_length: None };
        self.with(oids::BASIC_CONSTRAINTS, true, constraints.write())
    }

    pub fn key_usage(self, usage: KeyUsage) -> ExtensionBuilder {
        self.with(oids::KEY_USAGE, true, write::named_bits(tag::BIT_STRING, usage.0))
    }

    /// Critical where the purpose's own specification asks for it: time stamps (RFC 3161 §2.3).
    pub fn extended_key_usage(self, purposes: &[Oid]) -> ExtensionBuilder {
        let is_critical = purposes.contains(&oids::TIME_STAMPING);
        let list: Vec<Vec<u8>> = purposes.iter().map(write::oid).collect();
        self.with(oids::EXTENDED_KEY_USAGE, is_critical, write::sequence_of(&list))
    }

    /// The first 160 bits of the SHA-256 of the key (RFC 7093 §2, method 1).
    pub fn subject_key_id(self, key: &PublicKey) -> ExtensionBuilder {
        self.with(oids::SUBJECT_KEY_ID, false, write::octets(&key_id(key)))
    }

    /// The subject key identifier of the issuer's certificate.
    pub fn authority_key_id(self, key_id: &[u8]) -> ExtensionBuilder {
        let value = write::sequence(&[&write::tlv(tag::primitive(0), &[key_id])]);
        self.with(oids::AUTHORITY_KEY_ID, false, value)
    }

    /// Not critical: for a certificate without a subject, use [`ExtensionBuilder::with`].
    pub fn subject_names(self, names: &[GeneralName]) -> ExtensionBuilder {
        let value = write::sequence(&[&GeneralName::write_all(names)]);
        self.with(oids::SUBJECT_ALT_NAME, false, value)
    }

    pub fn policies(self, policies: &[Policy]) -> ExtensionBuilder {
        let list: Vec<Vec<u8>> = policies.iter().map(Policy::write).collect();
        self.with(oids::POLICIES, false, write::sequence_of(&list))
    }

    pub fn policy_mappings(self, mappings: &[(Oid, Oid)]) -> ExtensionBuilder {
        let pair = |(from, to): &(Oid, Oid)| write::sequence(&[&write::oid(from), &write::oid(to)]);
        let list: Vec<Vec<u8>> = mappings.iter().map(pair).collect();
        self.with(oids::POLICY_MAPPINGS, true, write::sequence_of(&list))
    }

    pub fn policy_constraints(self, constraints: PolicyConstraints) -> ExtensionBuilder {
        self.with(oids::POLICY_CONSTRAINTS, true, constraints.write())
    }

    pub fn inhibit_any_policy(self, skip_certificates: u32) -> ExtensionBuilder {
        let value = write::small(skip_certificates.into());
        self.with(oids::INHIBIT_ANY_POLICY, true, value)
    }

    pub fn name_constraints(self, constraints: &NameConstraints) -> ExtensionBuilder {
        self.with(oids::NAME_CONSTRAINTS, true, constraints.write())
    }

    pub fn crl_points(self, points: &[DistributionPoint]) -> ExtensionBuilder {
        let list: Vec<Vec<u8>> = points.iter().map(DistributionPoint::write).collect();
        self.with(oids::CRL_POINTS, false, write::sequence_of(&list))
    }

    /// Where the issuer answers (OCSP) and where its certificate lies; no address, no entry.
    pub fn authority_access(self, ocsp: &[&str], issuers: &[&str]) -> ExtensionBuilder {
        let access = |method: Oid, addresses: &[&str]| -> Vec<Vec<u8>> {
            let location = |address: &&str| GeneralName::Uri((*address).to_owned());
            let all =
                addresses.iter().map(|address| Access { method, location: location(address) });
            all.map(|access| access.write()).collect()
        };
        let mut list = access(oids::ACCESS_OCSP, ocsp);
        list.extend(access(oids::ACCESS_ISSUERS, issuers));
        self.with(oids::AUTHORITY_ACCESS, false, write::sequence_of(&list))
    }

    pub fn qc_statements(self, statements: &[QcStatement]) -> ExtensionBuilder {
        let list: Vec<Vec<u8>> = statements.iter().map(QcStatement::write).collect();
        self.with(oids::QC_STATEMENTS, false, write::sequence_of(&list))
    }

    pub fn ocsp_no_check(self) -> ExtensionBuilder {
        self.with(oids::OCSP_NO_CHECK, false, write::null())
    }
}

/// What [`ExtensionBuilder::subject_key_id`] writes.
pub fn key_id(key: &PublicKey) -> Vec<u8> {
    let spki = identifier::write_key(key);
    let bits = Reader::of_sequence(&spki).and_then(|mut fields| {
        fields.sequence()?;
        fields.bits_of_bytes()
    });
    let mut digest = Digest::Sha256.of(bits.unwrap_or_default());
    digest.truncate(20);
    digest
}

impl Extension {
    pub(crate) fn write(&self) -> Vec<u8> {
        let critical = if self.is_critical { write::boolean(true) } else { Vec::new() };
        write::sequence(&[&write::oid(&self.kind), &critical, &write::octets(&self.value)])
    }

    pub(crate) fn write_all(extensions: &[Extension]) -> Vec<u8> {
        let list: Vec<Vec<u8>> = extensions.iter().map(Extension::write).collect();
        write::sequence_of(&list)
    }
}
