//! `lienthong audit`: what an auditor asks of the sealed log.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use platform::audit::{self, PublicKey};
use platform::store::StoreError;
use uuid::Uuid;

use super::quiet_house;
use crate::house::open_store;
use crate::say;
use crate::settings::Home;

#[derive(Args)]
pub struct Audit {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Recomputes every row, hash and signature; names the first that does not fit (exit 1)
    Verify {
        #[command(flatten)]
        home: Home,
        /// The public key you kept (audit.vkey); without it the one in the data folder is believed
        #[arg(long, value_name = "FILE")]
        key: Vec<PathBuf>,
        /// A signed head you kept: the log must still begin with it; without one the newest head in
        /// the data folder is taken, which shows an end that was cut off
        #[arg(long, value_name = "FILE")]
        head: Vec<PathBuf>,
    },
    /// Prints the newest signed head, to be kept elsewhere
    Head {
        #[command(flatten)]
        home: Home,
    },
    /// Prints the proof, as JSON, that one entry is in the log
    Proof {
        #[command(flatten)]
        home: Home,
        /// Id of the entry
        id: Uuid,
    },
    /// Prints the proof, as JSON, that the log of today begins with the log of SIZE entries
    Consistency {
        #[command(flatten)]
        home: Home,
        size: u64,
    },
    /// Prints the whole log, a JSON object a line
    Export {
        #[command(flatten)]
        home: Home,
    },
}

impl Audit {
    pub async fn run(self) -> Result<ExitCode> {
        match self.what {
            What::Verify { home, key, head } => verify(&home, &key, &head).await,
            What::Head { home } => head(&home).await,
            What::Proof { home, id } => proof(&home, id).await,
            What::Consistency { home, size } => consistency(&home, size).await,
            What::Export { home } => export(&home).await,
        }
    }
}

async fn verify(home: &Home, keys: &[PathBuf], heads: &[PathBuf]) -> Result<ExitCode> {
    let own = [home.data.join("audit.vkey")];
    let keys: Vec<PublicKey> = if keys.is_empty() { &own[..] } else { keys }
        .iter()
        .map(|file| key(file))
        .collect::<Result<_>>()?;
    let newest = [home.data.join("audit.head")];
    let heads = if heads.is_empty() && newest[0].exists() { &newest[..] } else { heads };
    let held: Vec<String> = heads
        .iter()
        .map(|file| std::fs::read_to_string(file).with_context(|| format!("{}", file.display())))
        .collect::<Result<_>>()?;
    let store = open_store(home).await?;
    let verdict = audit::verify(&store, &keys, &held).await;
    store.close().await;
    let verdict = verdict?;
    let counted = format!(
        "{} entries in {} signed heads, {} not sealed yet",
        verdict.rows, verdict.heads, verdict.unsealed
    );
    match verdict.fault {
        None => {
            say::line(&format!("The log is whole: {counted}."));
            Ok(ExitCode::SUCCESS)
        }
        Some(fault) => {
            say::line(&format!("The log does not fit: {fault}. Read so far: {counted}."));
            Ok(ExitCode::from(1))
        }
    }
}

fn key(file: &Path) -> Result<PublicKey> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("the public key {} cannot be read", file.display()))?;
    PublicKey::parse(text.trim())
        .with_context(|| format!("{} does not hold a public key of a log", file.display()))
}

async fn head(home: &Home) -> Result<ExitCode> {
    let store = open_store(home).await?;
    let head = store.read::<_, StoreError, _>(audit::head).await?;
    store.close().await;
    say::line(head.context("nothing is sealed yet")?.note.trim_end());
    Ok(ExitCode::SUCCESS)
}

async fn proof(home: &Home, id: Uuid) -> Result<ExitCode> {
    let store = open_store(home).await?;
    let proof = store.read::<_, StoreError, _>(move |tx| audit::proof(tx, id)).await?;
    store.close().await;
    let proof =
        proof.context("no such entry, or it waits to be sealed: ask again in some seconds")?;
    say::line(&serde_json::to_string_pretty(&proof)?);
    Ok(ExitCode::SUCCESS)
}

async fn consistency(home: &Home, size: u64) -> Result<ExitCode> {
    let store = open_store(home).await?;
    let proof = store.read::<_, StoreError, _>(move |tx| audit::consistency(tx, size)).await?;
    store.close().await;
    let proof = proof.context("the log was never of that size under a head")?;
    say::line(&serde_json::to_string_pretty(&proof)?);
    Ok(ExitCode::SUCCESS)
}

async fn export(home: &Home) -> Result<ExitCode> {
    let house = quiet_house(home).await?;
    let mut out = std::io::stdout().lock();
    let exported = audit::export(&house.ctx.store, |line| -> Result<()> {
        serde_json::to_writer(&mut out, line)?;
        Ok(out.write_all(b"\n")?)
    });
    exported.await?;
    house.close(None).await;
    Ok(ExitCode::SUCCESS)
}
