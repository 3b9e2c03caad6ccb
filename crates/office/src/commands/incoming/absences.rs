//! Who is away, and who acts in their place.
//!
//! Law: NĐ 30/2020/NĐ-CP art. 24

use identity::Right;
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::store::Tx;
use serde_json::json;
use uuid::Uuid;

use super::assigning::named;
use super::registering::text;
use crate::absence::{Absence, DAYS_MAX, REASON_LETTERS_MAX};
use crate::errands;
use crate::fault::Fault;
use crate::hand::{Asker, Hand};
use crate::refusal::Refusal;
use crate::store::changes;

#[derive(Debug, Clone)]
pub struct NewAbsence {
    pub unit: UnitId,
    /// Who is away: oneself, or somebody whose office one administers or leads.
    pub account: Uuid,
    pub deputy: Uuid,
    pub first_day: Date,
    pub last_day: Date,
    pub reason: String,
}

pub(crate) async fn declare(ctx: &Ctx, asker: Asker, new: NewAbsence) -> Result<(), Refusal> {
    let reason = text("reason", &new.reason, REASON_LETTERS_MAX)?;
    let today = asker.today();
    if new.account == new.deputy {
        return Err(Fault::SamePerson.into());
    }
    if new.last_day < new.first_day || new.last_day < today {
        return Err(Fault::DatesReversed.into());
    }
    if (new.last_day - new.first_day).get_days() > DAYS_MAX {
        return Err(Fault::AbsenceTooLong.into());
    }
    let house = ctx.clone();
    ctx.store
        .write(move |tx| {
            let hand = may(tx, &asker, (new.unit, new.account))?;
            let name = named(tx, (new.unit, today), (new.account, "who"))?;
            let deputy_name = named(tx, (new.unit, today), (new.deputy, "person"))?;
            let known = changes::absences_of(tx, new.account, today)?;
            if known.iter().any(|one| one.overlaps(new.first_day, new.last_day)) {
                return Err(Fault::AbsenceTwice.into());
            }
            let absence = Absence {
                id: house.ids.next(),
                unit: new.unit,
                account: new.account,
                name,
                deputy: new.deputy,
                deputy_name,
                first_day: new.first_day,
                last_day: new.last_day,
                reason: reason.clone(),
                made_by: hand.scribe.name.clone(),
                made_at: hand.scribe.now,
                ended_at: None,
            };
            changes::insert_absence(tx, &absence)?;
            errands::tell(tx, &house, (new.deputy, "deputy"), errands::About::absence(&absence))?;
            let detail = json!({ "of": absence.account, "deputy": absence.deputy,
                "from": absence.first_day, "to": absence.last_day });
            record(tx, &hand, &absence, ("absent", "office.declare-absence"), detail)
        })
        .await
}

/// Back before time.
pub(crate) async fn end(ctx: &Ctx, asker: Asker, id: Uuid) -> Result<(), Refusal> {
    ctx.store
        .write(move |tx| {
            let absence = changes::absence(tx, id)?.ok_or(Refusal::Nothing)?;
            let hand = may(tx, &asker, (absence.unit, absence.account))?;
            if !changes::end_absence(tx, id, hand.scribe.now)? {
                return Err(Fault::NotNow.into());
            }
            let detail = json!({ "of": absence.account });
            record(tx, &hand, &absence, ("back", "office.end-absence"), detail)
        })
        .await
}

/// For oneself; for others, whoever leads or administers the office.
pub(crate) fn may(
    tx: &mut Tx,
    asker: &Asker,
    (unit, account): (UnitId, Uuid),
) -> Result<Hand, Refusal> {
    if asker.actor.account.0 == account {
        return asker.self_hand(tx, unit);
    }
    for right in [Right::AssignDocuments, Right::ManageOffice] {
        if let Some(hand) = asker.with_right(tx, right, unit)? {
            return Ok(hand);
        }
    }
    Err(Refusal::Nothing)
}

fn record(
    tx: &mut Tx,
    hand: &Hand,
    absence: &Absence,
    what: (&'static str, &'static str),
    detail: serde_json::Value,
) -> Result<(), Refusal> {
    let subject = (absence.unit, absence.id, format!("absence:{}", absence.id));
    let told = format!("{} → {}", absence.name, absence.deputy_name);
    Ok(hand.record(tx, subject, what, (&told, detail))?)
}
