//! Out of a packet: what it says, and its attachments as files. Read twice, so that nothing of it
//! is ever whole in memory: once to know what it says and which attachments an archive was put
//! around, once to keep them.

use std::io;

use axis::PacketId;
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use organisations::UnitId;
use platform::Ctx;
use platform::files::{FileRefusal, KeepRules, Media, Received};
use platform::hex::to_hex;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use uuid::Uuid;
use wire::edxml::read::Event;
use wire::edxml::unwrap::{self, Unwrapper};
use wire::edxml::{Attachment, Limits, Reader, Reading, content_key};

use crate::document::IncomingId;
use crate::fault::Fault;
use crate::incoming::IncomingFile;
use crate::refusal::Refusal;

/// Pieces on their way to the disk.
const PIECES_WAITING: usize = 4;
/// One attachment; the axis limits the packet.
const FILE_BYTES_MAX: u64 = 2 << 30;

/// An attachment with its content, which is on the disk; none where it was empty.
pub(crate) struct Unpacked {
    pub attachment: Attachment,
    pub received: Option<Received>,
    pub is_announced: bool,
}

/// What a packet says.
pub(crate) async fn reading(ctx: &Ctx, packet: PacketId) -> Result<Reading, Refusal> {
    let mut opened = axis::queries::open(ctx, packet).await?;
    let mut reader = Reader::new(Limits::default());
    while let Some(piece) = opened.body.next().await {
        let piece = piece.map_err(FileRefusal::from)?;
        let mut left = piece.as_ref();
        while reader.next(&mut left).map_err(|_| Fault::Unreadable)?.is_some() {}
    }
    Ok(reader.finish().map_err(|_| Fault::Unreadable)?)
}

/// Keeps the attachments, without the archives that the sender's kit put around them. Their rows
/// are written by whoever asks, in the unit of work that says what they are for.
pub(crate) async fn attachments(
    ctx: &Ctx,
    packet: PacketId,
    reading: Reading,
    owner: UnitId,
) -> Result<Vec<Unpacked>, Refusal> {
    let mut opened = axis::queries::open(ctx, packet).await?;
    let mut reader = Reader::new(Limits::default());
    let mut kept = Vec::new();
    let mut belt: Option<Belt> = None;
    while let Some(piece) = opened.body.next().await {
        let piece = piece.map_err(FileRefusal::from)?;
        let mut left = piece.as_ref();
        loop {
            let ended = match reader.next(&mut left).map_err(|_| Fault::Unreadable)? {
                None => break,
                Some(Event::Bytes { bytes, .. }) => {
                    let one = reading.attachments.get(kept.len()).ok_or(Fault::Unreadable)?;
                    let belt = belt.get_or_insert_with(|| Belt::new(ctx, one, owner));
                    Some(belt.shape(bytes))
                }
                Some(Event::Attachment { .. }) => None,
            };
            match (ended, belt.as_mut()) {
                (Some(bytes), Some(belt)) => belt.push(bytes).await,
                _ => kept.push(finished(belt.take()).await?),
            }
        }
    }
    let named: Vec<&str> =
        reading.manifest.iter().map(|one| content_key(&one.content_id)).collect();
    let all = reading.attachments.iter().zip(kept).map(|(attachment, received)| Unpacked {
        is_announced: named.contains(&content_key(&attachment.content_id)),
        attachment: attachment.clone(),
        received,
    });
    Ok(all.collect())
}

/// One attachment on its way to the disk.
struct Belt {
    pieces: mpsc::Sender<io::Result<Bytes>>,
    done: JoinHandle<Result<Received, FileRefusal>>,
    unwrapper: Option<Unwrapper>,
}

impl Belt {
    fn new(ctx: &Ctx, one: &Attachment, owner: UnitId) -> Belt {
        let (pieces, mut waiting) = mpsc::channel(PIECES_WAITING);
        let rules = KeepRules {
            name: one.attachment_name.clone(),
            owner: owner.0,
            media: Media::WHATEVER,
            max_bytes: FILE_BYTES_MAX,
            // An office cannot send back what it has no room for: the disk is the limit.
            quota_bytes: u64::MAX >> 1,
        };
        let files = ctx.files.clone();
        let done = tokio::spawn(async move {
            let body = stream::poll_fn(move |cx| waiting.poll_recv(cx));
            files.receive(body, &rules).await
        });
        let unwrapper = one.unwrapped.as_ref().map(|_| Unwrapper::new(unwrap::Limits::default()));
        Belt { pieces, done, unwrapper }
    }

    /// What of these bytes is kept.
    fn shape(&mut self, bytes: &[u8]) -> Bytes {
        let Some(unwrapper) = &mut self.unwrapper else { return Bytes::copy_from_slice(bytes) };
        let mut inside = Vec::new();
        unwrapper.push(bytes, &mut |piece| inside.extend_from_slice(piece));
        inside.into()
    }

    /// Who takes them off says in the end why it stopped.
    async fn push(&mut self, bytes: Bytes) {
        if !bytes.is_empty() {
            let _ = self.pieces.send(Ok(bytes)).await;
        }
    }
}

async fn finished(belt: Option<Belt>) -> Result<Option<Received>, Refusal> {
    let Some(Belt { pieces, done, .. }) = belt else { return Ok(None) };
    drop(pieces);
    match done.await {
        Ok(Ok(received)) => Ok(Some(received)),
        Ok(Err(FileRefusal::Empty)) => Ok(None),
        Ok(Err(refusal)) => Err(refusal.into()),
        Err(_) => Err(Fault::Unreadable.into()),
    }
}

/// The row of an attachment.
pub(crate) fn row(
    id: Uuid,
    (incoming, edition, ordinal): (IncomingId, i64, i64),
    one: &Unpacked,
) -> IncomingFile {
    let (attachment, content) = (&one.attachment, one.attachment.content());
    let kept = one.received.as_ref().map(Received::kept);
    IncomingFile {
        id,
        incoming,
        edition,
        ordinal,
        given_name: attachment.attachment_name.clone(),
        name: kept.map_or_else(|| attachment.file_name(), |kept| kept.name.clone()),
        media: kept.map_or_else(|| content.media_type.to_owned(), |kept| kept.media.clone()),
        size_bytes: i64::try_from(content.size_bytes).unwrap_or(i64::MAX),
        sha256: to_hex(&content.sha256),
        packed_sha256: attachment.unwrapped.as_ref().map(|_| to_hex(&attachment.packed.sha256)),
        is_announced: one.is_announced,
        file: kept.map(|kept| kept.id),
        verdict: None,
        judged_at: None,
    }
}

/// The row of an attachment that the packet announces and does not bring.
pub(crate) fn missing_row(
    id: Uuid,
    (incoming, edition, ordinal): (IncomingId, i64, i64),
    name: &str,
) -> IncomingFile {
    IncomingFile {
        id,
        incoming,
        edition,
        ordinal,
        given_name: name.to_owned(),
        name: platform::files::clean_name(name),
        media: String::new(),
        size_bytes: 0,
        sha256: String::new(),
        packed_sha256: None,
        is_announced: true,
        file: None,
        verdict: None,
        judged_at: None,
    }
}

/// What the packet announces and does not bring.
pub(crate) fn missing(reading: &Reading) -> Vec<String> {
    let there: Vec<&str> =
        reading.attachments.iter().map(|one| content_key(&one.content_id)).collect();
    let gone = reading.manifest.iter().filter(|one| !there.contains(&content_key(&one.content_id)));
    gone.map(|one| one.attachment_name.clone()).collect()
}
