//! Links between documents.

use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::link::{Link, LinkKind};

pub const INSERT: &str = "INSERT INTO office_link (document, direction, kind, other,
        other_direction, unit, made_name, made_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING";
pub const REMOVE: &str = "DELETE FROM office_link WHERE document = $1 AND kind = $2 AND other = $3";
pub const OF: &str = "SELECT document, direction, kind, other, other_direction, unit, made_name,
        made_at
    FROM office_link WHERE document = $1 OR other = $1 ORDER BY made_at, document, other, kind";

/// False when they are linked so already.
pub fn insert(tx: &mut Tx, one: &Link) -> Result<bool, StoreError> {
    let done = tx.execute(
        INSERT,
        &[
            &one.document,
            &one.direction,
            &one.kind,
            &one.other,
            &one.other_direction,
            &one.unit,
            &one.made_name,
            &one.made_at,
        ],
    )?;
    Ok(done == 1)
}

pub fn remove(
    tx: &mut Tx,
    document: Uuid,
    kind: LinkKind,
    other: Uuid,
) -> Result<bool, StoreError> {
    Ok(tx.execute(REMOVE, &[&document, &kind, &other])? == 1)
}

/// From it and to it.
pub fn of(tx: &mut Tx, document: Uuid) -> Result<Vec<Link>, StoreError> {
    tx.all(OF, &[&document])
}
