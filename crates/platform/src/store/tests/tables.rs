//! Migrations.

use super::{TABLES, letters, somewhere};
use crate::store::{Options, Store, StoreError, Tables};
use crate::testing::fresh_store;

const FIRST: (&str, &str) = ("0001_first", "CREATE TABLE grow_one (id @id PRIMARY KEY) @strict;");
const SECOND: (&str, &str) = ("0002_second", "ALTER TABLE grow_one ADD COLUMN note TEXT;");

fn reason(outcome: Result<(), StoreError>) -> String {
    match outcome {
        Err(StoreError::Other { reason }) => reason,
        outcome => panic!("refused in words, not {outcome:?}"),
    }
}

#[tokio::test]
async fn steps_are_applied_once_and_in_order() {
    let store = letters().await;
    let one = Tables { namespace: "grow", steps: &[FIRST] };
    let both = Tables { namespace: "grow", steps: &[FIRST, SECOND] };
    for tables in [one, one, both, both] {
        store.migrate(&[TABLES, tables]).await.unwrap();
    }
    let found = store
        .read(|tx| {
            tx.all::<(String,)>(
                "SELECT name FROM store_step WHERE namespace = 'grow' ORDER BY name",
                &[],
            )
        })
        .await
        .unwrap();
    assert_eq!(found, [("0001_first".to_owned(),), ("0002_second".to_owned(),)]);
}

#[tokio::test]
async fn a_step_changed_after_it_was_applied_is_refused() {
    let store = fresh_store(&[Tables { namespace: "grow", steps: &[FIRST] }]).await.unwrap();
    let changed = ("0001_first", "CREATE TABLE grow_one (id @int PRIMARY KEY) @strict;");
    let steps: &'static [_] = Box::leak(Box::new([changed]));
    let said = reason(store.migrate(&[Tables { namespace: "grow", steps }]).await);
    assert!(said.contains("grow") && said.contains("0001_first") && said.contains("new step"));
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_refused() {
    let both = Tables { namespace: "grow", steps: &[FIRST, SECOND] };
    let store = fresh_store(&[both]).await.unwrap();
    let said = reason(store.migrate(&[Tables { namespace: "grow", steps: &[FIRST] }]).await);
    assert!(said.contains("0002_second") && said.contains("at least as new"), "{said}");
}

#[tokio::test]
async fn a_step_put_in_before_an_applied_one_is_refused() {
    let store = fresh_store(&[Tables { namespace: "grow", steps: &[SECOND_ALONE] }]).await.unwrap();
    let both = Tables { namespace: "grow", steps: &[FIRST, SECOND_ALONE] };
    assert!(reason(store.migrate(&[both]).await).contains("at the end"));
}

const SECOND_ALONE: (&str, &str) = ("0002_alone", "CREATE TABLE grow_two (id @id) @strict;");

#[tokio::test]
async fn a_step_that_fails_leaves_nothing_behind() {
    let store = letters().await;
    let broken = ("0003_broken", "CREATE TABLE grow_three (id @id) @strict; CREATE NONSENSE;");
    let steps: &'static [_] = Box::leak(Box::new([FIRST, broken]));
    let said = reason(store.migrate(&[Tables { namespace: "grow", steps }]).await);
    assert!(said.contains("0003_broken"), "{said}");
    for table in ["grow_one", "grow_three"] {
        assert!(store.prepare_check(format!("SELECT id FROM {table}")).await.is_err());
    }
}

#[tokio::test]
async fn several_processes_may_start_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (address, _schema) = somewhere(folder.path(), "start");
    let both = Tables { namespace: "grow", steps: &[FIRST, SECOND] };
    // Side by side, so that only the lock of the migration keeps them apart.
    let options =
        Options { write_in_turn: Some(false), write_lanes: Some(1), ..Options::default() };
    let mut processes = Vec::new();
    for _ in 0..6 {
        processes.push(Store::open_with(&address, options.clone()).await.unwrap());
    }
    for process in &processes {
        process.write(|tx| tx.one::<(i64,)>("SELECT 1", &[])).await.unwrap();
    }
    let starts: Vec<_> = processes
        .into_iter()
        .map(|process| tokio::spawn(async move { process.migrate(&[TABLES, both]).await }))
        .collect();
    for start in starts {
        assert_eq!(start.await.unwrap(), Ok(()));
    }
}
