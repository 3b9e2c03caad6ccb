//! Adding what is learned after signing: time stamps, certificates, lists, answers. Nothing that
//! was signed is touched.

use super::{Attribute, CmsFault, SignedData};
use crate::pki::certificate::Certificate;
use crate::pki::der::{Element, Reader, tag, write};
use crate::pki::oids;

/// What to add.
#[derive(Debug, Clone, Copy, Default)]
pub struct Additions<'a> {
    /// To the signer's unsigned attributes, such as
    /// [`oids::SIGNATURE_TIME_STAMP`] with the DER of a time-stamp token.
    pub unsigned: &'a [Attribute],
    pub certificates: &'a [Certificate],
    /// The DER of lists.
    pub crls: &'a [Vec<u8>],
    /// The DER of each BasicOCSPResponse.
    pub ocsp: &'a [Vec<u8>],
}

impl SignedData {
    /// The DER of the same signed data with more in it; what is there already is not added again.
    pub fn complete(
        &self,
        signer_index: usize,
        additions: &Additions<'_>,
    ) -> Result<Vec<u8>, CmsFault> {
        if signer_index >= self.signers.len() {
            return Err(CmsFault::NoSigner);
        }
        let ranges = |all: &[std::ops::Range<usize>]| -> Vec<Vec<u8>> {
            all.iter().map(|range| self.at(range).to_vec()).collect()
        };
        let mut certificates = ranges(&self.layout.certificates);
        certificates.extend(additions.certificates.iter().map(|added| added.der().to_vec()));
        let mut revocations = ranges(&self.layout.revocations);
        revocations.extend(additions.crls.iter().cloned());
        revocations.extend(
            additions.ocsp.iter().map(|basic| {
                write::explicit(1, &[&write::oid(&oids::OTHER_REVOCATION_OCSP), basic])
            }),
        );
        let has_other = revocations.iter().any(|der| der.first() == Some(&tag::constructed(1)));
        let version = if has_other { 5 } else { self.layout.version };
        let mut signers = ranges(&self.layout.signers);
        if let Some(signer) = signers.get_mut(signer_index) {
            *signer = with_unsigned(signer, additions.unsigned)?;
        }
        let signed_data = write::sequence(&[
            &write::small(version),
            self.at(&self.layout.digest_algorithms),
            self.at(&self.layout.encapsulated),
            &optional_set(0, certificates),
            &optional_set(1, revocations),
            &write::set_of(tag::SET, signers),
        ]);
        let inside = write::explicit(0, &[&signed_data]);
        Ok(write::sequence(&[&write::oid(&oids::SIGNED_DATA), &inside]))
    }
}

fn optional_set(number: u8, mut items: Vec<Vec<u8>>) -> Vec<u8> {
    if items.is_empty() {
        return Vec::new();
    }
    items.sort_unstable();
    items.dedup();
    write::set_of(tag::constructed(number), items)
}

fn with_unsigned(signer: &[u8], added: &[Attribute]) -> Result<Vec<u8>, CmsFault> {
    let mut before: Vec<&[u8]> = Vec::new();
    let mut attributes: Vec<Vec<u8>> = added.iter().map(Attribute::write).collect();
    for element in Reader::of_sequence(signer)? {
        let element: Element<'_> = element?;
        if element.tag == tag::constructed(1) {
            for attribute in element.inside() {
                attributes.push(attribute?.whole.to_vec());
            }
        } else {
            before.push(element.whole);
        }
    }
    let unsigned = optional_set(1, attributes);
    before.push(&unsigned);
    Ok(write::sequence(&before))
}
