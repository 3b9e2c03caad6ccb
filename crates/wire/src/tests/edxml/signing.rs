//! Our signature of a packet, and what becomes of it on the way.

use super::kit::*;
use crate::algorithm::{AlgorithmFault, PublicKey};
use crate::edxml::read::Presence;
use crate::edxml::signature::{Doubt, SIZE_BYTES, Verdict, examine, judge, prepare};
use crate::edxml::signing::{Rehearsal, Signing, SigningFault};
use crate::edxml::{
    NewAttachment, Packet, PacketTime, StatusCode, TraceHeader, WriteFault, Writer, trace,
};
use crate::tests::xml::tools::{Key, keys, xmlsec1_accepts, xmlsec1_is_here};
use crate::xml::sign::{Recipe, SignFault};
use crate::xml::signature::Fault;

pub fn signed(bytes: &[u8], key: &Key) -> Vec<u8> {
    let certificates = [key.certificate.clone()];
    let prepared = prepare(bytes, &key.public, &certificates).unwrap();
    let algorithm =
        Recipe::new("x", crate::xml::sign::Place::LastIn(node()), &key.public).algorithm;
    let value = key.sign(algorithm, prepared.to_be_signed());
    prepared.finish(&value).unwrap()
}

/// Any node: only the algorithm of the recipe is asked for.
fn node() -> crate::xml::NodeId {
    crate::xml::read::read(b"<a/>", &crate::xml::Limits::default()).unwrap().root().node()
}

/// By the bytes, and as they went by: the two say the same.
pub fn judged(bytes: &[u8], key: &PublicKey) -> Verdict {
    let by_bytes = examine(bytes, &|_| Some(key.clone()));
    let Ok(reading) = crate::edxml::read::read(bytes, crate::edxml::Limits::default()) else {
        return by_bytes;
    };
    let gone_by = judge(&reading, &|_| Some(key.clone()));
    match (&by_bytes, &gone_by) {
        (Verdict::Valid(one), Verdict::Valid(other)) => {
            assert_eq!(one.signature.value, other.signature.value);
            assert_eq!(one.weaknesses, other.weaknesses);
        }
        // What only the bytes can tell is not told as it goes by.
        (_, Verdict::Unverifiable(Doubt::OtherProfile)) => {}
        (Verdict::Unverifiable(_), Verdict::Unverifiable(_)) => {}
        _ => assert_eq!(by_bytes, gone_by),
    }
    by_bytes
}

fn is_valid(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Valid(held) if held.weaknesses.is_empty())
}

#[test]
fn what_we_sign_is_valid_and_still_the_same_packet() {
    for key in [&keys().rsa, &keys().p256, &keys().p384] {
        let plain = packet();
        let bytes = signed(&plain, key);
        assert!(is_valid(&judged(&bytes, &key.public)));
        let read = reading(&bytes);
        assert_eq!(read.packet, reading(&plain).packet);
        assert_eq!(read.signature, Presence::Present);
        assert_eq!(remarks(&read), [""; 0]);
        if xmlsec1_is_here() {
            xmlsec1_accepts(&bytes, key).unwrap();
        }
    }
}

#[test]
fn a_status_is_signed_too() {
    let key = &keys().p256;
    let status = Packet::Status(Box::new(status(StatusCode::Accepted)));
    let bytes = signed(&crate::edxml::write::write(&status, &[]).unwrap(), key);
    assert!(is_valid(&judged(&bytes, &key.public)));
    assert_eq!(reading(&bytes).packet, status);
}

#[test]
fn a_station_added_on_the_way_changes_nothing() {
    let key = &keys().p256;
    let mut bytes = signed(&packet(), key);
    for organ_id in ["001.00.20.TT2", ""] {
        let station = TraceHeader {
            organ_id: organ_id.to_owned(),
            timestamp: PacketTime::of("2026-11-22T04:00:00Z".parse().unwrap()),
        };
        let at = reading(&bytes).trace_end.unwrap();
        bytes = trace::add(&bytes, at, &station).unwrap();
        assert_eq!(document(&reading(&bytes)).trace.last(), Some(&station));
        assert!(is_valid(&judged(&bytes, &key.public)));
    }
    assert_eq!(document(&reading(&bytes)).trace.len(), 3);
    if xmlsec1_is_here() {
        xmlsec1_accepts(&bytes, key).unwrap();
    }
}

#[test]
fn what_is_changed_is_invalid() {
    let key = &keys().p256;
    let text = String::from_utf8(signed(&packet(), key)).unwrap();
    for (old, new) in [
        ("<edXML:OrganId>H41<", "<edXML:OrganId>H42<"),
        ("7816.pdf</edXML:AttachmentName>", "7817.pdf</edXML:AttachmentName>"),
        ("JVBERi0x", "JVBERi0y"),
        ("<edXML:BussinessDocType>0", "<edXML:BussinessDocType>1"),
        ("<AttachmentName>7816", "<AttachmentName>7817"),
    ] {
        let changed = text.replacen(old, new, 1);
        assert_ne!(changed, text, "{old}");
        let verdict = judged(changed.as_bytes(), &key.public);
        assert!(matches!(verdict, Verdict::Invalid(Fault::Changed { .. })), "{old}: {verdict:?}");
    }
    let wrong = judged(text.as_bytes(), &keys().p384.public);
    assert_eq!(wrong, Verdict::Invalid(Fault::Algorithm(AlgorithmFault::Wrong)));
    assert_eq!(examine(text.as_bytes(), &|_| None), Verdict::Unverifiable(Doubt::NoKey));
}

#[test]
fn what_is_not_covered_is_never_valid() {
    let key = &keys().p256;
    let text = String::from_utf8(signed(&packet(), key)).unwrap();
    // Attachments under a signature of a packet that had none.
    let bare = write_bare();
    let bare = String::from_utf8(signed(bare.as_bytes(), key)).unwrap();
    assert!(is_valid(&judged(bare.as_bytes(), &key.public)));
    let from = text.find("  <AttachmentEncoded").unwrap();
    let added = bare.replace("</edXML>", &text[from..].replace(" Id=\"lienthong-part-4\"", ""));
    let verdict = judged(added.as_bytes(), &key.public);
    assert_eq!(verdict, Verdict::Unverifiable(Doubt::Uncovered { element: "AttachmentEncoded" }));
    // A business under a signature of a packet that had none.
    let plain = Packet::Document(Box::new(crate::edxml::Document { business: None, ..letter() }));
    let plain = signed(&crate::edxml::write::write(&plain, &[]).unwrap(), key);
    let plain = String::from_utf8(plain).unwrap();
    assert!(is_valid(&judged(plain.as_bytes(), &key.public)));
    let recall = "<edXML:Bussiness><edXML:BussinessDocType>1</edXML:BussinessDocType>\
                  </edXML:Bussiness></edXML:TraceHeaderList>";
    let added = plain.replace("</edXML:TraceHeaderList>", recall);
    let verdict = judged(added.as_bytes(), &key.public);
    assert_eq!(verdict, Verdict::Unverifiable(Doubt::Uncovered { element: "Bussiness" }));
    // The signed header hidden elsewhere, another in its place.
    let (header, rest) = text.split_once("<edXML:MessageHeader").unwrap();
    let (message, rest) = rest.split_once("</edXML:MessageHeader>").unwrap();
    let other = message.replace(" Id=\"lienthong-part-1\"", "").replace("Bộ Nội vụ", "Bộ khác");
    let wrapped = format!(
        "{header}<edXML:MessageHeader{other}</edXML:MessageHeader><x xmlns='urn:x'>\
         <edXML:MessageHeader{message}</edXML:MessageHeader></x>{rest}"
    );
    let verdict = judged(wrapped.as_bytes(), &key.public);
    assert_eq!(verdict, Verdict::Unverifiable(Doubt::Uncovered { element: "MessageHeader" }));
}

fn write_bare() -> String {
    let packet = Packet::Document(Box::new(letter()));
    String::from_utf8(crate::edxml::write::write(&packet, &[]).unwrap()).unwrap()
}

#[test]
fn placeholders_doubles_and_giants_cannot_be_verified() {
    let key = &keys().p256;
    let text = write_bare();
    let with = |more: &str| {
        text.replace("    </edXML:edXMLHeader>", &format!("{more}</edXML:edXMLHeader>"))
    };
    let placeholder = with("<Signature><SignedInfo/></Signature>");
    let verdict = judged(placeholder.as_bytes(), &key.public);
    assert_eq!(verdict, Verdict::Unverifiable(Doubt::Placeholder));
    assert_eq!(prepare(placeholder.as_bytes(), &key.public, &[]).unwrap_err(), SignFault::Place);
    let dsig = "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>";
    let verdict = judged(with(&[dsig, dsig].concat()).as_bytes(), &key.public);
    assert_eq!(verdict, Verdict::Unverifiable(Doubt::Several));
    let verdict = judged(with(dsig).as_bytes(), &key.public);
    assert!(matches!(verdict, Verdict::Unverifiable(Doubt::NotUnderstood(_))), "{verdict:?}");
    let giant = vec![b' '; SIZE_BYTES + 1];
    let verdict = judged(&giant, &key.public);
    assert_eq!(verdict, Verdict::Unverifiable(Doubt::TooLarge { limit_bytes: SIZE_BYTES }));
    assert_eq!(judged(text.as_bytes(), &key.public), Verdict::Absent);
    assert!(matches!(judged(b"<a", &key.public), Verdict::Unverifiable(Doubt::Unreadable(_))));
}

/// What is larger than is held for it is judged as it goes by.
#[test]
fn a_packet_of_any_size_is_judged_in_pieces() {
    let key = &keys().p256;
    let content = vec![7; 3 << 20];
    let plain = crate::edxml::write::write(
        &Packet::Document(Box::new(letter())),
        &[(attachment(1, "7816.pdf"), &content)],
    );
    let bytes = signed(&plain.unwrap(), key);
    let (read, _) = in_pieces(&bytes, std::iter::repeat_n(777, bytes.len().div_ceil(777))).unwrap();
    assert!(is_valid(&judge(&read, &|_| Some(key.public.clone()))));
    let mut changed = bytes.clone();
    let at = changed.len() - 2_000;
    changed[at] = if changed[at] == b'B' { b'C' } else { b'B' };
    let (read, _) = in_pieces(&changed, std::iter::once(changed.len())).unwrap();
    let verdict = judge(&read, &|_| Some(key.public.clone()));
    assert_eq!(verdict, Verdict::Invalid(Fault::Changed { reference: 3 }));
}

type Files<'a> = [(NewAttachment, &'a [u8])];

/// Piece by piece through `heard`, as it is written.
fn play(mut writer: Writer, files: &Files<'_>, heard: &mut dyn FnMut(&[u8])) {
    for (_, content) in files {
        writer.attachment().unwrap();
        for piece in content.chunks(10_007) {
            writer.push(piece).unwrap();
            heard(&writer.take());
        }
    }
    heard(&writer.finish().unwrap());
}

/// Signed without ever being held; and the most that was there at a time.
fn signed_in_pieces(packet: &Packet, files: &Files<'_>, key: &Key) -> Vec<u8> {
    let heads: Vec<NewAttachment> = files.iter().map(|(head, _)| head.clone()).collect();
    let certificates = vec![key.certificate.clone()];
    let signing = Signing::begin(packet, &heads, &key.public, certificates).unwrap();
    let mut rehearsal = Rehearsal::new(1 << 30);
    let mut most = 0;
    play(signing.rehearse().unwrap(), files, &mut |piece| {
        most = most.max(piece.len());
        rehearsal.push(piece).unwrap();
    });
    assert!(most < 64 << 10, "pieces, not the whole: {most}");
    let prepared = signing.prepare(rehearsal).unwrap();
    let algorithm =
        Recipe::new("x", crate::xml::sign::Place::LastIn(node()), &key.public).algorithm;
    let value = key.sign(algorithm, prepared.to_be_signed());
    let mut bytes = Vec::new();
    play(prepared.finish(&value).unwrap(), files, &mut |piece| bytes.extend_from_slice(piece));
    bytes
}

#[test]
fn signed_in_pieces_or_held_it_is_the_same_packet() {
    // Of this key the same signature comes twice.
    let key = &keys().rsa;
    let content = vec![7; 100_000];
    let without = crate::edxml::Document { business: None, ..letter() };
    for letter in [letter(), without] {
        let packet = Packet::Document(Box::new(letter));
        let two: &Files<'_> =
            &[(attachment(1, "a.pdf"), content.as_slice()), (attachment(2, "b.pdf"), b"")];
        for files in [two, &two[..1], &[]] {
            let held = signed(&crate::edxml::write::write(&packet, files).unwrap(), key);
            assert!(held == signed_in_pieces(&packet, files, key), "{}", files.len());
        }
    }
    let packet = Packet::Document(Box::new(letter()));
    for key in [&keys().p256, &keys().p384] {
        let bytes = signed_in_pieces(&packet, &[(attachment(1, "a.pdf"), &content)], key);
        assert!(is_valid(&judged(&bytes, &key.public)));
    }
}

#[test]
fn ten_megabytes_are_signed_in_pieces_and_others_agree() {
    let key = &keys().p256;
    let content: Vec<u8> = (0..3_600_000_u32).map(|at| (at.wrapping_mul(at) >> 7) as u8).collect();
    let files = [(attachment(1, "a.pdf"), &content[..]), (attachment(2, "b.pdf"), &content[..])];
    let packet = Packet::Document(Box::new(letter()));
    let bytes = signed_in_pieces(&packet, &files, key);
    assert!(bytes.len() > 9_500_000, "{}", bytes.len());
    let (read, _) = in_pieces(&bytes, std::iter::once(bytes.len())).unwrap();
    assert!(is_valid(&judge(&read, &|_| Some(key.public.clone()))));
    if xmlsec1_is_here() {
        xmlsec1_accepts(&bytes, key).unwrap();
        let mut changed = bytes;
        let at = changed.len() - 2_000;
        changed[at] = if changed[at] == b'B' { b'C' } else { b'B' };
        assert!(xmlsec1_accepts(&changed, key).is_err());
    }
}

#[test]
fn what_was_not_heard_whole_is_not_signed() {
    let key = &keys().p256;
    let packet = Packet::Document(Box::new(letter()));
    let begin = || Signing::begin(&packet, &[attachment(1, "a.pdf")], &key.public, Vec::new());
    let silent = begin().unwrap().prepare(Rehearsal::new(1 << 20));
    assert!(matches!(silent, Err(SigningFault::Read(_))), "{silent:?}");
    let signing = begin().unwrap();
    let mut cut = Rehearsal::new(1 << 20);
    cut.push(&signing.rehearse().unwrap().take()).unwrap();
    assert!(matches!(signing.prepare(cut), Err(SigningFault::Read(_))));
    let mut small = Rehearsal::new(1_000);
    let whole = begin().unwrap().rehearse().unwrap().take();
    assert!(matches!(small.push(&whole), Err(SigningFault::Read(_))));
    let unnamed = [attachment(1, "")];
    let refused = Signing::begin(&packet, &unnamed, &key.public, Vec::new());
    assert!(matches!(refused, Err(SigningFault::Write(WriteFault::Attachment))), "{refused:?}");
}

/// A packet changed anywhere is never valid for one judge and not for the other, nor valid at all
/// when anything of its header or attachments reads otherwise.
#[test]
fn changed_packets_are_judged_alike_in_pieces_and_whole() {
    let key = &keys().p256;
    let bytes = signed(&packet(), key);
    let original = reading(&bytes);
    let mut valid = 0;
    for at in (0..bytes.len()).step_by(2) {
        let mut changed = bytes.clone();
        match at / 2 % 3 {
            0 => changed[at] ^= 1,
            1 => changed[at] = b' ',
            _ => drop(changed.remove(at)),
        }
        let verdict = judged(&changed, &key.public);
        if !is_valid(&verdict) {
            continue;
        }
        valid += 1;
        let read = reading(&changed);
        let without_trace = |one: &crate::edxml::Reading| {
            let mut document = document(one).clone();
            document.trace.clear();
            (document, one.attachments.iter().map(|it| it.packed.clone()).collect::<Vec<_>>())
        };
        assert_eq!(without_trace(&read), without_trace(&original), "{at}");
    }
    assert!(valid > 100, "stations and what indents them are not signed: {valid}");
}
