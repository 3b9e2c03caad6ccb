//! What changes the catalogue.

use jiff::Timestamp;
use jiff::civil::Date;
use platform::audit;
use platform::files;
use platform::store::{Arg, StoreError, Tx, row};
use uuid::Uuid;

use crate::code::Code;
use crate::name::Name;
use crate::place::place;
use crate::search::Hay;
use crate::unit::{Unit, UnitId};

pub const HOLD_TREE: &str =
    "UPDATE organisations_tree SET revision = revision + 1 WHERE id = 1 RETURNING revision";
pub const INSERT_UNIT: &str = "INSERT INTO organisations_unit (id, code, name, short_name, kind,
        level, parent, valid_from, valid_to, province_gso, commune_gso, provisional, note, address,
        phone, email, working_hours, map_link, version, place, depth)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21)";
pub const UPDATE_UNIT: &str = "UPDATE organisations_unit SET name = $3, short_name = $4, kind = $5,
        level = $6, valid_from = $7, valid_to = $8, province_gso = $9, commune_gso = $10,
        provisional = $11, note = $12, address = $13, phone = $14, email = $15,
        working_hours = $16, map_link = $17, version = version + 1
    WHERE id = $1 AND version = $2";
pub const RECODE_UNIT: &str = "UPDATE organisations_unit SET code = $3, place = $4, depth = $5,
        parent = $6, level = $7, provisional = $8, version = version + 1
    WHERE id = $1 AND version = $2";
pub const INSERT_CODE: &str = "INSERT INTO organisations_code (code, unit, standing, since)
    VALUES ($1, $2, $3, $4)";
pub const RETIRE_CODE: &str = "UPDATE organisations_code SET standing = 'former'
    WHERE unit = $1 AND standing = 'current'";
pub const REVIVE_CODE: &str = "UPDATE organisations_code SET standing = 'current'
    WHERE unit = $1 AND code = $2";
pub const DELETE_ALIAS: &str = "DELETE FROM organisations_code
    WHERE unit = $1 AND code = $2 AND standing = 'alias'";
pub const INSERT_FORMER_NAME: &str = "INSERT INTO organisations_former_name (unit, name, valid_to)
    VALUES ($1, $2, $3) ON CONFLICT (unit, name, valid_to) DO NOTHING";
pub const INSERT_SUCCESSION: &str = "INSERT INTO organisations_succession (closed, successor,
        position, matter)
    VALUES ($1, $2, $3, $4) ON CONFLICT (closed, successor) DO NOTHING";
pub const DELETE_SUCCESSIONS: &str = "DELETE FROM organisations_succession WHERE closed = $1";
pub const PUT_SEARCH: &str = "INSERT INTO organisations_search (unit, name, label, bare, hay)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (unit) DO UPDATE SET name = excluded.name, label = excluded.label,
        bare = excluded.bare, hay = excluded.hay";
pub const INSERT_CHANGE: &str = "INSERT INTO organisations_change (id, unit, at, actor, actor_name,
        verb, reason, before, after, revision)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
pub const CHILDREN_IN_FORCE: &str = "SELECT COUNT(*) FROM organisations_unit
    WHERE parent = $1 AND (valid_to IS NULL OR valid_to > $2)";
pub const SHEET_OF: &str = "SELECT file FROM organisations_sheet WHERE actor = $1";
pub const KEEP_SHEET: &str = "INSERT INTO organisations_sheet (actor, file, at) VALUES ($1, $2, $3)
    ON CONFLICT (actor) DO UPDATE SET file = excluded.file, at = excluded.at";
pub const FORGET_SHEET: &str = "DELETE FROM organisations_sheet WHERE actor = $1";

/// The first statement of every change: from here on nobody else changes the catalogue.
pub fn hold_tree(tx: &mut Tx) -> Result<i64, StoreError> {
    tx.one(HOLD_TREE, &[]).map(|(revision,)| revision)
}

/// The unit's row; its code and its words have rows of their own.
pub fn unit_row(unit: &Unit) -> Vec<Arg<'_>> {
    let depth = unit.code.depth().unwrap_or(1) as i64;
    let mut args = row(&[
        &unit.id,
        &unit.code,
        &unit.name,
        &unit.short_name,
        &unit.kind,
        &unit.level,
        &unit.parent,
        &unit.valid_from,
        &unit.valid_to,
        &unit.province_gso,
        &unit.commune_gso,
        &unit.provisional,
        &unit.note,
        &unit.contact.address,
        &unit.contact.phone,
        &unit.contact.email,
        &unit.contact.working_hours,
        &unit.contact.map_link,
        &unit.version,
    ]);
    args.push(Arg::Text(place(&unit.code).into()));
    args.push(Arg::Int(depth));
    args
}

pub fn insert_units(tx: &mut Tx, units: &[Unit]) -> Result<(), StoreError> {
    let rows: Vec<_> = units.iter().map(unit_row).collect();
    tx.insert_many(INSERT_UNIT, &rows)?;
    place_in_audit(tx, units)
}

/// The log of a unit is read by those above it, too: it has to know who that is.
fn place_in_audit(tx: &mut Tx, units: &[Unit]) -> Result<(), StoreError> {
    let places = units.iter().map(|unit| (unit.id.0, unit.parent.map(|above| above.0)));
    audit::place_offices(tx, &places.collect::<Vec<_>>())
}

/// False: somebody else changed it since it was read.
pub fn update_unit(tx: &mut Tx, unit: &Unit) -> Result<bool, StoreError> {
    let touched = tx.execute(
        UPDATE_UNIT,
        &[
            &unit.id,
            &unit.version,
            &unit.name,
            &unit.short_name,
            &unit.kind,
            &unit.level,
            &unit.valid_from,
            &unit.valid_to,
            &unit.province_gso,
            &unit.commune_gso,
            &unit.provisional,
            &unit.note,
            &unit.contact.address,
            &unit.contact.phone,
            &unit.contact.email,
            &unit.contact.working_hours,
            &unit.contact.map_link,
        ],
    )?;
    Ok(touched == 1)
}

/// Gives the unit another code; the one it had goes on meaning it.
pub fn recode_unit(tx: &mut Tx, unit: &Unit, since: Timestamp) -> Result<bool, StoreError> {
    let depth = unit.code.depth().unwrap_or(1) as i64;
    let touched = tx.execute(
        RECODE_UNIT,
        &[
            &unit.id,
            &unit.version,
            &unit.code,
            &place(&unit.code),
            &depth,
            &unit.parent,
            &unit.level,
            &unit.provisional,
        ],
    )?;
    if touched == 0 {
        return Ok(false);
    }
    place_in_audit(tx, std::slice::from_ref(unit))?;
    tx.execute(RETIRE_CODE, &[&unit.id])?;
    // A unit may come back to a code it had; nobody else may have it.
    if tx.execute(REVIVE_CODE, &[&unit.id, &unit.code.key()])? == 0 {
        insert_codes(tx, &[(unit.id, &unit.code, "current")], since)?;
    }
    Ok(true)
}

pub fn insert_codes(
    tx: &mut Tx,
    codes: &[(UnitId, &Code, &'static str)],
    since: Timestamp,
) -> Result<(), StoreError> {
    let keys: Vec<String> = codes.iter().map(|(_, code, _)| code.key()).collect();
    let rows: Vec<_> = codes
        .iter()
        .zip(&keys)
        .map(|((unit, _, standing), key)| row(&[key, unit, standing, &since]))
        .collect();
    tx.insert_many(INSERT_CODE, &rows).map(drop)
}

/// False: the unit has no such alias.
pub fn delete_alias(tx: &mut Tx, unit: UnitId, code: &Code) -> Result<bool, StoreError> {
    Ok(tx.execute(DELETE_ALIAS, &[&unit, &code.key()])? == 1)
}

pub fn insert_former_names(tx: &mut Tx, names: &[(UnitId, &Name, Date)]) -> Result<(), StoreError> {
    let rows: Vec<_> = names.iter().map(|(unit, name, until)| row(&[unit, *name, until])).collect();
    tx.insert_many(INSERT_FORMER_NAME, &rows).map(drop)
}

/// Each heir with what it took over, in the order given.
pub fn insert_successions(
    tx: &mut Tx,
    successions: &[(UnitId, UnitId, i64, Option<&str>)],
) -> Result<(), StoreError> {
    let rows: Vec<_> = successions
        .iter()
        .map(|(closed, heir, position, matter)| row(&[closed, heir, position, matter]))
        .collect();
    tx.insert_many(INSERT_SUCCESSION, &rows).map(drop)
}

pub fn delete_successions(tx: &mut Tx, closed: UnitId) -> Result<(), StoreError> {
    tx.execute(DELETE_SUCCESSIONS, &[&closed]).map(drop)
}

/// What units are found by.
pub fn put_search(tx: &mut Tx, words: &[Hay]) -> Result<(), StoreError> {
    let rows: Vec<_> = words
        .iter()
        .map(|hay| row(&[&hay.unit, &hay.name, &hay.label, &hay.bare, &hay.words]))
        .collect();
    tx.insert_many(PUT_SEARCH, &rows).map(drop)
}

/// One line of history, ready to be kept.
pub struct NewChange {
    pub id: Uuid,
    pub unit: UnitId,
    pub at: Timestamp,
    pub actor: Option<Uuid>,
    pub actor_name: String,
    pub verb: &'static str,
    pub reason: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Of the revision that [`hold_tree`] began.
pub fn insert_changes(tx: &mut Tx, changes: &[NewChange]) -> Result<(), StoreError> {
    let revision = super::revision(tx)?;
    let rows: Vec<_> = changes
        .iter()
        .map(|change| {
            row(&[
                &change.id,
                &change.unit,
                &change.at,
                &change.actor,
                &change.actor_name,
                &change.verb,
                &change.reason,
                &change.before,
                &change.after,
                &revision,
            ])
        })
        .collect();
    tx.insert_many(INSERT_CHANGE, &rows).map(drop)
}

/// How many units directly below outlive this day.
pub fn children_after(tx: &mut Tx, unit: UnitId, last_day: Date) -> Result<i64, StoreError> {
    tx.one(CHILDREN_IN_FORCE, &[&unit, &last_day]).map(|(count,)| count)
}

/// The sheet that an officer brought and has not applied yet.
pub fn sheet_of(tx: &mut Tx, actor: Uuid) -> Result<Option<Uuid>, StoreError> {
    Ok(tx.opt::<(Uuid,)>(SHEET_OF, &[&actor])?.map(|(file,)| file))
}

pub fn keep_sheet(tx: &mut Tx, actor: Uuid, file: Uuid, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(KEEP_SHEET, &[&actor, &file, &at]).map(drop)
}

/// Gives up the sheet, and the file with it.
pub fn forget_sheet(tx: &mut Tx, actor: Uuid) -> Result<(), StoreError> {
    if let Some(file) = sheet_of(tx, actor)? {
        files::forget(tx, file)?;
        tx.execute(FORGET_SHEET, &[&actor])?;
    }
    Ok(())
}
