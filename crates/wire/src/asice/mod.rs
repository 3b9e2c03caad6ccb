//! ASiC-E containers: files and the signatures over them in one ZIP.
//!
//! Reading hands back the files; which signature covers which is said by [`Container::coverage`],
//! and what nobody signed is named there. Whether the signatures hold, [`crate::xml::signature`]
//! says, with the files handed in by [`Container::externals`]. Writing is deterministic: the same
//! files make the same bytes.
//!
//! Specification: ETSI EN 319 162-1 (ASiC, with XAdES), ZIP 6.3 (APPNOTE).

mod read;
mod write;
mod zip;

pub use read::{Container, Coverage, Entry, Limits, SignatureFile};
pub use write::{NewFile, write};
pub use zip::ZipFault;

use crate::xml::ReadFault;
use crate::xml::signature::Fault;

/// What the first entry says.
pub const MEDIA_TYPE: &str = "application/vnd.etsi.asic-e+zip";

/// Why a container is not read or written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AsiceFault {
    #[error(transparent)]
    Zip(#[from] ZipFault),
    #[error("the first entry is not an uncompressed mimetype of ASiC-E")]
    MediaType,
    #[error("the comment of the archive names another media type")]
    Comment,
    #[error("{name:?} is no name for a file: it leads elsewhere or is written in two ways")]
    Name { name: String },
    #[error("two entries are named {name:?}")]
    Twice { name: String },
    #[error("the container has no file besides its own")]
    Empty,
    #[error("{name:?} is no XML that is read: {fault}")]
    Unreadable { name: String, fault: ReadFault },
    #[error("{name:?} has a signature that is not understood: {fault}")]
    Signature { name: String, fault: Fault },
    #[error("{name:?} signs {uri:?}, which is outside the container")]
    Outside { name: String, uri: String },
}
