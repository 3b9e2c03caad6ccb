//! Sessions: who may come in, how long they stay, how they end.

use http::{Method, StatusCode};
use jiff::SignedDuration;

use super::{ACCOUNT, house, signed_in};
use crate::store::StoreError;
use crate::testing::House;
use crate::web::session;

async fn sessions(house: &House) -> i64 {
    let counted: Result<(i64,), StoreError> =
        house.ctx.store.read(|tx| tx.one("SELECT COUNT(*) FROM platform_session", &[])).await;
    counted.unwrap().0
}

#[tokio::test]
async fn doors_open_to_whom_they_are_for_and_to_nobody_else() {
    let house = house().await;
    let cases = [
        ("citizen", "/cong-dan", StatusCode::OK),
        ("enterprise", "/cong-dan", StatusCode::OK),
        ("officer", "/cong-dan", StatusCode::NOT_FOUND),
        ("citizen", "/can-bo/hang-doi", StatusCode::NOT_FOUND),
        ("enterprise", "/can-bo/hang-doi", StatusCode::NOT_FOUND),
        ("officer", "/can-bo/hang-doi", StatusCode::OK),
        ("citizen", "/api/v1/rieng", StatusCode::OK),
    ];
    for (kind, path, expected) in cases {
        let answer = signed_in(&house, kind).await.get(path).await;
        assert_eq!(answer.status, expected, "{kind} at {path}");
    }
}

#[tokio::test]
async fn who_is_not_signed_in_is_sent_to_sign_in_and_back() {
    let house = house().await;
    let answer = house.get("/cong-dan?trang=2&lang=en").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.location(), "/dang-nhap?ve=%2Fcong-dan%3Ftrang%3D2");
    assert_eq!(house.get("/can-bo/hang-doi").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_program_that_is_not_signed_in_gets_401() {
    let house = house().await;
    let answer = house.get("/api/v1/rieng").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert_eq!(answer.header("content-type"), "application/problem+json");
}

#[tokio::test]
async fn a_session_ends_after_half_an_hour_without_a_visit() {
    let house = house().await;
    let mut visitor = signed_in(&house, "citizen").await;
    house.ctx.clock.advance(SignedDuration::from_mins(29));
    assert_eq!(visitor.get("/cong-dan").await.status, StatusCode::OK);
    house.ctx.clock.advance(SignedDuration::from_mins(29));
    assert_eq!(visitor.get("/cong-dan").await.status, StatusCode::OK, "the visit extended it");
    house.ctx.clock.advance(SignedDuration::from_mins(30));
    assert_eq!(visitor.get("/cong-dan").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_however_busy() {
    let house = house().await;
    let mut visitor = signed_in(&house, "citizen").await;
    for _ in 0..35 {
        house.ctx.clock.advance(SignedDuration::from_mins(20));
        assert_eq!(visitor.get("/cong-dan").await.status, StatusCode::OK);
    }
    house.ctx.clock.advance(SignedDuration::from_mins(20));
    assert_eq!(visitor.get("/cong-dan").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn looking_on_keeps_no_session_alive() {
    let house = house().await;
    let mut visitor = signed_in(&house, "citizen").await;
    let passive = [("x-passive", "1")];
    for path in ["/cong-dan", "/phien"] {
        house.ctx.clock.advance(SignedDuration::from_mins(14));
        let answer = visitor.go(Method::GET, path, &passive, String::new()).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    house.ctx.clock.advance(SignedDuration::from_mins(1));
    let events = visitor.get("/su-kien").await;
    assert!(events.has("data: Trần Văn Bảo"), "{}", events.text);
    house.ctx.clock.advance(SignedDuration::from_mins(1));
    assert_eq!(visitor.get("/cong-dan").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn reading_writes_at_most_once_a_minute() {
    let house = house().await;
    let mut visitor = signed_in(&house, "citizen").await;
    let touched = || async {
        let row: Result<(jiff::Timestamp,), StoreError> =
            house.ctx.store.read(|tx| tx.one("SELECT touched_at FROM platform_session", &[])).await;
        row.unwrap().0
    };
    let begun = touched().await;
    house.ctx.clock.advance(SignedDuration::from_secs(59));
    visitor.get("/cong-dan").await;
    assert_eq!(touched().await, begun);
    house.ctx.clock.advance(SignedDuration::from_secs(1));
    visitor.get("/cong-dan").await;
    assert_eq!(touched().await, begun + SignedDuration::from_secs(60));
}

#[tokio::test]
async fn signing_in_again_takes_the_place_of_the_session_before() {
    let house = house().await;
    let mut visitor = signed_in(&house, "citizen").await;
    let stolen = visitor.clone();
    visitor.get("/vao?kind=officer").await;
    assert_eq!(sessions(&house).await, 1);
    assert_eq!(stolen.clone().get("/cong-dan").await.status, StatusCode::SEE_OTHER);
    assert_eq!(visitor.get("/can-bo/hang-doi").await.status, StatusCode::OK);
}

#[tokio::test]
async fn proving_again_renews_the_secret() {
    let house = house().await;
    let mut visitor = signed_in(&house, "citizen").await;
    let before = visitor.cookie("__Host-session").unwrap().to_owned();
    visitor.get("/chung-minh-lai").await;
    assert_ne!(visitor.cookie("__Host-session").unwrap(), before);
    assert_eq!(visitor.get("/cong-dan").await.status, StatusCode::OK);
    assert_eq!(sessions(&house).await, 1);
}

#[tokio::test]
async fn signing_out_ends_the_session_in_the_store_and_in_the_browser() {
    let house = house().await;
    let mut visitor = signed_in(&house, "citizen").await;
    let copy = visitor.clone();
    visitor.get("/ra").await;
    assert_eq!(visitor.cookie("__Host-session"), None);
    assert_eq!(copy.clone().get("/cong-dan").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn all_other_sessions_can_be_ended() {
    let house = house().await;
    let mut here = signed_in(&house, "citizen").await;
    let mut there = signed_in(&house, "citizen").await;
    let ids: Result<Vec<(uuid::Uuid,)>, StoreError> =
        house.ctx.store.read(|tx| tx.all("SELECT id FROM platform_session ORDER BY id", &[])).await;
    let keep = ids.unwrap()[0].0;
    let ended: Result<u64, StoreError> =
        house.ctx.store.write(move |tx| session::end_all_but(tx, ACCOUNT, keep)).await;
    assert_eq!(ended.unwrap(), 1);
    assert_eq!(here.get("/cong-dan").await.status, StatusCode::OK);
    assert_eq!(there.get("/cong-dan").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn nobody_ends_the_session_of_somebody_else() {
    let house = house().await;
    let mut visitor = signed_in(&house, "citizen").await;
    let stranger = house.ctx.ids.next();
    let ended: Result<bool, StoreError> = house
        .ctx
        .store
        .write(move |tx| {
            let (id,): (uuid::Uuid,) = tx.one("SELECT id FROM platform_session", &[])?;
            session::end(tx, stranger, id)
        })
        .await;
    assert!(!ended.unwrap());
    assert_eq!(visitor.get("/cong-dan").await.status, StatusCode::OK);
}

#[tokio::test]
async fn what_was_typed_when_the_session_ended_can_be_sent_after_signing_in() {
    let house = house().await;
    let mut visitor = signed_in(&house, "citizen").await;
    visitor.get("/thu").await;
    house.ctx.clock.advance(SignedDuration::from_hours(1));
    let answer = visitor.post("/cong-dan", &[("ten", "Nguyễn \"An\" <b>")]).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    assert!(answer.has("value=\"Nguyễn &#34;An&#34; &#60;b&#62;\""), "{}", answer.text);
    assert!(answer.has("href=\"/dang-nhap?ve=%2F\" target=\"_blank\""), "{}", answer.text);
    // The sign-in happens in another tab of the same browser; this page is still open.
    let token = answer.input(crate::web::TOKEN).unwrap().to_owned();
    visitor.get("/vao").await;
    let body = format!("_token={token}&ten=An");
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let again = visitor.go(Method::POST, "/cong-dan", &form, body).await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.text);
    assert!(again.has("ten=[An]"));
}

#[tokio::test]
async fn the_page_says_how_long_the_session_lasts_and_lets_it_be_extended() {
    let house = house().await;
    let mut visitor = signed_in(&house, "citizen").await;
    house.ctx.clock.advance(SignedDuration::from_mins(25));
    let left = visitor.go(Method::GET, "/phien", &[("x-passive", "1")], String::new()).await;
    assert_eq!(left.text, "{\"ends\":300}");
    visitor.get("/cong-dan").await;
    house.ctx.clock.advance(SignedDuration::from_mins(2));
    let stayed = visitor.post("/phien/giu", &[]).await;
    assert_eq!(stayed.status, StatusCode::SEE_OTHER);
    assert!(visitor.get("/cong-dan").await.has("data-ends=\"1800\""));
    assert_eq!(house.get("/phien").await.text, "{\"ends\":0}");
}

#[tokio::test]
async fn ended_sessions_are_thrown_away_at_night() {
    let house = house().await;
    signed_in(&house, "citizen").await;
    house.ctx.clock.advance(SignedDuration::from_hours(13));
    signed_in(&house, "citizen").await;
    let ctx = house.ctx.clone();
    let now = ctx.clock.now();
    let job = crate::jobs::NewJob {
        id: ctx.ids.next(),
        kind: "web.sweep",
        payload: serde_json::Value::Null,
        run_at: now,
        key: None,
    };
    let asked: Result<(), StoreError> =
        ctx.store.write(move |tx| crate::jobs::enqueue(tx, &job)).await;
    asked.unwrap();
    house.run_jobs().await;
    assert_eq!(sessions(&house).await, 1);
}

#[tokio::test]
async fn a_session_names_the_browser_it_is_in() {
    let house = house().await;
    let agent =
        "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36";
    let mut visitor = house.visitor();
    visitor.go(Method::GET, "/vao", &[("user-agent", agent)], String::new()).await;
    let named: Result<(String,), StoreError> =
        house.ctx.store.read(|tx| tx.one("SELECT browser FROM platform_session", &[])).await;
    assert_eq!(named.unwrap().0, "Chrome, Android");
}
