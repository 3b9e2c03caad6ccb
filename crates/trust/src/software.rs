//! Keys in software: PKCS#8 in and out, and signing with aws-lc.
//!
//! The private part is in memory in two forms only: the provider's own (which wipes itself) and,
//! for the moment between reading and sealing, bytes that are wiped when they go.

use std::fmt;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    self as lc, EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, KeyPair, RsaEncoding,
    RsaKeyPair,
};
use wire::algorithm::{Curve, Digest, PublicKey, SignatureAlgorithm};
use wire::pki::pem;
use zeroize::Zeroizing;

use crate::key::KeyKind;
use crate::signer::SigningFault;

/// PKCS#8 that is wiped when it goes.
pub type Pkcs8 = Zeroizing<Vec<u8>>;

/// An opened private key. It shows nothing of itself.
pub struct SoftwareKey {
    pair: Pair,
    kind: KeyKind,
    public: PublicKey,
}

enum Pair {
    Rsa(RsaKeyPair),
    Ec(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// Why a file is not a private key we take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    #[error("it is neither a PKCS#8 private key in DER nor one in PEM")]
    Unreadable,
    #[error("it is encrypted with a password: decrypt it first with openssl pkcs8")]
    Encrypted,
    #[error("keys are RSA of 2048 or 3072 bits, P-256, P-384 or Ed25519")]
    Kind,
    #[error("the machine has no chance to give, or too little memory")]
    Provider,
}

/// A new key. Takes up to some hundred milliseconds for RSA: not on a thread that serves.
pub fn generate(kind: KeyKind) -> Result<Pkcs8, KeyFault> {
    let made = match kind {
        KeyKind::Rsa2048 => rsa(KeySize::Rsa2048),
        KeyKind::Rsa3072 => rsa(KeySize::Rsa3072),
        KeyKind::P256 => ec(&lc::ECDSA_P256_SHA256_ASN1_SIGNING),
        KeyKind::P384 => ec(&lc::ECDSA_P384_SHA384_ASN1_SIGNING),
        KeyKind::Ed25519 => Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())
            .ok()
            .map(|document| Zeroizing::new(document.as_ref().to_vec())),
    };
    made.ok_or(KeyFault::Provider)
}

fn rsa(size: KeySize) -> Option<Pkcs8> {
    let pair = RsaKeyPair::generate(size).ok()?;
    let der: Pkcs8V1Der<'_> = pair.as_der().ok()?;
    Some(Zeroizing::new(der.as_ref().to_vec()))
}

fn ec(algorithm: &'static EcdsaSigningAlgorithm) -> Option<Pkcs8> {
    let document = EcdsaKeyPair::generate_pkcs8(algorithm, &SystemRandom::new()).ok()?;
    Some(Zeroizing::new(document.as_ref().to_vec()))
}

/// A key that somebody brings: PKCS#8 as DER or PEM.
pub fn read(bytes: &[u8]) -> Result<(Pkcs8, SoftwareKey), KeyFault> {
    let der = if bytes.first() == Some(&0x30) {
        Zeroizing::new(bytes.to_vec())
    } else {
        let mut blocks = pem::read_all(bytes).map_err(|_| KeyFault::Unreadable)?;
        match (blocks.pop(), blocks.is_empty()) {
            (Some((label, der)), true) if label == "PRIVATE KEY" => Zeroizing::new(der),
            (Some((label, _)), true) if label == "ENCRYPTED PRIVATE KEY" => {
                return Err(KeyFault::Encrypted);
            }
            _ => return Err(KeyFault::Unreadable),
        }
    };
    let key = SoftwareKey::open(&der)?;
    Ok((der, key))
}

impl SoftwareKey {
    pub fn open(pkcs8: &[u8]) -> Result<SoftwareKey, KeyFault> {
        let pair = if let Ok(pair) = RsaKeyPair::from_pkcs8(pkcs8) {
            Pair::Rsa(pair)
        } else if let Ok(pair) =
            EcdsaKeyPair::from_pkcs8(&lc::ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8)
        {
            Pair::Ec(pair)
        } else if let Ok(pair) =
            EcdsaKeyPair::from_pkcs8(&lc::ECDSA_P384_SHA384_ASN1_SIGNING, pkcs8)
        {
            Pair::Ec(pair)
        } else if let Ok(pair) = Ed25519KeyPair::from_pkcs8(pkcs8) {
            Pair::Ed25519(pair)
        } else {
            return Err(KeyFault::Unreadable);
        };
        let public = public_of(&pair);
        let kind = KeyKind::of(&public).ok_or(KeyFault::Kind)?;
        Ok(SoftwareKey { pair, kind, public })
    }

    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// Signs on this thread. ECDSA comes as DER.
    pub fn sign(
        &self,
        algorithm: SignatureAlgorithm,
        message: &[u8],
    ) -> Result<Vec<u8>, SigningFault> {
        if !self.kind.algorithms().contains(&algorithm) {
            return Err(SigningFault::Unfitting);
        }
        let chance = SystemRandom::new();
        let signed = match (&self.pair, algorithm) {
            (Pair::Rsa(pair), SignatureAlgorithm::RsaPkcs1(digest)) => {
                rsa_signature(pair, pkcs1(digest), message)
            }
            (Pair::Rsa(pair), SignatureAlgorithm::RsaPss(digest)) => {
                rsa_signature(pair, pss(digest), message)
            }
            (Pair::Ec(pair), SignatureAlgorithm::Ecdsa(_)) => {
                pair.sign(&chance, message).ok().map(|signature| signature.as_ref().to_vec())
            }
            (Pair::Ed25519(pair), SignatureAlgorithm::Ed25519) => {
                Some(pair.sign(message).as_ref().to_vec())
            }
            _ => return Err(SigningFault::Unfitting),
        };
        signed.ok_or_else(|| SigningFault::NotNow("the provider gave no signature".to_owned()))
    }
}

fn rsa_signature(
    pair: &RsaKeyPair,
    encoding: &'static dyn RsaEncoding,
    message: &[u8],
) -> Option<Vec<u8>> {
    let mut signature = vec![0; pair.public_modulus_len()];
    pair.sign(encoding, &SystemRandom::new(), message, &mut signature).ok()?;
    Some(signature)
}

fn pkcs1(digest: Digest) -> &'static dyn RsaEncoding {
    match digest {
        Digest::Sha384 => &lc::RSA_PKCS1_SHA384,
        Digest::Sha512 => &lc::RSA_PKCS1_SHA512,
        // SHA-1 was refused above: no kind of key lists it.
        Digest::Sha256 | Digest::Sha1 => &lc::RSA_PKCS1_SHA256,
    }
}

fn pss(digest: Digest) -> &'static dyn RsaEncoding {
    match digest {
        Digest::Sha384 => &lc::RSA_PSS_SHA384,
        Digest::Sha512 => &lc::RSA_PSS_SHA512,
        Digest::Sha256 | Digest::Sha1 => &lc::RSA_PSS_SHA256,
    }
}

fn public_of(pair: &Pair) -> PublicKey {
    match pair {
        Pair::Rsa(pair) => {
            let public = pair.public_key();
            let modulus = public.modulus();
            let modulus = modulus.big_endian_without_leading_zero();
            let leading = modulus.first().map_or(8, |byte| byte.leading_zeros() as usize);
            PublicKey::Rsa {
                pkcs1: public.as_ref().to_vec(),
                modulus_bits: (modulus.len() * 8).saturating_sub(leading),
            }
        }
        Pair::Ec(pair) => {
            let point = pair.public_key().as_ref().to_vec();
            let curve = if point.len() == 65 { Curve::P256 } else { Curve::P384 };
            PublicKey::Ec { curve, point }
        }
        Pair::Ed25519(pair) => PublicKey::Ed25519(pair.public_key().as_ref().to_vec()),
    }
}

impl fmt::Debug for SoftwareKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "SoftwareKey({})", self.kind.code())
    }
}
