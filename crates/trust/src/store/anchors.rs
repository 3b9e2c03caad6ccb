//! Anchors of others.

use jiff::Timestamp;
use jiff::civil::Date;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

pub const INSERT: &str = "INSERT INTO trust_anchor (id, fingerprint, der, name, purposes,
        valid_from, valid_to, source, note, made_by, made_name, made_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
pub const ALL: &str = "SELECT id, fingerprint, der, name, purposes, valid_from, valid_to, source,
        note, made_by, made_name, made_at
    FROM trust_anchor ORDER BY name, id";
pub const END: &str = "UPDATE trust_anchor SET valid_to = $2
    WHERE id = $1 AND (valid_to IS NULL OR valid_to > $2)";

record! {
    /// A certificate that is believed, for what and from when to when.
    #[derive(Debug, Clone)]
    pub struct Anchor {
        pub id: Uuid,
        pub fingerprint: String,
        pub der: Vec<u8>,
        pub name: String,
        pub purposes: String,
        pub valid_from: Date,
        /// The last day.
        pub valid_to: Option<Date>,
        /// Where it was taken from.
        pub source: String,
        pub note: Option<String>,
        pub made_by: Option<Uuid>,
        pub made_name: String,
        pub made_at: Timestamp,
    }
}

pub fn insert(tx: &mut Tx, one: &Anchor) -> Result<(), StoreError> {
    tx.execute(
        INSERT,
        &[
            &one.id,
            &one.fingerprint,
            &one.der,
            &one.name,
            &one.purposes,
            &one.valid_from,
            &one.valid_to,
            &one.source,
            &one.note,
            &one.made_by,
            &one.made_name,
            &one.made_at,
        ],
    )
    .map(drop)
}

pub fn all(tx: &mut Tx) -> Result<Vec<Anchor>, StoreError> {
    tx.all(ALL, &[])
}

/// The last day becomes `on`; false when it ended earlier already.
pub fn end(tx: &mut Tx, id: Uuid, on: Date) -> Result<bool, StoreError> {
    Ok(tx.execute(END, &[&id, &on])? == 1)
}
