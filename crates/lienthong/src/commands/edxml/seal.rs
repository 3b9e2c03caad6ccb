//! What the signature of a packet is worth, and to whom.

use std::path::Path;

use anyhow::Result;
use platform::clock::Clock;
use platform::words::Speech;
use serde_json::{Value, json};
use trust::verdict::{Believed, Finding, Policy, Question, Standing, weigh_signer};
use wire::algorithm::PublicKey;
use wire::edxml::Reading;
use wire::edxml::signature::{Doubt, Held, SIZE_BYTES, Verdict, examine, judge};
use wire::pki::certificate::Certificate;
use wire::xml::signature::Signature;

use super::super::verify::read;
use super::{Both, sentence};

/// Absent, unverifiable, valid or invalid, and why. `holds` says what the computation alone says:
/// whether the signature is of this packet by the key in the certificate that came with it.
pub fn judged(
    path: &Path,
    size_bytes: u64,
    reading: &Reading,
    believed: &Believed,
    both: &Both,
) -> Result<Value> {
    let large = size_bytes > SIZE_BYTES as u64;
    let mut verdict = judge(reading, &own_key);
    // Of which profile it is does not matter when the packet can be held.
    if verdict == Verdict::Unverifiable(Doubt::OtherProfile) && !large {
        verdict = examine(&read(path)?, &own_key);
    }
    Ok(match verdict {
        Verdict::Absent => json!({"verdict": "absent"}),
        Verdict::Unverifiable(Doubt::OtherProfile) if large => {
            let doubt = Doubt::TooLarge { limit_bytes: SIZE_BYTES };
            told("unverifiable", None, sentence::doubt(&doubt, both))
        }
        Verdict::Unverifiable(doubt) => told("unverifiable", None, sentence::doubt(&doubt, both)),
        Verdict::Invalid(_) => {
            told("invalid", Some(false), sentence::plain("edxml-signature-changed", both))
        }
        Verdict::Valid(held) => by_whom(&held, believed, both),
    })
}

/// The signature holds over all that the packet says, stations of its way apart; whether its signer
/// is somebody, the authorities named decide. The axis judges in the same way.
fn by_whom(held: &Held, believed: &Believed, both: &Both) -> Value {
    let policy = Policy { needs_revocation: false, ..Policy::default() };
    let question = Question { at: Clock::System.now(), policy: &policy, content: None };
    let came = &held.signature.key_info.certificates;
    let strong = certificate(&held.signature).filter(|_| held.weaknesses.is_empty());
    let finding = strong.map(|one| weigh_signer(&one, came, &believed.trust(), &question));
    let standing = finding.as_ref().map_or(Standing::Unverifiable, |finding| finding.standing);
    let verdict = match standing {
        Standing::Valid => "valid",
        Standing::Invalid => "invalid",
        Standing::Absent | Standing::Unverifiable => "unverifiable",
    };
    let reason = match (standing, finding) {
        (Standing::Valid, _) => sentence::plain("edxml-signature-holds", both),
        (_, None) => sentence::plain("edxml-signature-weak", both),
        _ if believed.anchors.is_empty() => sentence::plain("edxml-signature-nobody-trusted", both),
        (_, Some(finding)) => (because(&finding, &both.vi), because(&finding, &both.en)),
    };
    with_signer(told(verdict, Some(true), reason), held)
}

fn because(finding: &Finding, speech: &Speech) -> String {
    let reasons = finding.reasons.iter().map(|one| trust::sentence::of_reason(one, speech));
    reasons.collect::<Vec<_>>().join(" ")
}

fn with_signer(mut told: Value, held: &Held) -> Value {
    let first = certificate(&held.signature);
    told["signer"] = first.map(|one| Value::from(one.subject.to_string())).unwrap_or_default();
    told["algorithm"] = Value::from(held.signature.algorithm.to_string());
    told["weak"] = Value::from(!held.weaknesses.is_empty());
    told
}

fn told(verdict: &str, holds: Option<bool>, (vi, en): (String, String)) -> Value {
    let mut told = json!({"verdict": verdict});
    if let Some(holds) = holds {
        told["holds"] = Value::from(holds);
    }
    told["vi"] = Value::from(vi);
    told["en"] = Value::from(en);
    told
}

fn own_key(signature: &Signature) -> Option<PublicKey> {
    certificate(signature)?.key.clone().ok()
}

fn certificate(signature: &Signature) -> Option<Certificate> {
    Certificate::read(signature.key_info.certificates.first()?).ok()
}
