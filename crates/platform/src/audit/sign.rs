//! Signed heads, and the key that signs them.
//!
//! A head is a checkpoint of the C2SP (`c2sp.org/tlog-checkpoint`): a signed note that others'
//! tools read and witness too. Its text is the log's name, the number of rows, the root in base64,
//! and two lines of ours, the head's number and its time. The key lies in the data folder, not in
//! the database: who can change one need not have the other.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use super::tree::{Hash, sha256};
use crate::hex::to_hex;
use crate::ids::Ids;

/// Ed25519, in the words of signed notes.
const ALGORITHM: u8 = 1;

crate::record! {
    /// A signed state of the whole log.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Head {
        pub number: i64,
        /// How many rows it covers.
        pub size: i64,
        pub at: Timestamp,
        pub root: [u8; 32],
        /// The signed note: all of the above, to be kept by whoever wants to check us later.
        pub note: String,
    }
}

/// Signs heads. Its text form, in `audit.key`, is that of signed notes:
/// `PRIVATE+KEY+<name>+<hash>+<base64 of algorithm and seed>`.
pub struct SigningKey {
    public: PublicKey,
    pair: Ed25519KeyPair,
}

/// Checks heads; `<name>+<hash>+<base64 of algorithm and key>`, in `audit.vkey` for everyone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    name: String,
    bytes: [u8; 32],
}

impl SigningKey {
    /// The key in the folder; made at the first start. `host` becomes part of the log's name.
    pub fn open(folder: &Path, host: &str, ids: &Ids) -> io::Result<SigningKey> {
        let place = folder.join("audit.key");
        if !place.exists() {
            SigningKey::make(folder, &place, host, ids)?;
        }
        let text = fs::read_to_string(&place)?;
        let key = SigningKey::parse(text.trim()).ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidData, "audit.key does not hold a key")
        })?;
        let public = folder.join("audit.vkey");
        if !public.exists() {
            fs::write(public, format!("{}\n", key.public))?;
        }
        Ok(key)
    }

    /// Whole or not at all, and the first of two processes wins: linked into place when written.
    fn make(folder: &Path, place: &Path, host: &str, ids: &Ids) -> io::Result<()> {
        let seed: [u8; 32] = ids.secret();
        let public = SigningKey::from_seed(log_name(host), &seed)
            .ok_or_else(|| io::Error::other("the seed makes no key"))?
            .public;
        let text =
            format!("PRIVATE+KEY+{}+{}+{}\n", public.name, to_hex(&public.hash()), encoded(&seed));
        let draft = folder.join(format!("audit.key.{}", ids.next()));
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        let linked = fs::hard_link(&draft, place);
        fs::remove_file(&draft)?;
        match linked {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            linked => linked,
        }
    }

    fn parse(text: &str) -> Option<SigningKey> {
        let mut parts = text.strip_prefix("PRIVATE+KEY+")?.splitn(3, '+');
        let (name, hash, secret) = (parts.next()?, parts.next()?, parts.next()?);
        let key = SigningKey::from_seed(name.to_owned(), &decoded(secret)?)?;
        (to_hex(&key.public.hash()) == hash).then_some(key)
    }

    fn from_seed(name: String, seed: &[u8; 32]) -> Option<SigningKey> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).ok()?;
        let bytes = pair.public_key().as_ref().try_into().ok()?;
        Some(SigningKey { public: PublicKey { name, bytes }, pair })
    }

    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    pub(super) fn sign(&self, number: i64, size: i64, at: Timestamp, root: Hash) -> Head {
        let text = text(&self.public.name, number, size, at, &root);
        let signature = [&self.public.hash(), self.pair.sign(text.as_bytes()).as_ref()].concat();
        let note =
            format!("{text}\n\u{2014} {} {}\n", self.public.name, STANDARD.encode(signature));
        Head { number, size, at, root, note }
    }
}

/// The host without what a note's key name may not hold.
fn log_name(host: &str) -> String {
    let host: String =
        host.chars().filter(|c| c.is_ascii_alphanumeric() || ".-:".contains(*c)).collect();
    format!("{host}/audit")
}

/// What is signed: a checkpoint, each line ended.
fn text(name: &str, number: i64, size: i64, at: Timestamp, root: &Hash) -> String {
    format!("{name}\n{size}\n{}\nhead {number}\ntime {at}\n", STANDARD.encode(root))
}

fn encoded(key: &[u8; 32]) -> String {
    STANDARD.encode([&[ALGORITHM], key.as_slice()].concat())
}

fn decoded(text: &str) -> Option<[u8; 32]> {
    let bytes = STANDARD.decode(text).ok()?;
    let (algorithm, key) = bytes.split_first()?;
    if *algorithm == ALGORITHM { key.try_into().ok() } else { None }
}

impl PublicKey {
    pub fn parse(text: &str) -> Option<PublicKey> {
        let mut parts = text.trim().splitn(3, '+');
        let (name, hash, key) = (parts.next()?, parts.next()?, parts.next()?);
        let key = PublicKey { name: name.to_owned(), bytes: decoded(key)? };
        (to_hex(&key.hash()) == hash).then_some(key)
    }

    /// The log's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Tells keys of one name apart.
    fn hash(&self) -> [u8; 4] {
        let named = [self.name.as_bytes(), b"\n", &[ALGORITHM], &self.bytes].concat();
        let [a, b, c, d, ..] = sha256(&named);
        [a, b, c, d]
    }

    /// Whether this key signed the note; answers its text.
    pub fn signed<'a>(&self, note: &'a str) -> Option<&'a str> {
        let (text, signatures) = note.split_at(note.find("\n\n")? + 1);
        let by_us = format!("\u{2014} {} ", self.name);
        signatures
            .lines()
            .filter_map(|line| STANDARD.decode(line.strip_prefix(&by_us)?).ok())
            .any(|signature| {
                let Some((hash, signature)) = signature.split_at_checked(4) else { return false };
                let key = UnparsedPublicKey::new(&ED25519, self.bytes);
                hash == self.hash() && key.verify(text.as_bytes(), signature).is_ok()
            })
            .then_some(text)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}+{}+{}", self.name, to_hex(&self.hash()), encoded(&self.bytes))
    }
}

impl Head {
    /// The head that a note tells of, whoever signed it.
    pub fn read(note: &str) -> Option<Head> {
        let mut lines = note.lines().skip(1);
        let size = lines.next()?.parse().ok()?;
        let root = STANDARD.decode(lines.next()?).ok()?.try_into().ok()?;
        let number = lines.next()?.strip_prefix("head ")?.parse().ok()?;
        let at = lines.next()?.strip_prefix("time ")?.parse().ok()?;
        Some(Head { number, size, at, root, note: note.to_owned() })
    }

    /// Whether one of the keys signed exactly what this head says.
    pub fn is_signed_by(&self, keys: &[PublicKey]) -> bool {
        keys.iter().any(|key| {
            let said = text(&key.name, self.number, self.size, self.at, &self.root);
            key.signed(&self.note) == Some(said.as_str())
        })
    }
}
