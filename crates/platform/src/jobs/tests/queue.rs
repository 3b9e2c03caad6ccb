//! Into the queue and out of it.

use proptest::prelude::*;

use super::*;
use crate::jobs::{ATTEMPTS_MAX, Ran, pause, run_due};

#[tokio::test]
async fn a_job_runs_once_and_is_gone() {
    let house = House::build(Vec::new()).await;
    put_new(&house.ctx, "").await;
    let ran = run_due(&house.ctx, &[SAMPLE]).await.unwrap();
    assert_eq!(ran, Ran { done: 1, failed: Vec::new() });
    assert_eq!(run_due(&house.ctx, &[SAMPLE]).await.unwrap().done, 0);
    assert_eq!(figure(&house.ctx, "sample.done").await, 1);
    assert!(is_empty(&house.ctx).await);
}

#[tokio::test]
async fn a_job_of_a_unit_that_was_undone_never_runs() {
    let house = House::build(Vec::new()).await;
    let job = job(&house.ctx, SAMPLE.kind, "");
    let outcome = house.ctx.store.write(move |tx| enqueue(tx, &job).and_then(|()| undone())).await;
    assert_eq!(outcome, undone());
    assert!(is_empty(&house.ctx).await);
}

#[tokio::test]
async fn a_job_waits_for_its_time() {
    let house = House::build(Vec::new()).await;
    let mut tomorrow = job(&house.ctx, SAMPLE.kind, "");
    tomorrow.run_at += SignedDuration::from_secs(60);
    put(&house.ctx, &tomorrow).await;
    pass(&house.ctx, 59);
    assert_eq!(run_due(&house.ctx, &[SAMPLE]).await.unwrap().done, 0);
    pass(&house.ctx, 1);
    assert_eq!(run_due(&house.ctx, &[SAMPLE]).await.unwrap().done, 1);
}

#[tokio::test]
async fn a_kind_that_nobody_here_knows_is_left_to_others() {
    let house = House::build(Vec::new()).await;
    put_new(&house.ctx, "").await;
    assert_eq!(run_due(&house.ctx, &[OTHER]).await.unwrap(), Ran::default());
    assert_eq!(depths(&house.ctx).await, [(SAMPLE.kind.into(), "waiting".into(), 1)]);
}

#[tokio::test]
async fn what_fails_is_tried_again_later_and_rests_as_a_dead_letter_at_last() {
    let house = House::build(Vec::new()).await;
    put_new(&house.ctx, "retry").await;
    let mut tries = 0;
    for _ in 0..3_000 {
        tries += run_due(&house.ctx, &[SAMPLE]).await.unwrap().failed.len();
        let dead = depths(&house.ctx).await == [(SAMPLE.kind.into(), "dead".into(), 1)];
        if dead {
            break;
        }
        assert_eq!(run_due(&house.ctx, &[SAMPLE]).await.unwrap(), Ran::default(), "at once again");
        pass(&house.ctx, 600);
    }
    assert_eq!(tries, ATTEMPTS_MAX as usize);
    assert_eq!(figure(&house.ctx, "sample.begun").await, i64::from(ATTEMPTS_MAX));
}

#[tokio::test]
async fn what_will_never_go_is_a_dead_letter_at_once() {
    let house = House::build(Vec::new()).await;
    put_new(&house.ctx, "dead").await;
    let ran = run_due(&house.ctx, &[SAMPLE]).await.unwrap();
    assert_eq!(ran.failed, [(SAMPLE.kind.to_owned(), "never".to_owned())]);
    assert_eq!(depths(&house.ctx).await, [(SAMPLE.kind.into(), "dead".into(), 1)]);
}

#[tokio::test]
async fn a_payload_that_cannot_be_read_is_dead() {
    let house = House::build(Vec::new()).await;
    let job = Job {
        id: house.ctx.ids.next(),
        kind: SAMPLE.kind.to_owned(),
        payload: json!({ "do": 3 }),
        at: house.ctx.clock.now(),
        attempt: 1,
    };
    #[derive(serde::Deserialize, Debug)]
    struct Payload {
        #[serde(rename = "do")]
        _doing: String,
    }
    assert!(matches!(job.read::<Payload>(), Err(JobError::Dead(_))));
}

#[tokio::test]
async fn a_key_is_in_the_queue_once_until_its_work_is_done() {
    let house = House::build(Vec::new()).await;
    let keyed = |doing: &str| NewJob {
        key: Some("letter:7".to_owned()),
        ..job(&house.ctx, SAMPLE.kind, doing)
    };
    put(&house.ctx, &keyed("")).await;
    put(&house.ctx, &keyed("")).await;
    // Of another kind it is another key.
    put(&house.ctx, &NewJob { kind: OTHER.kind, ..keyed("") }).await;
    assert_eq!(run_due(&house.ctx, &[SAMPLE, OTHER]).await.unwrap().done, 2);
    put(&house.ctx, &keyed("dead")).await;
    run_due(&house.ctx, &[SAMPLE]).await.unwrap();
    put(&house.ctx, &keyed("")).await;
    assert_eq!(run_due(&house.ctx, &[SAMPLE]).await.unwrap().done, 1, "a dead one is no hindrance");
}

#[tokio::test]
async fn many_units_ask_for_one_key_at_once() {
    let house = House::build(Vec::new()).await;
    let mut hands = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let ctx = house.ctx.clone();
        hands.spawn(async move {
            let key = Some("letter:7".to_owned());
            put(&ctx, &NewJob { key, ..job(&ctx, SAMPLE.kind, "") }).await;
        });
    }
    hands.join_all().await;
    assert_eq!(run_due(&house.ctx, &[SAMPLE]).await.unwrap().done, 1);
}

#[tokio::test]
async fn a_job_that_puts_in_another_is_followed() {
    const CHAIN: JobKind = JobKind {
        kind: "sample.chain",
        run: |ctx, _| {
            Box::pin(async move {
                put_new(&ctx, "").await;
                Ok(())
            })
        },
    };
    let house = House::build(Vec::new()).await;
    put(&house.ctx, &job(&house.ctx, CHAIN.kind, "")).await;
    assert_eq!(run_due(&house.ctx, &[CHAIN, SAMPLE]).await.unwrap().done, 2);
}

proptest! {
    #[test]
    fn pauses_grow_to_two_hours_and_are_never_short(attempt in 1..100_i32, chance in any::<u64>()) {
        let pause = pause(attempt, chance).as_secs_f64();
        prop_assert!((4.0..=8_640.0).contains(&pause));
        prop_assert!(attempt > 11 || pause <= 6.0 * f64::from(1 << (attempt - 1)));
        prop_assert!(attempt < 12 || pause >= 5_760.0);
    }
}
