//! Papers as they were issued.

use jiff::Timestamp;
use organisations::UnitId;
use platform::record;
use platform::store::{StoreError, Tx};
use signing::SubmissionId;
use uuid::Uuid;

use crate::dossier::DossierId;
use crate::papers::Form;
use crate::signature::Signing;

const INSERT: &str = "INSERT INTO dossiers_slip
       (id, dossier, form, number, issued_at, issued_by, issued_by_name, issued_as, unit, facts,
        signing)
    SELECT $1, $2, $3, 1 + COALESCE(MAX(number), 0), $4, $5, $6, $7, $8, $9, $10
    FROM dossiers_slip WHERE dossier = $2 AND form = $3";

const OF: &str = "SELECT id, dossier, form, number, issued_at, issued_by, issued_by_name,
        issued_as, unit, facts, file, sha256, signing, submission, signed_at
    FROM dossiers_slip WHERE dossier = $1 ORDER BY issued_at, id";

const ONE: &str = "SELECT id, dossier, form, number, issued_at, issued_by, issued_by_name,
        issued_as, unit, facts, file, sha256, signing, submission, signed_at
    FROM dossiers_slip WHERE id = $1";

const KEEP_FILE: &str = "UPDATE dossiers_slip SET file = $2, sha256 = $3
    WHERE id = $1 AND file IS NULL";

const SUBMIT: &str = "UPDATE dossiers_slip SET file = $2, sha256 = $3, signing = 'waiting',
        submission = $4
    WHERE id = $1 AND signing = 'asked'";

const GIVE_UP: &str = "UPDATE dossiers_slip SET signing = $2 WHERE id = $1 AND signing = 'asked'";

const SIGN: &str = "UPDATE dossiers_slip SET file = $2, sha256 = $3, signing = 'signed',
        signed_at = $4
    WHERE submission = $1 AND signing = 'waiting'";

const LEAVE_UNSIGNED: &str = "UPDATE dossiers_slip SET signing = $2
    WHERE submission = $1 AND signing = 'waiting'";

record! {
    #[derive(Debug, Clone)]
    pub struct Slip {
        pub id: Uuid,
        pub dossier: Uuid,
        pub form: String,
        /// 1, 2 … of its form within the dossier.
        pub number: i64,
        pub issued_at: Timestamp,
        pub issued_by: Option<Uuid>,
        pub issued_by_name: String,
        /// As what: "Cán bộ tiếp nhận".
        pub issued_as: String,
        /// The agency whose paper it is.
        pub unit: UnitId,
        /// JSON of the paper's struct in `papers`.
        pub facts: String,
        pub file: Option<Uuid>,
        pub sha256: Option<String>,
        pub signing: Signing,
        pub submission: Option<SubmissionId>,
        pub signed_at: Option<Timestamp>,
    }
}

/// What is issued: the facts are fixed here.
pub struct NewSlip<'a> {
    pub id: Uuid,
    pub dossier: DossierId,
    pub form: Form,
    pub at: Timestamp,
    pub by: Option<Uuid>,
    pub by_name: &'a str,
    pub by_as: &'a str,
    pub unit: UnitId,
    pub facts: String,
    pub signing: Signing,
}

pub fn insert(tx: &mut Tx, slip: &NewSlip<'_>) -> Result<(), StoreError> {
    let form = slip.form.template();
    let args: platform::store::Args<'_> = &[
        &slip.id,
        &slip.dossier.0,
        &form,
        &slip.at,
        &slip.by,
        &slip.by_name,
        &slip.by_as,
        &slip.unit,
        &slip.facts,
        &slip.signing,
    ];
    tx.execute(INSERT, args)?;
    Ok(())
}

pub fn of(tx: &mut Tx, dossier: DossierId) -> Result<Vec<Slip>, StoreError> {
    tx.all(OF, &[&dossier.0])
}

pub fn one(tx: &mut Tx, id: Uuid) -> Result<Option<Slip>, StoreError> {
    tx.opt(ONE, &[&id])
}

/// Keeps the first PDF made of it. False: another was faster, and its bytes count.
pub fn keep_file(tx: &mut Tx, slip: Uuid, file: Uuid, sha256: &str) -> Result<bool, StoreError> {
    Ok(tx.execute(KEEP_FILE, &[&slip, &file, &sha256])? == 1)
}

/// It is printed and before its signatories. False: it was already.
pub fn submit(
    tx: &mut Tx,
    slip: Uuid,
    (file, sha256): (Uuid, &str),
    submission: SubmissionId,
) -> Result<bool, StoreError> {
    Ok(tx.execute(SUBMIT, &[&slip, &file, &sha256, &submission])? == 1)
}

/// It cannot be put before anyone after all.
pub fn give_up(tx: &mut Tx, slip: Uuid, why: Signing) -> Result<(), StoreError> {
    tx.execute(GIVE_UP, &[&slip, &why]).map(drop)
}

/// The signed bytes take the place of the others.
pub fn sign(
    tx: &mut Tx,
    submission: SubmissionId,
    (file, sha256): (Uuid, &str),
    at: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(SIGN, &[&submission, &file, &sha256, &at])? == 1)
}

/// Nobody is going to sign it any more.
pub fn leave_unsigned(
    tx: &mut Tx,
    submission: SubmissionId,
    why: Signing,
) -> Result<bool, StoreError> {
    Ok(tx.execute(LEAVE_UNSIGNED, &[&submission, &why])? == 1)
}
