//! Demands: asked, and answered once.

use jiff::Timestamp;
use organisations::UnitId;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use super::{read, unreadable, written};
use crate::demand::{Demand, DemandKind, Outcome};
use crate::dossier::DossierId;
use crate::status::Status;

const INSERT: &str = "INSERT INTO dossiers_demand
       (id, dossier, number, kind, asked_from, asked_at, asked_by, asked_by_name, unit, reason,
        legal_basis, items, amount, answer_by, answer, due_before)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, '', $15)";

const ALL: &str = "SELECT id, number, kind, asked_from, asked_at, asked_by, asked_by_name, unit,
        reason, legal_basis, items, amount, answer_by, ended_at, outcome, answer, due_before,
        due_after
    FROM dossiers_demand WHERE dossier = $1 ORDER BY number";

const END: &str = "UPDATE dossiers_demand SET ended_at = $2, outcome = $3, answer = $4,
        due_after = $5
    WHERE id = $1 AND ended_at IS NULL";

record! {
    struct Stored {
        id: Uuid,
        number: i64,
        kind: String,
        asked_from: i32,
        asked_at: Timestamp,
        asked_by: Option<Uuid>,
        asked_by_name: String,
        unit: Uuid,
        reason: String,
        legal_basis: String,
        items: String,
        amount: Option<i64>,
        answer_by: Option<Timestamp>,
        ended_at: Option<Timestamp>,
        outcome: Option<String>,
        answer: String,
        due_before: Option<Timestamp>,
        due_after: Option<Timestamp>,
    }
}

pub fn insert(tx: &mut Tx, dossier: DossierId, demand: &Demand) -> Result<(), StoreError> {
    tx.execute(
        INSERT,
        &[
            &demand.id,
            &dossier.0,
            &demand.number,
            &demand.kind.word(),
            &demand.asked_from.code(),
            &demand.asked_at,
            &demand.asked_by,
            &demand.asked_by_name,
            &demand.unit.0,
            &demand.reason,
            &demand.legal_basis,
            &written(&demand.items)?,
            &demand.amount,
            &demand.answer_by,
            &demand.due_before,
        ],
    )?;
    Ok(())
}

pub fn all(tx: &mut Tx, dossier: DossierId) -> Result<Vec<Demand>, StoreError> {
    tx.all::<Stored>(ALL, &[&dossier.0])?.into_iter().map(Stored::into_demand).collect()
}

/// How a demand ended.
pub struct Ending<'a> {
    pub at: Timestamp,
    pub outcome: Outcome,
    pub answer: &'a str,
    pub due_after: Option<Timestamp>,
}

/// False when it had ended already.
pub fn end(tx: &mut Tx, id: Uuid, ending: &Ending<'_>) -> Result<bool, StoreError> {
    let outcome = ending.outcome.word();
    let args: platform::store::Args<'_> =
        &[&id, &ending.at, &outcome, &ending.answer, &ending.due_after];
    Ok(tx.execute(END, args)? == 1)
}

impl Stored {
    fn into_demand(self) -> Result<Demand, StoreError> {
        Ok(Demand {
            id: self.id,
            number: self.number,
            kind: DemandKind::parse(&self.kind).ok_or_else(|| unreadable("a demand"))?,
            asked_from: Status::try_from(self.asked_from).map_err(unreadable)?,
            asked_at: self.asked_at,
            asked_by: self.asked_by,
            asked_by_name: self.asked_by_name,
            unit: UnitId(self.unit),
            reason: self.reason,
            legal_basis: self.legal_basis,
            items: read(&self.items)?,
            amount: self.amount,
            answer_by: self.answer_by,
            ended_at: self.ended_at,
            outcome: self.outcome.as_deref().and_then(Outcome::parse),
            answer: self.answer,
            due_before: self.due_before,
            due_after: self.due_after,
        })
    }
}
