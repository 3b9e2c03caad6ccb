//! Hosts inside our own networks that may be asked about revocation: all others must be public.

use platform::Ctx;
use serde_json::json;
use uuid::Uuid;

use super::Scribe;
use super::requests::some;
use crate::refusal::Refusal;
use crate::store::evidence::{self, Host};
use platform::outside::reach::read_host;

/// Who may do it is asked before.
pub async fn add(ctx: &Ctx, scribe: &Scribe, (host, note): (&str, &str)) -> Result<Uuid, Refusal> {
    let host = read_host(host).ok_or(Refusal::HostWrong)?;
    let (id, scribe) = (ctx.ids.next(), scribe.clone());
    let new =
        Host { id, host, note: some(note), made_name: scribe.name.clone(), made_at: scribe.now };
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            if !evidence::add_host(tx, &new, scribe.actor)? {
                return Err(Refusal::HostTaken);
            }
            let told = ("trust.add-inside-host", format!("inside-host:{id}"));
            Ok(scribe.note_over(tx, None, told, json!({ "host": new.host }))?)
        })
        .await?;
    Ok(id)
}

pub async fn remove(ctx: &Ctx, scribe: &Scribe, id: Uuid) -> Result<(), Refusal> {
    let scribe = scribe.clone();
    ctx.store
        .write::<_, Refusal, _>(move |tx| {
            let host = evidence::remove_host(tx, id)?.ok_or(Refusal::Nothing)?;
            let told = ("trust.remove-inside-host", format!("inside-host:{id}"));
            Ok(scribe.note_over(tx, None, told, json!({ "host": host }))?)
        })
        .await
}
