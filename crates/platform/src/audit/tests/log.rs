//! Writing, sealing, proving.

use super::*;
use crate::audit::{
    Consistency, Exported, Filter, Inclusion, SealError, consistency, entry, export, head_numbered,
    heads, proof, search,
};
use crate::jobs::{run_due, run_schedules};
use crate::store::StoreError;

#[tokio::test]
async fn an_empty_log_is_sound() {
    let house = House::build(Vec::new()).await;
    assert_eq!(seal(&house.ctx).await.unwrap(), None);
    let verdict = verdict(&house.ctx).await;
    assert_eq!(verdict, Verdict { rows: 0, heads: 0, unsealed: 0, fault: None });
}

#[tokio::test]
async fn rows_are_sealed_without_a_gap_in_the_order_of_their_time() {
    let house = house_with(12).await;
    let verdict = verdict(&house.ctx).await;
    assert_eq!(verdict, Verdict { rows: 12, heads: 3, unsealed: 0, fault: None });
    let filter = Filter { limit: 100, ..Filter::default() };
    let rows = house.ctx.store.read(move |tx| search(tx, &filter)).await.unwrap();
    let places: Vec<_> = rows.iter().map(|row| row.seq.unwrap()).collect();
    assert_eq!(places, (0..12).rev().collect::<Vec<_>>());
    assert_eq!(rows[0].head, Some(3));
    assert_eq!(rows[11].head, Some(1));
    assert_eq!(newest(&house.ctx).await.size, 12);
}

#[tokio::test]
async fn a_row_of_a_unit_that_was_undone_is_not_there() {
    let house = house_with(1).await;
    let act = act(&house.ctx, 1);
    let undone: Result<(), StoreError> = house
        .ctx
        .store
        .write(move |tx| {
            record(tx, &act)?;
            Err(StoreError::NotFound)
        })
        .await;
    assert!(undone.is_err());
    seal(&house.ctx).await.unwrap();
    assert_eq!(verdict(&house.ctx).await.rows, 1);
}

#[tokio::test]
async fn a_row_that_commits_late_is_sealed_with_the_next_turn() {
    let house = house_with(3).await;
    let mut late = act(&house.ctx, 3);
    late.at = later(late.at, -3_600);
    let id = late.id;
    house.ctx.store.write(move |tx| record(tx, &late)).await.unwrap();
    assert_eq!(verdict(&house.ctx).await.unsealed, 1);
    seal(&house.ctx).await.unwrap();
    let row = house.ctx.store.read(move |tx| entry(tx, id)).await.unwrap().unwrap();
    assert_eq!((row.seq, row.head), (Some(3), Some(2)));
    assert_eq!(fault(&house.ctx).await, None);
}

#[tokio::test]
async fn writers_and_sealers_side_by_side_leave_no_gap() {
    let house = House::build(Vec::new()).await;
    let mut hands = tokio::task::JoinSet::new();
    for hand in 0..6 {
        let ctx = house.ctx.clone();
        hands.spawn(async move {
            for number in 0..20 {
                let act = act(&ctx, hand * 20 + number);
                ctx.store.write(move |tx| record(tx, &act)).await.unwrap();
            }
        });
    }
    for _ in 0..3 {
        let ctx = house.ctx.clone();
        hands.spawn(async move {
            for _ in 0..10 {
                seal(&ctx).await.unwrap();
            }
        });
    }
    hands.join_all().await;
    seal(&house.ctx).await.unwrap();
    let verdict = verdict(&house.ctx).await;
    assert_eq!((verdict.rows, verdict.unsealed, verdict.fault), (120, 0, None));
}

#[tokio::test]
async fn the_schedule_seals_and_rests_when_there_is_nothing() {
    let house = House::build(Vec::new()).await;
    let (jobs, schedules) = ([crate::audit::JOB], [crate::audit::SCHEDULE]);
    let turn = async || {
        house.ctx.clock.advance(SignedDuration::from_secs(5));
        run_schedules(&house.ctx, &schedules).await.unwrap();
        run_due(&house.ctx, &jobs).await.unwrap().done
    };
    assert_eq!(turn().await, 0);
    write(&house.ctx, 0).await;
    assert_eq!(turn().await + turn().await, 1);
    assert_eq!(turn().await, 0);
    assert_eq!(verdict(&house.ctx).await.rows, 1);
}

#[tokio::test]
async fn more_rows_than_one_turn_and_many_tiles_hold_together() {
    let house = House::build(Vec::new()).await;
    let ctx = house.ctx.clone();
    let acts: Vec<Act> = (0..2_700).map(|number| act(&ctx, number)).collect();
    let ids: Vec<Uuid> = acts.iter().map(|act| act.id).collect();
    ctx.store.write(move |tx| acts.iter().try_for_each(|act| record(tx, act))).await.unwrap();
    seal(&ctx).await.unwrap();
    let verdict = verdict(&ctx).await;
    assert_eq!((verdict.rows, verdict.heads, verdict.fault), (2_700, 3, None));
    let key = [signing_key(&ctx).await.unwrap().public().clone()];
    for number in [0, 1, 255, 256, 257, 1_023, 1_024, 2_047, 2_559, 2_560, 2_699] {
        let id = ids[number];
        let proof = ctx.store.read(move |tx| proof(tx, id)).await.unwrap().unwrap();
        assert!(proof.holds(&key), "row {number}");
    }
    for old in [0, 1, 255, 256, 700, 1_000, 2_048, 2_699, 2_700] {
        let proof = ctx.store.read(move |tx| consistency(tx, old)).await.unwrap().unwrap();
        assert!(proof.holds(&key), "from {old}");
    }
}

#[tokio::test]
async fn a_proof_travels_as_json_and_holds_for_that_row_only() {
    let house = house_with(12).await;
    let ctx = &house.ctx;
    let id = id_at(ctx, 7).await;
    let found = ctx.store.read(move |tx| proof(tx, id)).await.unwrap().unwrap();
    let text = serde_json::to_string(&found).unwrap();
    let proof: Inclusion = serde_json::from_str(&text).unwrap();
    let keys = [signing_key(ctx).await.unwrap().public().clone()];
    assert!(proof.holds(&keys));
    assert!(!proof.holds(&[]));
    for field in 0..proof.fields.len() {
        let mut other = proof.clone();
        other.fields[field].push('x');
        assert!(!other.holds(&keys), "field {field}");
    }
    assert!(!Inclusion { index: 6, ..proof.clone() }.holds(&keys));
    assert!(!Inclusion { size: 13, ..proof.clone() }.holds(&keys));
    assert!(!Inclusion { root: "00".repeat(32), ..proof.clone() }.holds(&keys));
    assert!(!Inclusion { path: vec!["zz".to_owned()], ..proof }.holds(&keys));
}

#[tokio::test]
async fn a_row_that_is_not_sealed_or_not_there_has_no_proof() {
    let house = house_with(2).await;
    let id = write(&house.ctx, 2).await;
    assert_eq!(house.ctx.store.read(move |tx| proof(tx, id)).await.unwrap(), None);
    let stranger = Uuid::from_u128(9);
    assert_eq!(house.ctx.store.read(move |tx| proof(tx, stranger)).await.unwrap(), None);
}

#[tokio::test]
async fn an_old_head_is_shown_to_be_the_beginning_of_the_newest() {
    let house = house_with(12).await;
    let old = house.ctx.store.read(|tx| head_numbered(tx, 1)).await.unwrap().unwrap();
    let size = old.size as u64;
    let proof = house.ctx.store.read(move |tx| consistency(tx, size)).await.unwrap().unwrap();
    let keys = [signing_key(&house.ctx).await.unwrap().public().clone()];
    assert_eq!(proof.old_root, crate::hex::to_hex(&old.root));
    assert!(proof.holds(&keys));
    assert!(!Consistency { new_size: 11, ..proof.clone() }.holds(&keys));
    assert!(!Consistency { old_root: "00".repeat(32), ..proof }.holds(&keys));
    let beyond = house.ctx.store.read(|tx| consistency(tx, 13)).await.unwrap();
    assert_eq!(beyond, None);
}

#[tokio::test]
async fn an_export_lets_a_stranger_build_every_head() {
    let house = house_with(12).await;
    let mut lines = Vec::new();
    let sink = |line: &Exported| {
        lines.push(line.clone());
        Ok::<_, StoreError>(())
    };
    export(&house.ctx.store, sink).await.unwrap();
    let mut edge = super::super::tree::Edge::default();
    let mut seen = 0;
    for line in lines {
        match line {
            Exported::Row(fields) => {
                let bytes = super::super::leaf::bytes(&fields[..]);
                edge.push(super::super::tree::leaf_hash(&bytes));
            }
            Exported::Head(note) => {
                seen += 1;
                assert_eq!(Head::read(&note).unwrap().root, edge.root());
            }
        }
    }
    assert_eq!((edge.size(), seen), (12, 3));
    let listed = house.ctx.store.read(|tx| heads(tx, Some(3), 10)).await.unwrap();
    assert_eq!(listed.iter().map(|head| head.number).collect::<Vec<_>>(), [2, 1]);
}

#[tokio::test]
async fn the_newest_head_lies_beside_the_key() {
    let house = house_with(6).await;
    let kept = std::fs::read_to_string(house.ctx.files.folder().join("audit.head")).unwrap();
    assert_eq!(kept, newest(&house.ctx).await.note);
}

#[tokio::test]
async fn a_head_that_cannot_be_put_beside_the_key_leaves_no_draft() {
    let house = House::build(Vec::new()).await;
    write(&house.ctx, 0).await;
    // A folder in the place of the file: the draft is written and cannot become it.
    std::fs::create_dir_all(house.ctx.files.folder().join("audit.head/x")).unwrap();
    assert!(matches!(seal(&house.ctx).await, Err(SealError::Key(_))));
    let lying = std::fs::read_dir(house.ctx.files.folder()).unwrap();
    let names: Vec<_> = lying.map(|entry| entry.unwrap().file_name()).collect();
    let drafts = names.iter().filter(|name| name.to_string_lossy().starts_with("audit.head."));
    assert_eq!(drafts.count(), 0, "{names:?}");
    assert_eq!(verdict(&house.ctx).await.rows, 1, "the seal itself holds");
}
