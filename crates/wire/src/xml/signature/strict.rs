//! Reading elements exactly as their schema says, and nothing else.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Fault;
use crate::xml::document::{Element, Kind};

/// The child elements of a structure, to be taken in order. Between them may be white space and
/// comments, nothing else.
pub(crate) struct Fields<'d> {
    list: std::vec::IntoIter<Element<'d>>,
    at: usize,
}

impl<'d> Fields<'d> {
    pub fn of(parent: Element<'d>) -> Result<Self, Fault> {
        let document = parent.document();
        let at = parent.range().start;
        let mut list = Vec::new();
        for id in parent.child_nodes() {
            let Some(node) = document.node(id) else { break };
            match &node.kind {
                Kind::Element(_) => list.extend(document.element(super::NodeId(id))),
                Kind::Comment(_) => {}
                Kind::Text(text) if text.bytes().all(crate::xml::scan::is_space) => {}
                _ => {
                    let at = node.bytes.start as usize;
                    return Err(Fault::Structure { expected: "an element instead of text", at });
                }
            }
        }
        Ok(Fields { list: list.into_iter(), at })
    }

    pub fn take(&mut self, namespace: &str, name: &'static str) -> Result<Element<'d>, Fault> {
        let at = self.at();
        self.take_if(namespace, name).ok_or(Fault::Structure { expected: name, at })
    }

    pub fn take_if(&mut self, namespace: &str, name: &str) -> Option<Element<'d>> {
        let here = *self.list.as_slice().first()?;
        here.is(namespace, name).then(|| self.list.next()).flatten()
    }

    pub fn next(&mut self) -> Option<Element<'d>> {
        self.list.next()
    }

    /// Nothing may be left.
    pub fn end(self) -> Result<(), Fault> {
        match self.list.as_slice().first() {
            None => Ok(()),
            Some(more) => {
                Err(Fault::Structure { expected: "the end of the parts", at: more.range().start })
            }
        }
    }

    fn at(&self) -> usize {
        self.list.as_slice().first().map_or(self.at, |next| next.range().start)
    }
}

pub(crate) fn only_attributes(element: Element<'_>, names: &[&str]) -> Result<(), Fault> {
    let foreign = |at: &crate::xml::document::Attribute<'_>| {
        !at.namespace.is_empty() || !names.contains(&at.name)
    };
    match element.attributes().any(|attribute| foreign(&attribute)) {
        true => Err(Fault::Attribute { at: element.range().start }),
        false => Ok(()),
    }
}

/// `Algorithm`, which the element must have.
pub(crate) fn algorithm(element: Element<'_>) -> Result<&str, Fault> {
    only_attributes(element, &["Algorithm"])?;
    let at = element.range().start;
    element.attribute("Algorithm").ok_or(Fault::Structure { expected: "Algorithm", at })
}

/// An element with text and nothing else: a comment could hide from others what follows it.
pub(crate) fn leaf(element: Element<'_>) -> Result<Cow<'_, str>, Fault> {
    let document = element.document();
    let mut children = element.child_nodes();
    let text = match children.next().and_then(|id| document.node(id)) {
        None => return Ok(Cow::Borrowed("")),
        Some(node) => match &node.kind {
            Kind::Text(text) => Cow::Borrowed(text.as_ref()),
            _ => return Err(broken(element, "text alone")),
        },
    };
    match children.next() {
        None => Ok(text),
        Some(_) => Err(broken(element, "text alone")),
    }
}

/// As [`leaf`], without white space around it.
pub(crate) fn word(element: Element<'_>) -> Result<String, Fault> {
    Ok(leaf(element)?.trim_matches([' ', '\t', '\r', '\n']).to_owned())
}

/// The bytes that an element holds in base64, white space anywhere.
pub(crate) fn base64(element: Element<'_>) -> Result<Vec<u8>, Fault> {
    let text = leaf(element)?;
    let dense: Vec<u8> = text.bytes().filter(|byte| !crate::xml::scan::is_space(*byte)).collect();
    STANDARD.decode(dense).map_err(|_| broken(element, "base64"))
}

pub(crate) fn broken(element: Element<'_>, expected: &'static str) -> Fault {
    Fault::Value { expected, at: element.range().start }
}
