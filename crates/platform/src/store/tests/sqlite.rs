//! What only SQLite does. With `TEST_DB` these have nothing to show.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::pitfalls::hold;
use super::{Runs, TABLES, count, id, register};
use crate::store::gauges::Log;
use crate::store::{Address, Arg, Options, Store, StoreError};

async fn in_a_folder(options: Options) -> (tempfile::TempDir, PathBuf, Store) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("test.sqlite");
    let store = Store::open_with(&Address::Sqlite(path.clone()), options).await.unwrap();
    store.migrate(&[TABLES]).await.unwrap();
    (folder, path, store)
}

async fn pages(store: &Store) -> i64 {
    store.write(|tx| tx.one::<(i64,)>("PRAGMA page_count", &[])).await.unwrap().0
}

const BIG: &str = "INSERT INTO letters_value (id, octets) VALUES ($1, $2)";

#[tokio::test]
async fn p05_a_unit_that_fills_the_database_fails_alone_and_the_store_recovers() {
    let (_folder, _, store) = in_a_folder(Options::default()).await;
    let room = pages(&store).await + 40;
    // A PRAGMA takes no argument; the numbers are few and known.
    let limit: &'static str = Box::leak(format!("PRAGMA max_page_count = {room}").into());
    store.write(move |tx| tx.one::<(i64,)>(limit, &[])).await.unwrap();
    let gate = hold(&store, 1).await;
    let runs = Runs::default();
    let units: Vec<_> = (0..20)
        .map(|number| {
            let (store, runs) = (store.clone(), runs.clone());
            tokio::spawn(async move {
                store
                    .write(move |tx| {
                        runs.one_more();
                        if number == 10 {
                            tx.execute(BIG, &[&1_i64, &vec![7_u8; 1 << 20]])?;
                        }
                        register(tx, id(number), "H01")
                    })
                    .await
            })
        })
        .collect();
    while store.waiting().0 < 20 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    drop(gate);
    let mut numbers = Vec::new();
    let mut refused = Vec::new();
    for unit in units {
        match unit.await.unwrap() {
            Ok(no) => numbers.push(no),
            Err(error) => refused.push(error),
        }
    }
    numbers.sort_unstable();
    assert_eq!(refused, [StoreError::Full]);
    assert_eq!(numbers, (1..=19).collect::<Vec<i64>>());
    assert_eq!(count(&store).await, 19);
    store.write(|tx| tx.one::<(i64,)>("PRAGMA max_page_count = 100000", &[])).await.unwrap();
    let now = store.write(|tx| tx.execute(BIG, &[&1_i64, &vec![7_u8; 1 << 20]])).await;
    assert_eq!(now, Ok(1));
}

#[tokio::test]
async fn p07_the_log_does_not_grow_beyond_its_limit() {
    let (_folder, path, store) = in_a_folder(Options::default()).await;
    for piece in 0..40_i64 {
        store
            .write(move |tx| {
                let page = [1_u8; 4000];
                let rows: Vec<_> = (0..500)
                    .map(|n| vec![Arg::Int(piece * 500 + n), Arg::Bytes(page.as_slice().into())])
                    .collect();
                tx.insert_many(BIG, &rows)
            })
            .await
            .unwrap();
    }
    let log = std::fs::metadata(path.with_extension("sqlite-wal")).unwrap().len();
    assert!(log < 64 << 20, "80 MB written, and the log holds {log} bytes");
}

#[test]
fn p07_a_log_that_grows_too_long_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("test.sqlite");
    let file = std::fs::File::create(folder.path().join("test.sqlite-wal")).unwrap();
    file.set_len(64 << 20).unwrap();
    assert!(!Log::of(&database).look());
    file.set_len(300 << 20).unwrap();
    assert!(Log::of(&database).look());
}

/// Another connection, as a shell or a backup tool would be.
fn foreign(path: &PathBuf) -> rusqlite::Connection {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.execute_batch("BEGIN IMMEDIATE").unwrap();
    connection
}

#[tokio::test]
async fn p08_a_unit_waits_for_another_process_and_goes_on() {
    let (_folder, path, store) = in_a_folder(Options::default()).await;
    let other = foreign(&path);
    let begun = Instant::now();
    let unit = tokio::spawn({
        let store = store.clone();
        async move { store.write(|tx| register(tx, id(1), "H01")).await }
    });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert_eq!(count(&store).await, 0, "readers do not wait");
    other.execute_batch("COMMIT").unwrap();
    assert_eq!(unit.await.unwrap(), Ok(1));
    assert!(begun.elapsed() >= Duration::from_millis(300));
}

#[tokio::test]
async fn p08_a_process_that_holds_on_makes_units_fail_and_the_lane_goes_on() {
    let options = Options { busy_wait: Duration::from_millis(100), ..Options::default() };
    let (_folder, path, store) = in_a_folder(options).await;
    let other = foreign(&path);
    let refused = store.write(|tx| register(tx, id(1), "H01")).await;
    let reason = "another process holds the database".to_owned();
    assert_eq!(refused, Err(StoreError::Unavailable { reason }));
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(store.write(|tx| register(tx, id(1), "H01")).await, Ok(1));
}

#[tokio::test]
async fn p15_after_closing_the_log_is_empty_and_the_file_is_whole() {
    let (_folder, path, store) = in_a_folder(Options::default()).await;
    store.write(|tx| register(tx, id(1), "H01")).await.unwrap();
    store.close().await;
    drop(store);
    let log = path.with_extension("sqlite-wal");
    assert!(!log.exists() || std::fs::metadata(&log).unwrap().len() == 0);
    let store = Store::open(&Address::Sqlite(path)).await.unwrap();
    assert_eq!(count(&store).await, 1);
}

#[tokio::test]
async fn a_path_that_cannot_be_opened_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("not-there").join("test.sqlite");
    let Err(refused) = Store::open(&Address::Sqlite(path)).await else { panic!("it opened") };
    assert!(
        matches!(&refused, StoreError::Unavailable { reason } if reason.contains("not-there")),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    let text = "Kính gửi: Uỷ ban nhân dân xã, đây không phải là cơ sở dữ liệu. ".repeat(40);
    std::fs::write(&path, &text).unwrap();
    assert!(Store::open(&Address::Sqlite(path.clone())).await.is_err());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[tokio::test]
async fn p08_units_that_wait_together_for_another_process_are_refused_together() {
    let options = Options { busy_wait: Duration::from_millis(300), ..Options::default() };
    let (_folder, path, store) = in_a_folder(options).await;
    let gate = hold(&store, 1).await;
    let units: Vec<_> = (0..50)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(
                async move { store.write(move |tx| register(tx, id(number), "H01")).await },
            )
        })
        .collect();
    while store.waiting().0 < 50 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    // The gate holds our transaction; the other process takes over as soon as it is free.
    let other = rusqlite::Connection::open(&path).unwrap();
    other.busy_timeout(Duration::from_secs(5)).unwrap();
    drop(gate);
    let mut taken = other.execute_batch("BEGIN IMMEDIATE");
    while taken.is_err() {
        taken = other.execute_batch("BEGIN IMMEDIATE");
    }
    let begun = Instant::now();
    let mut refused = 0;
    for unit in units {
        refused += usize::from(unit.await.unwrap().is_err());
    }
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(count(&store).await, 50 - refused as i64);
}
