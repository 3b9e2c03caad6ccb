//! What is written is read again as the same, and what should not be sent is not written.

use proptest::prelude::*;

use super::kit::*;
use crate::edxml::write::write;
use crate::edxml::{
    Business, BusinessKind, Document, NewAttachment, Packet, PacketDate, PacketTime, Remark,
    RemarkKind, StatusCode, WriteFault, Writer,
};

fn round(packet: &Packet) {
    let bytes = write(packet, &[]).unwrap_or_else(|fault| panic!("{fault}"));
    let read = reading(&bytes);
    assert_eq!(&read.packet, packet);
    let said = remarks(&read);
    assert_eq!(said, [""; 0]);
}

#[test]
fn what_is_written_is_read_again() {
    for document in [letter(), update(), replacement()] {
        round(&Packet::Document(Box::new(document)));
    }
    for code in ["01", "02", "03", "04", "05", "06", "13", "15", "16"] {
        let status = status(StatusCode::read(code));
        assert!(status.status_code.is_known());
        round(&Packet::Status(Box::new(status)));
    }
}

#[test]
fn the_layout_is_that_of_the_kit() {
    let text = String::from_utf8(packet()).unwrap();
    assert!(text.starts_with(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <edXML xmlns=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\">\n  \
         <edXML:edXMLEnvelope xmlns:edXML=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\">\n    \
         <edXML:edXMLHeader>\n      <edXML:MessageHeader>\n        <edXML:From>\n"
    ));
    let order = [
        "<edXML:From>",
        "<edXML:To>",
        "<edXML:DocumentId>",
        "<edXML:Code>",
        "<edXML:PromulgationInfo>",
        "<edXML:DocumentType>",
        "<edXML:Subject>",
        "<edXML:Content>",
        "<edXML:SignerInfo>",
        "<edXML:DueDate>",
        "<edXML:OtherInfo>",
        "<edXML:ResponseFor>",
        "<edXML:SteeringType>",
        "<edXML:ToPlaces>",
        "<edXML:TraceHeaderList>",
        "<edXML:Bussiness>",
        "<edXML:edXMLBody>",
        "<AttachmentEncoded>",
    ];
    let places: Vec<usize> = order.iter().map(|name| text.find(name).unwrap()).collect();
    assert!(places.is_sorted(), "{text}");
    assert!(text.contains("<edXML:Timestamp>2026/11/22 10:04:05</edXML:Timestamp>"));
    assert!(text.contains("&amp; liên thông &lt;phần mềm&gt;"));
    let status = write(&Packet::Status(Box::new(status(StatusCode::Arrived))), &[]).unwrap();
    let status = String::from_utf8(status).unwrap();
    assert!(!status.contains("TraceHeaderList") && !status.contains("edXMLBody"));
}

#[test]
fn bytes_pushed_in_any_pieces_are_the_same_packet() {
    let packet = Packet::Document(Box::new(letter()));
    let heads = [attachment(1, "a.pdf"), attachment(2, "b.pdf")];
    let whole = write(&packet, &[(heads[0].clone(), PDF), (heads[1].clone(), b"")]).unwrap();
    for size in 1..=PDF.len() {
        let mut writer = Writer::begin(&packet, &heads).unwrap();
        let mut out = writer.take();
        writer.attachment().unwrap();
        for piece in PDF.chunks(size) {
            writer.push(piece).unwrap();
            out.extend(writer.take());
        }
        writer.attachment().unwrap();
        out.extend(writer.finish().unwrap());
        assert_eq!(out, whole);
    }
    let (_, contents) = in_pieces(&whole, std::iter::once(whole.len())).unwrap();
    assert_eq!(contents, [PDF.to_vec(), Vec::new()]);
}

fn refused(change: fn(&mut Document)) -> String {
    let mut document = letter();
    change(&mut document);
    match write(&Packet::Document(Box::new(document)), &[]) {
        Err(WriteFault::Field(Remark { field, kind, .. })) => format!("{field}: {kind}"),
        other => panic!("{other:?}"),
    }
}

fn long(length: usize) -> String {
    "ă".repeat(length)
}

/// What is wrong, and how it is said.
type Case = (fn(&mut Document), &'static str);

#[test]
fn what_others_could_not_take_is_not_written() {
    let cases: [Case; 14] = [
        (
            |it| it.subject = long(501),
            "MessageHeader/Subject: it is longer than 500 characters (501)",
        ),
        (
            |it| it.from.organ_id = long(36),
            "MessageHeader/From/OrganId: it is longer than 35 characters (36)",
        ),
        (
            |it| it.code.number = long(12),
            "MessageHeader/Code/CodeNumber: it is longer than 11 characters (12)",
        ),
        (
            |it| it.to[1].fax = long(21),
            "MessageHeader/To[2]/Fax: it is longer than 20 characters (21)",
        ),
        (|it| it.to.clear(), "MessageHeader/To: it is missing"),
        (
            |it| it.to[1].organ_id = "G09".to_owned(),
            "MessageHeader/To[2]/OrganId: the same receiver twice",
        ),
        (
            |it| it.other.priority = "5".to_owned(),
            "MessageHeader/OtherInfo/Priority: the code 5 is on no list",
        ),
        (
            |it| it.other.page_amount = "ba".to_owned(),
            "MessageHeader/OtherInfo/PageAmount: it is not a number",
        ),
        (
            |it| it.due_date = PacketDate::received("2014/02/30"),
            "MessageHeader/DueDate: it is not a date written 2026/11/22",
        ),
        (
            |it| it.trace[0].timestamp = PacketTime::received("x"),
            "TraceHeaderList/TraceHeader[1]/Timestamp: it is not a time written 2026/11/22 17:05:09",
        ),
        (
            |it| it.content = "a\u{0}".to_owned(),
            "MessageHeader/Content: a character that XML cannot carry",
        ),
        (
            |it| {
                it.business =
                    update().business.map(|old| Business { kind: BusinessKind::New, ..old })
            },
            "TraceHeaderList/Bussiness/BussinessDocumentInfo: it does not belong to this kind of business",
        ),
        (
            |it| it.business = Some(Business { kind: BusinessKind::Recall, ..Business::default() }),
            "TraceHeaderList/Bussiness/BussinessDocReason: it is missing",
        ),
        (
            |it| {
                it.business = Some(Business {
                    kind: BusinessKind::Other("4".to_owned()),
                    ..Business::default()
                })
            },
            "TraceHeaderList/Bussiness/BussinessDocType: the code 4 is on no list",
        ),
    ];
    for (change, expected) in cases {
        assert_eq!(refused(change), expected);
    }
}

#[test]
fn attachments_and_statuses_are_written_as_announced() {
    let mut silent = status(StatusCode::Refused);
    silent.description.clear();
    let refusal = write(&Packet::Status(Box::new(silent)), &[]).unwrap_err();
    assert!(matches!(refusal, WriteFault::Field(Remark { kind: RemarkKind::Missing, .. })));
    let of = |heads: &[NewAttachment]| {
        Writer::begin(&Packet::Document(Box::new(letter())), heads).map(|_| ())
    };
    assert_eq!(of(&[attachment(1, "")]), Err(WriteFault::Attachment));
    let twice = NewAttachment { content_id: "1".to_owned(), ..attachment(1, "b") };
    assert_eq!(of(&[attachment(1, "a"), twice]), Err(WriteFault::Attachment));
    let arrived = Packet::Status(Box::new(status(StatusCode::Arrived)));
    let refusal = Writer::begin(&arrived, &[attachment(1, "a")]).map(|_| ());
    assert_eq!(refusal, Err(WriteFault::StatusWithAttachments));
    let mut writer =
        Writer::begin(&Packet::Document(Box::new(letter())), &[attachment(1, "a")]).unwrap();
    assert_eq!(writer.push(b"x"), Err(WriteFault::Count));
    writer.attachment().unwrap();
    assert_eq!(writer.attachment(), Err(WriteFault::Count));
    let writer =
        Writer::begin(&Packet::Document(Box::new(letter())), &[attachment(1, "a")]).unwrap();
    assert_eq!(writer.finish(), Err(WriteFault::Count));
}

#[test]
fn dates_are_written_in_vietnamese_time() {
    let midnight = PacketTime::of("2026-12-31T17:00:00.9Z".parse().unwrap());
    assert_eq!(midnight.as_str(), "2027/01/01 00:00:00");
    assert_eq!(midnight.timestamp(), Some("2026-12-31T17:00:00Z".parse().unwrap()));
    for text in ["", "2026/1/2", "2026-01-02", "2026/01/02x", "22/11/2026"] {
        assert_eq!(PacketDate::received(text).date(), None, "{text}");
    }
    for text in ["2026/01/02", "2026/01/02T00:00:00", "2026/01/02 24:61:00", "null"] {
        assert_eq!(PacketTime::received(text).timestamp(), None, "{text}");
    }
}

/// A large attachment passes through both ends in pieces.
#[test]
fn a_large_attachment_is_never_whole() {
    let packet = Packet::Document(Box::new(letter()));
    let mut writer = Writer::begin(&packet, &[attachment(1, "lớn.pdf")]).unwrap();
    let mut reader = crate::edxml::Reader::new(crate::edxml::Limits::default());
    let piece: Vec<u8> = (0..60_000_u32).map(|at| ((at * 31) >> 3) as u8).collect();
    let (mut most, mut size, mut pushed) = (0, 0, 0);
    let mut feed = |bytes: &[u8]| {
        let mut left = bytes;
        while let Some(event) = reader.next(&mut left).unwrap() {
            if let crate::edxml::Event::Bytes { bytes, .. } = event {
                most = most.max(bytes.len());
                size += bytes.len();
            }
        }
    };
    feed(&writer.take());
    writer.attachment().unwrap();
    for _ in 0..500 {
        writer.push(&piece).unwrap();
        pushed += piece.len();
        feed(&writer.take());
    }
    feed(&writer.finish().unwrap());
    assert_eq!(size, pushed);
    assert!(most <= 64 << 10, "{most}");
    let read = reader.finish().unwrap();
    let digest = {
        let mut digest = crate::algorithm::Digest::Sha256.begin();
        (0..500).for_each(|_| digest.update(&piece));
        digest.finish()
    };
    assert_eq!(read.attachments[0].packed.sha256, digest.as_ref());
    assert_eq!(read.attachments[0].packed.size_bytes, pushed as u64);
}

fn text(length: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop::sample::select(vec![
            'a', 'ệ', '<', '>', '&', '"', '\'', ' ', '\n', '\r', ']', '😀', '\t',
        ]),
        0..length,
    )
    .prop_map(|letters| letters.into_iter().collect::<String>().trim().to_owned())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_survives(
        texts in prop::collection::vec(text(15), 12),
        content in prop::collection::vec(any::<u8>(), 0..200),
        flags in any::<[Option<bool>; 2]>(),
    ) {
        let mut document = letter();
        let take = |index: usize| texts[index].clone();
        document.content = take(0);
        document.signer.position = take(1);
        document.from.organ_add = take(2);
        document.to[0].website = take(3);
        document.steering_type = "2".to_owned();
        document.other.typer_notation = take(4);
        document.to_places = texts[5..9].iter().filter(|one| !one.is_empty()).cloned().collect();
        document.document_id = format!("x{}", take(9));
        document.application_type = take(10);
        document.other.direction = flags[0];
        let business = document.business.as_mut().unwrap();
        business.paper = flags[1];
        business.reason = take(11);
        let packet = Packet::Document(Box::new(document));
        let bytes = write(&packet, &[(attachment(1, "a.pdf"), &content)]).unwrap();
        let (read, contents) = in_pieces(&bytes, std::iter::repeat_n(13, bytes.len())).unwrap();
        prop_assert_eq!(read.packet, packet);
        prop_assert_eq!(&contents[0], &content);
    }
}
