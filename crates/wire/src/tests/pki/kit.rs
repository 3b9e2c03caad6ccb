//! Keys, authorities and the tools of others, for the tests beside this file.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
    KeyPair, RSA_PKCS1_SHA256, RSA_PSS_SHA256, RsaKeyPair,
};
use jiff::{SignedDuration, Timestamp};

use crate::algorithm::{Curve, Digest, PublicKey, SignatureAlgorithm};
use crate::pki::Prepared;
use crate::pki::certificate::{Certificate, Serial};
use crate::pki::der::Oid;
use crate::pki::extension::{Extension, ExtensionBuilder, KeyUsage};
use crate::pki::issue::{self, CertificateProfile};
use crate::pki::name::Name;
use crate::pki::{oids, pem};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Rsa,
    RsaPss,
    P256,
    P384,
    Ed25519,
}

pub const KINDS: [Kind; 5] = [Kind::Rsa, Kind::RsaPss, Kind::P256, Kind::P384, Kind::Ed25519];

enum Pair {
    Rsa(RsaKeyPair),
    Ecdsa(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

pub struct Key {
    kind: Kind,
    pair: Pair,
    pkcs8: Vec<u8>,
    pub public: PublicKey,
}

impl Key {
    pub fn new(kind: Kind) -> Key {
        let random = SystemRandom::new();
        let (pair, pkcs8, public) = match kind {
            Kind::Rsa | Kind::RsaPss => rsa(),
            Kind::P256 | Kind::P384 => {
                let (signing, curve) = match kind {
                    Kind::P256 => (&ECDSA_P256_SHA256_ASN1_SIGNING, Curve::P256),
                    _ => (&ECDSA_P384_SHA384_ASN1_SIGNING, Curve::P384),
                };
                let pkcs8 = EcdsaKeyPair::generate_pkcs8(signing, &random).unwrap();
                let pair = EcdsaKeyPair::from_pkcs8(signing, pkcs8.as_ref()).unwrap();
                let point = pair.public_key().as_ref().to_vec();
                (Pair::Ecdsa(pair), pkcs8.as_ref().to_vec(), PublicKey::Ec { curve, point })
            }
            Kind::Ed25519 => {
                let pkcs8 = Ed25519KeyPair::generate_pkcs8v1(&random).unwrap();
                let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(pkcs8.as_ref()).unwrap();
                let public = PublicKey::Ed25519(pair.public_key().as_ref().to_vec());
                (Pair::Ed25519(pair), pkcs8.as_ref().to_vec(), public)
            }
        };
        Key { kind, pair, pkcs8, public }
    }

    pub fn algorithm(&self) -> SignatureAlgorithm {
        match self.kind {
            Kind::Rsa => SignatureAlgorithm::RsaPkcs1(Digest::Sha256),
            Kind::RsaPss => SignatureAlgorithm::RsaPss(Digest::Sha256),
            Kind::P256 => SignatureAlgorithm::Ecdsa(Digest::Sha256),
            Kind::P384 => SignatureAlgorithm::Ecdsa(Digest::Sha384),
            Kind::Ed25519 => SignatureAlgorithm::Ed25519,
        }
    }

    /// The digest that CMS names beside the signature (RFC 8419 §3.1 for Ed25519).
    pub fn digest(&self) -> Digest {
        self.algorithm().digest().unwrap_or(Digest::Sha512)
    }

    pub fn sign(&self, message: &[u8]) -> Vec<u8> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::Rsa(pair) => {
                let padding: &'static dyn aws_lc_rs::signature::RsaEncoding =
                    if self.kind == Kind::Rsa { &RSA_PKCS1_SHA256 } else { &RSA_PSS_SHA256 };
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(padding, &random, message, &mut signature).unwrap();
                signature
            }
            Pair::Ecdsa(pair) => pair.sign(&random, message).unwrap().as_ref().to_vec(),
            Pair::Ed25519(pair) => pair.sign(message).as_ref().to_vec(),
        }
    }

    pub fn finish(&self, prepared: &Prepared) -> Vec<u8> {
        prepared.finish(&self.sign(prepared.to_be_signed()))
    }

    pub fn pem(&self) -> String {
        pem::write("PRIVATE KEY", &self.pkcs8)
    }
}

/// A fresh RSA key takes a tenth of a second and more: a few are shared in turn.
fn rsa() -> (Pair, Vec<u8>, PublicKey) {
    static MADE: OnceLock<Vec<Vec<u8>>> = OnceLock::new();
    static NEXT: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
    let made = MADE.get_or_init(|| {
        let one = |_| {
            let pair = aws_lc_rs::rsa::KeyPair::generate(KeySize::Rsa2048).unwrap();
            let der: Pkcs8V1Der<'_> = pair.as_der().unwrap();
            der.as_ref().to_vec()
        };
        (0..4).map(one).collect()
    });
    let at = NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed) % made.len();
    let pkcs8 = made[at].clone();
    let pair = RsaKeyPair::from_pkcs8(&pkcs8).unwrap();
    let pkcs1 = pair.public_key().as_ref().to_vec();
    let modulus_bits = pair.public_modulus_len() * 8;
    (Pair::Rsa(pair), pkcs8, PublicKey::Rsa { pkcs1, modulus_bits })
}

pub const NOW: &str = "2026-11-23T02:00:00Z";

pub fn now() -> Timestamp {
    NOW.parse().unwrap()
}

pub fn days(count: i64) -> Timestamp {
    now() + SignedDuration::from_hours(24 * count)
}

pub fn name(common: &str) -> Name {
    Name::build(&[
        (oids::COUNTRY, "VN"),
        (oids::ORGANIZATION, "Sở Tư pháp"),
        (oids::COMMON_NAME, common),
    ])
    .unwrap()
}

pub fn serial(number: u64) -> Serial {
    Serial::new(&number.to_be_bytes()).unwrap()
}

pub fn oid(text: &str) -> Oid {
    text.parse().unwrap()
}

/// A certificate to be made; the test changes what it is about.
pub struct Spec {
    pub serial: Serial,
    pub subject: Name,
    pub issuer: Name,
    pub from: Timestamp,
    pub until: Timestamp,
    pub extensions: ExtensionBuilder,
}

/// A name, its key and its certificate.
pub struct Party {
    pub key: Key,
    pub certificate: Certificate,
}

fn counter() -> Serial {
    static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1000);
    serial(NEXT.fetch_add(1, std::sync::atomic::Ordering::Relaxed))
}

pub fn make(spec: &Spec, key: &PublicKey, signer: &Key) -> Certificate {
    let extensions: Vec<Extension> = spec.extensions.clone().finish();
    let profile = CertificateProfile {
        serial: &spec.serial,
        issuer: &spec.issuer,
        subject: &spec.subject,
        not_before: spec.from,
        not_after: spec.until,
        key,
        extensions: &extensions,
    };
    let prepared = issue::prepare(&profile, signer.algorithm()).unwrap();
    Certificate::read(&signer.finish(&prepared)).unwrap()
}

impl Party {
    pub fn root(common: &str, kind: Kind) -> Party {
        Party::root_with(common, kind, |_| {})
    }

    pub fn root_with(common: &str, kind: Kind, change: impl FnOnce(&mut Spec)) -> Party {
        let key = Key::new(kind);
        let mut spec = authority_spec(&name(common), &name(common), &key.public);
        change(&mut spec);
        let certificate = make(&spec, &key.public, &key);
        Party { key, certificate }
    }

    pub fn authority(&self, common: &str) -> Party {
        self.authority_with(common, |_| {})
    }

    pub fn authority_with(&self, common: &str, change: impl FnOnce(&mut Spec)) -> Party {
        let key = Key::new(Kind::P256);
        let mut spec = authority_spec(&name(common), &self.certificate.subject, &key.public);
        spec.extensions = spec.extensions.authority_key_id(&self.key_id());
        change(&mut spec);
        let certificate = make(&spec, &key.public, &self.key);
        Party { key, certificate }
    }

    pub fn end(&self, common: &str, kind: Kind) -> Party {
        self.end_with(common, kind, |_| {})
    }

    pub fn end_with(&self, common: &str, kind: Kind, change: impl FnOnce(&mut Spec)) -> Party {
        let key = Key::new(kind);
        let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::CONTENT_COMMITMENT);
        let mut spec = Spec {
            serial: counter(),
            subject: name(common),
            issuer: self.certificate.subject.clone(),
            from: days(-10),
            until: days(355),
            extensions: ExtensionBuilder::new()
                .end_entity()
                .key_usage(usage)
                .subject_key_id(&key.public)
                .authority_key_id(&self.key_id()),
        };
        change(&mut spec);
        let certificate = make(&spec, &key.public, &self.key);
        Party { key, certificate }
    }

    pub fn key_id(&self) -> Vec<u8> {
        self.certificate.extensions.subject_key_id.clone().unwrap_or_default()
    }
}

fn authority_spec(subject: &Name, issuer: &Name, key: &PublicKey) -> Spec {
    let usage = KeyUsage::CERTIFICATE_SIGN.and(KeyUsage::CRL_SIGN);
    Spec {
        serial: counter(),
        subject: subject.clone(),
        issuer: issuer.clone(),
        from: days(-100),
        until: days(3650),
        extensions: ExtensionBuilder::new().authority(None).key_usage(usage).subject_key_id(key),
    }
}

impl Spec {
    /// Adds to or replaces the extensions.
    pub fn extend(&mut self, add: impl FnOnce(ExtensionBuilder) -> ExtensionBuilder) {
        self.extensions = add(std::mem::take(&mut self.extensions));
    }
}

/// A folder and `openssl` in it.
pub struct OpenSsl {
    folder: tempfile::TempDir,
}

impl OpenSsl {
    /// `None`, and a word about it, when it is not installed.
    pub fn find() -> Option<OpenSsl> {
        if Command::new("openssl").arg("version").output().is_err() {
            println!("skipped: openssl is not installed");
            return None;
        }
        Some(OpenSsl { folder: tempfile::tempdir().unwrap() })
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> &OpenSsl {
        std::fs::write(self.path(name), bytes).unwrap();
        self
    }

    pub fn get(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap()
    }

    /// Words separated by spaces; whether it went well, and all that it said.
    pub fn try_run(&self, words: &str) -> (bool, String) {
        let args: Vec<&str> = words.split_whitespace().collect();
        let output =
            Command::new("openssl").args(args).current_dir(self.folder()).output().unwrap();
        let said = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&said).into_owned())
    }

    /// What it said; it has to go well.
    pub fn run(&self, words: &str) -> String {
        let (is_well, said) = self.try_run(words);
        assert!(is_well, "openssl {words}\n{said}");
        said
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// Seconds since 1970, for `-attime`.
pub fn at_time() -> String {
    now().as_second().to_string()
}
