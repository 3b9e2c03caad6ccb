//! Signatures of a container that are CMS (CAdES): over a manifest, or over the one file.

use bytes::Bytes;
use wire::asice::{Manifest, Role};
use wire::pki::cms::{Original, SignedData};

use super::shelf::{Claim, Held, Shelf};
use super::stamps::{Known, over};
use super::strays;
use crate::verdict::chain::{Court, Evidence};
use crate::verdict::cms::{Case, SIGNERS_MAX, read_reason};
use crate::verdict::names::shown;
use crate::verdict::reason::{Note, Reason};
use crate::verdict::report::{Finding, Part, Report};

/// The one name that the simple form has.
const SIMPLE: &str = "META-INF/signature.p7s";

pub(super) fn judge(
    court: &mut Court<'_>,
    shelf: &mut Shelf<'_>,
    (manifests, known): (&[Manifest<'_>], &[Known]),
    report: &mut Report,
) {
    let claims = shelf.claims(manifests, SIMPLE);
    let named: Vec<&str> = claims.iter().map(|claim| claim.name).collect();
    for stray in strays(shelf, Role::Message, &named) {
        let detail = "no manifest says what this signature is over".to_owned();
        let finding = Finding::refused(shown(stray), Reason::NotUnderstood { detail });
        report.findings.push(finding);
    }
    for claim in &claims {
        judge_message(court, shelf, (claim, known), report);
    }
}

fn judge_message(
    court: &mut Court<'_>,
    shelf: &mut Shelf<'_>,
    (claim, known): (&Claim<'_>, &[Known]),
    report: &mut Report,
) {
    let name = shown(claim.name);
    let signed = match read(shelf, claim.name) {
        Ok(signed) => signed,
        Err(reason) => return report.findings.push(Finding::refused(name, reason)),
    };
    if signed.signers.len() > SIGNERS_MAX {
        report.refuse(Reason::TooMuch);
    }
    let later = over(known, claim.name);
    for (index, signer) in signed.signers.iter().enumerate().take(SIGNERS_MAX) {
        let mut finding = Finding::new(format!("{name} {}", index + 1));
        finding.time.claimed = signer.signing_time();
        let original = Original::Bytes(claim.over);
        let case = Case { signed: &signed, signer, original, beside: &Evidence::default() };
        if !shelf.may_read(claim.over.len()) {
            finding.refuse(Reason::TooMuch);
        } else if case.judge(court, &mut finding, &later) {
            take(court, shelf, &mut finding, &claim.held);
        }
        report.findings.push(finding);
    }
}

fn read(shelf: &Shelf<'_>, name: &str) -> Result<SignedData, Reason> {
    let entry = shelf.container.entry(name).ok_or(Reason::FilesMissing)?;
    let signed = SignedData::read(&entry.bytes).map_err(read_reason)?;
    match signed.signers.is_empty() {
        true => Err(Reason::Broken { detail: "nobody signed the message".to_owned() }),
        false => Ok(signed),
    }
}

/// The signature holds: so the files are what the manifest says, or they were changed.
fn take(
    court: &mut Court<'_>,
    shelf: &mut Shelf<'_>,
    finding: &mut Finding,
    held: &Result<Held, Reason>,
) {
    let held = match held {
        Ok(held) => held,
        Err(reason) => return finding.refuse(reason.clone()),
    };
    if held.is_weak {
        match court.question.policy.allows_sha1 {
            true => finding.note(Note::Sha1Digest),
            false => finding.refuse(Reason::WeakAlgorithm),
        }
    }
    if held.files.is_empty() {
        finding.refuse(Reason::Wrapped);
    }
    for entry in held.files.iter().filter_map(|place| shelf.container.entries.get(*place)) {
        if !court.may_copy(entry.bytes.len()) {
            finding.refuse(Reason::TooMuch);
            break;
        }
        let bytes = Bytes::copy_from_slice(&entry.bytes);
        finding.parts.push(Part { name: shown(&entry.name), bytes });
    }
    if finding.reasons.is_empty() {
        finding.whole = shelf.others(&held.files).is_empty();
        shelf.signed.extend(&held.files);
    }
}
