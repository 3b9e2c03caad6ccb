//! Jobs: done once each, tried again when they fail, and never lost.

mod dead;
mod leases;
mod queue;
mod schedules;
mod working;

use std::time::Duration;

use futures_util::future::BoxFuture;
use jiff::SignedDuration;
use serde_json::json;

use super::{Job, JobError, JobKind, NewJob, enqueue};
use crate::Ctx;
use crate::figures;
use crate::store::StoreError;
use crate::testing::House;

/// Counts itself; fails as its payload says.
const SAMPLE: JobKind = JobKind { kind: "sample.work", run: |ctx, job| sample(ctx, job) };
/// The same under another name.
const OTHER: JobKind = JobKind { kind: "sample.other", run: |ctx, job| sample(ctx, job) };

fn sample(ctx: Ctx, job: Job) -> BoxFuture<'static, Result<(), JobError>> {
    Box::pin(async move {
        let at = ctx.clock.now();
        ctx.store.write(move |tx| figures::add(tx, "sample.begun", &[], at, 1)).await?;
        match job.payload["do"].as_str().unwrap_or_default() {
            "retry" => return Err(JobError::Retry("not today".to_owned())),
            "dead" => return Err(JobError::Dead("never".to_owned())),
            "panic" => panic!("as asked"),
            "hang" => std::future::pending().await,
            "slow" => tokio::time::sleep(Duration::from_millis(60)).await,
            _ => {}
        }
        ctx.store.write(move |tx| figures::add(tx, "sample.done", &[], at, 1)).await?;
        Ok(())
    })
}

fn job(ctx: &Ctx, kind: &'static str, doing: &str) -> NewJob {
    NewJob {
        id: ctx.ids.next(),
        kind,
        payload: json!({ "do": doing }),
        run_at: ctx.clock.now(),
        key: None,
    }
}

async fn put(ctx: &Ctx, job: &NewJob) {
    let job = job.clone();
    ctx.store.write(move |tx| enqueue(tx, &job)).await.unwrap();
}

async fn put_new(ctx: &Ctx, doing: &str) -> NewJob {
    let job = job(ctx, SAMPLE.kind, doing);
    put(ctx, &job).await;
    job
}

async fn figure(ctx: &Ctx, name: &'static str) -> i64 {
    let period = figures::Period::until(crate::clock::local(ctx.clock.now()).date());
    ctx.store.read(move |tx| figures::total(tx, name, &[], period)).await.unwrap()
}

/// Kinds, states and counts.
async fn depths(ctx: &Ctx) -> Vec<(String, String, i64)> {
    let depths = ctx.store.read(super::depths).await.unwrap();
    depths.into_iter().map(|depth| (depth.kind, depth.state, depth.count)).collect()
}

async fn is_empty(ctx: &Ctx) -> bool {
    depths(ctx).await.is_empty()
}

fn pass(ctx: &Ctx, seconds: i64) {
    ctx.clock.advance(SignedDuration::from_secs(seconds));
}

/// Waits for what another task does, as long as a busy machine may need.
async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..6_000 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("waited in vain until {what}");
}

fn undone() -> Result<(), StoreError> {
    Err(StoreError::NotFound)
}
