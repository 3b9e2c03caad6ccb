//! The SQLite connection of one lane: statements, cached texts, deadlines, and what its errors
//! mean. Nothing here knows about groups or callers.

mod meaning;

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, Statement};

use meaning::cannot_open;

use super::error::Failure;
use super::gauges::Log;
use super::tx::Uncommitted;
use super::{Arg, Args, Cell, Options, Row, StoreError, dialect};

pub(super) use meaning::meaning;

pub(super) struct Lite {
    connection: Connection,
    /// Rewritten texts by address and length of the `&'static str`: found in nanoseconds.
    texts: HashMap<(usize, usize), Arc<str>>,
    purpose: Purpose,
    begin: &'static str,
    deadline: Duration,
    watch: Arc<Watch>,
    /// A commit failed in the disk: what it had written must be written over before anything else.
    in_doubt: bool,
    log: Log,
}

/// Read by SQLite's progress handler while a statement runs.
struct Watch {
    born: Instant,
    /// Nanoseconds after `born` when the unit must have ended; `u64::MAX` for never.
    until: AtomicU64,
}

impl Watch {
    fn allow(&self, time: Option<Duration>) {
        let until = time.map_or(u64::MAX, |time| (self.born.elapsed() + time).as_nanos() as u64);
        self.until.store(until, Ordering::Relaxed);
    }

    fn is_over(&self) -> bool {
        let until = self.until.load(Ordering::Relaxed);
        until != u64::MAX && self.born.elapsed().as_nanos() as u64 > until
    }
}

/// How a lane uses its connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Write,
    Read,
    /// To fill a file nobody else knows yet.
    Copy,
}

/// Caches are small: what they miss lies in the memory of the operating system, and a commit walks
/// over the whole of its own.
pub(super) const OPEN_WRITER: &str = "
    PRAGMA synchronous = FULL;
    PRAGMA wal_autocheckpoint = 4000;
    PRAGMA journal_size_limit = 67108864;
    PRAGMA cache_size = -16384;
    PRAGMA foreign_keys = ON;
    PRAGMA case_sensitive_like = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;";

const OPEN_READER: &str = "
    PRAGMA query_only = ON;
    PRAGMA cache_size = -8192;
    PRAGMA case_sensitive_like = ON;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;";

/// Between two looks at the clock; some hundred microseconds of work.
const STEPS_BETWEEN_LOOKS: i32 = 10_000;

impl Lite {
    pub(super) fn open(
        path: &Path,
        purpose: Purpose,
        options: &Options,
    ) -> Result<Lite, StoreError> {
        let (access, begin, deadline) = match purpose {
            Purpose::Write => (
                OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
                "BEGIN IMMEDIATE",
                options.write_deadline,
            ),
            Purpose::Read => (OpenFlags::SQLITE_OPEN_READ_ONLY, "BEGIN", options.read_deadline),
            Purpose::Copy => {
                (OpenFlags::SQLITE_OPEN_READ_WRITE, "BEGIN IMMEDIATE", options.write_deadline)
            }
        };
        let connection =
            Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)
                .map_err(|error| cannot_open(path, &error))?;
        let watch = Arc::new(Watch { born: Instant::now(), until: AtomicU64::new(u64::MAX) });
        let mut lite = Lite {
            connection,
            texts: HashMap::new(),
            purpose,
            begin,
            deadline,
            watch,
            in_doubt: false,
            log: Log::of(path),
        };
        lite.set_up(options.busy_wait).map_err(|error| cannot_open(path, &error))?;
        Ok(lite)
    }

    fn set_up(&mut self, busy: Duration) -> rusqlite::Result<()> {
        self.connection.busy_timeout(busy)?;
        // Every statement of the program, with room: none is ever prepared twice.
        self.connection.set_prepared_statement_cache_capacity(2048);
        // Nor planned anew for each value that is bound to it: that would cost more than to run it.
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
        match self.purpose {
            Purpose::Write => {
                let mode: String =
                    self.connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
                if mode != "wal" {
                    return Err(rusqlite::Error::ToSqlConversionFailure(
                        "this file system cannot share memory between processes (WAL)".into(),
                    ));
                }
                self.connection.execute_batch(OPEN_WRITER)?;
            }
            Purpose::Read => self.connection.execute_batch(OPEN_READER)?,
            Purpose::Copy => self.connection.execute_batch("PRAGMA foreign_keys = OFF")?,
        }
        let watch = Arc::clone(&self.watch);
        self.connection.progress_handler(STEPS_BETWEEN_LOOKS, Some(move || watch.is_over()))
    }

    pub(super) fn begin(&mut self, patient: bool) -> Result<(), StoreError> {
        self.watch.allow(None);
        if self.in_doubt {
            self.settle().map_err(|error| {
                StoreError::unavailable(format!("the disk failed and does not work yet: {error}"))
            })?;
        }
        let begun = run(&self.connection, self.begin);
        self.watch.allow(if patient { None } else { Some(self.deadline) });
        begun.map_err(|error| meaning(&error))
    }

    /// A small commit in the place of the one that failed. Once it is on the disk, the failed one
    /// can never come back; until then nobody else is let in.
    fn settle(&mut self) -> rusqlite::Result<()> {
        run(&self.connection, self.begin)?;
        let settled = self
            .connection
            .query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0))
            .and_then(|version| {
                self.connection.pragma_update(None, "user_version", i64::from(version == 0))
            })
            .and_then(|()| run(&self.connection, "COMMIT"));
        self.in_doubt = settled.is_err();
        self.rollback();
        settled
    }

    /// Each unit of a group has the whole time for itself.
    pub(super) fn begin_unit(&mut self) -> Result<(), Failure> {
        self.watch.allow(Some(self.deadline));
        self.control("SAVEPOINT unit")
    }

    pub(super) fn control(&mut self, sql: &'static str) -> Result<(), Failure> {
        run(&self.connection, sql).map_err(|error| self.failure(&error))
    }

    /// An error of the disk in the middle of a commit may leave a whole commit record behind,
    /// which a later start would honour. Every other error happens before that record is whole.
    pub(super) fn commit(&mut self) -> Result<(), Uncommitted> {
        self.watch.allow(None);
        self.log.look();
        run(&self.connection, "COMMIT").map_err(|error| {
            let perhaps = error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure);
            self.rollback();
            if perhaps {
                tracing::error!(%error, "the disk failed during a commit");
                self.in_doubt = true;
                return Uncommitted::Perhaps;
            }
            Uncommitted::Surely(Failure::Lost(meaning(&error)))
        })
    }

    pub(super) fn rollback(&mut self) {
        self.watch.allow(None);
        if !self.connection.is_autocommit()
            && let Err(error) = run(&self.connection, "ROLLBACK")
        {
            tracing::error!(%error, "rollback failed");
        }
    }

    pub(super) fn execute(&mut self, sql: &'static str, args: Args<'_>) -> Result<u64, Failure> {
        let text = self.text(sql);
        self.run_text(&text, args).map_err(|error| self.failure(&error))
    }

    fn run_text(&self, text: &str, args: Args<'_>) -> rusqlite::Result<u64> {
        let mut statement = self.connection.prepare_cached(text)?;
        bind(&mut statement, args.len(), args.iter().map(|arg| arg.to_arg()))?;
        if statement.column_count() == 0 {
            return statement.raw_execute().map(|count| count as u64);
        }
        // RETURNING: only a statement stepped to its end has done its work.
        let mut count = 0;
        let mut rows = statement.raw_query();
        while rows.next()?.is_some() {
            count += 1;
        }
        Ok(count)
    }

    pub(super) fn each(
        &mut self,
        sql: &'static str,
        args: Args<'_>,
        row: &mut dyn FnMut(&Row<'_>) -> bool,
    ) -> Result<(), Failure> {
        let text = self.text(sql);
        self.each_text(&text, args, row).map_err(|error| self.failure(&error))
    }

    fn each_text(
        &self,
        text: &str,
        args: Args<'_>,
        row: &mut dyn FnMut(&Row<'_>) -> bool,
    ) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare_cached(text)?;
        bind(&mut statement, args.len(), args.iter().map(|arg| arg.to_arg()))?;
        // A statement that writes (RETURNING) is stepped to its end even when one row is enough.
        let to_the_end = !statement.readonly();
        let mut wanted = true;
        let mut rows = statement.raw_query();
        while let Some(next) = rows.next()? {
            wanted = wanted && row(&Row::lite(next));
            if !wanted && !to_the_end {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn insert_many(
        &mut self,
        sql: &'static str,
        rows: &[Vec<Arg<'_>>],
    ) -> Result<u64, Failure> {
        let text = self.text(sql);
        self.insert_rows(&text, rows).map_err(|error| self.failure(&error))
    }

    /// One prepared statement stepped once a row: SQLite has no round trips to save.
    fn insert_rows(&self, text: &str, rows: &[Vec<Arg<'_>>]) -> rusqlite::Result<u64> {
        let mut statement = self.connection.prepare_cached(text)?;
        let mut count = 0;
        for row in rows {
            bind(&mut statement, row.len(), row.iter().cloned())?;
            count += statement.raw_execute()? as u64;
        }
        Ok(count)
    }

    pub(super) fn run_once(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<u64, Failure> {
        let run = |connection: &Connection| {
            let mut statement = connection.prepare(&dialect::numbered(sql))?;
            bind(&mut statement, args.len(), args.iter().cloned())?;
            statement.raw_execute().map(|count| count as u64)
        };
        run(&self.connection).map_err(|error| self.failure(&error))
    }

    pub(super) fn stream(
        &mut self,
        sql: &str,
        row: &mut dyn FnMut(&Row<'_>) -> bool,
    ) -> Result<(), Failure> {
        self.each_text(sql, &[], row).map_err(|error| self.failure(&error))
    }

    pub(super) fn batch(&mut self, sql: &str) -> Result<(), Failure> {
        self.connection.execute_batch(sql).map_err(|error| self.failure(&error))
    }

    pub(super) fn prepare(&mut self, sql: &str) -> Result<(), Failure> {
        let text = dialect::numbered(sql);
        self.connection.prepare(&text).map(drop).map_err(|error| self.failure(&error))
    }

    /// Readers have gone before: the whole log goes into the main file.
    pub(super) fn farewell(&mut self) {
        if self.purpose == Purpose::Write {
            // Another process may be serving: its writer is not held up for long.
            let emptied = self.connection.busy_timeout(Duration::from_millis(200)).and_then(|()| {
                let sql = "PRAGMA wal_checkpoint(TRUNCATE)";
                self.connection.query_row(sql, [], |row| row.get::<_, i64>(0))
            });
            if let Err(error) = emptied {
                tracing::warn!(%error, "the log was not emptied at the end");
            }
        }
    }

    fn text(&mut self, sql: &'static str) -> Arc<str> {
        let key = (sql.as_ptr() as usize, sql.len());
        let text = self.texts.entry(key).or_insert_with(|| dialect::numbered(sql).into());
        Arc::clone(text)
    }

    /// Some errors (no space, disk, memory, time) undo the whole transaction with every unit in
    /// it; SQLite then stands in autocommit.
    fn failure(&self, error: &rusqlite::Error) -> Failure {
        let known = meaning(error);
        if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) {
            return Failure::Spent(known);
        }
        if self.connection.is_autocommit() {
            return Failure::Lost(known);
        }
        Failure::Statement(known)
    }
}

fn run(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.raw_execute().map(drop)
}

fn bind<'a>(
    statement: &mut Statement<'_>,
    given: usize,
    args: impl Iterator<Item = Arg<'a>>,
) -> rusqlite::Result<()> {
    let wanted = statement.parameter_count();
    if given != wanted {
        return Err(rusqlite::Error::InvalidParameterCount(given, wanted));
    }
    for (position, arg) in args.enumerate() {
        // PostgreSQL takes no NUL in text; so neither does SQLite here.
        if matches!(&arg, Arg::Text(text) if text.contains('\0')) {
            return Err(rusqlite::Error::ToSqlConversionFailure(
                "text may not hold the character NUL".into(),
            ));
        }
        statement.raw_bind_parameter(position + 1, Bound(arg))?;
    }
    Ok(())
}

struct Bound<'a>(Arg<'a>);

impl rusqlite::ToSql for Bound<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match &self.0 {
            Arg::Null => ValueRef::Null,
            Arg::Bool(value) => ValueRef::Integer(i64::from(*value)),
            Arg::Int(value) => ValueRef::Integer(*value),
            Arg::Real(value) => ValueRef::Real(*value),
            Arg::Text(value) => ValueRef::Text(value.as_bytes()),
            Arg::Bytes(value) => ValueRef::Blob(value),
            Arg::Uuid(value) => ValueRef::Blob(value.as_bytes()),
        }))
    }
}

pub(super) fn cell<'a>(
    row: &'a rusqlite::Row<'_>,
    position: usize,
) -> Result<Cell<'a>, StoreError> {
    let value = row.get_ref(position).map_err(|error| StoreError::other(error.to_string()))?;
    Ok(match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(value) => Cell::Int(value),
        ValueRef::Real(value) => Cell::Real(value),
        ValueRef::Text(value) => Cell::Text(
            std::str::from_utf8(value).map_err(|error| StoreError::other(error.to_string()))?,
        ),
        ValueRef::Blob(value) => Cell::Bytes(value),
    })
}
