//! Every known way to make a signed PDF show something else: named, or refused.
//!
//! After Mladenov et al., "1 Trillion Dollar Refund" (universal forgery, incremental saving,
//! signature wrapping), and Mainka et al., "Shadow Attacks" (hide, replace, hide and replace), and
//! Rohlmann et al., "Breaking the Specification" (certified documents). The files are ours.

use super::files::{finished, objects, start, stream, updated, with_table};
use super::tools::{dummy, request};
use crate::pdf::changes::{Change, Deed, Level};
use crate::pdf::document::Document;
use crate::pdf::object::Id;
use crate::pdf::sign::{Request, prepare};
use crate::pdf::{Certification, PdfFault, SignatureFault, SignedFile};

fn signed() -> Vec<u8> {
    dummy(&with_table(&objects()), "person")
}

fn level(file: &[u8]) -> (Level, Vec<Change>) {
    let read = SignedFile::read(file).unwrap();
    assert!(read.refused.is_empty(), "{:?}", read.refused);
    let signature = &read.signatures[0];
    (signature.changes.level, signature.changes.details.clone())
}

fn fault(file: &[u8]) -> SignatureFault {
    let read = SignedFile::read(file).unwrap();
    assert!(read.signatures.is_empty());
    read.refused[0].fault
}

/// Replaces text of the same length, so that no offset moves.
fn edited(file: &[u8], from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let at = find(file, from);
    let mut file = file.to_vec();
    file[at..at + to.len()].copy_from_slice(to.as_bytes());
    file
}

fn find(file: &[u8], text: &str) -> usize {
    memchr::memmem::find(file, text.as_bytes()).unwrap()
}

fn byte_range(file: &[u8]) -> (usize, [usize; 4]) {
    let at = find(file, "/ByteRange [") + "/ByteRange [".len();
    let end = at + file[at..].iter().position(|byte| *byte == b']').unwrap();
    let numbers: Vec<usize> = std::str::from_utf8(&file[at..end])
        .unwrap()
        .split_whitespace()
        .map(|number| number.parse().unwrap())
        .collect();
    (at, numbers.try_into().unwrap())
}

/// The same file with another byte range; the array stands in 40 bytes of blanks.
fn ranged(file: &[u8], numbers: &str) -> Vec<u8> {
    let (at, _) = byte_range(file);
    let mut file = file.to_vec();
    let array = format!("{numbers:<39}");
    assert_eq!(array.len(), 39);
    file[at..at + 39].copy_from_slice(array.as_bytes());
    file
}

#[test]
fn byte_ranges_that_overlap_shrink_or_leave_the_file_are_refused() {
    let file = signed();
    let (_, [_, a, b, c]) = byte_range(&file);
    let bad = SignatureFault::ByteRange;
    for numbers in [
        "0 0 0 0]".to_owned(),
        format!("1 {a} {b} {c}]"),
        format!("0 {a} {b} {}]", c + 1),
        format!("0 {a} {b} -1]"),
        format!("0 -5 {b} {c}]"),
        format!("0 {b} {a} {c}]"),
        format!("0 {a} {a} {c}]"),
        format!("0 {a} {b}]"),
        format!("0 {a} {b} {c} 0 1]"),
        format!("0 {a} {b} 9223372036854775807]"),
        format!("0 {a} {b} {c}.0]"),
        "]".to_owned(),
    ] {
        assert_eq!(fault(&ranged(&file, &numbers)), bad, "{numbers}");
    }
    for numbers in [
        format!("0 {} {b} {c}]", a - 1),
        format!("0 {} {b} {c}]", a + 1),
        format!("0 {a} {} {}]", b + 1, c - 1),
        format!("0 {a} {} {}]", b - 1, c + 1),
        format!("0 {} {b} {c}]", a - 100),
    ] {
        assert_eq!(fault(&ranged(&file, &numbers)), SignatureFault::Gap, "{numbers}");
    }
    let short = format!("0 {a} {b} {}]", c - 10);
    assert_eq!(fault(&ranged(&file, &short)), SignatureFault::NotARevision);
}

#[test]
fn universal_forgery_leaves_nothing_out_and_nothing_null() {
    let file = signed();
    let bad = [
        ("/ByteRange [", "/ByteRangX [", SignatureFault::ByteRange),
        ("/Contents <", "/ContentX <", SignatureFault::Contents),
        ("/SubFilter", "/SubFiltex", SignatureFault::UnknownFormat),
        ("/ETSI.CAdES.detached", "/ETSI.CAdES.detachex", SignatureFault::UnknownFormat),
    ];
    for (from, to, expected) in bad {
        assert_eq!(fault(&edited(&file, from, to)), expected);
    }
    let zeros = edited(&file, "/Contents <3020", "/Contents <0000");
    assert_eq!(fault(&zeros), SignatureFault::Contents);
    let (_, [_, _, gap_end, _]) = byte_range(&file);
    let mut trailing = file.clone();
    trailing[gap_end - 4] = b'1';
    assert_eq!(fault(&trailing), SignatureFault::Trailing);
    let mut spaced = file.clone();
    spaced[gap_end - 4] = b' ';
    spaced[gap_end - 3] = b'\n';
    assert_eq!(fault(&spaced), SignatureFault::Gap);
}

#[test]
fn a_wrapped_signature_is_not_where_its_byte_range_says() {
    // The signed second part is moved back; between, the attacker puts another catalog.
    let file = signed();
    let (at, [_, gap_start, gap_end, rest]) = byte_range(&file);
    let evil = b"\n1 0 obj\n<</Type/Catalog/Pages 99 0 R>>\nendobj\n";
    let mut wrapped = file[..gap_end].to_vec();
    wrapped.extend_from_slice(evil);
    let moved = wrapped.len();
    wrapped.extend_from_slice(&file[gap_end..]);
    let range = format!("{:<39}", format!("0 {gap_start} {moved} {rest}]"));
    wrapped[at..at + 39].copy_from_slice(range.as_bytes());
    match SignedFile::read(&wrapped) {
        Err(fault) => assert!(matches!(fault, PdfFault::Xref(_)), "{fault}"),
        Ok(read) => assert_eq!(read.refused[0].fault, SignatureFault::Gap),
    }
}

#[test]
fn a_second_byte_range_or_contents_cannot_be_smuggled_in() {
    let file = signed();
    // The padding behind the byte range is where a second name would fit.
    let at = find(&file, "/Contents <") - 20;
    let mut twice = file.clone();
    twice[at..at + 15].copy_from_slice(b"/Contents <00> ");
    let read = SignedFile::read(&twice).map(|_| ()).unwrap_err();
    assert!(matches!(read, PdfFault::NameTwice { .. }), "{read}");
}

#[test]
fn incremental_saving_attacks_are_named_or_refused() {
    let file = signed();
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 90 0 R>>";
    let text = stream("BT (Forged) Tj ET");
    // A proper update with another page.
    let (found, details) = level(&updated(&file, &[(3, page), (90, &text)], ""));
    assert_eq!(found, Level::Content, "{details:?}");
    // Only the content stream is exchanged.
    let (found, _) = level(&updated(&file, &[(4, &text)], ""));
    assert_eq!(found, Level::Content);
    // A new catalog under another number.
    let catalog = "<</Type/Catalog/Pages 2 0 R/AcroForm 95 0 R>>";
    let form = objects_form(&file);
    let other = updated(&file, &[(94, catalog), (95, &form)], "");
    let other = String::from_utf8_lossy(&other[file.len()..]).replace("/Root 1 0", "/Root 94 0");
    let (found, _) = level(&[file.as_slice(), other.as_bytes()].concat());
    assert_eq!(found, Level::Content);
    // Without cross-reference and trailer, and with no end: nothing that repairs, nothing to show.
    let naked = [file.as_slice(), b"4 0 obj\n<<>>\nendobj\n"].concat();
    assert_eq!(SignedFile::read(&naked).map(|_| ()).unwrap_err(), PdfFault::NoEnd);
    let body = [file.as_slice(), b"4 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"].concat();
    assert!(SignedFile::read(&body).is_err());
    // An update that starts anew instead of continuing.
    let all = with_table(&objects());
    let at = file.len();
    let fresh =
        format!("xref\n0 1\n0000000000 65535 f \n1 1\n{:010} 00000 n \n", find(&all, "1 0 obj"));
    let cut = format!("{fresh}trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n");
    let read = SignedFile::read(&[file.as_slice(), cut.as_bytes()].concat()).map(|read| {
        assert!(read.signatures.is_empty());
    });
    assert!(read.is_ok());
}

/// The form dictionary that our writer put into the catalog.
fn objects_form(file: &[u8]) -> String {
    let text = String::from_utf8_lossy(file);
    let from = text.find("/AcroForm <<").unwrap() + "/AcroForm ".len();
    let end = text[from..].find("/Extensions").unwrap();
    text[from..from + end].to_owned()
}

#[test]
fn an_update_that_does_not_build_on_the_signed_revision_is_named() {
    let file = signed();
    let previous = start(&file);
    // The old section is copied behind the signed part; Prev leads to the copy.
    let text = String::from_utf8_lossy(&file).into_owned();
    let copy = &text[text[..].rfind("\nxref\n").unwrap() + 1..];
    let section = &copy[..copy.find("startxref").unwrap()];
    let mut out = file.clone();
    let at = out.len();
    out.extend_from_slice(section.as_bytes());
    out.extend_from_slice(format!("startxref\n{at}\n%%EOF\n").as_bytes());
    assert_ne!(at, previous);
    let (found, details) = level(&out);
    assert_eq!(found, Level::Content);
    assert!(details.contains(&Change::NotBuiltOn), "{details:?}");
}

#[test]
fn shadow_hide_is_content() {
    // What lies over the text is taken away after signing: an image, an annotation.
    let mut parts = objects();
    parts[2] = parts[2].replace("/Contents 4 0 R", "/Contents[4 0 R 6 0 R]/Annots[7 0 R]");
    parts.push(stream("q 0 0 595 842 re f Q"));
    parts.push("<</Type/Annot/Subtype/Square/Rect[0 0 595 842]>>".into());
    let file = dummy(&with_table(&parts), "person");
    let (found, _) = level(&updated(&file, &[(6, &stream(""))], ""));
    assert_eq!(found, Level::Content);
    // The overlay is freed in the cross-reference and nothing else is touched.
    let table = "xref\n6 1\n0000000000 00001 f \n";
    let (found, details) = level(&finished(file.clone(), &file, table, ""));
    assert_eq!((found, details), (Level::Content, vec![Change::Dropped { number: 6 }]));
    let (found, details) = level(&updated(&file, &[(7, "<</Type/Annot/Subtype/Square/F 2>>")], ""));
    assert_eq!(found, Level::Annotated);
    assert_eq!(details, [Change::Annotation { page: 1, deed: Deed::Changed }]);
}

#[test]
fn shadow_replace_of_a_font_is_content_and_of_a_field_is_named() {
    let mut parts = objects();
    parts[0] = "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>".into();
    parts[2] = parts[2].replace("/Contents", "/Annots[6 0 R]/Contents");
    let field = "<</Type/Annot/Subtype/Widget/FT/Tx/T(sum)/V(100)/Rect[0 0 90 20]>>";
    parts.push(field.into());
    let file = dummy(&with_table(&parts), "person");
    let font = "<</Type/Font/Subtype/Type1/BaseFont/Symbol>>";
    assert_eq!(level(&updated(&file, &[(5, font)], "")).0, Level::Content);
    let filled = field.replace("100", "900");
    let (found, details) = level(&updated(&file, &[(6, &filled)], ""));
    assert_eq!(found, Level::FormFilled);
    assert_eq!(details, [Change::FieldFilled { field: "sum".into() }]);
    let read = updated(&file, &[(6, &filled)], "");
    assert!(!SignedFile::read(&read).unwrap().signatures[0].changes.permitted);
    // A field that is moved, or renamed, is not filled in.
    for other in [field.replace("[0 0 90", "[9 9 90"), field.replace("(sum)", "(zum)")] {
        assert_eq!(level(&updated(&file, &[(6, &other)], "")).0, Level::Content);
    }
}

#[test]
fn shadow_hide_and_replace_is_content() {
    // Before signing, a second page tree lies unused in the file; after, only the cross-reference
    // changes and points at it.
    let mut file = with_table(&objects());
    let hidden = "2 0 obj\n<</Type/Pages/Kids[3 0 R 3 0 R]/Count 2>>\nendobj\n";
    let place = find(&file, "xref\n");
    let at = place;
    file.splice(place..place, hidden.bytes());
    let old = format!("startxref\n{place}");
    let new = format!("startxref\n{}", place + hidden.len());
    let end = find(&file, &old);
    file.splice(end..end + old.len(), new.bytes());
    let file = dummy(&file, "person");
    assert_eq!(level(&file).0, Level::Nothing);
    let table = format!("xref\n2 1\n{at:010} 00000 n \n");
    let (found, details) = level(&finished(file.clone(), &file, &table, ""));
    assert_eq!((found, details), (Level::Content, vec![Change::Replaced { number: 2 }]));
}

#[test]
fn a_reference_that_led_nowhere_when_signed_must_not_lead_somewhere_later() {
    let mut parts = objects();
    parts[2] = parts[2].replace("/Contents 4 0 R", "/Contents[4 0 R 77 0 R]");
    let file = dummy(&with_table(&parts), "person");
    let (found, details) = level(&updated(&file, &[(77, &stream("q Q"))], ""));
    assert_eq!((found, details), (Level::Content, vec![Change::Filled { number: 77 }]));
}

#[test]
fn metadata_that_is_also_the_page_is_the_page() {
    let mut parts = objects();
    parts[0] = "<</Type/Catalog/Pages 2 0 R/Metadata 4 0 R>>".into();
    let file = dummy(&with_table(&parts), "person");
    let (found, _) = level(&updated(&file, &[(4, &stream("BT (Other) Tj ET"))], ""));
    assert_eq!(found, Level::Content);
    let mut parts = objects();
    parts[0] = "<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R>>".into();
    parts.push(stream("<x/>"));
    let file = dummy(&with_table(&parts), "person");
    let (found, details) = level(&updated(&file, &[(6, &stream("<y/>"))], ""));
    assert_eq!((found, details), (Level::LongTerm, vec![Change::Metadata]));
}

#[test]
fn evil_annotations_and_sneaky_fields_show_on_certified_documents() {
    let file = with_table(&objects());
    let certify =
        Request { certification: Some(Certification::FormFilling), ..request("person", None) };
    let file = prepare(&file, &certify).unwrap().finish(&[0x30, 0x01, 0]).unwrap();
    let text = String::from_utf8_lossy(&file).into_owned();
    let page = text[text.rfind("\n3 0 obj\n").unwrap() + 9..].split("\nendobj").next().unwrap();
    let page = page.replace("/Annots [", "/Annots [90 0 R ");
    let note = "<</Type/Annot/Subtype/FreeText/Rect[0 0 595 842]/Contents(Other)>>";
    let evil = updated(&file, &[(3, &page), (90, note)], "");
    let read = SignedFile::read(&evil).unwrap();
    let changes = &read.signatures[0].changes;
    assert_eq!((changes.level, changes.permitted), (Level::Annotated, false));
    // A visible field to sign in that nobody signs.
    let catalog = text[text.rfind("\n1 0 obj\n").unwrap() + 9..].split("\nendobj").next().unwrap();
    let catalog = catalog.replace("/Fields [", "/Fields [90 0 R ");
    let field = "<</Type/Annot/Subtype/Widget/FT/Sig/T(late)/Rect[0 0 595 842]>>";
    let evil = updated(&file, &[(1, &catalog), (3, &page), (90, field)], "");
    let read = SignedFile::read(&evil).unwrap();
    let changes = &read.signatures[0].changes;
    assert_eq!((changes.level, changes.permitted), (Level::Annotated, false), "{changes:?}");
    // One that acts by itself, and one that uses what lay ready when the document was signed.
    let acting = field.replace("/T(late)", "/T(late)/AA<</PO<</S/JavaScript/JS(x)>>>>");
    let ready = "<</FT/Sig/T(late)/Kids[5 0 R]>>";
    for field in [acting.as_str(), ready] {
        let evil = updated(&file, &[(1, &catalog), (3, &page), (90, field)], "");
        let read = SignedFile::read(&evil).unwrap();
        assert_eq!(read.signatures[0].changes.level, Level::Content, "{field}");
    }
}

#[test]
fn the_picture_of_a_signature_is_fixed_with_it() {
    let file = signed();
    let text = String::from_utf8_lossy(&file).into_owned();
    let number: u32 = text[text.find("/Fields [").unwrap() + 9..]
        .split_whitespace()
        .next()
        .unwrap()
        .parse()
        .unwrap();
    let head = format!("\n{number} 0 obj\n");
    let field = text[text.find(&head).unwrap() + head.len()..].split("\nendobj").next().unwrap();
    let moved = field.replace("/Rect [0 0 0 0]", "/Rect [9 9 99 99]");
    assert_ne!(moved, field);
    assert_eq!(level(&updated(&file, &[(number, &moved)], "")).0, Level::Content);
}

#[test]
fn two_fields_cannot_share_one_signature() {
    let file = signed();
    let text = String::from_utf8_lossy(&file).into_owned();
    let value = text[text.find("/V ").unwrap() + 3..].split('\n').next().unwrap();
    let catalog = text[text.rfind("\n1 0 obj\n").unwrap() + 9..].split("\nendobj").next().unwrap();
    let catalog = catalog.replace("/Fields [", "/Fields [90 0 R ");
    let field = format!("<</FT/Sig/T(copy)/V {value}/Rect[0 0 0 0]/Subtype/Widget>>");
    let read = updated(&file, &[(1, &catalog), (90, &field)], "");
    let read = SignedFile::read(&read).unwrap();
    // The copy is listed first and is not in the signed revision; the true one then shares it.
    assert_eq!(read.refused.len(), 2);
    assert!(read.signatures.is_empty());
}

#[test]
fn cross_references_that_run_in_circles_end() {
    let file = with_table(&objects());
    let at = file.len();
    let own =
        format!("xref\n0 0\ntrailer\n<</Size 6/Root 1 0 R/Prev {at}>>\nstartxref\n{at}\n%%EOF");
    let all = [file.as_slice(), own.as_bytes()].concat();
    assert_eq!(SignedFile::read(&all).map(|_| ()).unwrap_err(), PdfFault::XrefLoop);
    let hybrid =
        format!("xref\n0 0\ntrailer\n<</Size 6/Root 1 0 R/XRefStm {at}>>\nstartxref\n{at}\n%%EOF");
    let all = [file.as_slice(), hybrid.as_bytes()].concat();
    assert_eq!(SignedFile::read(&all).map(|_| ()).unwrap_err(), PdfFault::XrefLoop);
}

#[test]
fn page_trees_and_forms_that_run_in_circles_end() {
    let mut parts = objects();
    parts[1] = "<</Type/Pages/Kids[2 0 R]/Count 1>>".into();
    let fault = prepare(&with_table(&parts), &request("person", None)).unwrap_err();
    assert_eq!(fault, PdfFault::NoPages.into());
    let mut parts = objects();
    parts[0] = "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>".into();
    parts.push("<</T(a)/Kids[6 0 R]>>".into());
    let fault = SignedFile::read(&with_table(&parts)).map(|_| ()).unwrap_err();
    assert_eq!(fault, PdfFault::Form);
}

#[test]
fn bombs_are_left_unexploded() {
    // 40 MB of zeros as an object stream in 40 KB.
    let bomb = super::files::deflated(&vec![b' '; 40 << 20]);
    let mut file = with_table(&objects());
    let place = file.len();
    let head =
        format!("9 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {}>>", bomb.len());
    file.extend_from_slice(head.as_bytes());
    file.extend_from_slice(b"\nstream\n");
    file.extend_from_slice(&bomb);
    file.extend_from_slice(b"\nendstream\nendobj\n");
    let at = file.len();
    let mut rows = vec![1u8];
    rows.extend((place as u32).to_be_bytes());
    rows.extend([0, 2, 0, 0, 0, 9, 0]);
    let section = format!(
        "10 0 obj\n<</Type/XRef/W[1 4 1]/Index[9 1 1 1]/Size 11/Root 1 0 R/Length {}>>\nstream\n",
        rows.len()
    );
    file.extend_from_slice(section.as_bytes());
    file.extend_from_slice(&rows);
    file.extend_from_slice(format!("\nendstream\nendobj\nstartxref\n{at}\n%%EOF").as_bytes());
    assert_eq!(SignedFile::read(&file).map(|_| ()).unwrap_err(), PdfFault::TooLarge);
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let mut parts = objects();
    parts[0] = format!("<</Type/Catalog/Pages 2 0 R/X {deep}>>");
    let fault = SignedFile::read(&with_table(&parts)).map(|_| ()).unwrap_err();
    assert_eq!(fault, PdfFault::TooDeep);
}

#[test]
fn encrypted_files_are_not_read_and_say_so() {
    let file = with_table(&objects());
    let locked = finished(file.clone(), &file, "xref\n0 0\n", "/Encrypt<</Filter/Standard>>");
    assert_eq!(SignedFile::read(&locked).map(|_| ()).unwrap_err(), PdfFault::Encrypted);
}

#[test]
fn objects_inside_of_objects_are_not_read_again_and_again() {
    // Each object is a string that holds all the later ones.
    const COUNT: usize = 20_000;
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", COUNT + 1);
    for number in 1..=COUNT {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        let body = if number == 1 { "<</X(" } else { "(" };
        file.extend_from_slice(format!("{number} 0 obj {body}").as_bytes());
    }
    file.extend_from_slice(") endobj ".repeat(COUNT - 1).as_bytes());
    file.extend_from_slice(b")>> endobj\n");
    let at = file.len();
    file.extend_from_slice(table.as_bytes());
    let end = format!("trailer\n<</Size {COUNT}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF");
    file.extend_from_slice(end.as_bytes());
    let document = Document::open(&file).unwrap();
    let mut objects =
        (1..=COUNT as u32).map(|number| document.object(Id { number, generation: 0 }));
    assert_eq!(objects.find_map(Result::err), Some(PdfFault::TooMuchWork));
}

#[test]
fn many_signatures_are_read_and_too_many_are_said() {
    let mut file = with_table(&objects());
    for number in 0..66 {
        file = dummy(&file, &format!("s{number}"));
    }
    let read = SignedFile::read(&file).unwrap();
    assert_eq!(read.signatures.len(), 64);
    assert!(read.refused.iter().all(|one| one.fault == SignatureFault::TooMany));
    assert_eq!((read.refused.len(), read.revisions.len()), (2, 67));
    assert_eq!(read.signatures[0].changes.level, Level::Signatures);
}
