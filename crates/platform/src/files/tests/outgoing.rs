//! The way out.

use futures_util::TryStreamExt;

use super::*;

async fn range(ctx: &Ctx, id: Uuid, range: std::ops::Range<u64>) -> (std::ops::Range<u64>, String) {
    let opened = ctx.files.open_range(id, range).await.unwrap();
    let pieces: Vec<Bytes> = opened.body.try_collect().await.unwrap();
    (opened.range, String::from_utf8(pieces.concat()).unwrap())
}

#[tokio::test]
async fn a_file_comes_back_whole_and_in_ranges() {
    let house = House::build(Vec::new()).await;
    let id = keep(&house.ctx, "a.pdf", &samples::pdf()).await.unwrap().id;
    let whole = String::from_utf8(samples::pdf()).unwrap();
    for (asked, got) in [
        (0..u64::MAX, 0..69),
        (0..8, 0..8),
        (60..69, 60..69),
        (60..1_000, 60..69),
        (69..80, 69..69),
        (500..600, 69..69),
    ] {
        let expected = &whole[got.start as usize..got.end as usize];
        assert_eq!(range(&house.ctx, id, asked).await, (got.clone(), expected.to_owned()));
    }
    assert_eq!(house.ctx.files.open(id).await.unwrap().kept.name, "a.pdf");
}

#[tokio::test]
async fn a_small_file_is_read_at_once_and_a_large_one_is_not() {
    let house = House::build(Vec::new()).await;
    let id = keep(&house.ctx, "a.pdf", &samples::pdf()).await.unwrap().id;
    assert_eq!(house.ctx.files.read(id, 69).await.unwrap(), samples::pdf());
    let refused = house.ctx.files.read(id, 68).await;
    assert_eq!(refused, Err(FileRefusal::TooLarge { max_bytes: 68 }));
    let mut content = Vec::new();
    let mut file = house.ctx.files.file(id).await.unwrap();
    std::io::Read::read_to_end(&mut file, &mut content).unwrap();
    assert_eq!(content, samples::pdf(), "or piece by piece from the disk");
}

#[tokio::test]
async fn a_file_that_is_not_there_is_missing() {
    let house = House::build(Vec::new()).await;
    let stranger = Uuid::from_u128(9);
    assert!(matches!(house.ctx.files.open(stranger).await, Err(FileRefusal::Missing)));
    let kept = keep(&house.ctx, "a.pdf", &samples::pdf()).await.unwrap();
    std::fs::remove_file(place(&house.ctx, &kept.sha256)).unwrap();
    assert!(matches!(house.ctx.files.open(kept.id).await, Err(FileRefusal::Missing)));
    assert!(matches!(house.ctx.files.file(kept.id).await, Err(FileRefusal::Missing)));
}
