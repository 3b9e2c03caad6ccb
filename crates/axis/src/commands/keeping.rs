//! How long bytes are kept and how long packets may wait: set by an administrator, carried out by
//! jobs.

use identity::Scribe;
use jiff::Timestamp;
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use serde_json::json;
use uuid::Uuid;

use super::settling::PROGRAM;
use crate::keeping::{
    AlarmRule, DAYS_MAX, Hold, MINUTES_MAX, PROPOSALS, RetentionRule, URGENCIES, cut, retention_on,
};
use crate::packet::PacketId;
use crate::queries::watching::id_at;
use crate::refusal::Refusal;
use crate::store::keeping::{self as store, Overdue};
use crate::store::{events, searching};
use crate::trace::{Event, What};
use crate::watch_fault::WatchFault;

pub const REASON_LETTERS_MAX: usize = 500;
/// Emptied in one unit: it must not hold up those who wait behind it.
const PAGE: i64 = 100;

/// From a day on, bytes of a kind are kept so many days; none: for ever.
pub async fn set_retention(
    ctx: &Ctx,
    scribe: &Scribe,
    (kind, days): (&str, Option<i64>),
    from: Date,
) -> Result<(), Refusal> {
    if !["edoc", "status"].contains(&kind) {
        return Err(WatchFault::Kind.into());
    }
    if days.is_some_and(|days| !(1..=DAYS_MAX).contains(&days)) {
        return Err(WatchFault::Days.into());
    }
    begins_in_time(scribe, from)?;
    let rule = rule_of(scribe, (kind, days), from);
    let scribe = scribe.clone();
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            store::insert_retention(tx, &rule, scribe.actor)?;
            note_rule(tx, &scribe, &rule)
        })
        .await
}

/// A proposal as it stands becomes a rule, from the day that was shown. Adopted twice it is adopted
/// once; where there is a rule of the kind already, that one stands.
pub async fn adopt(ctx: &Ctx, scribe: &Scribe, (kind, from): (&str, Date)) -> Result<(), Refusal> {
    let proposal = PROPOSALS.into_iter().find(|one| one.kind == kind).ok_or(WatchFault::Kind)?;
    begins_in_time(scribe, from)?;
    let rule = rule_of(scribe, (proposal.kind, Some(proposal.days)), from);
    let scribe = scribe.clone();
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            if !store::adopt(tx, &rule, scribe.actor)? {
                return Ok(());
            }
            note_rule(tx, &scribe, &rule)
        })
        .await
}

fn rule_of(scribe: &Scribe, (kind, days): (&str, Option<i64>), from: Date) -> RetentionRule {
    RetentionRule {
        id: scribe.ids.next(),
        kind: kind.to_owned(),
        days,
        valid_from: from,
        set_name: scribe.name.clone(),
        set_at: scribe.now,
    }
}

fn note_rule(tx: &mut Tx, scribe: &Scribe, rule: &RetentionRule) -> Result<(), Refusal> {
    let told = json!({ "kind": rule.kind, "days": rule.days, "from": rule.valid_from });
    let object = format!("axis-retention-rule:{}", rule.id);
    Ok(scribe.note_over(tx, None, ("axis.set-retention", object), told)?)
}

/// From a day on, somebody is told when a packet of this urgency waits so long.
pub async fn set_alarm(
    ctx: &Ctx,
    scribe: &Scribe,
    (urgency, minutes): (i64, i64),
    from: Date,
) -> Result<(), Refusal> {
    if !URGENCIES.contains(&urgency) {
        return Err(WatchFault::Urgency.into());
    }
    if !(1..=MINUTES_MAX).contains(&minutes) {
        return Err(WatchFault::Minutes.into());
    }
    begins_in_time(scribe, from)?;
    let rule = AlarmRule {
        id: ctx.ids.next(),
        urgency,
        minutes,
        valid_from: from,
        set_name: scribe.name.clone(),
        set_at: scribe.now,
    };
    let scribe = scribe.clone();
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            store::insert_alarm(tx, &rule, scribe.actor)?;
            let told = json!({ "urgency": urgency, "minutes": minutes, "from": rule.valid_from });
            let object = format!("axis-alarm-rule:{}", rule.id);
            Ok(scribe.note_over(tx, None, ("axis.set-alarm", object), told)?)
        })
        .await
}

/// A rule says nothing about days that are over.
fn begins_in_time(scribe: &Scribe, from: Date) -> Result<(), Refusal> {
    match from < local(scribe.now).date() {
        true => Err(WatchFault::From.into()),
        false => Ok(()),
    }
}

/// The bytes of a packet stay, whatever the rules say.
pub async fn hold(
    ctx: &Ctx,
    scribe: &Scribe,
    (packet, reason): (PacketId, &str),
) -> Result<(), Refusal> {
    let reason = reason.trim().to_owned();
    if reason.is_empty() || reason.chars().count() > REASON_LETTERS_MAX {
        return Err(WatchFault::Reason.into());
    }
    let hold = Hold { packet: packet.0, reason, set_name: scribe.name.clone(), set_at: scribe.now };
    let scribe = scribe.clone();
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            searching::from_key(tx, packet.0)?.ok_or(Refusal::Nothing)?;
            if !store::put_hold(tx, &hold, scribe.actor)? {
                return Err(WatchFault::HeldAlready.into());
            }
            // The body's row is ours since the hold was put: nobody empties it any more.
            if !store::has_bytes(tx, packet.0)? {
                return Err(WatchFault::BytesGone.into());
            }
            let told = ("axis.hold", format!("axis-packet:{packet}"));
            Ok(scribe.note_over(tx, None, told, json!({ "reason": hold.reason }))?)
        })
        .await
}

pub async fn lift_hold(ctx: &Ctx, scribe: &Scribe, packet: PacketId) -> Result<(), Refusal> {
    let scribe = scribe.clone();
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            if !store::lift_hold(tx, packet.0)? {
                return Err(Refusal::Nothing);
            }
            let told = ("axis.lift-hold", format!("axis-packet:{packet}"));
            Ok(scribe.note_over(tx, None, told, json!({}))?)
        })
        .await
}

/// Takes the bytes away whose time is over, kind by kind; answers how many packets it were. What is
/// known about them, their digests, their trace and their receipts stay.
pub(crate) async fn remove_overdue(ctx: &Ctx) -> Result<usize, Refusal> {
    let scribe = Scribe::named(ctx, None, PROGRAM);
    let today = local(scribe.now).date();
    let rules = ctx.store.read(store::retention).await?;
    let mut removed = 0;
    for kind in ["edoc", "status"] {
        let rule = retention_on(&rules, kind, today);
        let (Some(rule), Some(cut)) = (rule, cut(rule, scribe.now)) else { continue };
        removed += remove(ctx, &scribe, (rule, cut)).await?;
    }
    Ok(removed)
}

async fn remove(
    ctx: &Ctx,
    scribe: &Scribe,
    (rule, cut): (&RetentionRule, Timestamp),
) -> Result<usize, Refusal> {
    let (mut after, mut removed) = (Uuid::nil(), 0);
    loop {
        let (kind, from) = (rule.kind.clone(), after);
        let read = move |tx: &mut Tx| store::overdue(tx, (id_at(cut), from), &kind, PAGE);
        let page = ctx.store.read::<Vec<Overdue>, StoreError, _>(read).await?;
        let Some(last) = page.last() else { return Ok(removed) };
        after = last.id;
        let (scribe, rule) = (scribe.clone(), rule.id);
        removed += ctx.store.write(move |tx| remove_page(tx, &scribe, (&page, rule))).await?;
    }
}

fn remove_page(
    tx: &mut Tx,
    scribe: &Scribe,
    (page, rule): (&[Overdue], Uuid),
) -> Result<usize, Refusal> {
    let mut removed = 0;
    for one in page {
        if !store::empty(tx, one, (rule, scribe.now))? {
            continue;
        }
        removed += 1;
        let event = Event {
            id: scribe.ids.next(),
            packet: PacketId(one.id),
            delivery: None,
            at: scribe.now,
            what: What::Discarded,
            by: String::new(),
            detail: String::new(),
            sha256: one.sha256.clone(),
        };
        events::put(tx, &[event])?;
        let told = ("axis.remove-bytes", format!("axis-packet:{}", one.id));
        let detail = json!({ "rule": rule, "sha256": one.sha256 });
        scribe.note_over(tx, None, told, detail)?;
    }
    Ok(removed)
}

/// Who took the bytes of a packet, for whoever asks later.
pub(crate) async fn note_reading(
    ctx: &Ctx,
    scribe: &Scribe,
    packet: PacketId,
) -> Result<(), Refusal> {
    let scribe = scribe.clone();
    let told = move |tx: &mut Tx| {
        let what = ("axis.read-packet", format!("axis-packet:{packet}"));
        scribe.note_over(tx, None, what, json!({}))
    };
    Ok(ctx.store.write::<_, StoreError, _>(told).await?)
}
