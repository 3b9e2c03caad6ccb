//! The clerk checks the form, gives number and date, has it sealed; then it is issued and sent, in
//! one unit of work.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 14, art. 15, art. 16, art. 17
//! Law: QĐ 28/2018/QĐ-TTg art. 6

use axis::Shelved;
use identity::{Actor, Scribe};
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::files;
use platform::jobs::{self, NewJob};
use platform::store::Tx;
use serde_json::json;
use signing::{Ended, Ending, NewSubmission, Scope, Signatory, SubmissionId, issuing};
use uuid::Uuid;

use super::addressing::sendable;
use super::noting::{self, told};
use super::sending::{self, Sending};
use super::submitting::{PDF_BYTES_MAX, notation, receive};
use crate::book::{BookId, Number};
use crate::catalogue::line_against;
use crate::document::{Direction, OutgoingId};
use crate::errands::{About, tell};
use crate::hand::Hand;
use crate::jobs::{FILL, Numbered, SEALED};
use crate::numbering::{self, Taker};
use crate::outgoing::{NOTE_LETTERS_MAX, Outgoing, State, document_id};
use crate::packet::Errand;
use crate::queries::outgoing as seen;
use crate::refusal::Refusal;
use crate::store::outgoing;
use crate::store::outgoing_story::{self, Dispatch};

/// Which number it gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choice {
    /// The next one, today.
    Next,
    /// One that was kept free.
    Reserved(i64),
    /// One put in behind another.
    Inserted { behind: i64, dated: Date, reason: String },
}

/// Gives number and date to what its signer has signed. They are filled in and the seal is asked
/// for a moment later.
pub async fn number(
    ctx: &Ctx,
    actor: &Actor,
    (id, choice): (OutgoingId, Choice),
) -> Result<String, Refusal> {
    let (store, scribe) = (ctx.store.clone(), Scribe::of(ctx, actor));
    let (ctx, actor) = (ctx.clone(), actor.clone());
    store
        .write(move |tx| {
            let one = at_clerk(tx, &actor, (id, State::Signed))?;
            let today = local(scribe.now).date();
            // A number that nothing can be sealed under would be wasted.
            if !signing::queries::can_seal(tx, one.unit, scribe.now)? {
                return Err(Refusal::NoSeal);
            }
            sendable(tx, &one, today)?;
            let notation = notation(&one, &seen::desk(tx, one.unit)?);
            let number = give(tx, (&ctx, &scribe), (&one, &notation), (&choice, today))?;
            let unit = organisations::queries::unit(tx, one.unit)?.ok_or(Refusal::Nothing)?;
            let text = format!("{}/{notation}", number.text());
            let document = document_id(unit.code.as_str(), number.dated, &text);
            if !outgoing::numbered(tx, &one, &number, (&notation, &document), scribe.now)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            fill_later(tx, &scribe, id)?;
            let detail = json!({ "number": text, "dated": number.dated });
            told(tx, &scribe, &one, ("office.number", &text), detail)?;
            Ok(text)
        })
        .await
}

fn give(
    tx: &mut Tx,
    (ctx, scribe): (&Ctx, &Scribe),
    (one, notation): (&Outgoing, &str),
    (choice, today): (&Choice, Date),
) -> Result<Number, Refusal> {
    let taker = Taker { document: one.id.0, notation };
    let book = |tx: &mut Tx, on: Date| -> Result<BookId, Refusal> {
        numbering::book_for(tx, ctx, one.unit, (Direction::Out, &one.kind), on)
    };
    match choice {
        Choice::Next => {
            let book = book(tx, today)?;
            numbering::next(tx, scribe, book, today, taker)
        }
        Choice::Reserved(ordinal) => {
            let book = book(tx, today)?;
            numbering::take_reserved(tx, (book, *ordinal), taker, scribe.now)
        }
        Choice::Inserted { behind, dated, reason } => {
            if *dated > today {
                return Err(Refusal::NumberBackwards);
            }
            let reason = noting::reason(reason, NOTE_LETTERS_MAX)?;
            let book = book(tx, *dated)?;
            numbering::insert(tx, scribe, (book, *behind), *dated, (taker, &reason))
        }
    }
}

fn fill_later(tx: &mut Tx, scribe: &Scribe, id: OutgoingId) -> Result<(), Refusal> {
    let job = NewJob {
        id: scribe.ids.next(),
        kind: FILL,
        payload: json!(Numbered { outgoing: id.0 }),
        run_at: scribe.now,
        key: Some(format!("office-fill:{id}")),
    };
    Ok(jobs::enqueue(tx, &job)?)
}

/// Asks for the seal again, after whoever seals sent it back.
pub async fn seal_again(ctx: &Ctx, actor: &Actor, id: OutgoingId) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let one = at_clerk(tx, &actor, (id, State::Numbered))?;
            fill_later(tx, &scribe, id)?;
            told(tx, &scribe, &one, ("office.ask-seal", ""), json!({}))
        })
        .await
}

/// Fills number and date in and puts the file before the agency's seal. Safe to repeat.
pub(crate) async fn fill(ctx: &Ctx, id: OutgoingId) -> Result<(), Refusal> {
    let found = ctx.store.read(move |tx| outgoing::by_id(tx, id)).await?;
    let Some(one) = found.filter(|one| one.state == State::Numbered) else { return Ok(()) };
    let (Some(file), Some(number), Some(dated)) = (one.signed_file, one.number(), one.dated) else {
        return Ok(());
    };
    let pdf = ctx.files.read(file, PDF_BYTES_MAX).await?;
    let filled = issuing::issued(&pdf, &number, dated)?;
    let received = receive(ctx, (&one, &file_name(&number)), filled).await?;
    let (store, ctx) = (ctx.store.clone(), ctx.clone());
    store
        .write(move |tx| {
            let found = outgoing::by_id(tx, id)?.filter(|now| now.version == one.version);
            let Some(one) = found else { return Ok(()) };
            let scribe = Scribe::named(&ctx, None, "lienthong");
            let kept = files::record(tx, &received)?;
            let new = to_seal(tx, &scribe, &one, (kept.id, kept.sha256))?;
            signing::commands::submit(tx, &ctx, &new)?;
            if !outgoing::sealing(tx, &one, new.id.0, scribe.now)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            told(tx, &scribe, &one, ("office.to-seal", ""), json!({ "signing": new.id.0 }))
        })
        .await
}

fn to_seal(
    tx: &mut Tx,
    scribe: &Scribe,
    one: &Outgoing,
    (file, sha256): (Uuid, String),
) -> Result<NewSubmission, Refusal> {
    let former = one.submission.map(SubmissionId).ok_or(Refusal::Nothing)?;
    let before = signing::queries::submission(tx, former)?.ok_or(Refusal::Nothing)?;
    let name = organisations::queries::unit_name(tx, one.unit)?;
    Ok(NewSubmission {
        id: SubmissionId(scribe.ids.next()),
        told: SEALED,
        subject: one.id.0,
        scope: Scope::Document,
        title: before.title.clone(),
        number: one.number().unwrap_or_default(),
        unit: one.unit,
        file,
        sha256,
        block: before.signature_block(),
        signatories: vec![Signatory::Agency { unit: one.unit, name }],
        after: Some(former),
        asked_by: None,
        asked_name: scribe.name.clone(),
    })
}

/// "15_UBND-VP.pdf"
pub(crate) fn file_name(number: &str) -> String {
    format!("{}.pdf", number.replace('/', "_"))
}

/// How the seal ended: sealed, it is issued and sent. Safe to repeat.
pub(crate) async fn ended(ctx: &Ctx, ended: Ended) -> Result<(), Refusal> {
    let id = OutgoingId(ended.subject);
    let found = ctx.store.read(move |tx| outgoing::by_id(tx, id)).await?;
    let is_it =
        |one: &Outgoing| one.state == State::Sealing && one.sealing == Some(ended.submission);
    let Some(one) = found.filter(is_it) else { return Ok(()) };
    match (ended.ending, ended.file, ended.sha256.clone()) {
        (Ending::Signed, Some(file), Some(sha256)) => {
            let sealed = Outgoing { final_file: Some(file), final_sha256: Some(sha256), ..one };
            issue(ctx, sealed, &ended.by_name).await
        }
        _ => unsealed(ctx, one, ended).await,
    }
}

/// Whoever seals sent it back: it has its number still.
async fn unsealed(ctx: &Ctx, one: Outgoing, ended: Ended) -> Result<(), Refusal> {
    let scribe = Scribe::named(ctx, None, &ended.by_name);
    ctx.store
        .write(move |tx| {
            if !outgoing::move_to(tx, &one, State::Numbered, scribe.now)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            told(tx, &scribe, &one, ("office.decline-seal", &ended.reason), json!({}))
        })
        .await
}

/// Issued: the packet is accepted by the axis in the same unit of work, so that nothing is issued
/// that was not sent, and nothing sent that was not issued.
async fn issue(ctx: &Ctx, one: Outgoing, by_name: &str) -> Result<(), Refusal> {
    let sending = sending::gathered(ctx, &one).await?;
    let shelved = match sending.has_agencies() {
        true => Some(sending::shelve(ctx, &sending, &sending.errand).await?),
        false => None,
    };
    let scribe = Scribe::named(ctx, None, by_name);
    let (store, ctx) = (ctx.store.clone(), ctx.clone());
    store.write(move |tx| issue_in(tx, (&ctx, &scribe), &sending, shelved.as_ref())).await
}

fn issue_in(
    tx: &mut Tx,
    (ctx, scribe): (&Ctx, &Scribe),
    sending: &Sending,
    shelved: Option<&Shelved>,
) -> Result<(), Refusal> {
    let one = &sending.one;
    let (Some(file), Some(sha256)) = (one.final_file, one.final_sha256.as_deref()) else {
        return Err(Refusal::Nothing);
    };
    let today = local(scribe.now).date();
    if line_against(tx, (one, &sending.recipients), today)?.is_some() {
        // The catalogue changed while the packet was written: it is written again.
        return Err(Refusal::ChangedMeanwhile);
    }
    let packet = match shelved {
        Some(shelved) => Some(axis::commands::post(tx, ctx, (one.unit, scribe), shelved)?),
        None => None,
    };
    let id = packet.as_ref().map(|accepted| accepted.packet.0);
    if !outgoing::issued(tx, one, (file, sha256), id, scribe.now)? {
        return Err(Refusal::ChangedMeanwhile);
    }
    if let Some(packet) = id {
        let dispatch = Dispatch {
            packet,
            business: sending.errand.code().to_owned(),
            reason: String::new(),
            at: scribe.now,
            by_name: scribe.name.clone(),
        };
        outgoing_story::dispatch(tx, (scribe.ids.next(), one.id), &dispatch)?;
    }
    let number = one.number().unwrap_or_default();
    if let Some(incoming) = one.answers {
        let hand = Hand::program(ctx);
        super::incoming::handling::answered(tx, ctx, &hand, (incoming, one.id, &number))?;
    }
    if let Some(line) = &sending.against_paper {
        tell(tx, ctx, (one.author, "without-paper"), About::outgoing(one))?;
        let detail = json!({ "line": line.id, "type": line.document_type });
        told(tx, scribe, one, ("office.drop-paper", &line.basis), detail)?;
    }
    for account in sending.recipients.iter().filter_map(|one| one.account) {
        tell(tx, ctx, (account, "copy"), About::outgoing(one))?;
    }
    let detail = json!({ "number": number, "sha256": sha256, "packet": id });
    told(tx, scribe, one, ("office.issue", &number), detail)
}

impl Errand {
    /// As packets write it.
    pub fn code(&self) -> &'static str {
        match self {
            Errand::New => "0",
            Errand::Recall { .. } => "1",
            Errand::Update { .. } => "2",
            Errand::Replacement { .. } => "3",
        }
    }
}

/// A document in this state, before the clerk of its unit.
pub(crate) fn at_clerk(
    tx: &mut Tx,
    actor: &Actor,
    (id, state): (OutgoingId, State),
) -> Result<Outgoing, Refusal> {
    let (one, part) = seen::seen_by(tx, actor, id)?;
    match (part.clerk, one.state == state) {
        (false, _) => Err(Refusal::Nothing),
        (true, false) => Err(Refusal::NotNow(one.state)),
        (true, true) => Ok(one),
    }
}
