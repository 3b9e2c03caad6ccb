//! What is shown, and what other capabilities ask.

use std::collections::BTreeSet;

use jiff::civil::Date;
use organisations::UnitId;
use organisations::queries::unit_name;
use platform::store::{StoreError, Tx};
use platform::web::{View, session};
use platform::{Ctx, clock};
use uuid::Uuid;

use crate::account::{Account, AccountId, Status};
use crate::actor::{self, Actor};
use crate::bond::Bond;
use crate::commands::officers;
use crate::delegation::{Delegation, Scope};
use crate::refusal::Refusal;
use crate::role::{Right, Role};
use crate::store::bonds::{After, Listed};
use crate::store::{accounts, bonds, delegations};

/// An account by its id: for notices, for the name beside an act.
pub fn account(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, StoreError> {
    accounts::by_id(tx, id)
}

/// Who holds a role in a unit on a day: the people a step of a dossier can be handed to.
pub fn holders(
    tx: &mut Tx,
    unit: UnitId,
    role: Role,
    on: Date,
) -> Result<Vec<(AccountId, String)>, StoreError> {
    bonds::holders(tx, unit, role, on)
}

/// Who looks after the whole installation on a day: told when a part of it is in trouble.
pub fn system_administrators(tx: &mut Tx, on: Date) -> Result<Vec<AccountId>, StoreError> {
    bonds::holders_everywhere(tx, Role::SystemAdministrator, on)
}

/// Whether an officer may do something over a unit on a day, for what is done in their name a
/// moment after they asked for it: by a program on their machine, by a job.
pub fn may(
    tx: &mut Tx,
    account: AccountId,
    (right, over): (Right, UnitId),
    on: Date,
) -> Result<bool, StoreError> {
    actor::may(tx, account, (right, over), on)
}

/// Whether an account is open.
pub fn is_active(tx: &mut Tx, account: AccountId) -> Result<bool, StoreError> {
    let found = accounts::by_id(tx, account)?;
    Ok(found.is_some_and(|account| account.status == Status::Active))
}

/// The account that signs in with this name, for seeds and tests of other capabilities.
pub fn by_login(tx: &mut Tx, login: &str) -> Result<Option<AccountId>, StoreError> {
    accounts::id_by_login(tx, &crate::commands::sign_in::canonical_login(login))
}

/// Own sessions, newest first.
pub(crate) async fn sessions(
    ctx: &Ctx,
    view: &View,
    actor: &Actor,
) -> Result<Vec<session::Listed>, Refusal> {
    let (view, subject) = (view.clone(), actor.account.0);
    Ok(ctx.store.read(move |tx| session::list(tx, &view, subject)).await?)
}

/// How many of the ten recovery codes are left.
pub(crate) async fn recovery_codes_left(ctx: &Ctx, actor: &Actor) -> Result<usize, Refusal> {
    let id = actor.account;
    Ok(ctx
        .store
        .read(move |tx| Ok::<_, StoreError>(accounts::unused_recovery_codes(tx, id)?.len()))
        .await?)
}

/// A mandate that somebody gave, as the giver sees it.
pub(crate) struct Given {
    pub id: Uuid,
    pub principal: String,
    /// None: not taken up yet.
    pub holder: Option<String>,
    pub scope: Scope,
    pub valid_from: Date,
    pub valid_to: Option<Date>,
}

pub(crate) struct MyDelegations {
    pub held: Vec<Delegation>,
    pub given: Vec<Given>,
}

pub(crate) async fn delegations(ctx: &Ctx, actor: &Actor) -> Result<MyDelegations, Refusal> {
    let who = actor.account;
    let (held, given) = ctx
        .store
        .read(move |tx| {
            Ok::<_, StoreError>((delegations::held_by(tx, who)?, delegations::given_by(tx, who)?))
        })
        .await?;
    let given = given.into_iter().filter_map(|row| {
        Some(Given {
            id: row.id,
            principal: row.principal_name,
            holder: row.holder_name,
            scope: Scope::parse(&row.scope)?,
            valid_from: row.valid_from,
            valid_to: row.valid_to,
        })
    });
    Ok(MyDelegations { held, given: given.collect() })
}

/// A page of an administrator's list.
pub(crate) struct Officers {
    pub lines: Vec<OfficerLine>,
    /// Where the next page begins.
    pub next: Option<After>,
}

pub(crate) struct OfficerLine {
    pub listed: Listed,
    pub unit: String,
    pub roles: Vec<Role>,
}

pub(crate) const OFFICERS_A_PAGE: usize = 20;

/// Officers whose accounts this administrator looks after, by name.
pub(crate) async fn officers(
    ctx: &Ctx,
    actor: &Actor,
    (words, after): (String, After),
) -> Result<Officers, Refusal> {
    let actor = actor.clone();
    let today = clock::local(ctx.clock.now()).date();
    ctx.store
        .read(move |tx| {
            let like = like(&words);
            let wanted = OFFICERS_A_PAGE + 1;
            let mut found = if actor.has_everywhere(Right::ManageAccounts) {
                bonds::officers(tx, like.as_deref(), &after, wanted as i64)?
            } else {
                in_reach(tx, &actor, like.as_deref(), &after)?
            };
            let more = found.len() > OFFICERS_A_PAGE;
            found.truncate(OFFICERS_A_PAGE);
            let next = found.last().filter(|_| more).map(|(_, place)| place.clone());
            let lines: Result<Vec<_>, Refusal> =
                found.into_iter().map(|(listed, _)| line(tx, listed, today)).collect();
            Ok(Officers { lines: lines?, next })
        })
        .await
}

/// All officers of the administrator's part of the tree behind `after`, by name. The tree is the
/// catalogue's and the accounts are ours, so it is one question a unit.
fn in_reach(
    tx: &mut Tx,
    actor: &Actor,
    like: Option<&str>,
    after: &After,
) -> Result<Vec<(Listed, After)>, Refusal> {
    let mut units = BTreeSet::new();
    for office in actor.offices(Right::ManageAccounts) {
        let below = organisations::queries::subtree(tx, office)?;
        units.extend(below.into_iter().map(|unit| unit.id));
    }
    let mut found = Vec::new();
    for unit in units {
        found.extend(bonds::officers_of(tx, unit, like)?);
    }
    found.retain(|(_, place)| (&place.folded, place.id) > (&after.folded, after.id));
    found.sort_by(|(_, one), (_, other)| (&one.folded, one.id).cmp(&(&other.folded, other.id)));
    Ok(found)
}

fn line(tx: &mut Tx, listed: Listed, today: Date) -> Result<OfficerLine, Refusal> {
    let unit = match listed.unit {
        Some(unit) => unit_name(tx, unit)?,
        None => String::new(),
    };
    let bonds = bonds::in_force(tx, listed.id, today)?;
    Ok(OfficerLine { unit, roles: bonds.iter().map(|bond| bond.role).collect(), listed })
}

fn like(words: &str) -> Option<String> {
    let folded = platform::fold::fold(words);
    (!folded.is_empty()).then(|| format!("%{folded}%"))
}

/// An officer as the administrator sees them.
pub(crate) struct OfficerView {
    pub account: Account,
    pub login: String,
    pub home: String,
    pub bonds: Vec<(Bond, String)>,
    /// Whether this administrator may change anything here.
    pub manageable: bool,
}

pub(crate) async fn officer(
    ctx: &Ctx,
    actor: &Actor,
    id: AccountId,
) -> Result<OfficerView, Refusal> {
    let (actor, now) = (actor.clone(), ctx.clock.now());
    ctx.store
        .read(move |tx| {
            let account = officers::visible(tx, &actor, id)?;
            let manageable = match officers::manageable(tx, &actor, id, now) {
                Ok(_) => true,
                Err(Refusal::OwnAccount | Refusal::BeyondReach) => false,
                Err(other) => return Err(other),
            };
            let mut bonds = Vec::new();
            for bond in bonds::of_account(tx, id)? {
                let place = bond.unit.map(|unit| unit_name(tx, unit)).transpose()?;
                bonds.push((bond, place.unwrap_or_default()));
            }
            let home = account.unit.map(|unit| unit_name(tx, UnitId(unit))).transpose()?;
            Ok(OfficerView {
                login: accounts::login(tx, id)?.unwrap_or_default(),
                home: home.unwrap_or_default(),
                account,
                bonds,
                manageable,
            })
        })
        .await
}

/// One's own roles and where, in words.
pub(crate) async fn own_bonds(
    ctx: &Ctx,
    view: &View,
    actor: &Actor,
) -> Result<Vec<(String, String)>, Refusal> {
    let (bonds, speech) = (actor.bonds().to_vec(), view.speech.clone());
    ctx.store
        .read(move |tx| {
            let told = |bond: &Bond, tx: &mut Tx| {
                let place = bond.unit.map(|unit| unit_name(tx, unit)).transpose()?;
                Ok((speech.t(bond.role.word()), place.unwrap_or_default()))
            };
            bonds.iter().map(|bond| told(bond, tx)).collect()
        })
        .await
}

/// The unit a code means today or meant once.
pub(crate) async fn unit_of_code(ctx: &Ctx, code: &str) -> Result<Option<UnitId>, Refusal> {
    let code = code.to_owned();
    let found = ctx.store.read(move |tx| organisations::queries::by_code(tx, &code)).await?;
    Ok(found.map(|unit| unit.id))
}

/// More than this is no list to choose from.
const UNITS_TO_CHOOSE: usize = 300;

/// Codes and names of the units in force that this administrator looks after; none when they are
/// too many to choose from.
pub(crate) async fn units_in_reach(
    ctx: &Ctx,
    actor: &Actor,
) -> Result<Option<Vec<(String, String)>>, Refusal> {
    if actor.has_everywhere(Right::ManageAccounts) {
        return Ok(None);
    }
    let offices = actor.offices(Right::ManageAccounts);
    let today = clock::local(ctx.clock.now()).date();
    let found = ctx
        .store
        .read(move |tx| {
            let mut units = Vec::new();
            for office in &offices {
                let below = organisations::queries::subtree(tx, *office)?;
                units.extend(below.into_iter().filter(|unit| unit.is_in_force(today)));
            }
            Ok::<_, StoreError>(units)
        })
        .await?;
    let choice = |unit: organisations::Unit| {
        (unit.code.as_str().to_owned(), format!("{} ({})", unit.name.as_str(), unit.code))
    };
    let few = found.len() <= UNITS_TO_CHOOSE;
    Ok(few.then(|| found.into_iter().map(choice).collect()))
}
