//! The messages of the CSC API v2, as far as signing hashes needs them. Names are the
//! specification's. Pure.
//!
//! Specification: Cloud Signature Consortium, API v2.0, clauses 8.4.4, 10.2 and 11.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// Clause 11.1.
#[derive(Debug, Clone, Deserialize)]
pub struct Info {
    #[serde(default)]
    pub specs: String,
    #[serde(default, rename = "authType")]
    pub auth_type: Vec<String>,
    /// Of the authorization server; tokens are had at `oauth2/token` below it.
    pub oauth2: Option<String>,
    #[serde(rename = "oauth2Issuer")]
    pub oauth2_issuer: Option<String>,
    #[serde(default)]
    pub methods: Vec<String>,
}

/// RFC 8414, of an issuer.
#[derive(Debug, Clone, Deserialize)]
pub struct IssuerMetadata {
    pub token_endpoint: String,
}

/// Clause 8.4.4.
#[derive(Clone, Deserialize)]
pub struct Token {
    pub access_token: String,
}

/// Clause 11.4.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct List<'a> {
    #[serde(rename = "userID")]
    pub user_id: &'a str,
    pub credential_info: bool,
    pub certificates: &'static str,
    pub cert_info: bool,
    pub auth_info: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Listed {
    #[serde(default, rename = "credentialIDs")]
    pub credential_ids: Vec<String>,
    #[serde(default, rename = "credentialInfos")]
    pub credential_infos: Vec<Credential>,
}

/// Clause 11.5.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ask<'a> {
    #[serde(rename = "credentialID")]
    pub credential_id: &'a str,
    pub certificates: &'static str,
    pub cert_info: bool,
    pub auth_info: bool,
    pub lang: &'a str,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Credential {
    /// In lists only.
    #[serde(default, rename = "credentialID")]
    pub id: String,
    pub key: Key,
    pub cert: Cert,
    pub auth: Auth,
    pub multisign: usize,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Key {
    pub status: String,
    pub algo: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Cert {
    pub status: Option<String>,
    /// The signer's first, base64 of DER.
    #[serde(default)]
    pub certificates: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Auth {
    pub mode: String,
    /// How the objects go together: `PIN AND OTP`.
    pub expression: Option<String>,
    #[serde(default)]
    pub objects: Vec<AuthObject>,
}

/// Clause 8.3.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AuthObject {
    #[serde(rename = "type")]
    pub kind: String,
    pub id: String,
    pub label: Option<String>,
    pub description: Option<String>,
    /// How the person's device makes it: `totp`.
    pub generator: Option<String>,
}

/// Clause 11.6.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Authorize<'a> {
    #[serde(rename = "credentialID")]
    pub credential_id: &'a str,
    pub num_signatures: usize,
    pub hashes: Vec<String>,
    #[serde(rename = "hashAlgorithmOID")]
    pub hash_algorithm_oid: &'static str,
    pub auth_data: Vec<AuthValue<'a>>,
    pub description: &'a str,
}

#[derive(Serialize)]
pub struct AuthValue<'a> {
    pub id: &'a str,
    /// None where the service asks on another device.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<&'a str>,
}

/// With a SAD when authorised (200), with a handle while it is not yet (202).
#[derive(Deserialize)]
pub struct Authorized {
    #[serde(rename = "SAD")]
    pub sad: Option<String>,
    #[serde(rename = "expiresIn")]
    pub expires_in: Option<u64>,
    pub handle: Option<String>,
}

/// Clause 11.7.
#[derive(Serialize)]
pub struct Check<'a> {
    pub handle: &'a str,
}

/// Clause 11.8.
#[derive(Serialize)]
pub struct Challenge<'a> {
    #[serde(rename = "credentialID")]
    pub credential_id: &'a str,
    #[serde(rename = "authObjectID")]
    pub auth_object_id: &'a str,
}

/// Clause 11.10.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SignHash<'a> {
    #[serde(rename = "credentialID")]
    pub credential_id: &'a str,
    #[serde(rename = "SAD")]
    pub sad: &'a str,
    pub hashes: Vec<String>,
    #[serde(rename = "hashAlgorithmOID", skip_serializing_if = "Option::is_none")]
    pub hash_algorithm_oid: Option<&'static str>,
    pub sign_algo: &'static str,
}

#[derive(Deserialize)]
pub struct Signatures {
    pub signatures: Vec<String>,
}

/// Clause 10.2.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Complaint {
    #[serde(default)]
    pub error: String,
    #[serde(default)]
    pub error_description: String,
}

impl Credential {
    pub fn is_explicit(&self) -> bool {
        self.auth.mode == "explicit"
    }

    pub fn is_enabled(&self) -> bool {
        self.key.status == "enabled"
    }

    pub fn is_over(&self) -> bool {
        self.cert.status.as_deref().is_some_and(|status| status != "valid")
    }

    /// DER of the certificates, the signer's first.
    pub fn certificates(&self) -> Option<Vec<Vec<u8>>> {
        self.cert.certificates.iter().map(|text| from_base64(text)).collect()
    }

    /// Everything in the expression is asked for, not one thing or another.
    pub fn asks_for_all(&self) -> bool {
        let words = self.auth.expression.as_deref().unwrap_or_default().to_uppercase();
        !words.split([' ', '(', ')']).any(|word| matches!(word, "OR" | "XOR"))
    }
}

impl AuthObject {
    /// Typed on our page, and not asked for on another device.
    pub fn is_typed(&self) -> bool {
        !self.kind.ends_with("OOB")
    }

    /// Something is sent to the person first, when we ask for it.
    pub fn needs_challenge(&self) -> bool {
        self.kind == "ChallengeResponse"
    }

    /// Good for one time, so that no browser keeps it.
    pub fn is_code(&self) -> bool {
        self.generator.is_some() || self.needs_challenge()
    }

    /// What its field is called, in the service's own words.
    pub fn shown(&self) -> &str {
        self.label.as_deref().filter(|label| !label.is_empty()).unwrap_or(&self.id)
    }
}

pub fn in_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text.trim()).ok()
}
