//! What is done after the commit with documents that go out: what became of them before their
//! signer, number and date, what became of them before the seal.

use platform::Ctx;
use platform::jobs::{Job, JobError, JobKind};
use serde::{Deserialize, Serialize};
use signing::Ended;
use uuid::Uuid;

use crate::commands::{issuing, submitting};
use crate::document::OutgoingId;
use crate::refusal::Refusal;

/// By which signing tells how it ended before the signer, and before the seal.
pub(crate) const SIGNED: &str = "office.signed";
pub(crate) const SEALED: &str = "office.sealed";
pub(crate) const FILL: &str = "office.fill";

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Numbered {
    pub outgoing: Uuid,
}

pub(crate) fn kinds() -> Vec<JobKind> {
    vec![
        JobKind { kind: SIGNED, run: |ctx, job| Box::pin(signed(ctx, job)) },
        JobKind { kind: FILL, run: |ctx, job| Box::pin(fill(ctx, job)) },
        JobKind { kind: SEALED, run: |ctx, job| Box::pin(sealed(ctx, job)) },
    ]
}

async fn signed(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let ended: Ended = job.read()?;
    done(submitting::ended(&ctx, ended).await)
}

async fn fill(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let told: Numbered = job.read()?;
    done(issuing::fill(&ctx, OutgoingId(told.outgoing)).await)
}

async fn sealed(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let ended: Ended = job.read()?;
    done(issuing::ended(&ctx, ended).await)
}

/// What was changed meanwhile is read again; what a person has to mend waits as a dead letter
/// after the usual tries.
fn done(outcome: Result<(), Refusal>) -> Result<(), JobError> {
    outcome.map_err(|refusal| JobError::Retry(refusal.to_string()))
}
