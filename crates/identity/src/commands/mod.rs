//! What changes: each function one unit of work and one story.

pub mod account;
pub(crate) mod attempts;
pub mod confirming;
pub mod delegations;
pub mod identities;
pub mod officers;
pub mod passwords;
pub mod registration;
pub mod seeds;
pub(crate) mod sessions;
pub(crate) mod sign_in;

use crate::account::AccountId;
pub(crate) use crate::scribe::Scribe;

/// How an account is named in the audit.
pub(crate) fn object(account: AccountId) -> String {
    format!("account:{account}")
}
