//! The way out: whole or a range, streamed from the disk.

use std::io::SeekFrom;
use std::ops::Range;

use bytes::Bytes;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt, Take};
use tokio_util::io::ReaderStream;
use uuid::Uuid;

use super::{FileRefusal, Files, Kept, kept};

/// The bytes, in pieces: `axum::body::Body::from_stream(opened.body)`.
pub type Body = ReaderStream<Take<File>>;

const PIECE_BYTES: usize = 64 * 1024;

/// A file ready to be sent.
pub struct Opened {
    pub kept: Kept,
    /// What of it `body` brings.
    pub range: Range<u64>,
    pub body: Body,
}

impl Files {
    pub async fn open(&self, id: Uuid) -> Result<Opened, FileRefusal> {
        self.open_range(id, 0..u64::MAX).await
    }

    /// From `range.start` up to `range.end` or the end of the file, whatever comes first.
    pub async fn open_range(&self, id: Uuid, range: Range<u64>) -> Result<Opened, FileRefusal> {
        let kept = self.kept(id).await?;
        let mut file = File::open(self.house.content(&kept.sha256)).await?;
        let size_bytes = file.metadata().await?.len();
        let end = range.end.min(size_bytes);
        let start = range.start.min(end);
        file.seek(SeekFrom::Start(start)).await?;
        let body = ReaderStream::with_capacity(file.take(end - start), PIECE_BYTES);
        Ok(Opened { kept, range: start..end, body })
    }

    /// The whole content, for what must be in memory; larger than `max_bytes` is refused.
    pub async fn read(&self, id: Uuid, max_bytes: u64) -> Result<Bytes, FileRefusal> {
        let kept = self.kept(id).await?;
        if u64::try_from(kept.size_bytes).unwrap_or(u64::MAX) > max_bytes {
            return Err(FileRefusal::TooLarge { max_bytes });
        }
        Ok(tokio::fs::read(self.house.content(&kept.sha256)).await?.into())
    }

    /// The content as a file on the disk: for what reads it piece by piece and never has it whole
    /// in memory.
    pub async fn file(&self, id: Uuid) -> Result<std::fs::File, FileRefusal> {
        let kept = self.kept(id).await?;
        Ok(File::open(self.house.content(&kept.sha256)).await?.into_std().await)
    }

    /// The row; [`FileRefusal::Missing`] when there is none.
    pub async fn kept(&self, id: Uuid) -> Result<Kept, FileRefusal> {
        let kept = self.house.store.read(move |tx| kept::kept(tx, id)).await?;
        kept.ok_or(FileRefusal::Missing)
    }
}
