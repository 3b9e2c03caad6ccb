//! What changes: each function one unit of work and one story.

pub mod account;
pub(crate) mod attempts;
pub mod confirming;
pub mod delegations;
pub mod identities;
pub mod officers;
pub mod passwords;
pub mod registration;
pub mod seeds;
pub(crate) mod sessions;
pub(crate) mod sign_in;

use jiff::Timestamp;
use platform::Ctx;
use platform::audit::{self, Act};
use platform::ids::Ids;
use platform::jobs::{self, NewJob};
use platform::store::{StoreError, Tx};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::account::{Account, AccountId};
use crate::actor::Actor;

/// Who acts, and at what time: writes the audit rows of a unit.
#[derive(Clone)]
pub(crate) struct Scribe {
    ids: Ids,
    pub now: Timestamp,
    actor: Option<Uuid>,
    actor_name: String,
    /// Whose log it belongs to; none for what citizens do for themselves.
    unit: Option<Uuid>,
}

impl Scribe {
    pub fn of(ctx: &Ctx, actor: &Actor) -> Scribe {
        Scribe::owner(ctx, actor.own())
    }

    /// The owner of an account, signed in or about to be. An officer's own acts are told in the
    /// log of the unit that looks after the account.
    pub fn owner(ctx: &Ctx, account: &Account) -> Scribe {
        let scribe = Scribe::named(ctx, Some(account.id), &account.name);
        Scribe { unit: account.unit, ..scribe }
    }

    pub fn named(ctx: &Ctx, account: Option<AccountId>, name: &str) -> Scribe {
        Scribe {
            ids: ctx.ids.clone(),
            now: ctx.clock.now(),
            actor: account.map(|id| id.0),
            actor_name: name.to_owned(),
            unit: None,
        }
    }

    /// Somebody who has not shown who they are.
    pub fn stranger(ctx: &Ctx) -> Scribe {
        Scribe::named(ctx, None, "")
    }

    /// The same hand, over another unit: what it does is told in that unit's log.
    pub fn over(&self, unit: Option<Uuid>) -> Scribe {
        Scribe { unit, ..self.clone() }
    }

    pub fn note(
        &self,
        tx: &mut Tx,
        verb: &'static str,
        object: String,
        detail: Value,
    ) -> Result<(), StoreError> {
        audit::record(
            tx,
            &Act {
                id: self.ids.next(),
                at: self.now,
                actor: self.actor,
                actor_name: self.actor_name.clone(),
                unit: self.unit,
                verb,
                object,
                detail,
            },
        )
    }

    /// A notice to the owner of an account, at their proved contact. `what` ends a key of words.
    pub fn tell(
        &self,
        tx: &mut Tx,
        account: AccountId,
        what: &'static str,
    ) -> Result<(), StoreError> {
        jobs::enqueue(
            tx,
            &NewJob {
                id: self.ids.next(),
                kind: crate::jobs::NOTICE,
                payload: json!({ "account": account.0, "what": what, "at": self.now }),
                run_at: self.now,
                key: None,
            },
        )
    }
}

/// How an account is named in the audit.
pub(crate) fn object(account: AccountId) -> String {
    format!("account:{account}")
}
