//! What leaves the building: pages for the press, letters by mail, short messages by a gateway.
//!
//! Nothing here is called inside a unit of work: it is what jobs do. Each message carries a key of
//! its own, so that a job which is done again does not reach a person twice where the gateway can
//! help it; in the outbox it never does.

mod mail;
mod outbox;
mod press;
pub mod reach;
mod sms;
#[cfg(test)]
mod tests;

pub use mail::{Encryption, Mail, MailServer};
pub use outbox::{Channel, JOB, Outbox, SCHEDULE, Sent, sent, sent_count};
pub use press::{FieldPlace, Press, PressError, PressPlan, Printed, SignatureBlock};
pub use sms::{Sms, SmsGateway};

use crate::jobs::JobError;

/// Everything outside, as it is set up here. Cheap to clone.
#[derive(Clone)]
pub struct Outside {
    pub press: Press,
    pub mail: Mail,
    pub sms: Sms,
}

/// A letter or a short message.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// Says which message this is, for ever: `dossier:…:accepted:mail`. Sent twice, it is one.
    pub key: String,
    /// A mail address or a telephone number.
    pub to: String,
    /// Short messages travel without it; the outbox shows it.
    pub subject: String,
    pub text: String,
}

/// How the outside says no; the sentences are for the administrator and name no person.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum OutsideError {
    /// May go better later.
    #[error("not now: {0}")]
    NotNow(String),
    /// Will never go: a wrong address, a refused sender.
    #[error("never: {0}")]
    Never(String),
}

impl From<OutsideError> for JobError {
    fn from(error: OutsideError) -> JobError {
        match error {
            OutsideError::NotNow(reason) => JobError::Retry(reason),
            OutsideError::Never(reason) => JobError::Dead(reason),
        }
    }
}
