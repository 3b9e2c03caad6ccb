//! The register as lists: searched, counted, looked through for what ends.

use jiff::Timestamp;
use organisations::UnitId;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::certificate::{Certificate, Standing};

/// $1 words, $2 standing, $3 now, $4 end of what ends soon, $5 profile, $6–$7 behind, $8 how many.
pub const LIST: &str = "SELECT id, authority, serial, issuer, subject, fingerprint, der, profile,
        carrier, carrier_number, holder_name, unit, account, key, not_before, not_after, state,
        state_since, reason, invalid_since, replaces, note, made_at, version
    FROM trust_certificate
    WHERE (CAST($1 AS TEXT) IS NULL OR hay LIKE $1)
      AND (CAST($2 AS TEXT) IS NULL
        OR ($2 = 'good' AND state = 'good' AND not_before <= $3 AND not_after >= $4)
        OR ($2 = 'ending' AND state = 'good' AND not_before <= $3 AND not_after >= $3
            AND not_after < $4)
        OR ($2 = 'ended' AND state <> 'revoked' AND not_after < $3)
        OR ($2 = 'suspended' AND state = 'suspended' AND not_after >= $3)
        OR ($2 = 'revoked' AND state = 'revoked')
        OR ($2 = 'not-yet' AND state = 'good' AND not_before > $3))
      AND (CAST($5 AS TEXT) IS NULL OR profile = $5)
      AND (not_after > $6 OR (not_after = $6 AND id > $7))
    ORDER BY not_after, id LIMIT $8";
/// By unit: all, good, ending within thirty days, ended, suspended, revoked.
pub const COUNTS: &str = "SELECT unit, COUNT(*) AS total,
        SUM(CASE WHEN state = 'good' AND not_after >= $2 THEN 1 ELSE 0 END) AS good,
        SUM(CASE WHEN state = 'good' AND not_after >= $1 AND not_after < $2 THEN 1 ELSE 0 END)
            AS ending,
        SUM(CASE WHEN state <> 'revoked' AND not_after < $1 THEN 1 ELSE 0 END) AS ended,
        SUM(CASE WHEN state = 'suspended' AND not_after >= $1 THEN 1 ELSE 0 END) AS suspended,
        SUM(CASE WHEN state = 'revoked' THEN 1 ELSE 0 END) AS revoked
    FROM trust_certificate WHERE unit IS NOT NULL GROUP BY unit";
pub const FOREIGN: &str = "SELECT der FROM trust_certificate
    WHERE authority IS NULL AND state = 'good' AND not_after > $1 ORDER BY id LIMIT $2";
/// Ends within thirty days, was not told at this stage, and no younger one took its place.
pub const ENDING: &str = "SELECT c.id, c.authority, c.serial, c.issuer, c.subject, c.fingerprint,
        c.der, c.profile, c.carrier, c.carrier_number, c.holder_name, c.unit, c.account, c.key,
        c.not_before, c.not_after, c.state, c.state_since, c.reason, c.invalid_since, c.replaces,
        c.note, c.made_at, c.version
    FROM trust_certificate c
    WHERE c.state <> 'revoked' AND c.unit IS NOT NULL AND c.not_after > $1 AND c.not_after <= $2
      AND NOT EXISTS (SELECT 1 FROM trust_certificate younger
          WHERE younger.replaces = c.id AND younger.state <> 'revoked')
    ORDER BY c.not_after, c.id LIMIT 5000";
pub const TELL: &str = "INSERT INTO trust_alert (certificate, days, at) VALUES ($1, $2, $3)
    ON CONFLICT (certificate, days) DO NOTHING";
pub const TOLD: &str = "SELECT days, at FROM trust_alert WHERE certificate = $1 ORDER BY days DESC";
pub const SUCCESSOR: &str = "SELECT id FROM trust_certificate WHERE replaces = $1
    ORDER BY made_at DESC LIMIT 1";

/// What is asked of the register.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    pub words: String,
    pub standing: Option<Standing>,
    pub profile: Option<String>,
}

/// Behind which row a page begins.
#[derive(Debug, Clone, Copy)]
pub struct After {
    pub not_after: Timestamp,
    pub id: Uuid,
}

impl Default for After {
    fn default() -> After {
        After { not_after: Timestamp::UNIX_EPOCH, id: Uuid::nil() }
    }
}

record! {
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Counts {
        pub unit: UnitId,
        pub total: i64,
        pub good: i64,
        pub ending: i64,
        pub ended: i64,
        pub suspended: i64,
        pub revoked: i64,
    }
}

/// In the order in which they end.
pub fn list(
    tx: &mut Tx,
    filter: &Filter,
    (now, soon): (Timestamp, Timestamp),
    (after, limit): (After, i64),
) -> Result<Vec<Certificate>, StoreError> {
    let folded = platform::fold::fold(&filter.words);
    let like = (!folded.is_empty()).then(|| format!("%{folded}%"));
    let standing = filter.standing.map(Standing::code);
    tx.all(
        LIST,
        &[&like, &standing, &now, &soon, &filter.profile, &after.not_after, &after.id, &limit],
    )
}

pub fn counts(tx: &mut Tx, (now, soon): (Timestamp, Timestamp)) -> Result<Vec<Counts>, StoreError> {
    tx.all(COUNTS, &[&now, &soon])
}

pub fn ending(
    tx: &mut Tx,
    (now, soon): (Timestamp, Timestamp),
) -> Result<Vec<Certificate>, StoreError> {
    tx.all(ENDING, &[&now, &soon])
}

/// False: it was told before.
pub fn tell(tx: &mut Tx, id: Uuid, days: i64, at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(TELL, &[&id, &days, &at])? == 1)
}

pub fn told(tx: &mut Tx, id: Uuid) -> Result<Vec<(i64, Timestamp)>, StoreError> {
    tx.all(TOLD, &[&id])
}

pub fn successor(tx: &mut Tx, id: Uuid) -> Result<Option<Uuid>, StoreError> {
    Ok(tx.opt::<(Uuid,)>(SUCCESSOR, &[&id])?.map(|(id,)| id))
}

/// Certificates in force that somebody else issued.
pub fn foreign(tx: &mut Tx, now: Timestamp, rows_max: i64) -> Result<Vec<Vec<u8>>, StoreError> {
    let rows: Vec<(Vec<u8>,)> = tx.all(FOREIGN, &[&now, &rows_max])?;
    Ok(rows.into_iter().map(|(der,)| der).collect())
}
