//! The smallest files of each kind.

use crate::files::Media;

pub fn pdf() -> Vec<u8> {
    b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n".to_vec()
}

pub fn png() -> Vec<u8> {
    b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0\0\0\0\0\0\0\0\0IEND\xaeB`\x82"
        .to_vec()
}

pub fn jpeg() -> Vec<u8> {
    b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9".to_vec()
}

/// As a telephone makes it: a small picture in the picture, two scans, restart counters, fill bytes
/// and `FF` among what is drawn.
pub fn photograph() -> Vec<u8> {
    let segment = |code: u8, content: &[u8]| {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, code], &length[..], content].concat()
    };
    let small = [b"Exif\0\0".as_slice(), &jpeg()].concat();
    let drawn = b"\x12\xff\0\x34\xff\xd0\x56\xff\0\xff\xd1\x78";
    [
        b"\xff\xd8".to_vec(),
        segment(0xe1, &small),
        segment(0xc2, &[8, 0, 1, 0, 1, 1]),
        segment(0xda, &[1, 1, 0, 0, 0, 0]),
        drawn.to_vec(),
        b"\xff\xff".to_vec(),
        segment(0xda, &[1, 1, 0, 1, 63, 0]),
        drawn.to_vec(),
        b"\xff\xd9".to_vec(),
    ]
    .concat()
}

pub fn webp() -> Vec<u8> {
    b"RIFF\x12\0\0\0WEBPVP8L\x05\0\0\0\x2f\0\0\0\0\0".to_vec()
}

pub fn docx() -> Vec<u8> {
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")])
}

pub fn xlsx() -> Vec<u8> {
    zip(&[("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>")])
}

pub fn odt() -> Vec<u8> {
    let kind = b"application/vnd.oasis.opendocument.text";
    zip(&[("mimetype", kind), ("content.xml", b"<office:document-content/>")])
}

pub fn text() -> Vec<u8> {
    "Kính gửi: Ủy ban nhân dân xã\r\n\tĐơn đề nghị".as_bytes().to_vec()
}

pub fn of(media: Media) -> Vec<u8> {
    match media {
        Media::Pdf => pdf(),
        Media::Png => png(),
        Media::Jpeg => jpeg(),
        Media::Webp => webp(),
        Media::Docx => docx(),
        Media::Xlsx => xlsx(),
        Media::Odt => odt(),
        Media::Text => text(),
        Media::Zip | Media::Other => zip(&[("a.txt", b"a")]),
    }
}

/// An archive with its members as they are, not compressed.
pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut body, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in members {
        let offset = u32::try_from(body.len()).unwrap();
        let size = u32::try_from(content.len()).unwrap().to_le_bytes();
        let name_bytes = u16::try_from(name.len()).unwrap().to_le_bytes();
        // Version, flags, method, time, date, checksum.
        let common = [20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        body.extend([&b"PK\x03\x04"[..], &common, &size, &size, &name_bytes, &[0, 0]].concat());
        body.extend([name.as_bytes(), content].concat());
        directory.extend([&b"PK\x01\x02"[..], &[20, 0], &common, &size, &size].concat());
        directory.extend([&name_bytes[..], &[0; 12], &offset.to_le_bytes()].concat());
        directory.extend(name.as_bytes());
    }
    let count = u16::try_from(members.len()).unwrap().to_le_bytes();
    let length = u32::try_from(directory.len()).unwrap().to_le_bytes();
    let start = u32::try_from(body.len()).unwrap().to_le_bytes();
    let end = [&b"PK\x05\x06"[..], &[0; 4], &count, &count, &length, &start, &[0, 0]].concat();
    [body, directory, end].concat()
}
