//! Distinguished names (RFC 5280 §4.1.2.4, compared by §7.1, shown by RFC 4514).

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization;

use super::der::{DerFault, Element, Oid, Reader, tag, write};
use super::oids;

const ATTRIBUTES_MAX: usize = 64;

/// Who issued, who is meant. Equal when RFC 5280 says so: letter case, the kind of string, and how
/// an accented letter is composed make no difference.
#[derive(Clone)]
pub struct Name {
    der: Vec<u8>,
    attributes: Vec<Attribute>,
    /// One comparison form per relative name, made when first needed: names that are the same
    /// bytes, as nearly all are that have to be equal, never need it.
    folded: OnceLock<Vec<Vec<u8>>>,
}

/// One part of a name, such as `O=Sở Tư pháp`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    pub kind: Oid,
    /// As people read it; a value that is not a text is `#` and its DER in hexadecimal.
    pub text: String,
    /// Stands in the same relative name as the attribute before it.
    pub is_joined: bool,
}

impl Name {
    /// Of the DER of a Name, and nothing after it.
    pub fn read(der: &[u8]) -> Result<Name, DerFault> {
        let mut reader = Reader::new(der);
        let name = Name::of(reader.tagged(tag::SEQUENCE)?)?;
        reader.finish()?;
        Ok(name)
    }

    pub(super) fn of(element: Element<'_>) -> Result<Name, DerFault> {
        let mut attributes = Vec::new();
        for relative in element.inside() {
            let mut is_joined = false;
            for part in relative?.expect_tag(tag::SET)?.inside() {
                let (kind, value) = read_part(part?)?;
                attributes.push(Attribute { kind, text: readable(value)?, is_joined });
                is_joined = true;
            }
            if !is_joined {
                return Err(DerFault::Choice);
            }
            if attributes.len() > ATTRIBUTES_MAX {
                return Err(DerFault::TooLarge);
            }
        }
        Ok(Name { der: element.whole.to_vec(), attributes, folded: OnceLock::new() })
    }

    /// Of attributes, in the order in which they are encoded (usually the country first); each in
    /// a relative name of its own. Country, serial number are PrintableString, domain components
    /// and e-mail addresses IA5String, all else UTF8String.
    ///
    /// # Errors
    /// [`DerFault::Text`] for an empty text, or one that its kind of string cannot hold.
    pub fn build(attributes: &[(Oid, &str)]) -> Result<Name, DerFault> {
        let mut relatives = Vec::with_capacity(attributes.len());
        for (kind, text) in attributes {
            let tag = string_tag(kind);
            let is_held = match tag {
                tag::PRINTABLE => text.bytes().all(is_printable),
                tag::IA5 => text.is_ascii(),
                _ => true,
            };
            if text.is_empty() || text.contains('\0') || !is_held {
                return Err(DerFault::Text);
            }
            let value = write::tlv(tag, &[text.as_bytes()]);
            let part = write::sequence(&[&write::oid(kind), &value]);
            relatives.push(write::tlv(tag::SET, &[&part]));
        }
        Name::read(&write::sequence_of(&relatives))
    }

    pub fn der(&self) -> &[u8] {
        &self.der
    }

    pub fn is_empty(&self) -> bool {
        self.attributes.is_empty()
    }

    /// In the order in which they are encoded.
    pub fn attributes(&self) -> &[Attribute] {
        &self.attributes
    }

    /// The last one of this kind: the most particular.
    pub fn get(&self, kind: &Oid) -> Option<&str> {
        let found = self.attributes.iter().rfind(|attribute| attribute.kind == *kind);
        found.map(|attribute| attribute.text.as_str())
    }

    pub fn common_name(&self) -> Option<&str> {
        self.get(&oids::COMMON_NAME)
    }

    pub fn organization(&self) -> Option<&str> {
        self.get(&oids::ORGANIZATION)
    }

    /// Whether this name lies in the subtree of `base` (RFC 5280 §7.1).
    pub fn is_within(&self, base: &Name) -> bool {
        self.folded().starts_with(base.folded())
    }

    fn folded(&self) -> &[Vec<u8>] {
        // What cannot be folded, which cannot be after reading, equals only itself.
        self.folded.get_or_init(|| fold_all(&self.der).unwrap_or_else(|_| vec![self.der.clone()]))
    }
}

fn string_tag(kind: &Oid) -> u8 {
    match *kind {
        oids::COUNTRY | oids::SERIAL_NUMBER => tag::PRINTABLE,
        oids::DOMAIN_COMPONENT | oids::EMAIL_ADDRESS => tag::IA5,
        _ => tag::UTF8,
    }
}

fn is_printable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte)
}

fn is_text(tag: u8) -> bool {
    matches!(
        tag,
        tag::UTF8
            | tag::PRINTABLE
            | tag::IA5
            | tag::T61
            | tag::BMP
            | tag::UNIVERSAL
            | tag::NUMERIC
            | tag::VISIBLE
    )
}

fn readable(value: Element<'_>) -> Result<String, DerFault> {
    if is_text(value.tag) {
        return value.text();
    }
    let mut text = String::from("#");
    for byte in value.whole {
        text.push_str(&format!("{byte:02x}"));
    }
    Ok(text)
}

/// Kind and value of one part.
fn read_part(part: Element<'_>) -> Result<(Oid, Element<'_>), DerFault> {
    let mut fields = part.expect_tag(tag::SEQUENCE)?.inside();
    let found = (fields.oid()?, fields.any()?);
    fields.finish()?;
    Ok(found)
}

fn fold_all(der: &[u8]) -> Result<Vec<Vec<u8>>, DerFault> {
    let mut folded = Vec::new();
    for relative in Reader::of_sequence(der)? {
        let mut parts = Vec::new();
        for part in relative?.inside() {
            let (kind, value) = read_part(part?)?;
            parts.push(fold(&kind, value, &readable(value)?));
        }
        parts.sort_unstable();
        folded.push(parts.concat());
    }
    Ok(folded)
}

/// Kind, length and value, so that parts cannot run into each other.
fn fold(kind: &Oid, value: Element<'_>, text: &str) -> Vec<u8> {
    let form = if is_text(value.tag) { fold_text(text).into_bytes() } else { value.whole.to_vec() };
    let mut folded = Vec::with_capacity(form.len() + 20);
    folded.extend_from_slice(&write::oid(kind));
    folded.extend_from_slice(&(form.len() as u64).to_be_bytes());
    folded.extend(form);
    folded
}

/// RFC 4518 as far as it matters: compatibility composition, lower case, single spaces.
fn fold_text(text: &str) -> String {
    let lower = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        let once: String = text.nfkc().flat_map(char::to_lowercase).collect();
        once.nfkc().collect()
    };
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl PartialEq for Name {
    fn eq(&self, other: &Name) -> bool {
        self.der == other.der || self.folded() == other.folded()
    }
}

impl Eq for Name {}

impl Hash for Name {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded().hash(state);
    }
}

impl fmt::Display for Name {
    /// RFC 4514: the most particular first, `CN=Nguyễn Văn An,O=Sở Tư pháp,C=VN`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, attribute) in self.attributes.iter().enumerate().rev() {
            match oids::attribute_word(&attribute.kind) {
                Some(word) => write!(out, "{word}=")?,
                None => write!(out, "{}=", attribute.kind)?,
            }
            write_escaped(out, &attribute.text)?;
            if at > 0 {
                out.write_str(if attribute.is_joined { "+" } else { "," })?;
            }
        }
        Ok(())
    }
}

fn write_escaped(out: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let last = text.chars().count().saturating_sub(1);
    for (at, character) in text.chars().enumerate() {
        let at_edge = character == ' ' && (at == 0 || at == last);
        if matches!(character, ',' | '+' | '"' | '\\' | '<' | '>' | ';' | '=') || at_edge {
            write!(out, "\\{character}")?;
        } else if character.is_control() {
            for byte in character.to_string().bytes() {
                write!(out, "\\{byte:02X}")?;
            }
        } else {
            write!(out, "{character}")?;
        }
    }
    Ok(())
}

impl fmt::Debug for Name {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Name({self})")
    }
}
