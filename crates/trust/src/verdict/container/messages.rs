//! Signatures of a container that are CMS (CAdES): over a manifest, or over the one file.

use bytes::Bytes;
use wire::asice::{Form, Role};
use wire::pki::cms::{Original, SignedData};

use super::shelf::{Held, Shelf};
use super::stamps::{Known, over};
use super::strays;
use crate::verdict::chain::{Court, Evidence};
use crate::verdict::cms::{Case, SIGNERS_MAX, read_reason};
use crate::verdict::names::shown;
use crate::verdict::reason::{Note, Reason};
use crate::verdict::report::{Finding, Part, Proof, Report};

/// The one name that the simple form has.
const SIMPLE: &str = "META-INF/signature.p7s";

/// A signature file and what it is to be over.
struct Message<'c> {
    name: &'c str,
    over: &'c [u8],
    held: Result<Held, Reason>,
    later: Vec<Proof>,
}

pub(super) fn judge(
    court: &mut Court<'_>,
    shelf: &mut Shelf<'_>,
    known: &[Known],
    report: &mut Report,
) {
    let manifests = shelf.manifests.clone();
    let mut messages = Vec::new();
    for manifest in manifests.iter().filter(|manifest| !manifest.is_stamp) {
        let held = shelf.held(manifest);
        let name = manifest.proof.as_str();
        messages.push(Message { name, over: manifest.bytes, held, later: over(known, name) });
    }
    if shelf.container.form == Form::Simple
        && shelf.container.entry(SIMPLE).is_some()
        && let Some((file, held)) = shelf.only()
    {
        let later = over(known, SIMPLE);
        messages.push(Message { name: SIMPLE, over: file, held: Ok(held), later });
    }
    let named: Vec<&str> = messages.iter().map(|message| message.name).collect();
    for stray in strays(shelf, Role::Message, &named) {
        let detail = "no manifest says what this signature is over".to_owned();
        let finding = Finding::refused(shown(stray), Reason::NotUnderstood { detail });
        report.findings.push(finding);
    }
    for message in messages {
        judge_message(court, shelf, message, report);
    }
}

fn judge_message(
    court: &mut Court<'_>,
    shelf: &mut Shelf<'_>,
    message: Message<'_>,
    report: &mut Report,
) {
    let name = shown(message.name);
    let read = match shelf.container.entry(message.name) {
        Some(entry) => SignedData::read(&entry.bytes).map_err(read_reason),
        None => Err(Reason::FilesMissing),
    };
    let signed = match read {
        Ok(signed) if signed.signers.is_empty() => {
            Err(Reason::Broken { detail: "nobody signed the message".to_owned() })
        }
        read => read,
    };
    let signed = match signed {
        Ok(signed) => signed,
        Err(reason) => return report.findings.push(Finding::refused(name, reason)),
    };
    if signed.signers.len() > SIGNERS_MAX {
        report.refuse(Reason::TooMuch);
    }
    for (index, signer) in signed.signers.iter().enumerate().take(SIGNERS_MAX) {
        let mut finding = Finding::new(format!("{name} {}", index + 1));
        finding.time.claimed = signer.signing_time();
        let original = Original::Bytes(message.over);
        let case = Case { signed: &signed, signer, original, beside: &Evidence::default() };
        if !shelf.may_read(message.over.len()) {
            finding.refuse(Reason::TooMuch);
        } else if case.judge(court, &mut finding, &message.later) {
            take(court, shelf, &mut finding, &message.held);
        }
        report.findings.push(finding);
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
