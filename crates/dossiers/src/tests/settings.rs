//! The calendar's own page: a change is a version, and no due date moves with it.

use super::town::Town;

const CLOSURE: [(&str, &str); 8] = [
    ("viec", "them-ngay"),
    ("ngay-day", "26"),
    ("ngay-month", "11"),
    ("ngay-year", "2026"),
    ("loai", "closure"),
    ("ten", "Ngập lụt"),
    ("can-cu", "notice"),
    ("ly-do", "Công văn của Ủy ban nhân dân xã"),
];

#[tokio::test]
async fn a_closed_day_moves_new_due_dates_and_leaves_old_ones() {
    let town = Town::build().await;
    let mut binh = town.binh().await;
    let first = town.sent(&mut binh).await;
    let second = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &first, ("tiep-nhan", &[])).await;
    let mut administrator = town.officer("quan.tri").await;
    let page = administrator.get("/quan-tri/lich-lam-viec").await;
    assert!(page.has("Lịch làm việc") && page.has("Xã Châu Thới"), "{}", page.text);
    let changed = administrator.post("/quan-tri/lich-lam-viec", &CLOSURE).await;
    assert_eq!(changed.status, 303, "{}", changed.text);
    assert!(administrator.get("/quan-tri/lich-lam-viec").await.has("Ngập lụt"));
    town.done(&mut clerk, &second, ("tiep-nhan", &[])).await;
    let old = binh.get(&first).await;
    assert!(old.has("17:00 thứ sáu, 27/11/2026"), "{}", old.text);
    // The one-stop centre lies below the commune and is closed with it.
    let new = binh.get(&second).await;
    assert!(new.has("17:00 thứ hai, 30/11/2026") && new.has("Ngập lụt"), "{}", new.text);
}

#[tokio::test]
async fn a_units_administrator_changes_nothing_for_the_country() {
    let town = Town::build().await;
    let mut administrator = town.officer("quan.tri").await;
    let page = administrator.get("/quan-tri/lich-lam-viec").await;
    assert!(!page.has("Thêm quy tắc"), "rules are the country's");
    let elsewhere = format!("/quan-tri/lich-lam-viec?don-vi={}", town.elsewhere);
    assert_eq!(administrator.get(&elsewhere).await.status, 404);
    assert_eq!(administrator.post(&elsewhere, &CLOSURE).await.status, 404);
    let mut clerk = town.officer("mot.cua").await;
    assert_eq!(clerk.get("/quan-tri/lich-lam-viec").await.status, 404);
}

#[tokio::test]
async fn a_dated_rule_holds_from_its_day_on() {
    let town = Town::build().await;
    let mut system = town.officer("he.thong").await;
    system.get("/quan-tri/lich-lam-viec").await;
    let rule = [
        ("viec", "them-quy-tac"),
        ("quy-tac", "reception_cut_off"),
        ("hieu-luc-day", "23"),
        ("hieu-luc-month", "11"),
        ("hieu-luc-year", "2026"),
        ("gia-tri", "08:30"),
        ("van-ban", "Nghị định mới"),
        ("ly-do", "Có hiệu lực hôm nay"),
    ];
    let changed = system.post("/quan-tri/lich-lam-viec", &rule).await;
    assert_eq!(changed.status, 303, "{}", changed.text);
    let mut binh = town.binh().await;
    let dossier = town.sent(&mut binh).await;
    let mut clerk = town.officer("mot.cua").await;
    town.done(&mut clerk, &dossier, ("tiep-nhan", &[])).await;
    let told = binh.get(&dossier).await;
    assert!(told.has("nhận sau 08:30 nên tính là nhận ngày 25/11"), "{}", told.text);
}

#[tokio::test]
async fn a_wrong_table_of_hours_is_shown_again_as_it_was_typed() {
    let town = Town::build().await;
    let mut administrator = town.officer("quan.tri").await;
    administrator.get("/quan-tri/lich-lam-viec").await;
    let fields = [
        ("viec", "them-gio"),
        ("tu-ngay-day", "1"),
        ("tu-ngay-month", "1"),
        ("tu-ngay-year", "2027"),
        ("thu-1", "7 rưỡi đến 11 rưỡi"),
        ("ly-do", "Giờ mùa đông"),
    ];
    let answer = administrator.post("/quan-tri/lich-lam-viec", &fields).await;
    assert_eq!(answer.status, 422);
    assert!(answer.has("7 rưỡi đến 11 rưỡi") && answer.has("Giờ chưa đúng"), "{}", answer.text);
}

#[tokio::test]
async fn an_expected_day_is_confirmed_by_the_yearly_notice() {
    let town = Town::build().await;
    let mut system = town.officer("he.thong").await;
    let path = "/quan-tri/lich-lam-viec?nam=2027";
    let page = system.get(path).await;
    let expected = page.text.matches("Dự kiến</span>").count();
    assert!(expected > 0, "{}", page.text);
    let day = page.text.split("name=\"viec\" value=\"xac-nhan-ngay\"").nth(1).unwrap();
    let day = day.split("name=\"dong\" value=\"").nth(1).unwrap()[..36].to_owned();
    let said = [("viec", "xac-nhan-ngay"), ("dong", day.as_str()), ("ly-do", "Thông báo 8000/TB")];
    let confirmed = system.post(path, &said).await;
    assert_eq!(confirmed.status, 303, "{}", confirmed.text);
    let page = system.get(path).await;
    assert_eq!(page.text.matches("Dự kiến</span>").count(), expected - 1);
    assert!(page.has("Thông báo 8000/TB"), "the history says why: {}", page.text);
    // The line that was confirmed is no more; who still has the old page is told.
    let again = system.post(path, &said).await;
    assert_eq!(again.status, 409, "{}", again.text);
    let mut administrator = town.officer("quan.tri").await;
    administrator.get(path).await;
    let elsewhere = administrator.post(path, &said).await;
    assert_ne!(elsewhere.status, 303, "the country's days are not a commune's");
}
