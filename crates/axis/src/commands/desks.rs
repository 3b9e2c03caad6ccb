//! Offices in this installation say that they are there.

use identity::Scribe;
use organisations::UnitId;
use platform::Ctx;
use platform::store::Tx;
use serde_json::json;

use super::{leaving, rerouting};
use crate::refusal::Refusal;
use crate::store::desks;

/// From now on each delivery to the unit is told by a job of this kind, in the unit of work that
/// accepts it; and what was waiting for it comes now. Harmless to repeat.
pub fn open_desk(
    tx: &mut Tx,
    ctx: &Ctx,
    unit: UnitId,
    (by, told): (&Scribe, &'static str),
) -> Result<(), Refusal> {
    match desks::told(tx, unit.0)? {
        Some(known) if known == told => return Ok(()),
        Some(_) => return Err(Refusal::DeskTaken),
        None => {}
    }
    if !desks::open(tx, unit.0, (told, by.now))? {
        return Err(Refusal::DeskTaken);
    }
    let object = format!("unit:{unit}");
    by.note_over(tx, Some(unit), ("axis.open-desk", object), json!({ "told": told }))?;
    rerouting::follow(tx, ctx, by, &[&unit.to_string()])
}

/// What was not taken yet looks for another way.
pub fn close_desk(tx: &mut Tx, ctx: &Ctx, unit: UnitId, by: &Scribe) -> Result<(), Refusal> {
    if !desks::close(tx, unit.0)? {
        return Ok(());
    }
    by.note_over(tx, Some(unit), ("axis.close-desk", format!("unit:{unit}")), json!({}))?;
    leaving::desk(tx, ctx, unit)
}
