//! A mark on a page of a copy: what an office stamps on the paper it received.
//!
//! The mark is an annotation in a revision of its own, so the bytes before it stay what they were.
//! A signed file that was marked is not what was signed: mark copies that are looked at, never what
//! is kept.
//!
//! Specification: ISO 32000-1 §12.5.6.12.

use super::PdfFault;
use super::document::Document;
use super::enlist::annotate;
use super::object::{Dictionary, Object};
use super::stamp::{Rectangle, Stamp};
use super::update::Update;

/// Shown and printed, and not to be moved.
const PRINT_AND_LOCKED: i64 = 4 + 128;

/// Where a mark goes on a page, told its size as it is shown.
pub type Placing<'a> = &'a dyn Fn((f64, f64)) -> Rectangle;

/// The file with the mark on its first page.
///
/// # Errors
/// [`PdfFault`]: the file cannot be read, or has no page.
pub fn first_page(pdf: &[u8], stamp: &Stamp, place: Placing<'_>) -> Result<Vec<u8>, PdfFault> {
    let document = Document::open(pdf)?;
    let page = document.pages()?.first().copied().ok_or(PdfFault::NoPages)?;
    let mut update = Update::new(&document);
    let drawn = stamp.write(&mut update, page.rotation_degrees);
    let mut states = Dictionary::default();
    states.set("N", Object::Reference(drawn));
    let sides = place(page.shown_size()).on(&page);
    let mut mark = Dictionary::default();
    mark.set("Type", Object::name_of("Annot"));
    mark.set("Subtype", Object::name_of("Stamp"));
    mark.set("F", Object::Integer(PRINT_AND_LOCKED));
    mark.set("P", Object::Reference(page.id));
    mark.set("Rect", Object::Array(sides.map(Object::Real).to_vec()));
    mark.set("AP", Object::Dictionary(states));
    let id = update.allot();
    update.put(id, &Object::Dictionary(mark));
    annotate(&document, &mut update, page.id, &[id])?;
    Ok(update.finish().bytes)
}
