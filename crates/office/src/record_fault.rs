//! Every way in which searches, work dossiers, links and the catalogue say no.

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    #[error("no type was chosen, or one that is not on the list")]
    Types,
    #[error("the decision is not named, or in too many letters")]
    Basis,
    #[error("the last day lies before the first, or before today")]
    DatesReversed,
    #[error("for this type a line counts already on some of these days")]
    LineTaken,
    #[error("there is no name, or one too long")]
    Name,
    #[error("a search of this name is kept already")]
    NameTaken,
    #[error("more searches than are kept")]
    TooManySearches,
    #[error("the dossier has no code, or one too long")]
    DossierCode,
    #[error("a dossier of this year has that code already")]
    DossierCodeTaken,
    #[error("the dossier has no title, or one too long")]
    DossierTitle,
    #[error("no retention period was chosen")]
    Retention,
    #[error("the dossier is closed")]
    DossierClosed,
    #[error("the dossier is not closed, or in the archive already")]
    DossierNotClosed,
    #[error("there is nothing in the dossier")]
    DossierEmpty,
    #[error("the document is in the dossier already")]
    AlreadyThere,
    #[error("there is no such officer in the unit")]
    Officer,
    #[error("there is no such document that this officer may see")]
    Document,
    #[error("a document has no link with itself, and one link of a kind with another")]
    Link,
    #[error("a text is too long")]
    TooLong,
    #[error("documents of this type go out without a copy on paper")]
    PaperForbidden,
}

impl RecordFault {
    /// The key of its sentence.
    pub fn word(self) -> &'static str {
        match self {
            RecordFault::Types => "office-records-fault-types",
            RecordFault::Basis => "office-records-fault-basis",
            RecordFault::DatesReversed => "office-records-fault-dates-reversed",
            RecordFault::LineTaken => "office-records-fault-line-taken",
            RecordFault::Name => "office-records-fault-name",
            RecordFault::NameTaken => "office-records-fault-name-taken",
            RecordFault::TooManySearches => "office-records-fault-too-many-searches",
            RecordFault::DossierCode => "office-records-fault-dossier-code",
            RecordFault::DossierCodeTaken => "office-records-fault-dossier-code-taken",
            RecordFault::DossierTitle => "office-records-fault-dossier-title",
            RecordFault::Retention => "office-records-fault-retention",
            RecordFault::DossierClosed => "office-records-fault-dossier-closed",
            RecordFault::DossierNotClosed => "office-records-fault-dossier-not-closed",
            RecordFault::DossierEmpty => "office-records-fault-dossier-empty",
            RecordFault::AlreadyThere => "office-records-fault-already-there",
            RecordFault::Officer => "office-records-fault-officer",
            RecordFault::Document => "office-records-fault-document",
            RecordFault::Link => "office-records-fault-link",
            RecordFault::TooLong => "office-records-fault-too-long",
            RecordFault::PaperForbidden => "office-records-fault-paper-forbidden",
        }
    }

    /// Under which field of a form the sentence belongs; `""` when no field would mend it.
    pub fn field(self) -> &'static str {
        match self {
            RecordFault::Types | RecordFault::LineTaken => "loai",
            RecordFault::Basis => "can-cu",
            RecordFault::DatesReversed => "den",
            RecordFault::Name | RecordFault::NameTaken | RecordFault::TooManySearches => "ten",
            RecordFault::DossierCode | RecordFault::DossierCodeTaken => "ma",
            RecordFault::DossierTitle => "tieu-de",
            RecordFault::Retention => "bao-quan",
            RecordFault::Officer => "can-bo",
            RecordFault::Document | RecordFault::AlreadyThere | RecordFault::Link => "van-ban",
            RecordFault::TooLong => "ghi-chu",
            RecordFault::PaperForbidden
            | RecordFault::DossierClosed
            | RecordFault::DossierNotClosed
            | RecordFault::DossierEmpty => "",
        }
    }
}
