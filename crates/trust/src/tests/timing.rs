//! The administrators' pages about time and about whom we may ask.

use super::town::Town;
use crate::store::stamps;

const HERE: &str = "/quan-tri/chung-thu/thoi-gian";

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_adds_orders_and_removes_sources_of_time() {
    let town = Town::new().await;
    let mut admin = town.at_work("hethong.mot").await;
    for (address, name) in [("http://a.example.vn/tsa", "Nguồn A"), ("http://b.example.vn/", "B")]
    {
        admin.get(&format!("{HERE}/nguon")).await;
        let fields = [("address", address), ("name", name)];
        let answer = admin.post(&format!("{HERE}/nguon"), &fields).await;
        assert_eq!(answer.location(), HERE, "{}", answer.text);
    }
    admin.get(&format!("{HERE}/nguon")).await;
    let wrong = [("address", "ftp://a.example.vn"), ("name", "Nguồn C")];
    let answer = admin.post(&format!("{HERE}/nguon"), &wrong).await;
    assert!(answer.title().starts_with("Lỗi: ") && answer.input("name") == Some("Nguồn C"));

    let order = || async {
        let all = town.ctx().store.read(stamps::sources).await.unwrap();
        (all[0].id, all.into_iter().map(|one| one.name).collect::<Vec<_>>())
    };
    let (first, names) = order().await;
    assert_eq!(names, ["Nguồn A", "B"]);
    let page = admin.get(HERE).await;
    assert!(page.has("Nguồn A") && page.has("chưa so lần nào"), "{}", page.text);
    let (last, _) = {
        let all = town.ctx().store.read(stamps::sources).await.unwrap();
        (all[1].id, ())
    };
    let answer = admin.post(&format!("{HERE}/nguon/{last}/len"), &[]).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    assert_eq!(order().await.1, ["B", "Nguồn A"]);
    admin.get(HERE).await;
    let again = admin.post(&format!("{HERE}/nguon/{last}/len"), &[]).await;
    assert_eq!(again.status, 409, "it is the first already");
    admin.get(HERE).await;
    admin.post(&format!("{HERE}/nguon/{first}/bo"), &[]).await;
    assert_eq!(order().await.1, ["B"]);

    // Nobody answers at that address; the page says so after the job ran.
    town.ctx().clock.advance(jiff::SignedDuration::from_secs(1));
    admin.get(HERE).await;
    admin.post(&format!("{HERE}/nguon/{last}/bo"), &[]).await;
    admin.get(&format!("{HERE}/nguon")).await;
    let silent = [("address", "http://127.0.0.1:9/tsa"), ("name", "Im lặng")];
    admin.post(&format!("{HERE}/nguon"), &silent).await;
    admin.get(HERE).await;
    assert_eq!(admin.post(&format!("{HERE}/so"), &[]).await.status, 303);
    town.house.run_jobs().await;
    assert!(admin.get(HERE).await.has("không so được lúc"));
    let verbs = town.verbs().await;
    for verb in ["trust.add-time-source", "trust.prefer-time-source", "trust.remove-time-source"] {
        assert!(verbs.iter().any(|one| one == verb), "{verb}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_policy_begins_today_or_later_and_is_taken_back_before_that() {
    let town = Town::new().await;
    let mut admin = town.at_work("hethong.mot").await;
    let page = admin.get(&format!("{HERE}/chinh-sach")).await;
    assert_eq!(page.input("from-day"), Some("24"), "tomorrow is proposed");
    assert_eq!(page.input("accuracy"), Some("1000"));
    let fields = |day: &'static str, accuracy: &'static str, oid: &'static str| {
        [
            ("oid", oid),
            ("accuracy", accuracy),
            ("tolerance", "500"),
            ("from-day", day),
            ("from-month", "11"),
            ("from-year", "2026"),
        ]
    };
    for (wrong, why) in [
        (fields("22", "100", "1.2.3.4"), "trong quá khứ"),
        (fields("24", "0", "1.2.3.4"), "Sai số phải là số"),
        (fields("24", "nhiều", "1.2.3.4"), "Sai số phải là số"),
        (fields("24", "100", "một"), "Mã OID không đúng dạng"),
        (fields("31", "100", "1.2.3.4"), "Ngày không có thật"),
    ] {
        let answer = admin.post(&format!("{HERE}/chinh-sach"), &wrong).await;
        assert!(answer.title().starts_with("Lỗi: ") && answer.has(why), "{why}: {}", answer.text);
    }
    let answer = admin.post(&format!("{HERE}/chinh-sach"), &fields("24", "100", "1.2.3.4")).await;
    assert_eq!(answer.location(), HERE, "{}", answer.text);
    let page = admin.get(HERE).await;
    assert!(page.has("Chưa bắt đầu") && page.has("Đang áp dụng") && page.has("100 ms"));
    let begun = admin.post(&format!("{HERE}/chinh-sach/2020-01-01/bo"), &[]).await;
    assert_eq!(begun.status, 404, "a policy that has begun stays");
    admin.get(HERE).await;
    admin.post(&format!("{HERE}/chinh-sach/2026-11-24/bo"), &[]).await;
    assert!(!admin.get(HERE).await.has("1.2.3.4"));
    let mut other = town.at_work("quantri.hue").await;
    assert_eq!(other.get(HERE).await.status, 404, "time is everybody's");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_opens_a_host_inside() {
    let town = Town::new().await;
    let here = "/quan-tri/chung-thu/bang-chung";
    let mut admin = town.at_work("hethong.mot").await;
    assert!(admin.get(here).await.has("Chưa có máy chủ nào"));
    admin.get(&format!("{here}/may-chu")).await;
    let wrong = admin.post(&format!("{here}/may-chu"), &[("host", "http://x")]).await;
    assert!(wrong.title().starts_with("Lỗi: ") && wrong.has("không kèm cổng"));
    let fields = [("host", "10.1.2.3"), ("note", "mạng chuyên dùng")];
    assert_eq!(admin.post(&format!("{here}/may-chu"), &fields).await.location(), here);
    assert!(admin.get(here).await.has("mạng chuyên dùng"));
    let hosts = town.ctx().store.read(crate::store::evidence::hosts).await.unwrap();
    admin.post(&format!("{here}/may-chu/{}/bo", hosts[0].id), &[]).await;
    assert!(admin.get(here).await.has("Chưa có máy chủ nào"));
    assert_eq!(town.verbs().await[..2], ["trust.remove-inside-host", "trust.add-inside-host"]);
}
