//! Which namespace declarations an element is written with.
//!
//! Both kinds of forms come down to one rule: a prefix is written when what it stands for here
//! differs from what was written for it on the nearest element around. They differ in which
//! prefixes are looked at: inclusive forms look at all in force, exclusive ones at those that the
//! element and its attributes use, and at those of the list.

use super::super::document::{Document, Tag};
use super::{Form, Method};

/// A prefix and the address it stands for.
pub(super) type Binding<'d> = (&'d str, &'d str);

/// What has been written on the elements around, the nearest last.
#[derive(Default)]
pub(super) struct Written<'d> {
    stack: Vec<Binding<'d>>,
}

impl<'d> Written<'d> {
    pub fn depth(&self) -> usize {
        self.stack.len()
    }

    pub fn leave(&mut self, depth: usize) {
        self.stack.truncate(depth);
    }

    fn address(&self, prefix: &str) -> &'d str {
        let found = self.stack.iter().rev().find(|(held, _)| *held == prefix);
        found.map_or("", |(_, address)| address)
    }

    /// The declarations of this element in their order, noted as written.
    pub fn enter(
        &mut self,
        document: &'d Document<'d>,
        tag: &'d Tag,
        method: &Method,
        surroundings: &[Binding<'d>],
    ) -> &[Binding<'d>] {
        let from = self.stack.len();
        let mut wanted = Vec::new();
        let listed = |prefix: &str| {
            method.form != Form::Exclusive || method.prefixes.iter().any(|one| one == prefix)
        };
        let own = document.declared(tag).iter().map(|one| (one.prefix, one.address.as_ref()));
        for binding in own.chain(surroundings.iter().copied()) {
            if listed(binding.0) {
                add(&mut wanted, binding);
            }
        }
        if method.form == Form::Exclusive {
            add(&mut wanted, (document.prefix(tag.name), document.address(tag.namespace)));
            for row in document.rows(tag) {
                let prefix = document.prefix(row.name);
                if !prefix.is_empty() {
                    add(&mut wanted, (prefix, document.address(row.namespace)));
                }
            }
        }
        wanted.retain(|(prefix, address)| self.address(prefix) != *address);
        wanted.sort_unstable();
        self.stack.append(&mut wanted);
        self.stack.get(from..).unwrap_or_default()
    }
}

/// The first binding of a prefix counts; that of `xml` is never written.
fn add<'d>(wanted: &mut Vec<Binding<'d>>, binding: Binding<'d>) {
    if binding.0 != "xml" && !wanted.iter().any(|(prefix, _)| *prefix == binding.0) {
        wanted.push(binding);
    }
}

/// The declarations in force around an element, the nearest of each prefix.
pub(super) fn around<'d>(document: &'d Document<'d>, element: u32) -> Vec<Binding<'d>> {
    let mut found = Vec::new();
    let mut here = document.node(element).map_or(0, |node| node.parent);
    while let Some(tag) = document.tag(here) {
        for one in document.declared(tag) {
            add(&mut found, (one.prefix, one.address.as_ref()));
        }
        here = document.node(here).map_or(0, |node| node.parent);
    }
    found
}
