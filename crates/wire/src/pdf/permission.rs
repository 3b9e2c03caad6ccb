//! What a signature allows to happen after it: certification (DocMDP) and locked fields (FieldMDP).
//!
//! Specification: ISO 32000-2 §12.8.2.

use super::PdfFault;
use super::document::Document;
use super::object::{Dictionary, Id, Object, words};

/// What a certified document may still become (DocMDP).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certification {
    NoChanges,
    FormFilling,
    Annotations,
}

/// FieldMDP: which fields a signature fixes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldLock {
    All,
    Only(Vec<String>),
    AllBut(Vec<String>),
}

impl FieldLock {
    pub fn holds(&self, field: &str) -> bool {
        let named = |names: &[String]| {
            names.iter().any(|name| {
                field
                    .strip_prefix(name.as_str())
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            })
        };
        match self {
            FieldLock::All => true,
            FieldLock::Only(names) => named(names),
            FieldLock::AllBut(names) => !named(names),
        }
    }
}

/// DocMDP counts when the catalog names this signature as the one that certifies.
pub fn certification(signed: &Document<'_>, object: Id) -> Result<Option<Certification>, PdfFault> {
    let named = certifying(signed)?.filter(|named| *named == object);
    if named.is_none() { Ok(None) } else { certified(signed) }
}

fn certifying(document: &Document<'_>) -> Result<Option<Id>, PdfFault> {
    let (_, root) = document.root()?;
    let root = root.as_dictionary().ok_or(PdfFault::NoCatalog)?;
    let permissions = document.value(root, "Perms")?;
    Ok(permissions.and_then(|held| held.as_dictionary()?.reference("DocMDP")))
}

/// What the certification of a document allows, when it has one.
pub fn certified(document: &Document<'_>) -> Result<Option<Certification>, PdfFault> {
    let Some(id) = certifying(document)? else { return Ok(None) };
    let held = document.object(id)?;
    let parameters = match held.as_dictionary() {
        Some(dictionary) => transform(document, dictionary, b"DocMDP")?,
        None => None,
    };
    let Some(parameters) = parameters else { return Ok(Some(Certification::NoChanges)) };
    Ok(Some(match parameters.integer("P") {
        None | Some(2) => Certification::FormFilling,
        Some(3) => Certification::Annotations,
        // What is not understood is taken for the strictest.
        Some(_) => Certification::NoChanges,
    }))
}

pub fn field_lock(
    signed: &Document<'_>,
    dictionary: &Dictionary,
) -> Result<Option<FieldLock>, PdfFault> {
    let Some(parameters) = transform(signed, dictionary, b"FieldMDP")? else { return Ok(None) };
    let names = match signed.value(&parameters, "Fields")? {
        Some(names) => names
            .as_array()
            .unwrap_or_default()
            .iter()
            .filter_map(|name| match name {
                Object::Text(text) => Some(words(&text.bytes)),
                _ => None,
            })
            .collect(),
        None => Vec::new(),
    };
    Ok(Some(match parameters.name("Action") {
        Some(b"Include") => FieldLock::Only(names),
        Some(b"Exclude") => FieldLock::AllBut(names),
        _ => FieldLock::All,
    }))
}

/// The parameters of one kind of signature reference (ISO 32000-2 §12.8.2).
fn transform(
    signed: &Document<'_>,
    dictionary: &Dictionary,
    method: &[u8],
) -> Result<Option<Dictionary>, PdfFault> {
    let Some(references) = signed.value(dictionary, "Reference")? else { return Ok(None) };
    for reference in references.as_array().unwrap_or_default() {
        let reference = signed.resolve(reference)?;
        let Some(reference) = reference.as_dictionary() else { continue };
        if reference.name("TransformMethod") == Some(method) {
            let parameters = signed.value(reference, "TransformParams")?;
            let found = parameters.and_then(|found| found.as_dictionary().cloned());
            return Ok(Some(found.unwrap_or_default()));
        }
    }
    Ok(None)
}
