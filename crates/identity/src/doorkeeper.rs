//! Doors of others that rights of this capability open: the pages of the ground (audit log, failed
//! work, messages sent) and the catalogue of organisations.

use axum::extract::Request;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::future::BoxFuture;
use organisations::UnitId;
use platform::audit::Scope;
use platform::pages::{Keeper, Keeping};
use platform::store::{StoreError, Tx};
use platform::web::{Problem, SessionKind, View};
use platform::{Ctx, Part};

use crate::actor::{self, Actor};
use crate::desk::desk;
use crate::role::Right;

/// Lets an officer into the pages of the ground: into the audit log of the offices where they hold
/// the right, with all that is below; to the others only who holds it everywhere.
pub(crate) fn doorkeeper(
    ctx: Ctx,
    view: View,
    keeping: Keeping,
) -> BoxFuture<'static, Result<Keeper, Problem>> {
    Box::pin(let_in(ctx, view, keeping))
}

async fn let_in(ctx: Ctx, view: View, keeping: Keeping) -> Result<Keeper, Problem> {
    let actor = actor::of_view(&ctx, &view).await?.ok_or_else(Problem::sign_in)?;
    let (scope, offices) = match keeping {
        _ if actor.has_everywhere(right_of(keeping)) => (Scope::Everything, Vec::new()),
        Keeping::SeeAudit => own_logs(&ctx, &actor).await?,
        Keeping::KeepJobs => return Err(Problem::not_found()),
    };
    let menu = desk(&view, &actor).await;
    Ok(Keeper { actor: actor.account.0, actor_name: actor.name, scope, offices, menu })
}

fn right_of(keeping: Keeping) -> Right {
    match keeping {
        Keeping::SeeAudit => Right::SeeAudit,
        Keeping::KeepJobs => Right::ManageJobs,
    }
}

/// The offices whose log an officer may read, and their names.
async fn own_logs(ctx: &Ctx, actor: &Actor) -> Result<(Scope, Vec<String>), Problem> {
    let offices = actor.offices(Right::SeeAudit);
    if offices.is_empty() {
        return Err(Problem::not_found());
    }
    let ids = offices.iter().map(|office| office.0).collect();
    let read: Result<Vec<String>, StoreError> = ctx.store.read(move |tx| names(tx, &offices)).await;
    Ok((Scope::Offices(ids), read?))
}

fn names(tx: &mut Tx, offices: &[UnitId]) -> Result<Vec<String>, StoreError> {
    let mut names = Vec::with_capacity(offices.len());
    for office in offices {
        let unit = organisations::queries::unit(tx, *office)?;
        names.extend(unit.map(|unit| unit.label().to_owned()));
    }
    Ok(names)
}

/// The part of `organisations`, each request of an officer who may manage the catalogue with the
/// mandate for it and the officer's navigation.
pub fn with_mandates(part: Part) -> Part {
    Part { routes: part.routes.layer(axum::middleware::from_fn(mandated)), ..part }
}

async fn mandated(view: View, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    match mandate(&view, &mut parts).await {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(problem) => problem.into_response(),
    }
}

async fn mandate(view: &View, parts: &mut Parts) -> Result<(), Problem> {
    // Public pages of the catalogue have no officer: they ask nothing.
    if view.session.kind() != Some(SessionKind::Officer) {
        return Ok(());
    }
    let Some(actor) = actor::find(view.ctx(), parts).await? else { return Ok(()) };
    let right = Right::ManageOrganisations;
    let over = match actor.offices(right).first() {
        _ if actor.has_everywhere(right) => Some(organisations::Scope::Everything),
        Some(office) => Some(organisations::Scope::Subtree(*office)),
        None => None,
    };
    if let Some(over) = over {
        let frame = organisations::Frame(desk(view, &actor).await);
        let (actor, actor_name) = (Some(actor.account.0), actor.name);
        parts.extensions.insert(organisations::Mandate { actor, actor_name, over });
        parts.extensions.insert(frame);
    }
    Ok(())
}
