//! Packets to test with, and what is read of them.

use crate::edxml::packet::{
    Code, DocumentType, Organisation, OtherInfo, Promulgation, Receiver, Replacement, Signer, Staff,
};
use crate::edxml::read::read;
use crate::edxml::{
    Business, BusinessKind, Document, Event, Fault, Limits, NewAttachment, Packet, PacketDate,
    PacketTime, Reader, Reading, ReceiverKind, ResponseFor, Status, StatusCode, TraceHeader,
};

pub fn organisation(organ_id: &str, organ_name: &str) -> Organisation {
    Organisation {
        organ_id: organ_id.to_owned(),
        organ_name: organ_name.to_owned(),
        ..Organisation::default()
    }
}

pub fn letter() -> Document {
    Document {
        from: Organisation {
            email: "vanthu@hue.example.vn".to_owned(),
            organization_in_charge: "Ủy ban nhân dân thành phố Huế".to_owned(),
            ..organisation("H57.18", "Văn phòng UBND thành phố Huế")
        },
        to: vec![organisation("G09", "Bộ Nội vụ"), organisation("H41", "UBND tỉnh Nghệ An")],
        document_id: "H57.18,2026/11/22,7816/VP-KSTT".to_owned(),
        code: Code { number: "7816".to_owned(), notation: "VP-KSTT".to_owned() },
        promulgation: Promulgation {
            place: "Huế".to_owned(),
            date: PacketDate::of(jiff::civil::date(2026, 11, 22)),
        },
        document_type: DocumentType {
            kind: "1".to_owned(),
            detail: "0".to_owned(),
            name: "Công văn".to_owned(),
        },
        subject: "V/v kết nối & liên thông <phần mềm> quản lý văn bản".to_owned(),
        content: "Dòng một\nDòng hai".to_owned(),
        signer: Signer {
            competence: "TL.".to_owned(),
            position: "Chánh Văn phòng".to_owned(),
            full_name: "Nguyễn Văn Thử".to_owned(),
        },
        due_date: PacketDate::of(jiff::civil::date(2026, 12, 1)),
        other: OtherInfo {
            priority: "1".to_owned(),
            page_amount: "3".to_owned(),
            direction: Some(true),
            appendixes: vec!["Phụ lục I".to_owned()],
            ..OtherInfo::default()
        },
        response_for: vec![ResponseFor {
            organ_id: "G09".to_owned(),
            code: "267/BNV".to_owned(),
            document_id: "8a0c7a52-0a3e-4c5e-9f6e-0d6a0d9b2f10".to_owned(),
            promulgation_date: PacketDate::of(jiff::civil::date(2026, 11, 2)),
        }],
        steering_type: "1".to_owned(),
        to_places: vec!["Như trên".to_owned(), "Lưu: VT".to_owned()],
        response_for_tasks: vec!["NV-1".to_owned()],
        application_type: String::new(),
        trace: vec![TraceHeader {
            organ_id: "H57.18".to_owned(),
            timestamp: PacketTime::of("2026-11-22T03:04:05Z".parse().unwrap()),
        }],
        business: Some(Business {
            document_id: String::new(),
            kind: BusinessKind::New,
            reason: "Văn bản điện tử mới".to_owned(),
            paper: Some(false),
            ..Business::default()
        }),
    }
}

pub fn update() -> Document {
    let mut document = letter();
    document.business = Some(Business {
        document_id: "H57.18,2026/11/20,7806/VP-KSTT".to_owned(),
        kind: BusinessKind::Update,
        change: Some(crate::edxml::packet::Change {
            document: Some(true),
            receivers: Some(true),
            receiver_list: vec![
                Receiver { organ_id: "H41".to_owned(), kind: ReceiverKind::Removed },
                Receiver { organ_id: "H14".to_owned(), kind: ReceiverKind::Added },
            ],
        }),
        ..Business::default()
    });
    document
}

pub fn replacement() -> Document {
    let mut document = letter();
    document.business = Some(Business {
        kind: BusinessKind::Replacement,
        replacements: vec![Replacement {
            document_id: "H57.18,2026/11/20,7806/VP-KSTT".to_owned(),
            organ_ids: vec!["H41".to_owned(), "H14".to_owned()],
        }],
        ..Business::default()
    });
    document
}

pub fn status(code: StatusCode) -> Status {
    Status {
        from: organisation("G09", "Bộ Nội vụ"),
        response_for: ResponseFor {
            organ_id: "H57.18".to_owned(),
            code: "7816/VP-KSTT".to_owned(),
            document_id: "H57.18,2026/11/22,7816/VP-KSTT".to_owned(),
            promulgation_date: PacketDate::of(jiff::civil::date(2026, 11, 22)),
        },
        staff: Staff { staff: "Trần Thị Mẫu".to_owned(), ..Staff::default() },
        status_code: code,
        description: "Văn thư: đã đến".to_owned(),
        timestamp: PacketTime::of("2026-11-22T03:04:05Z".parse().unwrap()),
    }
}

pub fn attachment(number: usize, name: &str) -> NewAttachment {
    NewAttachment {
        content_id: format!("cid:{number}"),
        attachment_name: name.to_owned(),
        description: name.to_owned(),
        content_type: "application/pdf".to_owned(),
    }
}

pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n\x00\xff";

/// The letter with one PDF.
pub fn packet() -> Vec<u8> {
    let packet = Packet::Document(Box::new(letter()));
    crate::edxml::write::write(&packet, &[(attachment(1, "7816.pdf"), PDF)]).unwrap()
}

pub fn reading(bytes: &[u8]) -> Reading {
    read(bytes, Limits::default()).unwrap_or_else(|fault| panic!("{fault}"))
}

pub fn fault(text: &str) -> Fault {
    read(text.as_bytes(), Limits::default()).unwrap_err()
}

pub fn document(reading: &Reading) -> &Document {
    match &reading.packet {
        Packet::Document(document) => document,
        Packet::Status(_) => panic!("a status"),
    }
}

/// What is remarked upon: field and kind as text.
pub fn remarks(reading: &Reading) -> Vec<String> {
    reading.remarks.iter().map(|one| format!("{}: {}", one.field, one.kind)).collect()
}

/// Reads in pieces, and what came of the attachments.
pub fn in_pieces(
    bytes: &[u8],
    pieces: impl Iterator<Item = usize>,
) -> Result<(Reading, Vec<Vec<u8>>), Fault> {
    let mut reader = Reader::new(Limits::default());
    let mut contents: Vec<Vec<u8>> = Vec::new();
    let mut ended = 0;
    let mut left = bytes;
    for length in pieces {
        let (mut piece, rest) = left.split_at(length.min(left.len()));
        left = rest;
        while let Some(event) = reader.next(&mut piece)? {
            match event {
                Event::Bytes { attachment, bytes } => {
                    assert_eq!(attachment, ended);
                    contents.resize(attachment + 1, Vec::new());
                    contents[attachment].extend_from_slice(bytes);
                }
                Event::Attachment { attachment, .. } => {
                    assert_eq!(attachment, ended);
                    ended += 1;
                    contents.resize(ended, Vec::new());
                }
            }
        }
    }
    Ok((reader.finish()?, contents))
}

/// A packet around these parts of the message header, for the odd ones.
pub fn around(message: &str, trace: &str, rest: &str) -> String {
    format!(
        "<edXML xmlns=\"{ns}\"><edXML:edXMLEnvelope xmlns:edXML=\"{ns}\"><edXML:edXMLHeader>\n\
         <edXML:MessageHeader>{message}</edXML:MessageHeader>{trace}</edXML:edXMLHeader>\n\
         {rest}",
        ns = crate::edxml::NAMESPACE
    )
}

/// A zip with one entry, as the kit makes it.
pub fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut wrapper = crate::edxml::wrap::Wrapper::begin(name, &mut out).unwrap();
    wrapper.push(bytes, &mut out).unwrap();
    wrapper.finish(&mut out).unwrap();
    out
}
