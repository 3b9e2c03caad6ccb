//! Pictures of signatures and seals: checked, put in use, replaced, seen by nobody else.

use platform::testing::{Answer, Visitor};

use super::commune::COMMUNE;
use super::drawing::{BLUE, CLEAR, RED, WHITE, spot};
use super::office::{bare, verbs};

const OWN: &str = "/can-bo/ky-so/mau";
const SEAL: &str = "/quan-tri/con-dau/H57.101";

async fn send(officer: &mut Visitor, path: &str, png: &[u8], size: (&str, &str)) -> Answer {
    let fields = [("width", size.0), ("height", size.1)];
    officer.upload(path, &fields, &[("file", "mau.png", "image/png", png)]).await
}

fn address(page: &Answer) -> String {
    let at = page.text.find("/anh/").unwrap_or_else(|| panic!("no picture: {}", page.text));
    let start = page.text[..at].rfind('"').unwrap() + 1;
    page.text[start..].split('"').next().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_is_blue_on_nothing_or_refused_with_what_to_mend() {
    let town = bare().await;
    let mut chair = town.at_work("lanhdao").await;
    let empty = chair.get(OWN).await;
    assert!(empty.has("Chưa có mẫu chữ ký"), "{}", empty.text);
    let long = vec![7; (4 << 20) + 1];
    let cases: [(&[u8], &str); 6] = [
        (b"", "Chưa chọn ảnh"),
        (b"GIF89a", "không phải ảnh PNG"),
        (&spot((120, 60), RED, CLEAR), "phải màu xanh"),
        (&spot((120, 60), BLUE, WHITE), "Nền ảnh không trong suốt"),
        (&spot((8, 8), BLUE, CLEAR), "4.000 điểm ảnh"),
        (&long, "4 MB"),
    ];
    for (bytes, why) in cases {
        let answer = send(&mut chair, OWN, bytes, ("", "")).await;
        assert_eq!(answer.status.as_u16(), 422, "{why}");
        assert!(answer.has(why) && answer.title().starts_with("Lỗi: "), "{why}: {}", answer.text);
    }
    assert!(chair.get(OWN).await.has("Chưa có mẫu chữ ký"));
    assert!(verbs(&town).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_is_its_owners_alone_and_the_one_before_stays_known() {
    let town = bare().await;
    let mut chair = town.at_work("lanhdao").await;
    chair.get(OWN).await;
    let first = spot((120, 60), BLUE, CLEAR);
    assert_eq!(send(&mut chair, OWN, &first, ("", "")).await.location(), OWN);
    let page = chair.get(OWN).await;
    assert!(page.has("Đã đưa mẫu mới vào dùng") && page.has("rộng 40 mm, cao 20 mm"));
    assert!(page.has("alt=\"Mẫu chữ ký của Cán bộ lanhdao\""), "{}", page.text);
    let shown = address(&page);
    let picture = chair.get(&shown).await;
    assert_eq!((picture.header("content-type"), &picture.bytes), ("image/png", &first));
    let mut deputy = town.at_work("phochutich").await;
    assert_eq!(deputy.get(&shown).await.status.as_u16(), 404);
    assert!(!deputy.get(OWN).await.has(&shown));
    town.pass_seconds(60);
    send(&mut chair, OWN, &spot((200, 50), BLUE, CLEAR), ("", "")).await;
    let page = chair.get(OWN).await;
    assert!(page.has("Những mẫu trước đây") && page.has("rộng 45 mm, cao 11 mm"), "{}", page.text);
    assert_ne!(address(&page), shown);
    assert!(page.has(&shown), "the first can still be looked at");
    assert_eq!(chair.post(&format!("{OWN}/bo"), &[]).await.location(), OWN);
    assert!(chair.get(OWN).await.has("Chưa có mẫu chữ ký"));
    let again = chair.post(&format!("{OWN}/bo"), &[]).await;
    assert!(again.has("Không có mẫu nào đang dùng"), "{}", again.text);
    let put = "signing.put-picture";
    assert_eq!(verbs(&town).await, ["signing.end-picture", put, put]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_seal_comes_in_its_real_size_from_those_who_look_after_its_certificate() {
    let town = bare().await;
    let mut administrator = town.at_work("quantri.hue").await;
    let list = administrator.get("/quan-tri/con-dau").await;
    assert!(list.has("Mẫu con dấu của cơ quan"), "{}", list.text);
    let unknown = administrator.get("/quan-tri/con-dau?don-vi=H17").await;
    assert!(unknown.has("Không có cơ quan nào mang mã này"), "{}", unknown.text);
    let found = administrator.get(&format!("/quan-tri/con-dau?don-vi={COMMUNE}")).await;
    assert_eq!(found.location(), SEAL);
    administrator.get(SEAL).await;
    let round = spot((90, 90), RED, CLEAR);
    for (png, size, why) in [
        (&spot((90, 90), BLUE, CLEAR), ("36", "36"), "phải màu đỏ"),
        (&round, ("", "36"), "Chưa nhập kích thước thật"),
        (&round, ("36", "61"), "từ 15 đến 60 mm"),
        (&round, ("36", "24"), "bị kéo méo"),
    ] {
        let answer = send(&mut administrator, SEAL, png, size).await;
        assert_eq!(answer.status.as_u16(), 422, "{why}");
        assert!(answer.has(why), "{why}: {}", answer.text);
        assert_eq!(answer.input("width"), Some(size.0), "what was typed stays");
    }
    assert_eq!(send(&mut administrator, SEAL, &round, ("36,5", "36")).await.location(), SEAL);
    let page = administrator.get(SEAL).await;
    assert!(page.has("Mẫu con dấu của Ủy ban nhân dân phường Thuận Hóa"), "{}", page.text);
    let shown = address(&page);
    assert_eq!(administrator.get(&shown).await.bytes, round);
    assert!(administrator.get("/quan-tri/con-dau").await.has("Đã có</td>"));
    for stranger in ["quantri.danang", "lanhdao"] {
        let mut stranger = town.at_work(stranger).await;
        for path in [SEAL, &shown] {
            assert_eq!(stranger.get(path).await.status.as_u16(), 404);
        }
        assert_eq!(stranger.post(&format!("{SEAL}/bo"), &[]).await.status.as_u16(), 404);
    }
    assert_eq!(verbs(&town).await, ["signing.put-picture"]);
}
