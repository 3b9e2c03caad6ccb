//! The audit log, read by an auditor.

use jiff::SignedDuration;
use serde_json::json;

use super::*;
use crate::audit::{Act, Inclusion, PublicKey, place_offices, record, seal};

/// Every fifth row is of a commune below the province whose auditor `local` is.
const COMMUNE: Uuid = Uuid::from_u128(0xc);
const ELSEWHERE: Uuid = Uuid::from_u128(0xe);

/// Twenty-five rows of two people, all sealed but the last.
async fn rows(house: &House) -> Vec<Uuid> {
    let mut ids = Vec::new();
    let places = [(PROVINCE, None), (COMMUNE, Some(PROVINCE)), (ELSEWHERE, None)];
    house.ctx.store.write(move |tx| place_offices(tx, &places)).await.unwrap();
    for number in 0..25 {
        house.ctx.clock.advance(SignedDuration::from_secs(60));
        let act = Act {
            id: house.ctx.ids.next(),
            at: house.ctx.clock.now(),
            actor: Some(Uuid::from_u128(1 + number % 2)),
            actor_name: format!("Nguyễn <b>Thị</b> {}", number % 2),
            unit: Some(if number % 5 == 0 { COMMUNE } else { ELSEWHERE }),
            verb: if number == 0 { "sample.other" } else { "sample.accept" },
            object: format!("letter:{number}"),
            detail: json!({ "number": number, "note": "<script>" }),
        };
        if number == 24 {
            seal(&house.ctx).await.unwrap();
        }
        ids.push(act.id);
        house.ctx.store.write(move |tx| record(tx, &act)).await.unwrap();
    }
    ids
}

#[tokio::test]
async fn an_auditor_reads_the_log_page_by_page() {
    let house = house().await;
    rows(&house).await;
    let mut auditor = officer(&house, "auditor").await;
    let first = auditor.get("/quan-tri/nhat-ky").await;
    assert_eq!(first.status, 200);
    assert_eq!(first.text.matches("<tr><th scope=\"row\">").count(), 20);
    assert!(first.has("letter:24") && first.has("letter:5") && !first.has("letter:4<"));
    assert!(first.has("Chờ niêm phong") && first.has("Mốc 1"));
    assert!(first.has("Tiếp nhận thư"), "the act in words");
    assert!(!first.has("<b>Thị"), "names are escaped");
    assert!(first.has("Bàn làm việc"), "the officer's navigation");
    let older = first.text.split("href=\"").find(|link| link.contains("rel=\"next\"")).unwrap();
    let older = older.split('"').next().unwrap().replace("&#38;", "&").replace("&amp;", "&");
    let second = auditor.get(&older).await;
    assert_eq!(second.text.matches("<tr><th scope=\"row\">").count(), 5);
    assert!(second.has("sample.other") && !second.has("rel=\"next\""));
    words_are_complete(&house);
}

#[tokio::test]
async fn filters_are_in_the_address_and_kept_in_the_form() {
    let house = house().await;
    rows(&house).await;
    let mut auditor = officer(&house, "auditor").await;
    let object = auditor.get("/quan-tri/nhat-ky?doi-tuong=letter%3A7").await;
    assert_eq!(object.text.matches("<tr><th scope=\"row\">").count(), 1);
    assert_eq!(object.input("doi-tuong"), Some("letter:7"));
    let person = "00000000-0000-0000-0000-000000000001";
    let actor = auditor.get(&format!("/quan-tri/nhat-ky?nguoi={person}")).await;
    assert_eq!(actor.text.matches("<tr><th scope=\"row\">").count(), 13);
    assert_eq!(actor.input("nguoi"), Some(person));
    let today = auditor.get("/quan-tri/nhat-ky?tu=23/11/2026&den=23.11.2026").await;
    assert_eq!(today.text.matches("<tr><th scope=\"row\">").count(), 20);
    for day in ["tu=24/11/2026", "den=2026-11-22"] {
        let empty = auditor.get(&format!("/quan-tri/nhat-ky?{day}")).await;
        assert!(empty.has("Không có thao tác nào khớp"), "{day}");
    }
    words_are_complete(&house);
}

#[tokio::test]
async fn a_day_that_is_none_is_a_mistake_in_the_form_and_stays_in_it() {
    let house = house().await;
    let mut auditor = officer(&house, "auditor").await;
    for typed in ["32/01/2026", "x", "1/2", "1/2/3/4", "1/1/26"] {
        let page = auditor.get(&format!("/quan-tri/nhat-ky?tu={typed}")).await;
        assert_eq!(page.status, 422, "{typed}");
        assert!(page.title().starts_with("Lỗi: "));
        assert!(page.has("Ngày chưa đúng") && page.has("href=\"#f-tu\""));
        assert_eq!(page.input("tu"), Some(typed));
        assert!(!page.has("Không có thao tác nào khớp"), "nothing was looked for");
    }
    words_are_complete(&house);
}

#[tokio::test]
async fn a_row_is_shown_whole_with_its_proof() {
    let house = house().await;
    let ids = rows(&house).await;
    let mut auditor = officer(&house, "auditor").await;
    let path = format!("/quan-tri/nhat-ky/{}", ids[7]);
    let page = auditor.get(&path).await;
    assert!(page.has("letter:7") && page.has("23/11/2026 09:08:00,000000"));
    assert!(page.has("Mốc 1, ký lúc 23/11/2026 09:25"));
    assert!(page.has("&#34;number&#34;: 7") && !page.has("<script>\""));
    let proof = auditor.get(&format!("{path}/bang-chung")).await;
    assert!(proof.header("content-disposition").starts_with("attachment"));
    let proof: Inclusion = serde_json::from_str(&proof.text).unwrap();
    let key = PublicKey::parse(&auditor.get("/quan-tri/khoa-niem-phong").await.text).unwrap();
    assert!(proof.holds(&[key]));
    assert_eq!(auditor.get("/quan-tri/moc-niem-phong").await.text, proof.head);
    words_are_complete(&house);
}

#[tokio::test]
async fn a_row_that_waits_for_its_seal_says_so() {
    let house = house().await;
    let ids = rows(&house).await;
    let mut auditor = officer(&house, "auditor").await;
    let path = format!("/quan-tri/nhat-ky/{}", ids[24]);
    assert!(auditor.get(&path).await.has("chưa được niêm phong"));
    let proof = auditor.get(&format!("{path}/bang-chung")).await;
    assert_eq!(proof.status, 409);
    assert!(proof.has("Đợi vài giây"));
    words_are_complete(&house);
}

#[tokio::test]
async fn the_log_is_there_in_english() {
    let house = house().await;
    let ids = rows(&house).await;
    let mut auditor = officer(&house, "auditor").await;
    let page = auditor.get("/quan-tri/nhat-ky?lang=en").await;
    assert!(page.has("Accepted a letter") && page.has("Head 1"));
    let row = auditor.get(&format!("/quan-tri/nhat-ky/{}?lang=en", ids[0])).await;
    assert!(row.has("Head 1, signed 23 November 2026, 09:25"));
    words_are_complete(&house);
}

#[tokio::test]
async fn what_the_program_does_by_itself_is_said_so() {
    let house = house().await;
    let act = Act {
        id: house.ctx.ids.next(),
        at: house.ctx.clock.now(),
        actor: None,
        actor_name: String::new(),
        unit: None,
        verb: "sample.accept",
        object: "letter:1".to_owned(),
        detail: serde_json::Value::Null,
    };
    let path = format!("/quan-tri/nhat-ky/{}", act.id);
    house.ctx.store.write(move |tx| record(tx, &act)).await.unwrap();
    let mut auditor = officer(&house, "auditor").await;
    assert!(auditor.get("/quan-tri/nhat-ky").await.has("Hệ thống"));
    assert!(auditor.get(&path).await.has("Hệ thống"));
    let by_verb = auditor.get("/quan-tri/nhat-ky?viec=sample.accept").await;
    assert!(by_verb.has("letter:1"));
}

#[tokio::test]
async fn for_everyone_else_there_is_no_log() {
    let house = house().await;
    let ids = rows(&house).await;
    let row = format!("/quan-tri/nhat-ky/{}", ids[0]);
    let proof = format!("{row}/bang-chung");
    let paths = [
        "/quan-tri/nhat-ky",
        &row,
        &proof,
        "/quan-tri/moc-niem-phong",
        "/quan-tri/khoa-niem-phong",
    ];
    for path in paths {
        assert_eq!(officer(&house, "keeper").await.get(path).await.status, 404, "{path}");
        assert_ne!(house.get(path).await.status, 200, "{path}");
    }
    let mut auditor = officer(&house, "auditor").await;
    for id in ["x", "00000000-0000-0000-0000-000000000009"] {
        assert_eq!(auditor.get(&format!("/quan-tri/nhat-ky/{id}")).await.status, 404);
        assert_eq!(auditor.get(&format!("/quan-tri/nhat-ky/{id}/bang-chung")).await.status, 404);
    }
}

#[tokio::test]
async fn an_auditor_of_a_unit_reads_what_was_done_in_it_and_below_and_nothing_else() {
    let house = house().await;
    let ids = rows(&house).await;
    let mut local = officer(&house, "local").await;
    let list = local.get("/quan-tri/nhat-ky").await;
    assert_eq!(list.status, 200);
    assert_eq!(list.text.matches("<tr><th scope=\"row\">").count(), 5);
    assert!(list.has("letter:20") && list.has("letter:0<") && !list.has("letter:21"));
    assert!(list.has("Chỉ gồm thao tác của Tỉnh Thử và các đơn vị trực thuộc"), "{}", list.text);
    for (query, count) in [
        ("doi-tuong=letter%3A5", 1),
        ("doi-tuong=letter%3A6", 0),
        ("viec=sample.accept", 4),
        ("viec=sample.other", 1),
        ("nguoi=00000000-0000-0000-0000-000000000001", 3),
        ("nguoi=00000000-0000-0000-0000-000000000001&viec=sample.other", 1),
        ("tu=24/11/2026", 0),
    ] {
        let found = local.get(&format!("/quan-tri/nhat-ky?{query}")).await;
        assert_eq!(found.text.matches("<tr><th scope=\"row\">").count(), count, "{query}");
    }
    let (own, other) = (ids[5], ids[6]);
    assert!(local.get(&format!("/quan-tri/nhat-ky/{own}")).await.has("letter:5"));
    let proof = local.get(&format!("/quan-tri/nhat-ky/{own}/bang-chung")).await;
    assert!(serde_json::from_str::<Inclusion>(&proof.text).unwrap().fields[6].contains('c'));
    for path in
        [format!("/quan-tri/nhat-ky/{other}"), format!("/quan-tri/nhat-ky/{other}/bang-chung")]
    {
        assert_eq!(local.get(&path).await.status, 404, "{path}");
    }
    assert_eq!(local.get("/quan-tri/moc-niem-phong").await.status, 200, "proofs can be checked");
    words_are_complete(&house);
}
