//! Numbers of a book: none twice, none left out, whatever goes on at once.

use identity::Scribe;
use jiff::SignedDuration;
use organisations::UnitId;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use platform::testing::House;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use uuid::Uuid;

use crate::book::{Book, BookId, Entry, NumberState};
use crate::document::Direction;
use crate::numbering::{self, Findings, Taker, findings};
use crate::refusal::Refusal;
use crate::store::books;

const UNIT: UnitId = UnitId(Uuid::from_u128(57));

/// What one of several clerks does.
#[derive(Debug, Clone, Copy)]
enum Act {
    Next,
    /// A unit of work that takes a number and then fails.
    Fails,
    Reserve(i64),
    Insert,
}

fn acts() -> impl Strategy<Value = Vec<Vec<Act>>> {
    let act = prop_oneof![
        4 => Just(Act::Next),
        2 => Just(Act::Fails),
        1 => (1_i64..4).prop_map(Act::Reserve),
        1 => Just(Act::Insert),
    ];
    prop::collection::vec(prop::collection::vec(act, 1..8), 2..6)
}

async fn house() -> House {
    House::build(vec![
        identity::with_mandates(organisations::part()),
        identity::part_with(identity::Hashing::least()),
        trust::part(),
        signing::part(),
        axis::part(),
        crate::part(),
    ])
    .await
}

async fn does(house: &House, act: Act, document: Uuid) {
    let ctx = house.ctx.clone();
    let done = house.ctx.store.write(move |tx| {
        let scribe = Scribe::named(&ctx, None, "Văn thư");
        let today = local(scribe.now).date();
        let way = (Direction::Out, "cong-van");
        let book = numbering::book_for(tx, &ctx, UNIT, way, today)?;
        let taker = Taker { document, notation: "UBND-VP" };
        match act {
            Act::Next => numbering::next(tx, &scribe, book, today, taker).map(drop),
            Act::Fails => {
                numbering::next(tx, &scribe, book, today, taker)?;
                Err(Refusal::ReasonMissing)
            }
            Act::Reserve(count) => {
                numbering::reserve(tx, &scribe, (book, today), count, "Hội nghị").map(drop)
            }
            Act::Insert => {
                let given = numbering::insert(tx, &scribe, (book, 1), today, (taker, "Sót"));
                given.map(drop)
            }
        }
    });
    match (act, done.await) {
        (_, Ok(())) => {}
        (Act::Fails, Err(Refusal::ReasonMissing)) => {}
        // Nothing stands in front of it yet, or a later one was given today already.
        (Act::Insert, Err(Refusal::NumberUnknown | Refusal::NumberBackwards)) => {}
        (act, Err(refusal)) => panic!("{act:?}: {refusal}"),
    }
}

async fn book(house: &House) -> (Book, Vec<Entry>) {
    let read: Result<_, StoreError> = house
        .ctx
        .store
        .read(|tx: &mut Tx| {
            let book = books::of_unit(tx, UNIT)?.into_iter().next().unwrap();
            let entries = books::entries(tx, book.id)?;
            Ok((book, entries))
        })
        .await;
    read.unwrap()
}

#[test]
fn however_many_clerks_work_at_once_no_number_is_missing_and_none_stands_twice() {
    let mut runner = TestRunner::new(Config { cases: 6, ..Config::default() });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let property = |clerks: Vec<Vec<Act>>| {
        runtime.block_on(async {
            let house = house().await;
            // So that there is a book to look at.
            does(&house, Act::Next, Uuid::from_u128(1)).await;
            let mut expected = 1;
            let mut at_work = Vec::new();
            for (clerk, acts) in clerks.iter().enumerate() {
                for act in acts {
                    expected += match act {
                        Act::Next => 1,
                        Act::Reserve(count) => *count,
                        Act::Fails | Act::Insert => 0,
                    };
                }
                let (house, acts) = (&house, acts.clone());
                at_work.push(async move {
                    for (place, act) in acts.into_iter().enumerate() {
                        let document = Uuid::from_u128((clerk as u128 + 2) << 64 | place as u128);
                        does(house, act, document).await;
                    }
                });
            }
            futures_util::future::join_all(at_work).await;
            let (book, entries) = book(&house).await;
            assert_eq!(findings(&book, &entries), Findings::default());
            let given = entries.iter().filter(|one| one.suffix.is_empty()).count();
            assert_eq!((given as i64, book.next), (expected, expected + 1));
            let mut seen: Vec<(i64, &str)> =
                entries.iter().map(|one| (one.ordinal, one.suffix.as_str())).collect();
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), entries.len());
        });
        Ok(())
    };
    runner.run(&acts(), property).unwrap();
}

#[test]
fn a_look_at_a_book_finds_what_is_missing_and_what_stands_twice() {
    let now = platform::testing::MONDAY_MORNING;
    let entry = |ordinal: i64, suffix: &str| Entry {
        book: BookId(Uuid::nil()),
        ordinal,
        suffix: suffix.to_owned(),
        state: NumberState::Used,
        dated: local(now).date(),
        notation: "UBND-VP".to_owned(),
        document: None,
        reason: String::new(),
        given_at: now,
        given_name: String::new(),
    };
    let book = Book {
        id: BookId(Uuid::nil()),
        unit: UNIT,
        year: 2026,
        direction: Direction::Out,
        code: "cong-van".to_owned(),
        name: "Sổ công văn đi".to_owned(),
        first: 3,
        next: 7,
        locked_at: None,
        locked_name: None,
    };
    let entries = [entry(3, ""), entry(3, "a"), entry(5, ""), entry(5, ""), entry(6, "")];
    let found = findings(&book, &entries);
    assert_eq!(found.missing, [4]);
    assert_eq!(found.doubled, ["05/UBND-VP"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_follow_the_days_and_a_locked_book_gives_none() {
    let house = house().await;
    let (ctx, now) = (house.ctx.clone(), house.ctx.clock.now());
    let unit = move |tx: &mut Tx| {
        let scribe = Scribe::named(&ctx, None, "Văn thư");
        let today = local(now).date();
        let taker = |one: u128| Taker { document: Uuid::from_u128(one), notation: "UBND-VP" };
        let book = numbering::book_for(tx, &ctx, UNIT, (Direction::Out, "cong-van"), today)?;
        let yesterday = today.yesterday().unwrap();
        numbering::next(tx, &scribe, book, today, taker(1))?;
        let back = numbering::next(tx, &scribe, book, yesterday, taker(2));
        assert!(matches!(back, Err(Refusal::NumberBackwards)), "{back:?}");
        let other_year = jiff::civil::date(2027, 1, 4);
        let wrong = numbering::next(tx, &scribe, book, other_year, taker(2));
        assert!(matches!(wrong, Err(Refusal::BookOfAnotherYear)), "{wrong:?}");
        let next = numbering::book_for(tx, &ctx, UNIT, (Direction::Out, "cong-van"), other_year)?;
        assert_ne!(next, book);
        Ok::<_, Refusal>(book)
    };
    let book = house.ctx.store.write(unit).await.unwrap();
    let (ctx, at) = (house.ctx.clone(), now + SignedDuration::from_secs(1));
    let locked = house.ctx.store.write(move |tx| {
        books::lock(tx, book, (at, "Văn thư"))?;
        let scribe = Scribe::named(&ctx, None, "Văn thư");
        let taker = Taker { document: Uuid::from_u128(9), notation: "UBND-VP" };
        numbering::next(tx, &scribe, book, local(at).date(), taker)
    });
    assert!(matches!(locked.await, Err(Refusal::BookLocked)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reserved_number_is_given_once_and_a_voided_one_never_again() {
    let house = house().await;
    let (ctx, now) = (house.ctx.clone(), house.ctx.clock.now());
    let unit = move |tx: &mut Tx| {
        let scribe = Scribe::named(&ctx, None, "Văn thư");
        let today = local(now).date();
        let taker = |one: u128| Taker { document: Uuid::from_u128(one), notation: "QĐ-UBND" };
        let book = numbering::book_for(tx, &ctx, UNIT, (Direction::Out, "quyet-dinh"), today)?;
        let kept = numbering::reserve(tx, &scribe, (book, today), 2, "Hội nghị")?;
        assert_eq!(kept.iter().map(|one| one.text()).collect::<Vec<_>>(), ["01", "02"]);
        let given = numbering::take_reserved(tx, (book, 1), taker(1), now)?;
        assert_eq!((given.ordinal, given.dated), (1, today));
        let again = numbering::take_reserved(tx, (book, 1), taker(2), now);
        assert!(matches!(again, Err(Refusal::NumberNotReserved)), "{again:?}");
        let why = numbering::void(tx, &scribe, (book, 2, ""), "  ");
        assert!(matches!(why, Err(Refusal::ReasonMissing)), "{why:?}");
        numbering::void(tx, &scribe, (book, 2, ""), "Không tổ chức hội nghị")?;
        let voided = numbering::take_reserved(tx, (book, 2), taker(2), now);
        assert!(matches!(voided, Err(Refusal::NumberNotReserved)), "{voided:?}");
        let between = numbering::insert(tx, &scribe, (book, 1), today, (taker(3), "Sót"))?;
        assert_eq!(between.text(), "01a");
        let more = numbering::insert(tx, &scribe, (book, 1), today, (taker(4), "Sót nữa"))?;
        assert_eq!(more.text(), "01b");
        let far = numbering::insert(tx, &scribe, (book, 9), today, (taker(5), "Sót"));
        assert!(matches!(far, Err(Refusal::NumberUnknown)), "{far:?}");
        assert_eq!(numbering::next(tx, &scribe, book, today, taker(6))?.text(), "03");
        let all = books::entries(tx, book)?;
        assert_eq!(findings(&books::by_id(tx, book)?.unwrap(), &all), Findings::default());
        Ok::<_, Refusal>(())
    };
    house.ctx.store.write(unit).await.unwrap();
}
