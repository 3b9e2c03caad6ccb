//! Canonical XML: the one way of writing a document, or one element of it, that signatures are
//! made of. Canonical XML 1.0 and 1.1, Exclusive XML Canonicalization 1.0; each with and without
//! comments.
//!
//! What is canonicalised is the whole document or one element with all that is in it, with at most
//! one subtree left out (the signature itself, for an enveloped one). Selections by XPath are not
//! made here, nor is anything transformed: such signatures are refused by name.

mod base;
pub(crate) mod escape;
mod method;
mod namespaces;
mod write;

pub use method::{Form, Method};
pub use write::canonicalise;

use aws_lc_rs::digest;

use super::document::{Document, NodeId};

/// What is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// `None` is the document with what stands before and after its element.
    pub element: Option<NodeId>,
    /// Left out, with all that is in it.
    pub without: Option<NodeId>,
    /// False drops comments whatever the method says, as references without `xpointer` do.
    pub comments: bool,
}

impl Selection {
    pub fn document() -> Self {
        Selection { element: None, without: None, comments: true }
    }

    pub fn element(node: NodeId) -> Self {
        Selection { element: Some(node), without: None, comments: true }
    }
}

/// Where canonical bytes go: memory, or straight into a digest.
pub trait Sink {
    fn put(&mut self, bytes: &[u8]);
}

impl Sink for Vec<u8> {
    fn put(&mut self, bytes: &[u8]) {
        self.extend_from_slice(bytes);
    }
}

impl Sink for digest::Context {
    fn put(&mut self, bytes: &[u8]) {
        self.update(bytes);
    }
}

/// Why there is no canonical form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalFault {
    /// Exclusive forms repeat namespaces; a small document can be made to grow without end.
    #[error("the canonical form is longer than {limit_bytes} bytes")]
    TooLong { limit_bytes: usize },
    /// Canonical XML 1.0 §1.3: such documents have no canonical form, nor have their parts.
    #[error("a namespace is not named by an absolute address (byte {at})")]
    RelativeNamespace { at: usize },
    /// Canonical XML 1.1 joins bases, and these cannot be joined.
    #[error("xml:base is not an address")]
    Base,
    #[error("there is no such element")]
    NoElement,
}

/// The canonical bytes, at most four times as long as the document or eight megabytes.
///
/// # Errors
/// [`CanonicalFault`]
pub fn bytes(
    document: &Document<'_>,
    selection: Selection,
    method: &Method,
) -> Result<Vec<u8>, CanonicalFault> {
    let size = selection.element.and_then(|node| document.element(node));
    let size = size.map_or(document.text().len(), |element| element.range().len());
    let mut out = Vec::with_capacity(size + size / 8 + 256);
    canonicalise(document, selection, method, &mut out)?;
    Ok(out)
}

/// The longest canonical form that is written.
pub fn limit_bytes(document: &Document<'_>) -> usize {
    document.text().len().saturating_mul(4).max(8 << 20)
}
