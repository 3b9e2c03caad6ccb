//! The header of a signature: its algorithm, and the hints about its key.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::JwsFault;
use crate::algorithm::{AlgorithmFault, Curve, Digest, EcdsaForm, PublicKey, SignatureAlgorithm};

const HEADER_BYTES_MAX: usize = 256 << 10;
const CERTIFICATES_MAX: usize = 16;

/// The closed list (RFC 7518 §3.1 without HMAC and none; RFC 8037).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Algorithm {
    Rs256,
    Rs384,
    Rs512,
    Ps256,
    Ps384,
    Ps512,
    Es256,
    Es384,
    Es512,
    EdDsa,
}

const NAMES: [(&str, Algorithm); 10] = [
    ("RS256", Algorithm::Rs256),
    ("RS384", Algorithm::Rs384),
    ("RS512", Algorithm::Rs512),
    ("PS256", Algorithm::Ps256),
    ("PS384", Algorithm::Ps384),
    ("PS512", Algorithm::Ps512),
    ("ES256", Algorithm::Es256),
    ("ES384", Algorithm::Es384),
    ("ES512", Algorithm::Es512),
    ("EdDSA", Algorithm::EdDsa),
];

impl Algorithm {
    pub fn read(name: &str) -> Result<Algorithm, JwsFault> {
        let known = NAMES.iter().find(|(known, _)| *known == name);
        match (known, name) {
            (Some((_, algorithm)), _) => Ok(*algorithm),
            // RFC 9864 names the curve.
            (None, "Ed25519") => Ok(Algorithm::EdDsa),
            (None, _) if name.eq_ignore_ascii_case("none") => Err(JwsFault::None),
            (None, "HS256" | "HS384" | "HS512") => {
                Err(JwsFault::SharedSecret { algorithm: name.to_owned() })
            }
            (None, _) => {
                let algorithm = name.chars().take(50).collect();
                Err(JwsFault::UnknownAlgorithm { algorithm })
            }
        }
    }

    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, known)| *known == self).map_or("", |(name, _)| name)
    }

    /// The one to sign with; RSA by PKCS#1, since every receiver can.
    pub fn usual_for(key: &PublicKey) -> Algorithm {
        match key {
            PublicKey::Rsa { .. } => Algorithm::Rs256,
            PublicKey::Ec { curve: Curve::P256, .. } => Algorithm::Es256,
            PublicKey::Ec { curve: Curve::P384, .. } => Algorithm::Es384,
            PublicKey::Ec { curve: Curve::P521, .. } => Algorithm::Es512,
            PublicKey::Ed25519(_) => Algorithm::EdDsa,
        }
    }

    pub fn signature_algorithm(self) -> SignatureAlgorithm {
        match self {
            Algorithm::Rs256 => SignatureAlgorithm::RsaPkcs1(Digest::Sha256),
            Algorithm::Rs384 => SignatureAlgorithm::RsaPkcs1(Digest::Sha384),
            Algorithm::Rs512 => SignatureAlgorithm::RsaPkcs1(Digest::Sha512),
            Algorithm::Ps256 => SignatureAlgorithm::RsaPss(Digest::Sha256),
            Algorithm::Ps384 => SignatureAlgorithm::RsaPss(Digest::Sha384),
            Algorithm::Ps512 => SignatureAlgorithm::RsaPss(Digest::Sha512),
            Algorithm::Es256 => SignatureAlgorithm::Ecdsa(Digest::Sha256),
            Algorithm::Es384 => SignatureAlgorithm::Ecdsa(Digest::Sha384),
            Algorithm::Es512 => SignatureAlgorithm::Ecdsa(Digest::Sha512),
            Algorithm::EdDsa => SignatureAlgorithm::Ed25519,
        }
    }

    /// In JOSE an ECDSA algorithm names its curve, too.
    pub fn curve(self) -> Option<Curve> {
        match self {
            Algorithm::Es256 => Some(Curve::P256),
            Algorithm::Es384 => Some(Curve::P384),
            Algorithm::Es512 => Some(Curve::P521),
            _ => None,
        }
    }

    /// Refuses a key of another kind, or on another curve.
    pub fn fits(self, key: &PublicKey) -> Result<(), JwsFault> {
        use Algorithm as A;
        let fits = match key {
            PublicKey::Rsa { .. } => {
                matches!(self, A::Rs256 | A::Rs384 | A::Rs512 | A::Ps256 | A::Ps384 | A::Ps512)
            }
            PublicKey::Ec { curve, .. } => self.curve() == Some(*curve),
            PublicKey::Ed25519(_) => self == A::EdDsa,
        };
        if fits { Ok(()) } else { Err(JwsFault::KeyKind { algorithm: self.name() }) }
    }

    pub(super) fn verify(
        self,
        key: &PublicKey,
        input: &[u8],
        value: &[u8],
    ) -> Result<(), AlgorithmFault> {
        key.verify(self.signature_algorithm(), EcdsaForm::Fixed, input, value)
    }
}

/// What the header says. Only `algorithm` decides anything; the rest is for finding the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub algorithm: Algorithm,
    pub key_id: Option<String>,
    /// DER, the signer's first.
    pub certificates: Vec<Vec<u8>>,
    /// SHA-256 of the signer's certificate.
    pub certificate_digest: Option<Vec<u8>>,
    pub media_type: Option<String>,
    pub kind: Option<String>,
    /// When the signer says it signed (JAdES `sigT`, RFC 3339).
    pub signing_time: Option<String>,
    /// Whether the payload is encoded in the signed text (RFC 7797).
    pub encoded: bool,
}

/// As it is written; the order of the fields is the order in the text.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Written {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alg: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub typ: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cty: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub x5c: Option<Vec<String>>,
    #[serde(default, rename = "x5t#S256", skip_serializing_if = "Option::is_none")]
    pub x5t_s256: Option<String>,
    #[serde(default, rename = "sigT", skip_serializing_if = "Option::is_none")]
    pub sig_t: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub b64: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub crit: Option<Vec<String>>,
}

impl Header {
    /// From the encoded protected header, and the hints beside it.
    pub(super) fn read(protected: &str, beside: Option<Written>) -> Result<Header, JwsFault> {
        if protected.len() > HEADER_BYTES_MAX {
            return Err(JwsFault::TooLarge);
        }
        let json = URL_SAFE_NO_PAD.decode(protected).map_err(|_| JwsFault::Encoding)?;
        let written: Written = serde_json::from_slice(&json).map_err(|_| JwsFault::Header)?;
        let beside = beside.unwrap_or_default();
        let decides = beside.alg.is_some() || beside.crit.is_some() || beside.b64.is_some();
        let twice = beside.kid.is_some() && written.kid.is_some()
            || beside.x5c.is_some() && written.x5c.is_some()
            || beside.x5t_s256.is_some() && written.x5t_s256.is_some();
        if decides || twice {
            return Err(JwsFault::Unprotected);
        }
        let algorithm = Algorithm::read(written.alg.as_deref().ok_or(JwsFault::Header)?)?;
        critical(&written)?;
        let certificates = certificates(written.x5c.or(beside.x5c))?;
        let digest = written.x5t_s256.or(beside.x5t_s256);
        let certificate_digest = match digest {
            Some(text) => Some(URL_SAFE_NO_PAD.decode(text).map_err(|_| JwsFault::Encoding)?),
            None => None,
        };
        if let (Some(digest), Some(first)) = (&certificate_digest, certificates.first())
            && Digest::Sha256.of(first) != *digest
        {
            return Err(JwsFault::CertificateDigest);
        }
        Ok(Header {
            algorithm,
            key_id: written.kid.or(beside.kid),
            certificates,
            certificate_digest,
            media_type: written.cty,
            kind: written.typ,
            signing_time: written.sig_t,
            encoded: written.b64 != Some(false),
        })
    }
}

/// Every critical name must be there and be understood (RFC 7515 §4.1.11).
fn critical(written: &Written) -> Result<(), JwsFault> {
    let critical = match &written.crit {
        None if written.b64.is_some() => return Err(JwsFault::Unencoded),
        None => return Ok(()),
        Some(names) => names,
    };
    for (index, name) in critical.iter().enumerate() {
        let there = match name.as_str() {
            "b64" => written.b64.is_some(),
            "sigT" => written.sig_t.is_some(),
            other => return Err(JwsFault::Critical { name: other.chars().take(50).collect() }),
        };
        if !there || critical.iter().take(index).any(|other| other == name) {
            return Err(JwsFault::CriticalList);
        }
    }
    if critical.is_empty() {
        return Err(JwsFault::CriticalList);
    }
    if written.b64.is_some() && !critical.iter().any(|name| name == "b64") {
        return Err(JwsFault::Unencoded);
    }
    Ok(())
}

/// Certificates are in the other base64, with its padding (RFC 7515 §4.1.6).
fn certificates(written: Option<Vec<String>>) -> Result<Vec<Vec<u8>>, JwsFault> {
    let written = written.unwrap_or_default();
    if written.len() > CERTIFICATES_MAX {
        return Err(JwsFault::TooLarge);
    }
    written.iter().map(|text| STANDARD.decode(text).map_err(|_| JwsFault::Encoding)).collect()
}
