//! JSON Web Signatures: compact and JSON, attached and detached.
//!
//! The algorithm is one of a closed list and must fit the kind (and for ECDSA the curve) of the
//! key that the *caller* brings. There is no `none`, no HMAC, no `jwk` or `jku`: a key that comes
//! with a message is not looked at, and the certificates in it are only hints.
//!
//! Specification: RFC 7515, 7518, 7797, 8037, 9864.

mod header;
mod read;
mod write;

pub use header::{Algorithm, Header};
pub use read::{Jws, JwsSignature, read};
pub use write::{Delivery, Prepared, Recipe, prepare};

use crate::algorithm::AlgorithmFault;

/// Why a signature is not read, checked or made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JwsFault {
    #[error("the text is neither the compact nor the JSON form of a signature")]
    Form,
    #[error("the text is larger, or has more signatures or certificates, than is read")]
    TooLarge,
    #[error("a part is not base64url")]
    Encoding,
    #[error("a protected header is not the JSON object it should be")]
    Header,
    #[error("\"none\" is no signature")]
    None,
    #[error("{algorithm} is a shared secret and proves nothing to others")]
    SharedSecret { algorithm: String },
    #[error("the algorithm {algorithm:?} is not known")]
    UnknownAlgorithm { algorithm: String },
    #[error("the header asks to understand {name:?}, which is not understood")]
    Critical { name: String },
    #[error("the list of critical names is empty, doubled or names what is not there")]
    CriticalList,
    #[error("what decides must stand in the protected header")]
    Unprotected,
    #[error("an unencoded payload (b64 = false) must be critical and detached, for all alike")]
    Unencoded,
    #[error("the certificate is not the one whose digest stands beside it")]
    CertificateDigest,
    #[error("the payload is missing: it must be handed in")]
    PayloadMissing,
    #[error("the payload is in the message and was handed in as well, or is another")]
    PayloadTwice,
    #[error("the key is of another kind than {algorithm}")]
    KeyKind { algorithm: &'static str },
    #[error(transparent)]
    Signature(#[from] AlgorithmFault),
}
