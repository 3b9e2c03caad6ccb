//! Elements by their identifiers.
//!
//! Without a schema nobody knows which attribute is an identifier; two readers that choose
//! differently see two documents. So every attribute that anybody takes for one counts, and an
//! identifier that is meant must be the only one of its name.

use std::collections::HashMap;

use super::Fault;
use super::fault::shown;
use crate::xml::document::{Attribute, Document, NodeId, XML};

const WSU: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

/// Whether this attribute names its element.
pub(in crate::xml) fn is_id(attribute: &Attribute<'_>) -> bool {
    match attribute.namespace {
        "" => matches!(attribute.name, "Id" | "ID" | "id"),
        WSU => attribute.name == "Id",
        XML => attribute.name == "id",
        _ => false,
    }
}

/// The elements with these identifiers, found in one pass.
pub(super) struct Ids<'a> {
    found: HashMap<&'a str, Vec<NodeId>>,
}

impl<'a> Ids<'a> {
    pub fn find(document: &Document<'_>, wanted: impl Iterator<Item = &'a str>) -> Self {
        let mut found: HashMap<&str, Vec<NodeId>> = wanted.map(|id| (id, Vec::new())).collect();
        if found.is_empty() {
            return Ids { found };
        }
        for element in document.elements() {
            for attribute in element.attributes().filter(is_id) {
                let Some(nodes) = found.get_mut(attribute.value) else { continue };
                if nodes.len() < 2 && nodes.last() != Some(&element.node()) {
                    nodes.push(element.node());
                }
            }
        }
        Ids { found }
    }

    pub fn only(&self, id: &str) -> Result<NodeId, Fault> {
        match self.found.get(id).map(Vec::as_slice) {
            Some([only]) => Ok(*only),
            Some([_, _, ..]) => Err(Fault::DuplicateId { id: shown(id) }),
            _ => Err(Fault::Missing { id: shown(id) }),
        }
    }
}
