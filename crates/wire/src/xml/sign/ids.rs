//! Identifiers: of the new signature, and of the elements that it signs.

use std::collections::HashMap;

use super::{Part, Recipe, SignFault};
use crate::xml::document::{Document, Element};
use crate::xml::scan;
use crate::xml::signature::ids::is_id;

/// The identifiers of the parts, in the order of the recipe; empty for what has none.
pub(super) struct Named {
    pub ids: Vec<String>,
    /// The document with identifiers added, when some were missing.
    pub changed: Option<String>,
}

pub(super) fn name_parts(document: &Document<'_>, recipe: &Recipe<'_>) -> Result<Named, SignFault> {
    let id = recipe.id;
    let is_name = scan::qualified_name(id) == Some((id.len(), 0));
    if !is_name || id.len() > 200 {
        return Err(SignFault::Id { id: id.chars().take(200).collect() });
    }
    let mut held: HashMap<&str, u32> = HashMap::new();
    for element in document.elements() {
        for attribute in element.attributes().filter(is_id) {
            let taken = attribute.value.strip_prefix(id);
            if taken.is_some_and(|rest| rest.is_empty() || rest.starts_with('-')) {
                return Err(SignFault::IdTaken { id: attribute.value.chars().take(200).collect() });
            }
            *held.entry(attribute.value).or_default() += 1;
        }
    }
    let mut ids = Vec::with_capacity(recipe.parts.len());
    let mut missing: Vec<(usize, String)> = Vec::new();
    for (index, part) in recipe.parts.iter().enumerate() {
        let (Part::Element(node) | Part::Passed { node, .. }) = part else {
            ids.push(String::new());
            continue;
        };
        let element = document.element(*node).ok_or(SignFault::Parts)?;
        if let Some(own) = own_id(element) {
            if held.get(own).is_some_and(|count| *count > 1) {
                return Err(SignFault::DuplicateId { id: own.chars().take(200).collect() });
            }
            ids.push(own.to_owned());
            continue;
        }
        if let Some(unfit) = element.attribute("Id") {
            return Err(SignFault::Id { id: unfit.chars().take(200).collect() });
        }
        let name = format!("{id}-part-{}", index + 1);
        let at = element.range().start + 1 + element.qualified_name().len();
        missing.push((at, format!(" Id=\"{name}\"")));
        ids.push(name);
    }
    Ok(Named { ids, changed: (!missing.is_empty()).then(|| insert(document.text(), missing)) })
}

/// One that can stand behind `#`.
fn own_id(element: Element<'_>) -> Option<&str> {
    let is_name = |id: &str| scan::qualified_name(id) == Some((id.len(), 0));
    element.attributes().filter(is_id).map(|at| at.value).find(|id| is_name(id))
}

fn insert(text: &str, mut pieces: Vec<(usize, String)>) -> String {
    pieces.sort_unstable();
    let more: usize = pieces.iter().map(|(_, piece)| piece.len()).sum();
    let mut out = String::with_capacity(text.len() + more);
    let mut from = 0;
    for (at, piece) in pieces {
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push_str(&piece);
        from = at;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}
