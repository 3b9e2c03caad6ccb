//! What is counted of an office between two days.

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::task::{Part, TaskState};

/// Tasks about documents and without one, given in these days.
pub const TASKS: &str = "SELECT id, incoming, title, role, account, name, state, given_at, due_on,
        ended_at
    FROM office_task
    WHERE unit = $1 AND given_at >= $2 AND given_at < $3 AND role <> 'information'
      AND state IN ('given', 'doing', 'done')
      AND ($4 OR account = $5)
    ORDER BY id LIMIT $6";
/// Documents that were given an arrival number on these days.
pub const RECEIVED: &str = "SELECT due_on, ended_at, state, COUNT(*) AS documents
    FROM office_incoming
    WHERE unit = $1 AND registered_on >= $2 AND registered_on <= $3
    GROUP BY due_on, ended_at, state";
pub const RECEIVED_BY_TYPE: &str = "SELECT type_name AS kind, SUBSTR(registered_on, 1, 7) AS month,
        COUNT(*) AS documents
    FROM office_incoming
    WHERE unit = $1 AND registered_on >= $2 AND registered_on <= $3
    GROUP BY type_name, SUBSTR(registered_on, 1, 7) ORDER BY 1, 2";
pub const ISSUED_BY_TYPE: &str = "SELECT kind, SUBSTR(dated, 1, 7) AS month, COUNT(*) AS documents
    FROM office_outgoing
    WHERE unit = $1 AND state = 'issued' AND dated >= $2 AND dated <= $3
    GROUP BY kind, SUBSTR(dated, 1, 7) ORDER BY 1, 2";
/// Of those that went to another agency.
pub const PAPER: &str = "SELECT o.kind, SUM(CASE WHEN o.paper THEN 0 ELSE 1 END) AS electronic,
        COUNT(*) AS documents
    FROM office_outgoing o
    WHERE o.unit = $1 AND o.state = 'issued' AND o.dated >= $2 AND o.dated <= $3
      AND EXISTS (SELECT 1 FROM office_recipient r
        WHERE r.outgoing = o.id AND r.kind = 'agency' AND r.removed_at IS NULL)
    GROUP BY o.kind ORDER BY 3 DESC, 1";
pub const HANDLERS: &str = "SELECT account, MAX(name) AS name FROM office_task
    WHERE unit = $1 GROUP BY account ORDER BY 2, 1 LIMIT 500";

record! {
    #[derive(Debug, Clone)]
    pub struct Given {
        pub id: Uuid,
        pub incoming: Option<Uuid>,
        pub title: String,
        pub role: Part,
        pub account: Uuid,
        pub name: String,
        pub state: TaskState,
        pub given_at: Timestamp,
        pub due_on: Option<Date>,
        pub ended_at: Option<Timestamp>,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Received {
        pub due_on: Option<Date>,
        pub ended_at: Option<Timestamp>,
        pub state: crate::incoming::State,
        pub documents: i64,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct Volume {
        pub kind: String,
        pub month: String,
        pub documents: i64,
    }
}

record! {
    #[derive(Debug, Clone)]
    pub struct OnPaper {
        pub kind: String,
        pub electronic: i64,
        pub documents: i64,
    }
}

pub fn tasks(
    tx: &mut Tx,
    (unit, account): (UnitId, Option<Uuid>),
    (from, until): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<Given>, StoreError> {
    let (anybody, account) = (account.is_none(), account.unwrap_or_default());
    tx.all(TASKS, &[&unit, &from, &until, &anybody, &account, &limit])
}

pub fn received(
    tx: &mut Tx,
    unit: UnitId,
    (from, to): (Date, Date),
) -> Result<Vec<Received>, StoreError> {
    tx.all(RECEIVED, &[&unit, &from, &to])
}

pub fn received_by_type(
    tx: &mut Tx,
    unit: UnitId,
    (from, to): (Date, Date),
) -> Result<Vec<Volume>, StoreError> {
    tx.all(RECEIVED_BY_TYPE, &[&unit, &from, &to])
}

pub fn issued_by_type(
    tx: &mut Tx,
    unit: UnitId,
    (from, to): (Date, Date),
) -> Result<Vec<Volume>, StoreError> {
    tx.all(ISSUED_BY_TYPE, &[&unit, &from, &to])
}

pub fn paper(
    tx: &mut Tx,
    unit: UnitId,
    (from, to): (Date, Date),
) -> Result<Vec<OnPaper>, StoreError> {
    tx.all(PAPER, &[&unit, &from, &to])
}

/// Everybody who was ever handed something here.
pub fn handlers(tx: &mut Tx, unit: UnitId) -> Result<Vec<(Uuid, String)>, StoreError> {
    tx.all(HANDLERS, &[&unit])
}
