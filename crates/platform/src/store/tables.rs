//! Migrations: each capability's tables grow in numbered steps that never change once applied.

use aws_lc_rs::digest::{SHA256, digest};

use super::{StoreError, Tx, dialect};
use crate::hex::to_hex;

/// The steps of one capability: `("0001_first", include_str!("tables/0001_first.sql"))`, in order.
#[derive(Debug, Clone, Copy)]
pub struct Tables {
    pub namespace: &'static str,
    pub steps: &'static [(&'static str, &'static str)],
}

/// The table that knows which steps were applied.
pub(super) const STEPS: &str = "store_step";

const STEPS_TABLE: &str = "CREATE TABLE IF NOT EXISTS store_step (
    namespace TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    program TEXT NOT NULL,
    PRIMARY KEY (namespace, name)
) @strict;";

const APPLIED: &str =
    "SELECT name, sha256, program FROM store_step WHERE namespace = $1 ORDER BY name";

const NOTE_APPLIED: &str =
    "INSERT INTO store_step (namespace, name, sha256, program) VALUES ($1, $2, $3, $4)";

/// Brings every namespace up to date, or changes nothing at all.
pub(super) fn bring_up(tx: &mut Tx, all: &[Tables]) -> Result<(), StoreError> {
    let engine = tx.engine();
    tx.batch(&dialect::tables(STEPS_TABLE, engine))?;
    for tables in all {
        bring_up_one(tx, tables)?;
    }
    Ok(())
}

/// Gives an empty database the tables that `model` has, of either engine: not one step more.
pub(super) fn bring_up_like(tx: &mut Tx, all: &[Tables], model: &mut Tx) -> Result<(), StoreError> {
    bring_up(tx, &[])?;
    for tables in all {
        let applied = check_applied(model, tables)?;
        let steps = tables.steps.get(..applied).unwrap_or_default();
        bring_up_one(tx, &Tables { steps, ..*tables })?;
    }
    Ok(())
}

/// How many steps of a namespace are applied, if they are steps this program knows.
pub(super) fn check_applied(tx: &mut Tx, tables: &Tables) -> Result<usize, StoreError> {
    let applied: Vec<(String, String, String)> = tx.all(APPLIED, &[&tables.namespace])?;
    check(tables, &applied)?;
    Ok(applied.len())
}

fn bring_up_one(tx: &mut Tx, tables: &Tables) -> Result<(), StoreError> {
    let namespace = tables.namespace;
    let applied = check_applied(tx, tables)?;
    for (name, sql) in &tables.steps[applied..] {
        let text = dialect::tables(sql, tx.engine());
        tx.batch(&text).map_err(|error| {
            StoreError::other(format!("tables of {namespace}: step {name}: {error}"))
        })?;
        tx.execute(NOTE_APPLIED, &[&namespace, name, &checksum(sql), &env!("CARGO_PKG_VERSION")])?;
        tracing::info!(namespace, step = name, "tables changed");
    }
    Ok(())
}

/// What was applied must be the beginning of what the program brings, unchanged.
fn check(tables: &Tables, applied: &[(String, String, String)]) -> Result<(), StoreError> {
    let namespace = tables.namespace;
    if !tables.steps.is_sorted_by(|(one, _), (next, _)| one < next) {
        return Err(StoreError::other(format!("tables of {namespace}: steps are out of order")));
    }
    for (position, (name, sha256, program)) in applied.iter().enumerate() {
        let Some((_, sql)) = tables.steps.iter().find(|(step, _)| step == name) else {
            return Err(StoreError::other(format!(
                "tables of {namespace}: this database has the step {name}, made by version \
                 {program}, which this program does not know; start a program at least as new"
            )));
        };
        if tables.steps.get(position).is_none_or(|(step, _)| step != name) {
            return Err(StoreError::other(format!(
                "tables of {namespace}: a step was put in before {name}, which is applied \
                 already; add new steps at the end"
            )));
        }
        if checksum(sql) != *sha256 {
            return Err(StoreError::other(format!(
                "tables of {namespace}: the step {name} was changed after version {program} had \
                 applied it; put the old text back and write the change as a new step"
            )));
        }
    }
    Ok(())
}

fn checksum(sql: &str) -> String {
    to_hex(digest(&SHA256, sql.as_bytes()).as_ref())
}
