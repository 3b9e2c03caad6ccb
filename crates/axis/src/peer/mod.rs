//! The client that speaks to another axis as the official kit does, but takes nothing for a success
//! that does not say it is one.
//!
//! It goes where the operator sent it and nowhere else: no redirect is followed. Packets are
//! streamed in both directions; only answers are held, and they are bounded.

mod base64_answer;
mod fault;

use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{Stream, StreamExt, TryStreamExt};
use jiff::Timestamp;
use platform::fold::fold;
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use reqwest::{Method, RequestBuilder, Response, Url, redirect};
use wire::vxp::answer::{Agency, ReceivedRow};
use wire::vxp::{Answer, Call, MessageType, Operation, TransportStatus};
use zeroize::Zeroizing;

use base64_answer::Base64Answer;
pub use fault::PeerFault;

const PATIENCE_TO_CONNECT: Duration = Duration::from_secs(10);
/// Between two pieces of an answer, and for its beginning.
const PATIENCE_TO_READ: Duration = Duration::from_secs(120);
const ANSWER_BYTES_MAX: usize = 64 << 20;
/// Behind the packet, which its hash does not know of.
const LINE_END: &[u8] = b"\r\n";

/// Bytes of a packet on their way.
pub type Bytestream = BoxStream<'static, Result<Bytes, PeerFault>>;

/// Another axis, and who we are there.
pub struct Peer {
    http: reqwest::Client,
    address: String,
    system_id: String,
    secret: Zeroizing<Vec<u8>>,
}

/// A packet to be sent.
pub struct Parcel<'a> {
    pub kind: MessageType,
    pub from: &'a str,
    /// None: those named in the packet.
    pub to: &'a [String],
    pub sha256: &'a [u8],
    pub size_bytes: u64,
}

/// What the other axis said when it took a packet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub doc_id: String,
    /// It may have taken it and remarked upon a receiver.
    pub remark: String,
}

impl Peer {
    pub fn new(
        address: &str,
        system_id: &str,
        secret: Zeroizing<Vec<u8>>,
    ) -> Result<Peer, PeerFault> {
        let http = reqwest::Client::builder()
            .connect_timeout(PATIENCE_TO_CONNECT)
            .read_timeout(PATIENCE_TO_READ)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| PeerFault::Unreachable(error.to_string()))?;
        let (address, system_id) = (address.to_owned(), system_id.to_owned());
        Ok(Peer { http, address, system_id, secret })
    }

    /// What has come in of one kind, in the order of the other axis.
    pub async fn received(
        &self,
        kind: MessageType,
        now: Timestamp,
    ) -> Result<Vec<ReceivedRow>, PeerFault> {
        self.ask(&Call::received(kind), now).await?.rows().map_err(PeerFault::nonsense)
    }

    pub async fn agencies(&self, now: Timestamp) -> Result<Vec<Agency>, PeerFault> {
        let call = Call::new(Operation::GetAgenciesList);
        self.ask(&call, now).await?.rows().map_err(PeerFault::nonsense)
    }

    /// Says how a packet ended here.
    pub async fn update(
        &self,
        (doc_id, status): (&str, TransportStatus),
        reason: &str,
        now: Timestamp,
    ) -> Result<(), PeerFault> {
        let call = Call::update(doc_id, status);
        let call =
            if reason.is_empty() { call } else { call.parameter("description", one_line(reason)) };
        self.ask(&call, now).await.map(drop)
    }

    /// The bytes of a packet as they lie there. An older axis does not stream them and gives them
    /// in base64.
    pub async fn fetch(&self, doc_id: &str, now: Timestamp) -> Result<Bytestream, PeerFault> {
        let call = Call::fetch(Operation::DownloadEdoc, doc_id);
        match self.send(self.request(&call, now)).await {
            Ok(response) if is_stream(&response) => {
                Ok(response.bytes_stream().map_err(|error| PeerFault::of(&error)).boxed())
            }
            Ok(response) => {
                let answer = whole(response).await?;
                // Whatever this is, it is no packet; a refusal says so itself.
                match Answer::read(&answer) {
                    Ok(Answer::Failed { code, reason }) => Err(PeerFault::refused(&code, &reason)),
                    _ => self.fetch_in_base64(doc_id, now).await,
                }
            }
            Err(PeerFault::NoSuchOperation) => self.fetch_in_base64(doc_id, now).await,
            Err(fault) => Err(fault),
        }
    }

    async fn fetch_in_base64(&self, doc_id: &str, now: Timestamp) -> Result<Bytestream, PeerFault> {
        let call = Call::fetch(Operation::GetEdoc, doc_id);
        let response = self.send(self.request(&call, now)).await?;
        let pieces = response.bytes_stream().map_err(|error| PeerFault::of(&error)).boxed();
        Ok(Base64Answer::new(pieces).stream())
    }

    /// Hands over a packet. Only an answer that says OK and gives it a name is a success.
    pub async fn hand_over<S>(
        &self,
        parcel: &Parcel<'_>,
        content: S,
        now: Timestamp,
    ) -> Result<Taken, PeerFault>
    where
        S: Stream<Item = std::io::Result<Bytes>> + Send + 'static,
    {
        let call = Call::send(parcel.kind, parcel.from, parcel.to, parcel.sha256);
        let end = futures_util::stream::iter([Ok(Bytes::from_static(LINE_END))]);
        let length = parcel.size_bytes + LINE_END.len() as u64;
        let request = self.request(&call, now).header(CONTENT_LENGTH, length);
        let body = reqwest::Body::wrap_stream(content.chain(end));
        let answer = read(self.send(request.body(body)).await?).await?;
        let doc_id = answer.doc_id();
        let doc_id = doc_id.ok_or_else(|| PeerFault::Nonsense("OK without DocId".to_owned()))?;
        Ok(Taken { doc_id, remark: remark(&answer) })
    }

    async fn ask(&self, call: &Call, now: Timestamp) -> Result<Answer, PeerFault> {
        let request = self.request(call, now);
        let request = match call.operation.method() {
            "POST" => request.body("{}"),
            _ => request,
        };
        read(self.send(request).await?).await
    }

    fn request(&self, call: &Call, now: Timestamp) -> RequestBuilder {
        let method = if call.operation.method() == "GET" { Method::GET } else { Method::POST };
        let place = format!("{}/{}", self.address, call.operation.name());
        let headers = call.headers(&self.system_id, &self.secret, now);
        headers.into_iter().fold(self.http.request(method, place), |request, (name, value)| {
            request.header(name, value)
        })
    }

    async fn send(&self, request: RequestBuilder) -> Result<Response, PeerFault> {
        let response = request.send().await.map_err(|error| PeerFault::of(&error))?;
        PeerFault::of_status(response.status()).map_or(Ok(response), Err)
    }
}

/// An address that the operator may name: https, or http where the machine or its network is
/// trusted; without a slash at its end.
pub fn read_address(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    url.host_str()?;
    let bare = url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    let spoken = matches!(url.scheme(), "https" | "http");
    (spoken && bare).then(|| url.as_str().trim_end_matches('/').to_owned())
}

/// Whether the bytes of a packet follow, and their end can be told from a broken line.
fn is_stream(response: &Response) -> bool {
    let headers = response.headers();
    let media = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let is_bounded = response.version() >= reqwest::Version::HTTP_2
        || headers.contains_key(CONTENT_LENGTH)
        || headers.contains_key(TRANSFER_ENCODING);
    is_bounded && !media.to_ascii_lowercase().contains("json")
}

async fn read(response: Response) -> Result<Answer, PeerFault> {
    match Answer::read(&whole(response).await?).map_err(PeerFault::nonsense)? {
        Answer::Failed { code, reason } => Err(PeerFault::refused(&code, &reason)),
        done => Ok(done),
    }
}

async fn whole(mut response: Response) -> Result<Vec<u8>, PeerFault> {
    let mut bytes = Vec::new();
    while let Some(more) = response.chunk().await.map_err(|error| PeerFault::of(&error))? {
        bytes.extend_from_slice(&more);
        if bytes.len() > ANSWER_BYTES_MAX {
            return Err(PeerFault::Nonsense("the answer is too long".to_owned()));
        }
    }
    Ok(bytes)
}

fn remark(answer: &Answer) -> String {
    let Answer::Done { beside, .. } = answer else { return String::new() };
    let said = beside.get("ErrorDesc").and_then(|value| value.as_str());
    said.unwrap_or_default().trim().to_owned()
}

/// A header is one line of letters that every server reads: of a Vietnamese sentence, its letters
/// without their marks.
fn one_line(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars().take(400) {
        match letter {
            ' '..='~' => out.push(letter),
            letter if letter.is_uppercase() => {
                out.push_str(&fold(letter.encode_utf8(&mut [0; 4])).to_ascii_uppercase());
            }
            letter if letter.is_alphabetic() => {
                out.push_str(&fold(letter.encode_utf8(&mut [0; 4])));
            }
            _ => out.push(' '),
        }
    }
    out.retain(|letter| matches!(letter, ' '..='~'));
    out
}
