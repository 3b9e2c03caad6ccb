//! The catalogue, or a part of it, as a sheet that [`import`](crate::commands::import) reads back.

use std::collections::HashMap;

use platform::Ctx;
use platform::store::{StoreError, Tx};

use crate::code::Code;
use crate::mandate::Scope;
use crate::refusal::Refusal;
use crate::sheet::{COLUMNS, line};
use crate::store;
use crate::unit::{Unit, UnitId};

/// Units read at once: a reader that holds a moment for long makes the log grow.
const ROWS_TOGETHER: i64 = 500;
/// By which spreadsheets know that the text is UTF-8.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// One stretch of the catalogue with what belongs to each unit.
struct Stretch {
    units: Vec<Unit>,
    successors: HashMap<UnitId, Vec<String>>,
    aliases: HashMap<UnitId, Vec<String>>,
}

pub async fn csv(ctx: &Ctx, over: Scope) -> Result<Vec<u8>, Refusal> {
    let root = match over {
        Scope::Everything => None,
        Scope::Subtree(id) => {
            let root = ctx.store.read(move |tx| store::unit(tx, id)).await?;
            Some(root.ok_or(Refusal::NoSuchUnit)?.code)
        }
    };
    let mut writer = csv::Writer::from_writer(BYTE_ORDER_MARK.as_bytes().to_vec());
    written(writer.write_record(COLUMNS))?;
    let mut last: Option<Code> = None;
    loop {
        let (root, after) = (root.clone(), last.clone());
        let stretch =
            ctx.store.read(move |tx| Stretch::load(tx, root.as_ref(), after.as_ref())).await?;
        let Some(end) = stretch.units.last() else { break };
        last = Some(end.code.clone());
        for unit in &stretch.units {
            written(writer.write_record(stretch.line(unit)))?;
        }
    }
    writer.into_inner().map_err(|error| unwritten(&error.to_string()))
}

impl Stretch {
    fn load(tx: &mut Tx, root: Option<&Code>, after: Option<&Code>) -> Result<Stretch, StoreError> {
        let units = store::stretch(tx, root, after, ROWS_TOGETHER)?;
        let mut stretch = Stretch { successors: HashMap::new(), aliases: HashMap::new(), units };
        if let (Some(first), Some(last)) = (stretch.units.first(), stretch.units.last()) {
            let (first, last) = (first.code.clone(), last.code.clone());
            for heir in store::stretch_heirs(tx, &first, &last)? {
                let told = match heir.matter {
                    Some(matter) => format!("{}: {matter}", heir.code),
                    None => heir.code.to_string(),
                };
                stretch.successors.entry(heir.closed).or_default().push(told);
            }
            for other in store::stretch_aliases(tx, &first, &last)? {
                stretch.aliases.entry(other.unit).or_default().push(other.code.to_string());
            }
        }
        Ok(stretch)
    }

    fn line(&self, unit: &Unit) -> Vec<String> {
        let joined = |of: &HashMap<UnitId, Vec<String>>| {
            of.get(&unit.id).map(|parts| parts.join(" | ")).unwrap_or_default()
        };
        line(unit, &joined(&self.successors), &joined(&self.aliases))
    }
}

fn written(result: Result<(), csv::Error>) -> Result<(), Refusal> {
    result.map_err(|error| unwritten(&error.to_string()))
}

/// Writing to memory does not fail; should it all the same, it is no person's mistake.
fn unwritten(reason: &str) -> Refusal {
    Refusal::Store(StoreError::Other { reason: reason.to_owned() })
}
