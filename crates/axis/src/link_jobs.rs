//! Rounds with links: whoever is due is visited by a job of its own, so that one slow axis holds up
//! no other.

use jiff::Timestamp;
use platform::Ctx;
use platform::jobs::{self, Every, Job, JobError, JobKind, NewJob, Schedule};
use platform::store::{StoreError, Tx};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::commands::linking;
use crate::store::links;

const LOOK: &str = "axis.look-at-links";
const ROUND: &str = "axis.link-round";
/// How soon what was accepted goes on to another axis.
const LOOK_SECONDS: u32 = 2;
/// A round whose process died is no reason to wait for its lease: the link has its own.
const SLOT_SECONDS: i64 = 10;

pub(crate) const SCHEDULE: Schedule =
    Schedule { kind: LOOK, every: Every::Look { seconds: LOOK_SECONDS, when: links::is_any_due } };

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Round {
    link: Uuid,
}

pub(crate) fn kinds() -> Vec<JobKind> {
    vec![
        JobKind { kind: LOOK, run: |ctx, job| Box::pin(look(ctx, job)) },
        JobKind { kind: ROUND, run: |ctx, job| Box::pin(round(ctx, job)) },
    ]
}

async fn look(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let (ids, at) = (ctx.ids.clone(), job.at);
    let unit = move |tx: &mut Tx| {
        for link in links::due(tx, at)? {
            jobs::enqueue(tx, &job_of(ids.next(), link, at))?;
        }
        Ok::<_, StoreError>(())
    };
    Ok(ctx.store.write(unit).await?)
}

fn job_of(id: Uuid, link: Uuid, at: Timestamp) -> NewJob {
    let slot = at.as_second() / SLOT_SECONDS;
    NewJob {
        id,
        kind: ROUND,
        payload: serde_json::json!(Round { link }),
        run_at: at,
        key: Some(format!("{link}:{slot}")),
    }
}

async fn round(ctx: Ctx, job: Job) -> Result<(), JobError> {
    let Round { link } = job.read()?;
    match linking::run(&ctx, link).await {
        Ok(_) => Ok(()),
        // The next turn comes by itself, and sees what this one left.
        Err(refusal) => {
            tracing::warn!(%link, %refusal, "a round with a link failed");
            Ok(())
        }
    }
}
