//! Conversations before a sign-in, the codes sent for them, and one-time links.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};
use serde_json::Value;
use uuid::Uuid;

use crate::account::{AccountId, Contact};

record! {
    #[derive(Debug, Clone)]
    pub(crate) struct Passage {
        pub token_hash: Vec<u8>,
        pub account: Option<Uuid>,
        pub answers: Value,
        pub tries: i64,
    }
}

pub(crate) struct NewPassage {
    pub token_hash: Vec<u8>,
    pub purpose: &'static str,
    pub account: Option<AccountId>,
    pub answers: Value,
    pub now: Timestamp,
    pub expires_at: Timestamp,
}

const OPEN: &str = "INSERT INTO identity_passage
        (token_hash, purpose, account, answers, tries, created_at, expires_at)
    VALUES ($1, $2, $3, $4, 0, $5, $6)";
const FIND: &str = "SELECT token_hash, account, answers, tries FROM identity_passage
    WHERE token_hash = $1 AND purpose = $2 AND expires_at > $3";
const ANSWER: &str = "UPDATE identity_passage SET answers = $2 WHERE token_hash = $1";
const TRY: &str = "UPDATE identity_passage SET tries = tries + 1
    WHERE token_hash = $1 AND tries < $2";
const CLOSE: &str = "DELETE FROM identity_passage WHERE token_hash = $1";
const CLOSE_OF: &str = "DELETE FROM identity_passage WHERE account = $1";
const SWEEP_PASSAGES: &str = "DELETE FROM identity_passage WHERE expires_at <= $1";

pub(crate) fn open(tx: &mut Tx, new: &NewPassage) -> Result<(), StoreError> {
    let account = new.account.map(|id| id.0);
    tx.execute(
        OPEN,
        &[&new.token_hash, &new.purpose, &account, &new.answers, &new.now, &new.expires_at],
    )
    .map(drop)
}

pub(crate) fn find(
    tx: &mut Tx,
    token_hash: &[u8],
    purpose: &str,
    now: Timestamp,
) -> Result<Option<Passage>, StoreError> {
    tx.opt(FIND, &[&token_hash, &purpose, &now])
}

pub(crate) fn answer(tx: &mut Tx, token_hash: &[u8], answers: &Value) -> Result<(), StoreError> {
    tx.execute(ANSWER, &[&token_hash, answers]).map(drop)
}

/// `false` when there have been `most` tries already.
pub(crate) fn count_try(tx: &mut Tx, token_hash: &[u8], most: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(TRY, &[&token_hash, &most])? == 1)
}

/// `false` when another request closed it first: what it led to happens once.
pub(crate) fn close(tx: &mut Tx, token_hash: &[u8]) -> Result<bool, StoreError> {
    Ok(tx.execute(CLOSE, &[&token_hash])? == 1)
}

pub(crate) fn close_of(tx: &mut Tx, account: AccountId) -> Result<(), StoreError> {
    tx.execute(CLOSE_OF, &[&account.0]).map(drop)
}

record! {
    #[derive(Debug, Clone)]
    pub(crate) struct MessageCode {
        pub id: Uuid,
        pub channel: String,
        pub contact: String,
        pub locale: String,
        pub digits: Option<String>,
        pub hash: Vec<u8>,
        pub tries: i64,
        pub expires_at: Timestamp,
    }
}

pub(crate) struct NewCode<'a> {
    pub id: Uuid,
    pub purpose: &'static str,
    pub account: Option<AccountId>,
    pub contact: &'a Contact,
    pub locale: &'static str,
    pub digits: &'a str,
    pub hash: Vec<u8>,
    pub now: Timestamp,
    pub expires_at: Timestamp,
}

const KEEP_CODE: &str = "INSERT INTO identity_message_code
        (id, purpose, account, channel, contact, locale, digits, hash, tries, created_at,
         expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, $9, $10)";
const CODE: &str = "SELECT id, channel, contact, locale, digits, hash, tries, expires_at
    FROM identity_message_code WHERE id = $1 AND used_at IS NULL";
const CODE_SENT: &str = "UPDATE identity_message_code SET digits = NULL WHERE id = $1";
const TRY_CODE: &str = "UPDATE identity_message_code SET tries = tries + 1
    WHERE id = $1 AND tries < $2 AND used_at IS NULL";
const USE_CODE: &str = "UPDATE identity_message_code SET used_at = $2, digits = NULL
    WHERE id = $1 AND used_at IS NULL";
const SWEEP_CODES: &str = "DELETE FROM identity_message_code WHERE expires_at <= $1";

pub(crate) fn keep_code(tx: &mut Tx, new: &NewCode<'_>) -> Result<(), StoreError> {
    let account = new.account.map(|id| id.0);
    tx.execute(
        KEEP_CODE,
        &[
            &new.id,
            &new.purpose,
            &account,
            &new.contact.channel(),
            &new.contact.as_str(),
            &new.locale,
            &new.digits,
            &new.hash,
            &new.now,
            &new.expires_at,
        ],
    )
    .map(drop)
}

pub(crate) fn code(tx: &mut Tx, id: Uuid) -> Result<Option<MessageCode>, StoreError> {
    tx.opt(CODE, &[&id])
}

/// The digits have left; from here on only their hash is known.
pub(crate) fn code_sent(tx: &mut Tx, id: Uuid) -> Result<(), StoreError> {
    tx.execute(CODE_SENT, &[&id]).map(drop)
}

pub(crate) fn try_code(tx: &mut Tx, id: Uuid, most: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(TRY_CODE, &[&id, &most])? == 1)
}

pub(crate) fn use_code(tx: &mut Tx, id: Uuid, now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(USE_CODE, &[&id, &now])? == 1)
}

const GIVE_LINK: &str = "INSERT INTO identity_link
        (token_hash, account, given_by, given_at, expires_at)
    VALUES ($1, $2, $3, $4, $5)";
const WITHDRAW_LINKS: &str = "UPDATE identity_link SET used_at = $2
    WHERE account = $1 AND used_at IS NULL";
const LINK: &str = "SELECT account FROM identity_link
    WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2";
const USE_LINK: &str = "UPDATE identity_link SET used_at = $2
    WHERE token_hash = $1 AND used_at IS NULL";
const SWEEP_LINKS: &str = "DELETE FROM identity_link WHERE expires_at <= $1";

/// A new link makes those before it worthless.
pub(crate) fn give_link(
    tx: &mut Tx,
    token_hash: &[u8],
    to: AccountId,
    by: AccountId,
    (now, expires_at): (Timestamp, Timestamp),
) -> Result<(), StoreError> {
    tx.execute(WITHDRAW_LINKS, &[&to.0, &now])?;
    tx.execute(GIVE_LINK, &[&token_hash, &to.0, &by.0, &now, &expires_at]).map(drop)
}

pub(crate) fn withdraw_links(
    tx: &mut Tx,
    account: AccountId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(WITHDRAW_LINKS, &[&account.0, &now]).map(drop)
}

pub(crate) fn link(
    tx: &mut Tx,
    token_hash: &[u8],
    now: Timestamp,
) -> Result<Option<AccountId>, StoreError> {
    Ok(tx.opt::<(Uuid,)>(LINK, &[&token_hash, &now])?.map(|(id,)| AccountId(id)))
}

pub(crate) fn use_link(tx: &mut Tx, token_hash: &[u8], now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(USE_LINK, &[&token_hash, &now])? == 1)
}

/// Everything here that has expired.
pub(crate) fn sweep(tx: &mut Tx, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(SWEEP_PASSAGES, &[&now])?;
    tx.execute(SWEEP_CODES, &[&now])?;
    tx.execute(SWEEP_LINKS, &[&now]).map(drop)
}
