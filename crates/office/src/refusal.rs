//! Every way this capability says no: what happened, and what to do next.

use axum::http::StatusCode;
use platform::files::FileRefusal;
use platform::outside::PressError;
use platform::store::StoreError;
use platform::web::Problem;
use platform::words::{Speech, Word};
use wire::edxml::WriteFault;
use wire::edxml::signing::SigningFault;
use wire::pdf::fill::FillFault;

use crate::book::PlanFault;
use crate::desk::DeskFault;
use crate::fault::Fault;
use crate::outgoing::{ContentFault, State};
use crate::record_fault::RecordFault;

#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is no such thing, or it is not this officer's to know of")]
    Nothing,
    #[error("the plan has no book for this")]
    NoBook,
    #[error("the book is locked")]
    BookLocked,
    #[error("the book is one of another year")]
    BookOfAnotherYear,
    #[error("the book has numbers already")]
    BookBegun,
    #[error("a number's day would lie before that of the number before it, or after the next")]
    NumberBackwards,
    #[error("the number was never given in this book")]
    NumberUnknown,
    #[error("the number is not kept free, or somebody else took it")]
    NumberNotReserved,
    #[error("the number was voided before")]
    NumberVoid,
    #[error("more than {limit} numbers at once, or none")]
    ReservedTooMany { limit: i64 },
    #[error("there is no reason")]
    ReasonMissing,
    #[error("somebody else changed it meanwhile")]
    ChangedMeanwhile,
    #[error("the document has gone further, or not far enough: {0:?}")]
    NotNow(State),
    #[error("the agency has no open desk")]
    NoDesk,
    #[error(transparent)]
    Desk(#[from] DeskFault),
    #[error(transparent)]
    Plan(#[from] PlanFault),
    #[error("the draft does not hold: {0:?}")]
    Content(Vec<ContentFault>),
    #[error("a text has more than {limit} letters")]
    TooLong { field: &'static str, limit: usize },
    #[error("nothing was chosen")]
    NothingChosen { field: &'static str },
    #[error("more than {limit} are chosen")]
    TooMany { field: &'static str, limit: usize },
    #[error("nobody by that name works here")]
    NotHere { field: &'static str },
    #[error("there is nothing to sign: no text and no file")]
    NothingToSign,
    #[error("nobody receives the document")]
    NoRecipients,
    #[error("the agencies of {codes} have ended")]
    RecipientsClosed { codes: String },
    #[error("nobody knows any of the recipients")]
    RecipientsUnknown,
    #[error("nobody was named to sign, or the one who was cannot")]
    NoSigner,
    #[error("the agency has no seal in force")]
    NoSeal,
    #[error("no program to print with is installed")]
    NoPress,
    #[error("the press did not answer: {0}")]
    Press(#[from] PressError),
    #[error("number and date find no place in the file: {0}")]
    Places(#[from] FillFault),
    #[error("the packet cannot be written: {0}")]
    Packet(#[from] WriteFault),
    #[error("the packet cannot be signed: {0}")]
    PacketSignature(#[from] SigningFault),
    #[error("the key of the seal cannot be used: {0}")]
    Trust(#[from] trust::Refusal),
    #[error("there is a group of this name")]
    GroupTaken,
    #[error("there is no such code, or its agency has ended")]
    CodeUnknown,
    #[error("no other issued document of this agency has this number")]
    NoticeUnknown,
    #[error("no certificate, or no other file, of this kind: {0}")]
    Signing(signing::Refusal),
    #[error(transparent)]
    Work(#[from] Fault),
    #[error(transparent)]
    Record(#[from] RecordFault),
    #[error(transparent)]
    Axis(axis::Refusal),
    #[error(transparent)]
    File(#[from] FileRefusal),
    #[error(transparent)]
    Store(#[from] StoreError),
}

const HEADING: &str = "office-refused";
const PREFIX: &str = "office-refusal-";

impl Refusal {
    /// The sentence that stands at the field or on the page.
    pub fn sentence(&self, speech: &Speech) -> String {
        match self {
            Refusal::Signing(refusal) => refusal.sentence(speech),
            Refusal::File(refusal) => refusal.sentence(speech),
            Refusal::Axis(refusal) => refusal.sentence(speech),
            Refusal::NotNow(state) => {
                let state = speech.t(state.word());
                speech.with(self.word(), &[("state", state.into())])
            }
            _ => speech.with(self.word(), &self.args()),
        }
    }

    /// Under which field of a form the sentence belongs; `""` when no field would mend it.
    pub fn field(&self) -> &'static str {
        match self {
            Refusal::ReasonMissing => "reason",
            Refusal::ReservedTooMany { .. } => "count",
            Refusal::NumberBackwards => "dated",
            Refusal::NumberUnknown => "behind",
            Refusal::NumberNotReserved => "reserved",
            Refusal::Desk(fault) => fault.field(),
            Refusal::Plan(_) => "plan",
            Refusal::Content(faults) => faults.first().map_or("", |fault| fault.field()),
            Refusal::TooLong { field, .. }
            | Refusal::NothingChosen { field }
            | Refusal::TooMany { field, .. }
            | Refusal::NotHere { field } => field,
            Refusal::NoSigner => "signer",
            Refusal::GroupTaken => "name",
            Refusal::CodeUnknown => "code",
            Refusal::NoticeUnknown => "notice",
            Refusal::NothingToSign => "body",
            Refusal::File(_) => "file",
            Refusal::Work(fault) => fault.field(),
            Refusal::Record(fault) => fault.field(),
            _ => "",
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Refusal::Nothing => StatusCode::NOT_FOUND,
            Refusal::ReasonMissing
            | Refusal::ReservedTooMany { .. }
            | Refusal::Desk(_)
            | Refusal::Plan(_)
            | Refusal::Content(_)
            | Refusal::TooLong { .. }
            | Refusal::NothingChosen { .. }
            | Refusal::TooMany { .. }
            | Refusal::NotHere { .. }
            | Refusal::NoticeUnknown
            | Refusal::CodeUnknown => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::Work(fault) if !fault.field().is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::Record(fault) if !fault.field().is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::File(refusal) => {
                StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY)
            }
            Refusal::Store(_) | Refusal::Press(_) => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::CONFLICT,
        }
    }

    /// The key of its sentence.
    fn word(&self) -> &'static str {
        match self {
            Refusal::Nothing => "office-refusal-nothing",
            Refusal::NoBook => "office-refusal-no-book",
            Refusal::BookLocked => "office-refusal-book-locked",
            Refusal::BookOfAnotherYear => "office-refusal-book-of-another-year",
            Refusal::BookBegun => "office-refusal-book-begun",
            Refusal::NumberBackwards => "office-refusal-number-backwards",
            Refusal::NumberUnknown => "office-refusal-number-unknown",
            Refusal::NumberNotReserved => "office-refusal-number-not-reserved",
            Refusal::NumberVoid => "office-refusal-number-void",
            Refusal::ReservedTooMany { .. } => "office-refusal-reserved-too-many",
            Refusal::ReasonMissing => "office-refusal-reason-missing",
            Refusal::ChangedMeanwhile => "office-refusal-changed-meanwhile",
            Refusal::NotNow(_) => "office-refusal-not-now",
            Refusal::NoDesk => "office-refusal-no-desk",
            Refusal::Desk(fault) => fault.word(),
            Refusal::Plan(PlanFault::Line) => "office-refusal-plan-line",
            Refusal::Plan(PlanFault::Types) => "office-refusal-plan-types",
            Refusal::Plan(PlanFault::Symbols) => "office-refusal-plan-symbols",
            Refusal::Content(faults) => {
                faults.first().map_or("office-refusal-nothing", |fault| fault.word())
            }
            Refusal::TooLong { .. } => "office-refusal-too-long",
            Refusal::NothingChosen { .. } => "office-refusal-nothing-chosen",
            Refusal::TooMany { .. } => "office-refusal-too-many",
            Refusal::NotHere { .. } => "office-refusal-not-here",
            Refusal::NothingToSign => "office-refusal-nothing-to-sign",
            Refusal::NoRecipients => "office-refusal-no-recipients",
            Refusal::RecipientsClosed { .. } => "office-refusal-recipients-closed",
            Refusal::RecipientsUnknown => "office-refusal-recipients-unknown",
            Refusal::PacketSignature(SigningFault::Sign(_)) | Refusal::Trust(_) => {
                "office-refusal-key"
            }
            Refusal::Packet(_) | Refusal::PacketSignature(_) => "office-refusal-packet",
            Refusal::NoSigner => "office-refusal-no-signer",
            Refusal::NoSeal => "office-refusal-no-seal",
            Refusal::NoPress => "office-refusal-no-press",
            Refusal::Press(_) => "office-refusal-press",
            Refusal::Places(_) => "office-refusal-places",
            Refusal::GroupTaken => "office-refusal-group-taken",
            Refusal::CodeUnknown => "office-refusal-code-unknown",
            Refusal::NoticeUnknown => "office-refusal-notice-unknown",
            Refusal::Signing(_) => "office-refusal-signing",
            Refusal::Work(fault) => fault.word(),
            Refusal::Record(fault) => fault.word(),
            Refusal::Axis(_) => "office-refusal-axis",
            Refusal::File(_) => "office-refusal-file",
            Refusal::Store(_) => "office-refusal-store",
        }
    }

    fn args(&self) -> Vec<(&'static str, Word)> {
        match self {
            Refusal::ReservedTooMany { limit } => vec![("limit", Word::from(*limit))],
            Refusal::RecipientsClosed { codes } => vec![("codes", codes.into())],
            Refusal::TooLong { limit, .. } | Refusal::TooMany { limit, .. } => {
                vec![("limit", Word::from(*limit))]
            }
            _ => Vec::new(),
        }
    }
}

/// For pages and programs alike, when no form is at hand in which it could be mended.
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::Store(error) => Problem::from(error),
            Refusal::Nothing => Problem::not_found(),
            Refusal::Signing(refusal) => refusal.into(),
            _ => told(&refusal),
        }
    }
}

impl From<signing::Refusal> for Refusal {
    fn from(refusal: signing::Refusal) -> Refusal {
        match refusal {
            signing::Refusal::Nothing => Refusal::Nothing,
            signing::Refusal::Store(error) => Refusal::Store(error),
            _ => Refusal::Signing(refusal),
        }
    }
}

impl From<axis::Refusal> for Refusal {
    fn from(refusal: axis::Refusal) -> Refusal {
        match refusal {
            axis::Refusal::Nothing => Refusal::Nothing,
            axis::Refusal::Store(error) => Refusal::Store(error),
            _ => Refusal::Axis(refusal),
        }
    }
}

fn told(refusal: &Refusal) -> Problem {
    let word = refusal.word();
    let kind = word.strip_prefix(PREFIX).unwrap_or(word);
    Problem::refused(refusal.status(), kind, HEADING, word, &refusal.args())
        .next(crate::HERE, "office-to-outgoing")
}
