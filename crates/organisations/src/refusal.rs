//! Every way the catalogue says no: what happened, and what to do next.

use axum::http::StatusCode;
use jiff::civil::Date;
use platform::store::StoreError;
use platform::web::Problem;
use platform::words::{Speech, Word};

use crate::code::{Code, CodeFault};
use crate::contact::ContactFault;
use crate::name::NameFault;
use crate::sheet::RowFault;

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    #[error("there is no such unit, or it is not this officer's to know of")]
    NoSuchUnit,
    #[error("only the agency above changes this unit itself")]
    OwnUnit,
    #[error("only the agency that issues level 1 may do this")]
    LevelOneIsIssuedAbove,
    #[error("somebody else changed the unit meanwhile")]
    ChangedMeanwhile,
    #[error("the code is wrong: {0}")]
    CodeWrong(#[from] CodeFault),
    #[error("the code {code} means or meant {holder}")]
    CodeTaken { code: Code, holder: String },
    #[error("no unit has the code {code}, which is the one above")]
    NothingAbove { code: Code },
    #[error("the code lies below the unit that is to be moved")]
    BelowItself,
    #[error("a unit of this kind cannot stand there")]
    KindMisplaced,
    #[error("the name is wrong: {0}")]
    NameWrong(#[from] NameFault),
    #[error("the contact points are wrong")]
    ContactWrong(Vec<ContactFault>),
    #[error("the last day lies before the first")]
    EndsBeforeItBegins,
    #[error("the unit above ends before")]
    OutlivesTheUnitAbove { above: String },
    #[error("the unit ended on {on}")]
    AlreadyClosed { on: Date },
    #[error("the unit has not been closed")]
    NotClosed,
    #[error("{count} units below it would outlive it")]
    UnitsBelowInForce { count: i64 },
    #[error("no unit has the successor's code {code}")]
    NoSuchSuccessor { code: String },
    #[error("no unit has the code {code} that is to be replaced")]
    NoSuchReplaced { code: String },
    #[error("the commune with the statistics code {gso} has the code {code}")]
    GsoTaken { gso: String, code: Code },
    #[error("a unit cannot succeed itself")]
    SucceedsItself,
    #[error("the successor {code} is not in force on the day after")]
    SuccessorNotInForce { code: Code },
    #[error("nothing of it would change")]
    NothingChanged,
    #[error("this code is not an alias of the unit")]
    NoSuchAlias,
    #[error("the file cannot be read as a catalogue: {reason}")]
    SheetUnreadable { reason: String },
    #[error("the file has no column {column}")]
    ColumnMissing { column: &'static str },
    #[error("the file has more than {limit} rows")]
    SheetTooLong { limit: usize },
    #[error(transparent)]
    RowWrong(#[from] RowFault),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The heading over every refusal that is shown as a page of its own.
const HEADING: &str = "organisations-refused";
const PREFIX: &str = "organisations-refusal-";

impl Refusal {
    /// The sentence that stands at the field or on the page.
    pub fn sentence(&self, speech: &Speech) -> String {
        match self {
            Refusal::ContactWrong(faults) => faults
                .iter()
                .map(|fault| speech.t(contact_word(*fault)))
                .collect::<Vec<_>>()
                .join(" "),
            Refusal::AlreadyClosed { on } => {
                speech.with(self.word(), &[("on", speech.date(*on).into())])
            }
            _ => speech.with(self.word(), &self.args()),
        }
    }

    /// Under which field of a form the sentence belongs; `""` when no field would mend it.
    pub fn field(&self) -> &'static str {
        match self {
            Refusal::CodeWrong(_)
            | Refusal::CodeTaken { .. }
            | Refusal::NothingAbove { .. }
            | Refusal::BelowItself
            | Refusal::NoSuchAlias
            | Refusal::NoSuchReplaced { .. }
            | Refusal::GsoTaken { .. }
            | Refusal::LevelOneIsIssuedAbove => "identifier",
            Refusal::KindMisplaced => "kind",
            Refusal::NameWrong(_) | Refusal::NothingChanged => "name",
            Refusal::EndsBeforeItBegins
            | Refusal::OutlivesTheUnitAbove { .. }
            | Refusal::AlreadyClosed { .. } => "last_day",
            Refusal::UnitsBelowInForce { .. } => "with_children",
            Refusal::NoSuchSuccessor { .. }
            | Refusal::SucceedsItself
            | Refusal::SuccessorNotInForce { .. } => "successors",
            Refusal::SheetUnreadable { .. }
            | Refusal::ColumnMissing { .. }
            | Refusal::SheetTooLong { .. }
            | Refusal::RowWrong(_) => "sheet",
            Refusal::ContactWrong(faults) => faults.first().map_or("address", contact_field),
            Refusal::NoSuchUnit
            | Refusal::OwnUnit
            | Refusal::ChangedMeanwhile
            | Refusal::NotClosed
            | Refusal::Store(_) => "",
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Refusal::NoSuchUnit => StatusCode::NOT_FOUND,
            Refusal::OwnUnit | Refusal::LevelOneIsIssuedAbove => StatusCode::FORBIDDEN,
            Refusal::ChangedMeanwhile
            | Refusal::CodeTaken { .. }
            | Refusal::GsoTaken { .. }
            | Refusal::AlreadyClosed { .. }
            | Refusal::NotClosed
            | Refusal::UnitsBelowInForce { .. }
            | Refusal::SuccessorNotInForce { .. } => StatusCode::CONFLICT,
            Refusal::CodeWrong(_)
            | Refusal::NothingAbove { .. }
            | Refusal::BelowItself
            | Refusal::KindMisplaced
            | Refusal::NameWrong(_)
            | Refusal::ContactWrong(_)
            | Refusal::EndsBeforeItBegins
            | Refusal::OutlivesTheUnitAbove { .. }
            | Refusal::NoSuchSuccessor { .. }
            | Refusal::NoSuchReplaced { .. }
            | Refusal::SucceedsItself
            | Refusal::NothingChanged
            | Refusal::NoSuchAlias
            | Refusal::SheetUnreadable { .. }
            | Refusal::ColumnMissing { .. }
            | Refusal::SheetTooLong { .. }
            | Refusal::RowWrong(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The key of its sentence.
    fn word(&self) -> &'static str {
        match self {
            Refusal::NoSuchUnit => "organisations-refusal-no-such-unit",
            Refusal::OwnUnit => "organisations-refusal-own-unit",
            Refusal::LevelOneIsIssuedAbove => "organisations-refusal-level-one",
            Refusal::ChangedMeanwhile => "organisations-refusal-changed-meanwhile",
            Refusal::CodeWrong(fault) => code_word(*fault),
            Refusal::CodeTaken { .. } => "organisations-refusal-code-taken",
            Refusal::NothingAbove { .. } => "organisations-refusal-nothing-above",
            Refusal::BelowItself => "organisations-refusal-below-itself",
            Refusal::KindMisplaced => "organisations-refusal-kind-misplaced",
            Refusal::NameWrong(NameFault::Empty) => "organisations-refusal-name-empty",
            Refusal::NameWrong(NameFault::TooLong) => "organisations-refusal-name-too-long",
            Refusal::ContactWrong(faults) => faults
                .first()
                .map_or("organisations-refusal-address-too-long", |one| contact_word(*one)),
            Refusal::EndsBeforeItBegins => "organisations-refusal-ends-before",
            Refusal::OutlivesTheUnitAbove { .. } => "organisations-refusal-outlives",
            Refusal::AlreadyClosed { .. } => "organisations-refusal-already-closed",
            Refusal::NotClosed => "organisations-refusal-not-closed",
            Refusal::UnitsBelowInForce { .. } => "organisations-refusal-units-below",
            Refusal::NoSuchSuccessor { .. } => "organisations-refusal-no-such-successor",
            Refusal::NoSuchReplaced { .. } => "organisations-refusal-no-such-replaced",
            Refusal::GsoTaken { .. } => "organisations-refusal-gso-taken",
            Refusal::SucceedsItself => "organisations-refusal-succeeds-itself",
            Refusal::SuccessorNotInForce { .. } => "organisations-refusal-successor-ended",
            Refusal::NothingChanged => "organisations-refusal-nothing-changed",
            Refusal::NoSuchAlias => "organisations-refusal-no-such-alias",
            Refusal::SheetUnreadable { .. } => "organisations-refusal-sheet-unreadable",
            Refusal::ColumnMissing { .. } => "organisations-refusal-column-missing",
            Refusal::SheetTooLong { .. } => "organisations-refusal-sheet-too-long",
            Refusal::RowWrong(fault) => row_word(fault),
            Refusal::Store(_) => "organisations-refusal-store",
        }
    }

    fn args(&self) -> Vec<(&'static str, Word)> {
        match self {
            Refusal::CodeTaken { code, holder } => {
                vec![("code", code.as_str().into()), ("holder", holder.into())]
            }
            Refusal::NothingAbove { code } | Refusal::SuccessorNotInForce { code } => {
                vec![("code", code.as_str().into())]
            }
            Refusal::OutlivesTheUnitAbove { above } => vec![("above", above.into())],
            Refusal::AlreadyClosed { on } => {
                vec![("on", on.strftime("%d/%m/%Y").to_string().into())]
            }
            Refusal::UnitsBelowInForce { count } => vec![("count", (*count).into())],
            Refusal::NoSuchSuccessor { code } | Refusal::NoSuchReplaced { code } => {
                vec![("code", code.into())]
            }
            Refusal::GsoTaken { gso, code } => {
                vec![("gso", gso.into()), ("code", code.as_str().into())]
            }
            Refusal::SheetUnreadable { reason } => vec![("reason", reason.into())],
            Refusal::ColumnMissing { column } => vec![("column", (*column).into())],
            Refusal::SheetTooLong { limit } => vec![("limit", (*limit).into())],
            Refusal::RowWrong(fault) => row_args(fault),
            _ => Vec::new(),
        }
    }
}

/// For pages and programs alike, when no form is at hand in which it could be mended.
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::Store(error) => Problem::from(error),
            Refusal::NoSuchUnit => Problem::not_found(),
            _ => {
                let word = refusal.word();
                let kind = word.strip_prefix(PREFIX).unwrap_or(word);
                Problem::refused(refusal.status(), kind, HEADING, word, &refusal.args())
            }
        }
    }
}

fn code_word(fault: CodeFault) -> &'static str {
    match fault {
        CodeFault::Empty => "organisations-refusal-code-empty",
        CodeFault::TooLong => "organisations-refusal-code-too-long",
        CodeFault::Unprintable => "organisations-refusal-code-unprintable",
        CodeFault::NotStandard => "organisations-refusal-code-not-standard",
        CodeFault::NoSuchBranch => "organisations-refusal-code-no-branch",
    }
}

fn contact_word(fault: ContactFault) -> &'static str {
    match fault {
        ContactFault::AddressTooLong => "organisations-refusal-address-too-long",
        ContactFault::PhoneUnreadable => "organisations-refusal-phone-unreadable",
        ContactFault::EmailUnreadable => "organisations-refusal-email-unreadable",
        ContactFault::WorkingHoursTooLong => "organisations-refusal-hours-too-long",
        ContactFault::MapLinkUnreadable => "organisations-refusal-map-unreadable",
    }
}

pub(crate) fn contact_field(fault: &ContactFault) -> &'static str {
    match fault {
        ContactFault::AddressTooLong => "address",
        ContactFault::PhoneUnreadable => "phone",
        ContactFault::EmailUnreadable => "email",
        ContactFault::WorkingHoursTooLong => "working_hours",
        ContactFault::MapLinkUnreadable => "map_link",
    }
}

fn row_word(fault: &RowFault) -> &'static str {
    match fault {
        RowFault::NotText => "organisations-refusal-row-not-text",
        RowFault::CellTooLong { .. } => "organisations-refusal-row-cell-too-long",
        RowFault::KindUnknown { .. } => "organisations-refusal-row-kind-unknown",
        RowFault::DateUnreadable { .. } => "organisations-refusal-row-date-unreadable",
        RowFault::NeitherYesNorNo { .. } => "organisations-refusal-row-neither-yes-nor-no",
        RowFault::GsoUnreadable { .. } => "organisations-refusal-row-gso-unreadable",
        RowFault::ParentDiffers { .. } => "organisations-refusal-row-parent-differs",
        RowFault::KindDiffers { .. } => "organisations-refusal-row-kind-differs",
        RowFault::CodeTwice { .. } => "organisations-refusal-row-code-twice",
    }
}

fn row_args(fault: &RowFault) -> Vec<(&'static str, Word)> {
    match fault {
        RowFault::NotText => Vec::new(),
        RowFault::CellTooLong { column } => vec![("column", (*column).into())],
        RowFault::KindUnknown { text }
        | RowFault::NeitherYesNorNo { text }
        | RowFault::GsoUnreadable { text } => vec![("text", text.into())],
        RowFault::DateUnreadable { column, text } => {
            vec![("column", (*column).into()), ("text", text.into())]
        }
        RowFault::ParentDiffers { code, above } => {
            vec![("code", code.as_str().into()), ("above", above.into())]
        }
        RowFault::KindDiffers { kind } => vec![("kind", kind.as_str().into())],
        RowFault::CodeTwice { line } => vec![("line", (*line).into())],
    }
}
