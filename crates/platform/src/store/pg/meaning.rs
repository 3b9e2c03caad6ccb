//! What an error of PostgreSQL means to the one who asked.

use std::error::Error as _;

use postgres::Error;
use postgres::error::{DbError, Severity, SqlState};

use crate::store::StoreError;

/// The connection cannot be used any more. Without a word from the server it is broken too.
pub(super) fn is_lost(error: &Error) -> bool {
    match error.as_db_error() {
        Some(cause) => {
            matches!(cause.parsed_severity(), Some(Severity::Fatal | Severity::Panic) | None)
        }
        None => error.is_closed() || is_of_the_line(error),
    }
}

/// Errors made on our side (an argument that does not fit its column) leave the line alone.
fn is_of_the_line(error: &Error) -> bool {
    error.source().is_some_and(|source| source.is::<std::io::Error>())
}

/// Trying again will not help until a person acts: wrong password, no such database, a
/// certificate nobody vouches for.
pub(super) fn is_refusal(error: &Error) -> bool {
    let code = error.code().map_or("", SqlState::code);
    code.starts_with("28")
        || code == SqlState::INVALID_CATALOG_NAME.code()
        || error.to_string().starts_with(TLS_FAILED)
}

/// The driver has no other sign for it.
const TLS_FAILED: &str = "error performing TLS";

/// The server answers, but has become a replica that takes no writes.
pub(super) fn is_replica(error: &Error) -> bool {
    error.code() == Some(&SqlState::READ_ONLY_SQL_TRANSACTION)
}

/// Two transactions got in each other's way and this one gave way.
pub(super) fn is_collision(error: &Error) -> bool {
    matches!(error.code(), Some(code) if *code == SqlState::T_R_SERIALIZATION_FAILURE
        || *code == SqlState::T_R_DEADLOCK_DETECTED)
}

/// A prepared statement that no longer fits its tables, after a migration, or is gone.
pub(super) fn is_stale(error: &Error) -> bool {
    error.as_db_error().is_some_and(|cause| {
        *cause.code() == SqlState::INVALID_SQL_STATEMENT_NAME
            || (*cause.code() == SqlState::FEATURE_NOT_SUPPORTED
                && cause.routine() == Some("RevalidateCachedQuery"))
    })
}

pub(in crate::store) fn of(error: &Error) -> StoreError {
    let Some(cause) = error.as_db_error() else {
        return without_the_server(error);
    };
    let code = cause.code();
    match code.code() {
        "23505" | "23P01" => StoreError::Conflict { constraint: key(cause) },
        "23514" => conflict("check", cause.constraint()),
        "23502" => {
            let column = cause.column().unwrap_or_default();
            let column = format!("{}.{column}", cause.table().unwrap_or_default());
            conflict("not null", Some(&column))
        }
        "23503" | "23001" => StoreError::Conflict { constraint: "foreign key".to_owned() },
        "53100" => StoreError::Full,
        "57014" => StoreError::unavailable("the unit took longer than it may"),
        "55P03" => StoreError::unavailable("another process holds the database"),
        "25006" => StoreError::other("a read unit may not write"),
        class if class.starts_with("53") || class.starts_with("57") || class.starts_with("08") => {
            StoreError::unavailable(cause.message())
        }
        class if class.starts_with("28") || class == "3D000" => {
            StoreError::unavailable(cause.message())
        }
        class if class.starts_with("40") => StoreError::unavailable(cause.message()),
        code => StoreError::other(format!("{} ({code})", cause.message())),
    }
}

fn without_the_server(error: &Error) -> StoreError {
    let because = error.source().map(|source| format!(": {source}")).unwrap_or_default();
    if error.is_closed() || is_of_the_line(error) {
        return StoreError::unavailable(format!("{error}{because}"));
    }
    // The driver says "error connecting to server", "error serializing parameter 1" and so on.
    let words = format!("{error}{because}");
    if words.starts_with("error connecting") || words.starts_with(TLS_FAILED) {
        return StoreError::unavailable(words);
    }
    StoreError::other(words)
}

fn conflict(kind: &str, name: Option<&str>) -> StoreError {
    StoreError::Conflict { constraint: format!("{kind} {}", name.unwrap_or_default()) }
}

/// `Key (office, no)=(…) already exists.` → `letter.office, letter.no`, as SQLite says it. The
/// words around the brackets depend on the server's language, the brackets do not.
fn key(cause: &DbError) -> String {
    let table = cause.table().unwrap_or_default();
    let columns = cause
        .detail()
        .and_then(|detail| detail.split_once('('))
        .and_then(|(_, rest)| rest.split_once(")=("))
        .map(|(columns, _)| columns);
    match columns {
        Some(columns) => {
            let named: Vec<_> =
                columns.split(", ").map(|column| format!("{table}.{column}")).collect();
            named.join(", ")
        }
        None => cause.constraint().unwrap_or(table).to_owned(),
    }
}
