//! Every way an attachment is refused, in the words of people.

use std::io;

use super::Media;
use crate::store::StoreError;
use crate::words::{Speech, Word};

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FileRefusal {
    #[error("the file is empty")]
    Empty,
    #[error("the file is larger than {max_bytes} bytes")]
    TooLarge { max_bytes: u64 },
    #[error("the quota of {quota_bytes} bytes is used up")]
    Quota { quota_bytes: u64, used_bytes: u64 },
    /// Its content is none of the kinds that are allowed here.
    #[error("the content is of a kind that is not allowed here")]
    Kind { allowed: &'static [Media] },
    /// The name ends like one kind and the content is another.
    #[error("the name says {named}, the content is {found:?}")]
    Disguised { named: String, found: Media },
    /// Cut off or broken: it would not open for the officer either.
    #[error("the {found:?} is damaged or cut off")]
    Damaged { found: Media },
    /// An office document that carries a program.
    #[error("the document carries macros")]
    Macros,
    #[error("the connection ended before the file was whole: {0}")]
    Interrupted(String),
    #[error("no space is left for files")]
    Full,
    #[error("no such file")]
    Missing,
    #[error("the file could not be kept: {0}")]
    Disk(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl FileRefusal {
    /// The HTTP status that goes with it.
    pub fn status(&self) -> u16 {
        match self {
            FileRefusal::Empty
            | FileRefusal::Disguised { .. }
            | FileRefusal::Damaged { .. }
            | FileRefusal::Macros => 422,
            FileRefusal::TooLarge { .. } | FileRefusal::Quota { .. } => 413,
            FileRefusal::Kind { .. } => 415,
            FileRefusal::Interrupted(_) => 400,
            FileRefusal::Full | FileRefusal::Store(StoreError::Full) => 507,
            FileRefusal::Missing => 404,
            FileRefusal::Disk(_) | FileRefusal::Store(_) => 503,
        }
    }

    /// The key of its sentence, which says what happened and what to do.
    pub fn key(&self) -> &'static str {
        match self {
            FileRefusal::Empty => "platform-file-empty",
            FileRefusal::TooLarge { .. } => "platform-file-too-large",
            FileRefusal::Quota { .. } => "platform-file-quota",
            FileRefusal::Kind { .. } => "platform-file-kind",
            FileRefusal::Disguised { .. } => "platform-file-disguised",
            FileRefusal::Damaged { .. } => "platform-file-damaged",
            FileRefusal::Macros => "platform-file-macros",
            FileRefusal::Interrupted(_) => "platform-file-interrupted",
            FileRefusal::Missing => "platform-file-missing",
            FileRefusal::Store(StoreError::Unknown) => "platform-file-unknown",
            FileRefusal::Full | FileRefusal::Disk(_) | FileRefusal::Store(_) => {
                "platform-file-not-now"
            }
        }
    }

    pub fn sentence(&self, speech: &Speech) -> String {
        let size = |bytes: u64| Word::from(speech.size(i64::try_from(bytes).unwrap_or(i64::MAX)));
        let values: Vec<(&str, Word)> = match self {
            FileRefusal::TooLarge { max_bytes } => vec![("max", size(*max_bytes))],
            FileRefusal::Quota { quota_bytes, used_bytes } => vec![
                ("quota", size(*quota_bytes)),
                ("left", size(quota_bytes.saturating_sub(*used_bytes))),
            ],
            FileRefusal::Kind { allowed } => vec![("allowed", Media::list(allowed).into())],
            FileRefusal::Disguised { named, found } => {
                vec![("named", named.into()), ("found", found.label().into())]
            }
            FileRefusal::Damaged { found } => vec![("found", found.label().into())],
            _ => Vec::new(),
        };
        speech.with(self.key(), &values)
    }
}

impl From<io::Error> for FileRefusal {
    fn from(error: io::Error) -> FileRefusal {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => FileRefusal::Full,
            io::ErrorKind::NotFound => FileRefusal::Missing,
            _ => FileRefusal::Disk(error.to_string()),
        }
    }
}
