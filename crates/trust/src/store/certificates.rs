//! Certificates one by one: put in, found, changed; answers signed beforehand.

use jiff::Timestamp;
use organisations::UnitId;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;
use wire::pki::certificate::Certificate as X509;

use crate::authority::AuthorityId;
use crate::certificate::{Certificate, State};
use crate::subject;

pub const INSERT: &str = "INSERT INTO trust_certificate (id, authority, serial, issuer, subject,
        fingerprint, der, profile, carrier, carrier_number, holder_name, unit, account, key,
        not_before, not_after, state, replaces, note, hay, made_at, key_hash, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
        $20, $21, $22, 1)";
/// Issued here; what others issued over the same key is their affair.
pub const CERTIFIED: &str = "SELECT COUNT(*) FROM trust_certificate
    WHERE key_hash = $1 AND authority IS NOT NULL";
pub const BY_ID: &str = "SELECT id, authority, serial, issuer, subject, fingerprint, der, profile,
        carrier, carrier_number, holder_name, unit, account, key, not_before, not_after, state,
        state_since, reason, invalid_since, replaces, note, made_at, version
    FROM trust_certificate WHERE id = $1";
pub const BY_FINGERPRINT: &str = "SELECT id, authority, serial, issuer, subject, fingerprint, der,
        profile, carrier, carrier_number, holder_name, unit, account, key, not_before, not_after,
        state, state_since, reason, invalid_since, replaces, note, made_at, version
    FROM trust_certificate WHERE fingerprint = $1";
/// The youngest usable one of a unit and a profile whose key is here.
pub const SEAL_OF: &str = "SELECT id, authority, serial, issuer, subject, fingerprint, der,
        profile, carrier, carrier_number, holder_name, unit, account, key, not_before, not_after,
        state, state_since, reason, invalid_since, replaces, note, made_at, version
    FROM trust_certificate
    WHERE profile = $1 AND unit = $2 AND state = 'good' AND key IS NOT NULL
      AND not_before <= $3 AND not_after > $3
    ORDER BY not_after DESC, made_at DESC LIMIT 1";
pub const OF_PERSON: &str = "SELECT id, authority, serial, issuer, subject, fingerprint, der,
        profile, carrier, carrier_number, holder_name, unit, account, key, not_before, not_after,
        state, state_since, reason, invalid_since, replaces, note, made_at, version
    FROM trust_certificate
    WHERE profile = 'officer' AND account = $1 AND state = 'good' AND key IS NOT NULL
      AND not_before <= $2 AND not_after > $2
    ORDER BY not_after DESC, made_at DESC LIMIT 1";
/// All usable ones, those whose key is here first.
pub const ALL_SEALS_OF: &str = "SELECT id, authority, serial, issuer, subject, fingerprint, der,
        profile, carrier, carrier_number, holder_name, unit, account, key, not_before, not_after,
        state, state_since, reason, invalid_since, replaces, note, made_at, version
    FROM trust_certificate
    WHERE profile = $1 AND unit = $2 AND state = 'good'
      AND not_before <= $3 AND not_after > $3
    ORDER BY CASE WHEN key IS NULL THEN 1 ELSE 0 END, not_after DESC, made_at DESC LIMIT 50";
pub const ALL_OF_PERSON: &str = "SELECT id, authority, serial, issuer, subject, fingerprint, der,
        profile, carrier, carrier_number, holder_name, unit, account, key, not_before, not_after,
        state, state_since, reason, invalid_since, replaces, note, made_at, version
    FROM trust_certificate
    WHERE profile = 'officer' AND account = $1 AND state = 'good'
      AND not_before <= $2 AND not_after > $2
    ORDER BY CASE WHEN key IS NULL THEN 1 ELSE 0 END, not_after DESC, made_at DESC LIMIT 50";
pub const OF_SERVICE: &str = "SELECT id, authority, serial, issuer, subject, fingerprint, der,
        profile, carrier, carrier_number, holder_name, unit, account, key, not_before, not_after,
        state, state_since, reason, invalid_since, replaces, note, made_at, version
    FROM trust_certificate
    WHERE authority = $1 AND profile = $2 AND state = 'good' AND key IS NOT NULL
      AND not_before <= $3 AND not_after > $3
    ORDER BY not_after DESC, made_at DESC LIMIT 1";
pub const SET_STATE: &str = "UPDATE trust_certificate SET state = $3, state_since = $4,
        reason = $5, invalid_since = $6, version = version + 1
    WHERE id = $1 AND version = $2";
/// What OCSP needs, in one look: the state, and the answer that was signed for it.
pub const ASKED: &str = "SELECT c.id, c.version, c.state, c.state_since, c.reason, c.not_after,
        a.der AS answer, a.this_update, a.next_update
    FROM trust_certificate c
    LEFT JOIN trust_answer a
        ON a.certificate = c.id AND a.digest = $3 AND a.version = c.version
    WHERE c.authority = $1 AND c.serial = $2";
pub const PUT_ANSWER: &str = "INSERT INTO trust_answer (certificate, digest, version, der,
        this_update, next_update)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (certificate, digest) DO UPDATE SET version = excluded.version,
        der = excluded.der, this_update = excluded.this_update, next_update = excluded.next_update
    WHERE trust_answer.version <= excluded.version";
/// Certificates whose answer is missing, of an older state, or old.
pub const UNANSWERED: &str = "SELECT c.id, c.authority, c.serial, c.version, c.state,
        c.state_since, c.reason
    FROM trust_certificate c
    LEFT JOIN trust_answer a
        ON a.certificate = c.id AND a.digest = $1 AND a.version = c.version
    WHERE c.authority IS NOT NULL AND c.not_after > $2
      AND (a.this_update IS NULL OR a.this_update < $3) AND c.profile <> 'responder'
    ORDER BY c.id LIMIT $4";
pub const FORGET_ANSWERS: &str = "DELETE FROM trust_answer WHERE next_update < $1";

record! {
    #[derive(Clone)]
    pub struct Asked {
        pub id: Uuid,
        pub version: i64,
        pub state: State,
        pub state_since: Option<Timestamp>,
        pub reason: Option<i64>,
        pub not_after: Timestamp,
        pub answer: Option<Vec<u8>>,
        pub this_update: Option<Timestamp>,
        pub next_update: Option<Timestamp>,
    }
}

record! {
    #[derive(Clone)]
    pub struct Unanswered {
        pub id: Uuid,
        pub authority: AuthorityId,
        pub serial: String,
        pub version: i64,
        pub state: State,
        pub state_since: Option<Timestamp>,
        pub reason: Option<i64>,
    }
}

/// A signed answer on its way into the store.
#[derive(Clone)]
pub struct NewAnswer {
    pub certificate: Uuid,
    pub version: i64,
    pub der: Vec<u8>,
    pub this_update: Timestamp,
    pub next_update: Timestamp,
}

/// How a certificate is found by words.
pub fn hay(one: &Certificate, unit: &str) -> String {
    let words = [
        one.holder_name.as_str(),
        unit,
        &one.subject,
        &one.issuer,
        &one.serial,
        one.carrier_number.as_deref().unwrap_or_default(),
    ];
    platform::fold::fold(&words.join(" "))
}

pub fn insert(tx: &mut Tx, one: &Certificate, hay: &str) -> Result<(), StoreError> {
    tx.execute(
        INSERT,
        &[
            &one.id,
            &one.authority,
            &one.serial,
            &one.issuer,
            &one.subject,
            &one.fingerprint,
            &one.der,
            &one.profile,
            &one.carrier,
            &one.carrier_number,
            &one.holder_name,
            &one.unit,
            &one.account,
            &one.key,
            &one.not_before,
            &one.not_after,
            &one.state,
            &one.replaces,
            &one.note,
            &hay,
            &one.made_at,
            &key_hash(&one.der),
        ],
    )
    .map(drop)
}

fn key_hash(der: &[u8]) -> String {
    let key = X509::read(der).ok().and_then(|x509| x509.key.clone().ok());
    key.map(|key| subject::key_hash(&key)).unwrap_or_default()
}

pub fn is_certified(tx: &mut Tx, key_hash: &str) -> Result<bool, StoreError> {
    let (count,): (i64,) = tx.one(CERTIFIED, &[&key_hash])?;
    Ok(count > 0)
}

pub fn by_id(tx: &mut Tx, id: Uuid) -> Result<Option<Certificate>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

pub fn by_fingerprint(tx: &mut Tx, text: &str) -> Result<Option<Certificate>, StoreError> {
    tx.opt(BY_FINGERPRINT, &[&text])
}

pub fn seal_of(
    tx: &mut Tx,
    (unit, profile): (UnitId, &str),
    at: Timestamp,
) -> Result<Option<Certificate>, StoreError> {
    tx.opt(SEAL_OF, &[&profile, &unit, &at])
}

pub fn of_person(
    tx: &mut Tx,
    account: Uuid,
    at: Timestamp,
) -> Result<Option<Certificate>, StoreError> {
    tx.opt(OF_PERSON, &[&account, &at])
}

pub fn all_of_person(
    tx: &mut Tx,
    account: Uuid,
    at: Timestamp,
) -> Result<Vec<Certificate>, StoreError> {
    tx.all(ALL_OF_PERSON, &[&account, &at])
}

pub fn all_seals_of(
    tx: &mut Tx,
    (unit, profile): (UnitId, &str),
    at: Timestamp,
) -> Result<Vec<Certificate>, StoreError> {
    tx.all(ALL_SEALS_OF, &[&profile, &unit, &at])
}

/// The certificate of an authority's own service: its responder, its time stamps.
pub fn of_service(
    tx: &mut Tx,
    (authority, profile): (AuthorityId, &str),
    at: Timestamp,
) -> Result<Option<Certificate>, StoreError> {
    tx.opt(OF_SERVICE, &[&authority, &profile, &at])
}

/// What becomes of a certificate.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    pub state: State,
    pub since: Timestamp,
    pub reason: Option<i64>,
    pub invalid_since: Option<Timestamp>,
}

/// False: somebody else changed it since it was read.
pub fn set_state(tx: &mut Tx, one: &Certificate, to: &Change) -> Result<bool, StoreError> {
    let touched = tx.execute(
        SET_STATE,
        &[&one.id, &one.version, &to.state, &to.since, &to.reason, &to.invalid_since],
    )?;
    Ok(touched == 1)
}

pub fn asked(
    tx: &mut Tx,
    authority: AuthorityId,
    (serial, digest): (&str, &str),
) -> Result<Option<Asked>, StoreError> {
    tx.opt(ASKED, &[&authority, &serial, &digest])
}

pub fn put_answer(tx: &mut Tx, digest: &str, answer: &NewAnswer) -> Result<(), StoreError> {
    tx.execute(
        PUT_ANSWER,
        &[
            &answer.certificate,
            &digest,
            &answer.version,
            &answer.der,
            &answer.this_update,
            &answer.next_update,
        ],
    )
    .map(drop)
}

pub fn unanswered(
    tx: &mut Tx,
    digest: &str,
    (now, older_than): (Timestamp, Timestamp),
    limit: i64,
) -> Result<Vec<Unanswered>, StoreError> {
    tx.all(UNANSWERED, &[&digest, &now, &older_than, &limit])
}

pub fn forget_answers(tx: &mut Tx, before: Timestamp) -> Result<(), StoreError> {
    tx.execute(FORGET_ANSWERS, &[&before]).map(drop)
}
