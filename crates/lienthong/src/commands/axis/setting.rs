//! What the operator decides about the axis.

use anyhow::{Result, anyhow};
use axis::{Refusal, queries};
use clap::Args;
use identity::Scribe;
use platform::Ctx;
use platform::store::StoreError;

use crate::say;

#[derive(Args)]
pub struct Set {
    /// replay-hours: how long a request of the kit counts; packet-bytes-max: the largest packet
    name: Option<String>,
    #[arg(requires = "name")]
    value: Option<i64>,
}

pub async fn run(ctx: &Ctx, scribe: &Scribe, what: Set) -> Result<()> {
    if let (Some(name), Some(value)) = (what.name, what.value) {
        let scribe = scribe.clone();
        let set = move |tx: &mut _| axis::commands::settings::set(tx, &scribe, &name, value);
        let done: Result<(), Refusal> = ctx.store.write(set).await;
        done.map_err(|refusal| anyhow!(refusal.both(ctx)))?;
    }
    let now = ctx.clock.now();
    let read: Result<_, StoreError> = ctx.store.read(move |tx| queries::settings(tx, now)).await;
    let settings = read?;
    say::line(&format!("replay-hours      {}", settings.replay_hours));
    say::line(&format!("packet-bytes-max  {}", settings.packet_bytes_max));
    Ok(())
}
