//! From a certificate to an anchor (RFC 5280 §6, with the policy graph of RFC 9618).
//!
//! Paths are sought from the certificate upwards, only along signatures that hold, and validated
//! from the anchor downwards. The number of signatures that are checked is limited, so that no
//! pool of cross-certified authorities makes the search long.

mod names;
mod policy;
mod search;
mod validate;

pub use search::find;

use jiff::Timestamp;

use super::certificate::Certificate;
use super::der::Oid;
use super::extension::KeyUsage;

/// An authority that is trusted because somebody decided so, and not because of a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    pub certificate: Certificate,
    /// Trusted from then on; the certificate's own beginning, unless decided otherwise.
    pub from: Timestamp,
    /// Trusted until then; the certificate's own end, unless decided otherwise.
    pub until: Timestamp,
    /// Only for demands that name one of these purposes ([`super::oids::TIME_STAMPING`] …); empty:
    /// for all.
    pub purposes: Vec<Oid>,
}

impl Anchor {
    pub fn new(certificate: Certificate) -> Anchor {
        let (from, until) = (certificate.not_before, certificate.not_after);
        Anchor { certificate, from, until, purposes: Vec::new() }
    }
}

/// What the path has to be good for.
#[derive(Debug, Clone)]
pub struct Demand {
    /// The key may be used in at least one of these ways, or is not limited.
    pub key_usage: Option<KeyUsage>,
    /// The key is for at least one of these purposes, or is not limited.
    pub purposes: Vec<Oid>,
    /// At least one of these policies has to be valid; empty: any will do.
    pub policies: Vec<Oid>,
    /// Some policy has to be valid even when no certificate asks for that.
    pub needs_policy: bool,
    pub forbids_policy_mapping: bool,
    pub forbids_any_policy: bool,
    /// SHA-1 signatures are refused unless this is set: for reading what is very old.
    pub allows_sha1: bool,
    pub rsa_bits_min: usize,
    pub limits: Limits,
}

impl Default for Demand {
    fn default() -> Demand {
        Demand {
            key_usage: None,
            purposes: Vec::new(),
            policies: Vec::new(),
            needs_policy: false,
            forbids_policy_mapping: false,
            forbids_any_policy: false,
            allows_sha1: false,
            rsa_bits_min: 2048,
            limits: Limits::default(),
        }
    }
}

/// How far a search goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Certificates in a path, without the anchor.
    pub path_length: usize,
    /// Signatures that one search may check.
    pub signatures: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { path_length: 8, signatures: 64 }
    }
}

/// Everything that a search looks at.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub target: &'a Certificate,
    /// Certificates that may help. They need not be trusted, and may be hostile.
    pub pool: &'a [Certificate],
    pub anchors: &'a [Anchor],
    /// When everything has to be valid: now, or the time that a time stamp proves.
    pub at: Timestamp,
    pub demand: &'a Demand,
}

/// A path that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// From the target upwards, without the anchor. Only the target when that is the anchor.
    pub certificates: Vec<Certificate>,
    pub anchor: Anchor,
    /// The policies that hold for the target; [`super::oids::ANY_POLICY`] stands for all.
    pub policies: Vec<Oid>,
}

impl Path {
    /// Who issued the certificate at `index`: the next one, or the anchor.
    pub fn issuer(&self, index: usize) -> &Certificate {
        self.certificates.get(index + 1).unwrap_or(&self.anchor.certificate)
    }
}

/// Why the best candidate does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {reason}", certificate.subject)]
pub struct PathFault {
    pub reason: PathReason,
    /// The certificate that it is about.
    pub certificate: Certificate,
    /// From the target as far up as it went.
    pub candidate: Vec<Certificate>,
}

/// What is wrong with a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PathReason {
    #[error("no certificate of the issuer is at hand")]
    IssuerMissing,
    #[error("the path ends at an authority that is not trusted")]
    NoAnchor,
    #[error("the authority is trusted, but not at this time")]
    AnchorNotInForce,
    #[error("the authority is trusted, but not for this purpose")]
    AnchorPurpose,
    #[error("the signature is not the issuer's")]
    Signature,
    #[error("it is signed with an algorithm, or has a key, that is not known")]
    UnknownAlgorithm,
    #[error("it is signed with a digest that is broken")]
    WeakDigest,
    #[error("the key is too short")]
    WeakKey,
    #[error("it is not valid yet")]
    NotYetValid,
    #[error("it has expired")]
    Expired,
    #[error("it has something critical that is not understood: {0}")]
    UnknownCritical(Oid),
    #[error("it is not an authority's")]
    NotAuthority,
    #[error("its key may not be used for this")]
    KeyUsage,
    #[error("it is not for this purpose")]
    Purpose,
    #[error("more authorities stand below one than it allows")]
    PathLength,
    #[error("an authority may not issue for this name")]
    NameConstraint,
    #[error("no policy that is asked for is valid")]
    Policy,
    #[error("its policy mapping names any policy, which is not allowed")]
    PolicyMapping,
    #[error("the path is longer than is looked at")]
    TooLong,
    #[error("the search was given up after too many signatures")]
    TooMuch,
}
