//! Short messages, with a gateway of a few lines.

use std::time::Duration;

use aws_lc_rs::hmac;
use axum::Router;
use axum::body::Bytes;
use axum::routing::post;
use http::{HeaderMap, StatusCode};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::*;
use crate::clock::Clock;
use crate::outside::{Sms, SmsGateway};
use crate::testing::MONDAY_MORNING;

const SECRET: &[u8] = b"shared with the gateway";

type Received = mpsc::Receiver<(HeaderMap, Bytes)>;

/// A gateway that answers so, and leads elsewhere if asked to redirect.
async fn gateway(status: u16) -> (String, Received) {
    let (received, receiver) = mpsc::channel(10);
    let answer = move |headers: HeaderMap, body: Bytes| async move {
        received.send((headers, body)).await.unwrap();
        (StatusCode::from_u16(status).unwrap(), [("location", "/other")], "")
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/send", listener.local_addr().unwrap());
    let routes = Router::new().route("/send", post(answer.clone())).route("/other", post(answer));
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (address, receiver)
}

fn sms(address: &str) -> Result<Sms, OutsideError> {
    let (address, secret) = (address.to_owned(), SECRET.to_vec());
    let gateway = SmsGateway { address, secret, timeout: Duration::from_millis(500) };
    Sms::http(&gateway, Clock::fixed(MONDAY_MORNING))
}

fn to_phone() -> Message {
    Message { to: "0912345678".to_owned(), ..message("dossier:1:accepted") }
}

#[tokio::test]
async fn a_text_arrives_signed_and_with_its_key() {
    let (address, mut received) = gateway(202).await;
    sms(&address).unwrap().send(to_phone()).await.unwrap();
    let (headers, body) = received.recv().await.unwrap();
    let told: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(told["to"], "0912345678");
    assert_eq!(told["text"], to_phone().text);
    assert_eq!(headers["idempotency-key"], "dossier:1:accepted");
    assert_eq!(headers["content-type"], "application/json");
    let timestamp = headers["x-timestamp"].to_str().unwrap();
    assert_eq!(timestamp, MONDAY_MORNING.as_second().to_string());
    let signature = headers["x-signature"].to_str().unwrap().strip_prefix("sha256=").unwrap();
    let signature: Vec<u8> =
        (0..32).map(|at| u8::from_str_radix(&signature[2 * at..2 * at + 2], 16).unwrap()).collect();
    let signed = [timestamp.as_bytes(), b".", &body].concat();
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET);
    hmac::verify(&key, &signed, &signature).unwrap();
}

#[tokio::test]
async fn what_the_gateway_answers_decides_whether_to_try_again() {
    for status in [200, 202, 204, 409] {
        let (address, _received) = gateway(status).await;
        assert_eq!(sms(&address).unwrap().send(to_phone()).await, Ok(()), "{status}");
    }
    for status in [301, 307, 401, 403, 408, 429, 500, 503] {
        let (address, _received) = gateway(status).await;
        assert!(is_not_now(&sms(&address).unwrap().send(to_phone()).await), "{status}");
    }
    for status in [400, 404, 422] {
        let (address, _received) = gateway(status).await;
        assert!(is_never(&sms(&address).unwrap().send(to_phone()).await), "{status}");
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let (address, mut received) = gateway(307).await;
    sms(&address).unwrap().send(to_phone()).await.unwrap_err();
    received.recv().await.unwrap();
    assert!(received.try_recv().is_err());
}

#[tokio::test]
async fn a_gateway_that_is_away_or_silent_is_asked_again_later() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/send", silent.local_addr().unwrap());
    let outcome = sms(&address).unwrap().send(to_phone()).await;
    assert_eq!(outcome, Err(OutsideError::NotNow("the gateway: timeout".to_owned())));
    drop(silent);
    let outcome = sms(&address).unwrap().send(to_phone()).await;
    assert_eq!(outcome, Err(OutsideError::NotNow("the gateway: no connection".to_owned())));
}

#[tokio::test]
async fn texts_for_people_do_not_travel_in_the_open() {
    for address in
        ["http://sms.example.vn/send", "http://127.0.0.1.example.vn/", "ftp://127.0.0.1/", "sms"]
    {
        assert!(matches!(sms(address), Err(OutsideError::Never(_))), "{address}");
    }
    for address in ["https://sms.example.vn/send", "http://localhost:9/send", "http://[::1]/"] {
        assert!(sms(address).is_ok(), "{address}");
    }
}
