//! By whose hand something is done here: an officer's own, or one that acts for somebody who is
//! away. What a deputy does is told and logged with both names.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 23, art. 24

use identity::{AccountId, Actor, Right, Scribe};
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::document::IncomingId;
use crate::incoming::Incoming;
use crate::refusal::Refusal;
use crate::store::{changes, incoming, tasks};
use crate::task::Task;

#[derive(Clone)]
pub(crate) struct Hand {
    pub scribe: Scribe,
    pub account: Option<Uuid>,
    /// In whose place; empty for one's own work.
    pub for_name: String,
    for_account: Option<Uuid>,
}

/// An officer who asks, before it is known in whose place.
#[derive(Clone)]
pub(crate) struct Asker {
    pub scribe: Scribe,
    pub actor: Actor,
}

impl Asker {
    pub fn of(ctx: &Ctx, actor: &Actor) -> Asker {
        Asker { scribe: Scribe::of(ctx, actor), actor: actor.clone() }
    }

    pub fn today(&self) -> Date {
        local(self.scribe.now).date()
    }

    /// By a right over the unit, one's own or that of somebody in whose place one acts.
    pub fn with_right(
        &self,
        tx: &mut Tx,
        right: Right,
        unit: UnitId,
    ) -> Result<Option<Hand>, StoreError> {
        if self.actor.authority(tx, right, unit)?.is_some() {
            return Ok(Some(self.own()));
        }
        for absence in changes::standing_in(tx, self.actor.account.0, self.today())? {
            let absent = AccountId(absence.account);
            if identity::queries::may(tx, absent, (right, unit), self.today())? {
                return Ok(Some(self.in_place_of(absence.account, &absence.name)));
            }
        }
        Ok(None)
    }

    /// As [`Asker::with_right`]; without it there is nothing there.
    pub fn need(&self, tx: &mut Tx, right: Right, unit: UnitId) -> Result<Hand, Refusal> {
        self.with_right(tx, right, unit)?.ok_or(Refusal::Nothing)
    }

    /// The handler of a task, or who acts in the handler's place.
    pub fn handling(&self, tx: &mut Tx, task: &Task) -> Result<Option<Hand>, StoreError> {
        if task.account == self.actor.account.0 {
            return Ok(Some(self.own()));
        }
        let absences = changes::standing_in(tx, self.actor.account.0, self.today())?;
        let found = absences.into_iter().find(|one| one.account == task.account);
        Ok(found.map(|one| self.in_place_of(one.account, &one.name)))
    }

    /// Whether all documents of a unit are this officer's to see: clerks and leaders.
    pub fn sees_all(&self, tx: &mut Tx, unit: UnitId) -> Result<bool, StoreError> {
        for right in [Right::RegisterDocuments, Right::AssignDocuments] {
            if self.with_right(tx, right, unit)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A document, for its unit's clerks and leaders and for those who have a part in it.
    pub fn incoming(&self, tx: &mut Tx, id: IncomingId) -> Result<Incoming, Refusal> {
        let one = incoming::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
        if self.sees_all(tx, one.unit)? {
            return Ok(one);
        }
        let mut accounts = vec![self.actor.account.0];
        let absences = changes::standing_in(tx, self.actor.account.0, self.today())?;
        accounts.extend(absences.iter().map(|absence| absence.account));
        for account in accounts {
            if tasks::has_part(tx, id, account)? {
                return Ok(one);
            }
        }
        Err(Refusal::Nothing)
    }

    /// For what an officer does about oneself, in whichever part of the agency they work.
    pub fn self_hand(&self, tx: &mut Tx, unit: UnitId) -> Result<Hand, Refusal> {
        for bond in self.actor.bonds() {
            let Some(home) = bond.unit else { continue };
            if organisations::queries::is_within(tx, home, unit)? {
                return Ok(self.own());
            }
        }
        Err(Refusal::Nothing)
    }

    fn own(&self) -> Hand {
        let account = Some(self.actor.account.0);
        Hand { scribe: self.scribe.clone(), account, for_name: String::new(), for_account: None }
    }

    fn in_place_of(&self, account: Uuid, name: &str) -> Hand {
        Hand { for_name: name.to_owned(), for_account: Some(account), ..self.own() }
    }
}

impl Hand {
    /// The program, by what arrives or by the hour.
    pub fn program(ctx: &Ctx) -> Hand {
        let scribe = Scribe::named(ctx, None, "lienthong");
        Hand { scribe, account: None, for_name: String::new(), for_account: None }
    }

    pub fn today(&self) -> Date {
        local(self.scribe.now).date()
    }

    /// Tells it to those who work on the document, and writes it into the log.
    pub fn record(
        &self,
        tx: &mut Tx,
        (unit, subject, object): (UnitId, Uuid, String),
        (kind, verb): (&'static str, &'static str),
        (text, mut detail): (&str, Value),
    ) -> Result<(), StoreError> {
        let story = tasks::NewStory {
            id: self.scribe.ids.next(),
            unit,
            subject,
            at: self.scribe.now,
            actor: self.account,
            actor_name: &self.scribe.name,
            for_name: &self.for_name,
            kind,
            text,
        };
        tasks::tell(tx, &story)?;
        if let (Some(account), Value::Object(members)) = (self.for_account, &mut detail) {
            members.insert("inPlaceOf".to_owned(), json!(account));
        }
        self.scribe.note_over(tx, Some(unit), (verb, object), detail)
    }

    /// [`Hand::record`] of a document.
    pub fn record_of(
        &self,
        tx: &mut Tx,
        one: &Incoming,
        what: (&'static str, &'static str),
        told: (&str, Value),
    ) -> Result<(), StoreError> {
        self.record(tx, (one.unit, one.id.0, one.object()), what, told)
    }
}
