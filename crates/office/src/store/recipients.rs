//! Recipients of documents, and the groups in which they are named together.

use jiff::Timestamp;
use organisations::UnitId;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::document::OutgoingId;
use crate::recipient::{Group, Member, Recipient};

pub const INSERT: &str = "INSERT INTO office_recipient (id, outgoing, kind, code, account, name,
        is_addressed, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT DO NOTHING";
pub const REMOVE: &str = "DELETE FROM office_recipient WHERE id = $1 AND outgoing = $2";
pub const TAKE_OFF: &str = "UPDATE office_recipient SET removed_at = $3
    WHERE id = $1 AND outgoing = $2 AND removed_at IS NULL";
pub const OF: &str = "SELECT id, outgoing, kind, code, account, name, is_addressed, added_at,
        seen_at, recall_asked_at, removed_at FROM office_recipient
    WHERE outgoing = $1 ORDER BY added_at, id";
pub const SEEN: &str = "UPDATE office_recipient SET seen_at = $3
    WHERE outgoing = $1 AND account = $2 AND seen_at IS NULL";
pub const RECALL_ASKED: &str = "UPDATE office_recipient SET recall_asked_at = $3
    WHERE id = $1 AND outgoing = $2 AND removed_at IS NULL";

pub const INSERT_GROUP: &str = "INSERT INTO office_group (id, unit, name) VALUES ($1, $2, $3)
    ON CONFLICT (unit, name) WHERE ended_at IS NULL DO NOTHING";
pub const END_GROUP: &str = "UPDATE office_group SET ended_at = $3
    WHERE id = $1 AND unit = $2 AND ended_at IS NULL";
pub const GROUPS: &str = "SELECT g.id, g.unit, g.name,
        (SELECT COUNT(*) FROM office_group_member m WHERE m.grouping = g.id) AS members
    FROM office_group g WHERE g.unit = $1 AND g.ended_at IS NULL ORDER BY g.name";
pub const MEMBERS: &str = "SELECT code, name FROM office_group_member
    WHERE grouping = $1 ORDER BY name, code";
pub const PUT_MEMBER: &str = "INSERT INTO office_group_member (grouping, code, name)
    VALUES ($1, $2, $3) ON CONFLICT (grouping, code) DO UPDATE SET name = excluded.name";
pub const REMOVE_MEMBER: &str = "DELETE FROM office_group_member
    WHERE grouping = $1 AND code = $2";

/// False: it is named already.
pub fn insert(tx: &mut Tx, one: &Recipient) -> Result<bool, StoreError> {
    let put = tx.execute(
        INSERT,
        &[
            &one.id,
            &one.outgoing,
            &one.kind,
            &one.code,
            &one.account,
            &one.name,
            &one.is_addressed,
            &one.added_at,
        ],
    )?;
    Ok(put == 1)
}

/// Before anything was sent.
pub fn remove(tx: &mut Tx, id: Uuid, outgoing: OutgoingId) -> Result<bool, StoreError> {
    Ok(tx.execute(REMOVE, &[&id, &outgoing])? == 1)
}

/// After it was sent: what was sent stays known.
pub fn take_off(
    tx: &mut Tx,
    (id, outgoing): (Uuid, OutgoingId),
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(TAKE_OFF, &[&id, &outgoing, &at])? == 1)
}

pub fn of(tx: &mut Tx, outgoing: OutgoingId) -> Result<Vec<Recipient>, StoreError> {
    tx.all(OF, &[&outgoing])
}

pub fn seen(
    tx: &mut Tx,
    (outgoing, account): (OutgoingId, Uuid),
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(SEEN, &[&outgoing, &account, &at])? == 1)
}

pub fn recall_asked(tx: &mut Tx, one: &Recipient, at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(RECALL_ASKED, &[&one.id, &one.outgoing, &at])? == 1)
}

/// False: there is one of this name.
pub fn insert_group(
    tx: &mut Tx,
    (id, unit): (Uuid, UnitId),
    name: &str,
) -> Result<bool, StoreError> {
    Ok(tx.execute(INSERT_GROUP, &[&id, &unit, &name])? == 1)
}

pub fn end_group(
    tx: &mut Tx,
    (id, unit): (Uuid, UnitId),
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(END_GROUP, &[&id, &unit, &at])? == 1)
}

pub fn groups(tx: &mut Tx, unit: UnitId) -> Result<Vec<Group>, StoreError> {
    tx.all(GROUPS, &[&unit])
}

pub fn members(tx: &mut Tx, group: Uuid) -> Result<Vec<Member>, StoreError> {
    tx.all(MEMBERS, &[&group])
}

pub fn put_member(tx: &mut Tx, group: Uuid, one: &Member) -> Result<(), StoreError> {
    tx.execute(PUT_MEMBER, &[&group, &one.code, &one.name]).map(drop)
}

pub fn remove_member(tx: &mut Tx, group: Uuid, code: &str) -> Result<bool, StoreError> {
    Ok(tx.execute(REMOVE_MEMBER, &[&group, &code])? == 1)
}
