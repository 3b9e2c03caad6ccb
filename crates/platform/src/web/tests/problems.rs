//! What people and programs are told when something cannot be done.

use http::{Method, StatusCode};

use super::house;
use crate::files::FileRefusal;
use crate::store::StoreError;
use crate::web::{Problem, Saved};

#[tokio::test]
async fn people_get_a_page_and_programs_rfc_9457() {
    let house = house().await;
    let page = house.get("/khong-co").await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    assert_eq!(page.title(), "Không tìm thấy trang – Liên Thông");
    let mut english = house.visitor();
    english.get("/thu?lang=en").await;
    assert_eq!(english.get("/khong-co").await.title(), "Page not found – Liên Thông");
    for (path, accept) in [("/khong-co", "application/json"), ("/api/khong-co", "*/*")] {
        let headers = [("accept", accept)];
        let json = house.visitor().go(Method::GET, path, &headers, String::new()).await;
        assert_eq!(json.status, StatusCode::NOT_FOUND);
        assert_eq!(json.header("content-type"), "application/problem+json");
        let value: serde_json::Value = serde_json::from_str(&json.text).expect("JSON");
        assert_eq!(value["type"], "urn:lienthong:problem:not-found");
        assert_eq!(value["title"], "Không tìm thấy trang");
        assert_eq!(value["status"], 404);
        assert_eq!(value["instance"], json.header("x-request-id"));
    }
}

#[tokio::test]
async fn browsers_that_take_anything_get_a_page() {
    let house = house().await;
    let accept = [("accept", "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8")];
    let answer = house.visitor().go(Method::GET, "/khong-co", &accept, String::new()).await;
    assert!(answer.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn programs_choose_their_language() {
    let house = house().await;
    let asked = [("accept-language", "en-GB,en;q=0.9")];
    let answer = house.visitor().go(Method::GET, "/api/v1/thu", &asked, String::new()).await;
    assert_eq!(answer.text, "{\"language\":\"en\"}");
    assert_eq!(house.get("/api/v1/thu").await.text, "{\"language\":\"vi\"}");
}

#[tokio::test]
async fn a_wrong_method_names_the_right_ones() {
    let house = house().await;
    let answer = house.visitor().go(Method::DELETE, "/thu", &[], String::new()).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), "GET, POST");
    assert!(answer.has("<h1>Không mở được theo cách này</h1>"));
}

#[tokio::test]
async fn refusals_of_the_framework_are_put_into_words() {
    let house = house().await;
    let json = ("content-type", "application/json");
    let cases = [
        ("/api/v1/thu", "{", json, StatusCode::BAD_REQUEST, "unreadable"),
        (
            "/api/v1/thu",
            "{}",
            ("content-type", "text/plain"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "wrong-media",
        ),
    ];
    for (path, body, header, status, kind) in cases {
        let answer = house.visitor().go(Method::POST, path, &[header], body).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text);
        assert!(answer.has(kind), "{}", answer.text);
    }
}

#[tokio::test]
async fn a_programmer_is_told_what_was_wrong_with_the_body() {
    let house = house().await;
    let json = [("content-type", "application/json")];
    let answer = house.visitor().go(Method::POST, "/api/v1/thu", &json, "{\"a\":").await;
    let value: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
    assert!(value["cause"].as_str().unwrap().contains("EOF while parsing"), "{value}");
}

#[tokio::test]
async fn a_slash_too_many_leads_to_the_page_all_the_same() {
    let house = house().await;
    let answer = house.get("/thu/?a=1").await;
    assert_eq!((answer.status, answer.location()), (StatusCode::PERMANENT_REDIRECT, "/thu?a=1"));
    for path in ["/khong-co/", "//evil.example/", "/doan/"] {
        assert_eq!(house.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn each_page_says_what_became_of_the_answers() {
    let house = house().await;
    let cases = [
        ("refused", "đều đã được lưu"),
        ("changed", "chưa được lưu"),
        ("too-slow", "Không chắc"),
        ("stale-form", "vẫn được giữ ở đây"),
        ("sign-in", "vẫn được giữ ở đây"),
    ];
    for (kind, expected) in cases {
        let answer = house.get(&format!("/mau-giao-dien/loi/{kind}")).await;
        // Reading needs no answers kept: who must sign in is simply sent there.
        if kind == "sign-in" {
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
            continue;
        }
        assert!(answer.has(expected), "{kind}: {}", answer.text);
        assert!(answer.has("href=\"/tro-giup\""), "{kind}");
    }
}

#[test]
fn what_the_store_says_becomes_what_a_person_may_hear() {
    let reason = || "trên máy chủ cơ sở dữ liệu".to_owned();
    let cases = [
        (StoreError::NotFound, StatusCode::NOT_FOUND),
        (StoreError::Conflict { constraint: "x.y".to_owned() }, StatusCode::CONFLICT),
        (StoreError::Unavailable { reason: reason() }, StatusCode::SERVICE_UNAVAILABLE),
        (StoreError::Overloaded, StatusCode::SERVICE_UNAVAILABLE),
        (StoreError::Full, StatusCode::SERVICE_UNAVAILABLE),
        (StoreError::Unknown, StatusCode::SERVICE_UNAVAILABLE),
        (StoreError::Panicked, StatusCode::INTERNAL_SERVER_ERROR),
        (StoreError::Other { reason: reason() }, StatusCode::INTERNAL_SERVER_ERROR),
    ];
    for (error, status) in cases {
        let problem = Problem::from(error.clone());
        assert_eq!(problem.status(), status, "{error}");
        assert!(problem.told().cause.is_some() || status == StatusCode::NOT_FOUND, "{error}");
    }
    assert_eq!(Problem::from(StoreError::Unknown).told().saved, Saved::Unknown);
}

#[tokio::test]
async fn a_write_whose_outcome_is_unknown_asks_to_look_before_sending_again() {
    let house = house().await;
    let (page, english, json) = ("/hong/khong-ro", "/hong/khong-ro?lang=en", "/api/v1/khong-ro");
    let page = house.get(page).await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(page.header("retry-after"), "", "nobody is asked to repeat it blindly");
    assert_eq!(page.title(), "Chưa rõ đã lưu được hay chưa – Liên Thông");
    assert!(page.has("chỉ gửi lại khi không thấy ở đó"), "{}", page.text);
    assert!(!page.has("gửi trùng không gây hại"), "said once");
    let english = house.get(english).await;
    assert_eq!(english.title(), "It is not known whether this was saved – Liên Thông");
    assert!(english.has("send it again only if it is not there"), "{}", english.text);
    let json = house.get(json).await;
    assert_eq!(json.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(json.header("content-type"), "application/problem+json");
    let value: serde_json::Value = serde_json::from_str(&json.text).expect("JSON");
    assert_eq!(value["type"], "urn:lienthong:problem:outcome-unknown");
    assert!(value["detail"].as_str().unwrap().contains("chưa biết"), "{value}");
}

#[test]
fn a_file_whose_row_has_an_unknown_outcome_says_so_too() {
    let refusal = FileRefusal::Store(StoreError::Unknown);
    assert_eq!(refusal.status(), 503);
    assert_eq!(refusal.key(), "platform-file-unknown");
}
