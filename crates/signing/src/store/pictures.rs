//! Pictures of signatures and seals.

use jiff::Timestamp;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::picture::{Kind, Picture};

pub const INSERT: &str = "INSERT INTO signing_picture (id, kind, owner, file, sha256, width_pixels,
        height_pixels, width_tenths_mm, height_tenths_mm, put_at, put_by, put_name)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
/// The newest first.
pub const OF_OWNER: &str = "SELECT id, kind, owner, file, sha256, width_pixels, height_pixels,
        width_tenths_mm, height_tenths_mm, put_at, put_by, put_name, ended_at, ended_name
    FROM signing_picture WHERE kind = $1 AND owner = $2 ORDER BY put_at DESC, id DESC LIMIT 50";
pub const BY_ID: &str = "SELECT id, kind, owner, file, sha256, width_pixels, height_pixels,
        width_tenths_mm, height_tenths_mm, put_at, put_by, put_name, ended_at, ended_name
    FROM signing_picture WHERE id = $1";
pub const IN_USE: &str = "SELECT id, kind, owner, file, sha256, width_pixels, height_pixels,
        width_tenths_mm, height_tenths_mm, put_at, put_by, put_name, ended_at, ended_name
    FROM signing_picture
    WHERE kind = $1 AND owner = $2 AND put_at <= $3 AND (ended_at IS NULL OR ended_at > $3)
    ORDER BY put_at DESC, id DESC LIMIT 1";
pub const SEALED_UNITS: &str = "SELECT owner FROM signing_picture
    WHERE kind = 'seal' AND ended_at IS NULL ORDER BY owner";
pub const END: &str = "UPDATE signing_picture SET ended_at = $3, ended_name = $4
    WHERE kind = $1 AND owner = $2 AND ended_at IS NULL";

pub fn insert(tx: &mut Tx, one: &Picture) -> Result<(), StoreError> {
    tx.execute(
        INSERT,
        &[
            &one.id,
            &one.kind,
            &one.owner,
            &one.file,
            &one.sha256,
            &one.width_pixels,
            &one.height_pixels,
            &one.width_tenths_mm,
            &one.height_tenths_mm,
            &one.put_at,
            &one.put_by,
            &one.put_name,
        ],
    )
    .map(drop)
}

pub fn of_owner(tx: &mut Tx, kind: Kind, owner: Uuid) -> Result<Vec<Picture>, StoreError> {
    tx.all(OF_OWNER, &[&kind, &owner])
}

pub fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<Picture>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

/// The picture that was in use at a moment.
pub fn in_use(
    tx: &mut Tx,
    (kind, owner): (Kind, Uuid),
    at: Timestamp,
) -> Result<Option<Picture>, StoreError> {
    tx.opt(IN_USE, &[&kind, &owner, &at])
}

/// Every unit whose seal has a picture.
pub fn sealed_units(tx: &mut Tx) -> Result<Vec<Uuid>, StoreError> {
    let rows: Vec<(Uuid,)> = tx.all(SEALED_UNITS, &[])?;
    Ok(rows.into_iter().map(|(unit,)| unit).collect())
}

/// False when none is in use.
pub fn end(
    tx: &mut Tx,
    (kind, owner): (Kind, Uuid),
    at: Timestamp,
    name: &str,
) -> Result<bool, StoreError> {
    Ok(tx.execute(END, &[&kind, &owner, &at, &name])? == 1)
}
