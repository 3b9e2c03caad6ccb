//! Signing with a key that a remote service keeps (CSC API v2): which services the operator allows,
//! which credentials there are whose, and the client that speaks to them.
//!
//! The service asks for its own proof of the person (a PIN, a one-time code) over named hashes;
//! that stands in for the second factor of this installation. What it answers is a bare signature:
//! it is checked against the certificate before anything is made of it.
//!
//! Only services with explicit authorisation are spoken to; those that ask in a page of their own
//! (`oauth2code`) are not, nor is anything asked in the background.
//!
//! Law: Luật 20/2023/QH15 art. 22

pub mod client;
pub mod fault;
pub mod messages;

use jiff::Timestamp;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use platform::vault::Place;
use uuid::Uuid;
use wire::algorithm::{Digest, EcdsaForm, PublicKey, SignatureAlgorithm, fixed_to_asn1};

pub use client::{Access, Client};
pub use fault::RemoteFault;

/// How this installation shows a service who it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccessKind {
    /// OAuth 2.0 client credentials: an id and a secret for a short-lived token.
    ClientCredentials,
    /// A token that was handed over once.
    Bearer,
}

record! {
    /// A remote signing service that the operator allows.
    #[derive(Debug, Clone)]
    pub struct Service {
        pub id: Uuid,
        pub name: String,
        /// Up to and with `/csc/v2`, without a slash at its end.
        pub address: String,
        pub access: AccessKind,
        pub client_id: String,
        /// Where tokens are had; empty with [`AccessKind::Bearer`].
        pub token_address: String,
        /// Sealed by the vault.
        pub secret: Vec<u8>,
        pub made_by: Uuid,
        pub made_name: String,
        pub made_at: Timestamp,
        pub ended_at: Option<Timestamp>,
    }
}

record! {
    /// A credential of a service that an officer signs with.
    #[derive(Debug, Clone)]
    pub struct Link {
        pub id: Uuid,
        pub service: Uuid,
        pub account: Uuid,
        /// As the service calls it.
        pub credential: String,
        /// Of its certificate, which the register knows.
        pub fingerprint: String,
        pub linked_at: Timestamp,
        pub ended_at: Option<Timestamp>,
    }
}

/// Where the secret of a service opens, and nowhere else.
pub fn sealed_at(service: &Uuid) -> Place<'_> {
    Place { table: "signing_remote_service", column: "secret", row: service.as_bytes() }
}

/// How a service calls an algorithm, and whether it must be told the digest beside it.
pub struct Named {
    pub oid: &'static str,
    pub digest_oid: &'static str,
    pub names_digest: bool,
}

/// The name for `algorithm` that the credential's key knows.
pub fn named(algorithm: SignatureAlgorithm, known: &[String]) -> Option<Named> {
    const RSA: &str = "1.2.840.113549.1.1.1";
    let digest_oid = digest_oid(algorithm.digest()?)?;
    let oid = match algorithm {
        SignatureAlgorithm::RsaPkcs1(Digest::Sha256) => "1.2.840.113549.1.1.11",
        SignatureAlgorithm::RsaPkcs1(Digest::Sha384) => "1.2.840.113549.1.1.12",
        SignatureAlgorithm::RsaPkcs1(Digest::Sha512) => "1.2.840.113549.1.1.13",
        SignatureAlgorithm::Ecdsa(Digest::Sha256) => "1.2.840.10045.4.3.2",
        SignatureAlgorithm::Ecdsa(Digest::Sha384) => "1.2.840.10045.4.3.3",
        SignatureAlgorithm::Ecdsa(Digest::Sha512) => "1.2.840.10045.4.3.4",
        _ => return None,
    };
    let knows = |oid: &str| known.iter().any(|one| one == oid);
    if knows(oid) {
        return Some(Named { oid, digest_oid, names_digest: false });
    }
    let is_rsa = matches!(algorithm, SignatureAlgorithm::RsaPkcs1(_));
    (is_rsa && knows(RSA)).then_some(Named { oid: RSA, digest_oid, names_digest: true })
}

fn digest_oid(digest: Digest) -> Option<&'static str> {
    match digest {
        Digest::Sha256 => Some("2.16.840.1.101.3.4.2.1"),
        Digest::Sha384 => Some("2.16.840.1.101.3.4.2.2"),
        Digest::Sha512 => Some("2.16.840.1.101.3.4.2.3"),
        Digest::Sha1 => None,
    }
}

/// The signature in the form that CMS carries, if it is this key's over the message. ECDSA comes as
/// DER from some services and as two bare numbers from others; the specification says neither.
///
/// # Errors
/// [`RemoteFault::WrongSignature`]: it is not.
pub fn checked(
    key: &PublicKey,
    algorithm: SignatureAlgorithm,
    message: &[u8],
    signature: Vec<u8>,
) -> Result<Vec<u8>, RemoteFault> {
    let holds =
        |signature: &[u8]| key.verify(algorithm, EcdsaForm::Asn1, message, signature).is_ok();
    if holds(&signature) {
        return Ok(signature);
    }
    let bare = match key {
        PublicKey::Ec { curve, .. } => fixed_to_asn1(*curve, &signature),
        _ => None,
    };
    bare.filter(|signature| holds(signature)).ok_or(RemoteFault::WrongSignature)
}

impl AccessKind {
    pub const ALL: [AccessKind; 2] = [AccessKind::ClientCredentials, AccessKind::Bearer];

    pub fn code(self) -> &'static str {
        match self {
            AccessKind::ClientCredentials => "client-credentials",
            AccessKind::Bearer => "bearer",
        }
    }

    pub fn parse(code: &str) -> Option<AccessKind> {
        AccessKind::ALL.into_iter().find(|one| one.code() == code)
    }

    pub fn word(self) -> &'static str {
        match self {
            AccessKind::ClientCredentials => "signing-remote-access-client",
            AccessKind::Bearer => "signing-remote-access-bearer",
        }
    }
}

impl ToArg for AccessKind {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for AccessKind {
    const EXPECTED: &'static str = "a way of access";

    fn from_cell(cell: Cell<'_>) -> Option<AccessKind> {
        match cell {
            Cell::Text(code) => AccessKind::parse(code),
            _ => None,
        }
    }
}
