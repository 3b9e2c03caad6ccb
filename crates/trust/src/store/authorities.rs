//! Authorities, and their lists of revoked certificates.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};

use crate::authority::{Authority, AuthorityId, Slug};

pub const INSERT: &str = "INSERT INTO trust_authority (id, slug, name, parent, key, der, sandbox,
        crl_number, made_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub const ALL: &str = "SELECT id, slug, name, parent, key, der, sandbox, crl_number, made_at
    FROM trust_authority ORDER BY made_at, slug";
pub const BY_ID: &str = "SELECT id, slug, name, parent, key, der, sandbox, crl_number, made_at
    FROM trust_authority WHERE id = $1";
pub const BY_SLUG: &str = "SELECT id, slug, name, parent, key, der, sandbox, crl_number, made_at
    FROM trust_authority WHERE slug = $1";
/// The issuing authority that new certificates come from: the youngest.
pub const ISSUING: &str = "SELECT id, slug, name, parent, key, der, sandbox, crl_number, made_at
    FROM trust_authority WHERE parent IS NOT NULL ORDER BY made_at DESC, slug DESC LIMIT 1";
pub const NEXT_CRL: &str = "UPDATE trust_authority SET crl_number = crl_number + 1
    WHERE id = $1 RETURNING crl_number";
pub const REVOKED: &str = "SELECT serial, state, state_since, reason, invalid_since
    FROM trust_certificate
    WHERE authority = $1 AND state IN ('suspended', 'revoked') AND not_after >= $2
    ORDER BY serial";
pub const PUT_CRL: &str = "INSERT INTO trust_crl (authority, number, der, this_update, next_update)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (authority) DO UPDATE SET number = excluded.number, der = excluded.der,
        this_update = excluded.this_update, next_update = excluded.next_update
    WHERE trust_crl.number < excluded.number";
pub const CRL: &str = "SELECT c.number, c.der, c.this_update, c.next_update
    FROM trust_crl c JOIN trust_authority a ON a.id = c.authority WHERE a.slug = $1";

/// What changed since a list was signed.
pub const CHANGED: &str = "SELECT COUNT(*) FROM trust_certificate
    WHERE authority = $1 AND state_since > $2";

record! {
    pub struct RevokedRow {
        pub serial: String,
        pub state: String,
        pub state_since: Option<Timestamp>,
        pub reason: Option<i64>,
        pub invalid_since: Option<Timestamp>,
    }
}

record! {
    #[derive(Clone)]
    pub struct CrlRow {
        pub number: i64,
        pub der: Vec<u8>,
        pub this_update: Timestamp,
        pub next_update: Timestamp,
    }
}

pub fn insert(tx: &mut Tx, one: &Authority) -> Result<(), StoreError> {
    tx.execute(
        INSERT,
        &[
            &one.id,
            &one.slug,
            &one.name,
            &one.parent,
            &one.key,
            &one.der,
            &one.sandbox,
            &one.crl_number,
            &one.made_at,
        ],
    )
    .map(drop)
}

pub fn all(tx: &mut Tx) -> Result<Vec<Authority>, StoreError> {
    tx.all(ALL, &[])
}

pub fn by_id(tx: &mut Tx, id: AuthorityId) -> Result<Option<Authority>, StoreError> {
    tx.opt(BY_ID, &[&id])
}

pub fn by_slug(tx: &mut Tx, slug: &Slug) -> Result<Option<Authority>, StoreError> {
    tx.opt(BY_SLUG, &[slug])
}

pub fn issuing(tx: &mut Tx) -> Result<Option<Authority>, StoreError> {
    tx.opt(ISSUING, &[])
}

/// The number of the next list, and what stands on it.
pub fn begin_crl(
    tx: &mut Tx,
    id: AuthorityId,
    now: Timestamp,
) -> Result<(i64, Vec<RevokedRow>), StoreError> {
    let (number,): (i64,) = tx.one(NEXT_CRL, &[&id])?;
    Ok((number, tx.all(REVOKED, &[&id, &now])?))
}

/// A list with a lower number than the one in force is not kept: somebody was quicker.
pub fn put_crl(tx: &mut Tx, id: AuthorityId, crl: &CrlRow) -> Result<(), StoreError> {
    tx.execute(PUT_CRL, &[&id, &crl.number, &crl.der, &crl.this_update, &crl.next_update]).map(drop)
}

pub fn crl(tx: &mut Tx, slug: &Slug) -> Result<Option<CrlRow>, StoreError> {
    tx.opt(CRL, &[slug])
}

/// Whether a state changed since: signing the list may have failed just then.
pub fn has_changed(tx: &mut Tx, id: AuthorityId, since: Timestamp) -> Result<bool, StoreError> {
    let (count,): (i64,) = tx.one(CHANGED, &[&id, &since])?;
    Ok(count > 0)
}
