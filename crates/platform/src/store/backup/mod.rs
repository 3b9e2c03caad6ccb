//! Backup, restore, and the search for damage.
//!
//! A backup is one SQLite file, whichever engine serves: taken while everything goes on, of one
//! moment, checked before it gets its name. From SQLite it is a copy page by page; from PostgreSQL
//! every row is copied into the same tables (`pg_dump`, base backups and replicas remain the tools
//! of a large installation; this file is what moves one between engines and machines). Attachments
//! are not in it: they are files of their own.

mod check;
mod file;
mod rows;

use std::path::Path;

use super::lite::{Lite, Purpose};
use super::{Address, Options, Store, StoreError, Tables, Tx, blocking, submit, tables};

impl Store {
    /// Writes a copy of this moment to a new file and says its size in bytes. An existing file is
    /// never touched; what fails leaves nothing behind. `tables` are those of the program.
    pub async fn backup(&self, tables: &[Tables], to: &Path) -> Result<u64, StoreError> {
        let to = to.to_owned();
        match &self.0.address {
            Address::Sqlite(from) => {
                let from = from.clone();
                blocking(move || file::copy(&from, &to)).await
            }
            Address::Postgres(_) => {
                let tables = tables.to_vec();
                let unit =
                    move |tx: &mut Tx| file::fill(&to, |path| rows_into_file(tx, path, &tables));
                submit(&self.0.reads, unit, true).await
            }
        }
    }

    /// Makes a database from a backup. The SQLite file must not exist yet, the schema of
    /// PostgreSQL must hold none of our tables. All or nothing; the backup is checked first.
    pub async fn restore(from: &Path, into: &Address, tables: &[Tables]) -> Result<(), StoreError> {
        let from = from.to_owned();
        let tables = tables.to_vec();
        check_backup(&from, &tables).await?;
        if let Address::Sqlite(path) = into {
            let path = path.clone();
            return blocking(move || file::copy(&from, &path).map(drop)).await;
        }
        let options = Options { write_lanes: Some(1), read_lanes: Some(1), ..Options::default() };
        let store = Store::open_with(into, options).await?;
        let unit = move |tx: &mut Tx| rows_from_file(&from, tx, &tables);
        let done = submit(&store.0.writes, unit, true).await;
        store.close().await;
        done
    }

    /// What is damaged, a sentence for each; nothing when all is well. SQLite reads every page and
    /// checks every index and reference; PostgreSQL, which keeps its references itself, is made to
    /// read every row of every table.
    pub async fn integrity_check(&self) -> Result<Vec<String>, StoreError> {
        submit(&self.0.reads, check::faults, true).await
    }
}

/// Refuses what is no backup, is damaged, or was made by a newer program.
async fn check_backup(from: &Path, tables: &[Tables]) -> Result<(), StoreError> {
    let (from, tables) = (from.to_owned(), tables.to_vec());
    blocking(move || {
        let name = from.display().to_string();
        let mut tx = open(&from, Purpose::Read)?;
        let sound = tx.begin(true).and_then(|()| {
            if !tx.tables()?.iter().any(|table| table.name == tables::STEPS) {
                return Err(StoreError::other(format!("{name} is no backup of this program")));
            }
            for one in &tables {
                tables::check_applied(&mut tx, one)?;
            }
            check::faults(&mut tx)
        });
        tx.rollback();
        match sound?.first() {
            Some(fault) => Err(StoreError::other(format!("{name} is damaged: {fault}"))),
            None => Ok(()),
        }
    })
    .await
}

fn open(path: &Path, purpose: Purpose) -> Result<Tx, StoreError> {
    if purpose == Purpose::Read && !path.is_file() {
        return Err(StoreError::other(format!("{}: there is no such file", path.display())));
    }
    Lite::open(path, purpose, &Options::default()).map(Tx::on_lite)
}

fn rows_into_file(from: &mut Tx, path: &Path, tables: &[Tables]) -> Result<(), StoreError> {
    let mut to = open(path, Purpose::Copy)?;
    to.begin(true)?;
    tables::bring_up_like(&mut to, tables, from)?;
    rows::copy(from, &mut to)?;
    let faults = check::faults(&mut to)?;
    if let Some(fault) = faults.first() {
        return Err(StoreError::other(format!("the copy is not whole: {fault}")));
    }
    to.commit().map_err(|_| StoreError::unavailable("the copy could not be written"))
}

fn rows_from_file(path: &Path, to: &mut Tx, tables: &[Tables]) -> Result<(), StoreError> {
    if to.tables()?.iter().any(|table| table.name == tables::STEPS) {
        return Err(StoreError::other(
            "the database holds data already; restore into an empty one",
        ));
    }
    let mut from = open(path, Purpose::Read)?;
    from.begin(true)?;
    tables::bring_up_like(to, tables, &mut from)?;
    let references = rows::take_references(to)?;
    rows::copy(&mut from, to)?;
    rows::put_references(to, &references)?;
    from.rollback();
    Ok(())
}
