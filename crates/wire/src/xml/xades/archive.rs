//! The archive time stamp (xadesv141:ArchiveTimeStamp): over everything that is signed, the
//! signature, and the unsigned properties that stand before it.
//!
//! Only where it stands beside those properties (the *not distributed* case). The stamp of the
//! edition before (xades:ArchiveTimeStamp) is computed otherwise and not read.
//!
//! Specification: ETSI EN 319 132-1 §5.5.2.2.

use super::XADES;
use super::read::{properties, stamp_method, unsigned};
use crate::algorithm::Digest;
use crate::xml::canonical::{self, Form, Method, Selection, Sink};
use crate::xml::document::{Document, Element};
use crate::xml::signature::strict::{self, Fields};
use crate::xml::signature::{Checked, DSIG, Fault, Reference, Signature, Target, Transform};

/// An archive time stamp as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchiveTimeStamp {
    /// DER of the tokens (RFC 3161), each over the same.
    pub tokens: Vec<Vec<u8>>,
    pub method: Method,
    /// Which of the unsigned properties it is; it is over those before it.
    pub place: usize,
}

pub(super) fn read(property: Element<'_>, place: usize) -> Result<ArchiveTimeStamp, Fault> {
    let mut fields = Fields::of(property)?;
    let method = stamp_method(&mut fields)?;
    let mut tokens = Vec::new();
    while let Some(token) = fields.take_if(XADES, "EncapsulatedTimeStamp") {
        tokens.push(strict::base64(token)?);
    }
    // `Include` is of the distributed case.
    fields.end()?;
    match tokens.is_empty() {
        true => Err(strict::broken(property, "a time stamp token")),
        false => Ok(ArchiveTimeStamp { tokens, method, place }),
    }
}

impl ArchiveTimeStamp {
    /// The digest that the token's imprint must hold. `checked` is this signature's.
    ///
    /// # Errors
    /// [`Fault`] when it cannot be computed, which says nothing about the signature.
    pub fn digest(
        &self,
        (document, signature): (&Document<'_>, &Signature),
        checked: &Checked<'_>,
        digest: Digest,
    ) -> Result<Vec<u8>, Fault> {
        let mut hash = digest.begin();
        write((document, signature), checked, (&self.method, self.place), &mut hash)?;
        Ok(hash.finish().as_ref().to_vec())
    }
}

/// What an archive time stamp at a place among the unsigned properties is over.
pub(in crate::xml) fn write(
    (document, signature): (&Document<'_>, &Signature),
    checked: &Checked<'_>,
    (method, place): (&Method, usize),
    out: &mut impl Sink,
) -> Result<(), Fault> {
    for (reference, found) in signature.references.iter().zip(&checked.references) {
        if !ends_in_bytes(reference) && method.form != Form::Inclusive10 {
            return Err(Fault::Canonicalization { uri: method.address().to_owned() });
        }
        out.put(&found.bytes);
    }
    let missing = || Fault::NotASignature;
    let own = document.element(signature.node).ok_or_else(missing)?;
    let (qualifying, _) = properties(document, signature)?.ok_or_else(missing)?;
    let mut nodes = vec![signature.signed_info, signature.value_node];
    nodes.extend(own.child(DSIG, "KeyInfo").map(Element::node));
    nodes.extend(unsigned(qualifying).take(place).map(Element::node));
    let is_own = |node| document.is_within(qualifying.node(), node);
    nodes.extend(signature.objects.iter().copied().filter(|object| !is_own(*object)));
    let limit = canonical::limit_bytes(document);
    let mut out = Limited { out, left: limit };
    for node in nodes {
        canonical::canonicalise(document, Selection::element(node), method, &mut out)?;
        if out.left == 0 {
            return Err(Fault::TooMany { what: "stamped bytes", limit });
        }
    }
    Ok(())
}

/// A canonical form that is named, or bytes from outside; else the stamp's own form counts, and
/// the one that the reference was checked by is Canonical XML 1.0.
fn ends_in_bytes(reference: &Reference) -> bool {
    matches!(reference.transforms.last(), Some(Transform::Canonical(_)))
        || matches!(reference.target, Target::External(_))
}

/// Pieces of one document, together no longer than the whole of it may be: long namespaces could
/// make much of little.
struct Limited<'o, S> {
    out: &'o mut S,
    left: usize,
}

impl<S: Sink> Sink for Limited<'_, S> {
    fn put(&mut self, bytes: &[u8]) {
        self.left = self.left.saturating_sub(bytes.len());
        if self.left > 0 {
            self.out.put(bytes);
        }
    }
}
