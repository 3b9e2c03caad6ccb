//! A packet with its files, piece by piece onto the shelf of the axis, with the signature of the
//! agency. Nothing is held: to be signed, the files are gone through twice.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6, art. 13

use std::collections::VecDeque;

use axis::{Intake, Kind, Shelved};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use organisations::UnitId;
use platform::Ctx;
use platform::files;
use trust::Signer;
use uuid::Uuid;
use wire::edxml::signing::{Rehearsal, Signing};
use wire::edxml::wrap::{Form, Wrapper, form};
use wire::edxml::{NewAttachment, Packet, Writer};

use crate::refusal::Refusal;
use crate::store::drafts::Attachment;

/// A gigabyte and what its base64 takes more.
const PACKET_BYTES_MAX: u64 = 1_500 << 20;

/// A file on its way into a packet.
#[derive(Debug, Clone)]
pub(crate) struct Enclosure {
    pub file: Uuid,
    pub name: String,
}

impl Enclosure {
    pub fn of(one: &Attachment) -> Enclosure {
        Enclosure { file: one.file, name: one.name.clone() }
    }
}

/// An enclosure, and its name inside the archive that is put around it, the same each time that it
/// is gone through.
#[derive(Debug, Clone)]
struct Item {
    file: Uuid,
    inside: Option<String>,
}

/// Onto the shelf, signed where the key of the agency's seal is kept here: whoever does not know
/// our profile reads the packet all the same.
pub(crate) async fn shelve(
    ctx: &Ctx,
    unit: UnitId,
    (packet, files): (&Packet, &[Enclosure]),
) -> Result<Shelved, Refusal> {
    let heads: Vec<NewAttachment> =
        files.iter().enumerate().map(|(at, one)| head(at, one)).collect();
    let items: VecDeque<Item> = files.iter().map(|one| item(ctx, one)).collect();
    let writer = match seal(ctx, unit).await? {
        Some(seal) => signed(ctx, (packet, &heads), &items, seal).await?,
        None => Writer::begin(packet, &heads)?,
    };
    let intake =
        Intake { packet_bytes_max: PACKET_BYTES_MAX, hash_file: None, kind: Some(Kind::Document) };
    Ok(axis::commands::shelve(ctx, pieces(ctx, writer, items), &intake).await?)
}

fn head(at: usize, one: &Enclosure) -> NewAttachment {
    let content_type = match form(&one.name) {
        Form::Plain { content_type } => content_type,
        Form::Wrapped { .. } => "application/zip".to_owned(),
    };
    NewAttachment {
        content_id: format!("cid:{}", at + 1),
        attachment_name: one.name.clone(),
        description: one.name.clone(),
        content_type,
    }
}

fn item(ctx: &Ctx, one: &Enclosure) -> Item {
    let inside = match form(&one.name) {
        Form::Plain { .. } => None,
        Form::Wrapped { ending } => Some(format!("{}.{ending}", ctx.ids.next())),
    };
    Item { file: one.file, inside }
}

/// The key of an agency, and its certificates, its own first.
struct Seal {
    signer: Signer,
    certificates: Vec<Vec<u8>>,
}

/// None where the agency has no seal, or its key is kept elsewhere.
async fn seal(ctx: &Ctx, unit: UnitId) -> Result<Option<Seal>, Refusal> {
    let now = ctx.clock.now();
    let found = ctx
        .store
        .read(move |tx| {
            let Some(seal) = trust::queries::seal_of(tx, unit, now)? else { return Ok(None) };
            let chain = trust::queries::chain(tx, &seal)?;
            Ok::<_, Refusal>(Some((seal, chain)))
        })
        .await?;
    let Some((seal, chain)) = found else { return Ok(None) };
    let Some(key) = seal.key else { return Ok(None) };
    let signer = match trust::signer_of(ctx, key).await {
        Ok(signer) => signer,
        Err(refusal) => {
            tracing::warn!(%refusal, "a packet goes without its agency's signature");
            return Ok(None);
        }
    };
    let own = std::iter::once(seal.der.clone());
    let certificates = own.chain(chain.iter().map(|one| one.der().to_vec())).collect();
    Ok(Some(Seal { signer, certificates }))
}

/// Goes through the files once; what it answers is to be written with the same.
async fn signed(
    ctx: &Ctx,
    (packet, heads): (&Packet, &[NewAttachment]),
    items: &VecDeque<Item>,
    seal: Seal,
) -> Result<Writer, Refusal> {
    let Seal { signer, certificates } = seal;
    let signing = Signing::begin(packet, heads, signer.public_key(), certificates)?;
    let mut rehearsal = Rehearsal::new(PACKET_BYTES_MAX as usize);
    let mut written = pieces(ctx, signing.rehearse()?, items.clone());
    while let Some(piece) = written.try_next().await? {
        rehearsal.push(&piece)?;
    }
    let prepared = signing.prepare(rehearsal)?;
    let signature = signer.sign(signer.usual_algorithm(), prepared.to_be_signed()).await;
    let signature = signature.map_err(trust::Refusal::from)?;
    Ok(prepared.finish(&signature)?)
}

/// The packet as far as it is written.
struct Packing {
    ctx: Ctx,
    /// None: finished.
    writer: Option<Writer>,
    files: VecDeque<Item>,
    open: Option<Open>,
}

struct Open {
    body: files::Body,
    wrapper: Option<Wrapper>,
}

fn pieces(
    ctx: &Ctx,
    writer: Writer,
    files: VecDeque<Item>,
) -> impl Stream<Item = Result<Bytes, Refusal>> + Unpin + Send + use<> {
    let packing = Packing { ctx: ctx.clone(), writer: Some(writer), files, open: None };
    Box::pin(stream::try_unfold(packing, |mut packing| async move {
        Ok(packing.next().await?.map(|piece| (piece, packing)))
    }))
}

impl Packing {
    /// The next piece; none at the end.
    async fn next(&mut self) -> Result<Option<Bytes>, Refusal> {
        loop {
            let Some(writer) = self.writer.as_mut() else { return Ok(None) };
            if let Some(open) = self.open.as_mut() {
                let mut packed = Vec::new();
                let more = open.body.next().await.transpose().map_err(files::FileRefusal::from)?;
                match (&more, open.wrapper.as_mut()) {
                    (Some(more), Some(wrapper)) => wrapper.push(more, &mut packed)?,
                    (Some(more), None) => packed.extend_from_slice(more),
                    (None, _) => {
                        if let Some(wrapper) = open.wrapper.take() {
                            wrapper.finish(&mut packed)?;
                        }
                    }
                }
                writer.push(&packed)?;
                if more.is_none() {
                    self.open = None;
                }
                let written = writer.take();
                if !written.is_empty() {
                    return Ok(Some(Bytes::from(written)));
                }
                continue;
            }
            if let Some(next) = self.files.pop_front() {
                writer.attachment()?;
                self.open = Some(self.begin(&next).await?);
                continue;
            }
            let rest = self.writer.take().map(Writer::finish).transpose()?;
            return Ok(rest.map(Bytes::from));
        }
    }

    async fn begin(&mut self, next: &Item) -> Result<Open, Refusal> {
        let body = self.ctx.files.open(next.file).await?.body;
        let wrapper = match &next.inside {
            None => None,
            Some(name) => {
                let mut head = Vec::new();
                let wrapper = Wrapper::begin(name, &mut head)?;
                if let Some(writer) = self.writer.as_mut() {
                    writer.push(&head)?;
                }
                Some(wrapper)
            }
        };
        Ok(Open { body, wrapper })
    }
}
