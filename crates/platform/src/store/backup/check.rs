//! The search for damage.

use super::rows::quoted;
use crate::store::{Engine, StoreError, Tx};

pub(super) fn faults(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    match tx.engine() {
        Engine::Sqlite => on_sqlite(tx),
        Engine::Postgres => on_postgres(tx),
    }
}

fn on_sqlite(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    let searched = tx.nested(|tx| tx.all::<(String,)>("PRAGMA integrity_check(100)", &[]));
    let said = match searched {
        Ok(said) => said,
        // Damage can be such that the search itself cannot go on.
        Err(StoreError::Unavailable { reason }) => vec![(reason,)],
        Err(error) => return Err(error),
    };
    let mut faults: Vec<String> = said.into_iter().map(|(line,)| line).collect();
    faults.retain(|line| line != "ok");
    if faults.is_empty() {
        let broken: Vec<(String, Option<i64>, String)> =
            tx.all("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check", &[])?;
        faults.extend(broken.into_iter().map(|(table, row, parent)| {
            let row = row.map_or(String::new(), |row| format!(" {row}"));
            format!("{table}: row{row} refers to a row of {parent} that is not there")
        }));
    }
    Ok(faults)
}

fn on_postgres(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    let invalid: Vec<(String,)> = tx.all(
        "SELECT CAST(c.relname AS TEXT) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
         JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE NOT i.indisvalid AND n.nspname = current_schema()",
        &[],
    )?;
    let mut faults: Vec<String> =
        invalid.into_iter().map(|(index,)| format!("the index {index} is not valid")).collect();
    for table in tx.tables()? {
        let name = quoted(&table.name);
        // The text of a whole row makes the server fetch and unpack every value of it.
        let read = format!("SELECT MAX(length(CAST({name}.* AS TEXT))) FROM {name}");
        if let Err(error) = tx.nested(|tx| tx.stream(&read, &mut |_| true)) {
            faults.push(format!("{}: {error}", table.name));
        }
    }
    Ok(faults)
}
