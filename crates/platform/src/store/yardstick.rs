//! The work that `lienthong bench store` measures, and the same work on the bare engines, which is
//! the ceiling the seam is held against.
//!
//! One unit is what registering a letter costs: a counter, a row of 300 bytes, a row of audit.

use std::path::Path;
use std::time::{Duration, Instant};

use super::lite::OPEN_WRITER;
use super::{StoreError, Tables, Tx, dialect, pg};

pub const TABLES: Tables =
    Tables { namespace: "yardstick", steps: &[("0001_first", include_str!("yardstick.sql"))] };

const NEXT: &str = "INSERT INTO yardstick_counter (office, n) VALUES ($1, 1)
    ON CONFLICT (office) DO UPDATE SET n = yardstick_counter.n + 1 RETURNING n";

const LETTER: &str = "INSERT INTO yardstick_letter (id, office, n, body) VALUES ($1, $2, $3, $4)";

const AUDIT: &str = "INSERT INTO yardstick_audit (id, letter, verb) VALUES ($1, $2, $3)";

/// Spread over many counters, as offices are.
const OFFICES: u64 = 64;

/// What a bare engine is given at once.
const BARE_GROUP: u64 = 256;
const BARE_GROUP_POSTGRES: usize = 50;
const BARE_CONNECTIONS: u64 = 4;

pub fn unit(tx: &mut Tx, number: u64) -> Result<i64, StoreError> {
    let (letter, audit, office, body) = values(number);
    let (n,): (i64,) = tx.one(NEXT, &[&office])?;
    tx.execute(LETTER, &[&letter, &office, &n, &body])?;
    tx.execute(AUDIT, &[&audit, &letter, &"register"])?;
    Ok(n)
}

/// Empties the tables between two runs.
pub fn clear(tx: &mut Tx) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM yardstick_audit",
        "DELETE FROM yardstick_letter",
        "DELETE FROM yardstick_counter",
    ] {
        tx.execute(sql, &[])?;
    }
    Ok(())
}

/// Rising ids, as UUIDv7 are, an office and 300 bytes.
fn values(number: u64) -> (uuid::Uuid, uuid::Uuid, String, [u8; 300]) {
    let letter = uuid::Uuid::from_u128(u128::from(number) << 64 | 1);
    let audit = uuid::Uuid::from_u128(u128::from(number) << 64 | 2);
    (letter, audit, format!("H{:02}", number % OFFICES), [b'x'; 300])
}

/// How long the units take on bare SQLite: the same log, the same fsync, the same statements,
/// groups of 256, no seam. The file must not exist yet.
pub fn bare_sqlite(path: &Path, units: u64) -> Result<Duration, StoreError> {
    let failed = |error: rusqlite::Error| StoreError::other(error.to_string());
    let connection = rusqlite::Connection::open(path).map_err(failed)?;
    connection.execute_batch("PRAGMA journal_mode = WAL").map_err(failed)?;
    connection.execute_batch(OPEN_WRITER).map_err(failed)?;
    for (_, step) in TABLES.steps {
        connection.execute_batch(&dialect::tables(step, super::Engine::Sqlite)).map_err(failed)?;
    }
    let [next, letter, audit] = [NEXT, LETTER, AUDIT].map(dialect::numbered);
    let one = |number: u64| -> rusqlite::Result<()> {
        let (id, audit_id, office, body) = values(number);
        let n: i64 = connection.prepare_cached(&next)?.query_row([&office], |row| row.get(0))?;
        connection.prepare_cached(&letter)?.execute((id.as_bytes(), &office, n, &body))?;
        connection.prepare_cached(&audit)?.execute((
            audit_id.as_bytes(),
            id.as_bytes(),
            "register",
        ))?;
        Ok(())
    };
    let begun = Instant::now();
    for group in (0..units).step_by(BARE_GROUP as usize) {
        connection.execute_batch("BEGIN IMMEDIATE").map_err(failed)?;
        for number in group..units.min(group + BARE_GROUP) {
            one(number).map_err(failed)?;
        }
        connection.execute_batch("COMMIT").map_err(failed)?;
    }
    Ok(begun.elapsed())
}

/// The same on bare connections of PostgreSQL, as many as the seam writes with, none in the way of
/// another, in groups as long as the seam's may be. Not to be called on a thread of the async
/// runtime; the tables must be there, and empty.
pub fn bare_postgres(url: &str, units: u64) -> Result<Duration, StoreError> {
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let connections: Vec<_> = (0..BARE_CONNECTIONS)
            .map(|connection| scope.spawn(move || bare_connection(url, units, connection)))
            .collect();
        connections
            .into_iter()
            .try_for_each(|done| done.join().unwrap_or(Err(StoreError::Panicked)))
    })?;
    Ok(begun.elapsed())
}

/// Every fourth unit, and so every fourth counter: no connection waits for another.
fn bare_connection(url: &str, units: u64, connection: u64) -> Result<(), StoreError> {
    let failed = |error: postgres::Error| pg::meaning(&error);
    let mut client = postgres::Client::connect(url, postgres::NoTls).map_err(failed)?;
    let next = client.prepare(NEXT).map_err(failed)?;
    let letter = client.prepare(LETTER).map_err(failed)?;
    let audit = client.prepare(AUDIT).map_err(failed)?;
    let one = |client: &mut postgres::Client, number: u64| -> Result<(), postgres::Error> {
        let (id, audit_id, office, body) = values(number);
        let n: i64 = client.query_one(&next, &[&office])?.get(0);
        client.execute(&letter, &[&id, &office, &n, &body.as_slice()])?;
        client.execute(&audit, &[&audit_id, &id, &"register"])?;
        Ok(())
    };
    let own: Vec<u64> = (connection..units).step_by(BARE_CONNECTIONS as usize).collect();
    for group in own.chunks(BARE_GROUP_POSTGRES) {
        client.batch_execute("BEGIN").map_err(failed)?;
        for number in group {
            one(&mut client, *number).map_err(failed)?;
        }
        client.batch_execute("COMMIT").map_err(failed)?;
    }
    Ok(())
}
