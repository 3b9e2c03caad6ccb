//! Headers, rates, times, falls: what holds whatever the handler does.

use axum::body::Body;
use axum::extract::Request;
use http::{Method, StatusCode};

use super::{house, house_with, signed_in};
use crate::testing::House;
use crate::web::{BearerToken, Caller, ClassLimits};

/// So many at once, and then one a minute: a slow machine does not earn more while it computes.
fn slow(class: ClassLimits, burst: u32) -> ClassLimits {
    ClassLimits { burst, per_minute: 1, ..class }
}

#[tokio::test]
async fn every_answer_carries_the_guards() {
    let house = house().await;
    let style = house.get("/thu").await.text;
    let style = style.split("href=\"/tinh/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let style = format!("/tinh/{style}");
    for path in ["/thu", "/cong-khai", "/khong-co", "/sap", "/api/v1/thu", "/cong-dan", &style] {
        let answer = house.get(path).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'"), "{path}: {policy}");
        assert!(policy.contains("frame-ancestors 'none'; base-uri 'none'"), "{path}");
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin", "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert!(answer.header("permissions-policy").contains("geolocation=()"), "{path}");
        assert_eq!(answer.header("strict-transport-security"), "", "{path}: not without TLS");
    }
}

#[tokio::test]
async fn pages_hold_no_inline_style_or_script() {
    let house = house().await;
    for path in ["/thu", "/tro-giup", "/mau-giao-dien", "/mau-giao-dien/bieu-mau", "/khong-co"] {
        let text = house.get(path).await.text;
        for wrong in [" style=", "<style", " onclick=", " onload=", "javascript:"] {
            assert!(!text.contains(wrong), "{path}: {wrong}");
        }
        assert_eq!(text.matches("<script").count(), 1, "{path}");
    }
}

#[tokio::test]
async fn one_page_alone_has_its_own_script_and_reaches_the_machine_of_the_person() {
    let house = house().await;
    let answer = house.get("/may-ben").await;
    let policy = answer.header("content-security-policy");
    assert!(policy.contains("connect-src 'self' wss://127.0.0.1:8987; "), "{policy}");
    assert!(policy.contains("script-src 'self'; "), "{policy}");
    assert_eq!(answer.text.matches("<script").count(), 2);
    let script = answer.text.split("<script src=\"/tinh/ben-").nth(1).unwrap();
    let script = house.get(&format!("/tinh/ben-{}", script.split('"').next().unwrap())).await;
    assert_eq!((script.status, script.text.as_str()), (StatusCode::OK, "let ben = 1;\n"));
    assert!(script.header("cache-control").contains("immutable"));
    let other = house.get("/thu").await;
    assert!(other.header("content-security-policy").contains("connect-src 'self';"));
    assert!(!other.has("/tinh/ben-"));
}

#[tokio::test]
async fn over_tls_browsers_are_told_to_stay_with_it() {
    let house = house().await;
    let request = Request::get("/thu").header("host", "a.vn").body(Body::empty()).unwrap();
    let response = house.site.answer(request, Caller { tls: true, ..Caller::local() }).await;
    assert_eq!(response.headers()["strict-transport-security"], "max-age=31536000");
}

#[tokio::test]
async fn signed_in_pages_are_kept_by_nobody() {
    let house = house().await;
    let mut visitor = signed_in(&house, "citizen").await;
    assert_eq!(visitor.get("/cong-dan").await.header("cache-control"), "no-store");
    assert_eq!(visitor.get("/cong-khai").await.header("cache-control"), "no-store");
}

#[tokio::test]
async fn guesses_at_a_secret_are_few_a_minute() {
    let house =
        house_with(|options| options.limits.attempt = slow(options.limits.attempt, 3)).await;
    let mut visitor = house.visitor();
    visitor.get("/thu").await;
    for _ in 0..3 {
        assert_eq!(visitor.post("/doan", &[("ma", "1")]).await.status, StatusCode::OK);
    }
    let answer = visitor.post("/doan", &[("ma", "1")]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    let seconds: u32 = answer.header("retry-after").parse().expect("seconds");
    assert!((1..=61).contains(&seconds), "{seconds}");
    assert!(answer.has("Hãy chờ 1 phút rồi thử lại"), "{}", answer.text);
    assert_eq!(visitor.get("/thu").await.status, StatusCode::OK, "reading has its own measure");
}

#[tokio::test]
async fn one_address_does_not_use_up_the_measure_of_another() {
    let house = house_with(|options| options.limits.page = slow(options.limits.page, 1)).await;
    let ask = |address: &str| {
        let caller = Caller { address: address.parse().unwrap(), tls: false };
        let request = Request::get("/thu").header("host", "localhost").body(Body::empty()).unwrap();
        let site = house.site.clone();
        async move { site.answer(request, caller).await.status() }
    };
    assert_eq!(ask("203.0.113.1").await, StatusCode::OK);
    assert_eq!(ask("203.0.113.1").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(ask("203.0.113.2").await, StatusCode::OK);
    // A household with IPv6 has 2^64 addresses, and one measure.
    assert_eq!(ask("2001:db8::1").await, StatusCode::OK);
    assert_eq!(ask("2001:db8::ffff").await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(ask("2001:db8:0:1::1").await, StatusCode::OK);
}

#[tokio::test]
async fn made_up_sessions_do_not_reach_the_store_for_ever() {
    let house =
        house_with(|options| options.limits.network = slow(options.limits.network, 3)).await;
    let mut last = StatusCode::OK;
    for number in 0..5 {
        let cookie = format!("__Host-session={number:064}");
        let headers = [("cookie", cookie.as_str())];
        last = house.visitor().go(Method::GET, "/thu", &headers, String::new()).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn who_is_signed_in_has_a_measure_of_their_own() {
    let house = house_with(|options| options.limits.page = slow(options.limits.page, 3)).await;
    let mut visitor = signed_in(&house, "citizen").await;
    while house.get("/thu").await.status == StatusCode::OK {}
    assert_eq!(visitor.get("/cong-dan").await.status, StatusCode::OK, "strangers used up theirs");
}

#[tokio::test]
async fn a_form_larger_than_allowed_is_refused() {
    let house = house_with(|options| options.limits.form.body_bytes = 1_000).await;
    let mut visitor = house.visitor();
    let answer = visitor.post("/thu", &[("dai", &"x".repeat(2_000))]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.has("<h1>Nội dung gửi lên quá lớn</h1>"), "{}", answer.text);
}

#[tokio::test]
async fn a_body_that_stops_in_the_middle_is_given_up() {
    let house = house_with(|options| options.limits.body_pause_seconds = 1).await;
    let stuck = futures_util::stream::pending::<Result<bytes::Bytes, std::io::Error>>();
    let form = ("content-type", "application/x-www-form-urlencoded");
    let answer = house.visitor().go(Method::POST, "/thu", &[form], Body::from_stream(stuck)).await;
    assert_eq!(answer.status, StatusCode::REQUEST_TIMEOUT);
    assert!(answer.has("<h1>Kết nối quá chậm</h1>"), "{}", answer.text);
}

#[tokio::test]
async fn a_handler_that_takes_too_long_is_given_up() {
    let house = house_with(|options| options.limits.page.handler_seconds = Some(1)).await;
    let answer = house.get("/cham").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer.header("retry-after"), "5");
}

#[tokio::test]
async fn a_fall_in_a_handler_is_our_fault_and_tells_nothing_of_itself() {
    let house = house().await;
    let answer = house.get("/sap").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.has("<h1>Hệ thống gặp lỗi</h1>"), "{}", answer.text);
    assert!(!answer.has("mật khẩu"), "{}", answer.text);
    let number = answer.header("x-request-id");
    assert!(answer.has(&format!("<code>{number}</code>")), "{number}: {}", answer.text);
    let json = house.get("/api/v1/hong").await;
    assert_eq!(json.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(!json.has("mật khẩu") && !json.has("cause"), "{}", json.text);
    assert_eq!(house.get("/thu").await.status, StatusCode::OK, "the house still stands");
}

#[tokio::test]
async fn search_engines_are_kept_from_doors_that_are_closed_to_them() {
    let house = house().await;
    let text = house.get("/robots.txt").await.text;
    for closed in ["/api", "/can-bo", "/cong-dan", "/dang-nhap", "/ra"] {
        assert!(text.contains(&format!("Disallow: {closed}\n")), "{closed}: {text}");
    }
    assert!(!text.contains("/thu") && !text.contains("/tro-giup"), "{text}");
}

#[tokio::test]
async fn nobody_outside_names_a_request() {
    let house = house().await;
    let named = [("x-request-id", "deadbeef-deadbeef")];
    let answer = house.visitor().go(Method::GET, "/thu", &named, String::new()).await;
    assert_ne!(answer.header("x-request-id"), "deadbeef-deadbeef");
    assert!(!answer.header("x-request-id").is_empty());
}

#[tokio::test]
async fn figures_are_for_who_asks_on_this_machine() {
    let house = house().await;
    house.get("/thu").await;
    let answer = house.get("/metrics").await;
    assert_eq!(answer.status, StatusCode::OK);
    let counted = "http_requests_total{method=\"GET\",route=\"/thu\",status=\"2xx\"} 1";
    assert!(answer.has(counted), "{}", answer.text);
    assert!(answer.has("http_request_seconds_bucket"), "{}", answer.text);
    assert!(answer.has("process_resident_memory_bytes"), "{}", answer.text);
    for name in ["x-forwarded-for", "x-forwarded-proto", "x-real-ip", "forwarded", "via"] {
        let forwarded = [(name, "127.0.0.1")];
        let answer = house.visitor().go(Method::GET, "/metrics", &forwarded, String::new()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
    }
    for (address, host, status) in [
        ("127.0.0.1", "localhost:8080", StatusCode::OK),
        ("::1", "[::1]:8080", StatusCode::OK),
        ("::ffff:127.0.0.1", "127.0.0.1", StatusCode::OK),
        ("127.0.0.1", "dichvucong.example.vn", StatusCode::NOT_FOUND),
        ("10.0.0.7", "localhost", StatusCode::NOT_FOUND),
        ("203.0.113.9", "127.0.0.1", StatusCode::NOT_FOUND),
    ] {
        let answer = metrics_from(&house, address, &[("host", host)]).await;
        assert_eq!(answer, status, "{address} {host}");
    }
}

#[tokio::test]
async fn the_operators_token_opens_the_figures_from_anywhere() {
    let token = BearerToken::new("0123456789abcdef-figures");
    assert_eq!(BearerToken::new("short"), None);
    let house = house_with(|options| options.metrics_token = token).await;
    for (said, status) in [
        ("Bearer 0123456789abcdef-figures", StatusCode::OK),
        ("bearer 0123456789abcdef-figures", StatusCode::OK),
        ("Bearer 0123456789abcdef-figure", StatusCode::NOT_FOUND),
        ("Bearer ", StatusCode::NOT_FOUND),
        ("Basic 0123456789abcdef-figures", StatusCode::NOT_FOUND),
        ("0123456789abcdef-figures", StatusCode::NOT_FOUND),
    ] {
        let headers = [("host", "a.vn"), ("x-forwarded-for", "1.2.3.4"), ("authorization", said)];
        assert_eq!(metrics_from(&house, "203.0.113.9", &headers).await, status, "{said}");
        assert_eq!(metrics_from(&house, "127.0.0.1", &headers).await, status, "{said}");
    }
    let local = [("host", "localhost")];
    assert_eq!(metrics_from(&house, "127.0.0.1", &local).await, StatusCode::OK);
}

async fn metrics_from(house: &House, address: &str, headers: &[(&str, &str)]) -> StatusCode {
    let mut request = Request::get("/metrics");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let caller = Caller { address: address.parse().unwrap(), tls: false };
    house.site.answer(request.body(Body::empty()).unwrap(), caller).await.status()
}

#[tokio::test]
async fn the_house_says_whether_it_lives_and_is_ready() {
    let house = house().await;
    assert_eq!(house.get("/health/live").await.text, "live\n");
    assert_eq!(house.get("/health/ready").await.text, "ready\n");
    house.site.begin_draining();
    let answer = house.get("/health/ready").await;
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (StatusCode::SERVICE_UNAVAILABLE, "ending\n")
    );
    assert_eq!(house.get("/health/live").await.status, StatusCode::OK);
}
