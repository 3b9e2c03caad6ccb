//! Attachments: content kept once under its own SHA-256, and rows that say who keeps it.
//!
//! A body is streamed into `incoming/`, hashed and measured on the way and never whole in memory.
//! Its first bytes must be those of a type that the caller allows, and its end must be there. It is
//! on the disk, fsynced with its folder, before its row is written, and so before anyone is told
//! that it arrived. What no row names is swept away a day later, never sooner.
//!
//! Two ways in: [`Files::keep`] writes the row by itself; [`Files::receive`] leaves that to
//! [`record`] in the unit of work which also says what the file is for. The second leaves nothing
//! behind when that unit refuses.
//!
//! Who may read a file is the business of whoever hands out its id: nothing here asks.

mod incoming;
mod kept;
mod media;
mod name;
mod outgoing;
mod refusal;
mod store;
mod sweep;
#[cfg(test)]
mod tests;
mod whole;
mod zip;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use uuid::Uuid;

pub use incoming::Received;
pub use kept::{Kept, forget, kept, record, used_bytes};
pub use media::Media;
pub use name::clean_name;
pub use outgoing::{Body, Opened};
pub use refusal::FileRefusal;
pub use sweep::{Damage, JOB, SCHEDULE, Swept};

use crate::clock::Clock;
use crate::ids::Ids;
use crate::store::Store;

/// What is allowed in.
#[derive(Debug, Clone)]
pub struct KeepRules {
    /// As the person's machine calls it; cleaned by [`clean_name`].
    pub name: String,
    /// Who keeps it: the account whose quota it counts against.
    pub owner: Uuid,
    pub media: &'static [Media],
    pub max_bytes: u64,
    pub quota_bytes: u64,
}

/// The attachments of the installation. Cheap to clone.
#[derive(Clone)]
pub struct Files {
    house: Arc<House>,
}

struct House {
    /// The data folder: `files/` and `incoming/` lie below it.
    folder: PathBuf,
    store: Store,
    clock: Clock,
    ids: Ids,
}

impl Files {
    /// Makes the folders; fails when the data folder cannot be written.
    pub fn at(folder: &Path, store: Store, clock: Clock, ids: Ids) -> io::Result<Files> {
        let files =
            Files { house: Arc::new(House { folder: folder.to_owned(), store, clock, ids }) };
        std::fs::create_dir_all(files.house.contents())?;
        std::fs::create_dir_all(files.house.incoming())?;
        std::fs::create_dir_all(files.house.swept())?;
        Ok(files)
    }

    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.house.folder
    }
}

impl House {
    fn contents(&self) -> PathBuf {
        self.folder.join("files")
    }

    fn incoming(&self) -> PathBuf {
        self.folder.join("incoming")
    }

    fn swept(&self) -> PathBuf {
        self.folder.join("swept")
    }

    /// `files/aa/bbbb…`: two digits of the hash as a folder, the rest as the name.
    fn content(&self, sha256: &str) -> PathBuf {
        let (shelf, rest) = sha256.split_at(2);
        self.contents().join(shelf).join(rest)
    }
}
