//! What happens when a day comes.

use platform::Ctx;
use platform::jobs::{Every, JobError, JobKind, Schedule};

use crate::commands::days;
use crate::refusal::Refusal;

const TURN: &str = "organisations.turn-day";

pub(crate) fn kinds() -> Vec<JobKind> {
    vec![JobKind { kind: TURN, run: |ctx, _| Box::pin(turn(ctx)) }]
}

/// Within a minute of midnight, or of the start where nothing ran then.
pub(crate) fn schedules() -> Vec<Schedule> {
    vec![Schedule { kind: TURN, every: Every::Look { seconds: 60, when: days::is_due } }]
}

async fn turn(ctx: Ctx) -> Result<(), JobError> {
    let later = |refusal: Refusal| JobError::Retry(refusal.to_string());
    let units = days::turn(&ctx).await.map_err(later)?;
    if units > 0 {
        tracing::info!(units, "units begin today, or are no longer");
    }
    Ok(())
}
