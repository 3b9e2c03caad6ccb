//! Why a signature is not valid, and what is worth knowing about one that is. Codes for machines,
//! keys for people.

use jiff::Timestamp;

use super::Standing;

/// Something that keeps a signature, or a file, from being valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    // About the file.
    UnknownKind,
    TooLarge {
        limit_bytes: usize,
    },
    Unreadable {
        detail: String,
    },
    NoSignature,
    ContentMissing,
    TooMuch,
    // The signature or what it covers is wrong.
    Changed,
    WrongValue,
    ChangedAfter,
    Removed,
    Broken {
        detail: String,
    },
    NotASignature {
        detail: String,
    },
    OtherCertificate,
    PropertiesUnsigned,
    Wrapped,
    FilesUnsigned {
        names: Vec<String>,
    },
    FilesMissing,
    StampForeign,
    // The certificate is wrong.
    Revoked {
        who: String,
        since: Timestamp,
    },
    NotForSigning {
        who: String,
    },
    PathBroken {
        who: String,
        detail: String,
    },
    OutsideValidity {
        who: String,
    },
    // Nothing is known.
    NotUnderstood {
        detail: String,
    },
    Placeholder {
        namespace: String,
    },
    NoCertificate,
    KeyOnly,
    /// By a key of this very house, for which nobody vouches.
    OwnKey {
        who: String,
    },
    NoAnchor {
        who: String,
    },
    AnchorNotInForce {
        who: String,
    },
    IssuerMissing {
        who: String,
    },
    Expired {
        who: String,
    },
    NotYetValid {
        who: String,
    },
    WeakAlgorithm,
    WeakKey {
        bits: usize,
    },
    RevocationUnknown {
        who: String,
    },
    PartOnly {
        names: Vec<String>,
    },
}

impl Reason {
    /// How grave it is: what it leaves possible at best.
    pub fn standing(&self) -> Standing {
        use Reason as R;
        match self {
            R::NoSignature => Standing::Absent,
            R::Changed
            | R::WrongValue
            | R::ChangedAfter
            | R::Removed
            | R::Broken { .. }
            | R::NotASignature { .. }
            | R::OtherCertificate
            | R::PropertiesUnsigned
            | R::Wrapped
            | R::FilesUnsigned { .. }
            | R::FilesMissing
            | R::StampForeign
            | R::Revoked { .. }
            | R::NotForSigning { .. }
            | R::PathBroken { .. }
            | R::OutsideValidity { .. } => Standing::Invalid,
            _ => Standing::Unverifiable,
        }
    }

    /// For machines; the key of its sentence is `trust-check-reason-` and this.
    pub fn code(&self) -> &'static str {
        use Reason as R;
        match self {
            R::UnknownKind => "unknown-kind",
            R::TooLarge { .. } => "too-large",
            R::Unreadable { .. } => "unreadable",
            R::NoSignature => "no-signature",
            R::ContentMissing => "content-missing",
            R::TooMuch => "too-much",
            R::Changed => "changed",
            R::WrongValue => "wrong-value",
            R::ChangedAfter => "changed-after",
            R::Removed => "removed",
            R::Broken { .. } => "broken",
            R::NotASignature { .. } => "not-a-signature",
            R::OtherCertificate => "other-certificate",
            R::PropertiesUnsigned => "properties-unsigned",
            R::Wrapped => "wrapped",
            R::FilesUnsigned { .. } => "files-unsigned",
            R::FilesMissing => "files-missing",
            R::StampForeign => "stamp-foreign",
            R::Revoked { .. } => "revoked",
            R::NotForSigning { .. } => "not-for-signing",
            R::PathBroken { .. } => "path-broken",
            R::OutsideValidity { .. } => "outside-validity",
            R::NotUnderstood { .. } => "not-understood",
            R::Placeholder { .. } => "placeholder",
            R::NoCertificate => "no-certificate",
            R::KeyOnly => "key-only",
            R::OwnKey { .. } => "own-key",
            R::NoAnchor { .. } => "no-anchor",
            R::AnchorNotInForce { .. } => "anchor-not-in-force",
            R::IssuerMissing { .. } => "issuer-missing",
            R::Expired { .. } => "expired",
            R::NotYetValid { .. } => "not-yet-valid",
            R::WeakAlgorithm => "weak-algorithm",
            R::WeakKey { .. } => "weak-key",
            R::RevocationUnknown { .. } => "revocation-unknown",
            R::PartOnly { .. } => "part-only",
        }
    }

    /// Of which certificate it is, when it is about one.
    pub fn who(&self) -> Option<&str> {
        use Reason as R;
        match self {
            R::Revoked { who, .. }
            | R::NotForSigning { who }
            | R::PathBroken { who, .. }
            | R::OutsideValidity { who }
            | R::OwnKey { who }
            | R::NoAnchor { who }
            | R::AnchorNotInForce { who }
            | R::IssuerMissing { who }
            | R::Expired { who }
            | R::NotYetValid { who }
            | R::RevocationUnknown { who } => Some(who),
            _ => None,
        }
    }

    /// The technical word behind it, in English, for experts.
    pub fn detail(&self) -> Option<String> {
        use Reason as R;
        match self {
            R::Unreadable { detail }
            | R::Broken { detail }
            | R::NotASignature { detail }
            | R::PathBroken { detail, .. }
            | R::NotUnderstood { detail } => Some(detail.clone()),
            R::Placeholder { namespace } => Some(namespace.clone()),
            R::FilesUnsigned { names } | R::PartOnly { names } => Some(names.join(", ")),
            R::WeakKey { bits } => Some(bits.to_string()),
            R::TooLarge { limit_bytes } => Some((limit_bytes >> 20).to_string()),
            R::Revoked { since, .. } => Some(since.to_string()),
            _ => None,
        }
    }
}

/// What is worth knowing and changes nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The time of signing is only claimed.
    NoTimeStamp,
    /// There is a stamp, and it does not prove the time.
    StampUnproved(Box<Reason>),
    /// Some of what it covers is bound by SHA-1.
    Sha1Digest,
    /// Revoked after the time that counts.
    RevokedLater { at: Timestamp },
    /// The signer did not sign which certificate was meant.
    CertificateUnsigned,
    /// A bare key came along; it was not looked at.
    KeyIgnored,
    /// Parts that are added on the way and are never signed.
    AddedOnTheWay { names: Vec<String> },
    /// Revocation is not known and was not asked for.
    RevocationNotAsked,
}

impl Note {
    /// For machines; the key of its sentence is `trust-check-note-` and this.
    pub fn code(&self) -> &'static str {
        match self {
            Note::NoTimeStamp => "no-time-stamp",
            Note::StampUnproved(_) => "stamp-unproved",
            Note::Sha1Digest => "sha1-digest",
            Note::RevokedLater { .. } => "revoked-later",
            Note::CertificateUnsigned => "certificate-unsigned",
            Note::KeyIgnored => "key-ignored",
            Note::AddedOnTheWay { .. } => "added-on-the-way",
            Note::RevocationNotAsked => "revocation-not-asked",
        }
    }

    pub fn detail(&self) -> Option<String> {
        match self {
            Note::StampUnproved(reason) => Some(reason.code().to_owned()),
            Note::RevokedLater { at } => Some(at.to_string()),
            Note::AddedOnTheWay { names } => Some(names.join(", ")),
            _ => None,
        }
    }
}
