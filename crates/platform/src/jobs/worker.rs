//! Who does the jobs: one worker a process, some jobs at a time.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::watch;
use tokio::task::{Id, JoinHandle, JoinSet};
use tokio::time::{Instant, interval_at, sleep, timeout_at};

use super::gauges::Gauges;
use super::lease::{self, Claim};
use super::{Job, JobError, JobKind, Schedule, schedule};
use crate::Ctx;
use crate::store::StoreError;

/// How much a worker does at a time.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    pub at_once: usize,
    /// So that one slow kind (a mail server that hangs) leaves room for the others.
    pub per_kind: usize,
    /// A try that takes longer is given up and counts as failed.
    pub try_max: Duration,
    /// How often the queue is looked at for what other processes put in and for what became due.
    pub poll: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            at_once: 16,
            per_kind: 4,
            try_max: Duration::from_secs(15 * 60),
            poll: Duration::from_millis(500),
        }
    }
}

/// Between two looks at the queue, however often the bell rings.
const BREATH: Duration = Duration::from_millis(20);

/// After the database said no.
const PAUSE_AFTER_ERROR: Duration = Duration::from_secs(2);

pub struct Worker {
    /// Some(grace) once it is to stop.
    stopping: watch::Sender<Option<Duration>>,
    main: JoinHandle<()>,
}

impl Worker {
    pub fn start(ctx: Ctx, kinds: Vec<JobKind>, schedules: Vec<Schedule>) -> Worker {
        Worker::start_with(ctx, kinds, schedules, Limits::default())
    }

    pub fn start_with(
        ctx: Ctx,
        kinds: Vec<JobKind>,
        schedules: Vec<Schedule>,
        limits: Limits,
    ) -> Worker {
        let (stopping, stopped) = watch::channel(None);
        let (gauges, tasks, claims) = (Gauges::default(), JoinSet::new(), HashMap::new());
        let hall = Hall { ctx, kinds, schedules, limits, gauges, tasks, claims };
        Worker { stopping, main: tokio::spawn(hall.open(stopped)) }
    }

    /// Takes nothing new, lets what runs come to its end, and gives back what does not within the
    /// grace: another process, or the next start, does it then.
    pub async fn stop(self, grace: Duration) {
        // Nobody listens only if the worker has panicked; then there is nothing left to stop.
        let _ = self.stopping.send(Some(grace));
        let _ = self.main.await;
    }
}

/// Everything the one task of a worker owns.
struct Hall {
    ctx: Ctx,
    kinds: Vec<JobKind>,
    schedules: Vec<Schedule>,
    limits: Limits,
    gauges: Gauges,
    tasks: JoinSet<()>,
    /// What is being done, by task.
    claims: HashMap<Id, Claim>,
}

impl Hall {
    async fn open(mut self, mut stopped: watch::Receiver<Option<Duration>>) {
        let store = self.ctx.store.clone();
        loop {
            // Listening begins before the look: what is committed in between is not missed.
            let written = store.written();
            tokio::pin!(written);
            written.as_mut().enable();
            let pause = match self.look().await {
                Ok(()) => self.limits.poll,
                Err(error) => {
                    tracing::warn!(%error, "the queue of jobs cannot be read");
                    PAUSE_AFTER_ERROR
                }
            };
            sleep(BREATH).await;
            tokio::select! {
                _ = stopped.wait_for(Option::is_some) => break,
                Some(ended) = self.tasks.join_next_with_id() => self.forget(ended),
                () = &mut written => {}
                () = sleep(pause) => {}
            }
        }
        let grace = stopped.borrow().unwrap_or_default();
        self.close(grace).await;
    }

    /// One look at schedules and queue; takes what there is room for.
    async fn look(&mut self) -> Result<(), StoreError> {
        schedule::tick(&self.ctx, &self.schedules).await?;
        self.gauges.tell(&self.ctx).await?;
        for (kind, count) in lease::due(&self.ctx).await? {
            let Some(kind) = self.kinds.iter().find(|known| known.kind == kind).copied() else {
                continue; // Another version of the program knows it; the figures show its age.
            };
            let room = self.room(kind.kind).min(usize::try_from(count).unwrap_or(usize::MAX));
            if room > 0 {
                for claim in lease::claim(&self.ctx, kind.kind, room).await? {
                    self.begin(kind, claim);
                }
            }
        }
        Ok(())
    }

    fn room(&self, kind: &str) -> usize {
        let of_kind = self.claims.values().filter(|claim| claim.job.kind == kind).count();
        let in_all = self.limits.at_once.saturating_sub(self.claims.len());
        in_all.min(self.limits.per_kind.saturating_sub(of_kind))
    }

    fn begin(&mut self, kind: JobKind, claim: Claim) {
        let task = attempt(self.ctx.clone(), kind, claim.clone(), self.limits.try_max);
        let id = self.tasks.spawn(task).id();
        self.claims.insert(id, claim);
    }

    fn forget(&mut self, ended: Result<(Id, ()), tokio::task::JoinError>) {
        let id = match ended {
            Ok((id, ())) => id,
            Err(error) => error.id(),
        };
        self.claims.remove(&id);
    }

    async fn close(mut self, grace: Duration) {
        let end = Instant::now() + grace;
        while let Ok(Some(ended)) = timeout_at(end, self.tasks.join_next_with_id()).await {
            self.forget(ended);
        }
        self.tasks.shutdown().await;
        let rest: Vec<Claim> = self.claims.into_values().collect();
        if rest.is_empty() {
            return;
        }
        tracing::warn!(count = rest.len(), "jobs given back unfinished");
        if let Err(error) = lease::give_back(&self.ctx, rest).await {
            tracing::warn!(%error, "jobs not given back: their leases end by themselves");
        }
    }
}

/// One try from beginning to end.
async fn attempt(ctx: Ctx, kind: JobKind, claim: Claim, try_max: Duration) {
    let Some(outcome) = run(&ctx, kind, &claim, try_max).await else {
        tracing::warn!(job = %claim.job.id, kind = kind.kind, "lease lost: another worker has it");
        return;
    };
    told(&claim.job, &outcome);
    if let Err(error) = lease::finish(&ctx, &claim, &outcome).await {
        // Its lease ends, and it is done again: at least once.
        tracing::warn!(job = %claim.job.id, kind = kind.kind, %error, "job not struck out");
    }
}

/// None when the lease was lost on the way.
async fn run(
    ctx: &Ctx,
    kind: JobKind,
    claim: &Claim,
    try_max: Duration,
) -> Option<Result<(), JobError>> {
    let work = AssertUnwindSafe((kind.run)(ctx.clone(), claim.job.clone())).catch_unwind();
    let end = sleep(try_max);
    let mut heartbeat = interval_at(Instant::now() + lease::HEARTBEAT, lease::HEARTBEAT);
    tokio::pin!(work, end);
    loop {
        tokio::select! {
            outcome = &mut work => {
                return Some(outcome.unwrap_or_else(|_| {
                    Err(JobError::Retry("the work panicked; the log says where".to_owned()))
                }));
            }
            () = &mut end => {
                let reason = format!("given up after {} s", try_max.as_secs());
                return Some(Err(JobError::Retry(reason)));
            }
            _ = heartbeat.tick() => match lease::extend(ctx, claim).await {
                Ok(true) => {}
                Ok(false) => return None,
                // The lease outlives two missed heartbeats.
                Err(error) => tracing::warn!(job = %claim.job.id, %error, "no heartbeat"),
            },
        }
    }
}

fn told(job: &Job, outcome: &Result<(), JobError>) {
    let (kind, attempt) = (job.kind.clone(), job.attempt);
    let end = match outcome {
        Ok(()) => "done",
        Err(JobError::Retry(error)) => {
            tracing::warn!(job = %job.id, kind, attempt, error, "job failed");
            "failed"
        }
        Err(JobError::Dead(error)) => {
            tracing::error!(job = %job.id, kind, attempt, error, "job will never go");
            "dead"
        }
    };
    metrics::counter!("jobs_total", "kind" => kind, "end" => end).increment(1);
}

/// What [`run_due`] did.
#[derive(Debug, Default, PartialEq)]
pub struct Ran {
    pub done: usize,
    /// Kind and reason of what failed, in order.
    pub failed: Vec<(String, String)>,
}

/// Does everything that is due, and what that puts in, one after another in the caller's own task:
/// for tests and for commands that end. Panics come through.
pub async fn run_due(ctx: &Ctx, kinds: &[JobKind]) -> Result<Ran, StoreError> {
    let mut ran = Ran::default();
    loop {
        let due = lease::due(ctx).await?;
        let known = |name: &String| kinds.iter().find(|kind| kind.kind == name).copied();
        let Some(kind) = due.iter().find_map(|(name, _)| known(name)) else { return Ok(ran) };
        for claim in lease::claim(ctx, kind.kind, 100).await? {
            let outcome = (kind.run)(ctx.clone(), claim.job.clone()).await;
            lease::finish(ctx, &claim, &outcome).await?;
            match outcome {
                Ok(()) => ran.done += 1,
                Err(error) => ran.failed.push((claim.job.kind, error.to_string())),
            }
        }
    }
}

/// Puts the turns of all schedules that are due into the queue: the other half of [`run_due`].
pub async fn run_schedules(ctx: &Ctx, schedules: &[Schedule]) -> Result<usize, StoreError> {
    schedule::tick(ctx, schedules).await
}
