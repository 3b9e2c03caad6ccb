//! `lienthong organisations`.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use organisations::commands::{ImportMode, Report, import};
use organisations::{Mandate, Scope};
use platform::words::Locale;

use super::quiet_house;
use crate::house::House;
use crate::say;
use crate::settings::Home;

#[derive(Args)]
pub struct Organisations {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Reads a CSV sheet of units (as `export` writes it) into the catalogue; refused lines are
    /// reported and harm no other. The last line is JSON
    Import {
        #[command(flatten)]
        home: Home,
        sheet: PathBuf,
        /// Says what would happen and changes nothing
        #[arg(long)]
        preview: bool,
    },
    /// Prints the catalogue as CSV
    Export {
        #[command(flatten)]
        home: Home,
    },
}

impl Organisations {
    pub async fn run(self) -> Result<ExitCode> {
        match self.what {
            What::Import { home, sheet, preview } => {
                let house = quiet_house(&home).await?;
                let report = read(&house, &sheet, preview).await;
                let told = report.map(|report| tell(&house, &report));
                house.close(None).await;
                told
            }
            What::Export { home } => {
                let house = quiet_house(&home).await?;
                let sheet = organisations::export::csv(&house.ctx, Scope::Everything).await;
                house.close(None).await;
                std::io::stdout().lock().write_all(&sheet?)?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}

async fn read(house: &House, sheet: &PathBuf, preview: bool) -> Result<Report> {
    let file = File::open(sheet)
        .with_context(|| format!("{0} cannot be read / không đọc được {0}", sheet.display()))?;
    let mode = if preview { ImportMode::Preview } else { ImportMode::Apply };
    import(&house.ctx, &operator(), file, mode)
        .await
        .map_err(|no| anyhow::anyhow!(no.sentence(&house.ctx.words.speak(Locale::En))))
}

/// Who sits at the machine itself may change the whole catalogue.
fn operator() -> Mandate {
    Mandate { actor: None, actor_name: "operator".to_owned(), over: Scope::Everything }
}

fn tell(house: &House, report: &Report) -> ExitCode {
    let (vi, en) = (house.ctx.words.speak(Locale::Vi), house.ctx.words.speak(Locale::En));
    for row in &report.refused {
        let why = format!("{} / {}", row.why.sentence(&vi), row.why.sentence(&en));
        say::line(&format!("line {} ({}): {why}", row.line, row.code));
    }
    say::line(
        &serde_json::json!({
            "read": report.read, "new": report.new, "changed": report.changed,
            "unchanged": report.unchanged, "refused": report.refused.len(),
        })
        .to_string(),
    );
    if report.refused.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
