//! What of an XML document no valid signature covers, though a reader would see it.
//!
//! Signatures may share a document, so what counts is what the valid ones cover together. Beside
//! them may stand only: signatures themselves, elements that hold nothing but these and what is
//! covered, and what the national message format adds on the way.

use std::collections::HashSet;

use wire::xml::document::{Document, Element, NodeId};
use wire::xml::signature::DSIG;
use wire::xml::xades::XADES;

use super::reason::{Note, Reason};
use super::xml::Judged;

const NAMES_MAX: usize = 20;
/// The trace that each node on the way of an edXML message adds to its header (QCVN 102:2016).
const TRACE: &str = "TraceHeaderList";

pub(super) fn judge(document: &Document<'_>, all: &mut [Judged]) {
    let mut covered = HashSet::new();
    for one in all.iter().filter(|one| one.finding.reasons.is_empty()) {
        if one.covered.document {
            covered.insert(document.root().node());
        }
        covered.extend(one.covered.elements.iter().copied());
    }
    let mut walk = Walk { covered, unsigned: Vec::new(), added: Vec::new() };
    walk.outside(document);
    walk.element(document.root());
    walk.unsigned.truncate(NAMES_MAX);
    walk.added.truncate(NAMES_MAX);
    for one in all.iter_mut().filter(|one| one.finding.reasons.is_empty()) {
        one.finding.whole = one.covered.document || walk.unsigned.is_empty();
        if !walk.added.is_empty() {
            one.finding.note(Note::AddedOnTheWay { names: walk.added.clone() });
        }
        if !walk.unsigned.is_empty() && !one.finding.is_counter {
            one.finding.refuse(Reason::PartOnly { names: walk.unsigned.clone() });
        }
    }
}

struct Walk {
    covered: HashSet<NodeId>,
    unsigned: Vec<String>,
    added: Vec<String>,
}

impl Walk {
    /// An instruction that makes a browser show something else.
    fn outside(&mut self, document: &Document<'_>) {
        let before = document.text().get(..document.root().range().start).unwrap_or_default();
        let is_signed = self.covered.contains(&document.root().node());
        if before.contains("<?xml-stylesheet") && !is_signed {
            self.unsigned.push("xml-stylesheet".to_owned());
        }
    }

    /// Depth is limited by the reader.
    fn element(&mut self, element: Element<'_>) {
        if self.covered.contains(&element.node()) {
            return;
        }
        if is_signature(element) {
            for object in element.children().filter(|child| child.is(DSIG, "Object")) {
                if !self.covered.contains(&object.node()) {
                    self.object(object);
                }
            }
            return;
        }
        if is_on_the_way(element) {
            return self.added.push(element.qualified_name().to_owned());
        }
        let mut has_children = false;
        for child in element.children() {
            has_children = true;
            self.element(child);
        }
        let is_name = |name: &str| matches!(name, "Id" | "ID" | "id" | "schemaLocation");
        let says = element.attributes().any(|one| !is_name(one.name));
        match says || !has_children {
            true => self.note(element),
            false => self.text(element),
        }
    }

    /// Its qualifying properties have rules of their own; what else is in there is content.
    fn object(&mut self, object: Element<'_>) {
        for child in object.children().filter(|child| !child.is(XADES, "QualifyingProperties")) {
            self.element(child);
        }
        self.text(object);
    }

    fn text(&mut self, element: Element<'_>) {
        if !element.text().trim().is_empty() {
            self.note(element);
        }
    }

    fn note(&mut self, element: Element<'_>) {
        if self.unsigned.len() <= NAMES_MAX {
            self.unsigned.push(element.qualified_name().chars().take(100).collect());
        }
    }
}

/// Only where the message format has it: in the header of an edXML message, in its namespace.
fn is_on_the_way(element: Element<'_>) -> bool {
    let root = element.document().root();
    let is_header = element.parent().is_some_and(|above| {
        above.node() == root.node() || matches!(above.name(), "edXMLHeader" | "Header")
    });
    element.name() == TRACE
        && is_header
        && root.name() == "edXML"
        && element.namespace() == root.namespace()
}

/// One that is, or calls itself so: each has a verdict of its own.
fn is_signature(element: Element<'_>) -> bool {
    let holds = |child: Element<'_>| matches!(child.name(), "SignedInfo" | "SignatureValue");
    element.name() == "Signature" && (element.namespace() == DSIG || element.children().any(holds))
}
