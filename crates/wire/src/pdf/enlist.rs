//! New fields are put in the form and on their pages, wherever the lists of both stand.
//!
//! Specification: ISO 32000-1 §12.5.2 and §12.7.2.

use super::PdfFault;
use super::document::Document;
use super::field::form;
use super::object::{Dictionary, Id, Object};
use super::update::Update;

/// Adds widgets to the annotations of their page.
pub fn annotate(
    document: &Document<'_>,
    update: &mut Update<'_, '_>,
    page: Id,
    widgets: &[Id],
) -> Result<(), PdfFault> {
    let held = document.object(page)?;
    let mut dictionary = held.as_dictionary().cloned().ok_or(PdfFault::NoPages)?;
    let list = document.value(&dictionary, "Annots")?;
    let mut list = match &list {
        Some(list) => list.as_array().ok_or(PdfFault::NoPages)?.to_vec(),
        None => Vec::new(),
    };
    list.extend(widgets.iter().copied().map(Object::Reference));
    match dictionary.reference("Annots") {
        Some(id) => update.put(id, &Object::Array(list)),
        None => {
            dictionary.set("Annots", Object::Array(list));
            update.put(page, &Object::Dictionary(dictionary));
        }
    }
    Ok(())
}

/// Adds fields to the form of this catalog, and changes the form as asked; the catalog itself is
/// put down by whoever asks.
pub fn enlist(
    document: &Document<'_>,
    update: &mut Update<'_, '_>,
    root: &mut Dictionary,
    new: &[Id],
    change: impl FnOnce(&mut Dictionary),
) -> Result<(), PdfFault> {
    let old = form(document)?.unwrap_or_default();
    let mut form = old.clone();
    change(&mut form);
    let list = document.value(&form, "Fields")?;
    let mut list = match &list {
        Some(list) => list.as_array().ok_or(PdfFault::Form)?.to_vec(),
        None => Vec::new(),
    };
    list.extend(new.iter().copied().map(Object::Reference));
    match form.reference("Fields") {
        Some(fields) if !new.is_empty() => update.put(fields, &Object::Array(list)),
        Some(_) => {}
        None => form.set("Fields", Object::Array(list)),
    }
    match root.reference("AcroForm") {
        Some(place) if form != old => update.put(place, &Object::Dictionary(form)),
        Some(_) => {}
        None => root.set("AcroForm", Object::Dictionary(form)),
    }
    Ok(())
}
