//! Appending one revision: new and replaced objects, and a cross-reference section in kind.
//!
//! The old bytes stay what they are; that is the whole point.
//!
//! Specification: ISO 32000-1 §7.5.6.

use std::collections::BTreeMap;
use std::io::Write;

use super::document::Document;
use super::object::{Dictionary, Id, Object};
use super::xref::SectionKind;
use crate::algorithm::Digest;

/// A revision in the making.
pub struct Update<'d, 'a> {
    document: &'d Document<'a>,
    next: u32,
    bodies: BTreeMap<u32, (u16, Vec<u8>)>,
}

/// The file with its new revision, and where each new object's body begins.
pub struct Written {
    pub bytes: Vec<u8>,
    pub places: BTreeMap<u32, usize>,
}

impl<'d, 'a> Update<'d, 'a> {
    pub fn new(document: &'d Document<'a>) -> Update<'d, 'a> {
        Update { document, next: document.size().max(1), bodies: BTreeMap::new() }
    }

    /// A number that nothing in the file has.
    pub fn allot(&mut self) -> Id {
        let id = Id { number: self.next, generation: 0 };
        self.next += 1;
        id
    }

    pub fn put(&mut self, id: Id, object: &Object) {
        let mut body = Vec::new();
        write(&mut body, object);
        self.put_raw(id, body);
    }

    /// A body that is written already.
    pub fn put_raw(&mut self, id: Id, body: Vec<u8>) {
        self.bodies.insert(id.number, (id.generation, body));
    }

    pub fn put_stream(&mut self, id: Id, mut dictionary: Dictionary, data: &[u8]) {
        dictionary.set("Length", Object::Integer(data.len() as i64));
        let mut body = Vec::with_capacity(data.len() + 256);
        write(&mut body, &Object::Dictionary(dictionary));
        body.extend_from_slice(b"\nstream\n");
        body.extend_from_slice(data);
        body.extend_from_slice(b"\nendstream");
        self.put_raw(id, body);
    }

    /// Writes the revision behind the file.
    pub fn finish(mut self) -> Written {
        let old = self.document.bytes();
        let added: usize = self.bodies.values().map(|(_, body)| body.len() + 64).sum();
        let mut bytes = Vec::with_capacity(old.len() + added + 1_024);
        bytes.extend_from_slice(old);
        if bytes.last() != Some(&b'\n') {
            bytes.push(b'\n');
        }
        let mut rows = BTreeMap::new();
        let mut places = BTreeMap::new();
        for (number, (generation, body)) in std::mem::take(&mut self.bodies) {
            rows.insert(number, (bytes.len(), generation));
            bytes.extend_from_slice(format!("{number} {generation} obj\n").as_bytes());
            places.insert(number, bytes.len());
            bytes.extend_from_slice(&body);
            bytes.extend_from_slice(b"\nendobj\n");
        }
        let kind = self.document.sections().first().map(|section| section.kind);
        let at = bytes.len();
        match kind {
            Some(SectionKind::Stream) => self.stream(&mut bytes, rows),
            _ => self.table(&mut bytes, &rows),
        }
        bytes.extend_from_slice(format!("startxref\n{at}\n%%EOF\n").as_bytes());
        Written { bytes, places }
    }

    fn table(&self, bytes: &mut Vec<u8>, rows: &BTreeMap<u32, (usize, u16)>) {
        let trailer = self.trailer(bytes);
        bytes.extend_from_slice(b"xref\n");
        for (first, run) in runs(rows) {
            bytes.extend_from_slice(format!("{first} {}\n", run.len()).as_bytes());
            for (offset, generation) in run {
                bytes.extend_from_slice(format!("{offset:010} {generation:05} n \n").as_bytes());
            }
        }
        bytes.extend_from_slice(b"trailer\n");
        write(bytes, &Object::Dictionary(trailer));
        bytes.push(b'\n');
    }

    fn stream(&mut self, bytes: &mut Vec<u8>, mut rows: BTreeMap<u32, (usize, u16)>) {
        let own = self.allot();
        rows.insert(own.number, (bytes.len(), 0));
        let mut dictionary = self.trailer(bytes);
        let mut index = Vec::new();
        let mut data = Vec::with_capacity(rows.len() * 7);
        for (first, run) in runs(&rows) {
            index.push(Object::Integer(i64::from(first)));
            index.push(Object::Integer(run.len() as i64));
            for (offset, generation) in run {
                data.push(1);
                // The reader takes no file beyond 128 MiB.
                data.extend_from_slice(&(offset as u32).to_be_bytes());
                data.extend_from_slice(&generation.to_be_bytes());
            }
        }
        dictionary.set("Type", Object::name_of("XRef"));
        dictionary.set("W", Object::Array([1, 4, 2].map(Object::Integer).to_vec()));
        dictionary.set("Index", Object::Array(index));
        dictionary.set("Length", Object::Integer(data.len() as i64));
        bytes.extend_from_slice(format!("{} 0 obj\n", own.number).as_bytes());
        write(bytes, &Object::Dictionary(dictionary));
        bytes.extend_from_slice(b"\nstream\n");
        bytes.extend_from_slice(&data);
        bytes.extend_from_slice(b"\nendstream\nendobj\n");
    }

    /// What the newest trailer says of the file as a whole, continued.
    fn trailer(&self, bytes: &[u8]) -> Dictionary {
        let newest = self.document.trailer();
        let mut trailer = Dictionary::default();
        for key in ["Root", "Info"] {
            if let Some(value) = newest.get(key) {
                trailer.set(key, value.clone());
            }
        }
        let fresh = Digest::Sha256.of(bytes.get(self.document.bytes().len()..).unwrap_or(bytes));
        let fresh = Object::Text(super::object::Text {
            bytes: fresh.get(..16).unwrap_or_default().to_vec(),
            hexadecimal: true,
            span: 0..0,
        });
        let first = newest.get("ID").and_then(Object::as_array).and_then(<[Object]>::first);
        let first = first.cloned().unwrap_or_else(|| fresh.clone());
        trailer.set("ID", Object::Array(vec![first, fresh]));
        trailer.set("Size", Object::Integer(i64::from(self.next)));
        if let Some(section) = self.document.sections().first() {
            trailer.set("Prev", Object::Integer(section.at as i64));
        }
        trailer
    }
}

/// Rows with following numbers, together.
fn runs(rows: &BTreeMap<u32, (usize, u16)>) -> Vec<(u32, Vec<(usize, u16)>)> {
    let mut runs: Vec<(u32, Vec<(usize, u16)>)> = Vec::new();
    for (number, row) in rows {
        match runs.last_mut() {
            Some((first, run)) if *first + run.len() as u32 == *number => run.push(*row),
            _ => runs.push((*number, vec![*row])),
        }
    }
    runs
}

/// Writes a value; streams are written by [`Update::put_stream`].
pub fn write(out: &mut Vec<u8>, object: &Object) {
    match object {
        Object::Null => out.extend_from_slice(b"null"),
        Object::Boolean(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Integer(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Real(value) => out.extend_from_slice(value.to_string().as_bytes()),
        Object::Reference(id) => {
            out.extend_from_slice(format!("{} {} R", id.number, id.generation).as_bytes());
        }
        Object::Name(name) => write_name(out, name),
        Object::Text(text) if text.hexadecimal => {
            out.push(b'<');
            write_hexadecimal(out, &text.bytes);
            out.push(b'>');
        }
        Object::Text(text) => write_literal(out, &text.bytes),
        Object::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b' ');
                }
                write(out, item);
            }
            out.push(b']');
        }
        Object::Dictionary(dictionary) => write_dictionary(out, dictionary),
        Object::Stream(stream) => write_dictionary(out, &stream.dictionary),
    }
}

fn write_dictionary(out: &mut Vec<u8>, dictionary: &Dictionary) {
    out.extend_from_slice(b"<<");
    for (key, value) in &dictionary.0 {
        out.push(b'\n');
        write_name(out, key);
        out.push(b' ');
        write(out, value);
    }
    out.extend_from_slice(b"\n>>");
}

fn write_name(out: &mut Vec<u8>, name: &[u8]) {
    out.push(b'/');
    for byte in name {
        if byte.is_ascii_alphanumeric() || b"-_.+:*!$&'=?@^`~|,;".contains(byte) {
            out.push(*byte);
        } else {
            out.push(b'#');
            write_hexadecimal(out, &[*byte]);
        }
    }
}

fn write_literal(out: &mut Vec<u8>, bytes: &[u8]) {
    out.push(b'(');
    for byte in bytes {
        match byte {
            b'(' | b')' | b'\\' => out.extend_from_slice(&[b'\\', *byte]),
            0x20..=0x7E => out.push(*byte),
            _ => {
                // Writing to a vector does not fail.
                let _ = write!(out, "\\{byte:03o}");
            }
        }
    }
    out.push(b')');
}

pub fn write_hexadecimal(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in bytes {
        out.push(DIGITS[usize::from(byte >> 4)]);
        out.push(DIGITS[usize::from(byte & 15)]);
    }
}
