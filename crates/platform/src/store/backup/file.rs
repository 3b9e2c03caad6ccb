//! Files that come into being whole or not at all.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use tempfile::NamedTempFile;

use crate::store::StoreError;
use crate::store::lite::meaning;

/// Four mebibytes at a time, so that the readers of the source come in between.
const PAGES_AT_ONCE: i32 = 1024;

/// A copy of an SQLite database, of one moment, while others write to it.
pub(super) fn copy(from: &Path, to: &Path) -> Result<u64, StoreError> {
    fill(to, |partial| {
        let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_ONLY)
            .map_err(|error| meaning(&error))?;
        copy_pages(&source, partial).map_err(|error| meaning(&error))?;
        check(partial)
    })
}

fn copy_pages(source: &Connection, partial: &Path) -> rusqlite::Result<()> {
    // Holding one snapshot: else every write of others would start the copy again.
    source.execute_batch("BEGIN")?;
    source.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |_| Ok(()))?;
    let mut target = Connection::open(partial)?;
    let backup = Backup::new(source, &mut target)?;
    while backup.step(PAGES_AT_ONCE)? != StepResult::Done {}
    drop(backup);
    // One file that needs no log beside it.
    target.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))
}

fn check(partial: &Path) -> Result<(), StoreError> {
    let copied = Connection::open(partial).map_err(|error| meaning(&error))?;
    let said: String = copied
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .map_err(|error| meaning(&error))?;
    if said == "ok" {
        Ok(())
    } else {
        Err(StoreError::other(format!("the copy is damaged: {said}")))
    }
}

/// Fills a file under another name; only when it is whole and on the disk does it get its own,
/// which must still be free then.
pub(super) fn fill(
    to: &Path,
    fill: impl FnOnce(&Path) -> Result<(), StoreError>,
) -> Result<u64, StoreError> {
    let failed = |error: io::Error| cannot_write(to, &error);
    if let Some(taken) = taken(to) {
        let taken = taken.display();
        return Err(StoreError::other(format!("{taken} exists already and is not overwritten")));
    }
    let folder = match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let partial = NamedTempFile::with_prefix_in(".partial-", folder).map_err(failed)?;
    fill(partial.path())?;
    partial.as_file().sync_all().map_err(failed)?;
    let size_bytes = partial.as_file().metadata().map_err(failed)?.len();
    partial.persist_noclobber(to).map_err(|error| failed(error.error))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    Ok(size_bytes)
}

/// The file itself, or a log beside it that SQLite would take for the log of the new file.
fn taken(to: &Path) -> Option<PathBuf> {
    ["", "-wal", "-journal"].iter().map(|end| beside(to, end)).find(|path| path.exists())
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn cannot_write(path: &Path, error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full,
        _ => StoreError::other(format!("cannot write {}: {error}", path.display())),
    }
}
