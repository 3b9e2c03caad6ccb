//! Proofs for those who do not take our word: that a row is in the log, and that a newer log only
//! added to an older one. Each says in itself how it is checked; nothing but SHA-256 and Ed25519
//! is needed, and none of our program.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::leaf;
use super::sign::{Head, PublicKey};
use super::store;
use super::tiles::Reader;
use super::tree::{self, Hash};
use crate::hex::to_hex;
use crate::store::{StoreError, Tx};

/// That a row is the `index`-th of the log that `head` signs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inclusion {
    pub recipe: String,
    /// The row: its place, id, time, actor, name, unit, verb, object and detail, led by the format.
    pub fields: Vec<String>,
    pub index: u64,
    pub size: u64,
    /// Hexadecimal, from the leaf upwards.
    pub path: Vec<String>,
    pub root: String,
    /// The signed note.
    pub head: String,
}

/// That the log of `new_size` rows begins with the log of `old_size` rows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Consistency {
    pub recipe: String,
    pub old_size: u64,
    pub new_size: u64,
    pub old_root: String,
    pub new_root: String,
    /// Hexadecimal.
    pub path: Vec<String>,
    /// The signed note of the new size.
    pub head: String,
}

const INCLUSION_RECIPE: &str = "\
1. leaf = for each text of fields: its length in bytes as 4 bytes big-endian, then its UTF-8. \
2. hash = SHA-256(0x00 leaf); i = index; n = size - 1. \
3. For each p of path: if i is odd or i = n: hash = SHA-256(0x01 p hash), and while i is even and \
not 0: i = i/2, n = n/2; else: hash = SHA-256(0x01 hash p). Then i = i/2, n = n/2 (whole numbers). \
4. n must be 0 and hash must be root (RFC 9162, 2.1.3.2). \
5. head is a C2SP signed note (checkpoint): its second line must be size, its third line root in \
base64, and its signature must be that of the log's public key (audit.vkey), which you should have \
from elsewhere than this file.";

const CONSISTENCY_RECIPE: &str = "\
RFC 9162, 2.1.4.2 with first = old_size, second = new_size, first_hash = old_root, second_hash = \
new_root, consistency_path = path. old_size and old_root must be those of the head you hold; head \
is a C2SP signed note (checkpoint) over new_size and new_root.";

/// The proof of a row against the newest head; none while it is not sealed yet.
pub fn proof(tx: &mut Tx, id: Uuid) -> Result<Option<Inclusion>, StoreError> {
    let (Some(row), Some(head)) = (super::entry(tx, id)?, super::head(tx)?) else {
        return Ok(None);
    };
    let (Some(index), size) = (row.seq.and_then(|seq| u64::try_from(seq).ok()), head.size as u64)
    else {
        return Ok(None);
    };
    let mut reader = Reader::default();
    let path = tree::path(&mut |height, index| reader.node(tx, height, index), index, size)?;
    Ok(Some(Inclusion {
        recipe: INCLUSION_RECIPE.to_owned(),
        fields: leaf::fields(&row, index).to_vec(),
        index,
        size,
        path: path.iter().map(|hash| to_hex(hash)).collect(),
        root: to_hex(&head.root),
        head: head.note,
    }))
}

/// The proof that the newest head's log begins with that of an older head; none when there is no
/// such size yet.
pub fn consistency(tx: &mut Tx, old_size: u64) -> Result<Option<Consistency>, StoreError> {
    let Some(head) = super::head(tx)? else { return Ok(None) };
    let new_size = head.size as u64;
    if old_size > new_size {
        return Ok(None);
    }
    let mut reader = Reader::default();
    let mut node = |height, index| reader.node(tx, height, index);
    let old_root = tree::root(&mut node, old_size)?;
    let path = tree::consistency(&mut node, old_size, new_size)?;
    Ok(Some(Consistency {
        recipe: CONSISTENCY_RECIPE.to_owned(),
        old_size,
        new_size,
        old_root: to_hex(&old_root),
        new_root: to_hex(&head.root),
        path: path.iter().map(|hash| to_hex(hash)).collect(),
        head: head.note,
    }))
}

/// The head of a number.
pub fn head_numbered(tx: &mut Tx, number: i64) -> Result<Option<Head>, StoreError> {
    tx.opt(store::HEAD, &[&number])
}

impl Inclusion {
    /// The recipe, followed.
    pub fn holds(&self, keys: &[PublicKey]) -> bool {
        let leaf_hash = tree::leaf_hash(&leaf::bytes(&self.fields));
        let (Some(path), Some(root)) = (unhex_all(&self.path), unhex(&self.root)) else {
            return false;
        };
        tree::includes(leaf_hash, self.index, self.size, &path, root)
            && signs(&self.head, self.size, root, keys)
    }
}

impl Consistency {
    /// The recipe, followed; `old_root` must still be compared with what the reader holds.
    pub fn holds(&self, keys: &[PublicKey]) -> bool {
        let roots = (unhex(&self.old_root), unhex(&self.new_root));
        let (Some(path), (Some(old), Some(new))) = (unhex_all(&self.path), roots) else {
            return false;
        };
        tree::extends((self.old_size, old), (self.new_size, new), &path)
            && signs(&self.head, self.new_size, new, keys)
    }
}

fn signs(note: &str, size: u64, root: Hash, keys: &[PublicKey]) -> bool {
    Head::read(note).is_some_and(|head| {
        u64::try_from(head.size) == Ok(size) && head.root == root && head.is_signed_by(keys)
    })
}

fn unhex_all(texts: &[String]) -> Option<Vec<Hash>> {
    texts.iter().map(|text| unhex(text)).collect()
}

fn unhex(text: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, digits) in hash.iter_mut().zip(text.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(hash)
}
