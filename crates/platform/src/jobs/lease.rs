//! Taking a job, holding it, and letting go of it: each step says whether the lease was still ours.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use super::dead::count_again;
use super::queue::pause;
use super::{ATTEMPTS_MAX, Job, JobError, store};
use crate::Ctx;
use crate::record;
use crate::store::{StoreError, Tx};

/// A worker that is silent for this long is taken for dead. Machines' clocks may differ by some
/// seconds, not by a minute: NTP is a condition of running on several.
pub(super) const LEASE: Duration = Duration::from_secs(60);

/// A living worker says so three times a lease.
pub(super) const HEARTBEAT: Duration = Duration::from_secs(20);

record! {
    #[derive(Clone)]
    struct Row {
        id: Uuid,
        kind: String,
        payload: String,
        attempts: i32,
        last_error: Option<String>,
    }
}

/// A job in our hands for as long as the lease is renewed.
#[derive(Debug, Clone)]
pub(super) struct Claim {
    pub job: Job,
    lease: Uuid,
}

/// What is due now, by kind, what has waited longest first.
pub(super) async fn due(ctx: &Ctx) -> Result<Vec<(String, i64)>, StoreError> {
    let now = ctx.clock.now();
    ctx.store.read(move |tx| tx.all(store::DUE, &[&now])).await
}

/// Takes up to `limit` due jobs of a kind.
pub(super) async fn claim(
    ctx: &Ctx,
    kind: &'static str,
    limit: usize,
) -> Result<Vec<Claim>, StoreError> {
    let now = ctx.clock.now();
    let lease = ctx.ids.next();
    ctx.store
        .write(move |tx| {
            let limit = limit as i64;
            let mut rows: Vec<Row> =
                tx.all(store::CLAIM, &[&lease, &later(now, LEASE), &kind, &now, &limit])?;
            rows.sort_by_key(|row| row.id);
            let mut claims = Vec::with_capacity(rows.len());
            for row in rows {
                claims.extend(living(tx, row, lease, now)?);
            }
            Ok(claims)
        })
        .await
}

/// A job that has ended every process that touched it would come back for ever: it never got to
/// say that it failed. Its tries were counted when they began.
fn living(tx: &mut Tx, row: Row, lease: Uuid, at: Timestamp) -> Result<Option<Claim>, StoreError> {
    let payload = serde_json::from_str::<Value>(&row.payload);
    let (Ok(payload), true) = (payload, row.attempts <= ATTEMPTS_MAX) else {
        let last = row.last_error.unwrap_or_default();
        let reason = format!("tried {} times without coming back. {last}", row.attempts - 1);
        die(tx, row.id, lease, at, &reason)?;
        return Ok(None);
    };
    let job = Job { id: row.id, kind: row.kind, payload, at, attempt: row.attempts };
    Ok(Some(Claim { job, lease }))
}

/// The heartbeat. False when another worker has taken over.
pub(super) async fn extend(ctx: &Ctx, claim: &Claim) -> Result<bool, StoreError> {
    let (id, lease, until) = (claim.job.id, claim.lease, later(ctx.clock.now(), LEASE));
    let count: u64 =
        ctx.store.write(move |tx| tx.execute(store::EXTEND, &[&id, &lease, &until])).await?;
    Ok(count == 1)
}

/// Strikes the job out, or puts it back for later, or lays it down as a dead letter.
pub(super) async fn finish(
    ctx: &Ctx,
    claim: &Claim,
    outcome: &Result<(), JobError>,
) -> Result<(), StoreError> {
    let (id, lease, now) = (claim.job.id, claim.lease, ctx.clock.now());
    let last = claim.job.attempt >= ATTEMPTS_MAX;
    let chance = u64::from_be_bytes(ctx.ids.secret());
    let again = later(now, pause(claim.job.attempt, chance));
    let outcome = outcome.clone();
    ctx.store
        .write(move |tx| match &outcome {
            Ok(()) => tx.execute(store::DONE, &[&id, &lease]).map(|_| ()),
            Err(JobError::Retry(reason)) if !last => {
                tx.execute(store::LATER, &[&id, &lease, &again, reason]).map(|_| ())
            }
            Err(JobError::Retry(reason) | JobError::Dead(reason)) => {
                die(tx, id, lease, now, reason)
            }
        })
        .await
}

fn die(tx: &mut Tx, id: Uuid, lease: Uuid, at: Timestamp, reason: &str) -> Result<(), StoreError> {
    if tx.execute(store::DEAD, &[&id, &lease, &at, &reason])? == 1 {
        count_again(tx, at)?;
    }
    Ok(())
}

pub(super) async fn give_back(ctx: &Ctx, claims: Vec<Claim>) -> Result<(), StoreError> {
    let now = ctx.clock.now();
    ctx.store
        .write(move |tx| {
            for claim in &claims {
                tx.execute(store::GIVE_BACK, &[&claim.job.id, &claim.lease, &now])?;
            }
            Ok(())
        })
        .await
}

fn later(at: Timestamp, by: Duration) -> Timestamp {
    SignedDuration::try_from(by).ok().and_then(|by| at.checked_add(by).ok()).unwrap_or(at)
}
