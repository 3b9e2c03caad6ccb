//! Requests for certificates as officers see them.

use identity::{Actor, Right};
use platform::Ctx;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use super::{BATCH, ROWS_A_PAGE, is_in, reach, unit_name};
use crate::refusal::Refusal;
use crate::request::{Decision, Request};
use crate::store::requests;

/// A request as an officer sees it.
pub(crate) struct Asked {
    pub request: Request,
    pub unit: String,
    pub manages: bool,
    /// May decide, and is not the one who asked.
    pub decides: bool,
}

/// The newest first, of the officer's part of the tree.
pub(crate) async fn asked(
    ctx: &Ctx,
    actor: &Actor,
    state: Option<Decision>,
    before: Uuid,
) -> Result<(Vec<Asked>, Option<Uuid>), Refusal> {
    let actor = actor.clone();
    ctx.store
        .read::<_, Refusal, _>(move |tx| {
            let reach = reach(tx, &actor)?;
            let (mut before, mut found) = (before, Vec::new());
            while found.len() <= ROWS_A_PAGE {
                let rows = requests::list(tx, state, (before, BATCH))?;
                let Some(last) = rows.last() else { break };
                before = last.id;
                for request in rows {
                    if found.len() <= ROWS_A_PAGE && is_in(&reach, Some(request.unit)) {
                        found.push(seen(tx, &actor, request)?);
                    }
                }
            }
            let more = found.len() > ROWS_A_PAGE;
            found.truncate(ROWS_A_PAGE);
            let next = found.last().filter(|_| more).map(|last| last.request.id);
            Ok((found, next))
        })
        .await
}

pub(crate) async fn request(ctx: &Ctx, actor: &Actor, id: Uuid) -> Result<Asked, Refusal> {
    let actor = actor.clone();
    ctx.store
        .read::<_, Refusal, _>(move |tx| {
            let request = requests::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            let reach = reach(tx, &actor)?;
            if !is_in(&reach, Some(request.unit)) {
                return Err(Refusal::Nothing);
            }
            Ok(seen(tx, &actor, request)?)
        })
        .await
}

fn seen(tx: &mut Tx, actor: &Actor, request: Request) -> Result<Asked, StoreError> {
    let manages = actor.authority(tx, Right::ManageCertificates, request.unit)?.is_some();
    let approves = actor.authority(tx, Right::ApproveCertificates, request.unit)?.is_some();
    let waits = request.state == Decision::Waiting;
    Ok(Asked {
        unit: unit_name(tx, request.unit)?,
        manages: manages && waits,
        decides: approves && waits && request.asked_by != actor.account.0,
        request,
    })
}
