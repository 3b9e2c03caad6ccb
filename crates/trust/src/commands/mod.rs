//! What changes: keys, authorities, requests, certificates, anchors, sources of
//! time, hosts that may be asked.

pub mod anchors;
pub mod authority;
pub mod deciding;
pub mod hosts;
pub(crate) mod issuing;
pub mod keys;
pub mod letters;
pub mod register;
pub mod requests;
pub mod stamps;
pub mod standing;

use identity::Actor;
use jiff::Timestamp;
use organisations::UnitId;
use platform::Ctx;
use platform::audit::{self, Act};
use platform::ids::Ids;
use platform::store::{StoreError, Tx};
use serde_json::Value;
use uuid::Uuid;

/// Who acts, and at what time: writes the audit rows of a unit of work.
#[derive(Clone)]
pub struct Scribe {
    ids: Ids,
    pub(crate) now: Timestamp,
    pub(crate) actor: Option<Uuid>,
    pub(crate) name: String,
}

impl Scribe {
    pub fn of(ctx: &Ctx, actor: &Actor) -> Scribe {
        Scribe {
            ids: ctx.ids.clone(),
            now: ctx.clock.now(),
            actor: Some(actor.account.0),
            name: actor.name.clone(),
        }
    }

    /// Whoever sits at the machine itself, or the program by its schedules.
    pub fn named(ctx: &Ctx, name: &str) -> Scribe {
        Scribe { ids: ctx.ids.clone(), now: ctx.clock.now(), actor: None, name: name.to_owned() }
    }

    pub(crate) fn note(
        &self,
        tx: &mut Tx,
        unit: Option<UnitId>,
        (verb, object): (&'static str, String),
        detail: Value,
    ) -> Result<(), StoreError> {
        audit::record(
            tx,
            &Act {
                id: self.ids.next(),
                at: self.now,
                actor: self.actor,
                actor_name: self.name.clone(),
                unit: unit.map(|unit| unit.0),
                verb,
                object,
                detail,
            },
        )
    }
}
