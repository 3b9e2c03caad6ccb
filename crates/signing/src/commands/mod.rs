//! What changes: submissions, signatures, sittings, sealing rules.

pub(crate) mod by_hand;
pub mod delegations;
pub mod ending;
pub mod pictures;
pub(crate) mod putting;
pub(crate) mod remote;
pub(crate) mod remote_signing;
pub mod request_letters;
pub mod rules;
pub mod signing;
pub mod sittings;
pub mod submissions;
pub(crate) mod workstation;

pub use ending::withdraw;
pub use submissions::submit;

pub(crate) use identity::Scribe;

use crate::submission::SubmissionId;

/// How a submission is named in the audit.
pub(crate) fn object(id: SubmissionId) -> String {
    format!("signing:{id}")
}
