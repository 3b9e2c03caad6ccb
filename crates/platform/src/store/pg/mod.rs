//! The PostgreSQL connection of one lane: made when first needed, made again when it breaks.
//!
//! Everything here runs on a lane thread: the synchronous client may not be used on a thread of
//! the async runtime.

mod meaning;
mod rows;
mod schema;
mod tls;

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use postgres::fallible_iterator::FallibleIterator;
use postgres::types::ToSql;
use postgres::{Client, Config, NoTls, Statement};

use super::error::Failure;
use super::tx::Uncommitted;
use super::{Arg, Args, Options, Row, StoreError};

pub(super) use rows::cell;
#[cfg(test)]
pub(super) use rows::repeated;
pub(crate) use schema::Schema;

/// What all lanes of one store share.
pub(super) struct Server {
    config: Config,
    tls: Option<tls::Tls>,
    /// The database runs on this host: round trips are short.
    pub(super) is_near: bool,
    /// How long a unit may wait for a connection that is away.
    patience: Duration,
}

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
    server: Arc<Server>,
    purpose: Purpose,
    statement_time: Duration,
    link: Option<Link>,
    away: Option<Away>,
}

/// A living connection and what was prepared on it.
struct Link {
    client: Client,
    /// By address and length of the `&'static str`, and the number of rows for `insert_many`.
    statements: HashMap<(usize, usize, usize), Statement>,
    /// Of this schema, so that two installations in one database do not wait for each other.
    lock: i64,
    /// The unit before the next one is still to be released: one round trip does both.
    unreleased: bool,
}

struct Away {
    since: Instant,
    next_try: Instant,
    pause: Duration,
}

impl Server {
    pub(super) fn new(url: &str, options: &Options) -> Result<Server, StoreError> {
        let (url, root) = tls::root_of(url);
        let mut config = Config::from_str(&url)
            .map_err(|error| StoreError::other(format!("not an address of a database: {error}")))?;
        config.application_name("lienthong");
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(3));
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(Duration::from_secs(10));
        }
        let is_near = tls::is_near(&config);
        let tls = tls::wanted(&mut config, is_near, root.as_deref())?;
        Ok(Server { config, tls, is_near, patience: options.busy_wait })
    }

    fn connect(&self) -> Result<Client, postgres::Error> {
        match &self.tls {
            Some(tls) => self.config.connect(tls.clone()),
            None => self.config.connect(NoTls),
        }
    }
}

impl Pg {
    pub(super) fn new(server: &Arc<Server>, purpose: Purpose, statement_time: Duration) -> Pg {
        let server = Arc::clone(server);
        Pg { server, purpose, statement_time, link: None, away: None }
    }

    pub(super) fn begin(&mut self, patient: bool) -> Result<(), StoreError> {
        // A connection that broke while nobody used it shows it only now.
        for _ in 0..2 {
            let text = self.begin_text(patient)?;
            let Some(link) = &mut self.link else { continue };
            link.unreleased = false;
            let Err(error) = link.client.batch_execute(&text) else { return Ok(()) };
            if !meaning::is_lost(&error) {
                self.rollback();
                return Err(meaning::of(&error));
            }
            self.link = None;
        }
        Err(StoreError::unavailable("the database does not answer"))
    }

    fn begin_text(&mut self, patient: bool) -> Result<String, StoreError> {
        let lock = self.linked()?.lock;
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
        let Some(link) = &mut self.link else { return Err(Uncommitted::Perhaps) };
        let Err(error) = link.client.batch_execute("COMMIT") else { return Ok(()) };
        if meaning::is_lost(&error) {
            self.link = None;
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
        if let Some(link) = &mut self.link
            && link.client.batch_execute("ROLLBACK").is_err()
        {
            self.link = None;
        }
    }

    pub(super) fn begin_unit(&mut self) -> Result<(), Failure> {
        let Some(link) = &mut self.link else { return Err(gone()) };
        let unreleased = std::mem::take(&mut link.unreleased);
        self.control(if unreleased {
            "RELEASE SAVEPOINT unit; SAVEPOINT unit"
        } else {
            "SAVEPOINT unit"
        })
    }

    /// Costs nothing now: the next unit, or the commit, releases it.
    pub(super) fn keep_unit(&mut self) {
        if let Some(link) = &mut self.link {
            link.unreleased = true;
        }
    }

    pub(super) fn control(&mut self, sql: &str) -> Result<(), Failure> {
        let done = match &mut self.link {
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
        let Some(link) = &mut self.link else { return Err(gone()) };
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
        let Some(link) = &mut self.link else { return Err(gone()) };
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
        let Some(link) = &mut self.link else { return Err(gone()) };
        let args: Vec<_> = args.iter().map(|arg| arg as &(dyn ToSql + Sync)).collect();
        link.client.execute(sql, &args).map_err(|error| self.failure(&error))
    }

    pub(super) fn stream(
        &mut self,
        sql: &str,
        row: &mut dyn FnMut(&Row<'_>) -> bool,
    ) -> Result<(), Failure> {
        let Some(link) = &mut self.link else { return Err(gone()) };
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
        let Some(link) = &mut self.link else { return Err(gone()) };
        link.client.prepare(sql).map(drop).map_err(|error| self.failure(&error))
    }

    fn linked(&mut self) -> Result<&mut Link, StoreError> {
        if self.link.as_ref().is_some_and(|link| link.client.is_closed()) {
            self.link = None;
        }
        let link = match self.link.take() {
            Some(link) => link,
            None => self.reconnect()?,
        };
        Ok(self.link.insert(link))
    }

    /// Tries for as long as a unit may wait; after that, once in a while, and units that come in
    /// between are refused at once.
    fn reconnect(&mut self) -> Result<Link, StoreError> {
        let now = Instant::now();
        let away = self.away.get_or_insert(Away { since: now, next_try: now, pause: FIRST_PAUSE });
        loop {
            let patient = away.since.elapsed() < self.server.patience;
            let wait = away.next_try.saturating_duration_since(Instant::now());
            if !wait.is_zero() {
                if !patient {
                    return Err(StoreError::unavailable("the database is away"));
                }
                std::thread::sleep(wait);
            }
            let error = match open(&self.server, self.statement_time) {
                Ok(link) => {
                    self.away = None;
                    return Ok(link);
                }
                Err(error) => error,
            };
            away.pause = (away.pause * 2).min(LONGEST_PAUSE);
            away.next_try = Instant::now() + away.pause;
            if !patient || meaning::is_refusal(&error) {
                tracing::error!(%error, "no connection to the database");
                return Err(meaning::of(&error));
            }
        }
    }

    fn trouble(&mut self, trouble: Trouble) -> Failure {
        match trouble {
            Trouble::Server(error) => self.failure(&error),
            Trouble::Arguments(error) => Failure::Statement(error),
        }
    }

    fn failure(&mut self, error: &postgres::Error) -> Failure {
        if meaning::is_lost(error) {
            self.link = None;
            return Failure::Again(meaning::of(error));
        }
        if self.purpose != Purpose::Read && meaning::is_replica(error) {
            self.link = None;
            return Failure::Again(StoreError::unavailable("the database takes no writes"));
        }
        if meaning::is_stale(error) {
            if let Some(link) = &mut self.link {
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

const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

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

impl Link {
    fn statement(
        &mut self,
        key: (usize, usize, usize),
        text: impl FnOnce() -> String,
    ) -> Result<Statement, Trouble> {
        if let Some(statement) = self.statements.get(&key) {
            return Ok(statement.clone());
        }
        let statement = self.client.prepare(&text())?;
        self.statements.insert(key, statement.clone());
        Ok(statement)
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

fn open(server: &Server, statement_time: Duration) -> Result<Link, postgres::Error> {
    let mut client = server.connect()?;
    let time_ms = statement_time.as_millis();
    // A commit that is answered must be on the disk, whatever the server's default.
    client.batch_execute(&format!(
        "SET statement_timeout = {time_ms};
         SET lock_timeout = {time_ms};
         SET idle_in_transaction_session_timeout = 60000;
         SET default_transaction_isolation = 'read committed';
         SET client_min_messages = warning;
         SELECT set_config('synchronous_commit', 'on', false)
          WHERE current_setting('synchronous_commit') IN ('off', 'local');"
    ))?;
    let lock = client
        .query_one("SELECT hashtextextended(coalesce(current_schema(), ''), 61)", &[])?
        .get(0);
    Ok(Link { client, statements: HashMap::new(), lock, unreleased: false })
}
