//! What stands on a signed page: judged by the file itself and by poppler's eyes.

use platform::outside::SignatureBlock;
use wire::pdf::SignedFile;

use super::commune::{COMMUNE, Town, pdf as paper, sign};
use super::drawing::{BLUE, CLEAR, Drawn, RED, is_like, spot, text};
use super::office::certified;
use crate::appearance::{for_annex, for_copy};
use crate::commands::pictures::{NewPicture, Owner, seed};
use crate::submission::{NewSubmission, Scope, Signatory};

/// On a page of 595 × 842 points.
const BLOCK: SignatureBlock =
    SignatureBlock { page: 1, centre_x: 425.0, position_y: 300.0, name_y: 235.0 };
const MM: f64 = 72.0 / 25.4;

async fn put(town: &Town, owner: Owner, png: Vec<u8>, tenths_mm: Option<(i64, i64)>) {
    let by = town.account("lanhdao").await;
    let new = NewPicture { owner, png, tenths_mm };
    seed(town.ctx(), (by, "Bản thử"), new).await.unwrap();
}

async fn with_pictures() -> Town {
    let town = certified().await;
    let chair = town.account("lanhdao").await;
    put(&town, Owner::Account(chair), spot((450, 200), BLUE, CLEAR), None).await;
    let commune = Owner::Unit(town.unit(COMMUNE).await);
    put(&town, commune, spot((300, 300), RED, CLEAR), Some((360, 360))).await;
    town
}

/// Each signs or seals in their turn.
async fn signed(
    town: &Town,
    block: Option<SignatureBlock>,
    (signatories, officers): (Vec<Signatory>, &[&str]),
) -> Vec<u8> {
    let paper = NewSubmission { block, ..town.paper(Scope::Result, signatories).await };
    let id = town.submit(paper).await.unwrap();
    for officer in officers {
        let mut officer = town.at_work(officer).await;
        let answer = sign(&mut officer, id, &town.code()).await;
        assert_eq!(answer.status.as_u16(), 303, "{}", answer.text);
    }
    town.file(id).await.to_vec()
}

async fn signed_and_sealed(town: &Town) -> Vec<u8> {
    let signatories = vec![town.person("lanhdao", "CHỦ TỊCH").await, town.agency().await];
    signed(town, Some(BLOCK), (signatories, &["lanhdao", "vanthu"])).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_signature_stands_between_the_lines_and_the_seal_over_its_left_third() {
    let town = with_pictures().await;
    let file = signed_and_sealed(&town).await;
    let read = SignedFile::read(&file).unwrap();
    let [person, agency] = read.signatures.as_slice() else { panic!("{:?}", read.refused) };
    let [hand, round] = [person, agency].map(|one| one.seen.unwrap());
    assert_eq!((hand.page, round.page), (1, 1));
    let [left, bottom, right, top] = hand.sides;
    assert!(((left + right) / 2.0 - BLOCK.centre_x).abs() < 0.1, "{hand:?}");
    assert!(bottom >= BLOCK.name_y && top <= BLOCK.position_y, "{hand:?}");
    assert!((right - left - 45.0 * MM).abs() < 0.1 && (top - bottom - 20.0 * MM).abs() < 0.1);
    let [seal_left, seal_bottom, seal_right, seal_top] = round.sides;
    assert!((seal_right - (left + (right - left) / 3.0)).abs() < 0.1, "{round:?}");
    assert!((seal_right - seal_left - 36.0 * MM).abs() < 0.1, "its real size");
    assert!((seal_bottom + seal_top - bottom - top).abs() < 0.1, "on one line with it");
    let Some(page) = Drawn::first_page(&file) else { return };
    let middle = f64::midpoint(bottom, top);
    assert!(is_like(page.at(right - 10.0, middle), BLUE), "the signature");
    assert!(is_like(page.at(seal_left + 10.0, middle), RED), "the seal");
    assert!(is_like(page.at(seal_right - 6.0, middle), RED), "the seal lies above");
    let corner = page.at(seal_left + 2.0, seal_top - 2.0);
    assert_eq!(corner, [255; 3], "its ground is clear");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_pictures_lines_say_who_signed_and_when() {
    let town = certified().await;
    let file = signed_and_sealed(&town).await;
    let read = SignedFile::read(&file).unwrap();
    let [hand, corner] = [0, 1].map(|at: usize| read.signatures[at].seen.unwrap().sides);
    assert!(hand[1] >= BLOCK.name_y && hand[3] <= BLOCK.position_y, "{hand:?}");
    assert!(corner[0] > 297.0 && corner[1] > 842.0 - 20.0 * MM, "{corner:?}");
    let Some(page) = Drawn::first_page(&file) else { return };
    assert!((5..60).contains(&page.ink_percent(hand)), "words stand there");
    assert!((5..60).contains(&page.ink_percent(corner)), "words stand there");
    let text = text(&file);
    for words in ["Ký bởi: Cán bộ lanhdao", "Cơ quan: Ủy ban nhân dân phường Thuận Hóa"]
    {
        assert!(text.contains(words), "{text}");
    }
    assert!(text.contains("Thời gian ký: 23.11.2026 09:"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paper_without_a_place_or_room_is_signed_unseen() {
    let town = with_pictures().await;
    let narrow = SignatureBlock { name_y: BLOCK.position_y - 10.0, ..BLOCK };
    let elsewhere = SignatureBlock { page: 7, ..BLOCK };
    for block in [None, Some(narrow), Some(elsewhere)] {
        let signatories = vec![town.person("lanhdao", "CHỦ TỊCH").await];
        let file = signed(&town, block, (signatories, &["lanhdao"])).await;
        let read = SignedFile::read(&file).unwrap();
        assert_eq!(read.signatures.len(), 1);
        assert_eq!(read.signatures[0].seen, None);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_several_persons_the_last_one_is_shown() {
    let town = with_pictures().await;
    let first = town.person("phochutich", "PHÓ CHỦ TỊCH").await;
    let signatories = vec![first, town.person("lanhdao", "CHỦ TỊCH").await];
    let file = signed(&town, Some(BLOCK), (signatories, &["phochutich", "lanhdao"])).await;
    let read = SignedFile::read(&file).unwrap();
    let seen: Vec<bool> = read.signatures.iter().map(|one| one.seen.is_some()).collect();
    assert_eq!(seen, [false, true]);
}

#[test]
fn annexes_and_copies_carry_text_in_the_upper_right_corner() {
    let at = jiff::Timestamp::constant(1_795_399_200, 0);
    let annex = for_annex(&paper(), "12/QĐ-UBND", at);
    let copy = for_copy(&paper(), ("SAO Y", "Ủy ban nhân dân phường Thuận Hóa"), at);
    let (Some(annex), Some(copy)) = (annex, copy) else {
        println!("skipped: no serif font is installed");
        return;
    };
    for (shown, lines) in [(annex, 2.0), (copy, 3.0)] {
        assert_eq!(shown.page, 1);
        assert!((shown.rectangle.height - lines * 12.0).abs() < 0.01);
        let right = shown.rectangle.left + shown.rectangle.width;
        assert!((right - (595.0 - 15.0 * MM)).abs() < 0.01);
        assert!(shown.rectangle.bottom > 842.0 - 20.0 * MM, "in the margin");
    }
    assert!(for_annex(b"no PDF", "12/QĐ-UBND", at).is_none());
}
