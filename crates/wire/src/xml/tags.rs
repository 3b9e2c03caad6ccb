//! Start tags with their attributes and namespaces, and end tags.

use super::document::{AttributeRow, Declaration, Kind, Span, Tag, XML};
use super::read::{ReadFault, Reader};
use super::scan::{self, is_space};

const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

pub(super) fn start_tag(reader: &mut Reader<'_>) -> Result<(), ReadFault> {
    let start = reader.at;
    if reader.open.is_empty() && reader.document.root != 0 {
        return Err(ReadFault::Root { at: start });
    }
    if reader.open.len() >= reader.limits.depth {
        return Err(ReadFault::TooDeep { limit: reader.limits.depth });
    }
    reader.at += 1;
    let name = reader.name()?;
    let outside = reader.scope.len();
    let rows_from = reader.document.attributes.len();
    reader.own_from = reader.document.declarations.len();
    let empty = attributes(reader)?;
    let attributes = span(rows_from, reader.document.attributes.len());
    let declarations = span(reader.own_from, reader.document.declarations.len());
    resolve_attributes(reader, attributes)?;
    let namespace = match reader.document.prefix(name) {
        "" => default_namespace(reader),
        prefix => resolve(reader, prefix, start)?,
    };
    let opened = reader.at as u32;
    let tag = Tag { name, namespace, attributes, declarations, opened, empty };
    let id = reader.push(Kind::Element(tag), start, reader.at)?;
    if reader.document.root == 0 {
        reader.document.root = id;
    }
    match empty {
        true => reader.scope.truncate(outside),
        false => reader.open.push((id, outside)),
    }
    Ok(())
}

pub(super) fn end_tag(reader: &mut Reader<'_>) -> Result<(), ReadFault> {
    let start = reader.at;
    let fault = ReadFault::EndTag { at: start };
    let (id, outside) = reader.open.pop().ok_or(fault.clone())?;
    let name = reader.document.tag(id).map(|tag| reader.document.qualified(tag.name));
    let rest = reader.rest().get(2..).unwrap_or_default();
    let after = name.and_then(|name| rest.strip_prefix(name)).ok_or(fault.clone())?;
    let spaces = after.bytes().take_while(|byte| is_space(*byte)).count();
    if after.as_bytes().get(spaces) != Some(&b'>') {
        return Err(fault);
    }
    reader.at = reader.text.len() - after.len() + spaces + 1;
    reader.scope.truncate(outside);
    let count = reader.document.nodes.len() as u32;
    if let Some(node) = reader.document.nodes.get_mut(id as usize) {
        node.end = count;
        node.bytes.end = reader.at as u32;
    }
    Ok(())
}

/// Up to and with `>` or `/>`; true for the latter.
fn attributes(reader: &mut Reader<'_>) -> Result<bool, ReadFault> {
    let mut count = 0;
    loop {
        let spaces = reader.rest().bytes().take_while(|byte| is_space(*byte)).count();
        reader.at += spaces;
        match reader.rest().as_bytes() {
            [b'>', ..] => {
                reader.at += 1;
                return Ok(false);
            }
            [b'/', b'>', ..] => {
                reader.at += 2;
                return Ok(true);
            }
            [] => return Err(ReadFault::Truncated),
            _ if spaces == 0 => return Err(ReadFault::Markup { at: reader.at }),
            _ => {}
        }
        count += 1;
        if count > reader.limits.attributes_each {
            return Err(ReadFault::TooManyAttributes { at: reader.at });
        }
        attribute(reader)?;
    }
}

fn attribute(reader: &mut Reader<'_>) -> Result<(), ReadFault> {
    let start = reader.at;
    let held = reader.document.attributes.len() + reader.document.declarations.len();
    if held >= reader.limits.attributes {
        return Err(ReadFault::TooManyAttributes { at: start });
    }
    let name = reader.name()?;
    skip_spaces(reader);
    if !reader.rest().starts_with('=') {
        return Err(ReadFault::Markup { at: reader.at });
    }
    reader.at += 1;
    skip_spaces(reader);
    let quote = match reader.rest().as_bytes().first() {
        Some(b'"') => '"',
        Some(b'\'') => '\'',
        _ => return Err(ReadFault::Markup { at: reader.at }),
    };
    reader.at += 1;
    let length = reader.rest().find(quote).ok_or(ReadFault::Truncated)?;
    let raw = reader.rest().get(..length).unwrap_or_default();
    if raw.as_bytes().contains(&b'<') {
        return Err(ReadFault::Markup { at: reader.at });
    }
    let value = scan::value(raw, reader.at)?;
    reader.at += length + 1;
    match (reader.document.prefix(name), reader.document.local(name)) {
        ("", "xmlns") => declare(reader, "", value, start),
        ("xmlns", prefix) => declare(reader, prefix, value, start),
        // Some readers take `p:xmlns` for a declaration of the default namespace.
        (_, "xmlns") => Err(ReadFault::Namespace { at: start }),
        _ => {
            reader.document.attributes.push(AttributeRow { name, namespace: 0, value });
            Ok(())
        }
    }
}

fn declare<'a>(
    reader: &mut Reader<'a>,
    prefix: &'a str,
    address: std::borrow::Cow<'a, str>,
    at: usize,
) -> Result<(), ReadFault> {
    if !may_declare(prefix, &address) {
        return Err(ReadFault::Namespace { at });
    }
    if reader.scope.len() >= reader.limits.namespaces {
        return Err(ReadFault::TooManyNamespaces { at });
    }
    let id = reader.document.declarations.len() as u32;
    let own = reader.document.declarations.get(reader.own_from..).unwrap_or_default();
    if own.iter().any(|one| one.prefix == prefix) {
        return Err(ReadFault::Duplicate { at });
    }
    if !address.is_empty() && !scan::is_absolute(&address) {
        reader.document.relative.get_or_insert(at);
    }
    reader.document.declarations.push(Declaration { prefix, address });
    reader.scope.push(id);
    Ok(())
}

/// Whether Namespaces in XML 1.0 §3 lets this prefix stand for this address.
pub(super) fn may_declare(prefix: &str, address: &str) -> bool {
    let reserved = prefix == "xmlns" || (prefix == "xml") != (address == XML);
    !reserved && address != XMLNS && (prefix.is_empty() || !address.is_empty())
}

/// Namespaces of attributes are known when the whole tag is read; then doubles show.
fn resolve_attributes(reader: &mut Reader<'_>, rows: Span) -> Result<(), ReadFault> {
    for index in rows.range() {
        let Some(row) = reader.document.attributes.get(index) else { break };
        let name = row.name;
        let at = name.start as usize;
        let namespace = match reader.document.prefix(name) {
            "" => 0,
            prefix => resolve(reader, prefix, at)?,
        };
        let address = reader.document.address(namespace);
        let local = reader.document.local(name);
        let before = reader.document.attributes.get(rows.range().start..index).unwrap_or_default();
        let twice = before.iter().any(|row| {
            reader.document.local(row.name) == local
                && reader.document.address(row.namespace) == address
        });
        if twice {
            return Err(ReadFault::Duplicate { at });
        }
        if let Some(row) = reader.document.attributes.get_mut(index) {
            row.namespace = namespace;
        }
    }
    Ok(())
}

fn resolve(reader: &Reader<'_>, prefix: &str, at: usize) -> Result<u32, ReadFault> {
    if prefix == "xml" {
        return Ok(1);
    }
    in_scope(reader, prefix).ok_or(ReadFault::Prefix { at })
}

fn default_namespace(reader: &Reader<'_>) -> u32 {
    in_scope(reader, "").filter(|id| !reader.document.address(*id).is_empty()).unwrap_or(0)
}

fn in_scope(reader: &Reader<'_>, prefix: &str) -> Option<u32> {
    let held = &reader.document.declarations;
    let of = |id: &u32| held.get(*id as usize).is_some_and(|one| one.prefix == prefix);
    reader.scope.iter().rev().copied().find(of)
}

fn skip_spaces(reader: &mut Reader<'_>) {
    reader.at += reader.rest().bytes().take_while(|byte| is_space(*byte)).count();
}

fn span(start: usize, end: usize) -> Span {
    Span { start: start as u32, end: end as u32 }
}
