//! What is not as it should be in a packet that is read all the same.

use crate::xml::push::Place;

use super::unwrap::NotOne;

/// One thing that someone should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// A path of names from the message header, the list of traces, the body or the attachments:
    /// `MessageHeader/To[2]/Email`.
    pub field: String,
    pub place: Option<Place>,
    pub kind: RemarkKind,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RemarkKind {
    #[error("it is missing")]
    Missing,
    #[error("it is longer than {limit} characters ({length})")]
    TooLong { limit: usize, length: usize },
    #[error("it is not a number")]
    NotNumber,
    #[error("it is not a date written 2026/11/22")]
    NotDate,
    #[error("it is not a time written 2026/11/22 17:05:09")]
    NotTime,
    #[error("the code {code} is on no list")]
    UnknownCode { code: String },
    #[error("it is neither yes nor no")]
    NotFlag,
    #[error("the same receiver twice")]
    SameReceiver,
    #[error("it does not belong to this kind of business")]
    Misplaced,
    #[error("a character that XML cannot carry")]
    Unprintable,
    #[error("the word null stands where nothing should")]
    LiteralNull,
    #[error("an element that is not known")]
    Unknown,
    #[error("the manifest names an attachment that is not there")]
    NoAttachment,
    #[error("an attachment that the manifest does not name")]
    NotInManifest,
    #[error("two attachments have one content identifier")]
    SameContentId,
    #[error("declared as {declared}, it is {found}")]
    OtherType { declared: String, found: &'static str },
    #[error("the archive was not opened: {reason}")]
    NotOpened { reason: NotOne },
    #[error("the signature stands in the namespace of the packet: a placeholder of the kit")]
    PlaceholderSignature,
    #[error("more remarks of this kind are left out")]
    More,
}
