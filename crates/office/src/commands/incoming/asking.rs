//! What a sender says about what it sent before: back with it, or this instead; and what receivers
//! say about our own documents.
//!
//! Never across senders: what is meant is looked for only among the documents of the same one.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 18
//! Law: QĐ 28/2018/QĐ-TTg art. 8, art. 9

use platform::Ctx;
use platform::files::{self, Received};
use platform::store::Tx;
use serde_json::json;
use wire::edxml::{Document, Packet, Reading, Status, StatusCode};

use super::arriving::Brought;
use super::unpacking::{self, Unpacked};
use crate::change::{Change, ChangeFile, ChangeKind, ChangeState};
use crate::commands::hearing;
use crate::errands;
use crate::fault::Fault;
use crate::hand::Hand;
use crate::incoming::Incoming;
use crate::refusal::Refusal;
use crate::store::{changes, incoming};

/// A word about a document: of ours, from a receiver; or 13, from the sender of one that we have.
pub(crate) async fn status(ctx: &Ctx, brought: Brought, reading: Reading) -> Result<(), Refusal> {
    let Packet::Status(status) = reading.packet else { return Err(Fault::Unreadable.into()) };
    let house = ctx.clone();
    ctx.store
        .write(move |tx| {
            match status.status_code {
                StatusCode::RecallAsked => recall_asked(tx, &house, &brought, &status)?,
                _ => hearing::status_arrived(tx, &house, (brought.unit, &brought.packet), &status)?,
            }
            Ok(axis::commands::take(tx, &house, brought.delivery.id)?)
        })
        .await
}

fn recall_asked(tx: &mut Tx, ctx: &Ctx, brought: &Brought, status: &Status) -> Result<(), Refusal> {
    let hand = Hand::program(ctx);
    let named = vec![status.response_for.document_id.clone()];
    let change = asked(&hand, brought, (ChangeKind::Recall, named), &status.description);
    take_up(tx, ctx, &hand, change).map(drop)
}

/// With the paper by which it is called back, where one came.
pub(crate) async fn recall(
    ctx: &Ctx,
    brought: Brought,
    (document, reading): (Document, Reading),
    named: Vec<String>,
) -> Result<(), Refusal> {
    let kept = unpacking::attachments(ctx, brought.packet.id, reading, brought.unit).await?;
    wished(ctx, brought, (ChangeKind::Recall, named), (reason(&document), kept)).await
}

/// With the files that are new: whoever is asked to agree can look at them before.
pub(crate) async fn update(
    ctx: &Ctx,
    brought: Brought,
    (document, reading): (Document, Reading),
    named: Vec<String>,
) -> Result<(), Refusal> {
    let kept = unpacking::attachments(ctx, brought.packet.id, reading, brought.unit).await?;
    wished(ctx, brought, (ChangeKind::Update, named), (reason(&document), kept)).await
}

async fn wished(
    ctx: &Ctx,
    brought: Brought,
    what: (ChangeKind, Vec<String>),
    (reason, kept): (String, Vec<Unpacked>),
) -> Result<(), Refusal> {
    let house = ctx.clone();
    ctx.store
        .write(move |tx| {
            let hand = Hand::program(&house);
            let change = asked(&hand, &brought, what.clone(), &reason);
            if let Some(change) = take_up(tx, &house, &hand, change)? {
                keep_files(tx, &hand, &change, &kept)?;
            }
            Ok(axis::commands::take(tx, &house, brought.delivery.id)?)
        })
        .await
}

/// The paper of a recall; of an update the files that are not here yet.
fn keep_files(tx: &mut Tx, hand: &Hand, change: &Change, kept: &[Unpacked]) -> Result<(), Refusal> {
    let known = match (change.kind, change.incoming) {
        (ChangeKind::Update, Some(id)) => incoming::files(tx, id)?,
        _ => Vec::new(),
    };
    let is_new = |one: &&Received| known.iter().all(|old| old.sha256 != one.kept().sha256);
    let received = kept.iter().filter_map(|one| one.received.as_ref()).filter(is_new);
    for (ordinal, received) in (1_i64..).zip(received) {
        let kept = files::record(tx, received)?;
        let file = ChangeFile {
            id: hand.scribe.ids.next(),
            change: change.id,
            ordinal,
            name: kept.name,
            media: kept.media,
            size_bytes: kept.size_bytes,
            sha256: kept.sha256,
            file: kept.id,
        };
        changes::insert_file(tx, &file)?;
    }
    Ok(())
}

fn reason(document: &Document) -> String {
    document.business.as_ref().map(|one| one.reason.clone()).unwrap_or_default()
}

fn asked(
    hand: &Hand,
    brought: &Brought,
    (kind, named): (ChangeKind, Vec<String>),
    reason: &str,
) -> Change {
    Change {
        id: hand.scribe.ids.next(),
        unit: brought.unit,
        kind,
        incoming: None,
        delivery: brought.delivery.id.0,
        from_code: brought.packet.from_code.clone(),
        from_unit: brought.packet.from_unit,
        from_name: brought.packet.from_name.clone(),
        named: json!(named).to_string(),
        reason: reason.to_owned(),
        state: ChangeState::Parked,
        asked_at: hand.scribe.now,
        decided_at: None,
        decided_by: None,
        note: String::new(),
    }
}

/// A replacement of documents that nobody here knows: for a clerk to look at.
pub(crate) fn replacement(hand: &Hand, brought: &Brought, named: &[String]) -> Change {
    asked(hand, brought, (ChangeKind::Replacement, named.to_vec()), &brought.packet.reason)
}

/// Finds what is meant and freezes it; where nothing is found, a clerk looks. None when it was
/// written down before.
fn take_up(
    tx: &mut Tx,
    ctx: &Ctx,
    hand: &Hand,
    mut change: Change,
) -> Result<Option<Change>, Refusal> {
    let found = target(tx, &change)?;
    if let Some(one) = &found {
        change.incoming = Some(one.id);
        change.state = ChangeState::Waiting;
    }
    if !changes::insert(tx, &change)? {
        return Ok(None);
    }
    let detail = json!({ "kind": change.kind.code(), "from": change.from_code });
    match found {
        Some(one) => freeze(tx, hand, one, &change)?,
        None => {
            let subject = (change.unit, change.id, format!("change:{}", change.id));
            let told = (change.reason.as_str(), detail);
            hand.record(tx, subject, ("parked", "office.park-change"), told)?;
        }
    }
    errands::tell_clerks_of_change(tx, ctx, &change)?;
    Ok(Some(change))
}

/// Among the documents of the same sender, by what the sender may have meant, the likeliest first.
fn target(tx: &mut Tx, change: &Change) -> Result<Option<Incoming>, Refusal> {
    let named: Vec<String> = serde_json::from_str(&change.named).unwrap_or_default();
    for document_id in &named {
        let key = (change.sender(), document_id.as_str());
        if let Some(one) = incoming::by_document(tx, change.unit, key)? {
            return Ok(Some(one));
        }
    }
    Ok(None)
}

pub(crate) fn freeze(
    tx: &mut Tx,
    hand: &Hand,
    mut one: Incoming,
    change: &Change,
) -> Result<(), Refusal> {
    one.is_frozen = true;
    super::save(tx, &mut one)?;
    let detail = json!({ "kind": change.kind.code(), "change": change.id });
    let kind = match change.kind {
        ChangeKind::Recall => "recall-asked",
        _ => "update-asked",
    };
    Ok(hand.record_of(tx, &one, (kind, "office.freeze"), (&change.reason, detail))?)
}
