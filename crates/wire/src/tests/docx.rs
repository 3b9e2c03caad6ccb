//! Documents of word processors: as they are written, and as somebody hostile writes them.

use crate::asice::zip::{NewMember, write};
use crate::docx::{DocxFault, Limits, text};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";
const FOOT: &str = "</w:body></w:document>";

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let members: Vec<NewMember<'_>> = parts
        .iter()
        .map(|(name, data)| NewMember { name, data: data.as_bytes(), packed: None })
        .collect();
    write(&members, "").unwrap()
}

fn document(body: &str) -> Vec<u8> {
    let main = format!("{HEAD}{body}{FOOT}");
    packed(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &main)])
}

fn read(bytes: &[u8]) -> Result<String, DocxFault> {
    text(bytes, &Limits::default())
}

#[test]
fn paragraphs_are_lines_and_deleted_text_is_not_there() {
    let body = "<w:p><w:r><w:t>Quyết </w:t></w:r><w:r><w:t>định</w:t><w:tab/><w:t>12</w:t></w:r>\
        </w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ô một</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
        <w:p><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del><w:r><w:t>cuối</w:t><w:br/>\
        <w:t>trang</w:t></w:r></w:p>";
    assert_eq!(read(&document(body)).unwrap(), "Quyết định 12\nÔ một\ncuối\ntrang\n");
}

#[test]
fn heads_feet_and_notes_belong_to_it_and_comments_do_not() {
    let part = |text: &str| {
        format!(
            "<w:x xmlns:w=\"http://purl.oclc.org/ooxml/wordprocessingml/main\">\
             <w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:x>"
        )
    };
    let main = format!("{HEAD}<w:p><w:r><w:t>thân</w:t></w:r></w:p>{FOOT}");
    let file = packed(&[
        ("word/header1.xml", &part("đầu trang")),
        ("word/comments.xml", &part("góp ý")),
        ("word/document.xml", &main),
        ("word/footnotes.xml", &part("chú thích")),
    ]);
    assert_eq!(read(&file).unwrap(), "thân\nđầu trang\nchú thích\n");
}

#[test]
fn letters_from_before_unicode_are_vietnamese() {
    let body = "<w:p><w:r><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr><w:t>Céng hßa</w:t></w:r>\
        <w:r><w:t> Céng</w:t></w:r></w:p>";
    assert_eq!(read(&document(body)).unwrap(), "Cộng hòa Céng\n");
}

#[test]
fn what_is_no_document_or_costs_too_much_is_refused() {
    assert!(matches!(read(b"PK"), Err(DocxFault::Zip(_))));
    assert_eq!(read(&packed(&[("a.xml", "<a/>")])), Err(DocxFault::NoDocument));
    let entity = "<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>";
    assert_eq!(read(&packed(&[("word/document.xml", entity)])), Err(DocxFault::Xml));
    let long = document(&"<w:p><w:r><w:t>chữ</w:t></w:r></w:p>".repeat(5_000));
    let limits = Limits { part_bytes: 1_000, ..Limits::default() };
    assert!(matches!(text(&long, &limits), Err(DocxFault::Zip(_))));
    let limits = Limits { text_bytes: 100, ..Limits::default() };
    assert!(text(&long, &limits).unwrap().len() < 120);
}
