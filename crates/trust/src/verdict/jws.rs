//! JSON signatures. The payload is what was signed; the header's certificates are only tried.

use bytes::Bytes;
use wire::algorithm::AlgorithmFault;
use wire::jws::{self, JwsFault, JwsSignature};
use wire::pki::certificate::Certificate;

use super::chain::{Court, Evidence};
use super::cms::{conclude, weigh_key};
use super::reason::{Note, Reason};
use super::report::{Finding, Part, Report};

pub(super) fn judge(court: &mut Court<'_>, file: &[u8], report: &mut Report) {
    let Ok(text) = std::str::from_utf8(file) else {
        return report.refuse(Reason::Unreadable { detail: JwsFault::Form.to_string() });
    };
    let text = text.trim_start_matches('\u{feff}');
    // A payload inside counts alone; one handed in must be the same.
    let read = match jws::read(text, None) {
        Err(JwsFault::PayloadMissing) => match court.question.content {
            Some(content) => jws::read(text, Some(content)),
            None => return report.refuse(Reason::ContentMissing),
        },
        other => other,
    };
    let message = match read {
        Ok(message) => message,
        Err(fault) => return report.refuse(reason(fault)),
    };
    if court.question.content.is_some_and(|content| content != message.payload) {
        return report.refuse(Reason::Changed);
    }
    let part = Part { name: String::new(), bytes: Bytes::copy_from_slice(&message.payload) };
    for (index, signature) in message.signatures.iter().enumerate() {
        let mut finding = Finding::new((index + 1).to_string());
        finding.algorithm = Some(signature.header.algorithm.signature_algorithm());
        let time = signature.header.signing_time.as_deref();
        finding.time.claimed = time.and_then(|text| text.parse().ok());
        let mut evidence = Evidence::default();
        evidence.add_certificates(&signature.header.certificates);
        match signer(court, signature, &evidence) {
            None => finding.refuse(Reason::NoCertificate),
            Some(certificate) => {
                let key = certificate.key.as_ref().map_err(|fault| JwsFault::Signature(*fault));
                match key.and_then(|key| message.check(signature, key)) {
                    Ok(_) => {
                        finding.whole = true;
                        finding.parts.push(part.clone());
                        finding.note(Note::NoTimeStamp);
                        weigh_key(court, &mut finding, &certificate);
                        let now = court.now();
                        conclude(court, &mut finding, &certificate, (&[&evidence], now));
                    }
                    Err(fault) => finding.refuse(reason(fault)),
                }
            }
        }
        report.findings.push(finding);
    }
}

/// The first in the header, or one at hand by its digest.
fn signer(court: &Court<'_>, signature: &JwsSignature, evidence: &Evidence) -> Option<Certificate> {
    if let Some(first) = signature.header.certificates.first() {
        return evidence.certificates.iter().find(|one| one.der() == first).cloned();
    }
    let digest = signature.header.certificate_digest.as_ref()?;
    court.trust.certificates.iter().find(|one| one.fingerprint() == *digest).cloned()
}

fn reason(fault: JwsFault) -> Reason {
    let detail = fault.to_string();
    match fault {
        JwsFault::None | JwsFault::SharedSecret { .. } => Reason::NotASignature { detail },
        JwsFault::KeyKind { .. }
        | JwsFault::Signature(AlgorithmFault::Wrong | AlgorithmFault::Unfitting) => {
            Reason::WrongValue
        }
        JwsFault::CertificateDigest => Reason::OtherCertificate,
        JwsFault::PayloadMissing => Reason::ContentMissing,
        JwsFault::PayloadTwice => Reason::Changed,
        JwsFault::Unprotected | JwsFault::CriticalList | JwsFault::Unencoded => {
            Reason::Broken { detail }
        }
        JwsFault::Form | JwsFault::TooLarge | JwsFault::Encoding | JwsFault::Header => {
            Reason::Unreadable { detail }
        }
        JwsFault::UnknownAlgorithm { .. } | JwsFault::Critical { .. } | JwsFault::Signature(_) => {
            Reason::NotUnderstood { detail }
        }
    }
}
