//! A form sent from elsewhere changes nothing here.

use http::{Method, StatusCode};

use super::{house, signed_in};
use crate::web::TOKEN;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn a_form_with_its_token_is_taken() {
    let house = house().await;
    let answer = house.visitor().post("/thu", &[("ten", "Lê Thị Mỵ")]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.has("ten=[Lê Thị Mỵ]"), "{}", answer.text);
}

#[tokio::test]
async fn a_form_without_a_token_is_refused_and_its_answers_are_kept() {
    let house = house().await;
    let body = "ten=L%C3%AA+Th%E1%BB%8B+M%E1%BB%B5&password=bi-mat&_once=x";
    let answer = house.visitor().go(Method::POST, "/thu", &[FORM], body).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(answer.input("ten"), Some("Lê Thị Mỵ"));
    assert!(!answer.has("bi-mat"), "a password is never written into a page");
}

#[tokio::test]
async fn the_kept_answers_can_be_sent_again() {
    let house = house().await;
    let mut visitor = house.visitor();
    visitor.go(Method::POST, "/thu", &[FORM], "ten=An").await;
    let answer = visitor.post("/thu", &[("ten", "An")]).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn another_visitors_token_is_worth_nothing() {
    let house = house().await;
    let token = house.get("/thu").await.input(TOKEN).unwrap().to_owned();
    let mut other = house.visitor();
    other.get("/thu").await;
    let answer = other.go(Method::POST, "/thu", &[FORM], format!("{TOKEN}={token}&ten=An")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_token_with_one_digit_changed_is_worth_nothing() {
    let house = house().await;
    let mut visitor = house.visitor();
    let token = visitor.get("/thu").await.input(TOKEN).unwrap().to_owned();
    let last = if token.ends_with('0') { '1' } else { '0' };
    let forged = format!("{}{last}", &token[..token.len() - 1]);
    for wrong in [forged.as_str(), "", "0", &"0".repeat(128), &token.to_uppercase()] {
        let body = format!("{TOKEN}={wrong}&ten=An");
        let answer = visitor.go(Method::POST, "/thu", &[FORM], body).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{wrong}");
    }
}

#[tokio::test]
async fn tokens_differ_in_every_page_and_all_of_them_count() {
    let house = house().await;
    let mut visitor = house.visitor();
    let first = visitor.get("/thu").await.input(TOKEN).unwrap().to_owned();
    let second = visitor.get("/thu").await.input(TOKEN).unwrap().to_owned();
    assert_ne!(first, second);
    for token in [first, second] {
        let body = format!("{TOKEN}={token}&ten=An");
        let answer = visitor.go(Method::POST, "/thu", &[FORM], body).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_form_opened_before_signing_in_elsewhere_still_counts() {
    let house = house().await;
    let mut visitor = house.visitor();
    let token = visitor.get("/thu").await.input(TOKEN).unwrap().to_owned();
    visitor.get("/vao").await;
    let answer = visitor.go(Method::POST, "/thu", &[FORM], format!("{TOKEN}={token}&ten=An")).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn a_form_of_an_ended_session_does_not_count_in_the_next() {
    let house = house().await;
    let mut visitor = signed_in(&house, "citizen").await;
    let token = visitor.get("/thu").await.input(TOKEN).unwrap().to_owned();
    visitor.get("/ra").await;
    visitor.get("/vao").await;
    let answer = visitor.go(Method::POST, "/thu", &[FORM], format!("{TOKEN}={token}&ten=An")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn where_a_request_comes_from_decides_before_its_token() {
    let house = house().await;
    let cases = [
        (("sec-fetch-site", "same-origin"), StatusCode::OK),
        (("sec-fetch-site", "none"), StatusCode::OK),
        (("sec-fetch-site", "cross-site"), StatusCode::FORBIDDEN),
        (("sec-fetch-site", "same-site"), StatusCode::FORBIDDEN),
        (("origin", "http://localhost"), StatusCode::OK),
        (("origin", "http://localhost.evil.example"), StatusCode::FORBIDDEN),
        (("origin", "https://localhost"), StatusCode::FORBIDDEN),
        (("origin", "null"), StatusCode::FORBIDDEN),
    ];
    for (header, expected) in cases {
        let mut visitor = house.visitor();
        let token = visitor.get("/thu").await.input(TOKEN).unwrap().to_owned();
        let body = format!("{TOKEN}={token}&ten=An");
        let answer = visitor.go(Method::POST, "/thu", &[FORM, header], body).await;
        assert_eq!(answer.status, expected, "{header:?}");
    }
}

#[tokio::test]
async fn a_foreign_form_gets_none_of_its_text_back() {
    let house = house().await;
    let foreign = ("sec-fetch-site", "cross-site");
    let answer = house.visitor().go(Method::POST, "/thu", &[FORM, foreign], "ten=Kim+Ngan").await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(!answer.has("Kim Ngan"));
}

#[tokio::test]
async fn reading_needs_no_token_from_anywhere() {
    let house = house().await;
    let answer = house
        .visitor()
        .go(Method::GET, "/thu", &[("sec-fetch-site", "cross-site")], String::new())
        .await;
    assert_eq!(answer.status, StatusCode::OK);
}
