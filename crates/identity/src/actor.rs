//! Who asks: an extractor that is the proof of having signed in, and what it may do.
//!
//! Account, roles and the delegation in use are read anew at every request, in one unit: a role
//! that was taken away a moment ago is gone at the next click.

use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use jiff::civil::Date;
use organisations::UnitId;
use platform::store::{Store, StoreError, Tx};
use platform::web::{Problem, View};
use platform::{Ctx, clock};
use uuid::Uuid;

use crate::account::{Account, AccountId, AccountKind, Status};
use crate::bond::Bond;
use crate::delegation::{Delegation, Proof, Scope, Standing};
use crate::refusal::Refusal;
use crate::role::{Reach, Right, Role};
use crate::store::{accounts, bonds, delegations};

/// Somebody signed in. Take it as an argument and nobody else gets to the handler.
#[derive(Clone)]
pub struct Actor {
    pub account: AccountId,
    pub name: String,
    pub kind: AccountKind,
    /// The session, by the id that opens nothing.
    pub session: Uuid,
    own: Account,
    bonds: Vec<Bond>,
    acting: Option<ActingFor>,
    store: Store,
}

/// For whom somebody acts at this moment: chosen by them, shown on every page, noted in the audit.
#[derive(Debug, Clone, PartialEq)]
pub struct ActingFor {
    pub delegation: Delegation,
    pub principal: Account,
    /// It ended after it was chosen. Nothing is done until the person says for whom instead: what
    /// was meant for an enterprise must not become one's own.
    pub over: bool,
}

/// A citizen's act: whom it is for and who does it. The same account twice, for oneself.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    /// Whose dossier it is: a citizen, a child, an enterprise.
    pub subject: Account,
    /// Who clicks.
    pub actor: AccountId,
    pub actor_name: String,
    /// By which right, when they differ.
    pub delegation: Option<Delegation>,
}

/// The proof that an officer may do one kind of act in one unit. Only [`Actor`] makes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Authority {
    actor: AccountId,
    actor_name: String,
    right: Right,
    over: UnitId,
    role: Role,
    through: Option<UnitId>,
}

impl Actor {
    /// May this officer do `right` in `over`? If not, there is nothing there for them: 404.
    pub async fn require(&self, right: Right, over: UnitId) -> Result<Authority, Problem> {
        let own = self.bonds.iter().find(|bond| bond.unit == Some(over) && bond.role.allows(right));
        if let Some(bond) = own {
            return Ok(self.authority_by(bond, right, over));
        }
        let actor = self.clone();
        let found = self.store.read(move |tx| actor.authority(tx, right, over)).await;
        found.map_err(|error: StoreError| Problem::from(error))?.ok_or_else(Problem::not_found)
    }

    /// The same inside a unit of work.
    pub fn authority(
        &self,
        tx: &mut Tx,
        right: Right,
        over: UnitId,
    ) -> Result<Option<Authority>, StoreError> {
        for bond in &self.bonds {
            if reaches(tx, bond, right, over)? {
                return Ok(Some(self.authority_by(bond, right, over)));
            }
        }
        Ok(None)
    }

    /// Has this officer `right` in any unit at all? For navigation and for lists of all units.
    pub fn has(&self, right: Right) -> bool {
        self.bonds.iter().any(|bond| bond.role.allows(right))
    }

    /// As [`Actor::has`], and otherwise there is nothing there: 404.
    pub fn require_anywhere(&self, right: Right) -> Result<(), Problem> {
        if self.has(right) { Ok(()) } else { Err(Problem::not_found()) }
    }

    /// Whether a right holds over the whole installation.
    pub fn has_everywhere(&self, right: Right) -> bool {
        self.bonds.iter().any(|bond| bond.unit.is_none() && bond.role.allows(right))
    }

    /// The units in which this officer holds a right by a bond there; those below are not listed.
    pub fn offices(&self, right: Right) -> Vec<UnitId> {
        let with_right = self.bonds.iter().filter(|bond| bond.role.allows(right));
        let mut units: Vec<UnitId> = with_right.filter_map(|bond| bond.unit).collect();
        units.sort_unstable();
        units.dedup();
        units
    }

    /// The roles in one unit, today.
    pub fn roles(&self, unit: UnitId) -> Vec<Role> {
        let here = self.bonds.iter().filter(|bond| bond.unit == Some(unit));
        here.map(|bond| bond.role).collect()
    }

    /// What this officer is, and where, today.
    pub fn bonds(&self) -> &[Bond] {
        &self.bonds
    }

    /// As one who applies: for oneself, or for whom was chosen. An officer at work is no applicant;
    /// and whoever chose a delegation that has ended since has to choose again.
    pub fn citizen(&self) -> Result<Person, Problem> {
        if self.kind != AccountKind::Citizen {
            return Err(Problem::not_found());
        }
        let (subject, delegation) = match &self.acting {
            Some(acting) if acting.over => return Err(Refusal::DelegationOver.into()),
            Some(acting) => (acting.principal.clone(), Some(acting.delegation.clone())),
            None => (self.own.clone(), None),
        };
        Ok(Person { subject, actor: self.account, actor_name: self.name.clone(), delegation })
    }

    /// The account itself, whomever it acts for.
    pub fn own(&self) -> &Account {
        &self.own
    }

    pub fn acting(&self) -> Option<&ActingFor> {
        self.acting.as_ref()
    }

    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    fn authority_by(&self, bond: &Bond, right: Right, over: UnitId) -> Authority {
        Authority {
            actor: self.account,
            actor_name: self.name.clone(),
            right,
            over,
            role: bond.role,
            through: bond.unit,
        }
    }
}

/// Does this bond carry the right as far as that unit?
fn reaches(tx: &mut Tx, bond: &Bond, right: Right, over: UnitId) -> Result<bool, StoreError> {
    match (bond.role.reach(right), bond.unit) {
        (None, _) => Ok(false),
        (Some(_), None) => Ok(true),
        (Some(Reach::Unit), Some(unit)) => Ok(unit == over),
        (Some(Reach::Subtree), Some(unit)) => {
            Ok(unit == over || organisations::queries::is_within(tx, over, unit)?)
        }
    }
}

impl Authority {
    pub fn actor(&self) -> AccountId {
        self.actor
    }

    pub fn actor_name(&self) -> &str {
        &self.actor_name
    }

    pub fn right(&self) -> Right {
        self.right
    }

    /// The unit over which it holds.
    pub fn over(&self) -> UnitId {
        self.over
    }

    /// By which role, and in which unit that role was given; none: everywhere.
    pub fn role(&self) -> Role {
        self.role
    }

    pub fn through(&self) -> Option<UnitId> {
        self.through
    }
}

impl Person {
    pub fn is_for_oneself(&self) -> bool {
        self.delegation.is_none()
    }

    /// Submit, supplement, withdraw, pay. A mandate to follow only looks.
    pub fn may_act(&self) -> bool {
        self.delegation.as_ref().is_none_or(|delegation| delegation.scope == Scope::Act)
    }

    /// See what others did for the same subject. Whoever only declared that they may act sees
    /// what they did themselves: a false declaration opens nothing.
    pub fn may_see_all(&self) -> bool {
        self.delegation.as_ref().is_none_or(|delegation| delegation.proof != Proof::Declared)
    }
}

/// Whether an officer may do something over a unit on a day: for what is done in their name a
/// moment after they asked for it, without their session.
pub(crate) fn may(
    tx: &mut Tx,
    account: AccountId,
    (right, over): (Right, UnitId),
    on: Date,
) -> Result<bool, StoreError> {
    if !crate::queries::is_active(tx, account)? {
        return Ok(false);
    }
    for bond in bonds::in_force(tx, account, on)? {
        if reaches(tx, &bond, right, over)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Reads everything about a session's holder in one unit. `None`: the session is worth nothing.
pub(crate) fn load(
    tx: &mut Tx,
    store: &Store,
    account: AccountId,
    session: Uuid,
    today: Date,
) -> Result<Option<Actor>, StoreError> {
    let Some(own) = accounts::by_id(tx, account)? else { return Ok(None) };
    if own.status != Status::Active {
        return Ok(None);
    }
    let (bonds, acting) = match own.kind {
        AccountKind::Officer => (bonds::in_force(tx, account, today)?, None),
        _ => (Vec::new(), acting(tx, account, session, today)?),
    };
    Ok(Some(Actor {
        account,
        name: own.name.clone(),
        kind: own.kind,
        session,
        own,
        bonds,
        acting,
        store: store.clone(),
    }))
}

fn acting(
    tx: &mut Tx,
    account: AccountId,
    session: Uuid,
    today: Date,
) -> Result<Option<ActingFor>, StoreError> {
    let Some(delegation) = delegations::acting(tx, session)? else { return Ok(None) };
    let Some(principal) = accounts::by_id(tx, delegation.principal)? else { return Ok(None) };
    let holds = delegation.holder == Some(account) && delegation.standing(today) == Standing::Now;
    let over = !holds || principal.status != Status::Active;
    Ok(Some(ActingFor { delegation, principal, over }))
}

/// Whoever is signed in, read from the store once for the whole request.
pub(crate) async fn find(ctx: &Ctx, parts: &mut Parts) -> Result<Option<Actor>, Problem> {
    if let Some(known) = parts.extensions.get::<Known>() {
        return Ok(known.0.clone());
    }
    let view = View::from_request_parts(parts, ctx).await?;
    let found = of_view(ctx, &view).await?;
    parts.extensions.insert(Known(found.clone()));
    Ok(found)
}

pub(crate) async fn of_view(ctx: &Ctx, view: &View) -> Result<Option<Actor>, Problem> {
    let (Some(subject), Some(session)) = (view.session.subject(), view.session.id()) else {
        return Ok(None);
    };
    let (store, today) = (ctx.store.clone(), clock::local(view.now).date());
    let found: Result<Option<Actor>, StoreError> =
        ctx.store.read(move |tx| load(tx, &store, AccountId(subject), session, today)).await;
    Ok(found?)
}

/// What this request has found out already.
#[derive(Clone)]
struct Known(Option<Actor>);

impl<S> FromRequestParts<S> for Actor
where
    Ctx: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Actor, Problem> {
        let ctx = Ctx::from_ref(state);
        find(&ctx, parts).await?.ok_or_else(Problem::sign_in)
    }
}
