//! A manifest: the files that one signature by CMS, or one time stamp, is over, each with its
//! digest. The signature is over the bytes of the manifest.
//!
//! Specification: ETSI EN 319 162-1 §4.4.3, annex A (ASiCManifest).

use std::collections::HashSet;

use super::read::entry_name;
use super::{AsiceFault, Entry, Role};
use crate::algorithm::Digest;
use crate::xml;
use crate::xml::Element;
use crate::xml::signature::strict::{self, Fields};
use crate::xml::signature::{DSIG, Fault, read_digest};

/// The namespace of ASiC.
const ASIC: &str = "http://uri.etsi.org/02918/v1.2.1#";
const REFERENCES: usize = 1_000;

/// A manifest as it is written: nothing of it is proved yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest<'c> {
    pub name: &'c str,
    /// What the signature or the time stamp is over.
    pub bytes: &'c [u8],
    /// The entry with the signature or the time stamp: in the container's own folder.
    pub proof: String,
    /// Whether `proof` is a time stamp.
    pub is_stamp: bool,
    pub references: Vec<Reference>,
}

/// A file of the container and what it must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub name: String,
    pub digest: Digest,
    pub digest_value: Vec<u8>,
}

impl Manifest<'_> {
    pub fn reference(&self, name: &str) -> Option<&Reference> {
        self.references.iter().find(|reference| reference.name == name)
    }
}

pub(super) fn read(entry: &Entry) -> Result<Manifest<'_>, AsiceFault> {
    let name = || entry.name.clone();
    let document = xml::read::read(&entry.bytes, &xml::Limits::default())
        .map_err(|fault| AsiceFault::Unreadable { name: name(), fault })?;
    let wrong = |fault| AsiceFault::Manifest { name: name(), fault };
    let root = document.root();
    if !root.is(ASIC, "ASiCManifest") {
        return Err(wrong(Fault::Structure { expected: "ASiCManifest", at: root.range().start }));
    }
    let mut fields = Fields::of(root).map_err(wrong)?;
    let proof = fields.take(ASIC, "SigReference").map_err(wrong)?;
    let uri = attribute(proof, &["URI", "MimeType"]).map_err(wrong)?;
    let nowhere = || AsiceFault::NoSignature { name: name(), uri: uri.chars().take(200).collect() };
    let proof = entry_name(uri).ok_or_else(nowhere)?;
    let is_stamp = Role::Stamp.is_of(&proof);
    if !is_stamp && !Role::Message.is_of(&proof) {
        return Err(nowhere());
    }
    let mut list =
        List { manifest: &entry.name, found: Vec::new(), seen: HashSet::new(), roots: 0 };
    while let Some(element) = fields.take_if(ASIC, "DataObjectReference") {
        list.reference(element)?;
    }
    if let Some(extensions) = fields.take_if(ASIC, "ASiCManifestExtensions") {
        list.extensions(extensions)?;
    }
    fields.end().map_err(wrong)?;
    if list.found.is_empty() {
        return Err(AsiceFault::Count { name: name() });
    }
    let references = list.found;
    Ok(Manifest { name: &entry.name, bytes: &entry.bytes, proof, is_stamp, references })
}

/// `URI`, which the element must have; others only of this list.
fn attribute<'d>(element: Element<'d>, allowed: &[&str]) -> Result<&'d str, Fault> {
    strict::only_attributes(element, allowed)?;
    let at = element.range().start;
    element.attribute("URI").ok_or(Fault::Structure { expected: "URI", at })
}

/// The list of `DataObjectReference`.
struct List<'m> {
    manifest: &'m str,
    found: Vec<Reference>,
    seen: HashSet<String>,
    roots: usize,
}

impl List<'_> {
    fn reference(&mut self, element: Element<'_>) -> Result<(), AsiceFault> {
        let manifest = || self.manifest.to_owned();
        let wrong = |fault| AsiceFault::Manifest { name: manifest(), fault };
        let uri = attribute(element, &["URI", "MimeType", "Rootfile"]).map_err(wrong)?;
        let outside =
            || AsiceFault::Outside { name: manifest(), uri: uri.chars().take(200).collect() };
        let name = entry_name(uri).ok_or_else(outside)?;
        let mut fields = Fields::of(element).map_err(wrong)?;
        let (digest, digest_value) = digest(&mut fields, element).map_err(wrong)?;
        let extensions = fields.take_if(ASIC, "DataObjectReferenceExtensions");
        fields.end().map_err(wrong)?;
        // Programs show the first file first; of two, each would show another.
        let is_root = matches!(element.attribute("Rootfile"), Some("true" | "1"));
        self.roots += usize::from(is_root);
        if self.roots > 1 {
            return Err(AsiceFault::RootTwice { name: manifest() });
        }
        if !self.seen.insert(name.to_lowercase()) {
            return Err(AsiceFault::NamedTwice { name: manifest(), file: name });
        }
        if self.found.len() == REFERENCES {
            return Err(AsiceFault::Count { name: manifest() });
        }
        self.found.push(Reference { name, digest, digest_value });
        extensions.map_or(Ok(()), |extensions| self.extensions(extensions))
    }

    /// What is said beyond the format counts for nothing, unless it says that it must.
    fn extensions(&self, extensions: Element<'_>) -> Result<(), AsiceFault> {
        let is_critical =
            |one: Element<'_>| !matches!(one.attribute("Critical"), None | Some("false" | "0"));
        match extensions.children().any(is_critical) {
            true => Err(AsiceFault::Critical { name: self.manifest.to_owned() }),
            false => Ok(()),
        }
    }
}

fn digest(fields: &mut Fields<'_>, element: Element<'_>) -> Result<(Digest, Vec<u8>), Fault> {
    let digest = read_digest(fields.take(DSIG, "DigestMethod")?)?;
    let value = strict::base64(fields.take(DSIG, "DigestValue")?)?;
    match value.len() == digest.size_bytes() {
        true => Ok((digest, value)),
        false => Err(strict::broken(element, "a digest of the right length")),
    }
}
