//! What senders are told about their documents: in the same unit of work as what happened to it.
//!
//! What the axis does not take (the sender is gone from the catalogue, say) holds nobody up here:
//! the reason stays with the document, and somebody sends it again.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 6, art. 10

use axis::commands::NewStatus;
use organisations::UnitId;
use platform::Ctx;
use platform::store::Tx;
use serde_json::json;
use wire::edxml::packet::Staff;
use wire::edxml::{PacketDate, ResponseFor, StatusCode};

use crate::document::IncomingId;
use crate::hand::{Asker, Hand};
use crate::incoming::{Incoming, Source};
use crate::refusal::Refusal;
use crate::store::incoming;

/// Tells the sender, or notes down why not. The caller saves the document afterwards.
pub(crate) fn tell(
    tx: &mut Tx,
    ctx: &Ctx,
    hand: &Hand,
    one: &mut Incoming,
    (code, description): (StatusCode, &str),
) -> Result<(), Refusal> {
    match one.source {
        Source::Axis if !overtaken(one, &code) => post(tx, ctx, hand, one, (code, description)),
        _ => Ok(()),
    }
}

fn post(
    tx: &mut Tx,
    ctx: &Ctx,
    hand: &Hand,
    one: &mut Incoming,
    (code, description): (StatusCode, &str),
) -> Result<(), Refusal> {
    let new = NewStatus {
        about: ResponseFor {
            organ_id: one.from_code.clone(),
            code: one.code(),
            document_id: one.document_id.clone(),
            promulgation_date: one.issued_on.map(PacketDate::of).unwrap_or_default(),
        },
        code: code.clone(),
        description: description.to_owned(),
        staff: Staff { staff: hand.scribe.name.clone(), ..Staff::default() },
    };
    let by = (one.unit, &hand.scribe);
    let posted = tx.nested(|tx| axis::commands::post_status(tx, ctx, by, &new));
    match posted {
        Ok(_) => {
            one.told = code.code().to_owned();
            one.told_fault.clear();
            one.owed.clear();
        }
        Err(axis::Refusal::Store(error)) => return Err(error.into()),
        Err(refusal) => {
            one.told_fault = refusal.to_string();
            one.owed = code.code().to_owned();
        }
    }
    Ok(())
}

/// Of the steps of the work only the last counts.
fn overtaken(one: &Incoming, code: &StatusCode) -> bool {
    let last = StatusCode::read(&one.told);
    last.rank().zip(code.rank()).is_some_and(|(last, new)| new <= last)
}

/// Tells again what could not be told, or what the document has come to since.
pub(crate) async fn tell_again(ctx: &Ctx, asker: Asker, id: IncomingId) -> Result<(), Refusal> {
    let house = ctx.clone();
    ctx.store
        .write(move |tx| {
            let mut one = asker.incoming(tx, id)?;
            let hand = asker.need(tx, identity::Right::RegisterDocuments, one.unit)?;
            let owed = match one.owed.is_empty() {
                false => Some(StatusCode::read(&one.owed)),
                true => one.state.status(),
            };
            let Some(code) = owed.filter(|_| one.source == Source::Axis) else { return Ok(()) };
            let note = one.ended_note.clone();
            // Also what was told before: the axis knows what it has heard.
            post(tx, &house, &hand, &mut one, (code.clone(), &note))?;
            super::save(tx, &mut one)?;
            let detail = json!({ "code": code.code(), "fault": one.told_fault });
            let what = ("told-again", "office.tell-again");
            Ok(hand.record_of(tx, &one, what, (code.code(), detail))?)
        })
        .await
}

/// Closed here, and not so at the sender's: by what we could not tell, and by what the axis has
/// heard of us.
pub(crate) fn untold(tx: &mut Tx, unit: UnitId) -> Result<Vec<(Incoming, String)>, Refusal> {
    let mut found = Vec::new();
    for id in incoming::untold(tx, unit)? {
        if let Some(one) = incoming::by_id(tx, id)? {
            let there = one.told.clone();
            found.push((one, there));
        }
    }
    for id in incoming::closed_lately(tx, unit, uuid::Uuid::nil())? {
        let Some(one) = incoming::by_id(tx, id)?.filter(|one| one.owed.is_empty()) else {
            continue;
        };
        let Some(delivery) = one.delivery.map(axis::DeliveryId) else { continue };
        let known = axis::queries::delivery(tx, delivery)?;
        let heard = known.as_ref().and_then(|known| known.business());
        if heard != Some(&StatusCode::Completed) {
            let there = heard.map(|code| code.code().to_owned()).unwrap_or_default();
            found.push((one, there));
        }
    }
    Ok(found)
}
