//! Every way a change of the catalogue is refused: what happened, and what to do next.

use axum::http::StatusCode;
use platform::store::StoreError;
use platform::web::Problem;
use platform::words::{Speech, Word};

use crate::completeness::Part;

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    #[error("there is no such version, or it is not this officer's to change")]
    NoSuchVersion,
    #[error("somebody else changed the procedure meanwhile")]
    ChangedMeanwhile,
    #[error("only a draft can be published, changed or thrown away")]
    NotADraft,
    #[error("parts that must be published are missing: {missing:?}")]
    Incomplete { missing: Vec<Part> },
    #[error("version {number} begins on that day or later")]
    LaterVersionThere { number: i64 },
    #[error("the version is not in force")]
    NotInForce,
    #[error("the version is not suspended, or its time is over")]
    NotSuspended,
    #[error("it would end before it begins")]
    EndsBeforeItBegins,
    #[error("a draft of this procedure is waiting already")]
    DraftWaiting,
    #[error("nothing of it would change")]
    NothingChanged,
    #[error("no unit has the code of the publishing agency")]
    NoPublisher,
    #[error(transparent)]
    Store(#[from] StoreError),
}

const HEADING: &str = "procedures-refused";

impl Refusal {
    /// The sentence for people.
    pub fn sentence(&self, speech: &Speech) -> String {
        let args = self.args(speech);
        speech.with(self.word(), &args)
    }

    fn word(&self) -> &'static str {
        match self {
            Refusal::NoSuchVersion => "procedures-refusal-no-such-version",
            Refusal::ChangedMeanwhile => "procedures-refusal-changed-meanwhile",
            Refusal::NotADraft => "procedures-refusal-not-a-draft",
            Refusal::Incomplete { .. } => "procedures-refusal-incomplete",
            Refusal::LaterVersionThere { .. } => "procedures-refusal-later-version-there",
            Refusal::NotInForce => "procedures-refusal-not-in-force",
            Refusal::NotSuspended => "procedures-refusal-not-suspended",
            Refusal::EndsBeforeItBegins => "procedures-refusal-ends-before-it-begins",
            Refusal::DraftWaiting => "procedures-refusal-draft-waiting",
            Refusal::NothingChanged => "procedures-refusal-nothing-changed",
            Refusal::NoPublisher => "procedures-refusal-no-publisher",
            Refusal::Store(_) => "procedures-refusal-store",
        }
    }

    fn args(&self, speech: &Speech) -> Vec<(&'static str, Word)> {
        match self {
            Refusal::Incomplete { missing } => {
                let parts: Vec<String> = missing
                    .iter()
                    .map(|part| speech.t(&format!("procedures-part-{}", part.as_str())))
                    .collect();
                vec![("parts", Word::from(parts.join(", ")))]
            }
            Refusal::LaterVersionThere { number } => vec![("number", Word::from(*number))],
            _ => Vec::new(),
        }
    }

    pub fn into_problem(self, speech: &Speech) -> Problem {
        match self {
            Refusal::NoSuchVersion => Problem::not_found(),
            Refusal::ChangedMeanwhile => Problem::changed_meanwhile(),
            Refusal::Store(error) => Problem::from(error),
            refusal => {
                let args = refusal.args(speech);
                Problem::refused(StatusCode::CONFLICT, "refused", HEADING, refusal.word(), &args)
            }
        }
    }
}
