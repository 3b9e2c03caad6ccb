//! Validating one path from the anchor downwards (RFC 5280 §6.1). Signatures hold already.

use super::names::NameLimits;
use super::policy::PolicyState;
use super::{Anchor, Demand, PathReason, Question};
use crate::algorithm::PublicKey;
use crate::pki::certificate::Certificate;
use crate::pki::der::Oid;
use crate::pki::extension::KeyUsage;
use crate::pki::oids;

type Fault = (usize, PathReason);

/// The valid policies, or which certificate of the chain is at fault and why. `chain` goes from
/// the target upwards; it is empty when the target is the anchor.
pub(super) fn validate(
    question: &Question<'_>,
    chain: &[&Certificate],
    anchor: &Anchor,
) -> Result<Vec<Oid>, Fault> {
    let top = chain.len().saturating_sub(1);
    check_anchor(question, anchor).map_err(|reason| (top, reason))?;
    if chain.is_empty() {
        check_itself(question, question.target).map_err(|reason| (0, reason))?;
        check_end(question.demand, question.target).map_err(|reason| (0, reason))?;
        return Ok(vec![oids::ANY_POLICY]);
    }
    let mut state = State::new(question.demand, chain.len(), anchor);
    for (at, certificate) in chain.iter().enumerate().rev() {
        let is_last = at == 0;
        state.enter(question, certificate, is_last).map_err(|reason| (at, reason))?;
        if !is_last {
            state.descend(question.demand, certificate).map_err(|reason| (at, reason))?;
        }
    }
    check_end(question.demand, question.target).map_err(|reason| (0, reason))?;
    let policies = state.policy.finish(question.target, &question.demand.policies);
    policies.ok_or((0, PathReason::Policy))
}

struct State {
    /// How many more authorities may follow.
    length_left: u32,
    names: NameLimits,
    policy: PolicyState,
}

impl State {
    /// What the anchor's certificate limits counts too (RFC 5937).
    fn new(demand: &Demand, length: usize, anchor: &Anchor) -> State {
        let constraints = &anchor.certificate.extensions;
        let mut names = NameLimits::default();
        names.add(constraints.name_constraints.as_ref());
        let length_left = constraints.basic_constraints.and_then(|basic| basic.path_length);
        State {
            length_left: length_left.unwrap_or(u32::MAX),
            names,
            policy: PolicyState::new(demand, length),
        }
    }

    /// §6.1.3: what has to hold for every certificate.
    fn enter(
        &mut self,
        question: &Question<'_>,
        certificate: &Certificate,
        is_last: bool,
    ) -> Result<(), PathReason> {
        check_itself(question, certificate)?;
        let algorithm = certificate.signature_algorithm().ok_or(PathReason::UnknownAlgorithm)?;
        if !algorithm.is_strong() && !question.demand.allows_sha1 {
            return Err(PathReason::WeakDigest);
        }
        let is_renewal = certificate.is_self_issued() && !is_last;
        if !is_renewal && !self.names.allow(certificate) {
            return Err(PathReason::NameConstraint);
        }
        if self.policy.enter(certificate, is_last) { Ok(()) } else { Err(PathReason::Policy) }
    }

    /// §6.1.4: what has to hold for those that issue, and what they limit.
    fn descend(&mut self, demand: &Demand, certificate: &Certificate) -> Result<(), PathReason> {
        let extensions = &certificate.extensions;
        if !self.policy.descend(certificate) {
            return Err(PathReason::PolicyMapping);
        }
        self.names.add(extensions.name_constraints.as_ref());
        let basic = extensions.basic_constraints.filter(|basic| basic.is_authority);
        let basic = basic.ok_or(PathReason::NotAuthority)?;
        if !certificate.is_self_issued() {
            self.length_left = self.length_left.checked_sub(1).ok_or(PathReason::PathLength)?;
        }
        self.length_left = self.length_left.min(basic.path_length.unwrap_or(u32::MAX));
        if !certificate.allows(KeyUsage::CERTIFICATE_SIGN) {
            return Err(PathReason::KeyUsage);
        }
        if is_for_any(certificate, &demand.purposes) { Ok(()) } else { Err(PathReason::Purpose) }
    }
}

fn check_anchor(question: &Question<'_>, anchor: &Anchor) -> Result<(), PathReason> {
    if question.at < anchor.from || question.at > anchor.until {
        return Err(PathReason::AnchorNotInForce);
    }
    // One that is limited serves nobody who does not say what for.
    let mut wanted = question.demand.purposes.iter();
    let is_for =
        anchor.purposes.is_empty() || wanted.any(|purpose| anchor.purposes.contains(purpose));
    if is_for { Ok(()) } else { Err(PathReason::AnchorPurpose) }
}

/// Dates, key, and that everything critical is understood.
fn check_itself(question: &Question<'_>, certificate: &Certificate) -> Result<(), PathReason> {
    if question.at < certificate.not_before {
        return Err(PathReason::NotYetValid);
    }
    if question.at > certificate.not_after {
        return Err(PathReason::Expired);
    }
    if let Some(unknown) = certificate.extensions.unknown_critical.first() {
        return Err(PathReason::UnknownCritical(*unknown));
    }
    let key = certificate.key.as_ref().map_err(|_| PathReason::UnknownAlgorithm)?;
    match key {
        PublicKey::Rsa { modulus_bits, .. } if *modulus_bits < question.demand.rsa_bits_min => {
            Err(PathReason::WeakKey)
        }
        _ => Ok(()),
    }
}

/// What the target has to be good for.
fn check_end(demand: &Demand, target: &Certificate) -> Result<(), PathReason> {
    let allowed = target.extensions.key_usage;
    if let (Some(wanted), Some(allowed)) = (demand.key_usage, allowed)
        && !allowed.intersects(wanted)
    {
        return Err(PathReason::KeyUsage);
    }
    if is_for_any(target, &demand.purposes) { Ok(()) } else { Err(PathReason::Purpose) }
}

/// Purposes of an authority limit those below it, as everybody but RFC 5280 has it.
fn is_for_any(certificate: &Certificate, purposes: &[Oid]) -> bool {
    purposes.is_empty() || purposes.iter().any(|purpose| certificate.is_for(purpose))
}
