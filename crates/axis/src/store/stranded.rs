//! What nobody delivers yet.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::delivery::{DeliveryId, Route};
use crate::packet::{Origin, PacketId};

pub const ANY: &str = "SELECT 1 FROM axis_delivery
    WHERE route = 'nowhere' AND transport = 'initial' AND recalled_at IS NULL LIMIT 1";
pub const RECIPIENTS: &str = "SELECT DISTINCT to_key, to_code FROM axis_delivery
    WHERE route = 'nowhere' AND transport = 'initial' AND recalled_at IS NULL
        AND (to_key > $1 OR (to_key = $1 AND to_code > $2))
    ORDER BY to_key, to_code LIMIT $3";
/// In the order of acceptance.
pub const OF: &str = "SELECT d.id, d.packet, d.to_code, p.origin
    FROM axis_delivery d JOIN axis_packet p ON p.id = d.packet
    WHERE d.to_key = $1 AND d.id > $2
        AND d.route = 'nowhere' AND d.transport = 'initial' AND d.recalled_at IS NULL
    ORDER BY d.id LIMIT $3";
pub const ONE: &str = "SELECT d.id, d.packet, d.to_code, p.origin
    FROM axis_delivery d JOIN axis_packet p ON p.id = d.packet
    WHERE d.id = $1
        AND d.route = 'nowhere' AND d.transport = 'initial' AND d.recalled_at IS NULL";
/// Of two who come at once one changes the row; and whoever had the same document by another code
/// does not get it twice.
pub const SEND_ON: &str = "UPDATE axis_delivery
    SET route = $2, link = $3, to_unit = $4, to_key = $5, to_name = $6, next_at = $7,
        version = version + 1
    WHERE id = $1 AND route = 'nowhere' AND transport = 'initial' AND recalled_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM axis_delivery o
            WHERE o.from_key = axis_delivery.from_key
                AND o.document_id = axis_delivery.document_id
                AND o.business = axis_delivery.business AND o.to_key = $5
                AND o.turn = axis_delivery.turn AND o.id <> axis_delivery.id)";
/// Whoever ends a link, or closes a desk, waits until what goes there now is there, and sees it.
pub const HOLD_LINK: &str = "UPDATE axis_link SET name = name
    WHERE id = $1 AND ended_at IS NULL";
pub const HOLD_DESK: &str = "UPDATE axis_desk SET told = told WHERE unit = $1";
pub const PASS: &str = "UPDATE axis_task SET settled_at = $2, settled_by = $3, how = 'passed'
    WHERE delivery = $1 AND kind = 'stranded' AND settled_at IS NULL";

record! {
    #[derive(Debug, Clone)]
    pub struct Stranded {
        pub id: DeliveryId,
        pub packet: PacketId,
        pub to_code: String,
        pub origin: Origin,
    }
}

/// The way that was found, and what the recipient is called by it.
#[derive(Debug, Clone, Copy)]
pub struct Onward<'a> {
    pub route: Route,
    pub link: Option<Uuid>,
    pub to_unit: Option<Uuid>,
    pub to_key: &'a str,
    pub to_name: &'a str,
    pub next_at: Option<Timestamp>,
}

pub fn is_any(tx: &mut Tx) -> Result<bool, StoreError> {
    Ok(tx.opt::<(i64,)>(ANY, &[])?.is_some())
}

/// Key and code of those behind these.
pub fn recipients(
    tx: &mut Tx,
    (key, code): (&str, &str),
    most: i64,
) -> Result<Vec<(String, String)>, StoreError> {
    tx.all(RECIPIENTS, &[&key, &code, &most])
}

/// By the key of the recipient, those behind `after`.
pub fn of(tx: &mut Tx, (key, after): (&str, Uuid), most: i64) -> Result<Vec<Stranded>, StoreError> {
    tx.all(OF, &[&key, &after, &most])
}

pub fn one(tx: &mut Tx, id: DeliveryId) -> Result<Option<Stranded>, StoreError> {
    tx.opt(ONE, &[&id])
}

/// False when it is not stranded any more, or may not go.
pub fn send_on(tx: &mut Tx, id: DeliveryId, on: Onward<'_>) -> Result<bool, StoreError> {
    let Onward { route, link, to_unit, to_key, to_name, next_at } = on;
    Ok(tx.execute(SEND_ON, &[&id, &route, &link, &to_unit, &to_key, &to_name, &next_at])? == 1)
}

/// False when it has ended.
pub fn hold_link(tx: &mut Tx, link: Uuid) -> Result<bool, StoreError> {
    Ok(tx.execute(HOLD_LINK, &[&link])? == 1)
}

/// False when it is closed.
pub fn hold_desk(tx: &mut Tx, unit: Uuid) -> Result<bool, StoreError> {
    Ok(tx.execute(HOLD_DESK, &[&unit])? == 1)
}

/// What stands on the work list about it is done; false when nothing does.
pub fn pass(tx: &mut Tx, id: DeliveryId, (at, by): (Timestamp, &str)) -> Result<bool, StoreError> {
    Ok(tx.execute(PASS, &[&id, &at, &by])? > 0)
}
