//! Drafts: what is filled in and not sent yet.

use identity::AccountId;
use jiff::Timestamp;
use organisations::UnitId;
use platform::record;
use platform::store::{StoreError, Tx};
use procedures::VersionId;
use procedures::eform::Answers;
use uuid::Uuid;

use crate::dossier::{DossierId, Procedure};
use crate::draft::{Draft, DraftState};
use crate::route::Places;
use crate::store::{read, unreadable, written};

const INSERT: &str = "INSERT INTO dossiers_draft
       (id, owner, made_by, state, procedure_code, procedure_name, procedure_version, form_hash,
        receiving_unit, deciding_unit, answers, created_at, saved_at, version)
    VALUES ($1, $2, $3, 'open', $4, $5, $6, $7, $8, $9, $10, $11, $11, 1)
    ON CONFLICT (id) DO NOTHING";

const ONE: &str = "SELECT id, owner, made_by, state, procedure_code, procedure_name,
        procedure_version, form_hash, receiving_unit, deciding_unit, answers, created_at, saved_at,
        version
    FROM dossiers_draft WHERE id = $1";

const OPEN_OF: &str = "SELECT id, owner, made_by, state, procedure_code, procedure_name,
        procedure_version, form_hash, receiving_unit, deciding_unit, answers, created_at, saved_at,
        version
    FROM dossiers_draft WHERE made_by = $1 AND state = 'open'
    ORDER BY saved_at DESC LIMIT 50";

const SAVE: &str = "UPDATE dossiers_draft
    SET answers = $2, saved_at = $3, version = version + 1
    WHERE id = $1 AND state IN ('open', 'reopened') AND version = $4";

const MOVE: &str = "UPDATE dossiers_draft
    SET receiving_unit = $2, deciding_unit = $3, saved_at = $4, version = version + 1
    WHERE id = $1 AND state = 'open'";

const CLOSE: &str = "UPDATE dossiers_draft SET state = $2, saved_at = $3, version = version + 1
    WHERE id = $1 AND state IN ('open', 'reopened') AND version = $4";

const REOPEN: &str = "UPDATE dossiers_draft
    SET state = 'reopened', answers = $2, saved_at = $3, version = version + 1
    WHERE id = $1 AND state = 'sent'";

const SHUT: &str = "UPDATE dossiers_draft
    SET state = 'sent', saved_at = $2, version = version + 1
    WHERE id = $1 AND state = 'reopened' RETURNING answers";

const FORGOTTEN: &str = "SELECT id FROM dossiers_draft
    WHERE state = 'open' AND saved_at < $1 ORDER BY saved_at LIMIT 100";

record! {
    struct Stored {
        id: Uuid,
        owner: Uuid,
        made_by: Uuid,
        state: String,
        procedure_code: String,
        procedure_name: String,
        procedure_version: Uuid,
        form_hash: String,
        receiving_unit: Uuid,
        deciding_unit: Uuid,
        answers: String,
        created_at: Timestamp,
        saved_at: Timestamp,
        version: i64,
    }
}

/// A second beginning with the same id changes nothing.
pub fn insert(tx: &mut Tx, draft: &Draft) -> Result<(), StoreError> {
    tx.execute(
        INSERT,
        &[
            &draft.id.0,
            &draft.owner.0,
            &draft.made_by.0,
            &draft.procedure.code,
            &draft.procedure.name,
            &draft.procedure.version.0,
            &draft.procedure.form_hash.as_deref().unwrap_or_default(),
            &draft.places.receiving.0,
            &draft.places.deciding.0,
            &written(&draft.answers)?,
            &draft.saved_at,
        ],
    )?;
    Ok(())
}

pub fn one(tx: &mut Tx, id: DossierId) -> Result<Option<Draft>, StoreError> {
    tx.opt::<Stored>(ONE, &[&id.0])?.map(Stored::into_draft).transpose()
}

/// The open drafts of the person who fills them in, newest first.
pub fn open_of(tx: &mut Tx, made_by: AccountId) -> Result<Vec<Draft>, StoreError> {
    tx.all::<Stored>(OPEN_OF, &[&made_by.0])?.into_iter().map(Stored::into_draft).collect()
}

/// False when it was changed or sent meanwhile.
pub fn save(tx: &mut Tx, draft: &Draft) -> Result<bool, StoreError> {
    let answers = written(&draft.answers)?;
    let args: platform::store::Args<'_> = &[&draft.id.0, &answers, &draft.saved_at, &draft.version];
    Ok(tx.execute(SAVE, args)? == 1)
}

pub fn move_to(
    tx: &mut Tx,
    id: DossierId,
    places: Places,
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(MOVE, &[&id.0, &places.receiving.0, &places.deciding.0, &at])? == 1)
}

/// Sent or thrown away as it was read; false when it was closed or changed meanwhile.
pub fn close(
    tx: &mut Tx,
    draft: &Draft,
    state: DraftState,
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(CLOSE, &[&draft.id.0, &state.word(), &at, &draft.version])? == 1)
}

/// A sent draft can be filled in again, from the answers the dossier has; false when there is none.
pub fn reopen(
    tx: &mut Tx,
    id: DossierId,
    answers: &Answers,
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(REOPEN, &[&id.0, &written(answers)?, &at])? == 1)
}

/// What was reopened is closed whatever was saved meanwhile; answers what it had come to.
pub fn shut(tx: &mut Tx, id: DossierId, at: Timestamp) -> Result<Option<Answers>, StoreError> {
    let found: Option<(String,)> = tx.opt(SHUT, &[&id.0, &at])?;
    found.map(|(answers,)| read(&answers)).transpose()
}

/// Drafts nobody has touched since then.
pub fn forgotten(tx: &mut Tx, since: Timestamp) -> Result<Vec<DossierId>, StoreError> {
    let found: Vec<(Uuid,)> = tx.all(FORGOTTEN, &[&since])?;
    Ok(found.into_iter().map(|(id,)| DossierId(id)).collect())
}

impl Stored {
    fn into_draft(self) -> Result<Draft, StoreError> {
        Ok(Draft {
            id: DossierId(self.id),
            owner: AccountId(self.owner),
            made_by: AccountId(self.made_by),
            state: DraftState::parse(&self.state).ok_or_else(|| unreadable("a draft's state"))?,
            procedure: Procedure {
                code: self.procedure_code,
                name: self.procedure_name,
                version: VersionId(self.procedure_version),
                form_hash: Some(self.form_hash),
            },
            places: Places {
                receiving: UnitId(self.receiving_unit),
                deciding: UnitId(self.deciding_unit),
            },
            answers: read(&self.answers)?,
            created_at: self.created_at,
            saved_at: self.saved_at,
            version: self.version,
        })
    }
}
