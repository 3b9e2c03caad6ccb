//! What the operator decides about the axis.

use anyhow::Result;
use axis::queries;
use axis::setting::ALL;
use clap::Args;
use identity::Scribe;
use jiff::Timestamp;
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::store::StoreError;

use super::said;
use crate::say;

#[derive(Args)]
pub struct Set {
    /// replay-hours: how long a request of the kit counts; packet-bytes-max: the largest packet
    name: Option<String>,
    #[arg(requires = "name")]
    value: Option<i64>,
    /// The day from which it holds (2027-01-01); at once when left out
    #[arg(long, value_name = "DAY", requires = "value")]
    from: Option<Date>,
}

/// Sets what is named, then says what holds now and what will.
pub async fn run(ctx: &Ctx, scribe: &Scribe, what: Set) -> Result<()> {
    if let (Some(name), Some(value)) = (what.name, what.value) {
        let done = axis::commands::settings::put(ctx, scribe, (&name, value), what.from).await;
        done.map_err(|refusal| said(ctx, &refusal))?;
    }
    let now = ctx.clock.now();
    let decisions = ctx.store.read::<_, StoreError, _>(queries::decisions).await?;
    for setting in ALL {
        say::line(&format!("{:<18}{}", setting.name, setting.value(&decisions, now)));
        for one in setting.coming(&decisions, now) {
            let day = day(one.valid_from);
            say::line(&format!("  from / từ {day}: {} ({})", one.value, one.set_by));
        }
    }
    Ok(())
}

fn day(at: Timestamp) -> Date {
    local(at).date()
}
