//! Thirty days before a closed dossier is due in the archive, whoever answers for it is reminded,
//! once.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 30, app. VI

use identity::Scribe;
use jiff::Span;
use platform::Ctx;
use platform::clock::local;
use platform::jobs::{Every, Job, JobError, JobKind, Schedule};
use platform::store::Tx;
use serde_json::json;

use crate::errands::{About, tell};
use crate::refusal::Refusal;
use crate::store::work_dossiers as store;
use crate::work_dossier::{REMINDED_DAYS, WorkDossierId};

const REMIND_OF_ARCHIVE: &str = "office.remind-of-archive";
const AT_ONCE_MAX: i64 = 500;

pub(crate) fn kind() -> JobKind {
    JobKind { kind: REMIND_OF_ARCHIVE, run: |ctx, job| Box::pin(run(ctx, job)) }
}

pub(crate) fn schedule() -> Schedule {
    Schedule { kind: REMIND_OF_ARCHIVE, every: Every::DailyAt { hour: 7, minute: 0 } }
}

async fn run(ctx: Ctx, _job: Job) -> Result<(), JobError> {
    remind(&ctx).await.map(drop).map_err(|refusal| JobError::Retry(refusal.to_string()))
}

/// Answers how many were told.
pub(crate) async fn remind(ctx: &Ctx) -> Result<usize, Refusal> {
    let day = local(ctx.clock.now()).date().saturating_add(Span::new().days(REMINDED_DAYS));
    let mut told = 0;
    loop {
        let due = ctx.store.read(move |tx| store::to_remind(tx, day, AT_ONCE_MAX)).await?;
        if due.is_empty() {
            return Ok(told);
        }
        told += due.len();
        let house = ctx.clone();
        ctx.store
            .write(move |tx| {
                for id in &due {
                    remind_of(tx, &house, *id)?;
                }
                Ok::<_, Refusal>(())
            })
            .await?;
    }
}

fn remind_of(tx: &mut Tx, ctx: &Ctx, id: WorkDossierId) -> Result<(), Refusal> {
    let Some(mut one) = store::by_id(tx, id)? else { return Ok(()) };
    if one.reminded_at.is_some() {
        return Ok(());
    }
    let scribe = Scribe::named(ctx, None, "lienthong");
    one.reminded_at = Some(scribe.now);
    if !store::save(tx, &one)? {
        return Err(Refusal::ChangedMeanwhile);
    }
    tell(tx, ctx, (one.holder, "archive"), About::work_dossier(&one))?;
    let detail = json!({ "archiveBy": one.archive_due_on });
    let done = ("office.remind-of-archive", one.object());
    Ok(scribe.note_over(tx, Some(one.unit), done, detail)?)
}
