//! What is shown, and what other capabilities ask.

use identity::{Actor, Right};
use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::refusal::Refusal;
use crate::rule::SealingRule;
use crate::sitting::Sitting;
use crate::step::{SignatoryKind, Step};
use crate::store::{authorisations, rules, submissions};
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
    _tx: &mut Tx,
    _account: Uuid,
    _unit: UnitId,
    (_scope, own): (Scope, &str),
    _on: Date,
) -> Result<Capacity, StoreError> {
    Ok(Capacity { lines: vec![own.to_owned()], delegation: None })
}

/// Whether a delegation is in force that day and covers this.
pub(crate) fn delegation_holds(
    _tx: &mut Tx,
    _delegation: Uuid,
    _account: Uuid,
    (_unit, _scope): (UnitId, Scope),
    _on: Date,
) -> Result<bool, StoreError> {
    Ok(false)
}

/// Whether somebody has a certificate in force: with a key here, or one that a driver reaches.
pub fn can_sign(tx: &mut Tx, account: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    Ok(!trust::queries::signatures_of(tx, account, at)?.is_empty())
}

/// The same of a unit's seal.
pub fn can_seal(tx: &mut Tx, unit: UnitId, at: Timestamp) -> Result<bool, StoreError> {
    Ok(!trust::queries::seals_of(tx, unit, at)?.is_empty())
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
