//! A document that was read: its nodes in document order, each knowing where in the bytes it is.
//!
//! Names keep the prefix they were written with (two prefixes of one address are two things to
//! canonicalisation), and every position is a byte offset into what was handed to the reader.

use std::borrow::Cow;
use std::ops::Range;

/// The address that the prefix `xml` always stands for.
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// A node of one document. Nodes of different documents must not be mixed: nothing can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub(super) u32);

/// Where a qualified name stands: `colon` is 0 when there is no prefix.
#[derive(Debug, Clone, Copy)]
pub(super) struct QualifiedName {
    pub start: u32,
    pub colon: u16,
    pub length: u16,
}

/// A half-open range of positions or of indices.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

#[derive(Debug)]
pub(super) struct Tag {
    pub name: QualifiedName,
    /// An index into `declarations`: 0 is no namespace, 1 is that of `xml`.
    pub namespace: u32,
    pub attributes: Span,
    pub declarations: Span,
    /// The position after the start tag.
    pub opened: u32,
    /// Written as `<a/>`.
    pub empty: bool,
}

#[derive(Debug)]
pub(super) enum Kind<'a> {
    Root,
    Element(Tag),
    Text(Cow<'a, str>),
    Comment(Cow<'a, str>),
    Instruction { target: &'a str, data: Cow<'a, str> },
}

#[derive(Debug)]
pub(super) struct Node<'a> {
    pub parent: u32,
    /// One past the last node of this subtree.
    pub end: u32,
    pub bytes: Span,
    pub kind: Kind<'a>,
}

#[derive(Debug)]
pub(super) struct AttributeRow<'a> {
    pub name: QualifiedName,
    pub namespace: u32,
    pub value: Cow<'a, str>,
}

/// `xmlns:prefix="address"`; the prefix of `xmlns="…"` is empty.
#[derive(Debug)]
pub(super) struct Declaration<'a> {
    pub prefix: &'a str,
    pub address: Cow<'a, str>,
}

/// A whole document, borrowed from its bytes.
#[derive(Debug)]
pub struct Document<'a> {
    pub(super) text: &'a str,
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) attributes: Vec<AttributeRow<'a>>,
    pub(super) declarations: Vec<Declaration<'a>>,
    pub(super) root: u32,
    /// Where a namespace is declared that is not an absolute address.
    pub(super) relative: Option<usize>,
}

impl<'a> Document<'a> {
    /// The document element.
    pub fn root(&self) -> Element<'_> {
        Element { document: self, id: self.root }
    }

    /// The bytes that were read, with a byte order mark if there was one.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The element with this identity, when it is one.
    pub fn element(&self, node: NodeId) -> Option<Element<'_>> {
        self.tag(node.0).map(|_| Element { document: self, id: node.0 })
    }

    /// All elements in document order.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        let all = 0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        all.filter_map(|id| self.element(NodeId(id)))
    }

    /// All elements and the texts between them, in document order.
    pub fn pieces(&self) -> impl Iterator<Item = (NodeId, Piece<'_>)> {
        let all = 0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        all.filter_map(|id| match &self.node(id)?.kind {
            Kind::Element(_) => Some((NodeId(id), Piece::Element(self.element(NodeId(id))?))),
            Kind::Text(text) => Some((NodeId(id), Piece::Text(text))),
            _ => None,
        })
    }

    /// The element at a path of local names from the document element down (`["edXML", "Header"]`);
    /// `None` when there is none, **and when there are several**.
    pub fn at(&self, path: &[&str]) -> Option<Element<'_>> {
        let (first, rest) = path.split_first()?;
        let mut here = Some(self.root()).filter(|root| root.name() == *first)?;
        for name in rest {
            let mut found = here.children().filter(|child| child.name() == *name);
            let only = found.next()?;
            if found.next().is_some() {
                return None;
            }
            here = only;
        }
        Some(here)
    }

    /// Whether `node` is `ancestor` or inside it.
    pub fn is_within(&self, node: NodeId, ancestor: NodeId) -> bool {
        self.node(ancestor.0).is_some_and(|outer| node.0 >= ancestor.0 && node.0 < outer.end)
    }

    pub(super) fn node(&self, id: u32) -> Option<&Node<'a>> {
        self.nodes.get(id as usize)
    }

    pub(super) fn tag(&self, id: u32) -> Option<&Tag> {
        match self.node(id)?.kind {
            Kind::Element(ref tag) => Some(tag),
            _ => None,
        }
    }

    pub(super) fn rows(&self, tag: &Tag) -> &[AttributeRow<'a>] {
        self.attributes.get(tag.attributes.range()).unwrap_or_default()
    }

    pub(super) fn declared(&self, tag: &Tag) -> &[Declaration<'a>] {
        self.declarations.get(tag.declarations.range()).unwrap_or_default()
    }

    pub(super) fn address(&self, namespace: u32) -> &str {
        self.declarations.get(namespace as usize).map_or("", |found| &found.address)
    }

    pub(super) fn qualified(&self, name: QualifiedName) -> &'a str {
        let start = name.start as usize;
        self.text.get(start..start + usize::from(name.length)).unwrap_or_default()
    }

    pub(super) fn prefix(&self, name: QualifiedName) -> &'a str {
        self.qualified(name).get(..usize::from(name.colon)).unwrap_or_default()
    }

    pub(super) fn local(&self, name: QualifiedName) -> &'a str {
        let skip = if name.colon == 0 { 0 } else { usize::from(name.colon) + 1 };
        self.qualified(name).get(skip..).unwrap_or_default()
    }
}

/// An element of a document.
#[derive(Debug, Clone, Copy)]
pub struct Element<'d> {
    document: &'d Document<'d>,
    id: u32,
}

/// An element, or a text between elements.
#[derive(Debug, Clone, Copy)]
pub enum Piece<'d> {
    Element(Element<'d>),
    Text(&'d str),
}

/// An attribute that is not a namespace declaration.
#[derive(Debug, Clone, Copy)]
pub struct Attribute<'d> {
    pub name: &'d str,
    /// Empty when the attribute has no prefix.
    pub namespace: &'d str,
    /// With references replaced and white space normalised as XML 1.0 §3.3.3 says.
    pub value: &'d str,
}

impl<'d> Element<'d> {
    pub fn node(self) -> NodeId {
        NodeId(self.id)
    }

    pub fn document(self) -> &'d Document<'d> {
        self.document
    }

    /// The local name.
    pub fn name(self) -> &'d str {
        self.tag().map_or("", |tag| self.document.local(tag.name))
    }

    /// As it is written: `edXML:Body`.
    pub fn qualified_name(self) -> &'d str {
        self.tag().map_or("", |tag| self.document.qualified(tag.name))
    }

    /// The namespace's address; empty when there is none.
    pub fn namespace(self) -> &'d str {
        self.tag().map_or("", |tag| self.document.address(tag.namespace))
    }

    pub fn is(self, namespace: &str, name: &str) -> bool {
        self.name() == name && self.namespace() == namespace
    }

    /// The value of an attribute without a namespace.
    pub fn attribute(self, name: &str) -> Option<&'d str> {
        self.attributes().find(|at| at.namespace.is_empty() && at.name == name).map(|at| at.value)
    }

    pub fn attributes(self) -> impl Iterator<Item = Attribute<'d>> {
        let document = self.document;
        self.tag().into_iter().flat_map(move |tag| document.rows(tag)).map(move |row| Attribute {
            name: document.local(row.name),
            namespace: document.address(row.namespace),
            value: &row.value,
        })
    }

    pub fn children(self) -> impl Iterator<Item = Element<'d>> {
        let document = self.document;
        self.child_nodes().filter_map(move |id| document.element(NodeId(id)))
    }

    /// The first child of this name.
    pub fn child(self, namespace: &str, name: &str) -> Option<Element<'d>> {
        self.children().find(|child| child.is(namespace, name))
    }

    pub fn parent(self) -> Option<Element<'d>> {
        self.document.element(NodeId(self.document.node(self.id)?.parent))
    }

    /// All text directly in the element, comments between its pieces left out, never cut at them.
    pub fn text(self) -> Cow<'d, str> {
        let mut whole = Cow::Borrowed("");
        for id in self.child_nodes() {
            if let Some(Node { kind: Kind::Text(piece), .. }) = self.document.node(id) {
                match whole.is_empty() {
                    true => whole = Cow::Borrowed(piece.as_ref()),
                    false => whole.to_mut().push_str(piece),
                }
            }
        }
        whole
    }

    /// The bytes from `<` of the start tag to `>` of the end tag.
    pub fn range(self) -> Range<usize> {
        self.document.node(self.id).map_or(0..0, |node| node.bytes.range())
    }

    /// The bytes of the start tag (or of the whole `<a/>`).
    pub fn start_tag(self) -> Range<usize> {
        self.range().start..self.tag().map_or(0, |tag| tag.opened as usize)
    }

    /// Whether it is written `<a/>`.
    pub fn is_self_closed(self) -> bool {
        self.tag().is_some_and(|tag| tag.empty)
    }

    /// The address that a prefix stands for here; the empty prefix is the default namespace.
    pub fn resolve(self, prefix: &str) -> Option<&'d str> {
        let mut here = Some(self);
        while let Some(element) = here {
            let tag = element.tag()?;
            let own = self.document.declared(tag);
            if let Some(found) = own.iter().find(|one| one.prefix == prefix) {
                return Some(&found.address).filter(|address| !address.is_empty()).map(|at| &**at);
            }
            here = element.parent();
        }
        None
    }

    pub(super) fn child_nodes(self) -> impl Iterator<Item = u32> + use<'d> {
        let document = self.document;
        let end = document.node(self.id).map_or(0, |node| node.end);
        let first = Some(self.id + 1).filter(|id| *id < end);
        std::iter::successors(first, move |id| {
            document.node(*id).map(|node| node.end).filter(|next| *next < end)
        })
    }

    pub(super) fn tag(self) -> Option<&'d Tag> {
        self.document.tag(self.id)
    }
}
