//! Keeping the shelves in order: what no row names goes away, what a row names is whole.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use aws_lc_rs::digest::{Context, SHA256};

use super::incoming::{blocking, sync_folder};
use super::{FileRefusal, Files, House, Received, store};
use crate::hex::to_hex;
use crate::jobs::{Every, JobError, JobKind, Schedule};
use crate::store::StoreError;

/// Content without a name is left for a day: its row may be on the way.
const YOUNG: Duration = Duration::from_secs(24 * 60 * 60);

/// Rows looked at in one unit.
const PAGE: i64 = 500;

/// What a sweep took away.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Swept {
    pub files: u64,
    pub bytes: u64,
}

/// Content that is not as its rows say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    Missing { sha256: String },
    Changed { sha256: String },
}

pub const JOB: JobKind = JobKind { kind: "platform.sweep", run: |ctx, _| Box::pin(sweep(ctx)) };

pub const SCHEDULE: Schedule =
    Schedule { kind: JOB.kind, every: Every::DailyAt { hour: 2, minute: 40 } };

async fn sweep(ctx: crate::Ctx) -> Result<(), JobError> {
    let swept = ctx.files.sweep().await.map_err(|error| JobError::Retry(error.to_string()))?;
    tracing::info!(files = swept.files, bytes = swept.bytes, "files without a name swept");
    Ok(())
}

impl Files {
    /// Takes away what no row names and is older than a day.
    pub async fn sweep(&self) -> Result<Swept, FileRefusal> {
        let house = self.house.clone();
        // The machine's own time, not the clock that is handed in: it is compared with the times
        // the disk has given its files.
        let (contents, mut swept) = blocking(move || begin(&house)).await?;
        for sha256 in contents {
            if !self.is_named(&sha256).await? {
                let house = self.house.clone();
                swept.count(blocking(move || Ok(take_away(&house, &sha256)?)).await?);
            }
        }
        Ok(swept)
    }

    /// Takes away at once what was received and will never be recorded. Only for content that
    /// nobody else can have brought at the same moment: sealed under a key of its own, say.
    pub async fn discard(&self, received: &Received) -> Result<(), FileRefusal> {
        let sha256 = received.kept().sha256.clone();
        if self.is_named(&sha256).await? {
            return Ok(());
        }
        let house = self.house.clone();
        blocking(move || Ok(remove(&house.content(&sha256)).map(drop)?)).await
    }

    /// Reads every content that a row names and compares it with its hash. Reads everything: for
    /// the operator's check, not for every day.
    pub async fn check(&self) -> Result<Vec<Damage>, FileRefusal> {
        let mut damage = Vec::new();
        let mut after = String::new();
        loop {
            let from = after.clone();
            let page: Vec<(String,)> = self
                .house
                .store
                .read(move |tx| tx.all::<(String,)>(store::CONTENTS_AFTER, &[&from, &PAGE]))
                .await?;
            let Some((last,)) = page.last() else { return Ok(damage) };
            after.clone_from(last);
            let house = self.house.clone();
            damage.extend(blocking(move || Ok(examine(&house, page)?)).await?);
        }
    }

    async fn is_named(&self, sha256: &str) -> Result<bool, StoreError> {
        let sha256 = sha256.to_owned();
        let named: Option<(i64,)> =
            self.house.store.read(move |tx| tx.opt(store::IS_NAMED, &[&sha256])).await?;
        Ok(named.is_some())
    }
}

impl Swept {
    fn count(&mut self, bytes: Option<u64>) {
        if let Some(bytes) = bytes {
            self.files += 1;
            self.bytes += bytes;
        }
    }
}

/// Puts back what a sweep that was cut off had moved aside, takes away forgotten parts, and lists
/// the contents on the shelves that are older than a day.
fn begin(house: &House) -> Result<(Vec<String>, Swept), FileRefusal> {
    for path in entries(&house.swept())? {
        fs::rename(&path, house.content(&last_name(&path)))?;
    }
    let mut swept = Swept::default();
    for path in entries(&house.incoming())? {
        if is_old(&path)? {
            swept.count(remove(&path)?);
        }
    }
    let mut contents = Vec::new();
    for shelf in entries(&house.contents())? {
        let prefix = last_name(&shelf);
        for path in entries(&shelf)? {
            if is_old(&path)? {
                contents.push(format!("{prefix}{}", last_name(&path)));
            }
        }
    }
    Ok((contents, swept))
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect()
}

fn last_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[expect(clippy::disallowed_methods, reason = "compared with times that the disk gave")]
fn is_old(path: &Path) -> io::Result<bool> {
    let modified = match fs::metadata(path) {
        Ok(metadata) => metadata.modified()?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    Ok(SystemTime::now().duration_since(modified).is_ok_and(|age| age > YOUNG))
}

/// Moved aside first, and only what was moved is judged by its age: between the look at the rows
/// and now the same content may have come in again, and that one is young and goes back.
pub(super) fn take_away(house: &House, sha256: &str) -> io::Result<Option<u64>> {
    let (place, aside) = (house.content(sha256), house.swept().join(sha256));
    match fs::rename(&place, &aside) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    }
    if is_old(&aside)? {
        return remove(&aside);
    }
    fs::rename(&aside, &place)?;
    sync_folder(place.parent().unwrap_or(&house.folder))?;
    Ok(None)
}

fn remove(path: &Path) -> io::Result<Option<u64>> {
    match fs::metadata(path).and_then(|metadata| fs::remove_file(path).map(|()| metadata.len())) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn examine(house: &House, page: Vec<(String,)>) -> io::Result<Vec<Damage>> {
    let mut damage = Vec::new();
    for (sha256,) in page {
        match hash_of(&house.content(&sha256)) {
            Ok(found) if found == sha256 => {}
            Ok(_) => damage.push(Damage::Changed { sha256 }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                damage.push(Damage::Missing { sha256 });
            }
            Err(error) => return Err(error),
        }
    }
    Ok(damage)
}

fn hash_of(path: &Path) -> io::Result<String> {
    let mut file = fs::File::open(path)?;
    let mut hash = Context::new(&SHA256);
    let mut piece = vec![0; 256 * 1024];
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok(to_hex(hash.finish().as_ref()));
        }
        hash.update(&piece[..read]);
    }
}
