//! Receipts: the axis' signed word that it took a packet, or that a recipient has it.
//!
//! A compact JWS (ES256) over type, docId, codes, DocumentId, digest, size and time. The public
//! keys are at `/axis/keys`; whoever keeps packet and receipt can prove both without us. The key is
//! made at its first use and lies sealed in the database.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6, art. 9

use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use platform::Ctx;
use platform::store::{StoreError, Tx};
use platform::vault::Place;
use serde::{Deserialize, Serialize};
use trust::{KeyKind, SoftwareKey, generate_key};
use uuid::Uuid;
use wire::algorithm::{Digest, PublicKey, SignatureAlgorithm};
use wire::jws::{self, Algorithm, Delivery, Recipe};

use crate::refusal::Refusal;
use crate::store::keys::{self, KeyRow};

/// What a receipt says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    #[serde(rename = "type")]
    pub kind: ClaimKind,
    /// Of the packet, or of the delivery.
    pub doc_id: Uuid,
    pub from: String,
    pub to: Vec<String>,
    pub document_id: String,
    /// Of the packet as it was received, in hexadecimal digits.
    pub sha256: String,
    pub size_bytes: i64,
    pub at: Timestamp,
    /// The address of the axis that says so.
    pub axis: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ClaimKind {
    Accepted,
    Delivered,
}

/// Signs with the key in force; makes one when there is none.
pub(crate) fn issue(tx: &mut Tx, ctx: &Ctx, claim: &Claim) -> Result<String, Refusal> {
    let row = match keys::current(tx)? {
        Some(row) => row,
        None => first_key(tx, ctx, claim.at)?,
    };
    let key = opened(ctx, &row)?;
    let payload = serde_json::to_vec(claim).map_err(broken)?;
    let recipe = Recipe {
        algorithm: Algorithm::Es256,
        certificates: &[],
        key_id: Some(&row.kid),
        media_type: None,
        signing_time: None,
        delivery: Delivery::Attached,
    };
    let prepared = jws::prepare(&payload, &recipe);
    let ecdsa = SignatureAlgorithm::Ecdsa(Digest::Sha256);
    let signature = key.sign(ecdsa, prepared.to_be_signed()).map_err(broken)?;
    Ok(prepared.finish(&signature).map_err(broken)?)
}

const FIRST: i64 = 1;

fn first_key(tx: &mut Tx, ctx: &Ctx, at: Timestamp) -> Result<KeyRow, Refusal> {
    let pkcs8 = generate_key(KeyKind::P256).map_err(broken)?;
    let key = SoftwareKey::open(&pkcs8).map_err(broken)?;
    let PublicKey::Ec { point, .. } = key.public_key() else {
        return Err(broken("the key has no point").into());
    };
    let (x, y) = point.get(1..65).unwrap_or_default().split_at_checked(32).unwrap_or_default();
    let (x, y) = (URL_SAFE_NO_PAD.encode(x), URL_SAFE_NO_PAD.encode(y));
    // RFC 7638: the name of a key is the digest of what it is.
    let named = format!(r#"{{"crv":"P-256","kty":"EC","x":"{x}","y":"{y}"}}"#);
    let kid = URL_SAFE_NO_PAD.encode(Digest::Sha256.of(named.as_bytes()));
    let sealed = ctx.vault.seal(place(&kid), &pkcs8)?;
    keys::insert(tx, &KeyRow { slot: FIRST, kid, sealed, x, y }, at)?;
    // Another process may have been first.
    Ok(keys::current(tx)?.ok_or(StoreError::NotFound)?)
}

/// Reading a key costs more than signing with it, so the last ones stay open. A key is found by
/// the digest of its public half: no two are called the same.
static OPENED: Mutex<Vec<(String, Arc<SoftwareKey>)>> = Mutex::new(Vec::new());
const OPENED_MAX: usize = 8;

fn opened(ctx: &Ctx, row: &KeyRow) -> Result<Arc<SoftwareKey>, Refusal> {
    let mut opened = OPENED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, key)) = opened.iter().find(|(kid, _)| *kid == row.kid) {
        return Ok(Arc::clone(key));
    }
    let pkcs8 = ctx.vault.open(place(&row.kid), &row.sealed)?;
    let key = Arc::new(SoftwareKey::open(&pkcs8).map_err(broken)?);
    if opened.len() == OPENED_MAX {
        opened.remove(0);
    }
    opened.push((row.kid.clone(), Arc::clone(&key)));
    Ok(key)
}

fn place(kid: &str) -> Place<'_> {
    Place { table: "axis_key", column: "sealed", row: kid.as_bytes() }
}

fn broken(reason: impl ToString) -> StoreError {
    StoreError::Other { reason: format!("no receipt: {}", reason.to_string()) }
}
