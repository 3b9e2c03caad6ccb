//! Every way this capability says no: the list of its business rules.

use axum::http::StatusCode;
use jiff::Timestamp;
use platform::files::FileRefusal;
use platform::outside::PressError;
use platform::store::StoreError;
use platform::web::{Problem, Saved};
use platform::words::Word;

use crate::due::DueFault;
use crate::event::EventKind;
use crate::status::Status;

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    #[error("there is no such dossier, or none this person may know of")]
    NotFound,
    #[error("somebody else acted meanwhile")]
    ChangedMeanwhile { by: String, at: Timestamp, what: EventKind },
    #[error("the status {status:?} does not allow this")]
    NotNow { status: Status },
    #[error("the request is not complete")]
    Incomplete,
    #[error("the answer to a request for a supplement holds nothing new")]
    NothingGiven,
    #[error("nothing new is filed under this procedure at present")]
    ProcedureClosed,
    #[error("the procedure has no form to fill in online")]
    NotOnline,
    #[error("this agency takes no dossiers of this procedure in online")]
    AgencyNotReceiving,
    #[error("the applicant was asked for supplements {times_max} times already")]
    SupplementAskedAlready { times_max: u32 },
    #[error("the applicant has until {answer_by} to answer")]
    AnswerTimeNotOver { answer_by: Timestamp },
    #[error("the office named a new day {times_max} times already")]
    ReappointedAlready { times_max: u32 },
    #[error("the new day must be later than {due}")]
    NewDayNotLater { due: Timestamp },
    #[error("apologies are sent before the due date has passed")]
    DueAlreadyPassed { due: Timestamp },
    #[error("the limit is given in words only: a person has to name the day")]
    DueDateNeeded,
    #[error("the approved result waits for its signatures")]
    AwaitsSignature,
    #[error("the signing ended a moment ago")]
    SigningOver,
    #[error("there is no step to hand the dossier to")]
    NoSuchStep,
    #[error("the result is rated already")]
    RatedAlready,
    #[error("the draft was sent already")]
    SentAlready,
    #[error("a draft changed on another device")]
    DraftChanged { at: Timestamp },
    #[error("somebody else changed the calendar meanwhile")]
    CalendarChanged,
    #[error("too many wrong guesses")]
    TooManyTries { wait_seconds: u32 },
    #[error("the form of the procedure does not read: {0}")]
    FormBroken(String),
    #[error("the due date cannot be reckoned: {0}")]
    Due(#[from] DueFault),
    #[error(transparent)]
    Press(#[from] PressError),
    #[error("the paper cannot be put before those who sign it: {0}")]
    NotSubmitted(String),
    #[error(transparent)]
    File(#[from] FileRefusal),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<signing::Refusal> for Refusal {
    fn from(refusal: signing::Refusal) -> Refusal {
        match refusal {
            signing::Refusal::Store(error) => Refusal::Store(error),
            other => Refusal::NotSubmitted(other.to_string()),
        }
    }
}

/// The one table of statuses and words.
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::not_found(),
            Refusal::CalendarChanged => Problem::changed_meanwhile(),
            Refusal::TooManyTries { wait_seconds } => Problem::too_often(wait_seconds),
            Refusal::FormBroken(cause) => Problem::broken(&cause),
            Refusal::Store(error) => error.into(),
            // The store speaks for itself: above all when it cannot know what it kept.
            Refusal::File(FileRefusal::Store(error)) => error.into(),
            Refusal::File(refusal) => file_problem(&refusal),
            Refusal::NotSubmitted(cause) => Problem::broken(&cause),
            Refusal::Press(error) => press_problem(&error),
            Refusal::Due(fault) => told(&Refusal::Due(fault.clone())).because(&fault.to_string()),
            other => told(&other),
        }
    }
}

/// A rule of the business said no; what was typed is still in the form one goes back to.
fn told(refusal: &Refusal) -> Problem {
    let (kind, title, detail) = words(refusal);
    let saved = match refusal {
        Refusal::ChangedMeanwhile { .. } | Refusal::DraftChanged { .. } => Saved::No,
        _ => Saved::Nothing,
    };
    Problem::refused(StatusCode::CONFLICT, kind, title, detail, &values(refusal)).saved(saved)
}

/// The stable word for programs, and the keys of title and sentence.
fn words(refusal: &Refusal) -> (&'static str, &'static str, &'static str) {
    match refusal {
        Refusal::ChangedMeanwhile { .. } => {
            ("dossier-changed", "dossiers-refusal-changed", "dossiers-refusal-changed-detail")
        }
        Refusal::NotNow { .. } => {
            ("not-now", "dossiers-refusal-not-now", "dossiers-refusal-not-now-detail")
        }
        Refusal::Incomplete => {
            ("incomplete", "dossiers-refusal-incomplete", "dossiers-refusal-incomplete-detail")
        }
        Refusal::NothingGiven => {
            ("nothing-given", "dossiers-refusal-nothing", "dossiers-refusal-nothing-detail")
        }
        Refusal::ProcedureClosed => (
            "procedure-closed",
            "dossiers-refusal-procedure-closed",
            "dossiers-refusal-procedure-closed-detail",
        ),
        Refusal::NotOnline => {
            ("not-online", "dossiers-refusal-not-online", "dossiers-refusal-not-online-detail")
        }
        Refusal::AgencyNotReceiving => {
            ("agency-not-receiving", "dossiers-refusal-agency", "dossiers-refusal-agency-detail")
        }
        Refusal::SupplementAskedAlready { .. } => (
            "supplement-asked-already",
            "dossiers-refusal-supplement-asked",
            "dossiers-refusal-supplement-asked-detail",
        ),
        Refusal::AwaitsSignature => (
            "awaits-signature",
            "dossiers-refusal-awaits-signature",
            "dossiers-refusal-awaits-signature-detail",
        ),
        Refusal::SigningOver => (
            "signing-over",
            "dossiers-refusal-signing-over",
            "dossiers-refusal-signing-over-detail",
        ),
        Refusal::NoSuchStep => {
            ("no-such-step", "dossiers-refusal-no-step", "dossiers-refusal-no-step-detail")
        }
        Refusal::RatedAlready => {
            ("rated-already", "dossiers-refusal-rated", "dossiers-refusal-rated-detail")
        }
        Refusal::SentAlready => {
            ("sent-already", "dossiers-refusal-sent", "dossiers-refusal-sent-detail")
        }
        Refusal::DraftChanged { .. } => (
            "draft-changed",
            "dossiers-refusal-draft-changed",
            "dossiers-refusal-draft-changed-detail",
        ),
        other => words_of_days(other),
    }
}

/// The same of days and deadlines.
fn words_of_days(refusal: &Refusal) -> (&'static str, &'static str, &'static str) {
    match refusal {
        Refusal::AnswerTimeNotOver { .. } => (
            "answer-time-not-over",
            "dossiers-refusal-answer-time",
            "dossiers-refusal-answer-time-detail",
        ),
        Refusal::ReappointedAlready { .. } => (
            "reappointed-already",
            "dossiers-refusal-reappointed",
            "dossiers-refusal-reappointed-detail",
        ),
        Refusal::NewDayNotLater { .. } => {
            ("day-not-later", "dossiers-refusal-day", "dossiers-refusal-day-detail")
        }
        Refusal::DueAlreadyPassed { .. } => {
            ("due-passed", "dossiers-refusal-due-passed", "dossiers-refusal-due-passed-detail")
        }
        Refusal::DueDateNeeded => {
            ("due-date-needed", "dossiers-refusal-due-needed", "dossiers-refusal-due-needed-detail")
        }
        // A limit that cannot be counted; the others never come here.
        _ => {
            ("due-not-reckoned", "dossiers-refusal-due-fault", "dossiers-refusal-due-fault-detail")
        }
    }
}

fn values(refusal: &Refusal) -> Vec<(&'static str, Word)> {
    match refusal {
        Refusal::ChangedMeanwhile { by, at, what } => {
            vec![("by", by.into()), ("at", moment(*at)), ("what", what.word().into())]
        }
        Refusal::NotNow { status } => vec![("status", status.word().into())],
        Refusal::SupplementAskedAlready { times_max }
        | Refusal::ReappointedAlready { times_max } => vec![("times", (*times_max).into())],
        Refusal::AnswerTimeNotOver { answer_by } => vec![("until", moment(*answer_by))],
        Refusal::NewDayNotLater { due } | Refusal::DueAlreadyPassed { due } => {
            vec![("due", moment(*due))]
        }
        Refusal::DraftChanged { at } => vec![("at", moment(*at))],
        _ => Vec::new(),
    }
}

/// Where there is no form to show the sentence in.
fn file_problem(refusal: &FileRefusal) -> Problem {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let (title, detail) = ("dossiers-refusal-file", "dossiers-refusal-file-detail");
    Problem::refused(status, "file", title, detail, &[]).because(&refusal.to_string())
}

/// Nothing is printed at this moment; the page of the paper remains.
pub(crate) fn press_problem(error: &PressError) -> Problem {
    let status = StatusCode::SERVICE_UNAVAILABLE;
    let (title, detail) = ("dossiers-refusal-press", "dossiers-refusal-press-detail");
    let said = Problem::refused(status, "no-press", title, detail, &[]);
    match error {
        PressError::NotInstalled => said,
        other => said.because(&other.to_string()),
    }
}

/// A moment inside a problem is written the same in both languages: 21/11/2026 14:32.
fn moment(at: Timestamp) -> Word {
    let at = platform::clock::local(at);
    Word::from(at.strftime("%d/%m/%Y %H:%M").to_string())
}
