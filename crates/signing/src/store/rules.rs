//! Sealing rules.

use jiff::civil::Date;
use organisations::UnitId;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::rule::SealingRule;
use crate::submission::Scope;

pub const INSERT: &str = "INSERT INTO signing_sealing_rule (id, unit, scope, valid_from, valid_to,
        made_by, made_name, made_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
pub const OF_UNIT: &str =
    "SELECT id, unit, scope, valid_from, valid_to, made_by, made_name, made_at
    FROM signing_sealing_rule WHERE unit = $1 ORDER BY valid_from DESC, id DESC";
pub const BY_ID: &str = "SELECT id, unit, scope, valid_from, valid_to, made_by, made_name, made_at
    FROM signing_sealing_rule WHERE id = $1";
pub const IN_FORCE: &str = "SELECT id, unit, scope, valid_from, valid_to, made_by, made_name,
        made_at
    FROM signing_sealing_rule
    WHERE unit = $1 AND scope = $2 AND valid_from <= $3 AND (valid_to IS NULL OR valid_to >= $3)
    ORDER BY valid_from DESC LIMIT 1";
pub const END: &str = "UPDATE signing_sealing_rule SET valid_to = $2
    WHERE id = $1 AND (valid_to IS NULL OR valid_to > $2)";

pub fn insert(tx: &mut Tx, rule: &SealingRule) -> Result<(), StoreError> {
    tx.execute(
        INSERT,
        &[
            &rule.id,
            &rule.unit,
            &rule.scope,
            &rule.valid_from,
            &rule.valid_to,
            &rule.made_by,
            &rule.made_name,
            &rule.made_at,
        ],
    )
    .map(drop)
}

pub fn of_unit(tx: &mut Tx, unit: UnitId) -> Result<Vec<SealingRule>, StoreError> {
    tx.all(OF_UNIT, &[&unit])
}

pub fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<SealingRule>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

pub fn in_force(
    tx: &mut Tx,
    (unit, scope): (UnitId, Scope),
    on: Date,
) -> Result<Option<SealingRule>, StoreError> {
    tx.opt(IN_FORCE, &[&unit, &scope, &on])
}

/// From the day after `last` on it seals nothing.
pub fn end(tx: &mut Tx, id: Uuid, last: Date) -> Result<bool, StoreError> {
    Ok(tx.execute(END, &[&id, &last])? == 1)
}
