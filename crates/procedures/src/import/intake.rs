//! What an import does with a record: pure, so that each rule has its test.
//!
//! A source never overwrites: it makes a new version, or a draft for a person to look at, or it
//! is kept beside a fuller text. What our own people added to a procedure (its form, its route,
//! its English name) goes over to the new text, for no source could know it.

use super::reading::{Format, Reading};
use crate::procedure::{Entry, Origin, Status};
use crate::version::Version;

#[derive(Debug, Clone, PartialEq)]
pub enum Intake {
    /// The newest version says the same.
    Same,
    /// Kept as a source; a fuller record of the procedure is in force.
    Beside,
    /// A person has to look first.
    Draft(Box<Version>),
    Publish(Box<Version>),
}

/// `entries` are all versions of the procedure, the newest first.
pub fn decide(entries: &[Entry], reading: &Reading) -> Intake {
    let standing = entries.iter().find(|entry| entry.status != Status::Draft);
    let mut version = reading.version.clone();
    if let Some(standing) = standing {
        carry_over(&standing.version, &mut version);
    }
    if entries.first().is_some_and(|newest| newest.version == version) {
        return Intake::Same;
    }
    let version = Box::new(version);
    if reading.needs_a_person() {
        return Intake::Draft(version);
    }
    match standing {
        None => Intake::Publish(version),
        Some(entry) if entry.version == *version => Intake::Same,
        // An import does not bring back what people took out of use.
        Some(entry) if entry.status != Status::Published => Intake::Draft(version),
        Some(entry) if is_fuller(entry, reading) => Intake::Beside,
        // Dossiers are filed under it, or people wrote it: they decide about another text.
        Some(entry) if entry.version.form.is_some() || entry.origin == Origin::Hand => {
            Intake::Draft(version)
        }
        Some(_) => Intake::Publish(version),
    }
}

/// The portal's own record has codes and dates that a captured page lacks.
fn is_fuller(entry: &Entry, reading: &Reading) -> bool {
    entry.origin == Origin::Native && reading.format == Format::Flattened
}

fn carry_over(from: &Version, to: &mut Version) {
    to.form.clone_from(&from.form);
    to.route.clone_from(&from.route);
    to.name_en.clone_from(&from.name_en);
    to.summary.clone_from(&from.summary);
    to.summary_en.clone_from(&from.summary_en);
    if to.life_events.is_empty() {
        to.life_events.clone_from(&from.life_events);
    }
}

impl Format {
    pub fn origin(self) -> Origin {
        match self {
            Format::Native => Origin::Native,
            Format::Flattened => Origin::Flattened,
        }
    }
}
