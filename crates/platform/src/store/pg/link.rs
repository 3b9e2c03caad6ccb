//! The connection of a lane: made when first needed, made again when it breaks, without asking a
//! server that is down all the time.

use std::collections::HashMap;
use std::str::FromStr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use postgres::{Client, Config, NoTls, Statement};

use super::{Trouble, meaning, tls};
use crate::store::{Options, StoreError};

/// What all lanes of one store share.
pub(in crate::store) struct Server {
    config: Config,
    pub(super) tls: Option<tls::Tls>,
    /// The database runs on this host: round trips are short.
    pub(in crate::store) is_near: bool,
    /// How long a unit may wait for a connection that is away.
    patience: Duration,
}

/// A connection that may be away.
pub(super) struct Line {
    server: Arc<Server>,
    statement_time: Duration,
    pub(super) link: Option<Link>,
    away: Option<Away>,
}

/// A living connection and what was prepared on it.
pub(super) struct Link {
    pub(super) client: Client,
    /// By address and length of the `&'static str`, and the number of rows for `insert_many`.
    pub(super) statements: HashMap<(usize, usize, usize), Statement>,
    /// Of this schema, so that two installations in one database do not wait for each other.
    pub(super) lock: i64,
    /// The unit before the next one is still to be released: one round trip does both.
    pub(super) unreleased: bool,
}

struct Away {
    since: Instant,
    next_try: Instant,
    pause: Duration,
    why: String,
}

impl Away {
    fn begins() -> Away {
        let now = Instant::now();
        Away { since: now, next_try: now, pause: FIRST_PAUSE, why: String::new() }
    }

    fn fails_again(&mut self, why: &StoreError) {
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        self.next_try = Instant::now() + self.pause;
        self.why = why.to_string();
    }
}

impl Server {
    pub(in crate::store) fn new(url: &str, options: &Options) -> Result<Server, StoreError> {
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

impl Line {
    pub(super) fn new(server: &Arc<Server>, statement_time: Duration) -> Line {
        Line { server: Arc::clone(server), statement_time, link: None, away: None }
    }

    pub(super) fn linked(&mut self) -> Result<&mut Link, StoreError> {
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
        let away = self.away.get_or_insert_with(Away::begins);
        loop {
            let patient = away.since.elapsed() < self.server.patience;
            let wait = away.next_try.saturating_duration_since(Instant::now());
            if !wait.is_zero() {
                if !patient {
                    return Err(StoreError::unavailable(format!("no database: {}", away.why)));
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
            let meaning = meaning::of(&error);
            away.fails_again(&meaning);
            if !patient || meaning::is_refusal(&error) {
                tracing::error!(%error, "no connection to the database");
                return Err(meaning);
            }
        }
    }
}

const FIRST_PAUSE: Duration = Duration::from_millis(20);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

impl Link {
    pub(super) fn statement(
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
