//! Acting for someone else: declaring it, giving it, taking it up, choosing it, ending it.
//!
//! Law: Bộ luật Dân sự 91/2015/QH13 art. 136, art. 137, art. 138, art. 140

use jiff::SignedDuration;
use jiff::civil::Date;
use platform::store::Tx;
use platform::web::session;
use platform::{Ctx, clock};
use serde_json::json;

use super::{Scribe, object};
use crate::account::{Account, AccountId, AccountKind, Assurance};
use crate::actor::Actor;
use crate::delegation::{Delegation, DelegationId, Ground, Proof, Scope, Standing, of_age};
use crate::person_name::PersonName;
use crate::personal_number::PersonalNumber;
use crate::refusal::Refusal;
use crate::secret_code::{paper_code, read_paper_code, token_hash};
use crate::store::accounts::{self, NewAccount};
use crate::store::delegations::{self, NewDelegation};
use crate::tax_code::TaxCode;

/// How long a code waits for the one who takes the mandate up.
pub const CODE_DAYS: i64 = 7;

/// A child, or another person in one's care.
pub struct Ward {
    pub number: PersonalNumber,
    pub name: PersonName,
    pub birth_date: Date,
    pub ground: Ground,
}

pub struct Enterprise {
    pub code: TaxCode,
    pub name: String,
}

/// A mandate about to be given.
pub struct Mandate {
    /// None: for oneself. Else the enterprise one represents.
    pub for_whom: Option<DelegationId>,
    pub scope: Scope,
    pub valid_from: Date,
    pub valid_to: Date,
}

/// A parent or guardian says so. It allows to prepare and submit; the officer sees the papers.
pub async fn declare_ward(ctx: &Ctx, actor: &Actor, ward: Ward) -> Result<DelegationId, Refusal> {
    let today = clock::local(ctx.clock.now()).date();
    let comes_of_age = of_age(ward.birth_date);
    if ward.ground == Ground::Parent && comes_of_age <= today {
        return Err(Refusal::OfAge);
    }
    if actor.own().personal_number.as_ref() == Some(&ward.number) {
        return Err(Refusal::DelegationToOneself);
    }
    let last = comes_of_age.saturating_sub(jiff::Span::new().days(1));
    let new = Declared {
        valid_to: (ward.ground == Ground::Parent).then_some(last),
        ground: ward.ground,
        name: ward.name.as_str().to_owned(),
        number: Some(ward.number),
        birth_date: Some(ward.birth_date),
        tax_code: None,
    };
    declare(ctx, actor, new).await
}

/// The representative of an enterprise says so; an officer confirms it later.
pub async fn declare_enterprise(
    ctx: &Ctx,
    actor: &Actor,
    enterprise: Enterprise,
) -> Result<DelegationId, Refusal> {
    let new = Declared {
        valid_to: None,
        ground: Ground::Representative,
        name: enterprise.name,
        number: None,
        birth_date: None,
        tax_code: Some(enterprise.code),
    };
    declare(ctx, actor, new).await
}

struct Declared {
    valid_to: Option<Date>,
    ground: Ground,
    name: String,
    number: Option<PersonalNumber>,
    birth_date: Option<Date>,
    tax_code: Option<TaxCode>,
}

/// The declared person is an account of the declarer's own making: nothing that others did for
/// the same child or enterprise hangs on it.
async fn declare(ctx: &Ctx, actor: &Actor, new: Declared) -> Result<DelegationId, Refusal> {
    let (id, principal) = (DelegationId(ctx.ids.next()), AccountId(ctx.ids.next()));
    let (scribe, holder, locale) = (Scribe::of(ctx, actor), actor.account, actor.own().locale);
    let valid_from = clock::local(scribe.now).date();
    ctx.store
        .write(move |tx| {
            for held in delegations::held_by(tx, holder)? {
                let known = accounts::by_id(tx, held.principal)?;
                if known.is_some_and(|account| is_same(&account, &new)) {
                    return Err(Refusal::DeclaredAlready);
                }
            }
            let is_enterprise = new.tax_code.is_some();
            accounts::insert(
                tx,
                &NewAccount {
                    id: principal,
                    kind: if is_enterprise { AccountKind::Enterprise } else { AccountKind::Ward },
                    name: &new.name,
                    login: None,
                    personal_number: new.number.as_ref(),
                    tax_code: new.tax_code.as_ref(),
                    birth_date: new.birth_date,
                    locale,
                    assurance: Assurance::Declared,
                    unit: None,
                    now: scribe.now,
                },
            )?;
            delegations::insert(
                tx,
                &NewDelegation {
                    id,
                    principal,
                    holder: Some(holder),
                    ground: new.ground,
                    scope: Scope::Act,
                    proof: Proof::Declared,
                    valid_from,
                    valid_to: new.valid_to,
                    code_hash: None,
                    made_by: holder,
                    now: scribe.now,
                },
            )?;
            let detail = json!({ "ground": new.ground.code(), "principal": principal });
            scribe.note(tx, "identity.declare-delegation", about(id), detail)?;
            Ok(id)
        })
        .await
}

fn is_same(account: &Account, new: &Declared) -> bool {
    let same_number = new.number.is_some() && account.personal_number == new.number;
    let same_code = new.tax_code.is_some() && account.tax_code == new.tax_code;
    same_number || same_code
}

/// Gives a mandate. The code goes to the other person by hand, telephone or letter; only its hash
/// stays. So nobody learns here who has an account, and no wrong person takes it up unseen.
pub async fn grant(
    ctx: &Ctx,
    actor: &Actor,
    mandate: Mandate,
) -> Result<(DelegationId, String), Refusal> {
    let today = clock::local(ctx.clock.now()).date();
    if mandate.valid_to < mandate.valid_from || mandate.valid_to < today {
        return Err(Refusal::DatesReversed);
    }
    let (id, code) = (DelegationId(ctx.ids.next()), paper_code(&ctx.ids));
    let (hash, scribe, giver) = (code_hash(&code), Scribe::of(ctx, actor), actor.account);
    ctx.store
        .write(move |tx| {
            let principal = match mandate.for_whom {
                None => giver,
                Some(held) => grantable(tx, giver, held, today)?.principal,
            };
            delegations::insert(
                tx,
                &NewDelegation {
                    id,
                    principal,
                    holder: None,
                    ground: Ground::Authorised,
                    scope: mandate.scope,
                    proof: Proof::Granted,
                    valid_from: mandate.valid_from,
                    valid_to: Some(mandate.valid_to),
                    code_hash: Some(hash.clone()),
                    made_by: giver,
                    now: scribe.now,
                },
            )?;
            let detail = json!({
                "principal": principal,
                "scope": mandate.scope.code(),
                "from": mandate.valid_from,
                "to": mandate.valid_to,
            });
            scribe.note(tx, "identity.grant-delegation", about(id), detail).map_err(Refusal::from)
        })
        .await?;
    Ok((id, code))
}

fn grantable(
    tx: &mut Tx,
    giver: AccountId,
    held: DelegationId,
    today: Date,
) -> Result<Delegation, Refusal> {
    let held = delegations::by_id(tx, held)?.ok_or(Refusal::NotThere)?;
    let is_mine = held.holder == Some(giver) && held.standing(today) == Standing::Now;
    if is_mine && held.may_grant() { Ok(held) } else { Err(Refusal::NotThere) }
}

/// Takes up what somebody else gave, with the code they handed over.
pub async fn take(ctx: &Ctx, actor: &Actor, typed: &str) -> Result<Delegation, Refusal> {
    let (hash, scribe, holder) = (code_hash(typed), Scribe::of(ctx, actor), actor.account);
    let today = clock::local(scribe.now).date();
    ctx.store
        .write(move |tx| {
            let since = scribe.now - SignedDuration::from_hours(24 * CODE_DAYS);
            let offered = delegations::by_code(tx, &hash, since)?.ok_or(Refusal::CodeWrong)?;
            if delegations::made_by(tx, offered.id)? == Some(holder) {
                return Err(Refusal::DelegationToOneself);
            }
            if offered.standing(today) == Standing::Over
                || !delegations::take(tx, offered.id, holder, scribe.now)?
            {
                return Err(Refusal::CodeWrong);
            }
            let detail = json!({ "principal": offered.principal });
            scribe.note(tx, "identity.take-delegation", about(offered.id), detail)?;
            if let Some(giver) = delegations::made_by(tx, offered.id)? {
                scribe.tell(tx, giver, "delegation-taken")?;
            }
            Ok(offered)
        })
        .await
}

/// From now on this session acts for them. Every page shows it, the audit notes it.
pub async fn act_for(ctx: &Ctx, actor: &Actor, id: DelegationId) -> Result<(), Refusal> {
    let (scribe, holder, session_id) = (Scribe::of(ctx, actor), actor.account, actor.session);
    let today = clock::local(scribe.now).date();
    ctx.store
        .write(move |tx| {
            let found = delegations::by_id(tx, id)?.ok_or(Refusal::DelegationOver)?;
            if found.holder != Some(holder) || found.standing(today) != Standing::Now {
                return Err(Refusal::DelegationOver);
            }
            delegations::choose(tx, session_id, id, scribe.now)?;
            let whom = Some(found.principal_name.as_str());
            session::act_on_behalf(tx, holder.0, session_id, whom)?;
            let detail = json!({ "principal": found.principal, "session": session_id });
            Ok(scribe.note(tx, "identity.act-for", about(id), detail)?)
        })
        .await
}

/// Back to oneself.
pub async fn act_for_oneself(ctx: &Ctx, actor: &Actor) -> Result<(), Refusal> {
    let (scribe, holder, session_id) = (Scribe::of(ctx, actor), actor.account, actor.session);
    ctx.store
        .write(move |tx| {
            delegations::for_oneself(tx, session_id)?;
            session::act_on_behalf(tx, holder.0, session_id, None)?;
            let detail = json!({ "session": session_id });
            scribe.note(tx, "identity.act-for-oneself", object(holder), detail)
        })
        .await?;
    Ok(())
}

/// The holder gives it up, or the one who gave it (or for whom it is) takes it back.
pub async fn end(ctx: &Ctx, actor: &Actor, id: DelegationId) -> Result<(), Refusal> {
    let (scribe, who) = (Scribe::of(ctx, actor), actor.account);
    ctx.store
        .write(move |tx| {
            let found = delegations::by_id(tx, id)?.ok_or(Refusal::NotThere)?;
            let maker = delegations::made_by(tx, id)?;
            let concerns =
                found.holder == Some(who) || found.principal == who || maker == Some(who);
            if !concerns {
                return Err(Refusal::NotThere);
            }
            if !delegations::end(tx, id, who, scribe.now)? {
                return Err(Refusal::DelegationOver);
            }
            let detail = json!({ "principal": found.principal });
            Ok(scribe.note(tx, "identity.end-delegation", about(id), detail)?)
        })
        .await
}

pub(crate) fn about(id: DelegationId) -> String {
    format!("delegation:{}", id.0)
}

/// The code has eighty bits of chance: its hash alone finds the row.
fn code_hash(code: &str) -> Vec<u8> {
    token_hash(&read_paper_code(code))
}
