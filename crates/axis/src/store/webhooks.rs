//! Webhooks and what they have still to tell.

use std::collections::HashSet;

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::news::{ARRIVED, News, Topic};
use crate::trace::{Event, What};
use crate::webhook::{Webhook, WebhookState};

pub const PUT: &str =
    "INSERT INTO axis_webhook (system_id, address, inside, secret, state, attempts,
        next_at, last_error, made_by, made_name, made_at)
    VALUES ($1, $2, $3, $4, 'active', 0, $7, '', $5, $6, $7)
    ON CONFLICT (system_id) DO UPDATE SET address = excluded.address, inside = excluded.inside,
        secret = excluded.secret, state = 'active', attempts = 0, next_at = excluded.next_at,
        last_error = '', made_by = excluded.made_by, made_name = excluded.made_name,
        made_at = excluded.made_at";
pub const ONE: &str =
    "SELECT system_id, address, inside, secret, state, attempts, next_at, heard_at,
        last_error, made_name, made_at
    FROM axis_webhook WHERE system_id = $1";
/// Every system, with its webhook where it has one.
pub const SYSTEMS: &str = "SELECT s.id, s.name, w.address, w.state, w.heard_at,
        (SELECT COUNT(*) FROM axis_push p WHERE p.system_id = s.id)
            + (SELECT COUNT(*) FROM axis_push_station p WHERE p.system_id = s.id) AS waiting
    FROM axis_system s LEFT JOIN axis_webhook w ON w.system_id = s.id ORDER BY s.id";
pub const SYSTEM_NAME: &str = "SELECT name FROM axis_system WHERE id = $1";
pub const SET_STATE: &str = "UPDATE axis_webhook
    SET state = $2, attempts = 0, next_at = $3, last_error = '' WHERE system_id = $1";
pub const CLEAR: &str = "DELETE FROM axis_push WHERE system_id = $1";
pub const CLEAR_STATIONS: &str = "DELETE FROM axis_push_station WHERE system_id = $1";
pub const DROP_STATIONS: &str = "DELETE FROM axis_push_station
    WHERE system_id = $1 AND event IN (SELECT e.id FROM axis_event e
        WHERE e.id = axis_push_station.event AND e.what = $2)";
pub const TOPICS: &str = "SELECT topic FROM axis_webhook_topic WHERE system_id = $1 ORDER BY topic";
pub const CLEAR_TOPICS: &str = "DELETE FROM axis_webhook_topic WHERE system_id = $1";
pub const PUT_TOPIC: &str = "INSERT INTO axis_webhook_topic (system_id, topic) VALUES ($1, $2)";

/// Into the queue of every webhook whose system speaks for a recipient and wants to hear it.
pub const QUEUE: &str = "INSERT INTO axis_push (system_id, delivery)
    SELECT w.system_id, d.id
    FROM axis_delivery d
        JOIN axis_system_agency a ON a.agency = d.to_key
        JOIN axis_webhook w ON w.system_id = a.system
        JOIN axis_webhook_topic t ON t.system_id = w.system_id
            AND t.topic = CASE d.kind WHEN 'edoc' THEN 'documents' ELSE 'statuses' END
    WHERE d.packet = $1 AND d.route = 'mailbox' AND w.state <> 'stopped'
    ON CONFLICT (system_id, delivery) DO NOTHING";
/// Whether there is such a webhook for an agency.
pub const HEARS: &str = "SELECT 1 FROM axis_system_agency a
        JOIN axis_webhook w ON w.system_id = a.system
        JOIN axis_webhook_topic t ON t.system_id = w.system_id
    WHERE a.agency = $1 AND w.state <> 'stopped' AND t.topic IN ('documents', 'statuses')
    LIMIT 1";
/// What waits for a system already.
pub const QUEUE_WAITING: &str = "INSERT INTO axis_push (system_id, delivery)
    SELECT CAST($1 AS TEXT), d.id
    FROM axis_system_agency a JOIN axis_delivery d ON d.to_key = a.agency
    WHERE a.system = $1 AND d.route = 'mailbox' AND d.transport = 'initial'
        AND d.recalled_at IS NULL
    ON CONFLICT (system_id, delivery) DO NOTHING";
/// A station, into the queue of every webhook whose system speaks for the sender and wants it.
pub const QUEUE_STATION: &str = "INSERT INTO axis_push_station (system_id, event)
    SELECT w.system_id, e.id
    FROM axis_event e JOIN axis_packet p ON p.id = e.packet
        JOIN axis_system_agency a ON a.agency = p.from_key
        JOIN axis_webhook w ON w.system_id = a.system
        JOIN axis_webhook_topic t ON t.system_id = w.system_id
    WHERE e.id = $1 AND t.topic = $2 AND w.state <> 'stopped'
    ON CONFLICT (system_id, event) DO NOTHING";
pub const ANY_TO_TELL: &str = "SELECT 1 FROM axis_webhook w
    WHERE w.state = 'active' AND w.attempts = 0
        AND (EXISTS (SELECT 1 FROM axis_push p WHERE p.system_id = w.system_id)
            OR EXISTS (SELECT 1 FROM axis_push_station p WHERE p.system_id = w.system_id)) LIMIT 1";
pub const TO_TELL: &str = "SELECT w.system_id FROM axis_webhook w
    WHERE w.state = 'active' AND w.attempts = 0
        AND (EXISTS (SELECT 1 FROM axis_push p WHERE p.system_id = w.system_id)
            OR EXISTS (SELECT 1 FROM axis_push_station p WHERE p.system_id = w.system_id))
    ORDER BY w.system_id";
/// What was fetched or called back meanwhile need not be told, nor what nobody wants to hear.
pub const DROP_STALE: &str = "DELETE FROM axis_push
    WHERE system_id = $1 AND delivery IN (SELECT d.id FROM axis_delivery d
        WHERE d.id = axis_push.delivery
            AND (d.transport <> 'initial' OR d.recalled_at IS NOT NULL
                OR NOT EXISTS (SELECT 1 FROM axis_webhook_topic t
                    WHERE t.system_id = axis_push.system_id AND t.topic =
                        CASE d.kind WHEN 'edoc' THEN 'documents' ELSE 'statuses' END)))";
pub const WAITING: &str = "SELECT d.id, 'arrived' AS event, d.id AS doc_id,
        p.kind AS message_type, p.status_code, p.from_code AS \"from\", d.to_code AS \"to\",
        p.document_id, p.urgency, p.sha256, p.size_bytes, '' AS detail, d.accepted_at AS at
    FROM axis_push q JOIN axis_delivery d ON d.id = q.delivery
        JOIN axis_packet p ON p.id = d.packet
    WHERE q.system_id = $1 ORDER BY d.id LIMIT $2";
pub const WAITING_STATIONS: &str = "SELECT e.id, e.what AS event, p.id AS doc_id,
        p.kind AS message_type, p.status_code, p.from_code AS \"from\", d.to_code AS \"to\",
        p.document_id, p.urgency, p.sha256, p.size_bytes, e.detail, e.at
    FROM axis_push_station q JOIN axis_event e ON e.id = q.event
        JOIN axis_packet p ON p.id = e.packet
        LEFT JOIN axis_delivery d ON d.id = e.delivery
    WHERE q.system_id = $1 ORDER BY e.id LIMIT $2";
pub const TOLD: &str = "DELETE FROM axis_push WHERE system_id = $1 AND delivery = $2";
pub const TOLD_STATION: &str = "DELETE FROM axis_push_station WHERE system_id = $1 AND event = $2";
pub const PACKET_OF: &str = "SELECT packet FROM axis_delivery WHERE id = $1";
pub const HEARD: &str = "UPDATE axis_webhook SET attempts = 0, heard_at = $2, last_error = ''
    WHERE system_id = $1";
pub const FAILED: &str = "UPDATE axis_webhook
    SET attempts = $2, next_at = $3, last_error = $4, state = $5
    WHERE system_id = $1 AND state = 'active'";

record! {
    /// A system, and how it is told.
    #[derive(Debug, Clone)]
    pub struct SystemLine {
        pub id: String,
        pub name: String,
        pub address: Option<String>,
        pub state: Option<WebhookState>,
        pub heard_at: Option<Timestamp>,
        pub waiting: i64,
    }
}

pub fn put(tx: &mut Tx, new: &Webhook, by: Option<Uuid>) -> Result<(), StoreError> {
    tx.execute(
        PUT,
        &[
            &new.system_id,
            &new.address,
            &new.inside,
            &new.secret,
            &by,
            &new.made_name,
            &new.made_at,
        ],
    )
    .map(drop)
}

pub fn one(tx: &mut Tx, system: &str) -> Result<Option<Webhook>, StoreError> {
    tx.opt(ONE, &[&system])
}

pub fn systems(tx: &mut Tx) -> Result<Vec<SystemLine>, StoreError> {
    tx.all(SYSTEMS, &[])
}

pub fn system_name(tx: &mut Tx, system: &str) -> Result<Option<String>, StoreError> {
    Ok(tx.opt::<(String,)>(SYSTEM_NAME, &[&system])?.map(|(name,)| name))
}

pub fn set_state(
    tx: &mut Tx,
    (system, state): (&str, WebhookState),
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(SET_STATE, &[&system, &state, &now])? == 1)
}

pub fn clear(tx: &mut Tx, system: &str) -> Result<(), StoreError> {
    tx.execute(CLEAR_STATIONS, &[&system])?;
    tx.execute(CLEAR, &[&system]).map(drop)
}

pub fn topics(tx: &mut Tx, system: &str) -> Result<Vec<Topic>, StoreError> {
    let codes = tx.all::<(String,)>(TOPICS, &[&system])?;
    Ok(codes.iter().filter_map(|(code,)| Topic::parse(code)).collect())
}

/// These and no others; what was queued of others is not told any more.
pub fn put_topics(tx: &mut Tx, system: &str, topics: &HashSet<Topic>) -> Result<(), StoreError> {
    tx.execute(CLEAR_TOPICS, &[&system])?;
    for topic in topics {
        tx.execute(PUT_TOPIC, &[&system, &topic.code()])?;
    }
    let dropped = |what: &What| Topic::of_station(*what).is_some_and(|one| !topics.contains(&one));
    for what in What::ALL.iter().filter(|what| dropped(what)) {
        tx.execute(DROP_STATIONS, &[&system, what])?;
    }
    Ok(())
}

pub fn hears(tx: &mut Tx, agency: &str) -> Result<bool, StoreError> {
    Ok(tx.opt::<(i64,)>(HEARS, &[&agency])?.is_some())
}

pub fn queue(tx: &mut Tx, packet: Uuid) -> Result<(), StoreError> {
    tx.execute(QUEUE, &[&packet]).map(drop)
}

/// Stations that senders may want to know of; of others nothing is asked.
pub fn queue_stations(tx: &mut Tx, events: &[Event]) -> Result<(), StoreError> {
    for one in events {
        if let Some(topic) = Topic::of_station(one.what) {
            tx.execute(QUEUE_STATION, &[&one.id, &topic.code()])?;
        }
    }
    Ok(())
}

pub fn queue_waiting(tx: &mut Tx, system: &str) -> Result<(), StoreError> {
    tx.execute(QUEUE_WAITING, &[&system]).map(drop)
}

pub fn any_to_tell(tx: &mut Tx) -> Result<bool, StoreError> {
    Ok(tx.opt::<(i64,)>(ANY_TO_TELL, &[])?.is_some())
}

pub fn to_tell(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    Ok(tx.all::<(String,)>(TO_TELL, &[])?.into_iter().map(|(system,)| system).collect())
}

/// The oldest that wait, in the order of what happened, after what need not be told is gone.
pub fn waiting(tx: &mut Tx, system: &str, most: i64) -> Result<Vec<News>, StoreError> {
    let mut news: Vec<News> = tx.all(WAITING, &[&system, &most])?;
    news.extend(tx.all::<News>(WAITING_STATIONS, &[&system, &most])?);
    news.sort_by_key(|one| one.id);
    news.truncate(usize::try_from(most).unwrap_or_default());
    Ok(news)
}

pub fn drop_stale(tx: &mut Tx, system: &str) -> Result<(), StoreError> {
    tx.execute(DROP_STALE, &[&system]).map(drop)
}

pub fn told(
    tx: &mut Tx,
    (system, now): (&str, Timestamp),
    news: &[News],
) -> Result<(), StoreError> {
    for one in news {
        let sql = if one.event == ARRIVED { TOLD } else { TOLD_STATION };
        tx.execute(sql, &[&system, &one.id])?;
    }
    tx.execute(HEARD, &[&system, &now]).map(drop)
}

pub fn packet_of(tx: &mut Tx, delivery: Uuid) -> Result<Option<Uuid>, StoreError> {
    Ok(tx.opt::<(Uuid,)>(PACKET_OF, &[&delivery])?.map(|(packet,)| packet))
}

pub fn failed(tx: &mut Tx, after: &Webhook) -> Result<bool, StoreError> {
    let Webhook { system_id, attempts, next_at, last_error, state, .. } = after;
    Ok(tx.execute(FAILED, &[system_id, attempts, next_at, last_error, state])? == 1)
}
