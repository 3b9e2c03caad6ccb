//! The fields of the form of a document: names, kinds, values and widgets.
//!
//! Specification: ISO 32000-1 §12.7.3.

use std::collections::HashSet;

use super::PdfFault;
use super::document::Document;
use super::object::{Dictionary, Id, Object};

const FIELDS_MAX: usize = 50_000;
const DEPTH_MAX: usize = 32;

/// A field that can have a value: the last of its names.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub id: Id,
    /// The names from the top, with full stops between.
    pub name: String,
    /// `Sig`, `Tx`, `Btn` or `Ch`, also when it is inherited.
    pub kind: Vec<u8>,
    pub value: Option<Object>,
    /// The field itself when it is its own widget, else its children.
    pub widgets: Vec<Id>,
}

impl Field {
    pub fn is_signature(&self) -> bool {
        self.kind == b"Sig"
    }
}

/// The form dictionary, wherever it stands.
pub fn form(document: &Document<'_>) -> Result<Option<Dictionary>, PdfFault> {
    let (_, root) = document.root()?;
    let root = root.as_dictionary().ok_or(PdfFault::NoCatalog)?;
    match document.value(root, "AcroForm")? {
        None => Ok(None),
        Some(form) => Ok(Some(form.as_dictionary().ok_or(PdfFault::Form)?.clone())),
    }
}

/// Every field, in the order of the form.
pub fn fields(document: &Document<'_>) -> Result<Vec<Field>, PdfFault> {
    let Some(form) = form(document)? else { return Ok(Vec::new()) };
    let Some(tops) = document.value(&form, "Fields")? else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    let top = Above { name: String::new(), kind: Vec::new(), value: None, depth: 0 };
    let mut open = Vec::new();
    for object in tops.as_array().ok_or(PdfFault::Form)?.iter().rev() {
        open.push((object.as_reference().ok_or(PdfFault::Form)?, top.clone()));
    }
    while let Some((id, above)) = open.pop() {
        if !seen.insert(id) || seen.len() > FIELDS_MAX || above.depth > DEPTH_MAX {
            return Err(PdfFault::Form);
        }
        let object = document.object(id)?;
        // A form may still name a field whose object was dropped.
        let Some(node) = object.as_dictionary() else { continue };
        let below = below(node, &above)?;
        let (children, widgets) = kids(document, id, node)?;
        if children.is_empty() {
            let Above { name, kind, value, .. } = below;
            found.push(Field { id, name, kind, value, widgets });
        } else {
            open.extend(children.into_iter().rev().map(|child| (child, below.clone())));
        }
    }
    Ok(found)
}

#[derive(Clone)]
struct Above {
    name: String,
    kind: Vec<u8>,
    value: Option<Object>,
    depth: usize,
}

fn below(node: &Dictionary, above: &Above) -> Result<Above, PdfFault> {
    let name = match (node.words("T"), above.name.as_str()) {
        (Some(own), "") => own,
        (Some(own), above) if above.len() + own.len() < 4_096 => format!("{above}.{own}"),
        (Some(_), _) => return Err(PdfFault::Form),
        (None, above) => above.to_owned(),
    };
    Ok(Above {
        name,
        kind: node.name("FT").map_or_else(|| above.kind.clone(), <[u8]>::to_vec),
        value: match node.get("V") {
            None | Some(Object::Null) => above.value.clone(),
            Some(value) => Some(value.clone()),
        },
        depth: above.depth + 1,
    })
}

/// The children that are fields, or the widgets when none is.
fn kids(
    document: &Document<'_>,
    id: Id,
    node: &Dictionary,
) -> Result<(Vec<Id>, Vec<Id>), PdfFault> {
    let Some(kids) = document.value(node, "Kids")? else {
        return Ok((Vec::new(), vec![id]));
    };
    let (mut children, mut widgets) = (Vec::new(), Vec::new());
    for kid in kids.as_array().ok_or(PdfFault::Form)? {
        let kid = kid.as_reference().ok_or(PdfFault::Form)?;
        let named = document.object(kid)?.as_dictionary().is_some_and(|kid| kid.get("T").is_some());
        if named { children.push(kid) } else { widgets.push(kid) }
    }
    Ok((children, widgets))
}
