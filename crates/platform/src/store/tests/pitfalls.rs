//! One test or more for each pitfall of the design, numbered as there, that shows on both engines.
//! What only one engine does is in `sqlite.rs` and `postgres.rs`; values (11) in `values.rs`.

use std::sync::{Arc, Mutex, mpsc};
use std::time::{Duration, Instant};

use super::{COUNT_LETTERS, Runs, TABLES, count, id, letters, register};
use crate::store::{Options, Store, StoreError, Tx};
use crate::testing::{fresh_store, fresh_store_with};

/// Holds every writing lane until it is dropped, so that units gather behind it.
pub(super) struct Gate(Vec<mpsc::Sender<()>>);

pub(super) async fn hold(store: &Store, lanes: usize) -> Gate {
    let mut gate = Gate(Vec::new());
    for _ in 0..lanes {
        let (open, wait) = mpsc::channel::<()>();
        let (started, wait_start) = mpsc::channel();
        let wait = Mutex::new(wait);
        let store = store.clone();
        tokio::spawn(async move {
            let held = store.write(move |_: &mut Tx| {
                started.send(()).ok();
                wait.lock().unwrap().recv().ok();
                Ok::<_, StoreError>(())
            });
            held.await.unwrap();
        });
        tokio::task::spawn_blocking(move || wait_start.recv().unwrap()).await.unwrap();
        gate.0.push(open);
    }
    gate
}

async fn one_writer() -> Store {
    let options = Options { write_lanes: Some(1), ..Options::default() };
    fresh_store_with(&[TABLES], options).await.unwrap()
}

async fn until_waiting(store: &Store, units: usize) {
    while store.waiting().0 < units {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

#[tokio::test]
async fn p01_a_rule_that_touches_what_it_read_holds_when_units_run_side_by_side() {
    let options =
        Options { write_in_turn: Some(false), write_lanes: Some(8), ..Options::default() };
    let store = fresh_store_with(&[TABLES], options).await.unwrap();
    store
        .write(|tx| tx.execute("INSERT INTO letters_counter (office, n) VALUES ('seats', 0)", &[]))
        .await
        .unwrap();
    // Ten seats, forty who want one: read, decide, then write only if it is still as it was read.
    let takers: Vec<_> = (0..40)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                loop {
                    let taken = store.write(move |tx| take_a_seat(tx, number)).await.unwrap();
                    if let Some(taken) = taken {
                        return taken;
                    }
                }
            })
        })
        .collect();
    let mut seated = 0;
    for taker in takers {
        seated += u32::from(taker.await.unwrap());
    }
    assert_eq!(seated, 10);
    assert_eq!(count(&store).await, 10);
}

/// `None`: somebody was quicker, look again.
fn take_a_seat(tx: &mut Tx, number: u32) -> Result<Option<bool>, StoreError> {
    let (n,): (i64,) = tx.one("SELECT n FROM letters_counter WHERE office = 'seats'", &[])?;
    if n >= 10 {
        return Ok(Some(false));
    }
    let updated = tx
        .execute("UPDATE letters_counter SET n = n + 1 WHERE office = 'seats' AND n = $1", &[&n])?;
    if updated == 0 {
        return Ok(None);
    }
    register(tx, id(number), "H01")?;
    Ok(Some(true))
}

#[tokio::test]
async fn p02_a_swallowed_error_undoes_the_unit() {
    let store = letters().await;
    store.write(|tx| register(tx, id(1), "H01")).await.unwrap();
    let swallowed = store
        .write(|tx| {
            register(tx, id(2), "H02")?;
            let _ = register(tx, id(1), "H01");
            Ok::<_, StoreError>(())
        })
        .await;
    assert_eq!(swallowed, Err(StoreError::Swallowed));
    let inside = store
        .write(|tx| {
            tx.nested(|tx| {
                let _ = register(tx, id(1), "H01");
                Ok::<_, StoreError>(())
            })
        })
        .await;
    assert_eq!(inside, Err(StoreError::Swallowed));
    assert_eq!(count(&store).await, 1);
}

#[tokio::test]
async fn p02_after_a_failed_statement_nothing_more_runs() {
    let store = letters().await;
    let later = store
        .write(|tx| {
            register(tx, id(1), "H01")?;
            let failed = register(tx, id(1), "H01").map(drop);
            let later: Result<(i64,), StoreError> = tx.one(COUNT_LETTERS, &[]);
            assert_eq!(failed, later.map(drop));
            Err::<(), _>(StoreError::NotFound)
        })
        .await;
    assert_eq!(later, Err(StoreError::NotFound));
}

#[tokio::test]
async fn p04_a_panic_undoes_its_unit_and_the_lane_goes_on() {
    let store = one_writer().await;
    let gate = hold(&store, 1).await;
    let units: Vec<_> = (0..9)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                store
                    .write(move |tx| {
                        let no = register(tx, id(number), "H01")?;
                        assert_ne!(number % 3, 1, "a bug in a unit");
                        Ok::<_, StoreError>(no)
                    })
                    .await
            })
        })
        .collect();
    until_waiting(&store, 9).await;
    drop(gate);
    let mut panicked = 0;
    for unit in units {
        panicked += u32::from(unit.await.unwrap() == Err(StoreError::Panicked));
    }
    assert_eq!(panicked, 3);
    assert_eq!(count(&store).await, 6);
    let read =
        store.read(|_: &mut Tx| -> Result<(), StoreError> { panic!("a bug in a read unit") }).await;
    assert_eq!(read, Err(StoreError::Panicked));
    assert_eq!(count(&store).await, 6);
}

#[tokio::test]
async fn p06_a_group_ends_in_time_so_that_nobody_waits_for_slow_neighbours() {
    let store = one_writer().await;
    let gate = hold(&store, 1).await;
    let units: Vec<_> = (0..20)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                let started = store.write(move |tx| {
                    let started = Instant::now();
                    register(tx, id(number), "H01")?;
                    std::thread::sleep(Duration::from_millis(4));
                    Ok::<_, StoreError>(started)
                });
                (started.await.unwrap(), Instant::now())
            })
        })
        .collect();
    until_waiting(&store, 20).await;
    drop(gate);
    let mut times = Vec::new();
    for unit in units {
        times.push(unit.await.unwrap());
    }
    let first_answer = times.iter().map(|(_, answered)| *answered).min().unwrap();
    let last_start = times.iter().map(|(started, _)| *started).max().unwrap();
    assert!(first_answer < last_start, "80 ms of work went into one commit");
}

const ENDLESS: &str = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n
    WHERE i < 4000000000) SELECT COUNT(*) FROM n";

#[tokio::test]
async fn p06_a_statement_without_end_is_stopped_and_its_neighbours_are_kept() {
    let options = Options {
        write_deadline: Duration::from_millis(300),
        read_deadline: Duration::from_millis(300),
        write_lanes: Some(1),
        ..Options::default()
    };
    let store = fresh_store_with(&[TABLES], options).await.unwrap();
    let gate = hold(&store, 1).await;
    let units: Vec<_> = (0..9)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                store
                    .write(move |tx| {
                        if number == 4 {
                            tx.one::<(i64,)>(ENDLESS, &[])?;
                        }
                        register(tx, id(number), "H01")
                    })
                    .await
            })
        })
        .collect();
    until_waiting(&store, 9).await;
    drop(gate);
    let mut stopped = Vec::new();
    for unit in units {
        stopped.extend(unit.await.unwrap().err());
    }
    let too_long =
        StoreError::Unavailable { reason: "the unit took longer than it may".to_owned() };
    assert_eq!(stopped, std::slice::from_ref(&too_long));
    assert_eq!(count(&store).await, 8);
    // (7) A read that holds its snapshot is stopped too.
    let read = store.read(|tx| tx.one::<(i64,)>(ENDLESS, &[])).await;
    assert_eq!(read, Err(too_long));
}

#[tokio::test]
async fn p09_a_returning_statement_does_all_its_work_when_one_row_is_read() {
    let store = letters().await;
    let total = store
        .write(|tx| {
            for office in ["a", "b", "c"] {
                register(tx, id(u32::from(office.as_bytes()[0])), office)?;
            }
            let _: (String,) =
                tx.one("UPDATE letters_counter SET n = n + 10 RETURNING office", &[])?;
            let counted =
                tx.execute("UPDATE letters_counter SET n = n + 10 RETURNING office", &[])?;
            assert_eq!(counted, 3);
            tx.one::<(i64,)>("SELECT SUM(n) FROM letters_counter", &[])
        })
        .await;
    assert_eq!(total, Ok((63,)));
}

#[tokio::test]
async fn p10_statements_prepared_before_a_migration_work_after_it() {
    use crate::store::Tables;
    const FIRST: (&str, &str) = ("0001", "CREATE TABLE grow_one (id @int PRIMARY KEY) @strict;");
    const SECOND: (&str, &str) = ("0002", "ALTER TABLE grow_one ADD COLUMN n @int DEFAULT 5;");
    let store = fresh_store(&[Tables { namespace: "grow", steps: &[FIRST] }]).await.unwrap();
    const ALL: &str = "SELECT * FROM grow_one";
    for _ in 0..8 {
        store.read(|tx| tx.all::<(i64,)>(ALL, &[])).await.unwrap();
        store.write(|tx| tx.all::<(i64,)>(ALL, &[])).await.unwrap();
    }
    store.migrate(&[Tables { namespace: "grow", steps: &[FIRST, SECOND] }]).await.unwrap();
    store.write(|tx| tx.execute("INSERT INTO grow_one (id) VALUES (1)", &[])).await.unwrap();
    for _ in 0..8 {
        assert_eq!(store.read(|tx| tx.one::<(i64, i64)>(ALL, &[])).await, Ok((1, 5)));
        assert_eq!(store.write(|tx| tx.one::<(i64, i64)>(ALL, &[])).await, Ok((1, 5)));
    }
}

#[tokio::test]
async fn p13_a_unit_whose_caller_has_gone_is_skipped_when_queued() {
    let store = one_writer().await;
    let gate = hold(&store, 1).await;
    let runs = Runs::default();
    let gone = tokio::spawn({
        let (store, runs) = (store.clone(), runs.clone());
        async move {
            store
                .write(move |tx| {
                    runs.one_more();
                    register(tx, id(1), "H01")
                })
                .await
        }
    });
    until_waiting(&store, 1).await;
    gone.abort();
    assert!(gone.await.is_err());
    drop(gate);
    store.write(|tx| register(tx, id(2), "H01")).await.unwrap();
    assert_eq!(runs.so_far(), 0);
    assert_eq!(count(&store).await, 1);
}

#[tokio::test]
async fn p13_a_unit_that_has_begun_is_committed_even_when_its_caller_goes() {
    let store = one_writer().await;
    let (begun, wait_begun) = mpsc::channel();
    let (go_on, wait_go) = mpsc::channel::<()>();
    let wait_go = Mutex::new(wait_go);
    let gone = tokio::spawn({
        let store = store.clone();
        async move {
            store
                .write(move |tx| {
                    begun.send(()).ok();
                    wait_go.lock().unwrap().recv().ok();
                    register(tx, id(1), "H01")
                })
                .await
        }
    });
    tokio::task::spawn_blocking(move || wait_begun.recv().unwrap()).await.unwrap();
    gone.abort();
    go_on.send(()).unwrap();
    store.write(|tx| register(tx, id(2), "H01")).await.unwrap();
    assert_eq!(count(&store).await, 2);
}

#[tokio::test]
async fn p15_who_comes_when_the_queue_is_full_is_told_at_once() {
    let options = Options { queue_max: 5, write_lanes: Some(1), ..Options::default() };
    let store = fresh_store_with(&[TABLES], options).await.unwrap();
    let gate = hold(&store, 1).await;
    let waiting: Vec<_> = (0..5)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(
                async move { store.write(move |tx| register(tx, id(number), "H01")).await },
            )
        })
        .collect();
    until_waiting(&store, 5).await;
    let refused = store.write(|tx| register(tx, id(9), "H01")).await;
    assert_eq!(refused, Err(StoreError::Overloaded));
    drop(gate);
    for unit in waiting {
        assert!(unit.await.unwrap().is_ok());
    }
    assert_eq!(count(&store).await, 5);
}

#[tokio::test]
async fn p15_closing_serves_what_waits_and_refuses_what_comes_later() {
    let store = one_writer().await;
    let gate = hold(&store, 1).await;
    let waiting: Vec<_> = (0..30)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(
                async move { store.write(move |tx| register(tx, id(number), "H01")).await },
            )
        })
        .collect();
    until_waiting(&store, 30).await;
    let closing = tokio::spawn({
        let store = store.clone();
        async move { store.close().await }
    });
    while store.waiting().0 > 0
        && store.read(|tx| tx.one::<(i64,)>(COUNT_LETTERS, &[])).await.is_ok()
    {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    drop(gate);
    for unit in waiting {
        assert!(unit.await.unwrap().is_ok());
    }
    closing.await.unwrap();
    let late = store.write(|tx| register(tx, id(99), "H01")).await;
    assert_eq!(late, Err(StoreError::Unavailable { reason: "the store is closed".to_owned() }));
}

#[tokio::test]
async fn p16_units_hold_what_threads_may_not_share() {
    let store = letters().await;
    let shared = Arc::new(vec![("a", 1_i64), ("b", 2)]);
    let sum = store
        .write(move |tx| {
            // An Rc over a statement, `?` inside an iterator: what an async unit could not do.
            let local = std::rc::Rc::new(std::cell::Cell::new(0));
            let numbers =
                shared.iter().map(|(office, _)| register(tx, id(local_id(&local)), office));
            let numbers: Result<Vec<i64>, StoreError> = numbers.collect();
            Ok::<_, StoreError>(numbers?.iter().sum::<i64>())
        })
        .await;
    assert_eq!(sum, Ok(2));
}

fn local_id(counter: &std::rc::Rc<std::cell::Cell<u32>>) -> u32 {
    counter.set(counter.get() + 1);
    counter.get()
}

/// An error whose making panics, as a bug in a capability's refusals might.
struct Brittle;

impl From<StoreError> for Brittle {
    fn from(_: StoreError) -> Brittle {
        panic!("a bug in a refusal")
    }
}

#[tokio::test]
async fn p04_a_lane_outlives_an_error_that_cannot_be_made() {
    let store = one_writer().await;
    let gate = hold(&store, 1).await;
    let brittle = tokio::spawn({
        let store = store.clone();
        async move {
            store
                .write(|tx| {
                    let _ = register(tx, id(1), "H01");
                    let _ = register(tx, id(1), "H01");
                    Ok::<_, Brittle>(())
                })
                .await
        }
    });
    until_waiting(&store, 1).await;
    drop(gate);
    assert!(brittle.await.is_err(), "the caller panics as well: nobody answers in its place");
    assert_eq!(store.write(|tx| register(tx, id(2), "H01")).await, Ok(1));
    assert_eq!(count(&store).await, 1);
}
