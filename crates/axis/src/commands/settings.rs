//! What the operator decides about the axis, from now or from a day on.

use identity::Scribe;
use jiff::Timestamp;
use jiff::civil::{Date, Time};
use platform::Ctx;
use platform::clock::{instant, local};
use platform::store::Tx;
use serde_json::json;

use crate::refusal::Refusal;
use crate::secrets;
use crate::setting::{ALL, Decision, Setting};
use crate::store::settings;
use crate::watch_fault::WatchFault;

/// Sets one of [`ALL`] from the beginning of a day on; none, or today: from now on. What held
/// before stays written down with its time.
pub async fn put(
    ctx: &Ctx,
    scribe: &Scribe,
    (name, value): (&str, i64),
    from: Option<Date>,
) -> Result<(), Refusal> {
    let (name, scribe) = (name.to_owned(), scribe.clone());
    let set = move |tx: &mut Tx| set(tx, &scribe, (&name, value), from);
    ctx.store.write(set).await?;
    secrets::changed();
    Ok(())
}

/// The same inside a unit of work of the caller.
pub fn set(
    tx: &mut Tx,
    by: &Scribe,
    (name, value): (&str, i64),
    from: Option<Date>,
) -> Result<(), Refusal> {
    let known = Setting::named(name).ok_or_else(|| {
        let names = ALL.map(|one| one.name).join(", ");
        Refusal::SettingUnknown { names }
    })?;
    if !known.allows(value) {
        return Err(Refusal::SettingWrong { least: known.least, most: known.most });
    }
    let new = Decision {
        name: known.name.to_owned(),
        valid_from: beginning(by.now, from)?,
        value,
        set_by: by.name.clone(),
        set_at: by.now,
    };
    settings::set(tx, &new)?;
    let told = ("axis.set", format!("setting:{name}"));
    Ok(by.note_over(tx, None, told, json!({ "value": value, "from": new.valid_from }))?)
}

/// A decision says nothing about what is over.
fn beginning(now: Timestamp, from: Option<Date>) -> Result<Timestamp, WatchFault> {
    let today = local(now).date();
    match from {
        Some(day) if day < today => Err(WatchFault::From),
        Some(day) if day > today => Ok(instant(day.to_datetime(Time::midnight()))),
        _ => Ok(now),
    }
}
