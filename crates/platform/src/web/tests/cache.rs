//! Public pages kept whole: for whom, until when.

use std::io::Read;

use http::{Method, StatusCode};
use jiff::SignedDuration;

use super::{house, signed_in};
use crate::store::StoreError;
use crate::testing::{Answer, House};
use crate::web::cache;

/// The number on the page, different for each rendering.
fn number(answer: &Answer) -> String {
    let rest = answer.text.split_once("<h1>Số ").expect("the page").1;
    rest.split(' ').next().unwrap().to_owned()
}

async fn change(house: &House) {
    let now = house.ctx.clock.now();
    let changed: Result<(), StoreError> =
        house.ctx.store.write(move |tx| cache::changed(tx, "probe", now)).await;
    changed.unwrap();
}

#[tokio::test]
async fn a_public_page_is_rendered_once_for_all_strangers() {
    let house = house().await;
    let first = number(&house.get("/cong-khai").await);
    assert_eq!(number(&house.get("/cong-khai").await), first);
    assert_ne!(number(&house.get("/cong-khai?trang=2").await), first, "another address");
    assert_eq!(number(&house.get("/cong-khai").await), first);
}

#[tokio::test]
async fn each_language_has_its_own() {
    let house = house().await;
    let vietnamese = house.get("/cong-khai").await;
    let mut reader = house.visitor();
    reader.get("/thu?lang=en").await;
    let english = reader.get("/cong-khai").await;
    assert!(vietnamese.has("<html lang=\"vi\">") && english.has("<html lang=\"en\">"));
    assert_ne!(number(&english), number(&vietnamese));
    assert_eq!(number(&reader.get("/cong-khai").await), number(&english));
}

#[tokio::test]
async fn a_change_of_its_topic_ends_it() {
    let house = house().await;
    let first = number(&house.get("/cong-khai").await);
    house.ctx.clock.advance(SignedDuration::from_secs(90));
    change(&house).await;
    let second = house.get("/cong-khai").await;
    assert_ne!(number(&second), first);
    assert!(second.has("Dữ liệu cập nhật lúc 23/11/2026 09:01"), "{}", second.text);
}

#[tokio::test]
async fn it_does_not_outlive_five_minutes() {
    let house = house().await;
    let first = number(&house.get("/cong-khai").await);
    house.ctx.clock.advance(SignedDuration::from_mins(5));
    assert_eq!(number(&house.get("/cong-khai").await), first);
    house.ctx.clock.advance(SignedDuration::from_secs(1));
    assert_ne!(number(&house.get("/cong-khai").await), first);
}

#[tokio::test]
async fn who_is_signed_in_never_gets_a_kept_page_and_leaves_none() {
    let house = house().await;
    let kept = number(&house.get("/cong-khai").await);
    let mut visitor = signed_in(&house, "citizen").await;
    let own = visitor.get("/cong-khai").await;
    assert_ne!(number(&own), kept);
    assert!(own.has("Trần Văn Bảo"));
    let after = house.get("/cong-khai").await;
    assert_eq!(number(&after), kept);
    assert!(!after.has("Trần Văn Bảo"));
}

#[tokio::test]
async fn a_message_for_one_visitor_is_not_kept_for_others() {
    let house = house().await;
    let mut visitor = house.visitor();
    visitor.get("/xong").await;
    assert!(visitor.get("/cong-khai").await.has("Đã xong việc"));
    assert!(!house.get("/cong-khai").await.has("Đã xong việc"));
}

#[tokio::test]
async fn a_page_with_a_form_is_nobody_elses() {
    let house = house().await;
    let mut visitor = house.visitor();
    visitor.get("/thu").await;
    // This browser has its nonce already: the page sets no cookie, and still holds its token.
    let own = visitor.get("/cong-khai/bieu-mau").await;
    assert!(own.headers.get("set-cookie").is_none());
    let other = house.get("/cong-khai/bieu-mau").await;
    assert_ne!(own.input(crate::web::TOKEN), other.input(crate::web::TOKEN));
    assert!(other.headers.get("set-cookie").is_some(), "rendered for them");
}

#[tokio::test]
async fn a_page_made_from_a_private_cookie_is_nobody_elses() {
    let house = house().await;
    let mut visitor = house.visitor();
    visitor.get("/giu").await;
    assert_eq!(visitor.cookie("__Host-probe"), Some("0a1b"));
    assert!(visitor.get("/cong-khai/da-biet").await.has("Đã biết: 0a1b"));
    assert!(!house.get("/cong-khai/da-biet").await.has("0a1b"));
    assert!(visitor.get("/cong-khai/da-biet").await.has("Đã biết: 0a1b"), "not a stranger's page");
}

#[tokio::test]
async fn the_browser_asks_whether_its_copy_still_holds() {
    let house = house().await;
    let first = house.get("/cong-khai").await;
    assert_eq!(first.header("cache-control"), "no-cache");
    assert_eq!(first.header("vary"), "accept-encoding, cookie");
    let known = [("if-none-match", first.header("etag"))];
    let again = house.visitor().go(Method::GET, "/cong-khai", &known, String::new()).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.bytes.is_empty());
    assert!(!again.header("content-security-policy").is_empty());
    change(&house).await;
    let changed = house.visitor().go(Method::GET, "/cong-khai", &known, String::new()).await;
    assert_eq!(changed.status, StatusCode::OK);
}

#[tokio::test]
async fn it_is_kept_compressed_and_says_the_same() {
    let house = house().await;
    let plain = house.get("/cong-khai").await;
    let gzip = [("accept-encoding", "br, gzip;q=0.8")];
    let packed = house.visitor().go(Method::GET, "/cong-khai", &gzip, String::new()).await;
    assert_eq!(packed.header("content-encoding"), "gzip");
    assert!(packed.bytes.len() * 4 < plain.bytes.len(), "{}", packed.bytes.len());
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed.bytes.as_slice()).read_to_string(&mut text).unwrap();
    assert_eq!(text, plain.text);
    let never = [("accept-encoding", "gzip;q=0")];
    let answer = house.visitor().go(Method::GET, "/cong-khai", &never, String::new()).await;
    assert_eq!(answer.header("content-encoding"), "");
}

#[tokio::test]
async fn private_pages_are_compressed_only_for_our_own_pages() {
    let house = house().await;
    let mut visitor = signed_in(&house, "citizen").await;
    let gzip = ("accept-encoding", "gzip");
    let cases = [("same-origin", "gzip"), ("none", "gzip"), ("cross-site", ""), ("", "")];
    for (site, expected) in cases {
        let headers = [gzip, ("sec-fetch-site", site)];
        let answer = visitor.go(Method::GET, "/cong-dan", &headers, String::new()).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.header("content-encoding"), expected, "{site}");
    }
}

#[tokio::test]
async fn head_tells_the_length_and_sends_nothing() {
    let house = house().await;
    let page = house.get("/cong-khai").await;
    for path in ["/cong-khai", "/thu"] {
        let head = house.visitor().go(Method::HEAD, path, &[], String::new()).await;
        assert_eq!(head.status, StatusCode::OK);
        assert!(head.bytes.is_empty());
        let length: usize = head.header("content-length").parse().expect("a length");
        assert!(length > 1_000, "{path}: {length}");
    }
    let head = house.visitor().go(Method::HEAD, "/cong-khai", &[], String::new()).await;
    assert_eq!(head.header("content-length"), page.bytes.len().to_string());
}
