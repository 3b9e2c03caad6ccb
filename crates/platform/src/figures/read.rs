//! Reading figures, for boards and badges.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Dimensions, fits, store, value_of};
use crate::store::{StoreError, Tx};

/// Days, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub first: Date,
    pub last: Date,
}

impl Period {
    pub fn day(day: Date) -> Period {
        Period { first: day, last: day }
    }

    /// From the beginning: nothing was counted before this century.
    pub fn until(last: Date) -> Period {
        Period { first: jiff::civil::date(2000, 1, 1), last }
    }
}

/// A counter over a period, of all that has these dimensions.
pub fn total(
    tx: &mut Tx,
    name: &str,
    wanted: Dimensions<'_>,
    period: Period,
) -> Result<i64, StoreError> {
    let sums = sums(tx, name, wanted, period)?;
    Ok(sums.iter().map(|(_, amount)| amount).sum())
}

/// A counter split by one dimension; what has no such dimension is left out.
pub fn by(
    tx: &mut Tx,
    name: &str,
    dimension: &str,
    wanted: Dimensions<'_>,
    period: Period,
) -> Result<BTreeMap<String, i64>, StoreError> {
    Ok(split(sums(tx, name, wanted, period)?, dimension))
}

/// A counter day by day; days without anything are left out.
pub fn by_day(
    tx: &mut Tx,
    name: &str,
    wanted: Dimensions<'_>,
    period: Period,
) -> Result<BTreeMap<Date, i64>, StoreError> {
    let rows: Vec<(Date, String, i64)> =
        tx.all(store::SUMS_BY_DAY, &[&name, &period.first, &period.last])?;
    let mut days = BTreeMap::new();
    for (day, dimensions, amount) in rows {
        if fits(&dimensions, wanted) {
            *days.entry(day).or_default() += amount;
        }
    }
    Ok(days)
}

/// The last value of a gauge up to a day, summed over all that has these dimensions; none when it
/// was never set.
pub fn latest(
    tx: &mut Tx,
    name: &str,
    wanted: Dimensions<'_>,
    day: Date,
) -> Result<Option<i64>, StoreError> {
    let gauges = gauges(tx, name, wanted, day)?;
    Ok((!gauges.is_empty()).then(|| gauges.iter().map(|(_, amount)| amount).sum()))
}

/// The last values of a gauge up to a day, split by one dimension.
pub fn latest_by(
    tx: &mut Tx,
    name: &str,
    dimension: &str,
    wanted: Dimensions<'_>,
    day: Date,
) -> Result<BTreeMap<String, i64>, StoreError> {
    Ok(split(gauges(tx, name, wanted, day)?, dimension))
}

/// Written dimensions and amounts.
type Amounts = Vec<(String, i64)>;

fn sums(
    tx: &mut Tx,
    name: &str,
    wanted: Dimensions<'_>,
    period: Period,
) -> Result<Amounts, StoreError> {
    let rows: Amounts = tx.all(store::SUMS, &[&name, &period.first, &period.last])?;
    Ok(rows.into_iter().filter(|(dimensions, _)| fits(dimensions, wanted)).collect())
}

fn gauges(
    tx: &mut Tx,
    name: &str,
    wanted: Dimensions<'_>,
    day: Date,
) -> Result<Amounts, StoreError> {
    let rows: Amounts = tx.all(store::LATEST, &[&name, &day])?;
    Ok(rows.into_iter().filter(|(dimensions, _)| fits(dimensions, wanted)).collect())
}

fn split(amounts: Amounts, dimension: &str) -> BTreeMap<String, i64> {
    let mut parts = BTreeMap::new();
    for (dimensions, amount) in amounts {
        if let Some(value) = value_of(&dimensions, dimension) {
            *parts.entry(value).or_default() += amount;
        }
    }
    parts
}
