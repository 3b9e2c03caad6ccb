//! Rows from one engine to the other, table by table.

use crate::store::{Arg, Cell, Engine, StoreError, Tx, tables};

/// A table that holds rows of its own, and its columns that are not computed.
#[derive(Debug, PartialEq)]
pub(in crate::store) struct Table {
    pub(in crate::store) name: String,
    columns: Vec<String>,
}

/// Parameters in one statement; SQLite takes 32766.
const PARAMETERS_MAX: usize = 30_000;
const ROWS_MAX: usize = 500;

/// Copies every row of every table. What the steps themselves had put in is removed before. The
/// triggers of the target run, and so fill what it derives (an index of words, say).
pub(super) fn copy(from: &mut Tx, to: &mut Tx) -> Result<(), StoreError> {
    let targets = to.tables()?;
    for source in from.tables()? {
        if source.name == tables::STEPS {
            continue;
        }
        let target = targets.iter().find(|target| target.name == source.name);
        let Some(target) = target.filter(|target| same_columns(&source, target)) else {
            let name = source.name;
            return Err(StoreError::other(format!("the table {name} has no equal in the target")));
        };
        to.run_once(&format!("DELETE FROM {}", quoted(&target.name)), &[])?;
        copy_table(from, to, &source)?;
    }
    Ok(())
}

fn same_columns(source: &Table, target: &Table) -> bool {
    source.columns.len() == target.columns.len()
        && source.columns.iter().all(|column| target.columns.contains(column))
}

fn copy_table(from: &mut Tx, to: &mut Tx, table: &Table) -> Result<(), StoreError> {
    let wide = table.columns.len().max(1);
    let columns: Vec<String> = table.columns.iter().map(|column| quoted(column)).collect();
    let (name, columns) = (quoted(&table.name), columns.join(", "));
    let rows_at_once = ROWS_MAX.min(PARAMETERS_MAX / wide);
    let insert = |args: &[Arg<'static>], to: &mut Tx| {
        let rows: Vec<String> = (0..args.len() / wide)
            .map(|row| {
                let marks: Vec<_> = (1..=wide).map(|n| format!("${}", row * wide + n)).collect();
                format!("({})", marks.join(", "))
            })
            .collect();
        let rows = rows.join(", ");
        to.run_once(&format!("INSERT INTO {name} ({columns}) VALUES {rows}"), args).map(drop)
    };
    let mut args: Vec<Arg<'static>> = Vec::new();
    let mut copied = Ok(());
    from.stream(&format!("SELECT {columns} FROM {name}"), &mut |row| {
        for position in 0..wide {
            match row.cell(position) {
                Ok(cell) => args.push(kept(cell)),
                Err(error) => copied = Err(error),
            }
        }
        if copied.is_ok() && args.len() >= rows_at_once * wide {
            copied = insert(&args, to);
            args.clear();
        }
        copied.is_ok()
    })?;
    copied?;
    if args.is_empty() { Ok(()) } else { insert(&args, to) }
}

fn kept(cell: Cell<'_>) -> Arg<'static> {
    match cell {
        Cell::Null => Arg::Null,
        Cell::Bool(value) => Arg::Bool(value),
        Cell::Int(value) => Arg::Int(value),
        Cell::Real(value) => Arg::Real(value),
        Cell::Text(value) => Arg::Text(value.to_owned().into()),
        Cell::Bytes(value) => Arg::Bytes(value.to_owned().into()),
        Cell::Uuid(value) => Arg::Uuid(value),
    }
}

impl Tx {
    pub(in crate::store) fn tables(&mut self) -> Result<Vec<Table>, StoreError> {
        let columns: Vec<(String, String)> = match self.engine() {
            Engine::Sqlite => self.all(
                "SELECT t.name, c.name FROM pragma_table_list t, pragma_table_xinfo(t.name) c
                 WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%'
                   ESCAPE '\\' AND c.hidden = 0 ORDER BY t.name, c.cid",
                &[],
            ),
            Engine::Postgres => self.all(
                "SELECT CAST(t.table_name AS TEXT), CAST(c.column_name AS TEXT)
                 FROM information_schema.tables t JOIN information_schema.columns c
                   ON c.table_schema = t.table_schema AND c.table_name = t.table_name
                 WHERE t.table_schema = current_schema() AND t.table_type = 'BASE TABLE'
                   AND c.is_generated = 'NEVER'
                 ORDER BY t.table_name, c.ordinal_position",
                &[],
            ),
        }?;
        let mut tables: Vec<Table> = Vec::new();
        for (name, column) in columns {
            match tables.last_mut().filter(|table| table.name == name) {
                Some(table) => table.columns.push(column),
                None => tables.push(Table { name, columns: vec![column] }),
            }
        }
        Ok(tables)
    }
}

/// A reference between tables: its table, its name, what it says.
type Reference = (String, String, String);

/// Takes the references out while rows come in, since any order of tables breaks some of them.
pub(super) fn take_references(to: &mut Tx) -> Result<Vec<Reference>, StoreError> {
    let references: Vec<Reference> = to.all(
        "SELECT CAST(c.relname AS TEXT), CAST(k.conname AS TEXT), pg_get_constraintdef(k.oid)
         FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
         JOIN pg_namespace n ON n.oid = k.connamespace
         WHERE k.contype = 'f' AND n.nspname = current_schema()",
        &[],
    )?;
    for (table, name, _) in &references {
        let (table, name) = (quoted(table), quoted(name));
        to.run_once(&format!("ALTER TABLE {table} DROP CONSTRAINT {name}"), &[])?;
    }
    Ok(references)
}

/// Puts them back, and so checks every one of them.
pub(super) fn put_references(to: &mut Tx, references: &[Reference]) -> Result<(), StoreError> {
    for (table, name, says) in references {
        let (table, name) = (quoted(table), quoted(name));
        to.run_once(&format!("ALTER TABLE {table} ADD CONSTRAINT {name} {says}"), &[])?;
    }
    Ok(())
}

pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
