//! Writing a row: the one thing here that every capability calls.

use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::store;
use crate::store::{StoreError, Tx, row};

/// One change of state, told so that a stranger understands it years later.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    pub id: Uuid,
    pub at: Timestamp,
    /// The account that acted; none when the program did it by itself.
    pub actor: Option<Uuid>,
    /// The name as it was then.
    pub actor_name: String,
    /// In whose name, or over what, it was done: the readers of that unit's log and of the log of
    /// every office above it see it. None for what people do for themselves and for the program:
    /// only who may read everything sees that.
    pub unit: Option<Uuid>,
    /// Capability and verb: `dossiers.accept`.
    pub verb: &'static str,
    /// Kind and id: `dossier:01890a5d-ac96-774b-bcce-b302099a8057`.
    pub object: String,
    /// What else belongs to the story. No secrets, and no more personal data than it needs: it
    /// cannot be taken out again.
    pub detail: Value,
}

/// Writes the row in the unit that changes the state: both are there or neither is.
pub fn record(tx: &mut Tx, act: &Act) -> Result<(), StoreError> {
    record_all(tx, std::slice::from_ref(act))
}

/// [`record`] for several changes of one unit, in their order.
pub fn record_all(tx: &mut Tx, acts: &[Act]) -> Result<(), StoreError> {
    let details: Vec<String> = acts.iter().map(|act| act.detail.to_string()).collect();
    let rows = acts.iter().zip(&details).map(|(act, detail)| {
        row(&[
            &act.id,
            &act.at,
            &act.actor,
            &act.actor_name,
            &act.unit,
            &act.verb,
            &act.object,
            detail,
        ])
    });
    tx.insert_many(store::INSERT_ROW, &rows.collect::<Vec<_>>()).map(drop)
}

/// Tells the log where units stand: each, and what it is directly below. For whoever keeps the
/// units, in the unit of work that puts one there or moves it.
pub fn place_offices(tx: &mut Tx, places: &[(Uuid, Option<Uuid>)]) -> Result<(), StoreError> {
    let rows: Vec<_> = places.iter().map(|(unit, above)| row(&[unit, above])).collect();
    tx.insert_many(store::PLACE_OFFICE, &rows).map(drop)
}
