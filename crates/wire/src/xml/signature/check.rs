//! The check itself, and what it proves.

use std::borrow::Cow;
use std::ops::Range;

use super::fault::shown;
use super::ids::Ids;
use super::{Fault, Reference, Signature, Target, Transform};
use crate::algorithm::{EcdsaForm, PublicKey, SignatureAlgorithm};
use crate::xml::canonical::{self, CanonicalFault, Form, Method, Selection};
use crate::xml::document::{Document, NodeId};
use crate::xml::read::{Limits, read};
use crate::xml::xades;

/// A signature that holds under the key that was given. Whose key that is, others decide. `'e` is
/// the life of the external bytes that were handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked<'e> {
    pub signature: NodeId,
    /// The canonical bytes that the signature value is over.
    pub signed_info: Vec<u8>,
    pub references: Vec<CheckedReference<'e>>,
    /// What makes it weaker than a signature of today should be.
    pub weaknesses: Vec<Weakness>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedReference<'e> {
    pub covered: Covered,
    /// **The bytes that were signed.** For parts of the document they are canonical XML, which can
    /// be read again by itself.
    pub bytes: Cow<'e, [u8]>,
    nodes: Range<u32>,
    without: Range<u32>,
}

/// What a reference was found to cover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Covered {
    /// The whole document, but for this signature when it is enveloped.
    Document {
        enveloped: bool,
    },
    /// One element outside of this signature (around it, when enveloped).
    Element {
        node: NodeId,
        range: Range<usize>,
        name: String,
        enveloped: bool,
    },
    /// The XAdES properties that the signer signed.
    Properties {
        node: NodeId,
    },
    /// Another part of this signature: an `Object`, `KeyInfo`.
    Inside {
        node: NodeId,
    },
    External {
        uri: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// The signature value is over SHA-1.
    Sha1Signature,
    /// What this reference covers is bound by SHA-1.
    Sha1Digest { reference: usize },
    /// An RSA key below 2048 bits.
    SmallKey { bits: usize },
}

impl Checked<'_> {
    /// Whether this node, with all that is in it but this signature itself, was signed.
    pub fn covers(&self, node: NodeId) -> bool {
        self.references.iter().any(|reference| reference.covers(node))
    }

    /// Whether the whole document (but for this signature itself) was signed.
    pub fn covers_document(&self) -> bool {
        let whole = |reference: &CheckedReference<'_>| {
            matches!(reference.covered, Covered::Document { .. })
        };
        self.references.iter().any(whole)
    }

    /// The signed bytes of an external reference.
    pub fn external(&self, name: &str) -> Option<&[u8]> {
        self.references.iter().find_map(|reference| match &reference.covered {
            Covered::External { uri } if uri == name => Some(reference.bytes.as_ref()),
            _ => None,
        })
    }
}

impl CheckedReference<'_> {
    pub fn covers(&self, node: NodeId) -> bool {
        self.nodes.contains(&node.0) && !self.without.contains(&node.0)
    }
}

/// Checks one signature with a key that the caller trusts (or means to judge afterwards).
/// `externals` are the bytes of references that are not in the document, by their exact address.
///
/// # Errors
/// [`Fault`]; [`Fault::is_refuted`] tells wrong ones from those not understood.
pub fn check<'e>(
    document: &Document<'_>,
    signature: &Signature,
    key: &PublicKey,
    externals: &[(&str, &'e [u8])],
) -> Result<Checked<'e>, Fault> {
    let signed_info = canonical::bytes(
        document,
        Selection::element(signature.signed_info),
        &signature.canonical,
    )?;
    key.verify(signature.algorithm, EcdsaForm::Fixed, &signed_info, &signature.value)?;
    let wanted = signature.references.iter().filter_map(|reference| match &reference.target {
        Target::Element { id, .. } => Some(id.as_str()),
        _ => None,
    });
    let ids = Ids::find(document, wanted);
    let mut left = canonical::limit_bytes(document);
    let mut references = Vec::with_capacity(signature.references.len());
    for (index, reference) in signature.references.iter().enumerate() {
        let checked = match &reference.target {
            Target::External(uri) => external(reference, uri, externals)?,
            _ => same_document(document, signature, reference, &ids)?,
        };
        // What was handed in has its length already; what is written here must not grow with
        // the number of references.
        if let Cow::Owned(written) = &checked.bytes {
            left = left
                .checked_sub(written.len())
                .ok_or(CanonicalFault::TooLong { limit_bytes: canonical::limit_bytes(document) })?;
        }
        // Digests are public: nothing is learned from how long a comparison takes.
        if reference.digest.of(&checked.bytes) != reference.digest_value {
            return Err(Fault::Changed { reference: index });
        }
        references.push(checked);
    }
    let weaknesses = weaknesses(signature, key);
    Ok(Checked { signature: signature.node, signed_info, references, weaknesses })
}

fn same_document<'e>(
    document: &Document<'_>,
    signature: &Signature,
    reference: &Reference,
    ids: &Ids<'_>,
) -> Result<CheckedReference<'e>, Fault> {
    let (element, comments) = match &reference.target {
        Target::Element { id, comments } => (Some(ids.only(id)?), *comments),
        Target::Document { comments } => (None, *comments),
        Target::External(uri) => return Err(Fault::Reference { uri: shown(uri) }),
    };
    let enveloped = reference.transforms.contains(&Transform::Enveloped);
    if enveloped && element.is_some_and(|node| !document.is_within(signature.node, node)) {
        return Err(Fault::NotEnveloped);
    }
    let without = enveloped.then_some(signature.node);
    let selection = Selection { element, without, comments };
    let bytes = canonical::bytes(document, selection, &method(reference))?;
    Ok(CheckedReference {
        covered: covered(document, signature, reference, element),
        bytes: Cow::Owned(bytes),
        nodes: nodes(document, element.map_or(0, |node| node.0)),
        without: without.map_or(0..0, |node| nodes(document, node.0)),
    })
}

fn covered(
    document: &Document<'_>,
    signature: &Signature,
    reference: &Reference,
    element: Option<NodeId>,
) -> Covered {
    let enveloped = reference.transforms.contains(&Transform::Enveloped);
    let Some((node, found)) = element.and_then(|node| Some((node, document.element(node)?))) else {
        return Covered::Document { enveloped };
    };
    if xades::signed_properties(document, signature).ok().flatten() == Some(node) {
        return Covered::Properties { node };
    }
    match document.is_within(node, signature.node) {
        true => Covered::Inside { node },
        false => Covered::Element {
            node,
            range: found.range(),
            name: found.qualified_name().to_owned(),
            enveloped,
        },
    }
}

fn external<'e>(
    reference: &Reference,
    uri: &str,
    externals: &[(&str, &'e [u8])],
) -> Result<CheckedReference<'e>, Fault> {
    let found = externals.iter().find(|(name, _)| *name == uri);
    let (_, bytes) = found.ok_or_else(|| Fault::ExternalMissing { uri: shown(uri) })?;
    let bytes = match reference.transforms.as_slice() {
        [] => Cow::Borrowed(*bytes),
        [Transform::Canonical(method)] => {
            let other = read(bytes, &Limits::default())?;
            Cow::Owned(canonical::bytes(&other, Selection::document(), method)?)
        }
        _ => return Err(Fault::NotEnveloped),
    };
    let covered = Covered::External { uri: uri.to_owned() };
    Ok(CheckedReference { covered, bytes, nodes: 0..0, without: 0..0 })
}

/// Without a canonical form among the transforms it is Canonical XML 1.0 (XML-DSig §4.4.3.2).
fn method(reference: &Reference) -> Method {
    match reference.transforms.last() {
        Some(Transform::Canonical(method)) => method.clone(),
        _ => Method::new(Form::Inclusive10),
    }
}

fn nodes(document: &Document<'_>, first: u32) -> Range<u32> {
    first..document.node(first).map_or(first, |node| node.end)
}

fn weaknesses(signature: &Signature, key: &PublicKey) -> Vec<Weakness> {
    let mut found = Vec::new();
    if !signature.algorithm.is_strong() {
        found.push(Weakness::Sha1Signature);
    }
    for (reference, read) in signature.references.iter().enumerate() {
        if !read.digest.is_strong() {
            found.push(Weakness::Sha1Digest { reference });
        }
    }
    let rsa =
        !matches!(signature.algorithm, SignatureAlgorithm::Ecdsa(_) | SignatureAlgorithm::Ed25519);
    if rsa && key.size_bits() < 2048 {
        found.push(Weakness::SmallKey { bits: key.size_bits() });
    }
    found
}
