//! Units that begin or are no longer on a day, and until which day that was told.

use jiff::Timestamp;
use jiff::civil::Date;
use platform::store::{StoreError, Tx};

use super::row::Kept;
use crate::unit::Unit;

pub const TOLD_UNTIL: &str = "SELECT told_until FROM organisations_day WHERE id = 1";
/// Of two who told the same day, either may say so.
pub const TOLD: &str = "UPDATE organisations_day SET told_until = $1
    WHERE id = 1 AND (told_until IS NULL OR told_until < $1)";
/// Whoever changed the unit on that day or later has told it by that.
pub const TURNING: &str = "SELECT u.* FROM organisations_unit u
    WHERE (u.valid_from = $1 OR u.valid_to = $2)
        AND NOT EXISTS (SELECT 1 FROM organisations_change c
            WHERE c.unit = u.id AND c.at >= $3)
    ORDER BY u.place LIMIT $4";

pub fn told_until(tx: &mut Tx) -> Result<Option<Date>, StoreError> {
    tx.one::<(Option<Date>,)>(TOLD_UNTIL, &[]).map(|(day,)| day)
}

pub fn told(tx: &mut Tx, day: Date) -> Result<(), StoreError> {
    tx.execute(TOLD, &[&day]).map(drop)
}

/// Units whose first day is `day`, or whose last was the day before; not changed since `midnight`.
pub fn turning(
    tx: &mut Tx,
    (before, day): (Date, Date),
    midnight: Timestamp,
    most: i64,
) -> Result<Vec<Unit>, StoreError> {
    Ok(Kept::units(tx.all(TURNING, &[&day, &before, &midnight, &most])?))
}
