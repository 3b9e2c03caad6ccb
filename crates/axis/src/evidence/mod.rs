//! The evidence of one packet, in one file that anybody can check without this installation: the
//! bytes as they were received, what is in them, every station with its time and digest, every
//! receipt, and one signature over all of it.
//!
//! An ASiC-E container with a XAdES signature: by the seal of whoever looks after the axis, with
//! signed time and word about revocation, when its key is at hand; else by the key of the receipts,
//! under a certificate that it has given itself and that stands at `/axis/chung-thu`.
//!
//! The packet goes through twice and is never held: once for what the container says about it,
//! then to whoever takes the file.
//!
//! Law: Luật Giao dịch điện tử 20/2023/QH15 art. 11 (data messages as evidence)
//! Law: QĐ 28/2018/QĐ-TTg art. 10

mod hand;
mod told;

use std::io;

use bytes::Bytes;
use futures_util::stream::{self, BoxStream};
use futures_util::{StreamExt, TryStreamExt};
use identity::Scribe;
use organisations::UnitId;
use platform::Ctx;
use platform::hex::to_hex;
use platform::store::{StoreError, Tx};
use serde_json::{Value, json};
use wire::algorithm::Digest;
use wire::asice::{self, Around, Checksum, LargeFile, NewFile};
use wire::edxml::{Limits, Reader, Reading};
use wire::xml::sign::Part;

use crate::packet::PacketId;
use crate::queries;
use crate::queries::watching::{Whole, whole};
use crate::refusal::Refusal;

pub(crate) use hand::known_key;

const PACKET: &str = "goi-tin.edxml";
const PACKET_MEDIA: &str = "application/xml";
const CONTENT: &str = "noi-dung.json";
const TRACE: &str = "hanh-trinh.json";
const RECEIPT: &str = "bien-nhan-nop.jws";
const RECEIPTS: &str = "bien-nhan-giao.json";
const KEYS: &str = "khoa.json";

/// The file, read while it is taken.
pub(crate) struct Made {
    pub size_bytes: u64,
    pub body: BoxStream<'static, io::Result<Bytes>>,
}

/// One file of the container that is held.
struct Piece {
    name: &'static str,
    media_type: &'static str,
    bytes: Vec<u8>,
}

/// What a container says about a packet, taken while it passed.
struct Measured {
    digest: Vec<u8>,
    checksum: u32,
    size_bytes: u64,
    /// None: it was taken in by other rules than today's, and is not read any more.
    reading: Option<Reading>,
}

/// Makes it, and writes down that it is handed out, to whom and under which seal.
pub(crate) async fn export(
    ctx: &Ctx,
    (scribe, home): (&Scribe, Option<UnitId>),
    id: PacketId,
) -> Result<Made, Refusal> {
    let read = move |tx: &mut Tx| Ok::<_, StoreError>((whole(tx, id)?, queries::keys(tx)?));
    let (found, keys) = ctx.store.read(read).await?;
    let found = found.ok_or(Refusal::Nothing)?;
    let measured = measured(ctx, &found).await?;
    let pieces = pieces(&found, measured.as_ref(), &keys)?;
    let (hand, sealed_by) = hand::hand(ctx, home, scribe.now).await?;
    let list = hand::signed(ctx, parts(&pieces, measured.as_ref()), (&hand, scribe.now)).await?;
    let signature = to_hex(&Digest::Sha256.of(&list));
    let made = laid_out(ctx, id, (&pieces, measured.as_ref(), list)).await?;
    let told = json!({ "signatureSha256": signature, "seal": sealed_by });
    let scribe = scribe.clone();
    ctx.store
        .write(move |tx| {
            let what = ("axis.export-evidence", format!("axis-packet:{id}"));
            scribe.note_over(tx, None, what, told.clone())
        })
        .await?;
    Ok(made)
}

/// None when the bytes were taken away by a rule.
async fn measured(ctx: &Ctx, found: &Whole) -> Result<Option<Measured>, Refusal> {
    let mut opened = match queries::open(ctx, found.packet.id).await {
        Ok(opened) => opened.body,
        Err(Refusal::Discarded) => return Ok(None),
        Err(refusal) => return Err(refusal),
    };
    let (mut digest, mut checksum) = (Digest::Sha256.begin(), Checksum::default());
    let (mut reader, mut size_bytes) = (Some(Reader::new(Limits::default())), 0);
    while let Some(piece) = opened.try_next().await.map_err(unmade)? {
        digest.update(&piece);
        checksum.update(&piece);
        size_bytes += piece.len() as u64;
        reader = reader.and_then(|reader| read_on(reader, &piece));
    }
    let digest = digest.finish().as_ref().to_vec();
    // Evidence of other bytes than those that were received would be none.
    if to_hex(&digest) != found.packet.sha256 {
        return Err(unmade("the bytes are not those that were received").into());
    }
    let reading = reader.and_then(|reader| reader.finish().ok());
    Ok(Some(Measured { digest, checksum: checksum.value(), size_bytes, reading }))
}

fn read_on(mut reader: Reader, piece: &[u8]) -> Option<Reader> {
    let mut left = piece;
    while reader.next(&mut left).ok()?.is_some() {}
    Some(reader)
}

fn pieces(found: &Whole, measured: Option<&Measured>, keys: &Value) -> Result<Vec<Piece>, Refusal> {
    let json = |name, value: &Value| {
        let bytes = serde_json::to_vec_pretty(value).map_err(unmade)?;
        Ok::<_, Refusal>(Piece { name, media_type: "application/json", bytes })
    };
    let receipts: Vec<Value> = found
        .deliveries
        .iter()
        .filter_map(|one| {
            let receipt = one.receipt.as_ref()?;
            Some(json!({ "docId": one.id.0, "to": one.to_code, "receipt": receipt }))
        })
        .collect();
    let reading = measured.and_then(|one| one.reading.as_ref());
    Ok(vec![
        json(CONTENT, &told::content(found, (measured.is_some(), reading)))?,
        json(TRACE, &told::trace(found))?,
        json(RECEIPTS, &Value::from(receipts))?,
        json(KEYS, keys)?,
        Piece {
            name: RECEIPT,
            media_type: "application/jose",
            bytes: found.packet.receipt.clone().into_bytes(),
        },
    ])
}

/// What is signed: all of it.
fn parts<'p>(pieces: &'p [Piece], measured: Option<&'p Measured>) -> Vec<Part<'p>> {
    let part = |piece: &'p Piece| Part::External {
        uri: piece.name,
        bytes: &piece.bytes,
        media_type: piece.media_type,
    };
    let mut parts: Vec<Part<'p>> = pieces.iter().map(part).collect();
    parts.extend(measured.map(|one| Part::Digested {
        uri: PACKET,
        digest: &one.digest,
        media_type: PACKET_MEDIA,
    }));
    parts
}

/// The packet is the last entry, as it is.
async fn laid_out(
    ctx: &Ctx,
    id: PacketId,
    (pieces, measured, list): (&[Piece], Option<&Measured>, Vec<u8>),
) -> Result<Made, Refusal> {
    let files: Vec<NewFile<'_>> = pieces
        .iter()
        .map(|Piece { name, media_type, bytes }| NewFile { name, media_type, bytes })
        .collect();
    let Some(one) = measured else {
        let all = asice::write(&files, &[list]).map_err(unmade)?;
        let size_bytes = all.len() as u64;
        return Ok(Made { size_bytes, body: stream::iter([Ok(Bytes::from(all))]).boxed() });
    };
    let large = LargeFile {
        name: PACKET,
        media_type: PACKET_MEDIA,
        size_bytes: one.size_bytes,
        checksum: one.checksum,
    };
    let Around { before, behind } = asice::write_around(&files, &large, &[list]).map_err(unmade)?;
    let size_bytes = before.len() as u64 + one.size_bytes + behind.len() as u64;
    let packet = queries::open(ctx, id).await?.body;
    let piece = |bytes: Vec<u8>| stream::iter([Ok(Bytes::from(bytes))]);
    Ok(Made { size_bytes, body: piece(before).chain(packet).chain(piece(behind)).boxed() })
}

fn unmade(reason: impl ToString) -> StoreError {
    StoreError::Other { reason: format!("no evidence: {}", reason.to_string()) }
}
