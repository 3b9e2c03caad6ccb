//! A worker at work.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::jobs::{Every, Limits, Schedule, Worker};

/// Looks by itself so rarely that only the bell can have woken it.
fn deaf() -> Limits {
    Limits { poll: Duration::from_secs(3_600), ..Limits::default() }
}

fn start(ctx: &Ctx, limits: Limits) -> Worker {
    Worker::start_with(ctx.clone(), vec![SAMPLE, OTHER], Vec::new(), limits)
}

async fn done(ctx: &Ctx, count: i64) {
    until("the jobs are done", async || {
        figure(ctx, "sample.done").await == count && is_empty(ctx).await
    })
    .await;
}

#[tokio::test]
async fn a_worker_does_what_is_there_and_wakes_for_what_comes() {
    let house = House::build(Vec::new()).await;
    put_new(&house.ctx, "").await;
    let worker = start(&house.ctx, deaf());
    done(&house.ctx, 1).await;
    put_new(&house.ctx, "").await;
    done(&house.ctx, 2).await;
    worker.stop(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn a_worker_finds_what_became_due_by_itself() {
    let house = House::build(Vec::new()).await;
    let mut job = job(&house.ctx, SAMPLE.kind, "");
    job.run_at += SignedDuration::from_secs(60);
    put(&house.ctx, &job).await;
    let poll = Duration::from_millis(20);
    let worker = start(&house.ctx, Limits { poll, ..Limits::default() });
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(figure(&house.ctx, "sample.begun").await, 0);
    pass(&house.ctx, 60);
    done(&house.ctx, 1).await;
    worker.stop(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn work_that_panics_or_hangs_has_failed_and_others_go_on() {
    let house = House::build(Vec::new()).await;
    put_new(&house.ctx, "panic").await;
    put_new(&house.ctx, "hang").await;
    put_new(&house.ctx, "").await;
    // Long enough for honest work on a busy machine: only what hangs may come to it.
    let try_max = Duration::from_secs(4);
    let worker = start(&house.ctx, Limits { try_max, ..deaf() });
    until("both wait for their next try", async || {
        depths(&house.ctx).await == [(SAMPLE.kind.into(), "waiting".into(), 2)]
    })
    .await;
    assert_eq!(figure(&house.ctx, "sample.done").await, 1);
    let reasons = "SELECT last_error FROM platform_job ORDER BY id";
    let told: Vec<(String,)> = house.ctx.store.read(move |tx| tx.all(reasons, &[])).await.unwrap();
    assert_eq!(told[0].0, "the work panicked; the log says where");
    assert_eq!(told[1].0, "given up after 4 s");
    worker.stop(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn no_more_than_the_limits_run_at_a_time() {
    static NOW: AtomicUsize = AtomicUsize::new(0);
    static MOST: AtomicUsize = AtomicUsize::new(0);
    const COUNTED: JobKind = JobKind {
        kind: "sample.counted",
        run: |_, _| {
            Box::pin(async {
                MOST.fetch_max(NOW.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::time::sleep(Duration::from_millis(20)).await;
                NOW.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            })
        },
    };
    let house = House::build(Vec::new()).await;
    for _ in 0..12 {
        put(&house.ctx, &job(&house.ctx, COUNTED.kind, "")).await;
    }
    let limits = Limits { at_once: 5, per_kind: 3, ..deaf() };
    let worker = Worker::start_with(house.ctx.clone(), vec![COUNTED], Vec::new(), limits);
    until("all are done", async || is_empty(&house.ctx).await).await;
    assert_eq!(MOST.load(Ordering::SeqCst), 3);
    worker.stop(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn a_hanging_kind_leaves_room_for_others() {
    let house = House::build(Vec::new()).await;
    for _ in 0..10 {
        put_new(&house.ctx, "hang").await;
    }
    let worker = start(&house.ctx, Limits { at_once: 5, per_kind: 3, ..deaf() });
    put(&house.ctx, &job(&house.ctx, OTHER.kind, "")).await;
    until("the other is done", async || figure(&house.ctx, "sample.done").await == 1).await;
    worker.stop(Duration::ZERO).await;
}

#[tokio::test]
async fn stopping_lets_work_come_to_its_end_and_takes_no_more() {
    let house = House::build(Vec::new()).await;
    put_new(&house.ctx, "slow").await;
    let worker = start(&house.ctx, deaf());
    until("it has begun", async || figure(&house.ctx, "sample.begun").await == 1).await;
    worker.stop(Duration::from_secs(5)).await;
    assert_eq!(figure(&house.ctx, "sample.done").await, 1);
    assert!(is_empty(&house.ctx).await);
    put_new(&house.ctx, "").await;
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(figure(&house.ctx, "sample.begun").await, 1);
}

#[tokio::test]
async fn what_does_not_end_within_the_grace_is_given_back() {
    let house = House::build(Vec::new()).await;
    put_new(&house.ctx, "hang").await;
    let worker = start(&house.ctx, deaf());
    until("it has begun", async || figure(&house.ctx, "sample.begun").await == 1).await;
    worker.stop(Duration::from_millis(20)).await;
    assert_eq!(depths(&house.ctx).await, [(SAMPLE.kind.into(), "waiting".into(), 1)]);
    let claims = crate::jobs::lease::claim(&house.ctx, SAMPLE.kind, 1).await.unwrap();
    assert_eq!(claims[0].job.attempt, 1);
}

#[tokio::test]
async fn two_workers_do_every_job_once() {
    let house = House::build(Vec::new()).await;
    let workers = [start(&house.ctx, deaf()), start(&house.ctx, deaf())];
    for _ in 0..80 {
        put_new(&house.ctx, "").await;
    }
    until("all are done", async || is_empty(&house.ctx).await).await;
    assert_eq!(figure(&house.ctx, "sample.begun").await, 80);
    for worker in workers {
        worker.stop(Duration::from_secs(5)).await;
    }
}

#[tokio::test]
async fn a_worker_keeps_its_schedules() {
    let house = House::build(Vec::new()).await;
    let schedule = Schedule { kind: SAMPLE.kind, every: Every::Seconds(10) };
    let limits = Limits { poll: Duration::from_millis(10), ..Limits::default() };
    let worker = Worker::start_with(house.ctx.clone(), vec![SAMPLE], vec![schedule], limits);
    for turns in 1..=3 {
        tokio::time::sleep(Duration::from_millis(50)).await;
        pass(&house.ctx, 10);
        until("its turn has come", async || figure(&house.ctx, "sample.done").await == turns).await;
    }
    worker.stop(Duration::from_secs(5)).await;
}

#[tokio::test]
async fn the_metrics_tell_how_much_waits_and_how_late_it_is() {
    let recorder = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder();
    let handle = recorder.handle();
    let house = House::build(Vec::new()).await;
    put_new(&house.ctx, "").await;
    pass(&house.ctx, 90);
    let mut gauges = crate::jobs::gauges::Gauges::default();
    let mut tell = async || {
        pass(&house.ctx, 15);
        let _guard = metrics::set_default_local_recorder(&recorder);
        gauges.tell(&house.ctx).await.unwrap();
        handle.render()
    };
    let told = tell().await;
    assert!(told.contains("jobs_depth{kind=\"sample.work\",state=\"waiting\"} 1"), "{told}");
    assert!(told.contains("jobs_late_seconds{kind=\"sample.work\"} 105"), "{told}");
    crate::jobs::run_due(&house.ctx, &[SAMPLE]).await.unwrap();
    let told = tell().await;
    assert!(told.contains("jobs_depth{kind=\"sample.work\",state=\"waiting\"} 0"), "{told}");
    assert!(told.contains("jobs_late_seconds{kind=\"sample.work\"} 0"), "{told}");
}
