//! Signing: prepare, let someone sign, finish; then add time stamps and what validation needs.
//!
//! Everything is inserted; the bytes around stay as they are. XAdES baseline B, T, LT and
//! LTA (EN 319 132-1) when the recipe has properties, plain XML-DSig otherwise.

mod compose;
mod extend;
mod ids;
mod place;

pub use extend::{
    Values, add_archive_time_stamp, add_time_stamp, add_values, archived_bytes, stamped_bytes,
};
pub use place::Place;

use jiff::Timestamp;

use super::canonical::{CanonicalFault, Form, Method};
use super::document::{Document, NodeId};
use super::read::{Limits, ReadFault, read};
use super::signature::Fault;
use super::xades::{Policy, ProductionPlace};
use crate::algorithm::{Digest, PublicKey, SignatureAlgorithm, asn1_to_fixed};

/// An empty list of signatures, for containers (ASiC-E, `META-INF/signatures.xml`): sign with
/// [`Place::LastIn`] its root and [`Part::External`] for every file.
pub const SIGNATURE_LIST: &str = concat!(
    r#"<?xml version="1.0" encoding="UTF-8"?>"#,
    "\n",
    r#"<asic:XAdESSignatures xmlns:asic="http://uri.etsi.org/02918/v1.2.1#">"#,
    "</asic:XAdESSignatures>"
);

/// Parts, and one for the properties.
const PARTS: usize = 63;

/// How to sign.
#[derive(Debug, Clone)]
pub struct Recipe<'a> {
    /// The identifier of the signature, which others in it begin with: new in the document, a
    /// letter first.
    pub id: &'a str,
    pub place: Place,
    pub parts: Vec<Part<'a>>,
    /// For `SignedInfo` and for every part in the document.
    pub canonical: Method,
    /// Of the parts.
    pub digest: Digest,
    pub algorithm: SignatureAlgorithm,
    pub key: &'a PublicKey,
    /// DER for `KeyInfo`, the signer's first.
    pub certificates: &'a [Vec<u8>],
    /// `None` makes a plain XML signature.
    pub properties: Option<Properties>,
}

impl<'a> Recipe<'a> {
    /// Exclusive canonical form and SHA-256, no properties.
    pub fn new(id: &'a str, place: Place, key: &'a PublicKey) -> Self {
        let algorithm = match key {
            PublicKey::Rsa { .. } => SignatureAlgorithm::RsaPkcs1(Digest::Sha256),
            PublicKey::Ec { curve: crate::algorithm::Curve::P256, .. } => {
                SignatureAlgorithm::Ecdsa(Digest::Sha256)
            }
            PublicKey::Ec { curve: crate::algorithm::Curve::P384, .. } => {
                SignatureAlgorithm::Ecdsa(Digest::Sha384)
            }
            PublicKey::Ec { .. } => SignatureAlgorithm::Ecdsa(Digest::Sha512),
            PublicKey::Ed25519(_) => SignatureAlgorithm::Ed25519,
        };
        Recipe {
            id,
            place,
            parts: Vec::new(),
            canonical: Method::new(Form::Exclusive),
            digest: Digest::Sha256,
            algorithm,
            key,
            certificates: &[],
            properties: None,
        }
    }
}

/// What is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// The whole document (`URI=""`). The next signature of this kind breaks it.
    Document,
    /// One element, by its identifier; it gets one when it has none. Nothing outside of it matters.
    Element(NodeId),
    /// The same of an element whose content is elsewhere: by the digest of its canonical form.
    Passed {
        node: NodeId,
        digest: &'a [u8],
    },
    External {
        uri: &'a str,
        bytes: &'a [u8],
        media_type: &'a str,
    },
    /// The same, of bytes that nobody holds: by their digest, as the recipe takes it.
    Digested {
        uri: &'a str,
        digest: &'a [u8],
        media_type: &'a str,
    },
}

/// The properties that the signer signs (XAdES-B-B). The certificate is the recipe's first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Properties {
    /// Written in whole seconds, UTC.
    pub signing_time: Timestamp,
    pub policy: Option<Policy>,
    pub production_place: Option<ProductionPlace>,
}

/// Why something cannot be signed or extended so.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignFault {
    #[error("{id} cannot be an identifier in XML")]
    Id { id: String },
    #[error("the identifier {id} is already there")]
    IdTaken { id: String },
    #[error("several elements call themselves {id}")]
    DuplicateId { id: String },
    #[error("there is no such place for a signature")]
    Place,
    #[error("there is nothing to sign, or too much")]
    Parts,
    #[error("an address outside of the document is needed, not {uri}")]
    External { uri: String },
    #[error("properties name the signer's certificate; it is missing")]
    NoCertificate,
    #[error("the signature has no properties that something could be added to")]
    NoProperties,
    #[error("nothing new is signed with SHA-1")]
    Weak,
    #[error("the key does not fit the algorithm")]
    Unfitting,
    #[error("what the signer gave is not a signature of this kind")]
    SignatureUnreadable,
    #[error(transparent)]
    Canonical(#[from] CanonicalFault),
    #[error(transparent)]
    Read(#[from] ReadFault),
    #[error(transparent)]
    Signature(#[from] Fault),
}

/// A document that lacks only the signature value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    before: Vec<u8>,
    after: Vec<u8>,
    to_be_signed: Vec<u8>,
    key: PublicKey,
}

impl Prepared {
    /// The exact message to hash and sign.
    pub fn to_be_signed(&self) -> &[u8] {
        &self.to_be_signed
    }

    /// The document with an empty signature value.
    pub fn without_value(&self) -> Vec<u8> {
        [self.before.as_slice(), &self.after].concat()
    }

    /// The signed document. ECDSA signatures are handed in as DER, as signers give them.
    ///
    /// # Errors
    /// [`SignFault::SignatureUnreadable`] when it is not of the key's kind and size.
    pub fn finish(mut self, signature: &[u8]) -> Result<Vec<u8>, SignFault> {
        use base64::Engine as _;
        let fixed;
        let value = match &self.key {
            PublicKey::Ec { curve, .. } => {
                fixed = asn1_to_fixed(*curve, signature).ok_or(SignFault::SignatureUnreadable)?;
                &fixed
            }
            PublicKey::Rsa { modulus_bits, .. } if signature.len() != modulus_bits.div_ceil(8) => {
                return Err(SignFault::SignatureUnreadable);
            }
            PublicKey::Ed25519(_) if signature.len() != 64 => {
                return Err(SignFault::SignatureUnreadable);
            }
            _ => signature,
        };
        let value = base64::engine::general_purpose::STANDARD.encode(value);
        self.before.reserve_exact(value.len() + self.after.len());
        self.before.extend_from_slice(value.as_bytes());
        self.before.append(&mut self.after);
        Ok(self.before)
    }
}

/// Does everything but sign. Nothing in it is chance: the same document and recipe give the same
/// again, so that what a signer was shown can be prepared anew when the answer comes days later.
///
/// # Errors
/// [`SignFault`]
pub fn prepare(document: &Document<'_>, recipe: &Recipe<'_>) -> Result<Prepared, SignFault> {
    fits(recipe)?;
    let named = ids::name_parts(document, recipe)?;
    match &named.changed {
        None => compose::compose(document, recipe, &named.ids),
        Some(text) => {
            let changed = read(text.as_bytes(), &Limits::OWN)?;
            compose::compose(&changed, recipe, &named.ids)
        }
    }
}

fn fits(recipe: &Recipe<'_>) -> Result<(), SignFault> {
    if recipe.parts.is_empty() || recipe.parts.len() > PARTS {
        return Err(SignFault::Parts);
    }
    if !recipe.digest.is_strong() || !recipe.algorithm.is_strong() {
        return Err(SignFault::Weak);
    }
    let fits = matches!(
        (recipe.key, recipe.algorithm),
        (PublicKey::Rsa { .. }, SignatureAlgorithm::RsaPkcs1(_) | SignatureAlgorithm::RsaPss(_))
            | (PublicKey::Ec { .. }, SignatureAlgorithm::Ecdsa(_))
            | (PublicKey::Ed25519(_), SignatureAlgorithm::Ed25519)
    );
    if !fits {
        return Err(SignFault::Unfitting);
    }
    match recipe.properties.is_some() && recipe.certificates.is_empty() {
        true => Err(SignFault::NoCertificate),
        false => Ok(()),
    }
}
