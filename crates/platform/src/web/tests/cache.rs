//! Public pages kept whole: for whom, until when.

use std::io::Read;
use std::sync::Arc;

use http::{Method, StatusCode};
use jiff::SignedDuration;

use super::{house, signed_in};
use crate::store::StoreError;
use crate::testing::{Answer, House};
use crate::web::cache::{self, Kept, PageCache};
use crate::words::Locale;

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

#[tokio::test]
async fn who_takes_no_gzip_gets_the_kept_page_unpacked_with_the_same_tag() {
    let house = house().await;
    let gzip = [("accept-encoding", "gzip")];
    let packed = house.visitor().go(Method::GET, "/cong-khai", &gzip, String::new()).await;
    let plain = house.get("/cong-khai").await;
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed.bytes.as_slice()).read_to_string(&mut text).unwrap();
    assert_eq!(plain.text, text, "not rendered again");
    assert_eq!(plain.header("etag"), packed.header("etag"));
    assert_eq!(plain.header("content-length"), plain.bytes.len().to_string());
    let heads: [(&[(&str, &str)], usize); 2] =
        [(&[], plain.bytes.len()), (&gzip, packed.bytes.len())];
    for (headers, length) in heads {
        let head = house.visitor().go(Method::HEAD, "/cong-khai", headers, String::new()).await;
        assert!(head.bytes.is_empty());
        assert_eq!(head.header("content-length"), length.to_string());
        assert_eq!(head.header("etag"), plain.header("etag"));
    }
}

/// A page of about 20 kB in words that a procedure might use, in no order that repeats, with
/// numbers between them so that it packs worse than real ones do.
fn long_page() -> Vec<u8> {
    const WORDS: [&str; 24] = [
        "hồ sơ",
        "thủ tục",
        "giấy khai sinh",
        "ủy ban nhân dân",
        "xã",
        "tỉnh",
        "nộp",
        "trực tuyến",
        "phí",
        "lệ phí",
        "ngày làm việc",
        "<li>",
        "</li>",
        "căn cứ",
        "nghị định",
        "thông tư",
        "bản sao",
        "chứng thực",
        "kết quả",
        "cơ quan",
        "thực hiện",
        "đăng ký",
        "cấp lại",
        "kèm theo",
    ];
    let (mut page, mut state) = (String::new(), 9_u64);
    while page.len() < 20_000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        page.push_str(WORDS[(state >> 33) as usize % WORDS.len()]);
        page.push_str(&format!(" {} ", state >> 42));
    }
    page.into_bytes()
}

#[tokio::test]
async fn seven_thousand_pages_fit_and_a_walk_through_all_finds_each_again() {
    let house = house().await;
    let now = house.ctx.clock.now();
    let kept = Arc::new(Kept::new(&long_page(), ("probe", 0), now));
    assert!(kept.gzip.len() > 6_000, "harder to pack than real pages: {}", kept.gzip.len());
    let cache = PageCache::default();
    let address = |number: usize| format!("/thu-tuc/1.{number:06}");
    for number in 0..7_000 {
        cache.keep(Locale::Vi, &address(number), kept.clone());
    }
    for walk in 0..3 {
        let missing = (0..7_000).filter(|n| cache.find(Locale::Vi, &address(*n), now).is_none());
        assert_eq!(missing.count(), 0, "walk {walk}");
    }
    assert!(cache.find(Locale::En, &address(0), now).is_none(), "each language has its own shelf");
}

#[tokio::test]
async fn when_the_shelf_is_full_what_nobody_asks_for_goes_first() {
    let house = house().await;
    let now = house.ctx.clock.now();
    let kept = Arc::new(Kept::new(&long_page(), ("probe", 0), now));
    let cache = PageCache::default();
    let asked = "/thu-tuc/duoc-hoi";
    cache.keep(Locale::Vi, asked, kept.clone());
    cache.keep(Locale::Vi, "/thu-tuc/khong-ai-hoi", kept.clone());
    for number in 0..40_000 {
        cache.keep(Locale::Vi, &format!("/thu-tuc/{number}"), kept.clone());
        assert!(number % 1_000 != 0 || cache.find(Locale::Vi, asked, now).is_some(), "{number}");
    }
    assert!(cache.find(Locale::Vi, asked, now).is_some());
    assert!(cache.find(Locale::Vi, "/thu-tuc/khong-ai-hoi", now).is_none());
    assert!(cache.find(Locale::Vi, "/thu-tuc/39999", now).is_some());
    assert!(cache.bytes(Locale::Vi) <= 64 * 1024 * 1024, "{}", cache.bytes(Locale::Vi));
}
