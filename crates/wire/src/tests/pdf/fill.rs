//! Number and date: left open when a person signs, filled in before the agency seals, agreed on by
//! verifiers that are not ours; and everything else of that kind stays refused.

use super::files::{objects, stream, updated, with_streams, with_table};
use super::others::RESULT;
use super::sign::SERIF;
use super::tools::{Desk, dummy, pdfsig_agrees, pyhanko_says, qpdf_agrees, request, run, said};
use crate::pdf::changes::{Change, Level};
use crate::pdf::fill::{DATE, Entry, FillFault, NUMBER, Place, fill, prepare, value};
use crate::pdf::sign::{Request, prepare as sign};
use crate::pdf::stamp::Rectangle;
use crate::pdf::{Certification, SignatureFault, SignedFile, fields};

const SYMBOL: &str = "15/UBND-VP";
const DAY: &str = "ngày 23 tháng 11 năm 2026";
const ITALIC: &str = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Italic.ttf";

fn fonts() -> Option<[Vec<u8>; 2]> {
    let read = [SERIF, ITALIC].map(|path| std::fs::read(path).ok());
    let [Some(upright), Some(italic)] = read else {
        println!("skipped: Liberation Serif is not installed");
        return None;
    };
    Some([upright, italic])
}

fn places(fonts: &[Vec<u8>; 2]) -> [Place<'_>; 2] {
    let at = |left, width| Rectangle { left, bottom: 700.0, width, height: 15.0 };
    let [upright, italic] = fonts;
    let number = Place {
        field: NUMBER,
        label: "Số, ký hiệu",
        page: 1,
        rectangle: at(110.0, 100.0),
        size_points: 13.0,
        font: upright,
        hint: "…/UBND-VP",
    };
    let date = Place {
        field: DATE,
        label: "Ngày ban hành",
        rectangle: at(330.0, 160.0),
        font: italic,
        hint: "ngày … tháng … năm …",
        ..number
    };
    [number, date]
}

fn entries(fonts: &[Vec<u8>; 2]) -> [Entry<'_>; 2] {
    [
        Entry { field: NUMBER, value: SYMBOL, font: &fonts[0] },
        Entry { field: DATE, value: DAY, font: &fonts[1] },
    ]
}

/// Signed with both places open.
fn open(fonts: &[Vec<u8>; 2]) -> Vec<u8> {
    dummy(&prepare(&with_table(&objects()), &places(fonts)).unwrap(), "person")
}

fn first(file: &[u8]) -> (Level, bool, Vec<Change>) {
    let read = SignedFile::read(file).unwrap();
    assert!(read.refused.is_empty(), "{:?}", read.refused);
    let changes = &read.signatures[0].changes;
    (changes.level, changes.permitted, changes.details.clone())
}

/// The number of the object of a field, and its text as it stands in the file.
fn object(file: &[u8], field: &str) -> (u32, String) {
    let read = SignedFile::read(file).unwrap();
    let all = fields(&read.document).unwrap();
    let number = all.iter().find(|one| one.name == field).unwrap().id.number;
    let head = format!("\n{number} 0 obj\n");
    let at = memchr::memmem::rfind(file, head.as_bytes()).unwrap() + head.len();
    let length = memchr::memmem::find(&file[at..], b"\nendobj").unwrap();
    (number, String::from_utf8_lossy(&file[at..at + length]).into_owned())
}

#[test]
fn signed_numbered_and_sealed_is_valid_for_everybody() {
    let (Some(desk), Some(fonts)) = (Desk::open(), fonts()) else { return };
    for file in [RESULT.to_vec(), with_table(&objects()), with_streams(&objects())] {
        let empty = prepare(&file, &places(&fonts)).unwrap();
        assert!(empty.starts_with(&file));
        assert_eq!(value(&empty, NUMBER).unwrap(), None);
        let signed = desk.sign(sign(&empty, &request("person", None)).unwrap(), "person");
        let filled = fill(&signed, &entries(&fonts)).unwrap();
        assert!(filled.starts_with(&signed));
        let sealed = sign(&filled, &request("organisation", None)).unwrap();
        let sealed = desk.sign(sealed, "organisation");
        qpdf_agrees(&desk, &empty);
        qpdf_agrees(&desk, &sealed);
        pdfsig_agrees(&desk, &sealed, 2);
        let read = SignedFile::read(&sealed).unwrap();
        assert!(read.refused.is_empty(), "{:?}", read.refused);
        let [person, seal] = read.signatures.as_slice() else { panic!() };
        assert_eq!((person.changes.level, person.changes.permitted), (Level::Completed, true));
        assert!(seal.covers_all && person.certification.is_none());
        let completed = |name: &str| Change::FieldCompleted { field: name.to_owned() };
        for name in [NUMBER, DATE] {
            assert!(person.changes.details.contains(&completed(name)), "{:?}", person.changes);
        }
        assert_eq!(value(&sealed, NUMBER).unwrap().as_deref(), Some(SYMBOL));
        assert_eq!(value(&sealed, DATE).unwrap().as_deref(), Some(DAY));
        if let Some(lines) = pyhanko_says(&desk, &sealed) {
            let expected = [
                "True True True ENTIRE_REVISION FORM_FILLING True",
                "True True True ENTIRE_FILE NONE True",
            ];
            assert_eq!(lines, expected);
        }
    }
}

#[test]
fn what_was_filled_in_is_seen_and_can_be_copied_out() {
    let (Some(desk), Some(fonts)) = (Desk::open(), fonts()) else { return };
    let empty = prepare(RESULT, &places(&fonts)).unwrap();
    let filled = fill(&empty, &entries(&fonts)).unwrap();
    for (file, words, others) in
        [(&empty, "…/UBND-VP", SYMBOL), (&filled, SYMBOL, "…/UBND-VP"), (&filled, DAY, "năm …")]
    {
        let path = desk.keep("shown.pdf", file);
        let Some(text) = run("pdftotext", &["-layout", &path, "-"]) else { return };
        let text = said(&text);
        assert!(text.contains(words) && !text.contains(others), "{text}");
        let Some(listed) = run("pdffonts", &[&path]) else { return };
        for line in said(&listed).lines().filter(|line| line.contains("Identity-H")) {
            assert!(line.contains("yes yes yes"), "{line}");
        }
    }
}

#[test]
fn a_certification_is_kept_to() {
    let Some(fonts) = fonts() else { return };
    let empty = prepare(&with_table(&objects()), &places(&fonts)).unwrap();
    let certified = |level| {
        let asked = Request { certification: Some(level), ..request("person", None) };
        sign(&empty, &asked).unwrap().finish(&[0x30, 0x01, 0]).unwrap()
    };
    let filled = fill(&certified(Certification::FormFilling), &entries(&fonts)).unwrap();
    assert_eq!((first(&filled).0, first(&filled).1), (Level::Completed, true));
    let closed = certified(Certification::NoChanges);
    assert_eq!(fill(&closed, &entries(&fonts)).unwrap_err(), FillFault::Locked);
    // Others do not ask: it shows.
    let (number, widget) = object(&closed, NUMBER);
    let forced = widget.replacen("<<", "<</V (99)", 1);
    let (level, permitted, _) = first(&updated(&closed, &[(number, &forced)], ""));
    assert_eq!((level, permitted), (Level::Completed, false));
}

#[test]
fn a_field_has_its_value_once() {
    let Some(fonts) = fonts() else { return };
    let filled = fill(&open(&fonts), &entries(&fonts)).unwrap();
    assert_eq!(fill(&filled, &entries(&fonts)).unwrap_err(), FillFault::Filled);
    let twice = [entries(&fonts)[0], entries(&fonts)[0]];
    assert_eq!(fill(&open(&fonts), &twice).unwrap_err(), FillFault::Filled);
    // By hand, after the seal: another number in the same place.
    let sealed = dummy(&filled, "organisation");
    let (number, widget) = object(&sealed, NUMBER);
    let other = widget.replace("(15/UBND-VP)", "(16/UBND-VP)");
    assert_ne!(other, widget);
    let read = updated(&sealed, &[(number, &other)], "");
    let read = SignedFile::read(&read).unwrap();
    let seal = &read.signatures[1].changes;
    assert_eq!((seal.level, seal.permitted), (Level::Content, false), "{seal:?}");
    // Opened again without any other change.
    let reopened = widget.replace("/Ff 1", "/Ff 0");
    assert_ne!(reopened, widget);
    let read = updated(&sealed, &[(number, &reopened)], "");
    let seal = &SignedFile::read(&read).unwrap().signatures[1].changes;
    assert_eq!((seal.level, seal.permitted), (Level::Content, false), "{seal:?}");
}

#[test]
fn text_elsewhere_stays_refused() {
    let Some(fonts) = fonts() else { return };
    // An empty field of another name; one of the right name that covers the page, has widgets in
    // two places, or had words already.
    let other = Place { field: "so-tien", ..places(&fonts)[0] };
    let file = prepare(&with_table(&objects()), &[other]).unwrap();
    let entry = Entry { field: "so-tien", value: "900", font: &fonts[0] };
    let (level, permitted, details) = first(&fill(&dummy(&file, "person"), &[entry]).unwrap());
    assert_eq!((level, permitted), (Level::FormFilled, false));
    assert_eq!(details, [Change::FieldFilled { field: "so-tien".into() }]);
    let plain = "<</Type/Annot/Subtype/Widget/FT/Tx/T(so-ky-hieu)/Rect[0 0 90 20]>>";
    let large = plain.replace("[0 0 90 20]", "[0 0 595 842]");
    let had = plain.replace("/Rect", "/V(100)/Rect");
    for (field, expected) in [
        (plain.to_owned(), Level::Completed),
        (large, Level::FormFilled),
        (had, Level::FormFilled),
        (plain.replace("/Tx", "/Ch"), Level::FormFilled),
        (plain.replace("/Rect", "/Ff 1/Rect"), Level::Content),
    ] {
        let mut parts = objects();
        parts[0] = "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[6 0 R]>>>>".into();
        parts[2] = parts[2].replace("/Contents", "/Annots[6 0 R]/Contents");
        parts.push(field.clone());
        let file = dummy(&with_table(&parts), "person");
        let filled = field.replace("/V(100)", "").replace("/Rect", "/V(900)/Rect");
        let (level, permitted, _) = first(&updated(&file, &[(6, &filled)], ""));
        let allowed = expected == Level::Completed;
        assert_eq!((level, permitted), (expected, allowed), "{field}");
    }
}

#[test]
fn a_number_that_is_moved_acts_or_changes_the_page_is_content() {
    let Some(fonts) = fonts() else { return };
    let signed = open(&fonts);
    let (number, widget) = object(&signed, NUMBER);
    let value = |widget: &str| widget.replacen("<<", "<</V (15)", 1);
    let plain = updated(&signed, &[(number, &value(&widget))], "");
    assert_eq!((first(&plain).0, first(&plain).1), (Level::Completed, true));
    let evil = [
        widget.replace("/Rect [110 ", "/Rect [10 "),
        widget.replace("/T (so-ky-hieu)", "/T (so-khac)"),
        widget.replacen("<<", "<</AA <</PO <</S /JavaScript /JS (x)>>>>", 1),
        widget.replace("/Ff 0", "/Ff 4096"),
        widget.replace("/DA (", "/DA (1 0 0 rg "),
    ];
    for widget in evil {
        let (level, permitted, _) = first(&updated(&signed, &[(number, &value(&widget))], ""));
        assert_eq!((level, permitted), (Level::Content, false), "{widget}");
    }
    // The value is given, and with it the text of the page is another.
    let page = stream("BT /F 14 Tf 72 700 Td (Quyet dinh so 99) Tj ET");
    let both = updated(&signed, &[(4, &page), (number, &value(&widget))], "");
    assert_eq!((first(&both).0, first(&both).1), (Level::Content, false));
}

#[test]
fn no_field_comes_after_a_signature() {
    let Some(fonts) = fonts() else { return };
    let signed = dummy(&with_table(&objects()), "person");
    assert_eq!(prepare(&signed, &places(&fonts)).unwrap_err(), FillFault::Signed);
    // By hand, in the form and on the page, empty or with its value.
    let field = "<</Type/Annot/Subtype/Widget/FT/Tx/T(so-ky-hieu)/V(15)/Rect[9 9 99 29]>>";
    let text = String::from_utf8_lossy(&signed).into_owned();
    let last = |number: u32| {
        let head = format!("\n{number} 0 obj\n");
        let at = text.rfind(&head).unwrap() + head.len();
        text[at..].split("\nendobj").next().unwrap().to_owned()
    };
    let catalog = last(1).replace("/Fields [", "/Fields [90 0 R ");
    let page = last(3).replace("/Annots [", "/Annots [90 0 R ");
    let late = updated(&signed, &[(1, &catalog), (3, &page), (90, field)], "");
    assert_eq!((first(&late).0, first(&late).1), (Level::Content, false));
    let read = SignedFile::read(&late).unwrap();
    assert!(!read.refused.iter().any(|one| one.fault == SignatureFault::Removed));
}

#[test]
fn what_cannot_be_made_or_filled_is_refused_with_its_reason() {
    let Some(fonts) = fonts() else { return };
    let plain = with_table(&objects());
    let [number, date] = places(&fonts);
    let moved = |change: fn(&mut Rectangle)| {
        let mut place = number;
        change(&mut place.rectangle);
        place
    };
    for (places, fault) in [
        (vec![Place { page: 2, ..number }], FillFault::NoSuchPage),
        (vec![Place { page: 0, ..number }], FillFault::NoSuchPage),
        (vec![moved(|place| place.left = 590.0)], FillFault::OffPage),
        (vec![moved(|place| place.width = 500.0)], FillFault::OffPage),
        (vec![moved(|place| place.height = f64::NAN)], FillFault::OffPage),
        (vec![Place { size_points: 90.0, ..number }], FillFault::Size),
        (vec![Place { field: "a.b", ..number }], FillFault::FieldName),
        (vec![Place { field: "", ..number }], FillFault::FieldName),
        (vec![number, date, number], FillFault::FieldName),
    ] {
        assert_eq!(prepare(&plain, &places).unwrap_err(), fault, "{places:?}");
    }
    let file = prepare(&plain, &places(&fonts)).unwrap();
    assert_eq!(prepare(&file, &[number]).unwrap_err(), FillFault::FieldName);
    let entry = |value| Entry { value, ..entries(&fonts)[0] };
    let (endless, long) = ("9".repeat(101), "9".repeat(60));
    for (value, fault) in [
        ("", FillFault::Value),
        ("  ", FillFault::Value),
        ("1\n2", FillFault::Value),
        (endless.as_str(), FillFault::Value),
        (long.as_str(), FillFault::TooWide),
    ] {
        assert_eq!(fill(&file, &[entry(value)]).unwrap_err(), fault, "{value}");
    }
    assert_eq!(fill(&plain, &[entry("1")]).unwrap_err(), FillFault::NoSuchField);
    assert!(matches!(fill(b"%PDF-1.7\n", &[entry("1")]), Err(FillFault::Unreadable(_))));
    // A symbol somewhat longer than its place is set smaller.
    assert!(fill(&file, &[entry("1234/QĐ-UBND-XDCT")]).is_ok());
}
