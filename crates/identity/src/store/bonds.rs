//! What officers are, where, and the lists their administrators work with.

use jiff::Timestamp;
use jiff::civil::Date;
use organisations::UnitId;
use platform::record;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use super::read;
use crate::account::{AccountId, Status};
use crate::bond::{Bond, BondId};
use crate::role::Role;

record! {
    struct BondRow {
        id: Uuid,
        account: Uuid,
        unit: Option<Uuid>,
        role: String,
        valid_from: Date,
        valid_to: Option<Date>,
        ended_at: Option<Timestamp>,
    }
}

const OF_ACCOUNT: &str = "SELECT id, account, unit, role, valid_from, valid_to, ended_at
    FROM identity_bond WHERE account = $1 ORDER BY valid_from DESC, id DESC";
const IN_FORCE: &str = "SELECT id, account, unit, role, valid_from, valid_to, ended_at
    FROM identity_bond
    WHERE account = $1 AND ended_at IS NULL AND valid_from <= $2
        AND (valid_to IS NULL OR valid_to >= $2)
    ORDER BY unit, role";
const BY_ID: &str = "SELECT id, account, unit, role, valid_from, valid_to, ended_at
    FROM identity_bond WHERE id = $1";
const HOLDERS: &str = "SELECT DISTINCT account.id, account.name
    FROM identity_bond bond JOIN identity_account account ON account.id = bond.account
    WHERE bond.unit = $1 AND bond.role = $2 AND account.status = 'active'
        AND bond.ended_at IS NULL AND bond.valid_from <= $3
        AND (bond.valid_to IS NULL OR bond.valid_to >= $3)
    ORDER BY account.name, account.id";
const HOLDERS_EVERYWHERE: &str = "SELECT DISTINCT account.id, account.name
    FROM identity_bond bond JOIN identity_account account ON account.id = bond.account
    WHERE bond.unit IS NULL AND bond.role = $1 AND account.status = 'active'
        AND bond.ended_at IS NULL AND bond.valid_from <= $2
        AND (bond.valid_to IS NULL OR bond.valid_to >= $2)
    ORDER BY account.name, account.id";
const INSERT: &str = "INSERT INTO identity_bond
        (id, account, unit, role, valid_from, valid_to, given_by, given_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const END: &str = "UPDATE identity_bond SET ended_at = $2, ended_by = $3
    WHERE id = $1 AND ended_at IS NULL";

/// All there ever were, the newest first.
pub(crate) fn of_account(tx: &mut Tx, id: AccountId) -> Result<Vec<Bond>, StoreError> {
    tx.all::<BondRow>(OF_ACCOUNT, &[&id.0])?.into_iter().map(bond).collect()
}

pub(crate) fn in_force(tx: &mut Tx, id: AccountId, on: Date) -> Result<Vec<Bond>, StoreError> {
    tx.all::<BondRow>(IN_FORCE, &[&id.0, &on])?.into_iter().map(bond).collect()
}

pub(crate) fn by_id(tx: &mut Tx, id: BondId) -> Result<Option<Bond>, StoreError> {
    tx.opt::<BondRow>(BY_ID, &[&id.0])?.map(bond).transpose()
}

/// Who holds a role in a unit today: the people a step of a dossier can be handed to.
pub(crate) fn holders(
    tx: &mut Tx,
    unit: UnitId,
    role: Role,
    on: Date,
) -> Result<Vec<(AccountId, String)>, StoreError> {
    let rows: Vec<(Uuid, String)> = tx.all(HOLDERS, &[&unit.0, &role.code(), &on])?;
    Ok(rows.into_iter().map(|(id, name)| (AccountId(id), name)).collect())
}

/// Who holds a role for the whole installation.
pub(crate) fn holders_everywhere(
    tx: &mut Tx,
    role: Role,
    on: Date,
) -> Result<Vec<AccountId>, StoreError> {
    let rows: Vec<(Uuid, String)> = tx.all(HOLDERS_EVERYWHERE, &[&role.code(), &on])?;
    Ok(rows.into_iter().map(|(id, _)| AccountId(id)).collect())
}

pub(crate) fn insert(
    tx: &mut Tx,
    bond: &Bond,
    given_by: Option<AccountId>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let unit = bond.unit.map(|unit| unit.0);
    let giver = given_by.map(|id| id.0);
    tx.execute(
        INSERT,
        &[
            &bond.id.0,
            &bond.account.0,
            &unit,
            &bond.role.code(),
            &bond.valid_from,
            &bond.valid_to,
            &giver,
            &now,
        ],
    )
    .map(drop)
}

pub(crate) fn end(
    tx: &mut Tx,
    id: BondId,
    by: AccountId,
    now: Timestamp,
) -> Result<bool, StoreError> {
    Ok(tx.execute(END, &[&id.0, &now, &by.0])? == 1)
}

fn bond(row: BondRow) -> Result<Bond, StoreError> {
    Ok(Bond {
        id: BondId(row.id),
        account: AccountId(row.account),
        unit: row.unit.map(UnitId),
        role: read("role", &row.role, Role::parse)?,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
        ended: row.ended_at.is_some(),
    })
}

/// A line of an administrator's list.
pub(crate) struct Listed {
    pub id: AccountId,
    pub name: String,
    pub login: String,
    pub unit: Option<UnitId>,
    pub status: Status,
    pub has_password: bool,
    pub has_totp: bool,
}

record! {
    struct ListedRow {
        id: Uuid,
        name: String,
        login: Option<String>,
        unit: Option<Uuid>,
        status: String,
        has_password: bool,
        has_totp: bool,
        folded: String,
    }
}

const OFFICERS: &str = "SELECT id, name, login, unit, status,
        password_hash IS NOT NULL AS has_password, totp_secret IS NOT NULL AS has_totp, folded
    FROM identity_account
    WHERE kind = 'officer' AND status <> 'closed'
        AND (CAST($1 AS TEXT) IS NULL OR folded LIKE $1 OR login LIKE $1)
        AND (folded > $2 OR (folded = $2 AND id > $3))
    ORDER BY folded, id LIMIT $4";

/// Where the next page of a list begins: behind this name and id.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct After {
    pub folded: String,
    pub id: Uuid,
}

/// Officers by name. `like` is a LIKE pattern over folded names, `None` for all.
pub(crate) fn officers(
    tx: &mut Tx,
    like: Option<&str>,
    after: &After,
    limit: i64,
) -> Result<Vec<(Listed, After)>, StoreError> {
    let rows: Vec<ListedRow> = tx.all(OFFICERS, &[&like, &after.folded, &after.id, &limit])?;
    rows.into_iter().map(listed).collect()
}

const OFFICERS_OF: &str = "SELECT id, name, login, unit, status,
        password_hash IS NOT NULL AS has_password, totp_secret IS NOT NULL AS has_totp, folded
    FROM identity_account
    WHERE unit = $1 AND kind = 'officer' AND status <> 'closed'
        AND (CAST($2 AS TEXT) IS NULL OR folded LIKE $2 OR login LIKE $2)";

pub(crate) fn officers_of(
    tx: &mut Tx,
    unit: UnitId,
    like: Option<&str>,
) -> Result<Vec<(Listed, After)>, StoreError> {
    tx.all::<ListedRow>(OFFICERS_OF, &[&unit.0, &like])?.into_iter().map(listed).collect()
}

fn listed(row: ListedRow) -> Result<(Listed, After), StoreError> {
    let after = After { folded: row.folded, id: row.id };
    let listed = Listed {
        id: AccountId(row.id),
        name: row.name,
        login: row.login.unwrap_or_default(),
        unit: row.unit.map(UnitId),
        status: read("status", &row.status, Status::parse)?,
        has_password: row.has_password,
        has_totp: row.has_totp,
    };
    Ok((listed, after))
}
