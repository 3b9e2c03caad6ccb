//! Drafts: begun, written on, with files, given up. Every version is kept.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 10, art. 11

use identity::{Actor, Scribe};
use organisations::UnitId;
use platform::Ctx;
use platform::files::{self, Kept, Received};
use platform::store::Tx;
use serde_json::json;
use uuid::Uuid;

use super::noting::{self, told};
use crate::document::{IncomingId, OutgoingId};
use crate::outgoing::{Content, ContentFault, NOTE_LETTERS_MAX, Outgoing, State, Typed};
use crate::queries::outgoing as seen;
use crate::refusal::Refusal;
use crate::store::drafts::Attachment;
use crate::store::outgoing::Beginning;
use crate::store::{books, drafts, outgoing, recipients};

/// As many files as a counter can look through.
pub const ATTACHMENTS_MAX: usize = 50;

/// What a draft begins with besides its content.
#[derive(Debug, Clone, Copy)]
pub struct From {
    pub unit: UnitId,
    /// The incoming document that it answers.
    pub answers: Option<IncomingId>,
    /// An issued document in whose place it comes.
    pub replaces: Option<OutgoingId>,
}

pub async fn begin(
    ctx: &Ctx,
    actor: &Actor,
    (from, typed): (From, Typed),
) -> Result<OutgoingId, Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    let id = OutgoingId(ctx.ids.next());
    ctx.store
        .write(move |tx| {
            if !seen::offices(tx, &actor)?.contains(&from.unit) {
                return Err(Refusal::Nothing);
            }
            seen::desk(tx, from.unit)?;
            let content = checked(tx, &scribe, (from.unit, &typed))?;
            let replaced = replaced(tx, &actor, &from)?;
            let new = Beginning {
                id,
                unit: from.unit,
                author: actor.account.0,
                author_name: actor.name.clone(),
                answers: from.answers,
                replaces: from.replaces,
                at: scribe.now,
            };
            outgoing::insert(tx, &new, &content)?;
            let one = outgoing::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            keep(tx, &scribe, &one)?;
            if let Some(old) = replaced {
                take_recipients(tx, &scribe, (&old, id))?;
            }
            noting::told(tx, &scribe, &one, ("office.draft", ""), json!({ "kind": one.kind }))?;
            Ok(id)
        })
        .await
}

/// Only what the same agency issued, and only by who sees it.
fn replaced(tx: &mut Tx, actor: &Actor, from: &From) -> Result<Option<Outgoing>, Refusal> {
    let Some(id) = from.replaces else { return Ok(None) };
    let (old, _) = seen::seen_by(tx, actor, id)?;
    match old.unit == from.unit && old.state == State::Issued {
        true => Ok(Some(old)),
        false => Err(Refusal::NotNow(old.state)),
    }
}

/// Whoever got the old one gets the new one.
fn take_recipients(
    tx: &mut Tx,
    scribe: &Scribe,
    (old, new): (&Outgoing, OutgoingId),
) -> Result<(), Refusal> {
    for one in recipients::of(tx, old.id)?.into_iter().filter(|one| one.removed_at.is_none()) {
        let again = crate::recipient::Recipient {
            id: scribe.ids.next(),
            outgoing: new,
            added_at: scribe.now,
            seen_at: None,
            recall_asked_at: None,
            ..one
        };
        recipients::insert(tx, &again)?;
    }
    Ok(())
}

/// Writes over what was shown: whoever saw an older one is told instead.
pub async fn change(
    ctx: &Ctx,
    actor: &Actor,
    (id, shown): (OutgoingId, i64),
    typed: Typed,
) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let one = own_draft(tx, &actor, id)?;
            if one.version != shown {
                return Err(Refusal::ChangedMeanwhile);
            }
            let content = checked(tx, &scribe, (one.unit, &typed))?;
            let is_new = content.kind.code != one.kind
                || content.subject != one.subject
                || content.body != one.body;
            let edition = one.edition + i64::from(is_new);
            if !outgoing::change(tx, &one, (&content, edition), scribe.now)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            let one = outgoing::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            if is_new {
                renewed(tx, &scribe, &one)?;
            }
            told(tx, &scribe, &one, ("office.change", ""), json!({ "edition": edition }))
        })
        .await
}

/// A PDF in place of what is typed.
pub async fn bring(
    ctx: &Ctx,
    actor: &Actor,
    id: OutgoingId,
    received: Received,
) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let one = own_draft(tx, &actor, id)?;
            let kept = files::record(tx, &received)?;
            replace_file(tx, &scribe, &one, Some(&kept))
        })
        .await
}

/// What is typed counts again.
pub async fn drop_file(ctx: &Ctx, actor: &Actor, id: OutgoingId) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let one = own_draft(tx, &actor, id)?;
            one.file.ok_or(Refusal::Nothing)?;
            replace_file(tx, &scribe, &one, None)
        })
        .await
}

fn replace_file(
    tx: &mut Tx,
    scribe: &Scribe,
    one: &Outgoing,
    kept: Option<&Kept>,
) -> Result<(), Refusal> {
    let edition = one.edition + 1;
    let file = kept.map(|kept| (kept.id, kept.name.as_str()));
    if !outgoing::put_file(tx, one, (file, edition), scribe.now)? {
        return Err(Refusal::ChangedMeanwhile);
    }
    let one = outgoing::by_id(tx, one.id)?.ok_or(Refusal::Nothing)?;
    renewed(tx, scribe, &one)?;
    let sha256 = kept.map(|kept| kept.sha256.clone());
    told(tx, scribe, &one, ("office.bring-file", ""), json!({ "sha256": sha256 }))
}

pub async fn attach(
    ctx: &Ctx,
    actor: &Actor,
    id: OutgoingId,
    received: Received,
) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let one = own_draft(tx, &actor, id)?;
            if drafts::attachments(tx, id)?.len() >= ATTACHMENTS_MAX {
                return Err(Refusal::TooMany { field: "file", limit: ATTACHMENTS_MAX });
            }
            let kept = files::record(tx, &received)?;
            drafts::attach(tx, &Attachment::brought(&scribe, id, &kept))?;
            hung_on(tx, &scribe, &one)?;
            told(tx, &scribe, &one, ("office.attach", &kept.name), json!({ "sha256": kept.sha256 }))
        })
        .await
}

pub async fn detach(
    ctx: &Ctx,
    actor: &Actor,
    (id, attachment): (OutgoingId, Uuid),
) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let one = own_draft(tx, &actor, id)?;
            if !drafts::detach(tx, (attachment, id), scribe.now)? {
                return Err(Refusal::Nothing);
            }
            hung_on(tx, &scribe, &one)?;
            told(tx, &scribe, &one, ("office.detach", ""), json!({}))
        })
        .await
}

/// Gives it up. A number that it has is struck out with the same reason.
pub async fn cancel(ctx: &Ctx, actor: &Actor, id: OutgoingId, reason: &str) -> Result<(), Refusal> {
    let reason = noting::reason(reason, NOTE_LETTERS_MAX)?;
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let (one, part) = seen::seen_by(tx, &actor, id)?;
            let may = match one.state {
                State::Draft => part.author || part.clerk,
                State::Signed | State::Numbered => part.clerk,
                state => return Err(Refusal::NotNow(state)),
            };
            if !may {
                return Err(Refusal::NotNow(one.state));
            }
            strike_out(tx, &scribe, &one, &reason)?;
            if !outgoing::move_to(tx, &one, State::Cancelled, scribe.now)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            told(tx, &scribe, &one, ("office.cancel", &reason), json!({}))
        })
        .await
}

/// The number of a document that will not be issued.
pub(crate) fn strike_out(
    tx: &mut Tx,
    scribe: &Scribe,
    one: &Outgoing,
    reason: &str,
) -> Result<(), Refusal> {
    let (Some(book), Some(ordinal)) = (one.book, one.ordinal) else { return Ok(()) };
    let suffix = one.suffix.as_deref().unwrap_or_default();
    books::by_id(tx, book)?.ok_or(Refusal::NoBook)?;
    crate::numbering::void(tx, scribe, (book, ordinal, suffix), reason)
}

/// A draft of this officer's own, which nobody has before them.
pub(crate) fn own_draft(tx: &mut Tx, actor: &Actor, id: OutgoingId) -> Result<Outgoing, Refusal> {
    let (one, part) = seen::seen_by(tx, actor, id)?;
    match (part.author, one.state) {
        (false, _) => Err(Refusal::Nothing),
        (true, State::Draft) => Ok(one),
        (true, state) => Err(Refusal::NotNow(state)),
    }
}

fn checked(
    tx: &mut Tx,
    scribe: &Scribe,
    (unit, typed): (UnitId, &Typed),
) -> Result<Content, Refusal> {
    let today = platform::clock::local(scribe.now).date();
    let content = typed.check(scribe.now).map_err(Refusal::Content)?;
    if let Some(account) = content.signer {
        let scope = signing::Scope::Document;
        let can = signing::queries::signers(tx, unit, scope, today)?;
        if can.iter().all(|(known, _)| *known != account) {
            return Err(Refusal::Content(vec![ContentFault::Signer]));
        }
    }
    Ok(content)
}

/// A new version: what others put their initials under is no longer it.
fn renewed(tx: &mut Tx, scribe: &Scribe, one: &Outgoing) -> Result<(), Refusal> {
    drafts::initials_off(tx, one.id)?;
    keep(tx, scribe, one)
}

fn hung_on(tx: &mut Tx, scribe: &Scribe, one: &Outgoing) -> Result<(), Refusal> {
    drafts::initials_off(tx, one.id)?;
    match outgoing::touch(tx, one, scribe.now)? {
        true => Ok(()),
        false => Err(Refusal::ChangedMeanwhile),
    }
}

fn keep(tx: &mut Tx, scribe: &Scribe, one: &Outgoing) -> Result<(), Refusal> {
    let by = scribe.actor.unwrap_or_default();
    Ok(drafts::keep_version(tx, one, (scribe.now, by, &scribe.name))?)
}
