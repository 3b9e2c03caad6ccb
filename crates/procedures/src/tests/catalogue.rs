//! The rules of versions, in the store of whichever engine the tests run on.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use platform::store::StoreError;
use platform::testing::House;

use super::{house, house_with, version};
use crate::code::Code;
use crate::completeness::Part;
use crate::procedure::{Entry, Origin, ProcedureId, Status, VersionId};
use crate::refusal::Refusal;
use crate::version::Version;
use crate::{commands, queries, standing, store};

const CODE: &str = "1.999999";

fn code() -> Code {
    Code::parse(CODE).unwrap()
}

async fn entries(house: &House) -> Vec<Entry> {
    house.ctx.store.read(|tx| queries::versions(tx, &code())).await.unwrap()
}

async fn current_at(house: &House, at: Timestamp) -> Option<Entry> {
    house.ctx.store.read(move |tx| queries::current(tx, &code(), at)).await.unwrap()
}

fn entry(number: i64, status: Status, span: (i64, Option<i64>)) -> Entry {
    let at = |day: i64| Timestamp::from_second(day * 86_400).unwrap();
    Entry {
        id: VersionId(uuid::Uuid::from_u128(number as u128)),
        procedure: ProcedureId(uuid::Uuid::from_u128(99)),
        number,
        status,
        origin: Origin::Hand,
        effective_from: (status != Status::Draft).then(|| at(span.0)),
        effective_to: span.1.map(at),
        version: Arc::new(version(CODE, "Cấp thẻ đọc sách")),
    }
}

fn day(day: i64) -> Timestamp {
    Timestamp::from_second(day * 86_400).unwrap()
}

#[test]
fn a_published_draft_ends_what_was_in_force() {
    let all = [entry(2, Status::Draft, (0, None)), entry(1, Status::Published, (10, None))];
    let changed = standing::publish(&all, all[0].id, day(20)).unwrap();
    assert_eq!(changed.len(), 2);
    assert_eq!(changed[0].effective_to, Some(day(20)));
    assert_eq!((changed[1].status, changed[1].effective_from), (Status::Published, Some(day(20))));
    assert!(changed[0].is_current(day(19)) && !changed[0].is_current(day(20)));
    assert!(changed[1].is_current(day(20)), "no instant without a version, none with two");
}

#[test]
fn a_version_cannot_begin_before_the_last_one_did() {
    let all = [entry(2, Status::Draft, (0, None)), entry(1, Status::Published, (10, None))];
    for from in [day(10), day(9)] {
        let refused = standing::publish(&all, all[0].id, from);
        assert_eq!(refused, Err(Refusal::LaterVersionThere { number: 1 }));
    }
}

#[test]
fn an_incomplete_draft_names_what_is_missing() {
    let mut draft = entry(1, Status::Draft, (0, None));
    let text = Arc::make_mut(&mut draft.version);
    text.steps.clear();
    text.subjects.clear();
    let refused = standing::publish(std::slice::from_ref(&draft), draft.id, day(1));
    assert_eq!(refused, Err(Refusal::Incomplete { missing: vec![Part::Steps, Part::Subjects] }));
}

#[test]
fn only_drafts_are_published_and_only_what_is_in_force_ends() {
    let published = [entry(1, Status::Published, (10, None))];
    let id = published[0].id;
    assert_eq!(standing::publish(&published, id, day(20)), Err(Refusal::NotADraft));
    assert_eq!(standing::resume(&published, id, day(20)), Err(Refusal::NotSuspended));
    let nobody = VersionId(uuid::Uuid::nil());
    assert_eq!(standing::suspend(&published, nobody, day(20)), Err(Refusal::NoSuchVersion));
    let over = [entry(1, Status::Published, (10, Some(15)))];
    assert_eq!(standing::suspend(&over, id, day(20)), Err(Refusal::NotInForce));
    assert_eq!(standing::abolish(&over, id, day(25), day(20)), Err(Refusal::NotInForce));
}

#[test]
fn what_is_abolished_stays_in_force_until_its_day() {
    let published = [entry(1, Status::Published, (10, None))];
    let id = published[0].id;
    let ended = standing::abolish(&published, id, day(30), day(20)).unwrap();
    assert!(ended[0].is_current(day(29)) && !ended[0].is_current(day(30)));
    let backwards = standing::abolish(&published, id, day(10), day(20));
    assert_eq!(backwards, Err(Refusal::EndsBeforeItBegins));
}

#[tokio::test]
async fn shipping_twice_changes_nothing_and_a_new_text_follows() {
    let first = version(CODE, "Cấp thẻ đọc sách");
    let house = house_with(vec![first.clone()]).await;
    assert_eq!(commands::ship(&house.ctx, vec![first.clone()]).await.unwrap(), 0);
    house.ctx.clock.advance(SignedDuration::from_hours(1));
    let second = Version { name: "Cấp thẻ thư viện".to_owned(), ..first };
    assert_eq!(commands::ship(&house.ctx, vec![second]).await.unwrap(), 1);
    let all = entries(&house).await;
    assert_eq!(all.len(), 2);
    let now = house.ctx.clock.now();
    assert_eq!(current_at(&house, now).await.unwrap().number, 2);
    let before = now.checked_sub(SignedDuration::from_mins(1)).unwrap();
    assert_eq!(current_at(&house, before).await.unwrap().number, 1);
}

#[tokio::test]
async fn the_first_version_is_in_force_since_its_decision() {
    let house = house_with(vec![version(CODE, "Cấp thẻ đọc sách")]).await;
    let from = entries(&house).await[0].effective_from.unwrap();
    assert_eq!(platform::clock::local(from).date(), jiff::civil::date(2026, 3, 1));
}

/// The store itself holds the rule, should a command ever forget it.
#[tokio::test]
async fn two_open_versions_are_refused_by_the_store() {
    let house = house_with(vec![version(CODE, "Cấp thẻ đọc sách")]).await;
    let there = entries(&house).await.remove(0);
    let second = Entry { id: VersionId(house.ctx.ids.next()), number: 2, ..there };
    let now = house.ctx.clock.now();
    let written: Result<(), StoreError> =
        house.ctx.store.write(move |tx| store::insert(tx, &second, now)).await;
    assert!(matches!(written, Err(StoreError::Conflict { .. })), "{written:?}");
}

/// Many at once, also where units of work run side by side: one version wins, the line has no gap.
#[tokio::test]
async fn shipping_at_the_same_moment_leaves_one_version_in_force() {
    let house = house().await;
    let names = ["a", "b", "c", "d", "e", "f"];
    let ships = names.map(|name| {
        let ctx = house.ctx.clone();
        tokio::spawn(async move { commands::ship(&ctx, vec![version(CODE, name)]).await })
    });
    for ship in ships {
        assert_eq!(ship.await.unwrap().unwrap(), 1);
    }
    let all = entries(&house).await;
    let now = house.ctx.clock.now().checked_add(SignedDuration::from_secs(1)).unwrap();
    assert_eq!(all.iter().filter(|entry| entry.is_current(now)).count(), 1, "{all:?}");
    let numbers: Vec<i64> = all.iter().rev().map(|entry| entry.number).collect();
    assert_eq!(numbers, (1..=all.len() as i64).collect::<Vec<_>>());
}

#[tokio::test]
async fn every_change_raises_the_generation_and_is_audited() {
    let house = house().await;
    let before = house.ctx.store.read(queries::generation).await.unwrap();
    commands::ship(&house.ctx, vec![version(CODE, "Cấp thẻ đọc sách")]).await.unwrap();
    let after = house.ctx.store.read(queries::generation).await.unwrap();
    assert_eq!(after, before + 1);
}
