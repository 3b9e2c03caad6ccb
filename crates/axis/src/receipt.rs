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
use jiff::{SignedDuration, Timestamp};
use platform::Ctx;
use platform::store::{StoreError, Tx};
use platform::vault::Place;
use serde::{Deserialize, Serialize};
use trust::{KeyKind, SoftwareKey, generate_key};
use uuid::Uuid;
use wire::algorithm::{Digest, PublicKey, SignatureAlgorithm};
use wire::jws::{self, Algorithm, Delivery, Recipe};
use wire::pki::certificate::Serial;
use wire::pki::extension::{ExtensionBuilder, KeyUsage};
use wire::pki::issue::{self, CertificateProfile};
use wire::pki::name::Name;
use wire::pki::oids;

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

/// The key in force, ready to sign; made when there is none.
pub(crate) struct Pen {
    kid: String,
    key: Arc<SoftwareKey>,
}

pub(crate) fn pen(tx: &mut Tx, ctx: &Ctx) -> Result<Pen, Refusal> {
    let row = in_force(tx, ctx)?;
    Ok(Pen { key: opened(ctx, &row)?, kid: row.kid })
}

impl Pen {
    pub fn issue(&self, claim: &Claim) -> Result<String, Refusal> {
        self.sign(&serde_json::to_vec(claim).map_err(broken)?)
    }

    fn sign(&self, payload: &[u8]) -> Result<String, Refusal> {
        let recipe = Recipe {
            algorithm: Algorithm::Es256,
            certificates: &[],
            key_id: Some(&self.kid),
            media_type: None,
            signing_time: None,
            delivery: Delivery::Attached,
        };
        let prepared = jws::prepare(payload, &recipe);
        let ecdsa = SignatureAlgorithm::Ecdsa(Digest::Sha256);
        let signature = self.key.sign(ecdsa, prepared.to_be_signed()).map_err(broken)?;
        Ok(prepared.finish(&signature).map_err(broken)?)
    }
}

/// Signs what the axis itself says.
pub(crate) fn signed(tx: &mut Tx, ctx: &Ctx, payload: &[u8]) -> Result<String, Refusal> {
    pen(tx, ctx)?.sign(payload)
}

fn in_force(tx: &mut Tx, ctx: &Ctx) -> Result<KeyRow, Refusal> {
    match keys::current(tx)? {
        Some(row) => Ok(row),
        None => first_key(tx, ctx, ctx.clock.now()),
    }
}

/// The key in force under the certificate that it has given itself: what signs evidence where no
/// seal is at hand.
pub(crate) struct OwnKey {
    key: Arc<SoftwareKey>,
    /// DER.
    pub certificate: Vec<u8>,
}

impl OwnKey {
    pub fn public(&self) -> &PublicKey {
        self.key.public_key()
    }

    /// The DER of an ECDSA signature.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Refusal> {
        let ecdsa = SignatureAlgorithm::Ecdsa(Digest::Sha256);
        Ok(self.key.sign(ecdsa, message).map_err(broken)?)
    }
}

pub(crate) fn own_key(tx: &mut Tx, ctx: &Ctx) -> Result<OwnKey, Refusal> {
    let row = in_force(tx, ctx)?;
    let key = opened(ctx, &row)?;
    if let Some(certificate) = keys::certificate(tx, &row.kid)? {
        return Ok(OwnKey { key, certificate });
    }
    let made = self_signed(ctx, &key)?;
    keys::insert_certificate(tx, (&row.kid, &made), ctx.clock.now())?;
    // Another process may have been first.
    let certificate = keys::certificate(tx, &row.kid)?.ok_or(StoreError::NotFound)?;
    Ok(OwnKey { key, certificate })
}

/// The certificate of the key in force, when it has one already.
pub(crate) fn known_certificate(tx: &mut Tx) -> Result<Option<Vec<u8>>, StoreError> {
    match keys::current(tx)? {
        Some(row) => keys::certificate(tx, &row.kid),
        None => Ok(None),
    }
}

/// Longer than any receipt has to be checked.
const CERTIFICATE_DAYS: i32 = 50 * 365;
const CERTIFICATE_NAME: &str = "Trục liên thông văn bản – khóa biên nhận";

fn self_signed(ctx: &Ctx, key: &SoftwareKey) -> Result<Vec<u8>, Refusal> {
    let now = ctx.clock.now();
    let day = SignedDuration::from_hours(24);
    let mut serial: [u8; 16] = ctx.ids.secret();
    serial[0] = serial[0] & 0x7f | 0x40;
    let serial = Serial::new(&serial).map_err(broken)?;
    let address = ctx.settings.public_address.as_str();
    let name = Name::build(&[(oids::COMMON_NAME, CERTIFICATE_NAME), (oids::ORGANIZATION, address)]);
    let name = name.map_err(broken)?;
    let extensions = ExtensionBuilder::new()
        .end_entity()
        .key_usage(KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::CONTENT_COMMITMENT))
        .extended_key_usage(&[oids::DOCUMENT_SIGNING])
        .subject_key_id(key.public_key())
        .finish();
    let profile = CertificateProfile {
        serial: &serial,
        issuer: &name,
        subject: &name,
        // Clocks of others may be behind ours.
        not_before: now.checked_sub(day).map_err(broken)?,
        not_after: now.checked_add(day * CERTIFICATE_DAYS).map_err(broken)?,
        key: key.public_key(),
        extensions: &extensions,
    };
    let ecdsa = SignatureAlgorithm::Ecdsa(Digest::Sha256);
    let prepared = issue::prepare(&profile, ecdsa).map_err(broken)?;
    let signature = key.sign(ecdsa, prepared.to_be_signed()).map_err(broken)?;
    Ok(prepared.finish(&signature))
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
