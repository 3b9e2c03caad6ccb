//! The packets that circulate with the official kit.

use super::kit::*;
use crate::edxml::read::{Presence, read};
use crate::edxml::signature::{Doubt, Verdict, examine};
use crate::edxml::{
    BusinessKind, Document, Limits, NewAttachment, Packet, Reading, Reason, StatusCode,
};
use crate::tests::xml::tools::official_samples;

fn sample(name: &str) -> Option<Vec<u8>> {
    Some(std::fs::read(official_samples()?.join(name)).unwrap())
}

#[test]
fn a_new_document_is_read() {
    let Some(bytes) = sample("edoc_new.edxml") else { return };
    let read = reading(&bytes);
    let letter = document(&read);
    assert_eq!(letter.from.organ_id, "000.00.00.A80");
    assert_eq!(letter.to.len(), 1);
    assert_eq!(letter.to[0].organ_id, "28.22.H17");
    assert_eq!(letter.document_id, "000.00.00.G22,2015/09/30,7816/VPCP-TTĐT");
    assert_eq!(
        (letter.code.number.as_str(), letter.code.notation.as_str()),
        ("74fass22", "VPCP-TTĐT")
    );
    assert_eq!(letter.promulgation.date.date(), Some(jiff::civil::date(2019, 1, 16)));
    assert_eq!(letter.business_kind(), BusinessKind::New);
    let business = letter.business.as_ref().unwrap();
    assert_eq!(business.document_id, "000.00.00.G22,2014/02/30,7806/VPCP-TTĐT");
    assert_eq!(
        (business.paper, business.staff.department.as_str()),
        (Some(false), "Văn thư văn phòng")
    );
    assert_eq!(letter.to_places.len(), 2);
    assert_eq!(letter.other.direction, Some(false));
    let [one] = read.attachments.as_slice() else { panic!("one attachment") };
    assert_eq!(one.packed.size_bytes, 270_823);
    assert_eq!(one.packed.media_type, "application/zip");
    assert!(hexadecimal(&one.packed.sha256).starts_with("7ab7c43a02a3cf2c"));
    let inside = one.unwrapped.as_ref().unwrap();
    assert_eq!(inside.entry_name, "32da2890-1a55-4ccd-9ac9-cd0d98559e67.edxml");
    assert_eq!(
        (inside.content.size_bytes, inside.content.media_type),
        (388_347, "application/xml")
    );
    assert!(hexadecimal(&inside.content.sha256).starts_with("8385739ec4a4ed36"));
    assert_eq!(read.signature, Presence::Placeholder);
    assert_eq!(read.manifest.len(), 1);
}

fn hexadecimal(bytes: &[u8]) -> String {
    crate::vxp::file::padded(bytes)
}

#[test]
fn all_four_kinds_of_business_are_read() {
    if official_samples().is_none() {
        return;
    }
    let business = |name: &str| {
        let read = reading(&sample(name).unwrap());
        let Packet::Document(letter) = read.packet else { panic!("a status") };
        let Document { business: Some(business), response_for, to, .. } = *letter else { panic!() };
        (business, response_for, to.len())
    };
    let (recall, answers, to) = business("edoc_revocation.edxml");
    assert_eq!((recall.kind, to), (BusinessKind::Recall, 3));
    assert_eq!(
        (recall.document_id.as_str(), recall.reason.as_str()),
        ("", "Thu hồi văn bản điện tử")
    );
    assert_eq!((answers.len(), answers[0].code.as_str()), (1, "267/VPCP-TTĐT"));
    let (update, ..) = business("edoc_update.edxml");
    let change = update.change.unwrap();
    assert_eq!(
        (update.kind, change.document, change.receivers),
        (BusinessKind::Update, Some(true), Some(true))
    );
    let list: Vec<(&str, &str)> =
        change.receiver_list.iter().map(|one| (one.organ_id.as_str(), one.kind.code())).collect();
    assert_eq!(list, [("000.00.00.H41", "0"), ("000.00.00.H14", "1")]);
    let (replacement, ..) = business("edoc_replacement.edxml");
    assert_eq!(replacement.kind, BusinessKind::Replacement);
    assert_eq!(replacement.replacements.len(), 2);
    assert_eq!(replacement.replacements[0].organ_ids, ["000.00.00.H41", "000.00.00.H14"]);
    let (new, _, to) = business("dc0bdef0-c7a3-4aaf-b717-777303442973.edxml");
    assert_eq!((new.kind, to), (BusinessKind::New, 3));
}

#[test]
fn all_nine_statuses_are_read() {
    if official_samples().is_none() {
        return;
    }
    for (name, code) in [
        ("status.edxml", StatusCode::Arrived),
        ("status_inbox__01.edxml", StatusCode::Arrived),
        ("status_rejection_02.edxml", StatusCode::Refused),
        ("status_acceptance_03.edxml", StatusCode::Accepted),
        ("status_assignment_04.edxml", StatusCode::Assigned),
        ("status_processing_05.edxml", StatusCode::InProgress),
        ("status_finish_06.edxml", StatusCode::Completed),
        ("status_cancellation_13.edxml", StatusCode::RecallAsked),
        ("status_change-acceptance_15.edxml", StatusCode::ChangeAgreed),
        ("status_change-rejection_16.edxml", StatusCode::ChangeRefused),
    ] {
        let bytes = sample(name).unwrap();
        let read = reading(&bytes);
        let Packet::Status(status) = &read.packet else { panic!("{name}") };
        assert_eq!(status.status_code, code, "{name}");
        assert_eq!(status.response_for.document_id, "000.00.00.G22,2015/09/30,7816/VPCP-TTĐT");
        assert!(status.timestamp.timestamp().is_some(), "{name}");
        assert!(!status.staff.staff.is_empty() && !status.description.is_empty(), "{name}");
        assert_eq!(remarks(&read), [""; 0], "{name}");
        assert_eq!(examine(&bytes, &|_| None), Verdict::Absent, "{name}");
    }
}

#[test]
fn what_the_kit_signs_with_is_no_signature() {
    for name in ["edoc_new.edxml", "dc0bdef0-c7a3-4aaf-b717-777303442973.edxml"] {
        let Some(bytes) = sample(name) else { return };
        assert_eq!(examine(&bytes, &|_| None), Verdict::Unverifiable(Doubt::Placeholder));
    }
}

#[test]
fn the_template_that_is_not_well_formed_is_refused_where_it_breaks() {
    let Some(bytes) = sample("edoc.edxml") else { return };
    let fault = read(&bytes, Limits::default()).unwrap_err();
    assert_eq!(fault.place.line, 74);
    assert!(matches!(fault.reason, Reason::Xml(crate::xml::ReadFault::EndTag { .. })), "{fault}");
}

/// Without its placeholder of a signature, what we write is byte for byte what the kit wrote.
#[test]
fn we_write_what_the_kit_writes() {
    for name in ["edoc_update.edxml", "edoc_replacement.edxml", "edoc_revocation.edxml"] {
        let Some(bytes) = sample(name) else { return };
        let (read, contents) = in_pieces(&bytes, std::iter::once(bytes.len())).unwrap();
        let written = again(&read, &contents);
        // The samples were saved on Windows.
        let text = String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
        let (before, rest) = text.split_once("      <Signature>").unwrap();
        let (_, behind) = rest.split_once("</Signature>\n").unwrap();
        let expected = format!("{before}{behind}");
        let written = String::from_utf8(written).unwrap();
        assert!(written.trim_end() == expected.trim_end(), "{name}\n{}", &written[..6_000]);
    }
}

fn again(read: &Reading, contents: &[Vec<u8>]) -> Vec<u8> {
    let heads = read.attachments.iter().map(|one| NewAttachment {
        content_id: one.content_id.clone(),
        attachment_name: one.attachment_name.clone(),
        description: one.description.clone(),
        content_type: one.content_type.clone(),
    });
    let all: Vec<(NewAttachment, &[u8])> =
        heads.zip(contents).map(|(head, bytes)| (head, bytes.as_slice())).collect();
    crate::edxml::write::write(&read.packet, &all).unwrap()
}

#[test]
fn samples_cut_anywhere_are_the_same() {
    let Some(folder) = official_samples() else { return };
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        let whole = in_pieces(&bytes, std::iter::once(bytes.len()));
        let sizes: &[usize] = if bytes.len() < 20_000 { &[1, 7, 100] } else { &[4_093] };
        for size in sizes.iter().copied() {
            let pieces = std::iter::repeat_n(size, bytes.len().div_ceil(size));
            assert_eq!(in_pieces(&bytes, pieces), whole);
        }
    }
}
