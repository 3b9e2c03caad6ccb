//! Numbers of a book: each given once, none left out, however many clerks work at once.
//!
//! The book's row is counted up in the same unit of work that writes the register's line: whoever
//! comes second waits for the first to end, and a unit that fails gives its number back.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 15, art. 22

use identity::Scribe;
use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::store::Tx;
use serde_json::json;
use uuid::Uuid;

use crate::book::{Book, BookId, Entry, Number, NumberState, Plan, next_suffix};
use crate::document::Direction;
use crate::refusal::Refusal;
use crate::store::books;

/// At once, so that a slip of the pen does not use up a year.
pub const RESERVED_MAX: i64 = 50;
const REASON_LETTERS_MAX: usize = 500;

/// What a number is given to.
#[derive(Debug, Clone, Copy)]
pub struct Taker<'a> {
    pub document: Uuid,
    /// The symbol behind the number of what goes out; empty for what comes in.
    pub notation: &'a str,
}

/// The book of a unit for documents of this type and day, by the plan in force; made when it is
/// the first of its year.
pub fn book_for(
    tx: &mut Tx,
    ctx: &Ctx,
    unit: UnitId,
    (direction, document_type): (Direction, &str),
    on: Date,
) -> Result<BookId, Refusal> {
    let plan = books::plan_in_force(tx, unit, on)?;
    let line = plan.line(direction, document_type).ok_or(Refusal::NoBook)?;
    let year = i64::from(on.year());
    let key = (unit, year, direction, line.code.as_str());
    if let Some(book) = books::by_code(tx, key)? {
        return Ok(book.id);
    }
    books::insert(tx, BookId(ctx.ids.next()), key, &line.name)?;
    books::by_code(tx, key)?.map(|book| book.id).ok_or(Refusal::NoBook)
}

/// The next number. Its day is never before that of the number before it.
pub fn next(
    tx: &mut Tx,
    scribe: &Scribe,
    book: BookId,
    on: Date,
    taker: Taker<'_>,
) -> Result<Number, Refusal> {
    let book = open(tx, book, on)?;
    let ordinal = books::count_up(tx, book.id, 1)?.ok_or(Refusal::BookLocked)?;
    if books::last_day(tx, book.id, ordinal)?.is_some_and(|last| on < last) {
        return Err(Refusal::NumberBackwards);
    }
    let number = Number { book: book.id, ordinal, suffix: String::new(), dated: on };
    write(tx, scribe, (&book, &number), Some(taker), (NumberState::Used, ""))?;
    Ok(number)
}

/// Keeps numbers free for documents to come (số chờ), with the day on which they are kept.
pub fn reserve(
    tx: &mut Tx,
    scribe: &Scribe,
    (book, on): (BookId, Date),
    count: i64,
    reason: &str,
) -> Result<Vec<Number>, Refusal> {
    if !(1..=RESERVED_MAX).contains(&count) {
        return Err(Refusal::ReservedTooMany { limit: RESERVED_MAX });
    }
    let reason = reason_of(reason)?;
    let book = open(tx, book, on)?;
    let last = books::count_up(tx, book.id, count)?.ok_or(Refusal::BookLocked)?;
    let first = last + 1 - count;
    if books::last_day(tx, book.id, first)?.is_some_and(|last| on < last) {
        return Err(Refusal::NumberBackwards);
    }
    let mut numbers = Vec::new();
    for ordinal in first..=last {
        let number = Number { book: book.id, ordinal, suffix: String::new(), dated: on };
        write(tx, scribe, (&book, &number), None, (NumberState::Reserved, &reason))?;
        numbers.push(number);
    }
    note(tx, scribe, &book, ("office.reserve", json!({ "from": first, "to": last })))?;
    Ok(numbers)
}

/// Gives a number that was kept free. Its day is the one on which it was kept.
pub fn take_reserved(
    tx: &mut Tx,
    (book, ordinal): (BookId, i64),
    taker: Taker<'_>,
    at: Timestamp,
) -> Result<Number, Refusal> {
    let held = books::by_id(tx, book)?.ok_or(Refusal::Nothing)?;
    if held.locked_at.is_some() {
        return Err(Refusal::BookLocked);
    }
    let entry = books::entry(tx, book, (ordinal, ""))?.ok_or(Refusal::NumberNotReserved)?;
    if !books::use_reserved(tx, &entry, taker, at)? {
        return Err(Refusal::NumberNotReserved);
    }
    Ok(Number { book, ordinal, suffix: entry.suffix, dated: entry.dated })
}

/// Puts a number in behind one that was given (cấp bù): `12a`, on a day between that of the number
/// before it and that of the one behind it.
pub fn insert(
    tx: &mut Tx,
    scribe: &Scribe,
    (book, behind): (BookId, i64),
    on: Date,
    (taker, reason): (Taker<'_>, &str),
) -> Result<Number, Refusal> {
    let reason = reason_of(reason)?;
    let held = open(tx, book, on)?;
    // Whoever puts one in behind the same number at the same moment waits here.
    books::touch(tx, book)?.then_some(()).ok_or(Refusal::BookLocked)?;
    let before = books::entry(tx, book, (behind, ""))?.ok_or(Refusal::NumberUnknown)?;
    let after = books::entry(tx, book, (behind + 1, ""))?;
    let siblings = books::suffixes(tx, book, behind)?;
    let latest = siblings.last().map_or(before.dated, |last| last.dated);
    if on < latest || after.is_some_and(|after| on > after.dated) {
        return Err(Refusal::NumberBackwards);
    }
    let number = Number { book, ordinal: behind, suffix: next_suffix(siblings.len()), dated: on };
    write(tx, scribe, (&held, &number), Some(taker), (NumberState::Used, &reason))?;
    let detail = json!({ "number": number.text(), "document": taker.document });
    note(tx, scribe, &held, ("office.insert-number", detail))?;
    Ok(number)
}

/// Strikes a number out for good: it stays in the register with the reason, and is never given
/// again.
pub fn void(
    tx: &mut Tx,
    scribe: &Scribe,
    (book, ordinal, suffix): (BookId, i64, &str),
    reason: &str,
) -> Result<(), Refusal> {
    let reason = reason_of(reason)?;
    let held = books::by_id(tx, book)?.ok_or(Refusal::Nothing)?;
    if held.locked_at.is_some() {
        return Err(Refusal::BookLocked);
    }
    let entry = books::entry(tx, book, (ordinal, suffix))?.ok_or(Refusal::NumberUnknown)?;
    if !books::void(tx, &entry, &reason)? {
        return Err(Refusal::NumberVoid);
    }
    let detail = json!({ "number": entry.text(), "document": entry.document });
    note(tx, scribe, &held, ("office.void-number", detail))
}

/// What a look at a book finds: numbers that are missing, and symbols that stand twice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    pub missing: Vec<i64>,
    pub doubled: Vec<String>,
}

/// Goes through a book from its first number to its last.
pub fn findings(book: &Book, entries: &[Entry]) -> Findings {
    let has = |ordinal: i64| {
        entries.iter().any(|entry| entry.ordinal == ordinal && entry.suffix.is_empty())
    };
    let missing = (book.first..book.next).filter(|ordinal| !has(*ordinal)).collect();
    let mut symbols: Vec<String> =
        entries.iter().map(|entry| format!("{}/{}", entry.text(), entry.notation)).collect();
    symbols.sort_unstable();
    let twice = symbols.windows(2).filter(|pair| pair[0] == pair[1]);
    let mut doubled: Vec<String> = twice.map(|pair| pair[0].clone()).collect();
    doubled.dedup();
    Findings { missing, doubled }
}

/// The plan of a unit on a day.
pub fn plan(tx: &mut Tx, unit: UnitId, on: Date) -> Result<Plan, Refusal> {
    Ok(books::plan_in_force(tx, unit, on)?)
}

fn open(tx: &mut Tx, book: BookId, on: Date) -> Result<Book, Refusal> {
    let book = books::by_id(tx, book)?.ok_or(Refusal::Nothing)?;
    if book.locked_at.is_some() {
        return Err(Refusal::BookLocked);
    }
    match book.year == i64::from(on.year()) {
        true => Ok(book),
        false => Err(Refusal::BookOfAnotherYear),
    }
}

fn write(
    tx: &mut Tx,
    scribe: &Scribe,
    (book, number): (&Book, &Number),
    taker: Option<Taker<'_>>,
    (state, reason): (NumberState, &str),
) -> Result<(), Refusal> {
    let entry = Entry {
        book: book.id,
        ordinal: number.ordinal,
        suffix: number.suffix.clone(),
        state,
        dated: number.dated,
        notation: taker.map_or(String::new(), |taker| taker.notation.to_owned()),
        document: taker.map(|taker| taker.document),
        reason: reason.to_owned(),
        given_at: scribe.now,
        given_name: scribe.name.clone(),
    };
    Ok(books::insert_entry(tx, book, &entry)?)
}

fn note(
    tx: &mut Tx,
    scribe: &Scribe,
    book: &Book,
    (verb, detail): (&'static str, serde_json::Value),
) -> Result<(), Refusal> {
    Ok(scribe.note_over(tx, Some(book.unit), (verb, format!("office-book:{}", book.id)), detail)?)
}

fn reason_of(reason: &str) -> Result<String, Refusal> {
    let reason: String = reason.trim().chars().take(REASON_LETTERS_MAX).collect();
    match reason.is_empty() {
        true => Err(Refusal::ReasonMissing),
        false => Ok(reason),
    }
}
