//! Attachments in an element of their own, as some programs write them.

use ::base64::Engine as _;
use ::base64::engine::general_purpose::STANDARD;

use super::kit::*;
use super::signing::{judged, signed};
use crate::edxml::signature::{Doubt, Verdict};
use crate::edxml::{Limits, NAMESPACE, Packet, Reading, Reason, read};
use crate::tests::xml::tools::keys;

/// The letter without attachments, these elements behind its body.
fn with(list: &str) -> Vec<u8> {
    text(list).into_bytes()
}

fn text(list: &str) -> String {
    let packet = Packet::Document(Box::new(letter()));
    let plain = crate::edxml::write::write(&packet, &[]).unwrap();
    let plain = String::from_utf8(plain).unwrap();
    let end = "</edXML:edXMLEnvelope>";
    assert!(plain.contains(end));
    plain.replace(end, &format!("{list}{end}"))
}

/// With a manifest that names these.
fn announced(names: &[&str], list: &str) -> Vec<u8> {
    let lines = names.iter().enumerate().map(|(at, name)| {
        format!(
            "<edXML:Reference><edXML:ContentId>cid:{at}</edXML:ContentId>\
             <edXML:ContentType>application/pdf</edXML:ContentType>\
             <edXML:AttachmentName>{name}</edXML:AttachmentName></edXML:Reference>"
        )
    });
    let body = format!(
        "<edXML:edXMLBody><edXML:edXMLManifest version=\"1.0\">{}</edXML:edXMLManifest>\
         </edXML:edXMLBody>",
        lines.collect::<String>()
    );
    let plain = text(&format!("{body}{list}"));
    match plain.matches("<edXML:edXMLBody").count() {
        1 => plain.into_bytes(),
        _ => panic!("a body of its own"),
    }
}

fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn whole(bytes: &[u8]) -> (Reading, Vec<Vec<u8>>) {
    let whole = in_pieces(bytes, std::iter::once(bytes.len())).unwrap();
    let each = in_pieces(bytes, std::iter::repeat_n(1, bytes.len())).unwrap();
    assert_eq!(each, whole, "wherever it is cut");
    whole
}

#[test]
fn with_the_children_of_an_attachment_it_is_one() {
    let list = format!(
        "<edXML:edXMLAttachments><edXML:AttachmentData><edXML:ContentId>cid:1</edXML:ContentId>\
         <edXML:AttachmentName>cong-van.pdf</edXML:AttachmentName>\
         <edXML:ContentType>application/pdf</edXML:ContentType>\
         <edXML:ContentTransferEncoded>{}</edXML:ContentTransferEncoded></edXML:AttachmentData>\
         <edXML:AttachmentData><edXML:AttachmentName>phu-luc.xls</edXML:AttachmentName>\
         <edXML:ContentTransferEncoded>{}</edXML:ContentTransferEncoded></edXML:AttachmentData>\
         </edXML:edXMLAttachments>",
        base64(PDF),
        base64(&zip("a.xls", b"bang tinh"))
    );
    let (read, contents) = whole(&with(&list));
    let [one, two] = read.attachments.as_slice() else { panic!("two") };
    assert_eq!((one.attachment_name.as_str(), one.number), ("cong-van.pdf", 1));
    assert_eq!(one.content().media_type, "application/pdf");
    assert_eq!(one.content().size_bytes, PDF.len() as u64);
    assert_eq!(contents[0], PDF);
    assert_eq!(two.content().size_bytes, 9, "out of the archive that the kit puts around it");
    assert_eq!(two.number, 2);
    let unknown = remarks(&read).into_iter().filter(|one| one.contains("not known"));
    assert_eq!(unknown.count(), 0);
}

#[test]
fn nothing_but_base64_is_called_what_the_manifest_calls_it() {
    let list = format!(
        "<edXML:edXMLAttachments>\n <edXML:AttachmentData>\n{}\n</edXML:AttachmentData>\n\
         <edXML:AttachmentData>{}</edXML:AttachmentData></edXML:edXMLAttachments>",
        base64(&PDF.repeat(20)),
        base64(b"nho"),
    );
    let (read, contents) = whole(&announced(&["mot.pdf", "hai.txt"], &list));
    let names: Vec<&str> =
        read.attachments.iter().map(|one| one.attachment_name.as_str()).collect();
    assert_eq!(names, ["mot.pdf", "hai.txt"]);
    assert_eq!(contents, [PDF.repeat(20), b"nho".to_vec()]);
    assert!(!remarks(&read).iter().any(|one| one.contains("manifest")), "{:?}", remarks(&read));
}

#[test]
fn it_may_stand_in_the_body_and_beside_the_envelope() {
    let data = format!("<edXML:AttachmentData>{}</edXML:AttachmentData>", base64(PDF));
    let list = format!("<edXML:edXMLAttachments>{data}</edXML:edXMLAttachments>");
    let inside = String::from_utf8(announced(&["a.pdf"], "")).unwrap();
    let inside = inside.replace("</edXML:edXMLBody>", &format!("{list}</edXML:edXMLBody>"));
    let beside = String::from_utf8(announced(&["a.pdf"], "")).unwrap();
    let list = list.replace("edXML:", "");
    let beside = beside.replace("</edXML>", &format!("{list}</edXML>"));
    for text in [inside, beside] {
        let (read, contents) = whole(text.as_bytes());
        assert_eq!(read.attachments[0].attachment_name, "a.pdf");
        assert_eq!(contents, [PDF]);
    }
}

#[test]
fn a_large_one_goes_by_without_being_held() {
    let bytes: Vec<u8> = (0..9_000_000_u32).map(|at| (at.wrapping_mul(at) >> 9) as u8).collect();
    let list = format!(
        "<edXML:edXMLAttachments><edXML:AttachmentData>{}</edXML:AttachmentData>\
         </edXML:edXMLAttachments>",
        base64(&bytes)
    );
    let packet = announced(&["lon.bin"], &list);
    let (read, contents) = in_pieces(&packet, std::iter::repeat_n(60_000, 300)).unwrap();
    assert_eq!(read.attachments[0].content().size_bytes, 9_000_000);
    assert!(contents[0] == bytes);
}

#[test]
fn what_is_not_understood_is_remarked_upon_and_no_attachment() {
    let long =
        "Xin xem tệp kèm theo tại kho dữ liệu dùng chung của Bộ, mục văn bản đến. ".repeat(9);
    let cases = [
        String::new(),
        "xem kho".to_owned(),
        "null".to_owned(),
        "a=bc".to_owned(),
        long,
        "<edXML:Url>https://kho.example/1</edXML:Url>".to_owned(),
        format!("xem<edXML:ContentTransferEncoded>{}</edXML:ContentTransferEncoded>", base64(PDF)),
    ];
    for inside in cases {
        let list = format!(
            "<edXML:edXMLAttachments><edXML:AttachmentData>{inside}</edXML:AttachmentData>\
             </edXML:edXMLAttachments>"
        );
        let (read, contents) = whole(&with(&list));
        assert_eq!((read.attachments.len(), contents.len()), (0, 0), "{inside}");
        let told = remarks(&read);
        let told = told.iter().filter(|one| one.contains("edXMLAttachments/AttachmentData"));
        assert_eq!(told.count(), 1, "{inside}");
    }
}

#[test]
fn a_damaged_one_is_refused_with_its_line() {
    for (content, reason) in [
        (format!("{}!", base64(&PDF.repeat(9))), Reason::Base64),
        (base64(&PDF.repeat(10)).trim_end_matches('=')[..301].to_owned(), Reason::Base64),
        (
            format!("{}<edXML:X/>", base64(&PDF.repeat(9))),
            Reason::NotText { element: "AttachmentData".to_owned() },
        ),
    ] {
        let list = format!(
            "\n<edXML:edXMLAttachments><edXML:AttachmentData>{content}</edXML:AttachmentData>\
             </edXML:edXMLAttachments>"
        );
        let fault = read::read(&with(&list), Limits::default()).unwrap_err();
        assert_eq!(fault.reason, reason);
        assert!(fault.place.line > 1);
    }
}

#[test]
fn a_signature_that_does_not_cover_them_is_never_valid() {
    let key = &keys().p256;
    let list = format!(
        "<edXML:edXMLAttachments><edXML:AttachmentData>{}</edXML:AttachmentData>\
         </edXML:edXMLAttachments>",
        base64(PDF)
    );
    let covered = signed(&with(&list), key);
    assert!(matches!(judged(&covered, &key.public), Verdict::Valid(_)));
    assert_eq!(reading(&covered).attachments.len(), 1);
    let plain = String::from_utf8(signed(&packet(), key)).unwrap();
    let end = "</edXML:edXMLEnvelope>";
    let beside = list.replace("<edXML:edXMLAttachments", "<edXMLAttachments");
    let beside = beside.replace("</edXML:edXMLAttachments", "</edXMLAttachments");
    let beside = beside.replace("edXML:AttachmentData", "AttachmentData");
    let twice = String::from_utf8(covered).unwrap();
    for added in [
        plain.replace(end, &format!("{list}{end}")),
        plain.replace("</edXML>", &format!("{beside}</edXML>")),
        twice.replace(end, &format!("{list}{end}")),
    ] {
        assert!(added.matches("AttachmentData>").count() > 1 && added.contains(NAMESPACE));
        let verdict = judged(added.as_bytes(), &key.public);
        let doubt = Doubt::Uncovered { element: "edXMLAttachments" };
        assert_eq!(verdict, Verdict::Unverifiable(doubt));
    }
}
