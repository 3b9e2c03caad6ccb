//! Which cookies are set, under which name, with which guards.

use axum::body::Body;
use axum::extract::Request;
use http::header::SET_COOKIE;

use super::{house, signed_in};
use crate::testing::House;
use crate::web::Caller;

/// The cookies a page with a form sets for a caller who names the site `host`.
async fn cookies(house: &House, host: &str, tls: bool) -> Vec<String> {
    let request = Request::get("/thu").header("host", host).body(Body::empty()).unwrap();
    let caller = Caller { tls, ..Caller::local() };
    let response = house.site.answer(request, caller).await;
    let all = response.headers().get_all(SET_COOKIE).iter();
    all.map(|cookie| cookie.to_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn over_tls_and_on_the_own_machine_cookies_are_bound_to_the_host() {
    let house = house().await;
    for (host, tls) in [
        ("dichvucong.example.vn", true),
        ("localhost:8080", false),
        ("127.0.0.1:8080", false),
        ("[::1]:8080", false),
    ] {
        let cookies = cookies(&house, host, tls).await;
        let cookie = cookies.first().expect(host);
        assert!(cookie.starts_with("__Host-form="), "{host}: {cookie}");
        assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"), "{host}: {cookie}");
    }
}

#[tokio::test]
async fn over_plain_http_from_elsewhere_the_name_promises_nothing() {
    let house = house().await;
    for host in ["192.168.1.20:8080", "may-chu.xa", "localhost.evil.example", ""] {
        let cookies = cookies(&house, host, false).await;
        let cookie = cookies.first().expect(host);
        assert!(cookie.starts_with("form="), "{host}: {cookie}");
        assert!(!cookie.contains("Secure"), "{host}: {cookie}");
        assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{host}: {cookie}");
    }
}

#[tokio::test]
async fn a_page_without_a_form_sets_no_cookie() {
    let house = house().await;
    let answer = house.get("/tro-giup").await;
    assert_eq!(answer.headers.get(SET_COOKIE), None);
}

#[tokio::test]
async fn the_session_cookie_holds_a_secret_that_is_not_in_the_store() {
    let house = house().await;
    let visitor = signed_in(&house, "citizen").await;
    let secret = visitor.cookie("__Host-session").expect("a session").to_owned();
    assert_eq!(secret.len(), 64, "256 bits");
    let rows: Vec<(Vec<u8>,)> = house
        .ctx
        .store
        .read::<_, crate::store::StoreError, _>(|tx| {
            tx.all("SELECT secret_hash FROM platform_session", &[])
        })
        .await
        .unwrap();
    let kept: Vec<String> = rows.iter().map(|(hash,)| crate::hex::to_hex(hash)).collect();
    assert_eq!(kept.len(), 1);
    assert_ne!(kept[0], secret);
}

#[tokio::test]
async fn a_choice_of_language_is_remembered_for_a_year() {
    let house = house().await;
    let mut visitor = house.visitor();
    let chosen = visitor.get("/thu?lang=en").await;
    assert!(chosen.has("<html lang=\"en\">"), "{}", chosen.text);
    assert!(chosen.header("set-cookie").contains("lang=en; Path=/; HttpOnly; SameSite=Lax"));
    assert!(chosen.header("set-cookie").contains("Max-Age=31536000"));
    assert!(visitor.get("/thu").await.has("<html lang=\"en\">"));
    assert!(visitor.get("/thu?lang=vi").await.has("<html lang=\"vi\">"));
    assert!(visitor.get("/thu").await.has("<html lang=\"vi\">"));
}

#[tokio::test]
async fn an_unknown_language_changes_nothing() {
    let house = house().await;
    let answer = house.get("/thu?lang=xx%0d%0aSet-Cookie:a").await;
    assert!(answer.has("<html lang=\"vi\">"));
    let set: Vec<_> = answer.headers.get_all(SET_COOKIE).iter().collect();
    assert_eq!(set.len(), 1, "only the form's: {set:?}");
}
