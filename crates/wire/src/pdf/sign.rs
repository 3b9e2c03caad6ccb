//! Signing a PDF by appending: a field, its signature, and a gap that is filled when it is signed.
//!
//! [`prepare`] writes everything but the signature; what it returns says which bytes to sign. The
//! result is a PAdES baseline signature when the CMS is a CAdES one (ETSI EN 319 142-1 §5.3), and
//! a document time stamp when the purpose says so (§5.4.3). PDF/A stays PDF/A.
//!
//! Specification: ISO 32000-2 §12.7.5.5 and §12.8.

use std::ops::Range;

use super::PdfFault;
use super::document::{Document, Page};
use super::enlist::{annotate, enlist};
use super::field::{Field, fields};
use super::object::{Dictionary, Id, Object};
use super::permission::{Certification, certified};
use super::stamp::{Rectangle, Stamp};
use super::update::{Update, write, write_hexadecimal};
use crate::algorithm::Digest;

/// Enough for a chain of RSA-4096 certificates and a time stamp.
pub const RESERVED_BYTES_USUAL: usize = 16_384;
const RESERVED_BYTES_MAX: usize = 1 << 20;
const BYTE_RANGE_WIDTH: usize = 40;

/// What is to be signed and how it is shown.
#[derive(Debug, Clone)]
pub struct Request<'r> {
    /// The name of the field: an empty one of this name is used, else it is made.
    pub field: &'r str,
    pub purpose: Purpose<'r>,
    /// `None` for a signature that is not seen.
    pub shown: Option<Shown<'r>>,
    /// Room for the CMS, in bytes.
    pub reserved_bytes: usize,
    /// Certifies the document; only the first signature may.
    pub certification: Option<Certification>,
}

#[derive(Debug, Clone, Copy)]
pub enum Purpose<'r> {
    /// A person or an organisation signs.
    Signature(Statement<'r>),
    /// An authority says when the file was so.
    TimeStamp,
}

/// What the signer states beside the signature.
#[derive(Debug, Clone, Copy, Default)]
pub struct Statement<'r> {
    /// As [`super::time::to_pdf`] writes it.
    pub time: &'r str,
    pub name: Option<&'r str>,
    pub reason: Option<&'r str>,
    pub location: Option<&'r str>,
}

#[derive(Debug, Clone, Copy)]
pub struct Shown<'r> {
    /// Counted from 1.
    pub page: usize,
    pub rectangle: Rectangle,
    pub stamp: &'r Stamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignFault {
    #[error(transparent)]
    Unreadable(#[from] PdfFault),
    #[error("the document has no such page")]
    NoSuchPage,
    #[error("a field of this name is signed already or of another kind")]
    FieldTaken,
    #[error("the name of a field has 1 to 100 letters and no full stop")]
    FieldName,
    #[error("the time is not written D:YYYYMMDDHHmmSS+07'00'")]
    Time,
    #[error("only the first signature may certify a document")]
    CertifiesLate,
    #[error("the document is certified against changes: it takes time stamps only")]
    Certified,
    #[error("room for the signature is 512 bytes to 1 MiB")]
    Reserved,
    #[error("the signature has {needed_bytes} bytes and the room only {reserved_bytes}")]
    TooLong { needed_bytes: usize, reserved_bytes: usize },
}

/// A file that lacks nothing but its signature.
#[derive(Debug, Clone)]
pub struct Prepared {
    bytes: Vec<u8>,
    /// From `<` to `>`, both included.
    gap: Range<usize>,
}

impl Prepared {
    /// The two parts of the file that are signed, in order.
    pub fn parts(&self) -> [&[u8]; 2] {
        [&self.bytes[..self.gap.start], &self.bytes[self.gap.end..]]
    }

    /// What is signed, in one piece: the detached content of the CMS.
    pub fn to_be_signed(&self) -> Vec<u8> {
        self.parts().concat()
    }

    /// The digest of what is signed, without a copy.
    pub fn digest(&self, digest: Digest) -> Vec<u8> {
        let mut context = digest.begin();
        self.parts().iter().for_each(|part| context.update(part));
        context.finish().as_ref().to_vec()
    }

    pub fn reserved_bytes(&self) -> usize {
        (self.gap.len() - 2) / 2
    }

    /// Puts the DER of the CMS (or of the time-stamp token) in its place.
    ///
    /// # Errors
    /// [`SignFault::TooLong`] when more was signed than room was kept for.
    pub fn finish(mut self, cms_der: &[u8]) -> Result<Vec<u8>, SignFault> {
        let reserved_bytes = self.reserved_bytes();
        if cms_der.len() > reserved_bytes {
            return Err(SignFault::TooLong { needed_bytes: cms_der.len(), reserved_bytes });
        }
        let mut digits = Vec::with_capacity(cms_der.len() * 2);
        write_hexadecimal(&mut digits, cms_der);
        let start = self.gap.start + 1;
        self.bytes[start..start + digits.len()].copy_from_slice(&digits);
        Ok(self.bytes)
    }
}

/// Writes the revision that will hold the signature.
///
/// # Errors
/// [`SignFault`]: the file cannot be read, or may not be signed this way.
pub fn prepare(pdf: &[u8], request: &Request<'_>) -> Result<Prepared, SignFault> {
    check(request)?;
    let document = Document::open(pdf)?;
    let field = place(&document, request)?;
    let page = page(&document, request)?;
    let mut update = Update::new(&document);
    let value = update.allot();
    let (field_id, new) = match &field {
        Some(field) => (field.id, false),
        None => (update.allot(), true),
    };
    let mut widget = widget(&document, &mut update, request, page, field.as_ref())?;
    widget.set("V", Object::Reference(value));
    update.put(field_id, &Object::Dictionary(widget));
    if new {
        annotate(&document, &mut update, page.id, &[field_id])?;
    }
    catalog(&document, &mut update, request, [field_id, value])?;
    let (body, contents, byte_range) = signature_body(request);
    update.put_raw(value, body);
    let written = update.finish();
    let base = written.places.get(&value.number).copied().unwrap_or_default();
    let gap = base + contents.start..base + contents.end;
    let mut bytes = written.bytes;
    let numbers = format!("[0 {} {} {}]", gap.start, gap.end, bytes.len() - gap.end);
    let place = base + byte_range;
    bytes[place..place + numbers.len()].copy_from_slice(numbers.as_bytes());
    Ok(Prepared { bytes, gap })
}

fn check(request: &Request<'_>) -> Result<(), SignFault> {
    let letters = request.field.chars().count();
    if letters == 0 || letters > 100 || request.field.contains('.') {
        return Err(SignFault::FieldName);
    }
    if request.reserved_bytes < 512 || request.reserved_bytes > RESERVED_BYTES_MAX {
        return Err(SignFault::Reserved);
    }
    match request.purpose {
        Purpose::Signature(statement) if super::time::from_pdf(statement.time).is_none() => {
            Err(SignFault::Time)
        }
        _ => Ok(()),
    }
}

/// The empty field of this name, if there is one; refuses what the document does not allow.
fn place(document: &Document<'_>, request: &Request<'_>) -> Result<Option<Field>, SignFault> {
    let mut all = fields(document)?;
    let signed = all.iter().any(|field| field.is_signature() && field.value.is_some());
    if signed && request.certification.is_some() {
        return Err(SignFault::CertifiesLate);
    }
    let stamps = matches!(request.purpose, Purpose::TimeStamp);
    if certified(document)? == Some(Certification::NoChanges) && !stamps {
        return Err(SignFault::Certified);
    }
    let Some(found) = all.iter().position(|field| field.name == request.field) else {
        return Ok(None);
    };
    let field = all.swap_remove(found);
    if !field.is_signature() || field.value.is_some() || field.widgets != [field.id] {
        return Err(SignFault::FieldTaken);
    }
    Ok(Some(field))
}

fn page(document: &Document<'_>, request: &Request<'_>) -> Result<Page, SignFault> {
    let wanted = request.shown.map_or(1, |shown| shown.page);
    let pages = document.pages()?;
    wanted.checked_sub(1).and_then(|index| pages.get(index).copied()).ok_or(SignFault::NoSuchPage)
}

/// The field, which is its own widget: shown by its stamp, or without size.
fn widget(
    document: &Document<'_>,
    update: &mut Update<'_, '_>,
    request: &Request<'_>,
    page: Page,
    field: Option<&Field>,
) -> Result<Dictionary, SignFault> {
    const PRINT_AND_LOCKED: i64 = 4 + 128;
    let mut widget = match field {
        Some(field) => {
            let held = document.object(field.id)?;
            held.as_dictionary().cloned().ok_or(SignFault::FieldTaken)?
        }
        None => {
            let mut widget = Dictionary::default();
            widget.set("Type", Object::name_of("Annot"));
            widget.set("Subtype", Object::name_of("Widget"));
            widget.set("FT", Object::name_of("Sig"));
            widget.set("T", Object::words_of(request.field));
            widget.set("F", Object::Integer(PRINT_AND_LOCKED));
            widget.set("P", Object::Reference(page.id));
            let sides = request.shown.map_or([0.0; 4], |shown| shown.rectangle.on(&page));
            widget.set("Rect", Object::Array(sides.map(Object::Real).to_vec()));
            widget
        }
    };
    if let Some(shown) = request.shown {
        let appearance = shown.stamp.write(update, page.rotation_degrees);
        let mut states = Dictionary::default();
        states.set("N", Object::Reference(appearance));
        widget.set("AP", Object::Dictionary(states));
    }
    Ok(widget)
}

/// The form with the field in it, the extension that names the format, and the certification.
fn catalog(
    document: &Document<'_>,
    update: &mut Update<'_, '_>,
    request: &Request<'_>,
    [field, value]: [Id; 2],
) -> Result<(), SignFault> {
    const SIGNED_AND_APPEND_ONLY: i64 = 3;
    let (id, held) = document.root()?;
    let mut root = held.as_dictionary().cloned().ok_or(PdfFault::NoCatalog)?;
    let before = root.clone();
    let known = fields(document)?.iter().any(|other| other.id == field);
    let new: &[Id] = if known { &[] } else { &[field] };
    enlist(document, update, &mut root, new, |form| {
        form.set("SigFlags", Object::Integer(SIGNED_AND_APPEND_ONLY));
    })?;
    if request.certification.is_some() {
        let permissions = document.value(&root, "Perms")?;
        let permissions = permissions.and_then(|held| held.as_dictionary().cloned());
        let mut permissions = permissions.unwrap_or_default();
        permissions.set("DocMDP", Object::Reference(value));
        root.set("Perms", Object::Dictionary(permissions));
    }
    if root.get("Extensions").is_none() && document.bytes().starts_with(b"%PDF-1.") {
        root.set("Extensions", Object::Dictionary(extension()));
    }
    if root != before {
        update.put(id, &Object::Dictionary(root));
    }
    Ok(())
}

/// CAdES and time stamps in a PDF 1.7 are an extension of ETSI's (EN 319 142-1 §5.2).
fn extension() -> Dictionary {
    let mut level = Dictionary::default();
    level.set("BaseVersion", Object::name_of("1.7"));
    level.set("ExtensionLevel", Object::Integer(2));
    let mut extension = Dictionary::default();
    extension.set("ESIC", Object::Dictionary(level));
    extension
}

/// The signature dictionary, where in it the gap is, and where the byte range.
fn signature_body(request: &Request<'_>) -> (Vec<u8>, Range<usize>, usize) {
    let mut rest = Dictionary::default();
    rest.set("Filter", Object::name_of("Adobe.PPKLite"));
    let (kind, format) = match request.purpose {
        Purpose::Signature(statement) => {
            rest.set("M", Object::words_of(statement.time));
            let texts = [
                ("Name", statement.name),
                ("Reason", statement.reason),
                ("Location", statement.location),
            ];
            for (key, words) in texts {
                if let Some(words) = words {
                    rest.set(key, Object::words_of(words));
                }
            }
            ("Sig", "ETSI.CAdES.detached")
        }
        Purpose::TimeStamp => ("DocTimeStamp", "ETSI.RFC3161"),
    };
    rest.set("Type", Object::name_of(kind));
    rest.set("SubFilter", Object::name_of(format));
    if let Some(certification) = request.certification {
        rest.set("Reference", Object::Array(vec![Object::Dictionary(docmdp(certification))]));
    }
    let mut body = Vec::with_capacity(request.reserved_bytes * 2 + 1_024);
    body.extend_from_slice(b"<<\n/ByteRange ");
    let byte_range = body.len();
    body.extend(std::iter::repeat_n(b' ', BYTE_RANGE_WIDTH));
    body.extend_from_slice(b"\n/Contents ");
    let start = body.len();
    body.push(b'<');
    body.extend(std::iter::repeat_n(b'0', request.reserved_bytes * 2));
    body.push(b'>');
    let gap = start..body.len();
    let mut more = Vec::new();
    write(&mut more, &Object::Dictionary(rest));
    body.extend_from_slice(more.strip_prefix(b"<<").unwrap_or(&more));
    (body, gap, byte_range)
}

fn docmdp(certification: Certification) -> Dictionary {
    let level = match certification {
        Certification::NoChanges => 1,
        Certification::FormFilling => 2,
        Certification::Annotations => 3,
    };
    let mut parameters = Dictionary::default();
    parameters.set("Type", Object::name_of("TransformParams"));
    parameters.set("P", Object::Integer(level));
    parameters.set("V", Object::name_of("1.2"));
    let mut reference = Dictionary::default();
    reference.set("Type", Object::name_of("SigRef"));
    reference.set("TransformMethod", Object::name_of("DocMDP"));
    reference.set("TransformParams", Object::Dictionary(parameters));
    reference
}
