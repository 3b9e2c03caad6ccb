//! Somebody changes the database behind the program's back; the check says where.

use std::path::Path;
use std::sync::Arc;

use super::*;
use crate::audit::tiles;
use crate::store::{Address, Store};
use crate::testing::test_db;

/// Changes the tables as a hand with a database shell would.
async fn tamper(ctx: &Ctx, sql: &'static str) {
    let touched: u64 = ctx.store.write(move |tx| tx.execute(sql, &[])).await.unwrap();
    assert!(touched > 0, "{sql} touched nothing");
}

#[tokio::test]
async fn a_change_of_any_column_names_the_row() {
    for change in [
        "UPDATE platform_audit SET at = at + 1 WHERE seq = 7",
        "UPDATE platform_audit SET actor = NULL WHERE seq = 7",
        "UPDATE platform_audit SET actor_name = 'Trần Văn B' WHERE seq = 7",
        "UPDATE platform_audit SET unit = id WHERE seq = 7",
        "UPDATE platform_audit SET verb = 'sample.other' WHERE seq = 7",
        "UPDATE platform_audit SET object = 'letter:8' WHERE seq = 7",
        "UPDATE platform_audit SET detail = '{}' WHERE seq = 7",
        "UPDATE platform_audit SET detail = detail || ' ' WHERE seq = 7",
        "UPDATE platform_audit SET head = 1 WHERE seq = 7",
        "UPDATE platform_audit SET head = NULL WHERE seq = 7",
    ] {
        let house = house_with(12).await;
        let id = id_at(&house.ctx, 7).await;
        tamper(&house.ctx, change).await;
        let told = fault(&house.ctx).await;
        assert_eq!(told, Some(Fault::RowChanged { seq: 7, id }), "{change}");
    }
}

#[tokio::test]
async fn another_id_names_the_row() {
    const OTHER_ID: &str = "UPDATE platform_audit SET id = $1 WHERE seq = 7";
    let house = house_with(12).await;
    let other = Uuid::from_u128(7);
    house.ctx.store.write(move |tx| tx.execute(OTHER_ID, &[&other])).await.unwrap();
    assert_eq!(fault(&house.ctx).await, Some(Fault::RowChanged { seq: 7, id: other }));
}

#[tokio::test]
async fn text_moved_from_one_column_to_the_next_names_the_row() {
    let house = house_with(12).await;
    let id = id_at(&house.ctx, 3).await;
    tamper(
        &house.ctx,
        "UPDATE platform_audit SET verb = verb || 'l', object = substr(object, 2) WHERE seq = 3",
    )
    .await;
    assert_eq!(fault(&house.ctx).await, Some(Fault::RowChanged { seq: 3, id }));
}

#[tokio::test]
async fn the_first_of_several_is_named() {
    let house = house_with(12).await;
    let id = id_at(&house.ctx, 2).await;
    tamper(&house.ctx, "UPDATE platform_audit SET detail = '{}' WHERE seq >= 2").await;
    assert_eq!(fault(&house.ctx).await, Some(Fault::RowChanged { seq: 2, id }));
}

#[tokio::test]
async fn a_missing_row_is_named_wherever_it_was() {
    for (change, seq) in [
        ("DELETE FROM platform_audit WHERE seq = 0", 0),
        ("DELETE FROM platform_audit WHERE seq = 7", 7),
        ("DELETE FROM platform_audit WHERE seq = 11", 11),
        ("DELETE FROM platform_audit WHERE seq >= 5", 5),
        ("UPDATE platform_audit SET seq = NULL, head = NULL WHERE seq = 4", 4),
    ] {
        let house = house_with(12).await;
        tamper(&house.ctx, change).await;
        assert_eq!(fault(&house.ctx).await, Some(Fault::RowMissing { seq }), "{change}");
    }
}

#[tokio::test]
async fn a_row_put_in_behind_the_end_is_named() {
    let house = house_with(12).await;
    let id = write(&house.ctx, 12).await;
    tamper(&house.ctx, "UPDATE platform_audit SET seq = 12, head = 3 WHERE seq IS NULL").await;
    assert_eq!(fault(&house.ctx).await, Some(Fault::RowInserted { seq: 12, id }));
}

#[tokio::test]
async fn a_row_put_in_between_is_named() {
    let house = house_with(12).await;
    const DROP: &str = "DROP INDEX platform_audit_seq";
    house.ctx.store.write(|tx| tx.execute(DROP, &[])).await.unwrap();
    let id = write(&house.ctx, 12).await;
    tamper(&house.ctx, "UPDATE platform_audit SET seq = 3, head = 1 WHERE seq IS NULL").await;
    assert_eq!(fault(&house.ctx).await, Some(Fault::RowInserted { seq: 3, id }));
}

#[tokio::test]
async fn a_row_put_in_with_all_behind_it_moved_up_is_named() {
    let house = house_with(12).await;
    let id = write(&house.ctx, 12).await;
    tamper(&house.ctx, "UPDATE platform_audit SET seq = -seq - 2 WHERE seq >= 4").await;
    tamper(&house.ctx, "UPDATE platform_audit SET seq = -seq - 1 WHERE seq < 0").await;
    tamper(&house.ctx, "UPDATE platform_audit SET seq = 4, head = 1 WHERE seq IS NULL").await;
    assert_eq!(fault(&house.ctx).await, Some(Fault::RowChanged { seq: 4, id }));
}

#[tokio::test]
async fn two_rows_that_changed_places_are_named() {
    let house = house_with(12).await;
    let id = id_at(&house.ctx, 8).await;
    tamper(&house.ctx, "UPDATE platform_audit SET seq = -1 WHERE seq = 6").await;
    tamper(&house.ctx, "UPDATE platform_audit SET seq = 6 WHERE seq = 8").await;
    tamper(&house.ctx, "UPDATE platform_audit SET seq = 8 WHERE seq = -1").await;
    assert_eq!(fault(&house.ctx).await, Some(Fault::RowChanged { seq: 6, id }));
}

#[tokio::test]
async fn a_row_changed_together_with_its_stored_hash_is_narrowed_to_its_head() {
    let house = house_with(12).await;
    tamper(&house.ctx, "UPDATE platform_audit SET detail = '{}' WHERE seq = 7").await;
    let forge = |tx: &mut crate::store::Tx| {
        let row: super::super::Entry = tx.one(
            "SELECT id, seq, head, at, actor, actor_name, unit, verb, object, detail
             FROM platform_audit WHERE seq = 7",
            &[],
        )?;
        let mut tile = tiles::stored(tx, 0, 0)?;
        tile[7] = super::super::leaf::hash(&row, 7);
        tx.execute("UPDATE platform_audit_tile SET hashes = $1", &[&tile.concat()])
    };
    house.ctx.store.write(forge).await.unwrap();
    assert_eq!(fault(&house.ctx).await, Some(Fault::RowsChanged { first: 5, last: 9 }));
}

#[tokio::test]
async fn damaged_hashes_of_the_tree_are_told_apart_from_changed_rows() {
    let house = House::build(Vec::new()).await;
    let acts: Vec<Act> = (0..600).map(|number| act(&house.ctx, number)).collect();
    let all = move |tx: &mut crate::store::Tx| acts.iter().try_for_each(|act| record(tx, act));
    house.ctx.store.write(all).await.unwrap();
    seal(&house.ctx).await.unwrap();
    assert_eq!(fault(&house.ctx).await, None);
    for (change, level, place) in [
        ("DELETE FROM platform_audit_tile WHERE level = 1", 1, 0),
        ("UPDATE platform_audit_tile SET hashes = $1 WHERE level = 0 AND place = 1", 0, 1),
    ] {
        let nonsense = vec![9_u8; 32 * 256];
        let args = change.contains("$1");
        house
            .ctx
            .store
            .write(
                move |tx| {
                    if args { tx.execute(change, &[&nonsense]) } else { tx.execute(change, &[]) }
                },
            )
            .await
            .unwrap();
        assert_eq!(fault(&house.ctx).await, Some(Fault::TileDamaged { level, place }));
    }
}

#[tokio::test]
async fn a_changed_head_is_named() {
    for change in [
        "UPDATE platform_audit_head SET size = size + 1 WHERE number = 2",
        "UPDATE platform_audit_head SET at = at + 1 WHERE number = 2",
        "UPDATE platform_audit_head SET note = 'x' WHERE number = 2",
        "UPDATE platform_audit_head SET root = (
            SELECT root FROM platform_audit_head WHERE number = 1) WHERE number = 2",
        "UPDATE platform_audit_head SET note = (
            SELECT note FROM platform_audit_head WHERE number = 1) WHERE number = 2",
    ] {
        let house = house_with(12).await;
        tamper(&house.ctx, change).await;
        assert_eq!(fault(&house.ctx).await, Some(Fault::HeadChanged { number: 2 }), "{change}");
    }
}

#[tokio::test]
async fn a_missing_head_is_named() {
    let house = house_with(12).await;
    tamper(&house.ctx, "DELETE FROM platform_audit_head WHERE number = 2").await;
    assert_eq!(fault(&house.ctx).await, Some(Fault::HeadMissing { number: 2 }));
}

#[tokio::test]
async fn a_log_signed_anew_with_another_key_is_not_trusted() {
    let house = house_with(12).await;
    let stranger = tempfile::tempdir().unwrap();
    let ids = crate::ids::Ids::seeded(99, house.ctx.clock.clone());
    let key = Arc::new(super::super::SigningKey::open(stranger.path(), "x.vn", &ids).unwrap());
    let head = newest(&house.ctx).await;
    let forged = key.sign(head.number, head.size, head.at, head.root);
    const FORGE: &str = "UPDATE platform_audit_head SET note = $1 WHERE number = 3";
    house.ctx.store.write(move |tx| tx.execute(FORGE, &[&forged.note])).await.unwrap();
    assert_eq!(fault(&house.ctx).await, Some(Fault::HeadChanged { number: 3 }));
}

#[tokio::test]
async fn an_end_that_was_cut_off_is_told() {
    let house = house_with(12).await;
    tamper(&house.ctx, "DELETE FROM platform_audit WHERE seq >= 10").await;
    tamper(&house.ctx, "DELETE FROM platform_audit_head WHERE number = 3").await;
    assert_eq!(fault(&house.ctx).await, Some(Fault::EndCut { number: 3, size: 12 }));
}

#[tokio::test]
async fn an_end_cut_off_without_a_trace_does_not_fit_the_head_that_is_held() {
    let house = house_with(12).await;
    let held = std::fs::read_to_string(house.ctx.files.folder().join("audit.head")).unwrap();
    let held = [held];
    assert_eq!(verdict_with(&house.ctx, &held).await.fault, None);
    tamper(&house.ctx, "DELETE FROM platform_audit WHERE seq >= 10").await;
    tamper(&house.ctx, "DELETE FROM platform_audit_head WHERE number = 3").await;
    tamper(&house.ctx, "UPDATE platform_audit_turn SET size = 10, head = 2").await;
    assert_eq!(fault(&house.ctx).await, None, "nothing inside can know");
    let told = verdict_with(&house.ctx, &held).await.fault;
    assert_eq!(told, Some(Fault::ShorterThanHeld { held_size: 12, size: 10 }));
    // Whoever writes other rows in their place does not get the held root either.
    write(&house.ctx, 20).await;
    write(&house.ctx, 21).await;
    seal(&house.ctx).await.unwrap();
    assert_eq!(fault(&house.ctx).await, None);
    let told = verdict_with(&house.ctx, &held).await.fault;
    assert_eq!(told, Some(Fault::UnlikeHeld { held_size: 12 }));
}

#[tokio::test]
async fn a_held_head_that_nobody_trusted_signed_is_told() {
    let house = house_with(12).await;
    let note = newest(&house.ctx).await.note.replace("12\n", "11\n");
    let told = verdict_with(&house.ctx, &[note]).await.fault;
    assert_eq!(told, Some(Fault::HeldUntrusted { held_size: 11 }));
}

/// No statement at all: bytes of the file on the disk.
#[tokio::test]
async fn bytes_changed_in_the_database_file_name_the_row() {
    if test_db().is_some() {
        return; // PostgreSQL's files are its own.
    }
    let house = House::build(Vec::new()).await;
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("log.sqlite");
    let tables: Vec<_> = crate::parts().iter().map(|part| part.tables).collect();
    let open = async || Ctx {
        store: Store::open(&Address::Sqlite(place.clone())).await.unwrap(),
        ..house.ctx.clone()
    };
    let ctx = open().await;
    ctx.store.migrate(&tables).await.unwrap();
    for number in 0..12 {
        write(&ctx, number).await;
    }
    seal(&ctx).await.unwrap();
    let id = id_at(&ctx, 8).await;
    ctx.store.close().await;
    replace_in_file(&place, "Nguyễn Thị 8".as_bytes(), "Nguyễn Thị 9".as_bytes());
    let ctx = open().await;
    assert_eq!(fault(&ctx).await, Some(Fault::RowChanged { seq: 8, id }));
}

fn replace_in_file(place: &Path, from: &[u8], to: &[u8]) {
    let mut bytes = std::fs::read(place).unwrap();
    let at: Vec<usize> =
        (0..bytes.len() - from.len()).filter(|at| bytes[*at..].starts_with(from)).collect();
    assert_eq!(at.len(), 1, "the text lies in the file once");
    bytes[at[0]..at[0] + to.len()].copy_from_slice(to);
    std::fs::write(place, bytes).unwrap();
}

#[test]
fn every_fault_is_a_sentence() {
    let id = Uuid::from_u128(5);
    for fault in [Fault::RowChanged { seq: 7, id }, Fault::RowInserted { seq: 7, id }] {
        assert!(fault.to_string().contains("row 7 (id 00000000-0000-0000-0000-000000000005)"));
    }
}
