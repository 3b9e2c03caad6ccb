//! Where the signatures of a document are, and what only looks like one.

use super::{DSIG, Fault};
use crate::xml::document::{Document, Element, NodeId};

const SIGNATURES: usize = 64;

/// The signatures of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// In document order, counter-signatures (which are inside another one) included.
    pub signatures: Vec<NodeId>,
    pub look_alikes: Vec<LookAlike>,
}

/// An element that calls itself `Signature` and has a `SignedInfo`, in a namespace that has no
/// signatures, as the placeholder that the edXML kit writes. It can never be valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookAlike {
    pub node: NodeId,
    pub namespace: String,
}

/// Finds all of them.
///
/// # Errors
/// [`Fault::TooMany`] above 64 of either kind.
pub fn find(document: &Document<'_>) -> Result<Found, Fault> {
    let mut found = Found::default();
    for element in document.elements().filter(|element| element.name() == "Signature") {
        if element.namespace() == DSIG {
            found.signatures.push(element.node());
        } else if is_look_alike(element) {
            let namespace = super::fault::shown(element.namespace());
            found.look_alikes.push(LookAlike { node: element.node(), namespace });
        }
        if found.signatures.len().max(found.look_alikes.len()) > SIGNATURES {
            return Err(Fault::TooMany { what: "Signature", limit: SIGNATURES });
        }
    }
    Ok(found)
}

fn is_look_alike(element: Element<'_>) -> bool {
    element.children().any(|child| matches!(child.name(), "SignedInfo" | "SignatureValue"))
}
