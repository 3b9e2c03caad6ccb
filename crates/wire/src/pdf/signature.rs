//! The signatures of a file: what each covers, what it says, and what changed after it.
//!
//! A signature counts only when its byte range is the whole file up to the end of one revision,
//! less exactly the string that holds it, and when that revision itself knows the signature. All
//! known ways to wrap, forge or shadow a signature break one of these, or show in [`Changes`].
//!
//! Specification: ISO 32000-2 §12.8, ETSI EN 319 142-1 §4 and §5.

use std::collections::{HashMap, HashSet};

use super::PdfFault;
use super::byte_range::Range;
use super::changes::{Changes, Later};
use super::document::Document;
use super::field::{Field, fields};
use super::object::{Id, Object};
use super::permission::{Certification, FieldLock, certification, field_lock};
use super::store::Store;
use super::xref;
use crate::algorithm::Digest;

const SIGNATURES_MAX: usize = 64;
const REVISIONS_MAX: usize = 64;
/// Entries of cross-references that all the revisions of one file may make us read together.
const ENTRIES_MAX: usize = 20_000_000;
/// Small files may be read more often than sixteen times over.
const SPENT_BYTES_FREE: usize = 256 << 20;

/// A file with its signatures, the oldest first.
pub struct SignedFile<'a> {
    pub document: Document<'a>,
    pub signatures: Vec<Signature<'a>>,
    /// Fields that claim to be signed and are not: never to be passed over in silence.
    pub refused: Vec<Refused>,
    /// Where the `%%EOF` of each revision ends, the first revision first.
    pub revisions: Vec<usize>,
    pub store: Store,
}

/// A signature that is in order as far as the file goes; whether the cryptography is, others say.
#[derive(Debug, Clone)]
pub struct Signature<'a> {
    pub field: String,
    pub object: Id,
    pub format: Format,
    /// A CMS `SignedData` or a time-stamp token (DER, or BER of foreign signers), without the
    /// zeros behind it.
    pub contents: Vec<u8>,
    /// The key of this signature in the VRI dictionary of the security store.
    pub vri_key: String,
    /// What was signed: the file up to `end`, before and behind the signature itself.
    pub covered: [&'a [u8]; 2],
    /// The length of the file that was signed; the revision ends here.
    pub end: usize,
    /// Which revision that is, counted from 1.
    pub revision: usize,
    /// Nothing at all follows.
    pub covers_all: bool,
    /// What the signer wrote; none of it is proved by the signature's place in the file.
    pub time: Option<String>,
    pub name: Option<String>,
    pub reason: Option<String>,
    pub location: Option<String>,
    /// Set when this signature certifies the document.
    pub certification: Option<Certification>,
    /// Fields that must not change after this signature; the names as FieldMDP has them.
    pub locks: Option<FieldLock>,
    /// Where it is seen in the signed revision; `None` when it is not.
    pub seen: Option<Seen>,
    pub changes: Changes,
}

/// A place on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// Counted from 1.
    pub page: usize,
    /// Left, bottom, right, top in points of user space.
    pub sides: [f64; 4],
}

/// How the value is encoded and over what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `ETSI.CAdES.detached`.
    Cades,
    /// `adbe.pkcs7.detached`.
    Pkcs7,
    /// `adbe.pkcs7.sha1`: CMS over the SHA-1 of the bytes. Weak: for old documents only.
    Pkcs7Sha1,
    /// `ETSI.RFC3161`: a document time stamp.
    TimeStamp,
}

impl Format {
    pub fn is_weak(self) -> bool {
        self == Format::Pkcs7Sha1
    }
}

/// A field that claims a signature which is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    pub field: String,
    pub fault: SignatureFault,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignatureFault {
    #[error("the value of the field is not a signature dictionary of its own")]
    NotADictionary,
    #[error("two fields have the same signature")]
    Shared,
    #[error("the format of the signature is not known")]
    UnknownFormat,
    #[error("the byte range is not four numbers that begin at 0, ascend and lie in the file")]
    ByteRange,
    #[error("the gap in the byte range is not exactly the string that holds the signature")]
    Gap,
    #[error("the signature value is missing, empty or no ASN.1 sequence")]
    Contents,
    #[error("something else than zeros stands behind the signature value")]
    Trailing,
    #[error("the byte range does not end where a revision of the file ends")]
    NotARevision,
    #[error("the revision that was signed does not have this signature")]
    NotInItsRevision,
    #[error("the signature was in an earlier revision and was taken out later")]
    Removed,
    #[error("the file has more signatures than are read")]
    TooMany,
}

impl<'a> Signature<'a> {
    /// The digest of exactly what was signed.
    pub fn digest(&self, digest: Digest) -> Vec<u8> {
        let mut context = digest.begin();
        self.covered.iter().for_each(|part| context.update(part));
        context.finish().as_ref().to_vec()
    }

    /// What was signed, in one piece.
    pub fn message(&self) -> Vec<u8> {
        self.covered.concat()
    }

    /// The file as the signer had it, this signature included: the only bytes to show or to use.
    pub fn signed_file(&self, file: &SignedFile<'a>) -> &'a [u8] {
        file.document.bytes().get(..self.end).unwrap_or_default()
    }
}

impl<'a> SignedFile<'a> {
    /// Reads a file with all its signatures.
    ///
    /// # Errors
    /// [`PdfFault`] when the file itself cannot be read. A broken signature is no error: it is
    /// in `refused`.
    pub fn read(bytes: &'a [u8]) -> Result<SignedFile<'a>, PdfFault> {
        let document = Document::open(bytes)?;
        let store = Store::read(&document)?;
        let all = fields(&document)?;
        let bytes_max = bytes.len().saturating_mul(16).saturating_add(SPENT_BYTES_FREE);
        let mut work = Work { entries: ENTRIES_MAX, bytes: bytes_max };
        let later = Later::new(&document);
        let (mut signatures, mut refused) = (Vec::new(), Vec::new());
        let mut seen = HashSet::new();
        for field in all.iter().filter(|field| field.is_signature()) {
            let Some(value) = &field.value else { continue };
            let found = if seen.len() >= SIGNATURES_MAX {
                Err(SignatureFault::TooMany)
            } else if value.as_reference().is_some_and(|id| !seen.insert(id)) {
                Err(SignatureFault::Shared)
            } else {
                work.signature(&later, &document, field, value)?
            };
            match found {
                Ok(signature) => signatures.push(signature),
                Err(fault) => refused.push(Refused { field: field.name.clone(), fault }),
            }
        }
        signatures.sort_by_key(|signature: &Signature<'_>| signature.end);
        let revisions = ends(&document);
        let mut certified = None;
        for signature in &mut signatures {
            signature.revision = revisions.iter().filter(|end| **end <= signature.end).count();
            certified = signature.certification.or(certified);
            signature.changes.judge(certified, signature.locks.as_ref());
        }
        let earlier = revisions.split_last().map_or(&[][..], |(_, earlier)| earlier);
        work.removed(&document, earlier, &all, &mut refused)?;
        Ok(SignedFile { document, signatures, refused, revisions, store })
    }
}

/// What all the revisions of one file may cost together.
struct Work {
    entries: usize,
    bytes: usize,
}

type Found<T> = Result<Result<T, SignatureFault>, PdfFault>;

impl Work {
    fn open<'a>(&mut self, bytes: &'a [u8]) -> Result<Option<Document<'a>>, PdfFault> {
        let Ok(document) = Document::open(bytes) else { return Ok(None) };
        let left = self.entries.checked_sub(document.entries().len() + 1);
        self.entries = left.ok_or(PdfFault::TooMuchWork)?;
        Ok(Some(document))
    }

    /// Called when a revision has been looked at.
    fn close(&mut self, document: &Document<'_>) -> Result<(), PdfFault> {
        let left = self.bytes.checked_sub(document.spent_bytes());
        self.bytes = left.ok_or(PdfFault::TooMuchWork)?;
        Ok(())
    }

    fn signature<'a>(
        &mut self,
        later: &Later<'_, 'a>,
        document: &Document<'a>,
        field: &Field,
        value: &Object,
    ) -> Found<Signature<'a>> {
        let Some(object) = value.as_reference() else {
            return Ok(Err(SignatureFault::NotADictionary));
        };
        let held = document.object(object)?;
        let Some(dictionary) = held.as_dictionary() else {
            return Ok(Err(SignatureFault::NotADictionary));
        };
        let range = match Range::read(document, object, dictionary) {
            Ok(range) => range,
            Err(fault) => return Ok(Err(fault)),
        };
        let Some(signed) = self.open(&document.bytes()[..range.end])? else {
            return Ok(Err(SignatureFault::NotARevision));
        };
        if !knows(&signed, document, field, object) {
            return Ok(Err(SignatureFault::NotInItsRevision));
        }
        let certification = certification(&signed, object)?;
        let locks = field_lock(&signed, dictionary)?;
        let changes = later.since(&signed)?;
        self.close(&signed)?;
        Ok(Ok(Signature {
            field: field.name.clone(),
            object,
            format: range.format,
            contents: range.contents,
            vri_key: range.vri_key,
            covered: range.covered,
            end: range.end,
            revision: 0,
            covers_all: range.end == document.bytes().len(),
            time: dictionary.words("M"),
            name: dictionary.words("Name"),
            reason: dictionary.words("Reason"),
            location: dictionary.words("Location"),
            certification,
            locks,
            seen: seen(&signed, &field.widgets)?,
            changes,
        }))
    }

    /// Signatures of earlier revisions that the last one does not show any more.
    fn removed(
        &mut self,
        document: &Document<'_>,
        earlier: &[usize],
        all: &[Field],
        refused: &mut Vec<Refused>,
    ) -> Result<(), PdfFault> {
        let now: HashSet<&str> = all
            .iter()
            .filter(|field| field.is_signature() && field.value.is_some())
            .map(|field| field.name.as_str())
            .collect();
        let mut gone = HashSet::new();
        for end in earlier.iter().copied().rev().take(REVISIONS_MAX) {
            let Some(before) = self.open(&document.bytes()[..end])? else { continue };
            let found = fields(&before);
            self.close(&before)?;
            for field in found.into_iter().flatten().filter(Field::is_signature) {
                if field.value.is_some()
                    && !now.contains(field.name.as_str())
                    && gone.insert(field.name.clone())
                {
                    refused.push(Refused { field: field.name, fault: SignatureFault::Removed });
                }
            }
        }
        Ok(())
    }
}

/// Where revisions end: after a `%%EOF` whose `startxref` names a section of the chain.
fn ends(document: &Document<'_>) -> Vec<usize> {
    let bytes = document.bytes();
    let known: HashSet<usize> = document.sections().iter().map(|one| one.at).collect();
    let marks = memchr::memmem::find_iter(bytes, b"%%EOF").map(|at| at + b"%%EOF".len());
    let names = |end: &usize| {
        let from = end.saturating_sub(64);
        xref::tail(&bytes[from..*end]).is_ok_and(|at| known.contains(&at))
    };
    marks.filter(names).collect()
}

/// A widget with a size, on the first page that lists one.
fn seen(signed: &Document<'_>, widgets: &[Id]) -> Result<Option<Seen>, PdfFault> {
    let mut sized = HashMap::new();
    for id in widgets {
        let widget = signed.object(*id)?;
        let Some(widget) = widget.as_dictionary() else { continue };
        let sides = signed.rectangle(widget, "Rect")?;
        sized.extend(sides.filter(|[a, b, c, d]| a < c && b < d).map(|sides| (*id, sides)));
    }
    if sized.is_empty() {
        return Ok(None);
    }
    for (index, page) in signed.pages()?.into_iter().enumerate() {
        let page = signed.object(page.id)?;
        let Some(page) = page.as_dictionary() else { continue };
        let Some(list) = signed.value(page, "Annots")? else { continue };
        let listed = list.as_array().unwrap_or_default();
        let mut listed = listed.iter().filter_map(Object::as_reference);
        if let Some(sides) = listed.find_map(|id| sized.get(&id)) {
            return Ok(Some(Seen { page: index + 1, sides: *sides }));
        }
    }
    Ok(None)
}

/// The signed revision has the same field with the same signature at the same place.
fn knows(signed: &Document<'_>, now: &Document<'_>, field: &Field, object: Id) -> bool {
    let same_place = signed.entries().get(&object.number) == now.entries().get(&object.number);
    let Ok(then) = fields(signed) else { return false };
    let same_field = then.iter().any(|other| {
        other.name == field.name
            && other.is_signature()
            && other.value == Some(Object::Reference(object))
    });
    same_place && same_field
}
