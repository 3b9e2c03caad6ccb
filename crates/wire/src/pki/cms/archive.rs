//! The archive time stamp of CAdES (archive-time-stamp-v3): over a signature, what it is about and
//! what came along with it, so that all of that can grow older than its algorithms.
//!
//! The certificates, the word about their revocation and the unsigned attributes are covered by
//! their hashes in an index (ats-hash-index-v3), which the token itself carries. What the index
//! does not name was added later and is not covered.
//!
//! Specification: ETSI EN 319 122-1 §5.5.

use std::collections::HashSet;

use jiff::Timestamp;

use super::{Additions, Attribute, CmsFault, SignedData, Signer};
use crate::algorithm::Digest;
use crate::pki::der::{DerFault, Oid, Reader, tag, write};
use crate::pki::identifier::{self, Identifier};
use crate::pki::oids;
use crate::pki::time_stamp::{StampFault, Token};

/// Why an archive time stamp is not understood, or is not one of this message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveFault {
    #[error("the archive time stamp is no time stamp: {0}")]
    Token(#[from] StampFault),
    #[error("the archive time stamp has no index of hashes that is understood")]
    Index,
    #[error("the index of hashes is not well formed: {0}")]
    Der(#[from] DerFault),
    #[error("the index of hashes names something that is not in the message")]
    Gone,
}

/// An archive time stamp whose index fits the message; whether the token is over
/// [`ArchiveStamp::stamped`], and who gave it, is another question.
#[derive(Debug, Clone)]
pub struct ArchiveStamp<'s> {
    pub token: &'s [u8],
    /// What the token says.
    pub at: Timestamp,
    /// Of the token's imprint, by which the content has to be hashed too.
    pub digest: Digest,
    /// Of the index.
    pub index_digest: Digest,
    signer: &'s Signer,
    content_type: Oid,
    index: Vec<u8>,
    attributes: HashSet<Vec<u8>>,
}

impl ArchiveStamp<'_> {
    /// The message that the token must be over; `content_hash` is of the content, by
    /// [`ArchiveStamp::digest`].
    pub fn stamped(&self, content_hash: &[u8]) -> Vec<u8> {
        stamped(self.content_type, content_hash, self.signer, &self.index)
    }

    /// Whether this value of an unsigned attribute is covered.
    pub fn covers(&self, kind: Oid, value: &[u8]) -> bool {
        self.attributes.contains(&hash_of(self.index_digest, kind, value))
    }
}

impl SignedData {
    /// Reads an archive time stamp of a signer.
    ///
    /// # Errors
    /// [`ArchiveFault`] when it cannot be, or when something it covers is gone.
    pub fn archive_stamp<'s>(
        &self,
        signer: &'s Signer,
        token: &'s [u8],
    ) -> Result<ArchiveStamp<'s>, ArchiveFault> {
        let read = Token::read(token)?;
        let mut indices = read.signer()?.unsigned_values(oids::ARCHIVE_HASH_INDEX_V3);
        let (Some(index), None) = (indices.next(), indices.next()) else {
            return Err(ArchiveFault::Index);
        };
        let mut fields = Reader::of_sequence(index)?;
        let index_digest = match Reader::of_sequence(index)?.count() {
            // Left out by those who go by the first edition, where SHA-256 was the default.
            3 => Digest::Sha256,
            _ => Identifier::read(&mut fields)?.digest().ok_or(ArchiveFault::Index)?,
        };
        let named = [hashes(&mut fields)?, hashes(&mut fields)?, hashes(&mut fields)?];
        fields.finish()?;
        let held = self.hashes(signer, index_digest);
        if named.iter().zip(&held).any(|(named, held)| !named.is_subset(held)) {
            return Err(ArchiveFault::Gone);
        }
        let [_, _, attributes] = named;
        Ok(ArchiveStamp {
            token,
            at: read.at,
            digest: read.imprint.digest,
            index_digest,
            signer,
            content_type: self.content_type,
            index: index.to_vec(),
            attributes,
        })
    }

    /// What an archive time stamp of a signer, with everything that came along until now, must be
    /// over, and the index that has to be put into its token ([`with_index`]). `content_hash` is of
    /// the content by `digest`.
    ///
    /// # Errors
    /// [`CmsFault::NoSigner`], [`CmsFault::DigestLength`]
    pub fn to_be_archived(
        &self,
        signer_index: usize,
        (digest, content_hash): (Digest, &[u8]),
    ) -> Result<(Vec<u8>, Vec<u8>), CmsFault> {
        let signer = self.signers.get(signer_index).ok_or(CmsFault::NoSigner)?;
        if content_hash.len() != digest.size_bytes() {
            return Err(CmsFault::DigestLength);
        }
        let lists = self.hashes(signer, digest).map(|list| {
            let mut list: Vec<Vec<u8>> = list.iter().map(|hash| write::octets(hash)).collect();
            list.sort_unstable();
            write::sequence_of(&list)
        });
        let [certificates, revocations, attributes] = &lists;
        let algorithm = identifier::write_digest(digest);
        let index = write::sequence(&[&algorithm, certificates, revocations, attributes]);
        Ok((stamped(self.content_type, content_hash, signer, &index), index))
    }

    /// Of certificates, of the word about revocation, of the unsigned attributes.
    fn hashes(&self, signer: &Signer, digest: Digest) -> [HashSet<Vec<u8>>; 3] {
        let of = |range| digest.of(self.at(range));
        let attributes = signer.unsigned.iter().flat_map(|attribute| {
            attribute.values.iter().map(|value| hash_of(digest, attribute.kind, value))
        });
        [
            self.layout.certificates.iter().map(of).collect(),
            self.layout.revocations.iter().map(of).collect(),
            attributes.collect(),
        ]
    }
}

/// The token with the index in it, ready to be an unsigned attribute.
///
/// # Errors
/// [`CmsFault`] when it is no signed data.
pub fn with_index(token: &[u8], index: &[u8]) -> Result<Vec<u8>, CmsFault> {
    let unsigned = [Attribute::new(oids::ARCHIVE_HASH_INDEX_V3, index.to_vec())];
    let additions = Additions { unsigned: &unsigned, ..Additions::default() };
    SignedData::read(token)?.complete(0, &additions)
}

fn stamped(content_type: Oid, content_hash: &[u8], signer: &Signer, index: &[u8]) -> Vec<u8> {
    [&write::oid(&content_type), content_hash, &signer.fields, index].concat()
}

fn hash_of(digest: Digest, kind: Oid, value: &[u8]) -> Vec<u8> {
    digest.of(&[&write::oid(&kind), value].concat())
}

fn hashes(fields: &mut Reader<'_>) -> Result<HashSet<Vec<u8>>, DerFault> {
    let octets = |element: Result<crate::pki::der::Element<'_>, DerFault>| {
        Ok(element?.expect_tag(tag::OCTET_STRING)?.value.to_vec())
    };
    fields.sequence()?.map(octets).collect()
}
