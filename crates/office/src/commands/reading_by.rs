//! That somebody in the house has opened what they were given: each time, for those who sent it.
//!
//! Law: NĐ 30/2020/NĐ-CP app. IV (ký nhận), app. VI (log of access)

use identity::{Actor, Scribe};
use platform::Ctx;
use platform::store::Tx;
use serde_json::json;

use super::noting::told;
use crate::document::OutgoingId;
use crate::outgoing::{Outgoing, State};
use crate::queries::outgoing::seen_by;
use crate::refusal::Refusal;
use crate::store::readings::{self, Opening};
use crate::store::recipients;

/// A page that follows what happens asks again by itself: that opens nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    Person,
    Page,
}

/// Written down for those who received it; the first time tells the history, too.
pub(crate) async fn opened(
    ctx: &Ctx,
    actor: &Actor,
    (id, by): (OutgoingId, By),
) -> Result<(), Refusal> {
    let who = actor.clone();
    let read = ctx.store.read(move |tx| received(tx, &who, id)).await?;
    match read {
        Some((_, false)) => {}
        Some((_, true)) if by == By::Person => {}
        _ => return Ok(()),
    }
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let Some((one, _)) = received(tx, &actor, id)? else { return Ok(()) };
            let account = actor.account.0;
            let opening = Opening { account, name: actor.name.clone(), at: scribe.now };
            readings::open(tx, (scribe.ids.next(), id), &opening)?;
            if recipients::seen(tx, (id, account), scribe.now)? {
                return told(tx, &scribe, &one, ("office.read", ""), json!({}));
            }
            Ok(scribe.note_over(tx, Some(one.unit), ("office.read", one.object()), json!({}))?)
        })
        .await
}

/// What was issued and given to this officer, and whether they have seen it.
fn received(
    tx: &mut Tx,
    actor: &Actor,
    id: OutgoingId,
) -> Result<Option<(Outgoing, bool)>, Refusal> {
    let (one, _) = seen_by(tx, actor, id)?;
    let all = recipients::of(tx, id)?;
    let own = all.iter().find(|one| one.account == Some(actor.account.0));
    let own = own.filter(|_| one.state == State::Issued);
    Ok(own.map(|own| own.seen_at.is_some()).map(|seen| (one, seen)))
}
