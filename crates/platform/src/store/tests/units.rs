//! What a unit of work may rely on.

use std::time::Duration;

use super::{COUNT_LETTERS, GET_LETTER, INSERT_LETTER, Letter, Runs, count, id, letters, register};
use crate::store::{StoreError, row};

#[derive(Debug, PartialEq)]
enum Refusal {
    OfficeClosed,
    Store(StoreError),
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Refusal {
        Refusal::Store(error)
    }
}

#[tokio::test]
async fn a_write_is_read_by_the_next_read() {
    let store = letters().await;
    for number in 0..200 {
        store.write(move |tx| register(tx, id(number), "H01")).await.unwrap();
        let letter = store.read(move |tx| tx.one::<Letter>(GET_LETTER, &[&id(number)])).await;
        assert_eq!(letter.map(|letter| letter.no), Ok(i64::from(number) + 1));
    }
}

#[tokio::test]
async fn a_record_comes_back_whole() {
    let store = letters().await;
    let letter = Letter {
        id: id(7),
        office: "Sở Nội vụ".to_owned(),
        no: 12,
        urgent: true,
        note: Some("hoả tốc".to_owned()),
        body: vec![0, 255, 7],
    };
    let given = letter.clone();
    let found = store
        .write(move |tx| {
            let l = &given;
            tx.execute(INSERT_LETTER, &[&l.id, &l.office, &l.no, &l.urgent, &l.note, &l.body])?;
            tx.opt::<Letter>(GET_LETTER, &[&l.id])
        })
        .await;
    assert_eq!(found, Ok(Some(letter)));
}

#[tokio::test]
async fn a_refusal_undoes_its_own_unit_and_nobody_elses() {
    let store = letters().await;
    let units: Vec<_> = (0..60)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                store
                    .write(move |tx| {
                        let no = register(tx, id(number), "H01")?;
                        if number % 3 == 0 { Err(Refusal::OfficeClosed) } else { Ok(no) }
                    })
                    .await
            })
        })
        .collect();
    let mut numbers = Vec::new();
    for unit in units {
        match unit.await.unwrap() {
            Ok(no) => numbers.push(no),
            Err(refusal) => assert_eq!(refusal, Refusal::OfficeClosed),
        }
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=40).collect::<Vec<i64>>(), "no gap, none twice");
    assert_eq!(count(&store).await, 40);
}

#[tokio::test]
async fn no_row_is_not_found_for_one_and_none_for_opt() {
    let store = letters().await;
    let one = store.read(|tx| tx.one::<Letter>(GET_LETTER, &[&id(1)])).await;
    assert_eq!(one.map(drop), Err(StoreError::NotFound));
    let opt = store.read(|tx| tx.opt::<Letter>(GET_LETTER, &[&id(1)])).await;
    assert_eq!(opt, Ok(None));
}

#[tokio::test]
async fn conflicts_name_what_they_break_the_same_way_on_both() {
    let store = letters().await;
    store.write(|tx| register(tx, id(1), "H01")).await.unwrap();
    let cases = [
        (
            "INSERT INTO letters_letter (id, office, no, urgent, body)
             SELECT $1, office, no + 1, urgent, body FROM letters_letter",
            id(1),
            "letters_letter.id",
        ),
        (
            "INSERT INTO letters_letter (id, office, no, urgent, body)
             SELECT $1, office, no, urgent, body FROM letters_letter",
            id(2),
            "letters_letter.office, letters_letter.no",
        ),
        ("UPDATE letters_letter SET no = 0 WHERE id = $1", id(1), "check letters_no_positive"),
        (
            "UPDATE letters_letter SET office = NULL WHERE id = $1",
            id(1),
            "not null letters_letter.office",
        ),
        (
            "INSERT INTO letters_attachment (id, letter, size_bytes) VALUES ($1, $1, 1)",
            id(2),
            "foreign key",
        ),
    ];
    for (sql, id, constraint) in cases {
        let failed = store.write(move |tx| tx.execute(sql, &[&id])).await;
        let constraint = constraint.to_owned();
        assert_eq!(failed, Err(StoreError::Conflict { constraint }), "{sql}");
    }
    assert_eq!(count(&store).await, 1);
}

#[tokio::test]
async fn a_part_that_fails_may_be_survived_in_nested_only() {
    let store = letters().await;
    let no = store
        .write(|tx| {
            register(tx, id(1), "H01")?;
            let clash: Result<i64, StoreError> = tx.nested(|tx| register(tx, id(1), "H02"));
            assert!(matches!(clash, Err(StoreError::Conflict { .. })));
            // An ordinary refusal inside is undone too, and nested parts nest.
            let refused: Result<(), Refusal> = tx.nested(|tx| {
                register(tx, id(2), "H03")?;
                tx.nested(|tx| register(tx, id(3), "H03").map(drop))?;
                Err(Refusal::OfficeClosed)
            });
            assert_eq!(refused, Err(Refusal::OfficeClosed));
            tx.nested(|tx| register(tx, id(4), "H03"))
        })
        .await
        .unwrap();
    assert_eq!(no, 1);
    assert_eq!(count(&store).await, 2);
}

#[tokio::test]
async fn insert_many_takes_thousands_and_counts_what_it_touched() {
    let store = letters().await;
    const MANY: &str = "INSERT INTO letters_value (id, words, thing) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO NOTHING";
    let inserted = store
        .write(|tx| {
            let words: Vec<String> = (0..5000).map(|number| format!("số {number}")).collect();
            let ids: Vec<_> = (0..5000).map(id).collect();
            let numbers: Vec<i64> = (0..5000).collect();
            let rows: Vec<_> = (0..5000).map(|n| row(&[&numbers[n], &words[n], &ids[n]])).collect();
            let first = tx.insert_many(MANY, &rows)?;
            Ok::<_, StoreError>((first, tx.insert_many(MANY, &rows[..77])?))
        })
        .await;
    assert_eq!(inserted, Ok((5000, 0)));
    let found = store
        .read(|tx| {
            tx.all::<(i64, String)>(
                "SELECT id, words FROM letters_value WHERE id IN ($1, $2) ORDER BY id",
                &[&0_i64, &4999_i64],
            )
        })
        .await;
    assert_eq!(found, Ok(vec![(0, "số 0".to_owned()), (4999, "số 4999".to_owned())]));
    assert_eq!(store.write(|tx| tx.insert_many(MANY, &[])).await, Ok(0));
}

#[tokio::test]
async fn insert_many_may_touch_one_row_twice() {
    let store = letters().await;
    let n = store
        .write(|tx| {
            let rows: Vec<_> = ["a", "b", "a", "a"].iter().map(|word| row(&[word])).collect();
            tx.insert_many(
                "INSERT INTO letters_counter (office, n) VALUES ($1, 1)
                 ON CONFLICT (office) DO UPDATE SET n = letters_counter.n + 1",
                &rows,
            )?;
            tx.one::<(i64,)>("SELECT n FROM letters_counter WHERE office = 'a'", &[])
        })
        .await;
    assert_eq!(n, Ok((3,)));
}

#[tokio::test]
async fn rows_of_different_width_are_refused() {
    let store = letters().await;
    let refused = store
        .write(|tx| {
            tx.insert_many(
                "INSERT INTO letters_value (id, words) VALUES ($1, $2)",
                &[row(&[&1_i64, &"a"]), row(&[&2_i64])],
            )
        })
        .await;
    assert!(matches!(refused, Err(StoreError::Other { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_read_unit_cannot_write_and_sees_one_moment() {
    let store = letters().await;
    let refused = store.read(|tx| register(tx, id(1), "H01")).await;
    assert!(matches!(refused, Err(StoreError::Other { .. })), "{refused:?}");

    let (started, wait_start) = std::sync::mpsc::channel();
    let (go_on, wait_go) = std::sync::mpsc::channel::<()>();
    let wait_go = std::sync::Mutex::new(wait_go);
    let reader = tokio::spawn({
        let store = store.clone();
        async move {
            store
                .read(move |tx| {
                    let before: (i64,) = tx.one(COUNT_LETTERS, &[])?;
                    started.send(()).unwrap();
                    wait_go.lock().unwrap().recv().unwrap();
                    let after: (i64,) = tx.one(COUNT_LETTERS, &[])?;
                    Ok::<_, StoreError>((before, after))
                })
                .await
        }
    });
    tokio::task::spawn_blocking(move || wait_start.recv().unwrap()).await.unwrap();
    store.write(|tx| register(tx, id(1), "H01")).await.unwrap();
    go_on.send(()).unwrap();
    assert_eq!(reader.await.unwrap(), Ok(((0,), (0,))));
    assert_eq!(count(&store).await, 1);
}

#[tokio::test]
async fn written_ends_at_the_next_commit_of_a_write() {
    let store = letters().await;
    let mut written = std::pin::pin!(store.written());
    written.as_mut().enable();
    assert_eq!(count(&store).await, 0);
    let early = tokio::time::timeout(Duration::from_millis(20), written.as_mut()).await;
    assert!(early.is_err(), "a read is no write");
    store.write(|tx| register(tx, id(1), "H01")).await.unwrap();
    tokio::time::timeout(Duration::from_secs(5), written).await.unwrap();
}

#[tokio::test]
async fn a_statement_is_understood_without_being_run() {
    let store = letters().await;
    for sql in [INSERT_LETTER, GET_LETTER, super::NEXT_NUMBER] {
        assert_eq!(store.prepare_check(sql.to_owned()).await, Ok(()));
    }
    let wrong = store.prepare_check("SELECT nothing FROM nowhere".to_owned()).await;
    assert!(
        matches!(&wrong, Err(StoreError::Other { reason }) if reason.contains("nowhere")),
        "{wrong:?}"
    );
    assert_eq!(count(&store).await, 0);
}

#[tokio::test]
async fn wrong_numbers_of_arguments_are_refused() {
    let store = letters().await;
    let few = store.read(|tx| tx.opt::<Letter>(GET_LETTER, &[])).await;
    assert!(matches!(few, Err(StoreError::Other { .. })), "{few:?}");
    let many = store.read(|tx| tx.opt::<Letter>(GET_LETTER, &[&id(1), &1_i64])).await;
    assert!(matches!(many, Err(StoreError::Other { .. })), "{many:?}");
}

#[tokio::test]
async fn a_unit_may_hold_the_last_handle() {
    let store = letters().await;
    let runs = Runs::default();
    let held = (store.clone(), runs.clone());
    let unit = tokio::spawn({
        let store = store.clone();
        async move {
            store
                .write(move |tx| {
                    held.1.one_more();
                    register(tx, id(1), "H01")
                })
                .await
        }
    });
    drop(store);
    assert_eq!(unit.await.unwrap(), Ok(1));
    assert_eq!(runs.so_far(), 1);
}
