//! The outbox, for keepers and in a demonstration for all.

use std::sync::Arc;

use super::*;
use crate::Settings;
use crate::outside::Message;

async fn send(house: &House, count: usize) {
    for number in 0..count {
        let message = Message {
            key: number.to_string(),
            to: format!("{number}@example.vn"),
            subject: format!("Thư số {number}"),
            text: "Kính gửi Ông/Bà,\nhai <dòng>".to_owned(),
        };
        house.ctx.outside.mail.send(message).await.unwrap();
    }
}

#[tokio::test]
async fn in_a_demonstration_everyone_sees_what_was_sent() {
    let house = house().await;
    assert!(house.get("/demo/hop-thu").await.has("Chưa có thư hay tin nhắn nào"));
    send(&house, 21).await;
    let page = house.get("/demo/hop-thu").await;
    assert!(page.has("Thư số 20") && page.has("Thư số 1<") && !page.has("Thư số 0"));
    assert!(page.has("Kính gửi Ông/Bà,<br>hai ") && !page.has("<dòng>"));
    assert!(page.has("Thư điện tử") && page.has("23/11/2026 09:00"));
    let one = house.get("/demo/hop-thu?den=7%40example.vn").await;
    assert!(one.has("Thư số 7") && !one.has("Thư số 8"));
    assert_eq!(one.input("den"), Some("7@example.vn"));
    house.get("/demo/hop-thu?lang=en").await;
    words_are_complete(&house);
}

#[tokio::test]
async fn where_people_are_real_only_a_keeper_sees_it() {
    let mut house = house().await;
    send(&house, 1).await;
    assert_eq!(officer(&house, "keeper").await.get("/quan-tri/hop-thu").await.status, 200);
    assert_eq!(officer(&house, "auditor").await.get("/quan-tri/hop-thu").await.status, 404);
    earnest(&mut house).await;
    assert_eq!(house.get("/demo/hop-thu").await.status, 404);
}

/// No demonstration any more.
async fn earnest(house: &mut House) {
    let settings = Settings { demo: false, ..(*house.ctx.settings).clone() };
    house.ctx.settings = Arc::new(settings);
    let parts = crate::parts().into_iter().chain([part()]).collect();
    let metrics = crate::web::Metrics::apart().unwrap();
    let options = crate::web::Options::default();
    house.site = crate::web::Site::open(house.ctx.clone(), parts, options, metrics).await.unwrap();
}
