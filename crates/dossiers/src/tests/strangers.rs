//! Whoever a dossier does not concern finds nothing there.

use platform::testing::Visitor;

use super::town::Town;

async fn finds_nothing(visitor: &mut Visitor, paths: &[String]) {
    for path in paths {
        let answer = visitor.get(path).await;
        assert_eq!(answer.status, 404, "{path}: {}", answer.text);
    }
}

#[tokio::test]
async fn another_citizen_finds_neither_draft_nor_dossier_nor_file() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let draft = town.filled(&mut binh).await;
    let page = binh.get(&dossier).await;
    let file = page.text.split(&format!("{dossier}/tep/")).nth(1).unwrap()[..36].to_owned();
    assert_eq!(binh.get(&format!("{dossier}/tep/{file}")).await.status, 200);
    let mut cuong = town.cuong().await;
    let paths = [
        draft.clone(),
        format!("{draft}/buoc/child-name"),
        format!("{draft}/co-quan"),
        dossier.clone(),
        format!("{dossier}/xac-nhan"),
        format!("{dossier}/tep/{file}"),
        format!("{dossier}/phieu/request/1"),
        format!("{dossier}/rut"),
        format!("{dossier}/ket-qua"),
        format!("{dossier}/bo-sung"),
    ];
    finds_nothing(&mut cuong, &paths).await;
    cuong.get("/ho-so").await;
    for act in ["nop", "xoa", "buoc/child-name", "luu/child-name"] {
        let answer = cuong.post(&format!("{draft}/{act}"), &[("child_name", "Kẻ Lạ")]).await;
        assert_eq!(answer.status, 404, "{act}");
    }
    assert!(binh.get(&format!("{draft}/buoc/check")).await.has("Nguyễn An Nhiên"));
    assert!(!cuong.get("/ho-so").await.has("khai sinh"));
}

#[tokio::test]
async fn an_office_sees_its_own_dossiers_and_no_others() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut other = town.officer("mot.cua.khac").await;
    let paths = [
        format!("/can-bo{dossier}"),
        format!("/can-bo{dossier}/viec/tiep-nhan"),
        format!("/can-bo{dossier}/viec/ghi-chu"),
        format!("/can-bo{dossier}/phieu/slip06/1"),
        "/can-bo/ho-so?don-vi=H57.101.01".to_owned(),
        "/can-bo/so-theo-doi?don-vi=H57.101.01".to_owned(),
        "/api/v1/dossiers?unit=H57.101.01".to_owned(),
    ];
    finds_nothing(&mut other, &paths).await;
    let own = other.get("/can-bo/ho-so").await;
    assert_eq!(own.status, 200);
    assert!(!own.has("Nguyễn Thị Bình"));
    let answer = other.post(&format!("/can-bo{dossier}/viec/tiep-nhan"), &[("version", "1")]).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn each_role_does_its_own_work() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut specialist = town.officer("chuyen.vien").await;
    // The commune decides, so its people see the dossier; receiving is the counter's.
    assert_eq!(specialist.get(&format!("/can-bo{dossier}")).await.status, 200);
    for act in ["tiep-nhan", "tu-choi", "quyet-dinh", "dung", "hen-lai", "tra-ket-qua", "bo-sung"] {
        let path = format!("/can-bo{dossier}/viec/{act}");
        assert_eq!(specialist.get(&path).await.status, 404, "{act}");
        assert_eq!(specialist.post(&path, &[("version", "1")]).await.status, 404, "{act}");
    }
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    let path = format!("/can-bo{dossier}/viec/quyet-dinh");
    assert_eq!(clerk.get(&path).await.status, 404);
}

#[tokio::test]
async fn visitors_are_sent_to_sign_in_and_citizens_are_no_officers() {
    let town = Town::build().await;
    let answer = town.house.get("/ho-so").await;
    assert!(answer.location().starts_with("/dang-nhap"), "{}", answer.text);
    let answer = town.house.get("/can-bo/ho-so").await;
    assert_ne!(answer.status, 200);
    let mut binh = town.binh().await;
    for path in ["/can-bo/ho-so", "/can-bo/tiep-nhan", "/quan-tri/lich-lam-viec"] {
        assert_eq!(binh.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn tracking_needs_the_telephone_and_says_nothing_about_what_is_not_there() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let page = binh.get(&format!("{dossier}/xac-nhan")).await;
    let number = page.text.split("data-copy=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut visitor = town.house.visitor();
    visitor.get("/tra-cuu").await;
    let right = [("ma", number), ("dien-thoai", "+84 912 345 678")];
    let found = visitor.post("/tra-cuu", &right).await;
    assert!(found.has("Đã nộp trực tuyến"), "{}", found.text);
    assert!(!found.has("Nguyễn An Nhiên") && !found.has("giay-chung-sinh"));
    let wrong = visitor.post("/tra-cuu", &[("ma", number), ("dien-thoai", "0911111111")]).await;
    let unknown = ("ma", "261123-00000000-3");
    let nothing = visitor.post("/tra-cuu", &[unknown, ("dien-thoai", "0911111111")]).await;
    let sentence = "Không tìm thấy hồ sơ nào có mã và số điện thoại này.";
    assert!(wrong.has(sentence), "{}", wrong.text);
    assert_eq!(wrong.status, nothing.status);
    assert!(nothing.has(sentence) || nothing.has("chữ số chưa đúng"), "{}", nothing.text);
    let slip = number.replacen(number.chars().last().unwrap(), "", 0);
    let mistyped = format!("{}{}", &slip[..slip.len() - 1], (digit(&slip) + 1) % 10);
    let told = visitor.post("/tra-cuu", &[("ma", &mistyped), ("dien-thoai", "0912345678")]).await;
    assert!(told.has("một chữ số chưa đúng"), "{}", told.text);
}

fn digit(number: &str) -> u32 {
    number.chars().last().and_then(|letter| letter.to_digit(10)).unwrap()
}

#[tokio::test]
async fn guessing_telephones_is_stopped_for_a_while() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let page = binh.get(&format!("{dossier}/xac-nhan")).await;
    let number = page.text.split("data-copy=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut visitor = town.house.visitor();
    visitor.get("/tra-cuu").await;
    for guess in 0..5 {
        let phone = format!("091111111{guess}");
        visitor.post("/tra-cuu", &[("ma", number), ("dien-thoai", &phone)]).await;
    }
    let right = [("ma", number), ("dien-thoai", "0912345678")];
    assert_eq!(visitor.post("/tra-cuu", &right).await.status, 429);
    town.house.ctx.clock.advance(jiff::SignedDuration::from_mins(31));
    assert!(visitor.post("/tra-cuu", &right).await.has("Đã nộp trực tuyến"));
}

#[tokio::test]
async fn machines_track_and_list_as_people_do() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    let code = "H57.101.01-261123-0001";
    let path = format!("/api/v1/dossiers/track?code={code}&phone=0912345678");
    let tracked: serde_json::Value =
        serde_json::from_str(&town.house.get(&path).await.text).unwrap();
    assert_eq!(tracked["status"], 2);
    assert_eq!(tracked["due_at"], "2026-11-27T17:00:00+07:00");
    let wrong = format!("/api/v1/dossiers/track?code={code}&phone=0911111111");
    assert_eq!(town.house.get(&wrong).await.status, 404);
    let listed = clerk.get("/api/v1/dossiers?unit=H57.101.01&tab=dang-xu-ly").await;
    let listed: serde_json::Value = serde_json::from_str(&listed.text).unwrap();
    assert_eq!(listed["total"], 1);
    assert_eq!(listed["dossiers"][0]["number"], code);
}
