//! The way in: streamed, measured, hashed, looked at, and on the disk before anyone is told.

use std::fmt::Display;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::pin::pin;

use aws_lc_rs::digest::{Context, SHA256};
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use tokio::io::{AsyncWriteExt, BufWriter};

use super::{FileRefusal, Files, House, KeepRules, Kept, clean_name, kept, media};
use crate::hex::to_hex;

/// A file whose content is safe on the disk and whose row is not written yet: [`super::record`].
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    pub(super) kept: Kept,
    pub(super) quota_bytes: u64,
}

impl Received {
    /// What the row will say.
    pub fn kept(&self) -> &Kept {
        &self.kept
    }
}

/// So many bytes are still taken from a sender who has been refused: a browser reads the answer
/// only when it has been listened to.
const LISTEN_BYTES: u64 = 32 * 1024 * 1024;

const BUFFER_BYTES: usize = 64 * 1024;

impl Files {
    /// Receives a body and writes its row in a unit of its own.
    pub async fn keep<E: Display>(
        &self,
        body: impl Stream<Item = Result<Bytes, E>>,
        rules: &KeepRules,
    ) -> Result<Kept, FileRefusal> {
        let received = self.receive(body, rules).await?;
        self.house.store.write(move |tx| kept::record(tx, &received)).await
    }

    /// [`Files::keep`] for what is small enough to be in memory already.
    pub async fn keep_bytes(&self, body: Bytes, rules: &KeepRules) -> Result<Kept, FileRefusal> {
        self.keep(whole(body), rules).await
    }

    /// [`Files::receive`] for what is small enough to be in memory already.
    pub async fn receive_bytes(
        &self,
        body: Bytes,
        rules: &KeepRules,
    ) -> Result<Received, FileRefusal> {
        self.receive(whole(body), rules).await
    }

    /// Brings a body to the disk; its row is written by [`super::record`] in the caller's unit.
    pub async fn receive<E: Display>(
        &self,
        body: impl Stream<Item = Result<Bytes, E>>,
        rules: &KeepRules,
    ) -> Result<Received, FileRefusal> {
        let mut body = pin!(body);
        let id = self.house.ids.next();
        let part = Part(self.house.incoming().join(format!("{id}.part")));
        let (owner, quota_bytes) = (rules.owner, rules.quota_bytes);
        let used_bytes = self.house.store.read(move |tx| kept::used_bytes(tx, owner)).await?;
        let written = write(&mut body, &part.0, rules, used_bytes).await;
        let (size_bytes, sha256) = match written {
            Ok(written) => written,
            Err(refusal) => {
                if !matches!(refusal, FileRefusal::Interrupted(_)) {
                    listen_on(&mut body).await;
                }
                return Err(refusal);
            }
        };
        let kept = Kept {
            id,
            sha256,
            size_bytes: i64::try_from(size_bytes).unwrap_or(i64::MAX),
            media: String::new(),
            name: clean_name(&rules.name),
            owner,
            created_at: self.house.clock.now(),
        };
        let (house, allowed) = (self.house.clone(), rules.media);
        let kept = blocking(move || settle(&house, part, kept, allowed)).await?;
        Ok(Received { kept, quota_bytes })
    }
}

fn whole(body: Bytes) -> impl Stream<Item = Result<Bytes, io::Error>> {
    futures_util::stream::iter([Ok(body)])
}

/// A file in `incoming/` that goes away unless it is put on its shelf.
struct Part(PathBuf);

impl Drop for Part {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_file(&self.0)
            && error.kind() != io::ErrorKind::NotFound
        {
            tracing::warn!(%error, "a refused file stays in incoming/ until the next sweep");
        }
    }
}

/// Writes the body as it comes; answers its length and hash.
async fn write<E: Display>(
    body: &mut (impl Stream<Item = Result<Bytes, E>> + Unpin),
    path: &Path,
    rules: &KeepRules,
    used_bytes: u64,
) -> Result<(u64, String), FileRefusal> {
    let mut file = BufWriter::with_capacity(BUFFER_BYTES, tokio::fs::File::create(path).await?);
    let mut hash = Context::new(&SHA256);
    let mut size_bytes = 0;
    let mut beginning = Vec::with_capacity(media::MAGIC_BYTES);
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|error| FileRefusal::Interrupted(error.to_string()))?;
        size_bytes += piece.len() as u64;
        measure(size_bytes, rules, used_bytes)?;
        if beginning.len() < media::MAGIC_BYTES {
            let missing = media::MAGIC_BYTES - beginning.len();
            beginning.extend_from_slice(&piece[..piece.len().min(missing)]);
            look(&beginning, rules, false)?;
        }
        hash.update(&piece);
        file.write_all(&piece).await?;
    }
    if size_bytes == 0 {
        return Err(FileRefusal::Empty);
    }
    look(&beginning, rules, true)?;
    file.flush().await?;
    Ok((size_bytes, to_hex(hash.finish().as_ref())))
}

fn measure(size_bytes: u64, rules: &KeepRules, used_bytes: u64) -> Result<(), FileRefusal> {
    if size_bytes > rules.max_bytes {
        return Err(FileRefusal::TooLarge { max_bytes: rules.max_bytes });
    }
    if used_bytes.saturating_add(size_bytes) > rules.quota_bytes {
        return Err(FileRefusal::Quota { quota_bytes: rules.quota_bytes, used_bytes });
    }
    Ok(())
}

fn look(beginning: &[u8], rules: &KeepRules, ended: bool) -> Result<(), FileRefusal> {
    let enough = ended || beginning.len() >= media::MAGIC_BYTES;
    if enough && !media::may_become(beginning, rules.media) {
        return Err(FileRefusal::Kind { allowed: rules.media });
    }
    Ok(())
}

async fn listen_on<E>(body: &mut (impl Stream<Item = Result<Bytes, E>> + Unpin)) {
    let mut heard = 0;
    while let Some(Ok(piece)) = body.next().await {
        heard += piece.len() as u64;
        if heard > LISTEN_BYTES {
            return;
        }
    }
}

/// Looks at the content and puts it on its shelf. Off the runtime's threads: fsync takes its time.
fn settle(
    house: &House,
    part: Part,
    mut kept: Kept,
    allowed: &'static [media::Media],
) -> Result<Kept, FileRefusal> {
    let mut file = File::options().read(true).write(true).open(&part.0)?;
    let size_bytes = file.metadata()?.len();
    let (found, name) = media::settled(&mut file, size_bytes, (&kept.name, allowed))?;
    kept.name = name;
    kept.media = found.content_type().to_owned();
    file.sync_all()?;
    let place = house.content(&kept.sha256);
    let shelf = place.parent().unwrap_or(&house.folder);
    if !shelf.exists() {
        fs::create_dir_all(shelf)?;
        sync_folder(&house.contents())?;
    }
    // Over what may lie there already: the same content, and now young, so that a sweep which has
    // just found the old one without a name lets it be.
    fs::rename(&part.0, &place)?;
    sync_folder(shelf)?;
    Ok(kept)
}

pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, FileRefusal> + Send + 'static,
) -> Result<T, FileRefusal> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(FileRefusal::Disk(error.to_string())))
}
