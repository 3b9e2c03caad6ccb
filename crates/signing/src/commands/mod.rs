//! What changes: submissions, signatures, sittings, sealing rules.

pub(crate) mod by_hand;
pub mod delegations;
pub mod ending;
pub mod pictures;
pub(crate) mod putting;
pub(crate) mod remote;
pub(crate) mod remote_signing;
pub mod request_letters;
pub mod rules;
pub mod signing;
pub mod sittings;
pub mod submissions;
pub(crate) mod workstation;

pub use ending::withdraw;
pub use submissions::submit;

use identity::Actor;
use jiff::Timestamp;
use organisations::UnitId;
use platform::Ctx;
use platform::audit::{self, Act};
use platform::ids::Ids;
use platform::store::{StoreError, Tx};
use serde_json::Value;
use uuid::Uuid;

use crate::submission::SubmissionId;

/// Who acts, and at what time: writes the audit rows of a unit of work.
#[derive(Clone)]
pub(crate) struct Scribe {
    pub ids: Ids,
    pub now: Timestamp,
    pub actor: Option<Uuid>,
    pub name: String,
}

impl Scribe {
    pub fn of(ctx: &Ctx, actor: &Actor) -> Scribe {
        Scribe::named(ctx, Some(actor.account.0), &actor.name)
    }

    pub fn named(ctx: &Ctx, actor: Option<Uuid>, name: &str) -> Scribe {
        Scribe { ids: ctx.ids.clone(), now: ctx.clock.now(), actor, name: name.to_owned() }
    }

    pub fn note(
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

/// How a submission is named in the audit.
pub(crate) fn object(id: SubmissionId) -> String {
    format!("signing:{id}")
}
