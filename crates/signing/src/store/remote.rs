//! Remote signing services and the credentials that officers linked.

use jiff::Timestamp;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::remote::{Link, Service};

pub const INSERT_SERVICE: &str = "INSERT INTO signing_remote_service (id, name, address, access,
        client_id, token_address, secret, made_by, made_name, made_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
pub const SERVICES: &str = "SELECT id, name, address, access, client_id, token_address, secret,
        made_by, made_name, made_at, ended_at
    FROM signing_remote_service ORDER BY made_at, id";
pub const SERVICE: &str = "SELECT id, name, address, access, client_id, token_address, secret,
        made_by, made_name, made_at, ended_at
    FROM signing_remote_service WHERE id = $1";
pub const END_SERVICE: &str = "UPDATE signing_remote_service SET ended_at = $2
    WHERE id = $1 AND ended_at IS NULL";
/// Linked again, an old link is in force again.
pub const PUT_LINK: &str = "INSERT INTO signing_remote_link (id, service, account, credential,
        fingerprint, linked_at)
    VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (account, service, credential) DO UPDATE SET fingerprint = excluded.fingerprint,
        linked_at = excluded.linked_at, ended_at = NULL";
pub const LINKS_OF: &str = "SELECT l.id, l.service, l.account, l.credential, l.fingerprint,
        l.linked_at, l.ended_at
    FROM signing_remote_link l JOIN signing_remote_service s ON s.id = l.service
    WHERE l.account = $1 AND l.ended_at IS NULL AND s.ended_at IS NULL
    ORDER BY l.linked_at DESC, l.id";
pub const END_LINK: &str = "UPDATE signing_remote_link SET ended_at = $3
    WHERE id = $1 AND account = $2 AND ended_at IS NULL";

pub fn insert_service(tx: &mut Tx, one: &Service) -> Result<(), StoreError> {
    tx.execute(
        INSERT_SERVICE,
        &[
            &one.id,
            &one.name,
            &one.address,
            &one.access,
            &one.client_id,
            &one.token_address,
            &one.secret,
            &one.made_by,
            &one.made_name,
            &one.made_at,
        ],
    )
    .map(drop)
}

pub fn services(tx: &mut Tx) -> Result<Vec<Service>, StoreError> {
    tx.all(SERVICES, &[])
}

pub fn service(tx: &mut Tx, id: Uuid) -> Result<Option<Service>, StoreError> {
    tx.opt(SERVICE, &[&id])
}

/// False when there is none that is in use.
pub fn end_service(tx: &mut Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(END_SERVICE, &[&id, &at])? == 1)
}

pub fn put_link(tx: &mut Tx, one: &Link) -> Result<(), StoreError> {
    tx.execute(
        PUT_LINK,
        &[&one.id, &one.service, &one.account, &one.credential, &one.fingerprint, &one.linked_at],
    )
    .map(drop)
}

/// Those that somebody signs with today: neither link nor service has ended.
pub fn links_of(tx: &mut Tx, account: Uuid) -> Result<Vec<Link>, StoreError> {
    tx.all(LINKS_OF, &[&account])
}

pub fn end_link(
    tx: &mut Tx,
    (id, account): (Uuid, Uuid),
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(END_LINK, &[&id, &account, &at])? == 1)
}
