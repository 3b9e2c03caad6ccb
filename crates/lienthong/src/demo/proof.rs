//! What a stranger does with the evidence of a packet: opens the container, takes the receipts out
//! of it, and checks each with the keys that the axis shows to everybody.

use anyhow::{Context, Result, bail, ensure};
use axis::receipt::{Claim, ClaimKind};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use platform::clock::local;
use serde::Deserialize;
use trust::verdict::{Believed, Policy, Question, Standing, judge};
use wire::algorithm::{Curve, Digest, PublicKey};
use wire::asice::{Container, Limits};
use wire::jws;

/// What the evidence proves.
#[derive(Debug)]
pub struct Proved {
    /// The digest of the packet as it was received, in hexadecimal digits.
    pub sha256: String,
    pub accepted: Claim,
    /// Who has it.
    pub delivered: Vec<Claim>,
}

impl Proved {
    /// Who had the packet when, as the axis has signed it.
    pub fn lines(&self) -> Vec<String> {
        let short = self.sha256.get(..16).unwrap_or(&self.sha256);
        let line = |claim: &Claim| {
            let at = local(claim.at).strftime("%H:%M:%S");
            let word = match claim.kind {
                ClaimKind::Accepted => "trục nhận / accepted",
                ClaimKind::Delivered => "giao / delivered",
            };
            let to = claim.to.join(", ");
            format!("               {at}  {word:<22} {} → {to}  SHA-256 {short}…", claim.from)
        };
        std::iter::once(&self.accepted).chain(&self.delivered).map(line).collect()
    }
}

#[derive(Deserialize)]
struct Keys {
    keys: Vec<Key>,
}

#[derive(Deserialize)]
struct Key {
    kid: String,
    x: String,
    y: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Delivered {
    receipt: String,
}

/// Everything in the container fits the packet in it, and the keys of the axis.
pub async fn check(axis: &str, evidence: &[u8]) -> Result<Proved> {
    let keys: Keys = reqwest::get(format!("{axis}/keys")).await?.error_for_status()?.json().await?;
    let container = Container::read(evidence, &Limits::default())?;
    let bytes = |name: &str| {
        let found = container.bytes_of(name);
        found.with_context(|| format!("the evidence has no {name}"))
    };
    let sha256 = platform::hex::to_hex(&Digest::Sha256.of(bytes("goi-tin.edxml")?));
    let accepted = std::str::from_utf8(bytes("bien-nhan-nop.jws")?)?;
    let accepted = claim(&keys, accepted, (ClaimKind::Accepted, &sha256))?;
    let list: Vec<Delivered> = serde_json::from_slice(bytes("bien-nhan-giao.json")?)?;
    let mut delivered = Vec::new();
    for one in list {
        delivered.push(claim(&keys, &one.receipt, (ClaimKind::Delivered, &sha256))?);
    }
    Ok(Proved { sha256, accepted, delivered })
}

/// The signature over the whole container holds, by the certificate that the axis shows to
/// everybody.
pub async fn holds(axis: &str, evidence: &[u8], at: Timestamp) -> Result<()> {
    let certificate = reqwest::get(format!("{axis}/chung-thu")).await?.error_for_status()?;
    let mut believed = Believed::default();
    believed.add_anchors(&certificate.bytes().await?)?;
    let policy = Policy { needs_revocation: false, ..Policy::default() };
    let question = Question { at, policy: &policy, content: None };
    let standing = judge(evidence, &believed.trust(), &question).standing;
    ensure!(standing == Standing::Valid, "the evidence is {}", standing.code());
    Ok(())
}

/// A receipt is the axis' own, of this kind, and about these bytes.
fn claim(keys: &Keys, receipt: &str, (kind, sha256): (ClaimKind, &str)) -> Result<Claim> {
    let jws = jws::read(receipt, None)?;
    let [signature] = jws.signatures.as_slice() else { bail!("a receipt has one signature") };
    let named = signature.header.key_id.as_deref();
    let key = keys.keys.iter().find(|key| Some(key.kid.as_str()) == named);
    let payload = jws.check(signature, &public(key.context("the axis shows no such key")?)?)?;
    let claim: Claim = serde_json::from_slice(payload)?;
    ensure!(claim.kind == kind && claim.sha256 == sha256, "a receipt is about other bytes");
    Ok(claim)
}

fn public(key: &Key) -> Result<PublicKey> {
    let mut point = vec![4];
    for half in [&key.x, &key.y] {
        point.extend(URL_SAFE_NO_PAD.decode(half)?);
    }
    Ok(PublicKey::Ec { curve: Curve::P256, point })
}
