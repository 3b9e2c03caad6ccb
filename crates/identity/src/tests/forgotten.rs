//! A forgotten password, and the link an administrator hands over.

use super::town::{LAN, PASSWORD, Town, said, sign_in};
use crate::Role;

const NEW: &str = "bốn con vịt qua cầu";

#[tokio::test]
async fn whether_a_number_has_an_account_is_not_to_be_learnt_here() {
    let town = Town::new().await;
    town.lan().await;
    town.officer("hoa.tp", &[(Role::Clerk, "H57.101")]).await;
    let mut told: Vec<Vec<String>> = Vec::new();
    for login in [LAN, "079188012349", "hoa.tp"] {
        let mut visitor = town.house.visitor();
        let asked = visitor.post("/quen-mat-khau", &[("login", login)]).await;
        assert_eq!(asked.location(), "/quen-mat-khau/ma", "{login}");
        let mut pages = vec![said(&visitor.get("/quen-mat-khau/ma").await)];
        for _ in 0..6 {
            let answer = visitor.post("/quen-mat-khau/ma", &[("code", "000000")]).await;
            pages.push(format!("{} {}", answer.status, said(&answer)));
        }
        told.push(pages);
    }
    assert_eq!(told[0], told[1]);
    assert_eq!(told[0], told[2]);
    assert!(told[0][6].contains("quá nhiều lần"));
}

#[tokio::test]
async fn ten_minutes_later_both_are_told_the_same() {
    let town = Town::new().await;
    town.lan().await;
    let (mut known, mut unknown) = (town.house.visitor(), town.house.visitor());
    known.post("/quen-mat-khau", &[("login", LAN)]).await;
    unknown.post("/quen-mat-khau", &[("login", "079188012349")]).await;
    town.pass(10 * 60);
    let mut told = Vec::new();
    for visitor in [&mut known, &mut unknown] {
        visitor.get("/quen-mat-khau/ma").await;
        told.push(said(&visitor.post("/quen-mat-khau/ma", &[("code", "000000")]).await));
    }
    assert_eq!(told[0], told[1]);
    assert!(told[0].contains("hết hạn"));
}

#[tokio::test]
async fn a_code_to_the_proved_contact_opens_the_way_to_a_new_password() {
    let town = Town::new().await;
    town.lan().await;
    let mut elsewhere = town.signed_in(LAN).await;
    let mut visitor = town.house.visitor();
    visitor.post("/quen-mat-khau", &[("login", "079 188 012 341")]).await;
    assert_eq!(visitor.get("/quen-mat-khau/mat-khau-moi").await.location(), "/quen-mat-khau");
    let code = town.code_sent("+84912345678").await;
    let proved = visitor.post("/quen-mat-khau/ma", &[("code", &code)]).await;
    assert_eq!(proved.location(), "/quen-mat-khau/mat-khau-moi");
    let path = "/quen-mat-khau/mat-khau-moi";
    let weak = visitor.post(path, &[("new-password", "nguyenthilan")]).await;
    assert!(weak.status == 422 && weak.has("gần giống tên"));
    let set = visitor.post(path, &[("new-password", NEW)]).await;
    assert_eq!(set.location(), "/dang-nhap");
    assert_eq!(elsewhere.get("/tai-khoan").await.status, 303, "all sessions ended");
    assert_eq!(sign_in(&mut visitor, LAN, PASSWORD).await.status, 422);
    assert_eq!(sign_in(&mut visitor, LAN, NEW).await.status, 303);
    let messages = town.messages("+84912345678").await;
    assert!(messages[0].text.contains("mật khẩu đã đổi"));
    assert_eq!(
        visitor.post(path, &[("new-password", "lần nữa thì thôi")]).await.location(),
        "/quen-mat-khau"
    );
}

#[tokio::test]
async fn a_link_sets_a_password_once_and_then_an_app_is_added() {
    let town = Town::new().await;
    town.officer("quan.tri", &[(Role::UnitAdministrator, "H57.101")]).await;
    let mut admin = town.at_work("quan.tri").await;
    let page = admin
        .post(
            "/quan-tri/tai-khoan/tao",
            &[
                ("name", "Lê Văn Mới"),
                ("username", "le.moi"),
                ("unit", "H57.101"),
                ("role", "clerk"),
                ("from-day", "23"),
                ("from-month", "11"),
                ("from-year", "2026"),
            ],
        )
        .await;
    assert_eq!(page.status, 200, "{}", page.text);
    let link = page.text.split_once("http://localhost/lien-ket/").unwrap().1;
    let path = format!("/lien-ket/{}", link.split_once('<').unwrap().0);
    let mut visitor = town.house.visitor();
    assert_eq!(visitor.get(&path).await.status, 200);
    let short = visitor.post(&path, &[("new-password", "xoài7#kz")]).await;
    assert!(short.has("ít nhất 12 ký tự"));
    assert_eq!(visitor.post(&path, &[("new-password", NEW)]).await.location(), "/dang-nhap");
    assert_eq!(visitor.get(&path).await.status, 410, "good once");
    let inside = sign_in(&mut visitor, "le.moi", NEW).await;
    assert_eq!(inside.location(), "/dang-nhap/ung-dung-ma");
}

#[tokio::test]
async fn a_made_up_link_opens_nothing() {
    let town = Town::new().await;
    let answer = town.house.get(&format!("/lien-ket/{}", "0".repeat(64))).await;
    assert_eq!(answer.status, 410);
    assert!(answer.has("Liên kết không còn dùng được"));
}
