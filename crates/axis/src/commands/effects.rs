//! What a packet does to documents that were sent before it. Only ever to those of its own sender.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 8, art. 9
//! Law: NĐ 30/2020/NĐ-CP art. 18

use platform::Ctx;
use platform::store::{StoreError, Tx};
use wire::edxml::packet::Replacement;
use wire::edxml::{BusinessKind, Document, ReceiverKind};
use wire::vxp::TransportStatus;

use super::documents::target;
use super::writing::{Recipient, event, packet_of};
use crate::delivery::{Delivery, DeliveryId};
use crate::party::{self, Party};
use crate::refusal::Refusal;
use crate::standing::{Ask, Effect, Nonsense};
use crate::store::{deliveries, events, tasks};
use crate::trace::{Event, What};

/// Who asks, and by which packet.
pub(super) struct Asked<'a> {
    pub from: &'a Party,
    pub document: &'a Document,
    pub by: &'a str,
}

/// Recalls and updates ask each recipient; replacements are written down. Recipients that cannot
/// be asked are left out, and when nobody is left the packet is refused.
pub(super) fn of_document(
    tx: &mut Tx,
    ctx: &Ctx,
    asked: &Asked<'_>,
    recipients: &mut Vec<Recipient>,
) -> Result<(), Refusal> {
    match asked.document.business_kind() {
        BusinessKind::Recall | BusinessKind::Update => change(tx, ctx, asked, recipients),
        BusinessKind::Replacement => replace(tx, ctx, asked, recipients),
        BusinessKind::New | BusinessKind::Other(_) => Ok(()),
    }
}

fn change(
    tx: &mut Tx,
    ctx: &Ctx,
    asked: &Asked<'_>,
    recipients: &mut Vec<Recipient>,
) -> Result<(), Refusal> {
    // Sent before this axis was there, or nowhere: the recipients judge for themselves.
    let Some(document_id) = target(tx, asked.from, asked.document)? else { return Ok(()) };
    let mut kept = Vec::with_capacity(recipients.len());
    let mut nonsense: Option<(Nonsense, Vec<String>)> = None;
    for mut one in recipients.drain(..) {
        let named = (asked.from.key.as_str(), document_id.as_str(), one.party.key.as_str());
        let ask = match takes_away(tx, asked.document, &one.party)? {
            true => Ask::Recall,
            false => Ask::Update,
        };
        match ask_for(tx, ctx, (named, ask), asked.by)? {
            Outcome::Passed => kept.push(one),
            Outcome::Withdrawn => {
                one.withheld = true;
                kept.push(one);
            }
            Outcome::Nonsense(why) => {
                let (_, codes) = nonsense.get_or_insert_with(|| (why, Vec::new()));
                codes.push(one.party.code);
            }
        }
    }
    *recipients = kept;
    match nonsense.filter(|_| recipients.is_empty()) {
        Some((why, codes)) => Err(Refusal::OutOfPlace { codes: codes.join(", "), why }),
        None => Ok(()),
    }
}

/// Whether the packet calls the document back from this recipient: a recall does from all, an
/// update from those whom it takes off the list.
fn takes_away(tx: &mut Tx, document: &Document, party: &Party) -> Result<bool, StoreError> {
    if document.business_kind() == BusinessKind::Recall {
        return Ok(true);
    }
    let changes = document.business.iter().flat_map(|business| &business.change);
    for receiver in changes.flat_map(|change| &change.receiver_list) {
        if receiver.kind == ReceiverKind::Removed
            && party::of(tx, &receiver.organ_id)?.key == party.key
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// How it went with what was asked of one recipient.
pub(super) enum Outcome {
    /// The recipient is to answer, or to see for itself.
    Passed,
    /// The recipient never had the document, and never will.
    Withdrawn,
    Nonsense(Nonsense),
}

/// Asks one recipient for a document back, or to take a change. `named` is the document: key of
/// the sender, its DocumentId, key of the recipient.
pub(super) fn ask_for(
    tx: &mut Tx,
    ctx: &Ctx,
    (named, ask): ((&str, &str, &str), Ask),
    by: &str,
) -> Result<Outcome, Refusal> {
    let live = deliveries::live(tx, named)?;
    let Some(base) = live.first() else {
        return match deliveries::base(tx, named)? {
            Some(gone) if ask == Ask::Recall => Ok(outcome(&gone, ask)),
            _ => Ok(Outcome::Passed),
        };
    };
    let fetched = live.iter().find(|one| one.transport != TransportStatus::Initial);
    if ask == Ask::Recall {
        for one in live.iter().filter(|one| one.transport == TransportStatus::Initial) {
            withdraw(tx, ctx, one, (by, "not-fetched"))?;
        }
        if fetched.is_none() {
            return Ok(Outcome::Withdrawn);
        }
    }
    let base = fetched.unwrap_or(base);
    match base.standing.ask(ask) {
        Effect::Changed(standing) => {
            deliveries::set_standing(tx, base, &standing, ctx.clock.now())?;
            tell(tx, ctx, base, (What::Asked, by, ask.code()))?;
            Ok(Outcome::Passed)
        }
        Effect::Late => Ok(Outcome::Passed),
        // A corrected document may follow one that was sent back.
        Effect::Refused(_) if ask == Ask::Update => Ok(Outcome::Passed),
        Effect::Refused(why) => Ok(Outcome::Nonsense(why)),
    }
}

fn outcome(gone: &Delivery, ask: Ask) -> Outcome {
    match gone.standing.ask(ask) {
        Effect::Refused(why) => Outcome::Nonsense(why),
        _ => Outcome::Passed,
    }
}

/// From now on the bytes are not handed out any more.
pub(super) fn withdraw(
    tx: &mut Tx,
    ctx: &Ctx,
    delivery: &Delivery,
    (by, detail): (&str, &str),
) -> Result<(), Refusal> {
    let now = ctx.clock.now();
    deliveries::set_standing(tx, delivery, &delivery.standing.withdraw(), now)?;
    // Nobody has to look for a way for it any more.
    tasks::settle_of(tx, delivery.id, (now, by))?;
    tell(tx, ctx, delivery, (What::Withdrawn, by, detail))
}

/// A station in the trace of the document.
pub(super) fn tell(
    tx: &mut Tx,
    ctx: &Ctx,
    delivery: &Delivery,
    (what, by, detail): (What, &str, &str),
) -> Result<(), Refusal> {
    let packet = packet_of(tx, delivery.packet)?;
    let station = event(ctx, &packet, (Some(delivery.id), what));
    let (by, detail) = (by.to_owned(), detail.to_owned());
    Ok(events::put(tx, &[Event { by, detail, ..station }])?)
}

/// The old documents are marked for those for whom they are replaced.
fn replace(
    tx: &mut Tx,
    ctx: &Ctx,
    asked: &Asked<'_>,
    recipients: &[Recipient],
) -> Result<(), Refusal> {
    let business = asked.document.business.iter();
    for one in business.flat_map(|business| &business.replacements) {
        for key in replaced_for(tx, one, recipients)? {
            let named = (asked.from.key.as_str(), one.document_id.trim(), key.as_str());
            if let Some(old) = deliveries::base(tx, named)? {
                let by_which = asked.document.document_id.trim();
                tell(tx, ctx, &old, (What::Superseded, asked.by, by_which))?;
            }
        }
    }
    Ok(())
}

/// Those whom the packet names; without a list all who get it.
fn replaced_for(
    tx: &mut Tx,
    one: &Replacement,
    recipients: &[Recipient],
) -> Result<Vec<String>, StoreError> {
    if one.organ_ids.is_empty() {
        return Ok(recipients.iter().map(|one| one.party.key.clone()).collect());
    }
    one.organ_ids.iter().map(|code| Ok(party::of(tx, code)?.key)).collect()
}

/// Everything of a document that a recipient still has the right to.
pub(super) fn withdraw_all(
    tx: &mut Tx,
    ctx: &Ctx,
    named: (&str, &str, &str),
    (by, but): (&str, DeliveryId),
) -> Result<(), Refusal> {
    for one in deliveries::live(tx, named)?.iter().filter(|one| one.id != but) {
        withdraw(tx, ctx, one, (by, "agreed"))?;
    }
    Ok(())
}
