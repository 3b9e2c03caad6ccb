//! Files changed by chance: whatever is still valid says that the same bytes were signed.

use std::process::Command;

use super::kit::{Job, World, XML, pdf};
use crate::signing::Format;
use crate::verdict::{Report, Standing};

/// Changes of each file.
const CHANGES: u32 = 400;

pub(super) struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

pub(super) fn changed(file: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut file = file.to_vec();
    let at = chance.below(file.len());
    match chance.below(4) {
        0 => file[at] ^= 1 << chance.below(8),
        1 => {
            file.remove(at);
        }
        2 => file.insert(at, chance.below(256) as u8),
        _ => {
            let (from, length) = (chance.below(file.len()), chance.below(40));
            let piece: Vec<u8> = file[from..].iter().take(length).copied().collect();
            file.splice(at..at, piece);
        }
    }
    file
}

/// What was signed, less the place where a PDF holds the signature itself.
pub(super) fn signed(report: &Report) -> Vec<Vec<u8>> {
    let parts = report.findings.iter().flat_map(|one| &one.parts);
    parts
        .map(|part| {
            let open = part.bytes.windows(11).rposition(|piece| piece == b"/Contents <");
            match open.filter(|_| part.bytes.starts_with(b"%PDF")) {
                None => part.bytes.to_vec(),
                Some(at) => {
                    let rest = &part.bytes[at..];
                    let end = rest.iter().position(|byte| *byte == b'>').unwrap();
                    [&part.bytes[..at], &rest[end..]].concat()
                }
            }
        })
        .collect()
}

#[test]
fn what_chance_changed_is_valid_only_when_the_signed_bytes_are_the_same() {
    let world = World::new();
    let crls = world.crls("2026-06-10", &[]);
    let (paper, text) = (pdf(), &b"to trinh so 5"[..]);
    let mut chance = Chance(20_261_122);
    let mut still_valid = 0;
    for (format, file) in [
        (Format::Pades, &paper[..]),
        (Format::Xades, XML.as_bytes()),
        (Format::Cades, text),
        (Format::Jws, text),
        (Format::Asice, text),
    ] {
        let original = world.signed(&Job::new(format, file, &world.person));
        let content = (format == Format::Cades).then_some(file);
        let judge = |file: &[u8]| world.judge_with(file, content, "2026-06-12", &crls);
        let wanted = signed(&judge(&original));
        for _ in 0..CHANGES {
            let mutant = changed(&original, &mut chance);
            let report = judge(&mutant);
            if report.standing == Standing::Valid {
                still_valid += 1;
                assert_eq!(signed(&report), wanted, "{format:?}");
            }
        }
    }
    // White space and the case of digits may differ; much more would mean nothing was changed.
    assert!(still_valid < CHANGES, "{still_valid}");
}

/// Whatever chance makes of a signed document: what we call valid, xmlsec1 calls valid.
#[test]
fn our_verdict_is_never_looser_than_that_of_xmlsec1() {
    const DOCUMENTS: u32 = 10_000;
    let folder = tempfile::tempdir().unwrap();
    let world = World::new();
    let crls = world.crls("2026-06-10", &[]);
    let (root, file) = (folder.path().join("root.pem"), folder.path().join("a.xml"));
    std::fs::write(&root, world.root.certificate.pem()).unwrap();
    // Absent programs are said once; the verdicts on the mutants are still made.
    let agrees = |document: &[u8]| -> Option<bool> {
        std::fs::write(&file, document).unwrap();
        let output = Command::new("xmlsec1")
            .args(["--verify", "--enabled-key-data", "x509", "--trusted-pem"])
            .arg(&root)
            .args(["--verification-time", "2026-06-12+02:00:00", "--id-attr:Id"])
            .arg("http://uri.etsi.org/01903/v1.3.2#:SignedProperties")
            .arg(&file)
            .output()
            .ok()?;
        Some(output.status.success())
    };
    let original = world.signed(&Job::new(Format::Xades, XML.as_bytes(), &world.person));
    let Some(agreed) = agrees(&original) else {
        println!("skipped: xmlsec1 is not installed");
        return;
    };
    assert!(agreed, "the document as it was signed");
    let mut chance = Chance(97);
    for _ in 0..DOCUMENTS {
        let mutant = changed(&original, &mut chance);
        if world.judge(&mutant, "2026-06-12", &crls).standing == Standing::Valid {
            assert_eq!(agrees(&mutant), Some(true), "{}", String::from_utf8_lossy(&mutant));
        }
    }
}
