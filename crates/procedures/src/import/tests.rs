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

use super::Reading;
use super::source::{Limits, SourceError, walk};

/// All records of a source, read.
pub fn readings(path: &Path) -> Vec<Reading> {
    let mut readings = Vec::new();
    let walked: Result<(), SourceError> = walk(path, &Limits::default(), &mut |piece| {
        readings.push(super::read(&piece.bytes).unwrap());
        Ok(())
    });
    walked.unwrap();
    readings
}
