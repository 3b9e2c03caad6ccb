//! Waiting for the press, which `./demo` builds while the site is already up.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};
use platform::Ctx;

use crate::say;

/// Longer than any machine we have seen needs to build it.
const PATIENCE: Duration = Duration::from_secs(30 * 60);
const LOOK_EVERY: Duration = Duration::from_secs(1);

pub struct Awaited {
    /// Appears when the build fails; none when nobody builds it.
    pub failed: Option<PathBuf>,
}

impl Awaited {
    /// Ready, or why it never will be.
    pub async fn ready(&self, ctx: &Ctx) -> Result<()> {
        if ctx.outside.press.is_installed() {
            return Ok(());
        }
        let Some(failed) = &self.failed else {
            bail!(
                "the press (lienthong-printer) is not beside this program: build it with \
                   `cargo build --release -p printer`"
            );
        };
        say::line("      … waiting for the press to be built; the site is open meanwhile");
        let mut waited = Duration::ZERO;
        while !ctx.outside.press.is_installed() {
            if failed.exists() {
                bail!("the press did not build: see printer-build.log beside {}", failed.display());
            }
            if waited > PATIENCE {
                bail!("the press was not built within {} minutes", PATIENCE.as_secs() / 60);
            }
            tokio::time::sleep(LOOK_EVERY).await;
            waited += LOOK_EVERY;
        }
        // The file appears before it is whole: cargo links it into place, so one look more.
        tokio::time::sleep(LOOK_EVERY).await;
        Ok(())
    }
}
