//! Earlier editions of the answers: as they stood before a supplement changed them.

use jiff::Timestamp;
use platform::store::{StoreError, Tx};
use procedures::eform::Answers;
use uuid::Uuid;

use super::{read, unreadable};
use crate::dossier::{Dossier, DossierId};

const INSERT: &str = "INSERT INTO dossiers_edition
       (demand, dossier, answers, replaced_at, replaced_by)
    VALUES ($1, $2, $3, $4, $5)";

const OF: &str = "SELECT demand, answers FROM dossiers_edition
    WHERE dossier = $1 ORDER BY replaced_at, demand";

/// The answers before the answer to a demand.
#[derive(Debug, Clone)]
pub struct Edition {
    pub demand: Uuid,
    pub answers: Answers,
}

/// Keeps the answers a dossier has, before others take their place.
pub fn keep(
    tx: &mut Tx,
    dossier: &Dossier,
    demand: Uuid,
    (at, by): (Timestamp, Option<Uuid>),
) -> Result<(), StoreError> {
    let answers = dossier.answers.to_string();
    tx.execute(INSERT, &[&demand, &dossier.id.0, &answers, &at, &by]).map(drop)
}

/// The oldest first.
pub fn of(tx: &mut Tx, dossier: DossierId) -> Result<Vec<Edition>, StoreError> {
    let rows: Vec<(Uuid, String)> = tx.all(OF, &[&dossier.0])?;
    let mut editions = Vec::with_capacity(rows.len());
    for (demand, answers) in rows {
        let answers = typed(&read(&answers)?)?.ok_or_else(|| unreadable("an edition"))?;
        editions.push(Edition { demand, answers });
    }
    Ok(editions)
}

/// What a dossier's answers say as they were typed; none for one that was taken in on paper.
pub fn typed(answers: &serde_json::Value) -> Result<Option<Answers>, StoreError> {
    let texts = answers.get("texts").cloned();
    texts.map(|texts| serde_json::from_value(texts).map_err(unreadable)).transpose()
}
