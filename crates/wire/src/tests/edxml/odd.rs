//! Packets as they are met, and as they must not be.

use super::kit::*;
use crate::edxml::read::{Presence, read};
use crate::edxml::{BusinessKind, Limits, NAMESPACE, Packet, Reason, ReceiverKind, StatusCode};
use crate::xml::ReadFault;

const FROM: &str = "<edXML:From><edXML:OrganId>G09</edXML:OrganId></edXML:From>";
const CLOSE: &str = "</edXML:edXMLEnvelope></edXML>";

fn with(message: &str) -> String {
    around(&format!("{FROM}{message}"), "", CLOSE)
}

#[test]
fn a_packet_with_nothing_but_codes_is_read_and_remarked_upon() {
    let text = with("<edXML:To><edXML:OrganId>H41</edXML:OrganId></edXML:To>");
    let read = reading(text.as_bytes());
    assert_eq!(document(&read).business_kind(), BusinessKind::New);
    assert_eq!(read.trace_end, None);
    let missing: Vec<&str> = read
        .remarks
        .iter()
        .filter(|one| one.kind == crate::edxml::RemarkKind::Missing)
        .map(|one| one.field.as_str())
        .collect();
    assert_eq!(
        missing,
        [
            "MessageHeader/From/OrganName",
            "MessageHeader/DocumentId",
            "MessageHeader/Code/CodeNumber",
            "MessageHeader/Code/CodeNotation",
            "MessageHeader/DocumentType/TypeName",
            "MessageHeader/Subject",
            "MessageHeader/PromulgationInfo/PromulgationDate",
        ]
    );
    assert!(read.remarks.iter().all(|one| one.place.is_some_and(|place| place.line == 2)));
}

#[test]
fn stations_without_code_and_other_wonders_of_the_axis_are_read() {
    let trace = "<edXML:TraceHeaderList><edXML:TraceHeader version='1.0' mustUnderstand='1'>\
        <edXML:Timestamp>2025/10/01 08:00:00</edXML:Timestamp></edXML:TraceHeader>\
        <edXML:TraceHeader><edXML:OrganId>null</edXML:OrganId>\
        <edXML:Timestamp>hôm qua</edXML:Timestamp></edXML:TraceHeader></edXML:TraceHeaderList>\
        <edXML:DigitalSignature/>";
    let message = format!(
        "<edXML:ResponseFor/>{FROM}<edXML:To><edXML:OrganId>vxp.saas.02</edXML:OrganId></edXML:To>\
         <edXML:DocumentId>000.00.00.G22,2014/02/30,7806</edXML:DocumentId>\
         <edXML:PromulgationInfo><edXML:PromulgationDate>2014/02/30</edXML:PromulgationDate>\
         </edXML:PromulgationInfo><edXML:SteeringType>3</edXML:SteeringType>"
    );
    let read = reading(around(&message, trace, CLOSE).as_bytes());
    let letter = document(&read);
    assert_eq!(letter.response_for, []);
    assert_eq!(letter.to[0].organ_id, "vxp.saas.02");
    assert_eq!(letter.document_id, "000.00.00.G22,2014/02/30,7806");
    assert_eq!(letter.promulgation.date.as_str(), "2014/02/30");
    assert_eq!(letter.promulgation.date.date(), None);
    assert_eq!(letter.trace.len(), 2);
    assert!(letter.trace.iter().all(|one| one.organ_id.is_empty()));
    assert!(letter.business.is_none());
    let said = remarks(&read);
    for expected in [
        "TraceHeaderList/TraceHeader[2]/OrganId: the word null stands where nothing should",
        "TraceHeaderList/TraceHeader[2]/Timestamp: it is not a time written 2026/11/22 17:05:09",
        "MessageHeader/PromulgationInfo/PromulgationDate: it is not a date written 2026/11/22",
    ] {
        assert!(said.iter().any(|one| one == expected), "{expected} in {said:#?}");
    }
    assert!(!said.iter().any(|one| one.contains("DigitalSignature")));
}

#[test]
fn prefixes_and_order_mean_nothing() {
    let text = format!(
        "<x:edXML xmlns:x='{NAMESPACE}'><x:AttachmentEncoded><y:Attachment xmlns:y='{NAMESPACE}'>\
         <y:ContentTransferEncoded>eHl6\n <![CDATA[ YQ==]]></y:ContentTransferEncoded>\
         <y:AttachmentName>thư.txt</y:AttachmentName><y:ContentId>7</y:ContentId></y:Attachment>\
         </x:AttachmentEncoded><edXMLEnvelope xmlns='{NAMESPACE}'><edXMLBody><edXMLManifest>\
         <Reference xmlns:xlink='http://www.w3.org/1999/xlink' xlink:href='cid:7'/></edXMLManifest>\
         </edXMLBody><edXMLHeader><MessageHeader>\
         <Subject><!-- x -->Chào <![CDATA[<bạn>]]></Subject>\
         <To><OrganId> H41 </OrganId></To><From><OrganId>G09</OrganId></From></MessageHeader>\
         </edXMLHeader></edXMLEnvelope></x:edXML>"
    );
    let (read, contents) = in_pieces(text.as_bytes(), std::iter::once(text.len())).unwrap();
    assert_eq!(document(&read).subject, "Chào <bạn>");
    assert_eq!(document(&read).to[0].organ_id, "H41");
    assert_eq!(contents, [b"xyza"]);
    assert_eq!(read.manifest[0].content_id, "cid:7");
    assert!(!remarks(&read).iter().any(|one| one.contains("manifest")), "{:?}", remarks(&read));
    let each = in_pieces(text.as_bytes(), std::iter::repeat_n(1, text.len())).unwrap();
    assert_eq!(each, (read, contents));
}

#[test]
fn codes_on_no_list_are_kept() {
    let status = "<edXML:ResponseFor><edXML:OrganId>H41</edXML:OrganId>\
        <edXML:DocumentId>1</edXML:DocumentId></edXML:ResponseFor>";
    let text = with(&format!("{status}<edXML:StatusCode>07</edXML:StatusCode>"));
    let read = reading(text.as_bytes());
    let Packet::Status(found) = &read.packet else { panic!("a document") };
    assert_eq!(found.status_code, StatusCode::Other("07".to_owned()));
    assert!(remarks(&read).iter().any(|one| one.contains("the code 07 is on no list")));
    assert!(crate::edxml::write::write(&read.packet, &[]).is_err());
    let short = with(&format!("{status}<edXML:StatusCode>3</edXML:StatusCode>"));
    let Packet::Status(found) = reading(short.as_bytes()).packet else { panic!("a document") };
    assert_eq!(found.status_code, StatusCode::Accepted);
    assert_eq!(BusinessKind::read("44"), BusinessKind::Other("44".to_owned()));
    assert_eq!(ReceiverKind::read("2").code(), "2");
}

#[test]
fn the_same_receiver_twice_is_remarked_upon() {
    let to = "<edXML:To><edXML:OrganId>H41</edXML:OrganId></edXML:To>";
    let read = reading(with(&[to, to].concat()).as_bytes());
    assert!(
        remarks(&read).contains(&"MessageHeader/To[2]/OrganId: the same receiver twice".to_owned())
    );
}

#[test]
fn what_could_be_read_in_two_ways_is_refused() {
    for (text, element) in [
        (with(FROM), "MessageHeader/From"),
        (
            with("<edXML:Subject>a</edXML:Subject><edXML:Subject>b</edXML:Subject>"),
            "MessageHeader/Subject",
        ),
        (
            around(&format!("{FROM}</edXML:MessageHeader><edXML:MessageHeader>{FROM}"), "", CLOSE),
            "edXMLHeader/MessageHeader",
        ),
        (
            around(FROM, "", "<edXML:edXMLBody/><edXML:edXMLBody/></edXML:edXMLEnvelope></edXML>"),
            "edXMLEnvelope/edXMLBody",
        ),
        (
            around(
                FROM,
                "",
                "</edXML:edXMLEnvelope><AttachmentEncoded/><AttachmentEncoded/></edXML>",
            ),
            "edXML/AttachmentEncoded",
        ),
        (
            around(
                FROM,
                "",
                "<AttachmentEncoded/></edXML:edXMLEnvelope><AttachmentEncoded/></edXML>",
            ),
            "AttachmentEncoded",
        ),
    ] {
        assert_eq!(fault(&text).reason, Reason::Repeated { element: element.to_owned() }, "{text}");
    }
    let nested = with("<edXML:Subject>a<edXML:b>c</edXML:b></edXML:Subject>");
    assert_eq!(fault(&nested).reason, Reason::NotText { element: "Subject".to_owned() });
}

#[test]
fn what_nothing_can_be_done_without_is_missed() {
    let missing = |text: &str| match fault(text).reason {
        Reason::Missing { element } => element,
        other => panic!("{other:?}"),
    };
    assert_eq!(missing(&format!("<edXML xmlns='{NAMESPACE}'/>")), "edXMLEnvelope");
    assert_eq!(missing(&around("", "", CLOSE)), "From");
    assert_eq!(missing(&around("<edXML:From/>", "", CLOSE)), "OrganId");
    assert_eq!(missing(&with("<edXML:StatusCode>01</edXML:StatusCode>")), "ResponseFor");
    let status = "<edXML:ResponseFor><edXML:OrganId>H41</edXML:OrganId></edXML:ResponseFor>";
    assert_eq!(
        missing(&with(&format!("{status}<edXML:StatusCode>01</edXML:StatusCode>"))),
        "DocumentId"
    );
    let bare = around(
        FROM,
        "",
        "</edXML:edXMLEnvelope><AttachmentEncoded><Attachment/></AttachmentEncoded></edXML>",
    );
    assert_eq!(missing(&bare), "ContentTransferEncoded");
}

#[test]
fn other_formats_are_named_and_refused() {
    for address in ["http://www.go.vn/eDoc", "http://www.e-doc.vn/Schema/", ""] {
        let reason = fault(&format!("<edXML xmlns='{address}'/>")).reason;
        assert_eq!(reason, Reason::Namespace { found: address.to_owned() });
    }
    assert_eq!(fault("<html/>").reason, Reason::Root { found: "html".to_owned() });
    let entities = "<!DOCTYPE edXML [<!ENTITY a 'b'>]><edXML/>";
    assert!(matches!(fault(entities).reason, Reason::Xml(ReadFault::Doctype { .. })));
    assert!(matches!(fault("").reason, Reason::Xml(ReadFault::Root { .. })));
    assert!(matches!(fault("%PDF-1.7").reason, Reason::Xml(ReadFault::Root { .. })));
}

#[test]
fn unbound_prefixes_are_refused_not_mended() {
    let outside = around(FROM, "", "</edXML:edXMLEnvelope><edXML:AttachmentEncoded/></edXML>");
    assert!(matches!(fault(&outside).reason, Reason::Xml(ReadFault::Prefix { .. })));
    let body = "<edXML:edXMLBody><edXML:edXMLManifest><edXML:Reference xlink:href='x'/>";
    let unbound = around(FROM, "", body);
    assert!(matches!(fault(&unbound).reason, Reason::Xml(ReadFault::Prefix { .. })));
}

#[test]
fn what_is_not_base64_is_refused_with_its_line() {
    for content in [
        "YW*j",
        "YWJ",
        "Y===",
        "YQ==YQ==",
        "YWJj=",
        "YR==",
        "ă",
        "${__StringFromFile(test.txt,,,)}",
    ] {
        let text = around(
            FROM,
            "",
            &format!(
                "</edXML:edXMLEnvelope><AttachmentEncoded><Attachment>\n\n<ContentTransferEncoded>\
                 {content}</ContentTransferEncoded></Attachment></AttachmentEncoded></edXML>"
            ),
        );
        let fault = fault(&text);
        assert_eq!((fault.reason, fault.place.line), (Reason::Base64, 5), "{content}");
    }
}

#[test]
fn limits_hold() {
    let deep = format!("{}x", "<edXML:a>".repeat(100));
    assert!(matches!(fault(&with(&deep)).reason, Reason::Xml(ReadFault::TooDeep { .. })));
    let limits = Limits { held_bytes: 1_000, ..Limits::default() };
    let long = with(&format!("<edXML:Subject>{}</edXML:Subject>", "x".repeat(2_000)));
    let reason = read(long.as_bytes(), limits).unwrap_err().reason;
    assert_eq!(reason, Reason::TooMuchHeld { limit_bytes: 1_000 });
    let hidden = with(&format!("<edXML:Subject Id='{}'/>", "x".repeat(2_000)));
    let reason = read(hidden.as_bytes(), limits).unwrap_err().reason;
    assert_eq!(reason, Reason::TooMuchHeld { limit_bytes: 1_000 });
    let limits = Limits { size_bytes: 500, ..Limits::default() };
    let reason = read(long.as_bytes(), limits).unwrap_err().reason;
    assert_eq!(reason, Reason::Xml(ReadFault::TooLong { limit_bytes: 500 }));
    let limits = Limits { elements: 10, ..Limits::default() };
    let many = with(&"<edXML:To/>".repeat(20));
    let reason = read(many.as_bytes(), limits).unwrap_err().reason;
    assert_eq!(reason, Reason::Xml(ReadFault::TooManyNodes { limit: 10 }));
    let one = "<Attachment><ContentTransferEncoded/></Attachment>";
    let attachments = around(
        FROM,
        "",
        &format!("</edXML:edXMLEnvelope><AttachmentEncoded>{one}{one}</AttachmentEncoded></edXML>"),
    );
    let limits = Limits { attachments: 1, ..Limits::default() };
    let reason = read(attachments.as_bytes(), limits).unwrap_err().reason;
    assert_eq!(reason, Reason::TooManyAttachments { limit: 1 });
    assert_eq!(reading(attachments.as_bytes()).attachments.len(), 2);
}

#[test]
fn a_signature_is_seen_in_both_namespaces() {
    let dsig = "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>";
    let presence = |trace: &str| reading(around(FROM, trace, CLOSE).as_bytes()).signature;
    assert_eq!(presence(""), Presence::Absent);
    assert_eq!(presence("<Signature/>"), Presence::Placeholder);
    assert_eq!(presence(dsig), Presence::Present);
    assert_eq!(presence("<Signature xmlns='urn:x'/>"), Presence::Absent);
}

#[test]
fn names_of_attachments_are_never_paths() {
    let name = |name: &str| {
        let heads = [(attachment(1, name), PDF)];
        let packet = Packet::Document(Box::new(letter()));
        let bytes = crate::edxml::write::write(&packet, &heads).unwrap();
        let read = reading(&bytes);
        assert_eq!(read.attachments[0].attachment_name, name);
        read.attachments[0].file_name()
    };
    assert_eq!(name("../../etc/passwd"), "passwd");
    assert_eq!(name("C:\\Windows\\công văn.pdf"), "công văn.pdf");
    assert_eq!(name("gpj.\u{202e}exe"), "gpj.exe");
    assert_eq!(name("..."), "1");
    assert_eq!(name("a\tb?.pdf"), "ab.pdf");
    assert_eq!(name(&format!("{}.pdf", "ă".repeat(260))).chars().count(), 154);
}
