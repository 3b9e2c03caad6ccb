//! Accounts and what proves them: passwords, authenticator apps, recovery codes, known browsers.

use jiff::Timestamp;
use jiff::civil::Date;
use platform::record;
use platform::store::{StoreError, Tx, row};
use platform::vault::Vault;
use platform::words::Locale;
use uuid::Uuid;

use super::{read, read_opt};
use crate::account::{Account, AccountId, AccountKind, Assurance, Status};
use crate::email::Email;
use crate::personal_number::PersonalNumber;
use crate::phone_number::PhoneNumber;
use crate::sealed;
use crate::tax_code::TaxCode;
use crate::totp::TotpSecret;

record! {
    struct AccountRow {
        id: Uuid,
        kind: String,
        name: String,
        personal_number: Option<String>,
        tax_code: Option<String>,
        birth_date: Option<Date>,
        phone: Option<String>,
        email: Option<String>,
        locale: String,
        assurance: String,
        status: String,
        unit: Option<Uuid>,
        has_totp: bool,
        created_at: Timestamp,
    }
}

const BY_ID: &str = "SELECT id, kind, name, personal_number, tax_code, birth_date,
        CASE WHEN phone_proved_at IS NULL THEN NULL ELSE phone END AS phone,
        CASE WHEN email_proved_at IS NULL THEN NULL ELSE email END AS email,
        locale, assurance, status, unit, totp_secret IS NOT NULL AS has_totp, created_at
    FROM identity_account WHERE id = $1";
const ID_BY_LOGIN: &str = "SELECT id FROM identity_account WHERE login = $1";
const LOGIN: &str = "SELECT login FROM identity_account WHERE id = $1";
const CHECKED_ENTERPRISE: &str = "SELECT id FROM identity_account
    WHERE tax_code = $1 AND kind = 'enterprise' AND assurance = 'checked' AND status = 'active'";
const INSERT: &str = "INSERT INTO identity_account
        (id, kind, name, login, personal_number, tax_code, birth_date, locale, assurance, status,
         unit, folded, created_at, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'active', $10, $11, $12, 1)
    ON CONFLICT (login) DO NOTHING";

/// An account about to be.
pub(crate) struct NewAccount<'a> {
    pub id: AccountId,
    pub kind: AccountKind,
    pub name: &'a str,
    pub login: Option<&'a str>,
    pub personal_number: Option<&'a PersonalNumber>,
    pub tax_code: Option<&'a TaxCode>,
    pub birth_date: Option<Date>,
    pub locale: Locale,
    pub assurance: Assurance,
    pub unit: Option<Uuid>,
    pub now: Timestamp,
}

/// `false` when someone has this login already: nothing is changed then.
pub(crate) fn insert(tx: &mut Tx, new: &NewAccount<'_>) -> Result<bool, StoreError> {
    let number = new.personal_number.map(PersonalNumber::as_str);
    let inserted = tx.execute(
        INSERT,
        &[
            &new.id.0,
            &new.kind.code(),
            &new.name,
            &new.login,
            &number,
            &new.tax_code.map(TaxCode::canonical),
            &new.birth_date,
            &new.locale.tag(),
            &new.assurance.code(),
            &new.unit,
            &platform::fold::fold(new.name),
            &new.now,
        ],
    )?;
    Ok(inserted == 1)
}

pub(crate) fn by_id(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, StoreError> {
    tx.opt::<AccountRow>(BY_ID, &[&id.0])?.map(account).transpose()
}

pub(crate) fn id_by_login(tx: &mut Tx, login: &str) -> Result<Option<AccountId>, StoreError> {
    Ok(tx.opt::<(Uuid,)>(ID_BY_LOGIN, &[&login])?.map(|(id,)| AccountId(id)))
}

pub(crate) fn login(tx: &mut Tx, id: AccountId) -> Result<Option<String>, StoreError> {
    Ok(tx.opt::<(Option<String>,)>(LOGIN, &[&id.0])?.and_then(|(login,)| login))
}

pub(crate) fn checked_enterprise(
    tx: &mut Tx,
    code: &TaxCode,
) -> Result<Option<AccountId>, StoreError> {
    let found = tx.opt::<(Uuid,)>(CHECKED_ENTERPRISE, &[&code.canonical()])?;
    Ok(found.map(|(id,)| AccountId(id)))
}

fn account(row: AccountRow) -> Result<Account, StoreError> {
    Ok(Account {
        id: AccountId(row.id),
        kind: read("kind", &row.kind, AccountKind::parse)?,
        name: row.name,
        personal_number: read_opt("personal_number", row.personal_number.as_deref(), |text| {
            PersonalNumber::parse(text).ok()
        })?,
        tax_code: read_opt("tax_code", row.tax_code.as_deref(), |t| TaxCode::parse(t).ok())?,
        birth_date: row.birth_date,
        phone: read_opt("phone", row.phone.as_deref(), |text| PhoneNumber::parse(text).ok())?,
        email: read_opt("email", row.email.as_deref(), |text| Email::parse(text).ok())?,
        locale: read("locale", &row.locale, Locale::parse)?,
        assurance: read("assurance", &row.assurance, Assurance::parse)?,
        status: read("status", &row.status, Status::parse)?,
        unit: row.unit,
        has_totp: row.has_totp,
        created_at: row.created_at,
    })
}

const SET_LOCALE: &str = "UPDATE identity_account SET locale = $2 WHERE id = $1";
const SET_STATUS: &str = "UPDATE identity_account
    SET status = $2, version = version + 1 WHERE id = $1 AND status = $3";
const CLOSE: &str = "UPDATE identity_account
    SET status = 'closed', login = NULL, password_hash = NULL, totp_secret = NULL,
        version = version + 1
    WHERE id = $1 AND status <> 'closed'";
const SET_CHECKED: &str = "UPDATE identity_account
    SET assurance = 'checked', version = version + 1 WHERE id = $1 AND assurance = 'declared'";
const SET_PHONE: &str = "UPDATE identity_account
    SET phone = $2, phone_proved_at = $3, version = version + 1 WHERE id = $1";
const SET_EMAIL: &str = "UPDATE identity_account
    SET email = $2, email_proved_at = $3, version = version + 1 WHERE id = $1";

pub(crate) fn set_locale(tx: &mut Tx, id: AccountId, locale: Locale) -> Result<(), StoreError> {
    tx.execute(SET_LOCALE, &[&id.0, &locale.tag()]).map(drop)
}

/// `false` when it was not in the state `from` any more.
pub(crate) fn set_status(
    tx: &mut Tx,
    id: AccountId,
    from: Status,
    to: Status,
) -> Result<bool, StoreError> {
    Ok(tx.execute(SET_STATUS, &[&id.0, &to.code(), &from.code()])? == 1)
}

/// Frees the login: its true owner can open an account with it.
pub(crate) fn close(tx: &mut Tx, id: AccountId) -> Result<bool, StoreError> {
    Ok(tx.execute(CLOSE, &[&id.0])? == 1)
}

pub(crate) fn set_checked(tx: &mut Tx, id: AccountId) -> Result<bool, StoreError> {
    Ok(tx.execute(SET_CHECKED, &[&id.0])? == 1)
}

/// A contact that has just answered a code.
pub(crate) fn set_contact(
    tx: &mut Tx,
    id: AccountId,
    contact: &crate::account::Contact,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = match contact {
        crate::account::Contact::Phone(_) => SET_PHONE,
        crate::account::Contact::Email(_) => SET_EMAIL,
    };
    tx.execute(sql, &[&id.0, &contact.as_str(), &now]).map(drop)
}

record! {
    /// What is compared at sign-in. Never leaves this crate.
    pub(crate) struct Credentials {
        pub id: Uuid,
        pub status: String,
        pub password_hash: Option<String>,
        pub totp_secret: Option<Vec<u8>>,
        pub totp_step: Option<i64>,
    }
}

const CREDENTIALS: &str = "SELECT id, status, password_hash, totp_secret, totp_step
    FROM identity_account WHERE id = $1";
const SET_PASSWORD: &str = "UPDATE identity_account
    SET password_hash = $2, password_at = $3, version = version + 1 WHERE id = $1";
const REHASH: &str = "UPDATE identity_account SET password_hash = $2
    WHERE id = $1 AND password_hash = $3";
const CLEAR_PASSWORD: &str = "UPDATE identity_account
    SET password_hash = NULL, version = version + 1 WHERE id = $1";
const SET_TOTP: &str = "UPDATE identity_account
    SET totp_secret = $2, totp_at = $3, totp_step = $4, version = version + 1 WHERE id = $1";
const CLEAR_TOTP: &str = "UPDATE identity_account
    SET totp_secret = NULL, totp_at = NULL, totp_step = NULL, version = version + 1 WHERE id = $1";
const USE_STEP: &str = "UPDATE identity_account SET totp_step = $2
    WHERE id = $1 AND (totp_step IS NULL OR totp_step < $2)";

pub(crate) fn credentials(tx: &mut Tx, id: AccountId) -> Result<Option<Credentials>, StoreError> {
    tx.opt(CREDENTIALS, &[&id.0])
}

impl Credentials {
    pub fn totp(&self, vault: &Vault) -> Result<Option<TotpSecret>, StoreError> {
        let id = AccountId(self.id);
        let open = |kept: &[u8]| sealed::open(vault, sealed::of_account(&id), kept);
        self.totp_secret.as_deref().map(open).transpose()
    }
}

pub(crate) fn set_password(
    tx: &mut Tx,
    id: AccountId,
    hash: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(SET_PASSWORD, &[&id.0, &hash, &now]).map(drop)
}

/// The same password at a newer cost; does nothing when it was changed meanwhile.
pub(crate) fn rehash(tx: &mut Tx, id: AccountId, new: &str, old: &str) -> Result<(), StoreError> {
    tx.execute(REHASH, &[&id.0, &new, &old]).map(drop)
}

pub(crate) fn clear_password(tx: &mut Tx, id: AccountId) -> Result<(), StoreError> {
    tx.execute(CLEAR_PASSWORD, &[&id.0]).map(drop)
}

pub(crate) fn set_totp(
    tx: &mut Tx,
    vault: &Vault,
    (id, secret): (AccountId, &TotpSecret),
    step: Option<i64>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let kept = sealed::seal(vault, sealed::of_account(&id), secret)?;
    tx.execute(SET_TOTP, &[&id.0, &kept, &now, &step]).map(drop)
}

pub(crate) fn clear_totp(tx: &mut Tx, id: AccountId) -> Result<(), StoreError> {
    tx.execute(CLEAR_TOTP, &[&id.0])?;
    tx.execute(CLEAR_RECOVERY, &[&id.0]).map(drop)
}

/// `false` when this step, or a later one, was used already: also by a unit running beside.
pub(crate) fn use_totp_step(tx: &mut Tx, id: AccountId, step: i64) -> Result<bool, StoreError> {
    Ok(tx.execute(USE_STEP, &[&id.0, &step])? == 1)
}

const CLEAR_RECOVERY: &str = "DELETE FROM identity_recovery_code WHERE account = $1";
const INSERT_RECOVERY: &str =
    "INSERT INTO identity_recovery_code (id, account, hash) VALUES ($1, $2, $3)";
const UNUSED_RECOVERY: &str = "SELECT id, hash FROM identity_recovery_code
    WHERE account = $1 AND used_at IS NULL ORDER BY id";
const USE_RECOVERY: &str =
    "UPDATE identity_recovery_code SET used_at = $2 WHERE id = $1 AND used_at IS NULL";

/// The new ones take the place of all before.
pub(crate) fn replace_recovery_codes(
    tx: &mut Tx,
    id: AccountId,
    hashes: &[(Uuid, Vec<u8>)],
) -> Result<(), StoreError> {
    tx.execute(CLEAR_RECOVERY, &[&id.0])?;
    let rows: Vec<_> = hashes.iter().map(|(code, hash)| row(&[code, &id.0, hash])).collect();
    tx.insert_many(INSERT_RECOVERY, &rows).map(drop)
}

pub(crate) fn unused_recovery_codes(
    tx: &mut Tx,
    id: AccountId,
) -> Result<Vec<(Uuid, Vec<u8>)>, StoreError> {
    tx.all(UNUSED_RECOVERY, &[&id.0])
}

pub(crate) fn use_recovery_code(
    tx: &mut Tx,
    code: Uuid,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(USE_RECOVERY, &[&code, &now])? == 1)
}

const KNOW_BROWSER: &str = "INSERT INTO identity_browser (token_hash, account, last_at)
    VALUES ($1, $2, $3)
    ON CONFLICT (token_hash, account) DO UPDATE SET last_at = excluded.last_at";
const IS_KNOWN: &str =
    "SELECT last_at FROM identity_browser WHERE token_hash = $1 AND account = $2";
const FORGET_BROWSERS: &str = "DELETE FROM identity_browser WHERE account = $1";

pub(crate) fn know_browser(
    tx: &mut Tx,
    token_hash: &[u8],
    id: AccountId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(KNOW_BROWSER, &[&token_hash, &id.0, &now]).map(drop)
}

pub(crate) fn knows_browser(
    tx: &mut Tx,
    token_hash: &[u8],
    id: AccountId,
) -> Result<bool, StoreError> {
    Ok(tx.opt::<(Timestamp,)>(IS_KNOWN, &[&token_hash, &id.0])?.is_some())
}

const SWEEP_BROWSERS: &str = "DELETE FROM identity_browser WHERE last_at < $1";

pub(crate) fn sweep_browsers(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(SWEEP_BROWSERS, &[&before])
}

/// After a password was lost, no browser is trusted any more.
pub(crate) fn forget_browsers(tx: &mut Tx, id: AccountId) -> Result<(), StoreError> {
    tx.execute(FORGET_BROWSERS, &[&id.0]).map(drop)
}
