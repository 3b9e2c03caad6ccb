//! What only PostgreSQL does. Without `TEST_DB` these have nothing to show.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::pitfalls::hold;
use super::{Runs, TABLES, count, id, register};
use crate::store::{Address, Options, Schema, Store, StoreError, Tx};
use crate::testing::{fresh_store_with, test_db};

async fn on_postgres(options: Options) -> Option<Store> {
    test_db()?;
    Some(fresh_store_with(&[TABLES], options).await.unwrap())
}

const SEEN: &str = "SELECT n FROM letters_counter WHERE office = 'seen'";

/// Reads a counter and writes back one more, without touching what it read: only right when units
/// run one after the other.
fn careless(tx: &mut Tx) -> Result<(), StoreError> {
    let (n,): (i64,) = tx.one(SEEN, &[])?;
    tx.execute("UPDATE letters_counter SET n = $1 WHERE office = 'seen'", &[&(n + 1)])?;
    Ok(())
}

async fn count_carelessly(store: &Store) -> i64 {
    store
        .write(|tx| tx.execute("INSERT INTO letters_counter (office, n) VALUES ('seen', 0)", &[]))
        .await
        .unwrap();
    let units: Vec<_> = (0..200)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.write(careless).await.unwrap() })
        })
        .collect();
    for unit in units {
        unit.await.unwrap();
    }
    store.read(|tx| tx.one::<(i64,)>(SEEN, &[])).await.unwrap().0
}

#[tokio::test]
async fn p01_in_turn_units_are_serial_across_lanes() {
    let options = Options {
        write_in_turn: Some(true),
        write_lanes: Some(4),
        group_time: Duration::from_millis(1),
        ..Options::default()
    };
    let Some(store) = on_postgres(options).await else { return };
    assert_eq!(count_carelessly(&store).await, 200);
}

#[tokio::test]
async fn p01_units_that_deadlock_are_run_again() {
    let options =
        Options { write_in_turn: Some(false), write_lanes: Some(2), ..Options::default() };
    let Some(store) = on_postgres(options).await else { return };
    store
        .write(|tx| {
            tx.execute("INSERT INTO letters_counter (office, n) VALUES ('a', 0), ('b', 0)", &[])
        })
        .await
        .unwrap();
    let runs = Runs::default();
    let both = Arc::new(std::sync::Barrier::new(2));
    let units: Vec<_> = [("a", "b"), ("b", "a")]
        .into_iter()
        .map(|(first, second)| {
            let (store, runs, both) = (store.clone(), runs.clone(), Arc::clone(&both));
            tokio::spawn(async move {
                store
                    .write(move |tx| {
                        const MORE: &str = "UPDATE letters_counter SET n = n + 1 WHERE office = $1";
                        tx.execute(MORE, &[&first])?;
                        if runs.one_more() <= 2 {
                            both.wait();
                        }
                        tx.execute(MORE, &[&second])
                    })
                    .await
            })
        })
        .collect();
    for unit in units {
        assert_eq!(unit.await.unwrap(), Ok(1));
    }
    assert!(runs.so_far() >= 3, "one of the two gave way and ran again");
    let total = store.read(|tx| tx.one::<(i64,)>("SELECT SUM(n) FROM letters_counter", &[])).await;
    assert_eq!(total, Ok((4,)));
}

#[tokio::test]
async fn p03_groups_stay_below_fifty_savepoints() {
    let options = Options {
        write_lanes: Some(1),
        group_max: 256,
        group_time: Duration::from_secs(5),
        ..Options::default()
    };
    let Some(store) = on_postgres(options).await else { return };
    let gate = hold(&store, 1).await;
    let units: Vec<_> = (0..170)
        .map(|number| {
            let store = store.clone();
            tokio::spawn(async move {
                store
                    .write(move |tx| {
                        register(tx, id(number), "H01")?;
                        tx.one::<(i64,)>("SELECT txid_current()", &[])
                    })
                    .await
            })
        })
        .collect();
    while store.waiting().0 < 170 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    drop(gate);
    let mut sizes = HashMap::new();
    for unit in units {
        *sizes.entry(unit.await.unwrap().unwrap().0).or_insert(0) += 1;
    }
    let largest = sizes.values().max().copied().unwrap();
    assert!((25..=50).contains(&largest), "units in one commit: {sizes:?}");
}

/// Fails as a serialisation failure would.
const COLLIDE: &str = "DO $do$ BEGIN RAISE EXCEPTION 'collision' USING ERRCODE = '40001'; END $do$";

#[tokio::test]
async fn p03_a_collision_repeats_the_whole_group_and_keeps_everything_once() {
    let options = Options { write_lanes: Some(1), ..Options::default() };
    let Some(store) = on_postgres(options).await else { return };
    let gate = hold(&store, 1).await;
    let collisions = Runs::default();
    let units: Vec<_> = (0..12)
        .map(|number| {
            let (store, collisions) = (store.clone(), collisions.clone());
            tokio::spawn(async move {
                store
                    .write(move |tx| {
                        let no = register(tx, id(number), "H01")?;
                        if number == 7 && collisions.one_more() <= 3 {
                            tx.execute(COLLIDE, &[])?;
                        }
                        Ok::<_, StoreError>(no)
                    })
                    .await
            })
        })
        .collect();
    while store.waiting().0 < 12 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    drop(gate);
    let mut numbers = Vec::new();
    for unit in units {
        numbers.push(unit.await.unwrap().unwrap());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=12).collect::<Vec<i64>>());
    assert_eq!(collisions.so_far(), 4);
    assert_eq!(count(&store).await, 12);
}

#[tokio::test]
async fn p03_a_unit_that_always_collides_is_given_up() {
    let Some(store) = on_postgres(Options::default()).await else { return };
    let refused = store.write(|tx| tx.execute(COLLIDE, &[])).await;
    assert!(
        matches!(&refused, Err(StoreError::Unavailable { reason }) if reason.contains("given up")),
        "{refused:?}"
    );
}

const END_OWN: &str = "SELECT CAST(pg_terminate_backend(pg_backend_pid()) AS TEXT)";

#[tokio::test]
async fn p14_a_connection_that_breaks_before_the_commit_is_replaced_and_the_unit_run_again() {
    let Some(store) = on_postgres(Options::default()).await else { return };
    let runs = Runs::default();
    let counted = runs.clone();
    let done = store
        .write(move |tx| {
            let no = register(tx, id(1), "H01")?;
            if counted.one_more() == 1 {
                tx.one::<(String,)>(END_OWN, &[])?;
            }
            Ok::<_, StoreError>(no)
        })
        .await;
    assert_eq!(done, Ok(1));
    assert_eq!(runs.so_far(), 2);
    assert_eq!(count(&store).await, 1);
    let counted = Runs::default();
    let read = store
        .read(move |tx| {
            if counted.one_more() == 1 {
                tx.one::<(String,)>(END_OWN, &[])?;
            }
            tx.one::<(i64,)>(super::COUNT_LETTERS, &[])
        })
        .await;
    assert_eq!(read, Ok((1,)));
}

#[tokio::test]
async fn p14_idle_connections_that_were_ended_are_replaced() {
    let Some(store) = on_postgres(Options::default()).await else { return };
    for round in 0..4 {
        store
            .read(|tx| {
                tx.all::<(bool,)>(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <>
                     pg_backend_pid() AND wait_event_type = 'Client' AND query LIKE '%letters%'",
                    &[],
                )
            })
            .await
            .unwrap();
        store.write(move |tx| register(tx, id(round), "H01")).await.unwrap();
    }
    assert_eq!(count(&store).await, 4);
}

#[tokio::test]
async fn p13_a_connection_lost_during_commit_is_unknown_and_never_run_again() {
    let Some(store) = on_postgres(Options::default()).await else { return };
    store
        .write(|tx| {
            tx.execute(
                "CREATE FUNCTION end_at_commit() RETURNS trigger LANGUAGE plpgsql AS
                 $do$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $do$",
                &[],
            )?;
            tx.execute(
                "CREATE CONSTRAINT TRIGGER at_commit AFTER INSERT ON letters_letter
                 DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION end_at_commit()",
                &[],
            )
        })
        .await
        .unwrap();
    let runs = Runs::default();
    let counted = runs.clone();
    let unknown = store
        .write(move |tx| {
            counted.one_more();
            register(tx, id(1), "H01")
        })
        .await;
    assert_eq!(unknown, Err(StoreError::Unknown));
    assert_eq!(runs.so_far(), 1);
    assert_eq!(count(&store).await, 0);
}

#[tokio::test]
async fn a_wrong_password_or_database_is_said_at_once() {
    let Some(url) = test_db() else { return };
    let begun = Instant::now();
    let nowhere = url.rsplit_once('/').unwrap().0.to_owned() + "/there_is_no_such_database";
    let Err(refused) = Store::open(&Address::Postgres(nowhere)).await else { panic!("opened") };
    assert!(refused.to_string().contains("there_is_no_such_database"), "{refused}");
    assert!(begun.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_server_that_would_answer_before_its_disk_is_told_not_to() {
    let Some(url) = test_db() else { return };
    let schema = Schema::make(&url, &format!("sync_{}", std::process::id())).unwrap();
    let careless = format!("{}%20-csynchronous_commit%3Doff", schema.url);
    let store = Store::open(&Address::Postgres(careless)).await.unwrap();
    let setting = store
        .write(|tx| tx.one::<(String,)>("SELECT current_setting('synchronous_commit')", &[]))
        .await;
    assert_eq!(setting, Ok(("on".to_owned(),)));
    store.close().await;
}

/// Passes bytes on to the server until it is cut; then it refuses like a server that is down.
struct Line {
    port: u16,
    open: Arc<Mutex<Option<Vec<TcpStream>>>>,
}

impl Line {
    fn to(server: String) -> Line {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let open = Arc::new(Mutex::new(Some(Vec::new())));
        let shared = Arc::clone(&open);
        std::thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let mut open = shared.lock().unwrap();
                let Some(streams) = open.as_mut() else { continue };
                let far = TcpStream::connect(&server).unwrap();
                for (mut from, mut to) in [
                    (near.try_clone().unwrap(), far.try_clone().unwrap()),
                    (far.try_clone().unwrap(), near.try_clone().unwrap()),
                ] {
                    std::thread::spawn(move || {
                        let mut bytes = [0; 8192];
                        while let Ok(count @ 1..) = from.read(&mut bytes) {
                            if to.write_all(&bytes[..count]).is_err() {
                                break;
                            }
                        }
                        to.shutdown(Shutdown::Both).ok();
                    });
                }
                streams.extend([near, far]);
            }
        });
        Line { port, open }
    }

    fn cut(&self) {
        for stream in self.open.lock().unwrap().take().unwrap_or_default() {
            stream.shutdown(Shutdown::Both).ok();
        }
    }

    fn mend(&self) {
        *self.open.lock().unwrap() = Some(Vec::new());
    }
}

#[tokio::test]
async fn p14_while_the_server_is_away_units_are_refused_and_afterwards_served() {
    let Some(direct) = on_postgres(Options::default()).await else { return };
    let url = test_db().unwrap();
    let (user, server) = url.trim_start_matches("postgres://").split_once('@').unwrap();
    let (server, database) = server.split_once('/').unwrap();
    let line = Line::to(server.to_owned());
    let schema: (String,) =
        direct.read(|tx| tx.one("SELECT CAST(current_schema() AS TEXT)", &[])).await.unwrap();
    let address = Address::Postgres(format!(
        "postgres://{user}@127.0.0.1:{}/{database}?options=-csearch_path%3D{}",
        line.port, schema.0
    ));
    let options = Options {
        busy_wait: Duration::from_millis(400),
        write_lanes: Some(2),
        read_lanes: Some(1),
        ..Options::default()
    };
    let store = Store::open_with(&address, options).await.unwrap();
    store.write(|tx| register(tx, id(1), "H01")).await.unwrap();
    line.cut();
    let begun = Instant::now();
    for number in 2..10 {
        let refused = store.write(move |tx| register(tx, id(number), "H01")).await;
        assert!(matches!(refused, Err(StoreError::Unavailable { .. })), "{refused:?}");
    }
    assert!(begun.elapsed() < Duration::from_secs(4), "{:?}", begun.elapsed());
    line.mend();
    let mended = Instant::now();
    while store.write(|tx| register(tx, id(20), "H01")).await.is_err() {
        assert!(mended.elapsed() < Duration::from_secs(10), "it does not come back");
    }
    assert_eq!(count(&direct).await, 2);
}
