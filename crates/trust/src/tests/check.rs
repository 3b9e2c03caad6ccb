//! The public page: a file goes in, a sentence comes out, and nothing stays.

use platform::testing::House;

use super::verdict::kit::{Job, World, XML};
use crate::commands::Scribe;
use crate::commands::anchors::{NewAnchors, Purpose, import};
use crate::signing::Format;

pub async fn house() -> House {
    let identity = identity::part_with(identity::Hashing::least());
    House::build(vec![organisations::part(), identity, crate::part()]).await
}

async fn sent(file: (&str, &[u8]), fields: &[(&str, &str)]) -> platform::testing::Answer {
    sent_to(&house().await, file, fields).await
}

pub async fn sent_to(
    house: &House,
    file: (&str, &[u8]),
    fields: &[(&str, &str)],
) -> platform::testing::Answer {
    let mut visitor = house.visitor();
    visitor.get("/kiem-tra/tep").await;
    let files = [("tep", file.0, "application/octet-stream", file.1)];
    visitor.upload("/kiem-tra/tep", fields, &files).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_learns_what_the_signature_of_a_file_is_worth() {
    let world = World::new();
    let signed = world.signed(&Job::new(Format::Xades, XML.as_bytes(), &world.person));
    let answer = sent(("to-trinh.xml", &signed), &[]).await;
    assert_eq!(answer.status, 200);
    // Nobody here believes the little world's root.
    assert!(answer.has("Chưa xác minh được") && answer.has("Nguyễn Văn An"), "{}", answer.text);
    assert!(answer.has("to-trinh.xml") && answer.has("Chủ tịch"));

    let wrong = String::from_utf8(signed).unwrap().replace("12/QĐ", "13/QĐ");
    let answer = sent(("sua.xml", wrong.as_bytes()), &[]).await;
    assert!(answer.has("Không hợp lệ") && answer.has("đã bị thay đổi sau khi ký"));

    let answer = sent(("trang.xml", XML.as_bytes()), &[]).await;
    assert!(answer.has("Tệp này không có chữ ký số"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_as_json_for_programs() {
    let answer = sent(("trang.xml", XML.as_bytes()), &[("dang", "json")]).await;
    let value: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(value["verdict"], "absent");
    assert_eq!(value["reasons"][0]["code"], "no-signature");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_file_and_too_large_a_file_are_said_beside_the_field() {
    let answer = sent(("", b""), &[]).await;
    assert!(answer.title().starts_with("Lỗi: ") && answer.has("Chưa chọn tệp"));
    let large = vec![b'a'; (25 << 20) + 1];
    let answer = sent(("lon.pdf", &large), &[]).await;
    assert!(answer.title().starts_with("Lỗi: ") && answer.has("quá 25 MB"), "{}", answer.title());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_anchor_of_the_register_vouches_for_is_valid_as_long_as_it_is_believed() {
    let (house, world) = (house().await, World::new());
    let crls = world.crls("2026-11-22", &[]);
    let job = Job::new(Format::Xades, XML.as_bytes(), &world.person);
    let signed = world.signed(&Job { evidence: Some(&crls), ..job });
    let believe = |purposes, valid_to: &str| NewAnchors {
        bundle: world.root.certificate.der().to_vec(),
        name: String::new(),
        purposes,
        valid_from: Some("2026-01-01".parse().unwrap()),
        valid_to: Some(valid_to.parse().unwrap()),
        source: "thử".to_owned(),
        note: String::new(),
    };
    let scribe = Scribe::named(&house.ctx, None, "operator");
    import(&house.ctx, &scribe, believe(vec![Purpose::Sign], "2026-12-31")).await.unwrap();
    let answer = sent_to(&house, ("a.xml", &signed), &[]).await;
    let said = "Văn bản có chữ ký số hợp lệ của Nguyễn Văn An, Chủ tịch";
    assert!(answer.has(said) && answer.has("không bị thu hồi"), "{}", answer.text);

    // Believed for time alone, or only until the day before.
    for new in
        [believe(vec![Purpose::Stamp], "2026-12-31"), believe(vec![Purpose::Sign], "2026-11-22")]
    {
        let other = self::house().await;
        import(&other.ctx, &Scribe::named(&other.ctx, None, "operator"), new).await.unwrap();
        let answer = sent_to(&other, ("a.xml", &signed), &[]).await;
        assert!(answer.has("Chưa xác minh được"), "{}", answer.text);
    }
}

/// The press as it is built here: one more than the crates know, so it may be absent.
fn press() -> Option<std::path::PathBuf> {
    let built = std::env::current_exe().ok()?;
    let press = built.ancestors().nth(2)?.join("lienthong-printer");
    let there = press.is_file().then_some(press);
    if there.is_none() {
        println!("skipped: lienthong-printer is not built");
    }
    there
}

async fn kept(house: &House, file: &[u8], form: &str) -> platform::testing::Answer {
    let mut visitor = house.visitor();
    visitor.get("/kiem-tra/tep").await;
    let files = [("tep", "văn bản 漢.xml", "application/xml", file)];
    let page = visitor.upload("/kiem-tra/tep", &[], &files).await;
    let report = page.input("bao-cao").unwrap_or_else(|| panic!("{}", page.text)).to_owned();
    visitor.post("/kiem-tra/tep/bao-cao", &[("bao-cao", &report), ("dang", form)]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_is_kept_in_another_form_without_the_file() {
    let (house, world) = (house().await, World::new());
    let signed = world.signed(&Job::new(Format::Xades, XML.as_bytes(), &world.person));
    let answer = kept(&house, &signed, "json").await;
    let value: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    assert_eq!(value["verdict"], "unverifiable");
    assert_eq!(value["signatures"][0]["signer"]["name"], "Nguyễn Văn An");

    // Not what somebody else wrote, not what was changed, not tomorrow.
    let mut visitor = house.visitor();
    let files = [("tep", "a.xml", "application/xml", signed.as_slice())];
    visitor.get("/kiem-tra/tep").await;
    let page = visitor.upload("/kiem-tra/tep", &[], &files).await;
    let report = page.input("bao-cao").unwrap().to_owned();
    let changed = format!("{}A{}", &report[..40], &report[41..]);
    let changed = if changed == report { format!("{report}A") } else { changed };
    for foreign in ["", "e30", &changed] {
        let answer = visitor.post("/kiem-tra/tep/bao-cao", &[("bao-cao", foreign)]).await;
        assert!(answer.status == 422 && answer.has("không phải do hệ thống này lập"));
    }
    house.ctx.clock.advance(jiff::SignedDuration::from_hours(25));
    visitor.get("/kiem-tra/tep").await;
    let answer = visitor.post("/kiem-tra/tep/bao-cao", &[("bao-cao", &report)]).await;
    assert!(answer.status == 422 && answer.has("đã quá một ngày"), "{}", answer.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_is_printed_in_the_language_of_the_page() {
    let Some(press) = press() else { return };
    let identity = identity::part_with(identity::Hashing::least());
    let parts = vec![organisations::part(), identity, crate::part()];
    let (house, world) = (House::build_printing(parts, Some(press)).await, World::new());
    let signed = world.signed(&Job::new(Format::Xades, XML.as_bytes(), &world.person));
    let answer = kept(&house, &signed, "pdf").await;
    assert_eq!(answer.header("content-type"), "application/pdf", "{}", answer.text);
    assert!(answer.bytes.starts_with(b"%PDF-1."));
    if let Some(text) = text_of(&answer.bytes) {
        for said in ["Chưa xác minh được", "Nguyễn Văn An", "Dành cho chuyên gia", "[U+6F22]"]
        {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
}

/// By poppler's pdftotext, where it is installed.
fn text_of(pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.pdf");
    std::fs::write(&file, pdf).unwrap();
    let told = std::process::Command::new("pdftotext").arg(&file).arg("-").output().ok()?;
    Some(String::from_utf8_lossy(&told.stdout).split_whitespace().collect::<Vec<_>>().join(" "))
}
