//! `lienthong bench store`: durable units a second by number of callers, beside the bare engine.
//!
//! The disk's fsync drifts by a factor of ten on shared machines, and few callers measure nothing
//! else: compare the ratio to the ceiling of the same run, never the figures of two runs.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use platform::store::{Address, Store, StoreError, yardstick};
use serde_json::json;

use super::process;
use crate::say;

const CALLERS: [u64; 4] = [1, 16, 64, 256];

/// Measures `n` units at each number of callers on each engine, a line of JSON for each. An SQLite
/// address names a file that is not there yet, a PostgreSQL address a schema without our tables.
pub async fn run(n: u64, engines: &[Address]) -> Result<()> {
    for engine in engines {
        match engine {
            Address::Sqlite(path) => on_sqlite(n, path).await?,
            Address::Postgres(url) => on_postgres(n, url).await?,
        }
    }
    Ok(())
}

async fn on_sqlite(n: u64, path: &Path) -> Result<()> {
    if path.exists() {
        bail!("{}: the bench needs a file of its own and never touches another", path.display());
    }
    let ceiling =
        Ceiling { name: "bare SQLite, 256 units a commit", n, time: bare_sqlite(n, path).await? };
    for callers in CALLERS {
        let store = Store::open(&Address::Sqlite(path.to_owned())).await?;
        store.migrate(&[yardstick::TABLES]).await?;
        let run = measure(&store, n, callers).await?;
        store.close().await;
        drop(store);
        remove(path)?;
        run.print("store-sqlite", callers, &ceiling);
    }
    Ok(())
}

/// The best of three: a ceiling is what the machine can do, not what it did just then.
async fn bare_sqlite(n: u64, path: &Path) -> Result<Duration> {
    let bare = path.with_extension("bare.sqlite");
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let file = bare.clone();
        let time = tokio::task::spawn_blocking(move || yardstick::bare_sqlite(&file, n)).await??;
        remove(&bare)?;
        best = best.min(time);
    }
    Ok(best)
}

async fn on_postgres(n: u64, url: &str) -> Result<()> {
    let store = Store::open(&Address::Postgres(url.to_owned())).await?;
    store.migrate(&[yardstick::TABLES]).await?;
    store.write(yardstick::clear).await?;
    let bare = std::thread::spawn({
        let url = url.to_owned();
        move || yardstick::bare_postgres(&url, n)
    });
    let time = tokio::task::spawn_blocking(move || bare.join()).await?;
    let Ok(time) = time else { bail!("the bare run panicked") };
    let time = time?;
    let ceiling = Ceiling { name: "bare PostgreSQL, four connections, 50 units a commit", n, time };
    for callers in CALLERS {
        store.write(yardstick::clear).await?;
        let run = measure(&store, n, callers).await?;
        run.print("store-postgres", callers, &ceiling);
    }
    store.write(yardstick::clear).await?;
    store.close().await;
    Ok(())
}

/// The file and what SQLite keeps beside it.
fn remove(path: &Path) -> Result<()> {
    for end in ["", "-wal", "-shm"] {
        let mut file = path.as_os_str().to_owned();
        file.push(end);
        match std::fs::remove_file(&file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(error).context(format!("{}", file.display()));
            }
            _ => {}
        }
    }
    Ok(())
}

struct Ceiling {
    name: &'static str,
    n: u64,
    time: Duration,
}

struct Run {
    n: u64,
    time: Duration,
    cpu_us: u64,
    rss_mib: u64,
    /// How long each unit took from the call to the answer, sorted.
    waits_us: Vec<u64>,
}

/// Every caller sends its next unit when it has the answer to the last.
async fn measure(store: &Store, n: u64, callers: u64) -> Result<Run> {
    let next = Arc::new(AtomicU64::new(0));
    let cpu_before_us = process::cpu_us()?;
    let begun = Instant::now();
    let tasks: Vec<_> =
        (0..callers).map(|_| tokio::spawn(call(store.clone(), n, Arc::clone(&next)))).collect();
    let mut waits_us = Vec::with_capacity(n as usize);
    for task in tasks {
        waits_us.extend(task.await??);
    }
    let time = begun.elapsed();
    waits_us.sort_unstable();
    let cpu_us = process::cpu_us()? - cpu_before_us;
    Ok(Run { n, time, cpu_us, rss_mib: process::rss_mib()?, waits_us })
}

async fn call(store: Store, n: u64, next: Arc<AtomicU64>) -> Result<Vec<u64>, StoreError> {
    let mut waits_us = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= n {
            return Ok(waits_us);
        }
        let asked = Instant::now();
        store.write(move |tx| yardstick::unit(tx, number)).await?;
        waits_us.push(asked.elapsed().as_micros() as u64);
    }
}

impl Run {
    fn print(&self, bench: &str, callers: u64, ceiling: &Ceiling) {
        let per_second = self.n as f64 / self.time.as_secs_f64();
        let ceiling_per_second = ceiling.n as f64 / ceiling.time.as_secs_f64();
        let line = json!({
            "bench": bench,
            "callers": callers,
            "n": self.n,
            "per_second": per_second.round(),
            "cpu_us_per_op": tenths(self.cpu_us as f64 / self.n as f64),
            "p50_ms": self.wait_ms(50),
            "p99_ms": self.wait_ms(99),
            "rss_mib": self.rss_mib,
            "ceiling": ceiling.name,
            "ceiling_per_second": ceiling_per_second.round(),
            "ratio": (per_second / ceiling_per_second * 1000.0).round() / 1000.0,
        });
        say::line(&line.to_string());
    }

    fn wait_ms(&self, percent: usize) -> f64 {
        let at = (self.waits_us.len() * percent / 100).min(self.waits_us.len().saturating_sub(1));
        self.waits_us.get(at).map_or(0.0, |wait_us| (*wait_us as f64 / 10.0).round() / 100.0)
    }
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
