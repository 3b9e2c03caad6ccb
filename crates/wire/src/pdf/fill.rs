//! Number and date of a document: two empty fields before anybody signs, which are filled in after
//! the competent person has signed and before the agency seals.
//!
//! The decree has a document numbered and dated when it is issued, after its signature. What the
//! person signed stays what it is: the two places are fields of the form from the start, empty, and
//! getting a value is the one change that a signature without a certification leaves open (see
//! [`Level::Completed`](super::changes::Level)). A filled field is read-only from then on.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 15, art. 18, app. I
//!
//! Specification: ISO 32000-1 §12.7.4.3 (text fields), ISO 19005-2 §6.3.3 and §6.4.1.

use super::document::{Document, Page};
use super::enlist::{annotate, enlist};
use super::field::{Field, fields};
use super::font::{Letters, Line, set};
use super::object::{Dictionary, Id, Object, words};
use super::permission::{Certification, certified};
use super::stamp::{Rectangle, StampFault, calibrated_grey, named};
use super::update::{Update, write_hexadecimal};
use super::{PdfFault, SignedFile, appearance};

/// Number and symbol: "15/UBND-VP".
pub const NUMBER: &str = "so-ky-hieu";
/// Day, month and year of issue, as they are written out.
pub const DATE: &str = "ngay-ban-hanh";
/// The fields that may be completed after a signature, and how large they may be.
pub(super) const LATE: [&str; 2] = [NUMBER, DATE];
pub(super) const WIDTH_POINTS_MAX: f64 = 300.0;
pub(super) const HEIGHT_POINTS_MAX: f64 = 40.0;

/// Bit 1 of the flags of a field.
pub(super) const READ_ONLY: i64 = 1;
const PRINT: i64 = 4;
const LETTERS_MAX: usize = 100;
const SIZE_POINTS: std::ops::RangeInclusive<f64> = 6.0..=24.0;
/// A value that is too wide is set smaller, down to this part of the size.
const SHRINK_MIN: f64 = 0.7;
/// What a number and a date are written with, so that every viewer has the letters at hand.
const ALPHABET: &str = "0123456789/.-, ABCDEFGHIJKLMNOPQRSTUVWXYZĐƠƯÂĂÊÔ ngày tháng năm";

/// Where an empty field is made.
#[derive(Debug, Clone, Copy)]
pub struct Place<'p> {
    pub field: &'p str,
    /// What it is called by who reads it aloud.
    pub label: &'p str,
    /// Counted from 1.
    pub page: usize,
    pub rectangle: Rectangle,
    pub size_points: f64,
    /// A TrueType font; of it the letters that are used are embedded.
    pub font: &'p [u8],
    /// Shown while the field is empty ("…/UBND-VP"); it is no value.
    pub hint: &'p str,
}

/// What is put in a field.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'e> {
    pub field: &'e str,
    pub value: &'e str,
    pub font: &'e [u8],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FillFault {
    #[error(transparent)]
    Unreadable(#[from] PdfFault),
    #[error(transparent)]
    Letters(#[from] StampFault),
    #[error("the document is signed already: no field may be added")]
    Signed,
    #[error("the document has no such page, or it is shown turned")]
    NoSuchPage,
    #[error("the field would lie over the edge of the page, or is too large")]
    OffPage,
    #[error("the name of a field has 1 to 100 letters and no full stop, and is not taken")]
    FieldName,
    #[error("the size of the letters is 6 to 24 points")]
    Size,
    #[error("the document has no field of this name that can be filled in")]
    NoSuchField,
    #[error("the field has its value already")]
    Filled,
    #[error("the document is certified against changes, or a signature fixes this field")]
    Locked,
    #[error("a value is one line of 1 to 100 letters")]
    Value,
    #[error("the value is too long for its place")]
    TooWide,
}

/// Adds empty text fields, before anybody signs.
///
/// # Errors
/// [`FillFault`]: the file cannot be read, is signed already, or has no room for them.
pub fn prepare(pdf: &[u8], places: &[Place<'_>]) -> Result<Vec<u8>, FillFault> {
    let document = Document::open(pdf)?;
    let known = fields(&document)?;
    if known.iter().any(|field| field.is_signature() && field.value.is_some()) {
        return Err(FillFault::Signed);
    }
    let pages = document.pages()?;
    let mut update = Update::new(&document);
    let mut fonts = Dictionary::default();
    let mut made: Vec<(Id, &str, Id)> = Vec::new();
    for place in places {
        let taken = known.iter().map(|field| field.name.as_str());
        let mut taken = taken.chain(made.iter().map(|(_, name, _)| *name));
        if !is_name(place.field) || taken.any(|name| name == place.field) {
            return Err(FillFault::FieldName);
        }
        let page = on_page(&pages, place)?;
        let font = format!("LienThong{}", made.len() + 1);
        let (widget, letters) = empty(&mut update, place, (&page, &font))?;
        fonts.set(&font, Object::Reference(letters));
        made.push((widget, place.field, page.id));
    }
    for page in &pages {
        let here: Vec<Id> =
            made.iter().filter(|(_, _, on)| *on == page.id).map(|(id, _, _)| *id).collect();
        if !here.is_empty() {
            annotate(&document, &mut update, page.id, &here)?;
        }
    }
    let new: Vec<Id> = made.iter().map(|(id, _, _)| *id).collect();
    let (id, held) = document.root()?;
    let mut root = held.as_dictionary().cloned().ok_or(PdfFault::NoCatalog)?;
    let resources = resources(&document, fonts)?;
    enlist(&document, &mut update, &mut root, &new, |form| {
        form.set("DR", Object::Dictionary(resources));
    })?;
    update.put(id, &Object::Dictionary(root));
    Ok(update.finish().bytes)
}

/// Gives fields their values, also after signatures, and closes them.
///
/// # Errors
/// [`FillFault`]: there is no such empty field, it must not change, or the value does not fit.
pub fn fill(pdf: &[u8], entries: &[Entry<'_>]) -> Result<Vec<u8>, FillFault> {
    let file = SignedFile::read(pdf)?;
    let document = &file.document;
    let locked = |name: &str| {
        let mut locks = file.signatures.iter().filter_map(|one| one.locks.as_ref());
        locks.any(|lock| lock.holds(name))
    };
    if certified(document)? == Some(Certification::NoChanges) {
        return Err(FillFault::Locked);
    }
    let known = fields(document)?;
    let mut update = Update::new(document);
    for (at, entry) in entries.iter().enumerate() {
        let named: Vec<&Field> = known.iter().filter(|one| one.name == entry.field).collect();
        let [field] = named.as_slice() else { return Err(FillFault::NoSuchField) };
        if locked(&field.name) {
            return Err(FillFault::Locked);
        }
        if entries[..at].iter().any(|other| other.field == entry.field) {
            return Err(FillFault::Filled);
        }
        put_value(document, &mut update, field, entry)?;
    }
    Ok(update.finish().bytes)
}

/// The value of a text field, as people read it; `None` when it is empty or there is none.
///
/// # Errors
/// [`PdfFault`] when the file cannot be read.
pub fn value(pdf: &[u8], field: &str) -> Result<Option<String>, PdfFault> {
    let document = Document::open(pdf)?;
    let known = fields(&document)?;
    let found = known.into_iter().find(|one| one.name == field && one.kind == b"Tx");
    let Some(value) = found.and_then(|one| one.value) else { return Ok(None) };
    Ok(text_of(&document, &value)?.filter(|text| !text.is_empty()))
}

/// The words of a value, wherever they stand.
pub(super) fn text_of(document: &Document<'_>, value: &Object) -> Result<Option<String>, PdfFault> {
    Ok(match &*document.resolve(value)? {
        Object::Text(text) => Some(words(&text.bytes)),
        _ => None,
    })
}

fn is_name(name: &str) -> bool {
    (1..=LETTERS_MAX).contains(&name.chars().count()) && !name.contains('.')
}

fn on_page(pages: &[Page], place: &Place<'_>) -> Result<Page, FillFault> {
    let page = place.page.checked_sub(1).and_then(|index| pages.get(index));
    let page = page.filter(|page| page.rotation_degrees == 0).ok_or(FillFault::NoSuchPage)?;
    let Rectangle { width, height, .. } = place.rectangle;
    let is_small =
        (1.0..=WIDTH_POINTS_MAX).contains(&width) && (1.0..=HEIGHT_POINTS_MAX).contains(&height);
    if !is_small || appearance::on_page(place.rectangle, page.shown_size()).is_err() {
        return Err(FillFault::OffPage);
    }
    if !SIZE_POINTS.contains(&place.size_points) {
        return Err(FillFault::Size);
    }
    Ok(*page)
}

/// The field, which is its own widget, and its font.
fn empty(
    update: &mut Update<'_, '_>,
    place: &Place<'_>,
    (page, font): (&Page, &str),
) -> Result<(Id, Id), FillFault> {
    let (letters, lines) = set(place.font, &[place.hint.to_owned(), ALPHABET.to_owned()])?;
    let letters_id = letters.write(update);
    let hint = lines.first().filter(|line| !line.glyphs.is_empty());
    let size = (place.rectangle.width, place.rectangle.height);
    let drawing = Drawing { letters: &letters, line: hint, size, size_points: place.size_points };
    let shown = drawing.write(update, letters_id);
    let mut widget = Dictionary::default();
    widget.set("Type", Object::name_of("Annot"));
    widget.set("Subtype", Object::name_of("Widget"));
    widget.set("FT", Object::name_of("Tx"));
    widget.set("T", Object::words_of(place.field));
    widget.set("TU", Object::words_of(place.label));
    widget.set("F", Object::Integer(PRINT));
    widget.set("Ff", Object::Integer(0));
    widget.set("MaxLen", Object::Integer(LETTERS_MAX as i64));
    widget.set("P", Object::Reference(page.id));
    let sides = place.rectangle.on(page);
    widget.set("Rect", Object::Array(sides.map(Object::Real).to_vec()));
    let words = format!("/{font} {} Tf 0 g", place.size_points);
    widget.set("DA", Object::bytes_of(words.into_bytes()));
    widget.set("AP", Object::Dictionary(normal(shown)));
    let id = update.allot();
    update.put(id, &Object::Dictionary(widget));
    Ok((id, letters_id))
}

fn put_value(
    document: &Document<'_>,
    update: &mut Update<'_, '_>,
    field: &Field,
    entry: &Entry<'_>,
) -> Result<(), FillFault> {
    let letters = entry.value.chars().count();
    let is_line = !entry.value.chars().any(char::is_control) && !entry.value.trim().is_empty();
    if !is_line || letters > LETTERS_MAX {
        return Err(FillFault::Value);
    }
    let held = document.object(field.id)?;
    let widget = held.as_dictionary().filter(|_| field.widgets == [field.id]);
    let mut widget = widget.filter(|_| field.kind == b"Tx").cloned();
    let widget = widget.as_mut().ok_or(FillFault::NoSuchField)?;
    let flags = widget.integer("Ff").unwrap_or(0);
    let value = match &field.value {
        Some(value) => text_of(document, value)?.unwrap_or_default(),
        None => String::new(),
    };
    if !value.is_empty() || flags & READ_ONLY != 0 {
        return Err(FillFault::Filled);
    }
    let size_points = size_of(widget).ok_or(FillFault::NoSuchField)?;
    let sides = document.rectangle(widget, "Rect")?.ok_or(FillFault::NoSuchField)?;
    let (width, height) = (sides[2] - sides[0], sides[3] - sides[1]);
    let (letters, lines) = set(entry.font, &[entry.value.to_owned()])?;
    let line = lines.first().ok_or(FillFault::Value)?;
    let scale = width / (line.width / 1_000.0 * size_points);
    if !scale.is_finite() || scale < SHRINK_MIN {
        return Err(FillFault::TooWide);
    }
    let size_points = size_points * scale.min(1.0);
    let drawing =
        Drawing { letters: &letters, line: Some(line), size: (width, height), size_points };
    let font = letters.write(update);
    let shown = drawing.write(update, font);
    widget.set("V", Object::words_of(entry.value));
    widget.set("AP", Object::Dictionary(normal(shown)));
    widget.set("Ff", Object::Integer(flags | READ_ONLY));
    update.put(field.id, &Object::Dictionary(std::mem::take(widget)));
    Ok(())
}

/// The size in the words a field is drawn by: `/LienThong1 13 Tf 0 g`.
fn size_of(widget: &Dictionary) -> Option<f64> {
    let said = widget.words("DA")?;
    let before: Vec<&str> = said.split_whitespace().take_while(|word| *word != "Tf").collect();
    let size: f64 = before.last()?.parse().ok()?;
    SIZE_POINTS.contains(&size).then_some(size)
}

fn normal(shown: Id) -> Dictionary {
    let mut states = Dictionary::default();
    states.set("N", Object::Reference(shown));
    states
}

/// The resources of the form, with these fonts beside what it has.
fn resources(document: &Document<'_>, new: Dictionary) -> Result<Dictionary, PdfFault> {
    let form = super::field::form(document)?.unwrap_or_default();
    let held = document.value(&form, "DR")?;
    let mut resources = held.and_then(|held| held.as_dictionary().cloned()).unwrap_or_default();
    let held = document.value(&resources, "Font")?;
    let mut fonts = held.and_then(|held| held.as_dictionary().cloned()).unwrap_or_default();
    fonts.0.extend(new.0);
    resources.set("Font", Object::Dictionary(fonts));
    Ok(resources)
}

/// One line at the left of its field, on a base that leaves room below for the tails of letters.
struct Drawing<'d> {
    letters: &'d Letters,
    line: Option<&'d Line>,
    size: (f64, f64),
    size_points: f64,
}

impl Drawing<'_> {
    fn write(&self, update: &mut Update<'_, '_>, font: Id) -> Id {
        let mut content = b"/Tx BMC".to_vec();
        if let Some(line) = self.line {
            let base = -self.letters.descent() / 1_000.0 * self.size_points;
            let head = format!(" q /Black cs 0 sc BT /Serif {} Tf 0 {base} Td <", self.size_points);
            content.extend_from_slice(head.as_bytes());
            for glyph in &line.glyphs {
                write_hexadecimal(&mut content, &glyph.to_be_bytes());
            }
            content.extend_from_slice(b"> Tj ET Q");
        }
        content.extend_from_slice(b" EMC");
        let mut resources = named("Font", "Serif", Object::Reference(font));
        resources.0.extend(named("ColorSpace", "Black", calibrated_grey()).0);
        let mut form = Dictionary::default();
        form.set("Type", Object::name_of("XObject"));
        form.set("Subtype", Object::name_of("Form"));
        let sides = [0.0, 0.0, self.size.0, self.size.1];
        form.set("BBox", Object::Array(sides.map(Object::Real).to_vec()));
        form.set("Resources", Object::Dictionary(resources));
        let id = update.allot();
        update.put_stream(id, form, &content);
        id
    }
}
