//! Signatures of a container that are XML (XAdES): they name the files by their addresses.

use std::cell::Cell;
use std::collections::BTreeSet;

use wire::xml::signature::Signature;
use wire::xml::{Limits, read};

use super::FILES_MAX;
use super::shelf::Shelf;
use super::stamps::{Known, over};
use crate::verdict::chain::Court;
use crate::verdict::names::shown;
use crate::verdict::reason::Reason;
use crate::verdict::report::{Finding, Report};
use crate::verdict::xml::{self, Judged, Outside};

pub(super) fn judge(
    court: &mut Court<'_>,
    shelf: &mut Shelf<'_>,
    known: &[Known],
    report: &mut Report,
) {
    for (index, file) in shelf.container.signature_files().enumerate() {
        if index >= FILES_MAX {
            return report.refuse(Reason::TooMuch);
        }
        judge_file(court, shelf, ((file.name, file.bytes), known), report);
    }
}

fn judge_file(
    court: &mut Court<'_>,
    shelf: &mut Shelf<'_>,
    ((name, bytes), known): ((&str, &[u8]), &[Known]),
    report: &mut Report,
) {
    let document = match read::read(bytes, &Limits::default()) {
        Ok(document) => document,
        Err(fault) => {
            let reason = Reason::Unreadable { detail: fault.to_string() };
            return report.findings.push(Finding::refused(shown(name), reason));
        }
    };
    let container = shelf.container;
    let is_too_much = Cell::new(false);
    let externals = |signature: &Signature| -> Vec<(String, &[u8])> {
        let found = container.externals(signature);
        if !shelf.may_read(found.iter().map(|(_, bytes)| bytes.len()).sum()) {
            is_too_much.set(true);
            return Vec::new();
        }
        // The bytes live as long as the container; the addresses only as long as the signature.
        found
            .into_iter()
            .filter_map(|(uri, bytes)| Some((uri.to_owned(), own(container, bytes)?)))
            .collect()
    };
    let later = over(known, name);
    let outside = Outside { externals: &externals, later: &later };
    let judged = match xml::judge_document(court, &document, outside) {
        Ok(judged) => judged,
        Err(reason) => return report.refuse(reason),
    };
    for (index, mut one) in judged.into_iter().enumerate() {
        one.finding.name = format!("{} {}", shown(name), index + 1);
        let missing = if is_too_much.get() { Reason::TooMuch } else { Reason::FilesMissing };
        take(shelf, &mut one, missing);
        report.findings.push(one.finding);
    }
}

fn take(shelf: &mut Shelf<'_>, one: &mut Judged, missing: Reason) {
    let finding = &mut one.finding;
    if finding.reasons.contains(&Reason::ContentMissing) {
        finding.reasons.retain(|reason| *reason != Reason::ContentMissing);
        finding.refuse(missing);
    }
    // A signature of a container that signs no file of it signs nothing.
    let files = places(shelf, &one.covered.externals);
    if finding.reasons.is_empty() && files.is_empty() && !finding.is_counter {
        finding.refuse(Reason::Wrapped);
    }
    if finding.reasons.is_empty() {
        finding.whole = shelf.others(&files).is_empty();
        shelf.signed.extend(files);
    }
}

/// The same bytes as the container's own.
fn own<'c>(container: &'c wire::asice::Container, bytes: &[u8]) -> Option<&'c [u8]> {
    let is_it = |entry: &&wire::asice::Entry| std::ptr::eq(entry.bytes.as_ptr(), bytes.as_ptr());
    container.entries.iter().find(is_it).map(|entry| entry.bytes.as_slice())
}

/// The files that addresses lead to; those of the container itself are none.
fn places(shelf: &Shelf<'_>, uris: &[String]) -> BTreeSet<usize> {
    let names = uris.iter().filter_map(|uri| {
        let path = uri.strip_prefix('/').unwrap_or(uri);
        percent_encoding::percent_decode_str(path).decode_utf8().ok()
    });
    names.filter_map(|name| shelf.place(&name)).collect()
}
