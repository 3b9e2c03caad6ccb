//! Desks of agencies.

use jiff::Timestamp;
use organisations::UnitId;
use platform::store::{StoreError, Tx};

use crate::desk::{Desk, Facts};

pub const OF: &str = "SELECT unit, abbreviation, part, collective, address, email, telephone,
        opened_at, opened_name, closed_at FROM office_desk WHERE unit = $1";
pub const ALL: &str = "SELECT unit FROM office_desk ORDER BY unit";
pub const OPEN: &str = "INSERT INTO office_desk (unit, abbreviation, part, collective, address,
        email, telephone, opened_at, opened_name)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    ON CONFLICT (unit) DO UPDATE SET abbreviation = excluded.abbreviation, part = excluded.part,
        collective = excluded.collective, address = excluded.address, email = excluded.email,
        telephone = excluded.telephone, closed_at = NULL";
pub const CLOSE: &str = "UPDATE office_desk SET closed_at = $2
    WHERE unit = $1 AND closed_at IS NULL";

pub fn of(tx: &mut Tx, unit: UnitId) -> Result<Option<Desk>, StoreError> {
    tx.opt(OF, &[&unit])
}

/// Every unit that has or had an office here.
pub fn all(tx: &mut Tx) -> Result<Vec<UnitId>, StoreError> {
    let found: Vec<(UnitId,)> = tx.all(ALL, &[])?;
    Ok(found.into_iter().map(|(unit,)| unit).collect())
}

/// Opens it, or changes what it says.
pub fn open(
    tx: &mut Tx,
    unit: UnitId,
    facts: &Facts,
    (at, name): (Timestamp, &str),
) -> Result<(), StoreError> {
    tx.execute(
        OPEN,
        &[
            &unit,
            &facts.abbreviation,
            &facts.part,
            &facts.collective,
            &facts.address,
            &facts.email,
            &facts.telephone,
            &at,
            &name,
        ],
    )
    .map(drop)
}

pub fn close(tx: &mut Tx, unit: UnitId, at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(CLOSE, &[&unit, &at])? == 1)
}
