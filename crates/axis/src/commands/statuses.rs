//! A word about a document is accepted, and changes where the document stands.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6, art. 10

use std::collections::BTreeSet;

use platform::Ctx;
use platform::clock::local;
use platform::store::Tx;
use wire::edxml::{Status, StatusCode};

use super::accepting::Accepted;
use super::batch::Batch;
use super::documents::DOCUMENT_ID_LETTERS_MAX;
use super::effects::{self, Outcome};
use super::lining;
use super::sender::Sender;
use super::writing::{self, Draft, Recipient};
use crate::delivery::{Delivery, Route};
use crate::packet::Packet;
use crate::party::Party;
use crate::refusal::Refusal;
use crate::shelf::Shelved;
use crate::standing::{Ask, Effect, Nonsense};
use crate::store::deliveries;
use crate::trace::{Event, What};

pub(super) fn accept(
    tx: &mut Tx,
    ctx: &Ctx,
    batch: &mut Batch,
    (sender, shelved): (&Sender, &Shelved),
    status: &Status,
) -> Result<Accepted, Refusal> {
    check(status)?;
    let from = batch.party(tx, &status.from.organ_id)?;
    batch.authorise(tx, sender, &from)?;
    let to = batch.party(tx, &status.response_for.organ_id)?;
    let today = local(ctx.clock.now()).date();
    let way = batch.way_to(tx, (&to, today), sender.link())?;
    if to.unit.is_none() && way.route == Route::Nowhere {
        return Err(Refusal::ReceiverUnknown { codes: to.code });
    }
    let packet = packet(writing::head(ctx, sender, (shelved, &from)), status);
    let named = (from.key.as_str(), packet.document_id.as_str(), packet.business.as_str());
    let before = deliveries::earlier(tx, named)?;
    let earlier = || before.same.iter().filter(|before| before.to_key == to.key);
    if let Some(same) = earlier().find(|before| before.sha256 == packet.sha256) {
        return writing::repeated(tx, ctx, batch, (sender, std::slice::from_ref(same)));
    }
    let turn = earlier().map(|before| before.turn + 1).max().unwrap_or(0);
    let said = Said { from: &from, to: &to, status, by: sender.name() };
    let (withheld, about) = apply(tx, ctx, &said)?;
    let mut recipients = vec![Recipient { party: to.clone(), way, turn, withheld }];
    if lining::is_line(tx, batch, &before)? {
        let about = BTreeSet::from([packet.document_id.as_str()]);
        lining::wait_behind(tx, ctx, batch, (&from.key, &about), &mut recipients)?;
    }
    let draft = Draft { sender, shelved, from: &from, packet, recipients, earlier: Vec::new() };
    let unknown = about.is_none().then(|| draft.packet.clone());
    let accepted = writing::write(tx, ctx, batch, draft)?;
    if let Some(packet) = unknown {
        let station = writing::event(ctx, &packet, (None, What::AboutUnknown));
        let detail = packet.document_id.clone();
        batch.events.push(Event { detail, ..station });
    }
    Ok(accepted)
}

fn check(status: &Status) -> Result<(), Refusal> {
    let about = &status.response_for;
    let needed = [
        ("MessageHeader/From/OrganId", &status.from.organ_id),
        ("MessageHeader/ResponseFor/OrganId", &about.organ_id),
        ("MessageHeader/ResponseFor/DocumentId", &about.document_id),
    ];
    for (field, text) in needed {
        if text.trim().is_empty() {
            return Err(Refusal::Missing { field });
        }
    }
    if about.document_id.chars().count() > DOCUMENT_ID_LETTERS_MAX {
        let field = "MessageHeader/ResponseFor/DocumentId";
        return Err(Refusal::TooLong { field, limit: DOCUMENT_ID_LETTERS_MAX });
    }
    match &status.status_code {
        StatusCode::Other(code) => Err(Refusal::UnknownStatus { code: code.clone() }),
        _ => Ok(()),
    }
}

fn packet(head: Packet, status: &Status) -> Packet {
    let code = status.status_code.code();
    Packet {
        document_id: status.response_for.document_id.trim().to_owned(),
        business: format!("s{code}"),
        status_code: Some(code.to_owned()),
        about_code: Some(status.response_for.organ_id.trim().to_owned()),
        notation: status.response_for.code.clone(),
        reason: status.description.clone(),
        ..head
    }
}

struct Said<'s> {
    from: &'s Party,
    to: &'s Party,
    status: &'s Status,
    by: &'s str,
}

/// What it changes, whether the addressee need not be bothered, and the delivery it is about.
fn apply(tx: &mut Tx, ctx: &Ctx, said: &Said<'_>) -> Result<(bool, Option<Delivery>), Refusal> {
    let document_id = said.status.response_for.document_id.trim();
    let sent = (said.from.key.as_str(), document_id, said.to.key.as_str());
    let received = (said.to.key.as_str(), document_id, said.from.key.as_str());
    if said.status.status_code == StatusCode::RecallAsked {
        return asks_back(tx, ctx, said, (sent, received));
    }
    let Some(base) = deliveries::base(tx, received)? else { return Ok((false, None)) };
    let code = &said.status.status_code;
    match base.standing.heard(code) {
        Effect::Changed(standing) => {
            deliveries::set_standing(tx, &base, &standing, ctx.clock.now())?;
            effects::tell(tx, ctx, &base, (What::Said, said.by, code.code()))?;
            if standing.withdrawn {
                effects::tell(tx, ctx, &base, (What::Withdrawn, said.by, "agreed"))?;
                effects::withdraw_all(tx, ctx, received, (said.by, base.id))?;
            }
        }
        Effect::Late => effects::tell(tx, ctx, &base, (What::SaidLate, said.by, code.code()))?,
        Effect::Refused(why) => return Err(out_of_place(said, why)),
    }
    Ok((false, Some(base)))
}

/// 13: said by the sender of the document to one of its recipients.
fn asks_back(
    tx: &mut Tx,
    ctx: &Ctx,
    said: &Said<'_>,
    (sent, received): ((&str, &str, &str), (&str, &str, &str)),
) -> Result<(bool, Option<Delivery>), Refusal> {
    let Some(base) = deliveries::base(tx, sent)? else {
        // The recipient of a document cannot call it back.
        return match deliveries::base(tx, received)? {
            Some(_) => Err(Refusal::NotYourDocument),
            None => Ok((false, None)),
        };
    };
    match effects::ask_for(tx, ctx, (sent, Ask::Recall), said.by)? {
        Outcome::Passed => Ok((false, Some(base))),
        Outcome::Withdrawn => Ok((true, Some(base))),
        Outcome::Nonsense(why) => Err(out_of_place(said, why)),
    }
}

fn out_of_place(said: &Said<'_>, why: Nonsense) -> Refusal {
    let whom = match said.status.status_code {
        StatusCode::RecallAsked => said.to,
        _ => said.from,
    };
    Refusal::OutOfPlace { codes: whom.code.clone(), why }
}
