//! A document as a packet: its header and its files, piece by piece onto the shelf of the axis.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6, art. 10, art. 13

use std::collections::VecDeque;

use axis::{Intake, Kind, Shelved};
use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::files;
use platform::store::Tx;
use uuid::Uuid;
use wire::edxml::wrap::{Form, Wrapper, form};
use wire::edxml::{NewAttachment, Packet, PacketTime, ResponseFor, Writer, signature};

use super::issuing::file_name;
use super::submitting::letterhead;
use crate::catalogue::{Paperless, line_against};
use crate::desk::Desk;
use crate::document::OutgoingId;
use crate::outgoing::{Outgoing, State};
use crate::packet::{Errand, Letter, Letterhead, about};
use crate::queries::outgoing as seen;
use crate::recipient::{Recipient, RecipientKind};
use crate::refusal::Refusal;
use crate::store::{drafts, incoming, outgoing, recipients};

/// A gigabyte and what its base64 takes more.
const PACKET_BYTES_MAX: u64 = 1_500 << 20;
/// Packets up to this size get our signature; larger ones are never held in memory.
const SIGNED_BYTES_MAX: i64 = 6 << 20;

/// What is sent, as it stands.
#[derive(Debug, Clone)]
pub(crate) struct Sending {
    pub one: Outgoing,
    pub desk: Desk,
    pub head: Letterhead,
    pub recipients: Vec<Recipient>,
    pub errand: Errand,
    /// The catalogue has its type now: the copy on paper that its author wished for does not go.
    pub against_paper: Option<Paperless>,
    answers: Option<ResponseFor>,
    files: Vec<Enclosure>,
}

/// A file on its way into the packet.
#[derive(Debug, Clone)]
struct Enclosure {
    file: Uuid,
    name: String,
    size_bytes: i64,
}

impl Sending {
    pub fn has_agencies(&self) -> bool {
        self.recipients.iter().any(|one| one.kind == RecipientKind::Agency)
    }

    fn is_small(&self) -> bool {
        self.files.iter().map(|one| one.size_bytes).sum::<i64>() <= SIGNED_BYTES_MAX
    }
}

pub(crate) async fn gathered(ctx: &Ctx, one: &Outgoing) -> Result<Sending, Refusal> {
    let (one, today) = (one.clone(), local(ctx.clock.now()).date());
    ctx.store.read(move |tx| gather(tx, one.clone(), today)).await
}

fn gather(tx: &mut Tx, one: Outgoing, today: Date) -> Result<Sending, Refusal> {
    let desk = seen::desk(tx, one.unit)?;
    let head = letterhead(&organisations::queries::path(tx, one.unit)?);
    let recipients = recipients::of(tx, one.id)?;
    let recipients: Vec<Recipient> =
        recipients.into_iter().filter(|one| one.removed_at.is_none()).collect();
    let against_paper = match one.state {
        State::Issued => None,
        _ => line_against(tx, (&one, &recipients), today)?,
    };
    let one = Outgoing { paper: one.paper && against_paper.is_none(), ..one };
    let number = one.number().unwrap_or_default();
    let file = one.final_file.ok_or(Refusal::NothingToSign)?;
    let kept = files::kept(tx, file)?.ok_or(Refusal::NothingToSign)?;
    let main = Enclosure { file, name: file_name(&number), size_bytes: kept.size_bytes };
    let others = drafts::attachments(tx, one.id)?.into_iter().map(|one| Enclosure {
        file: one.file,
        name: one.name,
        size_bytes: one.size_bytes,
    });
    let files = std::iter::once(main).chain(others).collect();
    let answers = answered(tx, &one)?;
    let errand = errand(tx, &one)?;
    Ok(Sending { one, desk, head, recipients, errand, against_paper, answers, files })
}

/// A document that is taken back from these recipients, with the paper that says so in the place of
/// its own files.
pub(crate) async fn recalling(
    ctx: &Ctx,
    (one, notice): (&Outgoing, &Outgoing),
    (recipients, reason): (Vec<Recipient>, &str),
) -> Result<Sending, Refusal> {
    let (whole, paper) = (gathered(ctx, one).await?, gathered(ctx, notice).await?);
    let answers = match (&notice.document_id, notice.number(), notice.dated) {
        (Some(id), Some(number), Some(on)) => Some(about(&paper.head.code, (id, &number), on)),
        _ => None,
    };
    let errand = Errand::Recall { reason: reason.to_owned() };
    Ok(Sending { recipients, errand, answers, files: paper.files, ..whole })
}

/// The document that it answers, as its own sender names it.
fn answered(tx: &mut Tx, one: &Outgoing) -> Result<Option<ResponseFor>, Refusal> {
    let Some(id) = one.answers else { return Ok(None) };
    let Some(other) = incoming::by_id(tx, id)? else { return Ok(None) };
    let number = format!("{}/{}", other.number, other.notation);
    let named = (other.document_id.as_str(), number.as_str());
    let on = other.issued_on.filter(|_| !other.from_code.is_empty());
    Ok(on.map(|on| about(&other.from_code, named, on)))
}

fn errand(tx: &mut Tx, one: &Outgoing) -> Result<Errand, Refusal> {
    let old = match one.replaces {
        Some(id) => outgoing::by_id(tx, id)?,
        None => None,
    };
    let Some(old) = old else { return Ok(Errand::New) };
    let Some(document_id) = old.document_id.clone() else { return Ok(Errand::New) };
    let codes = codes_of(tx, old.id)?;
    let reason = format!("Thay thế văn bản {}", old.number().unwrap_or_default());
    Ok(Errand::Replacement { reason, document_id, codes })
}

/// The agencies that have a document.
pub(crate) fn codes_of(tx: &mut Tx, id: OutgoingId) -> Result<Vec<String>, Refusal> {
    let all = recipients::of(tx, id)?;
    let still = all.into_iter().filter(|one| one.removed_at.is_none());
    Ok(still.filter_map(|one| one.code).collect())
}

/// Writes the packet onto the shelf, signed by the agency where its seal's key is here.
pub(crate) async fn shelve(
    ctx: &Ctx,
    sending: &Sending,
    errand: &Errand,
) -> Result<Shelved, Refusal> {
    let letter = Letter {
        one: &sending.one,
        desk: &sending.desk,
        head: &sending.head,
        recipients: &sending.recipients,
        answers: sending.answers.clone(),
        errand,
        at: PacketTime::of(ctx.clock.now()),
    };
    let packet = Packet::Document(Box::new(letter.document()));
    let heads: Vec<NewAttachment> =
        sending.files.iter().enumerate().map(|(at, one)| head(at, one)).collect();
    let writer = Writer::begin(&packet, &heads)?;
    let files = sending.files.iter().cloned().collect();
    let pieces = pieces(Packing { ctx: ctx.clone(), writer: Some(writer), files, open: None });
    let intake =
        Intake { packet_bytes_max: PACKET_BYTES_MAX, hash_file: None, kind: Some(Kind::Document) };
    if !sending.is_small() {
        return Ok(axis::commands::shelve(ctx, pieces, &intake).await?);
    }
    let whole: Vec<Bytes> = pieces.try_collect().await?;
    let signed = signed(ctx, sending, whole.concat()).await?;
    Ok(axis::commands::shelve_bytes(ctx, Bytes::from(signed), &intake).await?)
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

/// With our profile, when the key of the agency's seal is kept here: whoever does not know it reads
/// the packet all the same.
async fn signed(ctx: &Ctx, sending: &Sending, packet: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    let (unit, now) = (sending.one.unit, ctx.clock.now());
    let found = ctx
        .store
        .read(move |tx| {
            let Some(seal) = trust::queries::seal_of(tx, unit, now)? else { return Ok(None) };
            let chain = trust::queries::chain(tx, &seal)?;
            Ok::<_, Refusal>(Some((seal, chain)))
        })
        .await?;
    let Some((seal, chain)) = found else { return Ok(packet) };
    let Some(key) = seal.key else { return Ok(packet) };
    let signer = match trust::signer_of(ctx, key).await {
        Ok(signer) => signer,
        Err(refusal) => {
            tracing::warn!(%refusal, "a packet goes without its agency's signature");
            return Ok(packet);
        }
    };
    let own = std::iter::once(seal.der.clone());
    let certificates: Vec<Vec<u8>> =
        own.chain(chain.iter().map(|one| one.der().to_vec())).collect();
    let prepared = signature::prepare(&packet, signer.public_key(), &certificates)?;
    let signature = signer.sign(signer.usual_algorithm(), prepared.to_be_signed()).await;
    let signature = signature.map_err(trust::Refusal::from)?;
    Ok(prepared.finish(&signature)?)
}

/// The packet as far as it is written.
struct Packing {
    ctx: Ctx,
    /// None: finished.
    writer: Option<Writer>,
    files: VecDeque<Enclosure>,
    open: Option<Open>,
}

struct Open {
    body: files::Body,
    wrapper: Option<Wrapper>,
}

fn pieces(packing: Packing) -> impl Stream<Item = Result<Bytes, Refusal>> {
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

    async fn begin(&mut self, next: &Enclosure) -> Result<Open, Refusal> {
        let body = self.ctx.files.open(next.file).await?.body;
        let wrapper = match form(&next.name) {
            Form::Plain { .. } => None,
            Form::Wrapped { ending } => {
                let (mut head, name) = (Vec::new(), format!("{}.{ending}", self.ctx.ids.next()));
                let wrapper = Wrapper::begin(&name, &mut head)?;
                if let Some(writer) = self.writer.as_mut() {
                    writer.push(&head)?;
                }
                Some(wrapper)
            }
        };
        Ok(Open { body, wrapper })
    }
}
