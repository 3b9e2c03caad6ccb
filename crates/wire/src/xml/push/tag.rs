//! Start tags with their attributes and namespaces, and end tags, read one at a time.

use super::super::document::{Attribute, XML};
use super::super::read::{Limits, ReadFault};
use super::super::scan::{self, is_space};
use super::super::signature::ids::is_id;
use super::super::tags;
use super::place::Place;

/// What is open, what it declared, and the tag that was read last.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// The names of the open elements, one behind the other.
    names: String,
    open: Vec<Open>,
    declared: Vec<Declared>,
    tag: Read,
    has_root: bool,
    attributes: usize,
}

#[derive(Debug)]
struct Open {
    /// Of `names` and of `declared`, outside of this element.
    names: usize,
    declared: usize,
}

#[derive(Debug)]
struct Declared {
    prefix: String,
    address: String,
}

#[derive(Debug, Default)]
struct Read {
    name: Name,
    address: Address,
    attributes: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    name: Name,
    address: Address,
    value: String,
}

#[derive(Debug, Default, Clone)]
struct Name {
    qualified: String,
    colon: usize,
}

#[derive(Debug, Default, Clone, Copy)]
enum Address {
    #[default]
    None,
    Xml,
    /// An index into `declared`.
    Declared(usize),
}

impl Name {
    fn prefix(&self) -> &str {
        self.qualified.get(..self.colon).unwrap_or_default()
    }

    fn local(&self) -> &str {
        let skip = if self.colon == 0 { 0 } else { self.colon + 1 };
        self.qualified.get(skip..).unwrap_or_default()
    }
}

/// A start tag.
#[derive(Debug, Clone, Copy)]
pub struct Tag<'t> {
    scope: &'t Scope,
    place: Place,
}

impl<'t> Tag<'t> {
    pub(super) fn of(scope: &'t Scope, place: Place) -> Tag<'t> {
        Tag { scope, place }
    }

    /// Where it begins.
    pub fn place(self) -> Place {
        self.place
    }

    /// The local name.
    pub fn name(self) -> &'t str {
        self.scope.tag.name.local()
    }

    /// The namespace's address; empty when there is none.
    pub fn namespace(self) -> &'t str {
        self.scope.text(self.scope.tag.address)
    }

    /// As it is written.
    pub fn qualified_name(self) -> &'t str {
        &self.scope.tag.name.qualified
    }

    pub fn prefix(self) -> &'t str {
        self.scope.tag.name.prefix()
    }

    /// The attributes that declare no namespace: address, name as written, value.
    pub fn attributes(self) -> impl Iterator<Item = (&'t str, &'t str, &'t str)> {
        let scope = self.scope;
        let all = scope.tag.attributes.iter();
        all.map(|row| (scope.text(row.address), row.name.qualified.as_str(), row.value.as_str()))
    }

    /// Everything that anybody could take for an identifier of this element, each once.
    pub fn identifiers(self) -> Vec<String> {
        let rows = self.scope.tag.attributes.iter();
        let all = rows.filter(|row| {
            let (namespace, name) = (self.scope.text(row.address), row.name.local());
            is_id(&Attribute { name, namespace, value: &row.value })
        });
        let mut ids: Vec<String> = all.map(|row| row.value.clone()).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

impl Scope {
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    pub fn has_root(&self) -> bool {
        self.has_root
    }

    /// Leaves the innermost element.
    pub fn close(&mut self) {
        if let Some(open) = self.open.pop() {
            self.names.truncate(open.names);
            self.declared.truncate(open.declared);
        }
    }

    /// Enters an element; true when it is written `<a/>`.
    pub fn start_tag(
        &mut self,
        text: &str,
        base: usize,
        limits: &Limits,
    ) -> Result<bool, ReadFault> {
        if self.open.is_empty() && self.has_root {
            return Err(ReadFault::Root { at: base });
        }
        if self.open.len() >= limits.depth {
            return Err(ReadFault::TooDeep { limit: limits.depth });
        }
        let mut hand = Hand { text, base, at: 1, limits };
        let outside = Open { names: self.names.len(), declared: self.declared.len() };
        self.tag.name = hand.name()?;
        self.tag.attributes.clear();
        let empty = self.read_attributes(&mut hand, outside.declared)?;
        self.resolve_attributes(base)?;
        self.tag.address = match self.tag.name.prefix() {
            "" => self.default_address(),
            prefix => self.resolve(prefix).ok_or(ReadFault::Prefix { at: base })?,
        };
        self.names.push_str(&self.tag.name.qualified);
        self.open.push(outside);
        self.has_root = true;
        Ok(empty)
    }

    pub fn end_tag(&mut self, text: &str, base: usize) -> Result<(), ReadFault> {
        let fault = ReadFault::EndTag { at: base };
        let open = self.open.last().ok_or(fault.clone())?;
        let name = self.names.get(open.names..).unwrap_or_default();
        let inside = text.strip_prefix("</").and_then(|rest| rest.strip_suffix('>'));
        let spaces = inside.and_then(|inside| inside.strip_prefix(name)).ok_or(fault.clone())?;
        if !spaces.bytes().all(is_space) {
            return Err(fault);
        }
        self.close();
        Ok(())
    }

    fn read_attributes(&mut self, hand: &mut Hand<'_>, own: usize) -> Result<bool, ReadFault> {
        let mut count = 0;
        loop {
            let spaces = hand.skip_spaces();
            match hand.rest().as_bytes() {
                [b'>'] => return Ok(false),
                [b'/', b'>'] => return Ok(true),
                [] | [b'>' | b'/', ..] => return Err(ReadFault::Markup { at: hand.here() }),
                _ if spaces == 0 => return Err(ReadFault::Markup { at: hand.here() }),
                _ => {}
            }
            count += 1;
            self.attributes += 1;
            if count > hand.limits.attributes_each || self.attributes > hand.limits.attributes {
                return Err(ReadFault::TooManyAttributes { at: hand.here() });
            }
            self.attribute(hand, own)?;
        }
    }

    fn attribute(&mut self, hand: &mut Hand<'_>, own: usize) -> Result<(), ReadFault> {
        let start = hand.here();
        let name = hand.name()?;
        let value = hand.value()?;
        match (name.prefix(), name.local()) {
            ("", "xmlns") => self.declare("", value, own, (start, hand.limits)),
            ("xmlns", prefix) => self.declare(prefix, value, own, (start, hand.limits)),
            (_, "xmlns") => Err(ReadFault::Namespace { at: start }),
            _ => {
                self.tag.attributes.push(Row { name, address: Address::None, value });
                Ok(())
            }
        }
    }

    fn declare(
        &mut self,
        prefix: &str,
        address: String,
        own: usize,
        (at, limits): (usize, &Limits),
    ) -> Result<(), ReadFault> {
        if !tags::may_declare(prefix, &address) {
            return Err(ReadFault::Namespace { at });
        }
        if self.declared.len() >= limits.namespaces {
            return Err(ReadFault::TooManyNamespaces { at });
        }
        if self.declared.iter().skip(own).any(|one| one.prefix == prefix) {
            return Err(ReadFault::Duplicate { at });
        }
        self.declared.push(Declared { prefix: prefix.to_owned(), address });
        Ok(())
    }

    fn resolve_attributes(&mut self, at: usize) -> Result<(), ReadFault> {
        let mut rows = std::mem::take(&mut self.tag.attributes);
        for index in 0..rows.len() {
            let (before, rest) = rows.split_at_mut(index);
            let Some(row) = rest.first_mut() else { break };
            row.address = match row.name.prefix() {
                "" => Address::None,
                prefix => self.resolve(prefix).ok_or(ReadFault::Prefix { at })?,
            };
            let twice = before.iter().any(|one| {
                one.name.local() == row.name.local()
                    && self.text(one.address) == self.text(row.address)
            });
            if twice {
                return Err(ReadFault::Duplicate { at });
            }
        }
        self.tag.attributes = rows;
        Ok(())
    }

    fn resolve(&self, prefix: &str) -> Option<Address> {
        if prefix == "xml" {
            return Some(Address::Xml);
        }
        self.declared.iter().rposition(|one| one.prefix == prefix).map(Address::Declared)
    }

    fn default_address(&self) -> Address {
        let found = self.declared.iter().rposition(|one| one.prefix.is_empty());
        found.map_or(Address::None, Address::Declared)
    }

    fn text(&self, address: Address) -> &str {
        match address {
            Address::None => "",
            Address::Xml => XML,
            Address::Declared(at) => self.declared.get(at).map_or("", |one| &one.address),
        }
    }
}

/// Where in a start tag we are.
struct Hand<'a> {
    text: &'a str,
    base: usize,
    at: usize,
    limits: &'a Limits,
}

impl<'a> Hand<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn here(&self) -> usize {
        self.base + self.at
    }

    fn skip_spaces(&mut self) -> usize {
        let spaces = self.rest().bytes().take_while(|byte| is_space(*byte)).count();
        self.at += spaces;
        spaces
    }

    fn name(&mut self) -> Result<Name, ReadFault> {
        let fault = ReadFault::Name { at: self.here() };
        let (length, colon) = scan::qualified_name(self.rest()).ok_or(fault.clone())?;
        if length > self.limits.name_bytes {
            return Err(fault);
        }
        let qualified = self.rest().get(..length).unwrap_or_default().to_owned();
        self.at += length;
        Ok(Name { qualified, colon })
    }

    /// `="value"`
    fn value(&mut self) -> Result<String, ReadFault> {
        self.skip_spaces();
        if !self.rest().starts_with('=') {
            return Err(ReadFault::Markup { at: self.here() });
        }
        self.at += 1;
        self.skip_spaces();
        let quote = match self.rest().as_bytes().first() {
            Some(b'"') => '"',
            Some(b'\'') => '\'',
            _ => return Err(ReadFault::Markup { at: self.here() }),
        };
        self.at += 1;
        let length = self.rest().find(quote).ok_or(ReadFault::Markup { at: self.here() })?;
        let value = scan::value(self.rest().get(..length).unwrap_or_default(), self.here())?;
        self.at += length + 1;
        Ok(value.into_owned())
    }
}
