//! Packets of somebody who means harm, or whose program is broken: whatever is done to them,
//! reading ends, says where and why it refuses, and no signature is called valid that does not
//! cover all that is shown.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use super::kit::*;
use super::signing::{judged, signed};
use crate::edxml::signature::{Verdict, examine, judge};
use crate::edxml::write::write;
use crate::edxml::{Fault, Limits, NAMESPACE, Packet, Reading, Reason, StatusCode, read};
use crate::tests::xml::tools::{Chance, keys, official_samples};
use crate::xml::ReadFault;

const ROUNDS: usize = 2_500;
const AT_MOST: Duration = Duration::from_secs(10);
/// Larger samples are only attacked as a whole, not thousands of times.
const SMALL_BYTES: usize = 64 << 10;

/// The small packets that are attacked: ours, one that is signed, the official ones.
fn seeds() -> Vec<Vec<u8>> {
    let key = &keys().p256;
    let mut all = vec![packet(), signed(&packet(), key)];
    for one in [update(), replacement()] {
        let heads =
            [(attachment(1, "a.xls"), zip("a.xls", PDF)), (attachment(2, "b.pdf"), PDF.into())];
        let heads: Vec<_> = heads.iter().map(|(head, bytes)| (head.clone(), &bytes[..])).collect();
        all.push(write(&Packet::Document(Box::new(one)), &heads).unwrap());
    }
    let said = Packet::Status(Box::new(status(StatusCode::Refused)));
    all.push(signed(&write(&said, &[]).unwrap(), key));
    all.extend(official().into_iter().filter(|sample| sample.len() <= SMALL_BYTES));
    all
}

/// Those of the official samples that are well-formed; none where they are not here.
fn official() -> Vec<Vec<u8>> {
    let Some(folder) = official_samples() else {
        println!("the official samples are not here: only our own packets are attacked");
        return Vec::new();
    };
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let mut files: Vec<_> =
        files.filter(|file| file.extension().is_some_and(|it| it == "edxml")).collect();
    files.sort();
    let all = files.iter().map(|file| std::fs::read(file).unwrap());
    all.filter(|bytes| read::read(bytes, Limits::default()).is_ok()).collect()
}

/// From the first byte of each element to behind its last, of a well-formed packet.
fn elements(text: &[u8]) -> Vec<(usize, usize)> {
    let (mut open, mut found, mut at) = (Vec::new(), Vec::new(), 0);
    while let Some(begin) = text[at..].iter().position(|byte| *byte == b'<').map(|it| at + it) {
        let Some(end) = text[begin..].iter().position(|byte| *byte == b'>') else { break };
        let end = begin + end + 1;
        match text[begin + 1] {
            b'?' | b'!' => {}
            b'/' => found.extend(open.pop().map(|from| (from, end))),
            _ if text[end - 2] == b'/' => found.push((begin, end)),
            _ => open.push(begin),
        }
        at = end;
    }
    found
}

/// Somewhere in the text of an element.
fn in_text(text: &[u8], chance: &mut Chance) -> usize {
    for _ in 0..50 {
        let at = chance.below(text.len());
        let before = text[..at].iter().rposition(|byte| matches!(byte, b'<' | b'>'));
        if before.is_some_and(|before| text[before] == b'>') {
            return at;
        }
    }
    text.len()
}

const TEXTS: [&str; 16] = [
    "<!-- x -->",
    "<?x y?>",
    "<![CDATA[QUJD]]>",
    "<![CDATA[]]>",
    "&amp;",
    "&lt;!--",
    "&#65;",
    "&#x0;",
    "&nbsp;",
    "&x;",
    "\u{0}",
    "\u{feff}",
    " \r\n\t ",
    "====",
    "UEsDBBQAAAAIAP///////////////////////w==",
    "<edXML:Extra xmlns:edXML=\"urn:x\"><a b=\"c\"/></edXML:Extra>",
];

const DECLARED: [&str; 8] = [
    " Id=\"lienthong-part-1\"",
    " Id=\"lienthong-part-4\"",
    " ID=\"lienthong-part-2\"",
    " xml:id=\"lienthong-part-3\"",
    " Id=\"lienthong\" Id=\"lienthong\"",
    " xmlns=\"urn:khac\"",
    " xmlns:edXML=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\"",
    " a=\"1\" a=\"2\"",
];

fn attacked(source: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = source.to_vec();
    for _ in 0..=chance.below(3) {
        bytes = once(bytes, chance);
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

fn once(mut bytes: Vec<u8>, chance: &mut Chance) -> Vec<u8> {
    let all = elements(&bytes);
    if all.is_empty() {
        return bytes;
    }
    let (from, to) = all[chance.below(all.len())];
    let (other, _) = all[chance.below(all.len())];
    let copy = bytes[from..to].to_vec();
    match chance.below(14) {
        // Doubled beside itself, or elsewhere.
        0 => drop(bytes.splice(to..to, copy)),
        1 => drop(bytes.splice(other..other, copy)),
        // Doubled, and the one that comes first, or last, is another.
        2 => drop(bytes.splice(from..from, changed(copy, chance))),
        3 => drop(bytes.splice(to..to, changed(copy, chance))),
        4 => drop(bytes.drain(from..to)),
        // In another place.
        5 => {
            bytes.drain(from..to);
            let at = if other >= to { other - (to - from) } else { other.min(from) };
            bytes.splice(at..at, copy);
        }
        // Deep in itself.
        6 => {
            let depth = 1 + chance.below(40);
            let name = ["a", "edXML:Object", "Attachment", "edXML:To"][chance.below(4)];
            let open = format!("<{name}>").repeat(depth);
            let close = format!("</{name}>").repeat(depth);
            bytes.splice(from..to, [open.as_bytes(), &copy, close.as_bytes()].concat());
        }
        // Another prefix, another namespace.
        7 => {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let prefix = ["e:", "", "xml:", "EDXML:"][chance.below(4)];
            bytes = text.replace("edXML:", prefix).into_bytes();
        }
        8 => {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let names = ["urn:x", "http://www.e-doc.vn/Schema/", ""];
            bytes = text.replacen(NAMESPACE, names[chance.below(3)], 1 + chance.below(2)).into();
        }
        // An attribute too many.
        9 => {
            let name = bytes[from..].iter().position(|byte| matches!(byte, b' ' | b'>' | b'/'));
            let at = from + name.unwrap_or(1);
            let said = DECLARED[chance.below(DECLARED.len())];
            bytes.splice(at..at, said.bytes());
        }
        10 => {
            let doctypes = [
                "<!DOCTYPE edXML>",
                "<!DOCTYPE edXML [<!ENTITY x \"y\"><!ENTITY z SYSTEM \"file:///etc/passwd\">]>",
            ];
            let at = if chance.below(2) == 0 { 0 } else { from };
            bytes.splice(at..at, doctypes[chance.below(2)].bytes());
        }
        11 => bytes.truncate(chance.below(bytes.len())),
        _ => {
            let at = in_text(&bytes, chance);
            bytes.splice(at..at, TEXTS[chance.below(TEXTS.len())].bytes());
        }
    }
    bytes
}

/// One letter or figure in its text is another.
fn changed(mut copy: Vec<u8>, chance: &mut Chance) -> Vec<u8> {
    let at = in_text(&copy, chance);
    if let Some(byte) = copy.get_mut(at)
        && byte.is_ascii_alphanumeric()
    {
        *byte = if *byte == b'7' { b'8' } else { b'7' };
    }
    copy
}

/// What a person is shown of a packet, but for its stations, which grow on the way.
fn shown(reading: &Reading) -> (Packet, Vec<String>) {
    let mut packet = reading.packet.clone();
    if let Packet::Document(document) = &mut packet {
        document.trace.clear();
    }
    let lines = reading.manifest.iter().map(|line| format!("{line:?}"));
    let files = reading.attachments.iter().map(|one| {
        let names = (&one.attachment_name, &one.content_id, &one.description, &one.content_type);
        format!("{names:?} {:?}", one.packed)
    });
    (packet, lines.chain(files).collect())
}

/// The same wherever it is cut, and a refusal says where and why.
fn outcome(bytes: &[u8], chance: &mut Chance) -> Result<Reading, Fault> {
    let whole = in_pieces(bytes, std::iter::once(bytes.len()));
    let size = 1 + chance.below(300);
    let cut = in_pieces(bytes, std::iter::repeat_n(size, bytes.len().div_ceil(size)));
    let text = || String::from_utf8_lossy(bytes).into_owned();
    match (&whole, &cut) {
        (Ok(whole), Ok(cut)) => assert_eq!(whole, cut, "{}", text()),
        (Err(whole), Err(cut)) => {
            // Of two faults in one piece, which is found first is a matter of the pieces.
            for fault in [whole, cut] {
                let (line, column) = (fault.place.line, fault.place.column);
                assert!(line >= 1 && column >= 1, "{fault}: {}", text());
                assert!(fault.to_string().len() > 10);
            }
        }
        _ => panic!("{whole:?} {cut:?} {}", text()),
    }
    whole.map(|(reading, _)| reading)
}

#[test]
fn whatever_is_done_to_a_packet_reading_ends_and_no_signature_covers_less_than_is_shown() {
    let mut chance = Chance(0x0A77_AC4E_D5EE_D001);
    let seeds = seeds();
    let key = &keys().p256.public;
    let honest: Vec<_> = seeds.iter().map(|seed| shown(&reading(seed))).collect();
    let begun = Instant::now();
    let (mut taken, mut refused, mut valid, mut reasons) = (0, 0, 0, HashSet::new());
    for _ in 0..ROUNDS {
        if begun.elapsed() > AT_MOST {
            break;
        }
        let bytes = attacked(&seeds[chance.below(seeds.len())], &mut chance);
        let read = match outcome(&bytes, &mut chance) {
            Ok(read) => read,
            Err(fault) => {
                refused += 1;
                reasons.insert(std::mem::discriminant(&fault.reason));
                // Nothing of it is shown to anybody; judging it by its bytes has to end, too.
                let _ = examine(&bytes, &|_| Some(key.clone()));
                continue;
            }
        };
        taken += 1;
        let by_bytes = examine(&bytes, &|_| Some(key.clone()));
        let gone_by = judge(&read, &|_| Some(key.clone()));
        let verdicts = [&by_bytes, &gone_by];
        if verdicts.iter().any(|one| matches!(one, Verdict::Valid(_))) {
            valid += 1;
            let text = String::from_utf8_lossy(&bytes);
            assert!(!verdicts.iter().any(|one| matches!(one, Verdict::Invalid(_))), "{text}");
            assert!(honest.contains(&shown(&read)), "it was never signed so: {text}");
        }
    }
    println!("{taken} read, {refused} refused, {valid} valid, {} reasons", reasons.len());
    assert!(taken > 50 && refused > 50 && valid > 5 && reasons.len() > 4);
}

#[test]
fn large_official_packets_stand_the_same_attacks() {
    let mut chance = Chance(0x0A77_AC4E_D5EE_D002);
    let large = official().into_iter().filter(|sample| sample.len() > SMALL_BYTES);
    for sample in large.take(2) {
        for _ in 0..6 {
            let bytes = attacked(&sample, &mut chance);
            let whole = in_pieces(&bytes, std::iter::once(bytes.len()));
            let cut = in_pieces(&bytes, std::iter::repeat_n(4_096, bytes.len().div_ceil(4_096)));
            assert_eq!(whole.as_ref().ok(), cut.as_ref().ok());
        }
    }
}

fn said(bytes: &[u8]) -> Fault {
    read::read(bytes, Limits::default()).unwrap_err()
}

#[test]
fn only_utf_8_is_read_and_another_encoding_is_called_so() {
    let plain = String::from_utf8(packet()).unwrap();
    let little: Vec<u8> = plain.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = plain.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for utf16 in [
        [&[0xff, 0xfe], little.as_slice()].concat(),
        [&[0xfe, 0xff], big.as_slice()].concat(),
        little,
        big,
    ] {
        let fault = said(&utf16);
        assert!(matches!(fault.reason, Reason::Xml(ReadFault::NotUtf8 { .. })), "{fault}");
        assert_eq!((fault.place.line, fault.place.column), (1, 1));
    }
    let marked = [b"\xef\xbb\xbf", plain.as_bytes()].concat();
    assert_eq!(reading(&marked).attachments, {
        let mut plain = reading(plain.as_bytes()).attachments;
        plain.iter_mut().for_each(|one| one.place = reading(&marked).attachments[0].place);
        plain
    });
    for declared in ["UTF-16", "ISO-8859-1", "windows-1258", "utf8"] {
        let other = plain.replacen("UTF-8", declared, 1);
        assert_eq!(said(other.as_bytes()).reason, Reason::Xml(ReadFault::Encoding), "{declared}");
    }
    let lower = plain.replacen("UTF-8", "utf-8", 1);
    assert_eq!(reading(lower.as_bytes()).attachments.len(), 1);
    let twice = [b"\xef\xbb\xbf\xef\xbb\xbf", plain.as_bytes()].concat();
    assert_eq!(said(&twice).place.line, 1);
}

#[test]
fn base64_with_anything_in_it_that_two_programs_could_read_in_two_ways_is_refused() {
    let plain = String::from_utf8(packet()).unwrap();
    let begin = plain.find("JVBERi0").unwrap();
    let at = |piece: &str| {
        let (before, behind) = plain.split_at(begin + 8);
        format!("{before}{piece}{behind}")
    };
    for same in ["", " \r\n\t", "<!-- x -->", "<?x y?>", "<![CDATA[]]>", "&#32;", "&#x20;"] {
        let (_, contents) = in_pieces(at(same).as_bytes(), std::iter::once(1 << 20)).unwrap();
        assert_eq!(contents, [PDF], "{same}");
    }
    for (broken, line) in
        [("=", true), ("!", true), ("-_", true), ("\u{a0}", true), ("<a/>", false), ("é", true)]
    {
        let fault = said(at(broken).as_bytes());
        assert_eq!(fault.reason == Reason::Base64, line, "{broken}: {fault}");
        assert!(fault.place.line > 10, "{fault}");
    }
    let end = plain[begin..].find('<').unwrap() + begin;
    let unpadded = format!("{}{}", plain[..end].trim_end_matches('='), &plain[end..]);
    assert_ne!(unpadded, plain);
    assert_eq!(said(unpadded.as_bytes()).reason, Reason::Base64);
}

#[test]
fn sizes_that_an_archive_only_claims_cost_nothing() {
    let mut archive = zip("a.xls", b"bang tinh");
    // Four gigabytes, says its head.
    archive[18..26].copy_from_slice(&[0xff; 8]);
    let packet = Packet::Document(Box::new(letter()));
    let bytes = write(&packet, &[(attachment(1, "a.xls"), archive.as_slice())]).unwrap();
    let read = reading(&bytes);
    assert!(read.attachments[0].unwrapped.is_none());
    assert_eq!(read.attachments[0].packed.size_bytes, archive.len() as u64);
}

#[test]
fn what_a_signature_names_twice_or_wraps_is_never_valid() {
    let key = &keys().p256;
    let plain = String::from_utf8(signed(&packet(), key)).unwrap();
    let from = plain.find("<edXML:MessageHeader").unwrap();
    let to = plain.find("</edXML:MessageHeader>").unwrap() + "</edXML:MessageHeader>".len();
    let honest = &plain[from..to];
    let forged = honest.replace("H41", "H42");
    let unnamed = forged.replace(" Id=\"lienthong-part-1\"", "");
    assert_ne!(unnamed, forged);
    let begin = plain.find("<ds:Signature ").unwrap();
    let end = plain.find("</ds:Signature>").unwrap() + "</ds:Signature>".len();
    let signature = &plain[begin..end];
    let attacks = [
        // The part that is signed under another roof, the forged one in its place.
        plain.replace(honest, &unnamed).replace("</edXML>", &format!("<x>{honest}</x></edXML>")),
        plain.replace(honest, &forged).replace("</edXML>", &format!("<x>{honest}</x></edXML>")),
        plain.replace(honest, &format!("<edXML:Old>{honest}</edXML:Old>{unnamed}")),
        plain
            .replace(honest, &unnamed)
            .replace("</Signature>", &format!("<ds:Object>{honest}</ds:Object></ds:Signature>")),
        // Two signatures, one of them good.
        plain.replace(signature, &format!("{signature}{signature}")),
        plain.replace(honest, &forged).replace(signature, &format!("{signature}{signature}")),
        // One identifier twice, once in what nobody looks at.
        plain.replace("<edXML:TraceHeader>", "<edXML:TraceHeader Id=\"lienthong-part-1\">"),
        plain.replace("</edXML>", "<x Id=\"lienthong-part-4\"/></edXML>"),
    ];
    for attack in attacks {
        assert_ne!(attack, plain);
        let verdict = judged(attack.as_bytes(), &key.public);
        let honest = shown(&reading(plain.as_bytes()));
        let is_same = read::read(attack.as_bytes(), Limits::default())
            .is_ok_and(|read| shown(&read) == honest);
        let is_valid = matches!(verdict, Verdict::Valid(_));
        assert!(!is_valid || is_same, "{attack}");
        assert!(!is_valid || !attack.contains("H42"), "{attack}");
    }
}

#[test]
fn what_was_signed_and_is_moved_out_of_sight_is_not_valid() {
    let key = &keys().p256;
    let recall = crate::edxml::Business {
        kind: crate::edxml::BusinessKind::Recall,
        ..letter().business.unwrap()
    };
    let recall = crate::edxml::Document { business: Some(recall), ..letter() };
    let recall = Packet::Document(Box::new(recall));
    let plain = write(&recall, &[(attachment(1, "7816.pdf"), PDF)]).unwrap();
    let plain = String::from_utf8(signed(&plain, key)).unwrap();
    for name in ["edXML:Bussiness", "AttachmentEncoded", "edXML:edXMLBody"] {
        let from = plain.find(&format!("<{name} ")).unwrap();
        let close = format!("</{name}>");
        let to = plain.find(&close).unwrap() + close.len();
        let part = &plain[from..to];
        let roofs = [
            plain.replace(part, &format!("<x>{part}</x>")),
            plain.replace(part, &format!("<edXML:Old>{part}</edXML:Old>")),
            plain.replace(part, "").replace("</edXML>", &format!("<x>{part}</x></edXML>")),
            plain.replace(part, "").replace(
                "</edXML:TraceHeader>",
                &format!("<edXML:Old>{part}</edXML:Old></edXML:TraceHeader>"),
            ),
            plain.replace(part, "").replace(
                "</ds:Signature>",
                &format!("<ds:Object>{part}</ds:Object></ds:Signature>"),
            ),
        ];
        for moved in roofs {
            let verdict = examine(moved.as_bytes(), &|_| Some(key.public.clone()));
            assert!(!matches!(verdict, Verdict::Valid(_)), "{moved}");
            assert!(!matches!(judged(moved.as_bytes(), &key.public), Verdict::Valid(_)));
        }
    }
    let whole = judged(plain.as_bytes(), &key.public);
    assert!(matches!(whole, Verdict::Valid(_)));
}
