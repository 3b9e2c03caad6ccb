//! A document is accepted: new, recall, update, replacement.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 8, art. 9
//! Law: NĐ 30/2020/NĐ-CP art. 18

use std::collections::HashSet;

use organisations::queries as catalogue;
use platform::Ctx;
use platform::clock::local;
use platform::store::{StoreError, Tx};
use wire::edxml::{BusinessKind, Document};

use super::accepting::Accepted;
use super::batch::Batch;
use super::effects::{self, Asked};
use super::lining;
use super::sender::Sender;
use super::writing::{self, Draft, RECEIVERS_MAX, Recipient};
use crate::delivery::Route;
use crate::packet::Packet;
use crate::party::Party;
use crate::refusal::Refusal;
use crate::shelf::Shelved;
use crate::store::deliveries::{self, Earlier};

/// Longer than any that was seen; it is never taken apart.
pub(super) const DOCUMENT_ID_LETTERS_MAX: usize = 500;

pub(super) fn accept(
    tx: &mut Tx,
    ctx: &Ctx,
    batch: &mut Batch,
    (sender, shelved): (&Sender, &Shelved),
    (document, to): (&Document, Option<&[String]>),
) -> Result<Accepted, Refusal> {
    check(document)?;
    let from = batch.party(tx, &document.from.organ_id)?;
    batch.authorise(tx, sender, &from)?;
    let kind = document.business_kind();
    let recipients = recipients(tx, ctx, batch, (sender, document, to))?;
    let named = (from.key.as_str(), document.document_id.trim(), kind.code());
    let before = deliveries::earlier(tx, named)?;
    let (mut new, same) = sorted(recipients, &before.same, (&kind, document, &shelved.sha256))?;
    if new.is_empty() {
        return writing::repeated(tx, ctx, batch, (sender, &same));
    }
    let asked = Asked { from: &from, document, by: sender.name() };
    effects::of_document(tx, ctx, &asked, &mut new)?;
    let about = lining::about(document, lining::is_line(tx, batch, &before)?);
    lining::wait_behind(tx, ctx, batch, (&from.key, &about), &mut new)?;
    let packet = packet(writing::head(ctx, sender, (shelved, &from)), document);
    let earlier = same.iter().map(|one| one.id).collect();
    let draft = Draft { sender, shelved, from: &from, packet, recipients: new, earlier };
    writing::write(tx, ctx, batch, draft)
}

/// What nothing can be done without. All else is the recipient's to judge.
fn check(document: &Document) -> Result<(), Refusal> {
    let needed = [
        ("MessageHeader/From/OrganId", &document.from.organ_id),
        ("MessageHeader/DocumentId", &document.document_id),
    ];
    for (field, text) in needed {
        if text.trim().is_empty() {
            return Err(Refusal::Missing { field });
        }
    }
    if document.document_id.chars().count() > DOCUMENT_ID_LETTERS_MAX {
        let field = "MessageHeader/DocumentId";
        return Err(Refusal::TooLong { field, limit: DOCUMENT_ID_LETTERS_MAX });
    }
    match document.business_kind() {
        BusinessKind::Other(code) => Err(Refusal::UnknownBusiness { code }),
        _ => Ok(()),
    }
}

/// Each once, whichever codes name it.
fn recipients(
    tx: &mut Tx,
    ctx: &Ctx,
    batch: &mut Batch,
    (sender, document, to): (&Sender, &Document, Option<&[String]>),
) -> Result<Vec<Recipient>, Refusal> {
    let codes = codes(document, to);
    if codes.is_empty() {
        return Err(Refusal::NoReceiver);
    }
    if codes.len() > RECEIVERS_MAX {
        return Err(Refusal::TooManyReceivers { limit: RECEIVERS_MAX });
    }
    let (mut found, mut seen) = (Vec::with_capacity(codes.len()), HashSet::new());
    let today = local(ctx.clock.now()).date();
    for code in codes {
        let party = batch.party(tx, code)?;
        if !seen.insert(party.key.clone()) {
            continue;
        }
        open_for(tx, ctx, &party, &document.business_kind())?;
        let way = batch.way_to(tx, (&party, today), sender.link())?;
        found.push(Recipient { party, way, turn: 0, withheld: false });
    }
    let is_known = |one: &Recipient| one.party.unit.is_some() || one.way.route != Route::Nowhere;
    if !found.iter().any(is_known) {
        let codes = listed(found.iter().map(|one| one.party.code.as_str()));
        return Err(Refusal::ReceiverUnknown { codes });
    }
    Ok(found)
}

/// Those that the call names; else those of the packet, with those whom an update adds or takes
/// away.
fn codes<'d>(document: &'d Document, to: Option<&'d [String]>) -> Vec<&'d str> {
    let changed = document.business.iter().flat_map(|business| &business.change);
    let changed = changed.flat_map(|change| &change.receiver_list);
    let codes: Vec<&str> = match to {
        Some(to) if !to.is_empty() => to.iter().map(String::as_str).collect(),
        _ => {
            let named = document.to.iter().map(|one| one.organ_id.as_str());
            named.chain(changed.map(|one| one.organ_id.as_str())).collect()
        }
    };
    codes.into_iter().map(str::trim).filter(|code| !code.is_empty()).collect()
}

/// New documents do not go to agencies that have ended. What is about an old one still does.
fn open_for(tx: &mut Tx, ctx: &Ctx, party: &Party, kind: &BusinessKind) -> Result<(), Refusal> {
    let today = local(ctx.clock.now()).date();
    let is_new = matches!(kind, BusinessKind::New | BusinessKind::Replacement);
    let (true, true, Some(unit)) = (is_new, party.is_closed(today), &party.unit) else {
        return Ok(());
    };
    let heirs = catalogue::successors(tx, unit.id, today)?;
    let named = heirs.iter().map(|heir| format!("{} {}", heir.unit.code, heir.unit.name));
    let named: Vec<String> = named.collect();
    Err(Refusal::ReceiverClosed { code: party.code.clone(), successors: named.join("; ") })
}

/// Those that get it, and what those got who have the same already.
fn sorted(
    recipients: Vec<Recipient>,
    earlier: &[Earlier],
    (kind, document, sha256): (&BusinessKind, &Document, &str),
) -> Result<(Vec<Recipient>, Vec<Earlier>), Refusal> {
    let comes_once = matches!(kind, BusinessKind::New | BusinessKind::Replacement);
    let (mut new, mut same, mut changed) = (Vec::new(), Vec::new(), Vec::new());
    for mut one in recipients {
        let before = || earlier.iter().filter(|before| before.to_key == one.party.key);
        if let Some(same_bytes) = before().find(|before| before.sha256 == sha256) {
            same.push(same_bytes.clone());
            continue;
        }
        let last = before().map(|before| before.turn).max();
        if last.is_some() && comes_once {
            changed.push(one.party.code);
            continue;
        }
        one.turn = last.map_or(0, |turn| turn + 1);
        new.push(one);
    }
    match changed.is_empty() {
        true => Ok((new, same)),
        false => Err(Refusal::SentAlready {
            document_id: document.document_id.trim().to_owned(),
            codes: changed.join(", "),
        }),
    }
}

fn packet(head: Packet, document: &Document) -> Packet {
    let business = document.business.as_ref();
    Packet {
        document_id: document.document_id.trim().to_owned(),
        business: document.business_kind().code().to_owned(),
        number: document.code.number.clone(),
        notation: document.code.notation.clone(),
        type_name: document.document_type.name.clone(),
        subject: document.subject.clone(),
        urgency: document.other.priority.clone(),
        paper: business.and_then(|business| business.paper),
        reason: business.map(|business| business.reason.clone()).unwrap_or_default(),
        ..head
    }
}

fn listed<'c>(codes: impl Iterator<Item = &'c str>) -> String {
    codes.collect::<Vec<_>>().join(", ")
}

/// What a document's packet calls the documents that it is about, in the order in which they are
/// tried: samples leave out the first where it would be needed most.
pub(super) fn targets(document: &Document) -> Vec<&str> {
    let business = document.business.iter().map(|business| business.document_id.as_str());
    let answered = document.response_for.iter().map(|one| one.document_id.as_str());
    let all = business.chain([document.document_id.as_str()]).chain(answered);
    all.map(str::trim).filter(|id| !id.is_empty()).collect()
}

/// The first of these documents that this sender sent.
pub(super) fn target(
    tx: &mut Tx,
    from: &Party,
    document: &Document,
) -> Result<Option<String>, StoreError> {
    for id in targets(document) {
        if deliveries::document(tx, (&from.key, id))?.is_some() {
            return Ok(Some(id.to_owned()));
        }
    }
    Ok(None)
}
