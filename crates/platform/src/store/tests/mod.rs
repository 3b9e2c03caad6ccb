//! The pitfalls of the design, each answered, on SQLite and (with `TEST_DB`) on PostgreSQL.

mod backup;
mod dialect;
mod faults;
mod pitfalls;
mod postgres;
mod sqlite;
mod tables;
mod tls;
mod units;
mod values;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use uuid::Uuid;

use crate::record;
use crate::store::{Address, Schema, Store, StoreError, Tables, Tx};
use crate::testing::{fresh_store, test_db};

const TABLES: Tables =
    Tables { namespace: "letters", steps: &[("0001_first", include_str!("letters.sql"))] };

record! {
    #[derive(Debug, Clone, PartialEq)]
    struct Letter {
        id: Uuid,
        office: String,
        no: i64,
        urgent: bool,
        note: Option<String>,
        body: Vec<u8>,
    }
}

const NEXT_NUMBER: &str = "INSERT INTO letters_counter (office, n) VALUES ($1, 1)
    ON CONFLICT (office) DO UPDATE SET n = letters_counter.n + 1 RETURNING n";
const INSERT_LETTER: &str = "INSERT INTO letters_letter (id, office, no, urgent, note, body)
    VALUES ($1, $2, $3, $4, $5, $6)";
const GET_LETTER: &str =
    "SELECT id, office, no, urgent, note, body FROM letters_letter WHERE id = $1";
const COUNT_LETTERS: &str = "SELECT COUNT(*) FROM letters_letter";

/// An empty place for a database, on the engine this run is for.
fn somewhere(folder: &Path, name: &str) -> (Address, Option<Schema>) {
    match test_db() {
        None => (Address::Sqlite(folder.join(format!("{name}.sqlite"))), None),
        Some(url) => {
            let name = format!("{name}_{}", std::process::id());
            let schema = Schema::make(&url, &name).unwrap();
            (Address::Postgres(schema.url.clone()), Some(schema))
        }
    }
}

async fn letters() -> Store {
    fresh_store(&[TABLES]).await.unwrap()
}

fn id(number: u32) -> Uuid {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(number))
}

/// The counter, the letter: one unit of work as capabilities write them.
fn register(tx: &mut Tx, id: Uuid, office: &str) -> Result<i64, StoreError> {
    let (no,): (i64,) = tx.one(NEXT_NUMBER, &[&office])?;
    let none: Option<String> = None;
    tx.execute(INSERT_LETTER, &[&id, &office, &no, &false, &none, b"body"])?;
    Ok(no)
}

async fn count(store: &Store) -> i64 {
    let (count,): (i64,) = store.read(|tx| tx.one(COUNT_LETTERS, &[])).await.unwrap();
    count
}

/// Counts how often a unit ran.
#[derive(Clone, Default)]
struct Runs(Arc<AtomicU32>);

impl Runs {
    fn one_more(&self) -> u32 {
        self.0.fetch_add(1, Ordering::SeqCst) + 1
    }

    fn so_far(&self) -> u32 {
        self.0.load(Ordering::SeqCst)
    }
}
