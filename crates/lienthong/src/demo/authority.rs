//! The demo's own certificate authority: made at the first start, and plainly called what it is.

use anyhow::{Result, anyhow};
use platform::Ctx;
use trust::commands::Scribe;
use trust::commands::authority::{NewAuthority, create};
use trust::{Keeper, KeyKind, queries};

const NAME: &str = "Liên Thông thử nghiệm";

pub async fn open(ctx: &Ctx) -> Result<()> {
    if !ctx.store.read(queries::authorities).await?.is_empty() {
        return Ok(());
    }
    let new = NewAuthority {
        name: NAME.to_owned(),
        slug: None,
        kind: KeyKind::P384,
        keeper: Keeper::Software,
        sandbox: true,
    };
    let made = create(ctx, &Scribe::named(ctx, None, "demo"), new).await;
    made.map(drop).map_err(|no| anyhow!("the demo's certificate authority: {no}"))
}
