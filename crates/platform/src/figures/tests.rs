//! Figures: exact at once, before and after folding, from many hands.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::date;

use super::{Period, add, by, by_day, fold, latest, latest_by, set, store, total};
use crate::clock::instant;
use crate::store::{Store, StoreError, Tx};
use crate::testing::fresh_store;

const NAME: &str = "sample.received";

fn at(day: i8, hour: i8) -> Timestamp {
    instant(date(2026, 11, day).at(hour, 0, 0, 0))
}

fn november() -> Period {
    Period { first: date(2026, 11, 1), last: date(2026, 11, 30) }
}

async fn house() -> Store {
    fresh_store(&[crate::part::TABLES]).await.unwrap()
}

fn some(tx: &mut Tx) -> Result<(), StoreError> {
    add(tx, NAME, &[("unit", "H29.5"), ("channel", "online")], at(22, 8), 3)?;
    add(tx, NAME, &[("channel", "online"), ("unit", "H29.5")], at(22, 9), 2)?;
    add(tx, NAME, &[("unit", "H29.5"), ("channel", "counter")], at(23, 9), 1)?;
    add(tx, NAME, &[("unit", "H30;x=1%"), ("channel", "online")], at(23, 9), 10)?;
    add(tx, "sample.other", &[("unit", "H29.5")], at(23, 9), 100)
}

fn read(tx: &mut Tx) -> Result<(), StoreError> {
    assert_eq!(total(tx, NAME, &[], november())?, 16);
    assert_eq!(total(tx, NAME, &[("unit", "H29.5")], november())?, 6);
    assert_eq!(total(tx, NAME, &[("unit", "H29")], november())?, 0);
    assert_eq!(total(tx, NAME, &[], Period::day(date(2026, 11, 23)))?, 11);
    assert_eq!(total(tx, NAME, &[], Period::until(date(2026, 11, 22)))?, 5);
    let online = &[("channel", "online")];
    let units = BTreeMap::from([("H29.5".to_owned(), 5), ("H30;x=1%".to_owned(), 10)]);
    assert_eq!(by(tx, NAME, "unit", online, november())?, units);
    let days = BTreeMap::from([(date(2026, 11, 22), 5), (date(2026, 11, 23), 11)]);
    assert_eq!(by_day(tx, NAME, &[], november())?, days);
    Ok(())
}

#[tokio::test]
async fn a_counter_reads_the_same_before_between_and_after_folding() {
    let store = house().await;
    store.write(some).await.unwrap();
    store.read(read).await.unwrap();
    assert_eq!(store.write(fold).await.unwrap(), 5);
    store.read(read).await.unwrap();
    assert_eq!(store.write(fold).await.unwrap(), 0);
    store.write(|tx| add(tx, NAME, &[("unit", "H1")], at(24, 1), 4)).await.unwrap();
    let all: i64 = store.read(|tx| total(tx, NAME, &[], november())).await.unwrap();
    assert_eq!(all, 20);
    store.write(fold).await.unwrap();
    let all: i64 = store.read(|tx| total(tx, NAME, &[], november())).await.unwrap();
    assert_eq!(all, 20);
}

#[tokio::test]
async fn what_is_undone_is_not_counted() {
    let store = house().await;
    let refused: Result<(), StoreError> = store
        .write(|tx| {
            some(tx)?;
            Err(StoreError::NotFound)
        })
        .await;
    assert!(refused.is_err());
    assert_eq!(store.read(|tx| total(tx, NAME, &[], november())).await.unwrap(), 0);
}

#[tokio::test]
async fn a_day_is_a_day_in_vietnam() {
    let store = house().await;
    // 18:30 UTC on the 22nd is 01:30 on the 23rd in Vietnam.
    let night: Timestamp = "2026-11-22T18:30:00Z".parse().unwrap();
    store.write(move |tx| add(tx, NAME, &[], night, 1)).await.unwrap();
    let on_23 = store.read(|tx| total(tx, NAME, &[], Period::day(date(2026, 11, 23)))).await;
    assert_eq!(on_23.unwrap(), 1);
}

#[tokio::test]
async fn many_hands_count_one_figure_while_it_is_folded() {
    let store = house().await;
    let mut hands = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let store = store.clone();
        hands.spawn(async move {
            for _ in 0..25 {
                let one = |tx: &mut Tx| add(tx, NAME, &[("unit", "H29")], at(23, 9), 1);
                store.write(one).await.unwrap();
            }
        });
    }
    for _ in 0..2 {
        let store = store.clone();
        hands.spawn(async move {
            for _ in 0..20 {
                store.write(fold).await.unwrap();
            }
        });
    }
    hands.join_all().await;
    assert_eq!(store.read(|tx| total(tx, NAME, &[], november())).await.unwrap(), 200);
    while store.write(fold).await.unwrap() > 0 {}
    assert_eq!(store.read(|tx| total(tx, NAME, &[], november())).await.unwrap(), 200);
    let left: Option<(i64,)> = store.read(|tx| tx.opt(store::ANY_CHANGE, &[])).await.unwrap();
    assert_eq!(left, None);
}

#[tokio::test]
async fn a_gauge_keeps_the_last_value_of_each_day() {
    let store = house().await;
    let waiting = "sample.waiting";
    store
        .write(move |tx| {
            set(tx, waiting, &[("unit", "H29")], at(22, 9), 7)?;
            set(tx, waiting, &[("unit", "H29")], at(23, 10), 5)?;
            // An older value that comes late.
            set(tx, waiting, &[("unit", "H29")], at(23, 9), 9)?;
            set(tx, waiting, &[("unit", "H30")], at(22, 9), 1)
        })
        .await
        .unwrap();
    store
        .read(move |tx| {
            let (d22, d23) = (date(2026, 11, 22), date(2026, 11, 23));
            assert_eq!(latest(tx, waiting, &[("unit", "H29")], d22)?, Some(7));
            assert_eq!(latest(tx, waiting, &[("unit", "H29")], d23)?, Some(5));
            assert_eq!(latest(tx, waiting, &[], d23)?, Some(6));
            assert_eq!(latest(tx, waiting, &[], date(2026, 11, 21))?, None);
            let units = BTreeMap::from([("H29".to_owned(), 5), ("H30".to_owned(), 1)]);
            assert_eq!(latest_by(tx, waiting, "unit", &[], d23)?, units);
            Ok::<_, StoreError>(())
        })
        .await
        .unwrap();
}
