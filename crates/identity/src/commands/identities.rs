//! At the counter: an officer looks at a card or at papers and confirms who somebody is, or for
//! whom they may act. Until the population register answers by itself, this is the way from
//! "declared" to "checked"; and the way to get a number back from someone who took it.
//!
//! Law: Luật Căn cước 26/2023/QH15 art. 20

use organisations::UnitId;
use platform::Ctx;
use platform::store::Tx;
use platform::web::session;
use serde_json::json;

use super::delegations::about;
use super::{Scribe, object};
use crate::account::{Account, AccountId, AccountKind, Assurance, Status};
use crate::actor::{Actor, Authority};
use crate::delegation::{Delegation, DelegationId, Ground};
use crate::refusal::Refusal;
use crate::role::Right;
use crate::store::{accounts, delegations, passages};
use crate::tax_code::TaxCode;

/// The proof that somebody may confirm identities at their counter: the first unit where they do.
pub async fn authority(actor: &Actor) -> Result<Authority, platform::web::Problem> {
    let office: Option<UnitId> = actor.offices(Right::CheckIdentities).into_iter().next();
    let office = office.ok_or_else(platform::web::Problem::not_found)?;
    actor.require(Right::CheckIdentities, office).await
}

fn scribe(ctx: &Ctx, authority: &Authority) -> Scribe {
    let scribe = Scribe::named(ctx, Some(authority.actor()), authority.actor_name());
    scribe.over(Some(authority.over().0))
}

/// The account of the person who stands there with the card. An enterprise's number is nobody's
/// sign-in.
pub async fn find(
    ctx: &Ctx,
    _authority: &Authority,
    code: &TaxCode,
) -> Result<Option<Account>, Refusal> {
    let TaxCode::Person(number) = code else { return Ok(None) };
    let login = number.as_str().to_owned();
    ctx.store
        .read(move |tx| match accounts::id_by_login(tx, &login)? {
            Some(id) => Ok(accounts::by_id(tx, id)?),
            None => Ok(None),
        })
        .await
}

/// The card and the account agree.
pub async fn confirm(ctx: &Ctx, authority: &Authority, id: AccountId) -> Result<(), Refusal> {
    let (scribe, office) = (scribe(ctx, authority), authority.over());
    ctx.store
        .write(move |tx| {
            citizen(tx, id)?;
            if !accounts::set_checked(tx, id)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            scribe.note(tx, "identity.confirm", object(id), json!({ "office": office }))?;
            Ok(scribe.tell(tx, id, "confirmed")?)
        })
        .await
}

/// The person with the card says that the account is not theirs: it is closed, and the number is
/// free for its owner. What was done with it stays where it is.
pub async fn close(ctx: &Ctx, authority: &Authority, id: AccountId) -> Result<(), Refusal> {
    let (scribe, office) = (scribe(ctx, authority), authority.over());
    ctx.store
        .write(move |tx| {
            let account = citizen(tx, id)?;
            if account.assurance == Assurance::Checked {
                return Err(Refusal::NotThere);
            }
            if !accounts::close(tx, id)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            session::end_all(tx, id.0)?;
            passages::close_of(tx, id)?;
            accounts::forget_browsers(tx, id)?;
            Ok(scribe.note(tx, "identity.close", object(id), json!({ "office": office }))?)
        })
        .await
}

fn citizen(tx: &mut Tx, id: AccountId) -> Result<Account, Refusal> {
    let account = accounts::by_id(tx, id)?.ok_or(Refusal::NotThere)?;
    let open = account.kind == AccountKind::Citizen && account.status != Status::Closed;
    if open { Ok(account) } else { Err(Refusal::NotThere) }
}

/// Delegations declared for a child or an enterprise, by its number.
pub async fn declared_for(
    ctx: &Ctx,
    _authority: &Authority,
    number: String,
) -> Result<Vec<(Delegation, Option<Account>)>, Refusal> {
    ctx.store
        .read(move |tx| {
            let found = delegations::declared_for(tx, &number)?;
            found
                .into_iter()
                .map(|delegation| {
                    let holder = match delegation.holder {
                        Some(holder) => accounts::by_id(tx, holder)?,
                        None => None,
                    };
                    Ok((delegation, holder))
                })
                .collect()
        })
        .await
}

/// The papers show it: birth certificate, decision on guardianship, enterprise registration.
/// The holder must be a checked person, or the papers prove nothing about the account.
pub async fn confirm_delegation(
    ctx: &Ctx,
    authority: &Authority,
    id: DelegationId,
    papers: String,
) -> Result<(), Refusal> {
    let (scribe, office) = (scribe(ctx, authority), authority.over());
    let officer = authority.actor();
    ctx.store
        .write(move |tx| {
            let found = delegations::by_id(tx, id)?.ok_or(Refusal::NotThere)?;
            let holder = match found.holder {
                Some(holder) => accounts::by_id(tx, holder)?,
                None => None,
            };
            if !holder.is_some_and(|holder| holder.assurance == Assurance::Checked) {
                return Err(Refusal::HolderNotChecked);
            }
            if !delegations::check(tx, id, officer, &papers, scribe.now)? {
                return Err(Refusal::ChangedMeanwhile);
            }
            if found.ground == Ground::Representative {
                join_enterprise(tx, &found)?;
            }
            let detail = json!({ "papers": papers, "office": office });
            scribe.note(tx, "identity.confirm-delegation", about(id), detail)?;
            match found.holder {
                Some(holder) => Ok(scribe.tell(tx, holder, "delegation-confirmed")?),
                None => Ok(()),
            }
        })
        .await
}

/// All checked representatives of an enterprise act for one and the same account.
fn join_enterprise(tx: &mut Tx, delegation: &Delegation) -> Result<(), Refusal> {
    let declared = accounts::by_id(tx, delegation.principal)?.ok_or(Refusal::NotThere)?;
    let code = declared.tax_code.ok_or(Refusal::NotThere)?;
    match accounts::checked_enterprise(tx, &code)? {
        Some(enterprise) => Ok(delegations::move_to(tx, delegation.id, enterprise)?),
        None => Ok(accounts::set_checked(tx, delegation.principal).map(drop)?),
    }
}
