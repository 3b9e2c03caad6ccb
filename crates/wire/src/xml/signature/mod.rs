//! XML signatures (W3C XML-DSig 1.1), read strictly and checked so that wrapping cannot work.
//!
//! The profile: 1 to 64 references, each to the whole document, to one element by its identifier,
//! or to bytes that the caller hands in by name; transforms are only *enveloped signature* and the
//! canonical forms. No XPath, XSLT, base64, HMAC, no key that came with the message. The caller
//! brings the key, and works on with [`Checked`]: the bytes that were signed, and the answer to
//! "is this element inside of what was signed?".

mod check;
mod fault;
mod find;
pub(super) mod ids;
mod info;
mod key_info;
pub mod names;
pub(crate) mod strict;

pub use check::{Checked, CheckedReference, Covered, Weakness, check};
pub use fault::Fault;
pub use find::{Found, LookAlike, find};
pub(super) use info::canonical as read_canonical;
pub(crate) use info::digest_method as read_digest;
pub use info::{Reference, Target, Transform};
pub(super) use key_info::issuer_serial as key_issuer_serial;
pub use key_info::{IssuerSerial, KeyInfo};

use crate::algorithm::SignatureAlgorithm;

use super::canonical::Method;
use super::document::{Document, NodeId};
use strict::Fields;

/// The namespace of XML-DSig.
pub const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";

/// What a signature may have at most.
pub(super) const REFERENCES: usize = 64;
pub(super) const TRANSFORMS: usize = 4;
pub(super) const CERTIFICATES: usize = 64;
const OBJECTS: usize = 64;
/// Of the element `SignatureValue`: RSA with 8192 bits takes 1,366 characters.
const VALUE_BYTES: usize = 16 << 10;

/// A signature as it is written: nothing of it is proved yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub node: NodeId,
    pub id: Option<String>,
    pub signed_info: NodeId,
    pub canonical: Method,
    pub algorithm: SignatureAlgorithm,
    pub references: Vec<Reference>,
    /// The element `SignatureValue`, which time stamps and counter-signatures cover.
    pub value_node: NodeId,
    pub value: Vec<u8>,
    /// Hints whose key to try; never a reason to trust it.
    pub key_info: KeyInfo,
    pub objects: Vec<NodeId>,
}

impl Signature {
    /// The names of the bytes that the caller must hand in for [`check`].
    pub fn externals(&self) -> impl Iterator<Item = &str> {
        self.references.iter().filter_map(|reference| match &reference.target {
            Target::External(uri) => Some(uri.as_str()),
            _ => None,
        })
    }
}

/// Reads one signature.
///
/// # Errors
/// [`Fault`] for whatever the profile does not allow, by name.
pub fn read(document: &Document<'_>, node: NodeId) -> Result<Signature, Fault> {
    let element = document.element(node).filter(|it| it.is(DSIG, "Signature"));
    let element = element.ok_or(Fault::NotASignature)?;
    strict::only_attributes(element, &["Id"])?;
    let mut fields = Fields::of(element)?;
    let signed_info = fields.take(DSIG, "SignedInfo")?;
    let value_element = fields.take(DSIG, "SignatureValue")?;
    strict::only_attributes(value_element, &["Id"])?;
    if value_element.range().len() > VALUE_BYTES {
        return Err(strict::broken(value_element, "a signature value of a usual length"));
    }
    let key_info = match fields.take_if(DSIG, "KeyInfo") {
        Some(element) => key_info::read(element)?,
        None => KeyInfo::default(),
    };
    let mut objects = Vec::new();
    while let Some(object) = fields.take_if(DSIG, "Object") {
        objects.push(object.node());
        if objects.len() > OBJECTS {
            return Err(Fault::TooMany { what: "Object", limit: OBJECTS });
        }
    }
    fields.end()?;
    let info = info::read(signed_info)?;
    Ok(Signature {
        node,
        id: element.attribute("Id").map(str::to_owned),
        signed_info: signed_info.node(),
        canonical: info.canonical,
        algorithm: info.algorithm,
        references: info.references,
        value_node: value_element.node(),
        value: strict::base64(value_element)?,
        key_info,
        objects,
    })
}
