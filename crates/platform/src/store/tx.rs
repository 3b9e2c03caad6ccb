//! The transaction a unit works in. It owns its connection and lives on a lane thread.

use super::error::Failure;
use super::lite::Lite;
use super::pg::Pg;
use super::{Arg, Args, Engine, FromRow, Row, StoreError};

/// What a unit of work is given: statements, nothing else. No call here can wait for anything but
/// the database.
pub struct Tx {
    driver: Driver,
    failure: Option<Failure>,
}

enum Driver {
    Lite(Box<Lite>),
    Pg(Box<Pg>),
}

/// How a commit went wrong.
pub(super) enum Uncommitted {
    /// Certainly nothing of it is stored.
    Surely(Failure),
    /// The database may or may not have kept it.
    Perhaps,
}

impl Tx {
    /// Runs a statement and says how many rows it touched.
    pub fn execute(&mut self, sql: &'static str, args: Args<'_>) -> Result<u64, StoreError> {
        self.usable()?;
        let done = match &mut self.driver {
            Driver::Lite(lite) => lite.execute(sql, args),
            Driver::Pg(pg) => pg.execute(sql, args),
        };
        self.watch(done)
    }

    /// The first row; [`StoreError::NotFound`] when there is none.
    pub fn one<R: FromRow>(&mut self, sql: &'static str, args: Args<'_>) -> Result<R, StoreError> {
        self.opt(sql, args)?.ok_or(StoreError::NotFound)
    }

    /// The first row, or `None`.
    pub fn opt<R: FromRow>(
        &mut self,
        sql: &'static str,
        args: Args<'_>,
    ) -> Result<Option<R>, StoreError> {
        let mut found = None;
        self.each(sql, args, &mut |row| {
            found = Some(R::from_row(row));
            false
        })?;
        found.transpose()
    }

    pub fn all<R: FromRow>(
        &mut self,
        sql: &'static str,
        args: Args<'_>,
    ) -> Result<Vec<R>, StoreError> {
        let mut found = Vec::new();
        let mut misread = None;
        self.each(sql, args, &mut |row| match R::from_row(row) {
            Ok(record) => {
                found.push(record);
                true
            }
            Err(error) => {
                misread = Some(error);
                false
            }
        })?;
        misread.map_or(Ok(found), Err)
    }

    /// Many rows with few round trips. `sql` ends in `VALUES ($1, …, $n)`, perhaps followed by
    /// `ON CONFLICT …`; every row has n arguments. Says how many rows were touched.
    pub fn insert_many(
        &mut self,
        sql: &'static str,
        rows: &[Vec<Arg<'_>>],
    ) -> Result<u64, StoreError> {
        self.usable()?;
        let done = match &mut self.driver {
            Driver::Lite(lite) => lite.insert_many(sql, rows),
            Driver::Pg(pg) => pg.insert_many(sql, rows),
        };
        self.watch(done)
    }

    /// The one place where a failed statement may be survived: a savepoint around `part`.
    pub fn nested<T, E: From<StoreError>>(
        &mut self,
        part: impl FnOnce(&mut Tx) -> Result<T, E>,
    ) -> Result<T, E> {
        self.usable()?;
        self.control("SAVEPOINT nested")?;
        let outcome = part(self);
        let outcome = match (outcome, &self.failure) {
            (Ok(_), Some(Failure::Statement(_))) => Err(E::from(StoreError::Swallowed)),
            (Ok(_), Some(failure)) => Err(E::from(failure.error().clone())),
            (outcome, _) => outcome,
        };
        if outcome.is_err() {
            self.undo_nested()?;
        } else {
            self.control("RELEASE SAVEPOINT nested")?;
        }
        outcome
    }

    /// Calls `row` for each row until it says false.
    pub(super) fn each(
        &mut self,
        sql: &'static str,
        args: Args<'_>,
        row: &mut dyn FnMut(&Row<'_>) -> bool,
    ) -> Result<(), StoreError> {
        self.usable()?;
        let done = match &mut self.driver {
            Driver::Lite(lite) => lite.each(sql, args, row),
            Driver::Pg(pg) => pg.each(sql, args, row),
        };
        self.watch(done)
    }

    /// After a failed statement the transaction is dead on PostgreSQL; so it is here on both.
    fn usable(&self) -> Result<(), StoreError> {
        self.failure.as_ref().map_or(Ok(()), |failure| Err(failure.error().clone()))
    }

    fn watch<T>(&mut self, done: Result<T, Failure>) -> Result<T, StoreError> {
        done.map_err(|failure| {
            let error = failure.error().clone();
            self.failure = Some(failure);
            error
        })
    }
}

/// What the lanes need and units must not see.
impl Tx {
    pub(super) fn on_lite(lite: Lite) -> Tx {
        Tx { driver: Driver::Lite(Box::new(lite)), failure: None }
    }

    pub(super) fn on_pg(pg: Pg) -> Tx {
        Tx { driver: Driver::Pg(Box::new(pg)), failure: None }
    }

    pub(super) fn begin(&mut self, patient: bool) -> Result<(), StoreError> {
        self.failure = None;
        match &mut self.driver {
            Driver::Lite(lite) => lite.begin(patient),
            Driver::Pg(pg) => pg.begin(patient),
        }
    }

    pub(super) fn commit(&mut self) -> Result<(), Uncommitted> {
        match &mut self.driver {
            Driver::Lite(lite) => lite.commit(),
            Driver::Pg(pg) => pg.commit(),
        }
    }

    /// Undoes the whole transaction. Cannot fail: a connection that cannot even do this is
    /// replaced before it is used again.
    pub(super) fn rollback(&mut self) {
        self.failure = None;
        match &mut self.driver {
            Driver::Lite(lite) => lite.rollback(),
            Driver::Pg(pg) => pg.rollback(),
        }
    }

    /// Opens a unit among others of its transaction.
    pub(super) fn begin_unit(&mut self) -> Result<(), StoreError> {
        let done = match &mut self.driver {
            Driver::Lite(lite) => lite.begin_unit(),
            Driver::Pg(pg) => pg.begin_unit(),
        };
        self.watch(done)
    }

    pub(super) fn keep_unit(&mut self) -> Result<(), StoreError> {
        match &mut self.driver {
            Driver::Lite(_) => self.control("RELEASE SAVEPOINT unit"),
            Driver::Pg(pg) => {
                pg.keep_unit();
                Ok(())
            }
        }
    }

    pub(super) fn undo_unit(&mut self) -> Result<(), StoreError> {
        self.control("ROLLBACK TO SAVEPOINT unit")?;
        self.control("RELEASE SAVEPOINT unit")
    }

    /// How the statements of the unit went; forgets it.
    pub(super) fn take_failure(&mut self) -> Option<Failure> {
        self.failure.take()
    }

    /// The last thing a lane does.
    pub(super) fn farewell(&mut self) {
        if let Driver::Lite(lite) = &mut self.driver {
            lite.farewell();
        }
    }

    /// Several statements at once, for migrations.
    pub(super) fn batch(&mut self, sql: &str) -> Result<(), StoreError> {
        self.usable()?;
        let done = match &mut self.driver {
            Driver::Lite(lite) => lite.batch(sql),
            Driver::Pg(pg) => pg.control(sql),
        };
        self.watch(done)
    }

    /// Runs a text made at run time, for copying rows between engines.
    pub(super) fn run_once(&mut self, sql: &str, args: &[Arg<'_>]) -> Result<u64, StoreError> {
        self.usable()?;
        let done = match &mut self.driver {
            Driver::Lite(lite) => lite.run_once(sql, args),
            Driver::Pg(pg) => pg.run_once(sql, args),
        };
        self.watch(done)
    }

    /// Rows of a text made at run time, one by one, so that a table of any size fits in memory.
    pub(super) fn stream(
        &mut self,
        sql: &str,
        row: &mut dyn FnMut(&Row<'_>) -> bool,
    ) -> Result<(), StoreError> {
        self.usable()?;
        let done = match &mut self.driver {
            Driver::Lite(lite) => lite.stream(sql, row),
            Driver::Pg(pg) => pg.stream(sql, row),
        };
        self.watch(done)
    }

    /// Asks the engine to understand a statement without running it.
    pub(super) fn prepare(&mut self, sql: &str) -> Result<(), StoreError> {
        self.usable()?;
        let done = match &mut self.driver {
            Driver::Lite(lite) => lite.prepare(sql),
            Driver::Pg(pg) => pg.prepare(sql),
        };
        self.watch(done)
    }

    pub(super) fn engine(&self) -> Engine {
        match &self.driver {
            Driver::Lite(_) => Engine::Sqlite,
            Driver::Pg(_) => Engine::Postgres,
        }
    }

    fn control(&mut self, sql: &'static str) -> Result<(), StoreError> {
        let done = match &mut self.driver {
            Driver::Lite(lite) => lite.control(sql),
            Driver::Pg(pg) => pg.control(sql),
        };
        self.watch(done)
    }

    /// Undoes a nested part. A transaction that is gone stays failed.
    fn undo_nested(&mut self) -> Result<(), StoreError> {
        if matches!(self.failure, None | Some(Failure::Statement(_))) {
            self.failure = None;
            self.control("ROLLBACK TO SAVEPOINT nested")?;
            self.control("RELEASE SAVEPOINT nested")?;
        }
        Ok(())
    }
}
