//! The lines of a book between two days, with what belongs to them.

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::book::{Book, BookId, NumberState};
use crate::document::{Direction, Urgency};
use crate::incoming;
use crate::recipient::RecipientKind;
use crate::task::{Part, TaskState};

pub const BOOKS: &str = "SELECT id, unit, year, direction, code, name, first, next, locked_at,
        locked_name
    FROM office_book WHERE unit = $1 AND direction = $2 ORDER BY year DESC, name, id LIMIT 200";
pub const OUT: &str = "SELECT n.ordinal, n.suffix, n.state, n.dated, n.notation, n.reason,
        o.id AS document, o.kind, o.subject, o.signer_name, o.urgency, o.paper, o.issued_at
    FROM office_number n LEFT JOIN office_outgoing o ON o.id = n.document
    WHERE n.book = $1 AND n.dated >= $2 AND n.dated <= $3
    ORDER BY n.ordinal, n.suffix LIMIT $4";
pub const RECIPIENTS: &str = "SELECT r.outgoing, r.kind, r.name, r.code, r.seen_at
    FROM office_number n JOIN office_recipient r ON r.outgoing = n.document
    WHERE n.book = $1 AND n.dated >= $2 AND n.dated <= $3 AND n.state = 'used'
      AND r.removed_at IS NULL
    ORDER BY n.ordinal, n.suffix, r.added_at, r.id LIMIT 50000";
pub const IN: &str = "SELECT n.ordinal, n.suffix, n.state, n.dated, n.reason, i.id AS document,
        i.from_name, i.number, i.notation, i.issued_on, i.issued_text, i.type_name, i.subject,
        i.urgency, i.state AS standing, i.leader_name, i.due_on, i.ended_at, i.ended_note,
        i.reply_text
    FROM office_number n LEFT JOIN office_incoming i ON i.id = n.document
    WHERE n.book = $1 AND n.dated >= $2 AND n.dated <= $3
    ORDER BY n.ordinal, n.suffix LIMIT $4";
pub const HANDLERS: &str = "SELECT t.incoming, t.role, t.name, t.state, t.given_at, t.began_at,
        t.progress_percent
    FROM office_number n JOIN office_task t ON t.incoming = n.document
    WHERE n.book = $1 AND n.dated >= $2 AND n.dated <= $3 AND n.state = 'used'
      AND t.state NOT IN ('called-off', 'passed', 'returned') AND t.role <> 'information'
    ORDER BY n.ordinal, n.suffix, t.id LIMIT 50000";

record! {
    #[derive(Debug, Clone)]
    pub struct OutLine {
        pub ordinal: i64,
        pub suffix: String,
        pub state: NumberState,
        pub dated: Date,
        pub notation: String,
        pub reason: String,
        pub document: Option<Uuid>,
        pub kind: Option<String>,
        pub subject: Option<String>,
        pub signer_name: Option<String>,
        pub urgency: Option<Urgency>,
        pub paper: Option<bool>,
        pub issued_at: Option<Timestamp>,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Named {
        pub outgoing: Uuid,
        pub kind: RecipientKind,
        pub name: String,
        pub code: Option<String>,
        /// Of a person in the house: when it was opened first.
        pub seen_at: Option<Timestamp>,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct InLine {
        pub ordinal: i64,
        pub suffix: String,
        pub state: NumberState,
        pub dated: Date,
        pub reason: String,
        pub document: Option<Uuid>,
        pub from_name: Option<String>,
        pub number: Option<String>,
        pub notation: Option<String>,
        pub issued_on: Option<Date>,
        pub issued_text: Option<String>,
        pub type_name: Option<String>,
        pub subject: Option<String>,
        pub urgency: Option<Urgency>,
        pub standing: Option<incoming::State>,
        pub leader_name: Option<String>,
        pub due_on: Option<Date>,
        pub ended_at: Option<Timestamp>,
        pub ended_note: Option<String>,
        pub reply_text: Option<String>,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Handler {
        pub incoming: Uuid,
        pub role: Part,
        pub name: String,
        pub state: TaskState,
        pub given_at: Timestamp,
        pub began_at: Option<Timestamp>,
        pub progress_percent: i64,
    }
}

/// Which lines: of a book, from one day to another.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    pub book: BookId,
    pub from: Date,
    pub to: Date,
}

/// The newest year first.
pub fn books(tx: &mut Tx, unit: UnitId, direction: Direction) -> Result<Vec<Book>, StoreError> {
    tx.all(BOOKS, &[&unit, &direction])
}

pub fn outgoing(tx: &mut Tx, range: &Range, limit: i64) -> Result<Vec<OutLine>, StoreError> {
    tx.all(OUT, &[&range.book, &range.from, &range.to, &limit])
}

pub fn recipients(tx: &mut Tx, range: &Range) -> Result<Vec<Named>, StoreError> {
    tx.all(RECIPIENTS, &[&range.book, &range.from, &range.to])
}

pub fn incoming(tx: &mut Tx, range: &Range, limit: i64) -> Result<Vec<InLine>, StoreError> {
    tx.all(IN, &[&range.book, &range.from, &range.to, &limit])
}

pub fn handlers(tx: &mut Tx, range: &Range) -> Result<Vec<Handler>, StoreError> {
    tx.all(HANDLERS, &[&range.book, &range.from, &range.to])
}
