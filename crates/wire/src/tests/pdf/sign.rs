//! What we write, others read: qpdf, pdfsig and pyHanko.

use std::sync::Arc;

use super::files::{both, objects, with_table};
use super::tools::{Desk, pdfsig_agrees, pyhanko_says, qpdf_agrees, request, run, said};
use crate::pdf::appearance::{Block, annex_lines, person, seal, top_right};
use crate::pdf::changes::Level;
use crate::pdf::document::Document;
use crate::pdf::picture::{Ink, Picture};
use crate::pdf::sign::{Purpose, Request, Shown, SignFault, prepare};
use crate::pdf::stamp::Stamp;
use crate::pdf::store::{Related, Store, add};
use crate::pdf::{Certification, Format, SignatureFault, SignedFile};

pub const SERIF: &str = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf";

/// A PNG with a round spot of this colour on nothing.
pub fn spot(colour: [u8; 3], ground: u8) -> Vec<u8> {
    let mut pixels = Vec::new();
    for y in 0..60i32 {
        for x in 0..120i32 {
            let inside = (x - 60).pow(2) / 4 + (y - 30).pow(2) < 600;
            pixels.extend(colour);
            pixels.push(if inside { 255 } else { ground });
        }
    }
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, 120, 60);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
    png
}

fn person_then_organisation(desk: &Desk, file: &[u8]) -> Vec<u8> {
    let blue = Picture::read(&spot([20, 40, 200], 0), Ink::Blue).unwrap();
    let red = Picture::read(&spot([210, 20, 30], 0), Ink::Red).unwrap();
    let block = Block { centre_x: 420.0, position_y: 300.0, name_y: 220.0 };
    let hand = person(block, (blue.width_pixels, blue.height_pixels)).unwrap();
    let stamp = Stamp::picture(Arc::new(blue), hand.width, hand.height);
    let shown = Shown { page: 1, rectangle: hand, stamp: &stamp };
    let first = prepare(file, &request("person", Some(shown))).unwrap();
    let first = desk.sign(first, "person");
    let round = seal(hand, (36.0, 36.0)).unwrap();
    let stamp = Stamp::picture(Arc::new(red), round.width, round.height);
    let shown = Shown { page: 1, rectangle: round, stamp: &stamp };
    let second = prepare(&first, &request("organisation", Some(shown))).unwrap();
    let second = desk.sign(second, "organisation");
    assert!(second.starts_with(&first) && first.starts_with(file));
    second
}

#[test]
fn a_person_and_then_an_organisation_sign_and_all_judges_agree() {
    let Some(desk) = Desk::open() else { return };
    for (kind, file) in both() {
        let signed = person_then_organisation(&desk, &file);
        qpdf_agrees(&desk, &signed);
        pdfsig_agrees(&desk, &signed, 2);
        let read = SignedFile::read(&signed).unwrap();
        assert!(read.refused.is_empty(), "{kind}: {:?}", read.refused);
        let [first, second] = read.signatures.as_slice() else { panic!("{kind}") };
        assert_eq!((first.field.as_str(), second.field.as_str()), ("person", "organisation"));
        assert_eq!((first.covers_all, second.covers_all), (false, true));
        assert_eq!((first.revision, second.revision, read.revisions.len()), (2, 3, 3));
        assert_eq!(first.changes.level, Level::Signatures, "{:?}", first.changes);
        assert_eq!(second.changes.level, Level::Nothing);
        assert!(first.changes.permitted && second.changes.permitted);
        assert_eq!(first.format, Format::Cades);
        let [hand, round] = [first, second].map(|signature| signature.seen.unwrap());
        assert_eq!((hand.page, round.page), (1, 1));
        assert!(round.sides[0] < hand.sides[0] && hand.sides[0] < round.sides[2]);
        assert_eq!(first.name.as_deref(), Some("Nguyễn Văn An"));
        let Some(lines) = pyhanko_says(&desk, &signed) else { continue };
        assert_eq!(
            lines,
            [
                "True True True ENTIRE_REVISION FORM_FILLING True".to_owned(),
                "True True True ENTIRE_FILE NONE True".to_owned(),
            ],
            "{kind}"
        );
    }
}

#[test]
fn text_in_the_corner_can_be_copied_out_again() {
    let Some(desk) = Desk::open() else { return };
    let Ok(font) = std::fs::read(SERIF) else {
        println!("skipped: Liberation Serif is not installed");
        return;
    };
    let time = "2026-04-20T07:30:45Z".parse().unwrap();
    let lines = annex_lines("Số: 123/QĐ-UBND", time);
    for rotation in ["0", "90", "180", "270"] {
        let mut parts = objects();
        parts[2] = parts[2].replace("/Parent", &format!("/Rotate {rotation}/Parent"));
        let file = with_table(&parts);
        let page = Document::open(&file).unwrap().pages().unwrap()[0];
        let stamp = Stamp::text(&font, &lines, 10.0).unwrap();
        let place = top_right(page.shown_size(), (stamp.width, stamp.height)).unwrap();
        let shown = Shown { page: 1, rectangle: place, stamp: &stamp };
        let signed = desk.sign(prepare(&file, &request("annex", Some(shown))).unwrap(), "person");
        qpdf_agrees(&desk, &signed);
        pdfsig_agrees(&desk, &signed, 1);
        let path = desk.keep("text.pdf", &signed);
        let Some(output) = run("pdftotext", &["-layout", &path, "-"]) else { return };
        let text = said(&output);
        assert!(text.contains("Số: 123/QĐ-UBND"), "{rotation}: {text}");
        assert!(text.contains("2026-04-20T14:30:45+07:00"), "{rotation}: {text}");
    }
}

#[test]
fn evidence_and_time_stamps_are_no_change_worth_a_word() {
    let Some(desk) = Desk::open() else { return };
    for (kind, file) in both() {
        let signed = person_then_organisation(&desk, &file);
        let key = SignedFile::read(&signed).unwrap().signatures[0].vri_key.clone();
        let one = vec![b"certificate one".to_vec()];
        let related = Related {
            key,
            certificates: one.clone(),
            ocsps: vec![b"answer".to_vec()],
            crls: vec![],
        };
        let evidence = Store {
            certificates: one.clone(),
            ocsps: vec![],
            crls: vec![b"list".to_vec()],
            related: vec![related],
        };
        let kept = add(&add(&signed, &evidence).unwrap(), &evidence).unwrap();
        let stamp = Request { purpose: Purpose::TimeStamp, ..request("time", None) };
        let kept = prepare(&kept, &stamp).unwrap().finish(&[0x30, 0x01, 0x00]).unwrap();
        qpdf_agrees(&desk, &kept);
        let read = SignedFile::read(&kept).unwrap();
        assert!(read.refused.is_empty(), "{:?}", read.refused);
        assert_eq!(read.store.certificates, one, "{kind}: kept once");
        assert_eq!(read.store.related[0].ocsps, [b"answer".to_vec()]);
        let [_, second, time] = read.signatures.as_slice() else { panic!("{kind}") };
        assert_eq!(second.changes.level, Level::LongTerm, "{:?}", second.changes);
        assert_eq!(time.format, Format::TimeStamp);
        assert!(time.covers_all);
    }
}

#[test]
fn a_certified_document_takes_no_signature_when_it_says_so() {
    let Some(desk) = Desk::open() else { return };
    let file = with_table(&objects());
    let certify = |level| Request { certification: Some(level), ..request("person", None) };
    let strict = prepare(&file, &certify(Certification::NoChanges)).unwrap();
    let strict = desk.sign(strict, "person");
    let refused = prepare(&strict, &request("organisation", None)).unwrap_err();
    assert_eq!(refused, SignFault::Certified);
    let loose = prepare(&file, &certify(Certification::FormFilling)).unwrap();
    let loose = desk.sign(loose, "person");
    let late = prepare(&loose, &certify(Certification::FormFilling)).unwrap_err();
    assert_eq!(late, SignFault::CertifiesLate);
    let both = desk.sign(prepare(&loose, &request("organisation", None)).unwrap(), "organisation");
    let read = SignedFile::read(&both).unwrap();
    assert_eq!(read.signatures[0].certification, Some(Certification::FormFilling));
    assert!(read.signatures[0].changes.permitted);
    qpdf_agrees(&desk, &both);
    pdfsig_agrees(&desk, &both, 2);
    if let Some(lines) = pyhanko_says(&desk, &both) {
        assert!(lines.iter().all(|line| line.ends_with("True")), "{lines:?}");
    }
}

#[test]
fn a_removed_signature_is_named() {
    let file = super::tools::dummy(&with_table(&objects()), "person");
    let cut = super::files::updated(&file, &[(1, "<</Type/Catalog/Pages 2 0 R>>")], "");
    let read = SignedFile::read(&cut).unwrap();
    assert!(read.signatures.is_empty());
    assert_eq!(read.refused[0].fault, SignatureFault::Removed);
}

#[test]
fn what_does_not_fit_is_refused_and_not_cut() {
    let file = with_table(&objects());
    let prepared = prepare(&file, &Request { reserved_bytes: 512, ..request("person", None) });
    let fault = prepared.unwrap().finish(&[0; 513]).unwrap_err();
    assert_eq!(fault, SignFault::TooLong { needed_bytes: 513, reserved_bytes: 512 });
    let name = prepare(&file, &request("a.b", None)).unwrap_err();
    assert_eq!(name, SignFault::FieldName);
    let again = super::tools::dummy(&file, "person");
    assert_eq!(prepare(&again, &request("person", None)).unwrap_err(), SignFault::FieldTaken);
}

#[test]
fn a_value_with_open_lengths_is_read_to_its_end() {
    let file = with_table(&objects());
    let value = [0x30, 0x80, 0x24, 0x80, 0x04, 0x02, 0, 0, 0, 0, 0x02, 0x01, 7, 0, 0];
    let prepared = prepare(&file, &request("person", None)).unwrap();
    let signed = prepared.finish(&value).unwrap();
    let read = SignedFile::read(&signed).unwrap();
    assert_eq!(read.signatures[0].contents, value);
}
