//! Keys, as they are spoken of: which kind, kept where, fit for what. The private part is
//! [`crate::software`]'s or the token's.
//!
//! Law: TT 22/2020/TT-BTTTT

use std::fmt;

use platform::store::{Arg, Cell, FromCell, ToArg};
use uuid::Uuid;
use wire::algorithm::{Curve, Digest, PublicKey, SignatureAlgorithm};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId(pub Uuid);

/// What is generated and imported; other keys are only verified with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    Rsa2048,
    Rsa3072,
    P256,
    P384,
    Ed25519,
}

/// Where the private part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Keeper {
    /// Sealed in the database under the master key.
    Software,
    /// In a token or a hardware module, which it never leaves (PKCS#11).
    Token,
}

impl KeyKind {
    pub const ALL: [KeyKind; 5] =
        [KeyKind::Rsa2048, KeyKind::Rsa3072, KeyKind::P256, KeyKind::P384, KeyKind::Ed25519];

    /// What is stored, and typed at the command line.
    pub fn code(self) -> &'static str {
        match self {
            KeyKind::Rsa2048 => "rsa-2048",
            KeyKind::Rsa3072 => "rsa-3072",
            KeyKind::P256 => "p-256",
            KeyKind::P384 => "p-384",
            KeyKind::Ed25519 => "ed25519",
        }
    }

    pub fn parse(code: &str) -> Option<KeyKind> {
        KeyKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// As specialists say it, in both languages.
    pub fn title(self) -> &'static str {
        match self {
            KeyKind::Rsa2048 => "RSA 2048",
            KeyKind::Rsa3072 => "RSA 3072",
            KeyKind::P256 => "ECDSA P-256",
            KeyKind::P384 => "ECDSA P-384",
            KeyKind::Ed25519 => "Ed25519",
        }
    }

    /// `None` for keys that are only verified with (P-521, other lengths of RSA).
    pub fn of(key: &PublicKey) -> Option<KeyKind> {
        match key {
            PublicKey::Rsa { modulus_bits: 2048, .. } => Some(KeyKind::Rsa2048),
            PublicKey::Rsa { modulus_bits: 3072, .. } => Some(KeyKind::Rsa3072),
            PublicKey::Rsa { .. } => None,
            PublicKey::Ec { curve: Curve::P256, .. } => Some(KeyKind::P256),
            PublicKey::Ec { curve: Curve::P384, .. } => Some(KeyKind::P384),
            PublicKey::Ec { curve: Curve::P521, .. } => None,
            PublicKey::Ed25519(_) => Some(KeyKind::Ed25519),
        }
    }

    /// What such a key signs with; the first is the one to take when nothing speaks against it.
    pub fn algorithms(self) -> &'static [SignatureAlgorithm] {
        use SignatureAlgorithm::{Ecdsa, Ed25519, RsaPkcs1, RsaPss};
        match self {
            KeyKind::Rsa2048 | KeyKind::Rsa3072 => &[
                RsaPkcs1(Digest::Sha256),
                RsaPkcs1(Digest::Sha384),
                RsaPkcs1(Digest::Sha512),
                RsaPss(Digest::Sha256),
                RsaPss(Digest::Sha384),
                RsaPss(Digest::Sha512),
            ],
            KeyKind::P256 => &[Ecdsa(Digest::Sha256)],
            KeyKind::P384 => &[Ecdsa(Digest::Sha384)],
            KeyKind::Ed25519 => &[Ed25519],
        }
    }

    pub fn usual_algorithm(self) -> SignatureAlgorithm {
        match self {
            KeyKind::Rsa2048 | KeyKind::Rsa3072 => SignatureAlgorithm::RsaPkcs1(Digest::Sha256),
            KeyKind::P256 => SignatureAlgorithm::Ecdsa(Digest::Sha256),
            KeyKind::P384 => SignatureAlgorithm::Ecdsa(Digest::Sha384),
            KeyKind::Ed25519 => SignatureAlgorithm::Ed25519,
        }
    }
}

impl Keeper {
    pub const ALL: [Keeper; 2] = [Keeper::Software, Keeper::Token];

    pub fn code(self) -> &'static str {
        match self {
            Keeper::Software => "software",
            Keeper::Token => "pkcs11",
        }
    }

    pub fn parse(code: &str) -> Option<Keeper> {
        Keeper::ALL.into_iter().find(|keeper| keeper.code() == code)
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl ToArg for KeyId {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Uuid(self.0)
    }
}

impl FromCell for KeyId {
    const EXPECTED: &'static str = "the id of a key";

    fn from_cell(cell: Cell<'_>) -> Option<KeyId> {
        Uuid::from_cell(cell).map(KeyId)
    }
}

impl ToArg for KeyKind {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for KeyKind {
    const EXPECTED: &'static str = "a kind of key";

    fn from_cell(cell: Cell<'_>) -> Option<KeyKind> {
        match cell {
            Cell::Text(code) => KeyKind::parse(code),
            _ => None,
        }
    }
}

impl ToArg for Keeper {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for Keeper {
    const EXPECTED: &'static str = "a keeper of keys";

    fn from_cell(cell: Cell<'_>) -> Option<Keeper> {
        match cell {
            Cell::Text(code) => Keeper::parse(code),
            _ => None,
        }
    }
}
