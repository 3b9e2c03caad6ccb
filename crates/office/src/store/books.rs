//! Books, their numbers and the plans they follow.

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::book::{Book, BookId, Entry, Plan};
use crate::document::Direction;
use crate::numbering::Taker;

pub const BY_ID: &str = "SELECT id, unit, year, direction, code, name, first, next, locked_at,
        locked_name FROM office_book WHERE id = $1";
pub const BY_CODE: &str = "SELECT id, unit, year, direction, code, name, first, next, locked_at,
        locked_name FROM office_book
    WHERE unit = $1 AND year = $2 AND direction = $3 AND code = $4";
pub const OF_UNIT: &str = "SELECT id, unit, year, direction, code, name, first, next, locked_at,
        locked_name FROM office_book
    WHERE unit = $1 ORDER BY year DESC, direction DESC, code";
/// Two who need it first at once make one.
pub const INSERT: &str = "INSERT INTO office_book (id, unit, year, direction, code, name, first,
        next) VALUES ($1, $2, $3, $4, $5, $6, 1, 1)
    ON CONFLICT (unit, year, direction, code) DO NOTHING";
/// Whoever comes second waits until the first has ended: no number twice, none left out.
pub const COUNT_UP: &str = "UPDATE office_book SET next = next + $2
    WHERE id = $1 AND locked_at IS NULL RETURNING next - 1";
pub const TOUCH: &str = "UPDATE office_book SET next = next WHERE id = $1 AND locked_at IS NULL";
/// Only while nothing stands in it.
pub const BEGIN_AT: &str = "UPDATE office_book SET first = $2, next = $2
    WHERE id = $1 AND locked_at IS NULL AND first = next";
pub const LOCK: &str = "UPDATE office_book SET locked_at = $2, locked_name = $3
    WHERE id = $1 AND locked_at IS NULL";
pub const UNLOCK: &str = "UPDATE office_book SET locked_at = NULL, locked_name = NULL
    WHERE id = $1 AND locked_at IS NOT NULL";

pub const INSERT_ENTRY: &str = "INSERT INTO office_number (book, ordinal, suffix, unit, year,
        state, dated, notation, document, reason, given_at, given_name)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
pub const ENTRY: &str = "SELECT book, ordinal, suffix, state, dated, notation, document, reason,
        given_at, given_name FROM office_number
    WHERE book = $1 AND ordinal = $2 AND suffix = $3";
pub const ENTRIES: &str = "SELECT book, ordinal, suffix, state, dated, notation, document, reason,
        given_at, given_name FROM office_number
    WHERE book = $1 ORDER BY ordinal, suffix";
pub const SUFFIXES: &str = "SELECT book, ordinal, suffix, state, dated, notation, document, reason,
        given_at, given_name FROM office_number
    WHERE book = $1 AND ordinal = $2 AND suffix <> '' ORDER BY suffix";
pub const RESERVED: &str = "SELECT book, ordinal, suffix, state, dated, notation, document, reason,
        given_at, given_name FROM office_number
    WHERE book = $1 AND state = 'reserved' ORDER BY ordinal";
pub const LAST_DAY: &str = "SELECT dated FROM office_number
    WHERE book = $1 AND ordinal < $2 ORDER BY ordinal DESC, suffix DESC LIMIT 1";
/// Of two who want it, one gets it.
pub const USE_RESERVED: &str = "UPDATE office_number SET state = 'used', document = $4,
        notation = $5, given_at = $6
    WHERE book = $1 AND ordinal = $2 AND suffix = $3 AND state = 'reserved'";
pub const VOID: &str = "UPDATE office_number SET state = 'void', reason = $4
    WHERE book = $1 AND ordinal = $2 AND suffix = $3 AND state <> 'void'";

pub const PLAN: &str = "SELECT lines FROM office_plan
    WHERE unit = $1 AND valid_from <= $2 ORDER BY valid_from DESC LIMIT 1";
pub const PUT_PLAN: &str = "INSERT INTO office_plan (unit, valid_from, lines, made_at, made_name)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (unit, valid_from) DO UPDATE
        SET lines = excluded.lines, made_at = excluded.made_at, made_name = excluded.made_name";

/// A book by what it is for: unit, year, direction, code.
pub type Key<'a> = (UnitId, i64, Direction, &'a str);

pub fn by_id(tx: &mut Tx, id: BookId) -> Result<Option<Book>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

pub fn by_code(
    tx: &mut Tx,
    (unit, year, direction, code): Key,
) -> Result<Option<Book>, StoreError> {
    tx.opt(BY_CODE, &[&unit, &year, &direction, &code])
}

pub fn of_unit(tx: &mut Tx, unit: UnitId) -> Result<Vec<Book>, StoreError> {
    tx.all(OF_UNIT, &[&unit])
}

pub fn insert(
    tx: &mut Tx,
    id: BookId,
    (unit, year, direction, code): Key,
    name: &str,
) -> Result<(), StoreError> {
    tx.execute(INSERT, &[&id, &unit, &year, &direction, &code, &name]).map(drop)
}

/// The last of the numbers that are now taken; none: the book is locked.
pub fn count_up(tx: &mut Tx, id: BookId, by: i64) -> Result<Option<i64>, StoreError> {
    let last: Option<(i64,)> = tx.opt(COUNT_UP, &[&id, &by])?;
    Ok(last.map(|(last,)| last))
}

/// Holds the book until the unit of work ends. False: it is locked.
pub fn touch(tx: &mut Tx, id: BookId) -> Result<bool, StoreError> {
    Ok(tx.execute(TOUCH, &[&id])? == 1)
}

pub fn begin_at(tx: &mut Tx, id: BookId, first: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(BEGIN_AT, &[&id, &first])? == 1)
}

pub fn lock(tx: &mut Tx, id: BookId, (at, name): (Timestamp, &str)) -> Result<bool, StoreError> {
    Ok(tx.execute(LOCK, &[&id, &at, &name])? == 1)
}

pub fn unlock(tx: &mut Tx, id: BookId) -> Result<bool, StoreError> {
    Ok(tx.execute(UNLOCK, &[&id])? == 1)
}

pub fn insert_entry(tx: &mut Tx, book: &Book, entry: &Entry) -> Result<(), StoreError> {
    tx.execute(
        INSERT_ENTRY,
        &[
            &entry.book,
            &entry.ordinal,
            &entry.suffix,
            &book.unit,
            &book.year,
            &entry.state,
            &entry.dated,
            &entry.notation,
            &entry.document,
            &entry.reason,
            &entry.given_at,
            &entry.given_name,
        ],
    )
    .map(drop)
}

pub fn entry(
    tx: &mut Tx,
    book: BookId,
    (ordinal, suffix): (i64, &str),
) -> Result<Option<Entry>, StoreError> {
    tx.opt(ENTRY, &[&book, &ordinal, &suffix])
}

pub fn entries(tx: &mut Tx, book: BookId) -> Result<Vec<Entry>, StoreError> {
    tx.all(ENTRIES, &[&book])
}

pub fn reserved(tx: &mut Tx, book: BookId) -> Result<Vec<Entry>, StoreError> {
    tx.all(RESERVED, &[&book])
}

pub fn suffixes(tx: &mut Tx, book: BookId, ordinal: i64) -> Result<Vec<Entry>, StoreError> {
    tx.all(SUFFIXES, &[&book, &ordinal])
}

/// Of the number before this one.
pub fn last_day(tx: &mut Tx, book: BookId, before: i64) -> Result<Option<Date>, StoreError> {
    let last: Option<(Date,)> = tx.opt(LAST_DAY, &[&book, &before])?;
    Ok(last.map(|(last,)| last))
}

pub fn use_reserved(
    tx: &mut Tx,
    entry: &Entry,
    taker: Taker<'_>,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let (document, notation): (Uuid, &str) = (taker.document, taker.notation);
    let key = (&entry.book, &entry.ordinal, &entry.suffix);
    let used = tx.execute(USE_RESERVED, &[key.0, key.1, key.2, &document, &notation, &at])?;
    Ok(used == 1)
}

pub fn void(tx: &mut Tx, entry: &Entry, reason: &str) -> Result<bool, StoreError> {
    let voided = tx.execute(VOID, &[&entry.book, &entry.ordinal, &entry.suffix, &reason])?;
    Ok(voided == 1)
}

/// The standard one where the unit has not made its own.
pub fn plan_in_force(tx: &mut Tx, unit: UnitId, on: Date) -> Result<Plan, StoreError> {
    let found: Option<(serde_json::Value,)> = tx.opt(PLAN, &[&unit, &on])?;
    let read = found.and_then(|(lines,)| serde_json::from_value(lines).ok());
    Ok(read.map_or_else(Plan::standard, |lines| Plan { lines }))
}

pub fn put_plan(
    tx: &mut Tx,
    (unit, from): (UnitId, Date),
    plan: &Plan,
    (at, name): (Timestamp, &str),
) -> Result<(), StoreError> {
    let lines = serde_json::json!(plan.lines);
    tx.execute(PUT_PLAN, &[&unit, &from, &lines, &at, &name]).map(drop)
}
