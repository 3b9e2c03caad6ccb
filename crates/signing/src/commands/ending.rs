//! How a submission ends without all signatures: declined by who should sign, or withdrawn by
//! whoever submitted it. And how the end is told.

use identity::{AccountId, Actor};
use platform::Ctx;
use platform::jobs;
use platform::store::{StoreError, Tx};
use serde_json::json;
use uuid::Uuid;

use super::{Scribe, object};
use crate::queries;
use crate::refusal::Refusal;
use crate::store::submissions;
use crate::submission::{Ended, Ending, State, Submission, SubmissionId};

const REASON_LETTERS_MAX: usize = 1_000;

/// Takes it back while it waits. False when it has ended already: then its end was told.
pub fn withdraw(
    tx: &mut Tx,
    ctx: &Ctx,
    id: SubmissionId,
    (by, by_name): (Option<Uuid>, &str),
) -> Result<bool, Refusal> {
    let submission = submissions::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
    if submission.state != State::Waiting {
        return Ok(false);
    }
    let scribe = Scribe::named(ctx, by.map(AccountId), by_name);
    end(tx, &scribe, &submission, (Ending::Withdrawn, ""))?;
    scribe.note_over(tx, Some(submission.unit), ("signing.withdraw", object(id)), json!({}))?;
    Ok(true)
}

/// The person whose turn it is, or whoever may seal, sends it back with a reason.
pub async fn decline(
    ctx: &Ctx,
    actor: &Actor,
    id: SubmissionId,
    reason: &str,
) -> Result<(), Refusal> {
    let reason: String = reason.trim().chars().take(REASON_LETTERS_MAX).collect();
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let (submission, step) = queries::turn_of(tx, &actor, id)?;
            if !submissions::decline_step(tx, &step)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            end(tx, &scribe, &submission, (Ending::Declined, &reason))?;
            let detail = json!({ "ordinal": step.ordinal });
            Ok(scribe.note_over(
                tx,
                Some(submission.unit),
                ("signing.decline", object(id)),
                detail,
            )?)
        })
        .await
}

/// Ends it and tells whoever submitted it, by the job it named.
pub(crate) fn end(
    tx: &mut Tx,
    scribe: &Scribe,
    submission: &Submission,
    (ending, reason): (Ending, &str),
) -> Result<(), Refusal> {
    let (id, version) = (submission.id, submission.version);
    if !submissions::end(tx, (id, version), (ending.state(), scribe.now, reason))? {
        return Err(Refusal::ChangedMeanwhile);
    }
    let is_signed = ending == Ending::Signed;
    let ended = Ended {
        submission: id.0,
        subject: submission.subject,
        ending,
        file: is_signed.then_some(submission.file),
        sha256: is_signed.then(|| submission.sha256.clone()),
        at: scribe.now,
        reason: reason.to_owned(),
        by_name: scribe.name.clone(),
    };
    tell(tx, scribe, (&submission.told, &ended)).map_err(Refusal::from)
}

fn tell(tx: &mut Tx, scribe: &Scribe, (kind, ended): (&str, &Ended)) -> Result<(), StoreError> {
    jobs::call_back(tx, (kind, scribe.ids.next()), &json!(ended), scribe.now)
}
