//! Files: streamed, only with the form's token, never larger than allowed.

use http::{Method, StatusCode};

use super::{house, house_with};
use crate::web::{TOKEN, TOKEN_HEADER};

const MULTIPART: (&str, &str) = ("content-type", "multipart/form-data; boundary=B");

#[tokio::test]
async fn files_and_fields_arrive_with_the_token_first() {
    let house = house().await;
    let mut visitor = house.visitor();
    visitor.get("/thu").await;
    let large = vec![b'x'; 300_000];
    let answer = visitor
        .upload(
            "/tep",
            &[("ghi-chu", "Giâ\u{301}y ra viện")],
            &[("giay", "Giấy ra viện.pdf", "application/pdf", large.as_slice())],
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    assert!(answer.has("ghi-chu=[Giấy ra viện]; giay: Giấy ra viện.pdf, 300000 byte"));
}

#[tokio::test]
async fn without_the_token_no_file_is_read() {
    let house = house().await;
    let file = "--B\r\nContent-Disposition: form-data; name=\"giay\"; filename=\"a\"\r\n\r\nx\r\n";
    let late = format!(
        "{file}--B\r\nContent-Disposition: form-data; name=\"{TOKEN}\"\r\n\r\n00\r\n--B--\r\n"
    );
    for body in [late.as_str(), "--B--\r\n"] {
        let answer = house.visitor().go(Method::POST, "/tep", &[MULTIPART], body.to_owned()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{body}");
    }
}

#[tokio::test]
async fn a_script_may_send_the_token_in_a_header() {
    let house = house().await;
    let mut visitor = house.visitor();
    let token = visitor.get("/thu").await.input(TOKEN).unwrap().to_owned();
    let body = "--B\r\nContent-Disposition: form-data; name=\"giay\"; filename=\"a\"\r\n\r\nxyz\r\n\
                --B--\r\n";
    let headers = [MULTIPART, (TOKEN_HEADER, token.as_str())];
    let answer = visitor.go(Method::POST, "/tep", &headers, body).await;
    assert!(answer.has("giay: a, 3 byte"), "{}", answer.text);
}

#[tokio::test]
async fn broken_multipart_is_refused_in_words() {
    let house = house().await;
    let mut visitor = house.visitor();
    let token = visitor.get("/thu").await.input(TOKEN).unwrap().to_owned();
    let headers = [MULTIPART, (TOKEN_HEADER, token.as_str())];
    for body in ["", "nothing", "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end"] {
        let answer = visitor.go(Method::POST, "/tep", &headers, body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}: {}", answer.text);
        assert!(answer.has("<h1>Không đọc được nội dung gửi lên</h1>"), "{body}");
    }
}

#[tokio::test]
async fn a_form_that_is_no_multipart_is_refused() {
    let house = house().await;
    let form = ("content-type", "application/x-www-form-urlencoded");
    let answer = house.visitor().go(Method::POST, "/tep", &[form], "a=1").await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn more_than_is_allowed_is_refused_by_its_length_and_by_its_bytes() {
    let house = house_with(|options| options.limits.upload.body_bytes = 100_000).await;
    let mut visitor = house.visitor();
    visitor.get("/thu").await;
    let large = vec![b'x'; 200_000];
    let file = ("giay", "a.pdf", "application/pdf", large.as_slice());
    // Without a length in the headers: the bytes themselves are counted.
    let counted = visitor.upload("/tep", &[], &[file]).await;
    assert_eq!(counted.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", counted.text);
    let declared = [MULTIPART, ("content-length", "200000")];
    let answer = visitor.go(Method::POST, "/tep", &declared, String::new()).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}
