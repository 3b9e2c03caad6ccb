//! Folding the latest additions into one row a name, dimensions and day.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::store;
use crate::Ctx;
use crate::jobs::{Every, JobError, JobKind, Schedule};
use crate::store::{StoreError, Tx, row};

/// Additions folded in one unit: it must not hold up those who wait behind it.
const PAGE: i64 = 2_000;

pub const JOB: JobKind =
    JobKind { kind: "platform.figures", run: |ctx, _| Box::pin(fold_all(ctx)) };

pub const SCHEDULE: Schedule = Schedule {
    kind: JOB.kind,
    every: Every::Look { seconds: 60, when: |tx, _| something_to_fold(tx) },
};

async fn fold_all(ctx: Ctx) -> Result<(), JobError> {
    while ctx.store.write(fold).await? > 0 {}
    Ok(())
}

fn something_to_fold(tx: &mut Tx) -> Result<bool, StoreError> {
    Ok(tx.opt::<(i64,)>(store::ANY_CHANGE, &[])?.is_some())
}

type Change = (String, String, Date, i64);

/// Folds a page of additions; answers how many there were.
pub fn fold(tx: &mut Tx) -> Result<usize, StoreError> {
    let (cut,): (Option<Timestamp>,) = tx.one(store::CUT, &[&PAGE])?;
    let Some(cut) = cut else { return Ok(0) };
    // What two folders see at once, only one of them gets to delete, and so to add.
    let changes: Vec<Change> = tx.all(store::TAKE_CHANGES, &[&cut])?;
    let count = changes.len();
    // In one order for all processes: rows are locked in it, and nobody waits in a circle.
    let mut sums: BTreeMap<(String, String, Date), i64> = BTreeMap::new();
    for (name, dimensions, day, amount) in changes {
        *sums.entry((name, dimensions, day)).or_default() += amount;
    }
    let rows: Vec<_> = sums
        .iter()
        .map(|((name, dimensions, day), amount)| row(&[name, dimensions, day, amount]))
        .collect();
    if !rows.is_empty() {
        tx.insert_many(store::FOLD, &rows)?;
    }
    Ok(count)
}
