//! PDF files of our own making: with tables, with streams, with updates by hand.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

pub const CATALOG: &str = "<</Type/Catalog/Pages 2 0 R>>";
pub const PAGES: &str = "<</Type/Pages/Kids[3 0 R]/Count 1>>";
pub const PAGE: &str = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
    /Resources<</Font<</F 5 0 R>>>>>>";
pub const FONT: &str = "<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>";
pub const TEXT: &str = "BT /F 14 Tf 72 700 Td (Quyet dinh so 12) Tj ET";

pub fn stream(text: &str) -> String {
    format!("<</Length {}>>\nstream\n{text}\nendstream", text.len())
}

/// The objects of a one-page document, numbered from 1.
pub fn objects() -> Vec<String> {
    [CATALOG, PAGES, PAGE]
        .map(str::to_owned)
        .into_iter()
        .chain([stream(TEXT), FONT.into()])
        .collect()
}

/// A file with a cross-reference table.
pub fn with_table(objects: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (index, body) in objects.iter().enumerate() {
        table.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.extend_from_slice(format!("{} 0 obj\n{body}\nendobj\n", index + 1).as_bytes());
    }
    let at = file.len();
    let size = objects.len() + 1;
    file.extend_from_slice(table.as_bytes());
    let end = format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF\n");
    file.extend_from_slice(end.as_bytes());
    file
}

/// A file with an object stream and a cross-reference stream with a predictor.
pub fn with_streams(objects: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
    let (mut head, mut inside) = (String::new(), String::new());
    let container = objects.len() + 1;
    let mut rows: Vec<[u8; 5]> = vec![[0, 0, 0, 0, 0]];
    for (index, body) in objects.iter().enumerate() {
        if body.contains("stream") {
            rows.push(row(1, file.len(), 0));
            file.extend_from_slice(format!("{} 0 obj\n{body}\nendobj\n", index + 1).as_bytes());
        } else {
            let count = head.matches(' ').count() / 2;
            rows.push(row(2, container, count));
            head.push_str(&format!("{} {} ", index + 1, inside.len()));
            inside.push_str(body);
            inside.push(' ');
        }
    }
    let count = head.matches(' ').count() / 2;
    rows.push(row(1, file.len(), 0));
    let data = deflated(format!("{head}{inside}").as_bytes());
    let dictionary = format!(
        "{container} 0 obj\n<</Type/ObjStm/N {count}/First {}/Filter/FlateDecode/Length {}>>\n\
         stream\n",
        head.len(),
        data.len()
    );
    file.extend_from_slice(dictionary.as_bytes());
    file.extend_from_slice(&data);
    file.extend_from_slice(b"\nendstream\nendobj\n");
    let at = file.len();
    rows.push(row(1, at, 0));
    xref_stream(&mut file, container + 1, &rows);
    file.extend_from_slice(format!("startxref\n{at}\n%%EOF\n").as_bytes());
    file
}

fn xref_stream(file: &mut Vec<u8>, number: usize, rows: &[[u8; 5]]) {
    let mut predicted = Vec::new();
    let mut above = [0u8; 5];
    for row in rows {
        predicted.push(2);
        predicted.extend(row.iter().zip(above).map(|(byte, up)| byte.wrapping_sub(up)));
        above = *row;
    }
    let data = deflated(&predicted);
    let dictionary = format!(
        "{number} 0 obj\n<</Type/XRef/W[1 3 1]/Size {}/Root 1 0 R/Filter/FlateDecode\
         /DecodeParms<</Predictor 12/Columns 5>>/Length {}>>\nstream\n",
        rows.len(),
        data.len()
    );
    file.extend_from_slice(dictionary.as_bytes());
    file.extend_from_slice(&data);
    file.extend_from_slice(b"\nendstream\nendobj\n");
}

fn row(kind: u8, second: usize, third: usize) -> [u8; 5] {
    let [_, a, b, c] = (second as u32).to_be_bytes();
    [kind, a, b, c, third as u8]
}

pub fn deflated(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// Appends a revision with these objects, as an attacker or an editor would.
pub fn updated(file: &[u8], objects: &[(u32, &str)], trailer: &str) -> Vec<u8> {
    let mut out = file.to_vec();
    let mut table = String::from("xref\n");
    let mut sorted = objects.to_vec();
    sorted.sort_by_key(|(number, _)| *number);
    for (number, body) in sorted {
        table.push_str(&format!("{number} 1\n{:010} 00000 n \n", out.len()));
        out.extend_from_slice(format!("{number} 0 obj\n{body}\nendobj\n").as_bytes());
    }
    finished(out, file, &table, trailer)
}

/// Appends a revision whose cross-reference is only this text.
pub fn finished(mut out: Vec<u8>, before: &[u8], table: &str, trailer: &str) -> Vec<u8> {
    let at = out.len();
    let previous = start(before);
    let end = format!(
        "{table}trailer\n<</Size 900/Root 1 0 R/Prev {previous}{trailer}>>\n\
         startxref\n{at}\n%%EOF\n"
    );
    out.extend_from_slice(end.as_bytes());
    out
}

/// The offset behind the last `startxref`.
pub fn start(file: &[u8]) -> usize {
    let text = String::from_utf8_lossy(&file[file.len() - 40..]).into_owned();
    let (_, rest) = text.rsplit_once("startxref").unwrap();
    rest.split_whitespace().next().unwrap().parse().unwrap()
}

/// Two classic documents: one of each kind of cross-reference.
pub fn both() -> [(&'static str, Vec<u8>); 2] {
    [("table", with_table(&objects())), ("streams", with_streams(&objects()))]
}
