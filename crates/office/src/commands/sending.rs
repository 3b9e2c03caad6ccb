//! A document as a packet: its header, and which files go with it.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6, art. 10, art. 13

use axis::Shelved;
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::files;
use platform::store::Tx;
use wire::edxml::{Packet, PacketTime, ResponseFor};

use super::issuing::file_name;
use super::packing::{self, Enclosure};
use super::submitting::letterhead;
use crate::catalogue::{Paperless, line_against};
use crate::desk::Desk;
use crate::document::OutgoingId;
use crate::outgoing::{Outgoing, State};
use crate::packet::{Errand, Letter, Letterhead, about};
use crate::queries::outgoing as seen;
use crate::recipient::{Recipient, RecipientKind};
use crate::refusal::Refusal;
use crate::store::drafts::{self, Attachment};
use crate::store::{incoming, outgoing, recipients};

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

impl Sending {
    pub fn has_agencies(&self) -> bool {
        self.recipients.iter().any(|one| one.kind == RecipientKind::Agency)
    }

    /// Goes along, behind the files that the document has.
    pub fn enclose(&mut self, more: &[Attachment]) {
        self.files.extend(more.iter().map(Enclosure::of));
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
    files::kept(tx, file)?.ok_or(Refusal::NothingToSign)?;
    let main = Enclosure { file, name: file_name(&number) };
    let others = drafts::attachments(tx, one.id)?;
    let files = std::iter::once(main).chain(others.iter().map(Enclosure::of)).collect();
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
    packing::shelve(ctx, sending.one.unit, (&packet, &sending.files)).await
}
