//! What an error of SQLite means to the one who asked.

use std::path::Path;

use rusqlite::{ErrorCode, ffi};

use crate::store::StoreError;

pub(super) fn cannot_open(path: &Path, error: &rusqlite::Error) -> StoreError {
    match meaning(error) {
        StoreError::Full => StoreError::Full,
        _ => StoreError::unavailable(format!("cannot open {}: {error}", path.display())),
    }
}

pub(in crate::store) fn meaning(error: &rusqlite::Error) -> StoreError {
    let rusqlite::Error::SqliteFailure(cause, words) = error else {
        return StoreError::other(error.to_string());
    };
    let words = words.as_deref().unwrap_or_default();
    match (cause.code, cause.extended_code) {
        (ErrorCode::ConstraintViolation, kind) => {
            StoreError::Conflict { constraint: constraint(kind, words) }
        }
        // The index of the log could not grow: on a full disk it is often the first to notice.
        (ErrorCode::DiskFull, _) | (_, ffi::SQLITE_IOERR_SHMSIZE) => StoreError::Full,
        (ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _) => {
            StoreError::unavailable("another process holds the database")
        }
        (ErrorCode::OperationInterrupted, _) => {
            StoreError::unavailable("the unit took longer than it may")
        }
        (ErrorCode::SystemIoFailure, kind) => {
            StoreError::unavailable(format!("the disk failed ({error}, code {kind})"))
        }
        (ErrorCode::ReadOnly, _) => {
            StoreError::other("a read unit may not write, nor may anyone to a read-only file")
        }
        (ErrorCode::OutOfMemory, _) => StoreError::unavailable("out of memory"),
        (
            ErrorCode::CannotOpen
            | ErrorCode::DatabaseCorrupt
            | ErrorCode::NotADatabase
            | ErrorCode::PermissionDenied,
            _,
        ) => StoreError::unavailable(error.to_string()),
        _ => StoreError::other(error.to_string()),
    }
}

/// `UNIQUE constraint failed: letter.office, letter.no` → `letter.office, letter.no`.
fn constraint(kind: i32, words: &str) -> String {
    let named = words.split_once(": ").map_or(words, |(_, name)| name);
    match kind {
        ffi::SQLITE_CONSTRAINT_CHECK => format!("check {named}"),
        ffi::SQLITE_CONSTRAINT_NOTNULL => format!("not null {named}"),
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => "foreign key".to_owned(),
        _ => named.to_owned(),
    }
}
