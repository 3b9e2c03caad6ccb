//! Packets on their way in and out, and what a system says about how far it has one.

use std::io;

use axum::body::{Body, BodyDataStream};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::stream::{self, BoxStream};
use futures_util::{Stream, StreamExt};
use http::{HeaderValue, header};
use platform::Ctx;
use platform::web::Reply;
use platform::words::{Locale, Word as Said};
use serde_json::Value;
use uuid::Uuid;
use wire::vxp::{Answer, MessageType, TransportStatus};

use super::parameters::{status, text};
use super::{Call, JSON};
use crate::commands::{Accepted, Handover, Outgoing, Sender, Word};
use crate::refusal::Refusal;
use crate::secrets::Known;
use crate::shelf::{self, Intake, Opened};
use crate::system::SystemId;
use crate::system_fault::SystemRefusal;

pub(crate) async fn send(mut call: Call) -> Reply {
    let sent = taken_in(&mut call).await;
    call.tell(sent).await
}

/// In base64, inside an answer like all others.
pub(crate) async fn get(mut call: Call) -> Response {
    match opened(&mut call).await {
        Ok(found) => in_base64(found),
        Err(refusal) => call.tell(Err(refusal)).await.into_response(),
    }
}

/// As it is.
pub(crate) async fn download(mut call: Call) -> Response {
    match opened(&mut call).await {
        Ok(found) => as_it_is(found),
        Err(refusal) => call.tell(Err(refusal)).await.into_response(),
    }
}

pub(crate) async fn update(mut call: Call) -> Reply {
    let updated = updated(&mut call).await;
    call.tell(updated).await
}

async fn taken_in(call: &mut Call) -> Result<Answer, Refusal> {
    let Known { system, said } = call.known().await?;
    let missing = |name| SystemRefusal::ParameterMissing { name };
    let kind = text(&said, "messagetype").ok_or(missing("messagetype"))?;
    let kind = MessageType::read(kind).ok_or(SystemRefusal::Parameter { name: "messagetype" })?;
    let hash_file = text(&said, "hash-file").ok_or(missing("hash-file"))?;
    let to = said.recipients().map_err(Refusal::from)?;
    let intake = Intake {
        packet_bytes_max: call.packet_bytes_max().await?,
        hash_file: Some(hash_file.to_owned()),
        kind: Some(kind.into()),
    };
    let mut body = Borrowed(call.take_body().into_data_stream());
    let shelved = shelf::shelve(&call.ctx, &mut body, &intake).await;
    // What was not read stays to be read on.
    call.body = Some(Body::from_stream(body.0));
    let shelved = shelved?;
    let reception = call.reception();
    let sender = Sender::System(system);
    let accepted = reception.receive(&call.ctx, &sender, &shelved, to.as_deref()).await?;
    Ok(answer(&call.ctx, accepted))
}

/// The name of the packet, its signed receipt beside it, and who of the recipients is not known.
fn answer(ctx: &Ctx, accepted: Accepted) -> Answer {
    let answer = Answer::accepted(&accepted.packet.to_string());
    let Answer::Done { data, mut beside } = answer else { return answer };
    beside.insert("receipt".to_owned(), Value::from(accepted.receipt));
    if !accepted.stranded.is_empty() {
        let codes = [("codes", Said::from(accepted.stranded.join(", ")))];
        let words = |locale| ctx.words.speak(locale).with("axis-answer-stranded", &codes);
        let both = format!("{} / {}", words(Locale::Vi), words(Locale::En));
        beside.insert("ErrorDesc".to_owned(), Value::from(both));
    }
    Answer::Done { data, beside }
}

/// A body that is left where it was when somebody stops reading it.
struct Borrowed(BodyDataStream);

impl Stream for Borrowed {
    type Item = Result<Bytes, axum::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0.poll_next_unpin(cx)
    }
}

/// What is fetched: the bytes, for whom, and where to say that they are out.
struct Fetched {
    ctx: Ctx,
    opened: Opened,
    outgoing: Outgoing,
    system: SystemId,
    handover: Handover,
}

async fn opened(call: &mut Call) -> Result<Fetched, Refusal> {
    let Known { system, said } = call.known().await?;
    call.small_body().await?;
    let id = doc_id(&said, "docId")?;
    let (ctx, handover) = (call.ctx.clone(), call.handover().clone());
    let outgoing = handover.begin(&ctx, &system, id).await?;
    let opened = shelf::open(&ctx, outgoing.packet).await?;
    Ok(Fetched { ctx, opened, outgoing, system, handover })
}

fn doc_id(said: &wire::vxp::Proved, name: &str) -> Result<Uuid, Refusal> {
    let doc_id = text(said, name).ok_or(SystemRefusal::ParameterMissing { name: "docId" })?;
    Uuid::try_parse(doc_id).map_err(|_| Refusal::Nothing)
}

/// `{"status":"OK",…,"data":"` the packet in base64 `"}`, never whole in memory.
fn in_base64(found: Fetched) -> Response {
    const MARK: &str = "@";
    let frame = Answer::packet(MARK.to_owned()).to_json();
    let (head, tail) = frame.rsplit_once(MARK).unwrap_or((&frame, ""));
    let (head, tail) = (Bytes::from(head.to_owned()), Bytes::from(tail.to_owned()));
    let pieces =
        stream::iter([Ok(head)])
            .chain(encoded(told(found)))
            .chain(stream::iter([Ok::<_, io::Error>(tail)]));
    let mut response = Response::new(Body::from_stream(pieces));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(JSON));
    response
}

fn as_it_is(found: Fetched) -> Response {
    let name = format!("attachment; filename=\"{}.edxml\"", found.outgoing.packet);
    let mut response = Response::new(Body::from_stream(told(found)));
    let headers = response.headers_mut();
    let media = HeaderValue::from_static("application/octet-stream");
    headers.insert(header::CONTENT_TYPE, media);
    if let Ok(name) = HeaderValue::try_from(name) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    response
}

/// The bytes; and once the last of them is out, the axis knows that they were fetched. The length
/// is not said before, so that the answer ends only after that is on the disk.
fn told(found: Fetched) -> BoxStream<'static, io::Result<Bytes>> {
    let Fetched { ctx, opened, outgoing, system, handover } = found;
    let last = stream::once(async move {
        // Whoever looks at what it sent itself has nothing to acknowledge.
        if !outgoing.deliveries.is_empty()
            && let Err(error) = handover.end(&ctx, &system, outgoing).await
        {
            // The receiver has the bytes: this is for the log, not for it.
            tracing::warn!(%error, "that a packet was fetched is not written down");
        }
        None
    });
    let bytes = opened.body.map(Some).chain(last);
    bytes.filter_map(|piece| async move { piece }).boxed()
}

struct Encoding {
    source: BoxStream<'static, io::Result<Bytes>>,
    /// One or two bytes that wait for a third.
    held: Vec<u8>,
    is_over: bool,
}

/// The same in base64, piece by piece.
fn encoded(source: BoxStream<'static, io::Result<Bytes>>) -> BoxStream<'static, io::Result<Bytes>> {
    let begun = Encoding { source, held: Vec::new(), is_over: false };
    stream::try_unfold(begun, |mut state| async move {
        if state.is_over {
            return Ok(None);
        }
        let mut piece = std::mem::take(&mut state.held);
        match state.source.next().await.transpose()? {
            Some(bytes) => {
                piece.extend_from_slice(&bytes);
                state.held = piece.split_off(piece.len() - piece.len() % 3);
            }
            None => state.is_over = true,
        }
        Ok(Some((Bytes::from(STANDARD.encode(piece)), state)))
    })
    .boxed()
}

async fn updated(call: &mut Call) -> Result<Answer, Refusal> {
    let Known { system, said } = call.known().await?;
    call.small_body().await?;
    // Whoever writes it in small letters here has the other left from fetching.
    let id = doc_id(&said, "docid")?;
    let status = status(&said)?.ok_or(SystemRefusal::ParameterMissing { name: "status" })?;
    // Back to the beginning is nothing that a receiver can say.
    if status == TransportStatus::Initial {
        return Err(SystemRefusal::Parameter { name: "status" }.into());
    }
    let description = text(&said, "description").unwrap_or_default().to_owned();
    let word = Word { status, description, by: system.to_string() };
    call.handover().take_word(&call.ctx, (&system, id), word).await?;
    Ok(Answer::done())
}
