//! What a sender does to a document that it sent: asks for it back, or changes it and who receives
//! it. (In another's place it comes by a document of its own, see [`super::drafting::From`].)
//!
//! Law: NĐ 30/2020/NĐ-CP art. 18
//! Law: QĐ 28/2018/QĐ-TTg art. 8, art. 9

use axis::Shelved;
use axis::commands::NewStatus;
use identity::{Actor, Scribe};
use jiff::civil::Date;
use platform::Ctx;
use platform::clock::local;
use platform::store::Tx;
use serde_json::json;
use uuid::Uuid;
use wire::edxml::StatusCode;
use wire::edxml::packet::Staff;

use super::issuing::at_clerk;
use super::noting::{self, told};
use super::sending::{self, Sending};
use crate::document::OutgoingId;
use crate::outgoing::{NOTE_LETTERS_MAX, Outgoing, State};
use crate::packet::{Errand, about};
use crate::queries::codes;
use crate::recipient::{Recipient, RecipientKind, Standing};
use crate::refusal::Refusal;
use crate::store::drafts::{self, Attachment};
use crate::store::outgoing_story::{self, Dispatch};
use crate::store::{outgoing, recipients};

/// Status 13, by which the sender asks for its document.
const RECALL: &str = "13";

/// How a document is asked back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Lấy lại: it was sent by mistake. A word, status 13.
    ByWord,
    /// Thu hồi: by another document of the same agency that says so. A packet of type 1 with it.
    ByDocument(OutgoingId),
}

/// What is asked back from whom, and how.
#[derive(Debug, Clone)]
pub struct Recall {
    pub recipients: Vec<Uuid>,
    pub manner: Manner,
    pub reason: String,
}

/// Asks these recipients for the document back. Whoever has not fetched it never gets it; the
/// others answer.
pub async fn recall(
    ctx: &Ctx,
    actor: &Actor,
    (id, wish): (OutgoingId, Recall),
) -> Result<(), Refusal> {
    let reason = noting::reason(&wish.reason, NOTE_LETTERS_MAX)?;
    let wish = Recall { reason, ..wish };
    let shelved = match wish.manner {
        Manner::ByWord => None,
        Manner::ByDocument(notice) => Some(by_document(ctx, actor, (id, notice), &wish).await?),
    };
    let (store, scribe) = (ctx.store.clone(), Scribe::of(ctx, actor));
    let (ctx, actor) = (ctx.clone(), actor.clone());
    store
        .write(move |tx| {
            let one = at_clerk(tx, &actor, (id, State::Issued))?;
            let asked = chosen(tx, &one, &wish.recipients)?;
            let by = (&ctx, &scribe);
            match &shelved {
                None => {
                    for recipient in &asked {
                        ask_back(tx, by, (&one, recipient), &wish.reason)?;
                    }
                }
                Some(shelved) => call_back(tx, by, (&one, &asked), (shelved, &wish.reason))?,
            }
            touched(tx, &scribe, &one)?;
            let detail = json!({ "asked": asked.len(), "byDocument": shelved.is_some() });
            told(tx, &scribe, &one, ("office.recall", &wish.reason), detail)
        })
        .await
}

/// The packet of type 1, on the shelf.
async fn by_document(
    ctx: &Ctx,
    actor: &Actor,
    (id, notice): (OutgoingId, OutgoingId),
    wish: &Recall,
) -> Result<Shelved, Refusal> {
    let (who, named) = (actor.clone(), wish.recipients.clone());
    let read: Result<_, Refusal> = ctx
        .store
        .read(move |tx| {
            let one = at_clerk(tx, &who, (id, State::Issued))?;
            let paper = at_clerk(tx, &who, (notice, State::Issued))?;
            if paper.id == one.id || paper.unit != one.unit {
                return Err(Refusal::NoticeUnknown);
            }
            let asked = chosen(tx, &one, &named)?;
            Ok((one, paper, asked))
        })
        .await;
    let (one, paper, asked) = read?;
    let sending = sending::recalling(ctx, (&one, &paper), (asked, &wish.reason)).await?;
    sending::shelve(ctx, &sending, &sending.errand).await
}

/// Those agencies among the recipients who have it.
fn chosen(tx: &mut Tx, one: &Outgoing, wanted: &[Uuid]) -> Result<Vec<Recipient>, Refusal> {
    let mut asked = recipients::of(tx, one.id)?;
    asked.retain(|one| wanted.contains(&one.id) && is_sent(one));
    match asked.is_empty() {
        true => Err(Refusal::NothingChosen { field: "recipients" }),
        false => Ok(asked),
    }
}

/// One packet for all of them.
fn call_back(
    tx: &mut Tx,
    (ctx, scribe): (&Ctx, &Scribe),
    (one, asked): (&Outgoing, &[Recipient]),
    (shelved, reason): (&Shelved, &str),
) -> Result<(), Refusal> {
    let sent = axis::commands::post(tx, ctx, (one.unit, scribe), shelved)?;
    if sent.repeated {
        return Ok(());
    }
    for recipient in asked {
        recipients::recall_asked(tx, recipient, scribe.now)?;
    }
    dispatched(tx, scribe, (one, sent.packet.0), ("1", reason))
}

fn is_sent(one: &Recipient) -> bool {
    one.kind == RecipientKind::Agency && one.removed_at.is_none()
}

fn ask_back(
    tx: &mut Tx,
    (ctx, scribe): (&Ctx, &Scribe),
    (one, recipient): (&Outgoing, &Recipient),
    reason: &str,
) -> Result<(), Refusal> {
    let (Some(code), Some(document_id), Some(number), Some(dated)) =
        (&recipient.code, &one.document_id, one.number(), one.dated)
    else {
        return Err(Refusal::Nothing);
    };
    let new = NewStatus {
        about: about(code, (document_id, &number), dated),
        code: StatusCode::RecallAsked,
        description: reason.to_owned(),
        staff: Staff { staff: scribe.name.clone(), ..Staff::default() },
    };
    let sent = axis::commands::post_status(tx, ctx, (one.unit, scribe), &new)?;
    // The same, a moment ago: the axis has it, and so has the history.
    if sent.repeated {
        return Ok(());
    }
    recipients::recall_asked(tx, recipient, scribe.now)?;
    dispatched(tx, scribe, (one, sent.packet.0), (RECALL, reason))
}

/// What changes with an update.
#[derive(Debug, Clone)]
pub struct Update {
    pub reason: String,
    pub due_on: Option<Date>,
    /// Codes of agencies that get it now.
    pub added: Vec<String>,
    /// Recipients for whom it is withdrawn.
    pub removed: Vec<Uuid>,
}

/// Sends the document anew with what changed and the files that were put aside for it. Those who
/// have it agree or not.
pub async fn update(
    ctx: &Ctx,
    actor: &Actor,
    (id, update): (OutgoingId, Update),
) -> Result<(), Refusal> {
    let reason = noting::reason(&update.reason, NOTE_LETTERS_MAX)?;
    let scribe = Scribe::of(ctx, actor);
    let (who, wish, today) = (actor.clone(), update.clone(), local(scribe.now).date());
    let plan = ctx
        .store
        .read(move |tx| {
            let one = at_clerk(tx, &who, (id, State::Issued))?;
            plan(tx, one, &wish, today)
        })
        .await?;
    let mut sending = sending::gathered(ctx, &plan.one).await?;
    sending.recipients = plan.recipients.clone();
    sending.enclose(&plan.annexes);
    let errand = Errand::Update {
        reason: reason.clone(),
        added: plan.added.iter().map(|(code, _)| code.clone()).collect(),
        removed: plan.removed.iter().filter_map(|one| one.code.clone()).collect(),
    };
    let shelved = sending::shelve(ctx, &sending, &errand).await?;
    let (store, ctx) = (ctx.store.clone(), ctx.clone());
    store
        .write(move |tx| put_update(tx, (&ctx, &scribe), (&plan, &reason), (&sending, &shelved)))
        .await
}

/// What an update comes to.
struct Plan {
    /// With the new deadline.
    one: Outgoing,
    added: Vec<(String, String)>,
    removed: Vec<Recipient>,
    /// All that have it afterwards.
    recipients: Vec<Recipient>,
    /// Files that go along.
    annexes: Vec<Attachment>,
}

fn plan(tx: &mut Tx, one: Outgoing, wish: &Update, today: Date) -> Result<Plan, Refusal> {
    let all = recipients::of(tx, one.id)?;
    let (removed, mut kept): (Vec<Recipient>, Vec<Recipient>) = all
        .into_iter()
        .filter(|one| one.removed_at.is_none())
        .partition(|recipient| wish.removed.contains(&recipient.id) && is_sent(recipient));
    let mut added = Vec::new();
    for code in wish.added.iter().filter(|code| !code.trim().is_empty()) {
        let (code, name, standing) = codes::named(tx, code, today)?;
        if standing != Standing::Fine {
            return Err(Refusal::CodeUnknown);
        }
        if kept.iter().all(|one| one.code.as_deref() != Some(&code)) {
            kept.push(joined(&one, (&code, &name)));
            added.push((code, name));
        }
    }
    if !kept.iter().any(is_sent) {
        return Err(Refusal::NoRecipients);
    }
    let annexes = drafts::waiting(tx, one.id)?;
    let one = Outgoing { due_on: wish.due_on, ..one };
    Ok(Plan { one, added, removed, recipients: kept, annexes })
}

/// A recipient whom the document has not reached yet.
fn joined(one: &Outgoing, (code, name): (&str, &str)) -> Recipient {
    Recipient {
        id: Uuid::nil(),
        outgoing: one.id,
        kind: RecipientKind::Agency,
        code: Some(code.to_owned()),
        account: None,
        name: name.to_owned(),
        is_addressed: false,
        added_at: one.changed_at,
        seen_at: None,
        recall_asked_at: None,
        removed_at: None,
    }
}

fn put_update(
    tx: &mut Tx,
    (ctx, scribe): (&Ctx, &Scribe),
    (plan, reason): (&Plan, &str),
    (sending, shelved): (&Sending, &Shelved),
) -> Result<(), Refusal> {
    let one = &sending.one;
    let sent = axis::commands::post(tx, ctx, (one.unit, scribe), shelved)?;
    for recipient in &plan.removed {
        recipients::take_off(tx, (recipient.id, one.id), scribe.now)?;
    }
    for (code, name) in &plan.added {
        let new = Recipient { id: scribe.ids.next(), ..joined(one, (code, name)) };
        recipients::insert(tx, &Recipient { added_at: scribe.now, ..new })?;
    }
    for annex in &plan.annexes {
        if !drafts::go_along(tx, (annex.id, one.id), sent.packet.0)? {
            return Err(Refusal::ChangedMeanwhile);
        }
    }
    if !outgoing::set_due(tx, one, scribe.now)? {
        return Err(Refusal::ChangedMeanwhile);
    }
    dispatched(tx, scribe, (one, sent.packet.0), ("2", reason))?;
    let files: Vec<&str> = plan.annexes.iter().map(|annex| annex.sha256.as_str()).collect();
    let detail = json!({ "added": plan.added.len(), "removed": plan.removed.len(),
        "files": files });
    told(tx, scribe, one, ("office.update", reason), detail)
}

fn dispatched(
    tx: &mut Tx,
    scribe: &Scribe,
    (one, packet): (&Outgoing, Uuid),
    (business, reason): (&str, &str),
) -> Result<(), Refusal> {
    let dispatch = Dispatch {
        packet,
        business: business.to_owned(),
        reason: reason.to_owned(),
        at: scribe.now,
        by_name: scribe.name.clone(),
    };
    Ok(outgoing_story::dispatch(tx, (scribe.ids.next(), one.id), &dispatch)?)
}

fn touched(tx: &mut Tx, scribe: &Scribe, one: &Outgoing) -> Result<(), Refusal> {
    match outgoing::touch(tx, one, scribe.now)? {
        true => Ok(()),
        false => Err(Refusal::ChangedMeanwhile),
    }
}
