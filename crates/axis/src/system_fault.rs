//! Every way a system is not believed, not entered or not changed, and every way its questions
//! about the catalogue are turned down. Pure.

use axum::http::StatusCode;
use platform::words::{Speech, Word};
use wire::vxp::ProofFault;

use crate::system::SystemFault;

#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SystemRefusal {
    #[error(transparent)]
    Proof(#[from] ProofFault),
    #[error("too many wrong proofs; the next may come in {seconds} seconds")]
    ProofTooOften { seconds: i64 },
    #[error("the system is shut out for now")]
    Suspended,
    #[error("there is no system {id}")]
    Unknown { id: String },
    #[error("there is a system {id} already")]
    Taken { id: String },
    #[error(transparent)]
    Name(#[from] SystemFault),
    #[error("what people call it is longer than {limit} characters")]
    NameTooLong { limit: usize },
    #[error("a secret has 8 to 256 characters, and no blanks")]
    SecretUnfit,
    #[error("a former secret opens for 0 to {hours_max} hours more")]
    OverlapUnfit { hours_max: i64 },
    #[error("{code} is no code of an agency")]
    AgencyUnfit { code: String },
    #[error("a system speaks for one agency at least")]
    NoAgency,
    #[error("more than {limit} agencies")]
    TooManyAgencies { limit: usize },
    #[error("the system may not enter agencies or end them")]
    NotRegistrar,
    #[error("more than {limit} questions of this system are open")]
    TooManyRequests { limit: i64 },
    #[error("somebody has decided it already")]
    RequestDecided,
    #[error("somebody else changed it meanwhile")]
    ChangedMeanwhile,
    #[error("{name} cannot be read")]
    Parameter { name: &'static str },
    #[error("{name} is missing")]
    ParameterMissing { name: &'static str },
    #[error(transparent)]
    Catalogue(#[from] organisations::Refusal),
}

impl SystemRefusal {
    pub fn code(&self) -> &'static str {
        match self {
            SystemRefusal::Proof(ProofFault::Recipients)
            | SystemRefusal::Parameter { .. }
            | SystemRefusal::ParameterMissing { .. } => "10",
            SystemRefusal::Proof(_)
            | SystemRefusal::ProofTooOften { .. }
            | SystemRefusal::Suspended => "15",
            SystemRefusal::Catalogue(organisations::Refusal::Store(_)) => "20",
            _ => "19",
        }
    }

    pub fn word(&self) -> &'static str {
        match self {
            SystemRefusal::Proof(fault) => proof_word(fault),
            SystemRefusal::ProofTooOften { .. } => "axis-refusal-proof-too-often",
            SystemRefusal::Suspended => "axis-refusal-system-suspended",
            SystemRefusal::Unknown { .. } => "axis-refusal-system-unknown",
            SystemRefusal::Taken { .. } => "axis-refusal-system-taken",
            SystemRefusal::Name(_) => "axis-refusal-system-id",
            SystemRefusal::NameTooLong { .. } => "axis-refusal-system-name-too-long",
            SystemRefusal::SecretUnfit => "axis-refusal-secret-unfit",
            SystemRefusal::OverlapUnfit { .. } => "axis-refusal-overlap-unfit",
            SystemRefusal::AgencyUnfit { .. } => "axis-refusal-agency-unfit",
            SystemRefusal::NoAgency => "axis-refusal-no-agency",
            SystemRefusal::TooManyAgencies { .. } => "axis-refusal-too-many-agencies",
            SystemRefusal::NotRegistrar => "axis-refusal-not-registrar",
            SystemRefusal::TooManyRequests { .. } => "axis-refusal-too-many-requests",
            SystemRefusal::RequestDecided => "axis-refusal-request-decided",
            SystemRefusal::ChangedMeanwhile => "axis-refusal-changed-meanwhile",
            SystemRefusal::Parameter { .. } => "axis-refusal-parameter",
            SystemRefusal::ParameterMissing { .. } => "axis-refusal-parameter-missing",
            SystemRefusal::Catalogue(_) => "axis-refusal-catalogue",
        }
    }

    pub fn args(&self) -> Vec<(&'static str, Word)> {
        match self {
            SystemRefusal::Proof(ProofFault::Missing { name }) => vec![("name", (*name).into())],
            SystemRefusal::Proof(ProofFault::Twice { name } | ProofFault::Differs { name }) => {
                vec![("name", name.as_str().into())]
            }
            SystemRefusal::Proof(_) => Vec::new(),
            SystemRefusal::ProofTooOften { seconds } => vec![("seconds", (*seconds).into())],
            SystemRefusal::Unknown { id } | SystemRefusal::Taken { id } => {
                vec![("id", id.as_str().into())]
            }
            SystemRefusal::NameTooLong { limit } | SystemRefusal::TooManyAgencies { limit } => {
                vec![("limit", Word::from(*limit))]
            }
            SystemRefusal::OverlapUnfit { hours_max } => vec![("hours", (*hours_max).into())],
            SystemRefusal::AgencyUnfit { code } => vec![("code", code.as_str().into())],
            SystemRefusal::TooManyRequests { limit } => vec![("limit", (*limit).into())],
            SystemRefusal::Parameter { name } | SystemRefusal::ParameterMissing { name } => {
                vec![("name", (*name).into())]
            }
            _ => Vec::new(),
        }
    }

    /// What the catalogue says, it says itself.
    pub fn sentence(&self, speech: &Speech) -> String {
        match self {
            SystemRefusal::Catalogue(refusal) => refusal.sentence(speech),
            refusal => speech.with(refusal.word(), &refusal.args()),
        }
    }

    /// Under which field of a form the sentence belongs; `""` when no field would mend it.
    pub fn field(&self) -> &'static str {
        match self {
            SystemRefusal::Taken { .. } | SystemRefusal::Name(_) => "system",
            SystemRefusal::NameTooLong { .. } => "name",
            SystemRefusal::SecretUnfit => "secret",
            SystemRefusal::OverlapUnfit { .. } => "overlap",
            SystemRefusal::AgencyUnfit { .. }
            | SystemRefusal::NoAgency
            | SystemRefusal::TooManyAgencies { .. } => "agencies",
            _ => "",
        }
    }

    pub fn status(&self) -> StatusCode {
        match self {
            SystemRefusal::Unknown { .. } => StatusCode::NOT_FOUND,
            SystemRefusal::Taken { .. }
            | SystemRefusal::RequestDecided
            | SystemRefusal::ChangedMeanwhile => StatusCode::CONFLICT,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        }
    }
}

fn proof_word(fault: &ProofFault) -> &'static str {
    match fault {
        ProofFault::Missing { .. } => "axis-refusal-proof-missing",
        ProofFault::Twice { .. } => "axis-refusal-proof-twice",
        ProofFault::SignedText => "axis-refusal-proof-signed-text",
        ProofFault::Names => "axis-refusal-proof-names",
        ProofFault::Differs { .. } => "axis-refusal-proof-differs",
        ProofFault::Wrong => "axis-refusal-proof-wrong",
        ProofFault::Time => "axis-refusal-proof-time",
        ProofFault::Age => "axis-refusal-proof-old",
        ProofFault::Recipients => "axis-refusal-proof-recipients",
    }
}
