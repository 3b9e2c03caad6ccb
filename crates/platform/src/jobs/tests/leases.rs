//! Leases: who has gone silent loses the job, and cannot strike it out afterwards.

use super::*;
use crate::jobs::lease::{claim, due, extend, finish, give_back};
use crate::jobs::{ATTEMPTS_MAX, dead_letters};

#[tokio::test]
async fn a_claimed_job_is_nobody_elses_until_its_lease_ends() {
    let house = House::build(Vec::new()).await;
    put_new(&house.ctx, "").await;
    let first = claim(&house.ctx, SAMPLE.kind, 5).await.unwrap();
    assert_eq!(first.len(), 1);
    pass(&house.ctx, 59);
    assert_eq!(due(&house.ctx).await.unwrap(), []);
    assert!(claim(&house.ctx, SAMPLE.kind, 5).await.unwrap().is_empty());
    pass(&house.ctx, 1);
    let second = claim(&house.ctx, SAMPLE.kind, 5).await.unwrap();
    assert_eq!(second[0].job.attempt, 2);
    // The first wakes up again: too late.
    assert!(!extend(&house.ctx, &first[0]).await.unwrap());
    finish(&house.ctx, &first[0], &Ok(())).await.unwrap();
    give_back(&house.ctx, first).await.unwrap();
    assert_eq!(depths(&house.ctx).await, [(SAMPLE.kind.into(), "running".into(), 1)]);
    finish(&house.ctx, &second[0], &Ok(())).await.unwrap();
    assert!(is_empty(&house.ctx).await);
}

#[tokio::test]
async fn a_heartbeat_keeps_the_lease() {
    let house = House::build(Vec::new()).await;
    put_new(&house.ctx, "").await;
    let claims = claim(&house.ctx, SAMPLE.kind, 5).await.unwrap();
    for _ in 0..5 {
        pass(&house.ctx, 50);
        assert!(extend(&house.ctx, &claims[0]).await.unwrap());
        assert!(claim(&house.ctx, SAMPLE.kind, 5).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn what_is_given_back_is_due_at_once_and_the_try_does_not_count() {
    let house = House::build(Vec::new()).await;
    put_new(&house.ctx, "").await;
    let claims = claim(&house.ctx, SAMPLE.kind, 5).await.unwrap();
    give_back(&house.ctx, claims).await.unwrap();
    let again = claim(&house.ctx, SAMPLE.kind, 5).await.unwrap();
    assert_eq!(again[0].job.attempt, 1);
}

#[tokio::test]
async fn a_job_that_ends_every_process_is_a_dead_letter_at_last() {
    let house = House::build(Vec::new()).await;
    put_new(&house.ctx, "").await;
    for _ in 0..ATTEMPTS_MAX {
        assert_eq!(claim(&house.ctx, SAMPLE.kind, 5).await.unwrap().len(), 1);
        pass(&house.ctx, 61);
    }
    assert!(claim(&house.ctx, SAMPLE.kind, 5).await.unwrap().is_empty());
    let dead = house.ctx.store.read(|tx| dead_letters(tx, None, None, 9)).await.unwrap();
    let told = dead[0].last_error.as_deref().unwrap();
    assert!(told.starts_with("tried 14 times without coming back"), "{told}");
}

#[tokio::test]
async fn many_processes_share_a_queue_without_taking_a_job_twice() {
    let house = House::build(Vec::new()).await;
    for _ in 0..60 {
        put_new(&house.ctx, "").await;
    }
    let mut hands = tokio::task::JoinSet::new();
    for _ in 0..6 {
        let ctx = house.ctx.clone();
        hands.spawn(async move {
            let mut taken = Vec::new();
            loop {
                let claims = claim(&ctx, SAMPLE.kind, 7).await.unwrap();
                if claims.is_empty() && due(&ctx).await.unwrap().is_empty() {
                    return taken;
                }
                taken.extend(claims.iter().map(|claim| claim.job.id));
            }
        });
    }
    let mut taken: Vec<_> = hands.join_all().await.into_iter().flatten().collect();
    taken.sort_unstable();
    taken.dedup();
    assert_eq!(taken.len(), 60);
    let attempts = "SELECT COUNT(*) FROM platform_job WHERE attempts = 1";
    let (once,): (i64,) = house.ctx.store.read(move |tx| tx.one(attempts, &[])).await.unwrap();
    assert_eq!(once, 60);
}
