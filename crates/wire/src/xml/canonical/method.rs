//! The names of the canonical forms.

/// Which specification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Canonical XML 1.0: namespaces and `xml:` attributes of the surroundings belong to the part.
    Inclusive10,
    /// Canonical XML 1.1: the same, without `xml:id`, and with `xml:base` joined.
    Inclusive11,
    /// Exclusive XML Canonicalization 1.0: only what the part itself uses.
    Exclusive,
}

/// A canonical form with its parameters.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Method {
    pub form: Form,
    pub comments: bool,
    /// `InclusiveNamespaces/@PrefixList` of the exclusive form; the empty prefix is `#default`.
    pub prefixes: Vec<String>,
}

const NAMES: [(&str, Form, bool); 6] = [
    ("http://www.w3.org/TR/2001/REC-xml-c14n-20010315", Form::Inclusive10, false),
    ("http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments", Form::Inclusive10, true),
    ("http://www.w3.org/2006/12/xml-c14n11", Form::Inclusive11, false),
    ("http://www.w3.org/2006/12/xml-c14n11#WithComments", Form::Inclusive11, true),
    ("http://www.w3.org/2001/10/xml-exc-c14n#", Form::Exclusive, false),
    ("http://www.w3.org/2001/10/xml-exc-c14n#WithComments", Form::Exclusive, true),
];

impl Method {
    pub fn new(form: Form) -> Self {
        Method { form, comments: false, prefixes: Vec::new() }
    }

    /// The method that an `Algorithm` address names.
    pub fn named(address: &str) -> Option<Self> {
        let (_, form, comments) = NAMES.iter().find(|(name, ..)| *name == address)?;
        Some(Method { form: *form, comments: *comments, prefixes: Vec::new() })
    }

    pub fn address(&self) -> &'static str {
        let is_this = |(_, form, comments): &&(&str, Form, bool)| {
            *form == self.form && *comments == self.comments
        };
        NAMES.iter().find(is_this).map_or("", |(name, ..)| name)
    }
}
