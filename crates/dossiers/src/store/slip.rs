//! Papers as they were issued.

use jiff::Timestamp;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::dossier::DossierId;
use crate::papers::Form;

const INSERT: &str = "INSERT INTO dossiers_slip
       (id, dossier, form, number, issued_at, issued_by_name, facts)
    SELECT $1, $2, $3, 1 + COALESCE(MAX(number), 0), $4, $5, $6
    FROM dossiers_slip WHERE dossier = $2 AND form = $3";

const OF: &str = "SELECT id, form, number, issued_at, issued_by_name, facts, file, sha256
    FROM dossiers_slip WHERE dossier = $1 ORDER BY issued_at, id";

const ONE: &str = "SELECT id, form, number, issued_at, issued_by_name, facts, file, sha256
    FROM dossiers_slip WHERE dossier = $1 AND form = $2 AND number = $3";

const KEEP_FILE: &str = "UPDATE dossiers_slip SET file = $2, sha256 = $3
    WHERE id = $1 AND file IS NULL";

record! {
    #[derive(Debug, Clone)]
    pub struct Slip {
        pub id: Uuid,
        pub form: String,
        /// 1, 2 … of its form within the dossier.
        pub number: i64,
        pub issued_at: Timestamp,
        pub issued_by_name: String,
        /// JSON of the paper's struct in `papers`.
        pub facts: String,
        pub file: Option<Uuid>,
        pub sha256: Option<String>,
    }
}

/// What is issued: the facts are fixed here.
pub struct NewSlip<'a> {
    pub id: Uuid,
    pub dossier: DossierId,
    pub form: Form,
    pub at: Timestamp,
    pub by_name: &'a str,
    pub facts: String,
}

pub fn insert(tx: &mut Tx, slip: &NewSlip<'_>) -> Result<(), StoreError> {
    let form = slip.form.template();
    let args: platform::store::Args<'_> =
        &[&slip.id, &slip.dossier.0, &form, &slip.at, &slip.by_name, &slip.facts];
    tx.execute(INSERT, args)?;
    Ok(())
}

pub fn of(tx: &mut Tx, dossier: DossierId) -> Result<Vec<Slip>, StoreError> {
    tx.all(OF, &[&dossier.0])
}

pub fn one(
    tx: &mut Tx,
    dossier: DossierId,
    form: Form,
    number: i64,
) -> Result<Option<Slip>, StoreError> {
    tx.opt(ONE, &[&dossier.0, &form.template(), &number])
}

/// Keeps the first PDF made of it. False: another was faster, and its bytes count.
pub fn keep_file(tx: &mut Tx, slip: Uuid, file: Uuid, sha256: &str) -> Result<bool, StoreError> {
    Ok(tx.execute(KEEP_FILE, &[&slip, &file, &sha256])? == 1)
}
