//! Reading and checking.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;

use super::JwsFault;
use super::header::{Header, Written};
use crate::algorithm::PublicKey;

const TEXT_BYTES_MAX: usize = 64 << 20;
const SIGNATURES_MAX: usize = 64;

/// A message and its signatures, none of them checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jws {
    pub payload: Vec<u8>,
    pub signatures: Vec<JwsSignature>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JwsSignature {
    pub header: Header,
    protected: String,
    value: Vec<u8>,
}

impl Jws {
    /// Checks one signature with a key that the caller trusts, and hands back what was signed.
    ///
    /// # Errors
    /// [`JwsFault::KeyKind`] for a key that is not of the algorithm,
    /// [`JwsFault::Signature`] when it did not sign this.
    pub fn check<'j>(
        &'j self,
        signature: &JwsSignature,
        key: &PublicKey,
    ) -> Result<&'j [u8], JwsFault> {
        let algorithm = signature.header.algorithm;
        algorithm.fits(key)?;
        let input = input(&signature.protected, &self.payload, signature.header.encoded);
        algorithm.verify(key, &input, &signature.value)?;
        Ok(&self.payload)
    }
}

/// Reads the compact, the flattened or the general form. `detached` is the payload when the text
/// does not have it, and then only.
///
/// # Errors
/// [`JwsFault`] by name.
pub fn read(text: &str, detached: Option<&[u8]>) -> Result<Jws, JwsFault> {
    if text.len() > TEXT_BYTES_MAX {
        return Err(JwsFault::TooLarge);
    }
    let text = text.trim();
    if text.starts_with('{') { json(text, detached) } else { compact(text, detached) }
}

/// What is signed: the header, a full stop, the payload as the header says.
pub(super) fn input(protected: &str, payload: &[u8], encoded: bool) -> Vec<u8> {
    let mut input = Vec::with_capacity(protected.len() + 1 + payload.len() * 4 / 3 + 4);
    input.extend_from_slice(protected.as_bytes());
    input.push(b'.');
    if encoded {
        input.extend_from_slice(URL_SAFE_NO_PAD.encode(payload).as_bytes());
    } else {
        input.extend_from_slice(payload);
    }
    input
}

fn compact(text: &str, detached: Option<&[u8]>) -> Result<Jws, JwsFault> {
    let mut parts = text.split('.');
    let four = (parts.next(), parts.next(), parts.next(), parts.next());
    let (Some(protected), Some(payload), Some(value), None) = four else {
        return Err(JwsFault::Form);
    };
    let written = Some(payload).filter(|payload| !payload.is_empty());
    let signature = signature(protected, None, value)?;
    finished(written, detached, vec![signature])
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    payload: Option<String>,
    signatures: Option<Vec<One>>,
    protected: Option<String>,
    header: Option<Written>,
    signature: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct One {
    protected: String,
    header: Option<Written>,
    signature: String,
}

fn json(text: &str, detached: Option<&[u8]>) -> Result<Jws, JwsFault> {
    let message: Message = serde_json::from_str(text).map_err(|_| JwsFault::Form)?;
    let ones = match (message.signatures, message.protected, message.signature) {
        (Some(ones), None, None) if message.header.is_none() && !ones.is_empty() => ones,
        (None, Some(protected), Some(signature)) => {
            vec![One { protected, header: message.header, signature }]
        }
        _ => return Err(JwsFault::Form),
    };
    if ones.len() > SIGNATURES_MAX {
        return Err(JwsFault::TooLarge);
    }
    let signatures = ones
        .into_iter()
        .map(|one| signature(&one.protected, one.header, &one.signature))
        .collect::<Result<Vec<_>, _>>()?;
    finished(message.payload.as_deref(), detached, signatures)
}

fn signature(
    protected: &str,
    beside: Option<Written>,
    value: &str,
) -> Result<JwsSignature, JwsFault> {
    let header = Header::read(protected, beside)?;
    let value = URL_SAFE_NO_PAD.decode(value).map_err(|_| JwsFault::Encoding)?;
    Ok(JwsSignature { header, protected: protected.to_owned(), value })
}

fn finished(
    written: Option<&str>,
    detached: Option<&[u8]>,
    signatures: Vec<JwsSignature>,
) -> Result<Jws, JwsFault> {
    let encoded = signatures.iter().all(|signature| signature.header.encoded);
    let unencoded = signatures.iter().all(|signature| !signature.header.encoded);
    // RFC 7797 §3 and §8: all alike; unencoded we take detached only, which no one misreads.
    if !encoded && (!unencoded || written.is_some()) {
        return Err(JwsFault::Unencoded);
    }
    let payload = match (written, detached) {
        (Some(written), None) => URL_SAFE_NO_PAD.decode(written).map_err(|_| JwsFault::Encoding)?,
        (None, Some(detached)) => detached.to_vec(),
        (Some(_), Some(_)) => return Err(JwsFault::PayloadTwice),
        (None, None) => return Err(JwsFault::PayloadMissing),
    };
    Ok(Jws { payload, signatures })
}
