//! Links: what they are, who is at them, which codes go there, what agencies are called there.

use jiff::Timestamp;
use jiff::civil::Date;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::link::{CodePair, Cover, Health, Link};

pub const INSERT: &str = "INSERT INTO axis_link (id, name, address, system_id, secret,
        every_seconds, made_by, made_name, made_at, health, health_since, health_detail, failures,
        next_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'untried', $9, '', 0, $9)";
pub const UPDATE: &str =
    "UPDATE axis_link SET name = $2, address = $3, system_id = $4, secret = $5,
        every_seconds = $6, failures = 0, next_at = $7
    WHERE id = $1 AND ended_at IS NULL";
pub const ALL: &str = "SELECT id, name, address, system_id, secret, every_seconds, made_by,
        made_name, made_at, ended_at, health, health_since, health_detail, failures, asked_at,
        next_at, agencies_at
    FROM axis_link ORDER BY made_at, id";
pub const ONE: &str = "SELECT id, name, address, system_id, secret, every_seconds, made_by,
        made_name, made_at, ended_at, health, health_since, health_detail, failures, asked_at,
        next_at, agencies_at
    FROM axis_link WHERE id = $1";
pub const END: &str = "UPDATE axis_link SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL";
pub const WAKE: &str = "UPDATE axis_link SET next_at = $2 WHERE id = $1 AND ended_at IS NULL";
pub const DUE: &str = "SELECT id FROM axis_link
    WHERE ended_at IS NULL AND (held_until IS NULL OR held_until <= $1)
        AND (next_at <= $1 OR (failures = 0 AND EXISTS (SELECT 1 FROM axis_delivery d
            WHERE d.link = axis_link.id AND d.route = 'link'
                AND d.transport IN ('initial', 'processing') AND d.recalled_at IS NULL
                AND (d.next_at IS NULL OR d.next_at <= $1))))
    ORDER BY id";
pub const HOLD: &str = "UPDATE axis_link SET holder = $2, held_until = $3
    WHERE id = $1 AND ended_at IS NULL AND (held_until IS NULL OR held_until <= $4)";
pub const HOLD_ON: &str = "UPDATE axis_link SET held_until = $3 WHERE id = $1 AND holder = $2";
pub const LET_GO: &str = "UPDATE axis_link SET held_until = NULL, holder = NULL, health = $3,
        health_since = CASE WHEN health = $3 THEN health_since ELSE $5 END, health_detail = $4,
        asked_at = $5, failures = $6, next_at = $7
    WHERE id = $1 AND holder = $2";

pub const INSERT_COVER: &str = "INSERT INTO axis_link_cover (prefix, link, valid_from, valid_to)
    VALUES ($1, $2, $3, $4)";
/// Whoever changes what is covered touches the first link: two who do it at a time see each other.
pub const TOUCH_COVERS: &str = "UPDATE axis_link SET name = name
    WHERE id = (SELECT id FROM axis_link ORDER BY made_at, id LIMIT 1)";
/// Of links in use: an ended one covers nothing.
pub const COVERS: &str = "SELECT c.prefix, c.link, c.valid_from, c.valid_to
    FROM axis_link_cover c JOIN axis_link l ON l.id = c.link
    WHERE l.ended_at IS NULL ORDER BY c.prefix, c.valid_from";
pub const COVERS_OF: &str = "SELECT prefix, link, valid_from, valid_to FROM axis_link_cover
    WHERE link = $1 ORDER BY prefix, valid_from";
/// What begins today or later is not kept.
pub const END_COVER: &str = "UPDATE axis_link_cover SET valid_to = $4
    WHERE link = $1 AND prefix = $2 AND valid_from = $3 AND valid_from < $4
        AND (valid_to IS NULL OR valid_to > $4)";
pub const REMOVE_COVER: &str = "DELETE FROM axis_link_cover
    WHERE link = $1 AND prefix = $2 AND valid_from = $3 AND valid_from >= $4";

pub const INSERT_CODE: &str = "INSERT INTO axis_link_code (id, link, ours, theirs, valid_from,
        valid_to)
    VALUES ($1, $2, $3, $4, $5, $6)";
pub const CODES: &str = "SELECT id, link, ours, theirs, valid_from, valid_to FROM axis_link_code
    WHERE link = $1 ORDER BY ours, valid_from DESC, id";
/// A pair that never was in force is not kept.
pub const END_CODE: &str = "UPDATE axis_link_code SET valid_to = $3
    WHERE id = $1 AND link = $2 AND valid_from <= $3 AND (valid_to IS NULL OR valid_to > $3)";
pub const REMOVE_CODE: &str = "DELETE FROM axis_link_code
    WHERE id = $1 AND link = $2 AND valid_from > $3";

/// How a round ended.
#[derive(Debug, Clone)]
pub struct RoundEnd {
    pub health: Health,
    pub detail: String,
    pub at: Timestamp,
    pub failures: i64,
    pub next_at: Timestamp,
}

pub fn insert(tx: &mut Tx, link: &Link) -> Result<(), StoreError> {
    tx.execute(
        INSERT,
        &[
            &link.id,
            &link.name,
            &link.address,
            &link.system_id,
            &link.secret,
            &link.every_seconds,
            &link.made_by,
            &link.made_name,
            &link.made_at,
        ],
    )
    .map(drop)
}

/// False when there is none that is in use.
pub fn update(tx: &mut Tx, link: &Link, now: Timestamp) -> Result<bool, StoreError> {
    let changed = tx.execute(
        UPDATE,
        &[
            &link.id,
            &link.name,
            &link.address,
            &link.system_id,
            &link.secret,
            &link.every_seconds,
            &now,
        ],
    )?;
    Ok(changed == 1)
}

/// All there ever were, the oldest first.
pub fn all(tx: &mut Tx) -> Result<Vec<Link>, StoreError> {
    tx.all(ALL, &[])
}

pub fn one(tx: &mut Tx, id: Uuid) -> Result<Option<Link>, StoreError> {
    tx.opt(ONE, &[&id])
}

pub fn end(tx: &mut Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(END, &[&id, &at])? == 1)
}

pub fn wake(tx: &mut Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(WAKE, &[&id, &at])? == 1)
}

/// Links whose turn it is, or that have something to take, and that nobody holds.
pub fn due(tx: &mut Tx, now: Timestamp) -> Result<Vec<Uuid>, StoreError> {
    Ok(tx.all::<(Uuid,)>(DUE, &[&now])?.into_iter().map(|(id,)| id).collect())
}

pub fn is_any_due(tx: &mut Tx, now: Timestamp) -> Result<bool, StoreError> {
    Ok(!due(tx, now)?.is_empty())
}

/// Takes a link for a round; false when another has it.
pub fn hold(
    tx: &mut Tx,
    (id, holder): (Uuid, Uuid),
    (now, until): (Timestamp, Timestamp),
) -> Result<bool, StoreError> {
    Ok(tx.execute(HOLD, &[&id, &holder, &until, &now])? == 1)
}

pub fn hold_on(
    tx: &mut Tx,
    (id, holder): (Uuid, Uuid),
    until: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(HOLD_ON, &[&id, &holder, &until])? == 1)
}

pub fn let_go(tx: &mut Tx, (id, holder): (Uuid, Uuid), end: &RoundEnd) -> Result<bool, StoreError> {
    let RoundEnd { health, detail, at, failures, next_at } = end;
    Ok(tx.execute(LET_GO, &[&id, &holder, health, detail, at, failures, next_at])? == 1)
}

pub fn touch_covers(tx: &mut Tx) -> Result<(), StoreError> {
    tx.execute(TOUCH_COVERS, &[]).map(drop)
}

pub fn insert_cover(tx: &mut Tx, new: &Cover) -> Result<(), StoreError> {
    let Cover { prefix, link, valid_from, valid_to } = new;
    tx.execute(INSERT_COVER, &[prefix, link, valid_from, valid_to]).map(drop)
}

/// Of all links in use, whatever the day.
pub fn covers(tx: &mut Tx) -> Result<Vec<Cover>, StoreError> {
    tx.all(COVERS, &[])
}

pub fn covers_of(tx: &mut Tx, link: Uuid) -> Result<Vec<Cover>, StoreError> {
    tx.all(COVERS_OF, &[&link])
}

/// `today` is its last day; what begins today or later is taken back altogether. False when it has
/// ended already.
pub fn end_cover(
    tx: &mut Tx,
    (link, prefix, valid_from): (Uuid, &str, Date),
    today: Date,
) -> Result<bool, StoreError> {
    let named: [&(dyn platform::store::ToArg + Sync); 4] = [&link, &prefix, &valid_from, &today];
    let ended = tx.execute(END_COVER, &named)?;
    let removed = tx.execute(REMOVE_COVER, &named)?;
    Ok(ended + removed == 1)
}

pub fn insert_code(tx: &mut Tx, pair: &CodePair) -> Result<(), StoreError> {
    let CodePair { id, link, ours, theirs, valid_from, valid_to } = pair;
    tx.execute(INSERT_CODE, &[id, link, ours, theirs, valid_from, valid_to]).map(drop)
}

pub fn codes(tx: &mut Tx, link: Uuid) -> Result<Vec<CodePair>, StoreError> {
    tx.all(CODES, &[&link])
}

/// From `last` on, the pair is in force no more.
pub fn end_code(tx: &mut Tx, (link, id): (Uuid, Uuid), last: Date) -> Result<bool, StoreError> {
    let ended = tx.execute(END_CODE, &[&id, &link, &last])?;
    let removed = tx.execute(REMOVE_CODE, &[&id, &link, &last])?;
    Ok(ended + removed == 1)
}
