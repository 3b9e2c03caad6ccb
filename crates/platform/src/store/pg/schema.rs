//! A schema of PostgreSQL for tests.

use std::str::FromStr;

use postgres::{Config, NoTls};

use crate::store::StoreError;

pub(crate) struct Schema {
    /// Leads into the schema.
    pub(crate) url: String,
    server: String,
    name: String,
}

impl Schema {
    /// Makes it anew: one left behind by a process that was killed has no use.
    pub(crate) fn make(server: &str, name: &str) -> Result<Schema, StoreError> {
        let mark = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{mark}options=-csearch_path%3D{name}");
        let schema = Schema { url, server: server.to_owned(), name: name.to_owned() };
        schema.on_server(format!("DROP SCHEMA IF EXISTS {name} CASCADE; CREATE SCHEMA {name}"))?;
        Ok(schema)
    }

    /// Statements about what is in it.
    pub(crate) fn run(&self, sql: &str) -> Result<(), StoreError> {
        self.on_server(format!("SET search_path TO {}; {sql}", self.name))
    }

    /// On a thread of its own: the client may not be used where a runtime runs.
    fn on_server(&self, sql: String) -> Result<(), StoreError> {
        let server = self.server.clone();
        let done = std::thread::spawn(move || {
            Config::from_str(&server)?.connect(NoTls)?.batch_execute(&sql)
        });
        match done.join() {
            Ok(done) => done.map_err(|error| super::meaning::of(&error)),
            Err(_) => Err(StoreError::Panicked),
        }
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        if let Err(error) = self.on_server(format!("DROP SCHEMA {} CASCADE", self.name)) {
            tracing::warn!(%error, schema = self.name, "a schema of a test stays behind");
        }
    }
}
