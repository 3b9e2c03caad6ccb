//! The PostgreSQL connection of one lane: made when first needed, made again when it breaks.
//!
//! Everything here runs on a lane thread: the synchronous client may not be used on a thread of
//! the async runtime.

mod link;
mod meaning;
mod rows;
mod schema;
mod tls;

use std::sync::Arc;
use std::time::Duration;

use postgres::Statement;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::ToSql;

use super::error::Failure;
use super::tx::Uncommitted;
use super::{Arg, Args, Row, StoreError};

use link::Line;
pub(super) use link::Server;
pub(super) use meaning::of as meaning;
pub(super) use rows::cell;
#[cfg(test)]
pub(super) use rows::repeated;
pub(crate) use schema::Schema;

/// What a lane does with its connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// One group at a time across all lanes and processes, by an advisory lock.
    WriteInTurn,
    /// Units side by side, each its own transaction.
    WriteAtOnce,
    Read,
}

pub(super) struct Pg {
    line: Line,
    purpose: Purpose,
}

/// For the test of what an address asks for.
#[cfg(test)]
pub(super) fn asks_for_tls(url: &str) -> Result<bool, StoreError> {
    Server::new(url, &super::Options::default()).map(|server| server.tls.is_some())
}

impl Pg {
    pub(super) fn new(server: &Arc<Server>, purpose: Purpose, statement_time: Duration) -> Pg {
        Pg { line: Line::new(server, statement_time), purpose }
    }

    pub(super) fn begin(&mut self, patient: bool) -> Result<(), StoreError> {
        // A connection that broke while nobody used it shows it only now.
        for _ in 0..2 {
            let text = self.begin_text(patient)?;
            let Some(link) = &mut self.line.link else { continue };
            link.unreleased = false;
            let Err(error) = link.client.batch_execute(&text) else { return Ok(()) };
            if !meaning::is_lost(&error) {
                self.rollback();
                return Err(meaning::of(&error));
            }
            self.line.link = None;
        }
        Err(StoreError::unavailable("the database does not answer"))
    }

    fn begin_text(&mut self, patient: bool) -> Result<String, StoreError> {
        let lock = self.line.linked()?.lock;
        let mut text = match self.purpose {
            Purpose::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
            Purpose::WriteInTurn | Purpose::WriteAtOnce => "BEGIN",
        }
        .to_owned();
        if patient {
            text.push_str("; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0");
            text.push_str("; SET LOCAL idle_in_transaction_session_timeout = 0");
        }
        // READ COMMITTED, so that what the lock waited for is seen.
        if self.purpose == Purpose::WriteInTurn || (patient && self.purpose != Purpose::Read) {
            text.push_str(&format!("; SELECT pg_advisory_xact_lock({lock})"));
        }
        Ok(text)
    }

    /// A failed commit is certain only when the server itself said so and goes on living.
    pub(super) fn commit(&mut self) -> Result<(), Uncommitted> {
        let Some(link) = &mut self.line.link else { return Err(Uncommitted::Perhaps) };
        let Err(error) = link.client.batch_execute("COMMIT") else { return Ok(()) };
        if meaning::is_lost(&error) {
            self.line.link = None;
            tracing::error!(%error, "the connection broke during a commit");
            return Err(Uncommitted::Perhaps);
        }
        let failure = self.failure(&error);
        self.rollback();
        Err(Uncommitted::Surely(match failure {
            Failure::Statement(error) => Failure::Lost(error),
            failure => failure,
        }))
    }

    pub(super) fn rollback(&mut self) {
        if let Some(link) = &mut self.line.link
            && link.client.batch_execute("ROLLBACK").is_err()
        {
            self.line.link = None;
        }
    }

    pub(super) fn begin_unit(&mut self) -> Result<(), Failure> {
        let Some(link) = &mut self.line.link else { return Err(gone()) };
        let unreleased = std::mem::take(&mut link.unreleased);
        self.control(if unreleased {
            "RELEASE SAVEPOINT unit; SAVEPOINT unit"
        } else {
            "SAVEPOINT unit"
        })
    }

    /// Costs nothing now: the next unit, or the commit, releases it.
    pub(super) fn keep_unit(&mut self) {
        if let Some(link) = &mut self.line.link {
            link.unreleased = true;
        }
    }

    pub(super) fn control(&mut self, sql: &str) -> Result<(), Failure> {
        let done = match &mut self.line.link {
            Some(link) => link.client.batch_execute(sql),
            None => return Err(gone()),
        };
        done.map_err(|error| self.failure(&error))
    }

    pub(super) fn execute(&mut self, sql: &'static str, args: Args<'_>) -> Result<u64, Failure> {
        let args: Vec<Arg<'_>> = args.iter().map(|arg| (**arg).to_arg()).collect();
        self.run((sql.as_ptr() as usize, sql.len(), 0), || sql.to_owned(), &args)
    }

    /// Runs a statement that is prepared once and found again by its key.
    pub(super) fn run(
        &mut self,
        key: (usize, usize, usize),
        text: impl FnOnce() -> String,
        args: &[Arg<'_>],
    ) -> Result<u64, Failure> {
        let Some(link) = &mut self.line.link else { return Err(gone()) };
        let done = link.statement(key, text).and_then(|statement| {
            given(&statement, args.len())?;
            let args: Vec<_> = args.iter().map(|arg| arg as &(dyn ToSql + Sync)).collect();
            Ok(link.client.execute(&statement, &args)?)
        });
        done.map_err(|error| self.trouble(error))
    }

    pub(super) fn each(
        &mut self,
        sql: &'static str,
        args: Args<'_>,
        row: &mut dyn FnMut(&Row<'_>) -> bool,
    ) -> Result<(), Failure> {
        let Some(link) = &mut self.line.link else { return Err(gone()) };
        let key = (sql.as_ptr() as usize, sql.len(), 0);
        let found = link.statement(key, || sql.to_owned()).and_then(|statement| {
            given(&statement, args.len())?;
            let args: Vec<Arg<'_>> = args.iter().map(|arg| (**arg).to_arg()).collect();
            let args: Vec<_> = args.iter().map(|arg| arg as &(dyn ToSql + Sync)).collect();
            Ok(link.client.query(&statement, &args)?)
        });
        let found = found.map_err(|error| self.trouble(error))?;
        let _ = found.iter().all(|found| row(&Row::pg(found)));
        Ok(())
    }

    pub(super) fn run_once(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<u64, Failure> {
        let Some(link) = &mut self.line.link else { return Err(gone()) };
        let args: Vec<_> = args.iter().map(|arg| arg as &(dyn ToSql + Sync)).collect();
        link.client.execute(sql, &args).map_err(|error| self.failure(&error))
    }

    pub(super) fn stream(
        &mut self,
        sql: &str,
        row: &mut dyn FnMut(&Row<'_>) -> bool,
    ) -> Result<(), Failure> {
        let Some(link) = &mut self.line.link else { return Err(gone()) };
        let streamed =
            link.client.query_raw(sql, std::iter::empty::<Arg<'_>>()).and_then(|mut rows| {
                while let Some(next) = rows.next()? {
                    if !row(&Row::pg(&next)) {
                        break;
                    }
                }
                Ok(())
            });
        streamed.map_err(|error| self.failure(&error))
    }

    pub(super) fn prepare(&mut self, sql: &str) -> Result<(), Failure> {
        let Some(link) = &mut self.line.link else { return Err(gone()) };
        link.client.prepare(sql).map(drop).map_err(|error| self.failure(&error))
    }

    fn trouble(&mut self, trouble: Trouble) -> Failure {
        match trouble {
            Trouble::Server(error) => self.failure(&error),
            Trouble::Arguments(error) => Failure::Statement(error),
        }
    }

    fn failure(&mut self, error: &postgres::Error) -> Failure {
        if meaning::is_lost(error) {
            self.line.link = None;
            return Failure::Again(meaning::of(error));
        }
        if self.purpose != Purpose::Read && meaning::is_replica(error) {
            self.line.link = None;
            return Failure::Again(StoreError::unavailable("the database takes no writes"));
        }
        if meaning::is_stale(error) {
            if let Some(link) = &mut self.line.link {
                link.statements.clear();
            }
            return Failure::Again(meaning::of(error));
        }
        if meaning::is_collision(error) {
            return Failure::Again(meaning::of(error));
        }
        Failure::Statement(meaning::of(error))
    }
}

/// An error of the server, or arguments that do not fit the statement.
enum Trouble {
    Server(postgres::Error),
    Arguments(StoreError),
}

impl From<postgres::Error> for Trouble {
    fn from(error: postgres::Error) -> Trouble {
        Trouble::Server(error)
    }
}

fn given(statement: &Statement, count: usize) -> Result<(), Trouble> {
    let wanted = statement.params().len();
    if wanted == count {
        return Ok(());
    }
    Err(Trouble::Arguments(StoreError::other(format!(
        "the statement takes {wanted} arguments and was given {count}"
    ))))
}

fn gone() -> Failure {
    Failure::Again(StoreError::unavailable("the connection is gone"))
}
