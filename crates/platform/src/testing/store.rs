//! A store of its own for each test: SQLite in a folder that goes away.

use crate::store::{Address, Options, Store, StoreError, Tables};

/// An empty store with these tables.
pub async fn fresh_store(tables: &[Tables]) -> Result<Store, StoreError> {
    let folder = folder().map_err(|error| StoreError::Other {
        reason: format!("no temporary folder: {error}"),
    })?;
    let address = Address::Sqlite(folder.path().join("test.sqlite"));
    let options = Options { read_lanes: 2, ..Options::default() };
    let store = Store::open_with(&address, options).await?.keeping(folder);
    store.migrate(tables).await?;
    Ok(store)
}

/// In memory where the machine offers that, so that a test does not wait for its disk.
fn folder() -> std::io::Result<tempfile::TempDir> {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }
}
