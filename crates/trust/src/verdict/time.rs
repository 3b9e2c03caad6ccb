//! Which time counts: that of the earliest time stamp that holds, else the question's.
//!
//! A stamp must be over exactly this signature (or file), signed by an authority for time stamps
//! that leads to an anchor believed for time, and hold at the time of a later stamp or of the
//! question. One that is over something else was put there by somebody: the signature is invalid.
//! One that merely is not believed proves nothing.

use jiff::SignedDuration;
use wire::algorithm::Digest;
use wire::pki::cms::CheckFault;
use wire::pki::time_stamp::{Imprint, StampFault, Token};

use super::chain::{Court, Evidence, Moment, Sources, Usage};
use super::cms::certificate_of;
use super::names::Party;
use super::reason::{Note, Reason};
use super::report::{Finding, Proof, ProofKind};

/// How far the clock of an authority may be before ours.
const SKEW: SignedDuration = SignedDuration::from_mins(5);
/// More stamps over one signature are not looked at.
const STAMPS_MAX: usize = 12;

/// A token and the digest of what it has to be over.
pub(super) struct Stamp<'s> {
    pub token: &'s [u8],
    pub kind: ProofKind,
    pub digest_of: Box<dyn Fn(Digest) -> Vec<u8> + 's>,
    /// Which stamps before it in a list are over this one, by their places.
    pub held_by: Vec<usize>,
}

/// Whether a stamp proves its time.
///
/// # Errors
/// [`Reason::StampForeign`] when it is not about this at all, else why it is not believed.
pub(super) fn judge(
    court: &mut Court<'_>,
    stamp: &Stamp<'_>,
    sources: Sources<'_>,
    moment: Moment,
) -> Result<Proof, Reason> {
    let token = Token::read(stamp.token)
        .map_err(|fault| Reason::NotUnderstood { detail: fault.to_string() })?;
    let imprint =
        Imprint { digest: token.imprint.digest, hash: (stamp.digest_of)(token.imprint.digest) };
    if token.imprint != imprint {
        return Err(Reason::StampForeign);
    }
    let signer = token.signer().map_err(|_| Reason::StampForeign)?;
    let certificate =
        certificate_of(court, (&token.signed, signer), sources).ok_or(Reason::NoCertificate)?;
    let covered = token.check(&imprint, &certificate).map_err(|fault| match fault {
        StampFault::Check(CheckFault::UnknownAlgorithm) => {
            Reason::NotUnderstood { detail: fault.to_string() }
        }
        StampFault::Purpose | StampFault::CertificateUnsigned => {
            Reason::NotForSigning { who: Party::of(&certificate).name }
        }
        _ => Reason::StampForeign,
    })?;
    let strong = token.imprint.digest.is_strong() && covered.algorithm.is_strong();
    if !strong && !court.question.policy.allows_sha1 {
        return Err(Reason::WeakAlgorithm);
    }
    let later = token.at.checked_sub(SKEW).unwrap_or(token.at);
    let who = || Party::of(&certificate).name;
    if later > moment.at || token.at < certificate.not_before {
        return Err(Reason::NotYetValid { who: who() });
    }
    let (came, mut own) = (token.signed.evidence(signer), Evidence::default());
    token.signed.certificates.iter().for_each(|one| own.add(one));
    own.add_crls(&came.crls);
    own.add_ocsp(&came.ocsp);
    let sources = [&[&own], sources].concat();
    let chain = court.chain(&certificate, &sources, moment, Usage::Stamp);
    match chain.reasons.into_iter().next() {
        Some(reason) => Err(reason),
        None => Ok(Proof {
            at: token.at,
            kind: stamp.kind,
            authority: Party::of(&certificate),
            path: chain.links,
        }),
    }
}

/// Judges the stamps of a signature and decides which time counts for it. `later` are stamps of
/// the whole file, which are over it and over its stamps.
pub(super) fn settle(
    court: &mut Court<'_>,
    finding: &mut Finding,
    stamps: &[Stamp<'_>],
    sources: Sources<'_>,
    later: &[Proof],
) -> Moment {
    let mut proofs: Vec<Option<Proof>> = Vec::new();
    for stamp in stamps.iter().take(STAMPS_MAX) {
        let holders = stamp.held_by.iter().filter_map(|place| proofs.get(*place)?.as_ref());
        let held_until = moment_of(later.iter().chain(holders)).unwrap_or(court.now());
        let proof = match judge(court, stamp, sources, held_until) {
            Ok(proof) => Some(proof),
            Err(Reason::StampForeign) if stamp.kind != ProofKind::Archive => {
                finding.refuse(Reason::StampForeign);
                None
            }
            Err(reason) => {
                finding.note(Note::StampUnproved(Box::new(reason)));
                None
            }
        };
        proofs.push(proof);
    }
    let all = later.iter().chain(proofs.iter().flatten());
    match all.min_by_key(|proof| proof.at).cloned() {
        Some(proof) => {
            let at = proof.at;
            finding.time.proved = Some(proof);
            Moment { at, is_proved: true }
        }
        None => {
            if stamps.is_empty() {
                finding.note(Note::NoTimeStamp);
            }
            court.now()
        }
    }
}

/// The earliest of these times, which others vouch for.
pub(super) fn moment_of<'p>(proofs: impl Iterator<Item = &'p Proof>) -> Option<Moment> {
    proofs.map(|proof| proof.at).min().map(|at| Moment { at, is_proved: true })
}
