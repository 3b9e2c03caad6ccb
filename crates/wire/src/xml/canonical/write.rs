//! The walk over the nodes, and the bytes.

use std::borrow::Cow;

use super::super::document::{Document, Kind, Tag, XML};
use super::base::{Inherited, inherited};
use super::namespaces::{Binding, Written, around};
use super::{CanonicalFault, Form, Method, Selection, Sink, escape, limit_bytes};

/// Writes the canonical form of what is selected into `sink`.
///
/// # Errors
/// [`CanonicalFault`]; what was put into the sink until then is of no use.
pub fn canonicalise(
    document: &Document<'_>,
    selection: Selection,
    method: &Method,
    sink: &mut impl Sink,
) -> Result<(), CanonicalFault> {
    let first = selection.element.map_or(0, |node| node.0);
    let node = document.node(first).ok_or(CanonicalFault::NoElement)?;
    if selection.element.is_some() && document.tag(first).is_none() {
        return Err(CanonicalFault::NoElement);
    }
    if let Some(at) = document.relative {
        return Err(CanonicalFault::RelativeNamespace { at });
    }
    let comments = method.comments && selection.comments;
    let limit_bytes = limit_bytes(document);
    let out = Out { sink, left: limit_bytes, limit_bytes };
    let mut walk = Walk {
        document,
        method,
        out,
        written: Written::default(),
        open: Vec::new(),
        rows: Vec::new(),
    };
    let without = selection.without.map_or(u32::MAX, |node| node.0);
    let mut id = first;
    while id < node.end {
        walk.close_until(id)?;
        let Some(here) = document.node(id) else { break };
        if id == without {
            id = here.end;
            continue;
        }
        match &here.kind {
            Kind::Root => {}
            Kind::Element(tag) => walk.element(id, tag, id == first)?,
            Kind::Text(text) => walk.out.text(text)?,
            Kind::Comment(text) if comments => walk.outside(id, &["<!--", text, "-->"])?,
            Kind::Comment(_) => {}
            Kind::Instruction { target, data } if data.is_empty() => {
                walk.outside(id, &["<?", target, "?>"])?;
            }
            Kind::Instruction { target, data } => {
                walk.outside(id, &["<?", target, " ", data, "?>"])?;
            }
        }
        id += 1;
    }
    walk.close_until(node.end)
}

struct Walk<'d, 's, S> {
    document: &'d Document<'d>,
    method: &'d Method,
    out: Out<'s, S>,
    written: Written<'d>,
    /// Elements to be closed, with what was written outside each.
    open: Vec<(u32, usize)>,
    rows: Vec<Row<'d>>,
}

/// An attribute to be written, in the order of comparison: address, local name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Row<'d> {
    address: &'d str,
    local: &'d str,
    qualified: Cow<'d, str>,
    value: Cow<'d, str>,
}

impl<'d, S: Sink> Walk<'d, '_, S> {
    fn element(&mut self, id: u32, tag: &'d Tag, apex: bool) -> Result<(), CanonicalFault> {
        let (surroundings, inherited) = match apex {
            true => (around(self.document, id), inherited(self.document, id, self.method.form)?),
            false => Default::default(),
        };
        let outside = self.written.depth();
        self.out.put("<")?;
        self.out.put(self.document.qualified(tag.name))?;
        self.namespaces(tag, &surroundings)?;
        self.attributes(tag, inherited)?;
        self.out.put(">")?;
        self.open.push((id, outside));
        Ok(())
    }

    fn namespaces(&mut self, tag: &'d Tag, around: &[Binding<'d>]) -> Result<(), CanonicalFault> {
        for (prefix, address) in self.written.enter(self.document, tag, self.method, around) {
            match prefix.is_empty() {
                true => self.out.put(" xmlns")?,
                false => {
                    self.out.put(" xmlns:")?;
                    self.out.put(prefix)?;
                }
            }
            self.out.value(address)?;
        }
        Ok(())
    }

    fn attributes(&mut self, tag: &'d Tag, more: Vec<Inherited<'d>>) -> Result<(), CanonicalFault> {
        let document = self.document;
        let joined = self.method.form == Form::Inclusive11;
        let joined = joined && more.iter().any(|(name, _)| *name == "base");
        let mut rows = std::mem::take(&mut self.rows);
        rows.extend(document.rows(tag).iter().map(|row| Row {
            address: document.address(row.namespace),
            local: document.local(row.name),
            qualified: Cow::Borrowed(document.qualified(row.name)),
            value: Cow::Borrowed(&row.value),
        }));
        if joined {
            rows.retain(|row| row.address != XML || row.local != "base");
        }
        rows.extend(more.into_iter().map(|(local, value)| Row {
            address: XML,
            local,
            qualified: Cow::Owned(format!("xml:{local}")),
            value,
        }));
        rows.sort_unstable();
        for row in &rows {
            self.out.put(" ")?;
            self.out.put(&row.qualified)?;
            self.out.value(&row.value)?;
        }
        rows.clear();
        self.rows = rows;
        Ok(())
    }

    /// Comments and instructions; those beside the document element stand on lines of their own.
    fn outside(&mut self, id: u32, pieces: &[&str]) -> Result<(), CanonicalFault> {
        let root = self.document.root;
        let beside = self.open.is_empty();
        if beside && id > root {
            self.out.put("\n")?;
        }
        for piece in pieces {
            self.out.put(piece)?;
        }
        if beside && id < root {
            self.out.put("\n")?;
        }
        Ok(())
    }

    /// Ends the elements that do not contain the node `id`.
    fn close_until(&mut self, id: u32) -> Result<(), CanonicalFault> {
        while let Some((element, outside)) = self.open.last().copied() {
            if self.document.node(element).is_some_and(|node| id < node.end) {
                break;
            }
            self.open.pop();
            self.written.leave(outside);
            if let Some(tag) = self.document.tag(element) {
                self.out.put("</")?;
                self.out.put(self.document.qualified(tag.name))?;
                self.out.put(">")?;
            }
        }
        Ok(())
    }
}

struct Out<'s, S> {
    sink: &'s mut S,
    left: usize,
    limit_bytes: usize,
}

impl<S: Sink> Out<'_, S> {
    fn put(&mut self, text: &str) -> Result<(), CanonicalFault> {
        self.left = self
            .left
            .checked_sub(text.len())
            .ok_or(CanonicalFault::TooLong { limit_bytes: self.limit_bytes })?;
        self.sink.put(text.as_bytes());
        Ok(())
    }

    /// `="value"`
    fn value(&mut self, value: &str) -> Result<(), CanonicalFault> {
        self.put("=\"")?;
        self.escaped(|put| escape::value(value, put))?;
        self.put("\"")
    }

    fn text(&mut self, text: &str) -> Result<(), CanonicalFault> {
        self.escaped(|put| escape::text(text, put))
    }

    /// Puts the pieces that `write` makes, until they are too many.
    fn escaped(&mut self, write: impl FnOnce(&mut dyn FnMut(&str))) -> Result<(), CanonicalFault> {
        let mut ended = Ok(());
        write(&mut |piece| {
            if ended.is_ok() {
                ended = self.put(piece);
            }
        });
        ended
    }
}
