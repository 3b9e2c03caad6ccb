//! Files that go along with an update of a document that was issued: put aside one by one, sent
//! with the update, see [`super::changing::update`].
//!
//! Law: NĐ 30/2020/NĐ-CP art. 18

use identity::{Actor, Scribe};
use platform::Ctx;
use platform::files::{self, Received};
use serde_json::json;
use uuid::Uuid;

use super::drafting::ATTACHMENTS_MAX;
use super::issuing::at_clerk;
use super::noting::told;
use crate::document::OutgoingId;
use crate::outgoing::State;
use crate::refusal::Refusal;
use crate::store::drafts::{self, Attachment};

/// For the clerk of a document that was issued; asked before anything is taken in.
pub(crate) async fn may(ctx: &Ctx, actor: &Actor, id: OutgoingId) -> Result<(), Refusal> {
    let actor = actor.clone();
    ctx.store.read(move |tx| at_clerk(tx, &actor, (id, State::Issued)).map(drop)).await
}

pub(crate) async fn put_aside(
    ctx: &Ctx,
    actor: &Actor,
    (id, received): (OutgoingId, Received),
) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let one = at_clerk(tx, &actor, (id, State::Issued))?;
            let waiting = drafts::waiting(tx, id)?.len();
            if waiting + drafts::attachments(tx, id)?.len() >= ATTACHMENTS_MAX {
                return Err(Refusal::TooMany { field: "file", limit: ATTACHMENTS_MAX });
            }
            let kept = files::record(tx, &received)?;
            drafts::put_aside(tx, &Attachment::brought(&scribe, id, &kept))?;
            told(tx, &scribe, &one, ("office.annex", &kept.name), json!({ "sha256": kept.sha256 }))
        })
        .await
}

/// Not with the next update after all.
pub(crate) async fn take_back(
    ctx: &Ctx,
    actor: &Actor,
    (id, annex): (OutgoingId, Uuid),
) -> Result<(), Refusal> {
    let (scribe, actor) = (Scribe::of(ctx, actor), actor.clone());
    ctx.store
        .write(move |tx| {
            let one = at_clerk(tx, &actor, (id, State::Issued))?;
            let found = drafts::waiting(tx, id)?.into_iter().find(|known| known.id == annex);
            let found = found.ok_or(Refusal::Nothing)?;
            if !drafts::take_back(tx, (annex, id), scribe.now)? {
                return Err(Refusal::Nothing);
            }
            files::forget(tx, found.file)?;
            told(tx, &scribe, &one, ("office.unannex", &found.name), json!({}))
        })
        .await
}
