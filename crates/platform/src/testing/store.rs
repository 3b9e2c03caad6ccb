//! A store of its own for each test: SQLite in a folder that goes away, or, when `TEST_DB` names a
//! PostgreSQL, a schema that goes away or is emptied for the next test.

use std::io;
use std::path::Path;

use super::schemas;
use crate::store::{Address, Options, Store, StoreError, Tables};

/// An empty store with these tables, on the engine this run is for.
pub async fn fresh_store(tables: &[Tables]) -> Result<Store, StoreError> {
    fresh_store_with(tables, Options::default()).await
}

/// As [`fresh_store`]; without a wish for lanes it has few, as many tests run side by side.
pub async fn fresh_store_with(tables: &[Tables], options: Options) -> Result<Store, StoreError> {
    let options = few_lanes(options);
    let store = match test_db() {
        Some(url) => in_a_schema(&url, options).await?,
        None => in_a_folder(options).await?,
    };
    store.migrate(tables).await?;
    Ok(store)
}

/// As [`fresh_store`], for tests that leave the tables themselves as they are: making them takes
/// PostgreSQL longer than most tests, so they are emptied and lent to the next one.
pub(super) async fn lent_store(tables: &[Tables]) -> Result<Store, StoreError> {
    match test_db() {
        Some(url) => schemas::lend(&url, tables, few_lanes(Options::default())).await,
        None => fresh_store(tables).await,
    }
}

fn few_lanes(options: Options) -> Options {
    let (read_lanes, write_lanes) =
        (options.read_lanes.or(Some(2)), options.write_lanes.or(Some(2)));
    Options { read_lanes, write_lanes, ..options }
}

/// The PostgreSQL this run of the tests is for, if it is for one.
#[expect(clippy::disallowed_methods, reason = "tests alone read TEST_DB, and only here")]
pub fn test_db() -> Option<String> {
    std::env::var("TEST_DB").ok().filter(|url| !url.is_empty())
}

async fn in_a_folder(options: Options) -> Result<Store, StoreError> {
    let folder = folder()
        .map_err(|error| StoreError::Other { reason: format!("no temporary folder: {error}") })?;
    let address = Address::Sqlite(folder.path().join("test.sqlite"));
    Ok(Store::open_with(&address, options).await?.keeping(folder))
}

/// In memory where the machine offers that, so that a test does not wait for its disk.
fn folder() -> io::Result<tempfile::TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }
}

async fn in_a_schema(url: &str, options: Options) -> Result<Store, StoreError> {
    let schema = schemas::make(url)?;
    let address = Address::Postgres(schema.url.clone());
    Ok(Store::open_with(&address, options).await?.keeping(schema))
}
