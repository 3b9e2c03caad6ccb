//! The exclusive canonical form of one element, written while it is read: the only form that does
//! not need to know what stood around the element.
//!
//! Without comments and without a list of prefixes; of an element with a processing instruction in
//! it there is none here, since instructions are passed over.

use super::super::canonical::{Sink, escape};
use super::super::scan;
use super::tag::Tag;

/// Writes one element into `sink`.
#[derive(Debug)]
pub struct Canonical<S> {
    sink: S,
    /// What has been written on the elements around, the nearest last: prefix and address.
    written: Vec<(String, String)>,
    /// The names of the open elements, with what was written outside each.
    open: Vec<(String, usize)>,
    relative: bool,
}

impl<S: Sink> Canonical<S> {
    pub fn new(sink: S) -> Canonical<S> {
        Canonical { sink, written: Vec::new(), open: Vec::new(), relative: false }
    }

    pub fn start(&mut self, tag: Tag<'_>) {
        let outside = self.written.len();
        self.put("<");
        self.put(tag.qualified_name());
        let mut wanted = vec![(tag.prefix(), tag.namespace())];
        for (address, name, _) in tag.attributes() {
            if let Some((prefix, _)) = name.split_once(':') {
                wanted.push((prefix, address));
            }
        }
        wanted.retain(|(prefix, address)| *prefix != "xml" && self.address(prefix) != *address);
        wanted.sort_unstable();
        wanted.dedup();
        for (prefix, address) in wanted {
            self.relative |= !address.is_empty() && !scan::is_absolute(address);
            self.put(if prefix.is_empty() { " xmlns" } else { " xmlns:" });
            self.put(prefix);
            self.value(address);
            self.written.push((prefix.to_owned(), address.to_owned()));
        }
        let mut rows: Vec<_> = tag
            .attributes()
            .map(|(address, name, value)| {
                let local = name.split_once(':').map_or(name, |(_, local)| local);
                (address, local, name, value)
            })
            .collect();
        rows.sort_unstable();
        for (_, _, name, value) in rows {
            self.put(" ");
            self.put(name);
            self.value(value);
        }
        self.put(">");
        self.open.push((tag.qualified_name().to_owned(), outside));
    }

    pub fn text(&mut self, text: &str) {
        escape::text(text, &mut |piece| self.sink.put(piece.as_bytes()));
    }

    /// True when this was the end of the element itself.
    pub fn end(&mut self) -> bool {
        if let Some((name, outside)) = self.open.pop() {
            self.written.truncate(outside);
            self.put("</");
            self.put(&name);
            self.put(">");
        }
        self.open.is_empty()
    }

    /// `None` when a namespace is not named by an absolute address: then there is no such form.
    pub fn finish(self) -> Option<S> {
        (!self.relative).then_some(self.sink)
    }

    fn address(&self, prefix: &str) -> &str {
        let found = self.written.iter().rev().find(|(held, _)| held == prefix);
        found.map_or("", |(_, address)| address)
    }

    fn value(&mut self, value: &str) {
        self.put("=\"");
        escape::value(value, &mut |piece| self.sink.put(piece.as_bytes()));
        self.put("\"");
    }

    fn put(&mut self, text: &str) {
        self.sink.put(text.as_bytes());
    }
}
