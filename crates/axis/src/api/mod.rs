//! The API of the axis, as the official Java kit (2.0.x) speaks it: thirteen operations, everything
//! but the packet in headers, HTTP 200 with `OK` or `FAIL` for all that the scheme understands.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6, art. 10, art. 13

pub(crate) mod catalogue;
mod described;
pub(crate) mod keys;
pub(crate) mod lists;
pub(crate) mod packets;
mod parameters;
pub(crate) mod stream;
pub(crate) mod wait;

use std::net::IpAddr;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use futures_util::StreamExt;
use http::{HeaderMap, header};
use platform::Ctx;
use platform::web::{Problem, Reply, View};
use wire::vxp::{Answer, ProofFault};

pub use described::OpenApi;

use crate::commands::{Handover, Reception};
use crate::refusal::Refusal;
use crate::secrets::{Door, Known};

/// What comes with an operation that takes no packet: `{}`, or the lines of an agency.
const SMALL_BODY_BYTES: usize = 64 << 10;
/// So much of a body is read to its end for a caller who did not prove itself: many write all of
/// it before they look at the answer.
const STRANGERS_BODY_BYTES: u64 = 1 << 20;
const STRANGERS_PATIENCE: Duration = Duration::from_secs(10);

const JSON: &str = "application/json; charset=utf-8";

/// A request of the kit, nothing of it proved yet.
pub(crate) struct Call {
    pub ctx: Ctx,
    door: Door,
    address: IpAddr,
    request: Result<wire::vxp::Request, ProofFault>,
    /// The caller waits for our word before it sends the body.
    asks_first: bool,
    body: Option<Body>,
    is_known: bool,
}

impl FromRequest<Ctx> for Call {
    type Rejection = Problem;

    async fn from_request(request: Request, ctx: &Ctx) -> Result<Call, Problem> {
        let (parts, body) = request.into_parts();
        let known = (parts.extensions.get::<View>(), parts.extensions.get::<Door>());
        let (Some(view), Some(door)) = known else {
            return Err(Problem::broken("the axis has no door"));
        };
        let all = texts(&parts.headers);
        let all = all.iter().map(|(name, value)| (*name, value.as_str()));
        Ok(Call {
            ctx: ctx.clone(),
            door: door.clone(),
            address: view.address(),
            request: wire::vxp::Request::collect(all),
            asks_first: parts.headers.contains_key(header::EXPECT),
            body: Some(body),
            is_known: false,
        })
    }
}

impl Call {
    /// Who asks; everything after this may be believed.
    pub async fn known(&mut self) -> Result<Known, Refusal> {
        let request = self.request.as_ref().map_err(|fault| Refusal::from(fault.clone()))?;
        let known = self.door.prove(&self.ctx, request, self.address).await?;
        self.is_known = true;
        Ok(known)
    }

    pub fn reception(&self) -> &Reception {
        self.door.reception()
    }

    pub fn handover(&self) -> &Handover {
        self.door.handover()
    }

    /// As of this moment.
    pub async fn packet_bytes_max(&mut self) -> Result<u64, Refusal> {
        let settings = self.door.settings(&self.ctx, self.ctx.clock.now()).await?;
        Ok(settings.packet_bytes_max)
    }

    /// The body, once.
    pub fn take_body(&mut self) -> Body {
        self.body.take().unwrap_or_default()
    }

    /// The body of an operation that takes no packet.
    pub async fn small_body(&mut self) -> Result<Bytes, Refusal> {
        let read = to_bytes(self.take_body(), SMALL_BODY_BYTES).await;
        read.map_err(|error| Refusal::Interrupted(error.to_string()))
    }

    /// The answer in the form of the kit.
    pub async fn tell(mut self, outcome: Result<Answer, Refusal>) -> Reply {
        self.read_on().await;
        let answer = match outcome {
            Ok(answer) => answer,
            Err(refusal) => self.refused(&refusal),
        };
        Reply::text(JSON, answer.to_json())
    }

    fn refused(&self, refusal: &Refusal) -> Answer {
        if refusal.is_passing() {
            tracing::warn!(%refusal, "the axis could not do what it was asked");
        }
        Answer::failed(refusal.code(), refusal.both(&self.ctx))
    }

    /// Reads what the caller is still writing: one who is cut off in the middle never sees why.
    async fn read_on(&mut self) {
        let Some(body) = self.body.take() else { return };
        if self.is_known {
            drain(body, u64::MAX).await;
        } else if !self.asks_first {
            let patience = drain(body, STRANGERS_BODY_BYTES);
            // Whoever takes longer has to do without the answer.
            let _ = tokio::time::timeout(STRANGERS_PATIENCE, patience).await;
        }
    }
}

/// The site around holds the pace, and the end of all patience.
async fn drain(body: Body, limit_bytes: u64) {
    let mut pieces = body.into_data_stream();
    let mut read_bytes: u64 = 0;
    while let Some(Ok(piece)) = pieces.next().await {
        read_bytes += piece.len() as u64;
        if read_bytes > limit_bytes {
            return;
        }
    }
}

/// Names and values. A value that is no UTF-8 was written by a kit that knows only Latin 1.
fn texts(headers: &HeaderMap) -> Vec<(&str, String)> {
    let text = |bytes: &[u8]| match str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().copied().map(char::from).collect(),
    };
    headers.iter().map(|(name, value)| (name.as_str(), text(value.as_bytes()))).collect()
}
