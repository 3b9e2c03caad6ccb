//! What is signed by itself: slips while a sitting is open, seals under a rule.

use jiff::Timestamp;
use platform::Ctx;
use platform::clock::local;
use platform::jobs::{Job, JobError, JobKind};
use platform::store::Tx;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::commands::putting::How;
use crate::commands::request_letters;
use crate::commands::signing::{certificate_of, check_delegation, sign_task};
use crate::engine::Task;
use crate::queries::next_of;
use crate::refusal::Refusal;
use crate::step::{SignatoryKind, Step};
use crate::store::{authorisations, rules, submissions};
use crate::submission::{Ended, Scope, State, Submission, SubmissionId};

pub(crate) const SIGN_IN_SITTING: &str = "signing.sign-in-sitting";
pub(crate) const SEAL: &str = "signing.seal";
pub(crate) const LETTER_ENDED: &str = "signing.letter-ended";

/// In the audit: whoever seals by a rule.
const PROGRAM: &str = "lienthong";

/// The step that waits.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Waiting {
    pub submission: Uuid,
    pub ordinal: i64,
}

pub(crate) fn kinds() -> Vec<JobKind> {
    vec![
        JobKind { kind: SIGN_IN_SITTING, run: |ctx, job| Box::pin(run(ctx, job, in_sitting)) },
        JobKind { kind: SEAL, run: |ctx, job| Box::pin(run(ctx, job, by_rule)) },
        JobKind { kind: LETTER_ENDED, run: |ctx, job| Box::pin(letter_ended(ctx, job)) },
    ]
}

/// By what right the step is signed without anybody; none: it waits for its officer.
type RightOf = fn(&mut Tx, &Submission, &Step, Timestamp) -> Result<Option<How>, Refusal>;

/// Signs what waits, if it still does and may be. What only a person could mend stays in the queue,
/// where they see it; what passes by itself is tried again.
async fn run(ctx: Ctx, job: Job, right_of: RightOf) -> Result<(), JobError> {
    let waiting: Waiting = job.read()?;
    let now = ctx.clock.now();
    let found = ctx
        .store
        .read(move |tx| {
            let Some((submission, step)) = still_waits(tx, waiting)? else { return Ok(None) };
            let Some(how) = right_of(tx, &submission, &step, now)? else { return Ok(None) };
            check_delegation(tx, (&submission, &step), now)?;
            let certificate = certificate_of(tx, &step, now)?;
            Ok::<_, Refusal>(Some((Task { submission, step, certificate }, how)))
        })
        .await;
    let done = match found {
        Ok(Some((task, how))) => sign_task(&ctx, (&task, &how)).await,
        Ok(None) => Ok(()),
        Err(refusal) => Err(refusal),
    };
    match done {
        Err(refusal) if refusal.is_passing() => Err(JobError::Retry(refusal.to_string())),
        Err(refusal) => {
            tracing::warn!(submission = %waiting.submission, %refusal, "waits for an officer");
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

/// A letter of request was signed, or will not be.
async fn letter_ended(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let told: Ended = job.read()?;
    request_letters::ended(&ctx, told).await.map_err(|refusal| JobError::Retry(refusal.to_string()))
}

fn still_waits(tx: &mut Tx, waiting: Waiting) -> Result<Option<(Submission, Step)>, Refusal> {
    let id = SubmissionId(waiting.submission);
    let found = submissions::by_id(tx, id)?.filter(|one| one.state == State::Waiting);
    let Some(submission) = found else { return Ok(None) };
    let steps = submissions::steps(tx, id)?;
    let next = next_of(&steps).filter(|step| step.ordinal == waiting.ordinal).cloned();
    Ok(next.map(|step| (submission, step)))
}

fn in_sitting(
    tx: &mut Tx,
    submission: &Submission,
    step: &Step,
    now: Timestamp,
) -> Result<Option<How>, Refusal> {
    let (Scope::Slip, Some(account)) = (submission.scope, step.account) else { return Ok(None) };
    let open = authorisations::sitting_of(tx, account, now)?;
    // Only what its owner issued while it was open: neither what waited before nor what others
    // hand in is what the code was given for.
    let is_own = submission.asked_by == Some(account);
    let open = open.filter(|sitting| is_own && sitting.begun_at <= submission.asked_at);
    Ok(open.map(|sitting| How { sitting: Some(sitting.id), ..How::by(Some(account), &step.name) }))
}

fn by_rule(
    tx: &mut Tx,
    submission: &Submission,
    step: &Step,
    now: Timestamp,
) -> Result<Option<How>, Refusal> {
    let (SignatoryKind::Agency, Some(unit)) = (step.kind, step.unit) else { return Ok(None) };
    let rule = rules::in_force(tx, (unit, submission.scope), local(now).date())?;
    Ok(rule.map(|rule| How { rule: Some(rule.id), ..How::by(None, PROGRAM) }))
}
