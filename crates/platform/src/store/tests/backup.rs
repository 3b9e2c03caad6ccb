//! Backup while others write, restore on either engine, and damage found.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::{TABLES, count, id, letters, register, somewhere};
use crate::store::{Address, Engine, Store, StoreError, Tables};

const VALUES: &str = "INSERT INTO letters_value
    (id, flag, small, real_number, words, octets, thing, at, price)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

async fn fill(store: &Store) {
    for number in 0..30 {
        store.write(move |tx| register(tx, id(number), "H01")).await.unwrap();
    }
    store
        .write(|tx| {
            tx.execute(
                "INSERT INTO letters_attachment (id, letter, size_bytes) VALUES ($1, $2, 7)",
                &[&id(100), &id(7)],
            )?;
            let nothing: Option<i64> = None;
            let n = &nothing;
            tx.execute(VALUES, &[&2_i64, n, n, n, n, n, n, n, n])?;
            tx.execute(
                VALUES,
                &[
                    &1_i64,
                    &true,
                    &-3_i32,
                    &0.1,
                    &"Nguyễn Thị Ánh",
                    &vec![0_u8, 255],
                    &id(9),
                    &i64::MAX,
                    &i64::MIN,
                ],
            )
        })
        .await
        .unwrap();
}

type Everything = (Vec<super::Letter>, Vec<(i64, Option<bool>, Option<f64>, Option<String>)>, i64);

async fn everything(store: &Store) -> Everything {
    store
        .read(|tx| {
            let letters = tx.all(
                "SELECT id, office, no, urgent, note, body FROM letters_letter ORDER BY id",
                &[],
            )?;
            let values = tx.all(
                "SELECT id, flag, real_number, words FROM letters_value
                 WHERE thing IS NULL OR price < 0 ORDER BY id",
                &[],
            )?;
            let (attachments,) = tx.one("SELECT COUNT(*) FROM letters_attachment", &[])?;
            Ok::<_, StoreError>((letters, values, attachments))
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn a_backup_restores_everything_on_either_engine() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.sqlite");
    let store = letters().await;
    fill(&store).await;
    let size_bytes = store.backup(&[TABLES], &file).await.unwrap();
    assert_eq!(std::fs::metadata(&file).unwrap().len(), size_bytes);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "one file and no rest");
    let before = everything(&store).await;
    assert_eq!(before.0.len(), 30);

    let (own, _schema) = somewhere(folder.path(), "own");
    let sqlite = Address::Sqlite(folder.path().join("plain.sqlite"));
    for into in [own, sqlite] {
        Store::restore(&file, &into, &[TABLES]).await.unwrap();
        let restored = Store::open(&into).await.unwrap();
        restored.migrate(&[TABLES]).await.unwrap();
        assert_eq!(everything(&restored).await, before);
        assert_eq!(restored.integrity_check().await, Ok(vec![]));
        // References hold again, and counting goes on where it stood.
        let orphan = restored
            .write(|tx| {
                tx.execute(
                    "INSERT INTO letters_attachment (id, letter, size_bytes) VALUES ($1, $1, 7)",
                    &[&id(500)],
                )
            })
            .await;
        assert_eq!(orphan, Err(StoreError::Conflict { constraint: "foreign key".to_owned() }));
        assert_eq!(restored.write(|tx| register(tx, id(999), "H01")).await, Ok(31));
        restored.close().await;
    }
}

#[tokio::test]
async fn a_backup_is_of_one_moment_while_others_write() {
    let folder = tempfile::tempdir().unwrap();
    let store = letters().await;
    let stop = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (0..4_u32)
        .map(|writer| {
            let (store, stop) = (store.clone(), Arc::clone(&stop));
            tokio::spawn(async move {
                let mut number = writer * 1_000_000;
                while !stop.load(Ordering::SeqCst) {
                    number += 1;
                    store.write(move |tx| register(tx, id(number), "H01")).await.unwrap();
                }
            })
        })
        .collect();
    for round in 0..3 {
        let file = folder.path().join(format!("{round}.sqlite"));
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        store.backup(&[TABLES], &file).await.unwrap();
        let copy = Store::open(&Address::Sqlite(file)).await.unwrap();
        let (letters, counter): (i64, i64) = copy
            .read(|tx| {
                tx.one(
                    "SELECT (SELECT COUNT(*) FROM letters_letter), (SELECT n FROM letters_counter)",
                    &[],
                )
            })
            .await
            .unwrap();
        assert!(letters > 0);
        assert_eq!(letters, counter, "the counter and the letters are of one moment");
    }
    stop.store(true, Ordering::SeqCst);
    for writer in writers {
        writer.await.unwrap();
    }
}

fn reason<T: std::fmt::Debug>(outcome: Result<T, StoreError>) -> String {
    match outcome {
        Err(StoreError::Other { reason }) => reason,
        outcome => panic!("refused in words, not {outcome:?}"),
    }
}

#[tokio::test]
async fn nothing_that_exists_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.sqlite");
    let store = letters().await;
    fill(&store).await;
    std::fs::write(&file, "a photograph").unwrap();
    assert!(reason(store.backup(&[TABLES], &file).await).contains("exists already"));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "a photograph");
    std::fs::remove_file(&file).unwrap();
    store.backup(&[TABLES], &file).await.unwrap();

    let (into, _schema) = somewhere(folder.path(), "twice");
    Store::restore(&file, &into, &[TABLES]).await.unwrap();
    reason(Store::restore(&file, &into, &[TABLES]).await);
    // A log left beside the name would be taken for the log of the new file.
    let bare = folder.path().join("bare.sqlite");
    std::fs::write(folder.path().join("bare.sqlite-wal"), "old frames").unwrap();
    let said = reason(Store::restore(&file, &Address::Sqlite(bare.clone()), &[TABLES]).await);
    assert!(said.contains("-wal"), "{said}");
    assert!(!bare.exists());
}

#[tokio::test]
async fn what_is_no_backup_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let into = Address::Sqlite(folder.path().join("new.sqlite"));
    let missing = folder.path().join("missing.sqlite");
    assert!(reason(Store::restore(&missing, &into, &[TABLES]).await).contains("no such file"));
    let text = folder.path().join("letter.txt");
    std::fs::write(&text, "Kính gửi ".repeat(1000)).unwrap();
    assert!(Store::restore(&text, &into, &[TABLES]).await.is_err());
    let other = folder.path().join("other.sqlite");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
    assert!(reason(Store::restore(&other, &into, &[TABLES]).await).contains("no backup"));
    assert!(!folder.path().join("new.sqlite").exists());
}

#[tokio::test]
async fn a_backup_of_a_newer_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.sqlite");
    let store = letters().await;
    store.backup(&[TABLES], &file).await.unwrap();
    let older = Tables { namespace: TABLES.namespace, steps: &[] };
    let (into, _schema) = somewhere(folder.path(), "older");
    let said = reason(Store::restore(&file, &into, &[older]).await);
    assert!(said.contains("at least as new"), "{said}");
}

async fn damaged(folder: &Path) -> PathBuf {
    let file = folder.join("backup.sqlite");
    let store = letters().await;
    for number in 0..400 {
        store.write(move |tx| register(tx, id(number), "H01")).await.unwrap();
    }
    store.backup(&[TABLES], &file).await.unwrap();
    // Some bytes in the middle of a page go wrong, as on a bad disk.
    let mut bytes = std::fs::read(&file).unwrap();
    let middle = bytes.len() / 2 / 4096 * 4096;
    bytes[middle..middle + 200].fill(0xa5);
    std::fs::write(&file, bytes).unwrap();
    file
}

#[tokio::test]
async fn damage_is_found_and_a_damaged_backup_is_not_restored() {
    let folder = tempfile::tempdir().unwrap();
    let file = damaged(folder.path()).await;
    let (into, _schema) = somewhere(folder.path(), "damaged");
    assert!(Store::restore(&file, &into, &[TABLES]).await.is_err());
    if into.engine() == Engine::Postgres {
        return;
    }
    let copy = folder.path().join("copy.sqlite");
    std::fs::copy(&file, &copy).unwrap();
    let store = Store::open(&Address::Sqlite(copy)).await.unwrap();
    let faults = store.integrity_check().await.unwrap();
    assert!(!faults.is_empty());
}

#[tokio::test]
async fn a_sound_store_has_no_faults() {
    let store = letters().await;
    fill(&store).await;
    assert_eq!(store.integrity_check().await, Ok(vec![]));
    assert_eq!(count(&store).await, 30);
}

#[tokio::test]
async fn a_reference_to_nothing_is_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("backup.sqlite");
    let store = letters().await;
    fill(&store).await;
    store.backup(&[TABLES], &file).await.unwrap();
    let shell = rusqlite::Connection::open(&file).unwrap();
    shell
        .execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM letters_letter WHERE no = 8")
        .unwrap();
    drop(shell);
    let store = Store::open(&Address::Sqlite(file)).await.unwrap();
    let faults = store.integrity_check().await.unwrap();
    assert_eq!(faults.len(), 1);
    assert!(faults[0].contains("letters_attachment"), "{faults:?}");
}
