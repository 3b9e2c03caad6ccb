//! Short messages through a gateway (HTTP POST), or into the outbox.
//!
//! The gateway gets JSON `{"key": …, "to": …, "text": …}` with three headers:
//! `Idempotency-Key` (the message's key), `X-Timestamp` (seconds) and `X-Signature`
//! (`sha256=` and the HMAC-SHA-256 in hexadecimal of timestamp, full stop and body).

use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::hmac;
use http::StatusCode;
use reqwest::{Client, Url, redirect};
use serde_json::json;

use super::outbox::{Channel, Outbox};
use super::{Message, OutsideError};
use crate::clock::Clock;
use crate::hex::to_hex;

/// The gateway of an operator.
#[derive(Clone)]
pub struct SmsGateway {
    /// https, or http on the same machine.
    pub address: String,
    pub secret: Vec<u8>,
    pub timeout: Duration,
}

/// Cheap to clone.
#[derive(Clone)]
pub enum Sms {
    Recorded(Outbox),
    Http(Arc<Gateway>),
}

pub struct Gateway {
    client: Client,
    address: Url,
    key: hmac::Key,
    clock: Clock,
}

impl Sms {
    pub fn http(gateway: &SmsGateway, clock: Clock) -> Result<Sms, OutsideError> {
        let never = |reason: &str| OutsideError::Never(format!("the gateway: {reason}"));
        let address = Url::parse(&gateway.address).map_err(|_| never("not an address"))?;
        let here = matches!(address.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        if address.scheme() != "https" && !(here && address.scheme() == "http") {
            return Err(never("texts for people travel by https only"));
        }
        let client = Client::builder()
            .timeout(gateway.timeout)
            // A redirect would carry a person's number to where nobody decided it should go.
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| never(&error.to_string()))?;
        let key = hmac::Key::new(hmac::HMAC_SHA256, &gateway.secret);
        Ok(Sms::Http(Arc::new(Gateway { client, address, key, clock })))
    }

    pub async fn send(&self, message: Message) -> Result<(), OutsideError> {
        match self {
            Sms::Recorded(outbox) => outbox.keep(Channel::Sms, &message).await,
            Sms::Http(gateway) => gateway.send(&message).await,
        }
    }
}

impl Gateway {
    async fn send(&self, message: &Message) -> Result<(), OutsideError> {
        let body =
            json!({ "key": message.key, "to": message.to, "text": message.text }).to_string();
        let timestamp = self.clock.now().as_second();
        let answer = self
            .client
            .post(self.address.clone())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", &message.key)
            .header("X-Timestamp", timestamp)
            .header("X-Signature", self.signature(timestamp, &body))
            .body(body)
            .send()
            .await
            .map_err(|error| OutsideError::NotNow(failure(&error)))?;
        judged(answer.status())
    }

    fn signature(&self, timestamp: i64, body: &str) -> String {
        let signed = hmac::sign(&self.key, format!("{timestamp}.{body}").as_bytes());
        let digits = to_hex(signed.as_ref());
        format!("sha256={digits}")
    }
}

fn judged(status: StatusCode) -> Result<(), OutsideError> {
    let told = format!("the gateway answered {}", status.as_u16());
    match status {
        // 409: it has this key already.
        StatusCode::CONFLICT => Ok(()),
        status if status.is_success() => Ok(()),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
            Err(OutsideError::NotNow(told))
        }
        // A wrong secret is mended by the operator, and then the message should go.
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(OutsideError::NotNow(told)),
        status if status.is_server_error() => Err(OutsideError::NotNow(told)),
        status if status.is_redirection() => {
            Err(OutsideError::NotNow(format!("{told}, which is not followed")))
        }
        _ => Err(OutsideError::Never(told)),
    }
}

/// Without the address, which may hold a key.
fn failure(error: &reqwest::Error) -> String {
    let kind = if error.is_timeout() {
        "timeout"
    } else if error.is_connect() {
        "no connection"
    } else {
        "broken off"
    };
    format!("the gateway: {kind}")
}
