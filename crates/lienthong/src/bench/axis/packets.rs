//! Packets to measure with: documents of a given size that differ in their DocumentId, and the
//! statuses that answer them.

use anyhow::{Context, Result};
use wire::algorithm::Digest;
use wire::edxml::packet::{Code, DocumentType, OtherInfo, Promulgation, Signer};
use wire::edxml::write::write;
use wire::edxml::{
    Document, NewAttachment, Organisation, Packet, PacketDate, PacketTime, ResponseFor, Status,
    StatusCode,
};

use super::signer::Pen;

/// Stands for the number of a document until it has one; nothing else in a packet looks like it.
const BLANK: &str = "0000000000";
const DAY: &str = "2026/11/23";
const NOTATION: &str = "UBND-DO";

/// One packet of many: made once, and copied with another number each time.
pub struct Mould {
    bytes: Vec<u8>,
    /// Where the number of the document stands.
    places: Vec<usize>,
}

impl Mould {
    /// A document of about so many bytes in all.
    pub fn document(from: &str, to: &[String], size_bytes: usize) -> Result<Mould> {
        let packet = Packet::Document(Box::new(document(from, to)));
        let bare = with_attachment(&packet, b"")?.len();
        // Base64 makes four letters of three bytes.
        let content = noise(size_bytes.saturating_sub(bare) / 4 * 3);
        Mould::of(with_attachment(&packet, &content)?)
    }

    fn of(bytes: Vec<u8>) -> Result<Mould> {
        let blank = BLANK.as_bytes();
        // The header stands before the content, which never looks like it.
        let head = &bytes[..bytes.len().min(64 << 10)];
        let ends = head.windows(blank.len()).enumerate().filter(|(_, window)| *window == blank);
        let places: Vec<usize> = ends.map(|(at, _)| at).collect();
        places.first().context("the packet has no place for its number")?;
        Ok(Mould { bytes, places })
    }

    /// The packet of this number, and its SHA-256.
    pub fn cast(&self, number: u64) -> (Vec<u8>, Vec<u8>) {
        let mut bytes = self.bytes.clone();
        let digits = format!("{number:0width$}", width = BLANK.len());
        for at in &self.places {
            bytes[*at..*at + BLANK.len()].copy_from_slice(digits.as_bytes());
        }
        let sha256 = Digest::Sha256.of(&bytes);
        (bytes, sha256)
    }

    pub fn size_bytes(&self) -> usize {
        self.bytes.len()
    }
}

/// The packet of this number, signed where somebody signs, and its SHA-256.
pub fn cast(mould: &Mould, pen: Option<&Pen>, number: u64) -> Result<(Vec<u8>, Vec<u8>)> {
    let (packet, sha256) = mould.cast(number);
    match pen {
        Some(pen) => pen.sign(&packet),
        None => Ok((packet, sha256)),
    }
}

/// "Đã tiếp nhận", said by the recipient about what it fetched, and its SHA-256.
pub fn status(from: &str, document: &[u8], code: StatusCode) -> Result<(Vec<u8>, Vec<u8>)> {
    let status = Status {
        from: organisation(from),
        response_for: ResponseFor {
            organ_id: text_of(document, "OrganId")?,
            code: format!("1/{NOTATION}"),
            document_id: text_of(document, "DocumentId")?,
            promulgation_date: PacketDate::received(DAY),
        },
        staff: wire::edxml::packet::Staff::default(),
        status_code: code,
        description: String::new(),
        timestamp: PacketTime::received("2026/11/23 09:00:00"),
    };
    let bytes = write(&Packet::Status(Box::new(status)), &[])?;
    let sha256 = Digest::Sha256.of(&bytes);
    Ok((bytes, sha256))
}

/// The first element of this name in a packet of ours, which begins with its sender.
fn text_of(packet: &[u8], name: &str) -> Result<String> {
    let head = String::from_utf8_lossy(&packet[..packet.len().min(64 << 10)]).into_owned();
    let from = head.split_once(&format!("<edXML:{name}>")).context("no such element")?.1;
    Ok(from.split_once('<').context("an element without an end")?.0.to_owned())
}

fn with_attachment(packet: &Packet, content: &[u8]) -> Result<Vec<u8>> {
    let head = NewAttachment {
        content_id: "cid:1".to_owned(),
        attachment_name: "cong-van.pdf".to_owned(),
        description: "cong-van.pdf".to_owned(),
        content_type: "application/pdf".to_owned(),
    };
    Ok(write(packet, &[(head, content)])?)
}

fn document(from: &str, to: &[String]) -> Document {
    Document {
        from: organisation(from),
        to: to.iter().map(|code| organisation(code)).collect(),
        document_id: format!("{from},{DAY},{BLANK}/{NOTATION}"),
        code: Code { number: "1".to_owned(), notation: NOTATION.to_owned() },
        promulgation: Promulgation {
            place: "Hà Nội".to_owned(), date: PacketDate::received(DAY)
        },
        document_type: DocumentType {
            kind: "1".to_owned(),
            detail: String::new(),
            name: "Công văn".to_owned(),
        },
        subject: "Về việc đo tốc độ của trục liên thông văn bản".to_owned(),
        signer: Signer {
            competence: "KT.".to_owned(),
            position: "Phó Chủ tịch".to_owned(),
            full_name: "Nguyễn Văn Đo".to_owned(),
        },
        other: OtherInfo { priority: "0".to_owned(), ..OtherInfo::default() },
        ..Document::default()
    }
}

fn organisation(code: &str) -> Organisation {
    Organisation {
        organ_id: code.to_owned(),
        organ_name: format!("Cơ quan {code}"),
        ..Organisation::default()
    }
}

/// A PDF that nothing can be pressed out of; the same in every run.
fn noise(count: usize) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    while bytes.len() < count {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(count);
    bytes
}
