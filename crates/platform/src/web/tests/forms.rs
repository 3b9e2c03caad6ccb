//! What comes in with a form, cleaned, and what is refused.

use http::{Method, StatusCode};

use super::house;
use crate::testing::Visitor;
use crate::web::TOKEN;
use crate::web::form::{Answers, DateFault, DateParts};

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

async fn send(visitor: &mut Visitor, body: &str) -> crate::testing::Answer {
    let token = visitor.get("/thu").await.input(TOKEN).unwrap().to_owned();
    visitor.go(Method::POST, "/thu", &[FORM], format!("{TOKEN}={token}&{body}")).await
}

#[tokio::test]
async fn answers_are_cleaned_of_what_nobody_types_on_purpose() {
    let house = house().await;
    let cases = [
        // Typed on a Mac: letters and marks apart.
        ("ten=Nguye%CC%82%CC%83n", "ten=[Nguyễn]"),
        ("ten=%E2%80%8BAn%EF%BB%BF", "ten=[An]"),
        ("ten=+An+", "ten=[An]"),
        ("ten=d%C3%B2ng+1%0D%0Ad%C3%B2ng+2", "ten=[dòng 1\ndòng 2]"),
        ("ten=An%00%07", "ten=[An]"),
        ("password=+a+b+", "password=[ a b ]"),
        ("ten=%E2%80%AEgnp.exe", "ten=[gnp.exe]"),
        ("a=1&a=2&b=&c", "a=[1] a=[2] b=[] c=[]"),
        ("ten=1%2B1%3D2", "ten=[1+1=2]"),
    ];
    for (body, expected) in cases {
        let answer = send(&mut house.visitor(), body).await;
        assert!(answer.has(expected), "{body}: {}", answer.text);
    }
}

#[tokio::test]
async fn text_that_is_not_utf8_is_refused_and_never_mangled() {
    let house = house().await;
    for body in ["ten=%FF%FE", "ten=%C3", "%FF=An"] {
        let answer = send(&mut house.visitor(), body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
    }
    let mut visitor = house.visitor();
    let raw = vec![b't', b'=', 0xff, 0xfe];
    let answer = visitor.go(Method::POST, "/thu", &[FORM], raw).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_form_with_thousands_of_fields_is_refused() {
    let house = house().await;
    let answer = send(&mut house.visitor(), &"a=1&".repeat(2_001)).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn another_kind_of_content_is_refused() {
    let house = house().await;
    for media in ["text/plain", "application/json", "multipart/form-data; boundary=x", ""] {
        let header = [("content-type", media)];
        let answer = house.visitor().go(Method::POST, "/thu", &header, "ten=An").await;
        assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{media}");
    }
}

#[test]
fn dates_are_days_of_the_calendar() {
    let parts = |day: &str, month: &str, year: &str| DateParts {
        day: day.to_owned(),
        month: month.to_owned(),
        year: year.to_owned(),
    };
    let cases = [
        (parts("27", "3", "1985"), Ok(jiff::civil::date(1985, 3, 27))),
        (parts("029", "02", "2024"), Ok(jiff::civil::date(2024, 2, 29))),
        (parts("29", "2", "2023"), Err(DateFault::NoSuchDay)),
        (parts("31", "4", "2024"), Err(DateFault::NoSuchDay)),
        (parts("1", "1", "85"), Err(DateFault::NoSuchDay)),
        (parts("một", "1", "1985"), Err(DateFault::NoSuchDay)),
        (parts("1", "", "1985"), Err(DateFault::Missing("month"))),
        (parts("", "", ""), Err(DateFault::Empty)),
    ];
    for (parts, expected) in cases {
        assert_eq!(parts.parse(), expected, "{parts:?}");
    }
}

#[test]
fn answers_find_dates_by_the_name_of_their_field() {
    let pairs = [("born-day", "1"), ("born-month", "2"), ("born-year", "1990")];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let answers = Answers::from_pairs(pairs.to_vec());
    assert_eq!(answers.date("born").parse(), Ok(jiff::civil::date(1990, 2, 1)));
    assert!(answers.date("died").is_empty());
}

proptest::proptest! {
    /// Whatever bytes come, reading them ends in answers or in a refusal, never in a fall; and
    /// cleaning what is clean changes nothing.
    #[test]
    fn any_bytes_are_answers_or_refused(bytes in proptest::collection::vec(0u8..=255, 0..200)) {
        if let Ok(answers) = Answers::read(&bytes) {
            let pairs: Vec<_> = answers.pairs().collect();
            for (name, value) in pairs {
                let again = crate::web::form::clean(name, value);
                proptest::prop_assert_eq!(again, value);
            }
        }
    }
}
