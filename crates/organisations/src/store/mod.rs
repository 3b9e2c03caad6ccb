//! All SQL of the catalogue, and how its rows become nouns.

mod changing;
pub mod days;
mod listing;
mod row;

pub use changing::*;
pub use listing::*;
pub use row::Kept;

use jiff::Timestamp;
use jiff::civil::Date;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::code::Code;
use crate::name::Name;
use crate::succession::Heir;
use crate::unit::{Unit, UnitId};

pub const UNIT: &str = "SELECT * FROM organisations_unit WHERE id = $1";
pub const UNIT_OF_CODE: &str = "SELECT u.* FROM organisations_code c
    JOIN organisations_unit u ON u.id = c.unit WHERE c.code = $1";
pub const BRIEF_OF_CODE: &str = "SELECT u.id, u.code, u.name, u.valid_from, u.valid_to
    FROM organisations_code c JOIN organisations_unit u ON u.id = c.unit WHERE c.code = $1";
pub const CODE_STANDING: &str = "SELECT standing FROM organisations_code WHERE code = $1";
pub const CODES_OF_UNIT: &str = "SELECT code, standing, since FROM organisations_code
    WHERE unit = $1 ORDER BY since DESC, code";
/// From the unit itself up to level 1.
pub const LINE_UP: &str = "WITH RECURSIVE line (id, parent) AS (
        SELECT id, parent FROM organisations_unit WHERE id = $1
        UNION
        SELECT u.id, u.parent FROM organisations_unit u JOIN line ON u.id = line.parent
    )
    SELECT u.* FROM line JOIN organisations_unit u ON u.id = line.id ORDER BY u.depth";
pub const FORMER_NAMES: &str = "SELECT name, valid_to FROM organisations_former_name
    WHERE unit = $1 ORDER BY valid_to DESC, name";
pub const HEIRS: &str = "SELECT s.successor, s.matter, u.valid_to FROM organisations_succession s
    JOIN organisations_unit u ON u.id = s.successor
    WHERE s.closed = $1 ORDER BY s.position, u.place";
pub const PREDECESSORS: &str = "SELECT u.* FROM organisations_succession s
    JOIN organisations_unit u ON u.id = s.closed
    WHERE s.successor = $1 ORDER BY u.depth, u.place LIMIT $2";
pub const PREDECESSOR_COUNT: &str =
    "SELECT COUNT(*) FROM organisations_succession WHERE successor = $1";
pub const CHANGES: &str = "SELECT id, at, actor_name, verb, reason, before, after
    FROM organisations_change WHERE unit = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
pub const REVISION: &str = "SELECT revision FROM organisations_tree WHERE id = 1";
pub const COMMUNE_OF_GSO: &str = "SELECT * FROM organisations_unit
    WHERE commune_gso = $1 AND kind = 'commune_committee'
      AND (valid_from IS NULL OR valid_from <= $2) AND (valid_to IS NULL OR valid_to >= $2)";
pub const COMMUNES_OF_GSO: &str = "SELECT * FROM organisations_unit WHERE commune_gso = $1
    AND kind = 'commune_committee' ORDER BY place";
pub const PROVINCE_OF_GSO: &str = "SELECT * FROM organisations_unit
    WHERE province_gso = $1 AND kind = 'province_committee'
      AND (valid_from IS NULL OR valid_from <= $2) AND (valid_to IS NULL OR valid_to >= $2)";
pub const CENTRE_BELOW: &str = "SELECT * FROM organisations_unit
    WHERE parent = $1 AND kind = 'one_stop_centre'
      AND (valid_from IS NULL OR valid_from <= $2) AND (valid_to IS NULL OR valid_to >= $2)
    ORDER BY place LIMIT 1";

record! {
    /// A code that means or meant a unit.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct KnownCode {
        pub code: Code,
        pub standing: String,
        pub since: Timestamp,
    }
}

record! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct FormerName {
        pub name: Name,
        /// Its last day.
        pub valid_to: Date,
    }
}

record! {
    struct HeirRow {
        successor: UnitId,
        matter: Option<String>,
        valid_to: Option<Date>,
    }
}

record! {
    /// As much of a unit as whoever sends to it needs.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Brief {
        pub id: UnitId,
        pub code: Code,
        pub name: Name,
        pub valid_from: Option<Date>,
        /// Its last day.
        pub valid_to: Option<Date>,
    }
}

record! {
    /// A line of a unit's history.
    #[derive(Debug, Clone, PartialEq)]
    pub struct ChangeRow {
        pub id: Uuid,
        pub at: Timestamp,
        pub actor_name: String,
        pub verb: String,
        pub reason: Option<String>,
        pub before: Option<serde_json::Value>,
        pub after: Option<serde_json::Value>,
    }
}

pub fn unit(tx: &mut Tx, id: UnitId) -> Result<Option<Unit>, StoreError> {
    Ok(tx.opt::<Kept>(UNIT, &[&id])?.map(|kept| kept.0))
}

/// The unit that this code means or meant, with what the code is to it today.
pub fn unit_of_code(tx: &mut Tx, code: &Code) -> Result<Option<(Unit, String)>, StoreError> {
    let key = code.key();
    let Some(Kept(unit)) = tx.opt::<Kept>(UNIT_OF_CODE, &[&key])? else { return Ok(None) };
    let (standing,): (String,) = tx.one(CODE_STANDING, &[&key])?;
    Ok(Some((unit, standing)))
}

pub fn brief_of_code(tx: &mut Tx, code: &Code) -> Result<Option<Brief>, StoreError> {
    tx.opt(BRIEF_OF_CODE, &[&code.key()])
}

/// From level 1 down to the unit itself.
pub fn line_up(tx: &mut Tx, id: UnitId) -> Result<Vec<Unit>, StoreError> {
    Ok(Kept::units(tx.all(LINE_UP, &[&id])?))
}

pub fn codes_of(tx: &mut Tx, id: UnitId) -> Result<Vec<KnownCode>, StoreError> {
    tx.all(CODES_OF_UNIT, &[&id])
}

pub fn former_names(tx: &mut Tx, id: UnitId) -> Result<Vec<FormerName>, StoreError> {
    tx.all(FORMER_NAMES, &[&id])
}

/// Those who took over directly, whether they are still there or not.
pub fn heirs(tx: &mut Tx, id: UnitId, on: Date) -> Result<Vec<Heir>, StoreError> {
    let rows: Vec<HeirRow> = tx.all(HEIRS, &[&id])?;
    Ok(rows
        .into_iter()
        .map(|row| Heir {
            unit: row.successor,
            matter: row.matter,
            closed: row.valid_to.is_some_and(|to| on > to),
        })
        .collect())
}

pub fn predecessors(tx: &mut Tx, id: UnitId, limit: i64) -> Result<(Vec<Unit>, i64), StoreError> {
    let units = Kept::units(tx.all(PREDECESSORS, &[&id, &limit])?);
    let (count,): (i64,) = tx.one(PREDECESSOR_COUNT, &[&id])?;
    Ok((units, count))
}

/// The latest changes first; `before` is the last one already shown.
pub fn changes(
    tx: &mut Tx,
    id: UnitId,
    before: Option<Uuid>,
    limit: i64,
) -> Result<Vec<ChangeRow>, StoreError> {
    tx.all(CHANGES, &[&id, &before.unwrap_or(Uuid::max()), &limit])
}

/// Rises with every change of the catalogue.
pub fn revision(tx: &mut Tx) -> Result<i64, StoreError> {
    tx.one(REVISION, &[]).map(|(revision,)| revision)
}

pub fn commune_of_gso(tx: &mut Tx, gso: &str, on: Date) -> Result<Option<Unit>, StoreError> {
    Ok(tx.opt::<Kept>(COMMUNE_OF_GSO, &[&gso, &on])?.map(|kept| kept.0))
}

/// All that ever had this code, now or before.
pub fn communes_of_gso(tx: &mut Tx, gso: &str) -> Result<Vec<Unit>, StoreError> {
    Ok(Kept::units(tx.all(COMMUNES_OF_GSO, &[&gso])?))
}

pub fn province_of_gso(tx: &mut Tx, gso: &str, on: Date) -> Result<Option<Unit>, StoreError> {
    Ok(tx.opt::<Kept>(PROVINCE_OF_GSO, &[&gso, &on])?.map(|kept| kept.0))
}

pub fn centre_below(tx: &mut Tx, id: UnitId, on: Date) -> Result<Option<Unit>, StoreError> {
    Ok(tx.opt::<Kept>(CENTRE_BELOW, &[&id, &on])?.map(|kept| kept.0))
}
