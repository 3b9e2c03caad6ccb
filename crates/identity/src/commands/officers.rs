//! What administrators of units do with officers' accounts, inside their own part of the tree.
//!
//! Nobody gives a right they could not give again, nobody changes their own account here, and
//! nobody touches the account of an officer who also serves where they have no say: else a small
//! administrator could take over a greater one by resetting a password.
//!
//! Law: TT 12/2022/TT-BTTTT art. 9

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use organisations::UnitId;
use platform::store::Tx;
use platform::web::session;
use platform::words::Locale;
use platform::{Ctx, clock};
use serde_json::json;

use super::{Scribe, object};
use crate::account::{Account, AccountId, AccountKind, Assurance, Status};
use crate::actor::Actor;
use crate::bond::{Bond, BondId, BondStanding};
use crate::person_name::PersonName;
use crate::refusal::Refusal;
use crate::role::{Right, Role};
use crate::secret_code::token_hash;
use crate::store::accounts::{self, NewAccount};
use crate::store::{bonds, passages};
use crate::username::Username;

/// How long an officer has to use the link to choose a password.
pub const LINK_HOURS: i64 = 72;

pub struct NewOfficer {
    pub username: Username,
    pub name: PersonName,
    pub unit: UnitId,
}

/// A role in a unit from one day to another.
#[derive(Debug, Clone)]
pub struct NewBond {
    pub unit: Option<UnitId>,
    pub role: Role,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
}

/// A link that lets its holder choose a password once. Shown to the administrator, never stored.
pub struct Link {
    pub account: AccountId,
    pub token: String,
}

/// A new account, with its first role and the link to hand over.
pub async fn open(
    ctx: &Ctx,
    actor: &Actor,
    (new, bond): (NewOfficer, NewBond),
) -> Result<Link, Refusal> {
    let link = Link { account: AccountId(ctx.ids.next()), token: ctx.ids.token() };
    let (id, hash, scribe) = (link.account, token_hash(&link.token), Scribe::of(ctx, actor));
    let (actor, bond_id) = (actor.clone(), BondId(ctx.ids.next()));
    ctx.store
        .write(move |tx| {
            actor.authority(tx, Right::ManageAccounts, new.unit)?.ok_or(Refusal::NotThere)?;
            if !insert(tx, id, &new, scribe.now)? {
                return Err(Refusal::UsernameTaken);
            }
            let expires_at = scribe.now + SignedDuration::from_hours(LINK_HOURS);
            passages::give_link(tx, &hash, id, actor.account, (scribe.now, expires_at))?;
            let detail = json!({ "unit": new.unit, "username": new.username.as_str() });
            let scribe = scribe.over(Some(new.unit.0));
            scribe.note(tx, "identity.open-officer", object(id), detail)?;
            give(tx, &actor, (id, bond_id, &bond), &scribe)
        })
        .await?;
    Ok(link)
}

pub(crate) fn insert(
    tx: &mut Tx,
    id: AccountId,
    new: &NewOfficer,
    now: Timestamp,
) -> Result<bool, Refusal> {
    Ok(accounts::insert(
        tx,
        &NewAccount {
            id,
            kind: AccountKind::Officer,
            name: new.name.as_str(),
            login: Some(new.username.as_str()),
            personal_number: None,
            tax_code: None,
            birth_date: None,
            locale: Locale::Vi,
            assurance: Assurance::Checked,
            unit: Some(new.unit.0),
            now,
        },
    )?)
}

pub async fn give_role(
    ctx: &Ctx,
    actor: &Actor,
    (officer, bond): (AccountId, NewBond),
) -> Result<(), Refusal> {
    let (scribe, bond_id) = (Scribe::of(ctx, actor), BondId(ctx.ids.next()));
    let actor = actor.clone();
    ctx.store
        .write(move |tx| {
            manageable(tx, &actor, officer, scribe.now)?;
            give(tx, &actor, (officer, bond_id, &bond), &scribe)
        })
        .await
}

/// The rule and the row of giving a role.
fn give(
    tx: &mut Tx,
    actor: &Actor,
    (officer, id, new): (AccountId, BondId, &NewBond),
    scribe: &Scribe,
) -> Result<(), Refusal> {
    if new.valid_to.is_some_and(|last| last < new.valid_from) {
        return Err(Refusal::DatesReversed);
    }
    if !may_give(tx, actor, new.role, new.unit)? {
        return Err(Refusal::RoleBeyondReach);
    }
    let today = clock::local(scribe.now).date();
    let held = bonds::of_account(tx, officer)?;
    let same = |bond: &&Bond| bond.unit == new.unit && bond.role == new.role;
    if held.iter().filter(same).any(|bond| bond.standing(today) != BondStanding::Over) {
        return Err(Refusal::RoleHeldAlready);
    }
    let bond = Bond {
        id,
        account: officer,
        unit: new.unit,
        role: new.role,
        valid_from: new.valid_from,
        valid_to: new.valid_to,
        ended: false,
    };
    bonds::insert(tx, &bond, Some(actor.account), scribe.now)?;
    let over = scribe.over(bond.unit.map(|unit| unit.0));
    over.note(tx, "identity.give-role", object(officer), told(&bond))?;
    Ok(scribe.tell(tx, officer, "role-changed")?)
}

/// Which of the actor's own roles allows to give this one there.
pub(crate) fn may_give(
    tx: &mut Tx,
    actor: &Actor,
    role: Role,
    unit: Option<UnitId>,
) -> Result<bool, Refusal> {
    let Some(unit) = unit else {
        return Ok(actor.has_everywhere(Right::ManageAccounts));
    };
    for bond in actor.bonds().iter().filter(|bond| bond.role.allows(Right::ManageAccounts)) {
        let (within, above) = match bond.unit {
            None => (true, true),
            Some(own) if own == unit => (true, false),
            Some(own) => {
                let within = organisations::queries::is_within(tx, unit, own)?;
                (within, within)
            }
        };
        if within && role.may_be_given_by(bond.role, above) {
            return Ok(true);
        }
    }
    Ok(false)
}

pub async fn end_role(ctx: &Ctx, actor: &Actor, bond: BondId) -> Result<AccountId, Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let bond = bonds::by_id(tx, bond)?.ok_or(Refusal::NotThere)?;
            manageable(tx, &actor, bond.account, scribe.now)?;
            if !may_give(tx, &actor, bond.role, bond.unit)? {
                return Err(Refusal::RoleBeyondReach);
            }
            if !bonds::end(tx, bond.id, actor.account, scribe.now)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            let over = scribe.over(bond.unit.map(|unit| unit.0));
            over.note(tx, "identity.end-role", object(bond.account), told(&bond))?;
            scribe.tell(tx, bond.account, "role-changed")?;
            Ok(bond.account)
        })
        .await
}

/// A lost password: the old one ends at once, the link lets the officer choose another.
pub async fn give_link(ctx: &Ctx, actor: &Actor, officer: AccountId) -> Result<Link, Refusal> {
    let link = Link { account: officer, token: ctx.ids.token() };
    let (hash, scribe, actor) = (token_hash(&link.token), Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let managed = manageable(tx, &actor, officer, scribe.now)?;
            accounts::clear_password(tx, officer)?;
            let expires_at = scribe.now + SignedDuration::from_hours(LINK_HOURS);
            passages::give_link(tx, &hash, officer, actor.account, (scribe.now, expires_at))?;
            shut_out(tx, officer)?;
            let over = scribe.over(managed.unit);
            over.note(tx, "identity.give-link", object(officer), json!({}))?;
            Ok::<(), Refusal>(scribe.tell(tx, officer, "link-given")?)
        })
        .await?;
    Ok(link)
}

/// A lost phone: the officer adds a new app at the next sign-in, before anything else.
pub async fn reset_app(ctx: &Ctx, actor: &Actor, officer: AccountId) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let managed = manageable(tx, &actor, officer, scribe.now)?;
            accounts::clear_totp(tx, officer)?;
            shut_out(tx, officer)?;
            let over = scribe.over(managed.unit);
            over.note(tx, "identity.reset-app", object(officer), json!({}))?;
            Ok(scribe.tell(tx, officer, "app-removed")?)
        })
        .await
}

pub async fn disable(ctx: &Ctx, actor: &Actor, officer: AccountId) -> Result<(), Refusal> {
    switch(ctx, actor, officer, (Status::Active, Status::Disabled)).await
}

pub async fn enable(ctx: &Ctx, actor: &Actor, officer: AccountId) -> Result<(), Refusal> {
    switch(ctx, actor, officer, (Status::Disabled, Status::Active)).await
}

async fn switch(
    ctx: &Ctx,
    actor: &Actor,
    officer: AccountId,
    (from, to): (Status, Status),
) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    let verb = if to == Status::Active { "identity.enable" } else { "identity.disable" };
    ctx.store
        .write(move |tx| {
            let managed = manageable(tx, &actor, officer, scribe.now)?;
            if !accounts::set_status(tx, officer, from, to)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            passages::withdraw_links(tx, officer, scribe.now)?;
            shut_out(tx, officer)?;
            let over = scribe.over(managed.unit);
            Ok(over.note(tx, verb, object(officer), json!({}))?)
        })
        .await
}

fn shut_out(tx: &mut Tx, officer: AccountId) -> Result<(), Refusal> {
    session::end_all(tx, officer.0)?;
    passages::close_of(tx, officer)?;
    Ok(accounts::forget_browsers(tx, officer)?)
}

/// The officer, if this administrator may see the account: it belongs to their part of the tree.
pub(crate) fn visible(tx: &mut Tx, actor: &Actor, id: AccountId) -> Result<Account, Refusal> {
    let account = accounts::by_id(tx, id)?.ok_or(Refusal::NotThere)?;
    let is_officer = account.kind == AccountKind::Officer && account.status != Status::Closed;
    let home = account.unit.map(UnitId).filter(|_| is_officer).ok_or(Refusal::NotThere)?;
    actor.authority(tx, Right::ManageAccounts, home)?.ok_or(Refusal::NotThere)?;
    Ok(account)
}

/// The officer, if this administrator may change the account: everything it can do lies within
/// what the administrator could have given.
pub(crate) fn manageable(
    tx: &mut Tx,
    actor: &Actor,
    id: AccountId,
    now: Timestamp,
) -> Result<Account, Refusal> {
    let account = visible(tx, actor, id)?;
    if account.id == actor.account {
        return Err(Refusal::OwnAccount);
    }
    let today = clock::local(now).date();
    for bond in bonds::of_account(tx, id)? {
        let counts = bond.standing(today) != BondStanding::Over;
        if counts && !may_give(tx, actor, bond.role, bond.unit)? {
            return Err(Refusal::BeyondReach);
        }
    }
    Ok(account)
}

fn told(bond: &Bond) -> serde_json::Value {
    json!({
        "bond": bond.id.0,
        "role": bond.role.code(),
        "unit": bond.unit,
        "from": bond.valid_from,
        "to": bond.valid_to,
    })
}
