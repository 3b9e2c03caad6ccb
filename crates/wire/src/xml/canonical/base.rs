//! `xml:` attributes that a part takes over from its surroundings in the inclusive forms, and
//! `xml:base` joined as Canonical XML 1.1 §2.4 asks.

use std::borrow::Cow;

use super::super::document::Document;
use super::{CanonicalFault, Form};
use crate::xml::scan;

/// An attribute to be written: its local name after `xml:`, and its value.
pub(super) type Inherited<'d> = (&'d str, Cow<'d, str>);

/// The `xml:` attributes that the element gets from those around it, its own `xml:base` included
/// when Canonical XML 1.1 changes it. Nothing for the exclusive form.
pub(super) fn inherited<'d>(
    document: &'d Document<'d>,
    element: u32,
    form: Form,
) -> Result<Vec<Inherited<'d>>, CanonicalFault> {
    let mut found: Vec<Inherited<'d>> = Vec::new();
    if form == Form::Exclusive {
        return Ok(found);
    }
    let mut own: Vec<&str> = Vec::new();
    let mut bases: Vec<&str> = Vec::new();
    let mut here = element;
    while let Some(tag) = document.tag(here) {
        for row in document.rows(tag).iter().filter(|row| row.namespace == 1) {
            let name = document.local(row.name);
            if name == "base" && form == Form::Inclusive11 {
                bases.push(&row.value);
            } else if here == element {
                own.push(name);
            } else if !own.contains(&name)
                && (form == Form::Inclusive10 || matches!(name, "lang" | "space"))
                && !found.iter().any(|(held, _)| *held == name)
            {
                found.push((name, Cow::Borrowed(&row.value)));
            }
        }
        here = document.node(here).map_or(0, |node| node.parent);
    }
    if bases.len() > 1 && !bases.iter().all(|base| can_be_joined(base)) {
        return Err(CanonicalFault::Base);
    }
    let joined = bases.into_iter().map(Cow::Borrowed).reduce(|inner, outer| join(&outer, &inner));
    if let Some(base) = joined.filter(|base| !base.is_empty()) {
        found.push(("base", base));
    }
    Ok(found)
}

/// Addresses with an authority, and relative ones; without empty steps, which RFC 3986 and
/// Canonical XML 1.1 treat differently.
fn can_be_joined(base: &str) -> bool {
    let parts = split(base);
    let absolute = match parts.scheme {
        Some(_) => scan::is_absolute(base) && parts.authority.is_some(),
        None => !base.split('/').next().unwrap_or_default().contains(':'),
    };
    absolute && scan::is_reference(base) && !parts.path.contains("//")
}

struct Parts<'a> {
    scheme: Option<&'a str>,
    authority: Option<&'a str>,
    path: &'a str,
    query: Option<&'a str>,
}

/// RFC 3986, appendix B; fragments are of no use in a base.
fn split(reference: &str) -> Parts<'_> {
    let reference = reference.split('#').next().unwrap_or_default();
    let (reference, query) = match reference.split_once('?') {
        Some((before, query)) => (before, Some(query)),
        None => (reference, None),
    };
    let (scheme, rest) = match reference.split_once(':') {
        Some((scheme, rest)) if !scheme.is_empty() && !scheme.contains('/') => (Some(scheme), rest),
        _ => (None, reference),
    };
    match rest.strip_prefix("//") {
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            Parts { scheme, authority: Some(authority), path, query }
        }
        None => Parts { scheme, authority: None, path: rest, query },
    }
}

/// RFC 3986 §5.2.2, where the base may itself be relative.
fn join<'d>(base: &str, reference: &str) -> Cow<'d, str> {
    let (outer, inner) = (split(base), split(reference));
    let absolute = inner.scheme.is_some() || inner.authority.is_some();
    let path = if absolute || inner.path.starts_with('/') {
        without_dots(inner.path)
    } else if inner.path.is_empty() {
        outer.path.to_owned()
    } else {
        let folder = match outer.path.rfind('/') {
            Some(at) => outer.path.get(..=at).unwrap_or_default(),
            None if outer.authority.is_some() => "/",
            None if outer.path.ends_with("..") => "../",
            None => "",
        };
        let slash = if outer.path.ends_with("/..") { "../" } else { "" };
        without_dots(&format!("{folder}{slash}{}", inner.path))
    };
    let same = !absolute && inner.path.is_empty();
    let query = inner.query.or(outer.query.filter(|_| same));
    let authority = if absolute { inner.authority } else { outer.authority };
    let mut whole = String::new();
    if let Some(scheme) = inner.scheme.or(outer.scheme) {
        whole.push_str(scheme);
        whole.push(':');
    }
    if let Some(authority) = authority {
        whole.push_str("//");
        whole.push_str(authority);
    }
    whole.push_str(&path);
    if let Some(query) = query {
        whole.push('?');
        whole.push_str(query);
    }
    Cow::Owned(whole)
}

/// RFC 3986 §5.2.4, with `..` kept at the front of a relative path.
fn without_dots(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    let mut pieces = path.split('/').skip(usize::from(rooted)).peekable();
    while let Some(piece) = pieces.next() {
        let last = pieces.peek().is_none();
        match piece {
            "." if last => kept.push(""),
            "." => {}
            ".." if kept.last().is_some_and(|held| *held != "..") => {
                kept.pop();
                if last {
                    kept.push("");
                }
            }
            ".." if rooted => {
                if last {
                    kept.push("");
                }
            }
            ".." if last => kept.extend(["..", ""]),
            "" if !last => {}
            other => kept.push(other),
        }
    }
    let joined = kept.join("/");
    if rooted { format!("/{joined}") } else { joined }
}
