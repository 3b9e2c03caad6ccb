//! Finding rows.

use super::*;
use crate::audit::{Entry, Filter, Scope, entry_within, place_offices, search};
use crate::store::Tx;

async fn found(ctx: &Ctx, filter: Filter) -> Vec<Entry> {
    ctx.store.read(move |tx| search(tx, &filter)).await.unwrap()
}

fn names(rows: &[Entry]) -> Vec<&str> {
    rows.iter().map(|row| row.object.as_str()).collect()
}

#[tokio::test]
async fn every_filter_narrows_alone_and_together() {
    let house = house_with(12).await;
    let ctx = &house.ctx;
    let all = found(ctx, Filter { limit: 50, ..Filter::default() }).await;
    assert_eq!(all.len(), 12);
    let from = all[3].at;
    let person = Some(Uuid::from_u128(1));
    let verb = || Some("sample.accept".to_owned());
    for (filter, expected) in [
        (Filter { from: Some(from), ..Filter::default() }, vec![11, 10, 9, 8]),
        (Filter { until: Some(later(from, -6)), ..Filter::default() }, vec![1, 0]),
        (Filter { actor: person, ..Filter::default() }, vec![9, 6, 3, 0]),
        (Filter { verb: verb(), ..Filter::default() }, vec![10, 8, 6, 4, 2, 0]),
        (Filter { actor: person, verb: verb(), ..Filter::default() }, vec![6, 0]),
        (Filter { object: Some("letter:7".to_owned()), ..Filter::default() }, vec![7]),
        (Filter { object: Some("letter:7".to_owned()), verb: verb(), ..Filter::default() }, vec![]),
        (Filter { from: Some(from), actor: person, ..Filter::default() }, vec![9]),
        (Filter { object: Some("letter".to_owned()), ..Filter::default() }, vec![]),
    ] {
        let expected: Vec<String> = expected.iter().map(|n| format!("letter:{n}")).collect();
        assert_eq!(names(&found(ctx, filter.clone()).await), expected, "{filter:?}");
    }
}

#[tokio::test]
async fn pages_follow_one_another_without_a_gap() {
    let house = house_with(12).await;
    // A row of the same microsecond as another: the id decides.
    let twin = act(&house.ctx, 12);
    house.ctx.store.write(move |tx| record(tx, &twin)).await.unwrap();
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = found(&house.ctx, Filter { before, limit: 4, ..Filter::default() }).await;
        let Some(last) = page.last() else { break };
        before = Some((last.at, last.id));
        seen.extend(page.into_iter().map(|row| row.object));
    }
    let expected: Vec<String> = (0..13).rev().map(|number| format!("letter:{number}")).collect();
    assert_eq!(seen, expected);
}

const COUNTRY: Uuid = Uuid::from_u128(0xa);
const PROVINCE: Uuid = Uuid::from_u128(0xb);
const COMMUNES: [Uuid; 2] = [Uuid::from_u128(0xc), Uuid::from_u128(0xd)];

/// Rows of two communes of a province, of the province, and of nobody, in turn.
async fn divided(rows: usize) -> House {
    let house = House::build(Vec::new()).await;
    let below = COMMUNES.map(|commune| (commune, Some(PROVINCE)));
    let places = [(COUNTRY, None), (PROVINCE, Some(COUNTRY)), below[0], below[1]];
    house.ctx.store.write(move |tx| place_offices(tx, &places)).await.unwrap();
    for number in 0..rows {
        write_for(&house.ctx, number).await;
    }
    seal(&house.ctx).await.unwrap();
    house
}

async fn write_for(ctx: &Ctx, number: usize) -> Uuid {
    ctx.clock.advance(SignedDuration::from_secs(1));
    let units = [Some(COMMUNES[0]), Some(COMMUNES[1]), Some(PROVINCE), None];
    let act = Act { unit: units[number % 4], ..act(ctx, number) };
    let id = act.id;
    ctx.store.write(move |tx| record(tx, &act)).await.unwrap();
    id
}

fn of(offices: &[Uuid]) -> Filter {
    Filter { scope: Scope::Offices(offices.to_vec()), limit: 50, ..Filter::default() }
}

#[tokio::test]
async fn an_office_reads_its_own_rows_and_those_of_all_below_it() {
    let house = divided(12).await;
    let ctx = &house.ctx;
    for (offices, expected) in [
        (vec![COMMUNES[0]], vec![8, 4, 0]),
        (vec![COMMUNES[1]], vec![9, 5, 1]),
        (COMMUNES.to_vec(), vec![9, 8, 5, 4, 1, 0]),
        (vec![PROVINCE], vec![10, 9, 8, 6, 5, 4, 2, 1, 0]),
        (vec![PROVINCE, COMMUNES[0]], vec![10, 9, 8, 6, 5, 4, 2, 1, 0]),
        (vec![COUNTRY], vec![10, 9, 8, 6, 5, 4, 2, 1, 0]),
        (vec![Uuid::from_u128(0xf)], vec![]),
        (vec![], vec![]),
    ] {
        let expected: Vec<String> = expected.iter().map(|n| format!("letter:{n}")).collect();
        assert_eq!(names(&found(ctx, of(&offices)).await), expected, "{offices:?}");
    }
    let page = found(ctx, Filter { limit: 2, ..of(&[PROVINCE, COMMUNES[0]]) }).await;
    let before = page.last().map(|row| (row.at, row.id));
    let next = found(ctx, Filter { before, limit: 2, ..of(&[PROVINCE, COMMUNES[0]]) }).await;
    assert_eq!(
        (names(&page), names(&next)),
        (vec!["letter:10", "letter:9"], vec!["letter:8", "letter:6"])
    );
}

#[tokio::test]
async fn a_unit_that_moves_takes_its_later_rows_with_it_and_leaves_the_earlier() {
    let house = divided(4).await;
    let ctx = &house.ctx;
    let other = Uuid::from_u128(0x1b);
    let places = [(other, Some(COUNTRY)), (COMMUNES[0], Some(other))];
    ctx.store.write(move |tx| place_offices(tx, &places)).await.unwrap();
    let late = write_for(ctx, 4).await;
    assert_eq!(found(ctx, of(&[other])).await, [], "shared when it is sealed");
    let waits = move |tx: &mut Tx| entry_within(tx, late, &Scope::Offices(vec![other]));
    assert_eq!(ctx.store.read(waits).await.unwrap(), None);
    seal(ctx).await.unwrap();
    assert_eq!(names(&found(ctx, of(&[other])).await), ["letter:4"]);
    assert_eq!(names(&found(ctx, of(&[PROVINCE])).await), ["letter:2", "letter:1", "letter:0"]);
    assert_eq!(names(&found(ctx, of(&[COUNTRY])).await).len(), 4);
    let strange = move |tx: &mut Tx| entry_within(tx, late, &Scope::Offices(vec![PROVINCE]));
    assert_eq!(ctx.store.read(strange).await.unwrap(), None);
    assert_eq!(ctx.store.read(waits).await.unwrap().unwrap().unit, Some(COMMUNES[0]));
}

#[tokio::test]
async fn offices_that_stand_in_a_ring_do_not_hold_up_the_sealer() {
    let house = House::build(Vec::new()).await;
    let ring = [(COMMUNES[0], Some(COMMUNES[1])), (COMMUNES[1], Some(COMMUNES[0]))];
    house.ctx.store.write(move |tx| place_offices(tx, &ring)).await.unwrap();
    write_for(&house.ctx, 0).await;
    seal(&house.ctx).await.unwrap();
    assert_eq!(names(&found(&house.ctx, of(&[COMMUNES[1]])).await), ["letter:0"]);
}
