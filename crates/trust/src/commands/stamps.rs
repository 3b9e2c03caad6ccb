//! Under which policy time is stamped, and who else is asked for it.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::jobs::{self, NewJob};
use platform::store::StoreError;
use serde_json::json;
use uuid::Uuid;
use wire::pki::der::Oid;

use super::Scribe;
use crate::clockwork::read_address;
use crate::jobs::COMPARE_CLOCK;
use crate::refusal::Refusal;
use crate::store::stamps::{self, PolicyRow, Source};

/// What is said in milliseconds: a minute is no time stamp any more.
const MILLISECONDS: RangeInclusive<i64> = 1..=60_000;

/// From a day on. An earlier row for the same day is replaced; others stay. What was stamped was
/// stamped under the policy of its day, so that day is never past.
pub async fn set_policy(ctx: &Ctx, scribe: &Scribe, row: PolicyRow) -> Result<(), Refusal> {
    row.oid.parse::<Oid>().map_err(|_| Refusal::OidWrong)?;
    if !MILLISECONDS.contains(&row.accuracy_ms) {
        return Err(Refusal::AccuracyWrong);
    }
    if !MILLISECONDS.contains(&row.tolerance_ms) {
        return Err(Refusal::ToleranceWrong);
    }
    if row.valid_from < local(scribe.now).date() {
        return Err(Refusal::PolicyPast);
    }
    let scribe = scribe.clone();
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            stamps::put_policy(tx, &row)?;
            let told = ("trust.set-stamp-policy", format!("stamp-policy:{}", row.valid_from));
            let detail = json!({ "oid": row.oid, "accuracy_ms": row.accuracy_ms,
                "tolerance_ms": row.tolerance_ms });
            Ok(scribe.note_over(tx, None, told, detail)?)
        })
        .await
}

/// Takes back a policy that has not begun.
pub async fn remove_policy(ctx: &Ctx, scribe: &Scribe, from: Date) -> Result<(), Refusal> {
    let scribe = scribe.clone();
    let today = local(scribe.now).date();
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            if !stamps::remove_policy(tx, from, today)? {
                return Err(Refusal::Nothing);
            }
            let told = ("trust.remove-stamp-policy", format!("stamp-policy:{from}"));
            Ok(scribe.note_over(tx, None, told, json!({}))?)
        })
        .await
}

/// Asks this authority before the one that is now before it.
pub async fn prefer_source(ctx: &Ctx, scribe: &Scribe, id: Uuid) -> Result<(), Refusal> {
    let scribe = scribe.clone();
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            let mut ids: Vec<Uuid> = stamps::sources(tx)?.iter().map(|one| one.id).collect();
            let place = ids.iter().position(|one| *one == id).ok_or(Refusal::Nothing)?;
            let before = place.checked_sub(1).ok_or(Refusal::FirstAlready)?;
            ids.swap(before, place);
            stamps::place_sources(tx, &ids)?;
            let told = ("trust.prefer-time-source", format!("time-source:{id}"));
            Ok(scribe.note_over(tx, None, told, json!({ "place": place }))?)
        })
        .await
}

/// Has the clock compared now and not only at its next turn.
pub async fn compare_now(ctx: &Ctx) -> Result<(), Refusal> {
    let (id, run_at) = (ctx.ids.next(), ctx.clock.now());
    let key = Some("now".to_owned());
    let job = NewJob { id, kind: COMPARE_CLOCK, payload: json!({}), run_at, key };
    Ok(ctx.store.write::<_, StoreError, _>(move |tx| jobs::enqueue(tx, &job)).await?)
}

/// One more authority that is asked, after those that are there.
pub async fn add_source(
    ctx: &Ctx,
    scribe: &Scribe,
    (address, name): (&str, &str),
) -> Result<Uuid, Refusal> {
    let address = read_address(address).ok_or(Refusal::AddressWrong)?;
    let name = if name.trim().is_empty() { address.clone() } else { name.trim().to_owned() };
    let (id, scribe) = (ctx.ids.next(), scribe.clone());
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            if stamps::sources(tx)?.iter().any(|known| known.address == address) {
                return Err(Refusal::SourceTaken);
            }
            let source = Source { id, address: address.clone(), name: name.clone() };
            stamps::add_source(tx, &source, scribe.now)?;
            let told = ("trust.add-time-source", format!("time-source:{id}"));
            let detail = json!({ "name": source.name, "address": source.address });
            Ok(scribe.note_over(tx, None, told, detail)?)
        })
        .await?;
    Ok(id)
}

pub async fn remove_source(ctx: &Ctx, scribe: &Scribe, id: Uuid) -> Result<(), Refusal> {
    let scribe = scribe.clone();
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            if !stamps::remove_source(tx, id)? {
                return Err(Refusal::Nothing);
            }
            let told = ("trust.remove-time-source", format!("time-source:{id}"));
            Ok(scribe.note_over(tx, None, told, json!({}))?)
        })
        .await
}
