//! What attachments really are: the archive around them, opened as it comes.

use super::kit::*;
use crate::edxml::sniff::{Sniffer, is_archive_name};
use crate::edxml::unwrap::{Limits, NotOne, Unwrapper};
use crate::edxml::{NewAttachment, Packet, Reading};

fn unwrapped(bytes: &[u8], size: usize, limits: Limits) -> (Result<String, NotOne>, Vec<u8>) {
    let mut unwrapper = Unwrapper::new(limits);
    let mut out = Vec::new();
    for piece in bytes.chunks(size) {
        unwrapper.push(piece, &mut |data| out.extend_from_slice(data));
    }
    (unwrapper.finish().map(|entry| entry.name), out)
}

fn with(head: NewAttachment, bytes: &[u8]) -> Reading {
    let packet = Packet::Document(Box::new(letter()));
    reading(&crate::edxml::write::write(&packet, &[(head, bytes)]).unwrap())
}

#[test]
fn an_archive_with_one_entry_is_opened_wherever_it_is_cut() {
    let archive = zip("0f8a.xls", PDF);
    for size in 1..=archive.len() {
        let (name, bytes) = unwrapped(&archive, size, Limits::default());
        assert_eq!((name.as_deref(), bytes.as_slice()), (Ok("0f8a.xls"), PDF), "{size}");
    }
}

#[test]
fn what_other_zippers_write_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let script = "import zipfile, sys
for name, how in (('stored', zipfile.ZIP_STORED), ('deflated', zipfile.ZIP_DEFLATED)):
    with zipfile.ZipFile(name, 'w', how) as one: one.writestr('a.txt', 'công văn ' * 500)
with zipfile.ZipFile('empty', 'w') as one: one.writestr('a.txt', '')
with zipfile.ZipFile('two', 'w') as one: one.writestr('a.txt', 'x'); one.writestr('b.txt', 'y')
with zipfile.ZipFile('none', 'w') as one: pass
with zipfile.ZipFile('folder', 'w') as one: one.writestr('a/', '')
";
    let ran = std::process::Command::new("python3")
        .args(["-c", script])
        .current_dir(&folder)
        .status()
        .is_ok_and(|status| status.success());
    if !ran {
        println!("skipped: python3 is not here");
        return;
    }
    let open = |name: &str| {
        let bytes = std::fs::read(folder.path().join(name)).unwrap();
        unwrapped(&bytes, 5, Limits::default())
    };
    let text = "công văn ".repeat(500).into_bytes();
    assert_eq!(open("stored"), (Ok("a.txt".to_owned()), text.clone()));
    assert_eq!(open("deflated"), (Ok("a.txt".to_owned()), text));
    assert_eq!(open("empty"), (Ok("a.txt".to_owned()), Vec::new()));
    assert_eq!(open("two").0, Err(NotOne::Several));
    assert_eq!(open("none").0, Err(NotOne::NotZip));
    assert_eq!(open("folder").0, Err(NotOne::Several));
}

#[test]
fn damage_is_seen_and_never_opened() {
    let archive = zip("0f8a.xls", &PDF.repeat(20));
    for at in 0..archive.len() {
        assert_ne!(unwrapped(&archive[..at], 64, Limits::default()).0, Ok("0f8a.xls".to_owned()));
        let mut damaged = archive.clone();
        damaged[at] ^= 0x41;
        let (name, bytes) = unwrapped(&damaged, 64, Limits::default());
        // Versions, days and attributes are nobody's business; the bytes and the name are.
        assert!(name.is_err() || (name.unwrap() == "0f8a.xls" && bytes == PDF.repeat(20)), "{at}");
    }
    let mut longer = archive.clone();
    longer.push(0);
    assert_eq!(unwrapped(&longer, 64, Limits::default()).0, Err(NotOne::Broken));
}

#[test]
fn bombs_do_not_go_off() {
    let archive = zip("bomb.txt", &vec![0; 20 << 20]);
    assert!(archive.len() < 100_000);
    let (name, bytes) = unwrapped(&archive, 4_096, Limits::default());
    assert_eq!(name, Err(NotOne::Bomb));
    assert!(bytes.len() < 10 << 20, "{}", bytes.len());
    let limits = Limits { size_bytes: 1 << 20, ratio: 10_000 };
    assert_eq!(unwrapped(&archive, 4_096, limits).0, Err(NotOne::TooLarge));
    let read = with(attachment(1, "bomb.txt"), &archive);
    let one = &read.attachments[0];
    assert_eq!((one.unwrapped.is_none(), one.not_opened), (true, Some(NotOne::Bomb)));
    assert_eq!(one.content(), &one.packed);
    assert!(remarks(&read).iter().any(|said| said.contains("far larger")));
}

#[test]
fn the_name_decides_what_is_opened() {
    let archive = zip("0f8a.pdf", PDF);
    for (name, opened) in [
        ("7816.PDF", true),
        ("7816.doc", true),
        ("7816", true),
        ("7816.zip", false),
        ("7816.DOCX", false),
        ("7816.odt", false),
    ] {
        let read = with(attachment(1, name), &archive);
        let one = &read.attachments[0];
        assert_eq!(one.unwrapped.is_some(), opened, "{name}");
        assert_eq!(one.packed.size_bytes, archive.len() as u64);
        assert_eq!(one.packed.media_type, "application/zip");
        assert_eq!(
            one.content().media_type,
            if opened { "application/pdf" } else { "application/zip" }
        );
        assert_eq!(one.attachment_name, name);
    }
    assert!(is_archive_name("a.b.xlsx") && !is_archive_name("xlsx") && !is_archive_name(""));
}

#[test]
fn a_type_that_lies_is_remarked_upon() {
    let declared = |content_type: &str, bytes: &[u8]| {
        let head =
            NewAttachment { content_type: content_type.to_owned(), ..attachment(1, "7816.pdf") };
        remarks(&with(head, bytes)).into_iter().filter(|one| one.contains("declared")).count()
    };
    assert_eq!(declared("text/plain", PDF), 1);
    assert_eq!(declared("application/pdf", PDF), 0);
    assert_eq!(declared("application/zip", &zip("a.pdf", PDF)), 0);
    assert_eq!(declared("application/pdf", &zip("a.pdf", PDF)), 0);
    assert_eq!(declared("image/png", &zip("a.pdf", PDF)), 1);
    assert_eq!(declared("", PDF), 0);
}

#[test]
fn types_are_known_by_the_bytes() {
    let kind = |bytes: &[u8]| {
        let mut sniffer = Sniffer::default();
        bytes.chunks(3).for_each(|piece| sniffer.push(piece));
        sniffer.media_type()
    };
    assert_eq!(kind(b""), "application/x-empty");
    assert_eq!(kind(PDF), "application/pdf");
    assert_eq!(kind("Kính gửi: Bộ Nội vụ".as_bytes()), "text/plain");
    assert_eq!(kind(&"ă".repeat(8_000).into_bytes()), "text/plain");
    assert_eq!(kind(b"\xef\xbb\xbf<?xml version='1.0'?><a/>"), "application/xml");
    assert_eq!(kind(b"<!DOCTYPE html><html>"), "text/html");
    assert_eq!(kind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1......"), "application/x-ole-storage");
    assert_eq!(kind(b"\x01\x02"), "application/octet-stream");
    let word = zip("word/document.xml", b"<w/>");
    assert!(kind(&word).ends_with("wordprocessingml.document"));
    let mut long = word.clone();
    long.splice(30..30, vec![b'x'; 50_000]);
    assert!(kind(&long).ends_with("wordprocessingml.document"), "the directory names it too");
}

#[test]
fn ways_of_travelling_are_those_of_the_kit() {
    use crate::edxml::wrap::{Form, form};
    assert_eq!(form("a.PDF"), Form::Plain { content_type: "application/pdf".to_owned() });
    assert_eq!(form("a.docx"), Form::Plain { content_type: "application/docx".to_owned() });
    assert_eq!(form("a.xlsx"), Form::Wrapped { ending: "xlsx".to_owned() });
    assert_eq!(form("a"), Form::Wrapped { ending: String::new() });
}
