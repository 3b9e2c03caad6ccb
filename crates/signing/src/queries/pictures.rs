//! What the pages of pictures show.

use std::collections::BTreeSet;

use identity::{Actor, Right};
use organisations::{Unit, UnitId};
use platform::Ctx;
use platform::store::{StoreError, Tx};
use uuid::Uuid;

use crate::commands::pictures::{Owner, may};
use crate::picture::Picture;
use crate::refusal::Refusal;
use crate::store::pictures;

/// More units than this are found by their code.
const UNITS_MAX: usize = 200;

/// The pictures of an owner, the newest first; for those who may not see them there is nothing.
pub(crate) async fn of_owner(
    ctx: &Ctx,
    actor: &Actor,
    owner: Owner,
) -> Result<Vec<Picture>, Refusal> {
    let actor = actor.clone();
    ctx.store
        .read(move |tx| {
            may(tx, &actor, owner)?;
            let (kind, id) = owner.key();
            Ok(pictures::of_owner(tx, kind, id)?)
        })
        .await
}

/// One of them.
pub(crate) async fn one(
    ctx: &Ctx,
    actor: &Actor,
    (owner, id): (Owner, Uuid),
) -> Result<Picture, Refusal> {
    let actor = actor.clone();
    ctx.store
        .read(move |tx| {
            may(tx, &actor, owner)?;
            let found = pictures::by_id(tx, id)?.ok_or(Refusal::Nothing)?;
            let is_owners = (found.kind, found.owner) == owner.key();
            if is_owners { Ok(found) } else { Err(Refusal::Nothing) }
        })
        .await
}

/// The unit of a code, for those who look after its certificates.
pub(crate) async fn unit(ctx: &Ctx, actor: &Actor, code: &str) -> Result<Unit, Refusal> {
    let (actor, code) = (actor.clone(), code.to_owned());
    ctx.store
        .read(move |tx| {
            let found = organisations::queries::by_code(tx, &code)?.ok_or(Refusal::Nothing)?;
            may(tx, &actor, Owner::Unit(found.id))?;
            Ok(found)
        })
        .await
}

/// The units of this officer, and those below them whose seal has a picture.
pub(crate) async fn units(ctx: &Ctx, actor: &Actor) -> Result<Vec<(Unit, bool)>, Refusal> {
    let actor = actor.clone();
    ctx.store
        .read(move |tx| {
            let sealed: BTreeSet<Uuid> = pictures::sealed_units(tx)?.into_iter().collect();
            let mut found = Vec::new();
            for id in in_reach(tx, &actor, &sealed)?.into_iter().take(UNITS_MAX) {
                let unit = organisations::queries::unit(tx, UnitId(id))?;
                found.extend(unit.map(|unit| (unit, sealed.contains(&id))));
            }
            Ok(found)
        })
        .await
}

fn in_reach(
    tx: &mut Tx,
    actor: &Actor,
    sealed: &BTreeSet<Uuid>,
) -> Result<BTreeSet<Uuid>, StoreError> {
    let offices = actor.offices(Right::ManageCertificates);
    let mut found: BTreeSet<Uuid> = offices.iter().map(|unit| unit.0).collect();
    if actor.has_everywhere(Right::ManageCertificates) {
        found.extend(sealed);
        return Ok(found);
    }
    for office in offices {
        let below = organisations::queries::subtree(tx, office)?;
        found.extend(below.into_iter().map(|unit| unit.id.0).filter(|id| sealed.contains(id)));
    }
    Ok(found)
}
