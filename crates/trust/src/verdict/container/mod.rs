//! Files and their signatures in one ZIP (ASiC-E, ASiC-S): every file must be signed.
//!
//! Signatures in XML name the files that they are over; signatures by CMS and time stamps are over
//! a manifest that does, or, in the simple form, over the one file.
//!
//! Specification: ETSI EN 319 162-1

mod documents;
mod messages;
mod shelf;
mod stamps;

use wire::asice::{AsiceFault, Container, Form, Limits, Manifest, Role, ZipFault};
use wire::xml::signature::Fault;

use super::chain::Court;
use super::names::shown;
use super::reason::Reason;
use super::report::{Finding, Kind, Report};
use shelf::Shelf;

const NAMES_MAX: usize = 20;
/// Of each kind: signature files, manifests.
const FILES_MAX: usize = 32;

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
    if container.form == Form::Simple {
        report.kind = Kind::SimpleContainer;
    }
    let mut manifests = Vec::new();
    for (index, (name, manifest)) in container.manifests().enumerate() {
        match manifest {
            _ if index >= FILES_MAX => {
                report.refuse(Reason::TooMuch);
                break;
            }
            Ok(manifest) => manifests.push(manifest),
            Err(fault) => report.findings.push(Finding::refused(shown(name), reason(&fault))),
        }
    }
    let (stamping, signing): (Vec<Manifest<'_>>, Vec<_>) =
        manifests.into_iter().partition(|manifest| manifest.is_stamp);
    let mut shelf = Shelf::of(&container, most);
    let known = stamps::judge(court, &mut shelf, &stamping, report);
    documents::judge(court, &mut shelf, &known, report);
    messages::judge(court, &mut shelf, (&signing, &known), report);
    if report.findings.is_empty() {
        return;
    }
    let unsigned = shelf.others(&shelf.signed);
    // Of what no signature holds, its own verdict says enough.
    if !unsigned.is_empty() && !shelf.signed.is_empty() {
        report.refuse(Reason::FilesUnsigned { names: unsigned });
    }
}

/// The entries with a role that no manifest names; there are none but in the extended form.
fn strays<'c>(shelf: &Shelf<'c>, role: Role, named: &[&str]) -> Vec<&'c str> {
    let all = shelf.container.entries.iter().filter(|entry| entry.role() == role);
    let strays = all.map(|entry| entry.name.as_str()).filter(|name| !named.contains(name));
    strays.take(NAMES_MAX).collect()
}

fn reason(fault: &AsiceFault) -> Reason {
    let detail = fault.to_string();
    match fault {
        AsiceFault::Unreadable { .. } => Reason::Unreadable { detail },
        AsiceFault::Critical { .. }
        | AsiceFault::Manifest { fault: Fault::DigestAlgorithm { .. }, .. } => {
            Reason::NotUnderstood { detail }
        }
        _ => Reason::Broken { detail },
    }
}
