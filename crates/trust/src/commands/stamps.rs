//! Under which policy time is stamped, and who else is asked for it.

use platform::Ctx;
use serde_json::json;
use uuid::Uuid;
use wire::pki::der::Oid;

use super::Scribe;
use crate::clockwork::read_address;
use crate::refusal::Refusal;
use crate::store::stamps::{self, PolicyRow, Source};

/// From a day on. An earlier row for the same day is replaced; others stay.
pub async fn set_policy(ctx: &Ctx, scribe: &Scribe, row: PolicyRow) -> Result<(), Refusal> {
    row.oid.parse::<Oid>().map_err(|_| Refusal::OidWrong)?;
    let scribe = scribe.clone();
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            stamps::put_policy(tx, &row)?;
            let told = ("trust.set-stamp-policy", format!("stamp-policy:{}", row.valid_from));
            let detail = json!({ "oid": row.oid, "accuracy_ms": row.accuracy_ms,
                "tolerance_ms": row.tolerance_ms });
            Ok(scribe.note(tx, None, told, detail)?)
        })
        .await
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
            Ok(scribe.note(tx, None, told, detail)?)
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
            Ok(scribe.note(tx, None, told, json!({}))?)
        })
        .await
}
