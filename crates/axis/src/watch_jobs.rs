//! What watches over the axis after the commit: systems are told, what waits is looked at, bytes
//! whose time is over go.

use platform::Ctx;
use platform::jobs::{Every, Job, JobError, JobKind, Schedule};
use serde::Deserialize;

use crate::commands::leaving::{self, LEAVE};
use crate::commands::rerouting::{self, SEEK};
use crate::commands::watching::{Late, NOTICE, Notice};
use crate::commands::webhooks::PUSH;
use crate::commands::{keeping, watching, webhooks};
use crate::refusal::Refusal;
use crate::store::webhooks::any_to_tell;
use crate::store::{leaving as ended, stranded};

const DISPATCH: &str = "axis.dispatch-pushes";
const WATCH: &str = "axis.watch";
const RETENTION: &str = "axis.retention";

#[derive(Deserialize)]
struct ToSystem {
    system: String,
}

pub(crate) fn kinds() -> Vec<JobKind> {
    vec![
        JobKind { kind: DISPATCH, run: |ctx, _| Box::pin(dispatch(ctx)) },
        JobKind { kind: PUSH, run: |ctx, job| Box::pin(push(ctx, job)) },
        JobKind { kind: LEAVE, run: |ctx, _| Box::pin(leave(ctx)) },
        JobKind { kind: SEEK, run: |ctx, _| Box::pin(seek(ctx)) },
        JobKind { kind: WATCH, run: |ctx, _| Box::pin(watch(ctx)) },
        JobKind { kind: NOTICE, run: |ctx, job| Box::pin(notice(ctx, job)) },
        JobKind { kind: RETENTION, run: |ctx, _| Box::pin(retention(ctx)) },
    ]
}

pub(crate) fn schedules() -> Vec<Schedule> {
    vec![
        Schedule {
            kind: DISPATCH,
            every: Every::Look { seconds: 1, when: |tx, _| any_to_tell(tx) },
        },
        Schedule {
            kind: SEEK,
            every: Every::Look { seconds: 60, when: |tx, _| stranded::is_any(tx) },
        },
        Schedule {
            kind: LEAVE,
            every: Every::Look { seconds: 10, when: |tx, _| ended::is_any(tx) },
        },
        Schedule { kind: WATCH, every: Every::Minutes(1) },
        Schedule { kind: RETENTION, every: Every::DailyAt { hour: 2, minute: 30 } },
    ]
}

async fn dispatch(ctx: Ctx) -> Result<(), JobError> {
    Ok(webhooks::dispatch(&ctx).await?)
}

async fn push(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let ToSystem { system } = job.read()?;
    webhooks::push(&ctx, &system).await.map_err(later)
}

async fn seek(ctx: Ctx) -> Result<(), JobError> {
    let sent = rerouting::look(&ctx).await.map_err(later)?;
    if sent > 0 {
        tracing::info!(sent, "packets that had been stranded go on");
    }
    Ok(())
}

async fn leave(ctx: Ctx) -> Result<(), JobError> {
    leaving::look(&ctx).await.map_err(later)
}

async fn watch(ctx: Ctx) -> Result<(), JobError> {
    watching::look(&ctx).await.map_err(later)
}

async fn notice(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let late: Late = job.read()?;
    watching::notice(&ctx, job.id, late).await.map_err(|fault| match fault {
        Notice::Store(error) => JobError::from(error),
        Notice::Outside(error) => JobError::from(error),
    })
}

async fn retention(ctx: Ctx) -> Result<(), JobError> {
    let removed = keeping::remove_overdue(&ctx).await.map_err(later)?;
    if removed > 0 {
        tracing::info!(removed, "the bytes of packets whose time is over are gone");
    }
    Ok(())
}

fn later(refusal: Refusal) -> JobError {
    JobError::Retry(refusal.to_string())
}
