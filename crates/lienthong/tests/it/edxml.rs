//! `lienthong edxml inspect`, as a person types it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;
use wire::edxml::packet::{Code, DocumentType, Organisation, Promulgation};
use wire::edxml::read::{Limits, read};
use wire::edxml::write::write;
use wire::edxml::{Document, NewAttachment, Packet, PacketDate, PacketTime, TraceHeader, trace};

fn inspect(file: &Path, more: &[&str]) -> (Option<i32>, Value, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lienthong"));
    let Output { status, stdout, stderr } =
        command.args(["edxml", "inspect"]).arg(file).args(more).output().unwrap();
    let told = serde_json::from_slice(&stdout).unwrap_or_default();
    (status.code(), told, String::from_utf8(stderr).unwrap())
}

fn letter() -> Packet {
    let organisation = |organ_id: &str, organ_name: &str| Organisation {
        organ_id: organ_id.to_owned(),
        organ_name: organ_name.to_owned(),
        ..Organisation::default()
    };
    Packet::Document(Box::new(Document {
        from: organisation("H57.18", "Văn phòng UBND thành phố Huế"),
        to: vec![organisation("000.00.14.H20", "Sở Nội vụ")],
        document_id: "H57.18,2026/11/22,7816/VP".to_owned(),
        code: Code { number: "7816".to_owned(), notation: "VP".to_owned() },
        promulgation: Promulgation {
            place: "Huế".to_owned(),
            date: PacketDate::of(jiff::civil::date(2026, 11, 22)),
        },
        document_type: DocumentType { name: "Công văn".to_owned(), ..DocumentType::default() },
        subject: "V/v liên thông văn bản".to_owned(),
        ..Document::default()
    }))
}

fn written(folder: &TempDir) -> (PathBuf, Vec<u8>) {
    let head = NewAttachment {
        content_id: "cid:1".to_owned(),
        attachment_name: "7816.pdf".to_owned(),
        description: String::new(),
        content_type: "text/plain".to_owned(),
    };
    let bytes = wire::edxml::write::write(&letter(), &[(head, b"%PDF-1.7\n")]).unwrap();
    let path = folder.path().join("letter.edxml");
    std::fs::write(&path, &bytes).unwrap();
    (path, bytes)
}

#[test]
fn a_packet_is_told_as_json() {
    let folder = TempDir::new().unwrap();
    let (path, _) = written(&folder);
    let (code, told, said) = inspect(&path, &[]);
    assert_eq!((code, said.as_str()), (Some(0), ""));
    assert_eq!(told["kind"], "document");
    assert_eq!(told["header"]["from"]["organId"], "H57.18");
    assert_eq!(told["header"]["subject"], "V/v liên thông văn bản");
    assert_eq!(told["signature"]["verdict"], "absent");
    assert_eq!((&told["trace"], &told["business"]), (&Value::Array(Vec::new()), &Value::Null));
    let attachment = &told["attachments"][0];
    assert_eq!((&attachment["size"], &attachment["type"]), (&9.into(), &"application/pdf".into()));
    assert_eq!(attachment["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(told["codes"][0]["suggestion"], "H20.14");
    assert_eq!(told["warnings"][0]["field"], "AttachmentEncoded/Attachment[1]");
    assert!(told["warnings"][0]["vi"].as_str().unwrap().contains("thực tế là application/pdf"));
}

#[test]
fn a_malformed_packet_is_refused_with_line_and_reason_in_both_languages() {
    let folder = TempDir::new().unwrap();
    let (path, bytes) = written(&folder);
    let text = String::from_utf8(bytes).unwrap().replacen("</edXML:From>", "</edXML:Form>", 1);
    std::fs::write(&path, &text).unwrap();
    let (code, told, said) = inspect(&path, &[]);
    assert_eq!(code, Some(2));
    let line = text.lines().position(|line| line.contains("</edXML:Form>")).unwrap() + 1;
    assert_eq!(told["malformed"]["line"], line);
    for part in [&format!("line {line}, "), &format!("dòng {line}, ")] {
        assert!(said.contains(part.as_str()), "{said}");
    }
    assert!(said.contains("end tag") && said.contains("thẻ đóng"), "{said}");
    let (code, _, said) = inspect(&folder.path().join("none"), &[]);
    assert_eq!(code, Some(2));
    assert!(said.contains("không đọc được"), "{said}");
}

#[test]
fn official_samples_are_told() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/edxml");
    if !folder.is_dir() {
        println!("skipped: the official edXML samples are not here");
        return;
    }
    let (code, told, _) = inspect(&folder.join("edoc_new.edxml"), &[]);
    assert_eq!(code, Some(0));
    assert_eq!(told["attachments"][0]["size"], 270_823);
    assert_eq!(told["attachments"][0]["content"]["unwrapped"], true);
    assert_eq!(told["signature"]["verdict"], "unverifiable");
    let (code, told, _) = inspect(&folder.join("edoc.edxml"), &[]);
    assert_eq!((code, &told["malformed"]["line"]), (Some(2), &74.into()));
    let (code, told, _) = inspect(&folder.join("status_rejection_02.edxml"), &[]);
    assert_eq!((code, &told["header"]["statusCode"]), (Some(0), &"02".into()));
}

/// Signed in our profile by the person whose key and certificate lie in this folder.
fn signed(folder: &Path, packet: &[u8]) -> Vec<u8> {
    use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
    use base64::Engine as _;
    use wire::pki::certificate::Certificate;

    let pem = std::fs::read_to_string(folder.join("an.key")).unwrap();
    let inside: String = pem.lines().filter(|line| !line.starts_with("-----")).collect();
    let key = base64::engine::general_purpose::STANDARD.decode(inside).unwrap();
    let pair = RsaKeyPair::from_pkcs8(&key).unwrap();
    let bundle = std::fs::read(folder.join("an.pem")).unwrap();
    let certificate = Certificate::read_bundle(&bundle).unwrap().remove(0);
    let public = certificate.key.clone().unwrap();
    let certificates = [certificate.der().to_vec()];
    let prepared = wire::edxml::signature::prepare(packet, &public, &certificates).unwrap();
    let mut value = vec![0; pair.public_modulus_len()];
    let chance = aws_lc_rs::rand::SystemRandom::new();
    pair.sign(&RSA_PKCS1_SHA256, &chance, prepared.to_be_signed(), &mut value).unwrap();
    prepared.finish(&value).unwrap()
}

#[test]
fn a_signature_is_valid_only_for_those_who_trust_its_authority() {
    let Some(desk) = super::signatures::Desk::open() else { return };
    let folder = desk.folder.path();
    let (path, bytes) = written(&desk.folder);
    let bytes = signed(folder, &bytes);
    std::fs::write(&path, &bytes).unwrap();
    let root = folder.join("root.pem");
    let trust = ["--trust", root.to_str().unwrap()];
    let verdict = |more: &[&str]| inspect(&path, more).1["signature"].clone();
    let told = verdict(&trust);
    assert_eq!((&told["verdict"], &told["holds"]), (&"valid".into(), &true.into()), "{told}");
    let told = verdict(&[]);
    assert_eq!((&told["verdict"], &told["holds"]), (&"unverifiable".into(), &true.into()));
    let text = String::from_utf8(bytes).unwrap().replacen("Huế", "Hội", 1);
    std::fs::write(&path, text).unwrap();
    let told = verdict(&trust);
    assert_eq!((&told["verdict"], &told["holds"]), (&"invalid".into(), &false.into()));
}

#[test]
fn a_signature_holds_with_the_stations_of_the_way() {
    let Some(desk) = super::signatures::Desk::open() else { return };
    let folder = desk.folder.path();
    let Packet::Document(mut letter) = letter() else { unreachable!("it is a letter") };
    let station = TraceHeader {
        organ_id: "H57".to_owned(),
        timestamp: PacketTime::received("2026/11/23 09:00:00"),
    };
    letter.trace.push(station.clone());
    let packet = write(&Packet::Document(letter), &[]).unwrap();
    let signed = signed(folder, &packet);
    let end = read(&signed[..], Limits::default()).unwrap().trace_end.unwrap();
    let passed = trace::add(&signed, end, &station).unwrap();
    let path = folder.join("passed.edxml");
    let root = folder.join("root.pem");
    let trust = ["--trust", root.to_str().unwrap()];
    for packet in [signed, passed] {
        std::fs::write(&path, packet).unwrap();
        let told = inspect(&path, &trust).1["signature"].clone();
        assert_eq!((&told["verdict"], &told["holds"]), (&"valid".into(), &true.into()), "{told}");
    }
}

#[test]
fn files_in_an_element_of_their_own_are_told_like_others() {
    let folder = TempDir::new().unwrap();
    let plain = String::from_utf8(write(&letter(), &[]).unwrap()).unwrap();
    let files = "<edXML:edXMLBody><edXML:edXMLManifest version=\"1.0\"><edXML:Reference>\
        <edXML:ContentId>cid:7</edXML:ContentId>\
        <edXML:AttachmentName>7816.pdf</edXML:AttachmentName></edXML:Reference>\
        </edXML:edXMLManifest></edXML:edXMLBody><edXML:edXMLAttachments><edXML:AttachmentData>\
        JVBERi0xLjcK</edXML:AttachmentData></edXML:edXMLAttachments>";
    let end = "</edXML:edXMLEnvelope>";
    let path = folder.path().join("elsewhere.edxml");
    std::fs::write(&path, plain.replace(end, &format!("{files}{end}"))).unwrap();
    let (code, told, _) = inspect(&path, &[]);
    assert_eq!(code, Some(0));
    let one = &told["attachments"][0];
    assert_eq!(
        (one["name"].as_str(), one["contentId"].as_str()),
        (Some("7816.pdf"), Some("cid:7"))
    );
    assert_eq!((one["size"].as_i64(), one["type"].as_str()), (Some(9), Some("application/pdf")));
    assert_eq!(told["warnings"].as_array().unwrap().len(), 0, "{}", told["warnings"]);
}
