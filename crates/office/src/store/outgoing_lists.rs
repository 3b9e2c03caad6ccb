//! Lists of documents that go out: whose they are, and for whom they wait.

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::fold::fold;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::document::{OutgoingId, Urgency};
use crate::outgoing::State;

pub const MINE: &str = "SELECT id, kind, subject, urgency, state, express_at, due_on, author_name,
        ordinal, suffix, notation, dated, issued_at, changed_at FROM office_outgoing
    WHERE author = $1 AND state NOT IN ('issued', 'cancelled') AND id > $2
    ORDER BY id LIMIT $3";
pub const CLERK: &str = "SELECT id, kind, subject, urgency, state, express_at, due_on,
        author_name, ordinal, suffix, notation, dated, issued_at, changed_at FROM office_outgoing
    WHERE unit = $1 AND state IN ('signed', 'numbered', 'sealing') AND id > $2
    ORDER BY id LIMIT $3";
pub const UNIT: &str = "SELECT id, kind, subject, urgency, state, express_at, due_on, author_name,
        ordinal, suffix, notation, dated, issued_at, changed_at FROM office_outgoing
    WHERE unit = $1 AND state NOT IN ('issued', 'cancelled') AND id > $2
    ORDER BY id LIMIT $3";
pub const ISSUED: &str = "SELECT id, kind, subject, urgency, state, express_at, due_on,
        author_name, ordinal, suffix, notation, dated, issued_at, changed_at FROM office_outgoing
    WHERE unit = $1 AND state = 'issued' AND id < $2
      AND (CAST($4 AS TEXT) IS NULL OR folded LIKE $4)
    ORDER BY id DESC LIMIT $3";
pub const ISSUED_MINE: &str = "SELECT id, kind, subject, urgency, state, express_at, due_on,
        author_name, ordinal, suffix, notation, dated, issued_at, changed_at FROM office_outgoing
    WHERE author = $1 AND state = 'issued' AND id < $2
    ORDER BY id DESC LIMIT $3";
pub const ASKED: &str = "SELECT o.id, o.kind, o.subject, o.urgency, o.state, o.express_at,
        o.due_on, o.author_name, o.ordinal, o.suffix, o.notation, o.dated, o.issued_at, o.changed_at
    FROM office_opinion p JOIN office_outgoing o ON o.id = p.outgoing
    WHERE p.account = $1 AND p.given_at IS NULL
      AND o.state IN ('draft', 'initialling') AND o.id > $2
    ORDER BY o.id LIMIT $3";
pub const TO_INITIAL: &str = "SELECT o.id, o.kind, o.subject, o.urgency, o.state, o.express_at,
        o.due_on, o.author_name, o.ordinal, o.suffix, o.notation, o.dated, o.issued_at, o.changed_at
    FROM office_initial i JOIN office_outgoing o ON o.id = i.outgoing
    WHERE i.account = $1 AND i.state = 'waiting' AND o.state = 'initialling' AND o.id > $2
      AND NOT EXISTS (SELECT 1 FROM office_initial e WHERE e.outgoing = i.outgoing
          AND e.state = 'waiting' AND e.place < i.place)
    ORDER BY o.id LIMIT $3";
pub const GIVEN: &str = "SELECT o.id, o.kind, o.subject, o.urgency, o.state, o.express_at,
        o.due_on, o.author_name, o.ordinal, o.suffix, o.notation, o.dated, o.issued_at, o.changed_at
    FROM office_recipient r JOIN office_outgoing o ON o.id = r.outgoing
    WHERE r.account = $1 AND o.state = 'issued' AND o.id < $2
    ORDER BY o.id DESC LIMIT $3";

/// How many of [`ASKED`], [`TO_INITIAL`], [`CLERK`], counted no further than a limit.
pub const COUNT_ASKED: &str = "SELECT COUNT(*) FROM (SELECT o.id
    FROM office_opinion p JOIN office_outgoing o ON o.id = p.outgoing
    WHERE p.account = $1 AND p.given_at IS NULL AND o.state IN ('draft', 'initialling')
    LIMIT $2) AS waiting";
pub const COUNT_TO_INITIAL: &str = "SELECT COUNT(*) FROM (SELECT o.id
    FROM office_initial i JOIN office_outgoing o ON o.id = i.outgoing
    WHERE i.account = $1 AND i.state = 'waiting' AND o.state = 'initialling'
      AND NOT EXISTS (SELECT 1 FROM office_initial e WHERE e.outgoing = i.outgoing
          AND e.state = 'waiting' AND e.place < i.place)
    LIMIT $2) AS waiting";
pub const COUNT_CLERK: &str = "SELECT COUNT(*) FROM (SELECT id FROM office_outgoing
    WHERE unit = $1 AND state IN ('signed', 'numbered', 'sealing') LIMIT $2) AS waiting";

record! {
    /// A line of a list.
    #[derive(Debug, Clone)]
    pub struct Listed {
        pub id: OutgoingId,
        pub kind: String,
        pub subject: String,
        pub urgency: Urgency,
        pub state: State,
        pub express_at: Option<Timestamp>,
        pub due_on: Option<Date>,
        pub author_name: String,
        pub ordinal: Option<i64>,
        pub suffix: Option<String>,
        pub notation: Option<String>,
        pub dated: Option<Date>,
        pub issued_at: Option<Timestamp>,
        pub changed_at: Timestamp,
    }
}

/// By which list, of whom (an account or a unit).
pub fn list(
    tx: &mut Tx,
    (sql, whose): (&'static str, Uuid),
    (after, limit): (Uuid, i64),
) -> Result<Vec<Listed>, StoreError> {
    tx.all(sql, &[&whose, &after, &limit])
}

/// How long a list is, of whom.
pub fn count(
    tx: &mut Tx,
    (sql, whose): (&'static str, Uuid),
    limit: i64,
) -> Result<i64, StoreError> {
    let (count,): (i64,) = tx.one(sql, &[&whose, &limit])?;
    Ok(count)
}

pub fn issued(
    tx: &mut Tx,
    (unit, words): (UnitId, Option<&str>),
    (before, limit): (Uuid, i64),
) -> Result<Vec<Listed>, StoreError> {
    let like = words.map(|words| format!("%{}%", fold(words).replace(['%', '_'], " ")));
    tx.all(ISSUED, &[&unit, &before, &limit, &like])
}
