//! Changes that are allowed are told from those that are not, whoever wrote them.

use super::files::{objects, stream, updated, with_streams, with_table};
use super::tools::dummy;
use crate::pdf::changes::{Change, Level};
use crate::pdf::document::Document;
use crate::pdf::{SignedFile, fields};

#[test]
fn an_object_written_again_as_it_was_is_no_change() {
    for file in [with_table(&objects()), with_streams(&objects())] {
        let file = dummy(&file, "person");
        let page = objects()[2].replace("/Type/Page", " /Type   /Page");
        let same = updated(&file, &[(5, super::files::FONT)], "");
        let read = SignedFile::read(&same).unwrap();
        assert_eq!(read.signatures[0].changes.level, Level::Nothing);
        // The page has its widget by now: written without it, it is another page.
        let without = updated(&file, &[(3, &page)], "");
        let read = SignedFile::read(&without).unwrap();
        assert!(read.signatures[0].changes.level >= Level::Annotated);
    }
}

#[test]
fn new_objects_that_nothing_uses_are_only_said() {
    let file = dummy(&with_table(&objects()), "person");
    let more = updated(&file, &[(90, &stream("q Q"))], "");
    let read = SignedFile::read(&more).unwrap();
    assert_eq!(read.signatures[0].changes.details, [Change::Unused]);
    assert_eq!(read.signatures[0].changes.level, Level::LongTerm);
}

#[test]
fn the_signed_file_is_a_file_and_knows_nothing_of_later() {
    let first = dummy(&with_streams(&objects()), "person");
    let second = dummy(&first, "organisation");
    let read = SignedFile::read(&second).unwrap();
    assert_eq!(read.signatures[0].seen, None);
    let signed = read.signatures[0].signed_file(&read);
    assert_eq!(signed, first);
    let before = Document::open(signed).unwrap();
    assert_eq!(fields(&before).unwrap().len(), 1);
    assert_eq!(fields(&read.document).unwrap().len(), 2);
}

#[test]
fn a_hybrid_file_is_read_with_its_hidden_objects() {
    // The table hides object 5 as free; the stream beside it knows where it is.
    let mut file = with_table(&objects());
    let table_at = super::files::start(&file);
    file.truncate(table_at);
    let five = memchr::memmem::find(&file, b"5 0 obj").unwrap();
    let stream_at = file.len();
    let mut rows = vec![1u8];
    rows.extend((five as u32).to_be_bytes());
    rows.push(0);
    file.extend_from_slice(
        format!(
            "6 0 obj\n<</Type/XRef/W[1 4 1]/Index[5 1]/Size 7/Root 1 0 R/Length {}>>\nstream\n",
            rows.len()
        )
        .as_bytes(),
    );
    file.extend_from_slice(&rows);
    file.extend_from_slice(b"\nendstream\nendobj\n");
    let at = file.len();
    let mut table = String::from("xref\n0 6\n0000000000 65535 f \n");
    for number in 1..5 {
        let head = format!("{number} 0 obj");
        let place = memchr::memmem::find(&file, head.as_bytes()).unwrap();
        table.push_str(&format!("{place:010} 00000 n \n"));
    }
    table.push_str("0000000000 00000 f \n");
    file.extend_from_slice(table.as_bytes());
    let end =
        format!("trailer\n<</Size 7/Root 1 0 R/XRefStm {stream_at}>>\nstartxref\n{at}\n%%EOF\n");
    file.extend_from_slice(end.as_bytes());
    // Two readers would see two documents when both knew it, at two places.
    let text = String::from_utf8_lossy(&file).into_owned();
    let torn = text.rfind("0000000000 00000 f").unwrap() - (text.len() - file.len());
    let mut torn_file = file.clone();
    torn_file[torn..torn + 18].copy_from_slice(b"0000000015 00000 n");
    let fault = Document::open(&torn_file).map(|_| ()).unwrap_err();
    assert_eq!(fault, crate::pdf::PdfFault::ObjectTwice { number: 5 });
    let document = Document::open(&file).unwrap();
    let font = document.object(crate::pdf::object::Id { number: 5, generation: 0 }).unwrap();
    assert!(font.as_dictionary().unwrap().is_type("Font"));
    let signed = dummy(&file, "person");
    assert_eq!(SignedFile::read(&signed).unwrap().signatures.len(), 1);
}
