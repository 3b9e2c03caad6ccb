//! Sealing: rows get their place in the tree, and the tree a new signed head.
//!
//! However many processes seal, they take turns at one row, and nobody has to be chosen. A turn is
//! one unit of work: it sees every row that was committed before it began, in whatever process,
//! and gives places to those that have none, by time and id.

use std::fs;
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::leaf;
use super::sign::{Head, SigningKey};
use super::tree::{self, Hash};
use super::{Entry, store, tiles};
use crate::Ctx;
use crate::jobs::{Every, JobError, JobKind, Schedule};
use crate::store::{StoreError, Tx};

/// Rows sealed in one unit: it must not hold up those who wait behind it.
const PAGE: i64 = 1_000;

pub const JOB: JobKind =
    JobKind { kind: "platform.seal", run: |ctx, _| Box::pin(seal_for_job(ctx)) };

/// A row waits some seconds for its head; an idle house writes none.
pub const SCHEDULE: Schedule = Schedule {
    kind: JOB.kind,
    every: Every::Look { seconds: 5, when: |tx, _| something_to_seal(tx) },
};

#[derive(Debug, thiserror::Error)]
pub enum SealError {
    #[error("the key of the audit: {0}")]
    Key(#[from] io::Error),
    #[error(transparent)]
    Store(#[from] StoreError),
}

async fn seal_for_job(ctx: Ctx) -> Result<(), JobError> {
    seal(&ctx).await.map(|_| ()).map_err(|error| JobError::Retry(error.to_string()))
}

pub fn something_to_seal(tx: &mut Tx) -> Result<bool, StoreError> {
    Ok(tx.opt::<(i64,)>(store::UNSEALED, &[])?.is_some())
}

/// Seals all that waits, and leaves the newest head beside the key: a log that is cut short later
/// does not fit it. Answers the newest head.
pub async fn seal(ctx: &Ctx) -> Result<Option<Head>, SealError> {
    let key = Arc::new(signing_key(ctx).await?);
    let mut newest = None;
    loop {
        let (key, now) = (Arc::clone(&key), ctx.clock.now());
        let head = ctx.store.write(move |tx| seal_page(tx, &key, now)).await?;
        if head.is_none() {
            break;
        }
        newest = head;
    }
    if let Some(head) = newest.clone() {
        let folder = ctx.files.folder().to_owned();
        let draft = format!("audit.head.{}", ctx.ids.next());
        off_the_runtime(move || keep_beside(&folder, &draft, &head)).await?;
    }
    Ok(newest)
}

/// The key that signs here, made at the first start.
pub async fn signing_key(ctx: &Ctx) -> io::Result<SigningKey> {
    let folder = ctx.files.folder().to_owned();
    let address = ctx.settings.public_address.clone();
    let ids = ctx.ids.clone();
    off_the_runtime(move || {
        let host = address.split_once("://").map_or(address.as_str(), |(_, host)| host);
        SigningKey::open(&folder, host, &ids)
    })
    .await
}

/// One turn; none when nothing waited.
fn seal_page(tx: &mut Tx, key: &SigningKey, at: Timestamp) -> Result<Option<Head>, StoreError> {
    let (size, last): (i64, i64) = tx.one(store::TAKE_TURN, &[])?;
    let number = last + 1;
    let mut rows: Vec<Entry> = tx.all(store::SEAL, &[&size, &number, &PAGE])?;
    if rows.is_empty() {
        return Ok(None);
    }
    rows.sort_by_key(|row| row.seq);
    let begin = size as u64;
    let leaves: Vec<Hash> =
        rows.iter().zip(begin..).map(|(row, place)| leaf::hash(row, place)).collect();
    tiles::append(tx, begin, leaves)?;
    let begun = size;
    let size = size + rows.len() as i64;
    tx.execute(store::SHARE, &[&begun, &size])?;
    let mut reader = tiles::Reader::default();
    let root = tree::root(&mut |height, index| reader.node(tx, height, index), size as u64)?;
    let head = key.sign(number, size, at, root);
    tx.execute(store::INSERT_HEAD, &[&number, &size, &at, &head.root, &head.note])?;
    tx.execute(store::END_TURN, &[&size, &number])?;
    Ok(Some(head))
}

/// `audit.head`: exchanged whole, so that a reader never finds half of it, and never for an older
/// one, should two processes share the folder.
fn keep_beside(folder: &Path, draft: &str, head: &Head) -> io::Result<()> {
    let (place, draft) = (folder.join("audit.head"), folder.join(draft));
    let there = fs::read_to_string(&place).ok().and_then(|note| Head::read(&note));
    if there.is_some_and(|there| there.size >= head.size) {
        return Ok(());
    }
    let kept = write_whole(&draft, &head.note).and_then(|()| fs::rename(&draft, place));
    if kept.is_err()
        && let Err(error) = fs::remove_file(&draft)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::warn!(%error, "a draft of audit.head stays beside it");
    }
    kept
}

fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

async fn off_the_runtime<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(io::Error::other)?
}
