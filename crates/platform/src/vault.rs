//! Sealing what the database must keep and nobody may read in it: the keys of authenticator apps,
//! private keys.
//!
//! AES-256-GCM under keys that HKDF-SHA256 derives from the installation's master key, another for
//! each column. The master key lies in a file of its own: whoever carries the database away reads
//! nothing that is sealed. A sealed value is bound to its table, column and row and opens nowhere
//! else. The id of the master key stands in front, so that a later one can be told from it:
//!
//! `1 · key id (4 bytes) · nonce (12) · ciphertext and tag`
//!
//! [`Sealer`] and [`Opener`] do the same for files of any size, piece by piece.
//!
//! Law: TT 12/2022/TT-BTTTT art. 9

mod stream;
#[cfg(test)]
mod tests;

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hkdf::{HKDF_SHA256, Prk, Salt};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::hex::from_hex;
use crate::ids::Ids;
use crate::store::{Store, StoreError};

pub use stream::{Opener, Sealer};

const FORMAT: u8 = 1;
const KEY_ID_BYTES: usize = 4;
const NONCE_BYTES: usize = 12;
const HEAD_BYTES: usize = 1 + KEY_ID_BYTES + NONCE_BYTES;

/// 256 bits from which all others are derived. It is written nowhere but in its file.
#[derive(Clone)]
pub struct MasterKey([u8; 32]);

/// Where a sealed value stands, and the only place where it opens.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    pub table: &'static str,
    pub column: &'static str,
    /// The primary key of the row.
    pub row: &'a [u8],
}

/// Cheap to clone.
#[derive(Clone)]
pub struct Vault(Arc<Keys>);

struct Keys {
    id: [u8; KEY_ID_BYTES],
    master: Prk,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultFault {
    #[error("it was sealed under another master key")]
    OtherKey,
    #[error("it was not sealed for this place, or was changed")]
    Broken,
}

impl MasterKey {
    pub fn new(bytes: [u8; 32]) -> MasterKey {
        MasterKey(bytes)
    }

    /// 64 hexadecimal digits, or the base64 of 32 bytes.
    pub fn parse(text: &str) -> Option<MasterKey> {
        let text = text.trim();
        let bytes = match from_hex(&text.to_ascii_lowercase()) {
            Some(bytes) => bytes,
            None => STANDARD.decode(text).ok()?.try_into().ok()?,
        };
        Some(MasterKey(bytes))
    }

    pub fn read(file: &Path) -> io::Result<MasterKey> {
        let text = fs::read_to_string(file)?;
        MasterKey::parse(&text).ok_or_else(|| {
            let said = "it holds neither 64 hexadecimal digits nor the base64 of 32 bytes";
            io::Error::new(io::ErrorKind::InvalidData, said)
        })
    }

    /// A new key in a new file that only its owner may read. Whole or not at all, and the first of
    /// two processes wins: linked into place when written.
    pub fn make(file: &Path, ids: &Ids) -> io::Result<()> {
        let secret: [u8; 32] = ids.secret();
        let draft = file.with_extension(ids.next().to_string());
        let mut new = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        writeln!(new, "{}", STANDARD.encode(secret))?;
        new.sync_all()?;
        let linked = fs::hard_link(&draft, file);
        fs::remove_file(&draft)?;
        // The name is on disk before anything is sealed under the key.
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
        fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
        match linked {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            linked => linked,
        }
    }
}

impl Vault {
    pub fn new(key: &MasterKey) -> Result<Vault, VaultFault> {
        let master = Salt::new(HKDF_SHA256, b"lienthong vault").extract(&key.0);
        let mut id = [0; KEY_ID_BYTES];
        derive(&master, &[b"key id"], &mut id)?;
        Ok(Vault(Arc::new(Keys { id, master })))
    }

    pub fn seal(&self, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>, VaultFault> {
        let mut content = plain.to_vec();
        let nonce = self
            .key_of(place)?
            .seal_in_place_append_tag(Aad::from(place.bytes()), &mut content)
            .map_err(broken)?;
        Ok([&[FORMAT], &self.0.id[..], nonce.as_ref(), &content].concat())
    }

    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, VaultFault> {
        let (head, content) = sealed.split_at_checked(HEAD_BYTES).ok_or(VaultFault::Broken)?;
        let (format, head) = head.split_at(1);
        let (id, nonce) = head.split_at(KEY_ID_BYTES);
        if format != [FORMAT] {
            return Err(VaultFault::Broken);
        }
        if id != self.0.id {
            return Err(VaultFault::OtherKey);
        }
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(broken)?;
        let mut content = content.to_vec();
        let key = self.key_of(place)?;
        let plain = key.open_in_place(nonce, Aad::from(place.bytes()), &mut content);
        Ok(plain.map_err(broken)?.to_vec())
    }

    fn key_of(&self, place: Place<'_>) -> Result<RandomizedNonceKey, VaultFault> {
        let mut key = [0; 32];
        let label = [b"seal ", place.table.as_bytes(), b".", place.column.as_bytes()];
        derive(&self.0.master, &label, &mut key)?;
        RandomizedNonceKey::new(&AES_256_GCM, &key).map_err(broken)
    }
}

impl Place<'_> {
    /// Lengths are mixed in, so that names cannot flow together.
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for part in [self.table.as_bytes(), self.column.as_bytes(), self.row] {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part);
        }
        bytes
    }
}

fn derive(master: &Prk, label: &[&[u8]], into: &mut [u8]) -> Result<(), VaultFault> {
    let mut block = [0; 32];
    master.expand(label, HKDF_SHA256).and_then(|okm| okm.fill(&mut block)).map_err(broken)?;
    into.copy_from_slice(&block[..into.len()]);
    Ok(())
}

fn broken(_: Unspecified) -> VaultFault {
    VaultFault::Broken
}

/// The key is not shown, not even to whoever debugs.
impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey")
    }
}

/// A value that does not open is a fault of ours or of whoever touched the database, never of the
/// person who asks.
impl From<VaultFault> for StoreError {
    fn from(fault: VaultFault) -> StoreError {
        StoreError::Other { reason: format!("a sealed value does not open: {fault}") }
    }
}

const TOUCHSTONE: Place<'_> = Place { table: "platform_secret", column: "bytes", row: b"vault" };
const WORD: &[u8] = b"lienthong";

const READ: &str = "SELECT bytes FROM platform_secret WHERE name = 'vault'";
const KEEP: &str = "INSERT INTO platform_secret (name, bytes) VALUES ('vault', $1)
    ON CONFLICT (name) DO NOTHING";

/// Whether a master key was in use here before: then no other may be made.
pub async fn is_begun(store: &Store) -> Result<bool, StoreError> {
    store.read(|tx| Ok(tx.opt::<(Vec<u8>,)>(READ, &[])?.is_some())).await
}

impl Vault {
    /// Whether this is the key that the database was begun with. The first start writes down what
    /// later ones are compared with.
    pub async fn fits(&self, store: &Store) -> Result<bool, StoreError> {
        let fresh = self.seal(TOUCHSTONE, WORD)?;
        let (known,): (Vec<u8>,) = store
            .write::<_, StoreError, _>(move |tx| {
                tx.execute(KEEP, &[&fresh])?;
                tx.one(READ, &[])
            })
            .await?;
        Ok(self.open(TOUCHSTONE, &known).is_ok_and(|word| word == WORD))
    }
}
