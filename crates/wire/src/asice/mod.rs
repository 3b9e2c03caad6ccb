//! ASiC containers: files and the signatures over them in one ZIP.
//!
//! Reading hands back the files; which XML signature covers which is said by
//! [`Container::coverage`], and what nobody signed is named there. Whether the signatures hold,
//! [`crate::xml::signature`] says, with the files handed in by [`Container::externals`]. A
//! signature by CMS, or a time stamp, is over a manifest that names files with their digests:
//! [`Container::manifests`]; in the simple form it is over the one file itself. Writing is
//! deterministic: the same files make the same bytes.
//!
//! Specification: ETSI EN 319 162-1 (ASiC-E and ASiC-S, with XAdES and CAdES), ZIP 6.3 (APPNOTE).

mod manifest;
mod read;
mod role;
mod write;
pub(crate) mod zip;

pub use manifest::{Manifest, Reference};
pub use read::{Container, Coverage, Entry, Limits, SignatureFile};
pub use role::Role;
pub use write::{Around, LargeFile, NewFile, write, write_around};
pub use zip::{Checksum, ZipFault};

use crate::xml::ReadFault;
use crate::xml::signature::Fault;

/// What the first entry says.
pub const MEDIA_TYPE: &str = "application/vnd.etsi.asic-e+zip";

/// What it says in a container of the simple form, with one file.
pub const SIMPLE_MEDIA_TYPE: &str = "application/vnd.etsi.asic-s+zip";

/// Which of the two forms a container has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// ASiC-S: one file, and one signature file or time stamp over it.
    Simple,
    /// ASiC-E: any number of both.
    Extended,
}

impl Form {
    pub fn media_type(self) -> &'static str {
        match self {
            Form::Simple => SIMPLE_MEDIA_TYPE,
            Form::Extended => MEDIA_TYPE,
        }
    }

    fn of(media_type: &[u8]) -> Option<Form> {
        [Form::Simple, Form::Extended]
            .into_iter()
            .find(|form| form.media_type().as_bytes() == media_type)
    }
}

/// Why a container is not read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AsiceFault {
    #[error(transparent)]
    Zip(#[from] ZipFault),
    #[error("the first entry is not an uncompressed mimetype of ASiC")]
    MediaType,
    #[error("the comment of the archive names another media type")]
    Comment,
    #[error("{name:?} is no name for a file: it leads elsewhere or is written in two ways")]
    Name { name: String },
    #[error("two entries are named {name:?}")]
    Twice { name: String },
    #[error("the container has no file besides its own")]
    Empty,
    #[error("a container of the simple form holds one file, and this one holds {count}")]
    Several { count: usize },
    #[error("{name:?} is no XML that is read: {fault}")]
    Unreadable { name: String, fault: ReadFault },
    #[error("{name:?} has a signature that is not understood: {fault}")]
    Signature { name: String, fault: Fault },
    #[error("{name:?} signs {uri:?}, which is outside the container")]
    Outside { name: String, uri: String },
    #[error("{name:?} is a manifest that is not understood: {fault}")]
    Manifest { name: String, fault: Fault },
    #[error("{name:?} says that its signature is {uri:?}: no signature of a container lies there")]
    NoSignature { name: String, uri: String },
    #[error("{name:?} names the file {file:?} twice")]
    NamedTwice { name: String, file: String },
    #[error("{name:?} calls several files the first to be shown")]
    RootTwice { name: String },
    #[error("{name:?} holds something critical that is not understood")]
    Critical { name: String },
    #[error("{name:?} names no file, or too many")]
    Count { name: String },
}
