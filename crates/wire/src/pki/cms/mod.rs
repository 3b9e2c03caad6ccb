//! Signed messages (CMS, RFC 5652) and their European profile (CAdES, ETSI EN 319 122-1).
//!
//! What others wrote may be BER in streams; it is rewritten to definite lengths first, with caps
//! on size and depth. Signed attributes are verified as they stood there.

mod archive;
mod attribute;
mod build;
mod check;
mod complete;
mod read;
mod signer;

pub use archive::{ArchiveFault, ArchiveStamp, with_index};
pub use attribute::{Attribute, CertificateHash, Evidence};
pub use build::{Content, SignatureProfile, prepare};
pub(super) use build::{Form, prepare_form};
pub use check::{CheckFault, Covered, Original};
pub use complete::Additions;
pub use signer::{Signer, SignerId};

use std::ops::Range;

use crate::algorithm::{AlgorithmFault, Digest};

use super::certificate::Certificate;
use super::der::{DerFault, Oid};

/// Why bytes are not signed data, or cannot be made into it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CmsFault {
    #[error("the signed message is not well formed: {0}")]
    Der(#[from] DerFault),
    #[error("the message is larger than allowed")]
    TooLarge,
    #[error("the message is not signed data but {0}")]
    NotSignedData(Oid),
    #[error("a signed attribute that stands alone comes twice or has not one value: {0}")]
    AttributeTwice(Oid),
    #[error("there is no such signer")]
    NoSigner,
    #[error("nothing is signed so: {0}")]
    Algorithm(#[from] AlgorithmFault),
    #[error("the digest handed in has not the length of its algorithm")]
    DigestLength,
}

/// Signed data. Nothing in it is to be believed before [`SignedData::check`].
#[derive(Debug, Clone)]
pub struct SignedData {
    der: Vec<u8>,
    layout: Layout,
    /// What kind of thing was signed; usually `id-data`.
    pub content_type: Oid,
    pub certificates: Vec<Certificate>,
    /// How many came along that cannot be read: they help nobody and harm nobody, since a
    /// signature is only ever checked against one that can.
    pub unread_certificates: usize,
    pub signers: Vec<Signer>,
}

/// Where the fields lie in the bytes.
#[derive(Debug, Clone)]
struct Layout {
    version: u64,
    digest_algorithms: Range<usize>,
    digests: Vec<Digest>,
    encapsulated: Range<usize>,
    content: Option<Range<usize>>,
    certificates: Vec<Range<usize>>,
    revocations: Vec<Range<usize>>,
    signers: Vec<Range<usize>>,
}

impl SignedData {
    /// DER, also when it came as BER.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// What was signed, when it is inside; `None` when the signature is detached.
    pub fn content(&self) -> Option<&[u8]> {
        self.layout.content.clone().map(|range| self.at(&range))
    }

    /// The enclosed certificate that the signer names: of several, the one signed along.
    pub fn certificate_of(&self, signer: &Signer) -> Option<&Certificate> {
        let hashes = signer.signing_certificates().unwrap_or_default();
        let mut named = self.certificates.iter().filter(|found| signer.id.means(found));
        let first = named.next()?;
        let signed_along =
            |found: &&Certificate| hashes.first().is_some_and(|hash| hash.means(found));
        std::iter::once(first).chain(named).find(signed_along).or(Some(first))
    }

    /// Lists and answers that came along, in `SignedData.crls` and in the signer's attributes.
    pub fn evidence(&self, signer: &Signer) -> Evidence {
        let mut evidence = Evidence::default();
        for range in &self.layout.revocations {
            evidence.take_revocation(self.at(range));
        }
        signer.signed.iter().chain(&signer.unsigned).for_each(|found| evidence.take(found));
        evidence
    }

    fn at(&self, range: &Range<usize>) -> &[u8] {
        self.der.get(range.clone()).unwrap_or_default()
    }
}
