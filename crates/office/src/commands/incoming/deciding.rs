//! The clerk's word about what a sender wants: yes (15), and it is done; no (16), and all stays.
//!
//! What is taken back is destroyed here, as the law wants it; that there was such a document, who
//! took it back and why, stays.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 18
//! Law: QĐ 28/2018/QĐ-TTg art. 9

use axis::PacketId;
use identity::Right;
use platform::Ctx;
use platform::files;
use platform::store::Tx;
use platform::words::Locale;
use serde_json::json;
use uuid::Uuid;
use wire::edxml::{Packet, StatusCode};

use super::arriving::keep_files;
use super::registering::text;
use super::unpacking::{self, Unpacked};
use super::{asking, save, save_task, statuses};
use crate::change::{Change, ChangeKind, ChangeState};
use crate::document::IncomingId;
use crate::edition::of_last_edition;
use crate::errands;
use crate::fault::Fault;
use crate::hand::{Asker, Hand};
use crate::incoming::{Incoming, IncomingFile, REASON_LETTERS_MAX, Said, State};
use crate::refusal::Refusal;
use crate::store::{changes, incoming, tasks};
use crate::task::{Task, TaskState};

/// What the new edition says and brings.
struct Edition {
    said: Said,
    kept: Vec<Unpacked>,
    gone: Vec<String>,
}

pub(crate) async fn decide(
    ctx: &Ctx,
    asker: Asker,
    id: Uuid,
    (agrees, note): (bool, String),
) -> Result<(), Refusal> {
    let note = text("note", &note, REASON_LETTERS_MAX)?;
    if !agrees && note.is_empty() {
        return Err(Refusal::ReasonMissing);
    }
    let looker = asker.clone();
    let seen = ctx.store.read(move |tx| waiting(tx, &looker, id)).await?;
    let edition = match (agrees, seen.kind) {
        (true, ChangeKind::Update) => Some(edition(ctx, &seen).await?),
        _ => None,
    };
    let house = ctx.clone();
    ctx.store
        .write(move |tx| {
            let change = waiting(tx, &asker, id)?;
            let hand = asker.need(tx, Right::RegisterDocuments, change.unit)?;
            let state = if agrees { ChangeState::Agreed } else { ChangeState::Refused };
            let by = (hand.scribe.now, hand.scribe.name.as_str());
            if !changes::decide(tx, (id, state), by, &note)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            let Some(target) = change.incoming else {
                return set_aside(tx, &hand, &change, &note);
            };
            let one = incoming::by_id(tx, target)?.ok_or(Refusal::Nothing)?;
            match (&edition, agrees) {
                (_, false) => decline(tx, &house, &hand, (one, &change, &note)),
                (Some(edition), true) => renew(tx, &house, &hand, (one, &change, (edition, &note))),
                (None, true) => withdraw(tx, &house, &hand, (one, &change, &note)),
            }
        })
        .await
}

/// For a clerk of the unit, while nobody has decided.
fn waiting(tx: &mut Tx, asker: &Asker, id: Uuid) -> Result<Change, Refusal> {
    let change = changes::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
    asker.need(tx, Right::RegisterDocuments, change.unit)?;
    match change.state {
        ChangeState::Waiting | ChangeState::Parked => Ok(change),
        _ => Err(Fault::NotNow.into()),
    }
}

/// The packet that brought the wish brings the new edition.
async fn edition(ctx: &Ctx, change: &Change) -> Result<Edition, Refusal> {
    let delivery = axis::DeliveryId(change.delivery);
    let found = ctx.store.read(move |tx| axis::queries::delivery(tx, delivery)).await?;
    let packet: PacketId = found.ok_or(Refusal::Nothing)?.packet;
    let reading = unpacking::reading(ctx, packet).await?;
    let Packet::Document(document) = &reading.packet else { return Err(Fault::Unreadable.into()) };
    let remarks = reading.remarks.iter().map(|one| format!("{}: {}", one.field, one.kind));
    let said = Said::of(document, remarks.collect());
    let gone = unpacking::missing(&reading);
    let kept = unpacking::attachments(ctx, packet, reading, change.unit).await?;
    Ok(Edition { said, kept, gone })
}

/// Nobody knows what was meant, and the clerk leaves it at that.
fn set_aside(tx: &mut Tx, hand: &Hand, change: &Change, note: &str) -> Result<(), Refusal> {
    let subject = (change.unit, change.id, format!("change:{}", change.id));
    let told = (note, json!({ "from": change.from_code }));
    Ok(hand.record(tx, subject, ("set-aside", "office.set-aside-change"), told)?)
}

fn decline(
    tx: &mut Tx,
    ctx: &Ctx,
    hand: &Hand,
    (mut one, change, note): (Incoming, &Change, &str),
) -> Result<(), Refusal> {
    one.is_frozen = false;
    statuses::tell(tx, ctx, hand, &mut one, (StatusCode::ChangeRefused, note))?;
    save(tx, &mut one)?;
    let detail = json!({ "change": change.id });
    Ok(hand.record_of(tx, &one, ("change-refused", "office.refuse-change"), (note, detail))?)
}

/// Gone: the files, and everybody's part in it. What it was and who took it back stays.
fn withdraw(
    tx: &mut Tx,
    ctx: &Ctx,
    hand: &Hand,
    (mut one, change, note): (Incoming, &Change, &str),
) -> Result<(), Refusal> {
    let mut gone = Vec::new();
    for file in incoming::files(tx, one.id)? {
        if let Some(id) = file.file {
            files::forget(tx, id)?;
            incoming::empty_file(tx, file.id)?;
            gone.push(file.sha256);
        }
    }
    gone.extend(forget_updates(tx, one.id)?);
    for mut task in tasks::of_incoming(tx, one.id)?.into_iter().filter(Task::is_open) {
        task.state = TaskState::CalledOff;
        task.ended_at = Some(hand.scribe.now);
        save_task(tx, &mut task)?;
        errands::tell(tx, ctx, (task.account, "withdrawn"), errands::About::task(&task))?;
    }
    one.is_frozen = false;
    one.state = State::Withdrawn;
    one.ended_at = Some(hand.scribe.now);
    one.ended_note = change.reason.clone();
    let told = if note.is_empty() { "Đồng ý thu hồi, đã hủy văn bản" } else { note };
    statuses::tell(tx, ctx, hand, &mut one, (StatusCode::ChangeAgreed, told))?;
    save(tx, &mut one)?;
    let detail = json!({ "change": change.id, "destroyed": gone });
    let what = ("withdrawn", "office.destroy-withdrawn");
    hand.record_of(tx, &one, what, (&change.reason, detail))?;
    Ok(errands::count(tx, one.unit, hand.scribe.now)?)
}

/// What updates brought, agreed to or not, is of the same document.
fn forget_updates(tx: &mut Tx, id: IncomingId) -> Result<Vec<String>, Refusal> {
    let mut gone = Vec::new();
    let all = changes::of_incoming(tx, id)?.into_iter();
    for update in all.filter(|one| one.kind == ChangeKind::Update) {
        for file in changes::files(tx, update.id)? {
            changes::remove_file(tx, file.id)?;
            files::forget(tx, file.file)?;
            gone.push(file.sha256);
        }
    }
    Ok(gone)
}

/// What it says now, and its files, as a new edition; the old ones stay to be looked at.
fn renew(
    tx: &mut Tx,
    ctx: &Ctx,
    hand: &Hand,
    (mut one, change, (edition, note)): (Incoming, &Change, (&Edition, &str)),
) -> Result<(), Refusal> {
    let said = edition.said.clone();
    one.is_frozen = false;
    one.edition += 1;
    one.number = said.number;
    one.notation = said.notation;
    one.issued_on = said.issued_on;
    one.issued_text = said.issued_text;
    one.type_name = said.type_name;
    one.subject = said.subject;
    one.signer = said.signer;
    one.urgency = said.urgency;
    one.express_at = said.express_at;
    one.pages = said.pages;
    one.more = said.more;
    let before = incoming::files(tx, one.id)?;
    keep_files(tx, ctx, (&one, one.edition), (&edition.kept, &edition.gone))?;
    let story = told_in_full(ctx, change, (&before, &incoming::files(tx, one.id)?));
    let told = if note.is_empty() { "Đồng ý cập nhật văn bản" } else { note };
    statuses::tell(tx, ctx, hand, &mut one, (StatusCode::ChangeAgreed, told))?;
    save(tx, &mut one)?;
    errands::judge(tx, ctx, one.id)?;
    for task in tasks::of_incoming(tx, one.id)?.into_iter().filter(Task::is_open) {
        errands::tell(tx, ctx, (task.account, "updated"), errands::About::task(&task))?;
    }
    let detail = json!({ "change": change.id, "edition": one.edition });
    Ok(hand.record_of(tx, &one, ("updated", "office.update"), (&story, detail))?)
}

/// Why, and which files came with it and which are no longer of it; what is kept of a document is
/// Vietnamese.
fn told_in_full(
    ctx: &Ctx,
    change: &Change,
    (before, after): (&[IncomingFile], &[IncomingFile]),
) -> String {
    let speech = ctx.words.speak(Locale::Vi);
    let (new, gone) = of_last_edition(before, after);
    let mut lines = vec![change.reason.clone()];
    for (word, names) in [("office-files-brought", new), ("office-files-left-out", gone)] {
        if !names.is_empty() {
            lines.push(speech.with(word, &[("names", names.join("; ").into())]));
        }
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// A clerk says which document was meant; only one of the same sender.
pub(crate) async fn link(
    ctx: &Ctx,
    asker: Asker,
    (id, target): (Uuid, IncomingId),
) -> Result<(), Refusal> {
    ctx.store
        .write(move |tx| {
            let change = waiting(tx, &asker, id)?;
            let hand = asker.need(tx, Right::RegisterDocuments, change.unit)?;
            let found = incoming::by_id(tx, target)?.filter(|one| {
                one.unit == change.unit
                    && one.sender().is(change.sender())
                    && one.state != State::Withdrawn
            });
            let one = found.ok_or(Fault::TargetUnknown)?;
            if change.kind == ChangeKind::Replacement {
                return mark_replaced(tx, &hand, one, &change);
            }
            if !changes::link(tx, id, target)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            asking::freeze(tx, &hand, one, &change)
        })
        .await
}

/// The document that came with the wish stands in the place of this one.
fn mark_replaced(
    tx: &mut Tx,
    hand: &Hand,
    mut old: Incoming,
    change: &Change,
) -> Result<(), Refusal> {
    let by = (hand.scribe.now, hand.scribe.name.as_str());
    if !changes::decide(tx, (change.id, ChangeState::Agreed), by, "")? {
        return Err(Refusal::ChangedMeanwhile);
    }
    let new = incoming::by_delivery(tx, change.delivery)?.filter(|new| *new != old.id);
    old.replaced_by = Some(new.ok_or(Fault::TargetUnknown)?);
    save(tx, &mut old)?;
    let detail = json!({ "change": change.id });
    Ok(hand.record_of(tx, &old, ("replaced", "office.replace-incoming"), ("", detail))?)
}
