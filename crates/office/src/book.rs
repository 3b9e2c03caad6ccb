//! Books of documents: one per unit, year, direction and kind, by the unit's plan. Pure.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 15, art. 22, app. IV

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::record;
use platform::store::{Arg, Cell, FromCell, ToArg};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::document::{Direction, DocumentType, TYPES};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BookId(pub Uuid);

record! {
    #[derive(Debug, Clone)]
    pub struct Book {
        pub id: BookId,
        pub unit: UnitId,
        pub year: i64,
        pub direction: Direction,
        /// Of its line in the plan.
        pub code: String,
        pub name: String,
        /// Where the year's numbers begin: 1, or what a book on paper left off at.
        pub first: i64,
        /// The number that is given next.
        pub next: i64,
        pub locked_at: Option<Timestamp>,
        pub locked_name: Option<String>,
    }
}

/// One book of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanLine {
    pub code: String,
    pub name: String,
    pub direction: Direction,
    /// Codes of the types it takes; empty: all that no other line of its direction takes.
    pub types: Vec<String>,
}

/// Which books a unit keeps from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub lines: Vec<PlanLine>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PlanFault {
    #[error("a book has no code, no name, or one that another has")]
    Line,
    #[error("a type is in two books, or in none")]
    Types,
    #[error("documents with the same symbol stand in different books")]
    Symbols,
}

/// The types whose symbol names no type: their numbers would be the same in two books.
fn without_abbreviation() -> impl Iterator<Item = &'static str> {
    TYPES.iter().filter(|one| one.short.is_empty()).map(|one| one.code)
}

impl Plan {
    /// Four books a year: decisions, letters, everything else that goes out, and what comes in.
    pub fn standard() -> Plan {
        let line = |code: &str, name: &str, direction, types: &[&str]| PlanLine {
            code: code.to_owned(),
            name: name.to_owned(),
            direction,
            types: types.iter().map(|one| (*one).to_owned()).collect(),
        };
        let letters: Vec<&str> = without_abbreviation().collect();
        Plan {
            lines: vec![
                line("quyet-dinh", "Sổ quyết định", Direction::Out, &["quyet-dinh"]),
                line("cong-van", "Sổ công văn đi", Direction::Out, &letters),
                line("van-ban-khac", "Sổ văn bản đi khác", Direction::Out, &[]),
                line("van-ban-den", "Sổ văn bản đến", Direction::In, &[]),
            ],
        }
    }

    /// The book of a type that the list of the decree does not have is the one for all others.
    pub fn line(&self, direction: Direction, document_type: &str) -> Option<&PlanLine> {
        let mut lines = self.lines.iter().filter(|line| line.direction == direction);
        let named = |line: &&PlanLine| line.types.iter().any(|one| one == document_type);
        let named = lines.clone().find(named);
        named.or_else(|| lines.find(|line| line.types.is_empty()))
    }

    /// # Errors
    /// [`PlanFault`]
    pub fn check(&self) -> Result<(), PlanFault> {
        for (index, line) in self.lines.iter().enumerate() {
            let earlier = &self.lines[..index];
            let is_written = !line.code.is_empty() && !line.name.trim().is_empty();
            let is_taken = earlier.iter().any(|one| one.code == line.code);
            let is_short = line.name.chars().count() <= 100 && line.code.len() <= 40;
            if !is_written || is_taken || !is_short {
                return Err(PlanFault::Line);
            }
        }
        for direction in Direction::ALL {
            self.check_types(direction)?;
        }
        let letters = without_abbreviation().filter_map(|code| self.line(Direction::Out, code));
        let mut letters = letters.map(|line| line.code.as_str());
        let first = letters.next();
        match letters.all(|code| Some(code) == first) {
            true => Ok(()),
            false => Err(PlanFault::Symbols),
        }
    }

    /// Every type has its one book, and there is one for what nobody thought of.
    fn check_types(&self, direction: Direction) -> Result<(), PlanFault> {
        let lines: Vec<&PlanLine> =
            self.lines.iter().filter(|line| line.direction == direction).collect();
        if lines.iter().filter(|line| line.types.is_empty()).count() != 1 {
            return Err(PlanFault::Types);
        }
        let mut types: Vec<&String> = lines.iter().flat_map(|line| &line.types).collect();
        let known = types.iter().all(|code| DocumentType::parse(code).is_some());
        let count = types.len();
        types.sort_unstable();
        types.dedup();
        match known && types.len() == count {
            true => Ok(()),
            false => Err(PlanFault::Types),
        }
    }
}

record! {
    /// A line of a register: one number of a book.
    #[derive(Debug, Clone)]
    pub struct Entry {
        pub book: BookId,
        pub ordinal: i64,
        /// Of a number put in between: `a`, `b`, …
        pub suffix: String,
        pub state: NumberState,
        /// The day it counts as given.
        pub dated: Date,
        pub notation: String,
        /// The document, when it has one.
        pub document: Option<Uuid>,
        /// Why it was reserved, put in between or voided.
        pub reason: String,
        pub given_at: Timestamp,
        pub given_name: String,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NumberState {
    /// Số chờ: kept free for a document to come.
    Reserved,
    Used,
    Void,
}

/// A number as it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    pub book: BookId,
    pub ordinal: i64,
    pub suffix: String,
    pub dated: Date,
}

impl Number {
    /// As it is written: below ten with a nought before it.
    pub fn text(&self) -> String {
        written(self.ordinal, &self.suffix)
    }
}

impl Entry {
    pub fn text(&self) -> String {
        written(self.ordinal, &self.suffix)
    }
}

pub fn written(ordinal: i64, suffix: &str) -> String {
    format!("{ordinal:02}{suffix}")
}

/// The letters after the ones that are there: a, b, …, z, za, …; never one twice.
pub fn next_suffix(taken: usize) -> String {
    const LETTERS: &[u8; 26] = b"abcdefghijklmnopqrstuvwxyz";
    let letter = char::from(LETTERS[taken % LETTERS.len()]);
    format!("{}{letter}", "z".repeat(taken / LETTERS.len()))
}

impl NumberState {
    pub const ALL: [NumberState; 3] = [NumberState::Reserved, NumberState::Used, NumberState::Void];

    pub fn code(self) -> &'static str {
        match self {
            NumberState::Reserved => "reserved",
            NumberState::Used => "used",
            NumberState::Void => "void",
        }
    }

    pub fn parse(code: &str) -> Option<NumberState> {
        NumberState::ALL.into_iter().find(|one| one.code() == code)
    }

    pub fn word(self) -> &'static str {
        match self {
            NumberState::Reserved => "office-number-reserved",
            NumberState::Used => "office-number-used",
            NumberState::Void => "office-number-void",
        }
    }
}

impl std::fmt::Display for BookId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ToArg for BookId {
    fn to_arg(&self) -> Arg<'_> {
        self.0.to_arg()
    }
}

impl FromCell for BookId {
    const EXPECTED: &'static str = Uuid::EXPECTED;

    fn from_cell(cell: Cell<'_>) -> Option<BookId> {
        Uuid::from_cell(cell).map(BookId)
    }
}

impl ToArg for NumberState {
    fn to_arg(&self) -> Arg<'_> {
        Arg::Text(self.code().into())
    }
}

impl FromCell for NumberState {
    const EXPECTED: &'static str = "a state of a number";

    fn from_cell(cell: Cell<'_>) -> Option<NumberState> {
        match cell {
            Cell::Text(code) => NumberState::parse(code),
            _ => None,
        }
    }
}
