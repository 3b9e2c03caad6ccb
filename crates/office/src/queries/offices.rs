//! The offices in which an officer works with documents.

use std::collections::HashSet;

use identity::Right;
use organisations::{Kind, UnitId, queries};
use platform::store::{StoreError, Tx};

use crate::hand::Asker;
use crate::store::desks;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Office {
    pub unit: UnitId,
    pub name: String,
    /// All its documents are this officer's to see, not only those with a part of theirs.
    pub all: bool,
}

/// The agencies of their bonds: whoever works in a part of an agency works with its documents.
pub(crate) fn offices(tx: &mut Tx, asker: &Asker) -> Result<Vec<Office>, StoreError> {
    let mut found: Vec<Office> = Vec::new();
    for unit in asker.actor.offices(Right::SeeDocuments) {
        let Some(agency) = agency_of(tx, unit)? else { continue };
        if found.iter().any(|office| office.unit == agency.0) {
            continue;
        }
        let all = asker.sees_all(tx, agency.0)?;
        found.push(Office { unit: agency.0, name: agency.1, all });
    }
    Ok(found)
}

/// The offices below the units whose work this officer looks after, their own among them; by code.
pub(crate) fn overseen(tx: &mut Tx, asker: &Asker) -> Result<Vec<Office>, StoreError> {
    let desks: HashSet<UnitId> = desks::all(tx)?.into_iter().collect();
    let mut found: Vec<Office> = Vec::new();
    for root in asker.actor.offices(Right::SeeFigures) {
        if asker.actor.authority(tx, Right::SeeFigures, root)?.is_none() {
            continue;
        }
        for unit in queries::subtree(tx, root)? {
            let is_new = found.iter().all(|office| office.unit != unit.id);
            if !desks.contains(&unit.id) || !is_new {
                continue;
            }
            // Not every role reaches below its own unit.
            let reaches =
                unit.id == root || asker.actor.authority(tx, Right::SeeFigures, unit.id)?.is_some();
            if reaches {
                let all = asker.sees_all(tx, unit.id)?;
                found.push(Office { unit: unit.id, name: unit.name.as_str().to_owned(), all });
            }
        }
    }
    Ok(found)
}

/// The nearest unit with a desk, from here up as far as parts of agencies reach; else the agency.
pub(crate) fn agency_of(tx: &mut Tx, unit: UnitId) -> Result<Option<(UnitId, String)>, StoreError> {
    let mut line = queries::path(tx, unit)?;
    while let Some(one) = line.pop() {
        let has_desk = desks::of(tx, one.id)?.is_some_and(|desk| desk.is_open());
        let is_part = matches!(
            one.kind,
            Kind::Department | Kind::OneStopCentre | Kind::PublicService | Kind::Other
        );
        if has_desk || !is_part || line.is_empty() {
            return Ok(Some((one.id, one.name.as_str().to_owned())));
        }
    }
    Ok(None)
}
