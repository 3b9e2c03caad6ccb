//! Recorded messages.

use super::*;
use crate::jobs::{JobError, run_due, run_schedules};
use crate::outside::{JOB, SCHEDULE, sent, sent_count};
use crate::testing::House;

#[tokio::test]
async fn a_recorded_message_can_be_looked_at_and_the_same_key_is_one_message() {
    let house = House::build(Vec::new()).await;
    let ctx = &house.ctx;
    for _ in 0..3 {
        ctx.outside.mail.send(message("dossier:1:accepted")).await.unwrap();
    }
    let sms = Message { to: "0912345678".to_owned(), ..message("dossier:1:accepted") };
    ctx.outside.sms.send(sms).await.unwrap();
    assert_eq!(ctx.store.read(|tx| sent_count(tx, None)).await.unwrap(), 2);
    let all = ctx.store.read(|tx| sent(tx, None, None, 10)).await.unwrap();
    assert_eq!(all.iter().map(|one| one.channel.as_str()).collect::<Vec<_>>(), ["sms", "mail"]);
    let to_phone = ctx.store.read(|tx| sent(tx, Some("0912345678"), None, 10)).await.unwrap();
    assert_eq!(to_phone.len(), 1);
    assert_eq!(to_phone[0].text, message("").text);
    assert_eq!(to_phone[0].at, ctx.clock.now());
}

#[tokio::test]
async fn pages_of_the_outbox_follow_one_another() {
    let house = House::build(Vec::new()).await;
    for number in 0..5 {
        house.ctx.outside.mail.send(message(&number.to_string())).await.unwrap();
    }
    let first = house.ctx.store.read(|tx| sent(tx, None, None, 3)).await.unwrap();
    let before = Some((first[2].at, first[2].id));
    let second = house.ctx.store.read(move |tx| sent(tx, None, before, 3)).await.unwrap();
    assert_eq!((first.len(), second.len()), (3, 2));
    assert!(first.iter().all(|one| !second.contains(one)));
}

#[test]
fn what_never_goes_makes_a_dead_job_and_the_rest_another_try() {
    assert_eq!(JobError::from(OutsideError::Never("x".into())), JobError::Dead("x".into()));
    assert_eq!(JobError::from(OutsideError::NotNow("x".into())), JobError::Retry("x".into()));
}

#[tokio::test]
async fn messages_are_forgotten_after_ninety_days() {
    let house = House::build(Vec::new()).await;
    let ctx = &house.ctx;
    run_schedules(ctx, &[SCHEDULE]).await.unwrap();
    ctx.outside.mail.send(message("old")).await.unwrap();
    let left = async |days: i64| {
        ctx.clock.advance(jiff::SignedDuration::from_hours(days * 24));
        run_schedules(ctx, &[SCHEDULE]).await.unwrap();
        run_due(ctx, &[JOB]).await.unwrap();
        ctx.store.read(|tx| sent_count(tx, None)).await.unwrap()
    };
    assert_eq!(left(89).await, 1);
    ctx.outside.mail.send(message("new")).await.unwrap();
    assert_eq!(left(2).await, 1);
    assert_eq!(left(90).await, 0);
}
