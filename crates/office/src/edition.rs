//! Which files came with which edition of a document: the first is the document as it came, each
//! later one an update that was agreed to. Pure.

use crate::incoming::IncomingFile;

/// Names of the files that the last edition has and the one before had not, and the other way
/// round. A file is known by its content.
pub fn of_last_edition<'f>(
    before: &'f [IncomingFile],
    after: &'f [IncomingFile],
) -> (Vec<&'f str>, Vec<&'f str>) {
    let (old, new) = (last(before), last(after));
    let beyond = |some: &[&'f IncomingFile], others: &[&IncomingFile]| -> Vec<&'f str> {
        let is_new = |one: &&&IncomingFile| others.iter().all(|other| !one.is_same(other));
        some.iter().filter(is_new).map(|one| one.name.as_str()).collect()
    };
    (beyond(&new, &old), beyond(&old, &new))
}

fn last(files: &[IncomingFile]) -> Vec<&IncomingFile> {
    let edition = files.iter().map(|one| one.edition).max();
    files.iter().filter(|one| Some(one.edition) == edition && !one.sha256.is_empty()).collect()
}

impl IncomingFile {
    fn is_same(&self, other: &IncomingFile) -> bool {
        self.sha256 == other.sha256
    }

    /// The edition with which its content came first; none: with the document itself.
    pub fn came_with(&self, all: &[IncomingFile]) -> Option<i64> {
        let same = all.iter().filter(|one| !one.sha256.is_empty() && one.is_same(self));
        same.map(|one| one.edition).min().filter(|edition| *edition > 1)
    }
}
