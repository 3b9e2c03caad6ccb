//! The eight kinds of PDF values, and what is asked of them.
//!
//! Specification: ISO 32000-1 §7.3.

use std::collections::BTreeMap;
use std::ops::Range;

/// Number and generation of an indirect object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id {
    pub number: u32,
    pub generation: u16,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Object {
    Null,
    Boolean(bool),
    Integer(i64),
    Real(f64),
    Text(Text),
    Name(Vec<u8>),
    Array(Vec<Object>),
    Dictionary(Dictionary),
    Stream(Stream),
    Reference(Id),
}

/// A string, with the place where it stands: the gap of a signature must be exactly one of these.
#[derive(Debug, Clone)]
pub struct Text {
    pub bytes: Vec<u8>,
    pub hexadecimal: bool,
    /// From the opening to the closing mark, in the buffer that was read.
    pub span: Range<usize>,
}

/// Two strings are equal when they say the same, wherever they stand.
impl PartialEq for Text {
    fn eq(&self, other: &Text) -> bool {
        self.bytes == other.bytes
    }
}

/// Data that stands in the file after its dictionary.
#[derive(Debug, Clone, PartialEq)]
pub struct Stream {
    pub dictionary: Dictionary,
    pub data: Range<usize>,
}

/// Names and values; a name twice is refused by the reader.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Dictionary(pub BTreeMap<Vec<u8>, Object>);

impl Dictionary {
    pub fn get(&self, key: &str) -> Option<&Object> {
        self.0.get(key.as_bytes())
    }

    pub fn set(&mut self, key: &str, value: Object) {
        self.0.insert(key.as_bytes().to_vec(), value);
    }

    pub fn remove(&mut self, key: &str) -> Option<Object> {
        self.0.remove(key.as_bytes())
    }

    pub fn integer(&self, key: &str) -> Option<i64> {
        self.get(key)?.as_integer()
    }

    pub fn name(&self, key: &str) -> Option<&[u8]> {
        self.get(key)?.as_name()
    }

    pub fn reference(&self, key: &str) -> Option<Id> {
        self.get(key)?.as_reference()
    }

    /// A text string as people read it.
    pub fn words(&self, key: &str) -> Option<String> {
        match self.get(key)? {
            Object::Text(text) => Some(words(&text.bytes)),
            _ => None,
        }
    }

    pub fn is_type(&self, name: &str) -> bool {
        self.name("Type") == Some(name.as_bytes())
    }

    /// The value as a real number of user space.
    pub fn number(&self, key: &str) -> Option<f64> {
        self.get(key)?.as_number()
    }
}

impl Object {
    pub fn name_of(name: &str) -> Object {
        Object::Name(name.as_bytes().to_vec())
    }

    /// A text string: ASCII as it is, all else as UTF-16 with its mark.
    pub fn words_of(words: &str) -> Object {
        let bytes = if words.is_ascii() {
            words.as_bytes().to_vec()
        } else {
            let units = words.encode_utf16().flat_map(u16::to_be_bytes);
            [0xFE, 0xFF].into_iter().chain(units).collect()
        };
        Object::bytes_of(bytes)
    }

    pub fn bytes_of(bytes: Vec<u8>) -> Object {
        let hexadecimal = !bytes.iter().all(|byte| (0x20..0x7F).contains(byte));
        Object::Text(Text { bytes, hexadecimal, span: 0..0 })
    }

    pub fn as_integer(&self) -> Option<i64> {
        match self {
            Object::Integer(value) => Some(*value),
            _ => None,
        }
    }

    pub fn as_number(&self) -> Option<f64> {
        match self {
            Object::Integer(value) => Some(*value as f64),
            Object::Real(value) => Some(*value),
            _ => None,
        }
    }

    pub fn as_name(&self) -> Option<&[u8]> {
        match self {
            Object::Name(name) => Some(name),
            _ => None,
        }
    }

    pub fn as_reference(&self) -> Option<Id> {
        match self {
            Object::Reference(id) => Some(*id),
            _ => None,
        }
    }

    pub fn as_array(&self) -> Option<&[Object]> {
        match self {
            Object::Array(items) => Some(items),
            _ => None,
        }
    }

    /// A dictionary, and not that of a stream.
    pub fn as_dictionary(&self) -> Option<&Dictionary> {
        match self {
            Object::Dictionary(dictionary) => Some(dictionary),
            _ => None,
        }
    }

    /// The dictionary of this value, also when data follows it.
    pub fn entries(&self) -> Option<&Dictionary> {
        match self {
            Object::Dictionary(dictionary) => Some(dictionary),
            Object::Stream(stream) => Some(&stream.dictionary),
            _ => None,
        }
    }

    pub fn as_stream(&self) -> Option<&Stream> {
        match self {
            Object::Stream(stream) => Some(stream),
            _ => None,
        }
    }
}

/// A text string in its three encodings: UTF-16 and UTF-8 with their marks, else PDFDocEncoding
/// (ISO 32000-2 §7.9.2.2).
pub fn words(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => {
            let units = rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
            char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{FFFD}')).collect()
        }
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| document_encoding(*byte)).collect(),
    }
}

fn document_encoding(byte: u8) -> char {
    const LOW: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
    const HIGH: [char; 33] = [
        '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚',
        '™', 'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '\u{FFFD}', '€',
    ];
    match byte {
        0x18..=0x1F => LOW[usize::from(byte - 0x18)],
        0x80..=0xA0 => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}
