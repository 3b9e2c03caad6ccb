//! Sealing what is too large for memory: files that nobody may read who carries the disk away.
//!
//! `2 · key id (4 bytes) · salt (32) · pieces`
//!
//! Each file has a key of its own, which HKDF-SHA256 derives from the master key, the names of
//! table and column, and the salt. Pieces are 65,536 bytes long, the last one shorter or as long,
//! each with its tag of AES-256-GCM behind it. The nonce of a piece is three zero bytes, its
//! ordinal (8 bytes) and 1 for the last piece, 0 for the others (the STREAM construction): pieces
//! that are cut off, left out, doubled or exchanged do not open. The place, as of every sealed
//! value, goes in as additional data.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};

use super::{KEY_ID_BYTES, NONCE_BYTES, Place, Vault, VaultFault, broken, derive};

const FORMAT: u8 = 2;
const SALT_BYTES: usize = 32;
const HEAD_BYTES: usize = 1 + KEY_ID_BYTES + SALT_BYTES;
const PIECE_BYTES: usize = 1 << 16;
const TAG_BYTES: usize = 16;

/// Seals bytes as they come. What it says it has written is complete only after [`Sealer::finish`].
pub struct Sealer {
    key: LessSafeKey,
    place: Vec<u8>,
    ordinal: u64,
    /// Not sealed yet: the last piece is known only when nothing follows.
    held: Vec<u8>,
    head: Option<Vec<u8>>,
}

/// Opens them again. What it hands out of a file that breaks off is real, but not the whole: only
/// after [`Opener::finish`] it is.
pub struct Opener {
    vault: Vault,
    label: Label,
    key: Option<LessSafeKey>,
    place: Vec<u8>,
    ordinal: u64,
    held: Vec<u8>,
}

#[derive(Clone, Copy)]
struct Label {
    table: &'static str,
    column: &'static str,
}

impl Sealer {
    /// `salt` is chance, and never used for a second file.
    pub fn new(
        vault: &Vault,
        place: Place<'_>,
        salt: [u8; SALT_BYTES],
    ) -> Result<Sealer, VaultFault> {
        let label = Label { table: place.table, column: place.column };
        let head = [&[FORMAT], &vault.0.id[..], &salt].concat();
        Ok(Sealer {
            key: key_of(vault, label, &salt)?,
            place: place.bytes(),
            ordinal: 0,
            held: Vec::with_capacity(PIECE_BYTES),
            head: Some(head),
        })
    }

    pub fn push(&mut self, mut plain: &[u8], out: &mut Vec<u8>) -> Result<(), VaultFault> {
        out.extend(self.head.take().unwrap_or_default());
        while !plain.is_empty() {
            if self.held.len() == PIECE_BYTES {
                self.seal(false, out)?;
            }
            let (taken, rest) = plain.split_at(plain.len().min(PIECE_BYTES - self.held.len()));
            self.held.extend_from_slice(taken);
            plain = rest;
        }
        Ok(())
    }

    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), VaultFault> {
        out.extend(self.head.take().unwrap_or_default());
        self.seal(true, out)
    }

    fn seal(&mut self, last: bool, out: &mut Vec<u8>) -> Result<(), VaultFault> {
        let nonce = nonce(self.ordinal, last);
        let place = Aad::from(self.place.as_slice());
        let tag = self.key.seal_in_place_separate_tag(nonce, place, &mut self.held);
        let tag = tag.map_err(broken)?;
        out.extend_from_slice(&self.held);
        out.extend_from_slice(tag.as_ref());
        self.held.clear();
        self.ordinal += 1;
        Ok(())
    }
}

impl Opener {
    pub fn new(vault: &Vault, place: Place<'_>) -> Opener {
        Opener {
            vault: vault.clone(),
            label: Label { table: place.table, column: place.column },
            key: None,
            place: place.bytes(),
            ordinal: 0,
            held: Vec::with_capacity(PIECE_BYTES + TAG_BYTES),
        }
    }

    pub fn push(&mut self, mut sealed: &[u8], out: &mut Vec<u8>) -> Result<(), VaultFault> {
        while !sealed.is_empty() {
            let whole = if self.key.is_some() { PIECE_BYTES + TAG_BYTES } else { HEAD_BYTES };
            if self.key.is_some() && self.held.len() == whole {
                self.open(false, out)?;
            }
            let (taken, rest) = sealed.split_at(sealed.len().min(whole - self.held.len()));
            self.held.extend_from_slice(taken);
            sealed = rest;
            if self.key.is_none() && self.held.len() == HEAD_BYTES {
                self.read_head()?;
            }
        }
        Ok(())
    }

    /// The rest; [`VaultFault::Broken`] when the end is missing.
    pub fn finish(mut self, out: &mut Vec<u8>) -> Result<(), VaultFault> {
        self.open(true, out)
    }

    fn read_head(&mut self) -> Result<(), VaultFault> {
        let (format, rest) = self.held.split_at(1);
        let (id, salt) = rest.split_at(KEY_ID_BYTES);
        if format != [FORMAT] {
            return Err(VaultFault::Broken);
        }
        if id != self.vault.0.id {
            return Err(VaultFault::OtherKey);
        }
        self.key = Some(key_of(&self.vault, self.label, salt)?);
        self.held.clear();
        Ok(())
    }

    fn open(&mut self, last: bool, out: &mut Vec<u8>) -> Result<(), VaultFault> {
        let key = self.key.as_ref().ok_or(VaultFault::Broken)?;
        let nonce = nonce(self.ordinal, last);
        let place = Aad::from(self.place.as_slice());
        let plain = key.open_in_place(nonce, place, &mut self.held).map_err(broken)?;
        out.extend_from_slice(plain);
        self.held.clear();
        self.ordinal += 1;
        Ok(())
    }
}

fn key_of(vault: &Vault, label: Label, salt: &[u8]) -> Result<LessSafeKey, VaultFault> {
    let mut key = [0; 32];
    let (table, column) = (label.table.as_bytes(), label.column.as_bytes());
    derive(&vault.0.master, &[b"seal stream ", table, b".", column, b" ", salt], &mut key)?;
    UnboundKey::new(&AES_256_GCM, &key).map(LessSafeKey::new).map_err(broken)
}

fn nonce(ordinal: u64, last: bool) -> Nonce {
    let mut nonce = [0; NONCE_BYTES];
    nonce[3..11].copy_from_slice(&ordinal.to_be_bytes());
    nonce[11] = u8::from(last);
    Nonce::assume_unique_for_key(nonce)
}
