//! Where things are inserted, and what surrounds them there.

use super::SignFault;
use crate::xml::document::{Document, Element, NodeId, XML};

/// Where the signature goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// As the last child of this element.
    LastIn(NodeId),
    /// Right behind this element.
    After(NodeId),
}

impl Place {
    /// The element that will contain the signature.
    pub(super) fn parent<'d>(self, document: &'d Document<'d>) -> Result<Element<'d>, SignFault> {
        let found = match self {
            Place::LastIn(node) => document.element(node),
            Place::After(node) => document.element(node).and_then(Element::parent),
        };
        found.ok_or(SignFault::Place)
    }

    pub(super) fn insertion(self, document: &Document<'_>) -> Result<Insertion, SignFault> {
        match self {
            Place::LastIn(node) => document.element(node).map(last_in).ok_or(SignFault::Place),
            Place::After(node) => {
                self.parent(document)?;
                let end = document.element(node).map(|it| it.range().end);
                end.map(plain).ok_or(SignFault::Place)
            }
        }
    }
}

/// Cut the text at `from`, write `opening`, what is inserted, `closing`, and go on at `to`.
pub(super) struct Insertion {
    from: usize,
    to: usize,
    opening: &'static str,
    closing: String,
}

impl Insertion {
    /// The text before and after what is inserted.
    pub fn around(&self, text: &str) -> (String, String) {
        let before = text.get(..self.from).unwrap_or_default();
        let after = text.get(self.to..).unwrap_or_default();
        (format!("{before}{}", self.opening), format!("{}{after}", self.closing))
    }

    pub fn insert(&self, text: &str, piece: &str) -> Vec<u8> {
        let before = text.get(..self.from).unwrap_or_default();
        let after = text.get(self.to..).unwrap_or_default();
        [before, self.opening, piece, &self.closing, after].concat().into_bytes()
    }
}

pub(super) fn plain(at: usize) -> Insertion {
    Insertion { from: at, to: at, opening: "", closing: String::new() }
}

pub(super) fn last_in(element: Element<'_>) -> Insertion {
    let range = element.range();
    if element.is_self_closed() {
        let closing = format!("</{}>", element.qualified_name());
        return Insertion { from: range.end - "/>".len(), to: range.end, opening: ">", closing };
    }
    let inside = element.document().text().get(range.clone()).unwrap_or_default();
    let end_tag = inside.rfind("</").unwrap_or(inside.len());
    plain(range.start + end_tag)
}

/// Start and end tags that give what is between them the same namespaces and `xml:` attributes as
/// it will have in the document.
#[derive(Default)]
pub(super) struct Surroundings {
    pub opening: String,
    pub closing: String,
}

/// Those of the inside of `parent`.
pub(super) fn surroundings(parent: Element<'_>) -> Surroundings {
    let mut chain = Vec::new();
    let mut here = Some(parent);
    while let Some(element) = here {
        chain.push(element);
        here = element.parent();
    }
    let mut opening = String::new();
    for element in chain.iter().rev() {
        opening.push_str("<w");
        let document = element.document();
        let declared = element.tag().map(|tag| document.declared(tag)).unwrap_or_default();
        for one in declared.iter().filter(|one| one.prefix != "xml") {
            let colon = if one.prefix.is_empty() { "" } else { ":" };
            opening.push_str(" xmlns");
            opening.push_str(colon);
            opening.push_str(one.prefix);
            quoted(&mut opening, &one.address);
        }
        for attribute in element.attributes().filter(|at| at.namespace == XML) {
            opening.push_str(" xml:");
            opening.push_str(attribute.name);
            quoted(&mut opening, attribute.value);
        }
        opening.push('>');
    }
    Surroundings { opening, closing: "</w>".repeat(chain.len()) }
}

/// `="value"`
pub(super) fn quoted(out: &mut String, value: &str) {
    out.push_str("=\"");
    escaped(out, value);
    out.push('"');
}

pub(super) fn escaped(out: &mut String, value: &str) {
    for character in value.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#x9;"),
            '\n' => out.push_str("&#xA;"),
            '\r' => out.push_str("&#xD;"),
            other => out.push(other),
        }
    }
}
