//! Tickets of the agent on the workstation: made in pairs, used up one by one.

use jiff::Timestamp;
use platform::store::{StoreError, Tx};

use crate::workstation::{Errand, Ticket};

pub const INSERT: &str = "INSERT INTO signing_ticket (hash, errand, submission, ordinal, account,
        account_name, sha256, made_at, ends_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
/// Once, and in time: of two who come with one ticket, one gets in.
pub const USE: &str = "UPDATE signing_ticket SET used_at = $3
    WHERE hash = $1 AND errand = $2 AND used_at IS NULL AND ends_at > $3
    RETURNING hash, errand, submission, ordinal, account, account_name, sha256, made_at, ends_at";
/// What ended long ago opens nothing and is not looked at again.
pub const FORGET: &str = "DELETE FROM signing_ticket WHERE ends_at < $1";

pub fn insert(tx: &mut Tx, one: &Ticket) -> Result<(), StoreError> {
    tx.execute(
        INSERT,
        &[
            &one.hash,
            &one.errand,
            &one.submission,
            &one.ordinal,
            &one.account,
            &one.account_name,
            &one.sha256,
            &one.made_at,
            &one.ends_at,
        ],
    )
    .map(drop)
}

/// The ticket, now used up; none when it is unknown, used, over, or for another errand.
pub fn take(
    tx: &mut Tx,
    hash: &str,
    errand: Errand,
    at: Timestamp,
) -> Result<Option<Ticket>, StoreError> {
    tx.opt(USE, &[&hash, &errand, &at])
}

pub fn forget(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(FORGET, &[&before])
}
