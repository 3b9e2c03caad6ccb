//! Figures: counters and gauges with dimensions, written where things happen and read by boards
//! that know nothing of those who write.
//!
//! A counter is added to in the unit that counts: it is there if the thing is, and read back at
//! once. On PostgreSQL units of work run side by side, and one row for all of them would make them
//! queue up; so each addition is a row of its own, which a job folds together later. Readers add
//! both. A gauge keeps the last value of each day.
//!
//! A figure with `[("unit", "H29.5"), ("channel", "online")]` can be read as a whole, for one unit,
//! or split by either. No names of persons in dimensions.

mod fold;
mod read;
mod store;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::civil::Date;

pub use fold::{JOB, SCHEDULE, fold};
pub use read::{Period, by, by_day, latest, latest_by, total};

use crate::clock::local;
use crate::store::{StoreError, Tx};

/// Names and values, in any order.
pub type Dimensions<'a> = &'a [(&'a str, &'a str)];

/// Adds to a counter on the day of `at`, in Vietnam.
pub fn add(
    tx: &mut Tx,
    name: &'static str,
    dimensions: Dimensions<'_>,
    at: Timestamp,
    amount: i64,
) -> Result<(), StoreError> {
    let (day, written): (Date, String) = (local(at).date(), written(dimensions));
    tx.execute(store::ADD, &[&name, &written, &day, &amount, &at])?;
    Ok(())
}

/// Sets a gauge; an older value never replaces a newer one.
pub fn set(
    tx: &mut Tx,
    name: &'static str,
    dimensions: Dimensions<'_>,
    at: Timestamp,
    amount: i64,
) -> Result<(), StoreError> {
    let (day, written): (Date, String) = (local(at).date(), written(dimensions));
    tx.execute(store::SET, &[&name, &written, &day, &amount, &at])?;
    Ok(())
}

/// `channel=online;unit=H29.5`: sorted, so that the order of writing does not matter.
fn written(dimensions: Dimensions<'_>) -> String {
    let mut pairs: Vec<String> =
        dimensions.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    pairs.sort_unstable();
    pairs.join(";")
}

fn escaped(value: &str) -> String {
    value.replace('%', "%25").replace(';', "%3B").replace('=', "%3D")
}

/// The value of a dimension in its written form.
fn value_of(written: &str, name: &str) -> Option<String> {
    written.split(';').find_map(|pair| {
        let (found, value) = pair.split_once('=')?;
        (found == name).then(|| value.replace("%3D", "=").replace("%3B", ";").replace("%25", "%"))
    })
}

fn fits(written: &str, wanted: Dimensions<'_>) -> bool {
    wanted.iter().all(|(name, value)| value_of(written, name).as_deref() == Some(*value))
}
