//! A day comes on which a unit begins, or is no longer. It was decided before and nobody changes
//! anything, yet the catalogue says something else from that day on: whoever follows what changes
//! in it is told, and no page that was kept shows what was before.
//!
//! Law: QĐ 20/2020/QĐ-TTg art. 5

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use platform::Ctx;
use platform::clock::{instant, local};
use platform::store::{StoreError, Tx};

use super::{Pen, Story, operator, tell};
use crate::refusal::Refusal;
use crate::store;
use crate::store::days;
use crate::unit::Unit;

/// In one unit of work: on some days thousands of communes end.
const UNITS_TOGETHER: i64 = 100;
/// Where nobody has told any day yet.
const DAYS_BACK: i64 = 31;

/// Is there a day that was not told?
pub(crate) fn is_due(tx: &mut Tx, now: Timestamp) -> Result<bool, StoreError> {
    let today = local(now).date();
    Ok(days::told_until(tx)?.is_none_or(|told| told < today))
}

/// Tells every day until today; answers of how many units. Safe to repeat, and to run in two
/// processes at once.
pub(crate) async fn turn(ctx: &Ctx) -> Result<usize, Refusal> {
    let today = local(ctx.clock.now()).date();
    let told = ctx.store.read(days::told_until).await?;
    let mut last = told.unwrap_or(today.saturating_sub(Span::new().days(DAYS_BACK)));
    let mut units = 0;
    while last < today {
        let day = last.tomorrow().map_err(|_| Refusal::NoSuchUnit)?;
        units += turn_to(ctx, (last, day)).await?;
        last = day;
    }
    Ok(units)
}

async fn turn_to(ctx: &Ctx, (before, day): (Date, Date)) -> Result<usize, Refusal> {
    let midnight = instant(day.at(0, 0, 0, 0));
    let mut units = 0;
    loop {
        let turning = move |tx: &mut Tx| days::turning(tx, (before, day), midnight, 1);
        if ctx.store.read::<_, StoreError, _>(turning).await?.is_empty() {
            ctx.store.write(move |tx| days::told(tx, day)).await?;
            return Ok(units);
        }
        let pen = Pen::of(ctx);
        let unit = move |tx: &mut Tx| -> Result<usize, Refusal> {
            store::hold_tree(tx)?;
            // Read again: somebody else may have told them while this one waited.
            let turning = days::turning(tx, (before, day), midnight, UNITS_TOGETHER)?;
            turning.iter().try_for_each(|unit| tell_one(tx, &pen, unit, day))?;
            Ok(turning.len())
        };
        units += ctx.store.write(unit).await?;
    }
}

/// Its row says nothing else than before; its version rises, as what it means has changed.
fn tell_one(tx: &mut Tx, pen: &Pen, unit: &Unit, day: Date) -> Result<(), Refusal> {
    let verb = match unit.valid_from == Some(day) {
        true => "organisations.begin",
        false => "organisations.end",
    };
    if !store::update_unit(tx, unit)? {
        return Err(Refusal::ChangedMeanwhile);
    }
    let after = Unit { version: unit.version + 1, ..unit.clone() };
    Ok(tell(tx, pen, &operator(verb), Story::new(verb, unit, &after))?)
}
