//! Seeking paths upwards.

use std::collections::HashMap;

use super::validate::validate;
use super::{Anchor, Path, PathFault, PathReason, Question};
use crate::algorithm::AlgorithmFault;
use crate::pki::certificate::Certificate;
use crate::pki::name::Name;

/// The first path that holds, or why the best candidate does not.
///
/// A candidate that reached an anchor is better than one that did not, and of those the one that
/// went further.
pub fn find(question: &Question<'_>) -> Result<Path, PathFault> {
    let mut search = Search {
        question,
        by_subject: HashMap::new(),
        checked: HashMap::new(),
        signatures_left: question.demand.limits.signatures,
        steps_left: STEPS_MAX,
        validations_left: VALIDATIONS_MAX,
        best: None,
    };
    for certificate in question.pool {
        search.by_subject.entry(&certificate.subject).or_default().push(certificate);
    }
    let mut chain = vec![question.target];
    if let Some(path) = search.end_at_itself().or_else(|| search.extend(&mut chain)) {
        return Ok(path);
    }
    let missing = PathFault {
        reason: PathReason::IssuerMissing,
        certificate: question.target.clone(),
        candidate: vec![question.target.clone()],
    };
    Err(search.best.map_or(missing, |(_, fault)| fault))
}

struct Search<'a> {
    question: &'a Question<'a>,
    by_subject: HashMap<&'a Name, Vec<&'a Certificate>>,
    /// By where child and issuer lie in memory: they stand still while the search lasts.
    checked: HashMap<(*const u8, *const u8), Result<(), PathReason>>,
    signatures_left: usize,
    steps_left: usize,
    validations_left: usize,
    best: Option<(usize, PathFault)>,
}

/// Ten authorities that certify each other need a hundred signatures and make millions of paths.
const STEPS_MAX: usize = 2000;
const VALIDATIONS_MAX: usize = 32;

/// How good a candidate is beyond its length.
const REACHED_ANCHOR: usize = 1000;

impl<'a> Search<'a> {
    /// The target is trusted itself.
    fn end_at_itself(&mut self) -> Option<Path> {
        let question = self.question;
        let own = |anchor: &&Anchor| anchor.certificate == *question.target;
        let anchor = question.anchors.iter().find(own)?;
        match validate(question, &[], anchor) {
            Ok(policies) => Some(Path {
                certificates: vec![question.target.clone()],
                anchor: anchor.clone(),
                policies,
            }),
            Err((_, reason)) => {
                self.note(&[question.target], 0, reason, REACHED_ANCHOR);
                None
            }
        }
    }

    /// Depth is limited by [`super::Limits::path_length`], width by the signatures left.
    fn extend(&mut self, chain: &mut Vec<&'a Certificate>) -> Option<Path> {
        let last = *chain.last()?;
        let place = chain.len() - 1;
        let question = self.question;
        let mut has_issuer = false;
        self.steps_left = self.steps_left.saturating_sub(1);
        if self.steps_left == 0 || self.validations_left == 0 {
            self.note(chain, place, PathReason::TooMuch, 0);
            return None;
        }
        for anchor in question.anchors.iter().filter(|a| a.certificate.subject == last.issuer) {
            has_issuer = true;
            if let Err(reason) = self.check_signature(last, &anchor.certificate) {
                self.note(chain, place, reason, 0);
                continue;
            }
            self.validations_left = self.validations_left.saturating_sub(1);
            match validate(question, chain, anchor) {
                Ok(policies) => {
                    let certificates = chain.iter().map(|found| (*found).clone()).collect();
                    return Some(Path { certificates, anchor: anchor.clone(), policies });
                }
                Err((at, reason)) => self.note(chain, at, reason, REACHED_ANCHOR),
            }
        }
        for candidate in self.candidates(last) {
            if self.steps_left == 0 {
                return None;
            }
            let is_anchor = question.anchors.iter().any(|a| a.certificate == *candidate);
            if is_anchor || chain.iter().any(|above| is_same_authority(above, candidate)) {
                continue;
            }
            has_issuer = true;
            if let Err(reason) = self.check_signature(last, candidate) {
                self.note(chain, place, reason, 0);
                continue;
            }
            if chain.len() >= question.demand.limits.path_length {
                self.note(chain, place, PathReason::TooLong, 0);
                continue;
            }
            chain.push(candidate);
            let found = self.extend(chain);
            chain.pop();
            if found.is_some() {
                return found;
            }
        }
        if !has_issuer {
            let is_root = last.is_self_issued();
            let reason = if is_root { PathReason::NoAnchor } else { PathReason::IssuerMissing };
            self.note(chain, place, reason, 0);
        }
        None
    }

    /// Those of the pool with the issuer's name, first those whose key is the one named.
    fn candidates(&self, certificate: &Certificate) -> Vec<&'a Certificate> {
        let mut found = self.by_subject.get(&certificate.issuer).cloned().unwrap_or_default();
        let wanted = certificate.extensions.authority_key.as_ref();
        let wanted = wanted.and_then(|key| key.key_id.as_ref());
        found.sort_by_key(|candidate| {
            wanted.is_some() && candidate.extensions.subject_key_id.as_ref() != wanted
        });
        found
    }

    fn check_signature(
        &mut self,
        child: &Certificate,
        issuer: &Certificate,
    ) -> Result<(), PathReason> {
        let places = (child.der().as_ptr(), issuer.der().as_ptr());
        if let Some(known) = self.checked.get(&places) {
            return *known;
        }
        let Some(left) = self.signatures_left.checked_sub(1) else {
            self.steps_left = 0;
            return Err(PathReason::TooMuch);
        };
        self.signatures_left = left;
        let result = child.is_signed_by(issuer).map_err(|fault| match fault {
            AlgorithmFault::Unknown | AlgorithmFault::KeyUnreadable => PathReason::UnknownAlgorithm,
            AlgorithmFault::Unfitting | AlgorithmFault::Wrong => PathReason::Signature,
        });
        self.checked.insert(places, result);
        result
    }

    fn note(&mut self, chain: &[&Certificate], at: usize, reason: PathReason, bonus: usize) {
        // That the search was given up matters more than where it had come to.
        let bonus = if reason == PathReason::TooMuch { 2 * REACHED_ANCHOR } else { bonus };
        let rank = bonus + chain.len();
        let is_better = self.best.as_ref().is_none_or(|(best, _)| rank > *best);
        let Some(certificate) = chain.get(at).filter(|_| is_better) else { return };
        let fault = PathFault {
            reason,
            certificate: (*certificate).clone(),
            candidate: chain.iter().map(|found| (*found).clone()).collect(),
        };
        self.best = Some((rank, fault));
    }
}

/// The same name with the same key a second time leads in a circle, whatever else it says.
fn is_same_authority(one: &Certificate, other: &Certificate) -> bool {
    one.subject == other.subject && one.spki == other.spki
}
