//! Keys, templates, and the tools of others.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
    KeyPair as _, RSA_PKCS1_SHA256, RSA_PKCS1_SHA512, RSA_PSS_SHA256, RsaKeyPair,
};

use crate::algorithm::{Curve, Digest, PublicKey, SignatureAlgorithm};
use crate::xml::document::Document;
use crate::xml::read::{Limits, read};
use crate::xml::signature::{self, Checked, Fault};

/// The official edXML samples, where they lie beside the repository.
pub fn official_samples() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/edxml");
    if !folder.is_dir() {
        println!("skipped: the official edXML samples are not here");
        return None;
    }
    Some(folder)
}

/// A small generator (xorshift64*): the same numbers on every machine.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }
}

pub fn document(bytes: &[u8]) -> Document<'_> {
    read(bytes, &Limits::default()).unwrap()
}

/// Reads and checks the first signature.
pub fn checked(bytes: &[u8], key: &PublicKey) -> Result<Checked<'static>, Fault> {
    checked_with(bytes, key, &[])
}

pub fn checked_with<'e>(
    bytes: &[u8],
    key: &PublicKey,
    externals: &[(&str, &'e [u8])],
) -> Result<Checked<'e>, Fault> {
    let document = read(bytes, &Limits::default())?;
    let found = signature::find(&document)?;
    let node = *found.signatures.first().ok_or(Fault::NotASignature)?;
    let signature = signature::read(&document, node)?;
    signature::check(&document, &signature, key, externals)
}

/// A key that openssl made, with its certificate.
pub struct Key {
    pub pem: PathBuf,
    pub certificate_pem: PathBuf,
    pub certificate: Vec<u8>,
    pub public: PublicKey,
    private: Vec<u8>,
}

impl Key {
    /// Signs as any signer does: ECDSA as DER.
    pub fn sign(&self, algorithm: SignatureAlgorithm, message: &[u8]) -> Vec<u8> {
        let chance = SystemRandom::new();
        match algorithm {
            SignatureAlgorithm::RsaPssSalted(..) => panic!("nothing signs so"),
            SignatureAlgorithm::RsaPkcs1(_) | SignatureAlgorithm::RsaPss(_) => {
                let pair = RsaKeyPair::from_pkcs8(&self.private).unwrap();
                let mut value = vec![0; pair.public_modulus_len()];
                let encoding: &'static dyn aws_lc_rs::signature::RsaEncoding = match algorithm {
                    SignatureAlgorithm::RsaPkcs1(Digest::Sha512) => &RSA_PKCS1_SHA512,
                    SignatureAlgorithm::RsaPkcs1(_) => &RSA_PKCS1_SHA256,
                    _ => &RSA_PSS_SHA256,
                };
                pair.sign(encoding, &chance, message, &mut value).unwrap();
                value
            }
            SignatureAlgorithm::Ecdsa(Digest::Sha384) => {
                let way = &ECDSA_P384_SHA384_ASN1_SIGNING;
                let pair = EcdsaKeyPair::from_pkcs8(way, &self.private).unwrap();
                pair.sign(&chance, message).unwrap().as_ref().to_vec()
            }
            SignatureAlgorithm::Ecdsa(_) => {
                let way = &ECDSA_P256_SHA256_ASN1_SIGNING;
                let pair = EcdsaKeyPair::from_pkcs8(way, &self.private).unwrap();
                pair.sign(&chance, message).unwrap().as_ref().to_vec()
            }
            SignatureAlgorithm::Ed25519 => {
                let pair = Ed25519KeyPair::from_pkcs8(&self.private).unwrap();
                pair.sign(message).as_ref().to_vec()
            }
        }
    }
}

pub struct Keys {
    /// Kept: the files go when it goes.
    _folder: tempfile::TempDir,
    pub rsa: Key,
    pub other_rsa: Key,
    pub small_rsa: Key,
    pub p256: Key,
    pub p384: Key,
    pub ed25519: Key,
}

pub fn keys() -> &'static Keys {
    static KEYS: OnceLock<Keys> = OnceLock::new();
    KEYS.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let make = |name: &str, words: &[&str]| key(folder.path(), name, words);
        let rsa = |bits: &str| format!("rsa_keygen_bits:{bits}");
        let (large, small) = (rsa("2048"), rsa("1024"));
        Keys {
            rsa: make("rsa", &["-algorithm", "RSA", "-pkeyopt", &large]),
            other_rsa: make("other", &["-algorithm", "RSA", "-pkeyopt", &large]),
            small_rsa: make("small", &["-algorithm", "RSA", "-pkeyopt", &small]),
            p256: make("p256", &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"]),
            p384: make("p384", &["-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"]),
            ed25519: make("ed25519", &["-algorithm", "ED25519"]),
            _folder: folder,
        }
    })
}

fn key(folder: &Path, name: &str, words: &[&str]) -> Key {
    let at = |end: &str| folder.join(format!("{name}{end}"));
    let (pem, certificate_pem) = (at(".pem"), at(".crt"));
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    openssl(&[&["genpkey", "-out", &text(&pem)], words].concat());
    openssl(&[
        "req",
        "-x509",
        "-new",
        "-key",
        &text(&pem),
        "-out",
        &text(&certificate_pem),
        "-days",
        "30",
        "-subj",
        "/C=VN/O=UBND phuong Thu/CN=Nguyen Van Thu",
        "-utf8",
    ]);
    let der = at(".der");
    openssl(&["x509", "-in", &text(&certificate_pem), "-outform", "DER", "-out", &text(&der)]);
    let certificate = std::fs::read(&der).unwrap();
    let pkcs8 = at(".pk8");
    openssl(&[
        "pkcs8",
        "-topk8",
        "-nocrypt",
        "-in",
        &text(&pem),
        "-outform",
        "DER",
        "-out",
        &text(&pkcs8),
    ]);
    let private = std::fs::read(&pkcs8).unwrap();
    let public = public(name, &private, &pem, &at(".pkcs1"));
    Key { pem, certificate_pem, certificate, public, private }
}

fn public(name: &str, private: &[u8], pem: &Path, pkcs1: &Path) -> PublicKey {
    let point = |pair: EcdsaKeyPair| pair.public_key().as_ref().to_vec();
    match name {
        "p256" => {
            let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, private).unwrap();
            PublicKey::Ec { curve: Curve::P256, point: point(pair) }
        }
        "p384" => {
            let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P384_SHA384_ASN1_SIGNING, private).unwrap();
            PublicKey::Ec { curve: Curve::P384, point: point(pair) }
        }
        "ed25519" => {
            let pair = Ed25519KeyPair::from_pkcs8(private).unwrap();
            PublicKey::Ed25519(pair.public_key().as_ref().to_vec())
        }
        _ => {
            openssl(&[
                "rsa",
                "-in",
                pem.to_str().unwrap(),
                "-RSAPublicKey_out",
                "-outform",
                "DER",
                "-out",
                pkcs1.to_str().unwrap(),
            ]);
            let modulus_bits = if name == "small" { 1024 } else { 2048 };
            PublicKey::Rsa { pkcs1: std::fs::read(pkcs1).unwrap(), modulus_bits }
        }
    }
}

fn openssl(words: &[&str]) {
    let done = Command::new("openssl").args(words).output().unwrap();
    assert!(done.status.success(), "openssl {words:?}: {}", String::from_utf8_lossy(&done.stderr));
}

/// Whether openssl verifies an RSA-PSS signature with a salt as long as the digest.
pub fn openssl_accepts_pss(key: &Key, message: &[u8], signature: &[u8]) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let (text, value) = (folder.path().join("message"), folder.path().join("signature"));
    std::fs::write(&text, message).unwrap();
    std::fs::write(&value, signature).unwrap();
    let mut command = Command::new("openssl");
    command.args(["dgst", "-sha256", "-sigopt", "rsa_padding_mode:pss"]);
    command.args(["-sigopt", "rsa_pss_saltlen:digest", "-prverify"]).arg(&key.pem);
    command.arg("-signature").arg(&value).arg(&text).output().unwrap().status.success()
}

/// Whether xmlsec1 is on this machine; says so when it is not.
pub fn xmlsec1_is_here() -> bool {
    static HERE: OnceLock<bool> = OnceLock::new();
    *HERE.get_or_init(|| {
        let quiet = |way: &mut Command| way.stdout(Stdio::null()).stderr(Stdio::null()).status();
        let here = quiet(Command::new("xmlsec1").arg("--version")).is_ok_and(|it| it.success());
        if !here {
            println!("skipped: xmlsec1 is not installed");
        }
        here
    })
}

/// The names of elements whose `Id` xmlsec1 is told to know.
const WITH_ID: [&str; 12] = [
    "MessageHeader",
    "Body",
    "edXMLBody",
    "Bussiness",
    "AttachmentEncoded",
    "part",
    "doc",
    "SignedProperties",
    "Signature",
    "SignatureValue",
    "e",
    "Object",
];

fn xmlsec1(act: &str, words: &[&str], file: &[u8]) -> Result<Vec<u8>, String> {
    xmlsec1_beside(act, words, file, &[])
}

/// With other files beside the document, for external references.
fn xmlsec1_beside(
    act: &str,
    words: &[&str],
    file: &[u8],
    others: &[(&str, &[u8])],
) -> Result<Vec<u8>, String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in others {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let (input, output) = (folder.path().join("in.xml"), folder.path().join("out.xml"));
    std::fs::write(&input, file).unwrap();
    let mut command = Command::new("xmlsec1");
    command.arg(act).args(words).arg("--output").arg(&output).current_dir(folder.path());
    for name in WITH_ID {
        for namespace in [
            "",
            "urn:v:",
            "http://www.mic.gov.vn/TBT/QCVN_102_2016:",
            "http://uri.etsi.org/01903/v1.3.2#:",
            "http://www.w3.org/2000/09/xmldsig#:",
        ] {
            command.arg("--id-attr:Id").arg(format!("{namespace}{name}"));
        }
    }
    let done = command.arg(&input).output().unwrap();
    match done.status.success() {
        true => Ok(std::fs::read(&output).unwrap_or_default()),
        false => Err(String::from_utf8_lossy(&done.stderr).into_owned()),
    }
}

/// xmlsec1 fills in digests and the signature value of a template.
pub fn signed_by_xmlsec1(template: &[u8], key: &Key) -> Result<Vec<u8>, String> {
    let both = format!("{},{}", key.pem.display(), key.certificate_pem.display());
    xmlsec1("--sign", &["--privkey-pem", &both], template)
}

pub fn signed_by_xmlsec1_beside(template: &[u8], key: &Key, others: &[(&str, &[u8])]) -> Vec<u8> {
    let both = format!("{},{}", key.pem.display(), key.certificate_pem.display());
    xmlsec1_beside("--sign", &["--privkey-pem", &both], template, others).unwrap()
}

pub fn xmlsec1_accepts(signed: &[u8], key: &Key) -> Result<(), String> {
    let certificate = key.certificate_pem.to_str().unwrap();
    xmlsec1(
        "--verify",
        &["--pubkey-cert-pem", certificate, "--enabled-key-data", "key-name"],
        signed,
    )
    .map(|_| ())
}

/// As the issue asks: the key comes from the certificate in the document, which must be trusted.
pub fn xmlsec1_accepts_x509(signed: &[u8], key: &Key) -> Result<(), String> {
    let certificate = key.certificate_pem.to_str().unwrap();
    let words = ["--trusted-pem", certificate, "--enabled-key-data", "x509"];
    xmlsec1("--verify", &words, signed).map(|_| ())
}

pub const RSA_SHA256: &str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
pub const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";
pub const ENVELOPED: &str = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
pub const SHA256: &str = "http://www.w3.org/2001/04/xmlenc#sha256";

/// A `ds:Signature` for xmlsec1 to fill in; each reference is an address and its transforms, which
/// are written `Algorithm`, or `Algorithm|prefixes`.
pub fn template(canonical: &str, algorithm: &str, references: &[(&str, &[&str])]) -> String {
    let mut out = format!(
        r#"<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="{canonical}"/><ds:SignatureMethod Algorithm="{algorithm}"/>"#
    );
    for (uri, transforms) in references {
        out.push_str(&format!(r#"<ds:Reference URI="{uri}">"#));
        if !transforms.is_empty() {
            out.push_str("<ds:Transforms>");
            for transform in *transforms {
                let (name, prefixes) = transform.split_once('|').unwrap_or((transform, ""));
                out.push_str(&format!(r#"<ds:Transform Algorithm="{name}">"#));
                if !prefixes.is_empty() {
                    out.push_str(&format!(r#"<ec:InclusiveNamespaces xmlns:ec="{EXCLUSIVE}" PrefixList="{prefixes}"/>"#));
                }
                out.push_str("</ds:Transform>");
            }
            out.push_str("</ds:Transforms>");
        }
        out.push_str(&format!(
            r#"<ds:DigestMethod Algorithm="{SHA256}"/><ds:DigestValue/></ds:Reference>"#
        ));
    }
    out.push_str("</ds:SignedInfo><ds:SignatureValue/></ds:Signature>");
    out
}
