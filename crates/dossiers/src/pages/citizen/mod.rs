//! The citizen's dossiers: the list, one dossier with its story, what can be done with it, and
//! the wallet of results.

mod acts;
mod files;
mod list;
mod one;
mod supplement;

pub use acts::{post_rate, post_withdraw, rate, withdraw};
pub use files::{file, post_supplement_file, post_supplement_file_removed};
pub use list::{list, wallet};
pub use one::{confirmation, show};
pub use supplement::{post_supplement, supplement};

use identity::Actor;
use platform::Ctx;
use platform::web::Problem;

use crate::access;
use crate::commands::Target;
use crate::dossier::DossierId;
use crate::queries::{Whole, mine};

/// A dossier of the person who asks; for everybody else it is not there.
async fn whole(ctx: &Ctx, actor: &Actor, id: DossierId) -> Result<Whole, Problem> {
    mine::one(ctx, &actor.citizen()?, id).await?.ok_or_else(Problem::not_found)
}

/// One that this person may also act on.
async fn acted_on(ctx: &Ctx, actor: &Actor, id: DossierId) -> Result<Whole, Problem> {
    let whole = whole(ctx, actor, id).await?;
    match access::may_act(&actor.citizen()?, &whole.dossier) {
        true => Ok(whole),
        false => Err(Problem::not_found()),
    }
}

/// The version the page was made from comes back with its form.
fn target(id: DossierId, version: &str) -> Target {
    Target { id, version: version.parse().unwrap_or_default() }
}
