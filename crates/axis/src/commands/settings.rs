//! What the operator decides about the axis, from now on.

use identity::Scribe;
use platform::store::Tx;
use serde_json::json;

use crate::refusal::Refusal;
use crate::setting::NAMES;
use crate::store::settings;

/// Sets one of [`NAMES`]. What held before stays written down with its time.
pub fn set(tx: &mut Tx, by: &Scribe, name: &str, value: i64) -> Result<(), Refusal> {
    let known = NAMES.iter().find(|(known, ..)| *known == name);
    let Some((name, least, most)) = known else {
        let names = NAMES.map(|(name, ..)| name).join(", ");
        return Err(Refusal::SettingUnknown { names });
    };
    if !(*least..=*most).contains(&value) {
        return Err(Refusal::SettingWrong { least: *least, most: *most });
    }
    settings::set(tx, (name, value), (by.now, &by.name))?;
    let told = ("axis.set", format!("setting:{name}"));
    Ok(by.note_over(tx, None, told, json!({ "value": value }))?)
}
