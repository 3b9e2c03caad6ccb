//! The sweep takes what no row names, and nothing else.

use std::path::Path;
use std::time::{Duration, SystemTime};

use super::*;
use crate::files::{Damage, JOB, SCHEDULE, Swept, forget};
use crate::jobs::{run_due, run_schedules};

fn age(path: &Path, hours: u64) {
    #[expect(clippy::disallowed_methods, reason = "the disk's own time")]
    let then = SystemTime::now() - Duration::from_secs(hours * 3_600);
    std::fs::File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
}

async fn swept(ctx: &Ctx) -> u64 {
    ctx.files.sweep().await.unwrap().files
}

#[tokio::test]
async fn content_without_a_row_goes_after_a_day() {
    let house = House::build(Vec::new()).await;
    let body = Bytes::from(samples::pdf());
    let received = house.ctx.files.receive_bytes(body, &rules("a.pdf")).await.unwrap();
    let place = place(&house.ctx, &received.kept().sha256);
    assert_eq!(swept(&house.ctx).await, 0, "its row may be on the way");
    age(&place, 23);
    assert_eq!(swept(&house.ctx).await, 0);
    age(&place, 25);
    assert_eq!(house.ctx.files.sweep().await.unwrap(), Swept { files: 1, bytes: 69 });
    assert!(!place.exists());
    assert_eq!(lying_in(&house.ctx, "swept"), [] as [PathBuf; 0]);
}

#[tokio::test]
async fn content_that_any_row_names_stays_however_old() {
    let house = House::build(Vec::new()).await;
    let first = keep(&house.ctx, "a.pdf", &samples::pdf()).await.unwrap();
    let second = keep(&house.ctx, "b.pdf", &samples::pdf()).await.unwrap();
    let place = place(&house.ctx, &first.sha256);
    age(&place, 100_000);
    assert_eq!(swept(&house.ctx).await, 0);
    house.ctx.store.write(move |tx| forget(tx, first.id)).await.unwrap();
    assert_eq!(swept(&house.ctx).await, 0, "the second still names it");
    house.ctx.store.write(move |tx| forget(tx, second.id)).await.unwrap();
    assert_eq!(swept(&house.ctx).await, 1);
}

#[tokio::test]
async fn parts_that_nobody_finishes_go_after_a_day() {
    let house = House::build(Vec::new()).await;
    let (old, young) = ("incoming/old.part", "incoming/young.part");
    for part in [old, young] {
        std::fs::write(house.ctx.files.folder().join(part), b"abc").unwrap();
    }
    age(&house.ctx.files.folder().join(old), 25);
    assert_eq!(house.ctx.files.sweep().await.unwrap(), Swept { files: 1, bytes: 3 });
    assert_eq!(lying_in(&house.ctx, "incoming"), [house.ctx.files.folder().join(young)]);
}

#[tokio::test]
async fn what_a_cut_off_sweep_had_moved_aside_comes_back() {
    let house = House::build(Vec::new()).await;
    let kept = keep(&house.ctx, "a.pdf", &samples::pdf()).await.unwrap();
    let place = place(&house.ctx, &kept.sha256);
    age(&place, 25);
    std::fs::rename(&place, house.ctx.files.folder().join("swept").join(&kept.sha256)).unwrap();
    assert_eq!(swept(&house.ctx).await, 0);
    assert!(place.exists());
}

#[tokio::test]
async fn content_that_came_in_again_while_it_was_swept_is_kept() {
    let house = House::build(Vec::new()).await;
    let body = || Bytes::from(samples::pdf());
    let received = house.ctx.files.receive_bytes(body(), &rules("a.pdf")).await.unwrap();
    let sha256 = received.kept().sha256.clone();
    age(&place(&house.ctx, &sha256), 25);
    // Between the sweep's look at the rows and its hand on the file the same content arrives.
    let again = house.ctx.files.receive_bytes(body(), &rules("a.pdf")).await.unwrap();
    let taken = super::super::sweep::take_away(&house.ctx.files.house, &sha256).unwrap();
    assert_eq!(taken, None);
    let kept = house.ctx.store.write(move |tx| crate::files::record(tx, &again)).await.unwrap();
    assert_eq!(house.ctx.files.read(kept.id, 100).await.unwrap(), samples::pdf());
}

#[tokio::test]
async fn the_sweep_is_a_job_of_every_night() {
    let house = House::build(Vec::new()).await;
    run_schedules(&house.ctx, &[SCHEDULE]).await.unwrap();
    house.ctx.clock.advance(jiff::SignedDuration::from_hours(24));
    run_schedules(&house.ctx, &[SCHEDULE]).await.unwrap();
    assert_eq!(run_due(&house.ctx, &[JOB]).await.unwrap().done, 1);
}

#[tokio::test]
async fn the_check_names_content_that_is_gone_or_changed() {
    let house = House::build(Vec::new()).await;
    let whole = keep(&house.ctx, "a.pdf", &samples::pdf()).await.unwrap();
    let gone = keep(&house.ctx, "b.png", &samples::png()).await.unwrap();
    let changed = keep(&house.ctx, "c.jpg", &samples::jpeg()).await.unwrap();
    assert_eq!(house.ctx.files.check().await, Ok(Vec::new()));
    std::fs::remove_file(place(&house.ctx, &gone.sha256)).unwrap();
    std::fs::write(place(&house.ctx, &changed.sha256), b"other").unwrap();
    let mut damage = house.ctx.files.check().await.unwrap();
    damage.sort_by_key(|damage| matches!(damage, Damage::Changed { .. }));
    let (gone, changed) = (gone.sha256, changed.sha256);
    assert_eq!(damage, [Damage::Missing { sha256: gone }, Damage::Changed { sha256: changed }]);
    assert!(place(&house.ctx, &whole.sha256).exists());
}
