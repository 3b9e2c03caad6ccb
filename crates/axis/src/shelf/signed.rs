//! What the XML signature of a packet is worth on the day it comes in.

use platform::Ctx;
use trust::verdict::{Believed, Policy, Question, Standing, judge_signer};
use wire::algorithm::PublicKey;
use wire::edxml::Reading;
use wire::edxml::read::Presence;
use wire::edxml::signature::{Doubt, Held, Verdict, examine, judge};
use wire::pki::certificate::Certificate;
use wire::xml::signature::Signature;

use crate::packet::SignatureState;
use crate::refusal::Refusal;

/// `packet` is the whole of it where it is at hand. Of a larger one only our own profile can be
/// judged: all that it covers was hashed as it came.
pub async fn judged(
    ctx: &Ctx,
    reading: &Reading,
    packet: Option<&[u8]>,
) -> Result<SignatureState, Refusal> {
    match reading.signature {
        Presence::Absent => return Ok(SignatureState::Absent),
        Presence::Placeholder => return Ok(SignatureState::Unverifiable),
        Presence::Present => {}
    }
    let verdict = match (judge(reading, &own_key), packet) {
        (Verdict::Unverifiable(Doubt::OtherProfile), Some(packet)) => examine(packet, &own_key),
        (verdict, _) => verdict,
    };
    match verdict {
        Verdict::Absent => Ok(SignatureState::Absent),
        Verdict::Invalid(_) => Ok(SignatureState::Invalid),
        Verdict::Unverifiable(_) => Ok(SignatureState::Unverifiable),
        Verdict::Valid(held) => {
            let believed = ctx.store.read(trust::believed).await?;
            Ok(by_whom(ctx, &held, &believed))
        }
    }
}

/// The signature holds over all that the packet says; whether its signer is somebody, the
/// authorities that are believed decide.
fn by_whom(ctx: &Ctx, held: &Held, believed: &Believed) -> SignatureState {
    let policy = Policy { needs_revocation: false, ..Policy::default() };
    let question = Question { at: ctx.clock.now(), policy: &policy, content: None };
    let came = &held.signature.key_info.certificates;
    let standing = match certificate(&held.signature).filter(|_| held.weaknesses.is_empty()) {
        Some(one) => judge_signer(&one, came, &believed.trust(), &question),
        None => Standing::Unverifiable,
    };
    match standing {
        Standing::Valid => SignatureState::Valid,
        Standing::Invalid => SignatureState::Invalid,
        Standing::Absent | Standing::Unverifiable => SignatureState::Unverifiable,
    }
}

fn own_key(signature: &Signature) -> Option<PublicKey> {
    certificate(signature)?.key.clone().ok()
}

fn certificate(signature: &Signature) -> Option<Certificate> {
    Certificate::read(signature.key_info.certificates.first()?).ok()
}
