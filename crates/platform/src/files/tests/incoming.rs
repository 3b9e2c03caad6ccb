//! The way in.

use std::convert::Infallible;
use std::sync::atomic::{AtomicUsize, Ordering};

use futures_util::{Stream, stream};

use super::*;
use crate::clock::Clock;
use crate::files::{forget, record};
use crate::ids::Ids;
use crate::store::StoreError;
use crate::testing::MONDAY_MORNING;
use crate::words::Locale;

/// A PDF of a length, in pieces; counts what is taken of it.
fn large(bytes: usize, taken: &AtomicUsize) -> impl Stream<Item = Result<Bytes, Infallible>> {
    let mut content = samples::pdf();
    let ending = content.split_off(content.len() - 6);
    content.resize(bytes - ending.len(), b' ');
    content.extend(ending);
    let pieces: Vec<Bytes> = content.chunks(10_000).map(Bytes::copy_from_slice).collect();
    stream::iter(pieces.into_iter().map(|piece| {
        taken.fetch_add(piece.len(), Ordering::SeqCst);
        Ok(piece)
    }))
}

#[tokio::test]
async fn a_file_lies_under_its_hash_and_its_row_tells_of_it() {
    let house = House::build(Vec::new()).await;
    let kept = keep(&house.ctx, "Giấy khai sinh.pdf", &samples::pdf()).await.unwrap();
    let sha256 = "2cbd2d32057ff5ba80cef0a2916405009aeb62dee9bbf0942cfcf6a212d75ee9";
    assert_eq!(kept.sha256, sha256);
    assert_eq!((kept.size_bytes, kept.media.as_str()), (69, "application/pdf"));
    assert_eq!((kept.name.as_str(), kept.owner), ("Giấy khai sinh.pdf", OWNER));
    assert_eq!(kept.created_at, MONDAY_MORNING);
    assert_eq!(std::fs::read(place(&house.ctx, &kept.sha256)).unwrap(), samples::pdf());
    assert_eq!(lying_in(&house.ctx, "incoming"), [] as [PathBuf; 0]);
    assert_eq!(house.ctx.files.kept(kept.id).await, Ok(kept));
}

#[tokio::test]
async fn a_name_without_an_ending_gets_that_of_the_content() {
    let house = House::build(Vec::new()).await;
    let kept = keep(&house.ctx, "Quyết định số 12.2026", &samples::pdf()).await.unwrap();
    assert_eq!(kept.name, "Quyết định số 12.2026.pdf");
}

#[tokio::test]
async fn a_body_in_pieces_is_the_same_file() {
    let house = House::build(Vec::new()).await;
    let whole = keep(&house.ctx, "a.pdf", &samples::pdf()).await.unwrap();
    let bytes = samples::pdf().into_iter().map(|byte| Ok::<_, Infallible>(Bytes::from(vec![byte])));
    let pieces = house.ctx.files.keep(stream::iter(bytes), &rules("b.pdf")).await.unwrap();
    assert_eq!(pieces.sha256, whole.sha256);
    assert_eq!(lying_in(&house.ctx, "files").len(), 1, "kept once");
    assert_eq!(used(&house.ctx).await, 2 * 69, "counted twice");
}

#[tokio::test]
async fn an_empty_file_is_refused() {
    let house = House::build(Vec::new()).await;
    assert_eq!(keep(&house.ctx, "a.pdf", b"").await, Err(FileRefusal::Empty));
}

#[tokio::test]
async fn a_file_of_exactly_the_limit_is_kept_and_one_byte_more_is_not() {
    let house = House::build(Vec::new()).await;
    let taken = AtomicUsize::new(0);
    let kept = house.ctx.files.keep(large(1_000_000, &taken), &rules("a.pdf")).await.unwrap();
    assert_eq!(kept.size_bytes, 1_000_000);
    let refused = house.ctx.files.keep(large(1_000_001, &taken), &rules("a.pdf")).await;
    assert_eq!(refused, Err(FileRefusal::TooLarge { max_bytes: 1_000_000 }));
    assert_eq!(lying_in(&house.ctx, "incoming"), [] as [PathBuf; 0]);
}

#[tokio::test]
async fn a_refused_sender_is_listened_to_for_a_while_and_no_longer() {
    let house = House::build(Vec::new()).await;
    let taken = AtomicUsize::new(0);
    let small = KeepRules { max_bytes: 100, ..rules("a.pdf") };
    house.ctx.files.keep(large(3_000_000, &taken), &small).await.unwrap_err();
    assert_eq!(taken.load(Ordering::SeqCst), 3_000_000, "a browser gets to read the answer");
    taken.store(0, Ordering::SeqCst);
    house.ctx.files.keep(large(50_000_000, &taken), &small).await.unwrap_err();
    assert!(taken.load(Ordering::SeqCst) < 34_000_000, "an attacker does not");
}

#[tokio::test]
async fn a_connection_that_breaks_leaves_nothing() {
    let house = House::build(Vec::new()).await;
    let body = stream::iter([Ok(Bytes::from(samples::pdf())), Err("broken off")]);
    let refused = house.ctx.files.keep(body, &rules("a.pdf")).await;
    assert_eq!(refused, Err(FileRefusal::Interrupted("broken off".to_owned())));
    assert_eq!(lying_in(&house.ctx, "incoming"), [] as [PathBuf; 0]);
    assert_eq!(lying_in(&house.ctx, "files"), [] as [PathBuf; 0]);
}

#[tokio::test]
async fn a_caller_who_goes_away_leaves_nothing() {
    let house = House::build(Vec::new()).await;
    let first = stream::iter([Ok::<_, Infallible>(Bytes::from(samples::pdf()))]);
    let endless = futures_util::StreamExt::chain(first, stream::pending());
    let rules = rules("a.pdf");
    let keeping = house.ctx.files.keep(endless, &rules);
    let waited = tokio::time::timeout(std::time::Duration::from_millis(100), keeping).await;
    assert!(waited.is_err());
    assert_eq!(lying_in(&house.ctx, "incoming"), [] as [PathBuf; 0]);
}

#[tokio::test]
async fn a_full_disk_is_told_clearly_and_leaves_nothing() {
    let house = House::build(Vec::new()).await;
    // Ids are seeded: the next one names the part, which is led to where everything is full.
    let folder = tempfile::tempdir().unwrap();
    let clock = Clock::fixed(MONDAY_MORNING);
    let store = house.ctx.store.clone();
    let files =
        crate::files::Files::at(folder.path(), store, clock.clone(), Ids::seeded(3, clock.clone()))
            .unwrap();
    let part = format!("incoming/{}.part", Ids::seeded(3, clock).next());
    std::os::unix::fs::symlink("/dev/full", folder.path().join(&part)).unwrap();
    let body = Bytes::from(samples::pdf());
    let refused = files.keep_bytes(body.clone(), &rules("a.pdf")).await.unwrap_err();
    assert_eq!(refused, FileRefusal::Full);
    assert_eq!(refused.status(), 507);
    assert!(!folder.path().join(part).exists());
    files.keep_bytes(body, &rules("a.pdf")).await.unwrap();
}

#[tokio::test]
async fn the_quota_holds_over_files_and_is_given_back() {
    let house = House::build(Vec::new()).await;
    let rules = |quota_bytes| KeepRules { quota_bytes, ..rules("a.pdf") };
    let body = || Bytes::from(samples::pdf());
    let first = house.ctx.files.keep_bytes(body(), &rules(150)).await.unwrap();
    house.ctx.files.keep_bytes(body(), &rules(150)).await.unwrap();
    let refused = house.ctx.files.keep_bytes(body(), &rules(150)).await;
    assert_eq!(refused, Err(FileRefusal::Quota { quota_bytes: 150, used_bytes: 138 }));
    let id = first.id;
    assert!(house.ctx.store.write(move |tx| forget(tx, id)).await.unwrap());
    assert!(!house.ctx.store.write(move |tx| forget(tx, id)).await.unwrap());
    assert_eq!(used(&house.ctx).await, 69);
    house.ctx.files.keep_bytes(body(), &rules(150)).await.unwrap();
}

#[tokio::test]
async fn two_uploads_at_once_do_not_both_get_the_last_bytes() {
    let house = House::build(Vec::new()).await;
    let rules = KeepRules { quota_bytes: 70, ..rules("a.pdf") };
    // Both were received while there was room; the rows decide.
    let body = || Bytes::from(samples::pdf());
    let first = house.ctx.files.receive_bytes(body(), &rules).await.unwrap();
    let second = house.ctx.files.receive_bytes(body(), &rules).await.unwrap();
    let write = async |received: crate::files::Received| {
        house.ctx.store.write(move |tx| record(tx, &received)).await
    };
    let (first, second) = tokio::join!(write(first), write(second));
    assert_eq!([first, second].iter().filter(|kept| kept.is_ok()).count(), 1);
    assert_eq!(used(&house.ctx).await, 69);
}

#[tokio::test]
async fn a_row_goes_with_the_unit_that_needed_it() {
    let house = House::build(Vec::new()).await;
    let body = Bytes::from(samples::pdf());
    let received = house.ctx.files.receive_bytes(body, &rules("a.pdf")).await.unwrap();
    let id = received.kept().id;
    let undone: Result<(), FileRefusal> = house
        .ctx
        .store
        .write(move |tx| {
            record(tx, &received)?;
            Err(StoreError::NotFound.into())
        })
        .await;
    assert!(undone.is_err());
    assert_eq!(house.ctx.files.kept(id).await, Err(FileRefusal::Missing));
    assert_eq!(used(&house.ctx).await, 0);
}

#[tokio::test]
async fn every_refusal_is_a_sentence_in_both_languages() {
    let house = House::build(Vec::new()).await;
    let refusals = [
        (422, FileRefusal::Empty),
        (413, FileRefusal::TooLarge { max_bytes: 20_000_000 }),
        (413, FileRefusal::Quota { quota_bytes: 500_000_000, used_bytes: 496_600_000 }),
        (415, FileRefusal::Kind { allowed: &[Media::Pdf, Media::Jpeg] }),
        (422, FileRefusal::Disguised { named: "exe".to_owned(), found: Media::Pdf }),
        (422, FileRefusal::Damaged { found: Media::Png }),
        (422, FileRefusal::Macros),
        (400, FileRefusal::Interrupted("x".to_owned())),
        (507, FileRefusal::Full),
        (404, FileRefusal::Missing),
        (503, FileRefusal::Disk("x".to_owned())),
        (503, FileRefusal::Store(StoreError::Unknown)),
    ];
    for (status, refusal) in &refusals {
        assert_eq!(refusal.status(), *status);
        for locale in Locale::ALL {
            let sentence = refusal.sentence(&house.ctx.words.speak(locale));
            assert!(sentence.ends_with('.') && !sentence.contains('{'), "{sentence}");
        }
    }
    assert_eq!(house.ctx.words.missing().into_iter().collect::<Vec<_>>(), [] as [String; 0]);
    let vi = house.ctx.words.speak(Locale::Vi);
    assert!(refusals[1].1.sentence(&vi).starts_with("Tệp lớn hơn 20 MB."));
    assert!(refusals[2].1.sentence(&vi).starts_with("Không còn đủ chỗ: còn 3,4 MB trong"));
    assert!(refusals[3].1.sentence(&vi).ends_with("Các loại được nhận: PDF, JPEG."));
}
