//! The words of documents, and what waits to be read.

use jiff::Timestamp;
use organisations::UnitId;
use platform::record;
use platform::store::{Arg, StoreError, Tx, row};
use uuid::Uuid;

use crate::document::Direction;
use crate::reading::Legible;

pub const CHANGED: &str = "INSERT INTO office_to_index (document, direction, turn)
    VALUES ($1, $2, 1)
    ON CONFLICT (document) DO UPDATE SET turn = office_to_index.turn + 1";
pub const WAITS: &str = "SELECT 1 FROM office_to_index LIMIT 1";
pub const WAITING: &str = "SELECT document, direction, turn FROM office_to_index
    ORDER BY document LIMIT $1";
pub const DONE: &str = "DELETE FROM office_to_index WHERE document = $1 AND turn = $2";
pub const SOURCES: &str = "SELECT source, folded FROM office_text WHERE document = $1";
pub const TEXTS: &str = "SELECT source, name, state, text FROM office_text
    WHERE document = $1 ORDER BY source";
pub const LEGIBLE: &str = "SELECT source, state FROM office_text WHERE document = $1";
pub const PUT_TEXT: &str = "INSERT INTO office_text (document, source, unit, name, state, text,
        folded, read_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (document, source) DO UPDATE SET name = excluded.name, state = excluded.state,
        text = excluded.text, folded = excluded.folded, read_at = excluded.read_at";
pub const REMOVE_TEXT: &str = "DELETE FROM office_text WHERE document = $1 AND source = $2";
pub const REMOVE_WORDS: &str = "DELETE FROM office_word WHERE document = $1 AND source = $2";
pub const PUT_WORDS: &str = "INSERT INTO office_word (unit, word, document, source)
    VALUES ($1, $2, $3, $4)";
/// How often a word occurs, up to so many times.
pub const FREQUENCY: &str = "SELECT COUNT(*) FROM (SELECT 1 AS one FROM office_word
    WHERE unit = $1 AND word = $2 LIMIT $3) some_of_them";

record! {
    #[derive(Debug, Clone)]
    pub struct Waiting {
        pub document: Uuid,
        pub direction: Direction,
        pub turn: i64,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct KeptText {
        pub source: Uuid,
        pub name: String,
        pub state: Legible,
        pub text: String,
    }
}

/// What was read of a document: of its fields, or of a file.
pub struct Taken<'a> {
    pub document: Uuid,
    pub source: Uuid,
    pub unit: UnitId,
    pub name: &'a str,
    pub state: Legible,
    pub text: &'a str,
    pub folded: &'a str,
    pub words: &'a [String],
    pub at: Timestamp,
}

/// To be called in the unit of work of every change: the words are taken down a moment later.
pub fn changed(tx: &mut Tx, direction: Direction, document: Uuid) -> Result<(), StoreError> {
    tx.execute(CHANGED, &[&document, &direction]).map(drop)
}

pub fn waits(tx: &mut Tx) -> Result<bool, StoreError> {
    let one: Option<(i64,)> = tx.opt(WAITS, &[])?;
    Ok(one.is_some())
}

pub fn waiting(tx: &mut Tx, limit: i64) -> Result<Vec<Waiting>, StoreError> {
    tx.all(WAITING, &[&limit])
}

/// It stays when it changed since.
pub fn done(tx: &mut Tx, one: &Waiting) -> Result<(), StoreError> {
    tx.execute(DONE, &[&one.document, &one.turn]).map(drop)
}

/// What is known of a document: source and folded text.
pub fn sources(tx: &mut Tx, document: Uuid) -> Result<Vec<(Uuid, String)>, StoreError> {
    tx.all(SOURCES, &[&document])
}

pub fn texts(tx: &mut Tx, document: Uuid) -> Result<Vec<KeptText>, StoreError> {
    tx.all(TEXTS, &[&document])
}

/// How much of each of its files could be read.
pub fn legible(tx: &mut Tx, document: Uuid) -> Result<Vec<(Uuid, Legible)>, StoreError> {
    tx.all(LEGIBLE, &[&document])
}

/// In the place of what was known of this source.
pub fn put(tx: &mut Tx, one: &Taken<'_>) -> Result<(), StoreError> {
    let (document, source, unit) = (one.document, one.source, one.unit);
    tx.execute(
        PUT_TEXT,
        &[&document, &source, &unit, &one.name, &one.state, &one.text, &one.folded, &one.at],
    )?;
    tx.execute(REMOVE_WORDS, &[&document, &source])?;
    let rows: Vec<Vec<Arg<'_>>> =
        one.words.iter().map(|word| row(&[&unit, word, &document, &source])).collect();
    if !rows.is_empty() {
        tx.insert_many(PUT_WORDS, &rows)?;
    }
    Ok(())
}

pub fn remove(tx: &mut Tx, document: Uuid, source: Uuid) -> Result<(), StoreError> {
    tx.execute(REMOVE_WORDS, &[&document, &source])?;
    tx.execute(REMOVE_TEXT, &[&document, &source]).map(drop)
}

pub fn frequency(tx: &mut Tx, unit: UnitId, word: &str, limit: i64) -> Result<i64, StoreError> {
    let (count,): (i64,) = tx.one(FREQUENCY, &[&unit, &word, &limit])?;
    Ok(count)
}
