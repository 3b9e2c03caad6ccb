//! Signing in two steps.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde_json::{Value, json};

use super::JwsFault;
use super::header::{Algorithm, Written};
use super::read::{input, read};
use crate::algorithm::{AlgorithmFault, Digest, asn1_to_fixed};

/// What the header is to say.
#[derive(Debug, Clone, Copy)]
pub struct Recipe<'r> {
    pub algorithm: Algorithm,
    /// DER, the signer's first; they and the digest of the first go into the header.
    pub certificates: &'r [Vec<u8>],
    pub key_id: Option<&'r str>,
    pub media_type: Option<&'r str>,
    /// RFC 3339, UTC, in whole seconds.
    pub signing_time: Option<&'r str>,
    pub delivery: Delivery,
}

/// How the payload goes with the signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Delivery {
    /// In the text.
    Attached,
    /// On its own, signed as it would be in the text.
    Detached,
    /// On its own, signed as it is (RFC 7797): no copy is made of a large file.
    DetachedUnencoded,
}

/// What is to be signed.
#[derive(Debug, Clone)]
pub struct Prepared {
    algorithm: Algorithm,
    protected: String,
    payload: Option<String>,
    input: Vec<u8>,
}

/// Writes the header of a signature over these bytes.
pub fn prepare(payload: &[u8], recipe: &Recipe<'_>) -> Prepared {
    let unencoded = recipe.delivery == Delivery::DetachedUnencoded;
    let encoded_certificates = || recipe.certificates.iter().map(|der| STANDARD.encode(der));
    let first = recipe.certificates.first();
    let mut critical = Vec::new();
    if recipe.signing_time.is_some() {
        critical.push("sigT".to_owned());
    }
    if unencoded {
        critical.push("b64".to_owned());
    }
    let written = Written {
        alg: Some(recipe.algorithm.name().to_owned()),
        typ: None,
        cty: recipe.media_type.map(str::to_owned),
        kid: recipe.key_id.map(str::to_owned),
        x5c: first.map(|_| encoded_certificates().collect()),
        x5t_s256: first.map(|der| URL_SAFE_NO_PAD.encode(Digest::Sha256.of(der))),
        sig_t: recipe.signing_time.map(str::to_owned),
        b64: unencoded.then_some(false),
        crit: Some(critical).filter(|names| !names.is_empty()),
    };
    // Strings and lists of strings always become JSON.
    let header = serde_json::to_vec(&written).unwrap_or_default();
    let protected = URL_SAFE_NO_PAD.encode(header);
    let input = input(&protected, payload, !unencoded);
    let attached = recipe.delivery == Delivery::Attached;
    let payload = attached.then(|| URL_SAFE_NO_PAD.encode(payload));
    Prepared { algorithm: recipe.algorithm, protected, payload, input }
}

impl Prepared {
    pub fn to_be_signed(&self) -> &[u8] {
        &self.input
    }

    /// The compact form. ECDSA signatures are handed in as DER.
    ///
    /// # Errors
    /// [`AlgorithmFault::Wrong`] when an ECDSA signature is not two numbers of the curve.
    pub fn finish(&self, signature: &[u8]) -> Result<String, JwsFault> {
        let payload = self.payload.as_deref().unwrap_or_default();
        Ok(format!("{}.{payload}.{}", self.protected, self.value(signature)?))
    }

    /// The general JSON form with this signature.
    pub fn finish_json(&self, signature: &[u8]) -> Result<String, JwsFault> {
        self.with(Vec::new(), signature)
    }

    /// The general JSON form with this signature behind those of a text over the same payload.
    ///
    /// # Errors
    /// [`JwsFault::PayloadTwice`] when it is another payload.
    pub fn finish_beside(&self, text: &str, signature: &[u8]) -> Result<String, JwsFault> {
        let before: Value = serde_json::from_str(text).map_err(|_| JwsFault::Form)?;
        if before.get("payload").and_then(Value::as_str) != self.payload.as_deref() {
            return Err(JwsFault::PayloadTwice);
        }
        let list = before.get("signatures").and_then(Value::as_array);
        let text = self.with(list.cloned().ok_or(JwsFault::Form)?, signature)?;
        // As a receiver reads it: all signatures must be about the payload in the same way.
        let detached = self.payload.is_none().then_some([].as_slice());
        read(&text, detached)?;
        Ok(text)
    }

    fn with(&self, mut list: Vec<Value>, signature: &[u8]) -> Result<String, JwsFault> {
        list.push(json!({"protected": self.protected, "signature": self.value(signature)?}));
        let message = match &self.payload {
            Some(payload) => json!({"payload": payload, "signatures": list}),
            None => json!({"signatures": list}),
        };
        Ok(message.to_string())
    }

    fn value(&self, signature: &[u8]) -> Result<String, JwsFault> {
        let fixed = match self.algorithm.curve() {
            Some(curve) => asn1_to_fixed(curve, signature).ok_or(AlgorithmFault::Wrong)?,
            None => signature.to_vec(),
        };
        Ok(URL_SAFE_NO_PAD.encode(fixed))
    }
}
