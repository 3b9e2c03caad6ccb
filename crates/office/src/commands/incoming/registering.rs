//! The clerk's acts: into the book with an arrival number (03), back to the sender (02), before a
//! leader; and paper that somebody brought.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 21, art. 22, art. 23
//! Law: QĐ 28/2018/QĐ-TTg art. 5

use identity::Right;
use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::files::{self, Received};
use platform::store::Tx;
use serde_json::json;
use uuid::Uuid;
use wire::edxml::StatusCode;

use super::arriving::blank;
use super::{save, statuses};
use crate::alarms;
use crate::document::{Direction, DocumentType, IncomingId, Urgency};
use crate::errands;
use crate::fault::Fault;
use crate::hand::{Asker, Hand};
use crate::incoming::{
    Incoming, IncomingFile, More, REASON_LETTERS_MAX, SUBJECT_LETTERS_MAX, Said, Source, State,
};
use crate::numbering::{self, Taker};
use crate::queries::people;
use crate::refusal::Refusal;
use crate::store::incoming;

/// What the clerk says when a document goes into the book.
#[derive(Debug, Clone, Default)]
pub struct Entry {
    /// As it was seen: somebody else may have been faster.
    pub version: i64,
    pub due_on: Option<Date>,
    /// The leader before whom it is laid at once.
    pub leader: Option<Uuid>,
}

/// Into the book: the next arrival number, today.
pub(crate) async fn accept(
    ctx: &Ctx,
    asker: Asker,
    id: IncomingId,
    entry: Entry,
) -> Result<(), Refusal> {
    let house = ctx.clone();
    ctx.store
        .write(move |tx| {
            let (mut one, hand) = clerk(tx, &asker, (id, entry.version), &[State::Arrived])?;
            number(tx, &house, &hand, &mut one, entry.due_on)?;
            let told = (StatusCode::Accepted, "Đã tiếp nhận, vào sổ văn bản đến");
            statuses::tell(tx, &house, &hand, &mut one, told)?;
            if let Some(leader) = entry.leader {
                lay_before(tx, &house, &hand, &mut one, leader)?;
            }
            save(tx, &mut one)?;
            let number = one.arrival_number().unwrap_or_default();
            let detail = json!({ "number": number, "due": one.due_on, "leader": one.leader });
            let what = ("registered", "office.register");
            hand.record_of(tx, &one, what, (&number, detail))?;
            Ok(errands::count(tx, one.unit, hand.scribe.now)?)
        })
        .await
}

/// Back to its sender, with the reason.
pub(crate) async fn refuse(
    ctx: &Ctx,
    asker: Asker,
    (id, version): (IncomingId, i64),
    reason: String,
) -> Result<(), Refusal> {
    let reason = text("reason", &reason, REASON_LETTERS_MAX)?;
    if reason.is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    let house = ctx.clone();
    ctx.store
        .write(move |tx| {
            let (mut one, hand) = clerk(tx, &asker, (id, version), &[State::Arrived])?;
            one.state = State::Refused;
            one.ended_at = Some(hand.scribe.now);
            one.ended_note = reason.clone();
            statuses::tell(tx, &house, &hand, &mut one, (StatusCode::Refused, &reason))?;
            save(tx, &mut one)?;
            let detail = json!({ "from": one.from_code });
            let what = ("refused", "office.refuse-incoming");
            hand.record_of(tx, &one, what, (&reason, detail))?;
            Ok(errands::count(tx, one.unit, hand.scribe.now)?)
        })
        .await
}

/// Before a leader, who says what becomes of it.
pub(crate) async fn submit(
    ctx: &Ctx,
    asker: Asker,
    (id, version): (IncomingId, i64),
    leader: Uuid,
) -> Result<(), Refusal> {
    let house = ctx.clone();
    ctx.store
        .write(move |tx| {
            let states = [State::Registered, State::Submitted];
            let (mut one, hand) = clerk(tx, &asker, (id, version), &states)?;
            lay_before(tx, &house, &hand, &mut one, leader)?;
            save(tx, &mut one)?;
            let name = one.leader_name.clone().unwrap_or_default();
            let what = ("submitted", "office.submit");
            Ok(hand.record_of(tx, &one, what, (&name, json!({ "leader": one.leader })))?)
        })
        .await
}

/// What stands on a paper, as the clerk types it.
#[derive(Debug, Clone, Default)]
pub struct Paper {
    pub unit: Option<UnitId>,
    pub from_name: String,
    pub from_code: String,
    pub number: String,
    pub notation: String,
    pub issued_on: Option<Date>,
    pub type_name: String,
    pub subject: String,
    pub signer: String,
    pub urgency: Option<Urgency>,
    /// Of what is express at a set time: by when.
    pub express_at: Option<Timestamp>,
    pub pages: String,
    pub due_on: Option<Date>,
    pub leader: Option<Uuid>,
}

impl Paper {
    fn said(&self, today: Date) -> Result<Said, Refusal> {
        let checks = [
            (self.from_name.is_empty(), Fault::SenderMissing),
            (self.type_name.is_empty(), Fault::TypeMissing),
            (self.subject.is_empty(), Fault::SubjectMissing),
            (self.issued_on.is_none(), Fault::DayWrong { field: "issued" }),
            (self.issued_on.is_some_and(|day| day > today), Fault::IssuedLater),
        ];
        if let Some((_, fault)) = checks.into_iter().find(|(wrong, _)| *wrong) {
            return Err(fault.into());
        }
        let issued = self.issued_on.map(wire::edxml::PacketDate::of).unwrap_or_default();
        Ok(Said {
            from_code: text("from-code", &self.from_code, 35)?,
            from_name: text("from", &self.from_name, 200)?,
            document_id: String::new(),
            number: text("number", &self.number, 11)?,
            notation: text("notation", &self.notation, 30)?,
            issued_on: self.issued_on,
            issued_text: issued.as_str().to_owned(),
            type_name: text("type", &self.type_name, 100)?,
            subject: text("subject", &self.subject, SUBJECT_LETTERS_MAX)?,
            signer: text("signer", &self.signer, 100)?,
            urgency: self.urgency.unwrap_or(Urgency::Usual),
            express_at: self.express_at.filter(|_| self.urgency == Some(Urgency::ExpressAtTime)),
            pages: text("pages", &self.pages, 10)?,
            more: More::default(),
        })
    }
}

/// A paper that somebody brought, into the book at once; its scans are on the disk already.
pub(crate) async fn enter_paper(
    ctx: &Ctx,
    asker: Asker,
    (paper, scans): (Paper, Vec<Received>),
) -> Result<IncomingId, Refusal> {
    let said = paper.said(asker.today())?;
    let unit = paper.unit.ok_or(Refusal::Nothing)?;
    let (house, id) = (ctx.clone(), IncomingId(ctx.ids.next()));
    ctx.store
        .write(move |tx| {
            let hand = asker.need(tx, Right::RegisterDocuments, unit)?;
            let mut one = blank(id, (unit, Source::Paper), said.clone(), &hand);
            let sender = organisations::queries::by_code(tx, &one.from_code)?;
            one.from_unit = sender.map(|unit| unit.id.0);
            incoming::insert(tx, &one)?;
            keep_scans(tx, &house, id, &scans)?;
            number(tx, &house, &hand, &mut one, paper.due_on)?;
            if let Some(leader) = paper.leader {
                lay_before(tx, &house, &hand, &mut one, leader)?;
            }
            save(tx, &mut one)?;
            let number = one.arrival_number().unwrap_or_default();
            let detail = json!({ "number": number, "files": scans.len() });
            hand.record_of(tx, &one, ("entered", "office.enter-paper"), (&number, detail))?;
            errands::judge(tx, &house, id)?;
            alarms::watch_incoming(tx, &house, &one)?;
            Ok(id)
        })
        .await
}

fn keep_scans(tx: &mut Tx, ctx: &Ctx, id: IncomingId, scans: &[Received]) -> Result<(), Refusal> {
    for (ordinal, received) in (1_i64..).zip(scans) {
        let kept = files::record(tx, received)?;
        let file = IncomingFile {
            id: ctx.ids.next(),
            incoming: id,
            edition: 1,
            ordinal,
            given_name: kept.name.clone(),
            name: kept.name,
            media: kept.media,
            size_bytes: kept.size_bytes,
            sha256: kept.sha256,
            packed_sha256: None,
            is_announced: true,
            file: Some(kept.id),
            verdict: None,
            judged_at: None,
        };
        incoming::insert_file(tx, &file)?;
    }
    Ok(())
}

/// The next number of the book of the year.
fn number(
    tx: &mut Tx,
    ctx: &Ctx,
    hand: &Hand,
    one: &mut Incoming,
    due_on: Option<Date>,
) -> Result<(), Refusal> {
    let today = hand.today();
    if due_on.is_some_and(|due| due < today) {
        return Err(Fault::DuePast.into());
    }
    let kind = DocumentType::of_name(&one.type_name).map_or("", |known| known.code);
    let book = numbering::book_for(tx, ctx, one.unit, (Direction::In, kind), today)?;
    let taker = Taker { document: one.id.0, notation: "" };
    let number = numbering::next(tx, &hand.scribe, book, today, taker)?;
    one.state = State::Registered;
    one.book = Some(number.book);
    one.ordinal = Some(number.ordinal);
    one.suffix = Some(number.suffix);
    one.registered_on = Some(number.dated);
    one.registered_at = Some(hand.scribe.now);
    one.registered_by = Some(hand.scribe.name.clone());
    one.due_on = due_on;
    Ok(())
}

fn lay_before(
    tx: &mut Tx,
    ctx: &Ctx,
    hand: &Hand,
    one: &mut Incoming,
    leader: Uuid,
) -> Result<(), Refusal> {
    let leaders = people::leaders(tx, one.unit, hand.today())?;
    let found = leaders.into_iter().find(|(account, _)| *account == leader);
    let (account, name) = found.ok_or(Refusal::NotHere { field: "leader" })?;
    one.state = State::Submitted;
    one.leader = Some(account);
    one.leader_name = Some(name);
    Ok(errands::tell(tx, ctx, (account, "submitted"), errands::About::incoming(one))?)
}

/// For a clerk of its unit, as it was seen, in one of these states and not frozen.
pub(crate) fn clerk(
    tx: &mut Tx,
    asker: &Asker,
    (id, version): (IncomingId, i64),
    states: &[State],
) -> Result<(Incoming, Hand), Refusal> {
    let one = asker.incoming(tx, id)?;
    let hand = asker.need(tx, Right::RegisterDocuments, one.unit)?;
    ready(&one, version, states)?;
    Ok((one, hand))
}

pub(crate) fn ready(one: &Incoming, version: i64, states: &[State]) -> Result<(), Refusal> {
    if !one.moves() {
        return Err(Fault::Frozen.into());
    }
    if !states.contains(&one.state) {
        return Err(Fault::NotNow.into());
    }
    match one.version == version {
        true => Ok(()),
        false => Err(Refusal::ChangedMeanwhile),
    }
}

/// What was typed, without blanks around it and not too long.
pub(crate) fn text(
    field: &'static str,
    typed: &str,
    letters_max: usize,
) -> Result<String, Refusal> {
    let typed = typed.trim();
    match typed.chars().count() > letters_max {
        true => Err(Refusal::TooLong { field, limit: letters_max }),
        false => Ok(typed.to_owned()),
    }
}
