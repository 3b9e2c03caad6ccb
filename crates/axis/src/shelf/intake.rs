//! Onto the shelf.

use std::fmt::Display;
use std::pin::{Pin, pin};
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use platform::Ctx;
use platform::files::{FileRefusal, KeepRules, Media};
use platform::vault::Sealer;
use wire::edxml::Reading;

use super::progress::{Progress, Read};
use super::sealing::Sealing;
use super::{Body, HELD_BYTES_MAX, Intake, Shelved, Summary, file_place, held_place, signed};
use crate::packet::{Kind, PacketId, SignatureState};
use crate::refusal::Refusal;

/// More would only fill pages.
const REMARKS_MAX: usize = 50;

/// Brings bytes onto the shelf and reads them on the way.
pub async fn shelve<E: Display>(
    ctx: &Ctx,
    body: impl Stream<Item = Result<Bytes, E>>,
    intake: &Intake,
) -> Result<Shelved, Refusal> {
    let mut body = pin!(body);
    let mut progress = Progress::new(intake);
    let mut begun = Vec::new();
    while let Some(piece) = body.next().await {
        let piece = piece.map_err(|error| Refusal::Interrupted(error.to_string()))?;
        progress.push(&piece)?;
        begun.extend_from_slice(&piece);
        if begun.len() > HELD_BYTES_MAX {
            progress.so_far()?;
            return file(ctx, body, (progress, begun)).await;
        }
    }
    held(ctx, progress.end()?, begun, intake.kind).await
}

/// [`shelve`] for bytes that are at hand.
pub async fn shelve_bytes(ctx: &Ctx, body: Bytes, intake: &Intake) -> Result<Shelved, Refusal> {
    shelve(ctx, futures_util::stream::iter([Ok::<_, String>(body)]), intake).await
}

/// A small packet that was made here, without waiting for anything.
pub(crate) fn hold(ctx: &Ctx, packet: &[u8]) -> Result<Shelved, Refusal> {
    let intake = Intake { packet_bytes_max: HELD_BYTES_MAX as u64, hash_file: None, kind: None };
    let mut progress = Progress::new(&intake);
    progress.push(packet)?;
    let read = progress.end()?;
    let id = PacketId(ctx.ids.next());
    let body = seal(ctx, id, packet)?;
    Ok(shelved(id, read, (SignatureState::Absent, body)))
}

async fn held(
    ctx: &Ctx,
    read: Read,
    mut plain: Vec<u8>,
    kind: Option<Kind>,
) -> Result<Shelved, Refusal> {
    plain.truncate(usize::try_from(read.size_bytes).unwrap_or(usize::MAX));
    announced(&read.reading, kind)?;
    let id = PacketId(ctx.ids.next());
    let signature = signed::judged(ctx, &read.reading, Some(&plain)).await?;
    let body = seal(ctx, id, &plain)?;
    Ok(shelved(id, read, (signature, body)))
}

async fn file<'p, S, E>(
    ctx: &Ctx,
    source: Pin<&'p mut S>,
    (progress, begun): (Progress<'p>, Vec<u8>),
) -> Result<Shelved, Refusal>
where
    S: Stream<Item = Result<Bytes, E>>,
    E: Display,
{
    let kind = progress.kind();
    let id = PacketId(ctx.ids.next());
    let sealer = Sealer::new(&ctx.vault, file_place(id.0.as_bytes()), ctx.ids.secret())?;
    let mut sealing = Sealing::new(source, (progress, begun), sealer);
    let rules = KeepRules {
        name: format!("{id}.edxml"),
        // Nobody's quota: each packet is its own.
        owner: id.0,
        media: Media::WHATEVER,
        max_bytes: u64::MAX,
        quota_bytes: i64::MAX.unsigned_abs(),
    };
    let received = ctx.files.receive(&mut sealing, &rules).await;
    let (read, received) = match (sealing.outcome.take(), received) {
        (Some(Err(refusal)), _) => return Err(refusal),
        (_, Err(refusal)) => return Err(refusal.into()),
        (Some(Ok(read)), Ok(received)) => (read, received),
        (None, Ok(_)) => return Err(FileRefusal::Missing.into()),
    };
    announced(&read.reading, kind)?;
    let signature = signed::judged(ctx, &read.reading, None).await?;
    Ok(shelved(id, read, (signature, Body::File(Box::new(received)))))
}

fn seal(ctx: &Ctx, id: PacketId, plain: &[u8]) -> Result<Body, Refusal> {
    let sealed = ctx.vault.seal(held_place(id.0.as_bytes()), plain)?;
    Ok(Body::Held(Arc::new(sealed)))
}

/// What was announced as a document is one.
fn announced(reading: &Reading, kind: Option<Kind>) -> Result<(), Refusal> {
    let found = match reading.packet {
        wire::edxml::Packet::Document(_) => Kind::Document,
        wire::edxml::Packet::Status(_) => Kind::Status,
    };
    match kind {
        Some(kind) if kind != found => Err(Refusal::OtherKind { found }),
        _ => Ok(()),
    }
}

fn shelved(id: PacketId, read: Read, (signature, body): (SignatureState, Body)) -> Shelved {
    let Reading { packet, attachments, remarks, .. } = read.reading;
    let remarks = remarks.into_iter().take(REMARKS_MAX);
    let summary = Summary {
        packet,
        attachments: i64::try_from(attachments.len()).unwrap_or(i64::MAX),
        remarks: remarks.map(|remark| (remark.field, remark.kind)).collect(),
    };
    Shelved {
        id,
        summary: Arc::new(summary),
        sha256: read.sha256,
        size_bytes: i64::try_from(read.size_bytes).unwrap_or(i64::MAX),
        signature,
        body,
    }
}
