//! Files, redirects and other answers that are no page.

use http::{Method, StatusCode};

use super::{house, signed_in};
use crate::web::Reply;

#[tokio::test]
async fn a_file_is_offered_under_its_name_in_every_browser() {
    let house = house().await;
    let answer = house.get("/tai-ve?ten=Gi%E1%BA%A5y+%C4%91%E1%BA%B9p.pdf").await;
    assert_eq!(
        answer.header("content-disposition"),
        "attachment; filename=\"Giay dep.pdf\"; filename*=UTF-8''Gi%E1%BA%A5y%20%C4%91%E1%BA%B9p.pdf"
    );
    assert_eq!(answer.header("content-type"), "application/pdf");
    assert_eq!(answer.bytes, b"%PDF-1.7");
    let policy = answer.header("content-security-policy");
    assert!(policy.ends_with("sandbox"), "what people brought can do nothing: {policy}");
}

#[tokio::test]
async fn a_name_cannot_break_out_of_its_header() {
    let house = house().await;
    let cases = [
        ("..%2F..%2Fetc%2Fpasswd", "filename=\"passwd\""),
        ("C:%5Ca%5Cb.pdf", "filename=\"b.pdf\""),
        ("a%22;+x=%22b.pdf", "filename=\"a-- x--b.pdf\""),
        ("a%0D%0ASet-Cookie:+x=1", "filename=\"aSet-Cookie- x-1\""),
        ("..", "filename=\"file\""),
        ("", "filename=\"file\""),
    ];
    for (name, expected) in cases {
        let answer = house.get(&format!("/tai-ve?ten={name}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        let header = answer.header("content-disposition");
        assert!(header.contains(expected), "{name}: {header}");
        assert!(answer.headers.get("set-cookie").is_none(), "{name}");
    }
}

#[tokio::test]
async fn a_file_of_ours_may_be_looked_at() {
    let house = house().await;
    let answer = house.get("/tai-ve?ten=phieu.pdf&xem=1").await;
    assert!(answer.header("content-disposition").starts_with("inline; "));
    assert!(!answer.header("content-security-policy").contains("sandbox"));
}

#[tokio::test]
async fn a_script_is_told_where_to_go() {
    let house = house().await;
    let scripted = [("x-scripted", "1")];
    let answer = house.visitor().go(Method::GET, "/xong", &scripted, String::new()).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(answer.header("x-location"), "/thu");
    assert!(answer.header("set-cookie").starts_with("__Host-notice="));
}

#[tokio::test]
async fn saving_while_typing_answers_with_the_time_in_words() {
    let house = house().await;
    let mut visitor = house.visitor();
    visitor.get("/mau-giao-dien/bieu-mau").await;
    let answer = visitor.post("/mau-giao-dien/luu", &[("name", "An")]).await;
    assert_eq!(answer.text, "{\"saved\":\"Đã lưu lúc 09:00\"}");
}

#[tokio::test]
async fn events_flow_unbuffered_and_uncompressed() {
    let house = house().await;
    let mut visitor = signed_in(&house, "citizen").await;
    let gzip = [("accept-encoding", "gzip"), ("sec-fetch-site", "same-origin")];
    let answer = visitor.go(Method::GET, "/su-kien", &gzip, String::new()).await;
    assert_eq!(answer.header("content-type"), "text/event-stream");
    assert_eq!(answer.header("x-accel-buffering"), "no");
    assert_eq!(answer.header("content-encoding"), "");
    assert_eq!(answer.text, "data: Trần Văn Bảo\n\n");
}

#[tokio::test]
async fn a_redirect_loses_no_letter() {
    use axum::response::IntoResponse;
    let response = Reply::see("/thu-tuc?q=khai sinh&xã=Thuận Hoá").into_response();
    let expected = "/thu-tuc?q=khai%20sinh&x%C3%A3=Thu%E1%BA%ADn%20Ho%C3%A1";
    assert_eq!(response.headers()["location"], expected);
}

#[tokio::test]
async fn a_redirect_never_leads_to_another_site() {
    use axum::response::IntoResponse;
    for bad in ["https://evil.example/", "//evil.example", "/\\evil.example"] {
        let response = Reply::see(bad).into_response();
        assert_eq!(response.headers()["location"], "/", "{bad}");
    }
}
