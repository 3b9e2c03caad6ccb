//! Every way this capability says no: what happened, and what to do next.

use axum::http::StatusCode;
use platform::files::FileRefusal;
use platform::store::StoreError;
use platform::web::Problem;
use platform::words::{Speech, Word};
use trust::clockwork::TimeFault;
use trust::signing::DraftFault;
use trust::verdict::Reason;
use wire::pdf::fill::FillFault;

use crate::remote::RemoteFault;
use crate::submission::State;
use crate::take_back::ReturnedFault;
use crate::{delegation, letter, picture};

#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("there is no such thing, or it is not this officer's to know of")]
    Nothing,
    #[error("a document has between one and twelve signatories")]
    SignatoriesWrong,
    #[error("the agency seals only what the competent person signed before")]
    SealBeforePerson,
    #[error("the submission has no title, is too long, or its file is not the PDF it names")]
    SubmissionWrong,
    #[error("somebody else signed or changed it meanwhile")]
    ChangedMeanwhile,
    #[error("the file is not the one that was shown")]
    FileChanged,
    #[error("others sign before")]
    NotYourTurn,
    #[error("it has ended: {0:?}")]
    Ended(State),
    #[error("nothing was chosen")]
    NothingChosen,
    #[error("more than {limit} at once")]
    TooMany { limit: usize },
    #[error("no certificate in force")]
    NoCertificate,
    #[error("the key of the certificate is not kept here")]
    KeyElsewhere,
    #[error("the agency has no seal in force")]
    NoSeal,
    #[error("the delegation is over or does not cover this")]
    DelegationOver,
    #[error("the file cannot be read, or a signature on it is not valid: {}", codes(.0))]
    StandingSignature(Vec<Reason>),
    #[error("what was signed does not hold: {}", codes(.0))]
    NotValid(Vec<Reason>),
    #[error("no signed time: {0}")]
    NoTime(#[from] TimeFault),
    #[error("the file cannot be signed: {0}")]
    NotSignable(#[from] DraftFault),
    #[error("what it follows is not signed, is of another unit, or is sealed already")]
    FormerOpen,
    #[error("the file is not what was signed before with number and date, and nothing else")]
    FormerChanged,
    #[error("the document has no places for number and date")]
    NoFields,
    #[error("number and date cannot be filled in: {0}")]
    Unfillable(FillFault),
    #[error("no serif font with Vietnamese letters is installed")]
    NoFont,
    #[error("a sitting is open already")]
    SittingOpen,
    #[error("there is no reason")]
    ReasonMissing,
    #[error("a rule for these papers is in force already")]
    RuleTaken,
    #[error("the last day lies before the first, or before today")]
    DatesReversed,
    #[error("no kind of paper was chosen")]
    ScopeMissing,
    #[error(transparent)]
    Picture(#[from] picture::Fault),
    #[error(transparent)]
    Delegation(#[from] delegation::Fault),
    #[error(transparent)]
    Letter(#[from] letter::Fault),
    #[error(transparent)]
    Returned(#[from] ReturnedFault),
    #[error("the ticket is used up, over, or none of ours")]
    TicketOver,
    #[error(transparent)]
    Remote(#[from] RemoteFault),
    #[error(transparent)]
    Confirm(identity::Refusal),
    #[error(transparent)]
    Trust(trust::Refusal),
    #[error(transparent)]
    File(FileRefusal),
    #[error(transparent)]
    Store(#[from] StoreError),
}

const HEADING: &str = "signing-refused";
const PREFIX: &str = "signing-refusal-";

impl Refusal {
    /// The sentence that stands at the field or on the page.
    pub fn sentence(&self, speech: &Speech) -> String {
        match self {
            Refusal::Confirm(refusal) => {
                refusal.told(speech).unwrap_or_else(|| speech.t("signing-refusal-confirm"))
            }
            Refusal::Returned(fault) => fault.sentence(speech),
            Refusal::StandingSignature(reasons) | Refusal::NotValid(reasons) => {
                let why = reasons.first().map(|one| trust::sentence::of_reason(one, speech));
                let why = why.unwrap_or_else(|| speech.t("signing-refusal-unexpected"));
                speech.with(self.word(), &[("reason", why.into())])
            }
            _ => speech.with(self.word(), &self.args()),
        }
    }

    /// Under which field of a form the sentence belongs; `""` when no field would mend it.
    pub fn field(&self) -> &'static str {
        match self {
            Refusal::Confirm(_) => "code",
            Refusal::Picture(fault) => fault.field(),
            Refusal::Delegation(fault) => fault.field(),
            Refusal::Letter(fault) => fault.field(),
            Refusal::Remote(fault) => fault.field(),
            Refusal::Returned(_) => "tep",
            Refusal::ReasonMissing => "reason",
            Refusal::NothingChosen | Refusal::TooMany { .. } => "chosen",
            Refusal::DatesReversed => "to",
            Refusal::ScopeMissing | Refusal::RuleTaken => "scope",
            _ => "",
        }
    }

    /// Whether the same may go well in a while without anybody's doing.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Refusal::NoTime(_)
                | Refusal::Store(_)
                | Refusal::File(FileRefusal::Store(_))
                | Refusal::Trust(trust::Refusal::Signing(_) | trust::Refusal::Store(_))
        )
    }

    fn status(&self) -> StatusCode {
        match self {
            Refusal::Nothing => StatusCode::NOT_FOUND,
            Refusal::ChangedMeanwhile
            | Refusal::FileChanged
            | Refusal::NotYourTurn
            | Refusal::Ended(_)
            | Refusal::NoCertificate
            | Refusal::KeyElsewhere
            | Refusal::NoSeal
            | Refusal::DelegationOver
            | Refusal::StandingSignature(_)
            | Refusal::FormerOpen
            | Refusal::FormerChanged
            | Refusal::SittingOpen
            | Refusal::TicketOver
            | Refusal::RuleTaken => StatusCode::CONFLICT,
            Refusal::Letter(fault) if fault.is_passing() => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::Letter(fault) if fault.field().is_empty() => StatusCode::CONFLICT,
            Refusal::Remote(fault) if fault.is_passing() => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::NoTime(_)
            | Refusal::NoFont
            | Refusal::Store(_)
            | Refusal::File(_)
            | Refusal::Trust(_) => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }

    /// The key of its sentence.
    fn word(&self) -> &'static str {
        match self {
            Refusal::Nothing => "signing-refusal-nothing",
            Refusal::SignatoriesWrong => "signing-refusal-signatories-wrong",
            Refusal::SealBeforePerson => "signing-refusal-seal-before-person",
            Refusal::SubmissionWrong => "signing-refusal-submission-wrong",
            Refusal::ChangedMeanwhile => "signing-refusal-changed-meanwhile",
            Refusal::FileChanged => "signing-refusal-file-changed",
            Refusal::NotYourTurn => "signing-refusal-not-your-turn",
            Refusal::Ended(State::Withdrawn) => "signing-refusal-ended-withdrawn",
            Refusal::Ended(State::Declined) => "signing-refusal-ended-declined",
            Refusal::Ended(_) => "signing-refusal-ended-signed",
            Refusal::NothingChosen => "signing-refusal-nothing-chosen",
            Refusal::TooMany { .. } => "signing-refusal-too-many",
            Refusal::NoCertificate => "signing-refusal-no-certificate",
            Refusal::KeyElsewhere => "signing-refusal-key-elsewhere",
            Refusal::NoSeal => "signing-refusal-no-seal",
            Refusal::DelegationOver => "signing-refusal-delegation-over",
            Refusal::StandingSignature(_) => "signing-refusal-standing-signature",
            Refusal::NotValid(_) => "signing-refusal-not-valid",
            Refusal::NoTime(_) => "signing-refusal-no-time",
            Refusal::NotSignable(_) => "signing-refusal-not-signable",
            Refusal::FormerOpen => "signing-refusal-former-open",
            Refusal::FormerChanged => "signing-refusal-former-changed",
            Refusal::NoFields => "signing-refusal-no-fields",
            Refusal::Unfillable(FillFault::TooWide | FillFault::Value) => {
                "signing-refusal-number-unfit"
            }
            Refusal::Unfillable(_) => "signing-refusal-unfillable",
            Refusal::NoFont => "signing-refusal-no-font",
            Refusal::SittingOpen => "signing-refusal-sitting-open",
            Refusal::ReasonMissing => "signing-refusal-reason-missing",
            Refusal::RuleTaken => "signing-refusal-rule-taken",
            Refusal::DatesReversed => "signing-refusal-dates-reversed",
            Refusal::ScopeMissing => "signing-refusal-scope-missing",
            Refusal::Picture(fault) => fault.word(),
            Refusal::Delegation(fault) => fault.word(),
            Refusal::Letter(fault) => fault.word(),
            Refusal::Returned(fault) => fault.word(),
            Refusal::TicketOver => "signing-workstation-ticket-over",
            Refusal::Remote(fault) => fault.word(),
            Refusal::Confirm(_) => "signing-refusal-confirm",
            Refusal::Trust(_) => "signing-refusal-key",
            Refusal::File(_) => "signing-refusal-file",
            Refusal::Store(_) => "signing-refusal-store",
        }
    }

    fn args(&self) -> Vec<(&'static str, Word)> {
        match self {
            Refusal::TooMany { limit } => vec![("limit", Word::from(*limit))],
            Refusal::Returned(fault) => vec![("detail", fault.detail().into())],
            Refusal::Remote(fault) => vec![("detail", fault.detail().into())],
            Refusal::StandingSignature(reasons) | Refusal::NotValid(reasons) => {
                vec![("reason", codes(reasons).into())]
            }
            _ => Vec::new(),
        }
    }
}

/// For machines and logs.
fn codes(reasons: &[Reason]) -> String {
    let codes: Vec<&str> = reasons.iter().map(Reason::code).collect();
    codes.join(", ")
}

impl From<FileRefusal> for Refusal {
    fn from(refusal: FileRefusal) -> Refusal {
        Refusal::File(refusal)
    }
}

impl From<FillFault> for Refusal {
    fn from(fault: FillFault) -> Refusal {
        match fault {
            FillFault::NoSuchField => Refusal::NoFields,
            _ => Refusal::Unfillable(fault),
        }
    }
}

impl From<trust::Refusal> for Refusal {
    fn from(refusal: trust::Refusal) -> Refusal {
        match refusal {
            trust::Refusal::Nothing => Refusal::Nothing,
            trust::Refusal::Store(error) => Refusal::Store(error),
            _ => Refusal::Trust(refusal),
        }
    }
}

/// For pages and programs alike, when no form is at hand in which it could be mended.
impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::Store(error) => Problem::from(error),
            Refusal::Nothing => Problem::not_found(),
            Refusal::Confirm(refusal) => Problem::from(refusal),
            Refusal::NoTime(_)
            | Refusal::Trust(_)
            | Refusal::File(_)
            | Refusal::NotSignable(_)
            | Refusal::NotValid(_) => {
                tracing::error!(%refusal, "a document was not signed");
                told(&refusal)
            }
            _ => told(&refusal),
        }
    }
}

fn told(refusal: &Refusal) -> Problem {
    let word = refusal.word();
    let kind = word.strip_prefix(PREFIX).unwrap_or(word);
    Problem::refused(refusal.status(), kind, HEADING, word, &refusal.args())
        .next(crate::HERE, "signing-to-queue")
}
