//! The catalogue of types sent without a copy on paper: lines are added and ended by whoever
//! administers the office of the unit.
//!
//! Law: QĐ 28/2018/QĐ-TTg art. 4, art. 8

use identity::{Actor, Right, Scribe};
use jiff::civil::Date;
use organisations::UnitId;
use platform::Ctx;
use platform::clock::local;
use platform::store::Tx;
use serde_json::json;
use uuid::Uuid;

use crate::catalogue::{BASIS_LETTERS_MAX, Paperless};
use crate::document::DocumentType;
use crate::record_fault::RecordFault;
use crate::refusal::Refusal;
use crate::store::paperless;

/// Which types, from which day to which.
#[derive(Debug, Clone)]
pub(crate) struct NewLines {
    pub unit: UnitId,
    pub types: Vec<String>,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub basis: String,
}

pub(crate) async fn add(ctx: &Ctx, actor: &Actor, new: NewLines) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            may_manage(tx, &actor, new.unit)?;
            lay_down(tx, &scribe, &new)
        })
        .await
}

fn lay_down(tx: &mut Tx, scribe: &Scribe, new: &NewLines) -> Result<(), Refusal> {
    let types = check(new, local(scribe.now).date())?;
    let kept = paperless::of_unit(tx, new.unit)?;
    for document_type in types {
        let is_taken = kept.iter().any(|line| {
            line.document_type == document_type && line.overlaps(new.valid_from, new.valid_to)
        });
        if is_taken {
            return Err(RecordFault::LineTaken.into());
        }
        let line = Paperless {
            id: scribe.ids.next(),
            unit: new.unit,
            document_type: document_type.to_owned(),
            valid_from: new.valid_from,
            valid_to: new.valid_to,
            basis: new.basis.trim().to_owned(),
            made_by: scribe.actor,
            made_name: scribe.name.clone(),
            made_at: scribe.now,
        };
        paperless::insert(tx, &line)?;
        let done = ("office.add-paperless-type", format!("office-paperless:{}", line.id));
        let detail = json!({
            "type": document_type, "from": line.valid_from, "to": line.valid_to,
        });
        scribe.note_over(tx, Some(new.unit), done, detail)?;
    }
    Ok(())
}

fn check(new: &NewLines, today: Date) -> Result<Vec<&'static str>, RecordFault> {
    let known = new.types.iter().map(|code| DocumentType::parse(code).map(|one| one.code));
    let mut types: Vec<&'static str> = known.collect::<Option<_>>().ok_or(RecordFault::Types)?;
    types.sort_unstable();
    types.dedup();
    if types.is_empty() {
        return Err(RecordFault::Types);
    }
    if !(1..=BASIS_LETTERS_MAX).contains(&new.basis.trim().chars().count()) {
        return Err(RecordFault::Basis);
    }
    match new.valid_to {
        Some(last) if last < new.valid_from || last < today => Err(RecordFault::DatesReversed),
        _ => Ok(types),
    }
}

/// A line that counts has its last day today; one that has not begun is taken away.
pub(crate) async fn end(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let line = paperless::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            may_manage(tx, &actor, line.unit)?;
            let today = local(scribe.now).date();
            if !paperless::remove(tx, id, today)? && !paperless::end(tx, id, today)? {
                return Ok(());
            }
            let done = ("office.end-paperless-type", format!("office-paperless:{id}"));
            let detail = json!({ "type": line.document_type });
            Ok(scribe.note_over(tx, Some(line.unit), done, detail)?)
        })
        .await
}

pub(crate) fn may_manage(tx: &mut Tx, actor: &Actor, unit: UnitId) -> Result<(), Refusal> {
    match actor.authority(tx, Right::ManageOffice, unit)? {
        Some(_) => Ok(()),
        None => Err(Refusal::Nothing),
    }
}
