//! Tests of the readers: small records of our own, in the shapes the real ones have; and the real
//! ones, where the shared data lies beside the repository.

mod archives;
mod channels;
mod components;
mod lists;
mod native;
mod pages;
mod real;
mod taking_in;

use std::path::Path;
use std::sync::OnceLock;

use super::Reading;
use super::source::{Limits, SourceError, walk};

/// All records of the source in the archive, read once for all tests.
pub fn all_readings(path: &Path) -> &'static [Reading] {
    static READ: OnceLock<Vec<Reading>> = OnceLock::new();
    READ.get_or_init(|| readings(path))
}

/// The records of a source, read.
pub fn readings(path: &Path) -> Vec<Reading> {
    let mut readings = Vec::new();
    let walked: Result<(), SourceError> = walk(path, &Limits::default(), &mut |piece| {
        readings.push(super::read(&piece.bytes).unwrap());
        Ok(())
    });
    walked.unwrap();
    readings
}
