//! The administration: who may, what they see, what they do.

use platform::testing::{Answer, Visitor};

use super::{administrator_of, house_with, version};

const PATH: &str = "/quan-tri/thu-tuc/1.999999";

/// The hidden fields of the form that posts to `act`, as the page shows them.
fn hidden(page: &Answer, act: &str) -> Vec<(String, String)> {
    let form = page.text.split("<form").find(|form| form.contains(&format!("{PATH}/{act}\"")));
    let form = form.unwrap_or_else(|| panic!("no form for {act}:\n{}", page.text));
    ["version", "revision"]
        .map(|name| {
            let tag = form.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap();
            (name.to_owned(), tag.split('"').next().unwrap().to_owned())
        })
        .to_vec()
}

async fn act(visitor: &mut Visitor, act: &str, more: &[(&str, &str)]) -> Answer {
    let page = visitor.get(PATH).await;
    let fields = hidden(&page, act);
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .chain(more.iter().copied())
        .collect();
    visitor.post(&format!("{PATH}/{act}"), &fields).await
}

const TOMORROW: [(&str, &str); 3] =
    [("tu-ngay-day", "24"), ("tu-ngay-month", "11"), ("tu-ngay-year", "2026")];

#[tokio::test]
async fn a_ministry_manages_its_own_procedures_only() {
    let house = house_with(vec![version("1.999999", "Cấp thẻ đọc sách")]).await;
    assert_eq!(house.get("/quan-tri/thu-tuc").await.status, 303, "a stranger signs in first");
    let mut justice = administrator_of(&house, "G15").await;
    let list = justice.get("/quan-tri/thu-tuc").await;
    assert_eq!(list.status, 200);
    assert!(list.has("1.999999") && list.has("Đủ nội dung"), "{}", list.text);
    assert_eq!(justice.get(PATH).await.status, 200);
    let mut finance = administrator_of(&house, "G12").await;
    assert!(!finance.get("/quan-tri/thu-tuc").await.has("1.999999"));
    assert_eq!(finance.get(PATH).await.status, 404, "what is not theirs is not there");
    let mut keeper = administrator_of(&house, "G22").await;
    assert!(keeper.get("/quan-tri/thu-tuc").await.has("1.999999"), "keeps the national database");
}

#[tokio::test]
async fn a_new_version_is_written_compared_and_published() {
    let house = house_with(vec![version("1.999999", "Cấp thẻ đọc sách")]).await;
    let mut officer = administrator_of(&house, "G15").await;
    let begun = act(&mut officer, "soan", &[]).await;
    assert_eq!(begun.location(), "/quan-tri/thu-tuc/1.999999/sua");
    let edit = officer.get(begun.location()).await;
    assert!(edit.has("Đơn đề nghị"), "the document of the other parts is there: {}", edit.text);
    let form = |name: &str| edit.input(name).unwrap().to_owned();
    let (version, revision) = (form("version"), form("revision"));
    let document = r#"{"subjects": [{"name": "Mọi người"}]}"#;
    let fields = [
        ("version", version.as_str()),
        ("revision", revision.as_str()),
        ("name", "Cấp thẻ thư viện"),
        ("steps", "Bước 1: Nộp.\nBước 2: Nhận."),
        ("decision", "99/QĐ-BTP"),
        ("online", "whole"),
        ("document", document),
    ];
    let saved = officer.post(&format!("{PATH}/sua"), &fields).await;
    assert_eq!(saved.location(), PATH, "{}", saved.text);
    let managed = officer.get(PATH).await;
    assert!(
        managed.has("<del>Cấp thẻ đọc sách</del>") && managed.has("<ins>Cấp thẻ thư viện</ins>")
    );
    assert!(managed.has("<ins>Mọi người</ins>"), "{}", managed.text);
    assert!(officer.get(&format!("{PATH}/xem")).await.has("Bản nháp, chưa công bố"));
    assert!(house.get("/thu-tuc/1.999999").await.has("Cấp thẻ đọc sách"), "not yet published");
    assert_eq!(act(&mut officer, "cong-bo", &TOMORROW).await.location(), PATH);
    assert!(house.get("/thu-tuc/1.999999").await.has("Cấp thẻ đọc sách"), "in force tomorrow");
    house.ctx.clock.advance(jiff::SignedDuration::from_hours(24));
    assert!(house.get("/thu-tuc/1.999999").await.has("Cấp thẻ thư viện"));
    assert!(house.get("/thu-tuc?q=the+thu+vien").await.has("/thu-tuc/1.999999"));
}

#[tokio::test]
async fn mistakes_in_a_draft_are_told_and_what_was_typed_is_kept() {
    let house = house_with(vec![version("1.999999", "Cấp thẻ đọc sách")]).await;
    let mut officer = administrator_of(&house, "G15").await;
    let begun = act(&mut officer, "soan", &[]).await;
    let edit = officer.get(begun.location()).await;
    let form = |name: &str| edit.input(name).unwrap().to_owned();
    let (version, revision) = (form("version"), form("revision"));
    let fields = [
        ("version", version.as_str()),
        ("revision", revision.as_str()),
        ("name", ""),
        ("steps", "Nộp hồ sơ tại quầy"),
        ("document", "{ not json"),
    ];
    let answer = officer.post(&format!("{PATH}/sua"), &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.title().starts_with("Lỗi: "), "{}", answer.title());
    assert!(answer.has("#f-name") && answer.has("#f-document"), "{}", answer.text);
    assert!(answer.has("Nộp hồ sơ tại quầy") && answer.has("{ not json"));
}

#[tokio::test]
async fn an_old_page_changes_nothing() {
    let house = house_with(vec![version("1.999999", "Cấp thẻ đọc sách")]).await;
    let mut officer = administrator_of(&house, "G15").await;
    let old = officer.get(PATH).await;
    let fields = hidden(&old, "tam-dung");
    assert_eq!(act(&mut officer, "tam-dung", &[]).await.location(), PATH);
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let answer = officer.post(&format!("{PATH}/tam-dung"), &fields).await;
    assert_eq!(answer.status, 409, "{}", answer.text);
}

#[tokio::test]
async fn suspended_taken_up_again_and_abolished() {
    let house = house_with(vec![version("1.999999", "Cấp thẻ đọc sách")]).await;
    let mut officer = administrator_of(&house, "G15").await;
    act(&mut officer, "tam-dung", &[]).await;
    let page = house.get("/thu-tuc/1.999999").await;
    assert!(page.has("Thủ tục đang tạm dừng"), "{}", page.text);
    assert!(!house.get("/thu-tuc?q=the+doc+sach").await.has("/thu-tuc/1.999999\""), "not offered");
    act(&mut officer, "tiep-tuc", &[]).await;
    assert!(!house.get("/thu-tuc/1.999999").await.has("tạm dừng"));
    act(&mut officer, "bai-bo", &TOMORROW).await;
    assert!(house.get("/thu-tuc/1.999999").await.has("sẽ bị bãi bỏ từ ngày 24/11/2026"));
    house.ctx.clock.advance(jiff::SignedDuration::from_hours(48));
    let page = house.get("/thu-tuc/1.999999").await;
    assert!(page.has("đã bị bãi bỏ từ ngày 24/11/2026"), "{}", page.text);
    assert!(!house.get("/thu-tuc?q=the+doc+sach").await.has("/thu-tuc/1.999999\""));
}

#[tokio::test]
async fn a_day_that_is_none_is_refused_in_words() {
    let house = house_with(vec![version("1.999999", "Cấp thẻ đọc sách")]).await;
    let mut officer = administrator_of(&house, "G15").await;
    let wrong = [("tu-ngay-day", "31"), ("tu-ngay-month", "2"), ("tu-ngay-year", "2026")];
    let answer = act(&mut officer, "bai-bo", &wrong).await;
    assert_eq!(answer.status, 422);
    assert!(answer.has("31/2/2026"), "{}", answer.text);
}

#[tokio::test]
async fn a_draft_thrown_away_leaves_what_was_in_force() {
    let house = house_with(vec![version("1.999999", "Cấp thẻ đọc sách")]).await;
    let mut officer = administrator_of(&house, "G15").await;
    act(&mut officer, "soan", &[]).await;
    assert_eq!(act(&mut officer, "bo-nhap", &[]).await.location(), PATH);
    let page = officer.get(PATH).await;
    assert!(!page.has("Công bố bản nháp") && page.has("Soạn phiên bản mới"));
}
