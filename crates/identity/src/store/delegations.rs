//! Who may act for whom, and for whom a session acts at this moment.

use jiff::Timestamp;
use jiff::civil::Date;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use super::read;
use crate::account::AccountId;
use crate::delegation::{Delegation, DelegationId, Ground, Proof, Scope};

record! {
    struct DelegationRow {
        id: Uuid,
        principal: Uuid,
        principal_name: String,
        holder: Option<Uuid>,
        ground: String,
        scope: String,
        proof: String,
        valid_from: Date,
        valid_to: Option<Date>,
        ended_at: Option<Timestamp>,
    }
}

const BY_ID: &str = "SELECT d.id, d.principal, p.name AS principal_name, d.holder, d.ground,
        d.scope, d.proof, d.valid_from, d.valid_to, d.ended_at
    FROM identity_delegation d JOIN identity_account p ON p.id = d.principal
    WHERE d.id = $1";
const HELD_BY: &str = "SELECT d.id, d.principal, p.name AS principal_name, d.holder, d.ground,
        d.scope, d.proof, d.valid_from, d.valid_to, d.ended_at
    FROM identity_delegation d JOIN identity_account p ON p.id = d.principal
    WHERE d.holder = $1 AND d.ended_at IS NULL ORDER BY p.name, d.id";
const BY_CODE: &str = "SELECT d.id, d.principal, p.name AS principal_name, d.holder, d.ground,
        d.scope, d.proof, d.valid_from, d.valid_to, d.ended_at
    FROM identity_delegation d JOIN identity_account p ON p.id = d.principal
    WHERE d.code_hash = $1 AND d.holder IS NULL AND d.ended_at IS NULL AND d.made_at > $2";
const ACTING: &str = "SELECT d.id, d.principal, p.name AS principal_name, d.holder, d.ground,
        d.scope, d.proof, d.valid_from, d.valid_to, d.ended_at
    FROM identity_acting a JOIN identity_delegation d ON d.id = a.delegation
        JOIN identity_account p ON p.id = d.principal
    WHERE a.session = $1";
const DECLARED_FOR: &str = "SELECT d.id, d.principal, p.name AS principal_name, d.holder, d.ground,
        d.scope, d.proof, d.valid_from, d.valid_to, d.ended_at
    FROM identity_delegation d JOIN identity_account p ON p.id = d.principal
    WHERE (p.tax_code = $1 OR p.personal_number = $1) AND d.proof = 'declared'
        AND d.ended_at IS NULL
    ORDER BY d.made_at DESC, d.id LIMIT 50";

pub(crate) fn by_id(tx: &mut Tx, id: DelegationId) -> Result<Option<Delegation>, StoreError> {
    tx.opt::<DelegationRow>(BY_ID, &[&id.0])?.map(delegation).transpose()
}

pub(crate) fn held_by(tx: &mut Tx, holder: AccountId) -> Result<Vec<Delegation>, StoreError> {
    tx.all::<DelegationRow>(HELD_BY, &[&holder.0])?.into_iter().map(delegation).collect()
}

/// One that waits for whoever holds its code, made after `since`.
pub(crate) fn by_code(
    tx: &mut Tx,
    code_hash: &[u8],
    since: Timestamp,
) -> Result<Option<Delegation>, StoreError> {
    tx.opt::<DelegationRow>(BY_CODE, &[&code_hash, &since])?.map(delegation).transpose()
}

pub(crate) fn acting(tx: &mut Tx, session: Uuid) -> Result<Option<Delegation>, StoreError> {
    tx.opt::<DelegationRow>(ACTING, &[&session])?.map(delegation).transpose()
}

/// Those an officer can check against papers, by the number of the enterprise or the child.
pub(crate) fn declared_for(tx: &mut Tx, number: &str) -> Result<Vec<Delegation>, StoreError> {
    tx.all::<DelegationRow>(DECLARED_FOR, &[&number])?.into_iter().map(delegation).collect()
}

record! {
    /// A mandate that somebody gave, as the giver sees it.
    pub(crate) struct Given {
        pub id: Uuid,
        pub principal_name: String,
        pub holder_name: Option<String>,
        pub scope: String,
        pub valid_from: Date,
        pub valid_to: Option<Date>,
    }
}

const GIVEN_BY: &str = "SELECT d.id, p.name AS principal_name, h.name AS holder_name, d.scope,
        d.valid_from, d.valid_to
    FROM identity_delegation d JOIN identity_account p ON p.id = d.principal
        LEFT JOIN identity_account h ON h.id = d.holder
    WHERE (d.made_by = $1 OR d.principal = $1) AND d.ground = 'authorised' AND d.ended_at IS NULL
    ORDER BY d.made_at DESC, d.id";

pub(crate) fn given_by(tx: &mut Tx, giver: AccountId) -> Result<Vec<Given>, StoreError> {
    tx.all(GIVEN_BY, &[&giver.0])
}

const INSERT: &str = "INSERT INTO identity_delegation
        (id, principal, holder, ground, scope, proof, valid_from, valid_to, code_hash, made_by,
         made_at, taken_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
const TAKE: &str = "UPDATE identity_delegation SET holder = $2, taken_at = $3, code_hash = NULL
    WHERE id = $1 AND holder IS NULL AND ended_at IS NULL";
const CHECK: &str = "UPDATE identity_delegation
    SET proof = 'checked', checked_by = $2, checked_at = $3, checked_note = $4
    WHERE id = $1 AND proof = 'declared' AND ended_at IS NULL";
const MOVE: &str = "UPDATE identity_delegation SET principal = $2 WHERE id = $1";
const END: &str = "UPDATE identity_delegation SET ended_at = $2, ended_by = $3, code_hash = NULL
    WHERE id = $1 AND ended_at IS NULL";
const MADE_BY: &str = "SELECT made_by FROM identity_delegation WHERE id = $1";

pub(crate) struct NewDelegation {
    pub id: DelegationId,
    pub principal: AccountId,
    pub holder: Option<AccountId>,
    pub ground: Ground,
    pub scope: Scope,
    pub proof: Proof,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    pub code_hash: Option<Vec<u8>>,
    pub made_by: AccountId,
    pub now: Timestamp,
}

pub(crate) fn insert(tx: &mut Tx, new: &NewDelegation) -> Result<(), StoreError> {
    let holder = new.holder.map(|id| id.0);
    let taken_at = new.holder.map(|_| new.now);
    tx.execute(
        INSERT,
        &[
            &new.id.0,
            &new.principal.0,
            &holder,
            &new.ground.code(),
            &new.scope.code(),
            &new.proof.code(),
            &new.valid_from,
            &new.valid_to,
            &new.code_hash,
            &new.made_by.0,
            &new.now,
            &taken_at,
        ],
    )
    .map(drop)
}

pub(crate) fn take(
    tx: &mut Tx,
    id: DelegationId,
    holder: AccountId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(TAKE, &[&id.0, &holder.0, &now])? == 1)
}

pub(crate) fn check(
    tx: &mut Tx,
    id: DelegationId,
    by: AccountId,
    note: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(CHECK, &[&id.0, &by.0, &now, &note])? == 1)
}

/// From the account the holder declared to the checked one of the same enterprise.
pub(crate) fn move_to(
    tx: &mut Tx,
    id: DelegationId,
    principal: AccountId,
) -> Result<(), StoreError> {
    tx.execute(MOVE, &[&id.0, &principal.0]).map(drop)
}

pub(crate) fn end(
    tx: &mut Tx,
    id: DelegationId,
    by: AccountId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(END, &[&id.0, &now, &by.0])? == 1)
}

pub(crate) fn made_by(tx: &mut Tx, id: DelegationId) -> Result<Option<AccountId>, StoreError> {
    Ok(tx.opt::<(Uuid,)>(MADE_BY, &[&id.0])?.map(|(maker,)| AccountId(maker)))
}

const CHOOSE: &str = "INSERT INTO identity_acting (session, delegation, since) VALUES ($1, $2, $3)
    ON CONFLICT (session) DO UPDATE SET delegation = excluded.delegation, since = excluded.since";
const FOR_ONESELF: &str = "DELETE FROM identity_acting WHERE session = $1";
const CARRY_OVER: &str = "UPDATE identity_acting SET session = $2 WHERE session = $1";
const SWEEP_ACTING: &str = "DELETE FROM identity_acting WHERE since < $1";

pub(crate) fn choose(
    tx: &mut Tx,
    session: Uuid,
    id: DelegationId,
    now: Timestamp,
) -> Result<(), StoreError> {
    tx.execute(CHOOSE, &[&session, &id.0, &now]).map(drop)
}

pub(crate) fn for_oneself(tx: &mut Tx, session: Uuid) -> Result<(), StoreError> {
    tx.execute(FOR_ONESELF, &[&session]).map(drop)
}

/// A session whose secret was renewed goes on acting for whom it did.
pub(crate) fn carry_over(tx: &mut Tx, old: Uuid, new: Uuid) -> Result<(), StoreError> {
    tx.execute(CARRY_OVER, &[&old, &new]).map(drop)
}

pub(crate) fn sweep(tx: &mut Tx, before: Timestamp) -> Result<(), StoreError> {
    tx.execute(SWEEP_ACTING, &[&before]).map(drop)
}

fn delegation(row: DelegationRow) -> Result<Delegation, StoreError> {
    Ok(Delegation {
        id: DelegationId(row.id),
        principal: AccountId(row.principal),
        principal_name: row.principal_name,
        holder: row.holder.map(AccountId),
        ground: read("ground", &row.ground, Ground::parse)?,
        scope: read("scope", &row.scope, Scope::parse)?,
        proof: read("proof", &row.proof, Proof::parse)?,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        ended: row.ended_at.is_some(),
    })
}
