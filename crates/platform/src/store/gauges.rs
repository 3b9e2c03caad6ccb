//! What the store counts about itself, for `/metrics`.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// One commit that went through, with the units in it.
pub(super) fn commit(units: usize, time: Duration) {
    metrics::counter!("store_commits_total").increment(1);
    metrics::counter!("store_units_total", "lane" => "write").increment(units as u64);
    metrics::histogram!("store_commit_seconds").record(time.as_secs_f64());
}

pub(super) fn read() {
    metrics::counter!("store_units_total", "lane" => "read").increment(1);
}

pub(super) fn waiting(lane: &'static str, units: usize) {
    metrics::gauge!("store_waiting_units", "lane" => lane).set(units as f64);
}

/// A commit that failed, whatever the reason.
pub(super) fn failure() {
    metrics::counter!("store_commit_failures_total").increment(1);
}

/// The length of SQLite's write-ahead log. It grows when a reader holds on to an old moment, or
/// another process does; long before the disk is full somebody should know.
pub(super) struct Log {
    path: PathBuf,
    next_look: Instant,
    told: bool,
}

const BETWEEN_LOOKS: Duration = Duration::from_secs(1);
const ALARM_BYTES: u64 = 256 << 20;

impl Log {
    pub(super) fn of(database: &Path) -> Log {
        let mut path = database.as_os_str().to_owned();
        path.push("-wal");
        Log { path: PathBuf::from(path), next_look: Instant::now(), told: false }
    }

    /// Once a second at most; says whether the log is too long.
    pub(super) fn look(&mut self) -> bool {
        let now = Instant::now();
        if now < self.next_look {
            return self.told;
        }
        self.next_look = now + BETWEEN_LOOKS;
        let bytes = std::fs::metadata(&self.path).map_or(0, |log| log.len());
        metrics::gauge!("store_log_bytes").set(bytes as f64);
        let too_long = bytes > ALARM_BYTES;
        if too_long && !self.told {
            tracing::warn!(bytes, "the log of the database grows: does somebody read for long?");
        }
        self.told = too_long;
        too_long
    }
}
