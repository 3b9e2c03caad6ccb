//! `lienthong bench axis`: documents accepted and handed on by the axis, over real HTTP with the
//! proof of the kit, on SQLite and PostgreSQL, with few and many stored before; each beside the
//! ceiling of the same work measured in the same run.
//!
//! Counted is what a sender waits for: proof, hash, reading, every rule, the signature where there
//! is one, and the rows of mailbox, trace and audit on the disk. The client is a process of its own
//! on the same machine; its share of the processors is said.

mod ceiling;
mod line;
pub mod load;
mod packets;
mod signer;
mod stage;
mod temporary;
mod year;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use clap::Args;
use platform::web::Metrics;
use serde_json::{Value, json};

use super::process;
use crate::commands::serve::told_to_end;
use crate::say;
use load::{Act, Report, Sending};
use stage::{CALLERS, Stage};
use temporary::Postgres;

const KIB: usize = 1 << 10;
const MIB: usize = 1 << 20;
const SIZES: [usize; 3] = [8 * KIB, 370 * KIB, 20 * MIB];
const RECIPIENTS: [usize; 3] = [1, 10, 63];
const STORED: [u64; 2] = [10_000, 1_000_000];
/// A packet whose attachment could not be held by anyone who has to be small.
const LARGE: usize = 700 * MIB;

#[derive(Args)]
pub struct Axis {
    /// How long each is measured
    #[arg(long, default_value_t = 4)]
    seconds: u64,
    /// Also on this PostgreSQL, which must be without our tables; a temporary one when left out
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Only these numbers of documents stored before
    #[arg(long, value_name = "N", value_delimiter = ',', default_values_t = STORED)]
    stored: Vec<u64>,
    /// Only this engine: sqlite or postgres
    #[arg(long, value_name = "ENGINE")]
    engine: Option<String>,
    /// Where the data are written; a temporary folder when left out
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Plays a sample of a year of the national axis instead
    #[arg(long)]
    year: bool,
    /// Documents of that sample
    #[arg(long, value_name = "N", default_value_t = 20_000, requires = "year")]
    sample: u64,
}

/// An engine, and the first of the processes whose work is counted beside ours.
struct Engine {
    name: &'static str,
    database: Option<String>,
    process: Option<u32>,
}

impl Axis {
    pub async fn run(self) -> Result<()> {
        let folder = match &self.folder {
            Some(folder) => tempfile::tempdir_in(folder)?,
            None => tempfile::tempdir()?,
        };
        let metrics = Metrics::install()?;
        let mut temporary = None;
        let engines = self.engines(folder.path(), &mut temporary)?;
        // Broken off, too, it leaves no database behind.
        tokio::select! {
            done = self.measure_all(folder.path(), &engines, &metrics) => done,
            () = told_to_end() => bail!("broken off"),
        }
    }

    async fn measure_all(
        &self,
        folder: &Path,
        engines: &[Engine],
        metrics: &Metrics,
    ) -> Result<()> {
        for engine in engines {
            let data = folder.join(engine.name);
            let stage = Stage::open(&data, engine.database.as_deref(), metrics.clone()).await?;
            if self.year {
                year::run(&stage, engine, self.sample).await?;
            } else {
                self.measure(&stage, engine).await?;
            }
            stage.close().await;
        }
        Ok(())
    }

    fn engines(&self, folder: &Path, temporary: &mut Option<Postgres>) -> Result<Vec<Engine>> {
        let wanted = |name: &str| self.engine.as_deref().is_none_or(|only| only == name);
        let mut engines = Vec::new();
        if wanted("sqlite") {
            engines.push(Engine { name: "sqlite", database: None, process: None });
        }
        if !wanted("postgres") {
            return Ok(engines);
        }
        let name = "postgres";
        match &self.database {
            Some(url) => {
                engines.push(Engine { name, database: Some(url.clone()), process: None });
            }
            None => match Postgres::start(folder)? {
                Some(own) => {
                    let (database, process) = (Some(own.url.clone()), own.process);
                    engines.push(Engine { name, database, process });
                    *temporary = Some(own);
                }
                None => say::line("skipped: PostgreSQL is not installed; name one with --database"),
            },
        }
        Ok(engines)
    }

    async fn measure(&self, stage: &Stage, engine: &Engine) -> Result<()> {
        let mut stored = 0;
        // Documents are told apart by their numbers, of which each is used once.
        let mut next = 1;
        for wanted in &self.stored {
            let more = wanted.saturating_sub(stored);
            stage.fill(stored, more).await?;
            stored += more;
            for size_bytes in SIZES {
                for recipients in RECIPIENTS {
                    let cell = Cell { engine, size_bytes, recipients, stored, signed: false };
                    self.send(stage, &cell, &mut next).await?;
                }
            }
            let (size_bytes, recipients) = (SIZES[0], RECIPIENTS[0]);
            let cell = Cell { engine, size_bytes, recipients, stored, signed: true };
            self.send(stage, &cell, &mut next).await?;
            self.receive(stage, (engine, stored), &mut next).await?;
        }
        let (size_bytes, recipients) = (LARGE, RECIPIENTS[0]);
        let cell = Cell { engine, size_bytes, recipients, stored, signed: false };
        let sending = stage.sending(&cell, next, 2);
        let spent = Spent::begin(engine)?;
        let report = stage.order(1, Act::Send(sending)).await?;
        cell.print(&report, &spent.end()?, None);
        Ok(())
    }

    async fn send(&self, stage: &Stage, cell: &Cell<'_>, next: &mut u64) -> Result<()> {
        let callers = if cell.size_bytes > MIB { 8 } else { CALLERS };
        // A pilot says how many fill the time, and warms what has to be warm.
        let pilot = (callers as u64).min((256 * MIB / cell.size_bytes) as u64).max(8);
        let report = stage.order(callers, Act::Send(stage.sending(cell, *next, pilot))).await?;
        *next += pilot;
        let per_second = pilot as f64 / report.seconds;
        let count = ((per_second * self.seconds as f64) as u64).clamp(pilot, 1_000_000);
        let sending = stage.sending(cell, *next, count);
        *next += count;
        let file = stage.data.join("ceiling");
        let act = Act::Ceiling { sending: sending.clone(), file };
        let ceiling = stage.order(callers, act).await?;
        let spent = Spent::begin(cell.engine)?;
        let report = stage.order(callers, Act::Send(sending)).await?;
        cell.print(&report, &spent.end()?, Some(&ceiling));
        Ok(())
    }

    /// List, get, acknowledge, and a status back, of documents that wait in one mailbox.
    async fn receive(
        &self,
        stage: &Stage,
        (engine, stored): (&Engine, u64),
        next: &mut u64,
    ) -> Result<()> {
        let count = 400 * self.seconds;
        let sending = Sending {
            to: stage.boxes.iter().take(1).map(|(_, code)| code.clone()).collect(),
            ..stage.sending(
                &Cell { engine, size_bytes: SIZES[0], recipients: 1, stored, signed: false },
                *next,
                count,
            )
        };
        *next += count;
        stage.order(CALLERS, Act::Send(sending)).await?;
        let spent = Spent::begin(engine)?;
        let boxes = stage.boxes.iter().take(1).cloned().collect();
        let codes = vec!["01".to_owned()];
        let report = stage.order(1, Act::Receive { boxes, codes }).await?;
        let used = spent.end()?;
        let mut line = json!({ "bench": "axis-receive", "engine": engine.name, "stored": stored,
            "callers": 1, "n": count,
            "per_second": (count as f64 / report.seconds).round(),
            "per_cpu_second": used.per_cpu_second(count),
            "peak_mib": used.peak_mib });
        for (what, waits) in &report.done {
            line[what] = json!({ "n": waits.n, "p50_ms": waits.p50_ms, "p99_ms": waits.p99_ms });
        }
        say::line(&line.to_string());
        Ok(())
    }
}

impl Stage {
    fn sending(&self, cell: &Cell<'_>, first: u64, count: u64) -> Sending {
        Sending {
            by: self.sender.clone(),
            from: self.from.clone(),
            to: self.recipients(cell.recipients),
            in_turn: false,
            size_bytes: cell.size_bytes,
            first,
            count,
            seal: cell.signed.then(|| self.seal.clone()),
        }
    }
}

/// What is measured once.
struct Cell<'a> {
    engine: &'a Engine,
    size_bytes: usize,
    recipients: usize,
    stored: u64,
    /// By our profile, with a certificate that the axis believes.
    signed: bool,
}

impl Cell<'_> {
    fn print(&self, report: &Report, used: &Used, ceiling: Option<&Report>) {
        let Some(sent) = report.done.get("send") else { return };
        let per_second = sent.n as f64 / report.seconds;
        let all_us = used.cpu_us + used.engine_us + report.cpu_us;
        let share = |part: u64| (part as f64 / all_us.max(1) as f64 * 100.0).round() / 100.0;
        let mut line = json!({
            "bench": "axis-send",
            "engine": self.engine.name,
            "packet_bytes": self.size_bytes,
            "recipients": self.recipients,
            "signed": self.signed,
            "stored": self.stored,
            "n": sent.n,
            "per_second": rounded(per_second),
            "deliveries_per_second": rounded(per_second * self.recipients as f64),
            "per_cpu_second": used.per_cpu_second(sent.n),
            "p50_ms": sent.p50_ms,
            "p99_ms": sent.p99_ms,
            "peak_mib": used.peak_mib,
            "client_cpu_share": share(report.cpu_us),
            "engine_cpu_share": share(used.engine_us),
        });
        if let Some(ceiling) = ceiling {
            add_ceiling(&mut line, (per_second, used.cpu_seconds() / sent.n as f64), ceiling);
        }
        say::line(&line.to_string());
    }
}

fn add_ceiling(line: &mut Value, (per_second, cpu_seconds): (f64, f64), ceiling: &Report) {
    let n = ceiling.done.get("send").map_or(1, |done| done.n) as f64;
    let ceiling_per_second = n / ceiling.seconds;
    let ceiling_cpu_seconds = ceiling.cpu_us as f64 / 1e6 / n;
    let thousandths = |ratio: f64| (ratio * 1000.0).round() / 1000.0;
    line["ceiling"] =
        "the same checks, the same bytes appended, one fsync for all that waits".into();
    line["ceiling_per_second"] = rounded(ceiling_per_second).into();
    line["ceiling_per_cpu_second"] = rounded(1.0 / ceiling_cpu_seconds.max(1e-9)).into();
    line["ratio"] = thousandths(per_second / ceiling_per_second).into();
    line["ratio_per_cpu_second"] = thousandths(ceiling_cpu_seconds / cpu_seconds.max(1e-9)).into();
}

fn rounded(value: f64) -> f64 {
    if value < 100.0 { (value * 10.0).round() / 10.0 } else { value.round() }
}

/// What the axis and its engine have used since a moment.
struct Spent {
    cpu_before_us: u64,
    engine: Option<u32>,
    engine_before_us: u64,
}

struct Used {
    cpu_us: u64,
    engine_us: u64,
    peak_mib: u64,
}

impl Spent {
    fn begin(engine: &Engine) -> Result<Spent> {
        process::forget_peak()?;
        let engine_before_us = engine.process.map_or(Ok(0), temporary::cpu_us_of_family)?;
        Ok(Spent { cpu_before_us: process::cpu_us()?, engine: engine.process, engine_before_us })
    }

    fn end(&self) -> Result<Used> {
        let engine_us = self.engine.map_or(Ok(0), temporary::cpu_us_of_family)?;
        Ok(Used {
            cpu_us: process::cpu_us()? - self.cpu_before_us,
            engine_us: engine_us.saturating_sub(self.engine_before_us),
            peak_mib: process::peak_mib()?,
        })
    }
}

impl Used {
    fn cpu_seconds(&self) -> f64 {
        (self.cpu_us + self.engine_us) as f64 / 1e6
    }

    fn per_cpu_second(&self, n: u64) -> f64 {
        rounded(n as f64 / self.cpu_seconds().max(0.01))
    }
}
