//! Values go in and come out the same on both engines (pitfall 11).

use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

use super::{TABLES, id, letters};
use crate::record;
use crate::store::{Arg, Cell, FromCell, StoreError, ToArg};
use crate::testing::fresh_store;

record! {
    #[derive(Debug, PartialEq, Clone)]
    struct Value {
        id: i64,
        flag: Option<bool>,
        small: Option<i32>,
        real_number: Option<f64>,
        words: Option<String>,
        octets: Option<Vec<u8>>,
        thing: Option<Uuid>,
        at: Option<Timestamp>,
        price: Option<i64>,
    }
}

const INSERT_VALUE: &str = "INSERT INTO letters_value
    (id, flag, small, real_number, words, octets, thing, at, price)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const GET_VALUE: &str = "SELECT id, flag, small, real_number, words, octets, thing, at, price
    FROM letters_value WHERE id = $1";
const GET_VALUE_MIXED: &str = "SELECT price, at, thing, octets, words, real_number, small, flag, id
    FROM letters_value WHERE id = $1";

fn any_value() -> impl Strategy<Value = Value> {
    (
        any::<i64>(),
        any::<Option<bool>>(),
        any::<Option<i32>>(),
        proptest::option::of(-1e300..1e300),
        proptest::option::of("[^\0]{0,20}"),
        any::<Option<Vec<u8>>>(),
        any::<Option<u128>>(),
        proptest::option::of(-62_000_000_000_000_000..250_000_000_000_000_000_i64),
        any::<Option<i64>>(),
    )
        .prop_map(|(id, flag, small, real_number, words, octets, thing, at, price)| Value {
            id,
            flag,
            small,
            real_number,
            words,
            octets,
            thing: thing.map(Uuid::from_u128),
            at: at.map(|at| Timestamp::from_microsecond(at).unwrap()),
            price,
        })
}

#[test]
fn every_value_comes_back_as_it_went_in() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let store = runtime.block_on(fresh_store(&[TABLES])).unwrap();
    let mut runner = proptest::test_runner::TestRunner::default();
    runner
        .run(&any_value(), |value| {
            let back = runtime.block_on(store.write(move |tx| {
                tx.execute("DELETE FROM letters_value", &[])?;
                let v = &value;
                tx.execute(
                    INSERT_VALUE,
                    &[
                        &v.id,
                        &v.flag,
                        &v.small,
                        &v.real_number,
                        &v.words,
                        &v.octets,
                        &v.thing,
                        &v.at,
                        &v.price,
                    ],
                )?;
                let in_order: Value = tx.one(GET_VALUE, &[&v.id])?;
                let mixed: Value = tx.one(GET_VALUE_MIXED, &[&v.id])?;
                Ok::<_, StoreError>((value.clone(), in_order, mixed))
            }));
            let (value, in_order, mixed) = back.unwrap();
            prop_assert_eq!(&in_order, &value);
            prop_assert_eq!(&mixed, &value);
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn dates_json_and_own_types_travel_as_text() {
    #[derive(Debug, PartialEq)]
    enum Status {
        Open,
    }
    impl ToArg for Status {
        fn to_arg(&self) -> Arg<'_> {
            "open".to_arg()
        }
    }
    impl FromCell for Status {
        const EXPECTED: &'static str = "a status";
        fn from_cell(cell: Cell<'_>) -> Option<Self> {
            (cell == Cell::Text("open")).then_some(Status::Open)
        }
    }
    let store = letters().await;
    let row = store
        .read(|tx| {
            tx.one::<(jiff::civil::Date, serde_json::Value, Status)>(
                "SELECT CAST($1 AS TEXT), CAST($2 AS TEXT), CAST($3 AS TEXT)",
                &[&date(2026, 11, 23), &json!({"b": 1, "a": [true]}), &Status::Open],
            )
        })
        .await;
    assert_eq!(row, Ok((date(2026, 11, 23), json!({"b": 1, "a": [true]}), Status::Open)));
}

#[tokio::test]
async fn sums_and_averages_of_integers_are_numbers_on_both() {
    let store = letters().await;
    let sums: (i64, f64, Option<i64>) = store
        .write(|tx| {
            for (id, price) in [(1_i64, 4_000_000_000_000_000_i64), (2, 5_000_000_000_000_001)] {
                tx.execute(
                    "INSERT INTO letters_value (id, price) VALUES ($1, $2)",
                    &[&id, &price],
                )?;
            }
            tx.one(
                "SELECT SUM(price), AVG(id), (SELECT SUM(price) FROM letters_value WHERE id < 0)
                 FROM letters_value",
                &[],
            )
        })
        .await
        .map_err(|error: StoreError| error)
        .unwrap();
    assert_eq!(sums, (9_000_000_000_000_001, 1.5, None));
}

#[tokio::test]
async fn a_column_of_another_type_is_named() {
    let store = letters().await;
    let wrong = store.read(|tx| tx.one::<(i64,)>("SELECT 'x' AS words", &[])).await;
    assert!(
        matches!(&wrong, Err(StoreError::Column { column, expected, .. })
            if column == "words" && *expected == "an integer"),
        "{wrong:?}"
    );
    let missing = store.read(|tx| tx.one::<super::Letter>("SELECT 1 AS one", &[])).await;
    assert!(matches!(&missing, Err(StoreError::Column { column, .. }) if column == "id"));
}

#[tokio::test]
async fn nullable_filters_work_for_every_type() {
    let store = letters().await;
    store
        .write(|tx| {
            tx.execute(
                "INSERT INTO letters_value (id, words, thing, flag) VALUES ($1, $2, $3, $4)",
                &[&1_i64, &"a", &id(1), &true],
            )
        })
        .await
        .unwrap();
    const FILTER: &str = "SELECT COUNT(*) FROM letters_value
        WHERE (CAST($1 AS TEXT) IS NULL OR words = $1)
          AND (CAST($2 AS UUID) IS NULL OR thing = $2)
          AND (CAST($3 AS BIGINT) IS NULL OR id = $3)
          AND (CAST($4 AS BOOLEAN) IS NULL OR flag = $4)";
    for (words, thing, number, flag, found) in [
        (None, None, None, None, 1_i64),
        (Some("a"), Some(id(1)), Some(1_i64), Some(true), 1),
        (Some("b"), None, None, None, 0),
        (None, Some(id(2)), None, None, 0),
        (None, None, Some(2), None, 0),
        (None, None, None, Some(false), 0),
    ] {
        let count =
            store.read(move |tx| tx.one::<(i64,)>(FILTER, &[&words, &thing, &number, &flag])).await;
        assert_eq!(count, Ok((found,)));
    }
}

#[tokio::test]
async fn text_with_nul_is_refused_on_both() {
    let store = letters().await;
    let refused = store
        .write(|tx| tx.execute("INSERT INTO letters_value (id, words) VALUES (1, $1)", &[&"a\0b"]))
        .await;
    assert!(
        matches!(&refused, Err(StoreError::Other { reason }) if reason.contains("NUL")),
        "{refused:?}"
    );
}

#[tokio::test]
async fn text_is_ordered_by_code_point_and_like_minds_case_on_both() {
    let store = letters().await;
    let (ordered, like) = store
        .write(|tx| {
            for (id, words) in [(1_i64, "b"), (2, "A"), (3, "a"), (4, "B"), (5, "ă"), (6, "_")] {
                tx.execute(
                    "INSERT INTO letters_value (id, words) VALUES ($1, $2)",
                    &[&id, &words],
                )?;
            }
            let ordered =
                tx.all::<(String,)>("SELECT words FROM letters_value ORDER BY words", &[])?;
            let like = tx.one::<(i64,)>(
                "SELECT COUNT(*) FROM letters_value WHERE words LIKE $1 ESCAPE '\\'",
                &[&"a%"],
            )?;
            Ok::<_, StoreError>((ordered, like))
        })
        .await
        .unwrap();
    let ordered: Vec<_> = ordered.into_iter().map(|(words,)| words).collect();
    assert_eq!(ordered.concat(), "AB_abă");
    assert_eq!(like, (1,));
}
