//! Making lists.

use jiff::Timestamp;

use super::{Entry, IssuingPoint};
use crate::algorithm::SignatureAlgorithm;
use crate::pki::der::{tag, write};
use crate::pki::extension::{ExtensionBuilder, PointName};
use crate::pki::identifier;
use crate::pki::issue::{IssueFault, write_extensions};
use crate::pki::name::Name;
use crate::pki::oids;
use crate::pki::prepared::Prepared;

/// All that a list will say, but for its entries.
#[derive(Debug, Clone, Copy)]
pub struct CrlProfile<'a> {
    pub issuer: &'a Name,
    /// The subject key identifier of the issuer's certificate.
    pub issuer_key_id: &'a [u8],
    pub this_update: Timestamp,
    pub next_update: Timestamp,
    /// Grows with every list.
    pub number: u64,
}

/// A complete version 2 list, to be signed by the issuer's key with `algorithm`.
pub fn prepare(
    profile: &CrlProfile<'_>,
    entries: &[Entry],
    algorithm: SignatureAlgorithm,
) -> Result<Prepared, IssueFault> {
    prepare_part(profile, None, entries, algorithm)
}

/// A list that is not about everything of its issuer, but complete for what `point` says.
pub fn prepare_part(
    profile: &CrlProfile<'_>,
    point: Option<&IssuingPoint>,
    entries: &[Entry],
    algorithm: SignatureAlgorithm,
) -> Result<Prepared, IssueFault> {
    if profile.issuer.is_empty() {
        return Err(IssueFault::IssuerUnnamed);
    }
    if profile.next_update < profile.this_update {
        return Err(IssueFault::Dates);
    }
    let algorithm_der = identifier::write_signature(algorithm)?;
    let mut revoked = Vec::with_capacity(entries.len() * 40);
    for entry in entries {
        revoked.extend(entry.write());
    }
    let revoked =
        if entries.is_empty() { Vec::new() } else { write::tlv(tag::SEQUENCE, &[&revoked]) };
    let mut extensions = ExtensionBuilder::new().authority_key_id(profile.issuer_key_id).with(
        oids::CRL_NUMBER,
        false,
        write::small(profile.number),
    );
    if let Some(point) = point {
        extensions = extensions.with(oids::ISSUING_DISTRIBUTION_POINT, true, point.write());
    }
    let message = write::sequence(&[
        &write::small(1),
        &algorithm_der,
        profile.issuer.der(),
        &write::time(profile.this_update),
        &write::time(profile.next_update),
        &revoked,
        &write_extensions(0, &extensions.finish()),
    ]);
    Ok(Prepared::signed(message, algorithm, &algorithm_der))
}

impl IssuingPoint {
    fn write(&self) -> Vec<u8> {
        let flag = |number: u8, is_set: bool| {
            if is_set { write::tlv(tag::primitive(number), &[&[0xff]]) } else { Vec::new() }
        };
        let name = self.name.as_ref().map_or(Vec::new(), PointName::write);
        let reasons =
            self.some_reasons.map_or(Vec::new(), |bits| write::named_bits(tag::primitive(3), bits));
        write::sequence(&[
            &name,
            &flag(1, self.only_users),
            &flag(2, self.only_authorities),
            &reasons,
            &flag(4, self.is_indirect),
            &flag(5, self.only_attributes),
        ])
    }
}
