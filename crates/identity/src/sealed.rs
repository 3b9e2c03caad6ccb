//! Keys of authenticator apps as the database keeps them: sealed, on the account, and in the
//! passage of a new one that has not answered yet. Whoever carries the database away computes no
//! codes.
//!
//! Law: TT 12/2022/TT-BTTTT art. 9

use platform::store::StoreError;
use platform::vault::{Place, Vault};

use crate::account::AccountId;
use crate::totp::TotpSecret;

/// On an account.
pub(crate) fn of_account(id: &AccountId) -> Place<'_> {
    Place { table: "identity_account", column: "totp_secret", row: id.0.as_bytes() }
}

/// Among the answers of a passage, named by its token.
pub(crate) fn in_passage(token_hash: &[u8]) -> Place<'_> {
    Place { table: "identity_passage", column: "answers", row: token_hash }
}

pub(crate) fn seal(
    vault: &Vault,
    place: Place<'_>,
    secret: &TotpSecret,
) -> Result<Vec<u8>, StoreError> {
    Ok(vault.seal(place, secret.as_bytes())?)
}

pub(crate) fn open(
    vault: &Vault,
    place: Place<'_>,
    sealed: &[u8],
) -> Result<TotpSecret, StoreError> {
    let bytes = vault.open(place, sealed)?;
    TotpSecret::from_slice(&bytes).ok_or_else(|| StoreError::Other {
        reason: "what was sealed is no key of an app".to_owned(),
    })
}
