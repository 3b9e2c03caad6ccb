//! Ways that have ended, and what still waits there.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::delivery::{Delivery, DeliveryId, Route};

pub const INSERT: &str = "INSERT INTO axis_leaving (id, route, link, to_key, since, portions)
    VALUES ($1, $2, $3, $4, $5, 0)";
pub const ANY: &str = "SELECT 1 FROM axis_leaving LIMIT 1";
pub const ALL: &str = "SELECT id, route, link, to_key, since FROM axis_leaving ORDER BY id";
/// Of two who come at once one waits for the other.
pub const TOUCH: &str = "UPDATE axis_leaving SET portions = portions + 1 WHERE id = $1";
pub const REMOVE: &str = "DELETE FROM axis_leaving WHERE id = $1";
pub const AT_LINK: &str = "SELECT id, packet, to_code, to_name, to_unit, route, link, transport,
        transport_at, description, attempts, next_at, said, said_at, asked, asked_at,
        recalled_at, receipt, refusals, accepted_at, version
    FROM axis_delivery
    WHERE link = $1 AND route = 'link' AND transport IN ('initial', 'processing')
        AND recalled_at IS NULL
    ORDER BY packet, id LIMIT $2";
pub const AT_AGENCY: &str = "SELECT id, packet, to_code, to_name, to_unit, route, link, transport,
        transport_at, description, attempts, next_at, said, said_at, asked, asked_at,
        recalled_at, receipt, refusals, accepted_at, version
    FROM axis_delivery
    WHERE to_key = $1 AND route = $2 AND transport = 'initial' AND recalled_at IS NULL
        AND EXISTS (SELECT 1 FROM axis_wayless w WHERE w.id = axis_delivery.id)
    ORDER BY packet, id LIMIT $3";
pub const WAYLESS: &str = "SELECT id, to_code FROM axis_wayless
    WHERE from_key = $1 AND document_id = $2 ORDER BY id";

record! {
    #[derive(Debug, Clone)]
    pub struct Leaving {
        pub id: Uuid,
        pub route: Route,
        pub link: Option<Uuid>,
        pub to_key: String,
        pub since: Timestamp,
    }
}

pub fn insert(tx: &mut Tx, new: &Leaving) -> Result<(), StoreError> {
    let Leaving { id, route, link, to_key, since } = new;
    tx.execute(INSERT, &[id, route, link, to_key, since]).map(drop)
}

pub fn is_any(tx: &mut Tx) -> Result<bool, StoreError> {
    Ok(tx.opt::<(i64,)>(ANY, &[])?.is_some())
}

pub fn all(tx: &mut Tx) -> Result<Vec<Leaving>, StoreError> {
    tx.all(ALL, &[])
}

/// False when nothing leaves there any more.
pub fn touch(tx: &mut Tx, id: Uuid) -> Result<bool, StoreError> {
    Ok(tx.execute(TOUCH, &[&id])? == 1)
}

pub fn remove(tx: &mut Tx, id: Uuid) -> Result<(), StoreError> {
    tx.execute(REMOVE, &[&id]).map(drop)
}

/// What waits there, in the order of acceptance.
pub fn waiting(tx: &mut Tx, at: &Leaving, most: i64) -> Result<Vec<Delivery>, StoreError> {
    match at.link {
        Some(link) => tx.all(AT_LINK, &[&link, &most]),
        None => tx.all(AT_AGENCY, &[&at.to_key, &at.route, &most]),
    }
}

/// What one sender sent about one document and nobody can deliver, with the recipients as written.
pub fn wayless(
    tx: &mut Tx,
    (from_key, document_id): (&str, &str),
) -> Result<Vec<(DeliveryId, String)>, StoreError> {
    tx.all(WAYLESS, &[&from_key, &document_id])
}
