//! What lies where: the queue of a unit, its counts, its register, a citizen's list.

use jiff::Timestamp;
use organisations::UnitId;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::pile::Pile;

const WAITING: &str = "SELECT COUNT(*) FROM dossiers_dossier
    WHERE holder_unit = $1 AND pile IN ('new', 'work', 'ready')";

const COUNTS: &str = "SELECT pile, COUNT(*) FROM dossiers_dossier
    WHERE holder_unit = $1 AND pile IN ('new', 'work', 'waiting', 'ready') GROUP BY pile";

const OVERDUE_BY_UNIT: &str = "SELECT holder_unit, COUNT(*) FROM dossiers_dossier
    WHERE pile IN ('new', 'work') AND next_at < $1 GROUP BY holder_unit";

/// $2 the pile; $3 folded words; $4 channel; $5 procedure; $6 only what is due before; $7, $8 the
/// last line already shown; $9 how many.
const HELD: &str = "SELECT id, status, code, request_number, procedure_code, procedure_name,
        channel, applicant, sent_at, accepted_at, due_at, next_at, step, holder_unit, holder_role,
        reappointments, stopped_at, ended_at
    FROM dossiers_dossier
    WHERE holder_unit = $1 AND pile = $2
        AND (CAST($3 AS TEXT) IS NULL OR folded LIKE $3)
        AND (CAST($4 AS TEXT) IS NULL OR channel = $4)
        AND (CAST($5 AS TEXT) IS NULL OR procedure_code = $5)
        AND next_at < $6
        AND (next_at > $7 OR (next_at = $7 AND id > $8))
    ORDER BY next_at, id LIMIT $9";

/// What has ended: the latest first.
const ENDED: &str = "SELECT id, status, code, request_number, procedure_code, procedure_name,
        channel, applicant, sent_at, accepted_at, due_at, next_at, step, holder_unit, holder_role,
        reappointments, stopped_at, ended_at
    FROM dossiers_dossier
    WHERE holder_unit = $1 AND pile = $2
        AND (CAST($3 AS TEXT) IS NULL OR folded LIKE $3)
        AND (CAST($4 AS TEXT) IS NULL OR channel = $4)
        AND (CAST($5 AS TEXT) IS NULL OR procedure_code = $5)
        AND next_at < $6
        AND (next_at < $7 OR (next_at = $7 AND id < $8))
    ORDER BY next_at DESC, id DESC LIMIT $9";

const HELD_COUNT: &str = "SELECT COUNT(*) FROM dossiers_dossier
    WHERE holder_unit = $1 AND pile = $2
        AND (CAST($3 AS TEXT) IS NULL OR folded LIKE $3)
        AND (CAST($4 AS TEXT) IS NULL OR channel = $4)
        AND (CAST($5 AS TEXT) IS NULL OR procedure_code = $5)
        AND next_at < $6";

const OF_CITIZEN: &str = "SELECT id, status, code, request_number, procedure_code, procedure_name,
        channel, applicant, sent_at, accepted_at, due_at, next_at, step, holder_unit, holder_role,
        reappointments, stopped_at, ended_at
    FROM dossiers_dossier
    WHERE (owner = $1 AND ($2 OR sent_by = $3)) OR (sent_by = $3 AND $4)
        OR (owner IS NULL AND applicant_key = $5 AND $2)
    ORDER BY sent_at DESC, id DESC LIMIT 200";

const REGISTER: &str =
    "SELECT d.id, d.code, d.procedure_name, d.applicant, d.accepted_at, d.due_at,
        d.finished_at, d.handed_over_at, d.ended_at, d.status, d.deciding_unit, r.handed_how
    FROM dossiers_dossier d LEFT JOIN dossiers_result r ON r.dossier = d.id
    WHERE d.receiving_unit = $1 AND d.accepted_at >= $2 AND d.accepted_at < $3
    ORDER BY d.accepted_at, d.id LIMIT $4";

record! {
    /// A line of a queue or a list.
    #[derive(Debug, Clone)]
    pub struct Line {
        pub id: Uuid,
        pub status: i32,
        pub code: Option<String>,
        pub request_number: Option<String>,
        pub procedure_code: String,
        pub procedure_name: String,
        pub channel: String,
        /// JSON.
        pub applicant: String,
        pub sent_at: Timestamp,
        pub accepted_at: Option<Timestamp>,
        pub due_at: Option<Timestamp>,
        pub next_at: Timestamp,
        pub step: i64,
        pub holder_unit: Uuid,
        pub holder_role: String,
        pub reappointments: i64,
        pub stopped_at: Option<Timestamp>,
        pub ended_at: Option<Timestamp>,
    }
}

record! {
    /// A line of the register (form 07).
    #[derive(Debug, Clone)]
    pub struct RegisterLine {
        pub id: Uuid,
        pub code: Option<String>,
        pub procedure_name: String,
        /// JSON.
        pub applicant: String,
        pub accepted_at: Option<Timestamp>,
        pub due_at: Option<Timestamp>,
        pub finished_at: Option<Timestamp>,
        pub handed_over_at: Option<Timestamp>,
        pub ended_at: Option<Timestamp>,
        pub status: i32,
        pub deciding_unit: Uuid,
        pub handed_how: Option<String>,
    }
}

/// Which lines of a unit's queue.
#[derive(Debug, Clone)]
pub struct Wanted {
    pub unit: UnitId,
    pub pile: Pile,
    /// `%words%`, folded.
    pub like: Option<String>,
    pub channel: Option<String>,
    pub procedure: Option<String>,
    pub before: Timestamp,
}

/// Where the next page begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct After {
    pub next_at: Timestamp,
    pub id: Uuid,
}

pub fn waiting(tx: &mut Tx, unit: UnitId) -> Result<i64, StoreError> {
    let (count,): (i64,) = tx.one(WAITING, &[&unit.0])?;
    Ok(count)
}

/// Open dossiers of a unit by pile.
pub fn counts(tx: &mut Tx, unit: UnitId) -> Result<Vec<(String, i64)>, StoreError> {
    tx.all(COUNTS, &[&unit.0])
}

pub fn overdue_by_unit(tx: &mut Tx, now: Timestamp) -> Result<Vec<(Uuid, i64)>, StoreError> {
    tx.all(OVERDUE_BY_UNIT, &[&now])
}

pub fn held(
    tx: &mut Tx,
    wanted: &Wanted,
    after: Option<After>,
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    let (sql, start) = match wanted.pile == Pile::Ended {
        false => (HELD, After { next_at: Timestamp::UNIX_EPOCH, id: Uuid::nil() }),
        true => (ENDED, After { next_at: wanted.before, id: Uuid::max() }),
    };
    let (after, pile) = (after.unwrap_or(start), wanted.pile.as_str());
    let args: platform::store::Args<'_> = &[
        &wanted.unit.0,
        &pile,
        &wanted.like,
        &wanted.channel,
        &wanted.procedure,
        &wanted.before,
        &after.next_at,
        &after.id,
        &limit,
    ];
    tx.all(sql, args)
}

pub fn held_count(tx: &mut Tx, wanted: &Wanted) -> Result<i64, StoreError> {
    let pile = wanted.pile.as_str();
    let args: platform::store::Args<'_> =
        &[&wanted.unit.0, &pile, &wanted.like, &wanted.channel, &wanted.procedure, &wanted.before];
    let (count,): (i64,) = tx.one(HELD_COUNT, args)?;
    Ok(count)
}

/// Whose dossiers: of this subject (all, or only what the actor sent), and what the actor sent for
/// anybody when acting for nobody.
#[derive(Debug, Clone)]
pub struct Whose {
    pub subject: Uuid,
    /// By which dossiers without an account are known to be the subject's.
    pub key: Option<String>,
    pub sees_all: bool,
    pub actor: Uuid,
    pub for_oneself: bool,
}

pub fn of_citizen(tx: &mut Tx, whose: &Whose) -> Result<Vec<Line>, StoreError> {
    let args: platform::store::Args<'_> =
        &[&whose.subject, &whose.sees_all, &whose.actor, &whose.for_oneself, &whose.key];
    tx.all(OF_CITIZEN, args)
}

pub fn register(
    tx: &mut Tx,
    unit: UnitId,
    (from, to): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<RegisterLine>, StoreError> {
    tx.all(REGISTER, &[&unit.0, &from, &to, &limit])
}
