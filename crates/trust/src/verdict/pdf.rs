//! Signatures of PDF files (PAdES): each covers a revision, and what came after it counts.
//!
//! Law: NĐ 30/2020/NĐ-CP Annex I

use bytes::Bytes;
use wire::algorithm::Digest;
use wire::pdf::changes::Level;
use wire::pdf::store::Store;
use wire::pdf::{
    Format, PdfFault, Refused, Signature, SignatureFault, SignedFile, time as pdf_time,
};
use wire::pki::cms::{Original, SignedData};

use super::chain::{Court, Evidence};
use super::cms::Case;
use super::reason::Reason;
use super::report::{Change, Finding, Part, Proof, ProofKind, Report};
use super::time::{self, Stamp};

const CHANGES_SHOWN: usize = 20;

pub(super) fn judge(court: &mut Court<'_>, file: &[u8], report: &mut Report) {
    let signed = match SignedFile::read(file) {
        Ok(signed) => signed,
        Err(PdfFault::TooMuchWork | PdfFault::TooManyRevisions) => {
            return report.refuse(Reason::TooMuch);
        }
        Err(fault) => return report.refuse(Reason::Unreadable { detail: fault.to_string() }),
    };
    let beside = evidence(&signed.store);
    let stamps = document_stamps(court, (&signed, &beside), report);
    let bytes = Bytes::copy_from_slice(file);
    for signature in signed.signatures.iter().filter(|one| one.format != Format::TimeStamp) {
        let later: Vec<Proof> = stamps
            .iter()
            .filter(|(end, _)| *end >= signature.end)
            .map(|(_, proof)| proof.clone())
            .collect();
        let mut finding = Finding::new(signature.field.clone());
        finding.revision = Some((signature.revision, signed.revisions.len()));
        finding.whole = signature.covers_all;
        let holds = judge_one(court, (signature, &beside), &mut finding, &later);
        if holds && signature.end <= bytes.len() {
            let name = format!("1–{}", signature.revision);
            finding.parts.push(Part { name, bytes: bytes.slice(..signature.end) });
        }
        report.findings.push(finding);
    }
    report.findings.extend(signed.refused.iter().map(refused));
}

/// Stamps of the whole file, from the last to the first: a later one holds an earlier one up.
fn document_stamps(
    court: &mut Court<'_>,
    (signed, beside): (&SignedFile<'_>, &Evidence),
    report: &mut Report,
) -> Vec<(usize, Proof)> {
    let mut held: Vec<(usize, Proof)> = Vec::new();
    let stamps = signed.signatures.iter().filter(|one| one.format == Format::TimeStamp);
    for stamp in stamps.rev() {
        let proofs = held.iter().map(|(_, proof)| proof);
        let moment = time::moment_of(proofs).unwrap_or(court.now());
        let token = Stamp {
            token: &stamp.contents,
            kind: ProofKind::Document,
            digest_of: Box::new(|digest| stamp.digest(digest)),
            held_by: Vec::new(),
        };
        let judged = match change(stamp) {
            Change::Forbidden(_) => Err(Reason::ChangedAfter),
            _ => time::judge(court, &token, &[beside], moment),
        };
        match judged {
            Ok(proof) => {
                held.push((stamp.end, proof.clone()));
                report.stamps.push(Ok(proof));
            }
            Err(reason) => {
                // A file stamp that is about another file, or a file that was changed after it.
                if matches!(reason, Reason::StampForeign | Reason::ChangedAfter) {
                    report.refuse(reason.clone());
                }
                report.stamps.push(Err(reason));
            }
        }
    }
    held
}

fn judge_one(
    court: &mut Court<'_>,
    (signature, beside): (&Signature<'_>, &Evidence),
    finding: &mut Finding,
    later: &[Proof],
) -> bool {
    finding.time.claimed = signature.time.as_deref().and_then(pdf_time::from_pdf);
    finding.change = change(signature);
    if matches!(finding.change, Change::Forbidden(_)) {
        finding.refuse(Reason::ChangedAfter);
    }
    let prepared = SignedData::read(&signature.contents)
        .map_err(|fault| Reason::Broken { detail: fault.to_string() });
    match prepared.and_then(|data| check(court, (signature, beside), (finding, later), &data)) {
        Ok(holds) => holds,
        Err(reason) => {
            finding.refuse(reason);
            false
        }
    }
}

fn check(
    court: &mut Court<'_>,
    (signature, beside): (&Signature<'_>, &Evidence),
    (finding, later): (&mut Finding, &[Proof]),
    data: &SignedData,
) -> Result<bool, Reason> {
    let [signer] = data.signers.as_slice() else {
        let detail = "a signature of a PDF has exactly one signer".to_owned();
        return Err(Reason::Broken { detail });
    };
    finding.algorithm = signer.algorithm;
    finding.time.claimed = finding.time.claimed.or(signer.signing_time());
    if signature.format.is_weak() && !court.question.policy.allows_sha1 {
        return Err(Reason::WeakAlgorithm);
    }
    let (digest, message);
    let original = match (signature.format, signer.digest) {
        (Format::Pkcs7Sha1, _) => {
            digest = signature.digest(Digest::Sha1);
            match data.content() {
                Some(inside) if inside == digest => Original::Inside,
                _ => return Err(Reason::Changed),
            }
        }
        (_, Some(by)) if signer.has_signed_attributes() => {
            digest = signature.digest(by);
            Original::Digest(&digest)
        }
        _ => {
            message = signature.message();
            Original::Bytes(&message)
        }
    };
    let case = Case { signed: data, signer, original, beside };
    Ok(case.judge(court, finding, later))
}

/// From the store of the file, read once for all signatures.
fn evidence(store: &Store) -> Evidence {
    let mut evidence = Evidence::default();
    evidence.add_certificates(&store.certificates);
    evidence.add_ocsp(&store.ocsps);
    evidence.add_crls(&store.crls);
    for one in &store.related {
        evidence.add_certificates(&one.certificates);
        evidence.add_ocsp(&one.ocsps);
        evidence.add_crls(&one.crls);
    }
    evidence
}

fn change(signature: &Signature<'_>) -> Change {
    let changes = &signature.changes;
    if !changes.permitted {
        let details = changes.details.iter().take(CHANGES_SHOWN);
        return Change::Forbidden(details.map(|one| format!("{one:?}")).collect());
    }
    match changes.level {
        Level::Nothing => Change::Nothing,
        Level::LongTerm => Change::Evidence,
        Level::Signatures => Change::Signatures,
        Level::Completed => Change::Completed,
        Level::FormFilled | Level::Annotated | Level::Content => Change::Allowed,
    }
}

fn refused(one: &Refused) -> Finding {
    let detail = one.fault.to_string();
    let reason = match one.fault {
        SignatureFault::Removed => Reason::Removed,
        SignatureFault::TooMany => Reason::TooMuch,
        SignatureFault::UnknownFormat => Reason::NotUnderstood { detail },
        _ => Reason::Broken { detail },
    };
    Finding::refused(one.field.clone(), reason)
}
