//! What others say about their certificates: wanted, fetched, kept. And which hosts inside our own
//! networks may be asked.

use jiff::Timestamp;
use platform::record;
use platform::store::{Args, StoreError, Tx};
use uuid::Uuid;

pub const KNOWN: &str = "SELECT id, kind, certificate, issuer, this_update, next_update, wanted_at,
        ask_at, tries, fault
    FROM trust_evidence WHERE id = $1";
pub const DER: &str = "SELECT der, size_bytes FROM trust_evidence WHERE id = $1";
pub const REMEMBER: &str = "INSERT INTO trust_evidence (id, kind, certificate, issuer, size_bytes,
        wanted_at, ask_at, tries)
    VALUES ($1, $2, $3, $4, 0, $5, $5, 0)
    ON CONFLICT (id) DO NOTHING";
pub const WANT: &str = "UPDATE trust_evidence SET wanted_at = $2 WHERE id = $1";
pub const HURRY: &str = "UPDATE trust_evidence SET ask_at = $2
    WHERE id = $1 AND fault IS NULL AND ask_at > $2";
pub const DUE: &str = "SELECT id, kind, certificate, issuer, this_update, next_update, wanted_at,
        ask_at, tries, fault
    FROM trust_evidence WHERE ask_at <= $1 AND wanted_at >= $2 ORDER BY ask_at, id LIMIT $3";
pub const CLAIM: &str = "UPDATE trust_evidence SET ask_at = $3 WHERE id = $1 AND ask_at = $2";
pub const TAKE: &str = "UPDATE trust_evidence SET der = $2, size_bytes = $3, this_update = $4,
        next_update = $5, ask_at = $6, tries = 0, fault = NULL
    WHERE id = $1 AND (this_update IS NULL OR this_update <= $4)";
pub const FAIL: &str = "UPDATE trust_evidence SET ask_at = $2, tries = tries + 1, fault = $3
    WHERE id = $1";
pub const COUNT: &str = "SELECT COUNT(*) FROM trust_evidence";
pub const BYTES: &str = "SELECT COALESCE(SUM(size_bytes), 0) FROM trust_evidence WHERE id <> $1";
pub const OLDEST: &str = "SELECT id, size_bytes FROM trust_evidence WHERE id <> $1
    ORDER BY wanted_at, id LIMIT 1";
pub const FORGET: &str = "DELETE FROM trust_evidence WHERE id = $1";
pub const FORGET_OLD: &str = "DELETE FROM trust_evidence WHERE wanted_at < $1";
pub const FORGET_ALL: &str = "DELETE FROM trust_evidence";
pub const ALL: &str = "SELECT id, kind, certificate, issuer, this_update, next_update, wanted_at,
        ask_at, tries, fault
    FROM trust_evidence ORDER BY wanted_at DESC, id LIMIT $1";
pub const HOSTS: &str = "SELECT id, host, note, made_name, made_at FROM trust_inside_host
    ORDER BY host";
pub const ADD_HOST: &str = "INSERT INTO trust_inside_host (id, host, note, made_by, made_name,
        made_at)
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (host) DO NOTHING";
pub const REMOVE_HOST: &str = "DELETE FROM trust_inside_host WHERE id = $1 RETURNING host";

record! {
    /// One list or one answer of somebody else's authority, got or not yet.
    #[derive(Debug, Clone)]
    pub struct Kept {
        pub id: String,
        /// `list` or `answer`.
        pub kind: String,
        /// Whose addresses are asked.
        pub certificate: Vec<u8>,
        pub issuer: Vec<u8>,
        pub this_update: Option<Timestamp>,
        pub next_update: Option<Timestamp>,
        pub wanted_at: Timestamp,
        /// Not asked before.
        pub ask_at: Timestamp,
        /// Since it was got the last time.
        pub tries: i64,
        /// Why the last try brought nothing.
        pub fault: Option<String>,
    }
}

record! {
    /// A host of our own networks that may be asked.
    #[derive(Debug, Clone)]
    pub struct Host {
        pub id: Uuid,
        pub host: String,
        pub note: Option<String>,
        pub made_name: String,
        pub made_at: Timestamp,
    }
}

/// What was got.
#[derive(Debug, Clone)]
pub struct Got {
    pub der: Vec<u8>,
    pub this_update: Timestamp,
    pub next_update: Option<Timestamp>,
    pub ask_at: Timestamp,
}

pub fn known(tx: &mut Tx, id: &str) -> Result<Option<Kept>, StoreError> {
    tx.opt(KNOWN, &[&id])
}

/// The DER, unless it was not got yet or is longer than that.
pub fn der(tx: &mut Tx, id: &str, bytes_max: i64) -> Result<Option<Vec<u8>>, StoreError> {
    let found: Option<(Option<Vec<u8>>, i64)> = tx.opt(DER, &[&id])?;
    Ok(found.and_then(|(der, size_bytes)| der.filter(|_| size_bytes <= bytes_max)))
}

/// Wanted and due from now on.
pub fn remember(
    tx: &mut Tx,
    (id, kind): (&str, &str),
    (certificate, issuer): (&[u8], &[u8]),
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(REMEMBER, &[&id, &kind, &certificate, &issuer, &at]).map(drop)
}

pub fn want(tx: &mut Tx, id: &str, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(WANT, &[&id, &at]).map(drop)
}

/// Asked now and not only before its end.
pub fn hurry(tx: &mut Tx, id: &str, at: Timestamp) -> Result<(), StoreError> {
    tx.execute(HURRY, &[&id, &at]).map(drop)
}

/// What is to be asked now, of what was wanted since `since`.
pub fn due(
    tx: &mut Tx,
    (now, since): (Timestamp, Timestamp),
    rows_max: i64,
) -> Result<Vec<Kept>, StoreError> {
    tx.all(DUE, &[&now, &since, &rows_max])
}

/// False when another process took it up meanwhile.
pub fn claim(tx: &mut Tx, one: &Kept, until: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(CLAIM, &[&one.id, &one.ask_at, &until])? == 1)
}

/// Never older than what is there: false when it would be.
pub fn take(tx: &mut Tx, id: &str, got: &Got) -> Result<bool, StoreError> {
    let size_bytes = i64::try_from(got.der.len()).unwrap_or(i64::MAX);
    let args: Args<'_> =
        &[&id, &got.der, &size_bytes, &got.this_update, &got.next_update, &got.ask_at];
    Ok(tx.execute(TAKE, args)? == 1)
}

pub fn fail(tx: &mut Tx, id: &str, (ask_at, fault): (Timestamp, &str)) -> Result<(), StoreError> {
    tx.execute(FAIL, &[&id, &ask_at, &fault]).map(drop)
}

pub fn count(tx: &mut Tx) -> Result<i64, StoreError> {
    tx.one::<(i64,)>(COUNT, &[]).map(|(count,)| count)
}

/// All that is kept beside `id`.
pub fn bytes_beside(tx: &mut Tx, id: &str) -> Result<i64, StoreError> {
    tx.one::<(i64,)>(BYTES, &[&id]).map(|(bytes,)| bytes)
}

/// Lets go of what nobody wanted for longest, but never of `but`: how many bytes that freed.
pub fn let_go(tx: &mut Tx, but: &str) -> Result<Option<i64>, StoreError> {
    let Some((id, size_bytes)) = tx.opt::<(String, i64)>(OLDEST, &[&but])? else {
        return Ok(None);
    };
    tx.execute(FORGET, &[&id])?;
    Ok(Some(size_bytes))
}

pub fn forget_old(tx: &mut Tx, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(FORGET_OLD, &[&before])
}

pub fn forget_all(tx: &mut Tx) -> Result<(), StoreError> {
    tx.execute(FORGET_ALL, &[]).map(drop)
}

/// The last wanted first.
pub fn all(tx: &mut Tx, rows_max: i64) -> Result<Vec<Kept>, StoreError> {
    tx.all(ALL, &[&rows_max])
}

pub fn hosts(tx: &mut Tx) -> Result<Vec<Host>, StoreError> {
    tx.all(HOSTS, &[])
}

/// False when it is there already.
pub fn add_host(tx: &mut Tx, one: &Host, by: Option<Uuid>) -> Result<bool, StoreError> {
    let args: Args<'_> = &[&one.id, &one.host, &one.note, &by, &one.made_name, &one.made_at];
    Ok(tx.execute(ADD_HOST, args)? == 1)
}

/// The host that was removed.
pub fn remove_host(tx: &mut Tx, id: Uuid) -> Result<Option<String>, StoreError> {
    Ok(tx.opt::<(String,)>(REMOVE_HOST, &[&id])?.map(|(host,)| host))
}
