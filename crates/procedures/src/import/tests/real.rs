//! The real records, where the shared data lies beside the repository: none is lost, none is
//! misread as more than it says, and what is read does not become less.

use std::path::{Path, PathBuf};

use super::super::shares::{Share, of};
use super::super::source::{Limits, SourceError, walk};
use super::super::{ReadPart, Reading, clean, components, page};
use super::{all_readings, readings};

fn data(name: &str) -> Option<PathBuf> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/procedures").join(name);
    if !path.exists() {
        println!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

fn whole(readings: &[Reading], part: ReadPart) -> usize {
    readings.iter().filter(|reading| of(part, reading) == Share::Whole).count()
}

#[test]
fn all_2642_captures_are_read() {
    let Some(path) = data("procedures_2642.tar.gz") else { return };
    let readings = all_readings(&path);
    assert_eq!(readings.len(), 2642);
    use ReadPart::*;
    for part in [Name, Level, Field, Subjects, Decision, Channels] {
        assert_eq!(whole(readings, part), 2642, "{part:?}");
    }
    let at_least = [
        (Steps, 2640),
        (Components, 2616),
        (Time, 2149),
        (Fee, 1881),
        (Agency, 2339),
        (Results, 2609),
        (LegalBases, 2500),
    ];
    for (part, least) in at_least {
        let count = whole(readings, part);
        assert!(count >= least, "{part:?}: {count}");
    }
    let strangers = readings.iter().filter(|reading| reading.needs_a_person()).count();
    assert_eq!(strangers, 17, "pages captured under another procedure's code");
}

#[test]
fn the_14_native_records_are_read() {
    let Some(path) = data("native") else { return };
    let readings = readings(&path);
    assert_eq!(readings.len(), 14);
    for part in [ReadPart::Components, ReadPart::Channels, ReadPart::Agency, ReadPart::LegalBases] {
        assert_eq!(whole(&readings, part), 14, "{part:?}");
    }
    let birth =
        readings.iter().find(|reading| reading.version.code.as_str() == "1.001193").unwrap();
    let components: Vec<_> = birth.version.cases.iter().flat_map(|case| &case.components).collect();
    assert_eq!(components.len(), 33);
    assert_eq!(components.iter().filter(|component| component.is_note).count(), 25);
}

/// Letters and digits of a text, for comparing what came in with what came out.
fn letters(text: &str) -> usize {
    clean::normal(text).chars().filter(|letter| letter.is_alphanumeric()).count()
}

/// What a count and the heads of the tables may take away at most.
const COUNT: &str = "00 bản chính,00 bản sao";

#[test]
fn no_word_of_a_components_table_is_lost() {
    let Some(path) = data("procedures_2642.tar.gz") else { return };
    let mut taken = 0;
    let walked: Result<(), SourceError> = walk(&path, &Limits::default(), &mut |piece| {
        let capture: serde_json::Value = serde_json::from_slice(&piece.bytes).unwrap();
        let raw = clean::normal(capture["raw_text"].as_str().unwrap());
        let section = page::split(&raw).unwrap().components;
        let (cases, _) = components::read(&section);
        let out = cases.iter().flat_map(|case| {
            let parts = case.components.iter().flat_map(|component| {
                [component.name.as_str()]
                    .into_iter()
                    .chain(component.files.iter().map(|f| f.name.as_str()))
            });
            [case.name.as_str()].into_iter().chain(parts)
        });
        let kept: usize = out.map(letters).sum();
        let papers: usize = cases.iter().map(|case| case.components.len()).sum();
        let heads = section.matches(page::COMPONENTS_HEAD).count();
        let may_go = papers * letters(COUNT) + heads * letters(page::COMPONENTS_HEAD);
        assert!(kept + may_go >= letters(&section), "{}: words are lost", piece.name);
        assert!(kept <= letters(&section), "{}: words are added", piece.name);
        taken += 1;
        Ok(())
    });
    walked.unwrap();
    assert_eq!(taken, 2642);
}

#[test]
fn a_version_survives_its_document() {
    let Some(path) = data("native") else { return };
    for reading in readings(&path) {
        let bytes = serde_json::to_vec(&reading.version).unwrap();
        let again: crate::version::Version = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(again, reading.version);
    }
}
