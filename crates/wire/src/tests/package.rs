//! Documents and tables: as they are written, and as somebody hostile writes them.

use crate::asice::zip::{NewMember, write};
use crate::package::{Limits, PackageFault, text};

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

fn read(bytes: &[u8]) -> Result<String, PackageFault> {
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
    assert!(matches!(read(b"PK"), Err(PackageFault::Zip(_))));
    assert_eq!(read(&packed(&[("a.xml", "<a/>")])), Err(PackageFault::NoDocument));
    let entity = "<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>";
    assert_eq!(read(&packed(&[("word/document.xml", entity)])), Err(PackageFault::Xml));
    let long = document(&"<w:p><w:r><w:t>chữ</w:t></w:r></w:p>".repeat(5_000));
    let limits = Limits { part_bytes: 1_000, ..Limits::default() };
    assert!(matches!(text(&long, &limits), Err(PackageFault::Zip(_))));
    let limits = Limits { text_bytes: 100, ..Limits::default() };
    assert!(text(&long, &limits).unwrap().len() < 120);
}

#[test]
fn a_text_of_opendocument_is_its_paragraphs_without_comments_and_deleted_text() {
    let content = "<office:document-content \
        xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
        xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" \
        xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\"><office:body><office:text>\
        <text:tracked-changes><text:p>đã xóa</text:p></text:tracked-changes>\
        <text:h>Báo cáo</text:h>\n  <text:p>Kết <text:span>quả<text:s/>thực</text:span><text:tab/>\
        hiện<office:annotation><text:p>góp ý</text:p></office:annotation> quý<text:line-break/>\
        bốn</text:p><table:table><table:table-row><table:table-cell><text:p>Ô một</text:p>\
        </table:table-cell></table:table-row></table:table></office:text></office:body>\
        </office:document-content>";
    let styles = "<x xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\">\
        <text:p>đầu trang</text:p></x>";
    let file = packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("styles.xml", styles),
        ("content.xml", content),
        ("meta.xml", "<x>không đọc</x>"),
    ]);
    let found = read(&file).unwrap();
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(lines, ["Báo cáo", "Kết quả thực hiện quý", "bốn", "Ô một", "đầu trang"]);
}

#[test]
fn a_table_is_its_sheets_its_texts_and_its_numbers() {
    let main = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
    let workbook = format!(
        "<workbook {main}><sheets><sheet name=\"Tổng hợp\" sheetId=\"1\"/></sheets></workbook>"
    );
    let shared = format!(
        "<sst {main}><si><t>Xã Phú Lộc</t></si><si><r><t>Tỷ </t></r><r><t>lệ</t></r>\
         <rPh><t>ẩn</t></rPh></si></sst>"
    );
    let sheet = format!(
        "<worksheet {main}><sheetData><row><c t=\"s\"><v>0</v></c><c><v>2026</v></c>\
         <c t=\"b\"><v>1</v></c></row><row><c t=\"inlineStr\"><is><t>Ghi chú</t></is></c>\
         <c t=\"str\"><f>A1</f><v>đạt</v></c></row></sheetData></worksheet>"
    );
    let file = packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/worksheets/_rels/sheet1.xml.rels", "<x/>"),
        ("xl/sharedStrings.xml", &shared),
        ("xl/workbook.xml", &workbook),
    ]);
    let found = read(&file).unwrap();
    let lines: Vec<&str> = found.lines().map(str::trim).collect();
    assert_eq!(lines, ["Tổng hợp", "Xã Phú Lộc", "Tỷ lệ", "2026", "Ghi chú đạt"]);
}
