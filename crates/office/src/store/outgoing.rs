//! Documents that go out: put in, found, changed. Every change is over the version that was read.

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::fold::fold;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::book::Number;
use crate::document::{Direction, IncomingId, OutgoingId};
use crate::outgoing::{Content, Outgoing, State};
use crate::store::full_text;

pub const INSERT: &str = "INSERT INTO office_outgoing (id, unit, state, kind, subject, folded,
        urgency, due_on, paper, part, body, file, file_name, edition, author, author_name, answers,
        replaces, signer, made_at, changed_at, version, express_at)
    VALUES ($1, $2, 'draft', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1, $13, $14, $15, $16, $17,
        $18, $18, 1, $19)";
pub const BY_ID: &str = "SELECT id, unit, state, kind, subject, urgency, express_at, due_on, paper,
        part, body, file, file_name, edition, author, author_name, answers, replaces, signer,
        signer_name, capacity, submission, sealing, signed_file, book, ordinal, suffix, dated,
        notation, final_file, final_sha256, document_id, packet, issued_at, returned,
        returned_name, made_at, changed_at, version
    FROM office_outgoing WHERE id = $1";
pub const BY_DOCUMENT: &str = "SELECT id FROM office_outgoing
    WHERE unit = $1 AND document_id = $2";
pub const ANSWERING: &str = "SELECT id FROM office_outgoing
    WHERE answers = $1 AND state <> 'cancelled' ORDER BY made_at";
pub const CHANGE: &str = "UPDATE office_outgoing SET kind = $3, subject = $4, folded = $5,
        urgency = $6, due_on = $7, paper = $8, part = $9, body = $10, signer = $11, edition = $12,
        changed_at = $13, express_at = $14, version = version + 1
    WHERE id = $1 AND version = $2 AND state = 'draft'";
pub const PUT_FILE: &str = "UPDATE office_outgoing SET file = $3, file_name = $4, edition = $5,
        changed_at = $6, version = version + 1
    WHERE id = $1 AND version = $2 AND state = 'draft'";
pub const MOVE: &str = "UPDATE office_outgoing SET state = $3, changed_at = $4,
        version = version + 1
    WHERE id = $1 AND version = $2 AND issued_at IS NULL";
pub const RETURN: &str = "UPDATE office_outgoing SET state = 'draft', returned = $3,
        returned_name = $4, submission = NULL, sealing = NULL, signed_file = NULL, changed_at = $5,
        version = version + 1
    WHERE id = $1 AND version = $2 AND issued_at IS NULL";
pub const SUBMIT: &str = "UPDATE office_outgoing SET state = 'signing', submission = $3,
        signer = $4, signer_name = $5, capacity = $6, returned = NULL, returned_name = NULL,
        changed_at = $7, version = version + 1
    WHERE id = $1 AND version = $2 AND state IN ('draft', 'initialling')";
pub const SIGNED: &str = "UPDATE office_outgoing SET state = 'signed', signed_file = $3,
        changed_at = $4, version = version + 1
    WHERE id = $1 AND version = $2 AND state = 'signing'";
pub const NUMBERED: &str = "UPDATE office_outgoing SET state = 'numbered', book = $3, ordinal = $4,
        suffix = $5, dated = $6, notation = $7, document_id = $8, changed_at = $9,
        version = version + 1
    WHERE id = $1 AND version = $2 AND state = 'signed'";
pub const SEALING: &str = "UPDATE office_outgoing SET state = 'sealing', sealing = $3,
        changed_at = $4, version = version + 1
    WHERE id = $1 AND version = $2 AND state = 'numbered'";
pub const ISSUED: &str = "UPDATE office_outgoing SET state = 'issued', final_file = $3,
        final_sha256 = $4, packet = $5, issued_at = $6, changed_at = $6, paper = $7,
        version = version + 1
    WHERE id = $1 AND version = $2 AND state = 'sealing'";
pub const SET_DUE: &str = "UPDATE office_outgoing SET due_on = $3, changed_at = $4,
        version = version + 1
    WHERE id = $1 AND version = $2";
pub const TOUCH: &str = "UPDATE office_outgoing SET changed_at = $3, version = version + 1
    WHERE id = $1 AND version = $2";

/// What a new draft is besides its content.
#[derive(Debug, Clone)]
pub struct Beginning {
    pub id: OutgoingId,
    pub unit: UnitId,
    pub author: Uuid,
    pub author_name: String,
    pub answers: Option<IncomingId>,
    pub replaces: Option<OutgoingId>,
    pub at: Timestamp,
}

pub fn insert(tx: &mut Tx, new: &Beginning, content: &Content) -> Result<(), StoreError> {
    let none: Option<Uuid> = None;
    let no_name: Option<String> = None;
    tx.execute(
        INSERT,
        &[
            &new.id,
            &new.unit,
            &content.kind.code,
            &content.subject,
            &fold(&content.subject),
            &content.urgency,
            &content.due_on,
            &content.paper,
            &content.part,
            &content.body,
            &none,
            &no_name,
            &new.author,
            &new.author_name,
            &new.answers,
            &new.replaces,
            &content.signer,
            &new.at,
            &content.express_at,
        ],
    )?;
    full_text::changed(tx, Direction::Out, new.id.0)
}

/// Whether the version was still the one that was read; then its words are taken down again.
fn changed_at_once(tx: &mut Tx, id: OutgoingId, rows: u64) -> Result<bool, StoreError> {
    if rows == 1 {
        full_text::changed(tx, Direction::Out, id.0)?;
    }
    Ok(rows == 1)
}

pub fn by_id(tx: &mut Tx, id: OutgoingId) -> Result<Option<Outgoing>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

pub fn by_document(
    tx: &mut Tx,
    unit: UnitId,
    document_id: &str,
) -> Result<Option<OutgoingId>, StoreError> {
    first(tx.opt(BY_DOCUMENT, &[&unit, &document_id])?)
}

pub fn answering(tx: &mut Tx, incoming: IncomingId) -> Result<Vec<OutgoingId>, StoreError> {
    let rows: Vec<(OutgoingId,)> = tx.all(ANSWERING, &[&incoming])?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

fn first(row: Option<(OutgoingId,)>) -> Result<Option<OutgoingId>, StoreError> {
    Ok(row.map(|(id,)| id))
}

/// False when somebody else changed it meanwhile.
pub fn change(
    tx: &mut Tx,
    one: &Outgoing,
    (content, edition): (&Content, i64),
    at: Timestamp,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        CHANGE,
        &[
            &one.id,
            &one.version,
            &content.kind.code,
            &content.subject,
            &fold(&content.subject),
            &content.urgency,
            &content.due_on,
            &content.paper,
            &content.part,
            &content.body,
            &content.signer,
            &edition,
            &at,
            &content.express_at,
        ],
    )?;
    changed_at_once(tx, one.id, changed)
}

/// None: what is typed counts again.
pub fn put_file(
    tx: &mut Tx,
    one: &Outgoing,
    (file, edition): (Option<(Uuid, &str)>, i64),
    at: Timestamp,
) -> Result<bool, StoreError> {
    let (file, name) = file.unzip();
    let changed = tx.execute(PUT_FILE, &[&one.id, &one.version, &file, &name, &edition, &at])?;
    changed_at_once(tx, one.id, changed)
}

pub fn move_to(
    tx: &mut Tx,
    one: &Outgoing,
    state: State,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let changed = tx.execute(MOVE, &[&one.id, &one.version, &state, &at])?;
    changed_at_once(tx, one.id, changed)
}

pub fn give_back(
    tx: &mut Tx,
    one: &Outgoing,
    (reason, by): (&str, &str),
    at: Timestamp,
) -> Result<bool, StoreError> {
    let changed = tx.execute(RETURN, &[&one.id, &one.version, &reason, &by, &at])?;
    changed_at_once(tx, one.id, changed)
}

/// Before whom it is put.
#[derive(Debug, Clone)]
pub struct Signer {
    pub account: Uuid,
    pub name: String,
    pub capacity: String,
    pub delegation: Option<Uuid>,
}

pub fn submit(
    tx: &mut Tx,
    one: &Outgoing,
    (submission, signer): (Uuid, &Signer),
    at: Timestamp,
) -> Result<bool, StoreError> {
    let changed = tx.execute(
        SUBMIT,
        &[&one.id, &one.version, &submission, &signer.account, &signer.name, &signer.capacity, &at],
    )?;
    changed_at_once(tx, one.id, changed)
}

pub fn signed(tx: &mut Tx, one: &Outgoing, file: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    let changed = tx.execute(SIGNED, &[&one.id, &one.version, &file, &at])?;
    changed_at_once(tx, one.id, changed)
}

pub fn numbered(
    tx: &mut Tx,
    one: &Outgoing,
    number: &Number,
    (notation, document_id): (&str, &str),
    at: Timestamp,
) -> Result<bool, StoreError> {
    let (dated, suffix): (Date, &str) = (number.dated, &number.suffix);
    let changed = tx.execute(
        NUMBERED,
        &[
            &one.id,
            &one.version,
            &number.book,
            &number.ordinal,
            &suffix,
            &dated,
            &notation,
            &document_id,
            &at,
        ],
    )?;
    changed_at_once(tx, one.id, changed)
}

pub fn sealing(
    tx: &mut Tx,
    one: &Outgoing,
    submission: Uuid,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let changed = tx.execute(SEALING, &[&one.id, &one.version, &submission, &at])?;
    changed_at_once(tx, one.id, changed)
}

pub fn issued(
    tx: &mut Tx,
    one: &Outgoing,
    (file, sha256): (Uuid, &str),
    packet: Option<Uuid>,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let changed =
        tx.execute(ISSUED, &[&one.id, &one.version, &file, &sha256, &packet, &at, &one.paper])?;
    changed_at_once(tx, one.id, changed)
}

/// The deadline of a document that was sent.
pub fn set_due(tx: &mut Tx, one: &Outgoing, at: Timestamp) -> Result<bool, StoreError> {
    let changed = tx.execute(SET_DUE, &[&one.id, &one.version, &one.due_on, &at])?;
    changed_at_once(tx, one.id, changed)
}

/// For changes of what hangs on it: of two at once, one wins.
pub fn touch(tx: &mut Tx, one: &Outgoing, at: Timestamp) -> Result<bool, StoreError> {
    let changed = tx.execute(TOUCH, &[&one.id, &one.version, &at])?;
    changed_at_once(tx, one.id, changed)
}
