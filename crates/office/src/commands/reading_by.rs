//! That somebody in the house has opened what they were given.
//!
//! Law: NĐ 30/2020/NĐ-CP app. VI (log of access)

use identity::{Actor, Scribe};
use platform::Ctx;
use serde_json::json;

use super::noting::told;
use crate::document::OutgoingId;
use crate::outgoing::State;
use crate::queries::outgoing::seen_by;
use crate::refusal::Refusal;
use crate::store::recipients;

/// Written down once, and only for those who received it.
pub(crate) async fn seen(ctx: &Ctx, actor: &Actor, id: OutgoingId) -> Result<(), Refusal> {
    let (who, account) = (actor.clone(), actor.account.0);
    let waits = ctx
        .store
        .read(move |tx| {
            let (one, _) = seen_by(tx, &who, id)?;
            let all = recipients::of(tx, id)?;
            let waits = all.iter().any(|one| one.account == Some(account) && one.seen_at.is_none());
            Ok::<_, Refusal>(waits && one.state == State::Issued)
        })
        .await?;
    if !waits {
        return Ok(());
    }
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let (one, _) = seen_by(tx, &actor, id)?;
            if recipients::seen(tx, (id, account), scribe.now)? {
                told(tx, &scribe, &one, ("office.read", ""), json!({}))?;
            }
            Ok(())
        })
        .await
}
