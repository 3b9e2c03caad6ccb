//! Every way this capability says no: what happened, and what to do next.

use axum::http::StatusCode;
use platform::files::FileRefusal;
use platform::store::StoreError;
use platform::web::Problem;
use platform::words::{Speech, Word};

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
        speech.with(self.word(), &self.args())
    }

    /// Under which field of a form the sentence belongs; `""` when no field would mend it.
    pub fn field(&self) -> &'static str {
        match self {
            Refusal::ReasonMissing => "reason",
            Refusal::ReservedTooMany { .. } => "count",
            Refusal::NumberBackwards => "dated",
            Refusal::NumberUnknown => "behind",
            Refusal::NumberNotReserved => "reserved",
            _ => "",
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Refusal::Nothing => StatusCode::NOT_FOUND,
            Refusal::ReasonMissing | Refusal::ReservedTooMany { .. } | Refusal::File(_) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Refusal::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
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
            Refusal::File(_) => "office-refusal-file",
            Refusal::Store(_) => "office-refusal-store",
        }
    }

    fn args(&self) -> Vec<(&'static str, Word)> {
        match self {
            Refusal::ReservedTooMany { limit } => vec![("limit", Word::from(*limit))],
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
            _ => told(&refusal),
        }
    }
}

fn told(refusal: &Refusal) -> Problem {
    let word = refusal.word();
    let kind = word.strip_prefix(PREFIX).unwrap_or(word);
    Problem::refused(refusal.status(), kind, HEADING, word, &refusal.args())
        .next(crate::HERE, "office-to-outgoing")
}
