//! A ministry's own system at the axis: it speaks the national API over the axis' listener as the
//! official kit does, and knows nothing of this program but its address, its name and its secret.

use anyhow::{Context, Result, anyhow, bail, ensure};
use jiff::Timestamp;
use platform::clock::{self, Clock};
use reqwest::{Method, Response};
use wire::algorithm::Digest;
use wire::edxml::{
    self, Event, Limits, NewAttachment, Packet, PacketDate, PacketTime, Reader, StatusCode, packet,
};
use wire::vxp::answer::ReceivedRow;
use wire::vxp::{Answer, Call, MessageType, Operation, TransportStatus};

/// Who it is.
#[derive(Clone, Copy)]
pub struct Ministry {
    pub code: &'static str,
    pub name: &'static str,
    pub notation: &'static str,
    pub system_id: &'static str,
    pub secret: &'static str,
}

pub const JUSTICE: Ministry = Ministry {
    code: "G15",
    name: "Bộ Tư pháp",
    notation: "BTP-VP",
    system_id: "demo.G15",
    secret: "thu-nghiem-truc-lien-thong-G15",
};
pub const HOME_AFFAIRS: Ministry = Ministry {
    code: "G09",
    name: "Bộ Nội vụ",
    notation: "BNV-VP",
    system_id: "demo.G09",
    secret: "thu-nghiem-truc-lien-thong-G09",
};

/// Its system, switched on.
pub struct System {
    pub who: Ministry,
    http: reqwest::Client,
    axis: String,
}

/// A document that came, and what the axis calls it.
pub struct Received {
    pub doc_id: String,
    pub document: packet::Document,
    /// The first attachment, as a person opens it.
    pub file: Vec<u8>,
    /// Of the packet as it came.
    pub sha256: Vec<u8>,
}

impl System {
    pub fn new(who: Ministry, axis: &str) -> System {
        System { who, http: reqwest::Client::new(), axis: axis.to_owned() }
    }

    /// The names of the packets that wait, the oldest first.
    pub async fn waiting(&self, kind: MessageType) -> Result<Vec<ReceivedRow>> {
        let answer = self.ask(&Call::received(kind), b"{}".to_vec()).await?;
        Ok(answer.rows()?)
    }

    /// Fetches a document and tells the axis that it is here.
    pub async fn take(&self, doc_id: &str) -> Result<Received> {
        let bytes = self.packet(doc_id).await?;
        let (packet, file) = opened(&bytes)?;
        let Packet::Document(document) = packet else { bail!("{doc_id} is a status") };
        ensure!(!file.is_empty(), "{doc_id} has no attachment");
        let sha256 = Digest::Sha256.of(&bytes);
        self.ask(&Call::update(doc_id, TransportStatus::Done), b"{}".to_vec()).await?;
        Ok(Received { doc_id: doc_id.to_owned(), document: *document, file, sha256 })
    }

    /// The same of a status.
    pub async fn take_status(&self, doc_id: &str) -> Result<packet::Status> {
        let (packet, _) = opened(&self.packet(doc_id).await?)?;
        let Packet::Status(status) = packet else { bail!("{doc_id} is no status") };
        self.ask(&Call::update(doc_id, TransportStatus::Done), b"{}".to_vec()).await?;
        Ok(*status)
    }

    /// Says what became of a document; of one refused, why.
    pub async fn says(
        &self,
        received: &Received,
        (code, description): (&str, &str),
        now: Timestamp,
    ) -> Result<()> {
        let status = packet::Status {
            from: self.organisation(),
            response_for: about(&received.document),
            staff: packet::Staff::default(),
            status_code: StatusCode::read(code),
            description: description.to_owned(),
            timestamp: PacketTime::of(now),
        };
        let bytes = edxml::write::write(&Packet::Status(Box::new(status)), &[])?;
        self.send(MessageType::Status, bytes).await.map(drop)
    }

    /// Answers with a document of its own. The axis' name of it, and the receipt.
    pub async fn replies(
        &self,
        received: &Received,
        (number, subject): (&str, &str),
        now: Timestamp,
    ) -> Result<String> {
        let today = clock::local(now).date();
        let to = packet::Organisation {
            organ_id: received.document.from.organ_id.clone(),
            organ_name: received.document.from.organ_name.clone(),
            ..packet::Organisation::default()
        };
        let day = PacketDate::of(today);
        let (code, symbol) = (self.who.code, format!("{number}/{}", self.who.notation));
        let document = packet::Document {
            from: self.organisation(),
            to: vec![to],
            document_id: format!("{code},{},{symbol}", day.as_str()),
            code: packet::Code {
                number: number.to_owned(),
                notation: self.who.notation.to_owned(),
            },
            promulgation: packet::Promulgation { place: "Hà Nội".to_owned(), date: day },
            document_type: packet::DocumentType {
                kind: "1".to_owned(),
                name: "Công văn".to_owned(),
                ..packet::DocumentType::default()
            },
            subject: subject.to_owned(),
            response_for: vec![about(&received.document)],
            ..packet::Document::default()
        };
        let head = NewAttachment {
            content_id: "cid:1".to_owned(),
            attachment_name: "tra-loi.pdf".to_owned(),
            description: "tra-loi.pdf".to_owned(),
            content_type: "application/pdf".to_owned(),
        };
        let text = "BT /F1 14 Tf 60 760 Td (Cong van tra loi - ban mau cua chuong trinh) Tj ET";
        let page = super::paper::page(text);
        let packet = Packet::Document(Box::new(document));
        let bytes = edxml::write::write(&packet, &[(head, &page)])?;
        let answer = self.send(MessageType::Edoc, bytes).await?;
        answer.doc_id().context("the axis names what it took")
    }

    fn organisation(&self) -> packet::Organisation {
        packet::Organisation {
            organ_id: self.who.code.to_owned(),
            organ_name: self.who.name.to_owned(),
            ..packet::Organisation::default()
        }
    }

    async fn send(&self, kind: MessageType, packet: Vec<u8>) -> Result<Answer> {
        let call = Call::send(kind, self.who.code, &[], &Digest::Sha256.of(&packet));
        // The kit ends the packet with a line, which its hash does not cover.
        self.ask(&call, [&packet[..], b"\r\n"].concat()).await
    }

    async fn packet(&self, doc_id: &str) -> Result<Vec<u8>> {
        let call = Call::fetch(Operation::DownloadEdoc, doc_id);
        Ok(self.answered(&call, Vec::new()).await?.bytes().await?.to_vec())
    }

    async fn ask(&self, call: &Call, body: Vec<u8>) -> Result<Answer> {
        let response = self.answered(call, body).await?;
        match Answer::read(&response.bytes().await?)? {
            Answer::Failed { code, reason } => Err(anyhow!(
                "{}: {} answered {code}: {reason}",
                self.who.name,
                call.operation.name()
            )),
            done => Ok(done),
        }
    }

    async fn answered(&self, call: &Call, body: Vec<u8>) -> Result<Response> {
        let method = if call.operation.method() == "GET" { Method::GET } else { Method::POST };
        let place = format!("{}/{}", self.axis, call.operation.name());
        let secret = self.who.secret.as_bytes();
        let headers = call.headers(self.who.system_id, secret, Clock::System.now());
        let request = self.http.request(method, place).body(body);
        let request =
            headers.into_iter().fold(request, |request, (name, value)| request.header(name, value));
        let response = request.send().await?;
        ensure!(response.status().is_success(), "the axis answered {}", response.status());
        Ok(response)
    }
}

/// The document as a status or a reply names it.
fn about(document: &packet::Document) -> packet::ResponseFor {
    packet::ResponseFor {
        organ_id: document.from.organ_id.clone(),
        code: format!("{}/{}", document.code.number, document.code.notation),
        document_id: document.document_id.clone(),
        promulgation_date: document.promulgation.date.clone(),
    }
}

/// A packet, and the bytes of its first attachment.
fn opened(bytes: &[u8]) -> Result<(Packet, Vec<u8>)> {
    let mut reader = Reader::new(Limits::default());
    let (mut input, mut file) = (bytes, Vec::new());
    while let Some(event) = reader.next(&mut input)? {
        if let Event::Bytes { attachment: 0, bytes } = event {
            file.extend_from_slice(bytes);
        }
    }
    Ok((reader.finish()?.packet, file))
}
