//! The beginning and the end that all acts on a dossier share.

use identity::{Authority, Person, Right, Role};
use jiff::{Timestamp, ToSpan};
use organisations::UnitId;
use platform::audit;
use platform::clock::local;
use platform::jobs::{self, NewJob};
use platform::store::{StoreError, Tx};
use platform::{Ctx, words::Locale, words::Speech};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Target;
use crate::calendar::Calendar;
use crate::dossier::Dossier;
use crate::event::{By, Event, EventKind};
use crate::handover::{Course, HandoverKind};
use crate::refusal::Refusal;
use crate::status::Status;
use crate::store::calendar::Reckoning;
use crate::{access, jobs as notices, store};

/// An act under way: the dossier as it was found, in the unit of work that changes it.
pub(crate) struct Act<'a> {
    pub tx: &'a mut Tx,
    pub ctx: &'a Ctx,
    pub now: Timestamp,
    pub by: By,
    /// As what an officer acts; none: a citizen, or the program.
    pub role: Option<Role>,
    pub dossier: Dossier,
    pub(super) before: Option<Status>,
    /// The hour of answer as it was found.
    pub(super) answer_due_at: Option<Timestamp>,
}

/// How the act is told afterwards.
pub(crate) struct Telling<'a> {
    pub kind: EventKind,
    /// To the applicant.
    pub told: &'a str,
    /// Among officers.
    pub note: &'a str,
    pub detail: Value,
}

impl<'a> Act<'a> {
    /// Reads the dossier. Whoever looked at an older version is told what happened meanwhile.
    pub fn begin(
        tx: &'a mut Tx,
        ctx: &'a Ctx,
        now: Timestamp,
        target: Target,
        by: By,
    ) -> Result<Act<'a>, Refusal> {
        let dossier = store::dossier::one(tx, target.id)?.ok_or(Refusal::NotFound)?;
        if dossier.version != target.version {
            return Err(store::dossier::meanwhile(tx, target.id)?);
        }
        let (before, answer_due_at) = (Some(dossier.status), dossier.answer_due_at);
        Ok(Act { tx, ctx, now, by, role: None, dossier, before, answer_due_at })
    }

    /// As an officer.
    pub fn in_role(self, role: Role) -> Act<'a> {
        Act { role: Some(role), ..self }
    }

    /// While an approved result waits for its signatures, nothing else happens to the dossier.
    pub fn unless_awaited(self) -> Result<Act<'a>, Refusal> {
        match store::result::is_awaited(self.tx, self.dossier.id)? {
            true => Err(Refusal::AwaitsSignature),
            false => Ok(self),
        }
    }

    /// For a dossier that this very unit of work has put into the store.
    pub fn new(tx: &'a mut Tx, ctx: &'a Ctx, now: Timestamp, by: By, dossier: Dossier) -> Act<'a> {
        Act { tx, ctx, now, by, role: None, dossier, before: None, answer_due_at: None }
    }

    /// Vietnamese, the language of papers.
    pub fn speech(&self) -> Speech {
        self.ctx.words.speak(Locale::Vi)
    }

    pub fn reckoning(&mut self) -> Result<Reckoning, Refusal> {
        Ok(reckoning(self.tx, self.dossier.places.receiving, self.now)?)
    }

    pub fn enqueue(
        &mut self,
        kind: &'static str,
        payload: Value,
        key: String,
    ) -> Result<(), StoreError> {
        let (id, run_at) = (self.ctx.ids.next(), self.now);
        jobs::enqueue(self.tx, &NewJob { id, kind, payload, run_at, key: Some(key) })
    }

    /// Writes down that the dossier left these hands for those it is in now.
    pub fn hand_over(
        &mut self,
        calendar: &Calendar,
        (kind, from): (HandoverKind, crate::dossier::Holder),
        note: &str,
    ) -> Result<Course, Refusal> {
        let course = Course::of(calendar, from.due_at, self.now);
        let handover = store::story::NewHandover {
            id: self.ctx.ids.next(),
            dossier: self.dossier.id,
            at: self.now,
            kind,
            from,
            to: self.dossier.holder,
            by: &self.by,
            course,
            note,
        };
        store::story::add_handover(self.tx, &handover)?;
        Ok(course)
    }

    /// Stores the changed dossier and tells the story; a change in between undoes all of it.
    pub fn end(mut self, telling: Telling<'_>) -> Result<Dossier, Refusal> {
        if self.before.is_some() && !store::dossier::update(self.tx, &mut self.dossier)? {
            return Err(store::dossier::meanwhile(self.tx, self.dossier.id)?);
        }
        let event = self.event(&telling);
        store::story::add_event(self.tx, &event)?;
        audit::record(self.tx, &self.audit_row(&telling))?;
        self.count(telling.kind)?;
        if telling.kind.is_notified() {
            self.notify(&event)?;
        }
        Ok(self.dossier)
    }

    fn event(&self, telling: &Telling<'_>) -> Event {
        Event {
            id: self.ctx.ids.next(),
            dossier: self.dossier.id,
            at: self.now,
            kind: telling.kind,
            before: self.before,
            after: self.dossier.status,
            by: self.by.clone(),
            told: telling.told.to_owned(),
            note: telling.note.to_owned(),
            detail: telling.detail.clone(),
        }
    }

    /// Codes and statuses only: what an applicant or an officer wrote stays in the dossier.
    fn audit_row(&self, telling: &Telling<'_>) -> audit::Act {
        audit::Act {
            id: self.ctx.ids.next(),
            at: self.now,
            actor: self.by.account,
            actor_name: self.by.name.clone(),
            // What people and the program do to a dossier happens at the office that received it.
            unit: self.by.unit.or(Some(self.dossier.places.receiving.0)),
            verb: telling.kind.verb(),
            object: self.dossier.id.object(),
            detail: json!({
                "code": self.dossier.code,
                "request_number": self.dossier.request_number,
                "status_before": self.before.map(Status::code),
                "status": self.dossier.status.code(),
                "unit": self.by.unit_name,
                "due_at": self.dossier.due.as_ref().map(|due| due.at),
            }),
        }
    }

    fn notify(&mut self, event: &Event) -> Result<(), StoreError> {
        let payload = json!({ "dossier": event.dossier.0, "event": event.id });
        let key = format!("{}:{}", self.dossier.id.object(), event.id);
        self.enqueue(notices::NOTICE, payload, key)
    }
}

/// One act of an officer on one dossier, as a unit of work.
pub(crate) async fn officer_act<F>(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    act: F,
) -> Result<Dossier, Refusal>
where
    F: Fn(Act<'_>, &Authority) -> Result<Dossier, Refusal> + Send + 'static,
{
    officer_act_anytime(ctx, authority, target, move |begun, authority| {
        act(begun.unless_awaited()?, authority)
    })
    .await
}

/// An act that an officer may also do while the result waits for its signatures.
pub(crate) async fn officer_act_anytime<F>(
    ctx: &Ctx,
    authority: &Authority,
    target: Target,
    act: F,
) -> Result<Dossier, Refusal>
where
    F: Fn(Act<'_>, &Authority) -> Result<Dossier, Refusal> + Send + 'static,
{
    let (ctx, authority, now) = (ctx.clone(), authority.clone(), ctx.clock.now());
    let store = ctx.store.clone();
    store
        .write(move |tx| {
            let by = by_authority(tx, &authority)?;
            let begun = Act::begin(tx, &ctx, now, target, by)?;
            act(begun.in_role(authority.role()), &authority)
        })
        .await
}

/// One act of a citizen on a dossier they may act on; any other is not there for them.
pub(crate) async fn citizen_act<F>(
    ctx: &Ctx,
    person: &Person,
    target: Target,
    act: F,
) -> Result<Dossier, Refusal>
where
    F: Fn(Act<'_>, &Person) -> Result<Dossier, Refusal> + Send + 'static,
{
    let (ctx, person, now) = (ctx.clone(), person.clone(), ctx.clock.now());
    let store = ctx.store.clone();
    store
        .write(move |tx| {
            let dossier = store::dossier::one(tx, target.id)?.ok_or(Refusal::NotFound)?;
            if !access::may_act(&person, &dossier) {
                return Err(Refusal::NotFound);
            }
            let begun = Act::begin(tx, &ctx, now, target, by_person(&person))?;
            act(begun.unless_awaited()?, &person)
        })
        .await
}

/// The calendar and rules of a unit, from a year ago on: older days are never reckoned again.
pub(crate) fn reckoning(
    tx: &mut Tx,
    unit: UnitId,
    now: Timestamp,
) -> Result<Reckoning, StoreError> {
    let line = organisations::queries::path(tx, unit)?;
    let line: Vec<Uuid> = line.iter().rev().map(|unit| unit.id.0).collect();
    let from = local(now).date().saturating_sub(400.days());
    store::calendar::reckoning(tx, &line, from)
}

/// The proof must be of this right over this unit; any other opens nothing.
pub(crate) fn need(authority: &Authority, right: Right, over: UnitId) -> Result<(), Refusal> {
    if authority.right() == right && authority.over() == over {
        Ok(())
    } else {
        Err(Refusal::NotFound)
    }
}

pub(crate) fn by_authority(tx: &mut Tx, authority: &Authority) -> Result<By, StoreError> {
    let unit = organisations::queries::unit(tx, authority.over())?;
    Ok(By {
        account: Some(authority.actor().0),
        name: authority.actor_name().to_owned(),
        unit: Some(authority.over().0),
        unit_name: unit.map(|unit| unit.name.as_str().to_owned()).unwrap_or_default(),
    })
}

pub(crate) fn by_person(person: &Person) -> By {
    By {
        account: Some(person.actor.0),
        name: person.actor_name.clone(),
        unit: None,
        unit_name: String::new(),
    }
}

/// The right that lets somebody work on a step of a role.
pub(crate) fn step_right(role: Role) -> Right {
    match role {
        Role::Clerk => Right::ReceiveDossiers,
        Role::Head => Right::ReviewDossiers,
        Role::Leader => Right::DecideDossiers,
        Role::ResultDesk => Right::HandOverResults,
        Role::FeeCollector => Right::CollectFees,
        _ => Right::HandleDossiers,
    }
}
