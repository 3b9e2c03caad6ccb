//! The officer's desk: the queue of a unit, a dossier, the acts, the counter, the register.

mod act;
mod acts;
mod asking;
mod choose;
mod counter;
mod doing;
mod dossier;
mod queue;
mod register;

pub use acts::{act, post_act};
pub use choose::choose;
pub use counter::{post_take, take};
pub use dossier::{file, show};
pub(crate) use queue::after;
pub use queue::queue;
pub use register::{pdf as register_pdf, register};

use identity::{Actor, Right};
use organisations::{Unit, UnitId};
use platform::Ctx;
use platform::store::StoreError;
use platform::web::{Problem, View};

/// The unit the address names (`don-vi=H57.101`), else the first of one's own offices.
async fn chosen_unit(
    ctx: &Ctx,
    view: &View,
    actor: &Actor,
    right: Right,
) -> Result<UnitId, Problem> {
    if let Some(code) = view.query("don-vi") {
        let unit = ctx
            .store
            .read(move |tx| organisations::queries::by_code(tx, &code))
            .await
            .map_err(Problem::from)?;
        return unit.map(|unit| unit.id).ok_or_else(Problem::not_found);
    }
    actor.offices(right).first().copied().ok_or_else(Problem::not_found)
}

/// One's own offices, to change between.
async fn offices(ctx: &Ctx, actor: &Actor, right: Right) -> Result<Vec<Unit>, Problem> {
    let ids = actor.offices(right);
    let units: Result<Vec<Option<Unit>>, StoreError> = ctx
        .store
        .read(move |tx| ids.iter().map(|id| organisations::queries::unit(tx, *id)).collect())
        .await;
    Ok(units?.into_iter().flatten().collect())
}
