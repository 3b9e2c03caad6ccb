//! From a signer to an anchor, and whether anyone on the way was revoked, at the time that counts.

use jiff::Timestamp;
use wire::pki::certificate::Certificate;
use wire::pki::crl::Crl;
use wire::pki::extension::KeyUsage;
use wire::pki::ocsp::Response;
use wire::pki::oids;
use wire::pki::path::{self, Demand, Path, PathFault, PathReason};
use wire::pki::revocation::{Inquiry, Verdict, decide};

use super::names::Party;
use super::reason::{Note, Reason};
use super::report::{Link, Revocation, Wanted};
use super::{Question, Trust};

/// Of each kind, out of one file.
const EVIDENCE_MAX: usize = 64;
const EVIDENCE_BYTES_MAX: usize = 32 << 20;
/// Searches for a path in one file: signers and time stamps together.
const SEARCHES_MAX: usize = 160;
/// Statements about revocation whose signatures are checked for one file.
const STATEMENTS_MAX: usize = 2_000;
const WANTED_MAX: usize = 32;

/// What a key is to be good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Usage {
    Signature,
    Stamp,
}

/// When everything has to hold, and whether others vouch for that time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    pub at: Timestamp,
    pub is_proved: bool,
}

/// What came along with a signature. It helps, and proves itself or nothing.
#[derive(Default)]
pub(super) struct Evidence {
    pub certificates: Vec<Certificate>,
    pub crls: Vec<Crl>,
    pub ocsp: Vec<Response>,
    bytes: usize,
}

/// What came along, from several places of one file.
pub(super) type Sources<'e> = &'e [&'e Evidence];

impl Evidence {
    pub fn add_certificates<D: AsRef<[u8]>>(&mut self, ders: impl IntoIterator<Item = D>) {
        for der in ders {
            let der = der.as_ref();
            if self.takes(self.certificates.len(), der.len())
                && let Ok(read) = Certificate::read(der)
            {
                self.add(&read);
            }
        }
    }

    pub fn add(&mut self, certificate: &Certificate) {
        if self.certificates.len() < EVIDENCE_MAX && !self.certificates.contains(certificate) {
            self.certificates.push(certificate.clone());
        }
    }

    pub fn add_crls<D: AsRef<[u8]>>(&mut self, ders: impl IntoIterator<Item = D>) {
        for der in ders {
            let der = der.as_ref();
            if self.takes(self.crls.len(), der.len())
                && !self.crls.iter().any(|one| one.der() == der)
                && let Ok(read) = Crl::read_der(der.to_vec())
            {
                self.crls.push(read);
            }
        }
    }

    /// OCSPResponse or, as CMS carries it, BasicOCSPResponse.
    pub fn add_ocsp<D: AsRef<[u8]>>(&mut self, ders: impl IntoIterator<Item = D>) {
        for der in ders {
            let der = der.as_ref();
            if self.takes(self.ocsp.len(), der.len())
                && let Ok(read) = Response::read(der).or_else(|_| Response::read_basic(der))
            {
                self.ocsp.push(read);
            }
        }
    }

    fn takes(&mut self, held: usize, bytes: usize) -> bool {
        self.bytes = self.bytes.saturating_add(bytes);
        held < EVIDENCE_MAX && self.bytes <= EVIDENCE_BYTES_MAX
    }
}

/// What is said about one certificate.
#[derive(Default)]
pub(super) struct Chain {
    pub links: Vec<Link>,
    pub anchored: bool,
    pub reasons: Vec<Reason>,
    pub notes: Vec<Note>,
}

/// One file is judged here: what is believed, the question, and how much work is left.
pub(super) struct Court<'a> {
    pub trust: &'a Trust<'a>,
    pub question: &'a Question<'a>,
    signing: Demand,
    stamping: Demand,
    searches_left: usize,
    statements_left: usize,
    /// Bytes of signed parts that may be handed back.
    copies_left: usize,
    /// Bytes that may be hashed for archive time stamps, each of which is over everything.
    hashes_left: usize,
    wanted: Vec<Wanted>,
}

impl<'a> Court<'a> {
    pub fn new(trust: &'a Trust<'a>, question: &'a Question<'a>) -> Court<'a> {
        let policy = question.policy;
        let usage = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::CONTENT_COMMITMENT);
        let signing = Demand {
            key_usage: Some(usage),
            purposes: policy.purposes.clone(),
            allows_sha1: policy.allows_sha1,
            rsa_bits_min: policy.rsa_bits_min,
            ..Demand::default()
        };
        let stamping = Demand { purposes: vec![oids::TIME_STAMPING], ..signing.clone() };
        Court {
            trust,
            question,
            signing,
            stamping,
            searches_left: SEARCHES_MAX,
            statements_left: STATEMENTS_MAX,
            copies_left: policy.file_bytes_max.saturating_mul(4),
            hashes_left: policy.file_bytes_max.saturating_mul(32),
            wanted: Vec::new(),
        }
    }

    /// The question's time, for which nobody need vouch.
    pub fn now(&self) -> Moment {
        Moment { at: self.question.at, is_proved: false }
    }

    pub fn into_wanted(self) -> Vec<Wanted> {
        self.wanted
    }

    /// Whether so many more bytes of signed parts may be handed back.
    pub fn may_copy(&mut self, bytes: usize) -> bool {
        spend(&mut self.copies_left, bytes)
    }

    /// Whether so many more bytes may be hashed for an archive time stamp.
    pub fn may_hash(&mut self, bytes: usize) -> bool {
        spend(&mut self.hashes_left, bytes)
    }

    /// The path of a certificate and what is known about its revocation.
    pub fn chain(
        &mut self,
        target: &Certificate,
        sources: Sources<'_>,
        moment: Moment,
        usage: Usage,
    ) -> Chain {
        let Some(left) = self.searches_left.checked_sub(1) else {
            return Chain { reasons: vec![Reason::TooMuch], ..Chain::default() };
        };
        self.searches_left = left;
        let demand = match usage {
            Usage::Signature => &self.signing,
            Usage::Stamp => &self.stamping,
        };
        let question = path::Question {
            target,
            pool: &pool(sources, self.trust.certificates),
            anchors: self.trust.anchors,
            at: moment.at,
            demand,
        };
        match path::find(&question) {
            Ok(path) => self.revocations(&path, sources, moment),
            Err(fault) => Chain {
                links: fault.candidate.iter().map(unasked).collect(),
                anchored: false,
                reasons: vec![self.own_key(target, moment).unwrap_or(path_reason(&fault, moment))],
                notes: Vec::new(),
            },
        }
    }

    /// Nobody vouches for it, and it is known all the same.
    fn own_key(&self, target: &Certificate, moment: Moment) -> Option<Reason> {
        let lives = target.not_before <= moment.at && moment.at <= target.not_after;
        let is_own = lives && self.trust.own.contains(target);
        is_own.then(|| Reason::OwnKey { who: Party::of(target).name })
    }

    fn revocations(&mut self, path: &Path, sources: Sources<'_>, moment: Moment) -> Chain {
        let mut chain = Chain { anchored: true, ..Chain::default() };
        for (index, certificate) in path.certificates.iter().enumerate() {
            if *certificate == path.anchor.certificate {
                break;
            }
            let issuer = path.issuer(index);
            let verdict = self.revocation([certificate, issuer], sources, moment);
            let revocation = self.note(&mut chain, [certificate, issuer], verdict);
            chain.links.push(Link { certificate: certificate.clone(), revocation });
        }
        chain.links.push(unasked(&path.anchor.certificate));
        chain
    }

    /// What came along and what was handed in, each by itself: revoked wins over good.
    fn revocation(
        &mut self,
        [certificate, issuer]: [&Certificate; 2],
        sources: Sources<'_>,
        moment: Moment,
    ) -> Option<Verdict> {
        let policy = self.question.policy;
        let mut good = None;
        let came = sources.iter().map(|one| (one.ocsp.as_slice(), one.crls.as_slice()));
        for (ocsp, crls) in std::iter::once((self.trust.ocsp, self.trust.crls)).chain(came) {
            let about =
                ocsp.iter().filter(|one| one.answer(issuer, &certificate.serial).is_some()).count();
            let lists = crls.iter().filter(|crl| crl.issuer == certificate.issuer).count();
            if about + lists == 0 {
                continue;
            }
            self.statements_left = self.statements_left.checked_sub(about + lists)?;
            let inquiry = Inquiry {
                certificate,
                issuer,
                at: moment.at,
                ocsp,
                crls,
                freshness: policy.freshness,
                allows_sha1: policy.allows_sha1,
            };
            match decide(&inquiry) {
                Verdict::Unknown(_) => {}
                revoked @ Verdict::Revoked { .. } => return Some(revoked),
                found @ Verdict::Good { .. } => good = good.or(Some(found)),
            }
        }
        good
    }

    fn note(
        &mut self,
        chain: &mut Chain,
        [certificate, issuer]: [&Certificate; 2],
        verdict: Option<Verdict>,
    ) -> Revocation {
        let who = Party::of(certificate).name;
        match verdict {
            Some(Verdict::Good { this_update, revoked_later, .. }) => {
                if let Some((at, _)) = revoked_later {
                    chain.notes.push(Note::RevokedLater { at });
                }
                Revocation::Good { as_of: this_update }
            }
            Some(Verdict::Revoked { since, reason, .. }) => {
                chain.reasons.push(Reason::Revoked { who, since });
                Revocation::Revoked { since, reason }
            }
            Some(Verdict::Unknown(_)) | None => {
                match self.question.policy.needs_revocation {
                    true => chain.reasons.push(Reason::RevocationUnknown { who }),
                    false => chain.notes.push(Note::RevocationNotAsked),
                }
                self.want(certificate, issuer);
                Revocation::Unknown
            }
        }
    }

    fn want(&mut self, certificate: &Certificate, issuer: &Certificate) {
        let known = self.wanted.iter().any(|wanted| wanted.certificate == *certificate);
        if !known && self.wanted.len() < WANTED_MAX {
            let (certificate, issuer) = (certificate.clone(), issuer.clone());
            self.wanted.push(Wanted { certificate, issuer });
        }
    }
}

fn spend(left: &mut usize, bytes: usize) -> bool {
    let rest = left.checked_sub(bytes);
    *left = rest.unwrap_or(*left);
    rest.is_some()
}

/// What came along and what is at hand; copies cost a count.
fn pool(sources: Sources<'_>, at_hand: &[Certificate]) -> Vec<Certificate> {
    let came = sources.iter().flat_map(|one| &one.certificates);
    came.chain(at_hand).cloned().collect()
}

fn unasked(certificate: &Certificate) -> Link {
    Link { certificate: certificate.clone(), revocation: Revocation::NotAsked }
}

fn path_reason(fault: &PathFault, moment: Moment) -> Reason {
    let who = Party::of(&fault.certificate).name;
    let detail = || fault.reason.to_string();
    match fault.reason {
        PathReason::IssuerMissing => Reason::IssuerMissing { who },
        PathReason::NoAnchor | PathReason::AnchorPurpose => Reason::NoAnchor { who },
        PathReason::AnchorNotInForce => Reason::AnchorNotInForce { who },
        PathReason::Expired | PathReason::NotYetValid if moment.is_proved => {
            Reason::OutsideValidity { who }
        }
        PathReason::Expired => Reason::Expired { who },
        PathReason::NotYetValid => Reason::NotYetValid { who },
        PathReason::KeyUsage | PathReason::Purpose => Reason::NotForSigning { who },
        PathReason::WeakDigest => Reason::WeakAlgorithm,
        PathReason::WeakKey => {
            let key = fault.certificate.key.as_ref();
            Reason::WeakKey { bits: key.map_or(0, |key| key.size_bits()) }
        }
        PathReason::Signature
        | PathReason::NotAuthority
        | PathReason::PathLength
        | PathReason::NameConstraint => Reason::PathBroken { who, detail: detail() },
        PathReason::TooMuch => Reason::TooMuch,
        PathReason::UnknownAlgorithm
        | PathReason::UnknownCritical(_)
        | PathReason::Policy
        | PathReason::PolicyMapping
        | PathReason::TooLong => Reason::NotUnderstood { detail: detail() },
    }
}
