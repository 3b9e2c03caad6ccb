//! Versions kept in memory: read once, never the wrong ones.

use std::sync::Arc;

use platform::store::{StoreError, Tx};
use platform::testing::House;
use uuid::Uuid;

use super::{house_with, version};
use crate::code::Code;
use crate::kept::Shelf;
use crate::procedure::{Entry, Status};
use crate::version::Version;
use crate::{queries, store};

const CODE: &str = "1.999999";

async fn newest(house: &House) -> Entry {
    let code = Code::parse(CODE).unwrap();
    let entries = house.ctx.store.read(move |tx| queries::versions(tx, &code)).await.unwrap();
    entries.into_iter().next().unwrap()
}

#[tokio::test]
async fn a_version_is_read_once_for_all_who_ask() {
    let house = house_with(vec![version(CODE, "Cấp thẻ đọc sách")]).await;
    let (one, other) = (newest(&house).await, newest(&house).await);
    assert!(Arc::ptr_eq(&one.version, &other.version));
    let id = one.id;
    let by_id = house.ctx.store.read(move |tx| queries::version(tx, id)).await.unwrap().unwrap();
    assert!(Arc::ptr_eq(&one.version, &by_id.version));
}

/// A draft is the one text that is written anew under the same id.
#[tokio::test]
async fn what_a_unit_wrote_and_took_back_is_not_kept() {
    let house = house_with(vec![]).await;
    let text = version(CODE, "Như đã ghi");
    let drafted = house.ctx.store.write({
        let ids = house.ctx.ids.clone();
        let now = house.ctx.clock.now();
        move |tx: &mut Tx| -> Result<Entry, StoreError> {
            let procedure = crate::commands::procedure_for(tx, &ids, &text.code)?;
            let origin = crate::procedure::Origin::Hand;
            let draft = crate::commands::new_draft(&ids, procedure, &[], (origin, text.clone()));
            store::insert(tx, &draft, now)?;
            Ok(draft)
        }
    });
    let draft = drafted.await.unwrap();
    assert_eq!(newest(&house).await.version.name, "Như đã ghi");
    let (id, now) = (draft.id, house.ctx.clock.now());
    let undone: Result<(), StoreError> = house
        .ctx
        .store
        .write(move |tx| {
            let other =
                Arc::new(Version { name: "Chưa từng có".to_owned(), ..version(CODE, "") });
            store::rewrite_draft(tx, &Entry { version: other, ..draft.clone() }, now)?;
            let inside = queries::version(tx, id)?.ok_or(StoreError::NotFound)?;
            assert_eq!(inside.version.name, "Chưa từng có", "a unit reads what it wrote");
            Err(StoreError::Conflict { constraint: "taken back".to_owned() })
        })
        .await;
    assert!(undone.is_err());
    let after = newest(&house).await;
    assert_eq!((after.status, after.version.name.as_str()), (Status::Draft, "Như đã ghi"));
}

#[test]
fn the_shelf_keeps_what_is_wanted_and_stays_within_its_bound() {
    let text = |n: u128| format!("{n:0>100}");
    let id = Uuid::from_u128;
    let any = Arc::new(version(CODE, "Bất kỳ"));
    let mut shelf = Shelf::of(1_000);
    for n in 0..10 {
        shelf.keep(id(n), text(n), Arc::clone(&any));
    }
    assert!((0..10).all(|n| shelf.find(id(n), &text(n)).is_some()), "just full");
    assert!(shelf.find(id(0), &text(1)).is_none(), "another text under the same id");
    assert!(shelf.find(id(3), &text(3)).is_some());
    for n in 10..100 {
        shelf.keep(id(n), text(n), Arc::clone(&any));
        assert!(shelf.find(id(3), &text(3)).is_some(), "what is used stays");
    }
    let there = (0..100).filter(|n| shelf.find(id(*n), &text(*n)).is_some()).count();
    assert!((2..=10).contains(&there), "{there}");
    shelf.keep(id(200), "x".repeat(1_001), Arc::clone(&any));
    assert!(shelf.find(id(200), &"x".repeat(1_001)).is_none(), "too long to be kept");
}
