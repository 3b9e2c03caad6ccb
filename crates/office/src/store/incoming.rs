//! Documents that came, and what came with them.

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::document::{Direction, IncomingId, Urgency};
use crate::incoming::{Incoming, IncomingFile, Pile, Sender, Source, State};
use crate::store::full_text;

pub const INSERT: &str = "INSERT INTO office_incoming (id, unit, source, delivery, packet,
        packet_sha256, signature, from_code, from_unit, from_name, document_id, number, notation,
        issued_on, issued_text, type_name, subject, signer, urgency, express_at, pages, more,
        state, is_frozen, edition, arrived_at, book, ordinal, suffix, registered_on, registered_at,
        registered_by, leader, leader_name, due_on, ended_at, ended_note, reply, reply_text,
        replaced_by, told, told_fault, owed, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37,
        $38, $39, $40, $41, $42, $43, $44)
    ON CONFLICT (delivery) DO NOTHING";
pub const BY_ID: &str = "SELECT id, unit, source, delivery, packet, packet_sha256, signature,
        from_code, from_unit, from_name, document_id, number, notation, issued_on, issued_text,
        type_name, subject, signer, urgency, express_at, pages, more, state, is_frozen, edition,
        arrived_at, book, ordinal, suffix, registered_on, registered_at, registered_by, leader,
        leader_name, due_on, ended_at, ended_note, reply, reply_text, replaced_by, told,
        told_fault, owed, version
    FROM office_incoming WHERE id = $1";
/// Only over the version that was read: of two who act at once, one wins.
pub const SAVE: &str = "UPDATE office_incoming SET number = $3, notation = $4, issued_on = $5,
        issued_text = $6, type_name = $7, subject = $8, signer = $9, urgency = $10, pages = $11,
        more = $12, state = $13, is_frozen = $14, edition = $15, book = $16, ordinal = $17,
        suffix = $18, registered_on = $19, registered_at = $20, registered_by = $21, leader = $22,
        leader_name = $23, due_on = $24, ended_at = $25, ended_note = $26, reply = $27,
        reply_text = $28, replaced_by = $29, told = $30, told_fault = $31, owed = $32,
        express_at = $33, version = version + 1
    WHERE id = $1 AND version = $2";
pub const BY_DELIVERY: &str = "SELECT id FROM office_incoming WHERE delivery = $1";
pub const BY_DOCUMENT: &str = "SELECT id FROM office_incoming
    WHERE unit = $1 AND (UPPER(from_code) = UPPER($2) OR from_unit = $4) AND document_id = $3
      AND state <> 'withdrawn'
    ORDER BY id DESC LIMIT 1";
/// The same document, as far as anybody can tell, that is here already.
pub const ALIKE: &str = "SELECT id FROM office_incoming
    WHERE unit = $1 AND id <> $2 AND state <> 'withdrawn'
      AND ((document_id <> '' AND document_id = $3
            AND (UPPER(from_code) = UPPER($4) OR from_unit = $10))
        OR (number <> '' AND number = $5 AND notation = $6
            AND (UPPER(from_code) = UPPER($4) OR from_unit = $10 OR from_name = $7)
            AND COALESCE(issued_text, '') = $8)
        OR (packet_sha256 <> '' AND packet_sha256 = $9))
    ORDER BY id LIMIT 5";
pub const PILE: &str = "SELECT i.id, i.source, i.from_name, i.number, i.notation, i.subject,
        i.type_name, i.urgency, i.express_at, i.state, i.is_frozen, i.ordinal, i.suffix, i.due_on,
        i.version
    FROM office_incoming i
    WHERE i.unit = $1 AND i.id < $2
      AND ($3 OR EXISTS (SELECT 1 FROM office_task t
        WHERE t.incoming = i.id AND t.account = $4 AND t.state <> 'called-off'))
      AND ($5 = 'tat-ca'
        OR ($5 = 'cho-tiep-nhan' AND i.state = 'arrived')
        OR ($5 = 'cho-xu-ly'
            AND i.state IN ('registered', 'submitted', 'assigned', 'handling'))
        OR ($5 = 'sap-den-han' AND i.due_on >= $6 AND i.due_on <= $7
            AND i.state IN ('registered', 'submitted', 'assigned', 'handling'))
        OR ($5 = 'qua-han' AND i.due_on < $6
            AND i.state IN ('registered', 'submitted', 'assigned', 'handling'))
        OR ($5 = 'da-xu-ly' AND i.state = 'done')
        OR ($5 = 'tra-lai' AND i.state = 'refused')
        OR ($5 = 'nhan-de-biet' AND EXISTS (SELECT 1 FROM office_task n
            WHERE n.incoming = i.id AND n.account = $4 AND n.role = 'information')))
    ORDER BY i.id DESC LIMIT $8";
/// Express at a set time and not done with, by the hour.
pub const EXPRESS: &str = "SELECT i.id, i.source, i.from_name, i.number, i.notation, i.subject,
        i.type_name, i.urgency, i.express_at, i.state, i.is_frozen, i.ordinal, i.suffix, i.due_on,
        i.version
    FROM office_incoming i
    WHERE i.unit = $1 AND i.express_at IS NOT NULL
      AND i.state IN ('arrived', 'registered', 'submitted', 'assigned', 'handling')
      AND ($2 OR EXISTS (SELECT 1 FROM office_task t
        WHERE t.incoming = i.id AND t.account = $3 AND t.state <> 'called-off'))
    ORDER BY i.express_at, i.id LIMIT 20";
pub const COUNTS: &str = "SELECT
        COALESCE(SUM(CASE WHEN i.state = 'arrived' THEN 1 ELSE 0 END), 0),
        COALESCE(SUM(CASE WHEN i.state IN ('registered', 'submitted', 'assigned', 'handling')
            THEN 1 ELSE 0 END), 0),
        COALESCE(SUM(CASE WHEN i.state IN ('registered', 'submitted', 'assigned', 'handling')
            AND i.due_on >= $4 AND i.due_on <= $5 THEN 1 ELSE 0 END), 0),
        COALESCE(SUM(CASE WHEN i.state IN ('registered', 'submitted', 'assigned', 'handling')
            AND i.due_on < $4 THEN 1 ELSE 0 END), 0)
    FROM office_incoming i
    WHERE i.unit = $1 AND i.state IN ('arrived', 'registered', 'submitted', 'assigned', 'handling')
      AND ($2 OR EXISTS (SELECT 1 FROM office_task t
        WHERE t.incoming = i.id AND t.account = $3 AND t.state <> 'called-off'))";
/// Closed here, and the sender was not told so.
pub const UNTOLD: &str = "SELECT id FROM office_incoming
    WHERE unit = $1 AND source = 'axis' AND state IN ('done', 'refused', 'registered', 'submitted',
        'assigned', 'handling', 'withdrawn')
      AND owed <> ''
    ORDER BY id LIMIT 200";
pub const CLOSED_LATELY: &str = "SELECT id FROM office_incoming
    WHERE unit = $1 AND source = 'axis' AND state = 'done' AND id > $2
    ORDER BY id DESC LIMIT 500";
pub const OF_SENDER: &str = "SELECT id FROM office_incoming
    WHERE unit = $1 AND (UPPER(from_code) = UPPER($2) OR from_unit = $3) AND state <> 'withdrawn'
    ORDER BY id DESC LIMIT 50";
pub const COUNT_IN_STATE: &str = "SELECT COUNT(*) FROM office_incoming
    WHERE unit = $1 AND state = $2";
pub const INSERT_FILE: &str = "INSERT INTO office_incoming_file (id, incoming, edition, ordinal,
        given_name, name, media, size_bytes, sha256, packed_sha256, is_announced, file, verdict,
        judged_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
pub const FILES: &str = "SELECT id, incoming, edition, ordinal, given_name, name, media,
        size_bytes, sha256, packed_sha256, is_announced, file, verdict, judged_at
    FROM office_incoming_file WHERE incoming = $1 ORDER BY edition DESC, ordinal";
pub const JUDGE_FILE: &str = "UPDATE office_incoming_file SET verdict = $2, judged_at = $3
    WHERE id = $1";
pub const EMPTY_FILE: &str = "UPDATE office_incoming_file SET file = NULL WHERE id = $1";

record! {
    /// As a list shows it.
    #[derive(Debug, Clone)]
    pub struct Line {
        pub id: IncomingId,
        pub source: Source,
        pub from_name: String,
        pub number: String,
        pub notation: String,
        pub subject: String,
        pub type_name: String,
        pub urgency: Urgency,
        pub express_at: Option<Timestamp>,
        pub state: State,
        pub is_frozen: bool,
        pub ordinal: Option<i64>,
        pub suffix: Option<String>,
        pub due_on: Option<Date>,
        pub version: i64,
    }
}

/// Whose documents are listed: all of the unit, or those in which an officer has a part.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    pub unit: UnitId,
    pub all: bool,
    pub account: Uuid,
}

/// False when the delivery was written down before.
pub fn insert(tx: &mut Tx, one: &Incoming) -> Result<bool, StoreError> {
    let done = tx.execute(
        INSERT,
        &[
            &one.id,
            &one.unit,
            &one.source,
            &one.delivery,
            &one.packet,
            &one.packet_sha256,
            &one.signature,
            &one.from_code,
            &one.from_unit,
            &one.from_name,
            &one.document_id,
            &one.number,
            &one.notation,
            &one.issued_on,
            &one.issued_text,
            &one.type_name,
            &one.subject,
            &one.signer,
            &one.urgency,
            &one.express_at,
            &one.pages,
            &one.more,
            &one.state,
            &one.is_frozen,
            &one.edition,
            &one.arrived_at,
            &one.book,
            &one.ordinal,
            &one.suffix,
            &one.registered_on,
            &one.registered_at,
            &one.registered_by,
            &one.leader,
            &one.leader_name,
            &one.due_on,
            &one.ended_at,
            &one.ended_note,
            &one.reply,
            &one.reply_text,
            &one.replaced_by,
            &one.told,
            &one.told_fault,
            &one.owed,
            &one.version,
        ],
    )?;
    if done == 1 {
        full_text::changed(tx, Direction::In, one.id.0)?;
    }
    Ok(done == 1)
}

pub fn by_id(tx: &mut Tx, id: IncomingId) -> Result<Option<Incoming>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

/// All that may change; false when somebody else was faster. The version is one more afterwards.
pub fn save(tx: &mut Tx, one: &mut Incoming) -> Result<bool, StoreError> {
    let done = tx.execute(
        SAVE,
        &[
            &one.id,
            &one.version,
            &one.number,
            &one.notation,
            &one.issued_on,
            &one.issued_text,
            &one.type_name,
            &one.subject,
            &one.signer,
            &one.urgency,
            &one.pages,
            &one.more,
            &one.state,
            &one.is_frozen,
            &one.edition,
            &one.book,
            &one.ordinal,
            &one.suffix,
            &one.registered_on,
            &one.registered_at,
            &one.registered_by,
            &one.leader,
            &one.leader_name,
            &one.due_on,
            &one.ended_at,
            &one.ended_note,
            &one.reply,
            &one.reply_text,
            &one.replaced_by,
            &one.told,
            &one.told_fault,
            &one.owed,
            &one.express_at,
        ],
    )?;
    if done == 1 {
        full_text::changed(tx, Direction::In, one.id.0)?;
    }
    one.version += 1;
    Ok(done == 1)
}

pub fn by_delivery(tx: &mut Tx, delivery: Uuid) -> Result<Option<IncomingId>, StoreError> {
    let found: Option<(IncomingId,)> = tx.opt(BY_DELIVERY, &[&delivery])?;
    Ok(found.map(|(id,)| id))
}

/// What this sender sent under this identifier, and did not take back: never another's.
pub fn by_document(
    tx: &mut Tx,
    unit: UnitId,
    (from, document_id): (Sender<'_>, &str),
) -> Result<Option<Incoming>, StoreError> {
    let found: Option<(IncomingId,)> =
        tx.opt(BY_DOCUMENT, &[&unit, &from.code, &document_id, &from.unit])?;
    match found {
        Some((id,)) => by_id(tx, id),
        None => Ok(None),
    }
}

pub fn alike(tx: &mut Tx, one: &Incoming) -> Result<Vec<IncomingId>, StoreError> {
    let found: Vec<(IncomingId,)> = tx.all(
        ALIKE,
        &[
            &one.unit,
            &one.id,
            &one.document_id,
            &one.from_code,
            &one.number,
            &one.notation,
            &one.from_name,
            &one.issued_text,
            &one.packet_sha256,
            &one.from_unit,
        ],
    )?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// A page of a pile, the newest first, below `before`.
pub fn pile(
    tx: &mut Tx,
    seen: Seen,
    (pile, before): (Pile, Uuid),
    (today, soon): (Date, Date),
    limit: i64,
) -> Result<Vec<Line>, StoreError> {
    let Seen { unit, all, account } = seen;
    tx.all(PILE, &[&unit, &before, &all, &account, &pile, &today, &soon, &limit])
}

/// What is express at a set time and not done with, the next hour first.
pub fn express(tx: &mut Tx, seen: Seen) -> Result<Vec<Line>, StoreError> {
    tx.all(EXPRESS, &[&seen.unit, &seen.all, &seen.account])
}

/// Arrived, open, soon due, overdue.
pub fn counts(
    tx: &mut Tx,
    seen: Seen,
    (today, soon): (Date, Date),
) -> Result<(i64, i64, i64, i64), StoreError> {
    tx.one(COUNTS, &[&seen.unit, &seen.all, &seen.account, &today, &soon])
}

pub fn untold(tx: &mut Tx, unit: UnitId) -> Result<Vec<IncomingId>, StoreError> {
    let found: Vec<(IncomingId,)> = tx.all(UNTOLD, &[&unit])?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

pub fn closed_lately(
    tx: &mut Tx,
    unit: UnitId,
    since: Uuid,
) -> Result<Vec<IncomingId>, StoreError> {
    let found: Vec<(IncomingId,)> = tx.all(CLOSED_LATELY, &[&unit, &since])?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

/// What a sender sent lately.
pub fn of_sender(
    tx: &mut Tx,
    unit: UnitId,
    from: Sender<'_>,
) -> Result<Vec<IncomingId>, StoreError> {
    let found: Vec<(IncomingId,)> = tx.all(OF_SENDER, &[&unit, &from.code, &from.unit])?;
    Ok(found.into_iter().map(|(id,)| id).collect())
}

pub fn count_in_state(tx: &mut Tx, unit: UnitId, state: State) -> Result<i64, StoreError> {
    let (count,) = tx.one(COUNT_IN_STATE, &[&unit, &state])?;
    Ok(count)
}

pub fn insert_file(tx: &mut Tx, one: &IncomingFile) -> Result<(), StoreError> {
    tx.execute(
        INSERT_FILE,
        &[
            &one.id,
            &one.incoming,
            &one.edition,
            &one.ordinal,
            &one.given_name,
            &one.name,
            &one.media,
            &one.size_bytes,
            &one.sha256,
            &one.packed_sha256,
            &one.is_announced,
            &one.file,
            &one.verdict,
            &one.judged_at,
        ],
    )
    .map(drop)
}

/// Of all editions, the newest first.
pub fn files(tx: &mut Tx, id: IncomingId) -> Result<Vec<IncomingFile>, StoreError> {
    tx.all(FILES, &[&id])
}

pub fn judge_file(
    tx: &mut Tx,
    (id, verdict): (Uuid, &str),
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(JUDGE_FILE, &[&id, &verdict, &at]).map(drop)
}

/// Its content is gone; what it was stays known.
pub fn empty_file(tx: &mut Tx, id: Uuid) -> Result<(), StoreError> {
    tx.execute(EMPTY_FILE, &[&id]).map(drop)
}
