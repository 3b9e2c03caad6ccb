//! The import itself: everything is looked through once before anything is written, then read
//! again and written in units, each whole. Told along the way: every record that was not fully
//! read; at the end, how much of each part was.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use jiff::Timestamp;
use platform::Ctx;
use platform::ids::Ids;
use platform::store::Tx;
use serde::Serialize;
use tokio::sync::mpsc;

use super::intake::{Intake, completed, decide};
use super::reading::{Doubt, Reading};
use super::record::{self, RecordError};
use super::shares::{Shares, is_remarkable};
use super::source::{self, Limits, Piece, SourceError};
use crate::commands::{self, By, Publishing};
use crate::procedure::{Entry, Origin, ProcedureId, Status, VersionId};
use crate::refusal::Refusal;
use crate::store;
use crate::version::Version;
use platform::hex::to_hex;

#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error("{name}: {error}; nothing was imported")]
    Damaged { name: String, error: RecordError },
    #[error("the catalogue refused: {0}; what came before is in, run the import again")]
    Refused(#[from] Refusal),
    #[error("the report cannot be written: {0}")]
    Report(#[from] std::io::Error),
    #[error("the reader stopped: {0}")]
    Stopped(String),
}

/// What became of the records. `new`, `changed`, `unchanged` and `failed` add up to `read`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    pub read: usize,
    pub new: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub failed: usize,
}

/// A record writes up to five rows; units stay under five hundred.
const RECORDS_IN_UNIT: usize = 90;
const RECORDS_AHEAD: usize = 2 * RECORDS_IN_UNIT;

/// Imports a file, folder or archive. The last line of the report is the tally as JSON.
pub async fn import(
    ctx: &Ctx,
    path: &Path,
    report: &mut (dyn Write + Send),
) -> Result<Tally, ImportError> {
    look_through(path.to_owned()).await?;
    let mut pieces = pieces_of(path.to_owned());
    let mut session = Session { ctx, report, tally: Tally::default(), shares: Shares::default() };
    let mut batch = Vec::new();
    while let Some(piece) = pieces.recv().await {
        batch.extend(session.open(piece?)?);
        if batch.len() >= RECORDS_IN_UNIT {
            session.bring_in(std::mem::take(&mut batch)).await?;
        }
    }
    session.bring_in(batch).await?;
    session.finish()
}

/// Reads all of it and writes nothing: a damaged archive is found before it does half of its work.
async fn look_through(path: PathBuf) -> Result<(), ImportError> {
    let look = move || {
        source::walk(&path, &Limits::default(), &mut |piece| match record::read(&piece.bytes) {
            Err(error @ RecordError::NotJson(_)) => {
                Err(ImportError::Damaged { name: piece.name, error })
            }
            _ => Ok(()),
        })
    };
    blocking(tokio::task::spawn_blocking(look)).await?
}

async fn blocking<T>(task: tokio::task::JoinHandle<T>) -> Result<T, ImportError> {
    task.await.map_err(|error| ImportError::Stopped(error.to_string()))
}

/// The records one after another, read on a thread of their own.
fn pieces_of(path: PathBuf) -> mpsc::Receiver<Result<Piece, ImportError>> {
    let (send, receive) = mpsc::channel(RECORDS_AHEAD);
    tokio::task::spawn_blocking(move || {
        let walked: Result<(), ImportError> =
            source::walk(&path, &Limits::default(), &mut |piece| {
                let gone = |_| ImportError::Stopped("nobody listens".to_owned());
                send.blocking_send(Ok(piece)).map_err(gone)
            });
        if let Err(error) = walked {
            // When nobody listens any more, nobody needs to be told.
            let _ = send.blocking_send(Err(error));
        }
    });
    receive
}

struct Session<'a> {
    ctx: &'a Ctx,
    report: &'a mut (dyn Write + Send),
    tally: Tally,
    shares: Shares,
}

/// A record ready to be brought in.
struct Ready {
    name: String,
    sha256: String,
    body: String,
    reading: Reading,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Outcome {
    New,
    Changed,
    Unchanged,
    /// Counted as unchanged: a fuller record is in force.
    KeptBeside,
    /// Counted as new or changed: waits for a person.
    NewDraft,
    ChangedDraft,
}

/// A line of the report.
#[derive(Serialize)]
struct Told<'a> {
    record: &'a str,
    code: &'a str,
    outcome: Outcome,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_fully_read: Vec<&'a Doubt>,
}

#[derive(Serialize)]
struct Failed<'a> {
    record: &'a str,
    outcome: &'static str,
    why: String,
}

impl Session<'_> {
    fn open(&mut self, piece: Piece) -> Result<Option<Ready>, ImportError> {
        self.tally.read += 1;
        match record::read(&piece.bytes) {
            Ok(reading) => {
                self.shares.add(&reading);
                let sha256 = to_hex(digest(&SHA256, &piece.bytes).as_ref());
                let body = String::from_utf8_lossy(&piece.bytes).into_owned();
                Ok(Some(Ready { name: piece.name, sha256, body, reading }))
            }
            Err(error) => {
                self.tally.failed += 1;
                let why = error.to_string();
                self.tell(&Failed { record: &piece.name, outcome: "failed", why })?;
                Ok(None)
            }
        }
    }

    async fn bring_in(&mut self, batch: Vec<Ready>) -> Result<(), ImportError> {
        if batch.is_empty() {
            return Ok(());
        }
        let (ids, now) = (self.ctx.ids.clone(), self.ctx.clock.now());
        let batch = Arc::new(batch);
        let unit = Arc::clone(&batch);
        let taken: Vec<Taken> = self
            .ctx
            .store
            .write(move |tx| {
                store::hold(tx)?;
                unit.iter().map(|ready| one(tx, (&ids, now), ready)).collect()
            })
            .await?;
        for (ready, taken) in batch.iter().zip(taken) {
            self.count(ready, &taken)?;
        }
        Ok(())
    }

    fn count(&mut self, ready: &Ready, taken: &Taken) -> Result<(), ImportError> {
        let outcome = taken.outcome;
        match outcome {
            Outcome::New | Outcome::NewDraft => self.tally.new += 1,
            Outcome::Changed | Outcome::ChangedDraft => self.tally.changed += 1,
            Outcome::Unchanged | Outcome::KeptBeside => self.tally.unchanged += 1,
        }
        let not_fully_read: Vec<&Doubt> =
            taken.doubts.iter().filter(|doubt| is_remarkable(doubt.why)).collect();
        let is_usual = matches!(outcome, Outcome::New | Outcome::Changed | Outcome::Unchanged);
        if is_usual && (not_fully_read.is_empty() || outcome == Outcome::Unchanged) {
            return Ok(());
        }
        let code = ready.reading.version.code.as_str();
        self.tell(&Told { record: &ready.name, code, outcome, not_fully_read })
    }

    fn tell(&mut self, line: &impl Serialize) -> Result<(), ImportError> {
        let line = serde_json::to_string(line).map_err(std::io::Error::from)?;
        Ok(writeln!(self.report, "{line}")?)
    }

    fn finish(mut self) -> Result<Tally, ImportError> {
        writeln!(self.report, "\n{}", self.shares.table())?;
        let tally = self.tally.clone();
        self.tell(&tally)?;
        self.report.flush()?;
        Ok(tally)
    }
}

/// What became of a record, and what was doubtful about it.
struct Taken {
    outcome: Outcome,
    doubts: Vec<Doubt>,
}

/// Brings in one record. The catalogue is held.
fn one(tx: &mut Tx, (ids, now): (&Ids, Timestamp), ready: &Ready) -> Result<Taken, Refusal> {
    let code = &ready.reading.version.code;
    let procedure = commands::procedure_for(tx, ids, code)?;
    if tx.opt::<(i64,)>(store::SOURCE_SEEN, &[&procedure.0, &ready.sha256])?.is_some() {
        return Ok(Taken { outcome: Outcome::Unchanged, doubts: ready.reading.doubts.clone() });
    }
    let entries = store::entries(tx, code)?;
    let is_new = entries.is_empty();
    let reading = completed(&entries, &ready.reading);
    let intake = decide(&entries, &reading);
    let Reading { format, version, doubts } = reading;
    let at = (ids, now);
    let (version, outcome) = match intake {
        Intake::Same => (entries.first().map(|newest| newest.id), Outcome::Unchanged),
        Intake::Beside => (None, Outcome::KeptBeside),
        Intake::Draft => {
            let id = draft(tx, at, (procedure, &entries), (format.origin(), version))?;
            (Some(id), if is_new { Outcome::NewDraft } else { Outcome::ChangedDraft })
        }
        Intake::Publish => {
            let from = commands::begins(&entries, &version, now);
            let draft = commands::new_draft(ids, procedure, &entries, (format.origin(), version));
            let publishing = Publishing { entries: &entries, draft, from };
            let id = commands::publish_new(tx, at, &importer(), publishing)?;
            (Some(id), if is_new { Outcome::New } else { Outcome::Changed })
        }
    };
    keep_source(tx, at, (procedure, version), (ready, &doubts))?;
    Ok(Taken { outcome, doubts })
}

fn importer() -> By {
    By::program("lienthong procedures import")
}

/// A new draft, or the text of the one an earlier import left. A person's draft is not touched.
fn draft(
    tx: &mut Tx,
    (ids, now): (&Ids, Timestamp),
    (procedure, entries): (ProcedureId, &[Entry]),
    (origin, version): (Origin, Version),
) -> Result<VersionId, Refusal> {
    let waiting =
        entries.iter().find(|entry| entry.status == Status::Draft && entry.origin == origin);
    let entry = match waiting {
        Some(waiting) => {
            let entry = Entry { version: Arc::new(version), ..waiting.clone() };
            store::rewrite_draft(tx, &entry, now)?;
            entry
        }
        None => {
            let draft = commands::new_draft(ids, procedure, entries, (origin, version));
            store::insert(tx, &draft, now)?;
            draft
        }
    };
    commands::note(tx, (ids, now), &importer(), ("procedures.draft", &entry))?;
    Ok(entry.id)
}

fn keep_source(
    tx: &mut Tx,
    (ids, now): (&Ids, Timestamp),
    (procedure, version): (ProcedureId, Option<VersionId>),
    (ready, doubts): (&Ready, &[Doubt]),
) -> Result<(), Refusal> {
    let doubts = serde_json::to_string(doubts).unwrap_or_default();
    let version = version.map(|id| id.0);
    tx.execute(
        store::INSERT_SOURCE,
        &[
            &ids.next(),
            &procedure.0,
            &version,
            &ready.reading.format.as_str(),
            &ready.sha256,
            &ready.body,
            &doubts,
            &now,
        ],
    )?;
    Ok(())
}
