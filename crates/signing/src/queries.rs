//! What is shown, and what other capabilities ask.

pub(crate) mod delegations;
pub(crate) mod letters;
pub(crate) mod pictures;

use identity::{Actor, Right, Role};
use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::delegation::{Delegation, Standing};
use crate::refusal::Refusal;
use crate::rule::SealingRule;
use crate::sitting::Sitting;
use crate::step::{SignatoryKind, Step};
use crate::store::delegations as delegated;
use crate::store::{authorisations, lists, rules, submissions};
use crate::submission::{Capacity, Scope, State, Submission, SubmissionId};

pub use crate::store::lists::{Due, Lately};

pub fn submission(tx: &mut Tx, id: SubmissionId) -> Result<Option<Submission>, StoreError> {
    submissions::by_id(tx, id)
}

/// Its steps, in the order of signing.
pub fn steps(tx: &mut Tx, id: SubmissionId) -> Result<Vec<Step>, StoreError> {
    submissions::steps(tx, id)
}

/// In which capacity somebody signs for a unit: in their own, which `own` words, or by a delegation
/// in force that day.
pub fn capacity(
    tx: &mut Tx,
    account: Uuid,
    unit: UnitId,
    (scope, own): (Scope, &str),
    on: Date,
) -> Result<Capacity, StoreError> {
    for one in delegated::taken(tx, (account, unit), on)? {
        if one.covers(scope) && holds(tx, &one, on)? {
            let under = order_of(tx, &one)?;
            let lines = one.lines(own, under.as_ref());
            return Ok(Capacity { lines, delegation: Some(one.id) });
        }
    }
    let lines = own.split('\n').map(str::to_owned).collect();
    Ok(Capacity { lines, delegation: None })
}

/// Whether a delegation is in force that day and covers this.
pub(crate) fn delegation_holds(
    tx: &mut Tx,
    delegation: Uuid,
    account: Uuid,
    (unit, scope): (UnitId, Scope),
    on: Date,
) -> Result<bool, StoreError> {
    let Some(one) = delegated::by_id(tx, delegation)? else { return Ok(false) };
    let is_meant = one.taker == account && one.unit == unit && one.covers(scope);
    Ok(is_meant && holds(tx, &one, on)?)
}

/// In force that day, given by somebody who still decides for the unit; handed on, only as long as
/// the order above it holds.
pub(crate) fn holds(tx: &mut Tx, one: &Delegation, on: Date) -> Result<bool, StoreError> {
    if one.standing(on) != Standing::InForce {
        return Ok(false);
    }
    match order_of(tx, one)? {
        Some(order) => {
            let is_in_force = order.standing(on) == Standing::InForce;
            Ok(is_in_force && decides(tx, (order.giver, order.unit), on)?)
        }
        None => decides(tx, (one.giver, one.unit), on),
    }
}

/// The delegation by order that this one hands on.
pub(crate) fn order_of(tx: &mut Tx, one: &Delegation) -> Result<Option<Delegation>, StoreError> {
    match one.under {
        Some(id) => delegated::by_id(tx, id),
        None => Ok(None),
    }
}

/// Whether somebody decides for a unit in their own name that day: only they have anything to
/// delegate.
pub(crate) fn decides(
    tx: &mut Tx,
    (account, unit): (Uuid, UnitId),
    on: Date,
) -> Result<bool, StoreError> {
    let deciding = Role::ALL.into_iter().filter(|role| role.allows(Right::DecideDossiers));
    for role in deciding {
        let holders = identity::queries::holders(tx, unit, role, on)?;
        if holders.iter().any(|(holder, _)| holder.0 == account) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Who signs such papers for a unit that day, by account and name: those who decide for it, and
/// those in whose hands that was put.
pub fn signers(
    tx: &mut Tx,
    unit: UnitId,
    scope: Scope,
    on: Date,
) -> Result<Vec<(Uuid, String)>, StoreError> {
    let mut people = trust::queries::letters::competent(tx, unit, on)?;
    for one in delegated::of_unit(tx, unit)? {
        let is_known = people.iter().any(|(account, _)| *account == one.taker);
        if !is_known && one.covers(scope) && holds(tx, &one, on)? {
            people.push((one.taker, one.taker_name));
        }
    }
    Ok(people)
}

/// Whether somebody has a certificate in force: with a key here, or one that a driver reaches.
pub fn can_sign(tx: &mut Tx, account: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    Ok(!trust::queries::signatures_of(tx, account, at)?.is_empty())
}

/// The same of a unit's seal.
pub fn can_seal(tx: &mut Tx, unit: UnitId, at: Timestamp) -> Result<bool, StoreError> {
    Ok(!trust::queries::seals_of(tx, unit, at)?.is_empty())
}

/// How many papers wait for somebody's signature, as their queue lists them; counted no further
/// than the limit.
pub fn waiting(tx: &mut Tx, account: Uuid, limit: i64) -> Result<i64, StoreError> {
    lists::count_mine(tx, account, limit)
}

/// The open sitting of somebody.
pub fn sitting(tx: &mut Tx, account: Uuid, at: Timestamp) -> Result<Option<Sitting>, StoreError> {
    authorisations::sitting_of(tx, account, at)
}

pub fn sealing_rules(tx: &mut Tx, unit: UnitId) -> Result<Vec<SealingRule>, StoreError> {
    rules::of_unit(tx, unit)
}

/// The step that is next.
pub fn next_of(steps: &[Step]) -> Option<&Step> {
    steps.iter().find(|step| step.is_waiting())
}

/// Whether it is this officer's to sign: their own signature, or the seal of a unit they seal for.
pub(crate) fn may_sign(tx: &mut Tx, actor: &Actor, step: &Step) -> Result<bool, StoreError> {
    match (step.kind, step.unit) {
        (SignatoryKind::Person, _) => Ok(step.account == Some(actor.account.0)),
        (SignatoryKind::Agency, Some(unit)) => {
            Ok(actor.authority(tx, Right::SealDocuments, unit)?.is_some())
        }
        (SignatoryKind::Agency, None) => Ok(false),
    }
}

/// The submission and its next step, if that is this officer's to sign or to send back.
pub(crate) fn turn_of(
    tx: &mut Tx,
    actor: &Actor,
    id: SubmissionId,
) -> Result<(Submission, Step), Refusal> {
    let (submission, steps) = seen_by(tx, actor, id)?;
    if submission.state != State::Waiting {
        return Err(Refusal::Ended(submission.state));
    }
    let next = next_of(&steps).ok_or(Refusal::Nothing)?;
    if !may_sign(tx, actor, next)? {
        return Err(Refusal::NotYourTurn);
    }
    Ok((submission, next.clone()))
}

/// A submission and its steps for whoever asked for it, signs it or seals it; for others there is
/// nothing.
pub(crate) fn seen_by(
    tx: &mut Tx,
    actor: &Actor,
    id: SubmissionId,
) -> Result<(Submission, Vec<Step>), Refusal> {
    let submission = submissions::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
    let steps = submissions::steps(tx, id)?;
    if submission.asked_by == Some(actor.account.0) {
        return Ok((submission, steps));
    }
    for step in &steps {
        if may_sign(tx, actor, step)? {
            return Ok((submission, steps));
        }
    }
    Err(Refusal::Nothing)
}
