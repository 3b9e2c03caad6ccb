//! `lienthong procedures`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};

use super::quiet_house;
use crate::settings::Home;

#[derive(Args)]
pub struct Procedures {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Reads procedures of the national portal: its JSON, or captured pages (.json, a folder,
    /// .tar.gz). Run again it changes only what changed; the last line is JSON
    Import {
        #[command(flatten)]
        home: Home,
        path: PathBuf,
    },
}

impl Procedures {
    pub async fn run(self) -> Result<ExitCode> {
        let What::Import { home, path } = self.what;
        let house = quiet_house(&home).await?;
        let tally = procedures::import::import(&house.ctx, &path, &mut std::io::stdout()).await;
        house.close(None).await;
        let tally = tally.with_context(|| format!("{}", path.display()))?;
        Ok(if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
    }
}
