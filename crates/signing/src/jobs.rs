//! What is signed by itself: slips while a sitting is open, seals under a rule.

use platform::jobs::JobKind;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub(crate) const SIGN_IN_SITTING: &str = "signing.sign-in-sitting";
pub(crate) const SEAL: &str = "signing.seal";

/// The step that waits.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(crate) struct Waiting {
    pub submission: Uuid,
    pub ordinal: i64,
}

pub(crate) fn kinds() -> Vec<JobKind> {
    Vec::new()
}
