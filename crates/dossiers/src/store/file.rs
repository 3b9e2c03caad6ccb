//! Files of a dossier, as they were handed in.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::dossier::DossierId;

const INSERT: &str = "INSERT INTO dossiers_file
       (id, dossier, field, component, file, name, media, size_bytes, sha256, added_at, added_by,
        demand)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

const OF: &str = "SELECT id, dossier, field, component, file, name, media, size_bytes, sha256,
        added_at, added_by, demand
    FROM dossiers_file WHERE dossier = $1 AND removed_at IS NULL ORDER BY added_at, id";

const REMOVE: &str = "UPDATE dossiers_file SET removed_at = $2
    WHERE id = $1 AND removed_at IS NULL";

record! {
    #[derive(Debug, Clone, PartialEq)]
    pub struct DossierFile {
        pub id: Uuid,
        pub dossier: Uuid,
        /// Of the form; empty for what was scanned at the counter or added later.
        pub field: String,
        pub component: String,
        /// In `platform::files`.
        pub file: Uuid,
        pub name: String,
        pub media: String,
        pub size_bytes: i64,
        pub sha256: String,
        pub added_at: Timestamp,
        pub added_by: Option<Uuid>,
        /// The demand it answers.
        pub demand: Option<Uuid>,
    }
}

pub fn insert(tx: &mut Tx, file: &DossierFile) -> Result<(), StoreError> {
    tx.execute(
        INSERT,
        &[
            &file.id,
            &file.dossier,
            &file.field,
            &file.component,
            &file.file,
            &file.name,
            &file.media,
            &file.size_bytes,
            &file.sha256,
            &file.added_at,
            &file.added_by,
            &file.demand,
        ],
    )?;
    Ok(())
}

pub fn of(tx: &mut Tx, dossier: DossierId) -> Result<Vec<DossierFile>, StoreError> {
    tx.all(OF, &[&dossier.0])
}

/// Of what is added while a demand is open, until it is sent.
pub fn remove(tx: &mut Tx, id: Uuid, at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(REMOVE, &[&id, &at])? == 1)
}
