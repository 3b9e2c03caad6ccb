//! A report as JSON: codes for machines, sentences for people.

use platform::words::Speech;
use serde_json::{Value, json};
use wire::pki::certificate::Certificate;

use super::names::{Party, shown};
use super::reason::{Note, Reason};
use super::report::{Change, Finding, Link, Proof, ProofKind, Report, Revocation};
use crate::sentence;
use platform::hex::to_hex;

impl Report {
    pub fn to_json(&self, speech: &Speech) -> Value {
        let stamps = self.stamps.iter().map(|stamp| match stamp {
            Ok(proof) => self::proof(proof),
            Err(reason) => json!({"refused": self::reason(reason, speech)}),
        });
        json!({
            "verdict": self.standing.code(),
            "sentence": sentence::summary(self, speech),
            "kind": self.kind.code(),
            "size_bytes": self.size_bytes,
            "sha256": to_hex(&self.sha256),
            "checked_at": self.at.to_string(),
            "order": self.order.code(),
            "reasons": reasons(&self.reasons, speech),
            "signatures": self.findings.iter().map(|one| finding(one, speech)).collect::<Vec<_>>(),
            "document_time_stamps": stamps.collect::<Vec<_>>(),
        })
    }
}

fn finding(one: &Finding, speech: &Speech) -> Value {
    let parts = one.parts.iter().map(|part| {
        let digest = wire::algorithm::Digest::Sha256.of(&part.bytes);
        json!({
            "name": part.name,
            "size_bytes": part.bytes.len(),
            "sha256": to_hex(&digest),
        })
    });
    let details = match &one.change {
        Change::Forbidden(details) => details.as_slice(),
        _ => &[],
    };
    json!({
        "name": one.name,
        "verdict": one.standing.code(),
        "reasons": reasons(&one.reasons, speech),
        "notes": one.notes.iter().map(|note| self::note(note, speech)).collect::<Vec<_>>(),
        "signer": one.signer.as_ref().map(party),
        "algorithm": one.algorithm.map(|algorithm| algorithm.to_string()),
        "certificate": one.certificate.as_ref().map(certificate),
        "path": one.path.iter().map(link).collect::<Vec<_>>(),
        "anchored": one.anchored,
        "claimed_time": one.time.claimed.map(|at| at.to_string()),
        "proved_time": one.time.proved.as_ref().map(proof),
        "covers_whole": one.whole,
        "covered": parts.collect::<Vec<_>>(),
        "revision": one.revision.map(|(own, all)| json!({"signed": own, "of": all})),
        "change": one.change.code(),
        "changes": details,
        "counter_signature": one.is_counter,
    })
}

fn reasons(all: &[Reason], speech: &Speech) -> Vec<Value> {
    all.iter().map(|one| reason(one, speech)).collect()
}

fn reason(one: &Reason, speech: &Speech) -> Value {
    json!({
        "code": one.code(),
        "sentence": sentence::of_reason(one, speech),
        "detail": one.detail(),
    })
}

fn note(one: &Note, speech: &Speech) -> Value {
    json!({
        "code": one.code(),
        "sentence": sentence::of_note(one, speech),
        "detail": one.detail(),
    })
}

fn party(one: &Party) -> Value {
    let kind = match one.kind {
        super::PartyKind::Person => "person",
        super::PartyKind::Organisation => "organisation",
    };
    json!({"kind": kind, "name": one.name, "position": one.position, "agency": one.agency})
}

fn proof(one: &Proof) -> Value {
    let kind = match one.kind {
        ProofKind::Signature => "signature",
        ProofKind::Document => "document",
        ProofKind::Archive => "archive",
    };
    json!({
        "at": one.at.to_string(),
        "over": kind,
        "authority": party(&one.authority),
        "path": one.path.iter().map(link).collect::<Vec<_>>(),
    })
}

fn link(one: &Link) -> Value {
    let revocation = match one.revocation {
        Revocation::NotAsked => json!({"state": "not-asked"}),
        Revocation::Good { as_of } => json!({"state": "good", "as_of": as_of.to_string()}),
        Revocation::Revoked { since, reason } => {
            json!({"state": "revoked", "since": since.to_string(), "reason": reason.code()})
        }
        Revocation::Unknown => json!({"state": "unknown"}),
    };
    let mut value = certificate(&one.certificate);
    if let Some(fields) = value.as_object_mut() {
        fields.insert("revocation".to_owned(), revocation);
    }
    value
}

fn certificate(one: &Certificate) -> Value {
    json!({
        "subject": shown(&one.subject.to_string()),
        "issuer": shown(&one.issuer.to_string()),
        "serial": one.serial.to_string(),
        "not_before": one.not_before.to_string(),
        "not_after": one.not_after.to_string(),
        "sha256": to_hex(&one.fingerprint()),
    })
}
