//! A file is submitted for signature.

use identity::AccountId;
use platform::Ctx;
use platform::figures;
use platform::files;
use platform::jobs::{self, NewJob};
use platform::store::{StoreError, Tx};
use serde_json::json;

use super::{Scribe, object};
use crate::jobs::{SIGN_IN_SITTING, Waiting};
use crate::refusal::Refusal;
use crate::step::{SignatoryKind, Step};
use crate::store::{authorisations, rules, submissions};
use crate::submission::{NewSubmission, Scope, State, Submission, SubmissionId};

const PDF: &str = "application/pdf";

/// Submits a kept PDF. The same submission a second time is the first: jobs may repeat it.
pub fn submit(tx: &mut Tx, ctx: &Ctx, new: &NewSubmission) -> Result<(), Refusal> {
    new.check()?;
    if submissions::by_id(tx, new.id)?.is_some() {
        return Ok(());
    }
    let kept = files::kept(tx, new.file)?.ok_or(Refusal::SubmissionWrong)?;
    if kept.sha256 != new.sha256 || kept.media != PDF {
        return Err(Refusal::SubmissionWrong);
    }
    if let Some(former) = new.after {
        check_former(tx, (former, new))?;
    }
    let scribe = Scribe::named(ctx, new.asked_by.map(AccountId), &new.asked_name);
    submissions::insert(tx, new, scribe.now)?;
    let detail = json!({
        "scope": new.scope.code(),
        "sha256": new.sha256,
        "signatories": new.signatories.len(),
        "after": new.after,
    });
    scribe.note_over(tx, Some(new.unit), ("signing.submit", object(new.id)), detail)?;
    let dimensions = [("scope", new.scope.code())];
    figures::add(tx, "signing.submitted", &dimensions, scribe.now, 1)?;
    let submission = submissions::by_id(tx, new.id)?.ok_or(Refusal::Nothing)?;
    let steps = submissions::steps(tx, new.id)?;
    if let Some(next) = steps.first() {
        go_on_alone(tx, &scribe, (&submission, next))?;
    }
    Ok(())
}

/// What persons signed for the same unit, whole, and nobody sealed yet. Whether the file is theirs
/// is looked at when it is sealed.
fn check_former(tx: &mut Tx, (former, new): (SubmissionId, &NewSubmission)) -> Result<(), Refusal> {
    let found = submissions::by_id(tx, former)?.ok_or(Refusal::SubmissionWrong)?;
    let is_sealed =
        submissions::steps(tx, former)?.iter().any(|step| step.kind == SignatoryKind::Agency);
    let is_open = found.state != State::Signed || found.after.is_some() || is_sealed;
    if is_open || found.unit != new.unit || submissions::is_followed(tx, former)? {
        return Err(Refusal::FormerOpen);
    }
    Ok(())
}

/// What is next and needs nobody: a slip while its signatory's sitting is open, a seal under a
/// rule. Everything else waits in the queue.
pub(crate) fn go_on_alone(
    tx: &mut Tx,
    scribe: &Scribe,
    (submission, next): (&Submission, &Step),
) -> Result<(), StoreError> {
    let kind = match (next.kind, next.account, next.unit) {
        (SignatoryKind::Person, Some(account), _) if submission.scope == Scope::Slip => {
            let sitting = authorisations::sitting_of(tx, account, scribe.now)?;
            sitting.map(|_| SIGN_IN_SITTING)
        }
        (SignatoryKind::Agency, _, Some(unit)) => {
            let today = platform::clock::local(scribe.now).date();
            let rule = rules::in_force(tx, (unit, submission.scope), today)?;
            rule.map(|_| crate::jobs::SEAL)
        }
        _ => None,
    };
    let Some(kind) = kind else { return Ok(()) };
    let waiting = Waiting { submission: submission.id.0, ordinal: next.ordinal };
    jobs::enqueue(
        tx,
        &NewJob {
            id: scribe.ids.next(),
            kind,
            payload: json!(waiting),
            run_at: scribe.now,
            key: Some(key(submission.id, next.ordinal)),
        },
    )
}

fn key(id: SubmissionId, ordinal: i64) -> String {
    format!("signing:{id}:{ordinal}")
}
