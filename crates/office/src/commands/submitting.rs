//! A draft is printed and put before its signer; how that ended.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 8, art. 12, art. 13, app. I

use bytes::Bytes;
use identity::{Actor, Scribe};
use jiff::Timestamp;
use organisations::{Kind, Unit, place_name};
use platform::Ctx;
use platform::clock::local;
use platform::files::{self, KeepRules, Media, Received};
use platform::outside::{FieldPlace, SignatureBlock};
use platform::store::Tx;
use platform::words::{Locale, Speech};
use serde_json::{Value, json};
use signing::{Ended, Ending, NewSubmission, Scope, Signatory, SubmissionId, issuing};

use super::addressing::sendable;
use super::noting::told;
use super::reviewing::returned;
use crate::alarms;
use crate::body::Body;
use crate::catalogue::line_against;
use crate::desk::Desk;
use crate::document::{DocumentType, OutgoingId, Urgency};
use crate::errands::{About, tell};
use crate::express;
use crate::jobs::SIGNED;
use crate::outgoing::{ContentFault, Outgoing, State};
use crate::packet::Letterhead;
use crate::queries::outgoing as seen;
use crate::recipient::{Recipient, RecipientKind};
use crate::record_fault::RecordFault;
use crate::refusal::Refusal;
use crate::store::outgoing::{self, Signer};
use crate::store::recipients;

const TEMPLATE: &str = "document";
pub(crate) const PDF_BYTES_MAX: u64 = 48 << 20;
const QUOTA_BYTES: u64 = 1 << 40;

/// What goes before the signer.
struct Plan {
    one: Outgoing,
    head: Letterhead,
    signer: Signer,
    recipients: Vec<Recipient>,
    notation: String,
}

/// A file that is ready to be signed.
struct Paper {
    received: Received,
    block: Option<SignatureBlock>,
}

/// Prints the draft, with places for number and date, and puts it before its signer.
pub async fn submit(ctx: &Ctx, actor: &Actor, id: OutgoingId) -> Result<(), Refusal> {
    let (scribe, speech) = (Scribe::of(ctx, actor), ctx.words.speak(Locale::Vi));
    let (who, words, now) = (actor.clone(), speech.clone(), scribe.now);
    let plan = ctx.store.read(move |tx| plan(tx, &who, id, (now, &words))).await?;
    let paper = paper(ctx, &plan).await?;
    let (store, ctx, actor) = (ctx.store.clone(), ctx.clone(), actor.clone());
    store
        .write(move |tx| {
            // What was read may have changed meanwhile: then nothing is signed that nobody saw.
            let again = self::plan(tx, &actor, id, (scribe.now, &speech))?;
            if again.one.version != plan.one.version {
                return Err(Refusal::ChangedMeanwhile);
            }
            put_before(tx, (&ctx, &scribe), &again, &paper)
        })
        .await
}

fn plan(
    tx: &mut Tx,
    actor: &Actor,
    id: OutgoingId,
    (now, speech): (Timestamp, &Speech),
) -> Result<Plan, Refusal> {
    let (one, part) = seen::seen_by(tx, actor, id)?;
    match (part.author, one.state) {
        (false, _) => return Err(Refusal::Nothing),
        (true, State::Draft) => {}
        (true, state) => return Err(Refusal::NotNow(state)),
    }
    if one.is_composed() && Body::read(&one.body).is_empty() {
        return Err(Refusal::NothingToSign);
    }
    if one.express_at.is_some_and(|at| at <= now) {
        return Err(Refusal::Content(vec![ContentFault::ExpressOver]));
    }
    let desk = seen::desk(tx, one.unit)?;
    let signers = seen::signers(tx, &desk, (now, speech))?;
    let signer = signers.into_iter().find(|signer| Some(signer.account) == one.signer);
    let signer = signer.ok_or(Refusal::NoSigner)?;
    let recipients = sendable(tx, &one, local(now).date())?;
    // What the catalogue lists goes to other agencies without a copy on paper.
    if line_against(tx, (&one, &recipients), local(now).date())?.is_some() {
        return Err(RecordFault::PaperForbidden.into());
    }
    let head = letterhead(&organisations::queries::path(tx, one.unit)?);
    let notation = notation(&one, &desk);
    Ok(Plan { one, head, signer, recipients, notation })
}

/// What will stand behind the number.
pub(crate) fn notation(one: &Outgoing, desk: &Desk) -> String {
    let part = if one.part.is_empty() { &desk.part } else { &one.part };
    let kind = DocumentType::parse(&one.kind);
    kind.map(|kind| kind.notation(&desk.abbreviation, part)).unwrap_or_default()
}

/// Committees and ministries stand alone; what belongs to one stands under it.
pub(crate) fn letterhead(path: &[Unit]) -> Letterhead {
    let own = path.last();
    let is_part = own.is_some_and(|unit| {
        matches!(
            unit.kind,
            Kind::Department | Kind::PublicService | Kind::OneStopCentre | Kind::Other
        )
    });
    let name = |unit: &Unit| unit.name.as_str().to_owned();
    let above = path.iter().rev().nth(1).filter(|_| is_part);
    Letterhead {
        code: own.map(|unit| unit.code.as_str().to_owned()).unwrap_or_default(),
        name: own.map(name).unwrap_or_default(),
        above: above.map(name).unwrap_or_default(),
        place: place_name(path).to_owned(),
    }
}

async fn paper(ctx: &Ctx, plan: &Plan) -> Result<Paper, Refusal> {
    let (pdf, block, fields) = match plan.one.file {
        Some(file) => {
            let pdf = ctx.files.read(file, PDF_BYTES_MAX).await?;
            let fields = margin(&pdf)?;
            (pdf.to_vec(), None, fields)
        }
        None => {
            if !ctx.outside.press.is_installed() {
                return Err(Refusal::NoPress);
            }
            let printed = ctx
                .outside
                .press
                .print_to_sign(TEMPLATE, &facts(plan, ctx.clock.now(), ""))
                .await?;
            // A press that knows no places leaves them to the margin.
            let fields = match printed.fields.is_empty() {
                true => margin(&printed.pdf)?,
                false => printed.fields,
            };
            (printed.pdf, printed.block, fields)
        }
    };
    let pdf = issuing::with_fields(&pdf, &fields, &plan.notation)?;
    let received = receive(ctx, (&plan.one, "du-thao.pdf"), pdf).await?;
    Ok(Paper { received, block })
}

/// The draft as it would be printed now, marked as a draft; for those who have a part in it.
pub(crate) async fn preview(ctx: &Ctx, actor: &Actor, id: OutgoingId) -> Result<Vec<u8>, Refusal> {
    if !ctx.outside.press.is_installed() {
        return Err(Refusal::NoPress);
    }
    let (actor, now, speech) = (actor.clone(), ctx.clock.now(), ctx.words.speak(Locale::Vi));
    let plan = ctx
        .store
        .read(move |tx| {
            let (one, _) = seen::seen_by(tx, &actor, id)?;
            let desk = seen::desk(tx, one.unit)?;
            let signers = seen::signers(tx, &desk, (now, &speech))?;
            let none = Signer {
                account: one.author,
                name: String::new(),
                capacity: String::new(),
                delegation: None,
            };
            let signer = signers.into_iter().find(|signer| Some(signer.account) == one.signer);
            let recipients = recipients::of(tx, id)?;
            let head = letterhead(&organisations::queries::path(tx, one.unit)?);
            let notation = notation(&one, &desk);
            Ok::<_, Refusal>(Plan {
                signer: signer.unwrap_or(none),
                one,
                head,
                recipients,
                notation,
            })
        })
        .await?;
    Ok(ctx.outside.press.print(TEMPLATE, &facts(&plan, now, "Dự thảo")).await?)
}

/// As the press wants it.
fn facts(plan: &Plan, at: Timestamp, draft: &str) -> Value {
    let (one, body) = (&plan.one, Body::read(&plan.one.body));
    let is_letter = DocumentType::parse(&one.kind).is_some_and(|kind| kind.short.is_empty());
    let addressed = plan.recipients.iter().filter(|one| one.is_addressed);
    json!({
        "letterhead": {
            "above": plan.head.above,
            "agency": plan.head.name,
            "agency_name": plan.head.name,
            "place": plan.head.place,
            "issued_at": format!("{}+07:00", local(at).strftime("%Y-%m-%dT%H:%M:%S")),
        },
        "kind": one.type_name(),
        "is_letter": is_letter,
        "number": "",
        "notation": plan.notation,
        "date": "",
        "subject": one.subject,
        "urgency": urgency(one.urgency),
        "urgency_until": one.express_at.map(express::said).unwrap_or_default(),
        "draft": draft,
        "addressees": addressed.map(|one| one.name.clone()).collect::<Vec<_>>(),
        "bases": body.bases,
        "body": body.blocks_json(),
        "signer": {
            "capacity": plan.signer.capacity.lines().collect::<Vec<_>>(),
            "name": plan.signer.name,
        },
        "recipients": places(&plan.recipients),
    })
}

/// "Nơi nhận": those to whom it is written are "as above".
fn places(recipients: &[Recipient]) -> Vec<String> {
    let above = recipients.iter().any(|one| one.is_addressed).then(|| "Như trên".to_owned());
    let others =
        recipients.iter().filter(|one| !one.is_addressed && one.kind != RecipientKind::Person);
    above.into_iter().chain(others.map(|one| one.name.clone())).collect()
}

/// As it is stamped on the paper.
fn urgency(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Usual => "",
        Urgency::Urgent => "KHẨN",
        Urgency::VeryUrgent => "THƯỢNG KHẨN",
        Urgency::Express => "HỎA TỐC",
        Urgency::ExpressAtTime => "HỎA TỐC HẸN GIỜ",
    }
}

/// A file that was brought keeps its own layout: number and date stand in its upper margin.
fn margin(pdf: &[u8]) -> Result<Vec<FieldPlace>, Refusal> {
    let unreadable = |fault| Refusal::Places(wire::pdf::fill::FillFault::Unreadable(fault));
    let document = wire::pdf::document::Document::open(pdf).map_err(unreadable)?;
    let pages = document.pages().map_err(unreadable)?;
    let first = pages.first().ok_or(Refusal::NothingToSign)?;
    let [left, bottom, right, top] = first.visible;
    let (width, height) = (right - left, top - bottom);
    let place = |name: &str, left: f64, width: f64, is_italic: bool| FieldPlace {
        name: name.to_owned(),
        page: 1,
        left,
        bottom: height - 34.0,
        width,
        height: 16.0,
        size_points: 13.0,
        is_italic,
    };
    Ok(vec![
        place(wire::pdf::fill::NUMBER, 40.0, 150.0, false),
        place(wire::pdf::fill::DATE, width - 230.0, 190.0, true),
    ])
}

pub(crate) async fn receive(
    ctx: &Ctx,
    (one, name): (&Outgoing, &str),
    pdf: Vec<u8>,
) -> Result<Received, Refusal> {
    let rules = KeepRules {
        name: name.to_owned(),
        // What an agency issues counts against nobody's quota.
        owner: one.id.0,
        media: &[Media::Pdf],
        max_bytes: PDF_BYTES_MAX,
        quota_bytes: QUOTA_BYTES,
    };
    Ok(ctx.files.receive_bytes(Bytes::from(pdf), &rules).await?)
}

fn put_before(
    tx: &mut Tx,
    (ctx, scribe): (&Ctx, &Scribe),
    plan: &Plan,
    paper: &Paper,
) -> Result<(), Refusal> {
    let (one, signer) = (&plan.one, &plan.signer);
    let kept = files::record(tx, &paper.received)?;
    let submission = SubmissionId(scribe.ids.next());
    let new = NewSubmission {
        id: submission,
        told: SIGNED,
        subject: one.id.0,
        scope: Scope::Document,
        title: format!("{}: {}", one.type_name(), one.subject).chars().take(500).collect(),
        number: format!("…/{}", plan.notation),
        unit: one.unit,
        file: kept.id,
        sha256: kept.sha256,
        block: paper.block,
        signatories: vec![Signatory::Person {
            account: signer.account,
            name: signer.name.clone(),
            capacity: signer.capacity.clone(),
            delegation: signer.delegation,
        }],
        after: None,
        asked_by: scribe.actor,
        asked_name: scribe.name.clone(),
    };
    signing::commands::submit(tx, ctx, &new)?;
    if !outgoing::submit(tx, one, (submission.0, signer), scribe.now)? {
        return Err(Refusal::ChangedMeanwhile);
    }
    alarms::watch_outgoing(tx, ctx, one)?;
    let detail = json!({ "signing": submission.0, "edition": one.edition });
    told(tx, scribe, one, ("office.submit", &signer.name), detail)
}

/// What became of it before its signer. Safe to repeat.
pub(crate) async fn ended(ctx: &Ctx, ended: Ended) -> Result<(), Refusal> {
    let (store, ctx) = (ctx.store.clone(), ctx.clone());
    store
        .write(move |tx| {
            let scribe = Scribe::named(&ctx, None, &ended.by_name);
            let found = outgoing::by_id(tx, OutgoingId(ended.subject))?;
            let is_it = |one: &Outgoing| {
                one.submission == Some(ended.submission) && one.state == State::Signing
            };
            let Some(one) = found.filter(is_it) else { return Ok(()) };
            match (ended.ending, ended.file) {
                (Ending::Signed, Some(file)) => {
                    if !outgoing::signed(tx, &one, file, scribe.now)? {
                        return Err(Refusal::ChangedMeanwhile);
                    }
                    let detail = json!({ "sha256": ended.sha256 });
                    told(tx, &scribe, &one, ("office.signed", ""), detail)
                }
                (Ending::Withdrawn, _) => returned(tx, &scribe, &one, ("office.take-back", "")),
                _ => {
                    tell(tx, &ctx, (one.author, "sent-back"), About::outgoing(&one))?;
                    returned(tx, &scribe, &one, ("office.decline", &ended.reason))
                }
            }
        })
        .await
}
