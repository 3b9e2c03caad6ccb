//! Files and their signatures in one ZIP (ASiC-E): every file must be signed.
//!
//! Specification: ETSI EN 319 162-1

use std::collections::BTreeSet;

use wire::asice::{AsiceFault, Container, Limits, ZipFault};
use wire::xml::signature::Signature;
use wire::xml::{Limits as XmlLimits, read};

use super::chain::Court;
use super::reason::Reason;
use super::report::{Finding, Report};
use super::xml;

const NAMES_MAX: usize = 20;
const SIGNATURE_FILES_MAX: usize = 32;

pub(super) fn judge(court: &mut Court<'_>, file: &[u8], report: &mut Report) {
    let most = court.question.policy.file_bytes_max;
    let limits =
        Limits { entry_bytes: most, all_bytes: most.saturating_mul(2), ..Limits::default() };
    let container = match Container::read(file, &limits) {
        Ok(container) => container,
        Err(AsiceFault::Zip(ZipFault::TooLarge | ZipFault::Bomb)) => {
            return report.refuse(Reason::TooMuch);
        }
        Err(fault) => return report.refuse(Reason::Unreadable { detail: fault.to_string() }),
    };
    let mut signed: BTreeSet<usize> = BTreeSet::new();
    for (index, one) in container.signature_files().enumerate() {
        if index >= SIGNATURE_FILES_MAX {
            report.refuse(Reason::TooMuch);
            break;
        }
        judge_file(court, &container, (one.name, one.bytes), (report, &mut signed));
    }
    others(&container, report);
    if report.findings.is_empty() {
        return;
    }
    let is_unsigned = |(place, entry): (usize, &wire::asice::Entry)| {
        (!entry.is_meta() && !signed.contains(&place)).then(|| super::names::shown(&entry.name))
    };
    let unsigned: Vec<String> =
        container.entries.iter().enumerate().filter_map(is_unsigned).take(NAMES_MAX).collect();
    // Of what no signature holds, its own verdict says enough.
    if !unsigned.is_empty() && !signed.is_empty() {
        report.refuse(Reason::FilesUnsigned { names: unsigned });
    }
}

fn judge_file(
    court: &mut Court<'_>,
    container: &Container,
    (name, bytes): (&str, &[u8]),
    (report, signed): (&mut Report, &mut BTreeSet<usize>),
) {
    let document = match read::read(bytes, &XmlLimits::default()) {
        Ok(document) => document,
        Err(fault) => {
            let reason = Reason::Unreadable { detail: fault.to_string() };
            return report.findings.push(Finding::refused(name, reason));
        }
    };
    let externals = |signature: &Signature| -> Vec<(String, &[u8])> {
        let found = container.externals(signature);
        // The bytes live as long as the container; the addresses only as long as the signature.
        found
            .into_iter()
            .filter_map(|(uri, bytes)| Some((uri.to_owned(), own(container, bytes)?)))
            .collect()
    };
    let judged = match xml::judge_document(court, &document, &externals) {
        Ok(judged) => judged,
        Err(reason) => return report.refuse(reason),
    };
    for (index, mut one) in judged.into_iter().enumerate() {
        one.finding.name = format!("{name} {}", index + 1);
        if one.finding.reasons.contains(&Reason::ContentMissing) {
            one.finding.reasons.retain(|reason| *reason != Reason::ContentMissing);
            one.finding.refuse(Reason::FilesMissing);
        }
        // A signature of a container that signs no file of it signs nothing.
        let files = places(container, &one.covered.externals);
        if one.finding.reasons.is_empty() && files.is_empty() && !one.finding.is_counter {
            one.finding.refuse(Reason::Wrapped);
        }
        if one.finding.reasons.is_empty() {
            let count = container.files().count();
            one.finding.whole = files.len() >= count;
            signed.extend(files);
        }
        report.findings.push(one.finding);
    }
}

/// The same bytes as the container's own.
fn own<'c>(container: &'c Container, bytes: &[u8]) -> Option<&'c [u8]> {
    let is_it = |entry: &&wire::asice::Entry| std::ptr::eq(entry.bytes.as_ptr(), bytes.as_ptr());
    container.entries.iter().find(is_it).map(|entry| entry.bytes.as_slice())
}

/// The entries that addresses lead to; files of the container itself are none.
fn places(container: &Container, uris: &[String]) -> Vec<usize> {
    let names = uris.iter().filter_map(|uri| {
        let path = uri.strip_prefix('/').unwrap_or(uri);
        percent_encoding::percent_decode_str(path).decode_utf8().ok()
    });
    let place = |name: std::borrow::Cow<'_, str>| {
        let found = container.entries.iter().position(|entry| entry.name == name);
        found.filter(|place| container.entries.get(*place).is_some_and(|one| !one.is_meta()))
    };
    let places: BTreeSet<usize> = names.filter_map(place).collect();
    places.into_iter().collect()
}

/// Signatures of another kind (ASiC with CAdES) are there and not read: never passed over.
fn others(container: &Container, report: &mut Report) {
    let is_other = |name: &str| {
        let lower = name.to_lowercase();
        lower.starts_with("meta-inf/")
            && [".p7s", ".p7m", ".tst"].iter().any(|end| lower.ends_with(end))
    };
    for entry in container.entries.iter().filter(|entry| is_other(&entry.name)).take(NAMES_MAX) {
        let detail = "a signature of the container that is not XML".to_owned();
        let name = super::names::shown(&entry.name);
        report.findings.push(Finding::refused(name, Reason::NotUnderstood { detail }));
    }
}
