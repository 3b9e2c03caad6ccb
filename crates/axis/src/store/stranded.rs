//! What nobody delivers yet.

use jiff::Timestamp;
use platform::record;
use platform::store::{Args, StoreError, Tx};
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
pub const OF: &str = "SELECT d.id, d.packet, d.to_code, d.from_key, d.document_id, p.origin
    FROM axis_delivery d JOIN axis_packet p ON p.id = d.packet
    WHERE d.to_key = $1 AND d.id > $2
        AND d.route = 'nowhere' AND d.transport = 'initial' AND d.recalled_at IS NULL
    ORDER BY d.id LIMIT $3";
/// One with those before it of the same document for the same recipient.
pub const LINE: &str = "SELECT d.id, d.packet, d.to_code, d.from_key, d.document_id, p.origin
    FROM axis_delivery one
        JOIN axis_delivery d ON d.from_key = one.from_key AND d.document_id = one.document_id
            AND d.to_key = one.to_key AND d.id <= one.id
        JOIN axis_packet p ON p.id = d.packet
    WHERE one.id = $1
        AND d.route = 'nowhere' AND d.transport = 'initial' AND d.recalled_at IS NULL
    ORDER BY d.id";
/// Of two who come at once one changes the row; what waits behind another does not go before it;
/// and whoever had the same document by another code does not get it twice.
pub const SEND_ON: &str = "UPDATE axis_delivery
    SET route = $2, link = $3, to_unit = $4, to_key = $5, to_name = $6, next_at = $7,
        sent_on_at = $8, version = version + 1
    WHERE id = $1 AND route = 'nowhere' AND transport = 'initial' AND recalled_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM axis_delivery o
            WHERE o.from_key = axis_delivery.from_key
                AND o.document_id = axis_delivery.document_id
                AND o.business = axis_delivery.business AND o.to_key = $5
                AND o.turn = axis_delivery.turn AND o.id <> axis_delivery.id)
        AND (behind IS NULL
            OR NOT EXISTS (SELECT 1 FROM axis_wayless w WHERE w.id = axis_delivery.behind))";
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
        pub from_key: String,
        pub document_id: String,
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
    pub at: Timestamp,
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

pub fn line(tx: &mut Tx, id: DeliveryId) -> Result<Vec<Stranded>, StoreError> {
    tx.all(LINE, &[&id])
}

/// False when it is not stranded any more, or may not go.
pub fn send_on(tx: &mut Tx, id: DeliveryId, on: Onward<'_>) -> Result<bool, StoreError> {
    let Onward { route, link, to_unit, to_key, to_name, next_at, at } = on;
    let args: Args<'_> = &[&id, &route, &link, &to_unit, &to_key, &to_name, &next_at, &at];
    Ok(tx.execute(SEND_ON, args)? == 1)
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
