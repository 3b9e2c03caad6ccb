//! A container read: its files, its signatures, and who signed what.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use percent_encoding::percent_decode_str;

use super::manifest::{self, Manifest};
use super::zip::Archive;
pub use super::zip::Limits;
use super::{AsiceFault, Form, Role};
use crate::xml::{self, signature::Signature};

const NAME_BYTES_MAX: usize = 250;

/// A container with everything in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Container {
    pub form: Form,
    /// In the order of the archive; without `mimetype`.
    pub entries: Vec<Entry>,
    /// What stands behind the archive, when it is text.
    pub comment: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Entry {
    /// What it is in the container.
    pub fn role(&self) -> Role {
        Role::of(&self.name)
    }

    /// Files of the container itself: they are not what is signed.
    pub fn is_meta(&self) -> bool {
        self.role() != Role::File
    }
}

/// One `META-INF/*signatures*.xml`.
#[derive(Debug, Clone, Copy)]
pub struct SignatureFile<'c> {
    pub name: &'c str,
    pub bytes: &'c [u8],
}

/// Who signed what, as the references say; whether they hold is another question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// For each signature, by its file and its place in it, the files it refers to.
    pub signed: Vec<(String, usize, BTreeSet<String>)>,
    /// References to files that are not there.
    pub missing: BTreeSet<String>,
    /// Files that no signature refers to.
    pub unsigned: BTreeSet<String>,
}

impl Container {
    /// Reads a container.
    ///
    /// # Errors
    /// [`AsiceFault`]: no container, or one that other readers could see differently.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Container, AsiceFault> {
        let archive = Archive::open(bytes, limits)?;
        let first = archive.members.first().ok_or(AsiceFault::MediaType)?;
        let sound = first.name == "mimetype" && first.stored && !first.has_extra;
        if !sound {
            return Err(AsiceFault::MediaType);
        }
        let form = Form::of(&archive.data(first)?).ok_or(AsiceFault::MediaType)?;
        let comment = std::str::from_utf8(archive.comment).ok().filter(|text| !text.is_empty());
        if let Some(named) = comment.and_then(|text| text.strip_prefix("mimetype="))
            && named != form.media_type()
        {
            return Err(AsiceFault::Comment);
        }
        let mut seen = HashSet::from(["mimetype".to_owned()]);
        let mut entries = Vec::new();
        for member in archive.members.iter().skip(1) {
            let data = archive.data(member)?;
            // A folder has a name of its own and nothing in it.
            let folder = member.name.strip_suffix('/').filter(|_| data.is_empty());
            check_name(folder.unwrap_or(&member.name))?;
            // Two names that differ in capitals are one file on many machines.
            if !seen.insert(member.name.to_lowercase()) {
                return Err(AsiceFault::Twice { name: member.name.clone() });
            }
            if folder.is_none() {
                entries.push(Entry { name: member.name.clone(), bytes: data });
            }
        }
        let container = Container { form, entries, comment: comment.map(str::to_owned) };
        match (form, container.files().count()) {
            (_, 0) => Err(AsiceFault::Empty),
            (Form::Simple, count @ 2..) => Err(AsiceFault::Several { count }),
            _ => Ok(container),
        }
    }

    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The bytes of an entry, also of the first one, which says the media type.
    pub fn bytes_of(&self, name: &str) -> Option<&[u8]> {
        match name {
            "mimetype" => Some(self.form.media_type().as_bytes()),
            _ => self.entry(name).map(|entry| entry.bytes.as_slice()),
        }
    }

    /// The files that are there to be signed.
    pub fn files(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !entry.is_meta())
    }

    pub fn signature_files(&self) -> impl Iterator<Item = SignatureFile<'_>> {
        self.entries
            .iter()
            .filter(|entry| entry.role() == Role::Signatures)
            .map(|entry| SignatureFile { name: &entry.name, bytes: &entry.bytes })
    }

    /// The manifests, each by its name; what one says counts once its signature holds.
    pub fn manifests(&self) -> impl Iterator<Item = (&str, Result<Manifest<'_>, AsiceFault>)> {
        let all = self.entries.iter().filter(|entry| entry.role() == Role::Manifest);
        all.map(|entry| (entry.name.as_str(), manifest::read(entry)))
    }

    /// The bytes for the references of a signature, to be handed to
    /// [`crate::xml::signature::check`]; an address that leads to no file is left out.
    pub fn externals<'s>(&'s self, signature: &'s Signature) -> Vec<(&'s str, &'s [u8])> {
        let found = |uri: &'s str| {
            let entry = self.entry(&entry_name(uri)?)?;
            Some((uri, entry.bytes.as_slice()))
        };
        signature.externals().filter_map(found).collect()
    }

    /// Reads the references of all signatures.
    ///
    /// # Errors
    /// [`AsiceFault`] when a signature file cannot be read or refers to something outside.
    pub fn coverage(&self) -> Result<Coverage, AsiceFault> {
        let mut coverage = Coverage::default();
        let mut found: BTreeMap<&str, bool> =
            self.files().map(|entry| (entry.name.as_str(), false)).collect();
        for file in self.signature_files() {
            for (index, uris) in references(file)?.into_iter().enumerate() {
                let mut names = BTreeSet::new();
                for uri in uris {
                    let outside = AsiceFault::Outside { name: file.name.into(), uri: uri.clone() };
                    let name = entry_name(&uri).ok_or(outside)?;
                    if let Some(signed) = found.get_mut(name.as_str()) {
                        *signed = true;
                    } else if self.entry(&name).is_none() {
                        coverage.missing.insert(name.clone());
                    }
                    names.insert(name);
                }
                coverage.signed.push((file.name.to_owned(), index, names));
            }
        }
        let unsigned = found.into_iter().filter(|(_, signed)| !signed);
        coverage.unsigned = unsigned.map(|(name, _)| name.to_owned()).collect();
        Ok(coverage)
    }
}

/// Per signature, the addresses outside of its document.
fn references(file: SignatureFile<'_>) -> Result<Vec<Vec<String>>, AsiceFault> {
    let name = || file.name.to_owned();
    let document = xml::read::read(file.bytes, &xml::Limits::default())
        .map_err(|fault| AsiceFault::Unreadable { name: name(), fault })?;
    let wrong = |fault| AsiceFault::Signature { name: name(), fault };
    let found = xml::signature::find(&document).map_err(wrong)?;
    let mut all = Vec::new();
    for node in found.signatures {
        let signature = xml::signature::read(&document, node).map_err(wrong)?;
        all.push(signature.externals().map(str::to_owned).collect());
    }
    Ok(all)
}

/// The entry that an address means: relative to the root, one slash before it allowed.
pub(super) fn entry_name(uri: &str) -> Option<String> {
    let path = uri.strip_prefix('/').unwrap_or(uri);
    // A colon before any slash begins a scheme; `?` and `#` begin what a file name has no use for.
    if path.contains([':', '?', '#']) {
        return None;
    }
    let name = percent_decode_str(path).decode_utf8().ok()?.into_owned();
    check_name(&name).ok()?;
    Some(name)
}

/// A relative path with plain steps, the same on every machine.
pub fn check_name(name: &str) -> Result<(), AsiceFault> {
    let plain = |step: &str| {
        !step.is_empty()
            && step != "."
            && step != ".."
            && !step.ends_with(['.', ' '])
            && !step.contains(['\\', ':', '*', '?', '"', '<', '>', '|'])
            && !step.chars().any(char::is_control)
    };
    if name.len() <= NAME_BYTES_MAX && name.split('/').all(plain) {
        Ok(())
    } else {
        Err(AsiceFault::Name { name: name.chars().take(100).collect() })
    }
}
