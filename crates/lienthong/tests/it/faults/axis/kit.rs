//! A system of an agency: hands in and fetches, and remembers what was acknowledged.

use std::collections::BTreeMap;
use std::time::Duration;

use platform::clock::Clock;
use platform::hex::to_hex;
use reqwest::Method;
use wire::algorithm::Digest;
use wire::edxml::packet::{Code, DocumentType, Promulgation, Staff};
use wire::edxml::write::write;
use wire::edxml::{
    Document, NewAttachment, Organisation, Packet, PacketDate, PacketTime, ResponseFor, Status,
    StatusCode,
};
use wire::vxp::answer::ReceivedRow;
use wire::vxp::{Answer, Call, MessageType, Operation, TransportStatus};

use super::SECRET;

const PATIENCE: Duration = Duration::from_secs(20);

pub struct Kit {
    http: reqwest::Client,
    pub address: String,
    pub system: String,
    pub code: String,
    /// What was fetched: the docIds under which a packet came, by its SHA-256.
    pub fetched: BTreeMap<String, Vec<String>>,
}

impl Kit {
    pub fn new(address: &str, system: &str, code: &str) -> Kit {
        Kit {
            http: reqwest::Client::builder().timeout(PATIENCE).build().unwrap(),
            address: address.to_owned(),
            system: system.to_owned(),
            code: code.to_owned(),
            fetched: BTreeMap::new(),
        }
    }

    /// The docId when it was acknowledged, what was said when it was refused; `None`: no answer.
    pub async fn send(&self, kind: MessageType, packet: &[u8]) -> Option<Result<String, String>> {
        let call = Call::send(kind, &self.code, &[], &Digest::Sha256.of(packet));
        let answer = self.ask(&call, [packet, b"\r\n"].concat()).await?;
        match Answer::read(&answer) {
            Ok(answer @ Answer::Done { .. }) => Some(Ok(answer.doc_id().expect("a docId"))),
            Ok(Answer::Failed { code, reason }) => Some(Err(format!("{code} {reason}"))),
            // Refused before anybody read it: the server is ending, or its disk is full.
            Err(_) => Some(Err(String::from_utf8_lossy(&answer).into_owned())),
        }
    }

    /// What waits; `None`: no answer.
    pub async fn list(&self, kind: MessageType) -> Option<Vec<ReceivedRow>> {
        let answer = self.ask(&Call::received(kind), b"{}".to_vec()).await?;
        Answer::read(&answer).ok()?.rows().ok()
    }

    /// Fetches and acknowledges what waits; answers with the packets that were new.
    pub async fn fetch(&mut self, kind: MessageType) -> Vec<Vec<u8>> {
        let mut new = Vec::new();
        for row in self.list(kind).await.unwrap_or_default() {
            let call = Call::fetch(Operation::DownloadEdoc, &row.doc_id);
            let Some(packet) = self.ask(&call, Vec::new()).await else { break };
            if !packet.starts_with(b"<?xml") {
                break;
            }
            let names = self.fetched.entry(sha256(&packet)).or_default();
            if !names.contains(&row.doc_id) {
                names.push(row.doc_id.clone());
                new.push(packet);
            }
            self.ask(&Call::update(&row.doc_id, TransportStatus::Done), b"{}".to_vec()).await;
        }
        new
    }

    async fn ask(&self, call: &Call, body: Vec<u8>) -> Option<Vec<u8>> {
        let method = Method::from_bytes(call.operation.method().as_bytes()).unwrap();
        let place = format!("{}/axis/{}", self.address, call.operation.name());
        let headers = call.headers(&self.system, SECRET.as_bytes(), Clock::System.now());
        let request =
            headers.into_iter().fold(self.http.request(method, place), |request, (name, value)| {
                request.header(name, value)
            });
        let response = request.body(body).send().await.ok()?;
        response.bytes().await.ok().map(|bytes| bytes.to_vec())
    }
}

pub fn sha256(packet: &[u8]) -> String {
    to_hex(&Digest::Sha256.of(packet))
}

pub fn document_id(from: &str, number: u64) -> String {
    format!("{from},2026/11/23,{number}/THU")
}

/// A letter with an attachment of so many bytes.
pub fn document((from, to): (&str, &[String]), number: u64, size_bytes: usize) -> Vec<u8> {
    let document = Document {
        from: organisation(from),
        to: to.iter().map(|code| organisation(code)).collect(),
        document_id: document_id(from, number),
        code: Code { number: "1".to_owned(), notation: "THU".to_owned() },
        promulgation: Promulgation {
            place: "Huế".to_owned(),
            date: PacketDate::received("2026/11/23"),
        },
        document_type: DocumentType { name: "Công văn".to_owned(), ..DocumentType::default() },
        subject: "Về việc thử lỗi của trục".to_owned(),
        ..Document::default()
    };
    let head = NewAttachment {
        content_id: "cid:1".to_owned(),
        attachment_name: "thu.pdf".to_owned(),
        description: String::new(),
        content_type: "application/pdf".to_owned(),
    };
    let content: Vec<u8> = (0..size_bytes).map(|at| ((at as u64 + number) % 251) as u8).collect();
    write(&Packet::Document(Box::new(document)), &[(head, &content)]).unwrap()
}

/// What the recipient says about a document of `about` with this number.
pub fn status((from, about): (&str, &str), number: u64, code: StatusCode) -> Vec<u8> {
    status_about(from, (about, &document_id(about, number)), code)
}

pub fn status_about(from: &str, (about, document_id): (&str, &str), code: StatusCode) -> Vec<u8> {
    let status = Status {
        from: organisation(from),
        response_for: ResponseFor {
            organ_id: about.to_owned(),
            code: "1/THU".to_owned(),
            document_id: document_id.to_owned(),
            promulgation_date: PacketDate::received("2026/11/23"),
        },
        staff: Staff::default(),
        status_code: code,
        description: "Văn thư đã xem".to_owned(),
        timestamp: PacketTime::received("2026/11/23 09:30:00"),
    };
    write(&Packet::Status(Box::new(status)), &[]).unwrap()
}

/// The first element of this name in a packet.
pub fn text_of(packet: &[u8], name: &str) -> String {
    let text = String::from_utf8_lossy(packet);
    let from = text.split_once(&format!("<edXML:{name}>")).expect("the element").1;
    from.split('<').next().unwrap().to_owned()
}

fn organisation(code: &str) -> Organisation {
    Organisation {
        organ_id: code.to_owned(),
        organ_name: format!("Cơ quan {code}"),
        ..Organisation::default()
    }
}
