//! Why a signature is not valid: refuted, or not understood.

use crate::algorithm::AlgorithmFault;
use crate::xml::canonical::CanonicalFault;
use crate::xml::read::ReadFault;

/// Why a signature was not read or not accepted. `at` is a byte offset into the document; addresses
/// are cut to 200 characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("this is not an XML signature")]
    NotASignature,
    #[error("{expected} is missing or in the wrong place (byte {at})")]
    Structure { expected: &'static str, at: usize },
    #[error("an attribute that does not belong here (byte {at})")]
    Attribute { at: usize },
    #[error("the value is not what it should be: {expected} (byte {at})")]
    Value { expected: &'static str, at: usize },
    #[error("more than {limit} of {what}")]
    TooMany { what: &'static str, limit: usize },
    #[error("the signature refers to nothing")]
    NoReference,
    #[error("a keyed hash (HMAC) is not a signature")]
    Hmac,
    #[error("the signature algorithm {uri} is not accepted")]
    SignatureAlgorithm { uri: String },
    #[error("the digest {uri} is not accepted")]
    DigestAlgorithm { uri: String },
    #[error("the canonical form {uri} is not accepted")]
    Canonicalization { uri: String },
    #[error("the transform {uri} is not accepted: {reason}")]
    Transform { uri: String, reason: &'static str },
    #[error("the parameters of RSA-PSS are not accepted")]
    PssParameters,
    #[error("the reference {uri} is not accepted")]
    Reference { uri: String },
    #[error("the document has no element {id}")]
    Missing { id: String },
    #[error("several elements call themselves {id}")]
    DuplicateId { id: String },
    #[error("the bytes of {uri} were not handed in")]
    ExternalMissing { uri: String },
    #[error("the signature says it is inside of what it signs, and is not")]
    NotEnveloped,
    #[error(transparent)]
    Canonical(#[from] CanonicalFault),
    #[error("what the reference names cannot be read as XML: {0}")]
    Read(#[from] ReadFault),
    #[error("what the signature covers was changed (reference {reference})")]
    Changed { reference: usize },
    #[error("the signature value: {0}")]
    Algorithm(#[from] AlgorithmFault),
}

impl Fault {
    /// True when the signature was understood and is wrong; false when it was not understood, so
    /// that nothing is known.
    pub fn is_refuted(&self) -> bool {
        matches!(
            self,
            Fault::Changed { .. }
                | Fault::Algorithm(AlgorithmFault::Wrong | AlgorithmFault::Unfitting)
        )
    }
}

/// A stranger's address, short enough for a message.
pub(in crate::xml) fn shown(address: &str) -> String {
    address.chars().take(200).collect()
}
