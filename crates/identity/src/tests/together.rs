//! Many at once: what holds for one after another holds for all together. On SQLite units are
//! serial; `TEST_DB` runs these on PostgreSQL, where they are not.

use futures_util::future::join_all;
use platform::testing::{Answer, Visitor};

use super::town::{LAN, PASSWORD, Town, sign_in};
use crate::Role;

/// Sends the same form from all these browsers at the same moment.
async fn all_at_once(
    visitors: Vec<Visitor>,
    path: &'static str,
    fields: &[(&'static str, String)],
) -> Vec<Answer> {
    let send = |mut visitor: Visitor| async move {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        visitor.post(path, &fields).await
    };
    join_all(visitors.into_iter().map(send)).await
}

fn with_status(answers: &[Answer], status: u16) -> usize {
    answers.iter().filter(|answer| answer.status.as_u16() == status).count()
}

#[tokio::test]
async fn a_hundred_guesses_at_once_are_a_hundred_guesses() {
    let town = Town::new().await;
    town.lan().await;
    let mut visitors = Vec::new();
    for _ in 0..25 {
        let mut visitor = town.house.visitor();
        visitor.get("/dang-nhap").await;
        visitors.push(visitor);
    }
    let fields = [("login", LAN.to_owned()), ("password", "đoán mò".to_owned())];
    let answers = all_at_once(visitors, "/dang-nhap", &fields).await;
    assert_eq!(with_status(&answers, 422), 5, "only the free ones were looked at");
    assert_eq!(with_status(&answers, 429), 20);
}

#[tokio::test]
async fn one_code_of_the_app_lets_one_browser_in() {
    let town = Town::new().await;
    town.officer("hoa.tp", &[(Role::Clerk, "H57.101")]).await;
    let mut visitors = Vec::new();
    for _ in 0..4 {
        let mut visitor = town.house.visitor();
        sign_in(&mut visitor, "hoa.tp", PASSWORD).await;
        visitor.get("/dang-nhap/ma").await;
        visitors.push(visitor);
    }
    let fields = [("code", town.code("hoa.tp"))];
    let answers = all_at_once(visitors, "/dang-nhap/ma", &fields).await;
    assert_eq!(
        with_status(&answers, 303),
        1,
        "{:?}",
        answers.iter().map(|a| a.status).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn one_number_opens_one_account() {
    let town = Town::new().await;
    let mut visitors = Vec::new();
    for phone in ["0901000001", "0901000002", "0901000003"] {
        let mut visitor = town.house.visitor();
        visitor.post("/dang-ky", &[]).await;
        visitor.post("/dang-ky/so-dinh-danh", &[("number", LAN)]).await;
        let fields =
            [("name", "Nguyễn Lan"), ("born-day", "1"), ("born-month", "1"), ("born-year", "1988")];
        visitor.post("/dang-ky/ho-ten", &fields).await;
        visitor.post("/dang-ky/lien-he", &[("channel", "phone"), ("phone", phone)]).await;
        let code = town.code_sent(&format!("+84{}", &phone[1..])).await;
        visitor.post("/dang-ky/ma", &[("code", &code)]).await;
        visitor.post("/dang-ky/mat-khau", &[("new-password", PASSWORD)]).await;
        visitor.get("/dang-ky/kiem-tra").await;
        visitors.push(visitor);
    }
    let answers = all_at_once(visitors, "/dang-ky/kiem-tra", &[]).await;
    assert_eq!(with_status(&answers, 303), 3, "all are told the same");
    let verbs = town.verbs().await;
    let count = |wanted: &str| verbs.iter().filter(|verb| *verb == wanted).count();
    assert_eq!((count("identity.register"), count("identity.register-refused")), (1, 2));
}

#[tokio::test]
async fn one_code_of_a_mandate_is_taken_up_once() {
    let town = Town::new().await;
    town.lan().await;
    let mut lan = town.signed_in(LAN).await;
    lan.get("/tai-khoan/uy-quyen/giao").await;
    let fields = [
        ("for", "me"),
        ("scope", "act"),
        ("from-day", "23"),
        ("from-month", "11"),
        ("from-year", "2026"),
        ("to-day", "22"),
        ("to-month", "11"),
        ("to-year", "2027"),
    ];
    let given = lan.post("/tai-khoan/uy-quyen/giao", &fields).await;
    let code = given.text.split_once("<code class=\"key\">").unwrap().1;
    let code = code.split_once('<').unwrap().0.to_owned();
    let mut visitors = Vec::new();
    for (number, phone) in [
        ("001090000017", "0901000001"),
        ("001090000018", "0901000002"),
        ("001090000019", "0901000003"),
    ] {
        town.citizen(number, "Trần Văn Bình", phone).await;
        let mut visitor = town.signed_in(number).await;
        visitor.get("/tai-khoan/uy-quyen/nhan").await;
        visitors.push(visitor);
    }
    let fields = [("delegation-code", code)];
    let answers = all_at_once(visitors, "/tai-khoan/uy-quyen/nhan", &fields).await;
    assert_eq!((with_status(&answers, 303), with_status(&answers, 422)), (1, 2));
}
