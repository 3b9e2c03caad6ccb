//! The files of a container, and which of them are signed so far.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};

use wire::algorithm::Digest;
use wire::asice::{Container, Form, Manifest};

use super::NAMES_MAX;
use crate::verdict::names::shown;
use crate::verdict::reason::Reason;

/// How many times the size of a file may be hashed for the signatures of one container.
const PASSES_MAX: usize = 16;

pub(super) struct Shelf<'c> {
    pub container: &'c Container,
    /// The places of the files that valid signatures are over.
    pub signed: BTreeSet<usize>,
    /// Many manifests may name one file: it is hashed once.
    hashed: HashMap<(String, Digest), Vec<u8>>,
    left: Cell<usize>,
}

/// What a signature or a time stamp is over.
#[derive(Debug, Clone, Default)]
pub(super) struct Held {
    /// The places of files that are there to be signed.
    pub files: BTreeSet<usize>,
    /// All entries, with those of the container itself.
    pub names: BTreeSet<String>,
    /// Some of them are bound by a digest that is broken.
    pub is_weak: bool,
}

/// An entry that is a signature or a time stamp, and what it is to be over.
pub(super) struct Claim<'m> {
    pub name: &'m str,
    pub over: &'m [u8],
    pub held: Result<Held, Reason>,
}

impl<'c> Shelf<'c> {
    pub fn of(container: &'c Container, file_bytes_max: usize) -> Shelf<'c> {
        Shelf {
            container,
            signed: BTreeSet::new(),
            hashed: HashMap::new(),
            left: Cell::new(file_bytes_max.saturating_mul(PASSES_MAX)),
        }
    }

    /// Whether so many more bytes may be hashed.
    pub fn may_read(&self, bytes: usize) -> bool {
        let left = self.left.get().checked_sub(bytes);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }

    /// What manifests say, or, in the simple form, the one name that there is for it.
    pub fn claims<'m>(
        &mut self,
        manifests: &'m [Manifest<'_>],
        simple: &'static str,
    ) -> Vec<Claim<'m>>
    where
        'c: 'm,
    {
        let claim = |one: &'m Manifest<'_>| {
            let held = self.held(one);
            Claim { name: &one.proof, over: one.bytes, held }
        };
        let mut claims: Vec<Claim<'m>> = manifests.iter().map(claim).collect();
        if self.container.form == Form::Simple
            && self.container.entry(simple).is_some()
            && let Some((file, held)) = self.only()
        {
            claims.push(Claim { name: simple, over: file, held: Ok(held) });
        }
        claims
    }

    /// What a manifest names, when each file is what it says.
    fn held(&mut self, manifest: &Manifest<'_>) -> Result<Held, Reason> {
        let mut held = Held::default();
        for reference in &manifest.references {
            let bytes = self.container.bytes_of(&reference.name).ok_or(Reason::FilesMissing)?;
            if self.hash(&reference.name, reference.digest, bytes)? != reference.digest_value {
                return Err(Reason::Changed);
            }
            held.is_weak |= !reference.digest.is_strong();
            held.files.extend(self.place(&reference.name));
            held.names.insert(reference.name.clone());
        }
        Ok(held)
    }

    /// The one file of a container of the simple form.
    fn only(&self) -> Option<(&'c [u8], Held)> {
        let file = self.container.files().next()?;
        let held = Held {
            files: self.place(&file.name).into_iter().collect(),
            names: BTreeSet::from([file.name.clone()]),
            is_weak: false,
        };
        Some((&file.bytes, held))
    }

    /// The place of a file that is there to be signed.
    pub fn place(&self, name: &str) -> Option<usize> {
        let found = |entry: &wire::asice::Entry| entry.name == name && !entry.is_meta();
        self.container.entries.iter().position(found)
    }

    /// The names of files other than these.
    pub fn others(&self, places: &BTreeSet<usize>) -> Vec<String> {
        let all = self.container.entries.iter().enumerate();
        let others = all.filter(|(place, entry)| !entry.is_meta() && !places.contains(place));
        others.take(NAMES_MAX).map(|(_, entry)| shown(&entry.name)).collect()
    }

    fn hash(&mut self, name: &str, digest: Digest, bytes: &[u8]) -> Result<Vec<u8>, Reason> {
        let key = (name.to_owned(), digest);
        if let Some(known) = self.hashed.get(&key) {
            return Ok(known.clone());
        }
        if !self.may_read(bytes.len()) {
            return Err(Reason::TooMuch);
        }
        let hash = digest.of(bytes);
        self.hashed.insert(key, hash.clone());
        Ok(hash)
    }
}
