//! Signed messages (CMS, CAdES), by themselves and inside of PDF files.

use bytes::Bytes;
use wire::algorithm::AlgorithmFault;
use wire::pki::certificate::Certificate;
use wire::pki::cms::{CheckFault, CmsFault, Covered, Original, SignedData, Signer};

use super::chain::{Chain, Court, Evidence, Moment, Sources, Usage};
use super::names::Party;
use super::reason::{Note, Reason};
use super::report::{Finding, Part, Proof, Report};
use super::{stamps, time};

/// More signers than this in one message are not looked at.
pub(super) const SIGNERS_MAX: usize = 32;

pub(super) fn judge(court: &mut Court<'_>, der: &[u8], report: &mut Report) {
    let signed = match SignedData::read(der) {
        Ok(signed) => signed,
        Err(fault) => return report.refuse(read_reason(fault)),
    };
    let (content, original) = match (signed.content(), court.question.content) {
        (Some(inside), None) => (inside, Original::Inside),
        (Some(inside), Some(handed)) if inside == handed => (inside, Original::Inside),
        (Some(_), Some(_)) => return report.refuse(Reason::Changed),
        (None, Some(handed)) => (handed, Original::Bytes(handed)),
        (None, None) => return report.refuse(Reason::ContentMissing),
    };
    let part = Part { name: String::new(), bytes: Bytes::copy_from_slice(content) };
    for (index, signer) in signed.signers.iter().enumerate().take(SIGNERS_MAX) {
        let mut finding = Finding::new((index + 1).to_string());
        finding.time.claimed = signer.signing_time();
        let case = Case { signed: &signed, signer, original, beside: &Evidence::default() };
        if case.judge(court, &mut finding, &[]) {
            finding.whole = true;
            finding.parts.push(part.clone());
        }
        report.findings.push(finding);
    }
    if signed.signers.len() > SIGNERS_MAX {
        report.refuse(Reason::TooMuch);
    }
}

/// One signer and what is known beside the message.
pub(super) struct Case<'c> {
    pub signed: &'c SignedData,
    pub signer: &'c Signer,
    pub original: Original<'c>,
    /// From the file around the message.
    pub beside: &'c Evidence,
}

impl Case<'_> {
    /// Judges the signer; true when the signature itself is of this content. `later` are stamps of
    /// the whole file over this signature.
    pub fn judge(self, court: &mut Court<'_>, finding: &mut Finding, later: &[Proof]) -> bool {
        let came = self.gather();
        let sources = [&came, self.beside];
        finding.algorithm = self.signer.algorithm;
        let own = (self.signed, self.signer);
        let Some(certificate) = certificate_of(court, own, &sources) else {
            finding.refuse(Reason::NoCertificate);
            return false;
        };
        finding.signer = Some(Party::of(&certificate));
        let checked = self.signed.check(self.signer, self.original, &certificate);
        let covered = match checked {
            Ok(covered) => covered,
            Err(fault) => {
                finding.refuse(check_reason(fault));
                return false;
            }
        };
        weigh(court, finding, &certificate, &covered);
        let tokens = stamps::of_message(court, own, self.original, finding);
        let moment = time::settle(court, finding, &tokens, &sources, later);
        conclude(court, finding, &certificate, (&sources, moment));
        true
    }

    fn gather(&self) -> Evidence {
        let mut evidence = Evidence::default();
        self.signed.certificates.iter().for_each(|one| evidence.add(one));
        self.signer.certificate_values().iter().for_each(|one| evidence.add(one));
        let came = self.signed.evidence(self.signer);
        evidence.add_crls(&came.crls);
        evidence.add_ocsp(&came.ocsp);
        evidence
    }
}

/// Whose the signature says it is: from the message, from what came beside it or is at hand.
pub(super) fn certificate_of(
    court: &Court<'_>,
    (signed, signer): (&SignedData, &Signer),
    sources: Sources<'_>,
) -> Option<Certificate> {
    if let Some(inside) = signed.certificate_of(signer) {
        return Some(inside.clone());
    }
    let came = sources.iter().flat_map(|one| &one.certificates);
    came.chain(court.trust.certificates).find(|one| signer.id.means(one)).cloned()
}

/// What makes a signature that holds too weak to count.
fn weigh(court: &Court<'_>, finding: &mut Finding, certificate: &Certificate, covered: &Covered) {
    let policy = court.question.policy;
    let is_strong = covered.algorithm.is_strong() && covered.digest.is_strong();
    if !is_strong && !policy.allows_sha1 {
        finding.refuse(Reason::WeakAlgorithm);
    }
    if !covered.is_certificate_signed {
        finding.note(Note::CertificateUnsigned);
    }
    weigh_key(court, finding, certificate);
}

pub(super) fn weigh_key(court: &Court<'_>, finding: &mut Finding, certificate: &Certificate) {
    if let Ok(wire::algorithm::PublicKey::Rsa { modulus_bits, .. }) = &certificate.key
        && *modulus_bits < court.question.policy.rsa_bits_min
    {
        finding.refuse(Reason::WeakKey { bits: *modulus_bits });
    }
}

/// The path at the time that counts, into the finding.
pub(super) fn conclude(
    court: &mut Court<'_>,
    finding: &mut Finding,
    certificate: &Certificate,
    (sources, moment): (Sources<'_>, Moment),
) {
    let chain: Chain = court.chain(certificate, sources, moment, Usage::Signature);
    finding.signer = Some(Party::of(certificate));
    finding.certificate = Some(certificate.clone());
    finding.path = chain.links;
    finding.anchored = chain.anchored;
    chain.reasons.into_iter().for_each(|reason| finding.refuse(reason));
    chain.notes.into_iter().for_each(|note| finding.note(note));
}

/// Why a message is not read.
pub(super) fn read_reason(fault: CmsFault) -> Reason {
    match fault {
        CmsFault::AttributeTwice(_) => Reason::Broken { detail: fault.to_string() },
        CmsFault::NotSignedData(_) => Reason::UnknownKind,
        fault => Reason::Unreadable { detail: fault.to_string() },
    }
}

fn check_reason(fault: CheckFault) -> Reason {
    match fault {
        CheckFault::ContentChanged => Reason::Changed,
        CheckFault::Signature(AlgorithmFault::Wrong | AlgorithmFault::Unfitting) => {
            Reason::WrongValue
        }
        CheckFault::OtherCertificate | CheckFault::SigningCertificate => Reason::OtherCertificate,
        CheckFault::ContentMissing => Reason::ContentMissing,
        CheckFault::UnknownAlgorithm | CheckFault::Signature(_) => {
            Reason::NotUnderstood { detail: fault.to_string() }
        }
        _ => Reason::Broken { detail: fault.to_string() },
    }
}
