//! Webhooks: where a system is told, set and stopped by an administrator, called by a job.

use std::collections::{BTreeMap, HashSet};
use std::time::Duration;

use identity::Scribe;
use jiff::Timestamp;
use platform::Ctx;
use platform::figures;
use platform::hex::to_hex;
use platform::jobs::{self, NewJob};
use platform::outside::reach;
use platform::store::{StoreError, Tx};
use serde_json::json;
use uuid::Uuid;
use wire::algorithm::Digest;
use zeroize::Zeroizing;

use super::settling::{self, PROGRAM};
use crate::delivery::DeliveryId;
use crate::news::{ARRIVED, News, Topic};
use crate::packet::PacketId;
use crate::party::Party;
use crate::receipt;
use crate::refusal::Refusal;
use crate::store::{events, webhooks as store};
use crate::trace::{Event, What};
use crate::watch_fault::WatchFault;
use crate::webhook::{
    Call, RECEIPT, SIGNATURE, TIMESTAMP, TOLD_AT_ONCE, Webhook, WebhookState, pause_after,
    read_address, sealed_at, signature,
};
use crate::work::TaskKind;

/// The job that calls one system.
pub(crate) const PUSH: &str = "axis.push";
/// How many news were heard, by event.
pub const TOLD: &str = "axis.told";
const WAY: &str = "webhook";
const PATIENCE: (Duration, Duration) = (Duration::from_secs(5), Duration::from_secs(15));
const ERROR_LETTERS_MAX: usize = 200;

/// What an administrator says about a webhook.
#[derive(Debug, Clone)]
pub struct NewWebhook {
    pub address: String,
    /// Its host stands inside our own networks.
    pub inside: bool,
    pub topics: HashSet<Topic>,
}

/// Tells a system at this address from now on, first of what waits already. The secret is handed
/// back once; none: it goes to where it went before, signed as before.
pub async fn put(
    ctx: &Ctx,
    scribe: &Scribe,
    system: &str,
    asked: NewWebhook,
) -> Result<Option<Zeroizing<String>>, Refusal> {
    let NewWebhook { address, inside, topics } = asked;
    let address = read_address(&address, inside).map_err(WatchFault::Address)?;
    if topics.is_empty() {
        return Err(WatchFault::Topics.into());
    }
    let secret = Zeroizing::new(ctx.ids.token());
    let new = Webhook {
        system_id: system.to_owned(),
        address,
        inside,
        secret: ctx.vault.seal(sealed_at(system), secret.as_bytes())?,
        state: WebhookState::Active,
        attempts: 0,
        next_at: scribe.now,
        heard_at: None,
        last_error: String::new(),
        made_name: scribe.name.clone(),
        made_at: scribe.now,
    };
    let scribe = scribe.clone();
    let is_kept = ctx.store.write(move |tx| write(tx, &scribe, (new.clone(), &topics))).await?;
    Ok((!is_kept).then_some(secret))
}

/// True when the secret of before is kept.
fn write(
    tx: &mut Tx,
    scribe: &Scribe,
    (mut new, topics): (Webhook, &HashSet<Topic>),
) -> Result<bool, Refusal> {
    let system = new.system_id.clone();
    store::system_name(tx, &system)?.ok_or(Refusal::Nothing)?;
    let before = store::one(tx, &system)?.filter(|before| before.goes_on_as(&new));
    let is_kept = before.is_some();
    if let Some(before) = before {
        new.secret = before.secret;
    }
    store::put(tx, &new, scribe.actor)?;
    store::put_topics(tx, &system, topics)?;
    store::queue_waiting(tx, &system)?;
    settling::pass(tx, scribe, &subject(&system))?;
    let mut topics: Vec<&str> = topics.iter().map(|topic| topic.code()).collect();
    topics.sort_unstable();
    let told = json!({ "address": new.address, "inside": new.inside, "topics": topics,
        "newSecret": !is_kept });
    scribe.note_over(tx, None, ("axis.set-webhook", object(&system)), told)?;
    Ok(is_kept)
}

/// Not told any more; what waits is fetched as before.
pub async fn stop(ctx: &Ctx, scribe: &Scribe, system: &str) -> Result<(), Refusal> {
    let (system, scribe) = (system.to_owned(), scribe.clone());
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            if !store::set_state(tx, (&system, WebhookState::Stopped), scribe.now)? {
                return Err(Refusal::Nothing);
            }
            store::clear(tx, &system)?;
            settling::pass(tx, &scribe, &subject(&system))?;
            let told = ("axis.stop-webhook", object(&system));
            Ok(scribe.note_over(tx, None, told, json!({}))?)
        })
        .await
}

/// Called again, from the beginning.
pub(crate) fn resume(tx: &mut Tx, scribe: &Scribe, system: &str) -> Result<(), Refusal> {
    if !store::set_state(tx, (system, WebhookState::Active), scribe.now)? {
        return Err(Refusal::Nothing);
    }
    let told = ("axis.resume-webhook", object(system));
    Ok(scribe.note_over(tx, None, told, json!({}))?)
}

/// In the unit that accepts a packet: whoever wants to be told, is told after it.
/// Whether anything is to be queued for a recipient.
pub(crate) fn hears(tx: &mut Tx, party: &Party) -> Result<bool, StoreError> {
    store::hears(tx, &party.key)
}

pub(crate) fn queue(tx: &mut Tx, packet: PacketId) -> Result<(), StoreError> {
    store::queue(tx, packet.0)
}

/// One job for each system that has something to hear and is not resting after a failure.
pub(crate) async fn dispatch(ctx: &Ctx) -> Result<(), StoreError> {
    let systems = ctx.store.read(store::to_tell).await?;
    let (now, ids) = (ctx.clock.now(), ctx.ids.clone());
    ctx.store
        .write(move |tx| {
            for system in &systems {
                jobs::enqueue(tx, &push_job((ids.next(), system), now))?;
            }
            Ok(())
        })
        .await
}

fn push_job((id, system): (Uuid, &str), run_at: Timestamp) -> NewJob {
    let payload = json!({ "system": system });
    NewJob { id, kind: PUSH, payload, run_at, key: Some(system.to_owned()) }
}

/// Calls until everything was told or a call was in vain.
pub(crate) async fn push(ctx: &Ctx, system: &str) -> Result<(), Refusal> {
    while let Some((webhook, call)) = next_call(ctx, system).await? {
        match send(ctx, &webhook, &call).await {
            Ok(()) => heard(ctx, call).await?,
            Err(Fault::Here(refusal)) => return Err(refusal),
            Err(Fault::There(reason)) => return in_vain(ctx, webhook, reason).await,
        }
    }
    Ok(())
}

/// Why a call was not heard: by our own fault, or by theirs.
enum Fault {
    Here(Refusal),
    There(String),
}

async fn next_call(ctx: &Ctx, system: &str) -> Result<Option<(Webhook, Call)>, Refusal> {
    let (system, now) = (system.to_owned(), ctx.clock.now());
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            store::drop_stale(tx, &system)?;
            let found = store::one(tx, &system)?;
            let Some(webhook) = found.filter(|one| one.state == WebhookState::Active) else {
                return Ok(None);
            };
            let mut events = store::waiting(tx, &system, TOLD_AT_ONCE + 1)?;
            let more = events.len() as i64 > TOLD_AT_ONCE;
            events.truncate(usize::try_from(TOLD_AT_ONCE).unwrap_or_default());
            let call = Call { system: system.clone(), sent_at: now, events, more };
            Ok((!call.events.is_empty()).then_some((webhook, call)))
        })
        .await
}

async fn send(ctx: &Ctx, webhook: &Webhook, call: &Call) -> Result<(), Fault> {
    let here = |refusal: Refusal| Fault::Here(refusal);
    let body = serde_json::to_vec(call).map_err(|error| here(untold(&error.to_string())))?;
    let place = sealed_at(&webhook.system_id);
    let secret = ctx.vault.open(place, &webhook.secret).map_err(|fault| here(fault.into()))?;
    let secret = Zeroizing::new(secret);
    let receipt = receipt_of(ctx, call, &body).await.map_err(here)?;
    let client = reach::client(PATIENCE, &webhook.reach())
        .map_err(|error| here(untold(&error.to_string())))?;
    if !webhook.reach().allows(&webhook.address) {
        return Err(Fault::There("its address leads to no public host".to_owned()));
    }
    let request = client
        .post(&webhook.address)
        .header("content-type", "application/json")
        .header(TIMESTAMP, call.sent_at.as_second().to_string())
        .header(SIGNATURE, signature(&secret, call.sent_at, &body))
        .header(RECEIPT, receipt)
        .body(body);
    match request.send().await {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(Fault::There(format!("it answered {}", answer.status().as_u16()))),
        Err(error) => Err(Fault::There(silence(&error).to_owned())),
    }
}

/// The axis' signed word that it said just this, then.
async fn receipt_of(ctx: &Ctx, call: &Call, body: &[u8]) -> Result<String, Refusal> {
    let said = json!({
        "type": "pushed",
        "system": call.system,
        "sha256": to_hex(&Digest::Sha256.of(body)),
        "at": call.sent_at,
        "axis": ctx.settings.public_address,
    });
    let (own, payload) = (ctx.clone(), said.to_string());
    ctx.store.write(move |tx| receipt::signed(tx, &own, payload.as_bytes())).await
}

fn untold(reason: &str) -> Refusal {
    Refusal::Store(StoreError::Other { reason: reason.to_owned() })
}

/// Without the address: it may hold what others need not read.
fn silence(error: &reqwest::Error) -> &'static str {
    match error {
        error if error.is_timeout() => "it did not answer in time",
        error if error.is_connect() => "no connection",
        _ => "the connection broke off",
    }
}

async fn heard(ctx: &Ctx, call: Call) -> Result<(), Refusal> {
    let (now, ids) = (ctx.clock.now(), ctx.ids.clone());
    count_told(WAY, &call.events);
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            store::told(tx, (&call.system, now), &call.events)?;
            let mut by_event: BTreeMap<&str, i64> = BTreeMap::new();
            let mut events = Vec::with_capacity(call.events.len());
            for one in &call.events {
                *by_event.entry(&one.event).or_default() += 1;
                // A station of its own for what arrived; for stations it would never end.
                if one.event == ARRIVED
                    && let Some(packet) = store::packet_of(tx, one.id)?
                {
                    events.push(notified((ids.next(), now), &call.system, (packet, one.id)));
                }
            }
            for (event, count) in by_event {
                figures::add(tx, TOLD, &[("event", event), ("way", WAY)], now, count)?;
            }
            Ok(events::put(tx, &events)?)
        })
        .await
}

fn notified((id, at): (Uuid, Timestamp), system: &str, (packet, delivery): (Uuid, Uuid)) -> Event {
    Event {
        id,
        packet: PacketId(packet),
        delivery: Some(DeliveryId(delivery)),
        at,
        what: What::Notified,
        by: system.to_owned(),
        detail: String::new(),
        sha256: String::new(),
    }
}

/// For boards: how much is told, whichever way.
pub(crate) fn count_told(way: &'static str, news: &[News]) {
    for one in news {
        metrics::counter!("axis_told_total", "way" => way, "event" => one.event.clone())
            .increment(1);
    }
}

/// Later again, or never without a person.
async fn in_vain(ctx: &Ctx, webhook: Webhook, reason: String) -> Result<(), Refusal> {
    let scribe = Scribe::named(ctx, None, PROGRAM);
    let attempts = webhook.attempts + 1;
    let pause = pause_after(attempts);
    let reason: String = reason.chars().take(ERROR_LETTERS_MAX).collect();
    let after = Webhook {
        attempts,
        next_at: pause.map_or(scribe.now, |pause| scribe.now + pause),
        last_error: reason,
        state: if pause.is_some() { WebhookState::Active } else { WebhookState::Dead },
        ..webhook
    };
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            if !store::failed(tx, &after)? {
                return Ok(());
            }
            let job = (scribe.ids.next(), after.system_id.as_str());
            match after.state {
                WebhookState::Active => Ok(again(tx, job, after.next_at)?),
                _ => give_up(tx, &scribe, &after),
            }
        })
        .await
}

/// The job that runs now ends as done: this one is the next try.
fn again(tx: &mut Tx, (id, system): (Uuid, &str), run_at: Timestamp) -> Result<(), StoreError> {
    let next = NewJob { key: None, ..push_job((id, system), run_at) };
    jobs::enqueue(tx, &next)
}

fn give_up(tx: &mut Tx, scribe: &Scribe, webhook: &Webhook) -> Result<(), Refusal> {
    let (system, reason) = (&webhook.system_id, &webhook.last_error);
    let task = (TaskKind::WebhookDead, subject(system));
    settling::open_once(tx, scribe, (task.0, &task.1), reason)?;
    let told = json!({ "attempts": webhook.attempts, "reason": reason });
    Ok(scribe.note_over(tx, None, ("axis.webhook-dead", object(system)), told)?)
}

fn object(system: &str) -> String {
    format!("axis-system:{system}")
}

fn subject(system: &str) -> String {
    format!("system:{system}")
}
