//! From the shelf: the received bytes, as a stream.

use std::io;

use bytes::Bytes;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use platform::Ctx;
use platform::files;
use platform::vault::{Opener, VaultFault};
use uuid::Uuid;

use super::{broken, file_place, held_place};
use crate::packet::PacketId;
use crate::refusal::Refusal;
use crate::store::bodies::{self, BodyRow};

/// The bytes of a packet. A stream that ends without an error brought all of them.
pub struct Opened {
    pub size_bytes: i64,
    pub body: BoxStream<'static, io::Result<Bytes>>,
}

/// [`Refusal::Discarded`] when a rule of retention has taken the bytes away.
pub async fn open(ctx: &Ctx, id: PacketId) -> Result<Opened, Refusal> {
    let row = ctx.store.read(move |tx| bodies::body(tx, id)).await?.ok_or(Refusal::Nothing)?;
    let BodyRow { size_bytes, sealed, file } = row;
    let body = match (sealed, file) {
        (Some(sealed), _) => {
            let plain = ctx.vault.open(held_place(id.0.as_bytes()), &sealed)?;
            stream::iter([Ok(Bytes::from(plain))]).boxed()
        }
        (None, Some(file)) => from_file(ctx, id, file).await?,
        (None, None) => return Err(Refusal::Discarded),
    };
    Ok(Opened { size_bytes, body })
}

struct Way {
    file: files::Body,
    opener: Option<Opener>,
}

async fn from_file(
    ctx: &Ctx,
    id: PacketId,
    file: Uuid,
) -> Result<BoxStream<'static, io::Result<Bytes>>, Refusal> {
    let opener = Opener::new(&ctx.vault, file_place(id.0.as_bytes()));
    let opened = ctx.files.open(file).await?;
    let way = Way { file: opened.body, opener: Some(opener) };
    Ok(stream::try_unfold(way, step).boxed())
}

async fn step(mut way: Way) -> io::Result<Option<(Bytes, Way)>> {
    let Some(mut opener) = way.opener.take() else { return Ok(None) };
    let mut plain = Vec::new();
    match way.file.next().await {
        Some(piece) => {
            opener.push(&piece?, &mut plain).map_err(unread)?;
            way.opener = Some(opener);
        }
        None => opener.finish(&mut plain).map_err(unread)?,
    }
    Ok(Some((Bytes::from(plain), way)))
}

fn unread(fault: VaultFault) -> io::Error {
    io::Error::other(broken(fault))
}
