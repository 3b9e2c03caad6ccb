//! Digests, signature algorithms and public keys: what every signed format has in common.
//!
//! A format names its algorithms its own way (an object identifier, an XML address, a JOSE word);
//! inside there are only these enums. Whether an algorithm may still be *trusted* is a rule of the
//! validation policy and not decided here, except that nothing here ever makes an HMAC or a key
//! that came with the message look like a signature.

use std::fmt;

use aws_lc_rs::digest;
use aws_lc_rs::signature::{self as lc, RsaParameters, RsaPssSaltLength, VerificationAlgorithm};

/// Of the longest modulus that is read (8192 bits).
const RSA_BYTES_MAX: usize = 1024;

/// Why a signature value was not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AlgorithmFault {
    /// The name is not one we know, or not one that signs.
    #[error("the algorithm is not known")]
    Unknown,
    /// A key of one kind with an algorithm of another: a classic confusion.
    #[error("the key does not fit the algorithm")]
    Unfitting,
    /// The bytes of the key are not a key.
    #[error("the public key cannot be read")]
    KeyUnreadable,
    /// Everything could be read, and the signature is not of this message by this key.
    #[error("the signature value is wrong")]
    Wrong,
}

/// A message digest. SHA-1 is here because old signatures are read; nothing signs with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Digest {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Digest {
    pub fn of(self, message: &[u8]) -> Vec<u8> {
        digest::digest(self.provider(), message).as_ref().to_vec()
    }

    /// For messages in pieces: `digest.begin()`, `update`, `finish`.
    pub fn begin(self) -> digest::Context {
        digest::Context::new(self.provider())
    }

    pub fn size_bytes(self) -> usize {
        self.provider().output_len()
    }

    /// The digests that a new signature may use.
    pub fn is_strong(self) -> bool {
        self != Digest::Sha1
    }

    pub fn name(self) -> &'static str {
        match self {
            Digest::Sha1 => "SHA-1",
            Digest::Sha256 => "SHA-256",
            Digest::Sha384 => "SHA-384",
            Digest::Sha512 => "SHA-512",
        }
    }

    fn provider(self) -> &'static digest::Algorithm {
        match self {
            Digest::Sha1 => &digest::SHA1_FOR_LEGACY_USE_ONLY,
            Digest::Sha256 => &digest::SHA256,
            Digest::Sha384 => &digest::SHA384,
            Digest::Sha512 => &digest::SHA512,
        }
    }
}

/// How a message was signed. The curve is a property of the key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5.
    RsaPkcs1(Digest),
    /// RSASSA-PSS with MGF1 over the same digest and a salt of its length.
    RsaPss(Digest),
    /// The same with a salt of so many bytes, as some signers have it. Only read.
    RsaPssSalted(Digest, u16),
    Ecdsa(Digest),
    Ed25519,
}

impl SignatureAlgorithm {
    /// RSASSA-PSS with a salt of whatever length; `None` when no key that is read has room for it.
    pub fn rsa_pss(digest: Digest, salt_bytes: u64) -> Option<SignatureAlgorithm> {
        let salt_bytes = u16::try_from(salt_bytes).ok()?;
        let room = RSA_BYTES_MAX.checked_sub(digest.size_bytes() + 2)?;
        match usize::from(salt_bytes) {
            length if length == digest.size_bytes() => Some(SignatureAlgorithm::RsaPss(digest)),
            length if length <= room => Some(SignatureAlgorithm::RsaPssSalted(digest, salt_bytes)),
            _ => None,
        }
    }

    /// `None` for Ed25519, which hashes by itself.
    pub fn digest(self) -> Option<Digest> {
        match self {
            SignatureAlgorithm::RsaPkcs1(digest)
            | SignatureAlgorithm::RsaPss(digest)
            | SignatureAlgorithm::RsaPssSalted(digest, _)
            | SignatureAlgorithm::Ecdsa(digest) => Some(digest),
            SignatureAlgorithm::Ed25519 => None,
        }
    }

    pub fn is_strong(self) -> bool {
        self.digest().is_none_or(Digest::is_strong)
    }
}

impl fmt::Display for SignatureAlgorithm {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SignatureAlgorithm::RsaPkcs1(digest) => write!(out, "RSA PKCS#1 {}", digest.name()),
            SignatureAlgorithm::RsaPss(digest) => write!(out, "RSA-PSS {}", digest.name()),
            SignatureAlgorithm::RsaPssSalted(digest, salt) => {
                write!(out, "RSA-PSS {} (salt {salt})", digest.name())
            }
            SignatureAlgorithm::Ecdsa(digest) => write!(out, "ECDSA {}", digest.name()),
            SignatureAlgorithm::Ed25519 => write!(out, "Ed25519"),
        }
    }
}

/// How the two numbers of an ECDSA signature are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EcdsaForm {
    /// A DER sequence of two integers: X.509, CMS, time stamps.
    Asn1,
    /// r and s side by side, each as long as the curve's order: XML-DSig, JOSE.
    Fixed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Curve {
    P256,
    P384,
    P521,
}

impl Curve {
    /// Of one coordinate, and so of r and of s.
    pub fn size_bytes(self) -> usize {
        match self {
            Curve::P256 => 32,
            Curve::P384 => 48,
            Curve::P521 => 66,
        }
    }
}

/// A public key in the form its algorithm verifies with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PublicKey {
    /// The DER of PKCS#1 `RSAPublicKey`, and the length of the modulus.
    Rsa {
        pkcs1: Vec<u8>,
        modulus_bits: usize,
    },
    /// An uncompressed point.
    Ec {
        curve: Curve,
        point: Vec<u8>,
    },
    Ed25519(Vec<u8>),
}

impl PublicKey {
    /// Checks one signature over `message`.
    ///
    /// # Errors
    /// [`AlgorithmFault::Unfitting`] when the key is of another kind than the algorithm,
    /// [`AlgorithmFault::Wrong`] when the signature is not this key's over this message.
    pub fn verify(
        &self,
        algorithm: SignatureAlgorithm,
        form: EcdsaForm,
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), AlgorithmFault> {
        let pss;
        let (provider, bytes): (&dyn VerificationAlgorithm, &[u8]) = match (self, algorithm) {
            (PublicKey::Rsa { pkcs1, .. }, SignatureAlgorithm::RsaPkcs1(digest)) => {
                (rsa_pkcs1(digest), pkcs1)
            }
            (PublicKey::Rsa { pkcs1, .. }, SignatureAlgorithm::RsaPss(digest)) => {
                pss = rsa_pss(digest)?;
                (&pss, pkcs1)
            }
            (PublicKey::Rsa { pkcs1, .. }, SignatureAlgorithm::RsaPssSalted(digest, salt)) => {
                pss = rsa_pss(digest)?.with_pss_salt_length(RsaPssSaltLength::Custom(salt));
                (&pss, pkcs1)
            }
            (PublicKey::Ec { curve, point }, SignatureAlgorithm::Ecdsa(digest)) => {
                (ecdsa(*curve, digest)?, point)
            }
            (PublicKey::Ed25519(bytes), SignatureAlgorithm::Ed25519) => (&lc::ED25519, bytes),
            _ => return Err(AlgorithmFault::Unfitting),
        };
        let rewritten;
        let signature = match (self, form) {
            (PublicKey::Ec { curve, .. }, EcdsaForm::Fixed) => {
                rewritten = fixed_to_asn1(*curve, signature).ok_or(AlgorithmFault::Wrong)?;
                &rewritten
            }
            _ => signature,
        };
        provider.verify_sig(bytes, message, signature).map_err(|_| AlgorithmFault::Wrong)
    }

    /// Comparable strength: an RSA modulus or the size of the curve, in bits.
    pub fn size_bits(&self) -> usize {
        match self {
            PublicKey::Rsa { modulus_bits, .. } => *modulus_bits,
            PublicKey::Ec { curve: Curve::P256, .. } => 256,
            PublicKey::Ec { curve: Curve::P384, .. } => 384,
            PublicKey::Ec { curve: Curve::P521, .. } => 521,
            PublicKey::Ed25519(_) => 256,
        }
    }
}

/// r‖s of a curve as the DER sequence of two integers; `None` when the length does not fit.
pub fn fixed_to_asn1(curve: Curve, fixed: &[u8]) -> Option<Vec<u8>> {
    let size_bytes = curve.size_bytes();
    if fixed.len() != 2 * size_bytes {
        return None;
    }
    let (r, s) = fixed.split_at(size_bytes);
    let mut body = integer(r);
    body.extend(integer(s));
    let mut der = vec![0x30];
    if body.len() > 127 {
        der.push(0x81);
    }
    der.push(u8::try_from(body.len()).ok()?);
    der.extend(body);
    Some(der)
}

/// The DER sequence of two integers as r‖s; `None` when it is not strictly that.
pub fn asn1_to_fixed(curve: Curve, der: &[u8]) -> Option<Vec<u8>> {
    let size_bytes = curve.size_bytes();
    let body = match der {
        [0x30, 0x81, length, body @ ..] if *length > 127 && body.len() == usize::from(*length) => {
            body
        }
        [0x30, length, body @ ..] if *length < 128 && body.len() == usize::from(*length) => body,
        _ => return None,
    };
    let (r, rest) = read_integer(body)?;
    let (s, rest) = read_integer(rest)?;
    if !rest.is_empty() || r.len() > size_bytes || s.len() > size_bytes {
        return None;
    }
    let mut fixed = vec![0; 2 * size_bytes];
    fixed[size_bytes - r.len()..size_bytes].copy_from_slice(r);
    fixed[2 * size_bytes - s.len()..].copy_from_slice(s);
    Some(fixed)
}

fn integer(number: &[u8]) -> Vec<u8> {
    let first = number.iter().position(|byte| *byte != 0).unwrap_or(number.len() - 1);
    let number = &number[first..];
    let sign = usize::from(number[0] & 0x80 != 0);
    let mut der = vec![0x02, (number.len() + sign) as u8];
    der.extend(std::iter::repeat_n(0, sign));
    der.extend_from_slice(number);
    der
}

fn read_integer(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let [0x02, length, rest @ ..] = der else { return None };
    let length = usize::from(*length);
    if length == 0 || length > 127 || rest.len() < length {
        return None;
    }
    let (number, rest) = rest.split_at(length);
    let number = match number {
        [0, more @ ..] if more.first().is_some_and(|byte| byte & 0x80 != 0) => more,
        [0, _, ..] => return None,
        [first, ..] if first & 0x80 != 0 => return None,
        other => other,
    };
    Some((number, rest))
}

fn rsa_pkcs1(digest: Digest) -> &'static dyn VerificationAlgorithm {
    match digest {
        Digest::Sha1 => &lc::RSA_PKCS1_1024_8192_SHA1_FOR_LEGACY_USE_ONLY,
        Digest::Sha256 => &lc::RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY,
        Digest::Sha384 => &lc::RSA_PKCS1_2048_8192_SHA384,
        Digest::Sha512 => &lc::RSA_PKCS1_1024_8192_SHA512_FOR_LEGACY_USE_ONLY,
    }
}

/// With a salt of the digest's length.
fn rsa_pss(digest: Digest) -> Result<RsaParameters, AlgorithmFault> {
    match digest {
        Digest::Sha1 => Err(AlgorithmFault::Unknown),
        Digest::Sha256 => Ok(lc::RSA_PSS_2048_8192_SHA256),
        Digest::Sha384 => Ok(lc::RSA_PSS_2048_8192_SHA384),
        Digest::Sha512 => Ok(lc::RSA_PSS_2048_8192_SHA512),
    }
}

fn ecdsa(
    curve: Curve,
    digest: Digest,
) -> Result<&'static dyn VerificationAlgorithm, AlgorithmFault> {
    match (curve, digest) {
        (Curve::P256, Digest::Sha1) => Ok(&lc::ECDSA_P256_SHA1_ASN1),
        (Curve::P256, Digest::Sha256) => Ok(&lc::ECDSA_P256_SHA256_ASN1),
        (Curve::P256, Digest::Sha384) => Ok(&lc::ECDSA_P256_SHA384_ASN1),
        (Curve::P256, Digest::Sha512) => Ok(&lc::ECDSA_P256_SHA512_ASN1),
        (Curve::P384, Digest::Sha256) => Ok(&lc::ECDSA_P384_SHA256_ASN1),
        (Curve::P384, Digest::Sha384) => Ok(&lc::ECDSA_P384_SHA384_ASN1),
        (Curve::P384, Digest::Sha512) => Ok(&lc::ECDSA_P384_SHA512_ASN1),
        (Curve::P384, Digest::Sha1) => Err(AlgorithmFault::Unknown),
        (Curve::P521, Digest::Sha1) => Ok(&lc::ECDSA_P521_SHA1_ASN1),
        (Curve::P521, Digest::Sha256) => Ok(&lc::ECDSA_P521_SHA256_ASN1),
        (Curve::P521, Digest::Sha384) => Ok(&lc::ECDSA_P521_SHA384_ASN1),
        (Curve::P521, Digest::Sha512) => Ok(&lc::ECDSA_P521_SHA512_ASN1),
    }
}
