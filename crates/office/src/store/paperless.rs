//! The catalogue of types sent without a copy on paper.

use jiff::civil::Date;
use organisations::UnitId;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::catalogue::Paperless;

pub const INSERT: &str = "INSERT INTO office_paperless (id, unit, document_type, valid_from,
        valid_to, basis, made_by, made_name, made_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub const BY_ID: &str = "SELECT id, unit, document_type, valid_from, valid_to, basis, made_by,
        made_name, made_at
    FROM office_paperless WHERE id = $1";
pub const OF_UNIT: &str = "SELECT id, unit, document_type, valid_from, valid_to, basis, made_by,
        made_name, made_at
    FROM office_paperless WHERE unit = $1 ORDER BY valid_from DESC, document_type, id";
pub const IN_FORCE: &str = "SELECT id, unit, document_type, valid_from, valid_to, basis, made_by,
        made_name, made_at
    FROM office_paperless
    WHERE unit = $1 AND document_type = $2 AND valid_from <= $3
      AND (valid_to IS NULL OR valid_to >= $3)
    ORDER BY valid_from DESC LIMIT 1";
pub const END: &str = "UPDATE office_paperless SET valid_to = $2
    WHERE id = $1 AND valid_from <= $2 AND (valid_to IS NULL OR valid_to > $2)";
pub const REMOVE: &str = "DELETE FROM office_paperless WHERE id = $1 AND valid_from > $2";

pub fn insert(tx: &mut Tx, one: &Paperless) -> Result<(), StoreError> {
    tx.execute(
        INSERT,
        &[
            &one.id,
            &one.unit,
            &one.document_type,
            &one.valid_from,
            &one.valid_to,
            &one.basis,
            &one.made_by,
            &one.made_name,
            &one.made_at,
        ],
    )
    .map(drop)
}

pub fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<Paperless>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

pub fn of_unit(tx: &mut Tx, unit: UnitId) -> Result<Vec<Paperless>, StoreError> {
    tx.all(OF_UNIT, &[&unit])
}

pub fn in_force(
    tx: &mut Tx,
    unit: UnitId,
    document_type: &str,
    on: Date,
) -> Result<Option<Paperless>, StoreError> {
    tx.opt(IN_FORCE, &[&unit, &document_type, &on])
}

/// `last` is its last day; false when it ended before or begins later.
pub fn end(tx: &mut Tx, id: Uuid, last: Date) -> Result<bool, StoreError> {
    Ok(tx.execute(END, &[&id, &last])? == 1)
}

/// Only one that has not begun today.
pub fn remove(tx: &mut Tx, id: Uuid, today: Date) -> Result<bool, StoreError> {
    Ok(tx.execute(REMOVE, &[&id, &today])? == 1)
}
