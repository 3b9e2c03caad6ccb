//! A store of its own for each test: SQLite in a folder that goes away, or, when `TEST_DB` names a
//! PostgreSQL, a schema that goes away or is emptied for the next test.

use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use tokio::sync::Mutex;

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

/// As [`fresh_store`], for tests that leave the tables themselves as they are, with what `begin`
/// writes. Making tables takes longer than most tests: on PostgreSQL they are emptied and lent to
/// the next test, on SQLite each test gets a copy of the first file.
pub(super) async fn lent_store(
    tables: &[Tables],
    named: &str,
    begin: impl AsyncFnOnce(Store) -> Result<(), String>,
) -> Result<Store, StoreError> {
    let begin = async |store| begin(store).await.map_err(|reason| StoreError::Other { reason });
    let (key, options) = (format!("{named} {tables:?}"), few_lanes(Options::default()));
    match test_db() {
        Some(url) => schemas::lend(&url, (&key, tables), begin, options).await,
        None => on_a_copy((&key, tables), begin, options).await,
    }
}

/// The files of SQLite with which tests begin, by what is in them.
static FIRST_FILES: Mutex<Vec<(String, Vec<u8>)>> = Mutex::const_new(Vec::new());

async fn on_a_copy(
    (key, tables): (&str, &[Tables]),
    begin: impl AsyncFnOnce(Store) -> Result<(), StoreError>,
    options: Options,
) -> Result<Store, StoreError> {
    let (folder, address, path) = place()?;
    // Held meanwhile: whoever needs the same waits for it.
    let mut files = FIRST_FILES.lock().await;
    let first = files.iter().find(|(known, _)| known == key);
    if let Some((_, first)) = first {
        std::fs::write(&path, first).map_err(not_written)?;
    } else {
        let store = Store::open_with(&address, options.clone()).await?;
        store.migrate(tables).await?;
        begin(store.clone()).await?;
        // The log is emptied into the file.
        store.close().await;
        files.push((key.to_owned(), std::fs::read(&path).map_err(not_written)?));
    }
    drop(files);
    Ok(Store::open_with(&address, options).await?.keeping(folder))
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
    let (folder, address, _) = place()?;
    Ok(Store::open_with(&address, options).await?.keeping(folder))
}

/// A folder, and the file of SQLite in it that is yet to be made.
fn place() -> Result<(TempDir, Address, PathBuf), StoreError> {
    let folder = folder().map_err(not_written)?;
    let path = folder.path().join("test.sqlite");
    Ok((folder, Address::Sqlite(path.clone()), path))
}

fn not_written(error: io::Error) -> StoreError {
    StoreError::Other { reason: format!("no temporary folder: {error}") }
}

/// In memory where the machine offers that, so that a test does not wait for its disk.
fn folder() -> io::Result<TempDir> {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }
}

async fn in_a_schema(url: &str, options: Options) -> Result<Store, StoreError> {
    let schema = schemas::make(url)?;
    let address = Address::Postgres(schema.url.clone());
    Ok(Store::open_with(&address, options).await?.keeping(schema))
}
