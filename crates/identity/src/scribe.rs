//! Who acts, and at what time: the one hand that writes the audit rows of a unit of work, for this
//! capability and for those that know people by it.

use jiff::Timestamp;
use organisations::UnitId;
use platform::Ctx;
use platform::audit::{self, Act};
use platform::ids::Ids;
use platform::jobs::{self, NewJob};
use platform::store::{StoreError, Tx};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::account::{Account, AccountId};
use crate::actor::Actor;

#[derive(Clone)]
pub struct Scribe {
    pub ids: Ids,
    pub now: Timestamp,
    /// None: whoever sits at the machine itself, the program by its schedules, or a stranger.
    pub actor: Option<Uuid>,
    pub name: String,
    /// Whose log it belongs to; none for what citizens do for themselves.
    unit: Option<Uuid>,
}

impl Scribe {
    pub fn of(ctx: &Ctx, actor: &Actor) -> Scribe {
        Scribe::owner(ctx, actor.own())
    }

    /// The owner of an account, signed in or about to be. An officer's own acts are told in the
    /// log of the unit that looks after the account.
    pub(crate) fn owner(ctx: &Ctx, account: &Account) -> Scribe {
        let scribe = Scribe::named(ctx, Some(account.id), &account.name);
        Scribe { unit: account.unit, ..scribe }
    }

    pub fn named(ctx: &Ctx, account: Option<AccountId>, name: &str) -> Scribe {
        Scribe {
            ids: ctx.ids.clone(),
            now: ctx.clock.now(),
            actor: account.map(|id| id.0),
            name: name.to_owned(),
            unit: None,
        }
    }

    /// Somebody who has not shown who they are.
    pub(crate) fn stranger(ctx: &Ctx) -> Scribe {
        Scribe::named(ctx, None, "")
    }

    /// The same hand, over another unit: what it does is told in that unit's log.
    pub(crate) fn over(&self, unit: Option<Uuid>) -> Scribe {
        Scribe { unit, ..self.clone() }
    }

    pub(crate) fn note(
        &self,
        tx: &mut Tx,
        verb: &'static str,
        object: String,
        detail: Value,
    ) -> Result<(), StoreError> {
        self.note_over(tx, self.unit.map(UnitId), (verb, object), detail)
    }

    /// A row in the log of this unit, wherever the hand itself belongs.
    pub fn note_over(
        &self,
        tx: &mut Tx,
        unit: Option<UnitId>,
        what: (&'static str, String),
        detail: Value,
    ) -> Result<(), StoreError> {
        audit::record(tx, &self.act_over(unit, what, detail))
    }

    /// The row that [`Self::note_over`] would write.
    pub fn act_over(
        &self,
        unit: Option<UnitId>,
        (verb, object): (&'static str, String),
        detail: Value,
    ) -> Act {
        Act {
            id: self.ids.next(),
            at: self.now,
            actor: self.actor,
            actor_name: self.name.clone(),
            unit: unit.map(|unit| unit.0),
            verb,
            object,
            detail,
        }
    }

    /// A notice to the owner of an account, at their proved contact. `what` ends a key of words.
    pub(crate) fn tell(
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
