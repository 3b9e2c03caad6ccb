//! Dead letters: looked at, sent again, thrown away.

use super::*;
use crate::audit::{Entry, Filter, search};
use crate::jobs::{
    DeadLetter, Decision, dead_count, dead_letter, dead_letters, discard, resend, run_due,
};

async fn dead(ctx: &Ctx) -> NewJob {
    let job = put_new(ctx, "dead").await;
    run_due(ctx, &[SAMPLE]).await.unwrap();
    job
}

fn decision(ctx: &Ctx, letter: &NewJob) -> Decision {
    Decision {
        letter: letter.id,
        act: ctx.ids.next(),
        at: ctx.clock.now(),
        actor: uuid::Uuid::from_u128(5),
        actor_name: "Lê Thị Quản trị".to_owned(),
    }
}

async fn rows(ctx: &Ctx) -> Vec<Entry> {
    ctx.store.read(|tx| search(tx, &Filter::default())).await.unwrap()
}

async fn listed(ctx: &Ctx) -> Vec<DeadLetter> {
    ctx.store.read(|tx| dead_letters(tx, None, None, 10)).await.unwrap()
}

#[tokio::test]
async fn a_dead_letter_tells_what_it_was_and_why_it_died() {
    let house = House::build(Vec::new()).await;
    let job = dead(&house.ctx).await;
    let id = job.id;
    let letter = house.ctx.store.read(move |tx| dead_letter(tx, id)).await.unwrap().unwrap();
    assert_eq!(letter.kind, SAMPLE.kind);
    assert_eq!(letter.payload, job.payload.to_string());
    assert_eq!(letter.last_error.as_deref(), Some("never"));
    assert_eq!((letter.attempts, letter.died_at), (1, house.ctx.clock.now()));
    assert_eq!(house.ctx.store.read(dead_count).await.unwrap(), 1);
}

#[tokio::test]
async fn letters_are_listed_by_pages_the_newest_first() {
    let house = House::build(Vec::new()).await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.insert(0, dead(&house.ctx).await.id);
        pass(&house.ctx, 1);
    }
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = house.ctx.store.read(move |tx| dead_letters(tx, None, before, 2)).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some((last.died_at, last.id));
        seen.extend(page.iter().map(|letter| letter.id));
    }
    assert_eq!(seen, ids);
    let others = house.ctx.store.read(|tx| dead_letters(tx, Some("other"), None, 9)).await;
    assert_eq!(others.unwrap(), []);
}

#[tokio::test]
async fn a_letter_sent_again_begins_anew_and_the_audit_knows_who_did_it() {
    let house = House::build(Vec::new()).await;
    let job = dead(&house.ctx).await;
    let decision = decision(&house.ctx, &job);
    assert!(house.ctx.store.write(move |tx| resend(tx, &decision)).await.unwrap());
    assert_eq!(run_due(&house.ctx, &[SAMPLE]).await.unwrap().failed.len(), 1);
    assert_eq!(figure(&house.ctx, "sample.begun").await, 2);
    let rows = rows(&house.ctx).await;
    assert_eq!(rows[0].verb, "platform.resend");
    assert_eq!(rows[0].object, format!("job:{}", job.id));
    assert_eq!(rows[0].actor_name, "Lê Thị Quản trị");
    assert!(rows[0].detail.contains("never"));
}

#[tokio::test]
async fn a_letter_thrown_away_is_gone_and_the_audit_keeps_what_it_was() {
    let house = House::build(Vec::new()).await;
    let job = dead(&house.ctx).await;
    let first = decision(&house.ctx, &job);
    let second = decision(&house.ctx, &job);
    assert!(house.ctx.store.write(move |tx| discard(tx, &first)).await.unwrap());
    assert!(!house.ctx.store.write(move |tx| discard(tx, &second)).await.unwrap());
    assert_eq!(listed(&house.ctx).await, []);
    let rows = rows(&house.ctx).await;
    assert_eq!(rows.iter().map(|row| row.verb.as_str()).collect::<Vec<_>>(), ["platform.discard"]);
}

#[tokio::test]
async fn the_badge_counts_what_waits_for_a_decision() {
    let house = House::build(Vec::new()).await;
    let badge = async || {
        let today = crate::clock::local(house.ctx.clock.now()).date();
        let figure = crate::jobs::DEAD_FIGURE;
        house.ctx.store.read(move |tx| figures::latest(tx, figure, &[], today)).await.unwrap()
    };
    assert_eq!(badge().await, None);
    let (first, second) = (dead(&house.ctx).await, dead(&house.ctx).await);
    assert_eq!(badge().await, Some(2));
    let (first, second) = (decision(&house.ctx, &first), decision(&house.ctx, &second));
    house.ctx.store.write(move |tx| discard(tx, &first)).await.unwrap();
    assert_eq!(badge().await, Some(1));
    house.ctx.store.write(move |tx| resend(tx, &second)).await.unwrap();
    assert_eq!(badge().await, Some(0));
    run_due(&house.ctx, &[SAMPLE]).await.unwrap();
    assert_eq!(badge().await, Some(1));
}

#[tokio::test]
async fn a_job_that_lives_is_nobodys_dead_letter() {
    let house = House::build(Vec::new()).await;
    let job = put_new(&house.ctx, "").await;
    let decision = decision(&house.ctx, &job);
    assert!(!house.ctx.store.write(move |tx| discard(tx, &decision)).await.unwrap());
    assert_eq!(run_due(&house.ctx, &[SAMPLE]).await.unwrap().done, 1);
    assert_eq!(rows(&house.ctx).await, []);
}

#[tokio::test]
async fn a_letter_whose_work_is_in_the_queue_again_is_not_doubled() {
    let house = House::build(Vec::new()).await;
    let keyed = |doing: &str| NewJob {
        key: Some("letter:7".to_owned()),
        ..job(&house.ctx, SAMPLE.kind, doing)
    };
    let first = keyed("dead");
    put(&house.ctx, &first).await;
    run_due(&house.ctx, &[SAMPLE]).await.unwrap();
    put(&house.ctx, &keyed("")).await;
    let decision = decision(&house.ctx, &first);
    assert!(!house.ctx.store.write(move |tx| resend(tx, &decision)).await.unwrap());
    assert_eq!(listed(&house.ctx).await.len(), 1);
}
