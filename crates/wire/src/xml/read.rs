//! Bytes → [`Document`]. Every document is a stranger's: it is read once, in time and memory
//! proportional to its length, or refused with the place and the reason.
//!
//! XML 1.0 (fifth edition) and Namespaces 1.0, without document types: `DOCTYPE` is refused, so
//! there are no entities but the five. UTF-8 only. What common readers let pass and canonical forms
//! depend on is refused too: undeclared and doubly declared prefixes, `p:xmlns`, references to
//! characters that do not exist, a declaration of another encoding.
//!
//! The reader is our own since prefixes, exact positions, and one reading of the bytes in all
//! places are what signatures stand on; the tests compare it with two that are not ours.

use super::document::{Declaration, Document, Kind, Node, QualifiedName, Span, XML};
use super::scan;
use super::tags;

/// What a document may cost. The default lets through 64 MB of attachments in base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    pub size_bytes: usize,
    /// How deep elements may be nested.
    pub depth: usize,
    /// Elements, texts, comments and instructions together.
    pub nodes: usize,
    /// In the whole document, declarations of namespaces included.
    pub attributes: usize,
    /// Of one element.
    pub attributes_each: usize,
    /// Declarations on the way from the document element to any place.
    pub namespaces: usize,
    /// Of a qualified name.
    pub name_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            size_bytes: 96 << 20,
            depth: 128,
            nodes: 500_000,
            attributes: 500_000,
            attributes_each: 128,
            namespaces: 128,
            name_bytes: 1_000,
        }
    }
}

impl Limits {
    /// For what we wrote ourselves, out of documents that were within their limits.
    pub(super) const OWN: Limits = Limits {
        size_bytes: usize::MAX,
        depth: usize::MAX,
        nodes: usize::MAX,
        attributes: usize::MAX,
        attributes_each: usize::MAX,
        namespaces: usize::MAX,
        name_bytes: usize::MAX,
    };
}

/// Why bytes were not read as a document. `at` is a byte offset.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadFault {
    #[error("the document is longer than {limit_bytes} bytes")]
    TooLong { limit_bytes: usize },
    #[error("the document is not UTF-8 (byte {at})")]
    NotUtf8 { at: usize },
    #[error("the document names another encoding than UTF-8")]
    Encoding,
    #[error("the XML declaration is not one of XML 1.0 (byte {at})")]
    Declaration { at: usize },
    #[error("a character that XML does not allow (byte {at})")]
    Character { at: usize },
    #[error("the document has a document type (byte {at}); these are not read")]
    Doctype { at: usize },
    #[error("elements are nested deeper than {limit}")]
    TooDeep { limit: usize },
    #[error("the document has more than {limit} nodes")]
    TooManyNodes { limit: usize },
    #[error("too many attributes (byte {at})")]
    TooManyAttributes { at: usize },
    #[error("too many namespaces are declared (byte {at})")]
    TooManyNamespaces { at: usize },
    #[error("this is not a name (byte {at})")]
    Name { at: usize },
    #[error("the markup is broken (byte {at})")]
    Markup { at: usize },
    #[error("the end tag does not fit the start tag (byte {at})")]
    EndTag { at: usize },
    #[error("a reference to no character, or to an unknown entity (byte {at})")]
    Reference { at: usize },
    #[error("a prefix that nobody declared (byte {at})")]
    Prefix { at: usize },
    #[error("a namespace that must not be declared so (byte {at})")]
    Namespace { at: usize },
    #[error("the same attribute twice (byte {at})")]
    Duplicate { at: usize },
    #[error("the document has not exactly one element outside (byte {at})")]
    Root { at: usize },
    #[error("the document ends too early")]
    Truncated,
}

impl ReadFault {
    /// The byte it is at, where there is one.
    pub fn at(&self) -> Option<usize> {
        match self {
            ReadFault::NotUtf8 { at }
            | ReadFault::Declaration { at }
            | ReadFault::Character { at }
            | ReadFault::Doctype { at }
            | ReadFault::TooManyAttributes { at }
            | ReadFault::TooManyNamespaces { at }
            | ReadFault::Name { at }
            | ReadFault::Markup { at }
            | ReadFault::EndTag { at }
            | ReadFault::Reference { at }
            | ReadFault::Prefix { at }
            | ReadFault::Namespace { at }
            | ReadFault::Duplicate { at }
            | ReadFault::Root { at } => Some(*at),
            ReadFault::TooLong { .. }
            | ReadFault::Encoding
            | ReadFault::TooDeep { .. }
            | ReadFault::TooManyNodes { .. }
            | ReadFault::Truncated => None,
        }
    }
}

/// Reads a whole document.
///
/// # Errors
/// [`ReadFault`]; nothing is repaired, and nothing of a refused document is handed back.
pub fn read<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Document<'a>, ReadFault> {
    if bytes.len() > limits.size_bytes || u32::try_from(bytes.len()).is_err() {
        return Err(ReadFault::TooLong { limit_bytes: limits.size_bytes });
    }
    let text =
        std::str::from_utf8(bytes).map_err(|bad| ReadFault::NotUtf8 { at: bad.valid_up_to() })?;
    if let Some(at) = scan::forbidden(text) {
        return Err(ReadFault::Character { at });
    }
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let at = scan::declaration(text, mark)?;
    Reader::new(text, *limits, at).run()
}

pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub at: usize,
    pub limits: Limits,
    pub document: Document<'a>,
    /// Elements that are not closed yet, with the length of `scope` outside each.
    pub open: Vec<(u32, usize)>,
    /// Declarations in force, the nearest last.
    pub scope: Vec<u32>,
    /// Where the declarations of the tag being read begin.
    pub own_from: usize,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, limits: Limits, at: usize) -> Self {
        let all = Span { start: 0, end: text.len() as u32 };
        let nodes = Vec::with_capacity((text.len() / 40).min(4096) + 8);
        let mut document = Document {
            text,
            nodes,
            attributes: Vec::new(),
            declarations: vec![
                Declaration { prefix: "", address: "".into() },
                Declaration { prefix: "xml", address: XML.into() },
            ],
            root: 0,
            relative: None,
        };
        document.nodes.push(Node { parent: 0, end: 0, bytes: all, kind: Kind::Root });
        Reader { text, at, limits, document, open: Vec::new(), scope: Vec::new(), own_from: 2 }
    }

    fn run(mut self) -> Result<Document<'a>, ReadFault> {
        while self.at < self.text.len() {
            let rest = self.rest();
            let next = rest.find('<').unwrap_or(rest.len());
            if next > 0 {
                self.text_until(self.at + next)?;
                continue;
            }
            match rest.as_bytes().get(1) {
                Some(b'/') => tags::end_tag(&mut self)?,
                Some(b'!') => self.declaration_like()?,
                Some(b'?') => self.instruction()?,
                Some(_) => tags::start_tag(&mut self)?,
                None => return Err(ReadFault::Truncated),
            }
        }
        if !self.open.is_empty() {
            return Err(ReadFault::Truncated);
        }
        if self.document.root == 0 {
            return Err(ReadFault::Root { at: self.at });
        }
        let count = self.document.nodes.len() as u32;
        if let Some(whole) = self.document.nodes.first_mut() {
            whole.end = count;
        }
        Ok(self.document)
    }

    /// `<!--`, `<![CDATA[`, or something that is refused.
    fn declaration_like(&mut self) -> Result<(), ReadFault> {
        let start = self.at;
        let rest = self.rest();
        if let Some(body) = rest.strip_prefix("<!--") {
            let length = body.find("--").ok_or(ReadFault::Truncated)?;
            let (comment, after) = body.split_at(length);
            if !after.starts_with("-->") {
                return Err(ReadFault::Markup { at: start + length });
            }
            let end = start + length + "<!---->".len();
            let kind = Kind::Comment(scan::line_ends(comment));
            self.push(kind, start, end)?;
            self.at = end;
            return Ok(());
        }
        if let Some(body) = rest.strip_prefix("<![CDATA[") {
            if self.open.is_empty() {
                return Err(ReadFault::Root { at: start });
            }
            let length = body.find("]]>").ok_or(ReadFault::Truncated)?;
            let content = body.get(..length).unwrap_or_default();
            self.at = start + length + "<![CDATA[]]>".len();
            return self.append_text(scan::line_ends(content), start);
        }
        Err(scan::no_markup(rest, start))
    }

    fn instruction(&mut self) -> Result<(), ReadFault> {
        let start = self.at;
        let body = self.rest().get(2..).unwrap_or_default();
        let length = body.find("?>").ok_or(ReadFault::Truncated)?;
        let body = body.get(..length).unwrap_or_default();
        let name_length = body.find([' ', '\t', '\r', '\n']).unwrap_or(body.len());
        let (target, data) = body.split_at(name_length);
        self.at = start + 2;
        let name = self.name()?;
        let whole = usize::from(name.length) == target.len() && name.colon == 0;
        if !whole || target.eq_ignore_ascii_case("xml") {
            return Err(ReadFault::Markup { at: start });
        }
        let data = scan::line_ends(data.trim_start_matches([' ', '\t', '\r', '\n']));
        let end = start + length + "<??>".len();
        self.push(Kind::Instruction { target, data }, start, end)?;
        self.at = end;
        Ok(())
    }

    fn text_until(&mut self, end: usize) -> Result<(), ReadFault> {
        let start = self.at;
        let raw = self.text.get(start..end).unwrap_or_default();
        self.at = end;
        if self.open.is_empty() {
            let blank = raw.bytes().position(|byte| !scan::is_space(byte));
            return blank.map_or(Ok(()), |at| Err(ReadFault::Root { at: start + at }));
        }
        if raw.as_bytes().contains(&b'>') && raw.contains("]]>") {
            return Err(ReadFault::Markup { at: start });
        }
        let value = scan::text(raw, start)?;
        self.append_text(value, start)
    }

    /// Text and CDATA side by side are one text.
    fn append_text(
        &mut self,
        value: std::borrow::Cow<'a, str>,
        start: usize,
    ) -> Result<(), ReadFault> {
        let parent = self.parent();
        let end = self.at as u32;
        if let Some(Node { parent: before, bytes, kind: Kind::Text(text), .. }) =
            self.document.nodes.last_mut()
            && *before == parent
        {
            text.to_mut().push_str(&value);
            bytes.end = end;
            return Ok(());
        }
        match value.is_empty() {
            true => Ok(()),
            false => self.push(Kind::Text(value), start, end as usize).map(|_| ()),
        }
    }

    /// Positions fit 32 bits: the length was checked first.
    pub fn push(&mut self, kind: Kind<'a>, start: usize, end: usize) -> Result<u32, ReadFault> {
        let id = self.document.nodes.len();
        if id > self.limits.nodes {
            return Err(ReadFault::TooManyNodes { limit: self.limits.nodes });
        }
        let id = u32::try_from(id).map_err(|_| ReadFault::TooManyNodes { limit: id })?;
        let bytes = Span { start: start as u32, end: end as u32 };
        self.document.nodes.push(Node { parent: self.parent(), end: id + 1, bytes, kind });
        Ok(id)
    }

    /// The qualified name at the current position.
    pub fn name(&mut self) -> Result<QualifiedName, ReadFault> {
        let start = self.at;
        let (length, colon) =
            scan::qualified_name(self.rest()).ok_or(ReadFault::Name { at: start })?;
        let fits = length <= self.limits.name_bytes;
        let (Ok(short), Ok(colon), true) = (u16::try_from(length), u16::try_from(colon), fits)
        else {
            return Err(ReadFault::Name { at: start });
        };
        self.at += length;
        Ok(QualifiedName { start: start as u32, colon, length: short })
    }

    pub fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub fn parent(&self) -> u32 {
        self.open.last().map_or(0, |(id, _)| *id)
    }
}
